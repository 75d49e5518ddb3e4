"""What of `monitor grades` a dump cannot tell, and what is said of that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor_cli.columns import Table
from monitor_cli.language import words
from monitor_cli.reports import told
from monitor_cli.result import Notice

if TYPE_CHECKING:
    from monitor_cli.dump.dump import Dump
    from monitor_cli.reports.grades.final import Final


def has_final(dump: Dump) -> bool:
    """Whether there is a table of final marks."""
    return Table.FINAL_MARKS in dump.tables


def has_current(dump: Dump) -> bool:
    """Whether there are current marks with what they are."""
    return Table.MARKS in dump.tables and "value" in dump.tables[Table.MARKS].columns


def has_attendance(dump: Dump) -> bool:
    """Whether there are absences, and students who could be absent."""
    return Table.ATTENDANCE in dump.tables and Table.STUDENTS in dump.tables


def notices(dump: Dump, *, by_final: bool) -> list[Notice]:
    """What is not available, for want of a table or a column."""
    said = []
    attainment = words("успеваемость", "attainment")
    written = words("текущие отметки", "current marks")
    if by_final and not has_final(dump):
        said.append(told.missing(Table.FINAL_MARKS, attainment))
    if Table.MARKS not in dump.tables:
        said.append(told.missing(Table.MARKS, written if by_final else attainment))
    elif not has_current(dump):
        values = words("сами отметки", "what the marks are")
        said.append(told.without_column("marks.value", values))
    present = words("посещаемость", "attendance")
    said += [
        told.missing(table, present)
        for table in (Table.ATTENDANCE, Table.STUDENTS)
        if table not in dump.tables
    ]
    return said


def of_final(found: Final) -> list[Notice]:
    """Rows of final marks that are not counted."""
    said = []
    if found.again:
        said.append(
            Notice(
                "final_mark_again",
                words(
                    f"final_marks: строк, вместо которых взята более поздняя о том же ученике, "
                    f"предмете и периоде: {found.again}",
                    f"final_marks: rows that a later one of the same student, subject and period "
                    f"stands for: {found.again}",
                ),
                "final_marks",
                rows=found.again,
            )
        )
    if found.nowhere:
        said.append(
            Notice(
                "final_mark_nowhere",
                words(
                    f"final_marks: строк, у которых неизвестны и класс, и ученик: {found.nowhere}; "
                    "они не посчитаны",
                    f"final_marks: rows whose class and student are both unknown: {found.nowhere}; "
                    "they are not counted",
                ),
                "final_marks",
                rows=found.nowhere,
            )
        )
    return said
