"""A CSV part → its rows as text: by Polars where the file is clean, else row by row.

Polars pads short rows in silence, so it reads only files in which each line was seen to hold as
many separators as the header and no quote. Source: `dump.md`, «CSV».
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.dump import aliases, faults
from monitor_cli.dump.decoding import utf8
from monitor_cli.dump.options import AUTO
from monitor_cli.dump.raw import Raw
from monitor_cli.errors import SettingsError
from monitor_cli.language import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from monitor_cli.dump.find import Part
    from monitor_cli.dump.options import ReadOptions

SEPARATORS = (",", ";", "\t", "|")
_NAMED = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}
_HEAD = 1 << 20
_LARGEST_CELL = 1 << 20
_CHUNK = 100_000
_BLANK_LINE = re.compile(rb"^ *\r?\n", re.MULTILINE)


def read(part: Part, asked: frozenset[str] | None, options: ReadOptions) -> Raw:
    """Read the columns `asked` for (None: all that the table knows) as String.

    Raises:
        DumpError: the file cannot be opened or decoded, is empty, has a quote that is never
            closed, or two headers that claim one column.
    """
    try:
        data = part.path.read_bytes()
    except OSError as error:
        raise faults.unreadable(part.path, error) from error
    data = utf8(data, part.path, options.encoding)
    known = aliases.headers(part.table, options.columns)
    separator, header, lines = _header(part, data, known, options.separator)
    try:
        positions = aliases.resolve(header, known)
    except aliases.ClaimedTwiceError as error:
        raise faults.two_headers(part.path, part.table, error.column, error.headers) from error
    wanted = {
        name: position for name, position in positions.items() if asked is None or name in asked
    }
    columns, headers = frozenset(positions), tuple(header)
    clean = _clean(data, separator, len(header), lines)
    if clean is not None:
        frame = _fast(clean, separator, wanted)
        return Raw(part, frame, columns, headers, _line_finder(data))
    frame, numbers, ragged = _strict(part, data, separator, len(header), wanted)
    return Raw(part, frame, columns, headers, numbers.item, ragged)


def _header(
    part: Part, data: bytes, known: Mapping[str, str], declared: str
) -> tuple[str, list[str], int]:
    """The separator under which the header names most columns; the header; its last line."""
    head = data[:_HEAD].decode("utf-8", errors="ignore")
    best: tuple[int, str, list[str], int] | None = None
    for separator in _separators(declared):
        reader = csv.reader(io.StringIO(head, newline=""), delimiter=separator)
        try:
            header = next((row for row in reader if any(cell.strip() for cell in row)), None)
        except csv.Error:
            continue
        if header is None:
            raise faults.empty_file(part.path, part.table)
        count = len({known[name] for name in map(aliases.normal, header) if name in known})
        if best is None or count > best[0]:
            best = (count, separator, header, reader.line_num)
    if best is None:
        raise faults.open_quote(part.path, 1)
    return best[1:]


def _separators(declared: str) -> tuple[str, ...]:
    """Those to try: the declared one, or all."""
    if declared.casefold() == AUTO:
        return SEPARATORS
    separator = _NAMED.get(declared.casefold(), declared)
    if len(separator) != 1 or separator in '"\r\n ' or not separator.isascii():
        shown = faults.shown(declared)
        raise SettingsError(
            words(f"Разделитель «{shown}» не годится", f"«{shown}» is no separator"),
            remedy=words(
                "--separator: auto, «,», «;», tab или «|»",
                "--separator takes auto, «,», «;», tab or «|»",
            ),
        )
    return (separator,)


def _clean(data: bytes, separator: str, width: int, header_lines: int) -> bytes | None:
    """The file without blank lines, if Polars can be trusted with it."""
    if b'"' in data or width == 1:
        return None
    if b"\r" in data and data.count(b"\r") != data.count(b"\r\n"):
        return None
    lines = pl.scan_lines(data, name="line")
    separators = pl.col("line").str.count_matches(separator, literal=True)
    fewest, most = (
        lines.select(separators.min().alias("min"), separators.max().alias("max")).collect().row(0)
    )
    if fewest == most == width - 1 and header_lines == 1:
        return data
    if fewest or most != width - 1:
        return None
    blank = pl.col("line").str.strip_chars(" ") == ""
    if not lines.select(((separators == width - 1) | blank).all()).collect().item():
        return None
    return _BLANK_LINE.sub(b"", data)


def _fast(data: bytes, separator: str, wanted: Mapping[str, int]) -> pl.DataFrame:
    """Read a clean file's columns; its first line is the header."""
    body = data.find(b"\n") + 1
    if not body or body == len(data):
        return pl.DataFrame(schema=dict.fromkeys(wanted, pl.String))
    return pl.read_csv(
        data,
        separator=separator,
        quote_char=None,
        has_header=False,
        skip_lines=1,
        infer_schema=False,
        columns=sorted(wanted.values()),
    ).select(pl.col(f"column_{position}").alias(name) for name, position in wanted.items())


def _line_finder(data: bytes) -> Callable[[int], int]:
    """The line of a row of a clean file: its blank lines are no rows."""

    def line(row: int) -> int:
        seen = -1
        for number, text in enumerate(data.split(b"\n"), start=1):
            seen += bool(text.strip(b" \r"))
            if seen == row + 1:
                return number
        return 0

    return line


class _Lines:
    """Physical lines, of which those behind a broken one can be given back."""

    def __init__(self, data: bytes) -> None:
        self._lines = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline="")
        self._returned: list[str] = []
        self.taken: list[str] = []
        self.number = 0
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._returned.pop() if self._returned else self._lines.readline()
        if not line:
            self.ended = True
            raise StopIteration
        self.number += 1
        self.taken.append(line)
        return line

    def give_back(self) -> None:
        """Read again from the second of the lines taken."""
        again = self.taken[1:]
        self._returned.extend(reversed(again))
        self.number -= len(again)
        self.ended = False


def _records(part: Part, data: bytes, separator: str) -> Iterator[tuple[int, list[str] | None]]:
    """Each row with its first line; None for a row whose quotes are broken.

    Only the first line of a broken row is given up: what a stray quote swallowed is read again.
    """
    lines = _Lines(data)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        lines.taken = []
        first = lines.number + 1
        try:
            yield first, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if lines.ended or (len(lines.taken) > 1 and "field limit" in str(error)):
                line = first + _opened(lines.taken)
                raise faults.open_quote(part.path, line) from error
            lines.give_back()
            reader = csv.reader(lines, delimiter=separator, strict=True)
            yield first, None


def _opened(taken: list[str]) -> int:
    """On which of the lines the quote was opened that none of them closes."""
    opened, inside = 0, False
    for number, line in enumerate(taken):
        quotes = line.replace('""', "").count('"')
        inside ^= bool(quotes % 2)
        if inside and quotes:
            opened = number
    return opened


def _strict(
    part: Part, data: bytes, separator: str, width: int, wanted: Mapping[str, int]
) -> tuple[pl.DataFrame, pl.Series, int]:
    """Rows of the header's width, the line on which each begins, and how many are ragged."""
    chunks = [pl.DataFrame(schema=dict.fromkeys(wanted, pl.String))]
    numbers = [pl.Series("line", [], dtype=pl.Int64)]
    rows: list[list[str]] = []
    at: list[int] = []
    ragged = 0

    def keep() -> None:
        cells = list(zip(*rows, strict=True))
        chunks.append(
            pl.DataFrame(
                {name: cells[position] for name, position in wanted.items()},
                schema=dict.fromkeys(wanted, pl.String),
            )
        )
        numbers.append(pl.Series("line", at, dtype=pl.Int64))
        rows.clear()
        at.clear()

    header_seen = False
    limit = csv.field_size_limit(_LARGEST_CELL)
    try:
        for line, cells in _records(part, data, separator):
            if cells is None:
                ragged += 1
            elif len(cells) < 2 and not "".join(cells).strip():  # noqa: PLR2004
                continue
            elif not header_seen:
                header_seen = any(cell.strip() for cell in cells)
            elif len(cells) != width:
                ragged += 1
            else:
                rows.append(cells)
                at.append(line)
                if len(rows) == _CHUNK:
                    keep()
    finally:
        csv.field_size_limit(limit)
    if rows:
        keep()
    return pl.concat(chunks), pl.concat(numbers), ragged
