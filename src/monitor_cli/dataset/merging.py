"""The rows of a dataset and those of a dump → the rows of the next snapshot, table by table.

For each table and school the weeks that the dump holds are replaced whole. A lesson stands once:
one of the dump takes the place of the lesson with its id also in a week or school that the dump
does not hold, with the marks, absences and homework of that lesson.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.columns import Table
from monitor_cli.dataset import faults
from monitor_cli.dataset.incoming import placed
from monitor_cli.dataset.layout import BY_WEEK, OF_LESSONS
from monitor_cli.dataset.rows import Fresh, Split, appended, height, read
from monitor_cli.dataset.shape import SORTED_BY, WEEK
from monitor_cli.dataset.spans import ANYWHERE, Span

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from monitor_cli.dataset.incoming import Incoming
    from monitor_cli.dataset.rows import Rows, Stored, Weeks

_TOLERATED = 100
"""One lesson or class in so many may come from another school of the dataset."""


@dataclass(frozen=True, slots=True)
class _Fate:
    """The schools of a week that are replaced, which of its rows go, and which of these follow.

    `span`: the schools whose rows may go.
    """

    schools: pl.Series
    span: Span
    goes: pl.Expr
    follows: pl.Expr | None


@dataclass(frozen=True, slots=True)
class Step:
    """A dump that is merged into what there is; lessons come before what belongs to them.

    `shifted`: the lessons, by the week in which they stand, that the dump has in another week or
    school; `moved`: those of them in weeks of schools that the dump does not hold. `vanished`: the
    classes of schools that the dump holds that it does not name. `full`: rows of a file that takes
    no others; `register`: the same of registers.
    """

    dump: Incoming
    text_ids: frozenset[str]
    full: int
    register: int
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
        schools = self.dump.holds[table]["school_id"]
        span, goes = Span.of(schools), _at(schools)
        elsewhere = 0
        left: list[Stored | Fresh] = []
        for part in weeks.get(None, ()):
            of_part = part.span
            if key is None and of_part is not None and not of_part.meets(span):
                left.append(part)
                continue
            frame = part.read(self.text_ids).collect()
            kept = frame.filter(~goes)
            if key is not None:
                known = kept[key].is_in(fresh[key].implode())
                elsewhere += int(known.sum())
                kept = kept.filter(~known)
                named = pl.concat([kept, fresh])[key]
                self.vanished.append(frame.filter(~pl.col(key).is_in(named.implode())))
            if kept.height == frame.height:
                left.append(part)
            elif kept.height:
                left.append(Fresh.of(kept.lazy, kept.height))
        if key is not None:
            _check_ids(table, key, elsewhere, fresh.height)
        gone = height(weeks.get(None, ())) - height(tuple(left))
        return {None: appended(tuple(left), fresh, self.register, self.text_ids)}, gone

    def _by_week(self, table: Table, weeks: Weeks, held: pl.DataFrame) -> tuple[Weeks, int]:
        """Replace the weeks of schools that the dump holds, and what belongs to moved lessons."""
        brings = table in self.dump.tables
        fates = self._fates(table)
        former = _schools_by_week(held)
        left: dict[date | None, Split] = {}
        homeless: list[pl.DataFrame] = []
        gone = 0
        for monday, rows in weeks.items():
            fate = fates.get(monday)
            if fate is None:
                left[monday] = Split((), rows, ())
                continue
            split = Split.at(rows, fate.span)
            stays = ~fate.goes
            if brings and former[monday].is_in(fate.schools.implode(), nulls_equal=True).all():
                stays = pl.lit(value=False)
            elif fate.follows is not None and split.within:
                homeless.append(read(split.within, self.text_ids).filter(fate.follows).collect())
            whole = height(split.within)
            kept = self._kept(split.within, stays) if whole else 0
            gone += whole - kept
            if kept != whole:
                split = replace(split, within=self._filtered(split.within, stays, kept))
            left[monday] = split
        if brings:
            for monday, size, make in self.dump.by_week(table, self.text_ids):
                fresh = Fresh(make, size, fates[monday].span)
                left[monday] = self._with(table, left.get(monday), fresh)
        elif homeless:
            moving = pl.concat(homeless)
            gone -= moving.height
            for monday, size, make in placed(table, moving, self.dump.lessons, self.text_ids):
                before = left.get(monday)
                whole_week = Split((), before.rows, ()) if before else None
                left[monday] = self._with(table, whole_week, Fresh(make, size))
        weeks = {monday: split.rows for monday, split in left.items() if split.rows}
        return dict(sorted(weeks.items(), key=lambda item: str(item[0]))), gone

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
            goes, follows, span = _at(theirs), None, Span.of(theirs)
            if not brings:
                goes &= ~lesson.is_in(self.dump.lessons["lesson_id"].implode())
            if monday in elsewhere:
                moved = lesson.is_in(elsewhere[monday].implode())
                goes |= moved
                follows, span = None if brings else moved, ANYWHERE
            fates[monday] = _Fate(theirs, span, goes, follows)
        return fates

    def _kept(self, rows: Rows, stays: pl.Expr) -> int:
        """How many of the rows stay."""
        counted = read(rows, self.text_ids).select(stays.sum().cast(pl.Int64))
        kept: int | None = counted.collect().item()
        return kept or 0

    def _filtered(self, rows: Rows, stays: pl.Expr, kept: int) -> Rows:
        if not kept:
            return ()
        return (Fresh.of(lambda: read(rows, self.text_ids).filter(stays), kept),)

    def _with(self, table: Table, split: Split | None, fresh: Fresh) -> Split:
        """A week with rows that come, in the order of the table."""
        if split is None:
            return Split((), (fresh,), ())
        split = split.filled(fresh.height, self.full)
        before = split.within
        if not before:
            return replace(split, within=(fresh,))

        def together() -> pl.LazyFrame:
            both = pl.concat([read(before, self.text_ids), fresh.read(self.text_ids)])
            return both.sort(SORTED_BY[table])

        return replace(split, within=(Fresh.of(together, height(before) + fresh.height),))

    def _find_moved(self, weeks: Weeks, held: pl.DataFrame) -> None:
        """Look for lessons of the dump in weeks of schools that it does not hold."""
        ours = self.dump.lessons.select("lesson_id", to_school="school_id", to_week=WEEK)
        holds = self.dump.holds[Table.LESSONS]
        kept = held.join(holds, on=["school_id", WEEK], how="anti", nulls_equal=True)
        kept_schools = _schools_by_week(kept)
        lacks = not self.dump.tables.keys() >= set(OF_LESSONS)
        others = 0
        # Most files have no such ids, by their statistics; a join would hash the dump for each.
        ends = (pl.lit(ours["lesson_id"].min()), pl.lit(ours["lesson_id"].max()))
        among = pl.col("lesson_id").is_between(*ends)

        def known(part: Stored | Fresh) -> pl.DataFrame:
            theirs = part.read(self.text_ids).filter(among).select("lesson_id", "school_id")
            found = theirs.collect()
            right = ours if found.height else ours.clear()
            return found.join(right, on="lesson_id", how="inner", validate="1:1")

        for monday, rows in weeks.items():
            if monday not in kept_schools and not lacks:
                continue
            both = pl.concat(known(part) for part in rows)
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
