"""A report as tables to read: on a terminal within its width, in a pipe as wide as it needs.

Nothing is cut: texts wrap, and columns that do not fit go to a further table in which the first
columns are repeated.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, NamedTuple

from monitor_cli.language import words
from monitor_cli.render.grid import (
    GAP,
    NARROWEST_TERMINAL,
    Cell,
    aligned,
    evenly,
    measure_pieces,
)
from monitor_cli.render.harmless import visible
from monitor_cli.render.markdown import escaped
from monitor_cli.render.report_cells import cut_line, shown, total_label
from monitor_cli.render.table import BOLD, DIM, STYLES, Block, Piece, joined, wrapped
from monitor_cli.render.text import SAMPLE_BANNER, cell_len
from monitor_cli.report import NUMBERS, Kind, Reader
from monitor_cli.result import Measure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from monitor_cli.render.formats import Look
    from monitor_cli.report import Report, Sheet, Value

_NARROWEST = 8
"""A column of texts that must wrap has this width at least."""

_KEYS_SHARE = 0.45
"""The most of a terminal's width that repeated columns take."""

_WHOLE = frozenset({Kind.DATE, Kind.MOMENT, Kind.FLAG})
"""What is not read in two lines."""

EMPTY = words("строк нет", "no rows")


class _Column(NamedTuple):
    """A column in words: a cell a row, that of the totals (blank without)."""

    title: str
    cells: tuple[Cell, ...]
    total: Cell
    right: bool
    wraps: bool

    @property
    def content(self) -> int:
        """The width of its cells."""
        return max((cell_len(c.value) + len(c.rest) for c in (*self.cells, self.total)), default=0)

    @property
    def word(self) -> int:
        """The width of the longest word of its title."""
        return max(map(cell_len, self.title.split()), default=0)

    @property
    def natural(self) -> int:
        """The width with its title on one line."""
        return max(self.content, cell_len(self.title))

    @property
    def least(self) -> int:
        """The width below which something would be cut."""
        content = min(self.content, _NARROWEST) if self.wraps else self.content
        return max(content, self.word)


def report_table(report: Report, look: Look) -> str:
    """Draw the sheets of the report one under another."""
    language = look.language
    lines = [SAMPLE_BANNER.said(language)] if report.sample else []
    lines.extend(_folded(report.title.said(language), look))
    for line in report.lines:
        lines.extend(_folded(line.said(language), look))
    for sheet in (one.shown_to(Reader.PEOPLE) for one in report.sheets):
        lines.append("")
        if len(report.sheets) > 1:
            lines.extend(_folded(sheet.title.said(language), look))
        lines.extend(_drawn(sheet, look))
        for note in sheet_notes(sheet, look):
            lines.extend(_folded(note, look))
    return "\n".join(lines) + "\n"


def sheet_notes(sheet: Sheet, look: Look) -> Iterator[str]:
    """What is said under a sheet."""
    if (cut := cut_line(sheet, look.language)) is not None:
        yield cut
    if sheet.note is not None:
        yield sheet.note.said(look.language)


def _folded(text: str, look: Look) -> list[str]:
    """A text for people as lines that fit the terminal."""
    if look.width is None:
        return [visible(text)]
    width = max(look.width, NARROWEST_TERMINAL)
    return textwrap.wrap(visible(text), width, break_on_hyphens=False)


def _columns(sheet: Sheet, look: Look) -> list[_Column]:
    columns = []
    for at, column in enumerate(sheet.columns):
        numeric = column.kind in NUMBERS
        values = [row[at] for row in sheet.rows]
        sums = None if sheet.totals is None or not numeric else sheet.totals[at]
        if sums is not None:
            values.append(sums)
        if column.kind is Kind.MEASURE:
            cells = _measures(values, look)
        else:
            cells = [Cell(shown(column, value, look.language), "", None) for value in values]
        total = Cell("", "", None)
        if sums is not None:
            total = cells.pop()
        elif sheet.totals is not None and not at and not numeric:
            total = Cell(total_label(sheet, look.language), "", None)
        columns.append(
            _Column(
                column.title.said(look.language),
                tuple(cells),
                total,
                right=numeric and column.kind is not Kind.SERIES,
                wraps=not numeric and column.kind not in _WHOLE,
            )
        )
    return columns


def _measures(values: Sequence[Value], look: Look) -> list[Cell]:
    """Measures with their signs and changes under one another."""
    measures = [
        value if isinstance(value, Measure) else Measure(None, None, look.red_below)
        for value in values
    ]
    pieces = [measure_pieces(measure, pooled=False, look=look) for measure in measures]
    widths = [max(map(len, column)) for column in zip(*pieces, strict=True)]
    return [
        aligned(of_cell, widths, measure.band(look.red_below))
        for of_cell, measure in zip(pieces, measures, strict=True)
    ]


def _drawn(sheet: Sheet, look: Look) -> Iterator[str]:
    if not sheet.rows:
        yield EMPTY.said(look.language)
        return
    columns = _columns(sheet, look)
    for number, page in enumerate(_pages(columns, look.width)):
        if number:
            yield ""
        yield from _page([(columns[at], width) for at, width in page], sheet, look)


def _pages(columns: Sequence[_Column], width: int | None) -> list[list[tuple[int, int]]]:
    """For each table its columns, by position, and their widths."""
    everything = list(range(len(columns)))
    if width is None:
        return [[(at, columns[at].natural) for at in everything]]
    room = max(width, NARROWEST_TERMINAL)
    if _least(columns, everything) <= room:
        return [_fitted(columns, everything, room)]
    keys: list[int] = []
    for at, column in enumerate(columns[:-1]):
        if not column.wraps or (keys and _least(columns, [*keys, at]) > room * _KEYS_SHARE):
            break
        keys.append(at)
    others = everything[len(keys) :]
    of_keys = _least(columns, keys) + GAP if keys else 0
    pages = evenly([columns[at].least for at in others], room - of_keys)
    return [_fitted(columns, [*keys, *(others[at] for at in page)], room) for page in pages]


def _least(columns: Sequence[_Column], chosen: Sequence[int]) -> int:
    return sum(columns[at].least for at in chosen) + GAP * (len(chosen) - 1)


def _fitted(columns: Sequence[_Column], chosen: Sequence[int], room: int) -> list[tuple[int, int]]:
    """Widths that fit: titles wrap, then the widest column of texts gives way."""
    widths = {at: max(columns[at].content, columns[at].word) for at in chosen}
    while sum(widths.values()) + GAP * (len(chosen) - 1) > room:
        spare = {at: width for at, width in widths.items() if width > columns[at].least}
        if not spare:
            break
        widths[max(spare, key=lambda at: spare[at])] -= 1
    return list(widths.items())


def _page(page: Sequence[tuple[_Column, int]], sheet: Sheet, look: Look) -> Iterator[str]:
    widths = [width for _, width in page]
    rule = "─" * (sum(widths) + GAP * (len(widths) - 1))
    yield from joined(_header(page), widths, colour=look.colour)
    yield rule
    for at in range(len(sheet.rows)):
        blocks = [_block(column, column.cells[at], width) for column, width in page]
        yield from joined(blocks, widths, colour=look.colour)
    if sheet.totals is not None:
        yield rule
        blocks = [_block(column, column.total, width, BOLD) for column, width in page]
        yield from joined(blocks, widths, colour=look.colour)


def _header(page: Sequence[tuple[_Column, int]]) -> list[Block]:
    """The titles, their last lines side by side."""
    titles = [
        [line.rjust(width) if column.right else line for line in textwrap.wrap(column.title, width)]
        for column, width in page
    ]
    deepest = max(map(len, titles))
    return [
        [(Piece(line, BOLD),) for line in [*[""] * (deepest - len(title)), *title]]
        for title in titles
    ]


def _block(column: _Column, cell: Cell, width: int, style: str | None = None) -> Block:
    if column.wraps:
        return wrapped(cell.value, width, style)
    blank = " " * (width - cell_len(cell.value) - len(cell.rest)) if column.right else ""
    band = style if cell.band is None else STYLES[cell.band]
    return [(Piece(blank), Piece(cell.value, band), Piece(cell.rest, DIM))]


def report_markdown(report: Report, look: Look) -> str:
    """The same as Markdown: names are text whatever they hold."""
    language = look.language
    lines = [SAMPLE_BANNER.said(language), ""] if report.sample else []
    lines += [f"**{escaped(report.title.said(language))}**", ""]
    for line in report.lines:
        lines += [escaped(line.said(language)), ""]
    for sheet in (one.shown_to(Reader.PEOPLE) for one in report.sheets):
        if len(report.sheets) > 1:
            lines += [f"**{escaped(sheet.title.said(language))}**", ""]
        lines += _markdown(sheet, look)
        for note in sheet_notes(sheet, look):
            lines += [escaped(note), ""]
    return "\n".join(lines[:-1]) + "\n"


def _markdown(sheet: Sheet, look: Look) -> Iterator[str]:
    if not sheet.rows:
        yield from (EMPTY.said(look.language), "")
        return
    columns = _columns(sheet, look)
    yield _line(escaped(column.title) for column in columns)
    yield _line("---:" if column.right else "---" for column in columns)
    for at in range(len(sheet.rows)):
        yield _line(_said(column.cells[at]) for column in columns)
    if sheet.totals is not None:
        first, *others = (_said(column.total) for column in columns)
        yield _line([f"**{first}**" if columns[0].wraps else first, *others])
    yield ""


def _said(cell: Cell) -> str:
    """A cell without the blanks that line up a column."""
    return " ".join(f"{escaped(cell.value)} {cell.rest}".split())


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"
