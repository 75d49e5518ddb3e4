"""How much memory a result needs, and into how many partitions the rest goes."""

from __future__ import annotations

import pytest

from monitor_cli.engine.crew import Crew, Here
from monitor_cli.engine.sizes import SCHOOL_BYTES
from monitor_cli.errors import UsageError


def test_what_the_rows_of_a_country_take_is_refused_beforehand() -> None:
    crew = Crew(Here(), memory=1_000_000_000)
    with pytest.raises(UsageError) as refused:
        crew.count(1, 40_000 * SCHOOL_BYTES)
    assert refused.value.remedy is not None
    assert "1020 MB" in refused.value.remedy.en


def test_rows_are_cut_by_the_room_that_is_left() -> None:
    assert Crew(Here(), memory=1_000_000_000).count(35_000_000, 1000 * SCHOOL_BYTES) == 2
    assert Crew(Here(), memory=1_020_000_000).count(1, 40_000 * SCHOOL_BYTES) == 1


def test_what_is_found_is_held_as_long_as_there_is_room() -> None:
    crew = Crew(Here(), memory=1_000_000_000)
    crew.hold(700_000_000)
    with pytest.raises(UsageError) as refused:
        crew.hold(700_000_001)
    assert refused.value.remedy is not None
    assert "--limit" in refused.value.remedy.en
    Crew(Here()).hold(10**12)
