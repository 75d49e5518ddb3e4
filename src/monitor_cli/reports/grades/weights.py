"""Averages and the СОУ of Simonov, in integers until the last division."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from monitor_cli.reports.grades.written import FAILED, LEAST, MOST

if TYPE_CHECKING:
    from collections.abc import Mapping

WEIGHTS = {5: Fraction(1), 4: Fraction(64, 100), 3: Fraction(36, 100), 2: Fraction(16, 100)}
"""What a mark weighs in the degree of learning (СОУ): (mark / 5)², as V. P. Simonov has it."""
HUNDREDTHS = {mark: int(100 * WEIGHTS[max(mark, FAILED)]) for mark in range(LEAST, MOST + 1)}
"""The same a mark, in hundredths; a «1» weighs as a «2»."""


def degree_of_learning(marks: Mapping[int, int]) -> Fraction | None:
    """СОУ in per cent of so many marks of each kind; None without any."""
    count = sum(marks.values())
    if not count:
        return None
    return Fraction(sum(HUNDREDTHS[mark] * number for mark, number in marks.items()), count)


def rounded_mark(total: int, count: int) -> int:
    """The mark that an average of `total / count` makes: to the nearest, halves up (3.5 is a 4)."""
    return (2 * total + count) // (2 * count)
