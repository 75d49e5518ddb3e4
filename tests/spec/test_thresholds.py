"""Thresholds and bands. Source: `indicators.md`, «Thresholds shipped»; `monitor.toml`."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from monitor_cli.result import Band, Measure
from monitor_cli.settings import INDICATOR_KEYS

if TYPE_CHECKING:
    from tests.spec.journal import Journal

PUBLISHED = {
    "timetable_filling": 95,
    "lesson_planning": 100,
    "timely_homework": 70,
    "school_activity": 100,
}
PLAN = "lesson_planning"
IN_OBLAST = 'regions."Область".thresholds.lesson_planning=50'


@pytest.mark.parametrize("key", INDICATOR_KEYS)
def test_four_thresholds_are_published_the_others_are_placeholders_of_80(
    journal: Journal, key: str
) -> None:
    """And shown as such, until the region's config replaces them."""
    shown = {one.key: one for one in journal.week().result.indicators}[key]
    assert shown.threshold == PUBLISHED.get(key, 80)
    assert shown.placeholder is (key not in PUBLISHED)


def test_a_threshold_that_is_written_is_no_placeholder_any_more(journal: Journal) -> None:
    """Also where the region writes the same 80."""
    journal.rule("thresholds.timely_marks=80")
    shown = {one.key: one for one in journal.week().result.indicators}
    assert shown["timely_marks"].placeholder is False
    assert shown["journal_keeping"].placeholder is True


@pytest.fixture
def two_regions(journal: Journal) -> None:
    """In each of two regions a school that planned one of two lessons."""
    journal.table("schools", "school_id | region \n 1 | Область \n 2 | Край")
    journal.table("classes", "class_id | school_id \n 5А | 1 \n 5Б | 2")
    journal.table(
        "lessons",
        """
        class_id | topic
        5А       | Дроби
        5А       |
        5Б       | Дроби
        5Б       |
        """,
    )
    journal.table("homework", "lesson_id | issued_at")
    journal.rule(IN_OBLAST)


@pytest.mark.usefixtures("two_regions")
@pytest.mark.parametrize("level", ["region", "municipality", "school", "class", "subject"])
def test_a_region_may_have_thresholds_of_its_own(journal: Journal, level: str) -> None:
    """50 is enough in the Область, not in the Край, at every level."""
    seen = journal.week(level=level)
    assert seen.at(PLAN, region="Область").reached is True
    assert seen.at(PLAN, region="Край").reached is False


@pytest.mark.usefixtures("two_regions")
def test_each_school_is_held_against_its_regions_threshold(journal: Journal) -> None:
    """In the totals one of two schools reached its own."""
    total = journal.week().result.totals[PLAN]
    assert (total.schools, total.schools_reached) == (2, 1)


@pytest.mark.usefixtures("two_regions")
def test_components_are_held_against_the_regions_thresholds(journal: Journal) -> None:
    """What makes a school active in one region does not in another."""
    journal.rule('school_activity.components=["lesson_planning"]')
    seen = journal.week()
    assert seen.at("school_activity", region="Область").reached is True
    assert seen.at("school_activity", region="Край").reached is False
    assert seen.total("school_activity") == "1/2"


@pytest.mark.parametrize(
    ("numerator", "denominator", "threshold", "band"),
    [
        (4, 5, 80, Band.GREEN),
        (79, 100, 80, Band.YELLOW),
        (1, 2, 80, Band.YELLOW),
        (49, 100, 80, Band.RED),
        (0, 1, 80, Band.RED),
        (45, 100, 40, Band.GREEN),
        (0, 1, 0, Band.GREEN),
        (0, 0, 80, None),
        (None, None, 80, None),
    ],
)
def test_reached_is_green_else_below_50_red_else_yellow(
    numerator: int | None, denominator: int | None, threshold: int, band: Band | None
) -> None:
    """What has no value has no colour; a low threshold that is reached is green."""
    one = Measure(numerator, denominator, Fraction(threshold))
    assert one.band(Fraction(50)) is band


def test_red_begins_where_the_config_says() -> None:
    """`red_below = 30`: 45 is yellow."""
    one = Measure(45, 100, Fraction(80))
    assert one.band(Fraction(30)) is Band.YELLOW
