"""Large tables, which are not held: their rows pass by once, piece by piece, checked.

Whoever counts gives `each` the work to do on a piece, and keeps what the work returns. Only
where rows share a key do they pass again: to find those rows, and then without the ones that
another row stands for.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

import polars as pl

from monitor_cli.columns import SHAPES, Table
from monitor_cli.dump import references
from monitor_cli.dump.ahead import ahead
from monitor_cli.dump.checked import Counts
from monitor_cli.dump.finished import events_of, finished, times_of_day
from monitor_cli.dump.keys import Watch, settle
from monitor_cli.dump.parts import Format
from monitor_cli.dump.problems import ROW, Tally
from monitor_cli.dump.read import head, read
from monitor_cli.dump.tables import Rows, fine_rows, left_out, with_absent
from monitor_cli.dump.values import HAS_TIME, DestroyedIdError, ids

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import tzinfo

    from monitor_cli.columns import Shape
    from monitor_cli.dump.options import ReadOptions
    from monitor_cli.dump.parts import Part
    from monitor_cli.dump.raw import Raw
    from monitor_cli.dump.references import Used
    from monitor_cli.dump.zones import Zones
    from monitor_cli.result import Notice

T = TypeVar("T")

PASSING = frozenset(
    {
        Table.STUDENTS,
        Table.PARENTS,
        Table.LESSONS,
        Table.MARKS,
        Table.ATTENDANCE,
        Table.HOMEWORK,
        Table.DIARY_VIEWS,
        Table.LOGINS,
    }
)
"""The tables that are large; the other registers are held."""
_NAMED = {Table.LESSONS: "lesson_id", Table.STUDENTS: "person_id"}
"""What other tables name a row of these by."""
LARGE = 1 << 24
"""Bytes from which a text file, which does not declare its ids, is worth being passed by."""


class TextIdsError(Exception):
    """An id of a text file that looked as if all were integers is none: its table must be held."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A table whose rows can be read again and again, its ids integers in every part.

    `columns`: all columns of the table that the dump holds; `asked`: those to read and check;
    `source`: the zone of times without an offset, None for the school's own.
    """

    shape: Shape
    parts: tuple[Part, ...]
    asked: frozenset[str]
    columns: frozenset[str]
    options: ReadOptions
    source: tzinfo | None


def opened(
    shape: Shape,
    parts: tuple[Part, ...],
    asked: frozenset[str],
    options: ReadOptions,
    source: tzinfo | None,
) -> Opened | None:
    """A table that need not be held; None where it must be.

    It must where the types of ids lie in its rows, and where rows that are not used are noted. Of a
    large text file whose first ids are integers, `hopeful` options take it that all are; where one
    is none, the passage ends in a `TextIdsError`.

    Raises:
        DumpError: a structural fault of a file, as far as can be told without its rows.
    """
    if shape.table not in PASSING or options.findings is not None:
        return None
    columns: frozenset[str] = frozenset()
    for part in parts:
        raw = head(part, asked, options)
        if raw is None and options.hopeful and _is_large_text(part):
            raw = _with_typed_ids(next(read(part, asked, options)))
        if raw is None or not all(
            raw.frame.schema[name].is_integer() and raw.frame.schema[name] != pl.UInt64
            for name in shape.ids
            if name in raw.frame.columns
        ):
            return None
        columns |= raw.columns
    return Opened(shape, parts, asked, columns, options, source)


def _is_large_text(part: Part) -> bool:
    return part.format is Format.CSV and part.bytes_at.packed >= LARGE


def _with_typed_ids(raw: Raw) -> Raw | None:
    """A piece of text with ids as they would be typed; None where one has been destroyed."""
    names = [name for name in SHAPES[raw.part.table].ids if name in raw.frame.columns]
    try:
        typed = [ids(raw.frame[name]) for name in names]
    except DestroyedIdError:
        return None
    return replace(raw, frame=raw.frame.with_columns(typed))


class _Seen:
    """What one passage has shown of the rows."""

    def __init__(self) -> None:
        """Nothing has passed yet."""
        self.tally = Tally()
        self.read = 0
        self.used = 0
        self.missing = references.Missing()
        self.timed: set[str] = set()
        self.off_midnight: set[str] = set()
        self.register: list[pl.DataFrame] = []


@dataclass(slots=True)
class _Typed:
    """What was seen when the rows were typed: why some left, where parts start, how many there are.

    `starts`: the first `ROW` of each part, and the number behind the last.
    """

    tally: Tally = field(default_factory=Tally)
    starts: list[int] = field(default_factory=list)
    read: int = 0


class _Known:
    """What is known of a table so far: of its last passage, and of rows that share a key."""

    def __init__(self) -> None:
        """No row has passed."""
        self.seen: _Seen | None = None
        self.given_up: pl.Series | None = None
        self.settled = Tally()


@dataclass(frozen=True, slots=True)
class Passing:
    """A table whose used rows pass by; all that is told of them is known after a passage.

    `texts`: its ids that are text because some other table's are. The rest is as in `Checked`.
    """

    opened: Opened
    wanted: frozenset[str]
    texts: frozenset[str]
    used: Used
    where: Zones
    _known: _Known = field(default_factory=_Known)

    @property
    def columns(self) -> frozenset[str]:
        """All columns of the table that the dump holds."""
        return self.opened.columns

    @property
    def frame(self) -> pl.LazyFrame:
        """All used rows, held."""
        return pl.concat(self.each(_itself), how="diagonal").lazy()

    @property
    def counts(self) -> Counts:
        """What became of the rows."""
        seen = self._passed()
        return Counts.of(seen.read, seen.used, self.tally)

    @property
    def tally(self) -> Tally:
        """The rows that are not used, by reason."""
        return self._passed().tally + self._known.settled

    @property
    def midnight(self) -> frozenset[str]:
        """Wanted events that have values, none of them with a time of day as written."""
        seen = self._passed()
        return frozenset(seen.timed - seen.off_midnight)

    @property
    def notices(self) -> list[Notice]:
        """The warnings for references to nothing."""
        return references.notices(self.opened.shape, self._passed().missing)

    def register(self) -> pl.DataFrame:
        """The ids of used lessons or students with `school_id`, for the tables that name them.

        Without `school_id` where all schools are in one zone.
        """
        seen = self._passed()
        if len(seen.register) > 1:
            seen.register = [pl.concat(seen.register, rechunk=True)]
        return seen.register[0]

    def each(self, work: Callable[[pl.DataFrame], T]) -> list[T]:
        """Do `work` on each piece of the used rows (`Checked.frame` says how they look).

        A piece has any number of rows, in the order of the files. There is one piece at least.

        Raises:
            DumpError: a file turns out to be damaged.
        """
        watch = Watch(self._key())
        results, seen = self._pass(work, watch)
        if self._known.given_up is None:
            shared = watch.shared()
            if shared is None:
                watch = Watch(self._key(), keeps=True)
                self._pass(_nothing, watch)
                shared = watch.shared()
            if shared is not None and len(shared):
                self._settle(seen.read, watch, shared)
                results, seen = self._pass(work, Watch(self._key()))
        self._known.seen = seen
        return results

    def _passed(self) -> _Seen:
        """What was seen; nobody having looked at the rows, they pass now."""
        if self._known.seen is None:
            self.each(_nothing)
        if self._known.seen is None:
            message = "the rows have passed and nothing was seen"
            raise AssertionError(message)
        return self._known.seen

    def _key(self) -> tuple[str, ...]:
        """The columns that tell rows apart: the key, or all that are read."""
        shape = self.opened.shape
        names = [name for name in shape.columns if name in self.opened.asked]
        stamps = [name + HAS_TIME for name in events_of(shape, names)]
        return shape.key or (*names, *stamps)

    def _settle(self, read_: int, watch: Watch, shared: pl.Series) -> None:
        """Find the rows that others stand for, among those whose keys have one of the hashes."""
        opened = self.opened
        seen = _Typed()
        found = [watch.among(frame, shared) for frame in self._fine(seen)]
        candidates = pl.concat(found, how="diagonal")
        starts = tuple(seen.starts)
        rows = Rows(opened.shape, opened.parts, candidates, self.columns, read_, starts)
        settle(rows, opened.options)
        left = rows.frame[ROW]
        self._known.given_up = candidates[ROW].filter(~candidates[ROW].is_in(left.implode())).sort()
        self._known.settled = rows.tally

    def _fine(self, seen: _Typed) -> Iterator[pl.DataFrame]:
        """The typed pieces of all parts without their faulty rows, which are counted.

        Raises:
            TextIdsError: an id that should have been an integer is none.
        """
        opened = self.opened
        end = 0
        for part in opened.parts:
            seen.starts.append(end)
            for raw in read(part, opened.asked, opened.options):
                frame = fine_rows(raw, opened.asked, opened.source, end, seen.tally)
                seen.tally += (left := left_out(raw))
                seen.read += raw.frame.height + left.total()
                end += raw.frame.height
                frame = with_absent(opened.shape, opened.asked, frame)
                texts = {name for name in opened.shape.ids if frame.schema.get(name) == pl.String}
                if texts - self.texts:
                    raise TextIdsError
                yield frame.with_columns(pl.col(name).cast(pl.String) for name in self.texts)
        seen.starts.append(end)

    def _pass(self, work: Callable[[pl.DataFrame], T], watch: Watch) -> tuple[list[T], _Seen]:
        """Let all rows pass once."""
        opened = self.opened
        seen = _Seen()
        results = []
        typed = _Typed()
        # The next piece is typed while this one is looked up and counted.
        for frame in ahead(self._fine(typed)):
            rows = Rows(opened.shape, opened.parts, frame, self.columns, 0, (), seen.tally)
            if self._known.given_up is not None:
                rows.frame = frame.filter(~pl.col(ROW).is_in(self._known.given_up.implode()))
            watch.see(rows.frame)
            rows.frame = _without_key(rows.frame, self.wanted, opened.shape)
            seen.missing += references.check(rows, self.used)
            results.append(work(self._finished(rows.frame, seen)))
            seen.used += rows.frame.height
        seen.tally += typed.tally
        seen.read = typed.read
        return results, seen

    def _finished(self, frame: pl.DataFrame, seen: _Seen) -> pl.DataFrame:
        """A piece as it leaves; what must be remembered of it is."""
        shape = self.opened.shape
        for name in events_of(shape, self.wanted):
            if name not in seen.off_midnight:
                timed, off_midnight = times_of_day(frame[name])
                seen.timed |= {name} if timed else set()
                seen.off_midnight |= {name} if off_midnight else set()
        if shape.table is Table.LESSONS:
            frame = references.with_school(frame, self.used)
        if shape.table in _NAMED:
            kept = [_NAMED[shape.table], *(["school_id"] if len(self.where.zones) > 1 else [])]
            seen.register.append(frame.select(kept))
        return finished(shape, frame, self.wanted, self.used, self.where)


def _without_key(frame: pl.DataFrame, wanted: frozenset[str], shape: Shape) -> pl.DataFrame:
    """The columns still needed when the key has been looked at."""
    pointing = {reference.column for reference in shape.references}
    return frame.select(
        name
        for name in frame.columns
        if name != ROW and (name not in shape.columns or name in wanted or name in pointing)
    )


def _itself(frame: pl.DataFrame) -> pl.DataFrame:
    return frame


def _nothing(frame: pl.DataFrame) -> None:
    del frame
