"""Who works at schools: role, post, category and age band of each counted member of staff."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.columns import Table
from monitor_cli.engine.persons import PERSON
from monitor_cli.language import normalised, words
from monitor_cli.report import Column, Kind
from monitor_cli.reports import ages
from monitor_cli.reports.rows import looked_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor_cli.dump.dump import Dump
    from monitor_cli.language import Words


class Category(StrEnum):
    """The qualification category of a person, from the highest; the first that any row says."""

    METHODIST = "methodist"
    MENTOR = "mentor"
    HIGHEST = "highest"
    FIRST = "first"
    FIT = "fit"
    OTHER = "other"
    NONE = "none"


CATEGORIES: dict[str, Words] = {
    Category.METHODIST: words("педагог-методист", "methodist"),
    Category.MENTOR: words("педагог-наставник", "mentor"),
    Category.HIGHEST: words("высшая", "highest"),
    Category.FIRST: words("первая", "first"),
    Category.FIT: words("соответствие должности", "fit for the post"),
    Category.OTHER: words("иная запись", "something else"),
    Category.NONE: words("без категории", "no category"),
}
_BEGINNINGS = {
    "педагог-методист": Category.METHODIST,
    "педагог-наставник": Category.MENTOR,
    "высш": Category.HIGHEST,
    "перв": Category.FIRST,
    "соответств": Category.FIT,
}
_NOTHING = frozenset({"", "-", "—", "нет", "без категории", "не имеет", "н/д", "null"})
AGES = (
    *(Column(band.key, band.title, Kind.COUNT) for band in ages.BANDS),
    Column(ages.UNKNOWN, ages.UNKNOWN_TITLE, Kind.COUNT),
)
"""A column an age band, and one for those whose year of birth is not known."""


def category_of(text: str | None) -> Category:
    """The category that a text of the register names."""
    folded = normalised(text or "")
    if folded in _NOTHING:
        return Category.NONE
    found = (one for beginning, one in _BEGINNINGS.items() if folded.startswith(beginning))
    return next(found, Category.OTHER)


def composed(dump: Dump, counted: pl.Expr, reporting_year: int) -> pl.DataFrame:
    """Counted rows of staff with what is known of their person at the school.

    The category is the highest, the year of birth the last, that any row of the person there says.

    Args:
        dump: with a table of staff.
        counted: whether a row holds.
        reporting_year: ages are those of 1 January of the year after.

    Returns:
        `school_id`, `person_id`, `role` String, `position`, `category` (null throughout where the
        table does not have it), `band` String; a row a person, role and post.
    """
    rows = dump.tables[Table.STAFF].frame.with_columns(pl.col("role").cast(pl.String)).collect()
    ranks = {one: at for at, one in enumerate(Category)}
    rank = {text: ranks[category_of(text)] for text in rows["category"].unique()}
    known = rows.select(
        *PERSON,
        rank=looked_up("category", rank, pl.Int64),
        birth_year="birth_year",
    )
    persons = known.group_by(PERSON, maintain_order=True).agg(
        pl.col("rank").min(), pl.col("birth_year").drop_nulls().last()
    )
    bands = {year: ages.band_of(year, reporting_year) for year in persons["birth_year"].unique()}
    told = persons.select(
        *PERSON,
        category=looked_up("rank", {at: one.value for one, at in ranks.items()}, pl.String)
        if "category" in dump.tables[Table.STAFF].columns
        else pl.lit(None, pl.String),
        band=looked_up("birth_year", bands, pl.String),
    )
    held = rows.filter(counted).select(*PERSON, "role", "position").unique(maintain_order=True)
    return held.join(told, on=PERSON, how="left", validate="m:1", maintain_order="left")


def by_age(rows: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """How many persons there are by `keys` and of these in each band: `persons` and `AGES`, Int64.

    Args:
        rows: `school_id`, `person_id`, `band` and `keys`. A person at two schools is two.
        keys: what to count by.
    """
    persons = rows.select(*dict.fromkeys([*keys, *PERSON, "band"])).unique()
    return persons.group_by(keys).agg(
        pl.len().cast(pl.Int64).alias("persons"),
        *((pl.col("band") == column.key).sum().cast(pl.Int64).alias(column.key) for column in AGES),
    )
