"""Timetables of a week by pattern, and the lessons that come of them."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from monitor_cli.sampling.chance import finalised, part
from monitor_cli.sampling.people import OWN_CLASS, SECONDARY
from monitor_cli.sampling.plan import DAY, ID_MARGIN, MINUTE, MOST_WEEKS, day_number
from monitor_cli.sampling.rows import at, by_weeks
from monitor_cli.sampling.schools import FIVE_DAYS, SIX_DAYS, UNFILLED_LESSONS, VARIANTS
from monitor_cli.sampling.words import INFORMATICS, LANGUAGE, word_list

if TYPE_CHECKING:
    from monitor_cli.sampling.rows import Registers

FIRST_LESSON, LESSON_STEP = 2_261_340_771_308_662_331, 10_000_019
SLOTS_A_WEEK = 64
SECOND_BELL = 310
"""Minutes from the first bell of the first shift to that of the second."""
BELLS = (0, 55, 115, 175, 235, 290, 345)
"""Minutes from a shift's first bell to each lesson."""
LENGTH = 40
CANCELLED, ABSENT_TEACHERS = 4, 15
"""Of a thousand lessons; teachers a day."""
_HALVES = ("Группа 1", "Группа 2")


class _Slot(NamedTuple):
    """A lesson of a pattern. `half`: -1 for the whole class; `post`: see `people`."""

    pattern: int
    slot: int
    weekday: int
    number: int
    subject_at: int
    half: int
    post: int


def make_lessons(registers: Registers) -> pl.DataFrame:
    """The lessons in the order of schools, classes, dates, numbers, subgroups.

    Columns: those of the table (`date` in days, `starts_at`, `ends_at` in minutes), and `key`,
    `school_at`, `class_at`, `week` (0 is the first), `weekday` (0–6), `day` (since 1970), `half`
    (-1: the whole class), `subject_at`, `staff_at` (who teaches), `ends`, `now`, `held` (over and
    not cancelled).
    """
    plan, key = registers.plan, pl.col("key")
    dice = plan.dice
    lessons = by_weeks(_week(registers), plan.weeks, "class_at", "week", "slot")
    mondays = [day_number(monday) for monday in plan.mondays]
    week = registers.of_class("key") * (MOST_WEEKS + 1) + pl.col("week")
    lessons = lessons.with_columns(
        key=week * SLOTS_A_WEEK + pl.col("slot"),
        day=at(mondays, pl.col("week")) + pl.col("weekday"),
    )
    jitter = dice.below("lesson id", key, LESSON_STEP - ID_MARGIN)
    teacher_and_day = registers.of_teacher("key") * (1 << 20) + pl.col("day")
    lessons = lessons.with_columns(
        class_id=registers.of_class("class_id"),
        lesson_id=FIRST_LESSON + key * LESSON_STEP + jitter,
        date=pl.col("day"),
        draw=dice.draw("lesson", key),
        away=dice.chance("away", teacher_and_day, ABSENT_TEACHERS),
        now=registers.of_school("now"),
    )
    return _carried_out(registers, lessons)


def _week(registers: Registers) -> pl.DataFrame:
    """A week of each class: its pattern, its bells, its teachers."""
    patterns, starts = _patterns()
    longer, split = (pl.col("days") == SIX_DAYS).cast(pl.Int64), pl.col("split").cast(pl.Int64)
    which = (((pl.col("parallel") - 1) * 2 + longer) * 2 + split) * VARIANTS + pl.col("variant")
    first, after = at(starts, which), at(starts, which + 1)
    last = pl.when("unfilled").then(first + UNFILLED_LESSONS).otherwise(after)
    classes = registers.classes.select(
        "school_at",
        "nth",
        class_at=pl.col("at"),
        bell=registers.of_school("first_bell")
        + pl.col("second_shift").cast(pl.Int64) * SECOND_BELL,
        place=pl.int_ranges(first, last),
    )
    week = classes.explode("place").with_columns(
        at(patterns[name], pl.col("place")).alias(name) for name in patterns.columns
    )
    posts = len(word_list().posts)
    post = pl.col("school_at") * posts + pl.col("post").clip(0)
    among = at(registers.posts["count"], post)
    turn = (pl.col("nth") + pl.col("half").clip(0)) % among
    # The teachers of primary classes stand in the register before all others, in order of classes.
    primary = registers.classes.filter(pl.col("parallel") < SECONDARY)
    number = primary.group_by("school_at", maintain_order=True).agg(pl.len().cast(pl.Int64))["len"]
    first_own = at(registers.posts["first"], pl.col("school_at") * posts)
    own = first_own - at(number, pl.col("school_at")) + pl.col("nth")
    return week.with_columns(
        starts=pl.col("bell") + at(BELLS, pl.col("number") - 1),
        staff_at=pl.when(pl.col("post") < 0)
        .then(own)
        .otherwise(at(registers.posts["first"], post) + turn),
    )


def _carried_out(registers: Registers, lessons: pl.DataFrame) -> pl.DataFrame:
    """What became of the lessons: substitutes, cancellations, topics, ticks."""
    known, draw = word_list(), pl.col("draw")
    cancelled = part(draw, 1, 1000) < CANCELLED
    # A teacher away is stood in for by the next colleague on the list, two times of three.
    stood_in = pl.col("away") & (part(draw, 1000, 3) > 0)
    colleague = at(registers.staff["person_id"], pl.col("staff_at") + 1)
    topics = [topic for subject in known.subjects for topic in known.topics[subject]]
    counts = pl.Series([len(known.topics[subject]) for subject in known.subjects])
    among = part(draw, 1 << 12, at(counts, pl.col("subject_at")))
    topic = at(topics, at(counts.cum_sum() - counts, pl.col("subject_at")) + among)
    lessons = lessons.with_columns(
        ends=pl.col("starts") + LENGTH,
        teacher_id=registers.of_teacher("person_id"),
        substitute_id=pl.when(stood_in & ~cancelled).then(colleague),
        is_cancelled=cancelled,
    )
    over = pl.col("day") * DAY + pl.col("ends") * MINUTE <= pl.col("now")
    held = over & ~pl.col("is_cancelled")
    comment = at(known.comments, part(draw, 1 << 16, len(known.comments)))
    has_comment = part(draw, 1 << 30, 1000) < registers.of_school("comments")
    has_topic = part(draw, 1 << 20, 1000) < registers.of_school("topics")
    half = pl.col("half")
    return lessons.with_columns(
        held=held,
        subject=at(known.subjects, pl.col("subject_at")),
        group=pl.when(half >= 0).then(at(_HALVES, half.clip(0))),
        starts_at=pl.col("starts"),
        ends_at=pl.col("ends"),
        topic=pl.when(has_topic).then(topic),
        comment=pl.when(held & has_comment).then(comment),
        is_conducted=held & (part(draw, 1 << 40, 1000) < registers.of_school("conducted")),
    )


@cache
def _patterns() -> tuple[pl.DataFrame, pl.Series]:
    """All slots of all patterns, and where each pattern begins (and the last ends)."""
    slots: list[_Slot] = []
    starts = [0]
    for parallel in word_list().hours:
        for days in (FIVE_DAYS, SIX_DAYS):
            for split in (False, True):
                for variant in range(VARIANTS):
                    slots += _pattern(len(starts) - 1, parallel, days, variant, split=split)
                    starts.append(len(slots))
    frame = pl.DataFrame(slots, schema=dict.fromkeys(_Slot._fields, pl.Int64), orient="row")
    return frame.drop("pattern"), pl.Series(starts)


def _pattern(pattern: int, parallel: int, days: int, variant: int, *, split: bool) -> list[_Slot]:
    """A week without gaps, in which no subject stands twice on a day (if days suffice)."""
    known = word_list()
    hours = known.hours[parallel]
    taught = {subject: at for at, post in enumerate(known.posts) for subject in post.subjects}
    mixed = sorted(hours, key=lambda s: finalised(variant * 1000 + known.subjects.index(s)))
    places = [(at % days, subject) for at, subject in enumerate(_spread(mixed, hours))]
    a_day = Counter(day for day, _ in places)
    slots: list[_Slot] = []
    for day in range(days):
        today = [subject for on, subject in places if on == day]
        turn = finalised(pattern * 10 + day) % a_day[day]
        for number, subject in enumerate(today[turn:] + today[:turn], start=1):
            post = taught.get(subject, OWN_CLASS)
            if parallel < SECONDARY and not (post >= 0 and known.posts[post].primary):
                post = OWN_CLASS
            halved = split and (
                (subject == LANGUAGE) or (subject == INFORMATICS and parallel >= SECONDARY)
            )
            slots += [
                _Slot(pattern, 0, day, number, known.subjects.index(subject), half, post)
                for half in ((0, 1) if halved else (-1,))
            ]
    return [slot._replace(slot=at) for at, slot in enumerate(slots)]


def _spread(subjects: list[str], hours: dict[str, int]) -> list[str]:
    """Each subject as often as it has hours, one after another."""
    return [subject for subject in subjects for _ in range(hours[subject])]
