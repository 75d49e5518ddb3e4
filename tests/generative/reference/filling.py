"""«Сведения о наполнении данными» in plain Python, row by row."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Any

from tests.generative.reference import rules as ruling
from tests.generative.reference.tables import Cells, check
from tests.generative.reference.tables import Row as Used
from tests.generative.reference.workload import monday_of
from tests.generative.reference.world import Lesson, World

READ = {
    "schools",
    "classes",
    "staff",
    "students",
    "parents",
    "lessons",
    "marks",
    "attendance",
    "homework",
    "diary_views",
}
# A share → of what, what is missing of it, and the table and columns that tell.
SHARES = {
    "students_in_class": ("students", "students_without_class", "students", ("class_id",)),
    "students_with_parent": ("students", "students_without_parent", "parents", ("student_id",)),
    "staff_with_position": ("staff", "staff_without_position", "staff", ("position",)),
    "staff_with_birth_year": ("staff", "staff_without_birth_year", "staff", ("birth_year",)),
    "teachers_with_category": ("teachers", "teachers_without_category", "staff", ("category",)),
    "lessons_with_teacher": (
        "lessons",
        "lessons_without_teacher",
        "lessons",
        ("teacher_id", "substitute_id"),
    ),
    "lessons_with_topic": ("lessons", "lessons_without_topic", "lessons", ("topic",)),
    "lessons_with_number": ("lessons", "lessons_without_number", "lessons", ("number",)),
    "lessons_with_times": ("lessons", "lessons_without_times", "lessons", ("starts_at", "ends_at")),
    "subjects_with_marks": ("subjects", "subjects_without_marks", "marks", ()),
    "classes_with_lessons": ("classes", "classes_without_lessons", "lessons", ()),
}
OF_PERIOD = {"lessons", "subjects"}
FROM = {
    "students": "students",
    "staff": "staff",
    "teachers": "staff",
    "lessons": "lessons",
    "subjects": "lessons",
    "classes": "classes",
}
LAST = {
    "last_mark": ("marks", ("created_at", "updated_at")),
    "last_attendance": ("attendance", ("created_at",)),
    "last_homework": ("homework", ("issued_at", "updated_at")),
}
Row = dict[str, Any]


class Filling:
    """What the data of a school are for the days from `first` to `last`."""

    def __init__(self, world: World, first: date, last: date) -> None:
        self.world = world
        self.first, self.last = first, last
        self.monday = monday_of(last)
        mondays = {monday_of(first + timedelta(days=day)) for day in range((last - first).days + 1)}
        self.covered = any(world.covered(monday) for monday in mondays)

    def counts(self, school_id: str) -> Row:
        """All numbers of a school."""
        lessons = self.lessons(school_id)
        subjects = {one.subject for one in lessons if one.subject is not None}
        marked = {one.subject for one in lessons if one.marks}
        classes = {
            group["class_id"]
            for group in self.world.classes.values()
            if group["school_id"] == school_id and self.world.active(group, self.monday)
        }
        students = _people(self.counted("students", school_id))
        named = {
            row["student_id"]
            for row in self.world.dump.rows.get("parents", ())
            if row["school_id"] == school_id
        }
        staff = _people(self.counted("staff", school_id))
        teachers = {
            person: found
            for person, found in staff.items()
            if any(row["role"] == "teacher" for row in found)
        }
        return {
            "students": len(students),
            "students_without_class": sum(
                not any(self.world.class_of(row) for row in found) for found in students.values()
            ),
            "students_without_parent": len(students.keys() - named),
            "staff": len(staff),
            "staff_without_position": _lacking(staff, "position"),
            "staff_without_birth_year": _lacking(staff, "birth_year"),
            "teachers": len(teachers),
            "teachers_without_category": _lacking(teachers, "category"),
            "lessons": len(lessons),
            "lessons_without_teacher": sum(one.teacher_id is None for one in lessons),
            "lessons_without_topic": sum(one.row["topic"] is None for one in lessons),
            "lessons_without_number": sum(one.row["number"] is None for one in lessons),
            "lessons_without_times": sum(self.world.end(one) is None for one in lessons),
            "subjects": len(subjects),
            "subjects_without_marks": len(subjects - marked),
            "classes": len(classes),
            "classes_without_lessons": len(classes - {one.class_id for one in lessons}),
        }

    def counted(self, table: str, school_id: str) -> list[Used]:
        """The counted rows of people at a school."""
        rows = self.world.counted(table, self.monday)
        return [row for row in rows if row["school_id"] == school_id]

    def lessons(self, school_id: str) -> list[Lesson]:
        """The lessons of the days."""
        return [
            one
            for one in self.world.lessons
            if one.school_id == school_id
            and not one.cancelled
            and self.first <= one.day <= self.last
        ]

    def unknown(self) -> set[str]:
        """The numbers that the dump cannot tell."""
        dump, found = self.world.dump, set()
        for of, without, table, columns in SHARES.values():
            if FROM[of] not in dump.rows:
                found |= {of, without}
            told = table in dump.rows and (
                not columns or any(dump.has(table, column) for column in columns)
            )
            if not told:
                found.add(without)
            if not self.covered and (of in OF_PERIOD or without == "classes_without_lessons"):
                found |= {without} | ({of} if of in OF_PERIOD else set())
        return found

    def moments(self, school_id: str) -> Row:
        """The last entries."""
        found: Row = {}
        lists = {"marks": "marks", "attendance": "absences", "homework": "homework"}
        for name, (table, stamps) in LAST.items():
            found[name] = max(
                (
                    self.world.local(row[stamp], school_id)
                    for lesson in self.lessons(school_id)
                    for row in getattr(lesson, lists[table])
                    for stamp in stamps
                    if row[stamp] is not None
                ),
                default=None,
            )
        here = {
            row["person_id"]
            for row in self.world.dump.rows.get("students", ())
            if row["school_id"] == school_id
        }
        begins = datetime.combine(self.first, time())
        ends = datetime.combine(self.last + timedelta(days=1), time())
        views = [
            self.world.local(row["viewed_at"], school_id)
            for row in self.world.dump.rows.get("diary_views", ())
            if row["student_id"] in here
        ]
        found["last_view"] = max((at for at in views if begins <= at < ends), default=None)
        return found

    def missing(self, school_id: str) -> str | None:
        """The tables in which the school has no row."""
        lessons = self.lessons(school_id)
        there = {
            table
            for table in ("classes", "staff", "students", "parents")
            if any(row["school_id"] == school_id for row in self.world.dump.rows.get(table, ()))
        }
        there |= {"lessons"} if lessons else set()
        there |= {"marks"} if any(one.marks for one in lessons) else set()
        there |= {"attendance"} if any(one.absences for one in lessons) else set()
        there |= {"homework"} if any(one.homework for one in lessons) else set()
        there |= {"diary_views"} if self.moments(school_id)["last_view"] is not None else set()
        known = ("classes", "staff", "students", "parents", "lessons", "marks", "attendance")
        every = (*known, "homework", "diary_views", "logins")
        names = [name for name in every if name not in there]
        return ", ".join(names) or None


def filling(
    tables: dict[str, list[Cells]],
    first: date,
    last: date,
    *,
    config: ruling.Config | None = None,
    columns: dict[str, list[str]] | None = None,
) -> dict[str, Row]:
    """By school: its numbers, the shares, their mean, the last entries, the tables missing."""
    dump = check(tables, columns or {}, READ)
    made = Filling(World(dump, ruling.merged(config)), first, last)
    return {school_id: _row(made, school_id) for school_id in made.world.schools}


def _row(made: Filling, school_id: str) -> Row:
    row = {**made.counts(school_id), **dict.fromkeys(made.unknown())}
    shares: dict[str, Fraction | None] = {}
    for key, (of, without, _, _) in SHARES.items():
        told = row[without] is not None and bool(row[of])
        shares[key] = Fraction(100 * (row[of] - row[without]), row[of]) if told else None
    there = [one for one in shares.values() if one is not None]
    moments = made.moments(school_id)
    return {
        **row,
        **{key: None if one is None else float(one) for key, one in shares.items()},
        "score": float(sum(there, Fraction(0)) / len(there)) if there else None,
        "shares": len(there),
        "tables_missing": made.missing(school_id),
        **{name: at and at.replace(microsecond=0).isoformat() for name, at in moments.items()},
    }


def _people(rows: list[Used]) -> dict[str, list[Used]]:
    found: dict[str, list[Used]] = {}
    for row in rows:
        found.setdefault(row["person_id"], []).append(row)
    return found


def _lacking(people: dict[str, list[Used]], column: str) -> int:
    return sum(all(row[column] is None for row in rows) for rows in people.values())
