"""The next snapshot, made beside those that are there."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli import clock
from monitor_cli.columns import Table
from monitor_cli.dataset import faults, layout
from monitor_cli.dataset.gathering import regrouped
from monitor_cli.dataset.incoming import as_ids
from monitor_cli.dataset.manifest import File, Manifest
from monitor_cli.dataset.merging import Step
from monitor_cli.dataset.rows import Fresh, Stored, appended, converted, read
from monitor_cli.dataset.shape import SORTED_BY, WEEK, schema
from monitor_cli.dataset.standing import left_standing, notices_of, problems_of
from monitor_cli.dump.ahead import ahead
from monitor_cli.language import words
from monitor_cli.result import ImportedTable, ImportResult, Notice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from monitor_cli.dataset.disk import Disk
    from monitor_cli.dataset.importing import Order
    from monitor_cli.dataset.incoming import Incoming
    from monitor_cli.dataset.layout import Snapshot
    from monitor_cli.dataset.manifest import Source
    from monitor_cli.dataset.rows import Weeks

TABLE, SOURCE = "table", "source"
ROWS_A_FILE = 1 << 19
"""Rows of a week in one file at most: two row groups, which memory holds at little cost."""
ROWS_A_REGISTER = 1 << 19
"""From so many rows on the last file of a register takes no schools that come later."""


@dataclass(frozen=True, slots=True)
class Building:
    """The next snapshot while it is made in `folder`, whose name nobody reads."""

    order: Order
    former: Snapshot | None
    steps: tuple[Step, ...]
    sources: tuple[Source, ...]
    text_ids: frozenset[str]
    number: int
    disk: Disk

    @classmethod
    def of(
        cls,
        order: Order,
        former: Snapshot | None,
        arrived: Sequence[Incoming],
        sources: Sequence[Source],
        disk: Disk,
    ) -> Building:
        """See what there is and what came.

        Raises:
            UsageError: the dataset's times are of another default zone.
        """
        text_ids: frozenset[str] = frozenset().union(*(one.text_ids() for one in arrived))
        number, first = 1, 0
        if former is not None:
            before = former.manifest
            if clock.zone(before.timezone) != clock.zone(order.options.timezone):
                raise faults.other_zone(order.dataset, order.options.timezone, before.timezone)
            text_ids |= before.text_ids
            number = before.number + 1
            first = 1 + max(one.number for one in before.sources)
        return cls(
            order,
            former,
            tuple(
                Step(one.with_ids(text_ids), text_ids, ROWS_A_FILE, ROWS_A_REGISTER)
                for one in arrived
            ),
            tuple(
                replace(one, number=first + place, snapshot=number)
                for place, one in enumerate(sources)
            ),
            text_ids,
            number,
            disk,
        )

    @property
    def folder(self) -> Path:
        """Where the files are put before they have the name of a snapshot."""
        name = f"{layout.UNFINISHED}{layout.name_of(self.number)}"
        return self.order.dataset / layout.SNAPSHOTS / name

    def build(self, progress: Callable[[int], None]) -> ImportResult:
        """Write the snapshot and switch to it.

        Raises:
            DumpError: ids of a dump are those of other schools of the dataset.
            OSError: the disk refuses.
        """
        order = self.order
        self.disk.make_folder(self.folder)
        held = self._held()
        files: list[File] = []
        told: list[ImportedTable] = []
        holds: list[pl.DataFrame] = []
        lessons: Weeks = {}
        said: list[Notice] = []
        # Which classes stay is told by the lessons that stay.
        for place, table in enumerate(sorted(Table, key=lambda table: table is not Table.LESSONS)):
            progress(place)
            theirs = held.filter(pl.col(TABLE) == table.value)
            weeks, replaced, theirs = self._merged(table, self._stored(table), theirs)
            if table is Table.LESSONS:
                lessons = weeks
            if table is Table.CLASSES:
                weeks, said = self._with_archived(weeks, lessons)
                lessons = {}
            written = list(self._written(table, weeks))
            files += written
            holds.append(theirs)
            if any(table in step.dump.tables for step in self.steps):
                told.append(self._told(table, replaced, written, theirs))
            for step in self.steps:
                step.dump.tables.pop(table, None)
        everything = pl.concat(holds)
        told.sort(key=lambda one: list(Table).index(Table(one.table)))
        self.disk.write_table(self.folder / layout.HELD, everything)
        before = self.former.manifest.sources if self.former else ()
        manifest = Manifest(
            self.number,
            order.now,
            self.former.manifest.timezone if self.former else order.options.timezone,
            self.text_ids,
            left_standing((*before, *self.sources), _pairs(everything)),
            tuple(files),
        )
        text = json.dumps(manifest.to_json(layout.FORMAT), ensure_ascii=False, indent=1) + "\n"
        self.disk.write(self.folder / layout.MANIFEST, text.encode())
        self._switch()
        return ImportResult(
            str(order.dataset),
            layout.name_of(self.number),
            order.now,
            tuple(told),
            problems_of(self.sources, frozenset(Table)),
            (*notices_of(self.sources, frozenset(Table)), *said),
            sample=any(one.sample for one in self.sources),
        )

    def _held(self) -> pl.DataFrame:
        """From which dump the rows of each table, week and school are."""
        if self.former is None:
            kind = pl.String() if "school" in self.text_ids else pl.Int64()
            kinds = {TABLE: pl.String(), WEEK: pl.Date(), "school_id": kind, SOURCE: pl.Int64()}
            return pl.DataFrame(schema=kinds)
        path = self.former.folder / layout.HELD
        try:
            return as_ids(pl.read_parquet(path), self.text_ids)
        except (OSError, pl.exceptions.PolarsError) as error:
            raise faults.damaged(path) from error

    def _stored(self, table: Table) -> Weeks:
        """The rows of the former snapshot."""
        if self.former is None:
            return {}
        weeks: Weeks = {}
        for file in self.former.manifest.of(table):
            stored = Stored(self.former.folder, file)
            weeks[file.week] = (*weeks.get(file.week, ()), stored)
        return weeks

    def _merged(
        self, table: Table, weeks: Weeks, held: pl.DataFrame
    ) -> tuple[Weeks, int, pl.DataFrame]:
        """The rows with all dumps, how many of others are gone, and who holds what now."""
        gone = 0
        for step, theirs in zip(self.steps, self.sources, strict=True):
            weeks, replaced = step.merge(table, weeks, held.select("school_id", WEEK))
            gone += replaced
            if table in step.dump.tables:
                holds = step.dump.holds[table].select(
                    pl.lit(table.value).alias(TABLE),
                    WEEK,
                    pl.col("school_id").cast(held.schema["school_id"]),
                    pl.lit(theirs.number, dtype=pl.Int64).alias(SOURCE),
                )
                kept = held.join(holds, on=["school_id", WEEK], how="anti", nulls_equal=True)
                held = pl.concat([kept, holds])
            elif step.shifted and held.height:
                held = pl.concat([held, _newly_held(weeks, held)])
        return weeks, gone, held.sort(WEEK, "school_id", SOURCE)

    def _with_archived(self, weeks: Weeks, lessons: Weeks) -> tuple[Weeks, list[Notice]]:
        """Keep the classes, as archived, that no dump names any more and lessons that stay do."""
        vanished = [frame for step in self.steps for frame in step.vanished if frame.height]
        if not vanished or not lessons:
            return weeks, []
        register = read(weeks[None], self.text_ids).collect()
        taught = pl.concat(
            [read(rows, self.text_ids).select("class_id") for rows in lessons.values()]
        )
        needed = taught.unique().collect()["class_id"]
        archived = (
            pl.concat(vanished)
            .unique("class_id", keep="last", maintain_order=True)
            .filter(
                pl.col("class_id").is_in(needed.implode()),
                ~pl.col("class_id").is_in(register["class_id"].implode()),
            )
            .with_columns(pl.lit("archive", dtype=register.schema["status"]).alias("status"))
        )
        if archived.is_empty():
            return weeks, []
        rows = appended(weeks[None], archived, ROWS_A_REGISTER, self.text_ids)
        return {None: rows}, [_archived(archived.height)]

    def _written(self, table: Table, weeks: Weeks) -> Iterator[File]:
        """Put the rows into the folder: files that are as they were become known by a new name."""
        before = self.former.manifest.text_ids if self.former else self.text_ids
        converts = schema(table, before) != schema(table, self.text_ids)
        for monday, found in weeks.items():
            rows = found
            if converts and found:
                rows = converted(found, SORTED_BY.get(table), self.text_ids)
            if monday is not None:
                self.disk.make_folder(self.folder / table.value / f"{WEEK}={monday}")
            part = 0
            for one in rows:
                for file in (
                    self._linked(one, part)
                    if isinstance(one, Stored)
                    else self._fresh(table, monday, one, part)
                ):
                    yield file
                    part += 1
            if monday is not None:
                self.disk.settle_folder(self.folder / table.value / f"{WEEK}={monday}")
        if weeks and None not in weeks:
            self.disk.settle_folder(self.folder / table.value)

    def _linked(self, rows: Stored, part: int) -> Iterator[File]:
        """A file as it was, by the name that it has among the files now."""
        name = _name(rows.file.table, rows.file.week, part)
        self.disk.link(rows.folder / rows.file.path, self.folder / name)
        yield replace(rows.file, path=name)

    def _fresh(self, table: Table, monday: date | None, rows: Fresh, first: int) -> Iterator[File]:
        """Write rows that were not there so; a file of the same bytes is shared with the former."""
        former = {file.path for file in self.former.manifest.of(table)} if self.former else set()
        pieces = rows.make()
        if monday is not None:
            pieces = ahead(regrouped(pieces, ROWS_A_FILE))
        for part, piece in enumerate(pieces, first):
            name = _name(table, monday, part)
            self.disk.write_table(self.folder / name, piece)
            if self.former is not None and name in former:
                self.disk.share(self.former.folder / name, self.folder / name)
            length = (self.folder / name).stat().st_size
            yield File(name, table, monday, piece.height, length)

    def _told(
        self, table: Table, replaced: int, written: Sequence[File], held: pl.DataFrame
    ) -> ImportedTable:
        """What is said of a table that some dump has brought."""
        counts = [one.tables[table] for one in self.sources if table in one.tables]
        ours = held.filter(pl.col(SOURCE).is_in([one.number for one in self.sources]))
        return ImportedTable(
            table=table.value,
            read=sum(one.read for one in counts),
            used=sum(one.used for one in counts),
            repeated=sum(one.repeated for one in counts),
            set_aside=sum(one.set_aside for one in counts),
            replaced=replaced,
            rows=sum(file.rows for file in written),
            schools=ours["school_id"].drop_nulls().n_unique(),
            weeks=tuple(ours[WEEK].drop_nulls().unique().sort()),
        )

    def _switch(self) -> None:
        """Let the snapshot be the one that holds."""
        disk, root = self.disk, self.order.dataset
        disk.settle_folder(self.folder)
        disk.rename(self.folder, root / layout.SNAPSHOTS / layout.name_of(self.number))
        disk.settle_folder(root / layout.SNAPSHOTS)
        unfinished = root / f"{layout.UNFINISHED}{layout.CURRENT}"
        disk.write(unfinished, layout.marker_of(self.number))
        disk.replace(unfinished, root / layout.CURRENT)
        # From here on the snapshot holds, whatever happens.
        with contextlib.suppress(OSError):
            disk.settle_folder(root)


def _name(table: Table, monday: date | None, part: int) -> str:
    """The path of a file in a snapshot; most registers are one file, which bears no number."""
    if monday is not None:
        return f"{table}/{WEEK}={monday}/part-{part:04d}.parquet"
    return f"{table}-{part:04d}.parquet" if part else f"{table}.parquet"


def _archived(classes: int) -> Notice:
    return Notice(
        "archived_classes",
        words(
            f"classes: в новых выгрузках нет {classes} из прежних классов; ради их уроков они "
            "остаются, как архивные",
            f"classes: the new dumps do not name {classes} of those there were; for the sake of "
            "their lessons they stay, as archived",
        ),
    )


def _newly_held(weeks: Weeks, held: pl.DataFrame) -> pl.DataFrame:
    """The schools and weeks to which rows have followed their lessons, as those they were with."""
    found = [
        one.read(frozenset())
        .select(
            pl.lit(held.item(0, TABLE)).alias(TABLE),
            pl.lit(monday, dtype=pl.Date).alias(WEEK),
            "school_id",
            pl.lit(held[SOURCE].max(), dtype=pl.Int64).alias(SOURCE),
        )
        .unique()
        .collect()
        for monday, rows in weeks.items()
        for one in rows
        if isinstance(one, Fresh)
    ]
    every = pl.concat([held.clear(), *found])
    return every.join(held, on=["school_id", WEEK], how="anti", nulls_equal=True)


def _pairs(held: pl.DataFrame) -> frozenset[tuple[int, Table]]:
    """Which dumps hold something of which tables."""
    return frozenset(
        (number, Table(name)) for number, name in held.select(SOURCE, TABLE).unique().iter_rows()
    )
