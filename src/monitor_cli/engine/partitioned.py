"""A week counted partition by partition, here or elsewhere: the counts add up.

The counts of a school depend on its own rows alone. A partition is a range of schools; what a
worker is sent is the name of a function, a path and parameters, never a plan of Polars, which only
the same build could read.
"""

from __future__ import annotations

import io
import pickle
from concurrent.futures import CancelledError, Executor, Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from monitor_cli import clock
from monitor_cli.columns import Table
from monitor_cli.dataset import faults, layout, reading
from monitor_cli.dataset.partitions import REGISTERS, partitions, reached, rows_by_school
from monitor_cli.engine import facts, filters, places
from monitor_cli.engine.placed import rows_at
from monitor_cli.engine.query import counted_for, held, reach
from monitor_cli.engine.query import wanted as tables_wanted
from monitor_cli.engine.source import read_options
from monitor_cli.engine.versions import Versions, versions
from monitor_cli.engine.week import CountedWeek, Counting, sides_changed, told
from monitor_cli.errors import DumpError, MonitorError, OutputError, UsageError
from monitor_cli.indicators import BY_KEY
from monitor_cli.language import Words, plural_ru, words
from monitor_cli.levels import Level
from monitor_cli.result import Notice
from monitor_cli.settings.places import address_of
from monitor_cli.settings.places import shown as shown_place

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from typing import Any

    from monitor_cli.dataset.layout import Snapshot
    from monitor_cli.dataset.partitions import Partition
    from monitor_cli.dump.dump import Dump
    from monitor_cli.engine.filters import Scope
    from monitor_cli.engine.query import Query
    from monitor_cli.indicators.spec import Indicator
    from monitor_cli.result import WeekResult
    from monitor_cli.settings import Settings

BASE_BYTES = 300_000_000
"""What a process takes before it has read anything, and while it writes the result."""
ROW_BYTES = 40
"""What a row of a week takes while it is counted, as measured (`docs/performance.md`)."""
TOLD_BYTES = 10_000
"""What a row of the result takes, with its indicators, until it is written."""
SCHOOL_BYTES = 18_000
"""What a school's row takes, which has every indicator, beside the names in each."""
LEAST_ROWS = 1 << 20
"""Two pieces of a file, which are read at once."""
KINDS = 40
"""Subjects of a school, and more than its parallels."""
MOST_ROWS = 20_000_000
"""Rows of a partition where nobody says what memory there is."""


class LostError(OutputError):
    """The engine that counts partitions has gone."""

    def __init__(self) -> None:
        """There is one thing to say of it."""
        super().__init__(
            words(
                "связь с планировщиком или исполнителями потеряна, отчёта нет",
                "the connection to the scheduler or the workers is lost, there is no report",
            ),
            remedy=words(
                "проверьте их и повторите; без них считает --engine local",
                "look after them and try again; --engine local does without",
            ),
        )


@dataclass(frozen=True, slots=True)
class Crew:
    """Who counts, and what may be held at once.

    `executor`: takes partitions; `least`: how many there are to be, if not more: what cannot be
    read is then a small part. `memory`: bytes that all processes together may take, `processes` of
    them; None: what there is. `failures`: what is raised where a partition was too much for its
    worker; `losses`: where nobody is left.
    """

    executor: Executor
    least: int = 1
    memory: int | None = None
    processes: int = 1
    failures: tuple[type[BaseException], ...] = (MemoryError,)
    losses: tuple[type[BaseException], ...] = (CancelledError, OSError, BrokenProcessPool)

    def count(self, rows: int, told: int = 0) -> int:
        """Into how many partitions to cut so many rows of weeks, the result of `told` bytes.

        Raises:
            UsageError: the memory is too little for what is told, or for anything.
        """
        if self.memory is None:
            return max(self.least, -(-rows // MOST_ROWS))
        room = self.memory // self.processes - BASE_BYTES
        needed = max(LEAST_ROWS * ROW_BYTES, told)
        if room < needed:
            least = -(-self.processes * (BASE_BYTES + needed) // 1_000_000)
            raise UsageError(
                words("--memory: этого не хватит", "--memory: this is not enough"),
                remedy=words(
                    f"нужно не меньше {least} MB, или уровень выше (--level municipality)",
                    f"at least {least} MB are needed, or a level above (--level municipality)",
                ),
            )
        return max(self.least, -(-rows * ROW_BYTES // room))


class Here(Executor):
    """Counts what it is given at once, in this process: one partition after another."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401
        """Done when this returns."""
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


class _Job(NamedTuple):
    """All that a worker needs to know."""

    folder: str
    partition: Partition
    query: Query
    rules: Settings
    indicators: tuple[str, ...]
    tables: dict[Table, frozenset[str]]
    scope: Scope
    settled: bool


class _Refused(NamedTuple):
    """Why a partition was not counted."""

    why: Words


def count_packed(theirs: Versions, packed: bytes) -> bytes:
    """Count a partition where its rows can be read: the function that workers are told to run.

    Returns:
        A `Counting` without rows of lessons, or why there is none, packed.
    """
    ours = versions()
    if ours != theirs:
        return _packed(_Refused(_other(theirs, ours)))
    job: _Job = pickle.loads(packed)  # noqa: S301
    try:
        return _packed(_counted(job))
    except MonitorError as error:
        return _packed(_Refused(error.what))
    except (OSError, pl.exceptions.PolarsError):
        return _packed(_Refused(faults.damaged(Path(job.folder)).what))


def _other(theirs: Versions, ours: Versions) -> Words:
    return words(
        f"у исполнителя другая версия: {ours}, здесь {theirs}",
        f"the worker has another version: {ours}, here it is {theirs}",
    )


def _counted(job: _Job) -> Counting:
    snapshot = layout.find(Path(job.folder), None, clock.zone(job.rules.timezone))
    within = reach(job.query)
    options = read_options(job.rules)
    dump = reading.load(snapshot, job.tables, options, within, job.partition)
    indicators = [BY_KEY[key] for key in job.indicators]

    def scoped(query: Query, frames: places.Frames) -> Scope:
        if job.settled:
            return job.scope
        return filters.resolve_lessons(query, frames, job.scope, partly=True)

    found = Counting.of(dump, job.query, job.rules, indicators, within=scoped)
    return replace(found, lessons=found.lessons.without_rows(), sums=found.sums.settled())


def measure(
    path: Path, settings: Settings, query: Query, crew: Crew, as_imported: date | None = None
) -> WeekResult:
    """As `week.measure`, of a dataset, by the partitions that a crew counts.

    Where a partition cannot be read, the result tells the rest, is not complete, and names it.

    Raises:
        UsageError: a filter, a level or an indicator that cannot be had; no dataset.
        DumpError: nothing of the dataset can be read.
        LostError: the engine has gone.
    """
    require_dataset(path)
    snapshot = layout.find(path, as_imported, clock.zone(settings.timezone))
    tables = tables_wanted(query, counted_for(query, settings), checked=True)
    dump = reading.load(snapshot, tables, read_options(settings), partition=REGISTERS)
    counts = _Cut(snapshot, dump, query, tables, crew).counted
    counted = CountedWeek.by(dump, settings, query, counts)
    return told(counted, rows_at(counted, query.level), sides_changed(counted))


def require_dataset(path: Path) -> None:
    """Refuse anything else, whose rows would have to be read whole to be parted.

    Raises:
        UsageError: it is no dataset, or one at an address.
    """
    shown = shown_place(path)
    if address_of(path) is not None:
        raise UsageError(
            words(
                f"{shown}: по частям считают набор в папке, а не по адресу",
                f"{shown}: a dataset is counted by partitions in a folder, not at an address",
            ),
            remedy=words(
                "подключите папку или скопируйте набор; без --engine и --memory адрес читается",
                "mount or copy it; without --engine and --memory an address is read",
            ),
        )
    if layout.is_dataset(path):
        return
    raise UsageError(
        words(
            f"{shown}: по частям считают только набор, это не он",
            f"{shown}: only a dataset is counted by partitions, and this is none",
        ),
        remedy=words(
            f"импортируйте выгрузку: monitor import {shown} -o НАБОР",
            f"import the dump: monitor import {shown} -o DATASET",
        ),
    )


@dataclass(frozen=True, slots=True)
class _Cut:
    """A dataset to be counted by partitions."""

    snapshot: Snapshot
    dump: Dump
    query: Query
    tables: dict[Table, frozenset[str]]
    crew: Crew

    def counted(self, rules: Settings, indicators: Sequence[Indicator]) -> Counting:
        """What the partitions tell, joined."""
        query = held(self.query, reading.covered(self.snapshot))
        classes = facts.classes(self.dump, query.weeks)
        none = classes.clear()
        register = places.Frames(places.schools(self.dump), classes, none, None, none)
        scope = filters.resolve_registers(query, register)
        cut = self._partitions(scope)
        keys = tuple(item.key for item in indicators)
        folder = str(self.snapshot.folder.resolve())

        def joined(within: Scope, *, settled: bool) -> Counting:
            found, lost = self._run(
                [
                    _Job(folder, one, self.query, rules, keys, self.tables, within, settled)
                    for one in cut
                ]
            )
            return self._joined(found, lost)

        found = joined(scope, settled=False)
        whole = filters.resolve_lessons(query, found.frames, scope)
        if whole.teachers is not None and not _same(whole.teachers, found.scope.teachers):
            # A name here is an id elsewhere, or a teacher is named at another school only.
            found = joined(whole, settled=True)
        return replace(found, scope=whole)

    def _partitions(self, scope: Scope) -> tuple[Partition, ...]:
        """The ranges of the schools within `scope`."""
        of_tables = [file for table in self.tables for file in self.snapshot.manifest.of(table)]
        files = reached(of_tables, reach(self.query))
        schools = rows_by_school(self.snapshot, files)
        if scope.schools is not None:
            schools = schools.filter(pl.col("school_id").is_in(scope.schools.implode()))
        rows = sum(file.rows for file in files if file.week is not None)
        count = self.crew.count(rows, self._told(schools.height))
        return partitions(self.snapshot, schools, files, count)

    def _told(self, schools: int) -> int:
        """About how many bytes the rows of the result take, at most."""
        level, manifest = self.query.level, self.snapshot.manifest
        if level.pools_schools:
            return TOLD_BYTES
        if level in (Level.CLASS, Level.TEACHER):
            register = Table.CLASSES if level is Level.CLASS else Table.STAFF
            return TOLD_BYTES * sum(file.rows for file in manifest.of(register))
        return schools * (SCHOOL_BYTES if level is Level.SCHOOL else KINDS * TOLD_BYTES)

    def _run(self, jobs: Sequence[_Job]) -> tuple[list[Counting], list[Notice]]:
        """What the partitions tell, in their order, and which of them tell nothing.

        Raises:
            DumpError: none tells anything.
            LostError: the executor has gone.
        """
        ours, executor = versions(), self.crew.executor
        futures = [executor.submit(count_packed, ours, _packed(job)) for job in jobs]
        found: list[Counting] = []
        lost: list[Notice] = []
        for job, future in zip(jobs, futures, strict=True):
            said = self._result(future)
            if isinstance(said, Counting):
                found.append(said)
            else:
                lost.append(_uncounted(job.partition, said.why))
        if not found:
            raise DumpError(lost[0].message)
        return found, lost

    def _result(self, future: Future[bytes]) -> Counting | _Refused:
        try:
            packed = future.result()
        except self.crew.losses as error:
            raise LostError from error
        except self.crew.failures:
            return _Refused(words("исполнитель не пережил подсчёта", "the worker did not survive"))
        said: Counting | _Refused = pickle.loads(packed)  # noqa: S301  (of our own worker)
        return said

    def _joined(self, found: Sequence[Counting], lost: Sequence[Notice]) -> Counting:
        """One counting of all schools that were counted; its lessons have no rows."""
        first, frames = found[0], [one.frames for one in found]
        lessons = pl.concat(one.lessons for one in frames)
        students = [one.students for one in frames if one.students is not None]
        teachers = [one.scope.teachers for one in found if one.scope.teachers is not None]
        return Counting(
            first.query,
            replace(first.scope, teachers=pl.concat(teachers) if teachers else None),
            places.Frames(
                pl.concat(one.schools for one in frames),
                pl.concat(one.classes for one in frames),
                lessons,
                pl.concat(students) if students else None,
                places.teachers(self.dump, lessons),
            ),
            replace(first.lessons, places=lessons, covered=reading.covered(self.snapshot)),
            pl.concat(one.shifts for one in found),
            first.sums.joined(one.sums for one in found[1:]),
            tuple(lost),
        )


def _uncounted(partition: Partition, why: Words) -> Notice:
    named = f"{partition.first}"
    if partition.last != partition.first:
        named += f"–{partition.last}"
    schools = plural_ru(partition.schools, "школа", "школы", "школ")
    return Notice(
        "not_counted",
        words(
            f"не посчитано: {partition.schools} {schools}, ID {named}: {why.ru}",
            f"not counted: {partition.schools} schools, ids {named}: {why.en}",
        ),
    )


def _same(whole: pl.DataFrame, parts: pl.DataFrame | None) -> bool:
    """Whether the partitions kept the teachers that all of them together would have."""
    names = ["school_id", "teacher_id"]
    return parts is not None and parts.sort(names).equals(whole.sort(names))


class _Pickler(pickle.Pickler):
    """Settings hold read-only mappings, which are sent as what they show."""

    dispatch_table = {MappingProxyType: lambda one: (_read_only, (dict(one),))}  # noqa: RUF012


def _read_only(held: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(held)


def _packed(sent: object) -> bytes:
    buffer = io.BytesIO()
    _Pickler(buffer, protocol=pickle.HIGHEST_PROTOCOL).dump(sent)
    return buffer.getvalue()
