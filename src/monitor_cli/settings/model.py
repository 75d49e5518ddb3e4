"""The settings and their defaults, which stand once, here; names mirror `monitor.toml`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from monitor_cli.language import Language, normalised

if TYPE_CHECKING:
    from collections.abc import Mapping

INDICATOR_KEYS = (
    "teacher_activation",
    "student_activation",
    "parent_activation",
    "parent_engagement",
    "teacher_esia",
    "teacher_category",
    "account_activation",
    "school_activity",
    "timetable_filling",
    "lesson_planning",
    "journal_keeping",
    "timely_marks",
    "timely_homework",
)
"""The keys that may bear a threshold; the catalogue declares the same ones."""

PLACEHOLDER_PERCENT = Fraction(80)
"""Stands in for a threshold that nobody has published; shown as a placeholder."""

PUBLISHED_PERCENTS = {
    "timetable_filling": Fraction(95),
    "lesson_planning": Fraction(100),
    "timely_homework": Fraction(70),
    "school_activity": Fraction(100),
}
"""Thresholds from public help pages (`indicators.md`, «Thresholds shipped»)."""


class Defaults(NamedTuple):
    """What stands in for columns of `schools` that a dump of one municipality lacks."""

    region: str = ""
    municipality: str = ""


class Bands(NamedTuple):
    """Per cent: a value that is not reached and lies below `red_below` is red, else yellow."""

    red_below: Fraction = Fraction(50)


class SchoolActivity(NamedTuple):
    """The indicators that a school must reach to be active, in the order of the output."""

    components: tuple[str, ...] = (
        "timetable_filling",
        "lesson_planning",
        "journal_keeping",
        "account_activation",
        "parent_engagement",
        "timely_marks",
    )


class TeacherCategory(NamedTuple):
    """How the text of a category that counts begins."""

    categories: tuple[str, ...] = ("высшая", "первая", "педагог-методист", "педагог-наставник")


@dataclass(frozen=True, slots=True)
class TimetableFilling:
    """The lessons a week that fill a class's timetable, and whether subgroups count apart."""

    min_lessons: int = 8
    count: Literal["rows", "slots"] = "rows"


class JournalKeeping(NamedTuple):
    """Whether coming late is an absence that leaves a trace in the journal."""

    late_counts: bool = False


class TimelyMarks(NamedTuple):
    """The two-shift rule: deadlines (exclusive), what is divided by, the tracked work types.

    `deadline` is of the lesson's day; `deadline_two_shifts`, of the next calendar day, holds in
    schools with `two_shifts_from` shifts or more. `aliases` maps what a school calls a work type
    to one of `work_types`.
    """

    deadline: time = time(21)
    deadline_two_shifts: time = time(13)
    two_shifts_from: int = 2
    denominator: Literal["all", "tracked"] = "all"
    edits_count: bool = True
    work_types: tuple[str, ...] = ("Ответ на уроке", "Поведение", "Работа на уроке", "Наизусть")
    aliases: Mapping[str, str] = MappingProxyType({})


class TimelyHomework(NamedTuple):
    """The window in which homework is timely, the denominator, the memo's recommendation.

    The window opens `days_before` the lesson's day at 00:00 and closes, exclusive, at `deadline`
    of the day after it. `recommended_hours` after the lesson's end is the memo's recommendation,
    `lesson_minutes` the length of a lesson whose end the dump does not know.
    """

    days_before: int = 7
    deadline: time = time(13)
    denominator: Literal["next_week", "reporting_week"] = "next_week"
    homework_link: Literal["due", "given"] = "due"
    recommended_hours: int = 3
    lesson_minutes: int = 40
    skip_parallels: tuple[int, ...] = ()


class Workload(NamedTuple):
    """The hours a week between which a teacher's load is ordinary."""

    hours_min: int = 18
    hours_max: int = 36


class Report(NamedTuple):
    """Where reports are written and as what."""

    out: Path = Path("reports")
    formats: tuple[str, ...] = ("xlsx", "html")


class Task(NamedTuple):
    """Who works with «Поручения» here, and the store; empty: the user's data folder."""

    identity: str = ""
    store: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set, checked; a value typed beats the environment beats the file.

    `data` is `None` where nobody named a dump (the file's «dump/» is only what the documentation
    shows); `sample` says that the invented dump inside the package was named. Relative paths of
    the file are resolved from its folder. `source` is the file that was read.
    """

    data: Path | None = None
    sample: bool = False
    language: Language = Language.RU
    timezone: str = "Europe/Moscow"
    source_tz: str = "school"
    encoding: str = "auto"
    separator: str = "auto"
    strict: bool = False
    defaults: Defaults = field(default_factory=Defaults)
    thresholds: Mapping[str, Fraction] = field(default_factory=dict)
    """As written, for every region; `threshold` adds what was not written."""
    regions: Mapping[str, Mapping[str, Fraction]] = field(default_factory=dict)
    """The thresholds written for one region, by its name."""
    bands: Bands = field(default_factory=Bands)
    school_activity: SchoolActivity = field(default_factory=SchoolActivity)
    teacher_category: TeacherCategory = field(default_factory=TeacherCategory)
    timetable_filling: TimetableFilling = field(default_factory=TimetableFilling)
    journal_keeping: JournalKeeping = field(default_factory=JournalKeeping)
    timely_marks: TimelyMarks = field(default_factory=TimelyMarks)
    timely_homework: TimelyHomework = field(default_factory=TimelyHomework)
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By table: further header names, and the column that each one means."""
    workload: Workload = field(default_factory=Workload)
    report: Report = field(default_factory=Report)
    task: Task = field(default_factory=Task)
    source: Path | None = None

    def threshold(self, key: str, region: str | None = None) -> Fraction:
        """The threshold of a school in per cent: the region's, else the general one.

        Raises:
            KeyError: `key` is no indicator.
        """
        if key not in INDICATOR_KEYS:
            raise KeyError(key)
        of_region = self._of_region(region)
        if key in of_region:
            return of_region[key]
        if key in self.thresholds:
            return self.thresholds[key]
        return PUBLISHED_PERCENTS.get(key, PLACEHOLDER_PERCENT)

    def is_placeholder(self, key: str, region: str | None = None) -> bool:
        """Whether nobody has published or written the threshold."""
        return (
            key not in PUBLISHED_PERCENTS
            and key not in self.thresholds
            and key not in self._of_region(region)
        )

    @property
    def regions_with_thresholds(self) -> tuple[str, ...]:
        """The regions that have thresholds of their own, as the file names them."""
        return tuple(self.regions)

    def _of_region(self, region: str | None) -> Mapping[str, Fraction]:
        if region is None:
            return {}
        wanted = normalised(region)
        return next((own for name, own in self.regions.items() if normalised(name) == wanted), {})
