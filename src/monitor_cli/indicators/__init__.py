"""The thirteen indicators, in the order of every report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor_cli.indicators.activity import school_activity
from monitor_cli.indicators.homework import timely_homework
from monitor_cli.indicators.lessons import journal_keeping, lesson_planning
from monitor_cli.indicators.marks import timely_marks
from monitor_cli.indicators.people import (
    account_activation,
    parent_activation,
    parent_engagement,
    student_activation,
    teacher_activation,
    teacher_category,
    teacher_esia,
)
from monitor_cli.indicators.timetable import timetable_filling

if TYPE_CHECKING:
    from monitor_cli.indicators.spec import Indicator

CATALOGUE: tuple[Indicator, ...] = (
    teacher_activation,
    student_activation,
    parent_activation,
    parent_engagement,
    teacher_esia,
    teacher_category,
    account_activation,
    school_activity,
    timetable_filling,
    lesson_planning,
    journal_keeping,
    timely_marks,
    timely_homework,
)
"""An explicit list: the order of columns, documents and `monitor indicators`."""

BY_KEY: dict[str, Indicator] = {indicator.key: indicator for indicator in CATALOGUE}

if len(BY_KEY) != len(CATALOGUE):
    _message = f"two indicators share a key in {[indicator.key for indicator in CATALOGUE]}"
    raise ValueError(_message)
