"""How schools and teachers keep a journal: shares in a thousand, and when things are entered."""

from __future__ import annotations

import polars as pl

from monitor_cli.sampling.chance import weighted
from monitor_cli.sampling.plan import DAY, HOUR, MINUTE
from monitor_cli.sampling.rows import at

TIERS = weighted({"0": 22, "1": 30, "2": 25, "3": 15, "4": 8})
"""Schools from the best kept to the worst."""

SHARES: dict[str, tuple[int, int, int, int, int]] = {
    "marked": (980, 950, 910, 820, 650),
    "homework": (970, 930, 850, 650, 350),
    "topics": (1000, 990, 970, 930, 800),
    "comments": (60, 40, 30, 20, 10),
    "recorded": (970, 940, 900, 800, 600),
    "viewed": (930, 860, 760, 600, 400),
    "staff": (1000, 980, 940, 880, 750),
    "students": (970, 930, 870, 780, 550),
    "parents": (950, 900, 820, 700, 420),
    "esia": (950, 880, 750, 600, 300),
    "unfilled": (0, 0, 10, 30, 80),
}
"""Shares in a thousand, by tier."""
CONDUCTED = (0, 300, 600, 950)
"""Whether «Урок проведен» is ticked is a custom of the school, whatever its tier."""
CATEGORIES = (*["Высшая"] * 6, *["Первая категория"] * 7, "педагог-методист")
CATEGORIES_OR_NONE = (*CATEGORIES, *["соответствие занимаемой должности"] * 4, None, None)

_PROFILES: tuple[dict[str, int], ...] = (
    {"lesson": 58, "afternoon": 29, "evening": 11, "night": 1, "morning": 1},
    {"lesson": 14, "afternoon": 20, "evening": 55, "night": 7, "morning": 4},
    {"lesson": 5, "evening": 25, "night": 50, "morning": 12, "next_day": 8},
    {"lesson": 10, "afternoon": 10, "evening": 10, "morning": 40, "next_day": 30},
    {"lesson": 15, "afternoon": 15, "saturday": 40, "monday": 30},
    {"lesson": 45, "afternoon": 36, "evening": 8, "before": 11},
)
"""Teachers: when they enter things, of a hundred."""
_TEACHERS: tuple[tuple[int, ...], ...] = (
    (80, 12, 2, 2, 1, 3),
    (62, 22, 6, 5, 2, 3),
    (45, 27, 12, 9, 4, 3),
    (28, 27, 20, 14, 8, 3),
    (14, 20, 25, 24, 15, 2),
)
"""Of a hundred teachers, how many have which profile, by the school's tier."""
_HABITS = (
    "lesson",
    "afternoon",
    "evening",
    "night",
    "morning",
    "next_day",
    "saturday",
    "monday",
    "before",
)
_HUNDRED = 100
_SATURDAY, _NEXT_MONDAY = 5, 7


def profile_of(tier: pl.Expr, draw: pl.Expr) -> pl.Expr:
    """A teacher's profile, from the school's tier and a number below 100."""
    table = [
        profile
        for weights in _TEACHERS
        for profile, weight in enumerate(weights)
        for _ in range(weight)
    ]
    return at(table, tier * _HUNDRED + draw)


def entered(profile: pl.Expr, draw: pl.Expr, spread: pl.Expr) -> pl.Expr:
    """When a teacher of this profile enters something about a lesson: seconds since 1970.

    Reads the columns `day` (since 1970) and `weekday` (0–6), `ends` (minutes of the day). `draw`:
    a number below 100 that picks the habit, `spread`: one below 2³² that picks the second in it.
    """
    habits = [_HABITS.index(habit) for weights in _PROFILES for habit in weighted(weights)]
    habit = at(habits, profile * _HUNDRED + draw)
    end = pl.col("ends").cast(pl.Int64) * MINUTE
    midnight = pl.col("day").cast(pl.Int64) * DAY
    lunch = pl.max_horizontal(end, pl.lit(14 * HOUR))
    dusk = pl.max_horizontal(end, pl.lit(18 * HOUR + 30 * MINUTE))
    to_saturday = (_SATURDAY - pl.col("weekday").cast(pl.Int64)) * DAY
    to_monday = (_NEXT_MONDAY - pl.col("weekday").cast(pl.Int64)) * DAY
    spans: dict[str, tuple[pl.Expr, pl.Expr]] = {
        "lesson": (end - 25 * MINUTE, end + 10 * MINUTE),
        "afternoon": (lunch, lunch + 3 * HOUR),
        "evening": (dusk, dusk + 2 * HOUR + 20 * MINUTE),
        "night": (pl.lit(21 * HOUR + 2 * MINUTE), pl.lit(23 * HOUR + 20 * MINUTE)),
        "morning": (pl.lit(DAY + 7 * HOUR + 30 * MINUTE), pl.lit(DAY + 12 * HOUR + 50 * MINUTE)),
        "next_day": (pl.lit(DAY + 13 * HOUR + 10 * MINUTE), pl.lit(DAY + 20 * HOUR + 30 * MINUTE)),
        "saturday": (
            pl.max_horizontal(to_saturday + 10 * HOUR, end),
            pl.max_horizontal(to_saturday + 10 * HOUR, end) + 3 * HOUR,
        ),
        "monday": (to_monday + 8 * HOUR, to_monday + 10 * HOUR + 45 * MINUTE),
        "before": (pl.lit(-9 * HOUR), pl.lit(-5 * HOUR)),
    }
    first, last = spans["lesson"]
    start, length = first, last - first
    for name, (first, last) in spans.items():
        is_this = habit == _HABITS.index(name)
        start = pl.when(is_this).then(first).otherwise(start)
        length = pl.when(is_this).then(last - first).otherwise(length)
    return midnight + start + (spread * length) // (1 << 32)
