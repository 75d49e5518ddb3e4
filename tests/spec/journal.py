"""A small dump written as tables in a test's own text, and the week that is measured from it."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from monitor_cli.clock import Week
from monitor_cli.engine.evidence.show import Question, show
from monitor_cli.engine.week import Query, measure
from monitor_cli.levels import Level
from monitor_cli.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from monitor_cli.report import Report
    from monitor_cli.result import Measure, WeekResult

MONDAY = date(2026, 11, 16)
"""The week of every spec test: Monday 16 to Sunday 22 November 2026."""

ALWAYS = {
    "schools": {"municipality": "Заречный район"},
    "classes": {"school_id": "1", "class": "5А"},
    "staff": {"school_id": "1", "role": "teacher"},
    "students": {"school_id": "1", "class_id": "5А"},
    "parents": {"school_id": "1"},
    "lessons": {"class_id": "5А", "subject": "Математика", "date": "2026-11-17"},
    "marks": {"student_id": "Оля", "work_type": "Ответ на уроке"},
    "attendance": {"student_id": "Оля"},
    "homework": {"text": "§ 12"},
    "diary_views": {"viewer_role": "parent"},
}
"""What a row says where the test does not: the cells that its rule does not turn on."""

NUMBERED = {
    "staff": "person_id",
    "students": "person_id",
    "parents": "person_id",
    "lessons": "lesson_id",
    "marks": "mark_id",
    "homework": "homework_id",
}
"""Ids that a test may leave out: rows are numbered «№1», «№2», …"""

BY_CLASS = {
    "student_activation",
    "parent_activation",
    "parent_engagement",
    "timetable_filling",
    "lesson_planning",
    "journal_keeping",
    "timely_marks",
    "timely_homework",
}
"""The indicators that a class has."""
BY_LESSON = {"lesson_planning", "journal_keeping", "timely_marks", "timely_homework"}
"""Those that a subject and a teacher have."""

IN_TIME = "2026-11-17 10:00:00"
"""When homework is in time, and a mark of Tuesday's lesson too."""
AND_OTHERWISE = "L | 2026-10-01 10:00:00"
"""Homework that is nobody's, so that the table as a whole has times of day."""

TIMES = re.compile(r"(?P<times>\d+) × (?P<line>.*)")
"""«8 × …» stands for eight such rows."""


@dataclass
class Journal:
    """A dump of one school «1» (one shift), one class «5А» and one lesson «L» on Tuesday the 17th.

    So it is until a test says otherwise; there are no other tables until a test writes them.
    """

    folder: Path
    tables: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    sets: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin with what every dump must have."""
        self.table("schools", "school_id | shifts \n 1 | 1")
        self.table("classes", "class_id \n 5А")
        self.table("lessons", "lesson_id | date \n L | 2026-11-17")

    def table(self, name: str, text: str) -> None:
        """Write table `name`: a line of columns and a line a row, cells between `|`."""
        lines = [line.strip(" ") for line in text.split("\n") if line.strip(" ")]
        header, *cells = [
            [cell.strip(" ") for cell in row.split("|")] for line in lines for row in _rows_of(line)
        ]
        numbered = [NUMBERED[name]] if name in NUMBERED else []
        rows = []
        for number, line in enumerate(cells, start=1):
            assert len(line) == len(header), f"{name}: {line} does not fit {header}"
            ids = dict.fromkeys(numbered, f"№{number}")
            rows.append(ALWAYS.get(name, {}) | ids | dict(zip(header, line, strict=True)))
        columns = [*ALWAYS.get(name, {}), *numbered, *header]
        self.tables[name] = rows
        self._write(name, dict.fromkeys(columns))

    def without(self, name: str, column: str) -> None:
        """Take a column out of a table."""
        for row in self.tables[name]:
            row.pop(column)
        self._write(name, self.tables[name][0])

    def _write(self, name: str, columns: Collection[str]) -> None:
        with (self.folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(self.tables[name])

    def remove(self, name: str) -> None:
        """Take a table out of the dump."""
        self.tables.pop(name)
        (self.folder / f"{name}.csv").unlink()

    def rule(self, assignment: str) -> None:
        """Set a key of the config, as `--set` does."""
        self.sets.append(assignment)

    def week(self, day: date = MONDAY, level: str = "school", **query: object) -> Seen:
        """Measure the week of `day`."""
        settings = load_settings(assignments=self.sets, environ={})
        asked = Query(Week.of(day), Level(level), **query)  # type: ignore[arg-type]
        return Seen(measure(self.folder, settings, asked))

    def show(self, key: str, by: str | None = None, **query: object) -> Lost:
        """Show what an indicator loses in the week."""
        settings = load_settings(assignments=self.sets, environ={})
        asked = Query(Week.of(MONDAY), **query)  # type: ignore[arg-type]
        return Lost(show(self.folder, settings, Question(asked, key, by)))


def _rows_of(line: str) -> list[str]:
    """The rows that a line stands for."""
    match = TIMES.fullmatch(line)
    return [match["line"]] * int(match["times"]) if match else [line]


@dataclass(frozen=True)
class Lost:
    """What an indicator loses, asked about in words."""

    report: Report

    def rows(self, *names: str, sheet: str = "rows") -> list[object]:
        """The cells of a sheet's rows, in order: a value for one name, a tuple for several."""
        found = self.report.sheet(sheet)
        keys = [column.key for column in found.columns]
        rows = [tuple(row[keys.index(name)] for name in names) for row in found.rows]
        return [row[0] for row in rows] if len(names) == 1 else list(rows)

    @property
    def sheets(self) -> list[str]:
        """The keys of its sheets, in order."""
        return [one.key for one in self.report.sheets]

    def head(self, *names: str) -> list[object]:
        """What programs are told before the sheets."""
        return [self.report.head[name] for name in names]

    @property
    def lines(self) -> str:
        """What people are told before the sheets."""
        return " | ".join(line.ru for line in self.report.lines)


@dataclass(frozen=True)
class Seen:
    """A measured week, asked about in words."""

    result: WeekResult

    def at(self, key: str, **place: object) -> Measure:
        """The measure of an indicator at the one place with these keys."""
        found = [
            row
            for row in self.result.rows
            if all(row.keys[name] == value for name, value in place.items())
        ]
        assert len(found) == 1, f"{len(found)} rows at {place}"
        return found[0].measures[key]

    def share(self, key: str, **place: object) -> str:
        """«numerator/denominator», or «н/д» with what is known of it."""
        return _share(self.at(key, **place))

    def total(self, key: str) -> str:
        """The share over everything that the filters leave."""
        return _share(self.result.totals[key])

    def values(self, key: str) -> list[float | None]:
        """The values of an indicator, in the order of the rows."""
        return [row.measures[key].value for row in self.result.rows]

    def places(self, *names: str) -> list[object]:
        """The keys of the rows, in order: a value for one name, a tuple for several."""
        rows = [tuple(row.keys[name] for name in names) for row in self.result.rows]
        return [row[0] for row in rows] if len(names) == 1 else list(rows)

    @property
    def problems(self) -> dict[str, int]:
        """How many rows were set aside, by «table reason»."""
        return {f"{one.table} {one.reason}": one.rows for one in self.result.problems}

    @property
    def warnings(self) -> list[str]:
        """The codes of the warnings."""
        return [one.code for one in self.result.warnings]


def _share(one: Measure) -> str:
    if one.numerator is None:
        return "н/д"
    return f"{one.numerator}/{one.denominator}"
