"""Rows: which are used, and what the others are set aside for («In a row», `dump.md`)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from tests.generative.reference import values

Row = dict[str, Any]
Cells = dict[str, str]

RAGGED = ""
"""A row of cells that has this column is a line with too many or too few cells."""

# The tables in the order of `dump.md`, their columns, and what each column holds.
TABLES: dict[str, dict[str, str]] = {
    "schools": {
        "school_id": "id",
        "school": "text",
        "municipality": "text",
        "region": "text",
        "shifts": "int",
        "timezone": "label",
    },
    "classes": {
        "class_id": "id",
        "school_id": "id",
        "class": "text",
        "parallel": "parallel",
        "study_year": "study_year",
        "status": "class_status",
        "shift": "label",
    },
    "staff": {
        "person_id": "id",
        "school_id": "id",
        "name": "text",
        "role": "role",
        "position": "text",
        "is_activated": "bool",
        "activated_at": "event",
        "has_esia_login": "bool",
        "esia_login_at": "event",
        "category": "text",
        "birth_year": "int",
        "active_from": "date",
        "active_to": "date",
    },
    "students": {
        "person_id": "id",
        "school_id": "id",
        "class_id": "id",
        "name": "text",
        "is_activated": "bool",
        "activated_at": "event",
        "active_from": "date",
        "active_to": "date",
    },
    "parents": {
        "person_id": "id",
        "school_id": "id",
        "student_id": "id",
        "name": "text",
        "is_activated": "bool",
        "activated_at": "event",
    },
    "lessons": {
        "lesson_id": "id",
        "class_id": "id",
        "subject": "text",
        "group": "text",
        "teacher_id": "id",
        "substitute_id": "id",
        "date": "date",
        "number": "label",
        "starts_at": "clock",
        "ends_at": "clock",
        "topic": "text",
        "comment": "text",
        "is_conducted": "bool",
        "is_cancelled": "bool",
    },
    "marks": {
        "mark_id": "id",
        "lesson_id": "id",
        "student_id": "id",
        "work_type": "text",
        "value": "text",
        "created_at": "event",
        "updated_at": "event",
    },
    "attendance": {
        "lesson_id": "id",
        "student_id": "id",
        "status": "attendance",
        "created_at": "event",
    },
    "homework": {
        "homework_id": "id",
        "lesson_id": "id",
        "text": "text",
        "has_files": "bool",
        "issued_at": "event",
        "updated_at": "event",
    },
    "diary_views": {"student_id": "id", "viewer_role": "viewer", "viewed_at": "event"},
}

# «Required values of a row»: its key, what it refers to, and what it cannot be counted without.
NEEDED = {
    "schools": ("school_id",),
    "classes": ("class_id", "school_id"),
    "staff": ("person_id", "school_id"),
    "students": ("person_id", "school_id"),
    "parents": ("person_id", "school_id"),
    "lessons": ("lesson_id", "class_id", "date"),
    "marks": ("mark_id", "lesson_id", "created_at"),
    "attendance": ("lesson_id", "student_id", "status"),
    "homework": ("homework_id", "lesson_id", "issued_at"),
    "diary_views": ("student_id", "viewer_role", "viewed_at"),
}
KEYS = {
    "schools": ("school_id",),
    "classes": ("class_id",),
    "staff": ("school_id", "person_id", "role"),
    "students": ("school_id", "person_id", "class_id"),
    "parents": ("school_id", "person_id", "student_id"),
    "lessons": ("lesson_id",),
    "marks": ("lesson_id", "mark_id"),
    "attendance": ("lesson_id", "student_id"),
    "homework": ("lesson_id", "homework_id"),
    "diary_views": (),
}
# Column → the table and the column it must be found in.
SETS_ASIDE = {
    "classes": {"school_id": ("schools", "school_id")},
    "staff": {"school_id": ("schools", "school_id")},
    "students": {"school_id": ("schools", "school_id")},
    "parents": {"school_id": ("schools", "school_id")},
    "lessons": {"class_id": ("classes", "class_id")},
    "marks": {"lesson_id": ("lessons", "lesson_id")},
    "attendance": {"lesson_id": ("lessons", "lesson_id")},
    "homework": {"lesson_id": ("lessons", "lesson_id")},
    "diary_views": {"student_id": ("students", "person_id")},
}
ONLY_WARNS = {
    "students": {"class_id": ("classes", "class_id")},
    "parents": {"student_id": ("students", "person_id")},
    "lessons": {"teacher_id": ("staff", "person_id"), "substitute_id": ("staff", "person_id")},
    "marks": {"student_id": ("students", "person_id")},
    "attendance": {"student_id": ("students", "person_id")},
}


@dataclass(slots=True)
class Dump:
    """The used rows of every table that is there, and what became of the others."""

    rows: dict[str, list[Row]]
    columns: dict[str, set[str]]
    problems: list[dict[str, str | int]]
    warnings: set[str]

    def has(self, table: str, column: str) -> bool:
        """Whether the table has the column."""
        return column in self.columns.get(table, ())


class _Bad(Exception):  # noqa: N818
    """A cell that does not parse; its argument is the reason."""


def check(tables: dict[str, list[Cells]], columns: dict[str, list[str]], read: set[str]) -> Dump:
    """Sort the rows of the tables in `read` into used ones and counted ones."""
    dump = Dump({}, {}, [], set())
    for table, kinds in TABLES.items():
        if table not in tables or table not in read:
            continue
        lines = tables[table]
        present = set(columns.get(table, ())).union(*lines) & set(kinds)
        dump.columns[table] = present
        reasons: Counter[str] = Counter()
        parsed = _parsed(table, lines, present, reasons)
        standing = _distinct(table, parsed, reasons)
        dump.rows[table] = _referring(table, standing, dump, reasons)
        dump.problems += [
            {"table": table, "reason": reason, "rows": reasons[reason]}
            for reason in sorted(reasons)
        ]
    return dump


def _parsed(
    table: str, lines: list[Cells], present: set[str], reasons: Counter[str]
) -> list[tuple[Cells, Row]]:
    """(1) ragged lines, (2) missing required values, (3) values that do not parse."""
    good = []
    for line in lines:
        if RAGGED in line:
            reasons["ragged_line"] += 1
            continue
        cells = {column: line.get(column, "").strip() for column in present}
        if any(cells[column] in values.MISSING for column in NEEDED[table]):
            reasons["missing_value"] += 1
            continue
        try:
            row = {
                column: _value(kind, cells.get(column, ""))
                for column, kind in TABLES[table].items()
            }
        except _Bad as bad:
            reasons[str(bad)] += 1
            continue
        if table == "classes":
            row["parallel"] = values.parallel(cells.get("parallel", ""), cells.get("class", ""))
        if table == "staff":
            row["role_known"] = cells.get("role", "").casefold() in {*values.ROLES, *values.MISSING}
        good.append((cells, row))
    return good


def _value(kind: str, text: str) -> object:
    """The value of a cell; `_Bad` with the reason where it has none."""
    if kind == "text":
        return text or None
    if kind == "role":  # «whole word; unknown → other», default teacher
        return "teacher" if text in values.MISSING else values.ROLES.get(text.casefold(), "other")
    if text in values.MISSING:
        return False if kind == "bool" else None
    if kind in {"id", "label", "parallel"}:
        return text
    reason, parse = _PARSERS[kind]
    try:
        return parse(text)
    except ValueError as error:
        raise _Bad(reason) from error


_PARSERS: dict[str, Any] = {
    "event": ("bad_timestamp", values.stamp),
    "clock": ("bad_timestamp", values.clock),
    "date": ("bad_date", values.day),
    "int": ("bad_value", int),
    "bool": ("bad_value", values.boolean),
    "study_year": ("bad_value", values.study_year),
    "class_status": ("bad_value", lambda text: values.one_of(text, values.CLASS_STATUSES)),
    "attendance": ("bad_value", lambda text: values.one_of(text, values.ATTENDANCE)),
    "viewer": ("bad_value", lambda text: values.one_of(text, values.VIEWERS)),
}


def _distinct(table: str, rows: list[tuple[Cells, Row]], reasons: Counter[str]) -> list[Row]:
    """(4) a row that repeats another is one row; of rows that share a key the last one stands.

    Values are compared, not their spelling; an empty yes/no is not a «no».
    """
    empty = {column for column, kind in TABLES[table].items() if kind == "bool"}
    once: dict[tuple[object, ...], Row] = {}
    for cells, row in rows:
        said = tuple(
            (row[column], column in empty and cells[column] in values.MISSING)
            for column in sorted(cells)
        )
        once.pop(said, None)
        once[said] = row
    reasons["repeated"] += len(rows) - len(once)
    standing = list(once.values())
    if KEYS[table]:
        by_key = {tuple(row[column] for column in KEYS[table]): row for row in standing}
        reasons["duplicate_key"] += len(standing) - len(by_key)
        standing = list(by_key.values())
    for reason in ("repeated", "duplicate_key"):
        if not reasons[reason]:
            del reasons[reason]
    return standing


def _referring(table: str, rows: list[Row], dump: Dump, reasons: Counter[str]) -> list[Row]:
    """(5) references to nothing: some set the row aside, some only warn."""

    def dangling(row: Row, references: dict[str, tuple[str, str]]) -> bool:
        return any(
            row[column] is not None and target in known and row[column] not in known[target]
            for column, target in references.items()
        )

    known = {
        (other, column): {row[column] for row in dump.rows[other]}
        for other, column in {
            *SETS_ASIDE.get(table, {}).values(),
            *ONLY_WARNS.get(table, {}).values(),
        }
        if other in dump.rows
    }
    used = []
    for row in rows:
        if dangling(row, SETS_ASIDE.get(table, {})):
            reasons["unknown_reference"] += 1
            continue
        used.append(row)
        if dangling(row, ONLY_WARNS.get(table, {})):
            dump.warnings.add("unknown_reference")
        if table == "staff" and not row["role_known"]:
            dump.warnings.add("unknown_role")
    return used
