"""The cells of a report: as people read them, and as programs do."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from monitor_cli.language import Language, words
from monitor_cli.render.harmless import visible
from monitor_cli.render.jsonout import measure_object
from monitor_cli.render.text import NOT_AVAILABLE, UNKNOWN, number, points
from monitor_cli.report import NUMBERS, Column, Kind
from monitor_cli.result import Measure, rounded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monitor_cli.report import Sheet, Value

BARS = "▁▂▃▄▅▆▇█"
"""What a sparkline is made of: the lowest of its values, …, the highest."""

GAP = "·"
"""A value that is not there, in a sparkline."""

TOTAL = words("Итого", "Total")
_YES, _NO = words("да", "yes"), words("нет", "no")
_MINUS = "−"
_HOUR, _DAY = 60, 24 * 60
_WHOLE = Fraction(100)
_TEXTS = frozenset({Kind.TEXT, Kind.ID, Kind.CODE, Kind.DATE, Kind.MOMENT, Kind.MINUTES})


def shown(column: Column, value: Value, language: Language) -> str:
    """A cell in words for people: one line, nothing in it steers a terminal.

    A measure is its rounded value alone.
    """
    if isinstance(value, Measure):
        rounded_value = value.shown
        value = None if rounded_value is None else number(rounded_value, language)
    if value is None:
        return UNKNOWN if column.kind in _TEXTS else NOT_AVAILABLE.said(language)
    if isinstance(value, str):
        told = column.words.get(value)
        return visible(value if told is None else told.said(language))
    if isinstance(value, date):
        return _moment(value, language)
    return _figure(column.kind, value, language)


def _figure(kind: Kind, value: float | tuple[float | None, ...], language: Language) -> str:
    if isinstance(value, tuple):
        return sparkline(value)
    if isinstance(value, bool):
        return (_YES if value else _NO).said(language)
    if kind in (Kind.PERCENT, Kind.NUMBER):
        return number(percent_shown(value), language)
    if kind is Kind.POINTS:
        sign = "+" if value > 0 else _MINUS if value < 0 else ""
        return sign + number(points(value), language)
    return duration(int(value), language) if kind is Kind.MINUTES else str(value)


def percent_shown(value: float) -> Decimal:
    """A percentage to two decimals, half up, never across 0 or 100."""
    exact = Fraction(repr(value))
    return rounded(exact.numerator, 100 * exact.denominator, _WHOLE)


def points_shown(value: float) -> Decimal:
    """A signed number of points to two decimals, never 0 for what moved."""
    return points(value).copy_sign(Decimal(repr(value))) if value else Decimal("0.00")


def duration(minutes: int, language: Language) -> str:
    """«2 ч 14 мин»; over a day «3 сут 2 ч»; less than nothing with a minus."""
    left = abs(minutes)
    parts = []
    for size, unit in (
        (_DAY, words("сут", "d")),
        (_HOUR, words("ч", "h")),
        (1, words("мин", "min")),
    ):
        count, left = divmod(left, size)
        if count:
            parts.append(f"{count} {unit.said(language)}")
    said = " ".join(parts) or words("0 мин", "0 min").said(language)
    return f"{_MINUS}{said}" if minutes < 0 else said


def sparkline(values: Sequence[float | None]) -> str:
    """Values as bars, from their own lowest to their own highest; a gap where there is none.

    Values that are all the same are bars of half the height.
    """
    known = [value for value in values if value is not None]
    if not known:
        return GAP * len(values)
    low, high = min(known), max(known)
    top = len(BARS) - 1
    return "".join(
        GAP
        if value is None
        else BARS[top // 2]
        if high == low
        else BARS[int((value - low) / (high - low) * top + 0.5)]
        for value in values
    )


def _moment(value: date, language: Language) -> str:
    day = "%d.%m.%Y" if language is Language.RU else "%Y-%m-%d"
    if isinstance(value, datetime):
        return value.strftime(f"{day} %H:%M:%S" if value.second else f"{day} %H:%M")
    return value.strftime(day)


def total_label(sheet: Sheet, language: Language) -> str:
    """What stands in the first cell of the totals."""
    first, label = sheet.columns[0], (sheet.totals or (None,))[0]
    if first.kind in NUMBERS or label is None:
        return TOTAL.said(language)
    return shown(first, label, language)


def cut_line(sheet: Sheet, language: Language) -> str | None:
    """That a limit cut rows away, where it did."""
    if sheet.rows_in_all is None or sheet.rows_in_all <= len(sheet.rows):
        return None
    count, in_all = len(sheet.rows), sheet.rows_in_all
    return words(f"показано {count} из {in_all}", f"{count} of {in_all} shown").said(language)


def exact(column: Column, value: Value) -> object:
    """A cell as JSON has it: numbers unrounded, dates ISO, a measure an object."""
    if isinstance(value, Measure):
        return measure_object(value, compared=column.compared)
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


class Field(NamedTuple):
    """A column of the flat formats: `part` of a measure, or the value itself."""

    name: str
    column: Column
    at: int
    part: str = ""

    @property
    def kind(self) -> Kind:
        """What its cells are."""
        if self.column.kind is not Kind.MEASURE:
            return self.column.kind
        return {
            "value": Kind.PERCENT,
            "reached": Kind.FLAG,
            "change": Kind.POINTS,
        }.get(self.part, Kind.COUNT)

    def of(self, row: Sequence[Value]) -> Value:
        """Its cell in a row of the sheet."""
        value = row[self.at]
        if isinstance(value, Measure):
            found: Value = getattr(value, self.part)
            return found
        return value


def fields(sheet: Sheet) -> Iterator[Field]:
    """The columns of the flat formats: a measure's numbers stand beside its value."""
    for at, column in enumerate(sheet.columns):
        if column.kind is not Kind.MEASURE:
            yield Field(column.key, column, at)
            continue
        yield Field(column.key, column, at, "value")
        beside = ("numerator", "denominator", "reached", *(("change",) if column.compared else ()))
        yield from (Field(f"{column.key}_{part}", column, at, part) for part in beside)
