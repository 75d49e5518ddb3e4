"""XLSX: sheets as the file stores them, cell by cell; no sheet is in memory whole.

Read here and not by a library, since the libraries lose what must not be lost: an error cell, a
formula without a value, the row's own number, a broken checksum; and one of them ends the process.
Source: `dump.md`, «a sheet of a workbook».
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from monitor_cli.dump import file_faults
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
    gathered,
    number,
)
from monitor_cli.dump.markup import PIECE, Handler, feed, local

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from monitor_cli.dump.archive import Archive

KIND = "XLSX"
_ROOT_LINKS = "_rels/.rels"
_LARGEST_SHEET, _LARGEST_STRINGS, _MOST_STRINGS = 1 << 30, 1 << 27, 2_000_000
_LAST_ROW, _LAST_COLUMN = 1 << 20, 1 << 14
_BUILT_IN_DATES = {14, *range(15, 18), *range(27, 32), 36, *range(50, 55), 57, 58}
_BUILT_IN_TIMES = {18, 19, 20, 21, 22, 32, 33, 34, 35, 45, 46, 47, 55, 56}
_NOT_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DIGITS = "0123456789"


class Book:
    """An XLSX workbook: its sheets and how to read their cells."""

    def __init__(self, archive: Archive, shown: Path) -> None:
        """Read what says where the sheets are and which numbers are dates.

        Raises:
            DumpError: the workbook is damaged or not safe to read.
        """
        self._archive, self._shown = archive, shown
        self._members = {
            "/".join(member.levels).casefold(): place
            for place, member in enumerate(archive.members)
        }
        main = next(iter(self._links(_ROOT_LINKS, "officeDocument").values()), "xl/workbook.xml")
        outline = _Outline()
        self._parse(main, outline)
        parts = self._links(_links_of(main), "worksheet")
        listed = [(sheet, parts.get(link)) for link, sheet in outline.sheets]
        self.sheets = tuple(sheet for sheet, part in listed if part)
        self._parts = [part for _, part in listed if part]
        self.epoch: date = EPOCH_1904 if outline.since_1904 else EPOCH_1900
        styles = _Styles()
        for part in self._links(_links_of(main), "styles").values():
            self._parse(part, styles)
        self._dates = styles.dates()
        self._strings_at = list(self._links(_links_of(main), "sharedStrings").values())
        self._strings: list[Cell] | None = None

    def rows(self, sheet: int) -> Rows:
        """The rows of a sheet."""
        if self._strings is None:
            self._strings = []
            for part in self._strings_at:
                strings = _Strings(self._shown)
                self._parse(part, strings, _LARGEST_STRINGS)
                self._strings = strings.found
        cells = _Cells(self._strings, self._dates, self._shown)
        return gathered(cells, self._read(self._parts[sheet], cells, _LARGEST_SHEET))

    def _links(self, part: str, kind: str) -> dict[str, str]:
        """Id → part, of the relationships of one kind; none where there is no such part."""
        if part.casefold() not in self._members:
            return {}
        links = _Links(kind, posixpath.dirname(posixpath.dirname(part)))
        self._parse(part, links)
        return links.found

    def _parse(self, part: str, handler: Handler, largest: int = 1 << 24) -> None:
        for _ in self._read(part, handler, largest):
            pass

    def _read(self, part: str, handler: Handler, largest: int) -> Iterator[None]:
        place = self._members.get(part.casefold())
        if place is None:
            raise file_faults.damaged(self._shown, KIND)
        if self._archive.members[place].size > largest:
            raise file_faults.workbook_too_large(self._shown, f"{largest >> 20} MB")
        with self._archive.opened(place, self._shown) as stream:
            for _ in feed(iter(lambda: stream.read(PIECE), b""), handler, self._shown, KIND):
                yield


class _Links(Handler):
    """Relationships of one kind: where the parts of a workbook are."""

    def __init__(self, kind: str, folder: str) -> None:
        super().__init__()
        self._kind, self._folder = kind, folder
        self.found: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if name == "Relationship" and attributes.get("Type", "").endswith("/" + self._kind):
            target = attributes.get("Target", "")
            path = target if target.startswith("/") else f"/{self._folder}/{target}"
            self.found[attributes.get("Id", "")] = posixpath.normpath(path).lstrip("/")


class _Outline(Handler):
    """The sheets of a workbook, by the id of their relationship, and its first day."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, Sheet]] = []
        self.since_1904 = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if name == "workbookPr":
            self.since_1904 = attributes.get("date1904", "") in {"1", "true", "on"}
        elif name == "sheet":
            plain = {local(key): value for key, value in attributes.items()}
            hidden = plain.get("state", "visible") != "visible"
            self.sheets.append((plain.get("id", ""), Sheet(plain.get("name", ""), hidden)))


class _Styles(Handler):
    """Which styles of cells show a number as a date, and whether with hours."""

    def __init__(self) -> None:
        super().__init__()
        self._codes: dict[str, str] = {}
        self._formats: list[str] = []
        self._inside = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if name == "numFmt":
            self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._inside = True
        elif name == "xf" and self._inside:
            self._formats.append(attributes.get("numFmtId", "0"))

    def end(self, name: str) -> None:
        self.depth -= 1
        if name == "cellXfs":
            self._inside = False

    def dates(self) -> dict[str, bool]:
        """Style → whether it shows hours, for the styles of dates and times."""
        shown = {str(place): self._shows(name) for place, name in enumerate(self._formats)}
        return {style: timed for style, timed in shown.items() if timed is not None}

    def _shows(self, name: str) -> bool | None:
        if name in self._codes:
            code = _NOT_CODE.sub("", self._codes[name]).lower().partition(";")[0]
            if "general" in code or not set(code) & set("dmyhs"):
                return None
            return bool(set(code) & set("hs"))
        if name.isdecimal() and int(name) in _BUILT_IN_TIMES:
            return True
        return False if name.isdecimal() and int(name) in _BUILT_IN_DATES else None


class _Strings(Handler):
    """The texts that cells refer to by their number."""

    def __init__(self, shown: Path) -> None:
        super().__init__()
        self._shown = shown
        self.found: list[Cell] = []
        self._texts: list[str] = []
        self._length = 0
        self._aside = 0
        self._reading = False

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002
        self.depth += 1
        if name == "si":
            self._texts, self._length = [], 0
        elif name == "rPh":
            self._aside += 1
        elif name == "t":
            self._reading = not self._aside

    def end(self, name: str) -> None:
        self.depth -= 1
        if name == "si":
            self.found.append(joined(self._texts, self._length))
            if len(self.found) > _MOST_STRINGS:
                raise file_faults.workbook_too_large(self._shown, f"{_MOST_STRINGS} texts")
        elif name == "rPh":
            self._aside -= 1
        elif name == "t":
            self._reading = False

    def text(self, data: str) -> None:
        if self._reading:
            self._length += len(data)
            if self._length <= LONGEST_TEXT:
                self._texts.append(data)


class _Cells(Gatherer):
    """The cells of a sheet, gathered into rows."""

    def __init__(self, strings: list[Cell], dates: dict[str, bool], shown: Path) -> None:
        super().__init__()
        self._strings, self._dates, self._shown = strings, dates, shown
        self._row, self._column = 0, -1
        self._cells: dict[int, Cell] = {}
        self._columns: dict[str, int] = {}
        self._style = self._kind = ""
        self._wanted = self._formula = self._valued = self._reading = False
        self._texts: list[str] = []
        self._length = 0
        self._aside = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if name == "c":
            place = attributes.get("r")
            column = self._column + 1 if place is None else self._place(place)
            self._column = column
            self._wanted = self.only is None or column in self.only
            if self._wanted:
                self._style, self._kind = attributes.get("s", ""), attributes.get("t", "n")
                self._texts, self._length = [], 0
                self._formula = self._valued = False
        elif not self._wanted:
            if name == "row":
                self._begin(attributes.get("r"))
        elif name in {"v", "t"}:
            self._reading = not self._aside
            self._valued = True
        elif name == "f":
            self._formula = True
        elif name == "rPh":
            self._aside += 1
        elif name == "row":
            self._begin(attributes.get("r"))

    def end(self, name: str) -> None:
        self.depth -= 1
        if name in {"v", "t"}:
            self._reading = False
        elif name == "c":
            if self._wanted and (self._texts or self._formula or self._length):
                cell = self._cell()
                if cell != "":
                    self._cells[self._column] = cell
            self._wanted = False
        elif name == "rPh":
            self._aside -= 1
        elif name == "row" and self._cells:
            self.rows.append(SheetRow(self._row, self._cells))

    def text(self, data: str) -> None:
        if self._reading:
            self._length += len(data)
            if self._length <= LONGEST_TEXT:
                self._texts.append(data)

    def _begin(self, number_: str | None) -> None:
        try:
            self._row = self._row + 1 if number_ is None else int(number_)
        except ValueError as error:
            raise file_faults.damaged(self._shown, KIND) from error
        if not 1 <= self._row <= _LAST_ROW:
            raise file_faults.workbook_too_large(self._shown, f"{_LAST_ROW} rows")
        self._cells, self._column = {}, -1

    def _place(self, reference: str) -> int:
        """The column of «B5», from 0."""
        letters = reference.rstrip(_DIGITS)
        found = self._columns.get(letters)
        if found is None:
            if not 1 <= len(letters) <= len("XFD") or not letters.isascii():
                raise file_faults.damaged(self._shown, KIND)
            found = -1
            for letter in letters.upper():
                found = (found + 1) * 26 + ord(letter) - ord("A")
            if not 0 <= found < _LAST_COLUMN:
                raise file_faults.workbook_too_large(self._shown, f"{_LAST_COLUMN} columns")
            self._columns[letters] = found
        return found

    def _cell(self) -> Cell:
        text = joined(self._texts, self._length)
        if isinstance(text, Unknown) or self._kind == "e":
            return Unknown.CELL
        # Only a formula that came to a text may have come to nothing.
        if self._formula and not (text or (self._valued and self._kind == "str")):
            return Unknown.CELL
        if self._kind == "s":
            return self._string(text)
        if self._kind in {"n", ""}:
            if not text.strip():
                return Unknown.CELL if self._formula else ""
            value = number(text)
            timed = self._dates.get(self._style)
            return value if timed is None or isinstance(value, Unknown) else Serial(value, timed)
        return text

    def _string(self, text: str) -> Cell:
        try:
            place = int(text)
        except ValueError:
            place = -1
        if not 0 <= place < len(self._strings):
            raise file_faults.damaged(self._shown, KIND)
        return self._strings[place]


def joined(texts: list[str], length: int) -> str | Unknown:
    """The pieces of a text, with `_x000D_` as the sign it stands for."""
    if length > LONGEST_TEXT:
        return Unknown.CELL
    text = "".join(texts)
    if "_x" in text:
        return _ESCAPED.sub(_sign, text)
    return text


def _sign(escaped: re.Match[str]) -> str:
    """The sign of `_xHHHH_`; half a surrogate pair is none."""
    sign = chr(int(escaped[1], 16))
    return "\ufffd" if "\ud800" <= sign <= "\udfff" else sign


def _links_of(part: str) -> str:
    """The part that holds the relationships of another."""
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels".lstrip("/")
