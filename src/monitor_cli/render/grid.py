"""What the table holds, before it is drawn: places, indicator columns, pages that fit a width."""

from __future__ import annotations

import textwrap
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from monitor_cli.language import words
from monitor_cli.render.harmless import visible
from monitor_cli.render.text import NOT_AVAILABLE, UNKNOWN, cell_len, number, percent, points
from monitor_cli.result import Band

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor_cli.language import Language
    from monitor_cli.render.formats import Look
    from monitor_cli.result import Measure, Row, Shown, WeekResult

GAP = 2
"""Blanks between two columns."""

NARROWEST_TERMINAL = 60
"""A narrower terminal is written to as if it were this wide: numbers are never cut."""

_PLACES_SHARE = 0.45
"""The most of a terminal's width that names take before they wrap."""

BELOW = {Band.GREEN: "", Band.YELLOW: "!", Band.RED: "!!"}
"""The sign of each band: a colour alone is lost in print and on many eyes."""

_TITLES = {
    "region": words("Регион", "Region"),
    "municipality": words("Муниципалитет", "Municipality"),
    "school": words("Школа", "School"),
    "parallel": words("Параллель", "Parallel"),
    "class": words("Класс", "Class"),
    "subject": words("Предмет", "Subject"),
    "teacher": words("Учитель", "Teacher"),
}
_BELOW = words("Ниже порога", "Below threshold")
_ABOVE = ("region", "municipality", "school")
_NARROWEST = 8
_IDS = {"school": "school_id", "class": "class_id", "teacher": "teacher_id"}


class PlaceColumn(NamedTuple):
    """A key of the places: its title and a cell a row."""

    title: str
    cells: tuple[str, ...]


class Cell(NamedTuple):
    """A measure in pieces of equal width down the column: the value with its sign, the rest."""

    value: str
    rest: str
    band: Band | None


class IndicatorColumn(NamedTuple):
    """An indicator: its title, its threshold, a cell a row, then those of the totals."""

    title: str
    threshold: str
    cells: tuple[Cell, ...]
    total: Cell
    schools: str

    def narrowest(self, *, stacked: bool) -> int:
        """The width below which something would be cut; stacked, the rest is under the value."""
        value, rest = len(self.total.value), len(self.total.rest)
        cell = max(value, rest) if stacked else value + rest
        pieces = [*self.title.split(), self.threshold, self.schools]
        return max(cell, *(len(piece) for piece in pieces))

    def header(self, width: int) -> list[str]:
        """The title in lines of `width`, and the threshold."""
        return [*textwrap.wrap(self.title, width), self.threshold]


class Layout(NamedTuple):
    """One table: the widths of the place columns, its indicators and their widths."""

    place_widths: tuple[int, ...]
    indicators: tuple[IndicatorColumn, ...]
    indicator_widths: tuple[int, ...]
    stacked: bool = False


def place_columns(result: WeekResult, language: Language) -> tuple[list[PlaceColumn], list[str]]:
    """The columns that tell the rows apart, and the names that are the same in all of them."""
    own = result.level.value
    keys = [key for key in _ABOVE if key in result.level.keys]
    columns: list[PlaceColumn] = []
    common: list[str] = []
    for key in keys if own in keys else (*keys, own):
        names = _names(result.rows, key)
        if key == own or len({_identity(row, key) for row in result.rows}) > 1:
            columns.append(PlaceColumn(_TITLES[key].said(language), names))
        else:
            common.extend(name for name in names[:1] if name != UNKNOWN)
    return columns, common


def under_headings(places: list[PlaceColumn]) -> tuple[list[PlaceColumn], tuple[str, ...]]:
    """The last column alone and a heading a row, where that saves room; else all and none.

    It does where the rows of each place above stand together and are several.
    """
    *above, own = places
    headings = tuple(" · ".join(names) for names in zip(*(one.cells for one in above), strict=True))
    runs = [heading for heading, _ in groupby(headings)]
    if len(runs) > len(set(runs)) or len(runs) == len(headings):
        return places, ()
    return [own], headings


def _identity(row: Row, key: str) -> str | int | None:
    return row.keys[_IDS.get(key, key)]


def _names(rows: Sequence[Row], key: str) -> tuple[str, ...]:
    """The names under `key`; where two places would look the same, with their ids."""
    named = [(row.keys[key], _identity(row, key), _above(row, key)) for row in rows]
    ids_of: dict[object, set[object]] = {}
    for name, identity, above in named:
        ids_of.setdefault((name, above), set()).add(identity)
    texts = (
        f"{name} ({identity})" if len(ids_of[name, above]) > 1 else name
        for name, identity, above in named
    )
    return tuple(UNKNOWN if text is None or text == "" else visible(str(text)) for text in texts)


def _above(row: Row, key: str) -> tuple[str | int | None, ...]:
    """Where a place lies: the keys before its own, as far as the reader sees them."""
    if key == "school":
        return row.keys["region"], row.keys["municipality"]
    return (row.keys.get("school_id"),)


def indicator_columns(result: WeekResult, look: Look) -> list[IndicatorColumn]:
    """The indicators of the level; before several, how many of them a place misses."""
    columns = [_indicator_column(shown, result, look) for shown in result.columns]
    return [_misses(result, look), *columns] if len(columns) > 1 else columns


def _misses(result: WeekResult, look: Look) -> IndicatorColumn:
    """How many indicators of a place are below their threshold, and how many of these are red."""
    columns = result.columns
    counted = [
        Counter(measures[one.key].band(look.red_below) for one in columns if one.key in measures)
        for measures in (*(row.measures for row in result.rows), result.totals)
    ]
    pieces = [_missed(bands, look.language) for bands in counted]
    widths = [max(map(len, column)) for column in zip(*pieces, strict=True)]
    cells = [
        aligned((value, "", red), (widths[0], 0, widths[1]), _worst(bands))
        for (value, red), bands in zip(pieces, counted, strict=True)
    ]
    of = words(f"из {len(columns)}", f"of {len(columns)}")
    title = _BELOW.said(look.language)
    return IndicatorColumn(title, of.said(look.language), tuple(cells[:-1]), cells[-1], "")


def _missed(bands: Counter[Band | None], language: Language) -> tuple[str, str]:
    if not any(bands[band] for band in Band):
        return NOT_AVAILABLE.said(language), ""
    red = bands[Band.RED]
    return str(bands[Band.YELLOW] + red), f"({red}{BELOW[Band.RED]})" if red else ""


def _worst(bands: Counter[Band | None]) -> Band | None:
    return next((band for band in reversed(Band) if bands[band]), None)


def _indicator_column(shown: Shown, result: WeekResult, look: Look) -> IndicatorColumn:
    measures = [row.measures.get(shown.key) for row in result.rows]
    total = result.totals.get(shown.key)
    pieces = [
        measure_pieces(measure, pooled=result.level.pools_schools, look=look)
        for measure in (*measures, total)
    ]
    widths = [max(len(piece) for piece in column) for column in zip(*pieces, strict=True)]
    bands = [
        None if measure is None else measure.band(look.red_below) for measure in (*measures, total)
    ]
    cells = [aligned(of_cell, widths, band) for of_cell, band in zip(pieces, bands, strict=True)]
    schools = ""
    several = any((one.schools or 0) > 1 for one in result.totals.values())
    if several and total is not None and not result.level.pools_schools:
        of = words("из", "of").said(look.language)
        schools = f"{total.schools_reached} {of} {total.schools}"
    star = "*" if shown.placeholder else ""
    return IndicatorColumn(
        title=shown.short.said(look.language),
        threshold=f"≥ {percent(shown.threshold, look.language)}{star}",
        cells=tuple(cells[:-1]),
        total=cells[-1],
        schools=schools,
    )


def measure_pieces(
    measure: Measure | None, *, pooled: bool, look: Look
) -> tuple[str, str, str, str, str]:
    """Value, sign, not activated, change, schools that reached: each empty where there is none."""
    if measure is None:
        return "", "", "", "", ""
    if measure.waits and measure.numerator is not None:
        return f"{measure.numerator}/{measure.denominator}", "", "", "", ""
    if measure.shown is None:
        return NOT_AVAILABLE.said(look.language), "", "", "", ""
    band = measure.band(look.red_below)
    left = measure.extras.get("not_activated")
    change = ""
    if measure.change:
        arrow = "↑" if measure.change > 0 else "↓"
        change = f"{arrow}{number(points(measure.change), look.language)}"
    schools = f"{measure.schools_reached}/{measure.schools}"
    return (
        number(measure.shown, look.language),
        BELOW[band] if band is not None else "",
        f"({left})" if left else "",
        change,
        schools if pooled and measure.schools is not None else "",
    )


def aligned(pieces: Sequence[str], widths: Sequence[int], band: Band | None) -> Cell:
    """Pieces of a measure as a cell in which each has its width of `widths`."""
    value, sign, *others = pieces
    shown = f"{value:>{widths[0]}}{sign:<{widths[1]}}"
    padded = [
        f" {piece:>{width}}" for piece, width in zip(others, widths[2:], strict=True) if width
    ]
    return Cell(shown, "".join(padded), band)


def fitted(
    places: Sequence[PlaceColumn],
    indicators: Sequence[IndicatorColumn],
    labels: Sequence[str],
    width: int | None,
) -> list[Layout]:
    """The tables that show all the indicators, in order, in a terminal of `width`.

    Without a `width`, one table as wide as it needs. Else as few as can be; where one is not
    enough, changes stand under the values if that saves a table.
    """
    if width is None or not indicators:
        widths = [max(c.narrowest(stacked=False), len(c.title)) for c in indicators]
        natural = tuple(_natural(places, labels))
        return [Layout(natural, tuple(indicators), tuple(widths))]
    room = max(width, NARROWEST_TERMINAL)
    return min(
        (_paged(places, indicators, labels, room, stacked=stacked) for stacked in (False, True)),
        key=len,
    )


def _paged(
    places: Sequence[PlaceColumn],
    indicators: Sequence[IndicatorColumn],
    labels: Sequence[str],
    room: int,
    *,
    stacked: bool,
) -> list[Layout]:
    needs = [column.narrowest(stacked=stacked) for column in indicators]
    places_room = min(int(room * _PLACES_SHARE), room - max(needs))
    of_places = tuple(_shrunk(places, labels, places_room))
    pages = evenly(needs, room - sum(of_places) - GAP * len(of_places))
    return [
        Layout(
            of_places,
            tuple(indicators[at] for at in page),
            tuple(needs[at] for at in page),
            stacked,
        )
        for page in pages
    ]


def _natural(places: Sequence[PlaceColumn], labels: Sequence[str]) -> list[int]:
    first, *others = places
    return [
        max(map(cell_len, (first.title, *first.cells, *labels))),
        *(max(map(cell_len, (column.title, *column.cells))) for column in others),
    ]


def _shrunk(places: Sequence[PlaceColumn], labels: Sequence[str], room: int) -> list[int]:
    """Widths that take at most `room` with their gaps, if that can be: the widest gives way."""
    widths = _natural(places, labels)
    least = [
        min(max(cell_len(c.title), _NARROWEST), w) for c, w in zip(places, widths, strict=True)
    ]
    while sum(widths) + GAP * len(widths) > room:
        spare = [width if width > low else 0 for width, low in zip(widths, least, strict=True)]
        if not any(spare):
            break
        widths[spare.index(max(spare))] -= 1
    return widths


def evenly(needs: Sequence[int], room: int) -> list[list[int]]:
    """Positions of columns in order, on as few pages of `room` as can be, filled alike."""
    fewest = len(_filled(needs, room))
    for width in range(max(needs), room):
        if len(even := _filled(needs, width)) == fewest:
            return even
    return _filled(needs, room)


def _filled(needs: Sequence[int], room: int) -> list[list[int]]:
    """Fill pages one after another; a page holds a column at least, however narrow the room."""
    filled: list[list[int]] = []
    used = room + 1
    for at, need in enumerate(needs):
        used += GAP + need
        if used > room:
            filled.append([])
            used = need
        filled[-1].append(at)
    return filled
