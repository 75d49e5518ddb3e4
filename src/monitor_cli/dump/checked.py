"""A table whose rows have been checked, held whole, and what became of its rows."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self, TypeVar

from monitor_cli.dump.problems import Reason, Tally, set_aside

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

T = TypeVar("T")

_AT_ONCE = 2
"""Pieces that are worked on side by side: more would only hold more memory."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the rows of a table: used + repeated + set_aside == read."""

    read: int
    used: int
    repeated: int
    set_aside: int

    @classmethod
    def of(cls, read: int, used: int, tally: Tally) -> Self:
        """The counts of a table of which `used` rows are left."""
        return cls(read, used, tally[Reason.REPEATED], set_aside(tally))


@dataclass(frozen=True, slots=True)
class Checked:
    """A table of which only used rows are left.

    `frame`: every wanted column, typed (one that the dump lacks is null throughout), and beside
    each wanted event `<name>_has_time` (Boolean, false for a bare date, null without a value).
    Events are naive Datetime("us") in the local time of the row's school. Ids are Int64 if all
    ids of their kind in the tables read are canonical decimals, else String. Lessons also have
    `school_id`; diary views too where their local time depends on it, and then a row for each
    school of the student. Rows for a lesson may have `lesson_at` (UInt32), its place among all
    used lessons in the order of their ids.

    `columns`: all columns of the table that the dump holds. `midnight`: wanted events that have
    values, none of them with a time of day other than 00:00:00 as written. `pieces`: the rows of
    `frame` in their order, where they need not be held at once.
    """

    frame: pl.LazyFrame
    columns: frozenset[str]
    midnight: frozenset[str]
    counts: Counts
    pieces: tuple[pl.LazyFrame, ...] = ()

    def each(self, work: Callable[[pl.DataFrame], T]) -> list[T]:
        """Do `work` on the rows, as on the pieces of a table that is not held.

        It may be at work on two pieces at once; what it returns is in their order.
        """
        if len(self.pieces) < _AT_ONCE:
            return [work(self.frame.collect())]
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            return list(pool.map(lambda piece: work(piece.collect()), self.pieces))
