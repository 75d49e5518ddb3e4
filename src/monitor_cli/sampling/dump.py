"""A plan → the files of a dump: a few schools at a time, written while the next are made."""

from __future__ import annotations

from collections import Counter, deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from monitor_cli.columns import Table
from monitor_cli.sampling import homework, journal, people, schools, timetable
from monitor_cli.sampling.cells import Style, of_table
from monitor_cli.sampling.faults import spoil
from monitor_cli.sampling.files import Shuffled, TableFile, open_file
from monitor_cli.sampling.rows import Registers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import polars as pl

    from monitor_cli.sampling.plan import Plan

_BUCKET = 200
"""Schools times weeks whose rows are put in no order at once."""
_WAITING = 2
"""Ranges of schools that may wait to be written."""


@dataclass(frozen=True, slots=True)
class Files:
    """Where a dump goes and as what.

    One file a table, or `parts` in a folder of its own, or a folder for each school; rows by
    lesson, or `shuffled` within each file.
    """

    folder: Path
    style: Style
    parts: int | None = None
    per_school: bool = False
    shuffled: bool = False

    @property
    def buckets(self) -> Path:
        """Where shuffled rows wait."""
        return self.folder / ".buckets"


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: rows by table, and of them the faulty ones by table and reason."""

    rows: Counter[Table] = field(default_factory=Counter)
    faults: Counter[tuple[Table, str]] = field(default_factory=Counter)


def make(plan: Plan, which: range) -> dict[Table, pl.DataFrame]:
    """The rows of a range of schools, without faults, in the order of schools and lessons.

    Dates are days since 1970, moments seconds since 1970 by the school's clock, times minutes.
    """
    of_schools = schools.make_schools(plan, which)
    classes = schools.make_classes(plan, of_schools)
    staff, posts = people.make_staff(plan, of_schools, classes)
    students = people.make_students(plan, of_schools, classes)
    registers = Registers(plan, of_schools, classes, staff, posts, students)
    lessons = timetable.make_lessons(registers)
    absences = journal.make_absences(registers)
    made = {
        Table.SCHOOLS: of_schools,
        Table.CLASSES: schools.archived(plan, classes),
        Table.STAFF: staff,
        Table.STUDENTS: students,
        Table.PARENTS: people.make_parents(plan, of_schools, students),
        Table.LESSONS: lessons,
        Table.MARKS: journal.make_marks(registers, lessons, absences),
        Table.ATTENDANCE: journal.make_attendance(registers, lessons, absences),
        Table.HOMEWORK: homework.make_homework(registers, lessons),
        Table.DIARY_VIEWS: homework.make_views(registers),
    }
    return {table: of_table(table, frame) for table, frame in made.items()}


def write(plan: Plan, wanted: Files, progress: Callable[[int], None]) -> Written:
    """Fill an empty folder; `progress` is told how many schools have been made.

    Raises:
        OSError: something cannot be written.
    """
    written = Written()
    if wanted.shuffled:
        wanted.buckets.mkdir()
    with ThreadPoolExecutor(max_workers=1) as writer:
        waiting: deque[Future[None]] = deque()
        for group, ranges in _groups(plan, wanted):
            files: dict[Table, TableFile] = {}
            for which in ranges:
                frames = {
                    table: spoil(plan, table, frame, written.faults)
                    for table, frame in make(plan, which).items()
                }
                if not files:
                    files = _open(plan, wanted, group, frames)
                for table, frame in frames.items():
                    written.rows[table] += frame.height
                waiting.append(writer.submit(_add, files, frames))
                while len(waiting) > _WAITING:
                    waiting.popleft().result()
                progress(which.stop - plan.skipped)
            waiting.append(writer.submit(_close, files))
        for rest in waiting:
            rest.result()
    if wanted.shuffled:
        wanted.buckets.rmdir()
    return written


def _groups(plan: Plan, wanted: Files) -> Iterator[tuple[str, list[range]]]:
    """The files' names within a table, and the ranges of schools that go into each."""
    if wanted.per_school:
        for school in range(plan.schools):
            yield "", plan.ranges(school, school + 1)
    elif wanted.parts is None:
        yield "", plan.ranges(0, plan.schools)
    else:
        width = len(str(wanted.parts - 1))
        for part in range(wanted.parts):
            start = part * plan.schools // wanted.parts
            stop = (part + 1) * plan.schools // wanted.parts
            yield f"part-{part:0{width}}", plan.ranges(start, stop)


def _open(
    plan: Plan, wanted: Files, group: str, frames: dict[Table, pl.DataFrame]
) -> dict[Table, TableFile]:
    """A file for each table."""
    files: dict[Table, TableFile] = {}
    schools_a_file = 1 if wanted.per_school else plan.schools // (wanted.parts or 1)
    for table in frames:
        path = wanted.folder / table / group if group else wanted.folder / table
        if wanted.per_school:
            path = wanted.folder / f"school-{frames[Table.SCHOOLS]['school_id'][0]}" / table
        file = open_file(path, table, wanted.style, spoilt=plan.faults > 0)
        if wanted.shuffled:
            number = 1 + schools_a_file * plan.weeks // _BUCKET
            file = Shuffled(file, wanted.buckets, plan.dice, table, number)
        files[table] = file
    return files


def _add(files: dict[Table, TableFile], frames: dict[Table, pl.DataFrame]) -> None:
    for table, frame in frames.items():
        files[table].add(frame)


def _close(files: dict[Table, TableFile]) -> None:
    for file in files.values():
        file.close()
