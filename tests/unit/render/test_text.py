"""Hostile text, numbers and weeks in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from monitor_cli.clock import Week
from monitor_cli.language import Language
from monitor_cli.render.harmless import visible, visible_lines
from monitor_cli.render.text import cell_len, number, percent, points, week_title

HOSTILE = [
    "\x00",
    "\x07",
    "\x1b",
    "\n",
    "\r",
    "\t",
    "\x7f",
    "\x85",
    "\x9b",
    "\u200b",
    "\u200d",
    "\u200f",
    "\u202a",
    "\u202e",
    "\u2028",
    "\u2066",
    "\u2069",
    "\ufeff",
    "\U000e0041",
    "\udcff",
]


@pytest.mark.parametrize("character", HOSTILE, ids=ascii)
def test_what_steers_turns_or_hides_is_replaced(character: str) -> None:
    assert visible(f"а{character}б") == "а\ufffdб"


@pytest.mark.parametrize("text", ["Школа №2 «Лицей» [/Б]", "Ёж\u00a0— 10 000", ":school: 😀", ""])
def test_everything_else_stays(text: str) -> None:
    assert visible(text) == text


def test_lines_of_a_message_stay_lines() -> None:
    assert visible_lines("а\nб\x1b[2J") == "а\nб\ufffd[2J"


def test_widths_in_a_terminal() -> None:
    assert [cell_len(text) for text in ("Школа", "学校", "и\u0306")] == [5, 4, 1]


def test_numbers_have_a_comma_in_russian() -> None:
    assert number(Decimal("79.99"), Language.RU) == "79,99"
    assert number(Decimal("79.99"), Language.EN) == "79.99"
    assert number(Decimal("0.00"), Language.EN) == "0.00"


@pytest.mark.parametrize(
    ("value", "said"), [(Fraction(95), "95"), (Fraction(125, 2), "62,5"), (Fraction(100), "100")]
)
def test_thresholds_have_no_needless_decimals(value: Fraction, said: str) -> None:
    assert percent(value, Language.RU) == said


@pytest.mark.parametrize(
    ("change", "shown"),
    [(-2.1, "2.10"), (0.125, "0.13"), (0.0001, "0.01"), (-0.004, "0.01"), (0.0, "0.00")],
)
def test_a_change_is_never_shown_as_none(change: float, shown: str) -> None:
    assert points(change) == Decimal(shown)


@pytest.mark.parametrize(
    ("monday", "ru", "en"),
    [
        (
            date(2026, 11, 16),
            "Неделя 16–22 ноября 2026 (2026-W47)",
            "Week of 16–22 November 2026 (2026-W47)",
        ),
        (
            date(2026, 11, 30),
            "Неделя 30 ноября – 6 декабря 2026 (2026-W49)",
            "Week of 30 November – 6 December 2026 (2026-W49)",
        ),
        (
            date(2026, 12, 28),
            "Неделя 28 декабря 2026 – 3 января 2027 (2026-W53)",
            "Week of 28 December 2026 – 3 January 2027 (2026-W53)",
        ),
    ],
)
def test_a_week_in_words(monday: date, ru: str, en: str) -> None:
    assert week_title(Week(monday), Language.RU) == ru
    assert week_title(Week(monday), Language.EN) == en
