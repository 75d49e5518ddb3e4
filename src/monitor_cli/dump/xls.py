"""XLS, the workbooks of Excel 97–2003, by xlrd: pure Python, which raises and cannot abort.

Source: `dump.md`, «a sheet of a workbook».
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from monitor_cli.dump import faults, file_faults
from monitor_cli.dump.cells import (
    EPOCH_1900,
    EPOCH_1904,
    LONGEST_TEXT,
    Cell,
    Gatherer,
    Rows,
    Serial,
    Sheet,
    SheetRow,
    Unknown,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KIND = "XLS"
_LARGEST = 1 << 25
"""Bytes of a file, which is in memory whole: a full sheet of 65,536 rows has about 20 million."""
_SECTOR_SHIFT, _FIRST_SECTOR = slice(30, 32), slice(48, 52)
_DIRECTORY = 4096
_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_DAMAGE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
)
"""What xlrd is seen to raise over files that are not what they say, beside its own error."""


class _Nowhere:
    """Where xlrd writes what it wonders about."""

    def write(self, text: str) -> int:
        """Take a text."""
        return len(text)

    def flush(self) -> None:
        """Nothing waits."""


class Book:
    """An XLS workbook: its sheets and how to read their cells."""

    def __init__(self, file: Path, shown: Path) -> None:
        """Open a workbook.

        Raises:
            DumpError: it is encrypted, damaged, too large, or another document of Office.
        """
        import xlrd  # type: ignore[import-untyped]  # noqa: PLC0415  (a dump without XLS does not pay for it)

        self._shown = shown
        try:
            if file.stat().st_size > _LARGEST:
                raise file_faults.workbook_too_large(shown, f"{_LARGEST >> 20} MB")
            with file.open("rb") as stream:
                if _PACKAGE in _directory(stream.read(_LARGEST)):
                    raise file_faults.encrypted(shown, "XLSX")
        except OSError as error:
            raise faults.unreadable(shown, error) from error
        try:
            self._book = xlrd.open_workbook(str(file), logfile=_Nowhere(), ragged_rows=True)
        except xlrd.XLRDError as error:
            if "encrypted" in str(error).lower():
                raise file_faults.encrypted(shown, KIND) from error
            raise file_faults.damaged(shown, KIND) from error
        except (*_DAMAGE, xlrd.compdoc.CompDocError) as error:
            raise file_faults.damaged(shown, KIND) from error
        self.sheets = tuple(
            Sheet(sheet.name, sheet.visibility != 0) for sheet in self._book.sheets()
        )
        self.epoch = EPOCH_1904 if self._book.datemode else EPOCH_1900

    def rows(self, sheet: int) -> Rows:
        """The rows of a sheet."""
        gatherer = Gatherer()
        return Rows(gatherer, self._rows(sheet, gatherer))

    def _rows(self, number: int, gatherer: Gatherer) -> Iterator[SheetRow]:
        sheet = self._book.sheet_by_index(number)
        for row in range(sheet.nrows):
            cells: dict[int, Cell] = {}
            values, types = sheet.row_values(row), sheet.row_types(row)
            for column, (value, kind) in enumerate(zip(values, types, strict=True)):
                if gatherer.only is None or column in gatherer.only:
                    cell = _cell(value, kind)
                    if cell != "":
                        cells[column] = cell
            if cells:
                yield SheetRow(row + 1, cells)


def _directory(data: bytes) -> bytes:
    """The part of a container of Office that names its streams."""
    shift = int.from_bytes(data[_SECTOR_SHIFT], "little") & 0xF
    at = (int.from_bytes(data[_FIRST_SECTOR], "little") + 1) << shift
    return data[at : at + _DIRECTORY]


def _cell(value: object, kind: int) -> Cell:
    import xlrd  # noqa: PLC0415  (imported by now)

    if isinstance(value, str):
        return value if len(value) <= LONGEST_TEXT else Unknown.CELL
    if kind == xlrd.XL_CELL_ERROR or not isinstance(value, int | float):
        return Unknown.CELL
    if kind == xlrd.XL_CELL_BOOLEAN:
        return str(int(value))
    if kind == xlrd.XL_CELL_DATE:
        return Serial(float(value), timed=False)
    return float(value)
