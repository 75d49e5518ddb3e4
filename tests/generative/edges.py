"""Moments at the edges of the rules, in every spelling that a dump may hold."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Sequence

# How a moment may be written; the ordinary ones more often.
SPELLINGS = (
    "blank",
    "blank",
    "T",
    "russian",
    "russian",
    "short",
    "russian short",
    "fraction",
    "long fraction",
    "Z",
    "T Z",
    "+03:00",
    "+05:00",
    "fraction +03:00",
    "bare",
)
OFFSETS = {"Z": 0, "+03:00": 3, "+05:00": 5}


class Moment(NamedTuple):
    """Which of the rule's edges, how many seconds beside it, and how that is written."""

    edge: int
    shift: int
    spelling: str


# One second before, at, and one second after an edge: where `<` and `<=` part.
SHIFTS = (0, -1, 1)
MOMENTS = [Moment(*all_of) for all_of in product(range(28), SHIFTS, SPELLINGS)]
# An edit without an hour more often: it would lie in the window if its hour were midnight.
EDITS = [Moment(*all_of) for all_of in product(range(28), SHIFTS, (*SPELLINGS, *["bare"] * 4))]
HOURS = st.sampled_from(("as they are",) * 22 + ("none", "midnight"))
"""What a whole table of event times may be like: most have hours, some have none."""


def written(
    moment: Moment,
    edges: Sequence[datetime],
    *,
    zone: int,
    source: int | None,
    hours: str = "as they are",
) -> str:
    """The moment as a cell: `edges` by the school's wall clock, `zone` and `source` hours east."""
    local = edges[moment.edge % len(edges)]
    if hours == "midnight":
        return datetime.combine(local.date(), time()).isoformat(" ")
    if hours == "none":
        return local.date().isoformat()
    return spelled(local + timedelta(seconds=moment.shift), moment.spelling, zone, source)


def spelled(local: datetime, spelling: str, zone: int, source: int | None) -> str:
    """`local` as text; `source` None: what has no offset is written in the school's own zone."""
    words = spelling.split()
    if "bare" in words:
        return local.date().isoformat()
    offset = next((word for word in words if word in OFFSETS), None)
    if offset is not None:
        wall = local + timedelta(hours=OFFSETS[offset] - zone)
    else:
        wall = local + timedelta(hours=0 if source is None else source - zone)
    seconds = "%H:%M" if "short" in words and wall.second == 0 else "%H:%M:%S"
    if words[0] == "russian":
        text = wall.strftime(f"%d.%m.%Y {seconds}")
        return text.replace(" 0", " ") if wall.day % 2 else text  # an hour may have one digit
    text = wall.strftime(f"%Y-%m-%d{'T' if 'T' in words else ' '}{seconds}")
    if "fraction" in words:
        # Nearly a whole second before an edge; nothing after it, which could be midnight.
        text += "." + ("9" if wall.second == 59 else "0") * (7 if "long" in words else 3)
    return text + (offset or "")


def at(day: date, clock: str = "00:00", days: int = 0) -> datetime:
    """`clock` of the day `days` after `day`."""
    hour, minute = (int(part) for part in clock.split(":")[:2])
    return datetime.combine(day + timedelta(days=days), time(hour, minute))


def spelled_day(day: date, *, russian: bool) -> str:
    """A date in one of the two spellings."""
    return day.strftime("%d.%m.%Y") if russian else day.isoformat()
