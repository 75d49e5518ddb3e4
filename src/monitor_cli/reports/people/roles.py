"""Persons at schools by role, with what is known of their accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from monitor_cli.columns import SHAPES, Table
from monitor_cli.dump import aliases
from monitor_cli.engine import facts, people
from monitor_cli.engine.persons import PERSON
from monitor_cli.language import words
from monitor_cli.reports.rows import looked_up

if TYPE_CHECKING:
    from monitor_cli.clock import Week
    from monitor_cli.dump.dump import Dump
    from monitor_cli.language import Words

STUDENT, PARENT, STAFF = "student", "parent", "staff"
ROLES: dict[str, Words] = {
    "teacher": words("учитель", "teacher"),
    "admin": words("администратор", "administrator"),
    "technical": words("технический персонал", "technical staff"),
    "other": words("прочий сотрудник", "other staff"),
    STUDENT: words("ученик", "student"),
    PARENT: words("родитель", "parent"),
}
"""The roles, in the order of the report."""
OF_STAFF = SHAPES[Table.STAFF].columns["role"].values
TABLE_OF = {
    **dict.fromkeys(OF_STAFF, Table.STAFF),
    STUDENT: Table.STUDENTS,
    PARENT: Table.PARENTS,
}
"""The table that the persons of a role stand in."""


def persons_of(dump: Dump, week: Week) -> pl.DataFrame:
    """The persons counted on the Sunday of the week, by school and role.

    Returns:
        `school_id`, `person_id`, `role` String, `activated` Boolean; a person of several roles has
        a row in each.
    """
    parts = []
    if Table.STAFF in dump.tables:
        says = people.before_end(week, "activated_at", "is_activated", None)
        staff = dump.tables[Table.STAFF].frame.with_columns(
            pl.col("role").cast(pl.String), activated=says.any().over(PERSON)
        )
        parts.append(staff.filter(people.counted(week)).collect())
    classes = facts.classes(dump, [week])
    students = None
    if Table.STUDENTS in dump.tables:
        students = people.student_rows(dump, classes, [week])
        parts.append(students.with_columns(role=pl.lit(STUDENT)))
    if Table.PARENTS in dump.tables:
        parents = people.parent_rows(dump, students, classes, [week])
        parts.append(parents.with_columns(role=pl.lit(PARENT)))
    columns = [*PERSON, "role", "activated"]
    if not parts:
        ids = dump.tables[Table.SCHOOLS].frame.select("school_id", person_id="school_id").collect()
        return ids.clear().with_columns(role=pl.lit(""), activated=pl.lit(value=False))
    return pl.concat(part.select(columns) for part in parts).unique()


class Visits(NamedTuple):
    """What the logins tell.

    `rows`: those up to the end of the week, a row a person at a school and kind of role:
    `school_id`, `person_id`, `kind` (student, parent or staff; null for a role of another name),
    `visits` Int64 in the week, `last` Datetime.
    `silent`: the roles of whose kind there is no login of anybody at any time, while there are
    others. A table without parents does not say that no parent came.
    """

    rows: pl.DataFrame
    silent: frozenset[str]


def visits_of(dump: Dump, week: Week) -> Visits:
    """The logins of a dump that has such a table."""
    kinds = {
        **dict.fromkeys(aliases.values(Table.STAFF, "role"), STAFF),
        **aliases.values(Table.DIARY_VIEWS, "viewer_role"),
    }
    seen: set[str | None] = set()

    def work(piece: pl.DataFrame) -> pl.DataFrame:
        meant = {text: kinds.get(aliases.normal(text)) for text in piece["role"].unique()}
        seen.update(meant.values())
        return (
            piece.filter(pl.col("logged_at") < week.next.monday)
            .with_columns(
                kind=looked_up("role", meant, pl.String),
                within=pl.col("logged_at") >= week.monday,
            )
            .group_by(*PERSON, "kind")
            .agg(visits=pl.col("within").sum().cast(pl.Int64), last=pl.col("logged_at").max())
        )

    parts = pl.concat(dump.tables[Table.LOGINS].each(work))
    rows = parts.group_by(*PERSON, "kind").agg(pl.col("visits").sum(), pl.col("last").max())
    # A login that names no kind may be of any.
    says = bool(seen) and None not in seen
    silent = (role for role in ROLES if (STAFF if role in OF_STAFF else role) not in seen)
    return Visits(rows, frozenset(silent) if says else frozenset())


def with_visits(persons: pl.DataFrame, visits: pl.DataFrame) -> pl.DataFrame:
    """Persons with `visits` (0 without) and `last` (null for who never came).

    A login counts in the roles of the kind that it names; one that names none, in all of the
    person's.
    """
    kind = pl.when(pl.col("role").is_in(OF_STAFF)).then(pl.lit(STAFF)).otherwise("role")
    named = persons.with_columns(own=kind).with_row_index("row")
    came = (
        named.join(visits, on=PERSON, how="inner", validate="m:m")
        .filter((pl.col("kind") == pl.col("own")).fill_null(value=True))
        .group_by("row")
        .agg(pl.col("visits").sum(), pl.col("last").max())
    )
    return (
        named.join(came, on="row", how="left", validate="1:1")
        .with_columns(pl.col("visits").fill_null(0))
        .drop("row", "own")
    )
