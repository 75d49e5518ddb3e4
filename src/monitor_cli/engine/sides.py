"""Which schools change sides under other rules: reached, not reached, without a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor_cli.engine.count import column
from monitor_cli.engine.places import ordered
from monitor_cli.levels import Level
from monitor_cli.result import ChangedSide

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monitor_cli.engine.week import CountedWeek
    from monitor_cli.settings import Settings

_COUNTED_BY = (
    "teacher_category",
    "timetable_filling",
    "journal_keeping",
    "timely_marks",
    "timely_homework",
)


def counted_alike(one: Settings, other: Settings) -> bool:
    """Whether both give the same sums: they differ in thresholds and components at most."""
    return all(getattr(one, name) == getattr(other, name) for name in _COUNTED_BY)


def changed(now: CountedWeek, before: CountedWeek) -> tuple[ChangedSide, ...]:
    """The schools left that stand elsewhere `now` than `before`: by indicator, in order."""
    found = []
    for item in now.measures.indicators:
        here, there = _sides(now, item.key), _sides(before, item.key)
        for row in ordered(now.left.iter_rows(named=True), Level.SCHOOL):
            school = str(row["school_id"])
            if here[school] != there[school]:
                name = str(row["school"])
                found.append(ChangedSide(item.key, school, name, there[school], here[school]))
    return tuple(found)


def _sides(counted: CountedWeek, key: str) -> Mapping[str, bool | None]:
    """Whether each school reached the threshold; None without a value."""
    week = counted.counting.query.week
    available = counted.available.has_value(key, week)
    names = ("school_id", column(key, "schools"), column(key, "schools_reached"))
    return {
        str(school): bool(reached) if valued and available else None
        for school, valued, reached in counted.schools[week].select(names).iter_rows()
    }
