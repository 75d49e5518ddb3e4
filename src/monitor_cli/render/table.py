"""The table of `monitor week`: a row a place, a column an indicator. The only user of Rich.

Rich wraps names and colours, and is loaded where there is something to wrap or to colour: never
for a pipe. The lines are laid out here, because its tables take milliseconds a row and a region
has thousands of classes.
"""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from monitor_cli.language import words
from monitor_cli.render.grid import (
    GAP,
    Cell,
    IndicatorColumn,
    Layout,
    PlaceColumn,
    fitted,
    indicator_columns,
    place_columns,
    under_headings,
)
from monitor_cli.render.harmless import visible
from monitor_cli.render.text import SAMPLE_BANNER, cell_len, state_title, week_title
from monitor_cli.result import Band

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monitor_cli.render.formats import Look
    from monitor_cli.result import WeekResult

BOLD, DIM = "bold", "dim"
STYLES = {Band.GREEN: "green", Band.YELLOW: "yellow", Band.RED: "bold red"}
"""Styles in the words of Rich."""

_ROWS = words("Строки: ", "Rows: ")
_TOTAL = words("Итого", "Total")
_SCHOOLS = words("Школ достигло порога", "Schools that reached")


class Piece(NamedTuple):
    """A text and how it looks, in the words of Rich; it never holds a line end."""

    text: str
    style: str | None = None


Line = tuple[Piece, ...]
Block = list[Line]
"""The lines of a cell."""


def week_table(result: WeekResult, look: Look) -> str:
    """Draw the tables: one where they fit `look.width`, else several with the places repeated."""
    places, common = place_columns(result, look.language)
    headings: tuple[str, ...] = ()
    if look.on_terminal:
        places, headings = under_headings(places)
    indicators = indicator_columns(result, look)
    labels = [_TOTAL.said(look.language)]
    if any(column.schools for column in indicators):
        labels.append(_SCHOOLS.said(look.language))
    lines = [SAMPLE_BANNER.said(look.language)] if result.sample else []
    lines.append(week_title(result.week, look.language))
    if result.as_of is not None:
        lines.append(state_title(result.as_of, look.language))
    if common:
        lines.append(_ROWS.said(look.language) + visible(" · ".join(common)))
    for layout in fitted(places, indicators, labels, look.width):
        lines.append("")
        lines.extend(_drawn(places, headings, layout, labels, colour=look.colour))
    return "\n".join(lines) + "\n"


def _drawn(
    places: Sequence[PlaceColumn],
    headings: Sequence[str],
    layout: Layout,
    labels: Sequence[str],
    *,
    colour: bool,
) -> Iterator[str]:
    """The lines of one table, without blanks at their ends."""
    widths = (*layout.place_widths, *layout.indicator_widths)
    columns = tuple(zip(layout.indicators, layout.indicator_widths, strict=True))
    rule = "─" * (sum(widths) + GAP * (len(widths) - 1))
    yield from joined(_header(places, columns), widths, colour=colour)
    if not headings:
        yield rule
    for at in range(len(places[0].cells)):
        if headings and (at == 0 or headings[at] != headings[at - 1]):
            yield from _heading(headings[at], len(rule), colour=colour)
        names = [
            wrapped(place.cells[at], width)
            for place, width in zip(places, layout.place_widths, strict=True)
        ]
        cells = [_shown(column.cells[at], width, layout) for column, width in columns]
        yield from joined((*names, *cells), widths, colour=colour)
    if places[0].cells:
        yield rule
    blank: list[Block] = [[]] * (len(places) - 1)
    first = layout.place_widths[0]
    totals = [_shown(column.total, width, layout) for column, width in columns]
    total = wrapped(labels[0], first, BOLD)
    yield from joined((total, *blank, *totals), widths, colour=colour)
    for label in labels[1:]:
        schools: list[Block] = [[(Piece(c.schools.rjust(width)),)] for c, width in columns]
        yield from joined((wrapped(label, first), *blank, *schools), widths, colour=colour)


def _header(
    places: Sequence[PlaceColumn], columns: Sequence[tuple[IndicatorColumn, int]]
) -> list[Block]:
    """The titles, their last lines side by side."""
    headers = [
        *([place.title] for place in places),
        *([line.rjust(width) for line in column.header(width)] for column, width in columns),
    ]
    deepest = max(map(len, headers))
    return [
        [(Piece(line, BOLD),) for line in [*[""] * (deepest - len(header)), *header]]
        for header in headers
    ]


def _heading(name: str, width: int, *, colour: bool) -> Iterator[str]:
    """A rule that names the places above of the rows under it."""
    begin = "─ "
    lines = wrap(name, width - 2 * len(begin))
    for line in lines:
        rest = width - len(begin) - cell_len(line) - 1
        end = f" {'─' * rest}" if line is lines[-1] else ""
        yield begin + painted(line, BOLD, colour=colour) + end


def _shown(cell: Cell, width: int, layout: Layout) -> Block:
    """A measure, pushed to the right: the value in the colour of its band, then the rest."""
    value = Piece(cell.value, None if cell.band is None else STYLES[cell.band])
    if not layout.stacked:
        blank = Piece(" " * (width - len(cell.value) - len(cell.rest)))
        return [(blank, value, Piece(cell.rest, DIM))]
    lines: Block = [(Piece(" " * (width - len(cell.value))), value)]
    if cell.rest.strip():
        lines.append((Piece(cell.rest.rjust(width), DIM),))
    return lines


def wrapped(name: str, width: int, style: str | None = None) -> Block:
    """A name as text, never as markup, in as many lines as it needs."""
    return [(Piece(line, style),) for line in wrap(name, width)]


@lru_cache(maxsize=4096)
def wrap(name: str, width: int) -> tuple[str, ...]:
    """A text in lines of at most `width` columns; a longer word is folded."""
    if cell_len(name) <= width:
        return (name,)

    from rich.console import Console  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(file=io.StringIO(), width=width, legacy_windows=False, _environ={})
    lines = Text(name).wrap(console, width, overflow="fold")
    return tuple(line.plain.rstrip() for line in lines)


def joined(blocks: Sequence[Block], widths: Sequence[int], *, colour: bool) -> Iterator[str]:
    """Cells side by side, as high as the highest of them."""
    for at in range(max(map(len, blocks))):
        line = ""
        # Blanks are owed until something follows them: no line ends with any.
        owed = 0
        for block, width in zip(blocks, widths, strict=True):
            pieces = block[at] if at < len(block) else ()
            for piece in pieces:
                text = piece.text.rstrip(" ")
                if text:
                    line += " " * owed + painted(text, piece.style, colour=colour)
                    owed = 0
                owed += len(piece.text) - len(text)
            owed += width - sum(cell_len(piece.text) for piece in pieces) + GAP
        yield line


def painted(text: str, style: str | None, *, colour: bool) -> str:
    """A text in the style, where there is colour."""
    if style is None or not colour:
        return text

    from rich.color import ColorSystem  # noqa: PLC0415
    from rich.style import Style  # noqa: PLC0415

    return Style.parse(style).render(text, color_system=ColorSystem.STANDARD)
