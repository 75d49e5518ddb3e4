"""Weeks, deadlines and zones, at their edges."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from monitor_cli.clock import Week, at, days_after, hours_after, last_completed, zone

MOSCOW = ZoneInfo("Europe/Moscow")
NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "monday"),
    [
        (date(2026, 11, 15), date(2026, 11, 9)),
        (date(2026, 11, 16), date(2026, 11, 16)),
        (date(2026, 11, 22), date(2026, 11, 16)),
        (date(2026, 11, 23), date(2026, 11, 23)),
        (date(2027, 1, 1), date(2026, 12, 28)),
    ],
)
def test_a_week_runs_from_monday_to_sunday(day: date, monday: date) -> None:
    """Any day names the week that holds it."""
    week = Week.of(day)
    assert week.monday == monday
    assert week.sunday == monday + timedelta(days=6)
    assert week.next.monday - monday == timedelta(days=7)
    assert week.previous.next == week


def test_a_week_has_no_other_key_than_a_monday() -> None:
    """A Tuesday as the key of a week is a fault of the program."""
    with pytest.raises(ValueError, match="2026-11-17 is not a Monday"):
        Week(date(2026, 11, 17))


@pytest.mark.parametrize(
    ("day", "iso"),
    [
        (date(2026, 11, 18), "2026-W47"),
        (date(2025, 12, 29), "2026-W01"),
        (date(2027, 1, 1), "2026-W53"),
    ],
)
def test_iso_weeks_around_new_year(day: date, iso: str) -> None:
    """The ISO year is that of the week's Thursday."""
    assert Week.of(day).iso == iso


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 8, 30), 2025),  # the Sunday is 30 August
        (date(2026, 8, 31), 2026),  # the Sunday is 6 September
        (date(2026, 11, 18), 2026),
        (date(2027, 1, 3), 2026),
        (date(2027, 5, 31), 2026),
    ],
)
def test_the_school_year_is_that_of_the_sunday(day: date, year: int) -> None:
    """A school year begins on 1 September."""
    assert Week.of(day).school_year == year


@pytest.mark.parametrize(
    ("now", "monday"),
    [
        (datetime(2026, 11, 22, 20, 59, 59, tzinfo=UTC), date(2026, 11, 9)),
        (datetime(2026, 11, 22, 21, 0, 0, tzinfo=UTC), date(2026, 11, 16)),
        (datetime(2026, 11, 29, 20, 59, 59, tzinfo=UTC), date(2026, 11, 16)),
    ],
)
def test_the_last_week_ends_at_midnight_of_the_zone(now: datetime, monday: date) -> None:
    """A machine in UTC knows Moscow's Monday three hours early."""
    assert last_completed(now, MOSCOW).monday == monday


@pytest.mark.parametrize(
    ("name", "hours"),
    [
        ("Europe/Moscow", 3),
        ("Asia/Yekaterinburg", 5),
        ("UTC+5", 5),
        ("UTC", 0),
        ("utc", 0),
        ("GMT-1", -1),
        ("+05:00", 5),
        ("+0530", 5.5),
        ("−03:00", -3),
        ("UTC+00:00", 0),
        ("МСК", 3),
        ("МСК+2", 5),
        ("мск -1", 2),
        ("MSK+9", 12),
        (" UTC+14 ", 14),
    ],
)
def test_zones_as_registers_write_them(name: str, hours: float) -> None:
    """IANA, an offset from UTC, hours from Moscow."""
    assert NOON.astimezone(zone(name)).utcoffset() == timedelta(hours=hours)


@pytest.mark.parametrize(
    "name", ["Moscow", "UTC+15", "UTC+14:01", "UTC-15", "МСК+12", "+5:99", "", "../etc", "5"]
)
def test_what_is_no_zone(name: str) -> None:
    """Refused with the value, never guessed."""
    with pytest.raises(ValueError, match="is not a time zone"):
        zone(name)


def test_moments_of_a_day() -> None:
    """Deadlines are moments of calendar days, hours are added to moments."""
    midnight = datetime(2026, 11, 17)  # school-local times bear no zone
    assert at(midnight, time(21)) == midnight + timedelta(hours=21)
    assert at(midnight, time(13, 5, 7, 9)) == midnight + timedelta(
        hours=13, minutes=5, seconds=7, microseconds=9
    )
    assert days_after(midnight, -7) == midnight - timedelta(days=7)
    assert hours_after(midnight, 3.5) == midnight + timedelta(hours=3, minutes=30)
