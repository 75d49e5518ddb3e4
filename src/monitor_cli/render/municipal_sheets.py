"""The further sheets of a municipality's workbook: steps, weeks with charts, classes, teachers."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import groupby
from math import floor
from typing import TYPE_CHECKING

from monitor_cli.language import words
from monitor_cli.render.docs import BLOCKS
from monitor_cli.render.harmless import visible
from monitor_cli.render.report_cells import shown
from monitor_cli.render.report_workbook import cell, write_sheet
from monitor_cli.render.week_sheets import FILLS, HEADER_ROW, share_cell, threshold_cell
from monitor_cli.render.workbook_charts import lines
from monitor_cli.render.workbooks import PLAIN, Bars, Figure, Link
from monitor_cli.report import Kind, PartSheet, Reader
from monitor_cli.result import Band, Measure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from monitor_cli.render import workbooks
    from monitor_cli.render.formats import Look
    from monitor_cli.render.week_sheets import Names
    from monitor_cli.render.workbooks import Book, Cell, Face
    from monitor_cli.report import Sheet, Value
    from monitor_cli.result import WeekResult

MOST_ROWS = 500
"""The rows of classes, and of teachers, that a workbook has at most."""

_CHART_ROWS = 24
_WHOLE = 100
_HINTS = {
    PartSheet.STEPS: words(
        "Для каждой школы – сначала то, что прибавляет ей активности, затем то, для чего нужно "
        "меньше всего.",
        "For each school first what makes it active, then what takes least.",
    ),
    PartSheet.COURSES: words(
        "Недели, за которые в выгрузке есть уроки; пусто – значения нет.",
        "The weeks that the dump has lessons of; an empty cell has no value.",
    ),
    PartSheet.COURSES_OF_SCHOOLS: words(
        "▁…█ – от наименьшего значения строки к наибольшему, · – нет данных.",
        "▁…█ – from the lowest value of the row to the highest, · – no data.",
    ),
    PartSheet.CLASSES: words(
        "Сначала те, у кого показателей ниже порога больше всего.",
        "Those with most indicators below their threshold first.",
    ),
    PartSheet.TEACHERS: words(
        "Сначала те, у кого показателей ниже порога больше всего.",
        "Those with most indicators below their threshold first.",
    ),
    PartSheet.PENDING: words(
        "Кто ещё не принял поручения и сколько дней ждёт: monitor task pending.",
        "Who has not accepted tasks yet, and the days waited: monitor task pending.",
    ),
}
_CUT = words(
    "Показаны {} из {}: те, у кого показателей ниже порога больше всего.",
    "{} of {} are shown: those with most indicators below their threshold.",
)
_REST = words("Все – в файле {}.", "All of them are in the file {}.")


def capped(sheet: Sheet, most: int, rest: str | None) -> Sheet:
    """The first `most` rows, and under them that there are more, in the file `rest`."""
    if len(sheet.rows) <= most:
        return sheet
    ru, en = (_CUT[at].format(most, len(sheet.rows)) for at in (0, 1))
    if rest is not None:
        ru, en = f"{ru} {_REST.ru.format(rest)}", f"{en} {_REST.en.format(rest)}"
    return replace(sheet, rows=sheet.rows[:most], note=words(ru, en))


def first_rows(sheet: Sheet) -> Mapping[Value, int]:
    """The row of the workbook's sheet in which each school has its first step."""
    at = [one.key for one in sheet.columns].index("school_id")
    first: dict[Value, int] = {}
    for number, row in enumerate(sheet.rows, start=HEADER_ROW + 1):
        first.setdefault(row[at], number)
    return first


def write_more(
    book: Book,
    named: tuple[str, Sheet],
    lines_above: Sequence[tuple[str, Face]],
    week: tuple[WeekResult, Names],
    look: Look,
) -> None:
    """Add a sheet beside those of the week; `week` is that one, and where its places stand."""
    name, sheet = named
    hint = _HINTS.get(PartSheet(sheet.key)) if sheet.key in list(PartSheet) else None
    above = [*lines_above]
    if hint is not None:
        above.append((hint.said(look.language), PLAIN))
    elif sheet.key not in list(PartSheet) and sheet.note is not None:
        # Of another report it is said first what it is about.
        above += [(visible(line), PLAIN) for line in sheet.note.said(look.language).split("\n")]
        sheet = replace(sheet, note=None)
    if sheet.key == PartSheet.STEPS:
        back = _Back(sheet, *week)
        write_sheet(book, name, sheet.shown_to(Reader.PEOPLE), look, above, back.cells, 1)
        return
    held = 2 if sheet.key in {PartSheet.CLASSES, PartSheet.TEACHERS} else 1
    made = write_sheet(book, name, sheet, look, above, banded, held)
    if sheet.key == PartSheet.COURSES:
        _draw(made, sheet, week[0], look)


class _Back:
    """The rows of steps: the name of a school leads back to its row, the first time it stands."""

    def __init__(self, steps: Sheet, result: WeekResult, names: Names) -> None:
        """Know where the schools stand."""
        rows = {
            row.keys.get("school_id"): number
            for number, row in enumerate(result.rows, start=HEADER_ROW + 1)
        }
        at = [column.key for column in steps.columns].index("school_id")
        targets = [rows.get(str(row[at])) for row in steps.rows]
        self._targets = iter(targets)
        self._places = names.places

    def cells(self, sheet: Sheet, row: Sequence[Value], look: Look) -> list[Cell]:
        """The cells of a row."""
        made = banded(sheet, row, look)
        of = {column.key: value for column, value in zip(sheet.columns, row, strict=True)}
        target = next(self._targets)
        if of["number"] == 1 and target is not None and isinstance(made[0], str):
            made[0] = Link(made[0], self._places, target)
        return made


def banded(sheet: Sheet, row: Sequence[Value], look: Look) -> list[Cell]:
    """The cells of a row, measures on the ground of their band, with their sign."""
    worst = _worst(row, look)
    made: list[Cell] = []
    for column, value in zip(sheet.columns, row, strict=True):
        if isinstance(value, Measure):
            made.append(share_cell(value, look))
        elif column.kind is Kind.SERIES:
            made.append(Bars(shown(column, value, look.language)))
        elif column.key == "threshold" and isinstance(value, float):
            made.append(threshold_cell(Fraction(repr(value))))
        elif column.key == "below" and isinstance(value, int) and worst is not None:
            made.append(Figure(value, "0", fill=FILLS[worst]))
        else:
            made.append(cell(column, value, look))
    return made


def _worst(row: Sequence[Value], look: Look) -> Band | None:
    bands = {value.band(look.red_below) for value in row if isinstance(value, Measure)}
    return next((band for band in reversed(Band) if band in bands), None)


def _draw(made: workbooks.Sheet, sheet: Sheet, result: WeekResult, look: Look) -> None:
    """A chart a block under the table: a line an indicator, a point a week."""
    weeks = sum(column.kind is Kind.MEASURE for column in sheet.columns)
    block_of = {shown.key: shown.block for shown in result.indicators}
    blocks = (
        (block, [HEADER_ROW + 1 + at for at, _ in of_block])
        for block, of_block in groupby(
            enumerate(sheet.rows), key=lambda at_row: block_of[str(at_row[1][0])]
        )
    )
    made.line()
    found = list(blocks)
    spans = made.halves() if len(found) > 1 else [(1, len(sheet.columns))]
    for (block, numbers), span in zip(found, spans, strict=True):
        chart = lines(
            BLOCKS[block].said(look.language),
            made.block((2, HEADER_ROW), (1 + weeks, HEADER_ROW)),
            made.block((1, numbers[0]), (1 + weeks, numbers[-1])),
            _bounds(sheet, [at - HEADER_ROW - 1 for at in numbers]),
        )
        made.draw(chart, span, _CHART_ROWS)
    made.leave(_CHART_ROWS)


def _bounds(sheet: Sheet, rows: Sequence[int]) -> tuple[float, float | None]:
    """Where the axis begins, a full tenth under the lowest value, and ends: at 100 per cent."""
    values = [
        float(value.shown)
        for at in rows
        for value in sheet.rows[at]
        if isinstance(value, Measure) and value.shown is not None
    ]
    least = max(0, floor((min(values, default=0.0) - 1) / 10)) / 10
    return least, None if max(values, default=0.0) > _WHOLE else 1
