"""A school's part of a report as a workbook of one sheet: to print, to send, to sign."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from monitor_cli.language import words
from monitor_cli.render.harmless import visible
from monitor_cli.render.municipal_sheets import banded
from monitor_cli.render.notes import problem_lines, warning_lines
from monitor_cli.render.report_cells import shown
from monitor_cli.render.report_workbook import sheet_name
from monitor_cli.render.text import UNKNOWN
from monitor_cli.render.week_parts import OF_ALL, PLACEHOLDER
from monitor_cli.render.week_sheets import (
    above,
    change_cell,
    number_cells,
    share_cell,
    threshold_cell,
)
from monitor_cli.render.week_workbook import SAID, verdict
from monitor_cli.render.workbook_charts import against_thresholds
from monitor_cli.render.workbooks import BOLD, Book, Spread
from monitor_cli.report import NUMBERS, Kind, PartSheet, Reader

if TYPE_CHECKING:
    from monitor_cli.render.formats import Look
    from monitor_cli.render.workbooks import Cell
    from monitor_cli.render.workbooks import Sheet as Page
    from monitor_cli.report import Part, Sheet

_WIDTHS = (22, *[12] * 12)
"""A grid that all the tables of the sheet share."""

_CHART_ROWS = 20
_WHOLE = 100
_INDICATORS = words("Показатели", "Indicators")
_NONE_BELOW = words("Все пороги достигнуты.", "Every threshold is reached.")
_HEADER = (
    words("Показатель", "Indicator"),
    words("Значение", "Value"),
    words("Порог", "Threshold"),
    words("Итог", "Verdict"),
    words("За неделю, п.", "Change, points"),
    words("Числитель", "Numerator"),
    words("Знаменатель", "Denominator"),
    words("На графике", "In the chart"),
)
_SPREAD = {
    "indicator": 2,
    "said": 4,
    "where": 4,
    "teacher": 2,
    "remark": 6,
    "values": 2,
}
"""The columns of the grid that texts take; all else takes one."""

_DROPPED = frozenset({"school", "number", "slope", "crossed", "crossed_week"})
"""What is the same in every row, or told by the line itself."""


class _Table(NamedTuple):
    """A sheet within the grid: its columns that are shown, and how many of the grid each takes."""

    sheet: Sheet
    at: tuple[int, ...]
    widths: tuple[int, ...]


def school_workbook(part: Part, look: Look) -> bytes:
    """Render the workbook; the same input gives the same bytes."""
    result, language = part.result, look.language
    book = Book(datetime.combine(result.week.sunday, datetime.min.time()))
    called = visible(part.name) or UNKNOWN
    page = book.sheet(sheet_name(called, set()), _WIDTHS, header_rows=0)
    for text, font in above(result, called, look):
        page.line(text, font)
    where = [
        visible(str(part.keys[name])) for name in ("region", "municipality") if part.keys[name]
    ]
    page.line(" · ".join([*where, f"ID {part.keys['school_id']}"]))
    page.line()
    _write_indicators(page, part, look)
    for sheet in part.sheets:
        if sheet.key == PartSheet.COURSES:
            page.break_page()
        if sheet.rows:
            _write(page, sheet, look)
        elif sheet.key == PartSheet.STEPS:
            page.line(visible(sheet.title.said(language)), BOLD)
            page.line(_NONE_BELOW.said(language))
            page.line()
    lines = [
        *problem_lines(result.problems, language),
        *warning_lines(result.warnings, language),
    ]
    if lines:
        page.line(SAID.said(language), BOLD)
        if result.problems:
            page.paragraph(OF_ALL.said(language))
        for line in lines:
            page.paragraph(line)
    return book.saved()


def _write_indicators(page: Page, part: Part, look: Look) -> None:
    """The indicators against their thresholds, with a chart."""
    result, language = part.result, look.language
    measures = result.rows[0].measures if result.rows else result.totals
    page.line(_INDICATORS.said(language), BOLD)
    title, value, threshold, verdict_title, *rest = (one.said(language) for one in _HEADER)
    page.header(
        [
            Spread(title, 3),
            value,
            threshold,
            Spread(verdict_title, 2),
            *rest[:-1],
            Spread(rest[-1], 2),
        ],
        figures={4, 5, 8, 9, 10},
    )
    header = page.rows
    for one in result.columns:
        measure = measures[one.key]
        page.row(
            [
                Spread(one.title.said(language), 3),
                share_cell(measure, look),
                threshold_cell(measure.threshold, placeholder=one.placeholder),
                Spread(verdict(measure, look), 2),
                change_cell(measure),
                *number_cells(measure),
                Spread(one.short.said(language), 2),
            ]
        )
    last = page.rows
    if any(one.placeholder for one in result.columns):
        page.line(f"* – {PLACEHOLDER.said(language)}")
    page.line()
    if last > header:
        chart = against_thresholds(
            _INDICATORS.said(language),
            page.cells(11, header + 1, last),
            page.cells(4, header, last),
            page.cells(5, header, last),
            [measures[one.key].band(look.red_below) for one in result.columns],
            None if any((one.value or 0) > _WHOLE for one in measures.values()) else 1,
        )
        page.draw(chart, (1, len(_WIDTHS)), _CHART_ROWS)
        page.leave(_CHART_ROWS + 1)


def _write(page: Page, sheet: Sheet, look: Look) -> None:
    """A table in the grid."""
    language = look.language
    table = _table(sheet.shown_to(Reader.PEOPLE))
    columns = [table.sheet.columns[at] for at in table.at]
    page.line(visible(sheet.title.said(language)), BOLD)
    page.header(
        [
            _spread(visible(column.title.said(language)), width)
            for column, width in zip(columns, table.widths, strict=True)
        ],
        figures=_figures(table),
    )
    for row in table.sheet.rows:
        cells = banded(table.sheet, row, look)
        made: list[Cell] = []
        for at, width in zip(table.at, table.widths, strict=True):
            cell = cells[at]
            column = table.sheet.columns[at]
            if width > 1 and column.kind is Kind.SERIES:
                made += [cell, *[None] * (width - 1)]
                continue
            if width > 1:
                cell = Spread("" if cell is None else shown(column, row[at], language), width)
            made.append(cell)
        page.row(made)
    page.line()


def _table(sheet: Sheet) -> _Table:
    kept, widths, left = [], [], len(_WIDTHS)
    for at, column in enumerate(sheet.columns):
        width = _SPREAD.get(column.key, 1)
        if column.key in _DROPPED or width > left:
            continue
        kept.append(at)
        widths.append(width)
        left -= width
    return _Table(sheet, tuple(kept), tuple(widths))


def _figures(table: _Table) -> set[int]:
    found, place = set(), 1
    for at, width in zip(table.at, table.widths, strict=True):
        if table.sheet.columns[at].kind in NUMBERS - {Kind.SERIES}:
            found.add(place)
        place += width
    return found


def _spread(text: str, width: int) -> str | Spread:
    return text if width == 1 else Spread(text, width)
