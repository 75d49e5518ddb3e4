"""Rows that repeat another, and rows that share a key. Source: `dump.md`, «A row that repeats…».

Of identical rows the last stands for all (`repeated`); of different rows with one key the last
stands (`duplicate_key`), in the order of paths, then lines.
"""

from __future__ import annotations

from functools import reduce
from operator import or_, xor
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.dump import faults
from monitor_cli.dump.problems import ROW, Reason
from monitor_cli.dump.tables import Rows, reread
from monitor_cli.dump.values import UNKNOWN_ROLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor_cli.dump.options import ReadOptions

HASH = "__hash"
_TOLERATED = 100
"""A register may have one row in so many under `duplicate_key`."""


def settle(rows: Rows, options: ReadOptions) -> None:
    """Leave one row of each key in the frame, and count the others.

    Raises:
        DumpError: over 1 % of a register's rows differ from another row with their key.
    """
    frame = rows.frame
    ours = [name for name in frame.columns if name not in (ROW, UNKNOWN_ROLE)]
    key = list(rows.shape.key) or ours
    if _all_different(frame, key):
        return
    doubled = frame.lazy().group_by(key).agg(pl.len().alias(ROW)).filter(pl.col(ROW) > 1).collect()
    if doubled.is_empty():
        return
    candidates = frame.join(doubled.select(key), on=key, how="semi", nulls_equal=True).sort(ROW)
    compared = list(ours)
    others = rows.columns - frozenset(ours)
    if others:
        more = reread(rows, candidates[ROW], others, options)
        candidates = candidates.join(more, on=ROW, how="left", validate="1:1").sort(ROW)
        compared += more.drop(ROW).columns
    distinct = candidates.unique(subset=compared, keep="last", maintain_order=True)
    last = distinct.unique(subset=key, keep="last", maintain_order=True)
    given_up = candidates.filter(~pl.col(ROW).is_in(last[ROW].implode()))[ROW]
    rows.frame = frame.filter(~pl.col(ROW).is_in(given_up.implode()))
    if rows.findings is not None:
        rows.findings.of_doubled(rows, candidates, distinct, last, compared)
    rows.tally[Reason.REPEATED] += candidates.height - distinct.height
    duplicates = distinct.height - last.height
    rows.tally[Reason.DUPLICATE_KEY] += duplicates
    if rows.shape.register and duplicates * _TOLERATED > rows.read:
        error = faults.ids_not_unique(rows.shape.table, key, duplicates, rows.read)
        faults.refuse(error, rows.findings, rows.shape.table)


def _all_different(frame: pl.DataFrame, key: list[str]) -> bool:
    """Whether surely no two rows share a key: a cheap look that may miss, but never claims wrongly.

    Sorted keys are compared with their neighbours; of others, different hashes are different keys.
    """
    if frame.height < 2 or _rises(frame, key):  # noqa: PLR2004
        return True
    return bool(_hashes(frame, key).n_unique() == frame.height)


def _rises(frame: pl.DataFrame, key: list[str]) -> bool:
    """Whether each row's key, of one column or two, lies above that of the row before."""
    if len(key) > 2 or not frame[key[0]].is_sorted() or frame[key[0]].null_count():  # noqa: PLR2004
        return False
    higher = [frame[name].slice(1) > frame[name].head(frame.height - 1) for name in key]
    return bool(reduce(or_, higher).fill_null(value=False).all())


def _hashes(frame: pl.DataFrame, key: list[str]) -> pl.Series:
    """A hash of each row's key: UInt64."""
    hashes = [pl.col(name).hash(seed) for seed, name in enumerate(key)]
    return frame.select(reduce(xor, hashes).alias(HASH)).to_series()


class Watch:
    """Whether rows that pass piece by piece share a key.

    While keys rise from row to row nothing is kept of them; of others, a hash each.
    """

    __slots__ = ("_hashes", "_key", "_last", "_rising", "_seen")

    def __init__(self, key: Sequence[str], *, keeps: bool = False) -> None:
        """Watch `key`; with `keeps`, as if it did not rise."""
        self._key = list(key)
        self._last: tuple[object, ...] | None = None
        self._rising = not keeps
        self._seen = False
        self._hashes: list[pl.Series] | None = []

    def see(self, frame: pl.DataFrame) -> None:
        """Look at the next piece: its key columns, ids that are there in every row."""
        if not frame.height:
            return
        first = tuple(frame[name][0] for name in self._key[:2])
        goes_on = self._last is None or first > self._last
        if self._rising and goes_on and _rises(frame, self._key):
            self._last = tuple(frame[name][-1] for name in self._key[:2])
            self._seen = True
            return
        if self._rising and self._seen:
            self._hashes = None
        self._rising = False
        if self._hashes is not None:
            self._hashes.append(_hashes(frame, self._key))

    def shared(self) -> pl.Series | None:
        """The hashes of keys that rows share, in order; None: only a watch that keeps can tell."""
        if self._hashes is None:
            return None
        if not self._hashes:
            return pl.Series(HASH, [], dtype=pl.UInt64)
        hashes = pl.concat(self._hashes).sort()
        return hashes.filter(hashes == hashes.shift(1)).unique(maintain_order=True)

    def among(self, frame: pl.DataFrame, hashes: pl.Series) -> pl.DataFrame:
        """The rows whose keys have one of `hashes`."""
        return frame.filter(_hashes(frame, self._key).is_in(hashes.implode()))
