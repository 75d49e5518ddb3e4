"""What people and programs put around a table: lines above its header, a totals row below it.

Neither is a row of the table. Source: `dump.md`, «CSV: … preamble lines above the header and a
totals row below («Итого») are recognised».
"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

from monitor_cli.dump import aliases

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

LOOKED_AT = 30
"""How many lines of a file, or rows of a sheet, its header is looked for in."""
_TOTALS = re.compile(r"(общий итог|итого|всего|(grand )?total)\b", re.IGNORECASE)
_LONGEST_LINE = 1 << 16
_FEWEST_NUMBERED = 4
"""Columns from which a row 1, 2, 3, 4 … can be nothing but their numbers."""
_AROUND_A_CELL = " \ufeff\"'\t\u00a0"


def header_row(rows: Iterable[Sequence[str]], known: Mapping[str, str]) -> int | None:
    """Which of the rows names most columns, the first of several; None where none names any."""
    best, most = None, 0
    for number, row in enumerate(rows):
        count = named(row, known)
        if count > most:
            best, most = number, count
    return best


def named(row: Iterable[str], known: Mapping[str, str]) -> int:
    """How many columns the cells name."""
    return len({known[name] for name in map(aliases.normal, row) if name in known})


def is_numbering(row: Sequence[str]) -> bool:
    """Whether a row below the header numbers the columns, as official forms do."""
    numbers = [str(number) for number in range(1, len(row) + 1)]
    return len(row) >= _FEWEST_NUMBERED and [cell.strip() for cell in row] == numbers


def header_line(head: str, separators: Sequence[str], known: Mapping[str, str]) -> int:
    """How many of the first lines stand above the line that names most columns."""
    lines = head.split("\n", LOOKED_AT)[:LOOKED_AT]
    best, most = 0, 0
    for separator in separators:
        rows = [_cells(line, separator) for line in lines]
        found = header_row(rows, known)
        if found is not None and named(rows[found], known) > most:
            best, most = found, named(rows[found], known)
    return best


def _cells(line: str, separator: str) -> list[str]:
    """The cells of a line taken by itself; a line with a stray carriage return has none."""
    if len(line) > _LONGEST_LINE:
        return []
    try:
        return next(csv.reader([line.rstrip("\r")], delimiter=separator), [])
    except csv.Error:
        return []


def is_totals(row: Sequence[str]) -> bool:
    """Whether the first cell that is not blank says «Итого» or «Всего»."""
    first = next((cell for cell in (text.strip(_AROUND_A_CELL) for text in row) if cell), "")
    return _TOTALS.match(first) is not None


def without_totals(text: bytes, separator: str) -> bytes:
    """The last lines of a file without the totals row, if one stands there.

    A line with an odd number of quotes may be the end of a cell: it is left alone.
    """
    body = text.rstrip()
    line = body[body.rfind(b"\n") + 1 :]
    if len(line) > _LONGEST_LINE or line.count(b'"') % 2:
        return text
    cells = _cells(line.decode("utf-8", errors="replace"), separator)
    return body[: len(body) - len(line)] if is_totals(cells) else text
