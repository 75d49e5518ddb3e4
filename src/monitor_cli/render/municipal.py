"""A municipality's part of a report as files: a workbook, a page, what does not fit into them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from monitor_cli.language import words
from monitor_cli.render.html import week_html
from monitor_cli.render.municipal_sheets import MOST_ROWS, capped
from monitor_cli.render.report_data import report_csv
from monitor_cli.render.week_workbook import write_municipal
from monitor_cli.report import PartSheet, Reader, Report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor_cli.language import Words
    from monitor_cli.render.formats import Look
    from monitor_cli.report import Part, Sheet

MOST_BYTES = 500_000
"""A page stays under it, so that it opens at once and fits into a letter."""

_PLACES, _ROWS, _STEPS = 120, 60, 3
"""Of a page: its schools, the rows of its other tables, the steps of a school."""

_FIRST_STEPS = words(
    f"первые {_STEPS} шага каждой школы, все – в книге рядом",
    f"the first {_STEPS} steps of each school, all of them are in the workbook beside this page",
)
_CAPPED = (PartSheet.CLASSES, PartSheet.TEACHERS)


def municipal_files(part: Part, stem: str, look: Look) -> Iterator[tuple[str, bytes]]:
    """The files of a part by name, one after another: `<stem>.xlsx`, `<stem>.html`, `<stem>.….csv`.

    The last ones are there where a workbook does not hold all classes or teachers.
    """
    yield f"{stem}.xlsx", municipal_workbook(part, stem, look)
    yield f"{stem}.html", municipal_html(part, look).encode()
    for sheet in part.sheets:
        if _too_long(sheet):
            yield _rest(stem, sheet), _csv(part, sheet, look)


def municipal_workbook(part: Part, stem: str, look: Look) -> bytes:
    """The workbook; where it does not hold all rows, it names the file `<stem>.….csv`."""
    more = [
        capped(sheet, MOST_ROWS, _rest(stem, sheet)) if _too_long(sheet) else sheet
        for sheet in part.sheets
    ]
    return write_municipal(part.result, more, look)


def municipal_html(part: Part, look: Look) -> str:
    """The page, of fewer rows where it would be over `MOST_BYTES`; it says so."""
    places, rows = _PLACES, _ROWS
    while True:
        more = [_on_page(sheet, rows) for sheet in part.sheets if sheet.rows]
        page = week_html(part.result, look, more, places)
        if len(page.encode()) < MOST_BYTES or places <= 1:
            return page
        places, rows = places // 2, rows // 2


def _with(note: Words | None, more: Words) -> Words:
    """Both, one after the other."""
    return more if note is None else words(f"{note.ru}; {more.ru}", f"{note.en}; {more.en}")


def _too_long(sheet: Sheet) -> bool:
    return sheet.key in _CAPPED and len(sheet.rows) > MOST_ROWS


def _rest(stem: str, sheet: Sheet) -> str:
    return f"{stem}.{sheet.key}.csv"


def _csv(part: Part, sheet: Sheet, look: Look) -> bytes:
    """All rows of a sheet, ids too."""
    report = Report(
        name="report", title=sheet.title, main=sheet.key, sheets=(sheet,), sample=part.result.sample
    )
    return report_csv(report, look).encode()


def _on_page(sheet: Sheet, most: int) -> Sheet:
    """The sheet as a page has it: fewer steps a school, fewer rows, no ids."""
    if sheet.key == PartSheet.STEPS:
        number = [column.key for column in sheet.columns].index("number")
        first = [row for row in sheet.rows if int(str(row[number])) <= _STEPS]
        if len(first) < len(sheet.rows):
            sheet = replace(sheet, note=_with(sheet.note, _FIRST_STEPS))
        sheet = replace(sheet, rows=first[: most * _STEPS], rows_in_all=len(first))
    elif sheet.key in _CAPPED:
        sheet = capped(sheet, most, None)
    elif len(sheet.rows) > most:
        sheet = replace(sheet, rows=sheet.rows[:most], rows_in_all=len(sheet.rows))
    return sheet.shown_to(Reader.PEOPLE)
