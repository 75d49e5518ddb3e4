"""Filters as typed → the ids and texts of the dump that they mean."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.errors import UsageError
from monitor_cli.language import normalised, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monitor_cli.engine.places import Frames
    from monitor_cli.engine.query import Query

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
    scope = Scope()
    if query.municipalities or query.schools:
        left = frames.schools
        if query.municipalities:
            found = _matching("--municipality", query.municipalities, left, None, "municipality")
            left = left.filter(found)
        if query.schools:
            left = left.filter(_matching("--school", query.schools, left, "school_id", "school"))
        scope = replace(scope, schools=left["school_id"])
    if query.classes:
        left = scope.keep(frames.classes)
        found = _matching("--class", query.classes, left, "class_id", "class")
        scope = replace(scope, classes=left.filter(found)["class_id"].unique())
    if query.subjects:
        left = scope.keep(frames.lessons)
        found = _matching("--subject", query.subjects, left, None, "subject")
        scope = replace(scope, subjects=left.filter(found)["subject"].unique())
    if query.teachers:
        left = scope.keep(frames.lessons).select("school_id", "teacher_id").unique()
        left = left.join(
            frames.teachers, on=["school_id", "teacher_id"], how="inner", validate="1:1"
        )
        found = _matching("--teacher", query.teachers, left, "teacher_id", "teacher")
        scope = replace(scope, teachers=left.filter(found).select("school_id", "teacher_id"))
    return scope


def folded(name: str) -> str:
    """A name for matching: without case, ё/е, quotes, extra blanks."""
    return normalised(name.translate(QUOTES))


def _matching(
    option: str, typed: Iterable[str], rows: pl.DataFrame, id_column: str | None, name_column: str
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
        else:
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
