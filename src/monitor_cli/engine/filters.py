"""Filters as typed → the ids and texts of the dump that they mean."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.engine.places import ordered
from monitor_cli.errors import UsageError
from monitor_cli.language import normalised, words
from monitor_cli.levels import Level

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monitor_cli.engine.places import Frames
    from monitor_cli.engine.query import Query

COMMAND = "school"
"""What the name of one school is typed after."""
QUOTES = str.maketrans("", "", "«»\"'“”„‘’`")


@dataclass(frozen=True, slots=True)
class Scope:
    """What the filters leave; `None` is everything."""

    schools: pl.Series | None = None
    classes: pl.Series | None = None
    subjects: pl.Series | None = None
    teachers: pl.DataFrame | None = None
    """`school_id`, `teacher_id`: a person may bear another name at another school."""

    @property
    def by_lesson(self) -> bool:
        """Whether only lessons bear all the keys of the filters."""
        return self.subjects is not None or self.teachers is not None

    @property
    def below_school(self) -> bool:
        """Whether a filter narrows the inside of schools."""
        return self.classes is not None or self.by_lesson

    def keep(self, rows: pl.DataFrame) -> pl.DataFrame:
        """The rows that bear the keys."""
        for name, values in (
            ("school_id", self.schools),
            ("class_id", self.classes),
            ("subject", self.subjects),
        ):
            if values is not None and name in rows.columns:
                rows = rows.filter(pl.col(name).is_in(values.implode()))
        if self.teachers is not None and "teacher_id" in rows.columns:
            pairs = ["school_id", "teacher_id"]
            rows = rows.join(self.teachers, on=pairs, how="semi", validate="m:m")
        return rows


def resolve(query: Query, frames: Frames) -> Scope:
    """Find what the filters of `query` name, each within what those before it left.

    Raises:
        UsageError: a value matches nothing; the message names the nearest.
    """
    return resolve_lessons(query, frames, resolve_registers(query, frames))


def resolve_registers(query: Query, frames: Frames) -> Scope:
    """The part of `resolve` that the registers of schools and classes answer.

    Raises:
        UsageError: a value matches nothing.
    """
    scope = Scope()
    if query.municipalities or query.schools:
        left = frames.schools
        if query.municipalities:
            found = _matching("--municipality", query.municipalities, left, None, "municipality")
            left = left.filter(found)
        if query.schools:
            left = left.filter(_matching("--school", query.schools, left, "school_id", "school"))
        scope = replace(scope, schools=left["school_id"])
    if query.like is not None:
        scope = replace(scope, schools=one_school(query.like, frames.schools))
    if query.classes:
        left = scope.keep(frames.classes)
        found = _matching("--class", query.classes, left, "class_id", "class")
        scope = replace(scope, classes=left.filter(found)["class_id"].unique())
    return scope


def resolve_lessons(query: Query, frames: Frames, scope: Scope, *, partly: bool = False) -> Scope:
    """The part of `resolve` that the lessons answer, within the `scope` of the registers.

    `partly`: what is not here may be elsewhere.

    Raises:
        UsageError: a value matches nothing, and not `partly`.
    """
    if query.subjects:
        left = scope.keep(frames.lessons)
        found = _matching("--subject", query.subjects, left, None, "subject", partly=partly)
        scope = replace(scope, subjects=left.filter(found)["subject"].unique())
    if query.teachers:
        left = scope.keep(frames.lessons).select("school_id", "teacher_id").unique()
        left = left.join(
            frames.teachers, on=["school_id", "teacher_id"], how="inner", validate="1:1"
        )
        found = _matching("--teacher", query.teachers, left, "teacher_id", "teacher", partly=partly)
        scope = replace(scope, teachers=left.filter(found).select("school_id", "teacher_id"))
    return scope


def one_school(typed: str, schools: pl.DataFrame) -> pl.Series:
    """The id of the school that is meant: by id, else by the whole name, else by a part of it.

    A number is no part of a longer one: «№ 1» is not in «№ 10».

    Raises:
        UsageError: none is meant, or several; the message lists them, or the nearest.
    """
    name = folded(typed)
    edges = ("(?<![0-9])" if name[:1].isdigit() else "", "(?![0-9])" if name[-1:].isdigit() else "")
    part = re.compile(f"{edges[0]}{re.escape(name)}{edges[1]}")
    names = pl.Series([folded(one) for one in schools["school"]], dtype=pl.String)
    for found in (
        schools["school_id"].cast(pl.String) == typed.strip(),
        names == name,
        pl.Series([bool(name and part.search(one)) for one in names], dtype=pl.Boolean),
    ):
        meant = schools.filter(found)
        if meant.height == 1:
            return meant["school_id"]
        if meant.height:
            raise _several(typed, meant)
    raise _nothing(COMMAND, typed, schools["school"].to_list())


_LISTED = 10
"""The schools listed where a name means several."""


def _several(typed: str, schools: pl.DataFrame) -> UsageError:
    rows = ordered(schools.iter_rows(named=True), Level.SCHOOL)
    lines = [
        f"  {row['school_id']}  {row['school']} ({row['municipality']})" for row in rows[:_LISTED]
    ]
    more = len(rows) - _LISTED
    listed = "\n".join(lines)
    tail = words(f"\n  … и ещё {more}", f"\n  … and {more} more") if more > 0 else words("", "")
    return UsageError(
        words(
            f"{COMMAND} {typed}: таких школ {schools.height}",
            f"{COMMAND} {typed}: {schools.height} schools are like that",
        ),
        remedy=words(
            f"назовите одну из них, можно по ID:\n{listed}{tail.ru}",
            f"name one of them, an id will do:\n{listed}{tail.en}",
        ),
    )


def folded(name: str) -> str:
    """A name for matching: without case, ё/е, quotes, extra blanks."""
    return normalised(name.translate(QUOTES))


def _matching(  # noqa: PLR0913
    option: str,
    typed: Iterable[str],
    rows: pl.DataFrame,
    id_column: str | None,
    name_column: str,
    *,
    partly: bool = False,
) -> pl.Series:
    """Which rows one of the values names: by id first, else by the whole name.

    Where there is nothing to be named (a week without lessons), nothing is found amiss.
    """
    if not rows.height:
        return pl.Series([], dtype=pl.Boolean)
    names = [None if name is None else folded(name) for name in rows[name_column]]
    ids = [] if id_column is None else [str(value) for value in rows[id_column]]
    wanted_ids: set[str] = set()
    wanted_names: set[str] = set()
    for value in typed:
        if value.strip() in ids:
            wanted_ids.add(value.strip())
        elif folded(value) in names:
            wanted_names.add(folded(value))
        elif not partly:
            raise _nothing(option, value, rows[name_column].drop_nulls().unique().to_list())
    return pl.Series(
        [
            name in wanted_names or (bool(ids) and ids[row] in wanted_ids)
            for row, name in enumerate(names)
        ],
        dtype=pl.Boolean,
    )


def _nothing(option: str, value: str, names: list[str]) -> UsageError:
    by_folded = {folded(name): name for name in sorted(names)}
    near = [by_folded[name] for name in difflib.get_close_matches(folded(value), by_folded, 3, 0.4)]
    shown = ", ".join(near or list(by_folded.values())[:3])
    return UsageError(
        words(f"{option} {value}: не найдено", f"{option} {value}: nothing found"),
        remedy=words(f"Похожие: {shown}", f"Nearest: {shown}") if shown else None,
    )
