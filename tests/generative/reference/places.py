"""Which places a week has, what belongs to each, and in which order they stand («Levels»)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.generative.reference import values
from tests.generative.reference.counting import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from tests.generative.reference.world import Lesson, World

Key = tuple[str | int | None, ...]
"""What tells two places of a level apart: the school's id first, then what lies under it."""

KEYS_OF = {
    "region": ("region",),
    "municipality": ("region", "municipality"),
    "school": ("region", "municipality", "school_id", "school"),
    "parallel": ("region", "municipality", "school_id", "school", "parallel"),
    "class": ("region", "municipality", "school_id", "school", "parallel", "class_id", "class"),
    "subject": ("region", "municipality", "school_id", "school", "subject"),
    "teacher": ("region", "municipality", "school_id", "school", "teacher_id", "teacher"),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for: «several values of one are «or», several filters «and»»."""

    municipalities: Collection[str] = ()
    schools: Collection[str] = ()
    classes: Collection[str] = ()
    subjects: Collection[str] = ()
    teachers: Collection[str] = ()

    @property
    def by_lesson(self) -> bool:
        """Whether single lessons are asked for, so that persons have no place."""
        return bool(self.subjects or self.teachers)

    @property
    def under_school(self) -> bool:
        """Whether less than whole schools is asked for."""
        return bool(self.classes or self.by_lesson)


class Places:
    """The places of one week that the filters leave, by level."""

    def __init__(self, world: World, monday: date, filters: Filters) -> None:
        self.world = world
        self.monday = monday
        self.filters = filters
        self.schools = {
            key
            for key, school in world.schools.items()
            if _asked(filters.municipalities, (), None, school["municipality"])
            and _asked(filters.schools, world.schools, key, school["school"])
        }
        self.classes = {
            key: group
            for key, group in world.classes.items()
            if group["school_id"] in self.schools
            and _asked(filters.classes, world.classes, key, group["class"])
        }
        self.teacher_ids = {lesson.teacher_id for lesson in world.lessons if lesson.teacher_id}
        self.lessons = self._matching(monday)
        self.next_lessons = self._matching(monday + timedelta(days=7))

    def _matching(self, monday: date) -> list[Lesson]:
        """The lessons of a week that the filters leave."""
        wanted = self.filters
        return [
            lesson
            for lesson in self.world.lessons_of(monday)
            if lesson.class_id in self.classes
            and _asked(wanted.subjects, (), None, lesson.subject)
            and _asked(
                wanted.teachers,
                self.teacher_ids,
                lesson.teacher_id,
                self.world.teacher_name(lesson.school_id, lesson.teacher_id),
            )
        ]

    def of(self, level: str) -> dict[Key, Place]:
        """The places of a level from the school down, by what tells them apart."""
        if level == "school":
            return self._parts_of_schools() if self.filters.under_school else self._schools()
        if level == "parallel":
            return self._merged(lambda key: (key[0], self.classes[str(key[1])]["parallel"]))
        if level == "class":
            return self._classes()
        if level == "subject":
            return self._with_lessons(lambda lesson: (lesson.school_id, lesson.subject))
        # «With neither the lesson is in no teacher's row.»
        return self._with_lessons(
            lambda lesson: (lesson.school_id, lesson.teacher_id) if lesson.teacher_id else None
        )

    def _with_lessons(
        self, key_of: Callable[[Lesson], Key | None], places: dict[Key, Place] | None = None
    ) -> dict[Key, Place]:
        """A place for each key with a lesson in W or W+1, with its lessons."""
        found = {} if places is None else places
        for lesson in self.lessons:
            if (key := key_of(lesson)) is not None:
                _at(found, key).lessons.append(lesson)
        for lesson in self.next_lessons:
            if (key := key_of(lesson)) is not None:
                _at(found, key).next_lessons.append(lesson)
        return found

    def _classes(self) -> dict[Key, Place]:
        """«Each active class, and any other with a counted student or a lesson in W or W+1.»"""
        world = self.world
        places = self._with_lessons(lambda lesson: (lesson.school_id, lesson.class_id))
        if self.filters.by_lesson:
            return places
        for group_id, group in self.classes.items():
            if world.active(group, self.monday):
                _at(places, (group["school_id"], group_id)).active_classes.add(group_id)
        students = world.counted("students", self.monday)
        for row in students:
            own = world.class_of(row)
            if own in self.classes:
                _at(places, (row["school_id"], own)).students.add(row["person_id"])
        for school, person, own in world.parents(students)[1]:
            if own in self.classes:
                _at(places, (school, own)).parents.add(person)
        return places

    def _merged(self, key_of: Callable[[Key], Key]) -> dict[Key, Place]:
        """Classes put together: persons are distinct, the rest adds up."""
        merged: dict[Key, Place] = {}
        for key, part in self._classes().items():
            whole = _at(merged, key_of(key))
            whole.lessons += part.lessons
            whole.next_lessons += part.next_lessons
            whole.active_classes |= part.active_classes
            whole.students |= part.students
            whole.parents |= part.parents
        return merged

    def _parts_of_schools(self) -> dict[Key, Place]:
        """Schools, made of the classes or lessons that the filters leave."""
        return self._merged(lambda key: key[:1])

    def _schools(self) -> dict[Key, Place]:
        """«Each row of `schools`, also one without any data.»"""
        world = self.world
        places: dict[Key, Place] = {(school,): Place(school) for school in self.schools}
        self._with_lessons(lambda lesson: (lesson.school_id,), places)
        for group_id, group in self.classes.items():
            if world.active(group, self.monday):
                places[group["school_id"],].active_classes.add(group_id)
        students = world.counted("students", self.monday)
        for row in students:
            if row["school_id"] in self.schools:
                places[row["school_id"],].students.add(row["person_id"])
        for school, person in world.parents(students)[0]:
            if school in self.schools:
                places[school,].parents.add(person)
        # «A member of staff with two rows is a teacher if one of them is.»
        for row in world.counted("staff", self.monday):
            if row["role"] == "teacher" and row["school_id"] in self.schools:
                places[row["school_id"],].teachers.add(row["person_id"])
        return places

    def keys(self, level: str, key: Key) -> dict[str, str | int | None]:
        """The key columns of a row: «`null` where unknown (`school`, `class` fall back to id)»."""
        school = self.world.schools[str(key[0])]
        known: dict[str, str | int | None] = {
            "region": school["region"],
            "municipality": school["municipality"],
            "school_id": key[0],
            "school": school["school"] or key[0],
        }
        if level in {"parallel", "subject"}:
            known[level] = key[1]
        if level == "class":
            group = self.world.classes[str(key[1])]
            known["parallel"] = group["parallel"]
            known["class_id"] = key[1]
            known["class"] = group["class"] or key[1]
        if level == "teacher":
            known["teacher_id"] = key[1]
            known["teacher"] = self.world.teacher_name(str(key[0]), str(key[1]))
        return {column: known[column] for column in KEYS_OF[level]}


def order(keys: dict[str, str | int | None]) -> list[tuple[int, object]]:
    """«Region, municipality, school (digits as numbers), `school_id`; parallel, class, `class_id`;
    subject; teacher, id. Text: casefold, ё with е; `null` first; parallel `null` last.»"""
    wanted = (
        "region",
        "municipality",
        "school",
        "school_id",
        "parallel",
        "class",
        "class_id",
        "subject",
        "teacher",
        "teacher_id",
    )
    sorting: list[tuple[int, object]] = []
    for column in wanted:
        if column not in keys:
            continue
        value = keys[column]
        if column == "parallel":
            sorting.append((value is None, value or 0))
        elif value is None:
            sorting.append((0, ()))
        elif column == "school":
            sorting.append((1, _digits_as_numbers(str(value))))
        else:
            sorting.append((1, (values.plain(str(value)),)))
    # Texts that differ in nothing but case or ё stand as they are spelled.
    return [*sorting, (1, tuple(str(keys.get(column) or "") for column in wanted))]


def _digits_as_numbers(text: str) -> tuple[object, ...]:
    parts = re.split(r"(\d+)", values.plain(text))
    return tuple(int(part) if part.isdecimal() else part for part in parts)


def _at(places: dict[Key, Place], key: Key) -> Place:
    """The place of a key, a new one where there is none yet."""
    return places.setdefault(key, Place(str(key[0])))


def _asked(
    wanted: Collection[str], ids: Collection[str], own_id: str | None, name: str | None
) -> bool:
    """«By id or name … a name matches whole, without case, ё/е and quotes, ids first.»"""
    return not wanted or any(
        own_id == text if text in ids else name is not None and _bare(name) == _bare(text)
        for text in wanted
    )


def _bare(name: str) -> str:
    return values.plain(re.sub(r"[«»\"'“”„]", "", name))
