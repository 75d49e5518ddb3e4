"""What `--date` and `--as-of` can name."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from monitor_cli.clock import Week, parse_moment, parse_week

MOSCOW = timezone(timedelta(hours=3))
WEDNESDAY = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "monday"),
    [
        ("2026-11-16", date(2026, 11, 16)),
        ("2026-11-22", date(2026, 11, 16)),
        ("22.11.2026", date(2026, 11, 16)),
        ("1.2.2026", date(2026, 1, 26)),
        (" 2026-W47 ", date(2026, 11, 16)),
        ("2026-w47", date(2026, 11, 16)),
        ("2026-W53", date(2026, 12, 28)),
        ("2027-01-01", date(2026, 12, 28)),
        ("1990-01-01", date(1990, 1, 1)),
        ("2100-12-31", date(2100, 12, 27)),
        ("last", date(2026, 11, 16)),
        ("This", date(2026, 11, 23)),
    ],
)
def test_a_week_by_name(text: str, monday: date) -> None:
    assert parse_week(text, WEDNESDAY, MOSCOW) == Week(monday)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "47",
        "2026-W54",
        "2025-W53",
        "2026-W00",
        "2026-02-30",
        "30.02.2026",
        "16/11/2026",
        "20261116",
        "0001-01-01",
        "1989-12-31",
        "2101-01-01",
        "9999-12-31",
        "²026-11-16",
        "вчера",
    ],
)
def test_anything_else_names_no_week(text: str) -> None:
    with pytest.raises(ValueError, match=r"names no week|must be in range|out of range|Invalid"):
        parse_week(text, WEDNESDAY, MOSCOW)


def test_the_last_week_ends_by_the_clock_of_the_zone() -> None:
    sunday_evening = datetime(2026, 11, 22, 20, 59, 59, tzinfo=UTC)
    assert parse_week("last", sunday_evening, MOSCOW) == Week(date(2026, 11, 9))
    monday = sunday_evening + timedelta(seconds=1)
    assert parse_week("last", monday, MOSCOW) == Week(date(2026, 11, 16))
    assert parse_week("this", monday, MOSCOW) == Week(date(2026, 11, 23))
    assert parse_week("this", monday, UTC) == Week(date(2026, 11, 16))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-18T12:00", datetime(2026, 11, 18, 12)),
        ("2026-11-18 12:00:30", datetime(2026, 11, 18, 12, 0, 30)),
        ("18.11.2026 9:05", datetime(2026, 11, 18, 9, 5)),
        (" 2026-11-18 ", datetime(2026, 11, 18, 23, 59, 59, 999999)),
        ("18.11.2026", datetime(2026, 11, 18, 23, 59, 59, 999999)),
        ("2026-11-18T12:00Z", datetime(2026, 11, 18, 15)),
        ("2026-11-18T23:00-05:00", datetime(2026, 11, 19, 7)),
        ("NOW", datetime(2026, 11, 25, 15)),
    ],
)
def test_a_moment_by_the_clock_of_the_zone(text: str, moment: datetime) -> None:
    assert parse_moment(text, WEDNESDAY, MOSCOW) == moment


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12:00",
        "2026-W47",
        "last",
        "2026-11-18T",
        "2026-11-18T25:00",
        "2026-11-18T12",
        "1989-01-01",
    ],
)
def test_anything_else_names_no_moment(text: str) -> None:
    with pytest.raises(ValueError, match=r"names no|must be in"):
        parse_moment(text, WEDNESDAY, MOSCOW)
