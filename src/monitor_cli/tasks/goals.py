"""What a dump says for tasks: its schools, and what their indicators were in a week."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from monitor_cli.columns import Table
from monitor_cli.engine import places
from monitor_cli.engine.query import WEEK_COLUMNS, Query
from monitor_cli.engine.source import opened
from monitor_cli.engine.week import measure
from monitor_cli.levels import Level
from monitor_cli.result import at_least
from monitor_cli.tasks.model import School, Share

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from fractions import Fraction
    from pathlib import Path

    from monitor_cli.clock import Week
    from monitor_cli.result import Notice, Problem
    from monitor_cli.settings import Settings


class Roster(NamedTuple):
    """The schools of a dump; `unplaced`: how many have no municipality, so nobody accepts there."""

    schools: tuple[School, ...]
    unplaced: int
    problems: tuple[Problem, ...]
    warnings: tuple[Notice, ...]


class Measured(NamedTuple):
    """Indicators in a week: by key and school id the two counts, None in them for want of data."""

    shares: Mapping[str, Mapping[str, Share]]
    problems: tuple[Problem, ...]
    warnings: tuple[Notice, ...]


def roster(path: Path, settings: Settings) -> Roster:
    """The schools of the dump at `path`.

    Raises:
        DumpError: it cannot be read or has the wrong shape.
    """
    columns = {Table.SCHOOLS: WEEK_COLUMNS[Table.SCHOOLS]}
    dump = opened(path, columns, settings, reach={})
    found = list(places.schools(dump).iter_rows(named=True))
    placed = [
        School(str(row["school_id"]), row["school"], row["municipality"])
        for row in found
        if row["municipality"]
    ]
    return Roster(tuple(placed), len(found) - len(placed), dump.problems, dump.warnings)


def shares_in(path: Path, settings: Settings, week: Week, indicators: Iterable[str]) -> Measured:
    """The indicators at the schools of the dump in `week`, counted as `monitor week` counts them.

    Raises:
        DumpError: the dump cannot be read or has the wrong shape.
    """
    keys = tuple(dict.fromkeys(indicators))
    query = Query(week, Level.SCHOOL, indicators=keys, compare=False)
    result = measure(path, settings, query)
    shares: dict[str, dict[str, Share]] = {key: {} for key in keys}
    for row in result.rows:
        for key in keys:
            one = row.measures[key]
            known = one.value is not None
            share = Share(one.numerator, one.denominator) if known else Share(None, None)
            shares[key][str(row.keys["school_id"])] = share
    return Measured(shares, tuple(result.problems), tuple(result.warnings))


def short_of(shares: Mapping[str, Share], percent: Fraction) -> dict[str, Share]:
    """The schools whose value is below `percent`, exactly; one without a value is not."""
    return {
        school_id: share
        for school_id, share in shares.items()
        if share.numerator is not None
        and share.denominator
        and not at_least(share.numerator, share.denominator, percent)
    }
