"""The state at a moment: what had happened by then, and what had not.

The moment is a wall clock's, as the rules are: each school is seen when its own clock shows it.
Without one (`None`) everything in the dump has happened.
"""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.columns import Table
from monitor_cli.language import words
from monitor_cli.result import Notice

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from monitor_cli.dump.dump import Dump
    from monitor_cli.indicators.spec import Indicator
    from monitor_cli.language import Words
    from monitor_cli.settings import Settings

STAMPS = {
    Table.MARKS: "created_at",
    Table.ATTENDANCE: "created_at",
    Table.HOMEWORK: "issued_at",
    Table.DIARY_VIEWS: "viewed_at",
}
"""When the events of a table happened."""
FLAGS = {"is_activated": "activated_at", "has_esia_login": "esia_login_at"}
"""What a flag says that has no time, and the column that says when."""


def happened(stamp: str, as_of: datetime | None) -> pl.Expr:
    """Whether the event of a row had happened; one without a time had, as it stands."""
    if as_of is None:
        return pl.lit(value=True)
    return (pl.col(stamp) <= as_of).fill_null(value=True)


def seen(rows: pl.DataFrame, stamp: str, as_of: datetime | None) -> pl.DataFrame:
    """The rows whose event had happened."""
    return rows if as_of is None else rows.filter(happened(stamp, as_of))


def ended(as_of: datetime) -> pl.Expr:
    """Whether a lesson (`ends`, `date`) had ended; without times, whether its day had come.

    `dump.md` gives lessons a day and, perhaps, hours.
    """
    return pl.coalesce(pl.col("ends") <= as_of, pl.col("date") <= as_of.date())


def state(as_of: datetime) -> Words:
    """«ЧАСТИЧНО: состояние на 18.11.2026 12:00», or «… на конец 18.11.2026»."""
    day = as_of.date()
    if as_of.time() == time.max:
        return words(
            f"ЧАСТИЧНО: состояние на конец {day:%d.%m.%Y}",
            f"PARTIAL: the state at the end of {day}",
        )
    clock = as_of.strftime("%H:%M:%S").removesuffix(":00")
    return words(
        f"ЧАСТИЧНО: состояние на {day:%d.%m.%Y} {clock}", f"PARTIAL: the state on {day} at {clock}"
    )


def undated(
    dump: Dump, indicators: Sequence[Indicator], rules: Settings, as_of: datetime | None
) -> list[Notice]:
    """Say which facts have no time of their own and so are taken as they stand."""
    if as_of is None:
        return []
    names = dict.fromkeys(
        str(one)
        for item in indicators
        for one in item.decides_by(rules)
        if one.table in dump.tables
        and one.column in dump.tables[one.table].columns
        and not _is_dated(dump, one.table, one.column)
    )
    if not names:
        return []
    listed = ", ".join(names)
    return [
        Notice(
            "undated_facts",
            words(
                f"без времени, взято как в выгрузке: {listed}",
                f"these have no time and are taken as they stand: {listed}",
            ),
        )
    ]


def _is_dated(dump: Dump, table: Table, column: str) -> bool:
    """Whether the dump says when what the column tells had happened.

    The number of a lesson is of its timetable, which is taken whole.
    """
    if column == "number":
        return True
    stamp = STAMPS.get(table) or FLAGS.get(column, column)
    return stamp.endswith("_at") and stamp in dump.tables[table].columns
