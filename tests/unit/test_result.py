"""Values, thresholds and bands by exact numbers; rounding that never crosses a line."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from monitor_cli.result import Band, Measure, at_least, rounded

EIGHTY = Fraction(80)


@pytest.mark.parametrize(
    ("numerator", "denominator", "threshold", "shown"),
    [
        (24_999, 25_000, 80, "99.99"),  # 99.996
        (19_999, 25_000, 80, "79.99"),  # 79.996
        (20_001, 25_000, 80, "80.00"),  # 80.004 reached 80, and 80.00 says so
        (25_001, 25_000, 80, "100.01"),  # 100.004
        (1, 25_000, 80, "0.01"),  # 0.004
        (1, 80_000, 80, "0.01"),  # 0.00125
        (0, 7, 80, "0.00"),
        (7, 7, 80, "100.00"),
        (4, 5, 80, "80.00"),
        (1, 3, 80, "33.33"),
        (2, 3, 80, "66.67"),
        (12_345, 100_000, 80, "12.35"),  # 12.345, half up
        (12_335, 100_000, 80, "12.34"),  # 12.335, half up and not half even
        (3, 2, 80, "150.00"),
    ],
)
def test_shown_numbers(numerator: int, denominator: int, threshold: int, shown: str) -> None:
    assert rounded(numerator, denominator, Fraction(threshold)) == Decimal(shown)
    assert str(rounded(numerator, denominator, Fraction(threshold))) == shown


@pytest.mark.parametrize(
    ("numerator", "denominator", "shown"),
    [
        (66_666, 100_000, "66.66"),  # 66.666 under 66.667
        (66_667, 100_000, "66.67"),
        (66_668, 100_000, "66.67"),
    ],
)
def test_a_threshold_with_more_decimals_is_not_crossed(
    numerator: int, denominator: int, shown: str
) -> None:
    threshold = Fraction(66_667, 1000)
    assert rounded(numerator, denominator, threshold) == Decimal(shown)


def test_reaching_is_decided_without_rounding() -> None:
    assert at_least(4, 5, EIGHTY)
    assert not at_least(79_999_999_999, 100_000_000_000, EIGHTY)
    assert at_least(2, 3, Fraction(6_666, 100))
    assert not at_least(2, 3, Fraction(6_667, 100))
    assert at_least(0, 5, Fraction(0))


@pytest.mark.parametrize(
    ("numerator", "band"),
    [
        (80, Band.GREEN),
        (79, Band.YELLOW),
        (50, Band.YELLOW),
        (49, Band.RED),
    ],
)
def test_bands(numerator: int, band: Band) -> None:
    assert Measure(numerator, 100, EIGHTY).band(Fraction(50)) is band


def test_what_is_reached_is_green_even_below_the_red_line() -> None:
    assert Measure(30, 100, Fraction(20)).band(Fraction(50)) is Band.GREEN


@pytest.mark.parametrize("measure", [Measure(0, 0, EIGHTY), Measure(None, None, EIGHTY)])
def test_not_available_is_neither_0_nor_100(measure: Measure) -> None:
    assert measure.value is None
    assert measure.reached is None
    assert measure.shown is None
    assert measure.band(Fraction(50)) is None


def test_the_value_is_one_multiplication_and_one_division() -> None:
    assert Measure(5, 6, EIGHTY).value == 100 * 5 / 6
    assert Measure(7, 7, EIGHTY).value == 100.0
