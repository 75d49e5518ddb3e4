"""Who has to be seen to before the year begins: staff to reconcile, students to migrate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.engine.people import before_end, counted
from monitor_cli.engine.persons import PERSON

if TYPE_CHECKING:
    from monitor_cli.clock import Week

NOT_ACTIVATED, TECHNICAL = "not_activated", "technical"
PAST_CLASS, NO_CLASS, TWO_CLASSES = "past_class", "no_class", "two_classes"


def staff(register: pl.DataFrame, week: Week) -> pl.DataFrame:
    """The counted staff of a `register`, and why a person has to be seen to.

    Technical is who has no other counted row: such people are to be removed. Of the others who has
    not activated the account by the end of the week is to do so.
    Source: `memo.txt`, «Выверка сотрудников».

    Returns:
        `school_id`, `person_id`, `name`, `role`, `position` of the last row of the person that has
        one, `why` (null: nothing to do).
    """
    technical = (pl.col("role") == TECHNICAL).fill_null(value=False)
    now = counted(week)
    people = register.group_by(PERSON, maintain_order=True).agg(
        counted=now.any(),
        technical=technical.filter(now).all(),
        activated=before_end(week, "activated_at", "is_activated", None).any(),
        role=pl.col("role").fill_null("teacher").filter(now).last(),
        **{name: pl.col(name).drop_nulls().last() for name in ("name", "position")},
    )
    why = (
        pl.when("technical")
        .then(pl.lit(TECHNICAL))
        .when(~pl.col("activated"))
        .then(pl.lit(NOT_ACTIVATED))
    )
    return people.filter("counted").select(*PERSON, "name", "role", "position", why=why)


def students(register: pl.DataFrame, classes: pl.DataFrame, week: Week) -> pl.DataFrame:
    """The counted students of a `register`, and why a student is not where they should be.

    One reason, the first that holds: in classes of the school of which none is active (`facts.
    classes`: archived or of another year), in none, in more than one. A class that is not known or
    not of the student's school is none. Source: `memo.txt`, «Миграция».

    Returns:
        `school_id`, `person_id`, `name`, `classes` (their names, in order), `why` (null: nothing).
    """
    shown = pl.col("class").fill_null(pl.col("class_id").cast(pl.String))
    known = classes.select("school_id", "class_id", "parallel", "active", shown=shown)
    rows = register.filter(counted(week)).join(
        known, on=["school_id", "class_id"], how="left", validate="m:1", maintain_order="left"
    )
    people = (
        rows.sort("parallel", "shown", nulls_last=True, maintain_order=True)
        .group_by(PERSON, maintain_order=True)
        .agg(
            pl.col("name").drop_nulls().last(),
            classes=pl.col("shown").drop_nulls().unique(maintain_order=True),
            number=pl.col("class_id").filter(pl.col("shown").is_not_null()).n_unique(),
            active=pl.col("active").fill_null(value=False).any(),
        )
    )
    why = (
        pl.when(pl.col("number") == 0)
        .then(pl.lit(NO_CLASS))
        .when(~pl.col("active"))
        .then(pl.lit(PAST_CLASS))
        .when(pl.col("number") > 1)
        .then(pl.lit(TWO_CLASSES))
    )
    names = pl.col("classes").list.join(", ").replace("", None)
    return people.select(*PERSON, "name", classes=names, why=why)
