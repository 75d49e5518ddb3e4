"""A report asked for in a spec test, and its cells."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from monitor_cli.levels import Level
from monitor_cli.reports.asked import Asked
from monitor_cli.settings import load_settings
from tests.spec.journal import MONDAY

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor_cli.report import Report
    from tests.spec.journal import Journal


def report_of(
    make: Callable[..., Report],
    journal: Journal,
    level: str = "school",
    first: date = MONDAY,
    last: date | None = None,
    **filters: object,
) -> Report:
    """The report of the week of every spec test, or of another period."""
    settings = load_settings(assignments=journal.sets, environ={})
    until = first + timedelta(days=6) if last is None else last
    more = {name: filters.pop(name) for name in list(filters) if name not in Asked.__slots__}
    asked = Asked(first, until, Level(level), **filters)  # type: ignore[arg-type]
    return make(journal.folder, settings, asked, **more)


def cells(report: Report, sheet: str, *names: str) -> list[object]:
    """The cells of a sheet's rows, in order: a value for one name, a tuple for several."""
    found = report.sheet(sheet)
    keys = [column.key for column in found.columns]
    rows = [tuple(row[keys.index(name)] for name in names) for row in found.rows]
    return [row[0] for row in rows] if len(names) == 1 else list(rows)


def total(report: Report, sheet: str, *names: str) -> tuple[object, ...]:
    """The totals of a sheet."""
    found = report.sheet(sheet)
    assert found.totals is not None
    keys = [column.key for column in found.columns]
    return tuple(found.totals[keys.index(name)] for name in names)


def codes(report: Report) -> list[str]:
    """The codes of the warnings."""
    return [one.code for one in report.warnings]
