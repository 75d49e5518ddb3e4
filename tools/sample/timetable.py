"""A school's timetable, and the lessons that come of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from tools.sample.people import LANGUAGE_POST, PRIMARY_POST, SECONDARY
from tools.sample.world import MONDAYS, WORDS, ClassOf, Lesson, School, at

FIRST_BELL = {1: time(8, 30), 2: time(13, 40)}
BELLS = (0, 55, 115, 175, 235, 290, 345)
"""Minutes from the first bell of a shift to each lesson."""
LESSON = timedelta(minutes=40)
POST_OF: dict[str, str] = {s: post for post, taught in WORDS["posts"].items() for s in taught}
SPECIALISTS = (LANGUAGE_POST, "учитель физической культуры")
"""Those who teach primary classes too."""
CANCELLED = 0.004
REMARKS = ("Проверены тетради", "Класс на экскурсии", "Работали в парах", "Повторить тему")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in the week's timetable: a subject with one teacher, or one for each subgroup."""

    of: ClassOf
    day: int
    number: int
    subject: str
    teachers: list[str]

    @property
    def hour(self) -> tuple[int, int, int]:
        """Day of the week, shift, number: when its teachers are busy."""
        return self.day, self.of.shift, self.number


def make_lessons(school: School) -> list[Lesson]:
    """The lessons of all weeks, in order of time; the cancelled ones are in the table alone."""
    older_first = sorted(school.classes, key=lambda a_class: -a_class.parallel)
    slots = [slot for a_class in older_first for slot in _timetable(school, a_class)]
    slots.sort(key=lambda slot: (*slot.hour, school.classes.index(slot.of)))
    lessons = []
    for monday in MONDAYS:
        for slot in slots:
            halves = [None] if len(slot.teachers) == 1 else [0, 1]
            for half, teacher in zip(halves, slot.teachers, strict=True):
                lesson = _lesson(school, slot, monday + timedelta(days=slot.day), half, teacher)
                lessons += [lesson] if lesson else []
    return lessons


def _timetable(school: School, a_class: ClassOf) -> list[Slot]:
    """A week without gaps, in which nobody teaches two classes at once."""
    hours: dict[str, int] = WORDS["curricula"][str(a_class.parallel)]
    days, taken, dice = school.about.get("days", 5), school.region.taken, school.dice
    places = [(day, number) for number in range(len(BELLS)) for day in range(days)]
    for _ in range(5000):
        left, slots = dict(hours), list[Slot]()
        for day, number in places[: sum(hours.values())]:
            today = [slot.subject for slot in slots if slot.day == day]
            possible = [
                Slot(a_class, day, number, subject, _teachers(school, a_class, subject))
                for subject, count in left.items()
                if count and subject not in today
            ]
            free = [s for s in possible if not any((t, *s.hour) in taken for t in s.teachers)]
            if not free:
                break
            wish = {slot.subject: left[slot.subject] + 2 * dice.random() for slot in free}
            slot = max(free, key=lambda slot: wish[slot.subject])
            left[slot.subject] -= 1
            slots.append(slot)
        else:
            taken.update((teacher, *slot.hour) for slot in slots for teacher in slot.teachers)
            return slots
    message = f"{school.about['name']}, {a_class.name}: no timetable fits"
    raise RuntimeError(message)


def _teachers(school: School, a_class: ClassOf, subject: str) -> list[str]:
    """Who teaches a subject to a class: two people where it is halved."""
    posts, post = school.region.posts, POST_OF.get(subject, PRIMARY_POST)
    if a_class.parallel < SECONDARY and post not in SPECIALISTS:
        primary = [other for other in school.classes if other.parallel < SECONDARY]
        return [posts[school.id, PRIMARY_POST][primary.index(a_class)]]
    return posts[school.id, post]


def _lesson(school: School, slot: Slot, day: date, half: int | None, teacher: str) -> Lesson | None:
    """Add a lesson to the table; None if it was cancelled."""
    dice, about = school.dice, school.about
    start = at(day, FIRST_BELL[slot.of.shift].hour, FIRST_BELL[slot.of.shift].minute)
    start += timedelta(minutes=BELLS[slot.number])
    end = start + LESSON
    substitute, cancelled = None, dice.chance(CANCELLED) or _quarantined(slot.of, day, about)
    if day in _absences(school, teacher) and not cancelled:
        substitute = _substitute(school, slot)
        cancelled = substitute is None
    topic = dice.pick(WORDS["topics"][slot.subject]) if dice.chance(about["topics"]) else None
    held = end <= school.now and not cancelled
    remark = dice.pick(REMARKS) if held and dice.chance(about["comments"]) else None
    conducted = True if held and dice.chance(about["conducted"]) else None
    group = None if half is None else f"Группа {half + 1}"
    lesson_id = school.region.lessons.next()
    what = (lesson_id, slot.of.class_id, slot.subject, group, teacher, substitute)
    when = (day, slot.number + 1, f"{start:%H:%M}", f"{end:%H:%M}")
    school.add("lessons", *what, *when, topic, remark, conducted, cancelled or None)
    return None if cancelled else Lesson(lesson_id, slot.of, slot.subject, half, start, end)


def _quarantined(a_class: ClassOf, day: date, about: dict[str, Any]) -> bool:
    closed: dict[str, Any] = about.get("quarantine", {})
    if a_class.name != closed.get("class"):
        return False
    first, last = closed["from"], closed["to"]
    return bool(first <= day <= last)


def _absences(school: School, teacher: str) -> list[date]:
    """The days on which a teacher is ill."""
    ill: dict[str, list[date]] = school.about["ill"]
    who = {post: school.region.posts[school.id, post][0] for post in ill}
    return [day for post, days in ill.items() if who[post] == teacher for day in days]


def _substitute(school: School, slot: Slot) -> str | None:
    """A colleague who is free at that hour, if there is one."""
    region = school.region
    free = [
        person
        for post in WORDS["posts"]
        for person in region.posts[school.id, post]
        if post not in school.about["ill"] and (person, *slot.hour) not in region.taken
    ]
    return school.dice.pick(free) if free else None
