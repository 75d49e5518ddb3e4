"""What the invented region is made of: words, chance, ids, rows, and the people in them."""

from __future__ import annotations

import random
import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_HERE = Path(__file__).resolve().parent
_PACKAGE = _HERE.parents[1] / "src" / "monitor_cli" / "sampling"
# The package's words of people and topics; curricula, posts and homework are the sample's own.
WORDS: dict[str, Any] = {
    name: value
    for folder in (_PACKAGE, _HERE)
    for name, value in tomllib.loads((folder / "words.toml").read_text(encoding="utf-8")).items()
}
MONDAYS: list[date] = WORDS["mondays"]

HEADERS = {
    "schools": "ID школы;Школа;Муниципалитет;Регион;Смен;Часовой пояс",
    "classes": "ID класса;ID школы;Класс;Параллель;Учебный год;Статус;Смена",
    "staff": "ID сотрудника;ID школы;ФИО;Роль;Должность;Активирован;Дата активации;"
    "Вход через ЕСИА;Дата входа через ЕСИА;Категория;Год рождения",
    "students": "ID ученика;ID школы;ID класса;ФИО;Активирован;Дата активации;"
    "Дата зачисления;Дата отчисления",
    "parents": "ID родителя;ID школы;ID ученика;ФИО;Активирован;Дата активации",
    "lessons": "ID урока;ID класса;Предмет;Подгруппа;ID учителя;ID замещающего;Дата урока;"
    "Номер урока;Начало;Окончание;Тема урока;Комментарий к уроку;Урок проведен;Отменен",
    "marks": "ID оценки;ID урока;ID ученика;Вид работы;Оценка;Дата выставления;Дата изменения",
    "attendance": "ID урока;ID ученика;Посещаемость;Дата выставления",
    "homework": "ID ДЗ;ID урока;Домашнее задание;Есть файлы;Дата выдачи;Обновлено",
    "diary_views": "ID ученика;Роль;Дата просмотра",
    "logins": "ID персоны;ID школы;Роль;Дата входа",
    "final_marks": "ID ученика;ID класса;Предмет;Период;Оценка",
}

T = TypeVar("T")
Row = list[str]


class Dice(random.Random):
    """Chance that is the same under every version of Python: all of it comes from `random()`."""

    def below(self, number: int) -> int:
        """An integer from 0 to `number` - 1."""
        return int(self.random() * number)

    def pick(self, items: Sequence[T]) -> T:
        """One of the items."""
        return items[self.below(len(items))]

    def chance(self, share: float) -> bool:
        """True so often."""
        return self.random() < share

    def weigh(self, weights: Mapping[str, float]) -> str:
        """One of the keys, each as often as its weight says."""
        left = self.random() * sum(weights.values())
        for key, weight in weights.items():
            left -= weight
            if left < 0:
                return key
        return next(iter(weights))

    def mixed(self, items: Sequence[T]) -> list[T]:
        """The items in another order."""
        return sorted(items, key=lambda _: self.random())

    def moment(self, start: datetime, end: datetime) -> datetime:
        """A second in [start, end)."""
        return start + timedelta(seconds=self.below(int((end - start).total_seconds())))


class Ids:
    """Ids that grow by uneven steps, as the real ones do."""

    def __init__(self, first: int, step: int) -> None:
        """The first id comes some way after `first`."""
        self._last, self._step, self._dice = first, step, Dice(first)

    def next(self) -> str:
        """An id that was not given yet."""
        self._last += 1 + self._dice.below(self._step)
        return str(self._last)


@dataclass(frozen=True, slots=True)
class Family:
    """A surname, the father's name with its patronymics, and the parents' cells from the id on."""

    surname: str
    father: list[str]
    parents: list[tuple[str, str, bool, datetime | None]]


@dataclass(frozen=True, slots=True)
class Pupil:
    """A student: the subgroup for a foreign language, and who of the family can open the diary."""

    person_id: str
    half: int
    viewers: list[str]
    since: date


@dataclass(frozen=True, slots=True)
class ClassOf:
    """A class of this year."""

    class_id: str
    name: str
    parallel: int
    shift: int
    pupils: list[Pupil] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson that was not cancelled; `half` is its subgroup, if it has one."""

    lesson_id: str
    of: ClassOf
    subject: str
    half: int | None
    start: datetime
    end: datetime

    @property
    def pupils(self) -> Iterator[Pupil]:
        """Who should be there."""
        day = self.start.date()
        return (p for p in self.of.pupils if self.half in (None, p.half) and p.since <= day)


class Region:
    """What the schools share: the rows of all tables, the ids given, the hours taken, the posts."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.rows: dict[str, list[Row]] = {table: [] for table in HEADERS}
        self.people = Ids(1_600_397_763_924, 89)
        self.classes = Ids(2_257_077_130_866_233_197, 90_000_001)
        self.lessons = Ids(2_261_340_771_308_662_331, 40_000_003)
        self.marks = Ids(2_263_400_120_015_004_102, 9_000_001)
        self.works = Ids(2_264_118_930_077_215_640, 30_000_001)
        self.taken: set[tuple[str, int, int, int]] = set()
        """Teacher, day of the week, shift, number of the lesson."""
        self.posts: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        """The people by school and post."""

    def add(self, table: str, *cells: object) -> None:
        """Append a row to a table."""
        self.rows[table].append([shown(cell) for cell in cells])


class School:
    """A school in the making: its words, its dice, and what is made of it so far."""

    def __init__(self, about: dict[str, Any], region: Region) -> None:
        """`about` is the school's table in `words.toml`."""
        self.about, self.region, self.add = about, region, region.add
        self.id: str = about["school_id"]
        self.dice = Dice(f"{WORDS['seed']}/{self.id}")
        self.now: datetime = WORDS["exported_at"] + timedelta(hours=2 * ("timezone" in about))
        self.classes: list[ClassOf] = []
        self.families: list[Family] = []


def shown(cell: object) -> str:
    """How a value stands in the files."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "да" if cell else "нет"
    if isinstance(cell, datetime):
        return f"{cell:%d.%m.%Y %H:%M:%S}"
    return f"{cell:%d.%m.%Y}" if isinstance(cell, date) else str(cell)


def at(day: date, hour: int = 0, minute: int = 0, *, days: int = 0) -> datetime:
    """An hour of a day, or of the day so many days later."""
    return datetime.combine(day + timedelta(days=days), time(hour, minute))
