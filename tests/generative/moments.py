"""The moments whose state is asked for: at the edges of what a drawn dump holds."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from tests.generative.edges import SHIFTS, at
from tests.generative.journal import HOMEWORK_RULES
from tests.generative.reference import values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.generative.strategies import Drawn

AFTER_ALL = datetime(2099, 12, 31)
EVENTS = (
    ("marks", "created_at"),
    ("marks", "updated_at"),
    ("attendance", "created_at"),
    ("homework", "issued_at"),
    ("homework", "updated_at"),
    ("diary_views", "viewed_at"),
    ("staff", "activated_at"),
    ("students", "activated_at"),
    ("parents", "activated_at"),
    ("staff", "esia_login_at"),
)


def around(drawn: Drawn) -> st.SearchStrategy[datetime]:
    """One second before, at, and one second after an edge, or the end of a day."""
    monday = drawn.day - timedelta(days=drawn.day.weekday())
    kinds = [_ends(drawn, monday), _deadlines(drawn, monday), _of_events(drawn)]
    edges = [sorted({*kind}) or [at(monday, days=7)] for kind in kinds]
    shifted = st.sampled_from([0, 0, 1, 2]).flatmap(
        lambda kind: st.tuples(st.sampled_from(edges[kind]), st.sampled_from(SHIFTS)).map(
            lambda pair: pair[0] + timedelta(seconds=pair[1])
        )
    )
    days = st.integers(-1, 8).map(lambda after: datetime.combine(_after(monday, after), time.max))
    return st.one_of(shifted, shifted, shifted, days)


def _after(monday: date, days: int) -> date:
    return monday + timedelta(days=days)


def _lessons(drawn: Drawn, monday: date) -> Iterator[tuple[date, dict[str, str]]]:
    for row in drawn.tables["lessons"]:
        try:
            day = values.day(row["date"])
        except (KeyError, ValueError):
            continue
        if 0 <= (day - monday).days < 7:
            yield day, row


def _deadlines(drawn: Drawn, monday: date) -> Iterator[datetime]:
    """When days of lessons of the week begin and end, and homework has to be issued."""
    rule = HOMEWORK_RULES | drawn.config.get("timely_homework", {})
    yield at(monday, days=7)
    for day, _ in _lessons(drawn, monday):
        yield at(day)
        yield at(day, rule["deadline"], 1)


def _ends(drawn: Drawn, monday: date) -> Iterator[datetime]:
    """When lessons of the week end."""
    rule = HOMEWORK_RULES | drawn.config.get("timely_homework", {})
    for day, row in _lessons(drawn, monday):
        for column, more in (("ends_at", 0), ("starts_at", rule["lesson_minutes"])):
            try:
                clock = values.clock(row[column].strip())
            except (KeyError, ValueError):
                continue
            end = clock if isinstance(clock, datetime) else datetime.combine(day, clock)
            yield end + timedelta(minutes=more)


def _of_events(drawn: Drawn) -> Iterator[datetime]:
    """When something happened, by the clock that it is written in."""
    for table, column in EVENTS:
        for row in drawn.tables.get(table, ()):
            try:
                wall = values.stamp(row[column].strip()).wall
            except (KeyError, ValueError):
                continue
            for hours in (0, 3):
                yield wall.replace(microsecond=0) + timedelta(hours=hours)
