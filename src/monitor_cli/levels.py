"""The levels at which indicators are shown, and the columns that name a place on each."""

from __future__ import annotations

from enum import StrEnum


class Level(StrEnum):
    """A level of places (`indicators.md`, «Levels»): region down to class, and across a school."""

    REGION = "region"
    MUNICIPALITY = "municipality"
    SCHOOL = "school"
    PARALLEL = "parallel"
    CLASS = "class"
    SUBJECT = "subject"
    TEACHER = "teacher"

    @property
    def keys(self) -> tuple[str, ...]:
        """The key columns of a row, in the order of the output."""
        return _KEYS[self]

    @property
    def pools_schools(self) -> bool:
        """Whether a row stands for several schools, and so says how many reached."""
        return self in (Level.REGION, Level.MUNICIPALITY)


_SCHOOL = ("region", "municipality", "school_id", "school")
_KEYS = {
    Level.REGION: ("region",),
    Level.MUNICIPALITY: ("region", "municipality"),
    Level.SCHOOL: _SCHOOL,
    Level.PARALLEL: (*_SCHOOL, "parallel"),
    Level.CLASS: (*_SCHOOL, "parallel", "class_id", "class"),
    Level.SUBJECT: (*_SCHOOL, "subject"),
    Level.TEACHER: (*_SCHOOL, "teacher_id", "teacher"),
}

DOWN_TO_SCHOOL = frozenset({Level.REGION, Level.MUNICIPALITY, Level.SCHOOL})
DOWN_TO_CLASS = DOWN_TO_SCHOOL | {Level.PARALLEL, Level.CLASS}
ACROSS = frozenset({Level.SUBJECT, Level.TEACHER})
EVERYWHERE = DOWN_TO_CLASS | ACROSS

SUMMED_BY = ("school", "teacher", "class", "subject", "day", "hour")
"""By what the loss of an indicator can be summed up; the day is the lesson's, the hour that of
entry."""
