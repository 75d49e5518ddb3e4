"""The used rows, put where they belong: lessons at classes, marks at lessons, people at schools."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from tests.generative.reference import rules as ruling
from tests.generative.reference import values

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo

    from tests.generative.reference.tables import Dump, Row

MIDNIGHT = time()


@dataclass(slots=True)
class Lesson:
    """A used lesson with what is known of its place."""

    row: Row
    school_id: str
    class_id: str
    parallel: int | None
    teacher_id: str | None
    day: date
    cancelled: bool
    marks: list[Row] = field(default_factory=list)
    absences: list[Row] = field(default_factory=list)
    homework: list[Row] = field(default_factory=list)

    @property
    def subject(self) -> str | None:
        """As it is written."""
        written: str | None = self.row["subject"]
        return written

    @property
    def course(self) -> tuple[str, str, str]:
        """«The same class, subject and group»; «an empty group is a group of its own»."""
        return self.class_id, values.plain(self.row["subject"]), values.plain(self.row["group"])


class World:
    """The dump and the rules, ready to be counted."""

    def __init__(self, dump: Dump, rules: ruling.Config, as_of: datetime | None = None) -> None:
        self.dump = dump
        self.rules = rules
        self.as_of = as_of
        self.source = ruling.source_zone(rules)
        self.schools = {row["school_id"]: row for row in self._rows("schools")}
        for school in self.schools.values():
            for column in ("region", "municipality"):  # «dumps that lack the column»
                if not dump.has("schools", column):
                    school[column] = rules["defaults"][column] or None
        self.zones: dict[str, tzinfo] = {
            key: values.zone(school["timezone"] or rules["timezone"])
            for key, school in self.schools.items()
        }
        self.classes = {row["class_id"]: row for row in self._rows("classes")}
        self.lessons = self._lessons()
        self.courses: dict[tuple[str, str, str], dict[date, list[Lesson]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for lesson in self.lessons:
            if not lesson.cancelled:
                self.courses[lesson.course][lesson.day].append(lesson)
        self.known_students = {row["person_id"] for row in self._rows("students")}
        self.views: dict[str, list[Row]] = defaultdict(list)
        for view in self._rows("diary_views"):
            if view["viewer_role"] in {"parent", "student"}:  # views by staff do not count
                self.views[view["student_id"]].append(view)

    def _rows(self, table: str) -> list[Row]:
        return self.dump.rows.get(table, [])

    def _lessons(self) -> list[Lesson]:
        found = {}
        for row in self._rows("lessons"):
            group = self.classes[row["class_id"]]
            found[row["lesson_id"]] = Lesson(
                row=row,
                school_id=group["school_id"],
                class_id=row["class_id"],
                parallel=group["parallel"],
                teacher_id=row["substitute_id"] or row["teacher_id"],
                day=row["date"],
                cancelled=row["is_cancelled"],
            )
        for row in self._rows("marks"):
            found[row["lesson_id"]].marks.append(row)
        for row in self._rows("attendance"):
            found[row["lesson_id"]].absences.append(row)
        for row in self._rows("homework"):
            found[row["lesson_id"]].homework.append(row)
        return list(found.values())

    # ------------------------------------------------------------------ times

    def local(self, stamp: values.Stamp, school_id: str) -> datetime:
        """«All rules on days and hours are applied in the school's local time.»"""
        return stamp.local(self.zones[school_id], self.source)

    def seen(self, stamp: values.Stamp | None, school_id: str) -> bool:
        """«Events after T are not seen. Facts without a time of their own are taken as they
        stand.»"""
        if self.as_of is None or stamp is None:
            return True
        return self.local(stamp, school_id) <= self.as_of

    def end(self, lesson: Lesson) -> datetime | None:
        """«`ends_at`, else `starts_at` + 40 min»; nothing where the lesson has neither."""
        for column, minutes in (
            ("ends_at", 0),
            ("starts_at", self.rules["timely_homework"]["lesson_minutes"]),
        ):
            at = lesson.row[column]
            if at is not None:
                whole = at if isinstance(at, datetime) else datetime.combine(lesson.day, at)
                return whole + timedelta(minutes=minutes)
        return None

    # ------------------------------------------------------------------ lessons

    def covered(self, monday: date) -> bool:
        """«The dump holds at least one lesson row dated in W, cancelled or not, of any school.»"""
        return any(in_week(lesson.day, monday) for lesson in self.lessons)

    def lessons_of(self, monday: date) -> list[Lesson]:
        """«Lesson of W: its `date` lies in W and it is not cancelled.»"""
        return [
            lesson
            for lesson in self.lessons
            if in_week(lesson.day, monday) and not lesson.cancelled
        ]

    def next_lessons(self, lesson: Lesson) -> list[Lesson]:
        """«The non-cancelled lessons of the course on the nearest later date that has any.»"""
        days = self.courses[lesson.course]
        later = [day for day in days if day > lesson.day]
        return days[min(later)] if later else []

    def active(self, group: Row, monday: date) -> bool:
        """«`status` not archive, and `study_year` empty or the school year of W's Sunday.»"""
        last = sunday(monday)
        year = last.year if last.month >= 9 else last.year - 1
        return group["status"] != "archive" and group["study_year"] in {None, year}

    def shifts(self, school_id: str, monday: date) -> tuple[int, bool]:
        """How many shifts the school has, and whether that is known at all.

        «`shifts` missing: the number of different `classes.shift` of active classes, else 1.»
        """
        own = self.schools[school_id]["shifts"]
        if own is not None:
            return own, True
        different = {
            group["shift"]
            for group in self.classes.values()
            if group["school_id"] == school_id
            and group["shift"] is not None
            and self.active(group, monday)
        }
        return (len(different), True) if different else (1, False)

    # ------------------------------------------------------------------ people

    def counted(self, table: str, monday: date) -> list[Row]:
        """«`active_from` empty or ≤ the Sunday of W, `active_to` empty or ≥ that Sunday.»"""
        last = sunday(monday)
        return [
            row
            for row in self._rows(table)
            if (row["active_from"] is None or row["active_from"] <= last)
            and (row["active_to"] is None or row["active_to"] >= last)
        ]

    def class_of(self, student: Row) -> str | None:
        """The class of a student's row, where it is a class of the row's school."""
        group = self.classes.get(student["class_id"])
        return group["class_id"] if group and group["school_id"] == student["school_id"] else None

    def before_end(self, row: Row, moment: str, tick: str, monday: date) -> bool:
        """«`activated_at` before the end of W where there is one, else `is_activated`, else no.»"""
        at = row[moment]
        if at is None:
            return bool(row[tick])
        if not self.seen(at, row["school_id"]):
            return False
        return self.local(at, row["school_id"]) < midnight(monday + timedelta(days=7))

    def saying_so(self, table: str, moment: str, tick: str, monday: date) -> set[tuple[str, str]]:
        """The (school, person) of whom any row says so, counted or not."""
        return {
            (row["school_id"], row["person_id"])
            for row in self._rows(table)
            if self.before_end(row, moment, tick, monday)
        }

    def with_category(self) -> set[tuple[str, str]]:
        """«Teachers of the highest or first category («высшая…», «первая…»)»."""
        beginnings = tuple(
            values.plain(text) for text in self.rules["teacher_category"]["categories"]
        )
        return {
            (row["school_id"], row["person_id"])
            for row in self._rows("staff")
            if values.plain(row["category"]).startswith(beginnings)
        }

    def parents(
        self, students: Iterable[Row]
    ) -> tuple[set[tuple[str, str]], set[tuple[str, str, str]]]:
        """«Parent at a place»: (school, person) and (school, person, class) of `students`' parents.

        «Counted while at least one child of theirs there is a counted student; without
        `student_id` (or with one that `students` does not know, or without that table) at the
        school only.» `students`: the counted rows.
        """
        here: set[tuple[str, str]] = set()
        classes: dict[tuple[str, str], set[str]] = defaultdict(set)
        for student in students:
            place = student["school_id"], student["person_id"]
            here.add(place)
            group = self.class_of(student)
            if group is not None:
                classes[place].add(group)
        at_schools, at_classes = set(), set()
        for row in self._rows("parents"):
            school, person, child = row["school_id"], row["person_id"], row["student_id"]
            if child not in self.known_students or (school, child) in here:
                at_schools.add((school, person))
            if child in self.known_students:
                at_classes |= {(school, person, group) for group in classes[school, child]}
        return at_schools, at_classes

    def engaged(self, student_id: str, school_id: str, monday: date) -> bool:
        """«Students whose diary a parent and/or the student viewed at least once in W.»"""
        start, end = midnight(monday), midnight(monday + timedelta(days=7))
        return any(
            start <= self.local(view["viewed_at"], school_id) < end
            and self.seen(view["viewed_at"], school_id)
            for view in self.views[student_id]
        )

    def teacher_name(self, school_id: str, person_id: str | None) -> str | None:
        """The last name among the person's rows at the school, else among all of them."""
        mine = [row for row in self._rows("staff") if row["person_id"] == person_id and row["name"]]
        here = [row for row in mine if row["school_id"] == school_id]
        name: str | None = (here or mine)[-1]["name"] if mine else None
        return name


def in_week(day: date, monday: date) -> bool:
    """«Monday 00:00 up to, not including, the next Monday 00:00.»"""
    return monday <= day < monday + timedelta(days=7)


def sunday(monday: date) -> date:
    """The day by which people are counted."""
    return monday + timedelta(days=6)


def midnight(day: date) -> datetime:
    """The day's 00:00 by the wall clock."""
    return datetime.combine(day, MIDNIGHT)
