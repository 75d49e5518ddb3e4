"""A dataset counted by partitions says what it says counted at once."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from monitor_cli.clock import Week
from monitor_cli.dataset import building, gathering
from monitor_cli.engine import partitioned, week
from monitor_cli.engine.compare import BY, Asked, compare
from monitor_cli.engine.crew import Crew, Here
from monitor_cli.engine.evidence.show import Question, show
from monitor_cli.engine.page.page import school_page
from monitor_cli.engine.query import Query
from monitor_cli.engine.trend import trend
from monitor_cli.errors import MonitorError
from monitor_cli.levels import Level
from monitor_cli.settings import INDICATOR_KEYS, load_settings
from tests.generative import csvfiles
from tests.generative.configs import toml
from tests.generative.strategies import Drawn, dumps
from tests.imports import imported_into

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from monitor_cli.engine.compare import Comparison
    from monitor_cli.engine.trend import Trend
    from monitor_cli.language import Words
    from monitor_cli.report import Report
    from monitor_cli.settings import Settings

_RUNS = settings(
    max_examples=max(settings().max_examples // 2, 1),
    # A failure is told as it was drawn: shrinking a whole journal takes minutes.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.filter_too_much,
    ],
)


@contextmanager
def _imported(drawn: Drawn, dress: csvfiles.Dress) -> Iterator[tuple[Path, Settings] | None]:
    """A dataset of files of two rows, so that most partitions share one with their neighbours.

    None where the dump is refused.
    """
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr(gathering, "BUFFERED", 0)
        patch.setattr(gathering, "SCHOOLS_A_BLOCK", 1)
        patch.setattr(building, "ROWS_A_FILE", 2)
        dump, dataset, config = (Path(name) / part for part in ("dump", "dataset", "monitor.toml"))
        dump.mkdir()
        csvfiles.write(drawn, dress, dump)
        config.write_text(toml(drawn.config), encoding="utf-8")
        rules = load_settings({}, config=str(config), environ={})
        try:
            imported_into(dataset, dump)
        except MonitorError:
            yield None
        else:
            yield dataset, rules


@settings(_RUNS)
@given(
    drawn=dumps(),
    dress=csvfiles.DRESSES,
    least=st.integers(1, 4),
    levels=st.lists(st.sampled_from(Level), min_size=2, max_size=2, unique=True),
    subjects=st.sampled_from([(), ("Алгебра",)]),
    teachers=st.sampled_from([(), ("1",)]),
    named=st.booleans(),
)
def test_partitions_add_up_to_the_whole(
    drawn: Drawn,
    dress: csvfiles.Dress,
    least: int,
    levels: list[Level],
    subjects: tuple[str, ...],
    teachers: tuple[str, ...],
    *,
    named: bool,
) -> None:
    with _imported(drawn, dress) as imported:
        if imported is None:
            return
        dataset, rules = imported
        schools = (_first_school(drawn),) if named else ()
        query = Query(Week.of(drawn.day), schools=schools, subjects=subjects, teachers=teachers)
        for level in levels:
            query = replace(query, level=level)
            crew = Crew(Here(), least)
            whole = _told(partial(week.measure, dataset, rules, query))
            assert _told(partial(partitioned.measure, dataset, rules, query, crew)) == whole


@settings(_RUNS)
@given(
    drawn=dumps(),
    dress=csvfiles.DRESSES,
    least=st.integers(2, 4),
    keys=st.lists(st.sampled_from(INDICATOR_KEYS), min_size=2, max_size=2, unique=True),
    as_of=st.sampled_from([None, time(12), time.max]),
    level=st.sampled_from(Level),
    by=st.sampled_from(BY),
)
def test_partitions_tell_of_rows_what_the_whole_tells(
    drawn: Drawn,
    dress: csvfiles.Dress,
    least: int,
    keys: list[str],
    as_of: time | None,
    level: Level,
    by: Level,
) -> None:
    with _imported(drawn, dress) as imported:
        if imported is None:
            return
        dataset, rules = imported
        of_week = Week.of(drawn.day)
        moment = None if as_of is None else datetime.combine(drawn.day, as_of)
        query = Query(of_week, as_of=moment)
        asked = Asked(of_week.previous, (by,), lambda _: None)
        schools = Query(of_week, like=_first_school(drawn), as_of=moment)
        reports: list[Callable[..., Report | Trend | Comparison]] = [
            *(partial(show, dataset, rules, Question(query, key)) for key in keys),
            partial(trend, dataset, rules, replace(query, level=level, as_of=None), 3),
            partial(compare, dataset, rules, replace(query, as_of=None), asked),
            partial(school_page, dataset, rules, schools),
        ]
        by_parts = partial(partitioned.by_partitions, Crew(Here(), least))
        for report in reports:
            assert _told(partial(report, counter=by_parts)) == _told(report)


def _first_school(drawn: Drawn) -> str:
    """The id of a school as it is written; of none where the table has no row."""
    rows = drawn.tables["schools"]
    return rows[0].get("school_id") or "1" if rows else "1"


T = TypeVar("T")


def _told(measure: Callable[[], T]) -> T | Words:
    """What was measured, or why nothing was."""
    try:
        return measure()
    except MonitorError as error:
        return error.message()
