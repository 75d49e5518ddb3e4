"""`monitor people`: persons and users by role, visits, and who works at schools."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.columns import Table
from monitor_cli.dump.dump import with_dump
from monitor_cli.engine import facts, places
from monitor_cli.engine.people import counted
from monitor_cli.engine.persons import PERSON
from monitor_cli.engine.placed import outside
from monitor_cli.engine.query import WEEK_COLUMNS
from monitor_cli.engine.source import read_by, read_options
from monitor_cli.language import words
from monitor_cli.levels import DOWN_TO_SCHOOL, Level
from monitor_cli.report import Report, Sheet
from monitor_cli.reports import rows as placing
from monitor_cli.reports import told
from monitor_cli.reports.asked import Asked
from monitor_cli.reports.numbers import quotient, share
from monitor_cli.reports.people import sheets, staff
from monitor_cli.reports.people.roles import (
    OF_STAFF,
    ROLES,
    TABLE_OF,
    persons_of,
    visits_of,
    with_visits,
)
from monitor_cli.result import Notice

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from monitor_cli.dump.dump import Dump
    from monitor_cli.language import Words
    from monitor_cli.report import Column, Value
    from monitor_cli.settings import Settings

TABLES = (
    Table.SCHOOLS,
    Table.CLASSES,
    Table.STAFF,
    Table.STUDENTS,
    Table.PARENTS,
    Table.LOGINS,
)
_WITH_NAMES = frozenset({Table.STAFF, Table.STUDENTS, Table.PARENTS})


@dataclass(frozen=True, slots=True)
class AskedPeople(Asked):
    """Whose people are asked for.

    `roles`: keys of `ROLES`, all without. `visits`: who is listed by name: `came` in the week,
    `never` came, or `all`; nobody without. Without roles those of staff are listed.
    """

    roles: tuple[str, ...] = ()
    visits: str | None = None


def people(
    path: Path,
    settings: Settings,
    asked: AskedPeople,
    *,
    sample: bool = False,
    as_imported: date | None = None,
) -> Report:
    """Persons by role, their visits in the week, staff by post, category and age.

    Raises:
        UsageError: a level that it does not have; a filter that names nothing.
        DumpError: the dump cannot be read or has the wrong shape.
    """
    asked.require(DOWN_TO_SCHOOL)
    wanted = {table: WEEK_COLUMNS[table] for table in TABLES}
    if asked.visits is not None:
        wanted |= {table: wanted[table] | {"name"} for table in _WITH_NAMES}
    wanted[Table.STAFF] |= {"position"}
    made = with_dump(
        lambda options: read_by(options, path, wanted, {}, as_imported),
        read_options(settings),
        partial(_made, asked),
    )
    return replace(made, sample=sample)


def _made(asked: AskedPeople, dump: Dump) -> Report:
    schools = places.schools(dump)
    classes = facts.classes(dump, [asked.week])
    scope = placing.scope_of_registers(asked, schools, classes)
    left = scope.keep(schools).select(places.SCHOOL_KEYS)
    roles = asked.roles or tuple(ROLES)
    persons = scope.keep(persons_of(dump, asked.week))
    visited, silent = None, frozenset[str]()
    if Table.LOGINS in dump.tables:
        visits = visits_of(dump, asked.week)
        silent = visits.silent & set(roles)
        visited = with_visits(persons, visits.rows)
    shown = [_people(asked, dump, left, persons if visited is None else visited, silent)]
    if Table.STAFF in dump.tables and not set(roles).isdisjoint(OF_STAFF):
        members = staff.composed(dump, counted(asked.week), asked.week.school_year)
        members = scope.keep(members).filter(pl.col("role").is_in(roles))
        members = members.join(left, on="school_id", how="inner", validate="m:1")
        shown += [
            _composition(asked, members, sheets.POSTS, "position", sheets.OF_POSTS),
            _composition(asked, members, sheets.CATEGORY, "category", sheets.OF_CATEGORIES),
        ]
    if asked.visits is not None and visited is not None:
        known = visited.filter(~pl.col("role").is_in(sorted(silent)))
        shown.append(_by_name(asked, dump, left, known))
    when = told.day(asked.week.sunday)
    return Report(
        name=sheets.NAME,
        title=words(f"Персоны и пользователи на {when.ru}", f"Persons and users on {when.en}"),
        main=sheets.PEOPLE,
        sheets=shown,
        head=told.head(asked),
        lines=[words(f"Входы за {told.period(asked).ru}", f"Visits of {told.period(asked).en}")],
        problems=dump.problems,
        warnings=[*dump.warnings, *_wanting(dump), *_silent(silent & set(persons["role"]))],
        day=asked.week.sunday,
    )


def _silent(roles: Collection[str]) -> list[Notice]:
    """Say of which roles the table of logins has nobody at all."""
    if not roles:
        return []
    names = [said for role, said in ROLES.items() if role in roles]
    ru, en = (", ".join(one[at] for one in names) for at in (0, 1))
    return [
        Notice(
            "no_logins_of_role",
            words(
                f"в logins нет ни одного входа в роли: {ru}; их входы н/д",
                f"logins has no login at all in the role: {en}; their visits are not available",
            ),
        )
    ]


def _people(
    asked: AskedPeople,
    dump: Dump,
    left: pl.DataFrame,
    persons: pl.DataFrame,
    silent: Collection[str],
) -> Sheet:
    """A row a place and role: of those asked for, the ones that somebody has, and the unknown.

    Visits of the roles `silent` are not available.
    """
    known = [role for role in asked.roles or ROLES if TABLE_OF[role] in dump.tables]
    unknown = [role for role in asked.roles or ROLES if TABLE_OF[role] not in dump.tables]
    held = set(persons["role"].unique())
    kept = [role for role in known if role in held or asked.roles]
    counts = {
        "persons": pl.len(),
        "users": pl.col("activated").sum(),
        **(_OF_VISITS if "visits" in persons.columns else {}),
    }
    at_school = persons.group_by("school_id", "role").agg(
        expression.cast(pl.Int64).alias(name) for name, expression in counts.items()
    )
    rows = left.join(
        pl.DataFrame({"role": [*kept, *unknown]}, schema={"role": pl.String}), how="cross"
    )
    rows = rows.join(at_school, on=["school_id", "role"], how="left", validate="1:1")
    rows = rows.with_columns(
        pl.when(pl.col("role").is_in(kept)).then(pl.col(name).fill_null(0)) for name in counts
    ).with_columns(pl.lit(None, pl.Int64).alias(name) for name in _OF_VISITS if name not in counts)
    heard = ~pl.col("role").is_in(sorted(silent))
    rows = rows.with_columns(pl.when(heard).then(pl.col(*_OF_VISITS)))
    level = asked.level
    if level is not Level.SCHOOL:
        rows = placing.pooled(rows, level, ["role"])
    order = {role: at for at, role in enumerate(ROLES)}
    rows = rows.sort(placing.looked_up("role", order, pl.Int64))
    cells: list[tuple[Value, ...]] = []
    for keys, row in placing.by_place(rows, level):
        said: dict[str, Value] = {
            **row,
            "users_share": share(row["users"], row["persons"]),
            "came_share": share(row["came"], row["persons"]),
            "visits_a_person": quotient(row["visits"], row["came"]),
        }
        cells.append((*keys, *(said[column.key] for column in sheets.OF_PEOPLE)))
    return _sheet(
        asked,
        (sheets.PEOPLE, words("Люди по ролям", "People by role")),
        cells,
        sheets.OF_PEOPLE,
        limit=asked.limit,
    )


_OF_VISITS = {
    "came": (pl.col("visits") > 0).sum(),
    "visits": pl.col("visits").sum(),
    "never": pl.col("last").is_null().sum(),
}
"""What is summed up of the visits of persons."""


def _composition(
    asked: AskedPeople, members: pl.DataFrame, key: str, by: str, columns: Sequence[Column]
) -> Sheet:
    """A row a place, role and post or category, in the order of roles, then of these."""
    level = asked.level
    rows = staff.by_age(members, [*level.keys, "role", by])
    order = {role: at for at, role in enumerate(ROLES)}
    within = (
        {one.value: at for at, one in enumerate(staff.Category)}
        if by == "category"
        else {
            text: at
            for at, text in enumerate(
                sorted((one for one in rows[by].unique() if one is not None), key=places.natural)
            )
        }
    )
    rows = rows.sort(
        placing.looked_up("role", order, pl.Int64),
        placing.looked_up(by, within, pl.Int64),
        nulls_last=True,
    )
    titles = {
        sheets.POSTS: words("Сотрудники по должностям", "Staff by post"),
        sheets.CATEGORY: words("Сотрудники по категориям", "Staff by category"),
    }
    note = words(
        f"возраст – полных лет на 01.01.{asked.week.school_year + 1}",
        f"ages are full years on {asked.week.school_year + 1}-01-01",
    )
    cells = placing.cells(rows, level, columns)
    return replace(_sheet(asked, (key, titles[key]), cells, columns), note=note)


def _by_name(asked: AskedPeople, dump: Dump, left: pl.DataFrame, visited: pl.DataFrame) -> Sheet:
    """The persons who came, never came, or all of them: those of staff where no role is asked."""
    roles = asked.roles or OF_STAFF
    chosen = {
        sheets.CAME: pl.col("visits") > 0,
        sheets.NEVER: pl.col("last").is_null(),
        sheets.EVERYBODY: pl.lit(value=True),
    }
    rows = visited.filter(pl.col("role").is_in(roles), chosen[asked.visits or sheets.EVERYBODY])
    names = pl.concat(
        [
            dump.tables[table].frame.select(*PERSON, "name").collect()
            for table in sorted(_WITH_NAMES)
            if table in dump.tables
        ]
    )
    named = names.drop_nulls("name").group_by(PERSON, maintain_order=True).agg(pl.last("name"))
    rows = rows.join(named, on=PERSON, how="left", validate="m:1")
    rows = rows.join(left, on="school_id", how="inner", validate="m:1")
    order = {role: at for at, role in enumerate(ROLES)}
    rows = rows.sort(placing.looked_up("role", order, pl.Int64), "name", "person_id")
    cells = [
        (*keys, *(_told(row, column.key) for column in sheets.OF_VISITS))
        for keys, row in placing.by_place(rows, Level.SCHOOL)
    ]
    columns = (*told.key_columns(Level.SCHOOL, cells), *sheets.OF_VISITS)
    titles: dict[str, Words] = {
        sheets.CAME: words("Кто был за неделю", "Who came in the week"),
        sheets.NEVER: words("Кто не был ни разу", "Who never came"),
        sheets.EVERYBODY: words("Входы", "Visits"),
    }
    return Sheet(sheets.VISITS, titles[asked.visits or sheets.EVERYBODY], columns, cells)


def _told(row: Mapping[str, Value], key: str) -> Value:
    return outside(key, row[key]) if key == "person_id" else row[key]


def _sheet(
    asked: AskedPeople,
    named: tuple[str, Words],
    cells: Sequence[tuple[Value, ...]],
    columns: Sequence[Column],
    limit: int | None = None,
) -> Sheet:
    """A sheet whose rows begin with the keys of the level."""
    return Sheet(
        *named,
        (*told.key_columns(asked.level, cells), *columns),
        placing.limited(cells, limit),
        rows_in_all=None if limit is None else len(cells),
    )


def _wanting(dump: Dump) -> list[Notice]:
    """What is not available for want of a table or of the year of birth."""
    wanting = {
        Table.STAFF: words("сотрудники", "staff"),
        Table.STUDENTS: words("ученики", "students"),
        Table.PARENTS: words("родители", "parents"),
        Table.LOGINS: words("входы", "visits"),
    }
    said = [
        told.missing(table, what) for table, what in wanting.items() if table not in dump.tables
    ]
    return [*said, *told.of_staff(dump)]
