"""Homework, each for the lesson it is due for, and who looked into the diaries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.sampling.chance import part
from monitor_cli.sampling.habits import entered
from monitor_cli.sampling.journal import UNMARKED
from monitor_cli.sampling.plan import DAY, HOUR, ID_MARGIN, MINUTE, day_number
from monitor_cli.sampling.rows import at, by_weeks, repeated
from monitor_cli.sampling.words import word_list

if TYPE_CHECKING:
    from monitor_cli.sampling.rows import Registers

FIRST_HOMEWORK, HOMEWORK_STEP = 2_264_118_930_077_215_640, 10_000_079
_RARELY = (
    "Физическая культура",
    "Изобразительное искусство",
    "Музыка",
    "Труд (технология)",
    "ОБЗР",
    "Разговоры о важном",
    "Шахматы",
)
RARE, FILES, EDITED, VIEWED_BY_STAFF = 150, 50, 40, 30
"""Of a thousand: of the school's share where homework is rare; homework; students a week."""
_VIEWERS = ("Ученик", "Родитель")
_BOTH = 3
_STAFF = "Сотрудник"
_NUMBERS = 120
_ABOUT = ("day", "weekday", "ends")
"""What of the lesson before tells when its teacher enters something."""


def make_homework(registers: Registers, lessons: pl.DataFrame) -> pl.DataFrame:
    """The homework known so far, in the order of the lessons it is due for: the table's columns.

    It is entered about the lesson before of the same class, subject and group, as its teacher
    enters things, but before the lesson it is due for.
    """
    dice, key, draw = registers.plan.dice, pl.col("key"), pl.col("draw")
    known = word_list()
    rare = at([subject in _RARELY for subject in known.subjects], pl.col("subject_at"))
    usual = registers.of_school("homework")
    of_course = (pl.col("class_at") * len(known.subjects) + pl.col("subject_at")) * 3 + pl.col(
        "half"
    )
    due = lessons.filter(~pl.col("is_cancelled")).with_columns(course=of_course)
    due = due.sort("course", "day")
    follows = pl.col("course") == pl.col("course").shift(1)
    due = due.with_columns(
        *(pl.when(follows).then(pl.col(name).shift(1)).alias(name) for name in _ABOUT),
        parallel=registers.of_class("parallel"),
        draw=dice.draw("homework", key),
        profile=registers.of_teacher("profile"),
        due=pl.col("day") * DAY + pl.col("starts_at") * MINUTE,
        share=pl.when(rare).then(usual * RARE // 1000).otherwise(usual),
    )
    due = due.filter((pl.col("parallel") > UNMARKED) & (part(draw, 1, 1000) < pl.col("share")))
    spread = part(dice.draw("homework moment", key), 1, 1 << 32)
    about = entered(pl.col("profile"), part(draw, 1000, 100), spread)
    # What was given before the dump begins was given a few days ahead, in the afternoon.
    ahead = pl.col("due") - 4 * DAY + 5 * HOUR + part(draw, 1 << 20, HOUR)
    latest = pl.col("due") - (20 + part(draw, 1 << 20, 60)) * MINUTE
    issued = pl.min_horizontal(pl.coalesce(about, ahead), latest)
    due = due.with_columns(issued_at=issued).filter(pl.col("issued_at") <= pl.col("now"))
    moment = pl.col("issued_at") + 5 * MINUTE + part(draw, 1 << 26, 900) * MINUTE
    edited = (part(draw, 1 << 36, 1000) < EDITED) & (moment <= pl.col("now"))
    files = part(draw, 1 << 46, 1000) < FILES
    texts = [form.replace("{}", str(n)) for form in known.homework for n in range(1, _NUMBERS)]
    jitter = dice.below("homework id", key, HOMEWORK_STEP - ID_MARGIN)
    only_files = files & (part(draw, 1 << 56, 5) == 0)
    return due.sort("key").with_columns(
        homework_id=FIRST_HOMEWORK + key * HOMEWORK_STEP + jitter,
        text=pl.when(~only_files).then(dice.pick("homework text", key, texts)),
        has_files=files,
        updated_at=pl.when(edited).then(moment),
    )


def make_views(registers: Registers) -> pl.DataFrame:
    """Who looked into whose diary, in the order of students and weeks: the table's columns."""
    plan, draw = registers.plan, pl.col("draw")
    dice = plan.dice
    here = registers.students.filter(pl.col("in_class") < registers.of_class("size"))
    frame = by_weeks(
        here.select("key", "school_at", "viewers", "person_id"), plan.weeks, "key", "week"
    )
    key = pl.col("key") * 64 + pl.col("week")
    viewed = (pl.col("viewers") > 0) & (part(draw, 1, 1000) < registers.of_school("viewed"))
    by_staff = (part(draw, 1000, 1000) < VIEWED_BY_STAFF).cast(pl.Int64)
    frame = frame.with_columns(key=key, draw=dice.draw("views", key)).with_columns(
        times=pl.when(viewed).then(1 + part(draw, 1_000_000, 3)).otherwise(0) + by_staff,
        by_staff=by_staff,
    )
    frame = repeated(frame, "times", "nth").with_columns(
        draw=dice.draw("view", pl.col("key") * 8 + pl.col("nth"))
    )
    day = at([day_number(monday) for monday in plan.mondays], pl.col("week")) + part(draw, 1, 7)
    # In a family where both can, chance decides who of them it is.
    viewer = (
        pl.when(pl.col("viewers") == _BOTH).then(part(draw, 7, 2)).otherwise(pl.col("viewers") - 1)
    )
    is_staff = pl.col("nth") >= pl.col("times") - pl.col("by_staff")
    second = part(draw, 16, 15 * HOUR // 4) * 4 + pl.col("nth")
    return frame.with_columns(
        student_id="person_id",
        viewer_role=pl.when(is_staff).then(pl.lit(_STAFF)).otherwise(at(_VIEWERS, viewer.clip(0))),
        viewed_at=day * DAY + 7 * HOUR + second,
        now=registers.of_school("now"),
    ).filter(pl.col("viewed_at") <= pl.col("now"))
