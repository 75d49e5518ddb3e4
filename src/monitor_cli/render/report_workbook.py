"""A report as a workbook: a sheet a sheet, numbers as numbers, the header always in sight."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from monitor_cli.language import Language, words
from monitor_cli.render.grid import BELOW
from monitor_cli.render.harmless import visible
from monitor_cli.render.notes import warning_lines
from monitor_cli.render.report_cells import (
    percent_shown,
    points_shown,
    shown,
    total_label,
)
from monitor_cli.render.report_text import EMPTY, sheet_notes
from monitor_cli.render.text import SAMPLE_BANNER, cell_len
from monitor_cli.render.week_parts import ALL_USED, set_aside
from monitor_cli.render.workbooks import BOLD, PLAIN, TITLE, Book, Figure
from monitor_cli.report import NUMBERS, Kind
from monitor_cli.result import Band, Measure

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from monitor_cli.render import workbooks
    from monitor_cli.render.formats import Look
    from monitor_cli.report import Column, Report, Sheet, Value
    from monitor_cli.result import Notice, Problem

    Cells = Callable[[Sheet, Sequence[Value], Look], list[workbooks.Cell]]

_LONGEST_NAME = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_UNDATED = date(1980, 1, 1)
_PERCENT, _POINTS, _NUMBER, _COUNT = "0.00%", "+0.00;-0.00;0.00", "0.00", "0"
_COLOURS = {Band.GREEN: "00703C", Band.YELLOW: "8A5A00", Band.RED: "B00020"}
_DATES = {Language.RU: "dd.mm.yyyy", Language.EN: "yyyy-mm-dd"}
_FIGURES = NUMBERS - {Kind.SERIES}
_NARROWEST, _WIDEST = 9, 40
_UNIT = words("мин", "min")
_REST = words("Замечания", "Remarks")
_PROBLEMS = (
    words("Таблица", "Table"),
    words("Что не так", "What is wrong"),
    words("Строк", "Rows"),
)
_WARNINGS = words("Предупреждения", "Warnings")


def report_workbook(report: Report, look: Look) -> bytes:
    """Render the workbook: its sheets, then one with what was set aside and the warnings."""
    book = Book(datetime.combine(report.day or _UNDATED, datetime.min.time()))
    names: set[str] = set()
    for sheet in report.sheets:
        _sheet(book, sheet_name(sheet.title.said(look.language), names), report, sheet, look)
    if report.problems or report.warnings:
        name = sheet_name(_REST.said(look.language), names)
        said = (report.problems, report.warnings)
        banner = [(SAMPLE_BANNER.said(look.language), BOLD)] if report.sample else []
        write_quality(book, name, said, look, banner)
    return book.saved()


def sheet_name(title: str, taken: set[str]) -> str:
    """A name that Excel takes and no sheet has yet, in whatever case."""
    plain = _FORBIDDEN.sub(" ", visible(title)).strip(" '")[:_LONGEST_NAME].strip(" '") or "-"
    name, number = plain, 1
    while name.casefold() in taken:
        number += 1
        end = f" ({number})"
        name = plain[: _LONGEST_NAME - len(end)] + end
    taken.add(name.casefold())
    return name


def _sheet(book: Book, name: str, report: Report, sheet: Sheet, look: Look) -> None:
    language = look.language
    above = [(SAMPLE_BANNER.said(language), BOLD)] if report.sample else []
    above.append((visible(report.title.said(language)), TITLE))
    if len(report.sheets) > 1:
        above.append((visible(sheet.title.said(language)), BOLD))
    if sheet is report.sheets[0]:
        above += [(visible(line.said(language)), PLAIN) for line in report.lines]
    write_sheet(book, name, sheet, look, above)


def write_sheet(  # noqa: PLR0913, PLR0917  (what a sheet is made of)
    book: Book,
    name: str,
    sheet: Sheet,
    look: Look,
    above: Sequence[tuple[str, workbooks.Face]],
    cells: Cells | None = None,
    header_columns: int = 0,
) -> workbooks.Sheet:
    """Add a sheet with the lines `above` over its header; all of these stay in sight.

    `cells` makes the cells of a row, as `row_cells` does.
    """
    made_of = row_cells if cells is None else cells
    widths = [_width(sheet, at, look) for at in range(len(sheet.columns))]
    made = book.sheet(name, widths, header_rows=len(above) + 1, header_columns=header_columns)
    for text, font in above:
        made.line(text, font)
    made.header(
        [_title(column, look.language) for column in sheet.columns],
        figures={at for at, one in enumerate(sheet.columns, start=1) if one.kind in _FIGURES},
    )
    for row in sheet.rows:
        made.row(made_of(sheet, row, look))
    if sheet.rows:
        made.filtered(len(sheet.rows))
    else:
        made.line(EMPTY.said(look.language))
    if sheet.totals is not None:
        made.row(_totals(sheet, sheet.totals, look), BOLD)
    for note in sheet_notes(sheet, look):
        made.line(visible(note))
    return made


def row_cells(sheet: Sheet, row: Sequence[Value], look: Look) -> list[workbooks.Cell]:
    """The cells of a row."""
    return [cell(column, value, look) for column, value in zip(sheet.columns, row, strict=True)]


def _totals(sheet: Sheet, totals: Sequence[Value], look: Look) -> list[workbooks.Cell]:
    cells: list[workbooks.Cell] = [
        cell(column, value, look) if column.kind in NUMBERS else None
        for column, value in zip(sheet.columns, totals, strict=True)
    ]
    if sheet.columns[0].kind not in NUMBERS:
        cells[0] = total_label(sheet, look.language)
    return cells


def _title(column: Column, language: Language) -> str:
    title = visible(column.title.said(language))
    return f"{title}, {_UNIT.said(language)}" if column.kind is Kind.MINUTES else title


def _width(sheet: Sheet, at: int, look: Look) -> int:
    """As wide as its longest cell, within bounds; the title wraps."""
    column = sheet.columns[at]
    # A percentage is never longer than the narrowest column.
    told = () if column.kind is Kind.MEASURE else sheet.rows
    cells = (cell_len(shown(column, row[at], look.language)) for row in told)
    words_of = (cell_len(word) + 1 for word in _title(column, look.language).split())
    return min(max(*cells, *words_of, _NARROWEST, 0) + 2, _WIDEST)


def cell(column: Column, value: Value, look: Look) -> workbooks.Cell:
    """A cell; no value is an empty one, and never 0."""
    if value is None:
        return None
    if isinstance(value, Measure):
        return _measure(value, look)
    if isinstance(value, (bool, str, tuple)):
        return shown(column, value, look.language)
    if isinstance(value, date):
        clock = " hh:mm:ss" if isinstance(value, datetime) else ""
        return Figure(value, f"{_DATES[look.language]}{clock}")
    return _figure(column.kind, value)


def _figure(kind: Kind, value: float) -> Figure:
    if kind is Kind.PERCENT:
        return Figure(float(percent_shown(value) / 100), _PERCENT)
    if kind is Kind.NUMBER:
        return Figure(float(percent_shown(value)), _NUMBER)
    if kind is Kind.POINTS:
        return Figure(float(points_shown(value)), _POINTS)
    return Figure(value, _COUNT)


def _measure(measure: Measure, look: Look) -> Figure | None:
    """The value as everywhere else people see it, with the sign of its band beside the number."""
    band = measure.band(look.red_below)
    if measure.shown is None or band is None:
        return None
    sign = f'" {BELOW[band]}"' if BELOW[band] else ""
    return Figure(float(measure.shown / 100), _PERCENT + sign, _COLOURS[band])


def write_quality(
    book: Book,
    name: str,
    said: tuple[Sequence[Problem], Sequence[Notice]],
    look: Look,
    above: Sequence[tuple[str, workbooks.Face]],
) -> None:
    """Add a sheet with the lines `above`, the rows that were set aside and the warnings."""
    language = look.language
    problems, warnings = said
    sheet = book.sheet(name, (24, 90, 12), header_rows=0)
    for text, font in above:
        sheet.line(text, font)
    if problems:
        sheet.header([title.said(language) for title in _PROBLEMS], figures={len(_PROBLEMS)})
        for row in set_aside(problems, language):
            sheet.row(row)
    else:
        sheet.line(ALL_USED.said(language))
    if warnings:
        sheet.line()
        sheet.line(_WARNINGS.said(language), BOLD)
        for line in warning_lines(warnings, language):
            sheet.paragraph(line)
