"""What reports over a period of lessons say alike: whether the dump has lessons of it at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor_cli.language import words
from monitor_cli.result import Notice

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from monitor_cli.reports.asked import Asked


def is_covered(asked: Asked, covered: Collection[date]) -> bool:
    """Whether the dump has a lesson row in some week of the period (`indicators.md`, «Covered»)."""
    return any(week.monday in covered for week in asked.weeks)


def not_covered(asked: Asked, covered: Collection[date]) -> list[Notice]:
    """Say that it has none, and which weeks it has."""
    if is_covered(asked, covered):
        return []
    known = ", ".join(monday.isoformat() for monday in sorted(covered))
    return [
        Notice(
            "not_covered",
            words(
                f"в выгрузке нет уроков {asked.first.isoformat()} – {asked.last.isoformat()}; "
                f"есть недели с понедельника: {known or 'ни одной'}",
                f"the dump has no lessons of {asked.first.isoformat()} – {asked.last.isoformat()}; "
                f"it covers the weeks of: {known or 'none'}",
            ),
        )
    ]


def without(column: str, wanting_ru: str, wanting_en: str) -> Notice:
    """Say that something is not available for want of a column."""
    return Notice(
        "missing_column",
        words(
            f"нет колонки {column}: н/д – {wanting_ru}",
            f"no column {column}: not available – {wanting_en}",
        ),
    )
