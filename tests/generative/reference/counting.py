"""The indicators of one place in one week: numerator, denominator and what stands beside them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from tests.generative.reference import rules as ruling
from tests.generative.reference import values
from tests.generative.reference.world import Lesson, World, midnight

if TYPE_CHECKING:
    from collections.abc import Iterable

MARK_EXTRAS = ("tracked", "late", "early", "before_week", "after_week", "no_time")
HOMEWORK_EXTRAS = ("lessons", "next_week_lessons", "no_time")


@dataclass(slots=True)
class Place:
    """What belongs to a class, a parallel, a school, a subject or a teacher."""

    school_id: str
    lessons: list[Lesson] = field(default_factory=list)
    next_lessons: list[Lesson] = field(default_factory=list)
    active_classes: set[str] = field(default_factory=set)
    students: set[str] = field(default_factory=set)
    parents: set[str] = field(default_factory=set)
    teachers: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Count:
    """Two numbers that add up, and others beside them; None is «not known»."""

    numerator: int | None
    denominator: int | None
    extras: dict[str, int | None] = field(default_factory=dict)
    waits: bool = False

    @property
    def value(self) -> float | None:
        """«100 × numerator / denominator»; «denominator 0 → not available»."""
        if self.numerator is None or not self.denominator or self.waits:
            return None
        return 100 * self.numerator / self.denominator


class Counting:
    """Every indicator of one week, of whatever place."""

    def __init__(self, world: World, monday: date) -> None:
        self.world = world
        self.rules = world.rules
        self.monday = monday
        self.end = midnight(monday + timedelta(days=7))
        self.activated = {
            table: world.saying_so(table, "activated_at", "is_activated", monday)
            for table in ("staff", "students", "parents")
        }
        self.with_esia = world.saying_so("staff", "esia_login_at", "has_esia_login", monday)
        self.with_category = world.with_category()

    def count(self, key: str, place: Place) -> Count:
        """The indicator `key` of `place` (not `school_activity`, which is made of the others)."""
        counted: Count = getattr(self, key)(place)
        return counted

    # ------------------------------------------------------------------ users

    def teacher_activation(self, place: Place) -> Count:
        """«Activated teachers / teachers.»"""
        return _among(place.teachers, place, self.activated["staff"])

    def student_activation(self, place: Place) -> Count:
        """«The same for students.»"""
        return _among(place.students, place, self.activated["students"])

    def parent_activation(self, place: Place) -> Count:
        """«The same for parents (a parent of two children at a school is one person there).»"""
        return _among(place.parents, place, self.activated["parents"])

    def account_activation(self, place: Place) -> Count:
        """«Activated teachers + students + parents / all of them.»"""
        return added_up(
            (
                self.teacher_activation(place),
                self.student_activation(place),
                self.parent_activation(place),
            )
        )

    def parent_engagement(self, place: Place) -> Count:
        """«Students whose diary a parent and/or the student viewed … / all students.»"""
        engaged = [
            self.world.engaged(student, place.school_id, self.monday) for student in place.students
        ]
        return Count(sum(engaged), len(engaged))

    def teacher_esia(self, place: Place) -> Count:
        """«Teachers who have ever logged in through ESIA before the end of W / teachers.»"""
        return _among(place.teachers, place, self.with_esia)

    def teacher_category(self, place: Place) -> Count:
        """«Teachers of the highest or first category / teachers.»"""
        return _among(place.teachers, place, self.with_category)

    # ------------------------------------------------------------------ timetable and journal

    def timetable_filling(self, place: Place) -> Count:
        """«Classes with at least 8 lessons in W / active classes.»"""
        rules = self.rules["timetable_filling"]
        slots: dict[str, set[object]] = {group: set() for group in place.active_classes}
        for lesson in place.lessons:
            if lesson.class_id in slots:
                by_slot = rules["count"] == "slots"  # «one a (date, number)»
                slot = (lesson.day, lesson.row["number"]) if by_slot else lesson.row["lesson_id"]
                slots[lesson.class_id].add(slot)
        filled = sum(len(each) >= rules["min_lessons"] for each in slots.values())
        return Count(filled, len(slots))

    def lesson_planning(self, place: Place) -> Count:
        """«Lessons of W with a topic or homework / lessons of W.»"""
        lessons = self.over(place.lessons)
        return Count(sum(self.is_planned(each) for each in lessons), len(lessons))

    def journal_keeping(self, place: Place) -> Count:
        """«Lessons of W with at least one of: … / lessons of W.»"""
        lessons = self.over(place.lessons)
        return Count(sum(self.is_kept(each) for each in lessons), len(lessons))

    def over(self, lessons: list[Lesson]) -> list[Lesson]:
        """«Lessons that end after T (without times: on a later day) are in neither number.»"""
        as_of = self.world.as_of
        if as_of is None:
            return lessons
        over = []
        for lesson in lessons:
            end = self.world.end(lesson)
            if (end is None and lesson.day <= as_of.date()) or (end is not None and end <= as_of):
                over.append(lesson)
        return over

    def is_homework(self, row: dict[str, object]) -> bool:
        """«Homework without text counts if it has files. A table without a `text` column: the
        row counts.»"""
        has_text_column = self.world.dump.has("homework", "text")
        return not has_text_column or row["text"] is not None or bool(row["has_files"])

    def is_planned(self, lesson: Lesson) -> bool:
        """«Lessons of W with a topic or homework.»"""
        return lesson.row["topic"] is not None or any(
            self.is_homework(row) and self.world.seen(row["issued_at"], lesson.school_id)
            for row in lesson.homework
        )

    def is_kept(self, lesson: Lesson) -> bool:
        """«At least one of: a mark; an absence; a lesson comment; the «Урок проведен» tick.»"""
        absences = {"absent", "ill", "pass"}
        if self.rules["journal_keeping"]["late_counts"]:
            absences.add("late")
        return (
            any(self.world.seen(row["created_at"], lesson.school_id) for row in lesson.marks)
            or any(
                row["status"] in absences and self.world.seen(row["created_at"], lesson.school_id)
                for row in lesson.absences
            )
            or lesson.row["comment"] is not None
            or bool(lesson.row["is_conducted"])
        )

    # ------------------------------------------------------------------ marks

    def timely_marks(self, place: Place) -> Count:
        """«timely_marks: the two-shift rule»."""
        tally: Counter[str] = Counter()
        for lesson in place.lessons:
            for mark in lesson.marks:
                self._judge_mark(lesson, mark, tally)
        all_marks = self.rules["timely_marks"]["denominator"] == "all"
        return Count(
            tally["timely"],
            tally["considered" if all_marks else "tracked"],
            {name: tally[name] for name in MARK_EXTRAS},
        )

    def _judge_mark(self, lesson: Lesson, mark: dict[str, object], tally: Counter[str]) -> None:
        rules = self.rules["timely_marks"]
        created_at = mark["created_at"]
        assert isinstance(created_at, values.Stamp)
        if not self.world.seen(created_at, lesson.school_id):
            return  # «a mark created after T does not exist»
        if not created_at.timed:  # «can't be held against an hour»
            tally["no_time"] += 1
            return
        created = self.world.local(created_at, lesson.school_id)
        if created < midnight(self.monday):
            tally["before_week"] += 1
            return
        if created >= self.end:
            tally["after_week"] += 1
            return
        tally["considered"] += 1
        if not self.is_tracked(mark["work_type"]):
            return
        tally["tracked"] += 1
        stamps = [created]
        updated_at = mark["updated_at"]
        if (
            rules["edits_count"]
            and isinstance(updated_at, values.Stamp)
            and updated_at.timed
            and self.world.seen(updated_at, lesson.school_id)  # «taken with the created only»
        ):
            stamps.append(self.world.local(updated_at, lesson.school_id))
        start, deadline = midnight(lesson.day), self.mark_deadline(lesson)
        if any(start <= at < deadline for at in stamps):
            tally["timely"] += 1
        elif created >= deadline:
            tally["late"] += 1
        else:
            tally["early"] += 1

    def mark_deadline(self, lesson: Lesson) -> datetime:
        """«Lesson day 21:00; in a school with two or more shifts, the next day 13:00.»"""
        rules = self.rules["timely_marks"]
        shifts, _ = self.world.shifts(lesson.school_id, self.monday)
        if shifts >= rules["two_shifts_from"]:
            return at_clock(lesson.day + timedelta(days=1), rules["deadline_two_shifts"])
        return at_clock(lesson.day, rules["deadline"])

    def is_tracked(self, work_type: object) -> bool:
        """«Compared without case, ё/е, extra blanks; the list and its aliases are config.»"""
        rules = self.rules["timely_marks"]
        tracked = {values.wordwise(name) for name in rules["work_types"]}
        aliases = {values.wordwise(name): real for name, real in rules["aliases"].items()}
        written = values.wordwise(str(work_type or ""))
        return written in tracked or values.wordwise(aliases.get(written)) in tracked

    # ------------------------------------------------------------------ homework

    def timely_homework(self, place: Place) -> Count:
        """«timely_homework»."""
        rules = self.rules["timely_homework"]
        skipped = set(rules["skip_parallels"])
        lessons = [
            each
            for each in place.lessons
            if each.parallel not in skipped and self.is_due(each, rules["deadline"])
        ]
        following = [each for each in place.next_lessons if each.parallel not in skipped]
        timely = no_time = 0
        within: int | None = 0
        for lesson in lessons:
            start = midnight(lesson.day - timedelta(days=rules["days_before"]))
            deadline = at_clock(lesson.day + timedelta(days=1), rules["deadline"])
            end = self.world.end(lesson)
            stamps, without = self._homework_stamps(lesson)
            no_time += without
            timely += any(start <= at < deadline for at in stamps)
            if end is None:
                within = None
            elif within is not None:
                limit = end + timedelta(hours=rules["recommended_hours"])
                within += any(start <= at <= limit for at in stamps)
        denominator = following if rules["denominator"] == "next_week" else lessons
        extras: dict[str, int | None] = {
            "lessons": len(lessons),
            "next_week_lessons": len(following),
            "within_3h": within,
            "no_time": no_time,
        }
        return Count(timely, len(denominator), extras)

    def is_due(self, lesson: Lesson, clock: str) -> bool:
        """«A lesson whose homework deadline is after T likewise» (in neither number)."""
        deadline = at_clock(lesson.day + timedelta(days=1), clock)
        return self.world.as_of is None or deadline <= self.world.as_of

    def _homework_stamps(self, lesson: Lesson) -> tuple[list[datetime], int]:
        """When homework looked at for `lesson` was issued or updated; how much has no hour."""
        link = self.rules["timely_homework"]["homework_link"]
        sources = [lesson] if link == "given" else self.world.next_lessons(lesson)
        stamps, without = [], 0
        for row in (row for source in sources for row in source.homework if self.is_homework(row)):
            if not self.world.seen(row["issued_at"], lesson.school_id):
                continue
            if not row["issued_at"].timed:
                without += 1
                continue
            stamps.append(self.world.local(row["issued_at"], lesson.school_id))
            edit = row["updated_at"]
            if edit is not None and edit.timed and self.world.seen(edit, lesson.school_id):
                stamps.append(self.world.local(edit, lesson.school_id))
        return stamps, without


def _among(persons: set[str], place: Place, those: set[tuple[str, str]]) -> Count:
    """How many of the place's persons are among the (school, person) of whom it is true."""
    return Count(sum((place.school_id, person) in those for person in persons), len(persons))


def at_clock(day: date, text: str) -> datetime:
    """`day` at «HH:MM»."""
    hour, minute = (int(part) for part in text.split(":"))
    return datetime.combine(day, time(hour, minute))


def added_up(counts: Iterable[Count]) -> Count:
    """«Above a school, numerators and denominators are summed (pooled).»"""
    total = Count(0, 0)
    for count in counts:
        total.numerator = _sum(total.numerator, count.numerator)
        total.denominator = _sum(total.denominator, count.denominator)
        for name, number in count.extras.items():
            total.extras[name] = _sum(total.extras.get(name, 0), number)
    return total


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def evidence(world: World, monday: date, indicators: list[str]) -> tuple[set[str], set[str]]:
    """The indicators that cannot be computed for want of data, and the warnings to be given."""
    dump, rules = world.dump, world.rules
    wanting: set[str] = set()
    codes = set(dump.warnings)
    for key in (key for key in indicators if key in ruling.READS):
        if any(table not in dump.rows for table in ruling.READS[key]):
            wanting.add(key)
            codes.add("missing_table")
            continue
        decides = ruling.DECIDES_BY.get(key, [])
        lacking = [each for each in decides if not dump.has(*each)]
        if decides and len(lacking) == len(decides):
            wanting.add(key)
            codes.add("missing_column")
        elif lacking or any(not dump.has(*each) for each in ruling.MAY_LACK.get(key, [])):
            codes.add("partial_evidence")
    for key, table, moment in (
        ("timely_marks", "marks", "created_at"),
        ("timely_homework", "homework", "issued_at"),
    ):
        rows = dump.rows.get(table, [])
        # «If no row has a time, or all are 00:00:00, these are not available.»
        if rows and all(row[moment].wall.time() == time() for row in rows):
            wanting.add(key)
            codes.add("no_time_of_day")
    following = monday + timedelta(days=7)
    if rules["timely_homework"]["denominator"] == "next_week" and not world.covered(following):
        wanting.add("timely_homework")
        codes.add("no_next_week")
    if not world.covered(monday):
        wanting.update(ruling.ALL)
        codes.add("not_covered")
    if not all(world.shifts(school, monday)[1] for school in world.schools):
        codes.add("shifts_unknown")
    return wanting, codes
