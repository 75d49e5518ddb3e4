"""A municipality's part of a report as files: a workbook, a page, what does not fit into them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from monitor_cli.errors import UsageError
from monitor_cli.language import words
from monitor_cli.render.harmless import quoted
from monitor_cli.render.html import week_html
from monitor_cli.render.letters import Letter, own_letter
from monitor_cli.render.municipal_sheets import MOST_ROWS, capped
from monitor_cli.render.report_data import report_csv
from monitor_cli.render.school_workbook import school_workbook
from monitor_cli.render.week_workbook import write_municipal
from monitor_cli.report import PartSheet, Reader, Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from monitor_cli.language import Words
    from monitor_cli.render.formats import Look
    from monitor_cli.render.workbook_forms import WorkbookForm
    from monitor_cli.report import Part, Sheet
    from monitor_cli.result import WeekResult

MOST_BYTES = 500_000
"""A page stays under it, so that it opens at once and fits into a letter."""

_PLACES, _ROWS, _STEPS = 120, 60, 3
"""Of a page: its schools, the rows of its other tables, the steps of a school."""

_TEXTS = frozenset({".md", ".txt"})
_LARGEST_FORM = 20_000_000
_FIRST_STEPS = words(
    f"первые {_STEPS} шага каждой школы, все – в книге рядом",
    f"the first {_STEPS} steps of each school, all of them are in the workbook beside this page",
)
_CAPPED = (PartSheet.CLASSES, PartSheet.TEACHERS)


class Forms(NamedTuple):
    """The templates of one's own that hold for a run."""

    letter: Letter | None = None
    workbook: WorkbookForm | None = None


NO_FORMS = Forms()


def municipal_files(
    part: Part, stem: str, look: Look, forms: Forms = NO_FORMS
) -> Iterator[tuple[str, bytes]]:
    """The files of a part by name, one after another.

    `<stem>.xlsx`, of a school one sheet; `<stem>.html`; `<stem>.letter.md`, or with the suffix of
    the letter's template; `<stem>.form.xlsx` where there is a workbook to fill; and
    `<stem>.classes.csv`, `<stem>.teachers.csv` where the workbook does not hold all of them.

    Raises:
        UsageError: a template cannot be filled.
    """
    yield f"{stem}.xlsx", municipal_workbook(part, stem, look)
    yield f"{stem}.html", municipal_html(part, look).encode()
    if part.of_school:
        part = part._replace(result=_of_school(part))
    letter = forms.letter or own_letter(look.language)
    yield f"{stem}.letter{letter.suffix}", letter.written(part, look).encode()
    if forms.workbook is not None:
        yield f"{stem}.form.xlsx", forms.workbook.written(part, look)
    for sheet in part.sheets:
        if _too_long(sheet) and not part.of_school:
            yield _rest(stem, sheet), _csv(part, sheet, look)


def read_forms(paths: Iterable[Path]) -> Forms:
    """The templates at `paths`: at most one of text (`.md`, `.txt`), one workbook (`.xlsx`).

    A letter is of Markdown unless its template's name ends with `.txt`; a further `.j2` is passed
    over.

    Raises:
        UsageError: a file cannot be read or is neither; there are two of a kind.
    """
    forms = Forms()
    for path in paths:
        name = path.name.removesuffix(".j2")
        suffix = Path(name).suffix.casefold()
        if suffix == ".xlsx" and forms.workbook is None:
            from monitor_cli.render.workbook_forms import WorkbookForm  # noqa: PLC0415

            forms = forms._replace(workbook=WorkbookForm.of(path.name, _read(path)))
        elif suffix in _TEXTS and forms.letter is None:
            forms = forms._replace(letter=Letter.of(path.name, _read(path), suffix))
        else:
            raise _no_template(path)
    return forms


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST_FORM + 1)
    except OSError as error:
        name = quoted(str(path))
        raise UsageError(
            words(f"--template {name.ru}: не прочитан", f"--template {name.en}: cannot be read"),
            remedy=words("проверьте имя файла и права", "check the file's name and the rights"),
        ) from error
    if len(content) > _LARGEST_FORM:
        raise _no_template(path)
    return content


def _no_template(path: Path) -> UsageError:
    name = quoted(str(path))
    return UsageError(
        words(f"--template {name.ru}: это не шаблон", f"--template {name.en}: this is no template"),
        remedy=words(
            "можно назвать один текст (.md, .txt) и одну книгу (.xlsx), до 20 МБ",
            "one text (.md, .txt) and one workbook (.xlsx) can be named, up to 20 MB",
        ),
    )


def municipal_workbook(part: Part, stem: str, look: Look) -> bytes:
    """The workbook; where it does not hold all rows, it names the file `<stem>.….csv`."""
    if part.of_school:
        return school_workbook(part, look)
    more = [
        capped(sheet, MOST_ROWS, _rest(stem, sheet)) if _too_long(sheet) else sheet
        for sheet in part.sheets
    ]
    return write_municipal(part.result, more, look)


def municipal_html(part: Part, look: Look) -> str:
    """The page, of fewer rows where it would be over `MOST_BYTES`; it says so."""
    places, rows = _PLACES, _ROWS
    result = _of_school(part) if part.of_school else part.result
    heading = part.name if part.of_school else None
    while True:
        kept = [one for one in part.sheets if one.rows and one.key in list(PartSheet)]
        more = [_on_page(sheet, rows, heading) for sheet in kept]
        page = week_html(result, look, more, places, heading)
        if len(page.encode()) < MOST_BYTES or places <= 1:
            return page
        places, rows = places // 2, rows // 2


def _of_school(part: Part) -> WeekResult:
    """The week of the school: its own row stands for the totals, which pool schools."""
    result = part.result
    return replace(result, totals=result.rows[0].measures) if result.rows else result


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


def _on_page(sheet: Sheet, most: int, school: str | None) -> Sheet:
    """The sheet as a page has it: fewer steps a school, fewer rows, no ids.

    That of a `school` has all its steps and does not name it in each row.
    """
    if school is not None:
        sheet = _without(sheet, "school")
    elif sheet.key == PartSheet.STEPS:
        number = [column.key for column in sheet.columns].index("number")
        first = [row for row in sheet.rows if int(str(row[number])) <= _STEPS]
        if len(first) < len(sheet.rows):
            sheet = replace(sheet, note=_with(sheet.note, _FIRST_STEPS))
        sheet = replace(sheet, rows=first[: most * _STEPS], rows_in_all=len(first))
    if sheet.key in _CAPPED:
        sheet = capped(sheet, most, None)
    elif sheet.key != PartSheet.STEPS and len(sheet.rows) > most:
        sheet = replace(sheet, rows=sheet.rows[:most], rows_in_all=len(sheet.rows))
    return sheet.shown_to(Reader.PEOPLE)


def _without(sheet: Sheet, key: str) -> Sheet:
    kept = [at for at, column in enumerate(sheet.columns) if column.key != key]
    return replace(
        sheet,
        columns=[sheet.columns[at] for at in kept],
        rows=[tuple(row[at] for at in kept) for row in sheet.rows],
        note=None if sheet.key == PartSheet.STEPS else sheet.note,
    )
