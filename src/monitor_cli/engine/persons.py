"""Who is one person at a school: a number, so that nothing has to be grouped by two ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.dump.lookup import Ids

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Self

PERSON = ["school_id", "person_id"]


@dataclass(frozen=True, slots=True)
class Persons:
    """The persons at schools of a table: a person in two schools is two.

    `number`: UInt32 `person`, of each row's person at the school. `count`: how many there are.
    `ids`: the different `person_id`. `at`: UInt32, the place of each row's among them.
    `schools`: the different `school_id`. `known`: how a person at a school is told by the place of
    either: the one school of each of `ids`, or the pairs that there are.
    """

    number: pl.Series
    count: int
    ids: Ids
    at: pl.Series
    schools: Ids
    known: pl.Series | Ids

    @classmethod
    def of(cls, rows: pl.DataFrame) -> Self:
        """Number the persons of rows with `school_id` and `person_id`."""
        ids = Ids.of(rows["person_id"])
        at = ids.places(rows["person_id"])
        schools = Ids.of(rows["school_id"])
        school = schools.places(rows["school_id"])
        home = flags(len(ids.values), dtype=pl.UInt32).scatter(at, school)
        if (home.gather(at) == school).all():
            return cls(at.alias("person"), len(ids.values), ids, at, schools, home)
        pair = _pair(at, school, schools)
        pairs = Ids.of(pair)
        number = pairs.places(pair).alias("person")
        return cls(number, len(pairs.values), ids, at, schools, pairs)

    def numbers(self, school_id: pl.Series, person_id: pl.Series) -> pl.Series:
        """The number of each person at a school: UInt32, null for one who is not there."""
        at, school = self.ids.places(person_id), self.schools.places(school_id)
        if isinstance(self.known, Ids):
            return self.known.places(_pair(at, school, self.schools))
        own = (self.known.gather(at) == school).fill_null(value=False)
        return at if own.all() else at.set(~own, None)

    def in_week(self, index: int) -> pl.Series:
        """The number of each row's person at the school, another in each of several weeks."""
        return self.number + index * self.count

    def any(self, says: pl.Series) -> pl.Series:
        """Whether any row of each row's person at the school says so. Null says nothing."""
        if self.count == len(self.number):
            return says.fill_null(value=False)
        return marked(self.count, [self.number.filter(says)]).gather(self.number)


def _pair(at: pl.Series, school: pl.Series, schools: Ids) -> pl.Series:
    return at.cast(pl.Int64) * len(schools.values) + school


def marked(count: int, places: Iterable[pl.Series]) -> pl.Series:
    """Whether each of `count` things is among `places` (UInt32, without null)."""
    return flags(count).scatter(pl.concat(places), values=True)


def flags(count: int, *, dtype: type[pl.DataType] = pl.Boolean) -> pl.Series:
    """A column of nothing but false, or 0."""
    return pl.Series([0]).cast(dtype).new_from_index(0, count)
