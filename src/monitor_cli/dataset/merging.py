"""The rows of a dataset and those of a dump → the rows of the next snapshot, table by table.

For each table and school the weeks that the dump holds are replaced whole. A lesson stands once:
one of the dump takes the place of the lesson with its id also in a week or school that the dump
does not hold, with the marks, absences and homework of that lesson.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.columns import Table
from monitor_cli.dataset import faults
from monitor_cli.dataset.incoming import as_ids, placed
from monitor_cli.dataset.layout import BY_WEEK, OF_LESSONS
from monitor_cli.dataset.shape import SORTED_BY, WEEK, scanned

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from monitor_cli.dataset.incoming import Incoming
    from monitor_cli.dataset.manifest import File

_TOLERATED = 100
"""One lesson or class in so many may come from another school of the dataset."""


@dataclass(frozen=True, slots=True)
class Stored:
    """Rows of one week, or of a register, in files of the former snapshot in `folder`."""

    folder: Path
    files: tuple[File, ...]

    def read(self, text_ids: frozenset[str]) -> pl.LazyFrame:
        """The rows, with ids as the next snapshot has them.

        Raises:
            DumpError: a file is not as an import left it.
        """
        return as_ids(scanned(self.folder, self.files), text_ids)


@dataclass(frozen=True, slots=True)
class Fresh:
    """Rows of one week, or of a register, that are to be written: made in pieces when they are."""

    make: Callable[[], Iterator[pl.DataFrame]]

    @classmethod
    def of(cls, frame: Callable[[], pl.LazyFrame]) -> Fresh:
        """Rows that come in one piece."""
        return cls(lambda: iter([frame().collect()]))

    def read(self, _: frozenset[str]) -> pl.LazyFrame:
        """The rows."""
        return pl.concat(list(self.make())).lazy()


Rows = Stored | Fresh
Weeks = dict["date | None", Rows]
"""The rows of a table by the Monday of their week; a register's stand under None."""


@dataclass(frozen=True, slots=True)
class _Fate:
    """The schools of a week that are replaced, which of its rows go, and which of these follow."""

    schools: pl.Series
    goes: pl.Expr
    follows: pl.Expr | None


@dataclass(frozen=True, slots=True)
class Step:
    """A dump that is merged into what there is; lessons come before what belongs to them.

    `shifted`: the lessons, by the week in which they stand, that the dump has in another week or
    school; `moved`: those of them in weeks of schools that the dump does not hold. `vanished`: the
    classes of schools that the dump holds that it does not name.
    """

    dump: Incoming
    text_ids: frozenset[str]
    shifted: dict[date | None, pl.Series] = field(default_factory=dict)
    moved: dict[date | None, pl.Series] = field(default_factory=dict)
    vanished: list[pl.DataFrame] = field(default_factory=list)

    def merge(self, table: Table, weeks: Weeks, held: pl.DataFrame) -> tuple[Weeks, int]:
        """The rows of a table after the dump, and how many of the former ones are gone.

        `held`: `school_id` and `WEEK` of the former rows. Raises:
            DumpError: ids of the dump are those of other schools.
        """
        if table is Table.LESSONS:
            self._find_moved(weeks, held)
        if table is Table.CLASSES:
            return self._register(table, weeks, key="class_id")
        if table not in BY_WEEK:
            return self._register(table, weeks)
        return self._by_week(table, weeks, held)

    def _register(self, table: Table, weeks: Weeks, key: str | None = None) -> tuple[Weeks, int]:
        """Replace the rows of the schools that the dump holds."""
        if table not in self.dump.tables:
            return weeks, 0
        fresh = self.dump.register(table, self.text_ids)
        former = weeks.get(None)
        if former is None:
            return {None: Fresh.of(fresh.lazy)}, 0
        frame = former.read(self.text_ids).collect()
        kept = frame.filter(~_at(self.dump.holds[table]["school_id"]))
        if key is not None:
            elsewhere = kept[key].is_in(fresh[key].implode())
            _check_ids(table, key, int(elsewhere.sum()), fresh.height)
            kept = kept.filter(~elsewhere)
            named = pl.concat([kept, fresh])[key]
            self.vanished.append(frame.filter(~pl.col(key).is_in(named.implode())))
        return {None: Fresh.of(pl.concat([kept, fresh]).lazy)}, frame.height - kept.height

    def _by_week(self, table: Table, weeks: Weeks, held: pl.DataFrame) -> tuple[Weeks, int]:
        """Replace the weeks of schools that the dump holds, and what belongs to moved lessons."""
        brings = table in self.dump.tables
        fates = self._fates(table)
        former = _schools_by_week(held)
        left: Weeks = {}
        homeless: list[pl.DataFrame] = []
        gone = 0
        for monday, rows in weeks.items():
            fate = fates.get(monday)
            if fate is None:
                left[monday] = rows
                continue
            stays = ~fate.goes
            if brings and former[monday].is_in(fate.schools.implode(), nulls_equal=True).all():
                stays = pl.lit(value=False)
            elif fate.follows is not None:
                homeless.append(rows.read(self.text_ids).filter(fate.follows).collect())
            whole, kept = self._counted(rows, stays)
            gone += whole - kept
            if kept:
                left[monday] = rows if kept == whole else self._filtered(rows, stays)
        if brings:
            fresh = self.dump.by_week(table, self.text_ids)
        elif homeless:
            moving = pl.concat(homeless)
            gone -= moving.height
            fresh = placed(table, moving, self.dump.lessons, self.text_ids)
        else:
            return left, gone
        for monday, make in fresh:
            before = left.get(monday)
            left[monday] = Fresh(make) if before is None else self._together(table, before, make)
        return dict(sorted(left.items(), key=lambda item: str(item[0]))), gone

    def _fates(self, table: Table) -> dict[date | None, _Fate]:
        """What becomes of the rows of each week that the dump has something to say of.

        A table that the dump does not have keeps its rows, but not those of lessons that are gone;
        those of lessons that are elsewhere now follow them.
        """
        brings = table in self.dump.tables
        if not brings and table not in OF_LESSONS:
            return {}
        schools = _schools_by_week(self.dump.holds[table if brings else Table.LESSONS])
        elsewhere = {} if table not in OF_LESSONS else self.moved if brings else self.shifted
        none = self.dump.lessons["school_id"].clear()
        lesson = pl.col("lesson_id")
        fates = {}
        for monday in schools.keys() | elsewhere.keys():
            theirs = schools.get(monday, none)
            goes, follows = _at(theirs), None
            if not brings:
                goes &= ~lesson.is_in(self.dump.lessons["lesson_id"].implode())
            if monday in elsewhere:
                moved = lesson.is_in(elsewhere[monday].implode())
                goes |= moved
                follows = None if brings else moved
            fates[monday] = _Fate(theirs, goes, follows)
        return fates

    def _counted(self, rows: Rows, stays: pl.Expr) -> tuple[int, int]:
        """How many rows there are, and how many of them stay."""
        counted = rows.read(self.text_ids).select(pl.len(), stays=stays.sum().cast(pl.Int64))
        whole, kept = counted.collect().row(0)
        return whole, kept or 0

    def _filtered(self, rows: Rows, stays: pl.Expr) -> Fresh:
        return Fresh.of(lambda: rows.read(self.text_ids).filter(stays))

    def _together(
        self, table: Table, before: Rows, make: Callable[[], Iterator[pl.DataFrame]]
    ) -> Fresh:
        """Rows that stay and rows that come, in the order of the table."""
        order = SORTED_BY[table]
        coming = Fresh(make)
        return Fresh.of(
            lambda: pl.concat([one.read(self.text_ids) for one in (before, coming)]).sort(order)
        )

    def _find_moved(self, weeks: Weeks, held: pl.DataFrame) -> None:
        """Look for lessons of the dump in weeks of schools that it does not hold."""
        ours = self.dump.lessons.select("lesson_id", to_school="school_id", to_week=WEEK)
        holds = self.dump.holds[Table.LESSONS]
        kept = held.join(holds, on=["school_id", WEEK], how="anti", nulls_equal=True)
        kept_schools = _schools_by_week(kept)
        lacks = not self.dump.tables.keys() >= set(OF_LESSONS)
        others = 0
        for monday, rows in weeks.items():
            if monday not in kept_schools and not lacks:
                continue
            frame = rows.read(self.text_ids).select("lesson_id", "school_id").collect()
            both = frame.join(ours, on="lesson_id", how="inner", validate="1:1")
            shifted = both.filter(
                (pl.col("to_week") != monday) | (pl.col("to_school") != pl.col("school_id"))
            )
            if shifted.height:
                self.shifted[monday] = shifted["lesson_id"]
            if monday in kept_schools:
                stays = pl.col("school_id").is_in(kept_schools[monday].implode())
                moved = shifted.filter(stays)
                others += moved.filter(pl.col("school_id") != pl.col("to_school")).height
                if moved.height:
                    self.moved[monday] = moved["lesson_id"]
        _check_ids(Table.LESSONS, "lesson_id", others, ours.height)


def _check_ids(table: Table, key: str, elsewhere: int, rows: int) -> None:
    if elsewhere * _TOLERATED > rows:
        raise faults.ids_not_unique(table, key, elsewhere, rows)


def _at(schools: pl.Series) -> pl.Expr:
    """Whether a row is of one of `schools`, null among them."""
    return pl.col("school_id").is_in(schools.implode(), nulls_equal=True)


def _schools_by_week(held: pl.DataFrame) -> Mapping[date | None, pl.Series]:
    parts = held.partition_by(WEEK, as_dict=True)
    return {key[0]: part["school_id"] for key, part in parts.items()}


def converted(table: Table, rows: Rows, text_ids: frozenset[str]) -> Fresh:
    """Rows whose ids were integers and are text in the next snapshot: that is another order."""
    order = SORTED_BY.get(table)
    frame = rows.read(text_ids)
    return Fresh.of(lambda: frame if order is None else frame.sort(order))
