"""Current marks: averaged a student and subject, and counted as they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from monitor_cli.columns import Table
from monitor_cli.engine.lessons import bearing
from monitor_cli.engine.persons import flags
from monitor_cli.reports.grades.lessons import Placed, grain
from monitor_cli.reports.grades.tallies import (
    COUNTS,
    OF_MARKS,
    OF_WORDS,
    failed,
    marks_in_all,
    numbered,
    outcomes,
)
from monitor_cli.reports.grades.weights import rounded_mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor_cli.dump.dump import Dump
    from monitor_cli.reports.asked import Asked

_TOTAL, _COUNT, _LOW = "total", "count", "low"
_UNIT = (_COUNT, _TOTAL, _LOW, *OF_WORDS)


class Current(NamedTuple):
    """The current marks of a period.

    `sums`: a row a student at one of `placed.places`, which part subjects: `at`, `student_id`, and
    sums over the marks, Int64. `written`: a row a place with a row of marks, the keys of the level
    and `COUNTS` of the marks as they stand. `marked`: whether each of `lessons.frame` bears a row
    of marks.
    """

    placed: Placed
    sums: pl.DataFrame
    written: pl.DataFrame
    marked: pl.Series

    def outcomes(self, keys: Sequence[str]) -> pl.DataFrame:
        """The outcomes (`tallies.outcomes`) of averages at the places that `keys` name.

        The average is that of a student in a subject at such a place.
        """
        unit, _ = self.placed.numbered([*keys, "subject"])
        at, places = self.placed.numbered(keys)
        place_of_unit = flags(len(unit), dtype=pl.UInt32).scatter(unit, at)
        sums = self.sums.with_columns(unit.gather(self.sums["at"]).alias("at"))
        if unit.n_unique() < len(unit):
            sums = sums.group_by("at", "student_id").agg(pl.col(_UNIT).sum())
        made = pl.when(pl.col(_COUNT) > 0).then(rounded_mark(pl.col(_TOTAL), pl.col(_COUNT)))
        units = sums.select(
            place_of_unit.gather(sums["at"]).alias("at"),
            "student_id",
            *(
                (made == mark).fill_null(value=False).cast(pl.Int64).alias(name)
                for mark, name in OF_MARKS.items()
            ),
            *OF_WORDS,
        )
        found = outcomes(units, ["at"])
        named = places.select(pl.all().gather(found["at"]))
        return pl.concat([named, found.drop("at")], how="horizontal")

    def with_two(self, keys: Sequence[str]) -> pl.DataFrame:
        """How many students of each place have a «2» in the journal: `students_with_two`."""
        low = self.placed.named(self.sums.filter(pl.col(_LOW) > 0).select("at", "student_id"))
        found = pl.col("student_id").n_unique().cast(pl.Int64)
        return low.group_by(keys).agg(students_with_two=found)


def current(dump: Dump, placed: Placed, asked: Asked) -> Current:
    """Count the marks for lessons of `placed`, whose places have `subject` among their keys."""

    def work(piece: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame, pl.Series]:
        rows, lesson = placed.rows_of(piece)
        code, said = numbered(rows["value"])
        at = placed.at.gather(lesson).alias("at")
        written = pl.DataFrame([at, code.alias("code")]).group_by("at", "code").len("rows")
        times = written["rows"].cast(pl.Int64)
        counted = said.select(pl.all().gather(written["code"]) * times)
        of_place = pl.concat([written.select("at"), counted], how="horizontal")
        weighed = said.select(
            marks_in_all().alias(_COUNT),
            pl.sum_horizontal(mark * pl.col(name) for mark, name in OF_MARKS.items()).alias(_TOTAL),
            (failed() > 0).cast(pl.Int64).alias(_LOW),
            *OF_WORDS,
        )
        units = pl.DataFrame(
            [at, rows["student_id"], *weighed.select(pl.all().gather(code)).get_columns()]
        )
        return (
            units.drop_nulls("student_id").group_by("at", "student_id").agg(pl.col(_UNIT).sum()),
            of_place.group_by("at").agg(pl.col(COUNTS).sum()),
            lesson.unique(),
        )

    parts = dump.tables[Table.MARKS].each(work)
    written = pl.concat(part[1] for part in parts)
    names = list(grain(asked.level))
    sums = pl.concat(part[0] for part in parts)
    if len(parts) > 1:
        sums = sums.group_by("at", "student_id").agg(pl.col(_UNIT).sum())
    return Current(
        placed,
        sums,
        placed.named(written).group_by(names).agg(pl.col(COUNTS).sum()),
        bearing(placed.lessons, [part[2] for part in parts]),
    )
