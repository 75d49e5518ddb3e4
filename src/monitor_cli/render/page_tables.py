"""The tables of a page, before a template writes them: columns, cells, what a cell is sorted by."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from monitor_cli.language import words
from monitor_cli.render.grid import measure_pieces, place_columns
from monitor_cli.render.harmless import visible
from monitor_cli.render.page_charts import line
from monitor_cli.render.report_cells import shown, total_label
from monitor_cli.render.text import NOT_AVAILABLE, number, percent, points
from monitor_cli.render.week_parts import counted, missed
from monitor_cli.report import NUMBERS, Kind
from monitor_cli.result import Band, Measure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from monitor_cli.language import Language
    from monitor_cli.render.formats import Look
    from monitor_cli.render.page_charts import Line
    from monitor_cli.report import Column as ReportColumn
    from monitor_cli.report import Sheet, Value
    from monitor_cli.result import WeekResult

BELOW_TITLE = words("Ниже порога", "Below threshold")
TOTAL = words("Итого", "Total")
REACHED = words("Школ достигло порога", "Schools that reached")
_BELOW = words("ниже порога", "below the threshold")
_RED = words("ниже {} %", "below {} %")


class Column(NamedTuple):
    """A column: its title, what stands under it (a threshold), whether it holds numbers."""

    title: str
    under: str = ""
    number: bool = False


class Cell(NamedTuple):
    """A cell in pieces; those that are empty are not written.

    `value` is the number that it is sorted by, `said` what its sign means in words, `counted` its
    numerator and denominator.
    """

    text: str
    value: str = ""
    band: str = ""
    sign: str = ""
    said: str = ""
    beside: str = ""
    change: str = ""
    rises: bool = False
    counted: str = ""
    series: Line | None = None


class Table(NamedTuple):
    """A table with a cell a column in each row, and the rows under it."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: tuple[tuple[Cell, ...], ...] = ()


def week_table(result: WeekResult, look: Look) -> Table:
    """A row a place, a column an indicator; before several, how many of them a place misses."""
    language = look.language
    places, _ = place_columns(result, language)
    several = len(result.columns) > 1
    of = words(f"из {len(result.columns)}", f"of {len(result.columns)}").said(language)
    columns = [Column(place.title) for place in places]
    columns += [Column(BELOW_TITLE.said(language), of, number=True)] if several else []
    columns += [
        Column(
            one.short.said(language),
            f"≥ {percent(one.threshold, language)}{'*' if one.placeholder else ''}",
            number=True,
        )
        for one in result.columns
    ]

    def cells(measures: Mapping[str, Measure], *, pooled: bool) -> list[Cell]:
        first = [_missed_cell(result, measures, look)] if several else []
        return first + [
            measure_cell(measures.get(one.key), look, pooled=pooled) for one in result.columns
        ]

    pooled = result.level.pools_schools
    rows = tuple(
        (*(Cell(place.cells[at]) for place in places), *cells(row.measures, pooled=pooled))
        for at, row in enumerate(result.rows)
    )
    blank = [Cell("")] * (len(places) - 1)
    totals = [
        (Cell(TOTAL.said(language)), *blank, *cells(result.totals, pooled=pooled)),
    ]
    reached = [_reached(result.totals.get(one.key), language) for one in result.columns]
    if not pooled and any((one.schools or 0) > 1 for one in result.totals.values()):
        head = [Cell("")] if several else []
        totals.append((Cell(REACHED.said(language)), *blank, *head, *reached))
    return Table(tuple(columns), rows, tuple(totals))


def _missed_cell(result: WeekResult, measures: Mapping[str, Measure], look: Look) -> Cell:
    below, red, known = missed(result, measures, look)
    if not known:
        return Cell(NOT_AVAILABLE.said(look.language))
    band = Band.RED if red else Band.YELLOW if below else Band.GREEN
    beside = f"({red}!!)" if red else ""
    return Cell(str(len(below)), str(len(below)), band.value, beside=beside)


def _reached(total: Measure | None, language: Language) -> Cell:
    if total is None or total.schools is None or total.schools_reached is None:
        return Cell("")
    of = words("из", "of").said(language)
    return Cell(f"{total.schools_reached} {of} {total.schools}")


def measure_cell(measure: Measure | None, look: Look, *, pooled: bool = False) -> Cell:
    """A measure with its sign, in its band, with its change and what it is made of."""
    if measure is None:
        return Cell("")
    value, sign, left, change, schools = measure_pieces(measure, pooled=pooled, look=look)
    band = measure.band(look.red_below)
    said = ""
    if band is Band.YELLOW:
        said = _BELOW.said(look.language)
    elif band is Band.RED:
        said = _RED.said(look.language).format(percent(look.red_below, look.language))
    return Cell(
        value,
        "" if measure.value is None else repr(measure.value),
        "" if band is None else band.value,
        sign,
        said,
        left or schools,
        change,
        rises=(measure.change or 0) > 0,
        counted="" if measure.value is None else counted(measure, look.language),
    )


def change_shown(measure: Measure, language: Language) -> str:
    """«↑1,25»; nothing where it did not move."""
    if not measure.change:
        return ""
    arrow = "↑" if measure.change > 0 else "↓"
    return f"{arrow}{number(points(measure.change), language)}"


def report_table(sheet: Sheet, look: Look) -> Table:
    """A sheet of a report."""
    language = look.language
    columns = tuple(
        Column(visible(column.title.said(language)), number=column.kind in NUMBERS)
        for column in sheet.columns
    )
    rows = tuple(_row(sheet.columns, row, look) for row in sheet.rows)
    if sheet.totals is None:
        return Table(columns, rows)
    of_totals = [
        cell if column.kind in NUMBERS else Cell("")
        for column, cell in zip(sheet.columns, _row(sheet.columns, sheet.totals, look), strict=True)
    ]
    if sheet.columns[0].kind not in NUMBERS:
        of_totals[0] = Cell(total_label(sheet, language))
    blank = [
        Cell("") if value is None else cell
        for cell, value in zip(of_totals[1:], sheet.totals[1:], strict=True)
    ]
    return Table(columns, rows, ((of_totals[0], *blank),))


def _row(columns: Sequence[ReportColumn], row: Sequence[Value], look: Look) -> tuple[Cell, ...]:
    return tuple(_cell(column, value, look) for column, value in zip(columns, row, strict=True))


def _cell(column: ReportColumn, value: Value, look: Look) -> Cell:
    if isinstance(value, Measure):
        return measure_cell(value, look)
    text = shown(column, value, look.language)
    if column.kind is Kind.SERIES and isinstance(value, tuple):
        series = [one for one in value if one is None or isinstance(one, float)]
        known = [one for one in series if one is not None]
        return Cell(text, repr(known[-1]) if known else "", series=line(series))
    if isinstance(value, date):
        return Cell(text, _ordered(value))
    if column.kind in NUMBERS and isinstance(value, int | float):
        return Cell(text, repr(value))
    return Cell(text)


def _ordered(value: date) -> str:
    """A date or a moment as a number that grows with it."""
    digits = "".join(one for one in value.isoformat() if one.isdecimal())
    return digits.ljust(len("20261118235901"), "0")
