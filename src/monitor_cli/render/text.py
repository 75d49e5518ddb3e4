"""Text for people: numbers, names and weeks in words, and the room that they take."""

from __future__ import annotations

import unicodedata
from datetime import time
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from monitor_cli.language import Language, words

if TYPE_CHECKING:
    from datetime import date, datetime
    from fractions import Fraction

    from monitor_cli.clock import Week


def cell_len(text: str) -> int:
    """The columns of a terminal that a text takes: East Asian wide ones two, combining none."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )


UNKNOWN = "—"
"""What stands for a name that is not known."""

NOT_AVAILABLE = words("н/д", "n/a")
SAMPLE_BANNER = words("ПРИМЕР: данные вымышлены", "SAMPLE: the data are invented")

_MONTHS = (
    words("января", "January"),
    words("февраля", "February"),
    words("марта", "March"),
    words("апреля", "April"),
    words("мая", "May"),
    words("июня", "June"),
    words("июля", "July"),
    words("августа", "August"),
    words("сентября", "September"),
    words("октября", "October"),
    words("ноября", "November"),
    words("декабря", "December"),
)


def number(value: Decimal, language: Language) -> str:
    """A number as the language writes it: decimal comma in Russian, point in English."""
    plain = f"{value:f}"
    return plain.replace(".", ",") if language is Language.RU else plain


def percent(value: Fraction, language: Language) -> str:
    """A threshold without needless decimals: 95, 62,5."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    plain = f"{exact:f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return number(Decimal(plain), language)


_HUNDREDTH = Decimal("0.01")


def points(change: float) -> Decimal:
    """A change in points without its sign: two decimals, half up, never 0 for what moved."""
    moved = abs(Decimal(repr(change)))
    shown = moved.quantize(_HUNDREDTH, rounding=ROUND_HALF_UP)
    return max(shown, _HUNDREDTH) if moved else shown


def week_title(week: Week, language: Language) -> str:
    """«Неделя 16–22 ноября 2026 (2026-W47)»."""
    first, last = week.monday, week.sunday
    begin = [str(first.day)]
    if first.month != last.month:
        begin.append(_month(first, language))
    if first.year != last.year:
        begin.append(str(first.year))
    dash = "–" if len(begin) == 1 else " – "
    days = f"{' '.join(begin)}{dash}{last.day} {_month(last, language)} {last.year}"
    return words(f"Неделя {days} ({week.iso})", f"Week of {days} ({week.iso})").said(language)


def state_title(moment: datetime, language: Language) -> str:
    """«ЧАСТИЧНО: состояние на 18 ноября 2026 12:00», or «… на конец 18 ноября 2026»."""
    day = day_title(moment, language)
    if moment.time() == time.max:
        return words(
            f"ЧАСТИЧНО: состояние на конец {day}", f"PARTIAL: the state at the end of {day}"
        ).said(language)
    clock = moment.strftime("%H:%M:%S").removesuffix(":00")
    return words(
        f"ЧАСТИЧНО: состояние на {day} {clock}", f"PARTIAL: the state on {day} at {clock}"
    ).said(language)


def day_title(day: date, language: Language) -> str:
    """«27 ноября 2026»."""
    return f"{day.day} {_month(day, language)} {day.year}"


def _month(day: date, language: Language) -> str:
    return _MONTHS[day.month - 1].said(language)
