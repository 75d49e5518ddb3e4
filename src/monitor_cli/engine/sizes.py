"""What the result of a query takes of memory until it is told, as measured beforehand."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from monitor_cli.columns import Table
from monitor_cli.engine.count import GRAINS
from monitor_cli.indicators import CATALOGUE
from monitor_cli.levels import Level

if TYPE_CHECKING:
    from monitor_cli.dataset.manifest import Manifest
    from monitor_cli.engine.query import Query

TOLD_BYTES = 10_000
"""What a row of the result takes, with its indicators, until it is written."""
SCHOOL_BYTES = 18_000
"""What a school's row takes, which has every indicator, beside the names in each."""
LEAST_SHARE = Fraction(2, 5)
"""How much of it one indicator over many weeks takes, week by week."""
SPLIT = Fraction(4)
"""How much more a change takes, which is split."""
LOOKED = 5
"""How much more a row of a week takes where rows are looked for, with those that are found."""
KINDS = 40
"""Subjects of a school, and more than its parallels."""


def size_of(query: Query, manifest: Manifest, schools: int) -> int:
    """About how many bytes the rows of a result for so many schools take, at most."""
    levels = {query.level, *(level for level in Level if GRAINS[level] in query.grains)}
    told = sum(_at(level, manifest, schools) for level in levels)
    share = Fraction(len(query.indicators or CATALOGUE), len(CATALOGUE))
    weeks = Fraction(len(query.weeks), 2)
    if weeks > 1:
        share = weeks * max(share, LEAST_SHARE)
    elif query.also:
        share *= SPLIT
    return int(told * share)


def _at(level: Level, manifest: Manifest, schools: int) -> int:
    """The same of a level, with all indicators, in a week and the one before."""
    if level.pools_schools:
        return TOLD_BYTES
    if level in (Level.CLASS, Level.TEACHER):
        register = Table.CLASSES if level is Level.CLASS else Table.STAFF
        here, every = (
            sum(file.rows for file in manifest.of(table)) for table in (register, Table.SCHOOLS)
        )
        return TOLD_BYTES * here * schools // max(every, 1)
    return schools * (SCHOOL_BYTES if level is Level.SCHOOL else KINDS * TOLD_BYTES)
