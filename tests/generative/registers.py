"""Schools, classes and people: few values, so that they collide."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from tests.generative.configs import REGIONS, SOURCES, ZONES, Config
from tests.generative.edges import MOMENTS, Moment, at, spelled_day, written

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence
    from datetime import datetime

Cells = dict[str, str]
Plan = dict[str, Any]
Fields = Mapping[str, "Sequence[Any]"]
"""What may stand in each cell of a row, or what the cell is made of."""

TIMEZONES = {"": None, "-": None, "Asia/Yekaterinburg": 5, "UTC+7": 7, "МСК+2": 5}
YES_NO = ("", "да", "нет", "1", "0", "true", "false", "+", "✓", "-")
CLASS_NAMES = ("5А", "5а", "5Ё", "5 Е", "10А", "12Б", "Кружок", "")
# A parallel of its own for each that the names have: names of 5 and of 10 never meet in one.
PARALLELS = {"5": "7", "10": "9"}
# Two persons of one name but for case and ё; another name of a person in another school.
NAMES = ("Ёлкина А.", "Елкина А.", "Белов Б.", "ёлкина а.")
ROLES = {
    "teacher": ("Учитель", "teacher", "педагог", ""),
    "admin": ("Администратор", "admin"),
    "technical": ("Технический персонал",),
    "other": ("other", "педагог-психолог", "Учитель-логопед"),
}
CATEGORIES = ("", "Высшая категория", "первая", "вторая", "педагог-методист", "не высшая")
UNKNOWN = 80
"""The number of a person or a class that no register has."""

FIRST_TIMES = (*[None] * len(MOMENTS), *MOMENTS)
ANY = range(60)
"""Which of a list of things that is known only later: counted round."""

# Mostly the first school: persons and lessons that are spread thin meet no one.
HOME = (0, 0, 0, 1, 2, 3)

ID_STYLES: tuple[Callable[[str, int], str], ...] = (
    lambda _, number: str(10 + number),
    lambda _, number: str(1000000000000000000 + number),  # 19 digits: no float holds them
    lambda kind, number: f"{kind}-{number:02d}",
    lambda _, number: ("0" if number % 2 else "") + str(10 + number // 2),  # 10, 010, 11, 011
)
SCHOOL = {
    "school": ("Школа №2", "Школа №10", "школа №2", "Лицей «Ёлка»", ""),
    "municipality": ("Южный", "Северный", "Ёжский", ""),
    "region": (*REGIONS, ""),
    "shifts": ("", "-", "", "1", "2", "3"),
    "timezone": tuple(TIMEZONES),
}
CLASS = {
    "home": HOME,
    "class": CLASS_NAMES,
    "parallel": ("", "", "own", "0", "н/д", "пятая"),
    "study_year": ("", "", "2026", "2026/27", "2026/2027", "2025", "2025/26"),
    "status": ("active", "active", "", "archive", "-"),
    "shift": ("1", "2", "1", "2", "", "-"),
}
STAFF = {
    "person": range(6),
    "home": HOME,
    "role": ("teacher", "teacher", "teacher", "admin", "technical", "other"),
    "spelling": range(4),
    "named": (False, True),
    "is_activated": YES_NO,
    "activated_at": FIRST_TIMES,
    "has_esia_login": YES_NO,
    "esia_login_at": FIRST_TIMES,
    "category": CATEGORIES,
    "active_from": ANY,
    "active_to": ANY,
}
STUDENT = {
    "person": range(9),
    "group": ANY,
    "astray": (False, False, False, False, True),
    "home": HOME,
    "is_activated": YES_NO,
    "activated_at": FIRST_TIMES,
    "active_from": ANY,
    "active_to": ANY,
}
PARENT = {
    "person": range(7),
    "child": (*range(9), 0, 1, 2, UNKNOWN, None),
    "astray": (False, False, False, True),
    "home": HOME,
    "is_activated": YES_NO,
    "activated_at": FIRST_TIMES,
}


def some(table: Fields, most: int, least: int = 0) -> st.SearchStrategy[list[Plan]]:
    """Rows of a table, rather many than few: Hypothesis by itself draws short lists."""
    sizes = (least, *[max(least, most // 2)] * 2, *[max(least, most * 3 // 4)] * 2)
    numbers = st.integers(0, 99999)
    lists = (st.lists(numbers, min_size=size, max_size=most) for size in sizes)
    return st.one_of(*lists).map(lambda drawn: [choices(table, number) for number in drawn])


def choices(table: Fields, number: int) -> Plan:
    """What stands in the row that is told by `number`: by 0 the first of everything.

    A number a row, and not a number a cell, makes dumps quick to draw and evenly mixed; what
    fails still shrinks to few rows.
    """
    if number == 0:
        return {name: values[0] for name, values in table.items()}
    chance = Random(number)  # noqa: S311 nothing here is secret
    return {name: chance.choice(values) for name, values in table.items()}


def distinct(rows: list[Cells], *key: str) -> list[Cells]:
    """The first of the rows that share a key."""
    found: dict[Hashable, Cells] = {}
    for row in rows:
        found.setdefault(tuple(row[column] for column in key), row)
    return list(found.values())


class Registers:
    """The registers of a plan as text cells, each built on those before it."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.config: Config = plan["config"]
        self.monday: date = plan["monday"]
        self.russian: bool = plan["russian"]
        self.id = ID_STYLES[plan["ids"]]
        self.source = SOURCES[self.config.get("source_tz", "school")]
        default = ZONES[self.config.get("timezone", "Europe/Moscow")]
        self.schools = [
            {"school_id": self.id("s", number), **row} for number, row in enumerate(plan["schools"])
        ]
        self.zones = {
            row["school_id"]: TIMEZONES[row["timezone"]] or default for row in self.schools
        }
        self.school_ids: list[str] = list(self.zones)
        self.classes = [self._class(number, row) for number, row in enumerate(plan["classes"])]
        self.school_of = {row["class_id"]: row["school_id"] for row in self.classes}
        self.staff = [self._employee(row) for row in plan["staff"]]
        self.students = distinct(
            [self._student(row) for row in plan["students"]], "school_id", "person_id", "class_id"
        )
        self.at_school = {row["person_id"]: row["school_id"] for row in self.students}
        self.parents = [self._parent(row) for row in plan["parents"]]

    def person(self, number: int | None) -> str:
        """The id of a person, or an empty cell."""
        return "" if number is None else self.id("p", number)

    def event(
        self, moment: Moment | None, edges: Sequence[datetime], school: str, **how: str
    ) -> str:
        """A moment as a cell of `school`, or an empty one."""
        if moment is None:
            return ""
        return written(moment, edges, zone=self.zones[school], source=self.source, **how)

    def day(self, day: date) -> str:
        """A date as a cell."""
        return spelled_day(day, russian=self.russian)

    def _class(self, number: int, row: Plan) -> Cells:
        digits = "".join(letter for letter in row["class"] if letter.isdigit())
        return {
            "class_id": self.id("c", number),
            "school_id": self._home(row),
            "class": row["class"],
            "parallel": PARALLELS.get(digits, digits)
            if row["parallel"] == "own"
            else row["parallel"],
            "study_year": row["study_year"],
            "status": row["status"],
            "shift": row["shift"],
        }

    def _employee(self, row: Plan) -> Cells:
        school = self._home(row)
        return {
            "person_id": self.person(row["person"]),
            "school_id": school,
            "name": NAMES[(row["person"] + row["home"]) % len(NAMES)] if row["named"] else "",
            "role": ROLES[row["role"]][row["spelling"] % len(ROLES[row["role"]])],
            "is_activated": row["is_activated"],
            "activated_at": self._first_time(row["activated_at"], school),
            "has_esia_login": row["has_esia_login"],
            "esia_login_at": self._first_time(row["esia_login_at"], school),
            "category": row["category"],
            "position": "",
            "birth_year": "",
            "active_from": self._counted_day(row["active_from"]),
            "active_to": self._counted_day(row["active_to"]),
        }

    def _student(self, row: Plan) -> Cells:
        """In one class or two, in none, in one of another school, in one that is not there."""
        own = list(self.school_of)
        groups = [*own, *own, *own, "", self.id("c", UNKNOWN)]
        group = groups[row["group"] % len(groups)]
        school = self._home(row)
        if not row["astray"]:
            school = self.school_of.get(group, school)
        return {
            "person_id": self.person(row["person"]),
            "school_id": school,
            "class_id": group,
            "name": "",
            "is_activated": row["is_activated"],
            "activated_at": self._first_time(row["activated_at"], school),
            "active_from": self._counted_day(row["active_from"]),
            "active_to": self._counted_day(row["active_to"]),
        }

    def _parent(self, row: Plan) -> Cells:
        """Of several children, of one that is not there, of none; mostly at the child's school."""
        child = self.person(row["child"])
        school = self._home(row)
        if not row["astray"]:
            school = self.at_school.get(child, school)
        return {
            "person_id": self.person(row["person"]),
            "school_id": school,
            "student_id": child,
            "name": "",
            "is_activated": row["is_activated"],
            "activated_at": self._first_time(row["activated_at"], school),
        }

    def _home(self, row: Plan) -> str:
        return self.school_ids[int(row["home"]) % len(self.school_ids)]

    def _first_time(self, moment: Moment | None, school: str) -> str:
        """Before, at or after the end of the week or of the one before."""
        return self.event(moment, [at(self.monday, days=7), at(self.monday)], school)

    def _counted_day(self, which: int) -> str:
        """A day around the Sundays by which people are counted; mostly none."""
        sundays = (self.monday + timedelta(days=6), self.monday - timedelta(days=1))
        around = [day + timedelta(days=shift) for day in sundays for shift in (0, -1, 1)]
        cells = ["", "", "", "", "", "-", *(self.day(day) for day in around)]
        return cells[which % len(cells)]
