"""«Статистика ведения ЭЖД. Школа»: one school, counted once at all its levels."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from monitor_cli.columns import Table
from monitor_cli.engine.count import GRAINS
from monitor_cli.engine.counter import at_once
from monitor_cli.engine.page import sheets
from monitor_cli.engine.page.activity import last_activity
from monitor_cli.engine.page.remarks import lessons_amiss, remarks
from monitor_cli.engine.page.steps import next_steps
from monitor_cli.engine.placed import rows_at
from monitor_cli.levels import Level
from monitor_cli.report import Report

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from monitor_cli.dump.dump import Dump
    from monitor_cli.engine.counter import Counter
    from monitor_cli.engine.evidence.witness import Witness
    from monitor_cli.engine.query import Query
    from monitor_cli.engine.week import Counting
    from monitor_cli.settings import Settings


class _Seen(NamedTuple):
    """When something was last done, and what is amiss in lessons, by remark and school."""

    activity: Sequence[tuple[Table, datetime | None]]
    amiss: Mapping[str, Mapping[str, int]]


class _Rows(NamedTuple):
    """Looks at the single entries of a school (`counter.Look`)."""

    @property
    def by_id(self) -> bool:
        """Moments are looked at that counting alone does not read."""
        return True

    def witness(self, _rules: Settings) -> None:
        """Nobody: the rows are read again."""

    def seen(
        self, dump: Dump, counting: Counting, _witness: Witness | None, _rules: Settings
    ) -> _Seen:
        """What the rows of a dump tell."""
        return _Seen(last_activity(dump, counting), lessons_amiss(counting))

    def joined(self, parts: Sequence[_Seen]) -> _Seen:
        """What is seen of the one school, by the one partition that has it."""
        [seen] = parts
        return seen

    def weight(self, _seen: _Seen) -> int:
        """Next to nothing."""
        return 0


def school_page(  # noqa: PLR0913
    path: Path,
    settings: Settings,
    query: Query,
    *,
    sample: bool = False,
    as_imported: date | None = None,
    counter: Counter = at_once,
) -> Report:
    """The page of the school that `query.like` names, in the week and state that it asks for.

    All measures are those of `week` at the levels school, class and teacher.

    Raises:
        UsageError: no school is meant, or several; no such earlier state.
        DumpError: the dump cannot be read or has the wrong shape.
    """
    below = (GRAINS[Level.CLASS], GRAINS[Level.TEACHER])
    asked = replace(query, level=Level.SCHOOL, grains=below, tables=frozenset({Table.LOGINS}))
    counted, seen = counter(path, settings, asked, _Rows(), as_imported=as_imported)
    [school] = rows_at(counted, Level.SCHOOL)
    shown = counted.measures.shown(counted.regions)
    steps = next_steps(school.measures, settings)
    return Report(
        name=sheets.NAME,
        title=sheets.title(school),
        main=sheets.INDICATORS,
        sheets=(
            sheets.of_indicators(shown, school, settings.bands.red_below),
            sheets.of_steps(steps, settings.language),
            sheets.of_classes(rows_at(counted, Level.CLASS)),
            sheets.of_teachers(rows_at(counted, Level.TEACHER)),
            sheets.of_activity(seen.activity),
            sheets.of_remarks(
                remarks(counted, seen.amiss, [school])[str(school.keys["school_id"])],
                set_aside=bool(counted.dump.problems),
            ),
        ),
        head=sheets.head(query, school),
        lines=sheets.lines(query, school),
        problems=counted.dump.problems,
        warnings=counted.warnings(),
        sample=sample,
        day=query.week.sunday,
    )
