"""Ids of one table, in order, to look columns of ids of other tables up in.

Where a column is sorted (checked, never trusted), or its ids stand together, a run of one id is
looked up once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from typing import Self


_SHORT_RUN = 2
"""Runs of one id that are this long on average, or longer, are looked up once each."""


class Ids:
    """Distinct ids in rising order, without null."""

    __slots__ = ("values",)

    def __init__(self, values: pl.Series) -> None:
        """Take ids that are distinct and in order already."""
        self.values = values

    @classmethod
    def of(cls, column: pl.Series) -> Self:
        """The ids that stand in a column, however often and in whatever order."""
        known = column.drop_nulls()
        if not known.is_sorted():
            known = known.sort()
        begins = _begins(known)
        return cls(known if begins.all() else known.filter(begins))

    def unknown(self, column: pl.Series) -> pl.Series | None:
        """The rows that name none of the ids (null names nothing): Boolean, or None without any."""
        if not column.is_sorted():
            known = column.is_in(self._around(column).implode()).fill_null(value=True)
            return None if known.all() else ~known
        begins = _begins(column)
        runs = column.filter(begins)
        known = runs.is_null() | (self._nearest(runs)[1]).fill_null(value=False)
        return None if known.all() else ~known.gather(_run(begins))

    def places(self, column: pl.Series) -> pl.Series:
        """Where each row's id stands among the ids: UInt32, null where it is none of them."""
        if column.is_sorted():
            return self._places(column)
        begins = _begins(column)
        runs = column.filter(begins)
        if _SHORT_RUN * len(runs) <= len(column):
            return self._out_of_order(runs).gather(_run(begins)).alias(column.name)
        return self._out_of_order(column)

    def _out_of_order(self, column: pl.Series) -> pl.Series:
        """`places` of a column in any order."""
        order = column.arg_sort()
        place = pl.Series(column.name, [None], dtype=pl.UInt32).new_from_index(0, len(column))
        return place.scatter(order, self._places(column.gather(order)))

    def _places(self, column: pl.Series) -> pl.Series:
        """`places` of a sorted column."""
        begins = _begins(column)
        nearest, found = self._nearest(column.filter(begins))
        if found.null_count() or not found.all():
            nearest = nearest.set(~found.fill_null(value=False), None)
        return nearest.gather(_run(begins)).alias(column.name)

    def _around(self, column: pl.Series) -> pl.Series:
        """The ids between the least and the greatest of a column: few, where tables share order."""
        if column.null_count() == len(column):
            return self.values.clear()
        span = column.to_frame("id").select(least=pl.min("id"), greatest=pl.max("id"))
        least, greatest = span.row(0)
        begin = self.values.search_sorted(least, side="left")
        return self.values.slice(begin, self.values.search_sorted(greatest, side="right") - begin)

    def _nearest(self, column: pl.Series) -> tuple[pl.Series, pl.Series]:
        """The first place whose id is not below, and whether it is the same id (null for null)."""
        if not len(self.values):
            place = pl.Series(column.name, [None], dtype=pl.UInt32).new_from_index(0, len(column))
            return place, place.cast(pl.Boolean)
        place = self.values.search_sorted(column, side="left")
        place = place.clip(upper_bound=len(self.values) - 1)
        return place, self.values.gather(place) == column


def _begins(column: pl.Series) -> pl.Series:
    """The rows whose value is another than that of the row before: Boolean."""
    begins = column.ne_missing(column.shift(1))
    return begins.scatter(0, values=True) if len(begins) else begins


def _run(begins: pl.Series) -> pl.Series:
    """The number of each row's run, from 0 on."""
    return begins.cum_sum() - 1
