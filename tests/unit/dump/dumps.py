"""Small invented dumps, written table by table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor_cli.columns import SHAPES, Table
from monitor_cli.dump.dump import Dump, ReadOptions, load

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import polars as pl

SCHOOLS = "school_id,municipality,timezone\n1,Озёрный,\n2,Лесной,Asia/Yekaterinburg\n"
CLASSES = "class_id,school_id,class\n10,1,5А\n20,2,10Б\n"
LESSONS = "lesson_id,class_id,subject,date\n100,10,Алгебра,2026-11-16\n200,20,Физика,17.11.2026\n"
STUDENTS = "person_id,school_id,class_id\n7,1,10\n8,2,20\n9,1,\n9,2,20\n"
MARKS_HEADER = "mark_id,lesson_id,student_id,work_type,created_at"
MARKS = f"{MARKS_HEADER}\n1,100,7,Поведение,2026-11-16 20:59:59\n"

REQUIRED: Mapping[str, str] = {
    "schools.csv": SCHOOLS,
    "classes.csv": CLASSES,
    "lessons.csv": LESSONS,
}
ALL_COLUMNS: Mapping[Table, frozenset[str]] = {
    table: frozenset(shape.columns) for table, shape in SHAPES.items()
}


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write the required tables, and `files` beside or instead of them."""
    for name, content in {**REQUIRED, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def loaded(
    folder: Path,
    files: Mapping[str, str | bytes] | None = None,
    options: ReadOptions | None = None,
    wanted: Mapping[Table, frozenset[str]] = ALL_COLUMNS,
) -> Dump:
    """Write a dump and load all of it."""
    return load(write(folder, files or {}), wanted, options or ReadOptions())


def marks(rows: Iterable[str]) -> str:
    """A table of marks."""
    return "\n".join((MARKS_HEADER, *rows, ""))


def frame(dump: Dump, table: Table) -> pl.DataFrame:
    """The used rows of a table."""
    return dump.tables[table].frame.collect()


def column(dump: Dump, table: Table, name: str) -> list[object]:
    """The values of a column in the used rows of a table."""
    return frame(dump, table)[name].to_list()


def reasons(dump: Dump, table: Table) -> dict[str, int]:
    """Reason → rows, of a table."""
    return {reason: rows for name, reason, rows in dump.problems if name == table}
