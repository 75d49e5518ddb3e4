"""Warnings of rows that are used all the same, made from counts, so that counts can be added up."""

from __future__ import annotations

from monitor_cli.language import plural_ru, words
from monitor_cli.result import Notice


def unknown_reference(place: str, target: str, rows: int) -> Notice:
    """The warning for a reference that only warns: `rows` of `place` name nothing in `target`."""
    lines = plural_ru(rows, "строке", "строках", "строках")
    return Notice(
        "unknown_reference",
        words(
            f"{place}: в {rows} {lines} указано то, чего нет в таблице {target}",
            f"{place}: {rows} rows name what the table {target} does not hold",
        ),
        place,
        target,
        rows,
    )


def class_of_another_school(rows: int) -> Notice:
    """The warning for students whose class is there, but at another school."""
    lines = plural_ru(rows, "строке", "строках", "строках")
    return Notice(
        "unknown_reference",
        words(
            f"students.class_id: в {rows} {lines} указан класс другой школы; "
            "такой ученик посчитан в своей школе, но ни в одном классе",
            f"students.class_id: {rows} rows name a class of another school; "
            "such a student is counted at the student's own school, but in no class",
        ),
        place="students.class_id",
        rows=rows,
    )


def unknown_role(rows: int) -> Notice:
    """The warning for roles of staff that are not known and count as «other»."""
    lines = plural_ru(rows, "строке", "строках", "строках")
    return Notice(
        "unknown_role",
        words(
            f"staff.role: в {rows} {lines} неизвестная роль, она считается «other»",
            f"staff.role: {rows} rows have an unknown role, which counts as «other»",
        ),
        place="staff.role",
        rows=rows,
    )
