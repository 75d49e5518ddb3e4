"""Wear and tear: tables and columns that are missing, rows that are faulty or stand there twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from tests.generative.reference import values
from tests.generative.reference.tables import (
    KEYS,
    NEEDED,
    ONLY_WARNS,
    RAGGED,
    SETS_ASIDE,
    TABLES,
)

if TYPE_CHECKING:
    from collections.abc import Collection

Cells = dict[str, str]
Tables = dict[str, list[Cells]]

OPTIONAL_TABLES = (
    "staff",
    "students",
    "parents",
    "marks",
    "attendance",
    "homework",
    "diary_views",
)
REGISTERS = ("schools", "classes", "staff", "students", "parents")
# Columns that a structural fault would be made of.
REQUIRED_COLUMNS = {
    "schools": {"school_id"},
    "classes": {"class_id", "school_id"},
    "staff": {"person_id", "school_id"},
    "students": {"person_id", "school_id"},
    "parents": {"person_id", "school_id"},
    "lessons": {"lesson_id", "class_id", "subject", "date"},
    "marks": {"mark_id", "lesson_id", "student_id", "work_type", "created_at"},
    "attendance": {"lesson_id", "student_id", "status"},
    "homework": {"homework_id", "lesson_id", "issued_at"},
    "diary_views": {"student_id", "viewer_role", "viewed_at"},
}
OPTIONAL_COLUMNS = [
    (table, column)
    for table, columns in TABLES.items()
    for column in columns
    if column not in REQUIRED_COLUMNS[table]
]
# What goes together: half of it is partial evidence, all of it none.
_ACTIVATION = ("is_activated", "activated_at")
COLUMN_GROUPS = [
    *(((table, column),) for table, column in OPTIONAL_COLUMNS),
    *(
        tuple((table, column) for column in _ACTIVATION)
        for table in ("staff", "students", "parents")
        for _ in range(3)
    ),
    *((("staff", "has_esia_login"), ("staff", "esia_login_at")) for _ in range(3)),
    *((("lessons", column),) for column in ("topic", "comment", "is_conducted") for _ in range(3)),
    *((("staff", "category"),) for _ in range(3)),
    *((("homework", "text"),) for _ in range(3)),
    (("lessons", "starts_at"), ("lessons", "ends_at")),
]
BAD = {
    "event": ("вчера", "2026-13-45 10:00", "31.02.2026 10:00", "2026-11-17 25:00"),
    "clock": ("утром", "25:00"),
    "date": ("32.11.2026", "понедельник"),
    "bool": ("может быть",),
    "int": ("две",),
    "class_status": ("непонятно",),
    "attendance": ("непонятно",),
    "viewer": ("непонятно",),
}
# A column in which a second row of the same key differs from the first.
DIFFERS_IN = {
    "lessons": ({"topic": "Другая тема"}, {"number": "9"}),
    "marks": ({"work_type": "Тест"}, {"value": "2"}),
    "attendance": ({"status": "late"}, {"created_at": "2026-11-17 09:00:00"}),
    "homework": ({"text": "Другое задание"}, {"has_files": "+"}),
}
KINDS = ("bad", "missing", "orphan", "repeated", "variant", "ragged")


# What may go wrong with a dump; tables and columns are told by number, counted round.
_FAULT = st.tuples(
    st.sampled_from(KINDS),
    # A fault of a school or a class takes everything with it: those more seldom.
    st.sampled_from([*TABLES, *(table for table in TABLES if table not in REGISTERS[:2])]),
    st.integers(0, 15),
    st.integers(0, 15),
)
PLAN = st.fixed_dictionaries(
    {
        "tables": st.one_of(
            st.just(()), st.just(()), st.lists(st.sampled_from(OPTIONAL_TABLES), max_size=2)
        ),
        "columns": st.one_of(
            st.just(()), st.lists(st.sampled_from(COLUMN_GROUPS), min_size=1, max_size=3)
        ),
        # A table that is there and empty is data.
        "emptied": st.sampled_from([()] * 30 + [(table,) for table in TABLES]),
        # One fault of a kind a table: two rows that lose their key could come to share one.
        "rows": st.lists(_FAULT, max_size=6, unique_by=lambda fault: fault[:2]),
    }
)


def worn(
    plan: dict[str, Any], tables: Tables, unknown: str, kept: Collection[tuple[str, str]]
) -> tuple[Tables, dict[str, list[str]]]:
    """The tables with faults, and the columns that each still has.

    `unknown` is an id that nothing has; `kept` are columns that must stay.
    """
    without = {column for group in plan["columns"] for column in group} - set(kept)
    left = {
        table: [] if table in plan["emptied"] else [dict(row) for row in rows]
        for table, rows in tables.items()
        if table not in plan["tables"]
    }
    columns = {
        table: [column for column in TABLES[table] if (table, column) not in without]
        for table in left
    }
    planned = [fault for fault in plan["rows"] if fault[1] in left]
    _spoil_all(left, planned, columns, unknown)
    for table, rows in left.items():
        kept_cells = [
            {column: row[column] for column in (*columns[table], RAGGED) if column in row}
            for row in rows
        ]
        left[table] = _one_a_key(table, kept_cells) if table in REGISTERS else kept_cells
    for kind, table, which, _ in planned:
        if kind == "repeated" and left[table]:
            _repeat(left[table], which % len(left[table]))
    return left, columns


def _spoil_all(
    tables: Tables,
    planned: list[tuple[str, str, int, int]],
    columns: dict[str, list[str]],
    unknown: str,
) -> None:
    """One fault a row at most: which of two comes first is told by the hand-written tests."""
    spoiled: list[Cells] = []
    for kind, table, which, how in planned:
        rows = tables[table]
        if not rows or any(rows[which % len(rows)] is row for row in spoiled):
            continue
        place = which % len(rows)
        row = rows[place]
        spoiled.append(row)
        if kind == "bad":
            _make_bad(row, table, columns[table], how)
        elif kind == "missing":
            row[NEEDED[table][how % len(NEEDED[table])]] = ("", "-", "н/д", "null", "—")[how % 5]
        elif kind == "orphan":
            references = {**SETS_ASIDE.get(table, {}), **ONLY_WARNS.get(table, {})}
            left = [column for column in references if column in columns[table]]
            if left:
                row[left[how % len(left)]] = unknown
        elif kind == "ragged":
            row[RAGGED] = "long" if how % 2 else "short"
        elif kind == "variant" and table in DIFFERS_IN:
            other = {**row, **DIFFERS_IN[table][how // 2 % 2]}
            spoiled.append(other)
            rows.insert(place + how % 2, other)


def _make_bad(row: Cells, table: str, columns: list[str], how: int) -> None:
    """Put a text that does not parse into one of the columns that are parsed."""
    kinds = sorted({TABLES[table][column] for column in columns} & set(BAD))
    if kinds:
        kind = kinds[how % len(kinds)]
        parsed = [column for column in columns if TABLES[table][column] == kind]
        row[parsed[how // len(kinds) % len(parsed)]] = BAD[kind][how % len(BAD[kind])]


def _repeat(rows: list[Cells], place: int) -> None:
    """The same row once more; blanks at its end do not matter."""
    copy = dict(rows[place])
    if RAGGED not in copy:
        last = list(copy)[-1]
        copy[last] += " " if copy[last] else ""
    rows.insert(place + 1, copy)


def _one_a_key(table: str, rows: list[Cells]) -> list[Cells]:
    """A register without rows that share a key: those are a structural fault."""
    seen = set()
    left = []
    for row in rows:
        key = tuple(
            values.ROLES.get(row.get(column, "").casefold() or "teacher", "other")
            if column == "role"
            else row.get(column, "")
            for column in KEYS[table]
        )
        if key not in seen:
            seen.add(key)
            left.append(row)
    return left
