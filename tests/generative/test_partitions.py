"""A dataset counted by partitions says what it says counted at once."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from monitor_cli.clock import Week
from monitor_cli.dataset import building, gathering
from monitor_cli.engine import partitioned, week
from monitor_cli.engine.partitioned import Crew, Here
from monitor_cli.engine.query import Query
from monitor_cli.errors import MonitorError
from monitor_cli.levels import Level
from monitor_cli.settings import load_settings
from tests.generative import csvfiles
from tests.generative.configs import toml
from tests.generative.strategies import Drawn, dumps
from tests.imports import imported_into

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor_cli.language import Words
    from monitor_cli.result import WeekResult

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


@settings(_RUNS)
@given(
    drawn=dumps(),
    dress=csvfiles.DRESSES,
    least=st.integers(1, 4),
    levels=st.lists(st.sampled_from(Level), min_size=2, max_size=2, unique=True),
    subjects=st.sampled_from([(), ("Алгебра",)]),
    teachers=st.sampled_from([(), ("1",)]),
)
def test_partitions_add_up_to_the_whole(
    drawn: Drawn,
    dress: csvfiles.Dress,
    least: int,
    levels: list[Level],
    subjects: tuple[str, ...],
    teachers: tuple[str, ...],
) -> None:
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        # Files of two rows: most partitions share one with their neighbours.
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
            return
        for level in levels:
            query = Query(Week.of(drawn.day), level, subjects=subjects, teachers=teachers)
            crew = Crew(Here(), least)
            whole = _told(partial(week.measure, dataset, rules, query))
            assert _told(partial(partitioned.measure, dataset, rules, query, crew)) == whole


def _told(measure: Callable[[], WeekResult]) -> WeekResult | Words:
    """What was measured, or why nothing was."""
    try:
        return measure()
    except MonitorError as error:
        return error.message()
