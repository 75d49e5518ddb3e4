"""Cells: text as a dump holds it, to values («Values», «Ids», «Time» of `dump.md`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

# «Missing values: empty, `-`, `—`, `н/д`, `null` in typed columns, only blanks in text columns.»
MISSING = frozenset({"", "-", "—", "н/д", "null"})

# «да/нет», `true/false`, `1/0`, `+`, «✓».
BOOLS = {
    "да": True,
    "нет": False,
    "true": True,
    "false": False,
    "1": True,
    "0": False,
    "+": True,
    "✓": True,
}
CLASS_STATUSES = {"active": "active", "archive": "archive"}
# absent/Н, ill/Б, pass/П, late/О, present.
ATTENDANCE = {
    "absent": "absent",
    "н": "absent",
    "ill": "ill",
    "б": "ill",
    "pass": "pass",
    "п": "pass",
    "late": "late",
    "о": "late",
    "present": "present",
}
# parent/student/staff; «Родитель», «Ученик», «Сотрудник».
VIEWERS = {
    "parent": "parent",
    "родитель": "parent",
    "student": "student",
    "ученик": "student",
    "staff": "staff",
    "сотрудник": "staff",
}
# teacher/admin/technical/other; «Учитель», «Педагог», «Администратор», «Технический персонал».
ROLES = {
    "teacher": "teacher",
    "учитель": "teacher",
    "педагог": "teacher",
    "admin": "admin",
    "администратор": "admin",
    "technical": "technical",
    "технический персонал": "technical",
    "other": "other",
}

_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})"
    r"(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?(Z|[+-]\d{2}:?\d{2})?)?"
)
_RUSSIAN = re.compile(r"(\d{2})\.(\d{2})\.(\d{4})(?: (\d{1,2}):(\d{2})(?::(\d{2}))?)?")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_OFFSET = re.compile(r"(UTC|МСК)?([+-])(\d{1,2})(?::(\d{2}))?")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A moment as it is written: the wall clock, the offset beside it, whether there is an hour."""

    wall: datetime
    offset: tzinfo | None
    timed: bool

    def local(self, zone: tzinfo, source: tzinfo | None) -> datetime:
        """The school's wall clock («Time» of `dump.md`): `source` None is the school's own zone.

        A date without an hour is a date: no zone moves it.
        """
        written_in = self.offset or source
        if not self.timed or written_in is None:
            return self.wall
        return self.wall.replace(tzinfo=written_in).astimezone(zone).replace(tzinfo=None)


def blank(text: str) -> bool:
    """«Blank text (white space, NBSP) is no topic, comment or homework.»"""
    return not text.strip()


def plain(text: str | None) -> str:
    """«Compared trimmed, without case and ё/е.»"""
    return (text or "").strip().casefold().replace("ё", "е")


def wordwise(text: str | None) -> str:
    """«Compared without case, ё/е, extra blanks.»"""
    return " ".join(plain(text).split())


def zone(text: str) -> tzinfo:
    """«`timezone`: IANA, `UTC+5`, `+05:00`, `МСК+2`.»"""
    match = _OFFSET.fullmatch(text.strip())
    if match is None:
        return ZoneInfo(text.strip())
    base, sign, hours, minutes = match.groups()
    shift = timedelta(hours=int(hours), minutes=int(minutes or 0))
    moscow = timedelta(hours=3 if base == "МСК" else 0)
    return timezone(moscow + (shift if sign == "+" else -shift))


def stamp(text: str) -> Stamp:
    """ISO with `T` or a blank, or `dd.mm.yyyy[ HH:MM[:SS]]`; ValueError where it is neither."""
    if match := _ISO.fullmatch(text):
        year, month, day, hour, minute, second, fraction, offset = match.groups()
    elif match := _RUSSIAN.fullmatch(text):
        day, month, year, hour, minute, second = match.groups()
        fraction = offset = None
    else:
        message = f"not a timestamp: {text!r}"
        raise ValueError(message)
    micro = int((fraction or "0").ljust(6, "0")[:6])
    wall = datetime.combine(
        date(int(year), int(month), int(day)),
        time(int(hour or 0), int(minute or 0), int(second or 0), micro),
    )
    return Stamp(wall, _offset(offset), hour is not None)


def _offset(text: str | None) -> tzinfo | None:
    if text is None:
        return None
    if text == "Z":
        return timezone(timedelta())
    digits = text.replace(":", "")
    shift = timedelta(hours=int(digits[1:3]), minutes=int(digits[3:5]))
    return timezone(shift if digits[0] == "+" else -shift)


def day(text: str) -> date:
    """A date in one of the two spellings."""
    found = stamp(text)
    if found.timed:
        message = f"not a date: {text!r}"
        raise ValueError(message)
    return found.wall.date()


def clock(text: str) -> time | datetime:
    """«`starts_at`, `ends_at`: HH:MM or a timestamp», local always."""
    if match := _CLOCK.fullmatch(text):
        hour, minute, second = (int(part or 0) for part in match.groups())
        return time(hour, minute, second)
    return stamp(text).wall


def parallel(written: str, name: str) -> int | None:
    """«1–11; else read from the front of the name»; else nothing."""
    digits = re.match(r"\d+", name)
    for text in (written, digits.group() if digits else ""):
        if text.isdecimal() and 1 <= int(text) <= 11:
            return int(text)
    return None


def study_year(text: str) -> int:
    """«2026 = 2026/27»: the first four digits."""
    return int(text[:4])


def one_of(text: str, spellings: dict[str, str]) -> str:
    """The value that a spelling means; ValueError where it means none («unknown status»)."""
    value = spellings.get(text.casefold())
    if value is None:
        message = f"unknown value: {text!r}"
        raise ValueError(message)
    return value


def boolean(text: str) -> bool:
    """A yes or a no; ValueError where it is neither."""
    value = BOOLS.get(text.casefold())
    if value is None:
        message = f"neither yes nor no: {text!r}"
        raise ValueError(message)
    return value
