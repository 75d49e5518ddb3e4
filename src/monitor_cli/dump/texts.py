"""Cells as text: trimmed, with missing values as null. Source: `dump.md`, «Missing values»."""

from __future__ import annotations

import polars as pl

from monitor_cli.dump.aliases import MISSING

EXACT_FLOAT = 2**53
"""From here on a float may have lost the last digits of an integer."""


def as_text(raw: pl.Series) -> pl.Series:
    """A column of any scalar type as String: integers and integral floats without a point."""
    kind = raw.dtype
    if kind == pl.String:
        return raw
    if kind.is_float():
        whole = raw.cast(pl.Int64, strict=False)
        exact = (whole.cast(kind) == raw) & (raw.abs() < EXACT_FLOAT)
        number = raw.fill_nan(None)
        return (
            pl.select(pl.when(exact).then(whole.cast(pl.String)).otherwise(number.cast(pl.String)))
            .to_series()
            .alias(raw.name)
        )
    if kind == pl.Boolean:
        return raw.cast(pl.Int8).cast(pl.String)
    return raw.cast(pl.String, strict=False)


def trimmed(raw: pl.Series) -> pl.Series:
    """Text without white space (NBSP too) around it; blank is null."""
    stripped = _CELL.str.strip_chars()
    return _each(raw, pl.when(stripped != "").then(stripped), shortest=1)


def missing_to_null(raw: pl.Series) -> pl.Series:
    """Trimmed text in which the tokens of a missing value are null as well."""
    return _each(raw, _KNOWN, shortest=_LONGER_THAN_MISSING)


def normal(raw: pl.Series) -> pl.Series:
    """Text as values are compared: lower case, ё as е, single blanks; missing is null."""
    text = _KNOWN.str.to_lowercase().str.replace_all("ё", "е", literal=True)
    return _each(raw, text.str.replace_all(r"[\s_]+", " "))


def _each(raw: pl.Series, cell: pl.Expr, shortest: int | None = None) -> pl.Series:
    """Compute `cell` for each cell of a column; where few texts recur, once for each text.

    `shortest`: `cell` leaves a text of so many bytes as it is, if no white space is around it.
    """
    text = as_text(raw)
    if not recurs(text):
        clean = shortest is not None and _is_trimmed(text, shortest)
        return text if clean else _computed(text, cell)
    texts = text.unique()
    values = _computed(texts, cell)
    if values.equals(texts, null_equal=True):
        return text
    return text.replace_strict(texts, values, return_dtype=pl.String)


def _computed(text: pl.Series, cell: pl.Expr) -> pl.Series:
    return text.to_frame(_CELL_NAME).select(cell.alias(text.name)).to_series()


def _is_trimmed(text: pl.Series, shortest: int) -> bool:
    """Whether all texts have at least `shortest` bytes, and no white space around them."""
    lengths = text.str.len_bytes()
    least = lengths.min()
    if not isinstance(least, int):
        return True
    return least >= shortest and text.str.strip_chars().str.len_bytes().sum() == lengths.sum()


def recurs(text: pl.Series) -> bool:
    """Whether a column seems to hold few different texts, by its first rows."""
    probe = text.head(_PROBE)
    return probe.n_unique() * _FEW < len(probe)


_LONGER_THAN_MISSING = 1 + max(len(token.encode()) for token in MISSING)
_PROBE = 10_000
_FEW = 100


_CELL_NAME = "cell"
_CELL = pl.col(_CELL_NAME)
_IS_KNOWN = ~_CELL.str.strip_chars().str.to_lowercase().is_in(MISSING)
_KNOWN = pl.when(_IS_KNOWN).then(_CELL.str.strip_chars())
