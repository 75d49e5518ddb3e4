"""«Своевременное выставление оценок»: the two-shift rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.clock import DAYS, at, days_after
from monitor_cli.columns import Table
from monitor_cli.indicators.facts import Mark
from monitor_cli.indicators.spec import Evidence, Extra, Fact, Share, indicator
from monitor_cli.language import words
from monitor_cli.result import Block, ExtraKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monitor_cli.settings import Settings


def deadline(rules: Settings) -> pl.Expr:
    """When a mark is late: the moment itself is."""
    rule = rules.timely_marks
    return (
        pl.when(Mark.two_shifts)
        .then(at(days_after(Mark.day, 1), rule.deadline_two_shifts))
        .otherwise(at(Mark.day, rule.deadline))
    )


def _ceiling(sums: Mapping[str, int]) -> float | None:
    return 100 * sums["tracked"] / sums["denominator"] if sums["denominator"] else None


@indicator(
    block=Block.JOURNAL,
    title=words("Своевременное выставление оценок", "Timely marks"),
    short=words("Оценки в срок", "Timely marks"),
    ru="Доля оценок недели, выставленных в день урока до 21:00 (в школе с двумя сменами — до 13:00 "
    "следующего дня) по отслеживаемым видам работ.",
    formula=words(
        "своевременные оценки отслеживаемых видов / все оценки недели за уроки недели",
        "timely marks of tracked work types / all marks entered in the week for its lessons",
    ),
    source=words(
        "Сроки, четыре вида работ, знаменатель — все оценки, примечание о неделе.",
        "The deadlines, the four work types, all marks as the denominator, the note on the week.",
    ),
    ours=words(
        "Срок не включается: 21:00:00 — поздно. Оценка, поставленная до дня урока, не "
        "своевременна. Правка в срок считается (edits_count). Оценка с датой без времени не "
        "учитывается (no_time).",
        "A deadline is exclusive: 21:00:00 is late. A mark entered before the lesson's day is not "
        "timely. An edit in time counts (edits_count). A stamp without a time of day is left out "
        "(no_time).",
    ),
    fact=Fact.MARKS,
    reads=(Table.LESSONS, Table.MARKS),
    evidence=(
        Evidence(Table.MARKS, "created_at"),
        Evidence(Table.MARKS, "updated_at", lambda rules: rules.timely_marks.edits_count),
    ),
    extras=(
        Extra("tracked", words("отслеживаемых видов", "of tracked types")),
        Extra("ceiling", words("потолок, %", "ceiling, %"), _ceiling, ExtraKind.PERCENT),
        Extra("late", words("поздно", "late")),
        Extra("early", words("раньше дня урока", "before the lesson's day")),
        Extra("before_week", words("до недели", "before the week")),
        Extra("after_week", words("после недели", "after the week")),
        Extra("no_time", words("без часов", "without a time")),
    ),
)
def timely_marks(rules: Settings) -> Share:
    """Timely marks of tracked types, of the marks entered in the week for lessons of the week."""
    rule = rules.timely_marks
    before = Mark.created < Mark.monday
    after = Mark.created >= days_after(Mark.monday, DAYS)
    considered = Mark.has_time & ~before & ~after
    due = deadline(rules)
    timely = (Mark.created >= Mark.day) & (Mark.created < due)
    if rule.edits_count:
        timely |= ((Mark.updated >= Mark.day) & (Mark.updated < due)).fill_null(value=False)
    tracked = considered & Mark.tracked
    missed = tracked & ~timely
    return Share(
        of=tracked if rule.denominator == "tracked" else considered,
        where=tracked & timely,
        counts={
            "tracked": tracked,
            "late": missed & (Mark.created >= due),
            "early": missed & (Mark.created < Mark.day),
            "before_week": Mark.has_time & before,
            "after_week": Mark.has_time & after,
            "no_time": ~Mark.has_time,
        },
        # One that is late stays late; one that was early can be edited in time.
        still=missed & (Mark.created < Mark.day) & (due > Mark.as_of)
        if rule.edits_count
        else pl.lit(value=False),
    )
