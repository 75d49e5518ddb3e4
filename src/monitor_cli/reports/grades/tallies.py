"""Columns of marks as they are written → numbers; numbers of a place → shares, average, СОУ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.reports.grades.weights import HUNDREDTHS
from monitor_cli.reports.grades.written import FAILED, GOOD, LEAST, MOST, read
from monitor_cli.reports.numbers import quotient

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Final

OF_MARKS: Final = {mark: f"marks_{mark}" for mark in range(MOST, LEAST - 1, -1)}
"""The columns that count marks of each kind, from the best."""
OF_WORDS: Final = ("passed", "not_passed", "not_attested", "other")
COUNTS: Final = (*OF_MARKS.values(), *OF_WORDS)
"""What is counted of a cell, and so of a place."""
OUTCOMES: Final = ("students", "without_two", "four_five", "students_not_attested")
"""What is counted of the students of a place."""


def tally(texts: pl.Series) -> pl.DataFrame:
    """What each of some texts says: a row a text, with Int64 columns `COUNTS`."""
    found = [read(text) for text in texts]
    counts = {name: [one.marks.count(mark) for one in found] for mark, name in OF_MARKS.items()}
    said = {name: [getattr(one, name) for one in found] for name in OF_WORDS}
    return pl.DataFrame({**counts, **said}, schema=dict.fromkeys(COUNTS, pl.Int64))


def numbered(texts: pl.Series) -> tuple[pl.Series, pl.DataFrame]:
    """The number of each row's text among the different ones, and the tally of these."""
    different = texts.cast(pl.String).unique()
    numbers = pl.int_range(len(different), dtype=pl.UInt32, eager=True)
    # Of a column without rows `return_dtype` is not heeded.
    code = texts.replace_strict(different, numbers, return_dtype=pl.UInt32).cast(pl.UInt32)
    return code, tally(different)


def marks_in_all() -> pl.Expr:
    """How many marks there are."""
    return pl.sum_horizontal(OF_MARKS.values())


def failed() -> pl.Expr:
    """How many of them are unsatisfactory."""
    return pl.sum_horizontal(name for mark, name in OF_MARKS.items() if mark <= FAILED)


def good() -> pl.Expr:
    """How many of them are a «4» or a «5»."""
    return pl.sum_horizontal(name for mark, name in OF_MARKS.items() if mark >= GOOD)


def outcomes(units: pl.DataFrame, keys: Iterable[str]) -> pl.DataFrame:
    """Sum up the outcomes of students in subjects: a row a place, `COUNTS` and `OUTCOMES`, Int64.

    A student with a mark is one of `students`. Without a «2» counts who has none in any subject;
    «4» and «5» only, who has no other mark, no «н/а» and no «незач». A student without any mark is
    in neither, but in `students_not_attested` if there is a «н/а».

    Args:
        units: `keys`, `student_id`, and `COUNTS`.
        keys: what names a place.
    """
    names = [*keys]
    by_student = units.lazy().group_by([*names, "student_id"]).agg(pl.col(COUNTS).sum())
    marked = marks_in_all() > 0
    broken = pl.col("not_attested") + pl.col("not_passed")
    return (
        by_student.select(
            *names,
            *COUNTS,
            students=marked,
            without_two=marked & (failed() == 0),
            four_five=marked & (good() == marks_in_all()) & (broken == 0),
            students_not_attested=pl.col("not_attested") > 0,
        )
        .group_by(names)
        .agg(pl.col(*COUNTS, *OUTCOMES).cast(pl.Int64).sum())
        .collect()
    )


def marks_of(row: Mapping[str, object]) -> dict[int, int]:
    """How many marks of each kind a place has; 0 where nothing is known."""
    counts = {mark: row[name] for mark, name in OF_MARKS.items()}
    return {mark: count for mark, count in counts.items() if isinstance(count, int)}


def average(marks: Mapping[int, int]) -> float | None:
    """The mean of marks."""
    return quotient(sum(mark * count for mark, count in marks.items()), sum(marks.values()))


def degree(marks: Mapping[int, int]) -> float | None:
    """СОУ in per cent, divided last."""
    total = sum(HUNDREDTHS[mark] * count for mark, count in marks.items())
    return quotient(total, sum(marks.values()))
