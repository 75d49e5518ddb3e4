"""A CSV part → its rows as text: column by column where its lines are plain, else row by row.

Source: `dump.md`, «CSV».
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.dump import aliases, faults, furniture
from monitor_cli.dump.ahead import ahead
from monitor_cli.dump.blocks import Block, blocks
from monitor_cli.dump.csv_heading import from_header, header_of
from monitor_cli.dump.plain import split
from monitor_cli.dump.raw import LISTED, Around, Broken, Raw

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from monitor_cli.dump.options import ReadOptions
    from monitor_cli.dump.parts import Part

SMALL = 1 << 17
"""A block up to this long is read sooner line by line than columns can be set up."""
_LARGEST_CELL = 1 << 20
_CHUNK = 100_000


@dataclass(frozen=True, slots=True)
class _Layout:
    """How a file is laid out, and at which place each column that was asked for stands.

    `body`: the number of the first line below the header and what belongs to it.
    """

    part: Part
    separator: str
    headers: tuple[str, ...]
    header_lines: int
    body: int
    columns: frozenset[str]
    wanted: Mapping[str, int]
    around: Around = field(default_factory=Around)

    def raw(
        self,
        frame: pl.DataFrame,
        line: Callable[[int], int],
        left: _Left | None = None,
    ) -> Raw:
        """Some rows of the file, and those that are left out of the frame."""
        left = left or _Left()
        return Raw(
            self.part,
            frame,
            self.columns,
            self.headers,
            line,
            left.ragged,
            left.again,
            tuple(left.broken),
            around=self.around,
        )


@dataclass(slots=True)
class _Left:
    """Rows that are left out: their number, and the first of them."""

    ragged: int = 0
    again: int = 0
    broken: list[Broken] = field(default_factory=list)

    def take(self, line: int, fields: int | None, *, again: bool = False) -> None:
        """Leave out one more."""
        self.again += again
        self.ragged += not again
        if len(self.broken) < LISTED:
            self.broken.append(Broken(line, fields, again))


def read(part: Part, asked: frozenset[str] | None, options: ReadOptions) -> Iterator[Raw]:
    """Read the columns `asked` for (None: all that the table knows) as String, block by block.

    A large block without quotes is read column by column, or line by line where its lines differ
    in width; from the first quote on the file is read line by line to its end.

    Raises:
        DumpError: the file cannot be opened or decoded, is empty, has a quote that is never
            closed, or two headers that claim one column.
    """
    known = aliases.headers(part.table, options.columns)
    stream = blocks(part.bytes_at, part.path, options.encoding, known)
    first = next((block for block in stream if block.text.strip()), None)
    if first is None:
        raise faults.empty_file(part.path, part.table)
    first, above = from_header(first, known, options.separator)
    layout = _layout(part, first, asked, known, options.separator)
    layout.around.above = above
    pieces = _split(layout, _to_totals(chain([first], stream), layout))
    if len(first.text) > SMALL:
        pieces = ahead(pieces)
    for block, frame in pieces:
        if frame is not None:
            yield layout.raw(frame, _line_finder(layout, block))
        elif _is_plain(layout, block.text):
            yield from _strict(layout, iter([block]))
        else:
            yield from _strict(layout, chain([block], (later for later, _ in pieces)))
            return


def _split(layout: _Layout, stream: Iterator[Block]) -> Iterator[tuple[Block, pl.DataFrame | None]]:
    """Each block, and its columns where it is large and all lines so far are plain."""
    plain, at_header = True, True
    header = b""
    for block in stream:
        body = block.text
        if at_header:
            rows = _below(body, layout.header_lines)
            header = body[: len(body) - len(rows)].strip()
            body = _below(body, layout.body - block.line)
            at_header = False
        plain = plain and _is_plain(layout, block.text)
        frame = None
        if plain and len(block.text) > SMALL and header not in body:
            frame = split(body, layout.separator, len(layout.headers), layout.wanted)
        yield block, frame


def _below(text: bytes, lines: int) -> bytes:
    """What stands below the first lines."""
    end = 0
    for _ in range(lines):
        end = text.find(b"\n", end) + 1 or len(text)
    return text[end:]


def _is_plain(layout: _Layout, text: bytes) -> bool:
    """Whether cells are what stands between separators: no quote, no other line ends."""
    return b'"' not in text and len(layout.headers) > 1 and not _has_old_line_ends(text)


def _to_totals(stream: Iterator[Block], layout: _Layout) -> Iterator[Block]:
    """The blocks, the last one without its totals row, which is noted."""
    block = next(stream)
    for following in stream:
        yield block
        block = following
    text = furniture.without_totals(block.text, layout.separator)
    if len(text) < len(block.text):
        layout.around.totals = (block.line + text.count(b"\n"),)
    yield block._replace(text=text)


def _layout(
    part: Part,
    first: Block,
    asked: frozenset[str] | None,
    known: Mapping[str, str],
    declared: str,
) -> _Layout:
    separator, header, lines, above = header_of(part, first.text, known, declared)
    try:
        positions = aliases.resolve(header, known)
    except aliases.ClaimedTwiceError as error:
        raise faults.two_headers(part.path, part.table, error.column, error.headers) from error
    wanted = {
        name: position for name, position in positions.items() if asked is None or name in asked
    }
    body = first.line + above
    return _Layout(part, separator, tuple(header), lines, body, frozenset(positions), wanted)


def _has_old_line_ends(text: bytes) -> bool:
    """Whether a carriage return stands without its line feed."""
    return b"\r" in text and text.count(b"\r") != text.count(b"\r\n")


def _line_finder(layout: _Layout, block: Block) -> Callable[[int], int]:
    """The line of a row of a plain block: blank lines and the header are no rows."""
    numbers: list[int] = []

    def line(row: int) -> int:
        if not numbers:
            separator = layout.separator.encode()
            numbers.extend(
                number
                for number, text in enumerate(block.text.split(b"\n"), start=block.line)
                if separator in text and number >= layout.body
            )
        return numbers[row]

    return line


class _Lines:
    """Physical lines, of which those behind a broken one can be given back."""

    def __init__(self, blocks: Iterator[Block]) -> None:
        first = next(blocks)
        self._lines = _lines_of(chain([first], blocks))
        self._returned: list[str] = []
        self.taken: list[str] = []
        self.number = first.line - 1
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._returned.pop() if self._returned else next(self._lines, "")
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


def _lines_of(blocks: Iterator[Block]) -> Iterator[str]:
    for block in blocks:
        yield from io.TextIOWrapper(io.BytesIO(block.text), encoding="utf-8", newline="")


def _records(layout: _Layout, blocks: Iterator[Block]) -> Iterator[tuple[int, list[str] | None]]:
    """Each row with its first line; None for a row whose quotes are broken.

    Broken is also an odd number of quotes: one of a pair was lost, and the cell's own end with it.
    Only the first line of a broken row is given up: what a stray quote swallowed is read again.
    """
    lines = _Lines(blocks)
    reader = csv.reader(lines, delimiter=layout.separator, strict=True)
    while True:
        lines.taken = []
        first = lines.number + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if lines.ended or (len(lines.taken) > 1 and "field limit" in str(error)):
                line = first + _opened(lines.taken)
                raise faults.open_quote(layout.part.path, line) from error
        else:
            if not "".join(lines.taken).count('"') % 2:
                yield first, cells
                continue
        lines.give_back()
        reader = csv.reader(lines, delimiter=layout.separator, strict=True)
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


def _strict(layout: _Layout, blocks: Iterator[Block]) -> Iterator[Raw]:
    """Rows of the header's width with the line on which each begins; the others are ragged."""
    rows: list[list[str]] = []
    at: list[int] = []
    left = _Left()
    limit = csv.field_size_limit(_LARGEST_CELL)
    try:
        for line, cells in _records(layout, blocks):
            if line < layout.body:
                continue
            if cells is not None and len(cells) < 2 and not "".join(cells).strip():  # noqa: PLR2004
                continue
            if cells is None or len(cells) != len(layout.headers):
                left.take(line, None if cells is None else len(cells))
            elif tuple(cells) == layout.headers:
                left.take(line, len(cells), again=True)
            else:
                rows.append(cells)
                at.append(line)
                if len(rows) == _CHUNK:
                    yield _of_rows(layout, rows, at, left)
                    rows, at, left = [], [], _Left()
    finally:
        csv.field_size_limit(limit)
    yield _of_rows(layout, rows, at, left)


def _of_rows(layout: _Layout, rows: list[list[str]], at: list[int], left: _Left) -> Raw:
    cells = list(zip(*rows, strict=True)) or [()] * len(layout.headers)
    frame = pl.DataFrame(
        {name: cells[position] for name, position in layout.wanted.items()},
        schema=dict.fromkeys(layout.wanted, pl.String),
    )
    filled = frame.select(pl.when(pl.all() != "").then(pl.all()))
    return layout.raw(filled, at.__getitem__, left)
