"""Over any dump: contributions make the change exactly, and a trend is the weeks one by one."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from monitor_cli.clock import Week
from monitor_cli.engine.compare import BY, Asked, compare
from monitor_cli.engine.trend import trend
from monitor_cli.engine.week import Query, measure
from monitor_cli.errors import DumpError
from monitor_cli.levels import Level
from monitor_cli.settings import INDICATOR_KEYS, load_settings
from tests.generative import csvfiles
from tests.generative.configs import toml
from tests.generative.strategies import Drawn, dumps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor_cli.result import Measure, WeekResult
    from monitor_cli.settings import Settings

pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")

_RUNS = settings(
    max_examples=max(settings().max_examples // 4, 1),
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.filter_too_much,
    ],
    # Cutting down what differs would take minutes.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
_ADDS_UP = (Level.MUNICIPALITY, Level.SCHOOL)


@contextmanager
def written(drawn: Drawn, dress: csvfiles.Dress) -> Iterator[tuple[Path, Settings]]:
    """The dump in a folder, and the settings that it was drawn with."""
    with tempfile.TemporaryDirectory() as name:
        folder, config = Path(name) / "dump", Path(name) / "monitor.toml"
        folder.mkdir()
        csvfiles.write(drawn, dress, folder)
        config.write_text(toml(drawn.config), encoding="utf-8")
        yield folder, load_settings(config=str(config), environ={})


def week_of(folder: Path, rules: Settings, week: Week, level: Level = Level.SCHOOL) -> WeekResult:
    """A week alone, by `monitor week`; a dump that cannot be read is of no use here."""
    try:
        return measure(folder, rules, Query(week, level, compare=False))
    except DumpError:
        assume(condition=False)
        raise


def exactly(one: Measure) -> Fraction | None:
    if one.numerator is None or not one.denominator:
        return None
    return Fraction(100 * one.numerator, one.denominator)


@_RUNS
@given(
    drawn=dumps(),
    dress=csvfiles.DRESSES,
    by=st.sampled_from(BY),
    limit=st.sampled_from([None, 0, 1, 2]),
)
def test_contributions_make_the_change_exactly(
    drawn: Drawn, dress: csvfiles.Dress, by: Level, limit: int | None
) -> None:
    week = Week.of(drawn.day)
    with written(drawn, dress) as (folder, rules):
        now, before = (week_of(folder, rules, one) for one in (week, week.previous))
        found = compare(folder, rules, Query(week), Asked(week.previous, (by,), lambda _: limit))
    for key, (was, is_now) in found.wholes.items():
        assert (was.numerator, was.denominator) == before.totals[key][:2]
        assert (is_now.numerator, is_now.denominator) == now.totals[key][:2]
        then, value = exactly(was), exactly(is_now)
        moves = [part.move for part in found.parts if part.indicator == key]
        known = [one for one in moves if one is not None]
        if key == "school_activity" or then is None or value is None:
            assert not known
        elif len(known) == len(moves) and moves:
            assert sum((one.contribution for one in known), Fraction(0)) == value - then
            assert all(one.rate + one.weight == one.contribution for one in known)
        elif key != "parent_activation" and by in _ADDS_UP and limit is None:
            # Only what has no parts at all did not move.
            assert value == then


@_RUNS
@given(drawn=dumps(), dress=csvfiles.DRESSES, level=st.sampled_from(list(Level)))
def test_a_trend_is_the_weeks_one_by_one(drawn: Drawn, dress: csvfiles.Dress, level: Level) -> None:
    last = Week.of(drawn.day)
    weeks = (last.previous, last)
    with written(drawn, dress) as (folder, rules):
        alone = [week_of(folder, rules, week, level) for week in weeks]
        # Not only what the level has: totals have all.
        query = Query(last, level, indicators=INDICATOR_KEYS)
        found = trend(folder, rules, query, len(weeks))
    assert found.weeks == weeks
    for at, week in enumerate(alone):
        values = {
            (key, *row.keys.items()): one for row in week.rows for key, one in row.measures.items()
        }
        seen = {
            (course.indicator, *(course.place or {}).items()): course.measures[at]
            for course in found.rows
        }
        # A place that another week alone has is in the trend too, without a value here.
        assert values.keys() <= seen.keys()
        for name, measure_of in seen.items():
            if measure_of is not None:
                assert measure_of[:2] == values[name][:2]
        for course in found.totals:
            total = course.measures[at]
            if total is not None:
                assert total[:2] == week.totals[course.indicator][:2]


@_RUNS
@given(drawn=dumps(), dress=csvfiles.DRESSES)
def test_only_a_week_without_lessons_is_a_gap(drawn: Drawn, dress: csvfiles.Dress) -> None:
    """A school that has a value in `monitor week` has it here, unless it had no lesson then."""
    last = Week.of(drawn.day)
    with written(drawn, dress) as (folder, rules):
        alone = [week_of(folder, rules, week) for week in (last.previous, last)]
        found = trend(folder, rules, Query(last), 2)
    courses = {
        ((course.place or {})["school_id"], course.indicator): course for course in found.rows
    }
    planned = [
        {row.keys["school_id"]: row.measures["lesson_planning"].denominator for row in week.rows}
        for week in alone
    ]
    for at, week in enumerate(alone):
        for row in week.rows:
            school = row.keys["school_id"]
            on_vacation = not planned[at][school] and any(of[school] for of in planned)
            for key, one in row.measures.items():
                here = courses[school, key].measures[at]
                assert (here is not None) is (one.value is not None and not on_vacation)
