"""The sheets of a week's workbook that hold its places: by indicators, and block by block."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from monitor_cli.language import Words, words
from monitor_cli.render.grid import place_columns
from monitor_cli.render.page_tables import BELOW_TITLE, REACHED, TOTAL
from monitor_cli.render.report_cells import percent_shown, points_shown
from monitor_cli.render.text import (
    NOT_AVAILABLE,
    SAMPLE_BANNER,
    cell_len,
    percent,
    state_title,
    week_title,
)
from monitor_cli.render.week_parts import PLACES, missed
from monitor_cli.render.workbooks import BOLD, PLAIN, TITLE, Figure, Link
from monitor_cli.result import Band, ExtraKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

    from monitor_cli.language import Language
    from monitor_cli.render.formats import Look
    from monitor_cli.render.grid import PlaceColumn
    from monitor_cli.render.workbooks import Book, Cell, Face
    from monitor_cli.result import Measure, Shown, WeekResult

PERCENT, POINTS = "0.00%", '"↑"0.00;"↓"0.00;0.00'
FILLS = {Band.GREEN: "D9F0E0", Band.YELLOW: "FFEEB8", Band.RED: "FAD7D7"}
"""The ground of a cell by band (RGB)."""

_SIGNS = {Band.GREEN: "_ _!_!", Band.YELLOW: '" !"_!', Band.RED: '" !!"'}
"""The sign of a band in a number's format; «_» leaves the room of the sign that follows it."""

HEADER_ROW = 4
"""Of the sheets of places; the row above it explains them."""

NUMERATOR, DENOMINATOR = words("числитель", "numerator"), words("знаменатель", "denominator")
CHANGE = words("за неделю, п.", "change, points")
_NARROW, _WIDEST = 10, 30
_FOLDED = words(
    "! – ниже порога, !! – и ниже {} %; ↑ ↓ – за неделю. Изменения, числители и знаменатели "
    "раскрывает кнопка «2» слева вверху.",
    "! – below the threshold, !! – and below {} %; ↑ ↓ – since the week before. The button “2” "
    "at the top left opens changes, numerators and denominators.",
)
_NO_ROWS = words("таких строк нет", "there are no such rows")
_DETAILS: tuple[tuple[Words, int], ...] = (
    (words("Показатель", "Indicator"), 34),
    (words("Значение", "Value"), 12),
    (words("Порог", "Threshold"), 12),
    (words("За неделю, п.", "Change, points"), 13),
    (words("Числитель", "Numerator"), 13),
    (words("Знаменатель", "Denominator"), 14),
    (words("Рядом", "Beside it"), 54),
)


class Names(NamedTuple):
    """The name of the sheet of all places, and where in which sheet the name of each leads."""

    places: str
    leads: Sequence[tuple[str, int]]


def above(result: WeekResult, title: str, look: Look) -> list[tuple[str, Face]]:
    """The lines over a sheet: what it is, which week and state, whether it is invented."""
    told = [week_title(result.week, look.language)]
    if result.as_of is not None:
        told.append(state_title(result.as_of, look.language))
    if result.sample:
        told.append(SAMPLE_BANNER.said(look.language))
    return [(title, TITLE), (" · ".join(told), BOLD)]


def share_cell(measure: Measure | None, look: Look, *, arrow: bool = False) -> Cell:
    """The value as a fraction on the ground of its band, with its sign; «н/д» without one.

    Of a value that waits for the end of the week both counts are shown.
    """
    if measure is None:
        return None
    if measure.waits and measure.numerator is not None:
        return f"{measure.numerator}/{measure.denominator}"
    band, shown = measure.band(look.red_below), measure.shown
    if shown is None or band is None:
        return NOT_AVAILABLE.said(look.language)
    pattern = PERCENT + _SIGNS[band]
    if arrow:
        pattern += '" ↑"' if (measure.change or 0) > 0 else '" ↓"' if measure.change else "_ _↑"
    return Figure(float(shown / 100), pattern, fill=FILLS[band])


def threshold_cell(threshold: Fraction, *, placeholder: bool = False) -> Figure:
    """A threshold as a fraction; a star beside it where it is a placeholder."""
    digits = "0%" if threshold.denominator == 1 else "0.00%"
    return Figure(float(threshold / 100), digits + ('"*"' if placeholder else "_*"))


def change_cell(measure: Measure | None) -> Cell:
    """The change in points; nothing where there is none to tell."""
    if measure is None or measure.change is None:
        return None
    return Figure(float(points_shown(measure.change)), POINTS)


def number_cells(measure: Measure | None) -> tuple[Cell, Cell]:
    """Numerator and denominator."""
    return (None, None) if measure is None else (measure.numerator, measure.denominator)


def write_places(book: Book, name: str, result: WeekResult, names: Names, look: Look) -> None:
    """A row a place, a column an indicator; beside each, folded, what it is made of."""
    language = look.language
    places, _ = place_columns(result, language)
    several = len(result.columns) > 1
    parts = [*([CHANGE] if result.compared else []), NUMERATOR, DENOMINATOR]
    titles = [place.title for place in places]
    widths = [_width(place) for place in places]
    if several:
        titles.append(BELOW_TITLE.said(language))
        widths.append(_NARROW)
    folded: list[int] = []
    for shown in result.columns:
        star = "*" if shown.placeholder else ""
        threshold = f"≥ {percent(shown.threshold, language)} %{star}"
        titles.append(f"{shown.short.said(language)}\n{threshold}")
        titles += [f"{shown.short.said(language)}: {part.said(language)}" for part in parts]
        folded += range(len(widths) + 2, len(widths) + 2 + len(parts))
        widths.append(_longest(shown.short.said(language)))
        widths += [_NARROW + 3] * len(parts)
    sheet = book.sheet(
        name, widths, header_rows=HEADER_ROW, header_columns=len(places), folded=folded
    )
    for text, font in above(result, PLACES[result.level].said(language), look):
        sheet.line(text, font)
    sheet.line(_FOLDED.said(language).format(percent(look.red_below, language)))
    sheet.header(titles, figures=range(len(places) + 1, len(titles) + 1))

    def cells(measures: Mapping[str, Measure]) -> list[Cell]:
        made: list[Cell] = [_missed(result, measures, look)] if several else []
        for shown in result.columns:
            measure = measures.get(shown.key)
            made.append(share_cell(measure, look, arrow=True))
            if result.compared:
                made.append(change_cell(measure))
            made += number_cells(measure)
        return made

    for at, row in enumerate(result.rows):
        *upper, own = (place.cells[at] for place in places)
        sheet.row([*upper, Link(own, *names.leads[at]), *cells(row.measures)])
    if not result.rows:
        sheet.line(_NO_ROWS.said(language))
        return
    sheet.filtered(len(result.rows))
    blank = [None] * (len(places) - 1)
    sheet.row([TOTAL.said(language), *blank, *cells(result.totals)], BOLD)
    if any((one.schools or 0) > 1 for one in result.totals.values()):
        sheet.row([REACHED.said(language), *blank, *_reached(result, look, several, len(parts))])


def _reached(result: WeekResult, look: Look, several: bool, parts: int) -> list[Cell]:  # noqa: FBT001
    of = words("из", "of").said(look.language)
    cells: list[Cell] = [None] if several else []
    for shown in result.columns:
        total = result.totals[shown.key]
        known = total.schools is not None and total.schools_reached is not None
        pattern = f'0" {of} {total.schools}"'
        cells += [Figure(total.schools_reached or 0, pattern) if known else None]
        cells += [None] * parts
    return cells


def _missed(result: WeekResult, measures: Mapping[str, Measure], look: Look) -> Cell:
    below, red, known = missed(result, measures, look)
    if not known:
        return NOT_AVAILABLE.said(look.language)
    band = Band.RED if red else Band.YELLOW if below else Band.GREEN
    return Figure(len(below), f'0" ({red}!!)"' if red else "0", fill=FILLS[band])


def block_size(result: WeekResult) -> int:
    """How many indicators the first block of the result has at its level."""
    first = result.columns[0].block if result.columns else None
    return sum(one.block is first for one in result.columns)


def write_block(
    book: Book, name: str, indicators: Sequence[Shown], result: WeekResult, look: Look
) -> None:
    """A row a place and indicator of a block, with everything that is known of it."""
    language = look.language
    places, _ = place_columns(result, language)
    widths = [*map(_width, places), *(width for _, width in _DETAILS)]
    sheet = book.sheet(name, widths, header_rows=HEADER_ROW, header_columns=len(places))
    for text, font in above(result, name, look):
        sheet.line(text, font)
    sheet.line()
    sheet.header(
        [*(one.title for one in places), *(title.said(language) for title, _ in _DETAILS)],
        figures=range(len(places) + 2, len(places) + len(_DETAILS)),
    )

    def row(of: Sequence[str | None], shown: Shown, measure: Measure, font: Face = PLAIN) -> None:
        sheet.row(
            [
                *of,
                shown.title.said(language),
                share_cell(measure, look),
                threshold_cell(measure.threshold),
                change_cell(measure),
                *number_cells(measure),
                _beside(shown, measure, result, look),
            ],
            font,
        )

    for at, one in enumerate(result.rows):
        for shown in indicators:
            row([place.cells[at] for place in places], shown, one.measures[shown.key])
    if result.rows:
        sheet.filtered(len(result.rows) * len(indicators))
    else:
        sheet.line(_NO_ROWS.said(language))
    blank = [None] * (len(places) - 1)
    for shown in indicators:
        row([TOTAL.said(language), *blank], shown, result.totals[shown.key], BOLD)


def _beside(shown: Shown, measure: Measure, result: WeekResult, look: Look) -> str | None:
    """What stands beside a value, in words."""
    language = look.language
    titles = {one.key: one.short.said(language) for one in result.indicators}
    told = []
    if measure.schools is not None and measure.denominator is not None:
        of = words("школ достигло: {} из {}", "schools that reached: {} of {}").said(language)
        told.append(of.format(measure.schools_reached, measure.schools))
    for name, value in measure.extras.items():
        if value is None:
            continue
        title = shown.beside[name].said(language) if name in shown.beside else name
        told.append(f"{title}: {_extra(value, shown.extras.get(name), titles, language)}")
    return "; ".join(told) or None


def _extra(
    value: float | tuple[str, ...],
    kind: ExtraKind | None,
    titles: Mapping[str, str],
    language: Language,
) -> str:
    if isinstance(value, tuple):
        return ", ".join(titles.get(key, key) for key in value) or "–"
    if kind is ExtraKind.PERCENT:
        plain = f"{percent_shown(value):f}"
        return words(plain.replace(".", ","), plain).said(language)
    return str(value)


def _width(place: PlaceColumn) -> int:
    """As wide as its longest name, within bounds."""
    longest = max(map(cell_len, (place.title, *place.cells)))
    return min(max(longest, _NARROW) + 3, _WIDEST)


def _longest(title: str) -> int:
    """The room that the longest word of a title takes in bold letters."""
    return max(_NARROW + 1, *(len(word) + 2 for word in title.split()))
