"""`monitor validate` as a workbook that can be sent back to the school: what to mend, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor_cli.explained import EXPLAINED
from monitor_cli.language import Language, words
from monitor_cli.render.entries import entries
from monitor_cli.render.text import SAMPLE_BANNER
from monitor_cli.render.validate import (
    PROBLEMS,
    TITLES,
    WEEKS,
    effect,
    title,
    verdict,
    week,
)
from monitor_cli.render.workbooks import BOLD, TITLE, Book
from monitor_cli.verdict import Effect

if TYPE_CHECKING:
    from monitor_cli.render.entries import Entry
    from monitor_cli.render.formats import Look
    from monitor_cli.verdict import Validation

_SUMMARY = words("Сводка", "Summary")
_REST = words("Файлы и замечания", "Files and remarks")
_COLUMNS = (
    (words("Файл", "File"), 22),
    (words("Строка", "Line"), 9),
    (words("Столбец", "Column"), 18),
    (words("Значение", "Value"), 26),
    (words("Что не так", "What is wrong"), 26),
    (words("Что делать", "What to do"), 36),
    (words("Учтена вместо неё", "Used instead"), 20),
    (words("Строк", "Rows"), 7),
)
_SUMMARY_WIDTHS = (18, 10, 12, 12, 12, 12, 40)


def validate_workbook(found: Validation, look: Look) -> bytes:
    """A sheet with the summary, one for each table with rows to mend, one for the rest."""
    language = look.language
    book = Book(found.now)
    _summary(book, found, language)
    rest: list[Entry] = []
    by_table: dict[str, list[Entry]] = {}
    for entry in entries(found, language):
        if entry.table is not None and entry.effect in tuple(Effect):
            by_table.setdefault(entry.table, []).append(entry)
        else:
            rest.append(entry)
    for table, of_table in by_table.items():
        _sheet(book, table, of_table, language)
    if rest:
        _sheet(book, _REST.said(language), rest, language)
    return book.saved()


def _summary(book: Book, found: Validation, language: Language) -> None:
    sheet = book.sheet(_SUMMARY.said(language), _SUMMARY_WIDTHS, header_rows=0)
    if found.sample:
        sheet.line(SAMPLE_BANNER.said(language), BOLD)
    sheet.line(title(found, language), TITLE)
    sheet.line()
    sheet.header([one.said(language) for one in TITLES])
    for one in found.tables:
        counts: tuple[int | str, ...] = (
            one.files,
            one.read,
            one.used,
            one.repeated,
            one.set_aside,
        )
        if not one.files:
            counts = ("–",) * len(counts)
        sheet.row([one.table, *counts, verdict(one, language)])
    if found.problems:
        sheet.line()
        sheet.line(PROBLEMS.said(language), BOLD)
        for listed in found.problems:
            told = f"{EXPLAINED[listed.code].title.said(language)}, {effect(listed, language)}"
            sheet.line(f"{listed.file}: {told}")
    if found.weeks:
        sheet.line()
        sheet.line(WEEKS.said(language), BOLD)
        for held in found.weeks:
            sheet.line(week(held, language))


def _sheet(book: Book, name: str, of_sheet: list[Entry], language: Language) -> None:
    sheet = book.sheet(name, [width for _, width in _COLUMNS], header_rows=1)
    sheet.header([one.said(language) for one, _ in _COLUMNS])
    # Who mends a file goes through it from its first line; rows that are only counted come last.
    for entry in sorted(of_sheet, key=lambda one: (one.file or "", one.line is None, one.line)):
        sheet.row(
            [
                entry.file,
                entry.line,
                entry.column,
                entry.value,
                entry.problem,
                entry.remedy,
                entry.stands,
                entry.rows,
            ]
        )
