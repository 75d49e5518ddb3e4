"""Weeks, deadlines and time zones: the only module that computes with hours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Protocol, Self, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DAYS = 7
_LAST_SECOND = time(23, 59, 59)
MICROSECONDS_A_MINUTE = 60_000_000
SCHOOL_YEAR_STARTS = 9
"""A school year runs from 1 September to 31 August."""


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """Monday 00:00 up to, not including, the next Monday 00:00, school-local time."""

    monday: date

    def __post_init__(self) -> None:
        """Refuse any other weekday: the Monday is the key of a week."""
        if self.monday.weekday() != 0:
            message = f"{self.monday} is not a Monday"
            raise ValueError(message)

    @classmethod
    def of(cls, day: date) -> Week:
        """The week that holds `day`."""
        return cls(day - timedelta(days=day.weekday()))

    @property
    def sunday(self) -> date:
        """The last day of the week, by which people are counted."""
        return self.monday + timedelta(days=DAYS - 1)

    @property
    def next(self) -> Week:
        """The week after."""
        return Week(self.monday + timedelta(days=DAYS))

    @property
    def previous(self) -> Week:
        """The week before."""
        return Week(self.monday - timedelta(days=DAYS))

    def is_over(self, moment: datetime) -> bool:
        """Whether the last second of the week had come by `moment` (naive, local)."""
        return moment >= datetime.combine(self.sunday, _LAST_SECOND)

    @property
    def iso(self) -> str:
        """The ISO week, as in 2026-W47."""
        year, week, _ = self.monday.isocalendar()
        return f"{year}-W{week:02d}"

    @property
    def school_year(self) -> int:
        """The year in which the school year of the week's Sunday began."""
        day = self.sunday
        return day.year if day.month >= SCHOOL_YEAR_STARTS else day.year - 1


def last_completed(now: datetime, zone: tzinfo) -> Week:
    """The last week that ended before `now` (aware), by the clock of `zone`."""
    return Week.of(now.astimezone(zone).date()).previous


_OFFSET = (
    r"(?i)(?P<base>UTC|GMT|МСК|MSK)?\s*(?P<sign>[+\-−])\s*"
    r"(?P<hours>\d{1,2})(?::?(?P<minutes>[0-5]\d))?"
)
_BASES = {"UTC": 0, "GMT": 0, "МСК": 180, "MSK": 180}
_LARGEST_OFFSET = 14 * 60


@lru_cache
def zone(name: str) -> tzinfo:
    """The zone that `name` means: IANA, `UTC+5`, `+05:00`, `МСК+2`.

    Raises:
        ValueError: no such zone.
    """
    text = name.strip()
    if text.upper() in _BASES:
        return timezone(timedelta(minutes=_BASES[text.upper()]))
    if match := re.fullmatch(_OFFSET, text):
        minutes = int(match["hours"]) * 60 + int(match["minutes"] or 0)
        signed = minutes if match["sign"] == "+" else -minutes
        signed += _BASES[(match["base"] or "UTC").upper()]
        if abs(signed) > _LARGEST_OFFSET:
            message = f"{name!r} is not a time zone"
            raise ValueError(message)
        return timezone(timedelta(minutes=signed)) if signed else UTC
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        message = f"{name!r} is not a time zone"
        raise ValueError(message) from error


class Moment(Protocol):
    """Anything to which a `timedelta` can be added: a datetime or a column of them."""

    def __add__(self, delta: timedelta, /) -> Self:
        """The moment `delta` later."""


M = TypeVar("M", bound=Moment)


def days_after(moment: M, days: int) -> M:
    """Move `moment` by whole days of the local calendar."""
    return moment + timedelta(days=days)


def hours_after(moment: M, hours: float) -> M:
    """Move `moment` by hours."""
    return moment + timedelta(hours=hours)


def at(midnight: M, clock: time) -> M:
    """The moment `clock` of the day that begins at `midnight`."""
    return midnight + timedelta(
        hours=clock.hour,
        minutes=clock.minute,
        seconds=clock.second,
        microseconds=clock.microsecond,
    )


_WEEK_NAME = r"(?i)(?P<year>\d{4})-W(?P<week>\d{2})"
_ISO_DAY = r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})"
_DOTTED_DAY = r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})"
FIRST_YEAR, LAST_YEAR = 1990, 2100
"""The years that a week may be asked for: others are slips of the key."""
_HOUR = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?"
    r"(?P<offset>Z|[+-]\d{2}:?\d{2})?"
)
_MOMENT = rf"(?P<day>\S+?)(?:(?:T|\s+){_HOUR})?"


def parse_day(text: str) -> date:
    """The day that `text` names, ISO or `dd.mm.yyyy`.

    Raises:
        ValueError: it names none.
    """
    word = text.strip()
    match = re.fullmatch(_ISO_DAY, word) or re.fullmatch(_DOTTED_DAY, word)
    if match is None:
        message = f"{text!r} names no day"
        raise ValueError(message)
    return date(int(match["year"]), int(match["month"]), int(match["day"]))


def parse_moment(text: str, now: datetime, where: tzinfo) -> datetime:
    """The moment that `text` names by the clock of `where`, naive: a day and hour, or `now`.

    A day alone is its end; an hour with an offset is moved to the clock of `where`. `now` is
    aware.

    Raises:
        ValueError: it names none.
    """
    word = text.strip()
    if word.casefold() == "now":
        return now.astimezone(where).replace(tzinfo=None)
    match = re.fullmatch(_MOMENT, word)
    day = parse_day(match["day"]) if match else None
    if match is None or day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        message = f"{text!r} names no moment"
        raise ValueError(message)
    if match["hour"] is None:
        return datetime.combine(day, time.max)
    clock = time(int(match["hour"]), int(match["minute"]), int(match["second"] or 0))
    moment = datetime.combine(day, clock)
    if match["offset"] is None:
        return moment
    aware = datetime.fromisoformat(f"{moment.isoformat()}{match['offset']}")
    return aware.astimezone(where).replace(tzinfo=None)


def parse_week(text: str, now: datetime, where: tzinfo) -> Week:
    """The week that `text` names: a day (ISO or `dd.mm.yyyy`), `2026-W47`, `last`, `this`.

    `last` is the last week that ended before `now` (aware) by the clock of `where`, `this` the
    one that holds it.

    Raises:
        ValueError: it names no week.
    """
    word = text.strip()
    if word.casefold() == "last":
        return last_completed(now, where)
    if word.casefold() == "this":
        return Week.of(now.astimezone(where).date())
    day: date | None = None
    if match := re.fullmatch(_WEEK_NAME, word):
        day = date.fromisocalendar(int(match["year"]), int(match["week"]), 1)
    elif match := re.fullmatch(_ISO_DAY, word) or re.fullmatch(_DOTTED_DAY, word):
        day = date(int(match["year"]), int(match["month"]), int(match["day"]))
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        message = f"{text!r} names no week"
        raise ValueError(message)
    return Week.of(day)
