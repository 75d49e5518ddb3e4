"""Weeks counted partition by partition, here or elsewhere: the counts add up.

The counts of a school depend on its own rows alone. A partition is a range of schools; what a
worker is sent is the name of a function, a path and parameters, never a plan of Polars, which only
the same build could read.
"""

from __future__ import annotations

import io
import pickle
from collections import deque
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

import polars as pl

from monitor_cli import clock
from monitor_cli.dataset import faults, layout, reading
from monitor_cli.dataset.partitions import REGISTERS, partitions, reached, rows_by_school
from monitor_cli.engine import facts, filters, places
from monitor_cli.engine.counter import NOTHING
from monitor_cli.engine.crew import LostError
from monitor_cli.engine.placed import rows_at
from monitor_cli.engine.query import counted_for, held, reach
from monitor_cli.engine.query import wanted as tables_wanted
from monitor_cli.engine.sizes import LOOKED, size_of
from monitor_cli.engine.source import read_options
from monitor_cli.engine.versions import Versions, versions
from monitor_cli.engine.week import CountedWeek, Counting, sides_changed, told
from monitor_cli.errors import DumpError, MonitorError, UsageError
from monitor_cli.indicators import BY_KEY
from monitor_cli.language import Words, plural_ru, words
from monitor_cli.result import Notice
from monitor_cli.settings.places import address_of
from monitor_cli.settings.places import shown as shown_place

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Future
    from datetime import date
    from typing import Any

    from monitor_cli.columns import Table
    from monitor_cli.dataset.layout import Snapshot
    from monitor_cli.dataset.partitions import Partition
    from monitor_cli.dump.dump import Dump
    from monitor_cli.engine.counter import Look
    from monitor_cli.engine.crew import Crew
    from monitor_cli.engine.filters import Scope
    from monitor_cli.engine.query import Query
    from monitor_cli.indicators.spec import Indicator
    from monitor_cli.result import WeekResult
    from monitor_cli.settings import Settings

S = TypeVar("S")


class _Job(NamedTuple, Generic[S]):
    """All that a worker needs to know."""

    folder: str
    partition: Partition
    query: Query
    rules: Settings
    indicators: tuple[str, ...]
    tables: dict[Table, frozenset[str]]
    look: Look[S]
    scope: Scope
    settled: bool


class _Found(NamedTuple, Generic[S]):
    """A partition counted, without rows of lessons, and what was seen of its rows."""

    counting: Counting
    seen: S


class _Refused(NamedTuple):
    """Why a partition was not counted, and what to do."""

    why: Words
    remedy: Words | None = None


def count_packed(theirs: Versions, packed: bytes) -> bytes:
    """Count a partition where its rows can be read: the function that workers are told to run.

    Returns:
        A `_Found`, or why there is none, packed.
    """
    ours = versions()
    if ours != theirs:
        return _packed(_Refused(_other(theirs, ours)))
    job: _Job[Any] = pickle.loads(packed)  # noqa: S301
    try:
        return _packed(_counted(job))
    except MonitorError as error:
        return _packed(_Refused(error.what, error.remedy))
    except (OSError, pl.exceptions.PolarsError):
        damaged = faults.damaged(Path(job.folder))
        return _packed(_Refused(damaged.what, damaged.remedy))


def _other(theirs: Versions, ours: Versions) -> Words:
    return words(
        f"у исполнителя другая версия: {ours}, здесь {theirs}",
        f"the worker has another version: {ours}, here it is {theirs}",
    )


def _counted(job: _Job[S]) -> _Found[S]:
    snapshot = layout.find(Path(job.folder), None, clock.zone(job.rules.timezone))
    within = reach(job.query)
    options = read_options(job.rules)
    dump = reading.load(snapshot, job.tables, options, within, job.partition)
    indicators = [BY_KEY[key] for key in job.indicators]
    witness = job.look.witness(job.rules)

    def scoped(query: Query, frames: places.Frames) -> Scope:
        if job.settled:
            return job.scope
        return filters.resolve_lessons(query, frames, job.scope, partly=True)

    counting = Counting.of(dump, job.query, job.rules, indicators, witness, scoped)
    seen = job.look.seen(dump, counting, witness, job.rules)
    lean = replace(counting, lessons=counting.lessons.without_rows(), sums=counting.sums.settled())
    return _Found(lean, seen)


def measure(
    path: Path, settings: Settings, query: Query, crew: Crew, as_imported: date | None = None
) -> WeekResult:
    """As `week.measure`, of a dataset, by the partitions that a crew counts.

    Where a partition cannot be read, the result tells the rest, is not complete, and names it.

    Raises:
        UsageError, DumpError, LostError: as `by_partitions`.
    """
    counted, _ = by_partitions(crew, path, settings, query, NOTHING, as_imported=as_imported)
    return told(counted, rows_at(counted, query.level), sides_changed(counted))


def by_partitions(  # noqa: PLR0913
    crew: Crew,
    path: Path,
    settings: Settings,
    query: Query,
    look: Look[S],
    *,
    as_imported: date | None = None,
) -> tuple[CountedWeek, S]:
    """The `counter.Counter` of a crew, for datasets.

    Raises:
        UsageError: a filter, a level or an indicator that cannot be had; no dataset; too little
            memory for the result.
        DumpError: nothing of the dataset can be read.
        LostError: the engine has gone.
    """
    require_dataset(path)
    snapshot = layout.find(path, as_imported, clock.zone(settings.timezone))
    indicators = counted_for(query, settings)
    tables = tables_wanted(query, indicators, checked=not look.by_id)
    dump = reading.load(snapshot, tables, read_options(settings), partition=REGISTERS)
    cut = _Cut(snapshot, dump, query, tables, look, crew)
    found = cut.counted(settings, indicators)
    counts = cut.counting
    return CountedWeek.of(dump, counts, found.counting, settings), found.seen


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
class _Cut(Generic[S]):
    """A dataset to be counted, and looked at, by partitions."""

    snapshot: Snapshot
    dump: Dump
    query: Query
    tables: dict[Table, frozenset[str]]
    look: Look[S]
    crew: Crew

    def counting(self, rules: Settings, indicators: Sequence[Indicator]) -> Counting:
        """What the partitions count, joined."""
        return self.counted(rules, indicators).counting

    def counted(self, rules: Settings, indicators: Sequence[Indicator]) -> _Found[S]:
        """What the partitions tell, joined."""
        query = held(self.query, reading.covered(self.snapshot))
        classes = facts.classes(self.dump, query.weeks)
        none = classes.clear()
        register = places.Frames(places.schools(self.dump), classes, none, None, none)
        scope = filters.resolve_registers(query, register)
        cut, told = self._partitions(scope)
        keys = tuple(item.key for item in indicators)
        folder = str(self.snapshot.folder.resolve())
        tables, look = self.tables, self.look

        def joined(within: Scope, *, settled: bool) -> _Found[S]:
            found, lost = self._run(
                [
                    _Job(folder, one, self.query, rules, keys, tables, look, within, settled)
                    for one in cut
                ],
                told,
            )
            counting = self._joined([one.counting for one in found], lost)
            return _Found(counting, look.joined([one.seen for one in found]))

        found = joined(scope, settled=False)
        whole = filters.resolve_lessons(query, found.counting.frames, scope)
        kept = found.counting.scope.teachers
        if whole.teachers is not None and not _same(whole.teachers, kept):
            # A name here is an id elsewhere, or a teacher is named at another school only.
            found = joined(whole, settled=True)
        return found._replace(counting=replace(found.counting, scope=whole))

    def _partitions(self, scope: Scope) -> tuple[tuple[Partition, ...], int]:
        """The ranges of the schools within `scope`; about how many bytes their result takes."""
        of_tables = [file for table in self.tables for file in self.snapshot.manifest.of(table)]
        files = reached(of_tables, reach(self.query))
        every = schools = rows_by_school(self.snapshot, files)
        if scope.schools is not None:
            schools = schools.filter(pl.col("school_id").is_in(scope.schools.implode()))
        rows = sum(file.rows for file in files if file.week is not None)
        rows *= LOOKED if self.look.by_id else 1
        rows = rows * int(schools["rows"].sum()) // max(int(every["rows"].sum()), 1)
        told = size_of(self.query, self.snapshot.manifest, schools.height)
        count = self.crew.count(rows, told)
        return partitions(self.snapshot, schools, files, count), told

    def _run(self, jobs: Sequence[_Job[S]], told: int) -> tuple[list[_Found[S]], list[Notice]]:
        """What the partitions tell, in their order, and which of them tell nothing.

        `told`: about how many bytes the result takes besides the rows that are looked for.

        Raises:
            DumpError: none tells anything, or one does not and all are to.
            UsageError: there is no room for what was seen.
            LostError: the executor has gone.
        """
        ours, executor = versions(), self.crew.executor
        futures = deque(executor.submit(count_packed, ours, _packed(job)) for job in jobs)
        found: list[_Found[S]] = []
        lost: list[Notice] = []
        seen = 0
        for number, job in enumerate(jobs, 1):
            # Taken away, so that what was packed is not held as well.
            said = self._result(futures.popleft())
            if isinstance(said, _Refused):
                if not self.crew.partly:
                    raise DumpError(said.why, remedy=said.remedy)
                lost.append(_uncounted(job.partition, said.why))
                continue
            found.append(said)
            seen += self.look.weight(said.seen)
            self.crew.hold(told + seen * len(jobs) // number)
        if not found:
            raise DumpError(lost[0].message)
        return found, lost

    def _result(self, future: Future[bytes]) -> _Found[S] | _Refused:
        try:
            packed = future.result()
        except self.crew.losses as error:
            raise LostError from error
        except self.crew.failures:
            return _Refused(words("исполнитель не пережил подсчёта", "the worker did not survive"))
        said: _Found[S] | _Refused = pickle.loads(packed)  # noqa: S301  (of our own worker)
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
