"""What teachers write into the journal of the lessons that are over: absences and marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.sampling.chance import part, weighted
from monitor_cli.sampling.habits import entered
from monitor_cli.sampling.plan import DAY, ID_MARGIN, MINUTE, PEOPLE_A_SCHOOL
from monitor_cli.sampling.rows import at, by_weeks, repeated
from monitor_cli.sampling.words import word_list

if TYPE_CHECKING:
    from monitor_cli.sampling.rows import Registers

FIRST_MARK, MARK_STEP = 2_263_400_120_015_004_102, 90_001
MARKS_A_LESSON = 64
UNMARKED = 1
"""First classes get neither marks nor homework."""
ABSENT, NOTED_LATE = 120, 100
"""Of a thousand: students a week, lessons with somebody late."""
RARE, BY_HEART, EDITED = 60, 70, 30
"""Of a thousand marks; by heart only where there is something to read."""
_STEPS = (37, 41, 43, 47, 53, 59)
"""Strides through a class: no class has a size that shares a factor with one."""
_ANSWERS = tuple(weighted({"Ответ на уроке": 4, "Работа на уроке": 1}))
_TESTS = tuple(weighted({"Контрольная работа": 2, "Самостоятельная работа": 3}))
_RARE = ("Домашняя работа", "Поведение")
_BY_HEART, _READING = "Наизусть", ("Литература", "Литературное чтение")
_GRADES = tuple(weighted({"5": 40, "4": 51, "3": 30, "2": 6, "н/а": 1}))
_SIGNS = tuple(weighted({"Б": 6, "Н": 3, "П": 1}))
_LATE = "О"


def make_absences(registers: Registers) -> pl.DataFrame:
    """Who is away when, a row for each student and week, in that order.

    Columns: `student_at`, `class_at`, `week`, `away` (bit n: the day n of the week), `sign`.
    """
    dice = registers.plan.dice
    frame = registers.students.select(
        "key", "class_at", "in_class", student_at=pl.int_range(pl.len(), dtype=pl.Int64)
    )
    frame = by_weeks(frame, registers.plan.weeks, "student_at", "week")
    draw = dice.draw("absence", pl.col("key") * MARKS_A_LESSON + pl.col("week"))
    days = [
        sum(1 << day for day in range(first, first + length))
        for first in range(6)
        for length in (1, 2, 3)
    ]
    away = at(days, part(draw, 1000, len(days)))
    signs = at(_SIGNS, part(draw, 1 << 20, len(_SIGNS)))
    return frame.select(
        "student_at", "class_at", "in_class", "week",
        away=pl.when(part(draw, 1, 1000) < ABSENT).then(away).otherwise(0),
        sign=signs,
    )  # fmt: skip


def make_attendance(
    registers: Registers, lessons: pl.DataFrame, absences: pl.DataFrame
) -> pl.DataFrame:
    """Who was noted as absent or late, in the order of lessons: the columns of the table."""
    dice, weeks = registers.plan.dice, registers.plan.weeks
    numbers = lessons.group_by("class_at", "week", maintain_order=True).agg(
        pl.len().cast(pl.Int64)
    )["len"]
    place = pl.col("class_at") * weeks + pl.col("week")
    away = absences.filter(
        (pl.col("away") > 0) & (pl.col("in_class") < registers.of_class("size"))
    ).with_columns(first=at(numbers.cum_sum() - numbers, place), number=at(numbers, place))
    away = repeated(away, "number", "nth").with_columns(lesson_at=pl.col("first") + pl.col("nth"))
    away = away.with_columns(_of_lesson(lessons, "weekday", "half", "held"))
    theirs = (pl.col("half") < 0) | (pl.col("half") == pl.col("in_class") % 2)
    away = away.filter(_that_day(pl.col("away")) & theirs & pl.col("held"))
    late = _latecomers(registers, lessons, absences)
    columns = ("lesson_at", "student_at", "sign")
    noted = pl.concat([away.select(columns), late.select(columns)]).sort("lesson_at", "student_at")
    noted = noted.with_columns(
        *_of_lesson(lessons, "key", "lesson_id", "school_at", "day", "ends", "now"),
        in_school=registers.of_student("key") % PEOPLE_A_SCHOOL,
    )
    key = pl.col("key") * PEOPLE_A_SCHOOL + pl.col("in_school")
    noted = noted.filter(dice.chance("recorded", key, registers.of_school("recorded")))
    second = dice.below("noted", pl.col("key"), 35 * MINUTE)
    moment = pl.col("day") * DAY + (pl.col("ends") - 25) * MINUTE + second
    return noted.with_columns(
        student_id=registers.of_student("person_id"),
        status="sign",
        created_at=pl.min_horizontal(moment, pl.col("now")),
    )


def _of_lesson(lessons: pl.DataFrame, *names: str) -> list[pl.Expr]:
    """Columns of `lessons`, by the column `lesson_at`."""
    return [at(lessons[name], pl.col("lesson_at")).alias(name) for name in names]


def _latecomers(
    registers: Registers, lessons: pl.DataFrame, absences: pl.DataFrame
) -> pl.DataFrame:
    """One student each for some of the lessons: `lesson_at`, `student_at`, `sign`."""
    dice, key = registers.plan.dice, pl.col("key")
    held = lessons.with_columns(lesson_at=pl.int_range(pl.len(), dtype=pl.Int64)).filter(
        pl.col("held") & dice.chance("late", key, NOTED_LATE)
    )
    held = held.with_columns(_of_class(registers))
    held = held.with_columns(student_at=_student_at(dice.below("who", key, pl.col("sitting"))))
    here = ~_is_away(registers, absences)
    return held.filter(here).with_columns(sign=pl.lit(_LATE))


def make_marks(registers: Registers, lessons: pl.DataFrame, absences: pl.DataFrame) -> pl.DataFrame:
    """The marks in the order of lessons: the columns of the table."""
    marks = repeated(_marked_lessons(registers, lessons), "number", "nth")
    which = (pl.col("offset") + pl.col("nth") * pl.col("step")) % pl.col("sitting")
    marks = marks.with_columns(student_at=_student_at(which))
    marks = marks.filter(~_is_away(registers, absences))
    key = pl.col("key") * MARKS_A_LESSON + pl.col("nth")
    marks = marks.with_columns(mark_key=key, draw=registers.plan.dice.draw("mark", key))
    draw = pl.col("draw")
    # The digits of one draw, from the right: second (7), grade (128), kind, edited, id.
    kind = part(draw, 7 * 128, 1000)
    edited = part(draw, 7 * 128 * 1000, 1000) < EDITED
    rest = 7 * 128 * 1_000_000
    work_type = (
        pl.when("test")
        .then("work_type")
        .when(kind < RARE)
        .then(at(_RARE, kind % 2))
        .when(pl.col("reading") & (kind < RARE + BY_HEART))
        .then(pl.lit(_BY_HEART))
        .otherwise("work_type")
    )
    jitter = part(draw, rest, MARK_STEP - ID_MARGIN)
    marks = marks.with_columns(
        mark_id=FIRST_MARK + pl.col("mark_key") * MARK_STEP + jitter,
        student_id=registers.of_student("person_id"),
        work_type=work_type,
        value=at(_GRADES, part(draw, 7, len(_GRADES))),
        created_at=pl.col("moment") + pl.col("nth") * 8 + part(draw, 1, 7),
    )
    moment = pl.col("created_at") + 3 * MINUTE + part(draw, rest, 1600) * MINUTE
    return marks.filter(pl.col("created_at") <= pl.col("now")).with_columns(
        updated_at=pl.when(edited & (moment <= pl.col("now"))).then(moment)
    )


def _marked_lessons(registers: Registers, lessons: pl.DataFrame) -> pl.DataFrame:
    """The lessons with marks: how many, of which type, from which student on, when entered."""
    dice, key, draw = registers.plan.dice, pl.col("key"), pl.col("draw")
    reading = [subject in _READING for subject in word_list().subjects]
    chosen = lessons.filter("held").with_columns(
        _of_class(registers),
        draw=dice.draw("marked", key),
        parallel=registers.of_class("parallel"),
        share=registers.of_school("marked"),
        tests=registers.of_school("tests"),
        profile=registers.of_teacher("profile"),
    )
    chosen = chosen.filter(
        (pl.col("parallel") > UNMARKED) & (part(draw, 1, 1000) < pl.col("share"))
    )
    spread = part(dice.draw("moment", key), 1, 1 << 32)
    chosen = chosen.with_columns(
        test=part(draw, 1000, 1000) < pl.col("tests"),
        moment=entered(pl.col("profile"), part(draw, 1_000_000, 100), spread),
    )
    answers = pl.min_horizontal(6 + part(draw, 1 << 27, 10), "sitting")
    kind = part(draw, 1 << 31, len(_ANSWERS) * len(_TESTS))
    return chosen.select(
        "key", "lesson_id", "week", "weekday", "half", "sitting", "first_student", "now",
        "moment", "test",
        number=pl.when("test").then("sitting").otherwise(answers),
        work_type=pl.when("test")
        .then(at(_TESTS, kind % len(_TESTS)))
        .otherwise(at(_ANSWERS, kind % len(_ANSWERS))),
        offset=part(draw, 1 << 37, 64),
        step=at(_STEPS, part(draw, 1 << 43, len(_STEPS))),
        reading=at(reading, pl.col("subject_at")),
    )  # fmt: skip


def _of_class(registers: Registers) -> list[pl.Expr]:
    """Of a lesson: who sits there (`sitting`), and where the class begins among the students."""
    size = registers.of_class("size")
    halved = (size + 1 - pl.col("half")) // 2
    return [
        pl.when(pl.col("half") < 0).then(size).otherwise(halved).alias("sitting"),
        registers.of_class("first_student").alias("first_student"),
    ]


def _student_at(which: pl.Expr) -> pl.Expr:
    """The place in the register of the student who is `which` of those who sit there."""
    in_class = pl.when(pl.col("half") < 0).then(which).otherwise(which * 2 + pl.col("half"))
    return pl.col("first_student") + in_class


def _is_away(registers: Registers, absences: pl.DataFrame) -> pl.Expr:
    """Whether the student of a row is away on the day of its lesson."""
    place = pl.col("student_at") * registers.plan.weeks + pl.col("week")
    return _that_day(at(absences["away"], place))


def _that_day(away: pl.Expr) -> pl.Expr:
    """Whether the bits of a week hold the column `weekday`."""
    return away & at([1 << day for day in range(7)], pl.col("weekday")) > 0
