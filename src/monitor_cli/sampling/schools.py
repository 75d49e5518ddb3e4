"""Schools with their habits, and their classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.sampling.chance import weighted
from monitor_cli.sampling.habits import CONDUCTED, SHARES, TIERS
from monitor_cli.sampling.plan import CLASSES_A_SCHOOL, ID_MARGIN
from monitor_cli.sampling.rows import at, repeated
from monitor_cli.sampling.words import word_list

if TYPE_CHECKING:
    from monitor_cli.sampling.plan import Plan

FIRST_SCHOOL, SCHOOL_STEP = 1_000_001_567_000, 7
FIRST_CLASS, CLASS_STEP = 2_257_077_130_866_233_197, 90_000_001
SCHOOLS_A_MUNICIPALITY = 16
MUNICIPALITIES_A_REGION = 30
PARALLELS = 11
SENIOR = 10
"""From this parallel on there are fewer classes."""
TWO_SHIFTS, LONG_WEEKS = 200, 250
"""Of a thousand schools."""
FIVE_DAYS, SIX_DAYS = 5, 6
VARIANTS = 8
"""Timetables for each parallel, length of week and class size."""
SECOND_SHIFT = (3, 6, 7)
"""The parallels that come in the afternoon where there are two shifts."""
UNFILLED_LESSONS = 5
"""Lessons a week of a class whose timetable nobody filled in."""
LEFT, KEPT = 200, 300
"""Of a thousand: classes that lost a student this autumn, schools that keep last year's classes."""
SPLIT_FROM = 18
"""A class of this size is halved for languages and informatics."""

_KINDS = weighted({"0": 12, "1": 20, "2": 33, "3": 22, "4": 13})
_CLASSES = (1, 1, 2, 3, 4)
_SENIOR_CLASSES = (0, 1, 1, 2, 2)
_LETTERS = ("А", "Б", "В", "Г", "Д")
_ZONES = (*[None] * 82, *["Asia/Yekaterinburg"] * 9, *["Asia/Novosibirsk"] * 5, *["МСК+2"] * 4)
_NAMES = (*["МБОУ «СОШ № {}»"] * 16, *["МАОУ «Гимназия № {}»"] * 2, *["МБОУ «Лицей № {}»"] * 2)
_SMALL_NAME = "МКОУ «ООШ № {}»"


def make_schools(plan: Plan, schools: range) -> pl.DataFrame:
    """The schools of a range.

    Columns: those of the table, and `at` (place in the range), `key` (place in the dump), `tier`,
    `kind` (0–4, by size), `two_shifts`, `days` (of the week), `first_bell` (minutes), `tests`,
    `conducted` and the shares of `habits.SHARES` (in a thousand), `now` (seconds).
    """
    dice, key = plan.dice, pl.col("key")
    numbers = pl.int_range(schools.start, schools.stop, dtype=pl.Int64, eager=True)
    frame = pl.DataFrame({"key": numbers}).with_columns(
        at=key - schools.start,
        school_id=FIRST_SCHOOL + key * SCHOOL_STEP + dice.below("school id", key, SCHOOL_STEP),
        tier=dice.pick("tier", key, TIERS).cast(pl.Int64),
        kind=dice.pick("size", key, _KINDS).cast(pl.Int64),
        two_shifts=dice.chance("two shifts", key, TWO_SHIFTS),
        days=pl.when(dice.chance("six days", key, LONG_WEEKS)).then(SIX_DAYS).otherwise(FIVE_DAYS),
        first_bell=dice.pick("first bell", key, (480, 495, 510)),
        tests=dice.below("tests", key, 50) + 15,
        conducted=dice.pick("conducted", key, CONDUCTED),
        timezone=dice.pick("zone", key // SCHOOLS_A_MUNICIPALITY, _ZONES),
        number=key % SCHOOLS_A_MUNICIPALITY + 1,
        name=dice.pick("school name", key, _NAMES),
    )
    shares = [at(values, pl.col("tier")).alias(name) for name, values in SHARES.items()]
    name = pl.when(pl.col("kind") == 0).then(pl.lit(_SMALL_NAME)).otherwise("name")
    zones = {zone: plan.now(zone) for zone in set(_ZONES)}
    return frame.with_columns(
        *shares,
        *_places(key // SCHOOLS_A_MUNICIPALITY),
        school=name.str.replace("{}", pl.col("number").cast(pl.String), literal=True),
        shifts=pl.col("two_shifts").cast(pl.Int64) + 1,
        now=pl.col("timezone").replace_strict(zones, return_dtype=pl.Int64),
    )


def _places(municipality: pl.Expr) -> list[pl.Expr]:
    """The names of the municipality and its region."""
    places = word_list().places
    regions = [
        f"{start}{end} область"
        for end in places["region_ends"]
        for start in places["region_beginnings"]
    ]
    municipalities = [
        f"{name} {kind}"
        for kind in places["municipality_kinds"]
        for name in places["municipalities"]
    ]
    region = municipality // MUNICIPALITIES_A_REGION % len(regions)
    return [
        at(municipalities, municipality % len(municipalities)).alias("municipality"),
        at(regions, region).alias("region"),
    ]


def make_classes(plan: Plan, schools: pl.DataFrame) -> pl.DataFrame:
    """The classes of this year, in the order of schools, parallels and letters.

    Columns: those of the table, and `at` (place in the range), `key`, `school_at`, `school_key`,
    `nth` (in the school), `second_shift`, `size` (students who come), `left` (students who came
    until October), `split`, `unfilled`, `variant` (of the timetable), `first_student` (the place
    of the first student in the range).
    """
    dice, key = plan.dice, pl.col("key")
    base = schools.select(
        pl.col("at").alias("school_at"), pl.col("key").alias("school_key"), "school_id", "kind",
        "two_shifts", "days", pl.col("unfilled").alias("unfilled_share"),
        parallels=pl.lit(PARALLELS),
    )  # fmt: skip
    frame = repeated(base, "parallels", "parallel").with_columns(pl.col("parallel") + 1)
    level = pl.col("school_key") * CLASSES_A_SCHOOL + pl.col("parallel")
    usual = at(_CLASSES, pl.col("kind"))
    senior = at(_SENIOR_CLASSES, pl.col("kind"))
    more = dice.pick("classes", level, (-1, *[0] * 8, 1)) * (usual > 1)
    frame = frame.with_columns(
        count=pl.when(pl.col("parallel") >= SENIOR).then(senior).otherwise(usual + more)
    )
    frame = repeated(frame, "count", "letter")
    frame = frame.with_columns(nth=pl.int_range(pl.len()).over("school_at"))
    frame = frame.with_columns(
        at=pl.int_range(pl.len()), key=pl.col("school_key") * CLASSES_A_SCHOOL + pl.col("nth")
    )
    bell = dice.below("size a", key, 8) + dice.below("size b", key, 7)
    size = pl.when(pl.col("kind") == 0).then(5 + dice.below("small", key, 9)).otherwise(19 + bell)
    frame = frame.with_columns(
        class_id=class_id(plan, key),
        second_shift=pl.col("two_shifts") & pl.col("parallel").is_in(SECOND_SHIFT),
        size=size,
        left=dice.chance("left", key, LEFT).cast(pl.Int64),
        unfilled=dice.chance("unfilled", key, pl.col("unfilled_share")),
        variant=dice.below("variant", key, VARIANTS),
        study_year=pl.lit(plan.week.school_year),
        status=pl.lit("Активный"),
        **{"class": pl.col("parallel").cast(pl.String) + at(_LETTERS, pl.col("letter"))},
    )
    students = pl.col("size") + pl.col("left")
    return frame.with_columns(
        split=pl.col("size") >= SPLIT_FROM,
        shift=pl.col("second_shift").cast(pl.Int64) + 1,
        first_student=students.cum_sum() - students,
    )


def class_id(plan: Plan, key: pl.Expr) -> pl.Expr:
    """The id of a class, growing with its key."""
    return FIRST_CLASS + key * CLASS_STEP + plan.dice.below("class id", key, CLASS_STEP - ID_MARGIN)


def archived(plan: Plan, classes: pl.DataFrame) -> pl.DataFrame:
    """The table of classes, with last year's ninth where a school keeps it in the archive."""
    last = classes.filter(pl.col("nth") == 0).with_columns(
        key=pl.col("school_key") * CLASSES_A_SCHOOL + CLASSES_A_SCHOOL - 1
    )
    last = last.filter(plan.dice.chance("archive", pl.col("key"), KEPT)).with_columns(
        pl.lit("9А").alias("class"),
        class_id=class_id(plan, pl.col("key")),
        parallel=pl.lit(9, dtype=classes.schema["parallel"]),
        study_year=pl.col("study_year") - 1,
        status=pl.lit("Архив"),
        shift=pl.lit(1, dtype=classes.schema["shift"]),
    )
    return pl.concat([classes, last]).sort("key")
