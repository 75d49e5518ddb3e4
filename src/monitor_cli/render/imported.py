"""What an import has brought, as text and as JSON (`monitor.import/1`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor_cli import clock
from monitor_cli.language import Language, words
from monitor_cli.render.harmless import visible
from monitor_cli.render.jsonout import compact, in_lines
from monitor_cli.render.text import SAMPLE_BANNER

if TYPE_CHECKING:
    from datetime import date

    from monitor_cli.result import ImportedTable, ImportResult
    from monitor_cli.settings import Settings

SCHEMA = "monitor.import/1"
_HEADERS = (
    words("Таблица", "Table"),
    words("Прочитано", "Read"),
    words("Учтено", "Used"),
    words("Повторы", "Repeated"),
    words("Отложено", "Set aside"),
    words("Заменено", "Replaced"),
    words("В наборе", "In dataset"),
    words("Школ", "Schools"),
    words("Недели", "Weeks"),
)


def import_text(result: ImportResult, settings: Settings) -> str:
    """A line a table under a line on the whole; times by the clock of the settings."""
    language = settings.language
    when = result.imported_at.astimezone(clock.zone(settings.timezone))
    title = words(
        f"Набор {result.dataset}, состояние {result.snapshot} от {when:%d.%m.%Y %H:%M}",
        f"Dataset {result.dataset}, state {result.snapshot} of {when:%Y-%m-%d %H:%M}",
    )
    lines = [visible(title.said(language)), ""]
    if result.sample:
        lines.insert(0, SAMPLE_BANNER.said(language))
    rows = [[header.said(language) for header in _HEADERS]]
    rows += [_cells(table, language) for table in result.tables]
    widths = [max(len(row[place]) for row in rows) for place in range(len(_HEADERS))]
    for row in rows:
        numbers = [cell.rjust(width) for cell, width in zip(row[1:-1], widths[1:-1], strict=True)]
        lines.append("  ".join([row[0].ljust(widths[0]), *numbers, row[-1]]).rstrip())
    if result.pruned:
        names = ", ".join(result.pruned)
        gone = words(f"Убраны состояния: {names}", f"States removed: {names}")
        lines += ["", gone.said(language)]
    return "\n".join(lines) + "\n"


def _cells(table: ImportedTable, language: Language) -> list[str]:
    numbers = (
        table.read,
        table.used,
        table.repeated,
        table.set_aside,
        table.replaced,
        table.rows,
        table.schools,
    )
    return [table.table, *map(str, numbers), _span(table.weeks, language)]


def _span(weeks: tuple[date, ...], language: Language) -> str:
    """The first and the last week, and how many there are."""
    if not weeks:
        return ""
    ends = list(dict.fromkeys((weeks[0].isoformat(), weeks[-1].isoformat())))
    return f"{len(weeks)}: {words(' – ', ' to ').said(language).join(ends)}"


def import_json(result: ImportResult, language: Language = Language.RU) -> str:
    """One document; messages in `language`."""
    parts = (
        f'"schema": {compact(SCHEMA)}, "sample": {compact(result.sample)}, "complete": true',
        f'"dataset": {compact(result.dataset)}',
        f'"snapshot": {compact(result.snapshot)}',
        f'"imported_at": {compact(result.imported_at.isoformat())}',
        '"tables": ' + in_lines(_table(table) for table in result.tables),
        '"problems": ' + in_lines(problem._asdict() for problem in result.problems),
        '"warnings": '
        + in_lines(
            {"code": notice.code, "message": notice.message.said(language)}
            for notice in result.warnings
        ),
        f'"pruned": {compact(list(result.pruned))}',
    )
    return "{" + ",\n ".join(parts) + "}\n"


def _table(table: ImportedTable) -> dict[str, object]:
    return {
        "table": table.table,
        "read": table.read,
        "used": table.used,
        "repeated": table.repeated,
        "set_aside": table.set_aside,
        "replaced": table.replaced,
        "rows": table.rows,
        "schools": table.schools,
        "weeks": [monday.isoformat() for monday in table.weeks],
    }
