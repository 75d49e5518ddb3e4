"""What a school has to do next: how much of what reaches a threshold, and what that gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from monitor_cli.engine.evidence.components import short_by
from monitor_cli.indicators import BY_KEY
from monitor_cli.indicators.spec import Integral
from monitor_cli.language import Words, plural_ru, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monitor_cli.result import Measure
    from monitor_cli.settings import Settings


class Step(NamedTuple):
    """What reaches an indicator's threshold: `units` more of what its numerator counts.

    `gain`: the points that reaching it adds to the school's activity, 0 where it is no component.
    `said`: the units in words. `possible`: whether units of this kind can be enough.
    """

    key: str
    units: int
    gain: float
    said: Words
    possible: bool = True


class _Unit(NamedTuple):
    """What is counted, in the forms that stand after a number, and what it must have."""

    one: str
    few: str
    many: str
    ru: str
    english: str

    def counted(self, number: int) -> Words:
        noun = plural_ru(number, self.one, self.few, self.many)
        return words(f"ещё {number} {noun} {self.ru}", f"{number} more: {self.english}")


_LESSONS = ("урок", "урока", "уроков")
UNITS: Mapping[str, _Unit] = {
    "teacher_activation": _Unit(
        "учитель", "учителя", "учителей", "с активированной записью", "teachers activated"
    ),
    "student_activation": _Unit(
        "ученик", "ученика", "учеников", "с активированной записью", "students activated"
    ),
    "parent_activation": _Unit(
        "родитель", "родителя", "родителей", "с активированной записью", "parents activated"
    ),
    "parent_engagement": _Unit(
        "ученик", "ученика", "учеников", "с просмотренным дневником", "students with a diary viewed"
    ),
    "teacher_esia": _Unit(
        "учитель", "учителя", "учителей", "со входом через ЕСИА", "teachers with an ESIA login"
    ),
    "teacher_category": _Unit(
        "учитель", "учителя", "учителей", "с категорией", "teachers with a category"
    ),
    "account_activation": _Unit(
        "активированная учётная запись",
        "активированные учётные записи",
        "активированных учётных записей",
        "",
        "accounts activated",
    ),
    "timetable_filling": _Unit(
        "класс", "класса", "классов", "с полным расписанием", "classes with a filled timetable"
    ),
    "lesson_planning": _Unit(*_LESSONS, "с темой или ДЗ", "lessons with a topic or homework"),
    "journal_keeping": _Unit(
        *_LESSONS,
        "с оценкой, неявкой, комментарием или «Урок проведен»",
        "lessons with a mark, an absence, a comment or the «conducted» tick",
    ),
    "timely_marks": _Unit(
        "оценка в срок", "оценки в срок", "оценок в срок", "", "marks of tracked types in time"
    ),
    "timely_homework": _Unit(*_LESSONS, "с ДЗ в срок", "lessons with timely homework"),
}
"""What more is needed of each indicator that counts rows; the order is the catalogue's."""

_UNREACHABLE = words(
    "одними сроками не достичь: мало оценок отслеживаемых видов работ",
    "cannot be reached by being in time: too few marks of tracked work types",
)


def next_steps(measures: Mapping[str, Measure], rules: Settings) -> list[Step]:
    """The steps of a school, those that make it active first, then those that take least.

    Args:
        measures: of the school, by indicator.
        rules: the settings, which name the components of its activity.
    """
    steps = [
        _step(key, one, _gain(key, measures, rules))
        for key, one in measures.items()
        if one.reached is False and key in UNITS
    ]
    return sorted(steps, key=lambda step: (not step.possible, -step.gain, step.units))


def _step(key: str, one: Measure, gain: float) -> Step:
    units = short_by(one.numerator or 0, one.denominator or 0, one.threshold)
    ceiling = one.extras.get("ceiling")
    if isinstance(ceiling, (int, float)) and ceiling < one.threshold:
        return Step(key, units, gain, _UNREACHABLE, possible=False)
    said = UNITS[key].counted(units)
    return Step(key, units, gain, type(said)(*(text.strip() for text in said)))


def _gain(key: str, measures: Mapping[str, Measure], rules: Settings) -> float:
    """The points that one more component adds to the activity of the school."""
    for name, one in measures.items():
        declared = BY_KEY[name].declare(rules)
        if isinstance(declared, Integral) and one.denominator and key in declared.components:
            return 100 / one.denominator
    return 0.0
