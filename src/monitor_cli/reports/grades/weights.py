"""The weights of marks in the СОУ of Simonov, and how an average becomes a mark."""

from __future__ import annotations

from typing import TypeVar

import polars as pl

from monitor_cli.reports.grades.written import FAILED, LEAST, MOST

N = TypeVar("N", int, pl.Expr)

HUNDREDTHS = {mark: 100 * max(mark, FAILED) ** 2 // MOST**2 for mark in range(LEAST, MOST + 1)}
"""What a mark weighs in the degree of learning (СОУ), in hundredths: (mark / 5)², as V. P. Simonov
has it: 5 → 100, 4 → 64, 3 → 36, 2 → 16. A «1» weighs as a «2»."""


def rounded_mark(total: N, count: N) -> N:
    """The mark that an average of `total / count` makes: to the nearest, halves up (3.5 is a 4)."""
    return (2 * total + count) // (2 * count)
