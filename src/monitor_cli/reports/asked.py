"""What is asked of a report: a period, a level, filters as typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor_cli.clock import Week
from monitor_cli.engine.query import Query
from monitor_cli.errors import UsageError
from monitor_cli.language import words
from monitor_cli.levels import Level

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date


@dataclass(frozen=True, slots=True)
class Asked:
    """A period, its first and its last day, a level, and filters as typed.

    People and classes are those of the week of the last day. `search` is a part of the name or id
    of schools; `limit` is how many rows the main sheet has at most.
    """

    first: date
    last: date
    level: Level = Level.SCHOOL
    municipalities: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    teachers: tuple[str, ...] = ()
    search: str | None = None
    limit: int | None = None

    @property
    def week(self) -> Week:
        """The week by whose Sunday people are counted."""
        return Week.of(self.last)

    @property
    def weeks(self) -> tuple[Week, ...]:
        """The weeks of the period, the latest first."""
        weeks, week = [], self.week
        while week.sunday >= self.first:
            weeks.append(week)
            week = week.previous
        return tuple(weeks)

    def query(self, *grains: str) -> Query:
        """The period, level and filters for the engine, with keys of lessons besides these."""
        return Query(
            self.week,
            self.level,
            self.municipalities,
            self.schools,
            self.classes,
            self.subjects,
            self.teachers,
            compare=False,
            also=self.weeks,
            grains=(grains,) if grains else (),
        )

    def require(self, levels: Collection[Level]) -> None:
        """Refuse a level that the report does not have.

        Raises:
            UsageError: it is none of `levels`.
        """
        if self.level not in levels:
            known = ", ".join(level for level in Level if level in levels)
            raise UsageError(
                words(
                    f"--level {self.level}: такого уровня у отчёта нет",
                    f"--level {self.level}: the report has no such level",
                ),
                remedy=words(f"есть: {known}", f"there are: {known}"),
            )
