"""The lessons of a period, and the places that they, their marks and absences belong to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.engine.count import GRAINS
from monitor_cli.engine.lessons import PLACE, lessons_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor_cli.dump.dump import Dump
    from monitor_cli.engine.filters import Scope
    from monitor_cli.engine.lessons import Lessons
    from monitor_cli.levels import Level
    from monitor_cli.reports.asked import Asked
    from monitor_cli.settings import Settings

KEYS = ("parallel", "class_id", "subject", "teacher_id")
"""What a lesson is told apart by, besides its school."""


def grain(level: Level) -> tuple[str, ...]:
    """The columns of a place of a level: the school and the keys under it."""
    return ("school_id", *GRAINS[level])


def lessons_in(dump: Dump, asked: Asked, rules: Settings) -> Lessons:
    """The lessons of the weeks of the period, their places told apart by `KEYS`."""
    lessons = lessons_of(dump, asked.query(*KEYS), rules)
    places = lessons.places.with_columns(pl.col("subject").cast(pl.String))
    return replace(lessons, places=places)


@dataclass(frozen=True, slots=True)
class Placed:
    """The lessons of a period that the filters leave.

    `within`: whether each of `lessons.frame` is one. `at`: UInt32, the number of its place among
    `places`, which have `school_id`, the keys of the level, and `further` ones.
    """

    lessons: Lessons
    within: pl.Series
    at: pl.Series
    places: pl.DataFrame

    @classmethod
    def of(
        cls, lessons: Lessons, asked: Asked, scope: Scope, further: Sequence[str] = ()
    ) -> Placed:
        """Leave what the filters and the days of the period leave."""
        numbered = lessons.places.with_row_index("number")
        kept = pl.Series([False]).new_from_index(0, numbered.height)
        kept = kept.scatter(scope.keep(numbered)["number"], values=True)
        day = lessons.frame["date"]
        within = kept.gather(lessons.frame[PLACE]) & day.is_between(asked.first, asked.last)
        names = list(dict.fromkeys([*grain(asked.level), *further]))
        places = lessons.places.select(names).unique(maintain_order=True)
        found = lessons.places.join(
            places.with_row_index("at"),
            on=names,
            how="left",
            validate="m:1",
            nulls_equal=True,
            maintain_order="left",
        )["at"]
        return cls(lessons, within, found.gather(lessons.frame[PLACE]), places)

    def rows_of(self, piece: pl.DataFrame) -> tuple[pl.DataFrame, pl.Series]:
        """The rows of a piece that are for lessons left, and the row of each one's lesson."""
        row = self.lessons.rows_of(piece)
        here = row.is_not_null() & self.within.gather(row).fill_null(value=False)
        return piece.filter(here), row.filter(here)

    def numbered(self, keys: Sequence[str]) -> tuple[pl.Series, pl.DataFrame]:
        """The number of each of `places` among the different `keys`, and these. UInt32."""
        names = list(dict.fromkeys(keys))
        different = self.places.select(names).unique(maintain_order=True)
        found = self.places.join(
            different.with_row_index("number"),
            on=names,
            how="left",
            validate="m:1",
            nulls_equal=True,
            maintain_order="left",
        )
        return found["number"], different

    def named(self, sums: pl.DataFrame) -> pl.DataFrame:
        """Put the keys in the stead of `at`."""
        places = self.places.select(pl.all().gather(sums["at"]))
        return pl.concat([places, sums.drop("at")], how="horizontal")
