"""Lessons and what is entered about them: times at the edges of the rules."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.generative.edges import EDITS, MOMENTS, at
from tests.generative.registers import ANY, UNKNOWN, YES_NO, Cells, Plan, Registers, distinct

if TYPE_CHECKING:
    from collections.abc import Sequence

# Where lessons lie, in days from Monday: the week, the edges of those beside it, one later.
LESSON_DAYS = (0, 0, 0, 1, 2, 4, 5, 6, 6, 7, 7, 8, 13, 20, -1, -1, -3, -7)
BLANK = ("", " ", "\u00a0")
TEXTS = (*BLANK, "", "Дроби", "а;б,в", "две\nстроки", '«кавычки" и табуляция\tвнутри')
SUBJECTS = (*["Алгебра"] * 7, "Учёт", "учет", "УЧЁТ", "")
WORK_TYPES = (
    "Ответ на уроке",
    "ответ  НА уроке",
    "Поведение",
    "Работа на уроке",
    "Наизусть",
    "Учёба",
    "учеба ",
    "Контрольная работа",
    "",
)
ATTENDANCE = ("absent", "Н", "ill", "б", "pass", "П", "late", "О", "present", "present")
# In one language a dump, for the same reason as one spelling of a moment.
VIEWERS = {"parent": "Родитель", "student": "ученик", "staff": "Сотрудник"}
MARK_RULES = {"deadline": "21:00", "deadline_two_shifts": "13:00"}
HOMEWORK_RULES = {
    "deadline": "13:00",
    "days_before": 7,
    "recommended_hours": 3,
    "lesson_minutes": 40,
}
EDITED = (*[None] * len(EDITS), *EDITS)

LESSON = {
    # Mostly one class, subject and group: a lesson must have a next one.
    "group_of": (0, 0, 0, 1, 2, 3, 4),
    "subject": SUBJECTS,
    "group": (*[""] * 8, "1", "А", "а ", *BLANK),
    "teacher": (*range(6), UNKNOWN, None),
    "substitute": (None, None, None, 1, 2),
    "day": LESSON_DAYS,
    "number": ("1", "2", ""),
    # Seldom none: one such lesson is enough for a whole place.
    "starts_at": (*["08:30", "8:30", "12:00:00", "stamp"] * 6, ""),
    "ends_at": ("", "-", "09:15", "12:40:00", "stamp"),
    "topic": TEXTS,
    "comment": (*BLANK, "", "Хорошо"),
    "is_conducted": ("", "", "", "", "", "", *YES_NO),
    "is_cancelled": ("", "", "", "нет", "0", "да"),
}
GRADES = (
    *"5443322",
    "1",
    "5",
    "4",
    "4+",
    "3-",
    "5/4",
    "2/3/2",
    "н/а",
    "зач",
    "Незачёт",
    "осв",
    "10",
    "",
)
"""What a cell of marks holds: of the scale, with signs, several, words, what is none of these."""
MARK = {
    "lesson": ANY,
    "number": range(6),
    "student": (*range(5), UNKNOWN, None),
    "work_type": WORK_TYPES,
    "created_at": MOMENTS,
    "updated_at": EDITED,
    "value": GRADES,
}
ABSENCE = {
    "lesson": ANY,
    "student": (0, 1, 2, UNKNOWN),
    "status": ATTENDANCE,
    "created_at": EDITED,
}
HOMEWORK = {
    "pair": range(5040),
    "number": range(3),
    "text": ("№ 5", "№ 6", "№ 7", "№ 8", "№ 9", "№ 10", *TEXTS),
    "has_files": ("", "", "нет", "да"),
    "issued_at": MOMENTS,
    "updated_at": EDITED,
}
VIEW = {"student": ANY, "viewer_role": tuple(VIEWERS), "viewed_at": MOMENTS}


class Journal(Registers):
    """The tables of a plan as text cells."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        self.days: dict[str, date] = {}
        self.lessons = self._lessons(plan["lessons"])
        self.group_of = {row["lesson_id"]: row["class_id"] for row in self.lessons}
        found = bool(self.lessons)
        self.marks = self._marks(plan["marks"]) if found else []
        self.attendance = self._attendance(plan["attendance"]) if found else []
        self.homework = self._homework(plan["homework"]) if found else []
        self.diary_views = self._views(plan["diary_views"]) if self.students else []

    @property
    def tables(self) -> dict[str, list[Cells]]:
        """Every table by its name."""
        return {
            "schools": self.schools,
            "classes": self.classes,
            "staff": self.staff,
            "students": self.students,
            "parents": self.parents,
            "lessons": self.lessons,
            "marks": self.marks,
            "attendance": self.attendance,
            "homework": self.homework,
            "diary_views": self.diary_views,
        }

    def _lessons(self, rows: list[Plan]) -> list[Cells]:
        """Over four weeks: cancelled, in subgroups, twice a day, with a substitute."""
        groups = list(self.school_of)
        # What a slot without a number is, no definition says.
        slots = self.config.get("timetable_filling", {}).get("count") == "slots"
        lessons = []
        for number, row in enumerate(rows if groups else []):
            lesson_id = self.id("l", number)
            day = self.days[lesson_id] = self.monday + timedelta(days=row["day"])
            lessons.append(
                {
                    "lesson_id": lesson_id,
                    "class_id": groups[row["group_of"] % len(groups)],
                    "subject": row["subject"],
                    "group": row["group"],
                    "teacher_id": self.person(row["teacher"]),
                    "substitute_id": self.person(row["substitute"]),
                    "date": self.day(day),
                    "number": row["number"] or ("1" if slots else ""),
                    "starts_at": _clock(row["starts_at"], day, "10:00:00"),
                    "ends_at": _clock(row["ends_at"], day, "10:45:00"),
                    "topic": row["topic"],
                    "comment": row["comment"],
                    "is_conducted": row["is_conducted"],
                    "is_cancelled": row["is_cancelled"],
                }
            )
        return lessons

    def _some_lesson(self, which: int) -> str:
        """A lesson, one of the week more often."""
        of_week = [key for key, day in self.days.items() if (day - self.monday).days in range(7)]
        lessons = [*of_week, *of_week, *of_week, *self.days]
        return lessons[which % len(lessons)]

    def _school(self, lesson: str) -> str:
        return self.school_of[self.group_of[lesson]]

    def _marks(self, rows: list[Plan]) -> list[Cells]:
        """Entered and edited around the lesson's day, its deadlines and the ends of the week."""
        rules = MARK_RULES | self.config.get("timely_marks", {})
        marks = []
        for row in rows:
            lesson = self._some_lesson(row["lesson"])
            day, school = self.days[lesson], self._school(lesson)
            edges = [
                at(day, rules["deadline"]),
                at(day, rules["deadline_two_shifts"], 1),
                at(day),
                at(day, "12:00"),
                at(day, days=1),
                at(self.monday),
                at(self.monday, days=7),
            ]
            hours = self.plan["mark_hours"]
            marks.append(
                {
                    "mark_id": self.id("m", row["number"]),
                    "lesson_id": lesson,
                    "student_id": self.person(row["student"]),
                    "work_type": row["work_type"],
                    "value": row["value"],
                    "created_at": self.event(row["created_at"], edges, school, hours=hours),
                    "updated_at": self.event(row["updated_at"], edges, school, hours=hours),
                }
            )
        return distinct(marks, "lesson_id", "mark_id")

    def _attendance(self, rows: list[Plan]) -> list[Cells]:
        """Of all statuses, in both languages, entered around the lesson's hours or whenever."""
        attendance = []
        for row in rows:
            lesson = self._some_lesson(row["lesson"])
            edges = [at(self.days[lesson], "10:00"), at(self.days[lesson], "20:00", 1)]
            attendance.append(
                {
                    "lesson_id": lesson,
                    "student_id": self.person(row["student"]),
                    "status": row["status"],
                    "created_at": self.event(row["created_at"], edges, self._school(lesson)),
                }
            )
        return distinct(attendance, "lesson_id", "student_id")

    def _homework(self, rows: list[Plan]) -> list[Cells]:
        """Due for a lesson and issued around an earlier one of its class (or given at it)."""
        rules: dict[str, Any] = HOMEWORK_RULES | self.config.get("timely_homework", {})
        lessons = {row["lesson_id"]: row for row in self.lessons}
        pairs = self._pairs()
        homework = []
        for row in rows:
            given, due = pairs[row["pair"] % len(pairs)]
            day, school = self.days[given], self._school(given)
            end = _end(lessons[given], day, rules["lesson_minutes"]) or at(day, "12:00")
            edges = [
                at(day, rules["deadline"], 1),
                end + timedelta(hours=rules["recommended_hours"]),
                at(day, days=-rules["days_before"]),
                at(day, "14:00"),
            ]
            hours = self.plan["homework_hours"]
            homework.append(
                {
                    "homework_id": self.id("h", row["number"]),
                    "lesson_id": due,
                    "text": row["text"],
                    "has_files": row["has_files"],
                    "issued_at": self.event(row["issued_at"], edges, school, hours=hours),
                    "updated_at": self.event(row["updated_at"], edges, school, hours=hours),
                }
            )
        return distinct(homework, "lesson_id", "homework_id")

    def _pairs(self) -> Sequence[tuple[str, str]]:
        """(Lesson at which it is given, lesson for which it is due): mostly of one course.

        A lesson of the week and the next ones of its class, subject and group most often; two
        of one class that are no course; a lesson and itself.
        """
        course = {
            row["lesson_id"]: (
                row["class_id"],
                row["subject"].casefold().replace("ё", "е"),
                row["group"].strip().casefold(),
            )
            for row in self.lessons
        }
        pairs = [(lesson, lesson) for lesson in self.days]
        for given, day in self.days.items():
            later = [lesson for lesson in self.days if self.days[lesson] > day]
            pairs += [(given, due) for due in later if course[due][0] == course[given][0]][:4]
            same = [due for due in later if course[due] == course[given]]
            same.sort(key=self.days.__getitem__)
            if (day - self.monday).days in range(7):
                pairs += [(given, due) for due in same[:2]] * 6
        return pairs[::-1]

    def _views(self, rows: list[Plan]) -> list[Cells]:
        """By parents, the student and staff, around the ends of the week."""
        students = list(self.at_school)
        edges = [at(self.monday), at(self.monday, days=7)] * 2 + [at(self.monday, "12:00", 3)]
        views = []
        seen = set()
        for row in rows:
            student = students[row["student"] % len(students)]
            school, role = self.at_school[student], row["viewer_role"]
            # Whether two spellings of one moment repeat each other, nothing says.
            moment = row["viewed_at"]
            view = student, role, edges[moment.edge % len(edges)], moment.shift
            if view in seen:
                continue
            seen.add(view)
            views.append(
                {
                    "student_id": student,
                    "viewer_role": VIEWERS[role] if self.russian else role,
                    "viewed_at": self.event(moment, edges, school),
                }
            )
        return views


def _clock(choice: str, day: date, clock: str) -> str:
    return f"{day.isoformat()} {clock}" if choice == "stamp" else choice


def _end(lesson: Cells, day: date, minutes: int) -> datetime | None:
    """When a drawn lesson ends, so that homework can be put at the edge of its hours."""
    for column, more in (("ends_at", 0), ("starts_at", minutes)):
        if lesson[column] not in {"", "-"}:
            return at(day, lesson[column].split()[-1]) + timedelta(minutes=more)
    return None
