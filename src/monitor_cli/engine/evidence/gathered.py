"""What an indicator loses, gathered where the rows are: told by ids, named afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from monitor_cli.engine.count import add_up
from monitor_cli.engine.evidence import reasons
from monitor_cli.engine.evidence.witness import HOUR, LOST, OF, OF_LESSONS, Witness
from monitor_cli.engine.lessons import PLACE
from monitor_cli.indicators import BY_KEY
from monitor_cli.indicators.spec import Fact

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from monitor_cli.dump.dump import Dump
    from monitor_cli.engine.lessons import Lessons
    from monitor_cli.engine.week import Counting
    from monitor_cli.settings import Settings

_MARK = ("minutes", "created_at", "deadline", "mark_id", "work_type")
_HOMEWORK = ("minutes", "set_at", "deadline", "next_date", "attached_to")
GATHERED_BYTES, TOLD_BYTES = 1_400, 4_000
"""What a row takes while it is gathered and named, and until it is told, as measured."""


class Evidence(NamedTuple):
    """The lost rows of each fact that the indicator counts, and the sums by hour of entry.

    `rows`: persons and classes as they were counted; of lessons, marks and homework `school_id`,
    `parallel`, `class_id`, `subject`, `teacher_id`, `date`, `number`, `group`, `lesson_id`, and
    what is judged of each. `hours`: as those of `Witness`.
    """

    rows: Mapping[Fact, pl.DataFrame]
    hours: pl.DataFrame | None = None


class LostRows(NamedTuple):
    """Looks for what the indicator `key` loses; `limit` rows at most are told of it.

    `by_hour`: sums by the hour of entry, too. `still_open`: for what is not lost yet instead.
    """

    key: str
    by_hour: bool = False
    still_open: bool = False
    limit: int | None = None

    @property
    def by_id(self) -> bool:
        """The rows are told by their ids."""
        return True

    def witness(self, rules: Settings) -> Witness | None:
        """Who keeps the rows; None for an indicator made of a school's components."""
        witness = Witness.of(
            BY_KEY[self.key], rules, by_hour=self.by_hour, still_open=self.still_open
        )
        return witness if witness.lost else None

    def seen(
        self, _dump: Dump, counting: Counting, witness: Witness | None, rules: Settings
    ) -> Evidence:
        """What the witness kept."""
        if witness is None:
            return Evidence({})
        kept = {fact: witness.kept(fact) for fact in witness.lost}
        rows = {
            fact: _gathered(fact, rows, witness, counting.lessons, rules)
            for fact, rows in kept.items()
            if rows is not None
        }
        return Evidence(rows, witness.hours)

    def joined(self, parts: Sequence[Evidence]) -> Evidence:
        """The rows of all parts, and their hours added up."""
        facts = dict.fromkeys(fact for part in parts for fact in part.rows)
        rows = {
            fact: pl.concat(part.rows[fact] for part in parts if fact in part.rows)
            for fact in facts
        }
        hours = [part.hours for part in parts if part.hours is not None]
        carried = {name: pl.col(name) for name in (LOST, OF)}
        return Evidence(rows, add_up(pl.concat(hours), carried, [HOUR]) if hours else None)

    def weight(self, seen: Evidence) -> int:
        """What all rows take, and those told."""
        rows = sum(frame.height for frame in seen.rows.values())
        told = rows if self.limit is None else min(rows, self.limit)
        return rows * GATHERED_BYTES + told * TOLD_BYTES


def _gathered(
    fact: Fact, kept: pl.DataFrame, witness: Witness, lessons: Lessons, rules: Settings
) -> pl.DataFrame:
    """The rows of a fact as `Evidence` has them."""
    if fact not in OF_LESSONS:
        return kept
    if fact is Fact.MARKS:
        judged = reasons.of_marks(kept, rules).rename({"created": "created_at"})
        return at_lessons(judged.select(PLACE, "at", "reason", *_MARK), lessons)
    if fact is Fact.HOMEWORK:
        if witness.homework is None:
            message = "no homework was counted"
            raise LookupError(message)
        judged = reasons.of_homework(kept, witness.homework, lessons, rules)
        return at_lessons(judged.select(PLACE, "at", "reason", *_HOMEWORK), lessons)
    return at_lessons(kept.select(PLACE, "at"), lessons)


def at_lessons(rows: pl.DataFrame, lessons: Lessons) -> pl.DataFrame:
    """Put what a lesson is known by in the stead of its `place` and `at`."""
    keys = lessons.places.drop("week", "date", strict=False)[rows[PLACE]]
    about = lessons.frame.select("date", "number", "group")[rows["at"]]
    ids = lessons.ids.values.gather(rows["at"]).alias("lesson_id").to_frame()
    found = pl.concat([rows.drop(PLACE, "at"), keys, about, ids], how="horizontal")
    return found.with_columns(pl.col("subject", "number", "group").cast(pl.String))
