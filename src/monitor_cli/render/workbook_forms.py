"""A workbook of the region's own whose cells `{{ … }}` are filled: values alone, the rest stays."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.utils.exceptions import InvalidFileException

from monitor_cli.errors import UsageError
from monitor_cli.language import words
from monitor_cli.render.harmless import quoted, visible
from monitor_cli.render.letters import filled, names_in, value_of
from monitor_cli.render.told import told
from monitor_cli.render.workbooks import packed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from monitor_cli.language import Words
    from monitor_cli.render.formats import Look
    from monitor_cli.report import Part

_ALONE = re.compile(r"\s*\{\{((?:(?!\{\{|\}\}).)*)\}\}\s*", re.DOTALL)
"""A cell that is one expression: what it is stays a number."""

_MARKS = ("{{", "{%")
_REPEATED = "school"
"""A row that speaks of it stands once a school."""

_LONGEST = 32_767
"""The characters that Excel takes in a cell."""

_YES, _NO = words("да", "yes"), words("нет", "no")


@dataclass(frozen=True, slots=True)
class WorkbookForm:
    """A workbook to be filled: `name` is what it is called in errors."""

    name: str
    content: bytes

    @classmethod
    def of(cls, name: str, content: bytes) -> WorkbookForm:
        """The form in a file.

        Raises:
            UsageError: it is no workbook; a sheet with a row for each school has formulas.
        """
        form = cls(name, content)
        for sheet in form._book():
            rows = form._repeated(sheet)
            formula = next((one for one in _cells(sheet) if one.data_type == "f"), None)
            if rows and formula is not None:
                raise form._refused(
                    formula,
                    words(
                        "формула на листе, где строка повторяется для каждой школы",
                        "a formula on a sheet where a row stands for each school",
                    ),
                    words(
                        "впишите вместо неё {{ totals… }} или перенесите её на другой лист",
                        "write {{ totals… }} instead, or move it to another sheet",
                    ),
                )
        return form

    def written(self, part: Part, look: Look) -> bytes:
        """The form filled for a part, with the names of `told`; a row of `school` once a school.

        Raises:
            UsageError: a cell names what there is not.
        """
        names = told(part, look, markdown=False)
        book = self._book()
        for sheet in book:
            self._fill(sheet, names, look)
        file = io.BytesIO()
        made = datetime.combine(part.result.week.sunday, datetime.min.time())
        book.properties.modified = made
        book.save(file)
        return packed(file.getvalue(), made)

    def _book(self) -> Workbook:
        try:
            with warnings.catch_warnings():
                # Of what is lost (a kind of validation, an extension) the page of forms tells.
                warnings.simplefilter("ignore")
                return load_workbook(io.BytesIO(self.content))
        except (
            InvalidFileException,
            zipfile.BadZipFile,
            KeyError,
            OSError,
            SyntaxError,
            TypeError,
            ValueError,
        ) as error:
            name = quoted(self.name)
            raise UsageError(
                words(f"{name.ru}: это не книга XLSX", f"{name.en}: this is no XLSX workbook"),
                remedy=words(
                    "откройте её в Excel и сохраните как «Книга Excel (*.xlsx)»",
                    "open it in Excel and save it as “Excel Workbook (*.xlsx)”",
                ),
            ) from error

    def _fill(self, sheet: Worksheet, names: Mapping[str, Any], look: Look) -> None:
        schools = names["schools"] if names[_REPEATED] is None else [names[_REPEATED]]
        of_row: dict[int, object] = {}
        # From below: what is above stays where it is.
        for row in reversed(self._repeated(sheet)):
            more = max(0, len(schools) - 1)
            of_row = {at + more: school for at, school in of_row.items()}
            of_row |= {row + at: school for at, school in enumerate(schools)}
            if more:
                _make_room(sheet, row, more)
            if not schools:
                _clear(sheet, row)
        for cell in list(_cells(sheet)):
            if isinstance(cell.value, str) and any(mark in cell.value for mark in _MARKS):
                here = {**names, _REPEATED: of_row.get(cell.row, names[_REPEATED])}
                self._fill_cell(cell, here, look)

    def _fill_cell(self, cell: Cell, names: Mapping[str, object], look: Look) -> None:
        template, called = str(cell.value), self._place(cell)
        alone = _ALONE.fullmatch(template)
        if alone is None:
            value: object = filled(template, names, called)
        else:
            value = value_of(alone[1].strip(), names, called)
        if isinstance(value, bool):
            value = (_YES if value else _NO).said(look.language)
        if value is None or isinstance(value, int | float):
            cell.value = value
            return
        cell.value = visible(str(value)) if alone else _lines(str(value))
        cell.value = str(cell.value)[:_LONGEST]
        # What begins like a formula is a text.
        cell.data_type = "s"

    def _repeated(self, sheet: Worksheet) -> list[int]:
        """The rows that stand once a school."""
        return sorted(
            {
                cell.row
                for cell in _cells(sheet)
                if isinstance(cell.value, str)
                and any(mark in cell.value for mark in _MARKS)
                and _REPEATED in names_in(cell.value, self._place(cell))
            }
        )

    def _place(self, cell: Cell) -> str:
        return f"{self.name}, {cell.parent.title}!{cell.coordinate}"

    def _refused(self, cell: Cell, ru_en: Words, remedy: Words) -> UsageError:
        name = quoted(self._place(cell))
        return UsageError(words(f"{name.ru}: {ru_en.ru}", f"{name.en}: {ru_en.en}"), remedy=remedy)


def _cells(sheet: Worksheet) -> Iterator[Cell]:
    for row in sheet.iter_rows():
        for cell in row:
            if not isinstance(cell, MergedCell) and cell.value is not None:
                yield cell


def _lines(text: str) -> str:
    """A text of several lines without what a cell must not hold."""
    return "\n".join(visible(line) for line in text.splitlines())


def _clear(sheet: Worksheet, row: int) -> None:
    for cell in sheet[row]:
        if not isinstance(cell, MergedCell):
            cell.value = None


def _make_room(sheet: Worksheet, row: int, more: int) -> None:
    """Have the row stand `more` times again under itself; what is below it moves down."""
    heights = {at: one.height for at, one in sheet.row_dimensions.items() if one.height}
    sheet.insert_rows(row + 1, more)
    for merged in sheet.merged_cells.ranges:
        if merged.min_row > row:
            merged.shift(row_shift=more)
    for at in range(row + 1, row + more + 1):
        _copy(sheet, row, at)
    for at in heights:
        if at > row:
            sheet.row_dimensions[at].height = None
    for at, height in heights.items():
        copies = range(row, row + more + 1) if at == row else [at + more * (at > row)]
        for place in copies:
            sheet.row_dimensions[place].height = height


def _copy(sheet: Worksheet, row: int, to: int) -> None:
    """Put the cells of a row, their looks and what of them is merged, into another row."""
    for cell in sheet[row]:
        twin = sheet.cell(to, cell.column)
        if not isinstance(cell, MergedCell):
            twin.value = cell.value
        if cell.has_style:
            twin._style = copy(cell._style)  # noqa: SLF001  (openpyxl has no other way)
    for merged in list(sheet.merged_cells.ranges):
        if merged.min_row == merged.max_row == row:
            first, last = merged.min_col, merged.max_col
            sheet.merge_cells(start_row=to, end_row=to, start_column=first, end_column=last)
