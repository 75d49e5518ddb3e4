"""What dump to make: how many schools, which weeks, what chance; and the moment it is taken at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING

from monitor_cli import clock
from monitor_cli.sampling.chance import Dice

if TYPE_CHECKING:
    from monitor_cli.clock import Week

EPOCH = date(1970, 1, 1)
MINUTE, HOUR, DAY = 60, 3600, 86_400
"""Seconds: moments are made as whole seconds since 1970 by the school's clock."""
MOSCOW = "Europe/Moscow"
_EXPORTED = time(9)
MILLION = 1_000_000

# What ids leave room for.
MOST_SCHOOLS = 100_000
MOST_WEEKS = 40
CLASSES_A_SCHOOL = 64
PEOPLE_A_SCHOOL = 8192
ID_MARGIN = 8
"""So many ids behind each one given are never given."""
_AT_ONCE = 150
"""Schools times weeks that are in memory at once."""
_WITH_THE_WEEK_AFTER = 3


@dataclass(frozen=True, slots=True)
class Plan:
    """A dump to be made.

    `week`: the last completed week of the dump. `weeks`: how many it covers; from three on the
    last of them is the week after, whose lessons are known and mostly not held yet. `faults`: rows
    of the fact tables to be spoilt, of a million. `skipped`: schools that come before these and are
    not made.
    """

    schools: int
    week: Week
    weeks: int = 3
    seed: int = 1
    faults: int = 0
    skipped: int = 0

    @property
    def dice(self) -> Dice:
        """All the chance of the dump."""
        return Dice(self.seed)

    @property
    def mondays(self) -> tuple[date, ...]:
        """The Mondays of the weeks covered, in order."""
        last = self.week if self.weeks < _WITH_THE_WEEK_AFTER else self.week.next
        first = last.monday - timedelta(weeks=self.weeks - 1)
        return tuple(first + timedelta(weeks=nth) for nth in range(self.weeks))

    def now(self, zone: str | None) -> int:
        """When the dump is taken, in seconds of the school's clock: Monday after `week`, 9:00.

        Nine o'clock is Moscow's; a school to the east is further on in its day.
        """
        return _local(self.week.next.monday, zone or MOSCOW)

    def ranges(self, first: int, last: int) -> list[range]:
        """Schools from `first` up to, not including, `last`, as many at a time as fit in memory.

        They are counted from the first one that is made.
        """
        step = max(1, _AT_ONCE // self.weeks)
        begin, end = self.skipped + first, self.skipped + last
        return [range(start, min(start + step, end)) for start in range(begin, end, step)]


@cache
def _local(day: date, zone: str) -> int:
    moscow = datetime.combine(day, _EXPORTED, clock.zone(MOSCOW))
    there = moscow.astimezone(clock.zone(zone)).replace(tzinfo=None)
    passed = there - datetime.combine(EPOCH, time())
    return passed.days * DAY + passed.seconds


def day_number(day: date) -> int:
    """Days since 1970."""
    return (day - EPOCH).days
