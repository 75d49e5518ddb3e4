"""Faulty rows beside the good ones, as many of each kind as are counted: nothing else changes.

Every faulty row is a copy of a good one, behind it, with one thing wrong; copies that are not set
aside as repeated have an id or a key that no row refers to. So the indicators of a spoilt dump are
those of the clean one. Source of the kinds: `dump.md`, «What can be wrong with it».
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.columns import Table
from monitor_cli.sampling.chance import part
from monitor_cli.sampling.plan import DAY, MILLION, MINUTE

if TYPE_CHECKING:
    from collections import Counter

    from monitor_cli.sampling.plan import Plan

_LATER_DAYS = 65_745
"""180 years: a slip of the key in the year."""
_ROW = "__row"
_BAD, _ORPHAN, _NOBODY = 1, 2, 3
"""How far behind a given id the invented ones stand."""


def _corrected(column: str) -> pl.Expr:
    return pl.col(column) + pl.lit(" (исправлено)")


def _behind(column: str, distance: int) -> pl.Expr:
    return pl.col(column) + distance


_OTHER_GRADE = pl.when(pl.col("value") == "5").then(pl.lit("4")).otherwise(pl.lit("5"))
_SAME: dict[str, pl.Expr] = {}
_KINDS: dict[Table, dict[str, dict[str, pl.Expr]]] = {
    Table.LESSONS: {
        "bad_date": {"lesson_id": _behind("lesson_id", _BAD), "date": pl.col("date") + _LATER_DAYS},
        "duplicate_key": {"topic": _corrected("topic")},
        "repeated": _SAME,
        "unknown_reference": {
            "lesson_id": _behind("lesson_id", _ORPHAN),
            "class_id": _behind("class_id", _NOBODY),
        },
    },
    Table.MARKS: {
        "bad_timestamp": {
            "mark_id": _behind("mark_id", _BAD),
            "created_at": pl.col("created_at") + _LATER_DAYS * DAY,
        },
        "duplicate_key": {"value": _OTHER_GRADE},
        "repeated": _SAME,
        "unknown_reference": {"lesson_id": _behind("lesson_id", _NOBODY)},
    },
    Table.ATTENDANCE: {
        "bad_value": {"status": pl.lit("?")},
        "duplicate_key": {"created_at": pl.col("created_at") + MINUTE},
        "repeated": _SAME,
        "unknown_reference": {"lesson_id": _behind("lesson_id", _NOBODY)},
    },
    Table.HOMEWORK: {
        "bad_timestamp": {
            "homework_id": _behind("homework_id", _BAD),
            "issued_at": pl.col("issued_at") + _LATER_DAYS * DAY,
        },
        "duplicate_key": {"text": _corrected("text")},
        "repeated": _SAME,
        "unknown_reference": {"lesson_id": _behind("lesson_id", _NOBODY)},
    },
    Table.DIARY_VIEWS: {
        "bad_timestamp": {"viewed_at": pl.col("viewed_at") + _LATER_DAYS * DAY},
        "bad_value": {"viewer_role": pl.lit("Гость")},
        "repeated": _SAME,
        "unknown_reference": {"student_id": _behind("student_id", _NOBODY)},
    },
}
"""What is changed in the copy, by the reason under which it will be set aside."""
_KEYS: dict[Table, pl.Expr] = {
    Table.LESSONS: pl.col("lesson_id"),
    Table.MARKS: pl.col("mark_id"),
    Table.ATTENDANCE: pl.col("lesson_id") * 8191 + pl.col("student_id"),
    Table.HOMEWORK: pl.col("homework_id"),
    Table.DIARY_VIEWS: pl.col("student_id") * (1 << 22) + pl.col("viewed_at"),
}


def spoil(
    plan: Plan, table: Table, frame: pl.DataFrame, made: Counter[tuple[Table, str]]
) -> pl.DataFrame:
    """The rows of a table and, behind some of them, faulty copies; `made` counts those."""
    kinds = _KINDS.get(table)
    if kinds is None or not plan.faults:
        return frame
    draw = plan.dice.draw(f"fault in {table}", _KEYS[table])
    rows = frame.with_columns(pl.int_range(pl.len(), dtype=pl.Int64).alias(_ROW))
    chosen = rows.with_columns(__fault=draw).filter(
        part(pl.col("__fault"), 1, MILLION) < plan.faults
    )
    chosen = chosen.with_columns(part(pl.col("__fault"), MILLION, len(kinds)))
    copies = []
    for which, (reason, changes) in enumerate(kinds.items()):
        mine = chosen.filter(pl.col("__fault") == which).drop("__fault")
        for name in changes:
            mine = mine.filter(pl.col(name).is_not_null())
        copies.append(mine.with_columns(**changes))
        made[table, reason] += mine.height
    return pl.concat([rows, *copies]).sort(_ROW, maintain_order=True).drop(_ROW)
