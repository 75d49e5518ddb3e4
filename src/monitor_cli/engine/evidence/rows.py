"""The rows that an indicator loses, named and in order: persons, classes, lessons, marks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.columns import Table
from monitor_cli.engine.evidence.named import PERSON_ID, PERSON_NAME, Names, in_order
from monitor_cli.engine.evidence.sheets import Role
from monitor_cli.engine.persons import PERSON
from monitor_cli.indicators.spec import Fact

if TYPE_CHECKING:
    from monitor_cli.engine.evidence.gathered import Evidence
    from monitor_cli.settings import Settings

_ROLES = {Fact.TEACHERS: Role.TEACHER, Fact.STUDENTS: Role.STUDENT, Fact.PARENTS: Role.PARENT}


@dataclass(frozen=True, slots=True)
class Lost:
    """What was gathered of the counting that `names` knows, under `rules`."""

    names: Names
    evidence: Evidence
    rules: Settings

    def of(self, key: str, fact: Fact) -> pl.DataFrame:
        """The lost rows of the indicator `key` over `fact`, with the columns of its sheet."""
        if fact is Fact.SCHOOLS:
            return self._accounts()
        kept = self.evidence.rows[fact]
        if fact in _ROLES:
            people = self._people(fact, kept)
            return self._with_category(people) if key == "teacher_category" else people
        if fact is Fact.CLASSES:
            return self._classes(kept)
        if fact is Fact.MARKS:
            return in_order(self.names.of_lessons(kept), "created_at", "lesson_id", "mark_id")
        return in_order(self.names.of_lessons(kept), "lesson_id")

    def _people(self, fact: Fact, kept: pl.DataFrame) -> pl.DataFrame:
        """A row a person at a school; one who stands in several classes in the first of them."""
        named = self.names.of_schools(kept)
        if fact is Fact.TEACHERS:
            taught = named.rename({PERSON_ID: "teacher_id"})
            named = self.names.of_teachers(taught).rename({"teacher": PERSON_NAME})
            ordered = in_order(named.with_columns(teacher=PERSON_NAME), "teacher_id")
            return ordered.rename({"teacher_id": PERSON_ID})
        ordered = in_order(self.names.of_classes(named), PERSON_ID)
        alone = ordered.unique(PERSON, keep="first", maintain_order=True)
        table = Table.STUDENTS if fact is Fact.STUDENTS else Table.PARENTS
        return self.names.of_persons(alone.drop(PERSON_NAME), table)

    def _accounts(self) -> pl.DataFrame:
        """The persons of all roles together, at a school one role after the other."""
        frames = []
        for number, (fact, role) in enumerate(_ROLES.items()):
            if fact in self.evidence.rows:
                kept = self.evidence.rows[fact]
                people = self._people(fact, kept).with_row_index("row")
                told = people.with_columns(role=pl.lit(role.value), of_role=pl.lit(number))
                frames.append(told)
        together = pl.concat(frames, how="diagonal")
        schools = in_order(together.select(_SCHOOL).unique()).with_row_index("of_school")
        return together.join(
            schools, on=_SCHOOL, how="left", validate="m:1", nulls_equal=True
        ).sort("of_school", "of_role", "row")

    def _with_category(self, people: pl.DataFrame) -> pl.DataFrame:
        """Put beside teachers the last category that a row of theirs at the school names."""
        staff = self.names.dump.tables[Table.STAFF].frame.collect()
        named = (
            staff.filter(pl.col("category").is_not_null())
            .group_by(PERSON, maintain_order=True)
            .agg(pl.last("category"))
        )
        return people.drop("category").join(
            named, on=PERSON, how="left", validate="1:1", maintain_order="left"
        )

    def _classes(self, kept: pl.DataFrame) -> pl.DataFrame:
        needed = self.rules.timetable_filling.min_lessons
        named = self.names.of_classes(self.names.of_schools(kept))
        short = pl.lit(needed) - pl.col("lessons")
        return in_order(named.with_columns(needed=pl.lit(needed), short=short))


_SCHOOL = ["region", "municipality", "school_id", "school"]
