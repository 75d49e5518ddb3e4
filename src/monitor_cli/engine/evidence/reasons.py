"""Why a mark does not count, why a lesson has no timely homework, and by how much."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.clock import MICROSECONDS_A_MINUTE
from monitor_cli.engine.homework import meetings
from monitor_cli.engine.lessons import MOMENT
from monitor_cli.indicators import homework as homework_rule
from monitor_cli.indicators import marks as marks_rule
from monitor_cli.indicators.facts import Homework, Mark
from monitor_cli.indicators.spec import Share
from monitor_cli.language import words

if TYPE_CHECKING:
    from monitor_cli.engine.lessons import Lessons
    from monitor_cli.settings import Settings


class Reason(StrEnum):
    """Why a row does not count."""

    LATE = "late"
    EARLY = "early"
    UNTRACKED = "untracked"
    OTHER_LESSON = "other_lesson"
    NO_TIME = "no_time"
    NO_NEXT = "no_next"
    NEVER = "never"


SAID = {
    Reason.LATE: words("поздно", "late"),
    Reason.EARLY: words("раньше срока", "too early"),
    Reason.UNTRACKED: words("не тот вид работ", "not a tracked type"),
    Reason.OTHER_LESSON: words("к другому уроку", "for another lesson"),
    Reason.NO_TIME: words("без часов", "without a time"),
    Reason.NO_NEXT: words("нет следующего урока", "no next lesson"),
    Reason.NEVER: words("не задано", "never set"),
}


def _minutes(later: pl.Expr, earlier: pl.Expr) -> pl.Expr:
    """Whole minutes between two moments, a begun one counted."""
    between = (later - earlier).dt.total_microseconds()
    return (between + (MICROSECONDS_A_MINUTE - 1)) // MICROSECONDS_A_MINUTE


def of_marks(lost: pl.DataFrame, rules: Settings) -> pl.DataFrame:
    """Say of each mark that does not count why, and by how much.

    Args:
        lost: rows of `Fact.MARKS` that the declaration loses.
        rules: the settings.

    Returns:
        The rows with `reason` (late, early, untracked), `deadline` Datetime and `minutes` Int64:
        after the deadline, or before the lesson's day began; both null where it is untracked.
    """
    declared = marks_rule.timely_marks.declare(rules)
    if not isinstance(declared, Share):
        message = "timely_marks is no share"
        raise TypeError(message)
    late, early = declared.counts["late"], declared.counts["early"]
    due = marks_rule.deadline(rules)
    return lost.with_columns(
        reason=pl.when(late)
        .then(pl.lit(Reason.LATE.value))
        .when(early)
        .then(pl.lit(Reason.EARLY.value))
        .otherwise(pl.lit(Reason.UNTRACKED.value)),
        deadline=pl.when(late | early).then(due),
        minutes=pl.when(late)
        .then(_minutes(Mark.created, due))
        .when(early)
        .then(_minutes(Mark.day, Mark.created)),
    )


def of_homework(
    lost: pl.DataFrame, given: pl.DataFrame, lessons: Lessons, rules: Settings
) -> pl.DataFrame:
    """Say of each lesson without timely homework why, and by how much.

    The first that holds: set late for a next lesson; set in time, but for another lesson of the
    class, subject and group; set before the time for it began; set at an unknown hour; there is no
    next lesson; never set.

    Args:
        lost: rows of `Fact.HOMEWORK` that the declaration loses.
        given: as `homework.given` returns it.
        lessons: the lessons of the dump.
        rules: the settings.

    Returns:
        The rows with `reason`, `set_at` Datetime (of the homework that the reason speaks of),
        `deadline` Datetime, `minutes` Int64 (after the deadline, or before the time for it began),
        `next_date` Date (of the next lessons), `attached_to` Date (of the other lesson).
    """
    rows = lost.with_columns(
        deadline=homework_rule.deadline(rules), opens=homework_rule.opens(rules)
    )
    stamped = given.unpivot(["issued", "updated"], index="at", value_name="stamp").filter(
        pl.col("stamp").is_not_null()
    )
    if rules.timely_homework.homework_link == "given":
        rows = _without_meetings(rows, stamped)
    else:
        rows = _by_meetings(rows, stamped, lessons)
    late = Homework.issued.is_not_null()
    other = pl.col("attached_to").is_not_null()
    early = pl.col("before").is_not_null()
    reason = (
        pl.when(late)
        .then(pl.lit(Reason.LATE.value))
        .when(other)
        .then(pl.lit(Reason.OTHER_LESSON.value))
        .when(early)
        .then(pl.lit(Reason.EARLY.value))
        .when(Homework.undated > 0)
        .then(pl.lit(Reason.NO_TIME.value))
        .when(~pl.col("has_next"))
        .then(pl.lit(Reason.NO_NEXT.value))
        .otherwise(pl.lit(Reason.NEVER.value))
    )
    return rows.with_columns(
        reason=reason,
        set_at=pl.when(late)
        .then(Homework.issued)
        .when(other)
        .then("elsewhere")
        .when(early)
        .then("before"),
        minutes=pl.when(late)
        .then(_minutes(Homework.issued, pl.col("deadline")))
        .when(~other & early)
        .then(_minutes(pl.col("opens"), pl.col("before"))),
        attached_to=pl.when(~late).then("attached_to"),
    ).drop("opens", "before", "elsewhere", "has_next")


def _without_meetings(rows: pl.DataFrame, stamped: pl.DataFrame) -> pl.DataFrame:
    """Where homework stands at the lesson it was given at, no next lesson is looked for."""
    return _too_early(rows, stamped.rename({"at": "link"}), rows["at"]).with_columns(
        has_next=pl.lit(value=True),
        next_date=pl.lit(None, pl.Date),
        attached_to=pl.lit(None, pl.Date),
        elsewhere=pl.lit(None, MOMENT),
    )


def _by_meetings(rows: pl.DataFrame, stamped: pl.DataFrame, lessons: Lessons) -> pl.DataFrame:
    """What is set for the next meeting too early, and what for another of the series in time."""
    number, previous = meetings(lessons)
    count = len(previous)
    series = previous.is_null().cast(pl.Int64).cum_sum()
    # One after the last, so that the meeting after each can be looked up.
    days = pl.Series([None], dtype=pl.Date).new_from_index(0, count + 1)
    days = days.scatter(number, lessons.frame["date"])
    goes_on = previous.is_not_null().extend(pl.Series([False]))
    following = number.gather(rows["at"]) + 1
    met = goes_on.gather(following)
    rows = rows.with_columns(
        series.gather(following - 1).alias("series"),
        following.alias("following"),
        met.alias("has_next"),
        days.gather(following).set(~met, None).alias("next_date"),
    )
    at = number.gather(stamped["at"])
    homework = stamped.select("stamp", at.alias("link"), series.gather(at).alias("series"))
    rows = _too_early(rows, homework, following.set(~met, None))
    lacking = rows.filter(Homework.issued.is_null(), pl.col("has_next"))
    elsewhere = (
        lacking.select("at", "series", "following", "day", "deadline")
        .join(homework, on="series", how="inner", validate="m:m")
        .filter(
            pl.col("link") != pl.col("following"),
            pl.col("stamp") >= pl.col("day"),
            pl.col("stamp") < pl.col("deadline"),
        )
        .sort("at", "stamp", "link")
        .unique("at", keep="first", maintain_order=True)
    )
    elsewhere = elsewhere.select(
        "at",
        days.gather(elsewhere["link"]).alias("attached_to"),
        pl.col("stamp").alias("elsewhere"),
    )
    return rows.join(elsewhere, on="at", how="left", validate="1:1").drop("series", "following")


def _too_early(rows: pl.DataFrame, homework: pl.DataFrame, link: pl.Series) -> pl.DataFrame:
    """Add `before`: the last stamp of homework at `link` before the time for it began.

    Only where nothing was set later.
    """
    linked = rows.select("at", "opens", link.alias("link")).filter(pl.col("link").is_not_null())
    before = (
        linked.join(homework, on="link", how="inner", validate="m:m")
        .filter(pl.col("stamp") < pl.col("opens"))
        .group_by("at")
        .agg(before=pl.col("stamp").max())
    )
    return rows.join(before, on="at", how="left", validate="1:1")
