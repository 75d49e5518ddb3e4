"""An indicator over weeks: a value a week, gaps, slope, best and worst, the last crossing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from monitor_cli.clock import Week
from monitor_cli.engine.trend import Course, Query, Trend, trend
from monitor_cli.levels import Level
from monitor_cli.settings import load_settings

if TYPE_CHECKING:
    from tests.spec.journal import Journal

LAST = Week(date(2026, 11, 16))
PLAN = "lesson_planning"


def followed(
    journal: Journal, weeks: int = 4, level: str = "school", *keys: str, **query: object
) -> Trend:
    settings = load_settings(assignments=journal.sets, environ={})
    asked = Query(LAST, Level(level), indicators=keys or (PLAN,), **query)  # type: ignore[arg-type]
    return trend(journal.folder, settings, asked, weeks)


def planned(*weeks: str, class_id: str = "5А") -> str:
    """Lessons week by week up to the last: «1/2» is one of two planned, «-» none at all."""
    lines = []
    for before, share in enumerate(reversed(weeks)):
        if share != "-":
            day = LAST.monday - timedelta(weeks=before)
            done, of = map(int, share.split("/"))
            lines += [f"{class_id} | {day} | Д"] * done + [f"{class_id} | {day} |"] * (of - done)
    return "\n".join(lines)


def write(journal: Journal, *lines: str) -> None:
    journal.table("lessons", "\n".join(["class_id | date | topic", *lines]))
    journal.table("homework", "lesson_id | issued_at")


def course(journal: Journal, *weeks: str) -> Course:
    write(journal, planned(*weeks))
    (found,) = followed(journal, len(weeks)).rows
    return found


def values(found: Course) -> list[float | None]:
    return [None if one is None else one.value for one in found.measures]


def test_a_value_a_week_the_latest_last(journal: Journal) -> None:
    """From none of one to one of one, over a half."""
    assert values(course(journal, "0/1", "1/2", "1/1")) == [0, 50, 100]


def test_a_week_without_lessons_is_a_gap_and_not_zero(journal: Journal) -> None:
    """A vacation: the timetable of it is not empty, it is not there."""
    write(journal, planned("1/2", "-", "1/2"))
    found = followed(journal, 3, "school", PLAN, "timetable_filling")
    assert [values(one) for one in found.rows] == [[0, None, 0], [50, None, 50]]
    assert [notice.code for notice in found.warnings if notice.code == "not_covered"]


def test_the_vacation_of_one_school_is_a_gap_there(journal: Journal) -> None:
    """Another school has lessons, so the week is covered; a school without any has no gaps."""
    journal.table("schools", "school_id | shifts \n 1 | 1 \n 2 | 1 \n 3 | 1")
    journal.table("classes", "class_id | school_id \n 5А | 1 \n 5Б | 2 \n 5В | 3")
    write(
        journal,
        planned("1/1", "1/1"),
        planned("1/1", "-", class_id="5Б"),
    )
    found = followed(journal, 2, "school", "timetable_filling")
    assert [values(one) for one in found.rows] == [[0, 0], [0, None], [0, 0]]


@pytest.mark.parametrize(
    ("weeks", "slope"),
    [
        (("0/1", "1/2", "1/1"), 50.0),
        (("1/2", "-", "1/1"), 25.0),
        (("1/1", "1/1", "1/1"), 0.0),
        (("1/1", "0/1", "0/1", "1/1"), 0.0),
        (("-", "-", "1/1"), None),
    ],
)
def test_the_slope_is_points_a_week(
    journal: Journal, weeks: tuple[str, ...], slope: float | None
) -> None:
    """Least squares over the weeks that have a value; a gap keeps its width."""
    assert course(journal, *weeks).slope == slope


def test_the_best_and_the_worst_week(journal: Journal) -> None:
    """Of equal weeks the latest."""
    found = course(journal, "1/2", "1/1", "0/1", "1/1", "1/2")
    assert found.best is not None
    assert found.worst is not None
    assert (found.best[0], found.best[1].value) == (LAST.previous, 100)
    assert (found.worst[0], found.worst[1].value) == (LAST.previous.previous, 0)


@pytest.mark.parametrize(
    ("weeks", "crossing"),
    [
        (("1/2", "1/1", "1/1"), (LAST.previous, True)),
        (("1/1", "1/2", "1/2"), (LAST.previous, False)),
        (("1/1", "-", "1/2"), (LAST, False)),
        (("1/2", "1/1", "1/2"), (LAST, False)),
        (("1/2", "1/2", "1/2"), None),
        (("-", "-", "1/1"), None),
    ],
)
def test_the_last_crossing_of_the_threshold(
    journal: Journal, weeks: tuple[str, ...], crossing: tuple[Week, bool] | None
) -> None:
    """The threshold of planning is 100; over a gap the week after it counts."""
    assert course(journal, *weeks).crossing == crossing


def test_every_place_of_any_of_the_weeks_has_a_row(journal: Journal) -> None:
    """A subject that is not taught any more, too."""
    journal.table(
        "lessons",
        "subject | date | topic \n Химия | 2026-11-10 | Д \n Физика | 2026-11-17 | Д",
    )
    journal.table("homework", "lesson_id | issued_at")
    found = followed(journal, 2, "subject").rows
    assert [(one.place or {})["subject"] for one in found] == ["Физика", "Химия"]
    assert [values(one) for one in found] == [[None, 100], [100, None]]


def test_totals_are_over_everything_that_the_filters_leave(journal: Journal) -> None:
    """Whatever the level."""
    journal.table("classes", "class_id | school_id \n 5А | 1 \n 5Б | 1")
    write(
        journal,
        planned("1/1", "0/1"),
        planned("0/1", "0/1", class_id="5Б"),
    )
    for level in ("region", "school", "class"):
        (total,) = followed(journal, 2, level).totals
        assert values(total) == [50, 0]
    (total,) = followed(journal, 2, "school", classes=("5А",)).totals
    assert values(total) == [100, 0]
