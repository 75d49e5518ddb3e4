"""Which of the rows are shown: `--below`, `--sort`, `--limit`."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monitor_cli.engine.query import Query
    from monitor_cli.result import Measure, Row


def cut(rows: Iterable[Row], query: Query) -> list[Row]:
    """What `--below`, `--sort` and `--limit` leave, in this order."""
    left = list(rows)
    if query.below is not None:
        left = [
            row for row in left if any(_is_below(one, query.below) for one in row.measures.values())
        ]
    if query.sort is not None:
        left.sort(key=lambda row: _rank(row.measures[query.sort or ""]))
    return left if query.limit is None else left[: query.limit]


def _is_below(one: Measure, percent: Fraction) -> bool:
    return one.exact is not None and 100 * one.exact < percent


def _rank(one: Measure) -> tuple[bool, Fraction]:
    return one.exact is None, one.exact or Fraction(0)
