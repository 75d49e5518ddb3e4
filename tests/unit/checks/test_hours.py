"""How many hours a clock is off, by the hours of entries."""

from __future__ import annotations

import pytest

from monitor_cli.checks.hours import ENOUGH, HOURS, hours_off, night_percent

DAY = [0, 0, 0, 0, 0, 0, 0, 4, 60, 90, 95, 80, 70, 60, 75, 90, 60, 20, 30, 60, 50, 40, 35, 15]
"""From seven in the morning until midnight, as teachers work."""


def moved(entries: list[int], hours: int) -> list[int]:
    return [entries[(hour - hours) % HOURS] for hour in range(HOURS)]


def test_a_usual_day_is_not_off() -> None:
    assert hours_off(DAY) is None
    assert hours_off([count * 1000 for count in DAY]) is None


@pytest.mark.parametrize("off", [-12, -10, -9, -7, -5, -4, -3, 4, 5, 7, 9, 11])
def test_a_moved_day_is_off_by_as_much(off: int) -> None:
    assert hours_off(moved(DAY, off)) == off


@pytest.mark.parametrize("off", [-2, -1, 1, 2])
def test_early_risers_are_no_other_zone(off: int) -> None:
    assert hours_off(moved(DAY, off)) is None


def test_few_entries_tell_nothing() -> None:
    few = moved([count // 20 for count in DAY], -7)
    assert sum(few) < ENOUGH
    assert hours_off(few) is None


def test_entries_round_the_clock_tell_nothing() -> None:
    assert hours_off([100] * HOURS) is None


def test_a_stray_entry_does_not_break_the_quiet_time() -> None:
    stray = moved(DAY, -7)
    stray[20] += 1
    assert hours_off(stray) == -7


@pytest.mark.parametrize(("entries", "percent"), [([0] * HOURS, 0), ([1] * HOURS, 25), (DAY, 0)])
def test_the_share_of_the_night(entries: list[int], percent: int) -> None:
    assert night_percent(entries) == percent
