"""«Статистика ведения ЭЖД. Школа»: one school, counted once at all its levels."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from monitor_cli.columns import Table
from monitor_cli.engine.count import GRAINS
from monitor_cli.engine.page import sheets
from monitor_cli.engine.page.activity import last_activity
from monitor_cli.engine.page.remarks import remarks
from monitor_cli.engine.page.steps import next_steps
from monitor_cli.engine.placed import rows_at
from monitor_cli.engine.week import count_week
from monitor_cli.levels import Level
from monitor_cli.report import Report

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from monitor_cli.engine.query import Query
    from monitor_cli.settings import Settings


def school_page(
    path: Path,
    settings: Settings,
    query: Query,
    *,
    sample: bool = False,
    as_imported: date | None = None,
) -> Report:
    """The page of the school that `query.like` names, in the week and state that it asks for.

    All measures are those of `week` at the levels school, class and teacher.

    Raises:
        UsageError: no school is meant, or several; no such earlier state.
        DumpError: the dump cannot be read or has the wrong shape.
    """
    below = (GRAINS[Level.CLASS], GRAINS[Level.TEACHER])
    asked = replace(query, level=Level.SCHOOL, grains=below, tables=frozenset({Table.LOGINS}))
    counted = count_week(path, settings, asked, as_imported=as_imported)
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
            sheets.of_activity(last_activity(counted)),
            sheets.of_remarks(
                remarks(counted, [school])[str(school.keys["school_id"])],
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
