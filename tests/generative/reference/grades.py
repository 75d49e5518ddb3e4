"""`monitor grades` in plain Python: a loop over students, subjects and marks."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from tests.generative.reference import rules as ruling
from tests.generative.reference import values
from tests.generative.reference.tables import Cells, check
from tests.generative.reference.world import World

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.generative.reference.tables import Row
    from tests.generative.reference.world import Lesson

Key = tuple[object, ...]
READ = {"schools", "classes", "staff", "students", "lessons", "marks", "attendance"}
AWAY = {"absent", "ill", "pass"}
WORDS = {"н/а": "not_attested", "зач": "passed", "незачет": "not_passed"}
WEIGHT = {5: Fraction(1), 4: Fraction(64, 100), 3: Fraction(36, 100), 2: Fraction(16, 100)}


@dataclass(slots=True)
class Student:
    """What one student has at a place: outcomes by subject, words by kind."""

    marks: list[int] = field(default_factory=list)
    words: Counter[str] = field(default_factory=Counter)


def said(text: str | None) -> tuple[list[int], Counter[str]]:
    """The marks of a cell, and what else stands in it."""
    marks, words = [], Counter[str]()
    folded = values.plain(text)
    for part in [folded] if folded in WORDS else folded.split("/"):
        bare = part.rstrip("+-")
        if bare in {"1", "2", "3", "4", "5"}:
            marks.append(int(bare))
        else:
            words[WORDS.get(part, "other")] += 1
    return marks, words


def _final_marks(lines: list[Cells]) -> list[Row]:
    """The rows that name a student; those equal in every column are one, where the last stands."""
    rows: dict[tuple[str | None, ...], Row] = {}
    for line in lines:
        row: Row = {name: cell.strip() or None for name, cell in line.items()}
        for name in ("student_id", "class_id"):
            row[name] = None if row[name] in values.MISSING else row[name]
        if row["student_id"] is not None:
            rows.pop(tuple(row.values()), None)
            rows[tuple(row.values())] = row
    return list(rows.values())


class Grades:
    """The grades of a dump in the days from `first` to `last`, at one level."""

    def __init__(
        self,
        tables: dict[str, list[Cells]],
        columns: dict[str, list[str]],
        config: ruling.Config | None,
        days: tuple[date, date],
        level: str,
    ) -> None:
        self.dump = check(tables, columns, READ)
        self.finals = _final_marks(tables.get("final_marks", []))
        self.world = World(self.dump, ruling.merged(config))
        self.level = level
        first, last = days
        self.lessons = [
            lesson
            for lesson in self.world.lessons
            if first <= lesson.day <= last and not lesson.cancelled
        ]
        self.sunday = last + timedelta(days=6 - last.weekday())

    def key(self, lesson: Lesson) -> Key:
        """The place of a lesson."""
        own = {
            "school": (),
            "parallel": (lesson.parallel,),
            "class": (lesson.class_id,),
            "subject": (lesson.subject,),
            "teacher": (lesson.teacher_id,),
        }
        return (lesson.school_id, *own[self.level])

    def current(self) -> dict[Key, dict[str, Any]]:
        """Averages of the marks for lessons of the period."""
        cells: dict[tuple[Key, str], dict[str | None, Student]] = defaultdict(
            lambda: defaultdict(Student)
        )
        for lesson in self.lessons:
            for mark in lesson.marks:
                if mark["student_id"] is None:
                    continue
                of_subject = cells[self.key(lesson), mark["student_id"]][lesson.subject]
                marks, words = said(mark["value"])
                of_subject.marks += marks
                of_subject.words += words
        return self._places(
            (key, student, self._averaged(subjects.values()))
            for (key, student), subjects in cells.items()
        )

    def final(self) -> dict[Key, dict[str, Any]]:
        """Final marks by place and period; the last of several rows stands."""
        latest: dict[tuple[object, ...], tuple[Key, Row]] = {}
        for row in self.finals:
            group = self.world.classes.get(row["class_id"])
            homes = [group] if group else self._homes(row["student_id"])
            for home in homes:
                one = (home["school_id"], home["class_id"], row["student_id"])
                latest[(*one, row["subject"], row["period"])] = (
                    self._key_of_final(home, row),
                    row,
                )
        students: dict[tuple[Key, str], Student] = defaultdict(Student)
        for key, row in latest.values():
            if row["period"] is not None:
                marks, words = said(row["value"])
                student = students[(*key, row["period"]), row["student_id"]]
                student.marks += marks
                student.words += words
        return self._places((key, name, student) for (key, name), student in students.items())

    def _key_of_final(self, home: Row, row: Row) -> Key:
        own = {
            "school": (),
            "parallel": (home["parallel"],),
            "class": (home["class_id"],),
            "subject": (row["subject"],),
        }
        return (home["school_id"], *own[self.level])

    def _homes(self, student: str) -> list[Row]:
        """The classes of the register in which a student is counted; none is one of them."""
        found = []
        for row in self.dump.rows.get("students", []):
            if row["person_id"] == student and self._counted(row, self.sunday):
                group = self._class_of(row)
                nowhere = {"school_id": row["school_id"], "class_id": None, "parallel": None}
                found.append(group or nowhere)
        return found

    def _class_of(self, student: Row) -> Row | None:
        group = self.world.classes.get(student["class_id"])
        return group if group and group["school_id"] == student["school_id"] else None

    def _counted(self, row: Row, day: date) -> bool:
        since, until = row["active_from"], row["active_to"]
        return (since is None or since <= day) and (until is None or until >= day)

    def _averaged(self, subjects: Iterable[Student]) -> Student:
        whole = Student()
        for one in subjects:
            if one.marks:
                mean = Fraction(sum(one.marks), len(one.marks))
                whole.marks.append(int(mean + Fraction(1, 2)))
            whole.words += one.words
        return whole

    def _places(self, students: Iterable[tuple[Key, str, Student]]) -> dict[Key, dict[str, Any]]:
        """The numbers of each place with a student."""
        found: dict[Key, list[Student]] = defaultdict(list)
        for key, _, student in students:
            found[key].append(student)
        return {key: self._numbers(those) for key, those in found.items()}

    def _numbers(self, students: list[Student]) -> dict[str, Any]:
        marked = [one for one in students if one.marks]
        marks = [mark for one in marked for mark in one.marks]
        fine = [one for one in marked if min(one.marks) > 2]
        good = [
            one
            for one in marked
            if min(one.marks) > 3 and not one.words["not_attested"] + one.words["not_passed"]
        ]
        words = sum((one.words for one in students), Counter[str]())
        weight = sum((WEIGHT[max(mark, 2)] for mark in marks), Fraction())
        return {
            "students": len(marked),
            "without_two": len(fine),
            "four_five": len(good),
            "with_two": len(marked) - len(fine),
            "students_not_attested": sum(one.words["not_attested"] > 0 for one in students),
            "marks": len(marks),
            "average": Fraction(sum(marks), len(marks)) if marks else None,
            "degree": 100 * weight / len(marks) if marks else None,
            **{f"marks_{mark}": marks.count(mark) for mark in (1, 2, 3, 4, 5)},
            **{name: words[name] for name in ("not_attested", "passed", "not_passed", "other")},
        }

    def journal(self) -> dict[Key, dict[str, int]]:
        """Lessons, marks as they stand, students with a «2», seats and absences by place."""
        found: dict[Key, Counter[str]] = defaultdict(Counter)
        low: dict[Key, set[str]] = defaultdict(set)
        for lesson in self.lessons:
            here, key = found[self.key(lesson)], self.key(lesson)
            here["lessons"] += 1
            for mark in lesson.marks:
                marks, _ = said(mark["value"])
                here["marks"] += len(marks)
                if mark["student_id"] is not None and any(one <= 2 for one in marks):
                    low[key].add(mark["student_id"])
            kept = lesson.marks or lesson.absences or lesson.row["comment"]
            if values.plain(lesson.row["group"]) or not (kept or lesson.row["is_conducted"]):
                continue
            members = self._members(lesson)
            here["seats"] += len(members)
            here["absences"] += sum(
                row["status"] in AWAY and row["student_id"] in members for row in lesson.absences
            )
        for key, students in low.items():
            found[key]["students_with_two"] = len(students)
        return dict(found)

    def _members(self, lesson: Lesson) -> set[str]:
        """The students of a lesson's class who are counted on the Sunday of its week."""
        sunday = lesson.day + timedelta(days=6 - lesson.day.weekday())
        return {
            row["person_id"]
            for row in self.dump.rows.get("students", [])
            if (group := self._class_of(row)) is not None
            and group["class_id"] == lesson.class_id
            and self._counted(row, sunday)
        }
