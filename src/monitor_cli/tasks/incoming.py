"""A list of tasks as it arrives, CSV or a workbook → what to issue; a fault names line and column.

The columns are those of `monitor task list`, by their keys or their titles in either language, so
that what one store exported another issues; all but the title may be left out.
"""

from __future__ import annotations

import csv
import io
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, NamedTuple

from monitor_cli.errors import UsageError
from monitor_cli.language import normalised, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from monitor_cli.language import Words

COLUMNS: Mapping[str, Words] = {
    "title": words("Поручение", "Task"),
    "text": words("Текст", "Text"),
    "due": words("Срок", "Due"),
    "addressed_to": words("Кому", "To"),
    "indicator": words("Показатель", "Indicator"),
    "target": words("Цель, %", "Target, %"),
    "week": words("Неделя цели", "Week of the goal"),
}
"""What a list of tasks holds, in order; the sheet of `monitor task list` has the same titles."""

_LARGEST = 20_000_000
_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".ods", ".xls"})
_SEPARATORS = (";", ",", "\t")
_FORMULA = ("'=", "'+", "'-", "'@")
_LOOKED_AT = 20


class Line(NamedTuple):
    """A task of the list: its cells by column, and the line or row that it stands in."""

    number: int
    cells: Mapping[str, str]


def read(path: Path) -> list[Line]:
    """The tasks that a file lists, in its order; blank rows are none.

    Raises:
        UsageError: it cannot be read, has no column of titles, or a row has no title.
        DumpError: a workbook that is damaged or not safe to read.
    """
    is_workbook = path.suffix.casefold() in _WORKBOOKS
    rows = _of_workbook(path) if is_workbook else _of_text(path)
    heading: dict[int, str] | None = None
    found: list[Line] = []
    for number, cells in rows:
        if not any(cells):
            continue
        if heading is None:
            heading = _heading(cells)
            if heading is None and number > _LOOKED_AT:
                break
            continue
        found_here = {name: cells[at] for at, name in heading.items() if at < len(cells)}
        if is_workbook and found_here.get("target"):
            found_here["target"] = _of_hundred(found_here["target"])
        line = Line(number, found_here)
        if not line.cells.get("title"):
            raise fault(path, number, "title", words("названия нет", "there is no title"))
        found.append(line)
    if heading is None:
        known = ", ".join(COLUMNS)
        raise UsageError(
            words(f"{path}: нет столбца title", f"{path}: there is no column title"),
            remedy=words(
                f"столбцы: {known}; или {', '.join(title.ru for title in COLUMNS.values())}",
                f"columns: {known}; or {', '.join(title.en for title in COLUMNS.values())}",
            ),
        )
    return found


def fault(path: Path, line: int, column: str, what: Words) -> UsageError:
    """The error for a cell, which it does not repeat."""
    return UsageError(
        words(
            f"{path}, строка {line}, столбец {column}: {what.ru}",
            f"{path}, line {line}, column {column}: {what.en}",
        ),
        remedy=words(
            "не выдано ни одно; исправьте и повторите", "none was issued; mend and repeat"
        ),
    )


def _heading(cells: list[str]) -> dict[int, str] | None:
    """Which columns stand where, if this row is the header."""
    known = {normalised(name): name for name in COLUMNS}
    for name, title in COLUMNS.items():
        known |= {normalised(title.ru): name, normalised(title.en): name}
    found = {
        at: known[normalised(cell)] for at, cell in enumerate(cells) if normalised(cell) in known
    }
    return found if "title" in found.values() else None


def _of_text(path: Path) -> Iterator[tuple[int, list[str]]]:
    data = _bytes(path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1251", errors="replace")
    first = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=lambda sign: len(_heading(first.split(sign)) or ()))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for cells in reader:
            yield reader.line_num, [_plain(cell) for cell in cells]
    except csv.Error as error:
        raise UsageError(
            words(
                f"{path}, строка {reader.line_num}: кавычка не закрыта или стоит не там",
                f"{path}, line {reader.line_num}: a quote is not closed or out of place",
            ),
            remedy=words("сохраните файл как CSV из таблицы", "save the file as CSV anew"),
        ) from error


def _plain(cell: str) -> str:
    """A cell without the sign that keeps a spreadsheet from running it."""
    text = cell.strip()
    return text[1:] if text.startswith(_FORMULA) else text


def _of_hundred(text: str) -> str:
    """A percentage of a workbook, which stores 80 % as 0.8; up to 1 it can be nothing else."""
    try:
        share = Decimal(text)
    except InvalidOperation:
        return text
    return str(share * 100) if 0 < share <= 1 else text


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        raise _unread(path) from error
    if len(data) > _LARGEST or b"\0" in data:
        raise _unread(path)
    return data


def _unread(path: Path) -> UsageError:
    return UsageError(
        words(f"{path}: список поручений не прочитан", f"{path}: this list cannot be read"),
        remedy=words(
            "нужен файл CSV или книга XLSX до 20 МБ", "a CSV file or a workbook up to 20 MB"
        ),
    )


def _of_workbook(path: Path) -> Iterator[tuple[int, list[str]]]:
    from monitor_cli.columns import Kind  # noqa: PLC0415  (lists arrive as CSV, too)
    from monitor_cli.dump.cells import Unknown, reader  # noqa: PLC0415
    from monitor_cli.dump.sources import Source  # noqa: PLC0415
    from monitor_cli.dump.workbooks import opened  # noqa: PLC0415

    try:
        book = opened(Source(path), path)
    except OSError as error:
        raise _unread(path) from error
    text: Callable[[object], str] = reader(Kind.TEXT, book.epoch)  # type: ignore[assignment]
    for row in book.rows(0).rows:
        for at, cell in row.cells.items():
            if isinstance(cell, Unknown):
                raise fault(
                    path,
                    row.number,
                    str(at + 1),
                    words("значения в книге нет", "the workbook holds no value"),
                )
        width = max(row.cells, default=-1) + 1
        yield row.number, [_plain(text(row.cells.get(at, ""))) for at in range(width)]
