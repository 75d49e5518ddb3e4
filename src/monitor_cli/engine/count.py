"""Sums of the declared numerators, denominators and counts, at the keys of a level."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.indicators.spec import Fact, Quotient, Share
from monitor_cli.levels import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from monitor_cli.indicators.spec import Declaration, Indicator
    from monitor_cli.settings import Settings

SCHOOL = ("week", "school_id")
GRAINS: Mapping[Level, tuple[str, ...]] = {
    Level.REGION: (),
    Level.MUNICIPALITY: (),
    Level.SCHOOL: (),
    Level.PARALLEL: ("parallel",),
    Level.CLASS: ("parallel", "class_id"),
    Level.SUBJECT: ("subject",),
    Level.TEACHER: ("teacher_id",),
}
"""The keys of a level under the school. Sums above the school are made from the school's."""

DISTINCT = (Fact.STUDENTS, Fact.PARENTS)
"""Facts in which a person stands once a class and is counted once a place."""


def column(key: str, name: str) -> str:
    """The column of a sum of an indicator."""
    return f"{key}.{name}"


def declared_sums(
    indicators: Iterable[Indicator], rules: Settings
) -> dict[Fact, dict[str, pl.Expr]]:
    """The expressions to sum up over the rows of each fact, by column."""
    sums: dict[Fact, dict[str, pl.Expr]] = {}
    for item in indicators:
        declared = item.declare(rules)
        if not isinstance(declared, Share | Quotient):
            continue
        of_fact = sums.setdefault(item.fact, {})
        for name, expression in _parts(declared).items():
            of_fact[column(item.key, name)] = expression
    return sums


def _parts(declared: Declaration) -> dict[str, pl.Expr]:
    if not isinstance(declared, Share | Quotient):
        message = f"{type(declared).__name__} is made from other indicators, not from rows"
        raise TypeError(message)
    return {
        "numerator": declared.numerator,
        "denominator": declared.denominator,
        **declared.counts,
    }


def add_up(
    rows: pl.LazyFrame | pl.DataFrame, sums: Mapping[str, pl.Expr], keys: Iterable[str]
) -> pl.DataFrame:
    """Sum `sums` over `rows` by `keys`. Unknown is no: a sum passes over null. Sums are Int64.

    Returns:
        `keys` and a column a sum, in no particular order.
    """
    names = [*keys]
    summed = rows.lazy().select(*names, **sums)
    if len(names) == 1:
        found = summed.collect()
        # Where a key has its rows together, as a dataset's files have a school's, none is hashed.
        if found[names[0]].is_sorted():
            found = found.with_columns(pl.col(names).set_sorted())
        summed = found.lazy()
    return summed.group_by(names).agg(pl.col(*sums).sum().cast(pl.Int64)).collect()


class Sums:
    """The sums of all facts, side by side, at each of the grains asked for."""

    def __init__(self, grains: Iterable[tuple[str, ...]]) -> None:
        """Nothing is summed up yet."""
        self._parts: dict[tuple[str, ...], list[pl.DataFrame]] = {grain: [] for grain in grains}

    def add(self, fact: Fact, rows: pl.DataFrame, sums: Mapping[str, pl.Expr]) -> None:
        """Sum up the rows of a fact, which need not be kept.

        Facts that do not bear a key of a grain (persons have no subject) are left out of it;
        persons are counted once a place.
        """
        for grain, parts in self._parts.items():
            if not set(grain) <= set(rows.columns):
                continue
            keys = [*SCHOOL, *grain]
            counted = rows
            if fact in DISTINCT and grain:
                counted = rows.filter(pl.col("class_id").is_not_null()).unique([*keys, "person"])
            elif fact in DISTINCT:
                counted = rows.filter(pl.col("person").is_first_distinct())
            parts.append(add_up(counted, sums, keys))

    def at(self, grain: tuple[str, ...]) -> pl.DataFrame | None:
        """All sums at the keys `week`, `school_id` and `grain`; None without a fact to count."""
        keys = [*SCHOOL, *grain]
        parts = self._parts[grain]
        if not parts:
            return None
        return pl.concat(parts, how="diagonal").group_by(keys).agg(pl.exclude(keys).sum())

    def settled(self) -> Sums:
        """The same with all facts in one frame a grain, where nothing is to be added any more."""
        settled = Sums(())
        for grain in self._parts:
            sums = self.at(grain)
            settled._parts[grain] = [] if sums is None else [sums]
        return settled

    def parts(self, grain: tuple[str, ...]) -> list[pl.DataFrame]:
        """The sums at a grain as they were added, each of some of the facts."""
        return self._parts[grain]

    def joined(self, others: Iterable[Sums]) -> Sums:
        """With the sums of other partitions, none of which has a school of another."""
        every = (self, *others)
        joined = Sums(self._parts)
        for grain, parts in joined._parts.items():
            parts.extend(part for one in every for part in one.parts(grain))
        return joined

    def within(self, schools: pl.Series) -> Sums:
        """The sums at these schools alone."""
        kept = pl.col("school_id").is_in(schools.implode())
        within = Sums(())
        for grain, parts in self._parts.items():
            within._parts[grain] = [part.filter(kept) for part in parts]
        return within
