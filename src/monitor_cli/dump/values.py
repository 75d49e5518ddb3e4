"""Columns of raw cells, text or native, → typed columns and the rows whose cell does not parse.

Source: `dump.md`, «Values», «Ids» and «Missing values».
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.columns import Column, Kind, Table
from monitor_cli.dump import aliases
from monitor_cli.dump.moments import OFFSET, WALL, Moments, moments
from monitor_cli.dump.problems import Reason
from monitor_cli.dump.texts import (
    EXACT_FLOAT,
    as_text,
    missing_to_null,
    normal,
    recurs,
    trimmed,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from polars.datatypes import DataType, DataTypeClass

HAS_TIME = "_has_time"
"""Suffix of the Boolean column beside an event: whether it was written with a time of day."""
AT_OFFSET = "__offset"
"""Suffix of the Int32 column beside an event: seconds east of UTC, where any row has them."""
UNKNOWN_ROLE = "__unknown_role"
FIRST_PARALLEL, LAST_PARALLEL = 1, 11

_CANONICAL = r"^(?:0|-?[1-9]\d*)$"
_E = "[eE\u0435\u0415]"
"""Of either alphabet."""
_FLOATED = rf"^-?\d(?:[.,]\d+{_E}\+?\d{{1,3}}|{_E}\+\d{{1,3}})$"
_LAST_DIGIT = "9" + chr(0x10FFFF)
"""Texts behind this one begin neither with a digit nor with a minus sign."""
_INTEGER = r"^([+-]?\d{1,9})(?:[.,]0+)?$"
_HARD_BLANK = "[\u00a0\u202f]"
_GROUPED = rf"^[+-]?\d{{1,3}}(?:{_HARD_BLANK}\d{{3}})+(?:[.,]0+)?$"
_YEAR = r"^(\d{4})(?:\D|$)"
_HOUR = r"^(?<h>\d{1,2}):(?<m>[0-5]\d)(?::(?<s>[0-5]\d)(?:[.,]\d{1,9})?)?$"
_FRONT_DIGITS = r"^(\d{1,4})"


class DestroyedIdError(Exception):
    """An id that has been a floating-point number: its row in the column and its text."""

    def __init__(self, row: int, cell: str) -> None:
        """Keep the place for the message."""
        super().__init__(cell)
        self.row = row
        self.cell = cell


@dataclass(frozen=True, slots=True)
class Typed:
    """The columns that a raw column becomes, and the rows that do not parse (None: all do)."""

    columns: tuple[pl.Series, ...]
    reason: Reason = Reason.BAD_VALUE
    bad: pl.Series | None = None


def dtype(column: Column) -> pl.DataType | type[pl.DataType]:
    """The dtype of a typed column; an id is Int64 until some id of the dump is text."""
    if column.kind is Kind.ENUM:
        return pl.Enum(column.values)
    return _DTYPES[column.kind]


_DTYPES: dict[Kind, pl.DataType | type[pl.DataType]] = {
    Kind.ID: pl.Int64,
    Kind.TEXT: pl.String,
    Kind.LABEL: pl.String,
    Kind.BOOL: pl.Boolean,
    Kind.DATE: pl.Date,
    Kind.EVENT: WALL,
    Kind.CLOCK: pl.Time,
    Kind.INT: pl.Int64,
    Kind.PARALLEL: pl.Int64,
    Kind.STUDY_YEAR: pl.Int64,
}


def typed(table: Table, column: Column, raw: pl.Series) -> Typed:
    """Type a raw column; the columns returned bear its name, or its name and a suffix.

    Raises:
        DestroyedIdError: an id that has been a floating-point number.
    """
    if column.kind is Kind.ENUM:
        return _enum(table, column, raw)
    return _READERS[column.kind](raw.alias(column.name))


def ids(raw: pl.Series) -> pl.Series:
    """Int64 where every text is the canonical decimal of a 64-bit integer, else String.

    Raises:
        DestroyedIdError: `2,25708E+18`, or a float that is no exact integer.
    """
    if raw.dtype.is_float():
        _refuse_inexact(raw)
    if raw.dtype.is_integer():
        whole = raw.cast(pl.Int64, strict=False)
        return whole if whole.null_count() == raw.null_count() else raw.cast(pl.String)
    text = as_text(raw)
    integers = _integers(text)
    if integers is not None:
        return integers
    known = missing_to_null(text)
    integers = None if known is text else _integers(known)
    if integers is not None:
        return integers
    text = known
    first = text.min()
    if first is None or str(first) > _LAST_DIGIT:
        return text
    destroyed = text.str.contains(_FLOATED).fill_null(value=False).arg_true()
    if len(destroyed):
        raise DestroyedIdError(destroyed.item(0), text.item(destroyed.item(0)))
    return text


def _integers(text: pl.Series) -> pl.Series | None:
    """The texts as Int64, if all of them are canonical decimals that fit.

    A sign and zeros in front only lengthen an integer, so all are canonical if together they are
    as long as they should be.
    """
    whole = text.cast(pl.Int64, strict=False)
    if whole.null_count() != text.null_count():
        return None
    least = whole.min()
    if isinstance(least, int) and least < 0:
        return whole if text.str.contains(_CANONICAL).all() else None
    return whole if text.str.len_bytes().sum() == _digits(whole) else None


def _digits(whole: pl.Series) -> int:
    """How many digits the numbers of a column have together; none is negative."""
    least, most = whole.min(), whole.max()
    if not isinstance(least, int) or not isinstance(most, int):
        return 0
    digits = len(str(least)) * whole.count()
    powers = range(len(str(least)), len(str(most)))
    return digits + sum(int((whole >= 10**power).sum()) for power in powers)


def _refuse_inexact(raw: pl.Series) -> None:
    """An id of a float column must be an integer that a float holds exactly."""
    number = raw.fill_nan(None)
    exact = (number == number.round()) & (number.abs() < EXACT_FLOAT)
    inexact = (~exact).fill_null(value=False).arg_true()
    if len(inexact):
        raise DestroyedIdError(inexact.item(0), str(raw.item(inexact.item(0))))


def _id(raw: pl.Series) -> Typed:
    return Typed((ids(raw),))


def _words(raw: pl.Series) -> Typed:
    return Typed((trimmed(raw),))


def _label(raw: pl.Series) -> Typed:
    return Typed((missing_to_null(raw),))


def _bool(raw: pl.Series) -> Typed:
    """Yes and no in the words of `aliases`."""
    if raw.dtype == pl.Boolean:
        return Typed((raw,))
    known = {**dict.fromkeys(aliases.TRUE, True), **dict.fromkeys(aliases.FALSE, False)}
    return _one_of(raw, known, pl.Boolean)


def _one_of(raw: pl.Series, known: Mapping[str, object], kind: DataType | DataTypeClass) -> Typed:
    """The values of words."""

    def read(texts: pl.Series) -> Typed:
        text = normal(texts)
        value = text.replace_strict(known, default=None, return_dtype=kind)
        return Typed((value,), bad=_unread(text, value))

    return _once_a_text(raw, read)


def _once_a_text(raw: pl.Series, read: Callable[[pl.Series], Typed]) -> Typed:
    """Read a column; where few texts recur, read each of them once."""
    if raw.dtype != pl.String or not recurs(raw):
        return read(raw)
    texts = raw.unique()
    once = read(texts)
    columns = tuple(
        raw.replace_strict(texts, column, return_dtype=column.dtype).alias(column.name)
        for column in once.columns
    )
    if once.bad is None:
        return Typed(columns, once.reason)
    bad = raw.is_in(texts.filter(once.bad).implode()).fill_null(value=False)
    return Typed(columns, once.reason, bad)


def _enum(table: Table, column: Column, raw: pl.Series) -> Typed:
    """One of the column's values; an unknown role of staff is «other», and remembered as such."""
    known = aliases.values(table, column.name)
    read = _one_of(raw.alias(column.name), known, pl.Enum(column.values))
    if table is Table.STAFF and read.bad is not None:
        value = read.columns[0].set(read.bad, "other")
        return Typed((value, read.bad.alias(UNKNOWN_ROLE)))
    return read


def _int(raw: pl.Series) -> Typed:
    text = _ungrouped(missing_to_null(raw))
    value = text.str.extract(_INTEGER).cast(pl.Int64)
    return Typed((value,), bad=_unread(text, value))


def _ungrouped(text: pl.Series) -> pl.Series:
    """Numbers without the hard blanks between their thousands; other texts as they are."""
    grouped = text.str.contains(_GROUPED)
    if not grouped.any():
        return text
    return text.zip_with(~grouped.fill_null(value=False), text.str.replace_all(_HARD_BLANK, ""))


def _parallel(raw: pl.Series) -> Typed:
    """An integer 1–11, else null."""
    return Typed((in_parallels(missing_to_null(raw).str.extract(_INTEGER).cast(pl.Int64)),))


def in_parallels(value: pl.Series) -> pl.Series:
    """Numbers of parallels; all others are null."""
    return value.set(~value.is_between(FIRST_PARALLEL, LAST_PARALLEL), None)


def parallel_of_name(name: pl.Series) -> pl.Series:
    """The parallel at the front of a class name («10А» is 10), else null. Int64."""
    return in_parallels(name.str.extract(_FRONT_DIGITS).cast(pl.Int64))


def _study_year(raw: pl.Series) -> Typed:
    """The first four digits: 2026, 2026/27 and 2026/2027 are 2026."""
    text = _ungrouped(missing_to_null(raw))
    value = text.str.extract(_YEAR).cast(pl.Int64)
    return Typed((value,), bad=_unread(text, value))


def _date(raw: pl.Series) -> Typed:
    """A day; a time of day behind it is cut off, with its offset: days are local always."""

    def days(texts: pl.Series) -> Typed:
        read = moments(texts)
        return Typed((read.wall.cast(pl.Date),), Reason.BAD_DATE, read.bad)

    return _once_a_text(raw, days)


def _event(raw: pl.Series) -> Typed:
    read = moments(raw)
    columns = [read.wall.alias(raw.name), read.timed.alias(raw.name + HAS_TIME)]
    if read.offset is not None:
        columns.append(read.offset.cast(OFFSET).alias(raw.name + AT_OFFSET))
    return Typed(tuple(columns), Reason.BAD_TIMESTAMP, read.bad)


def _clock(raw: pl.Series) -> Typed:
    """`HH:MM[:SS]`, or a timestamp's time as written; a bare date says no time and is null."""
    if raw.dtype == pl.Time:
        return Typed((raw,))
    if raw.dtype != pl.String:
        return _clock_of(moments(raw), raw.name)
    return _once_a_text(raw, _clock_of_texts)


def _clock_of_texts(raw: pl.Series) -> Typed:
    text = missing_to_null(raw)
    fields = text.str.extract_groups(_HOUR).struct.unnest()
    written = fields.select(
        pl.concat_str(
            pl.col("h").str.zfill(2), pl.col("m"), pl.col("s").fill_null("00"), separator=":"
        )
    ).to_series()
    time = written.str.to_time("%H:%M:%S", strict=False, cache=False).alias(raw.name)
    rest = text.set(time.is_not_null(), None)
    if rest.null_count() == len(rest):
        return Typed((time,), Reason.BAD_TIMESTAMP)
    stamps = _clock_of(moments(rest), raw.name)
    both = pl.select(pl.coalesce(time, stamps.columns[0])).to_series().alias(raw.name)
    return Typed((both,), Reason.BAD_TIMESTAMP, stamps.bad)


def _clock_of(read: Moments, name: str) -> Typed:
    time = read.wall.dt.time().set(~read.timed, None)
    return Typed((time.alias(name),), Reason.BAD_TIMESTAMP, read.bad)


def _unread(text: pl.Series, value: pl.Series) -> pl.Series | None:
    """The rows that hold a text and no value."""
    if text.null_count() == value.null_count():
        return None
    return text.is_not_null() & value.is_null()


_READERS: dict[Kind, Callable[[pl.Series], Typed]] = {
    Kind.ID: _id,
    Kind.TEXT: _words,
    Kind.LABEL: _label,
    Kind.BOOL: _bool,
    Kind.DATE: _date,
    Kind.EVENT: _event,
    Kind.CLOCK: _clock,
    Kind.INT: _int,
    Kind.PARALLEL: _parallel,
    Kind.STUDY_YEAR: _study_year,
}
