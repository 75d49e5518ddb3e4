"""The parts of a table → one typed frame of the rows whose values are fine.

Typing goes part by part, so that the text of only one file at a time is in memory.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.columns import SHAPES, Kind, Shape, Table
from monitor_cli.dump import faults
from monitor_cli.dump.problems import FAULT, ROW, Reason, Tally
from monitor_cli.dump.raw import LISTED, Around
from monitor_cli.dump.read import read
from monitor_cli.dump.texts import trimmed
from monitor_cli.dump.values import (
    HAS_TIME,
    DestroyedIdError,
    dtype,
    parallel_of_name,
    typed,
)
from monitor_cli.dump.zones import source_offsets
from monitor_cli.errors import DumpError

if TYPE_CHECKING:
    from datetime import tzinfo

    from monitor_cli.dump.findings import Findings
    from monitor_cli.dump.options import ReadOptions
    from monitor_cli.dump.parts import Part
    from monitor_cli.dump.raw import Broken, Raw


@dataclass(slots=True)
class Rows:
    """A table on its way through the checks.

    `frame`: `ROW` and the typed columns that were asked for, those of an event with the columns
    that `values` puts beside it. `columns`: those that the dump holds. `read`: rows in the files.
    `tally`: rows that are not in the frame any more, by reason. `starts`: the first `ROW` of each
    part, and the number behind the last. `findings`: where rows that leave are noted, if anybody
    asked for that.
    """

    shape: Shape
    parts: tuple[Part, ...]
    frame: pl.DataFrame
    columns: frozenset[str]
    read: int
    starts: tuple[int, ...]
    tally: Tally = field(default_factory=Tally)
    findings: Findings | None = None

    def set_aside(self, keep: pl.Series, reason: Reason) -> None:
        """Keep the rows set in `keep`, count the others under `reason`."""
        kept = self.frame.filter(keep)
        self.tally[reason] += self.frame.height - kept.height
        self.frame = kept


def read_table(
    shape: Shape,
    parts: tuple[Part, ...],
    asked: frozenset[str],
    options: ReadOptions,
    source: tzinfo | None,
) -> Rows:
    """Read, type and check the parts of a table; `source` is the zone of times without offset.

    Raises:
        DumpError: a structural fault of a file.
    """
    tally = Tally()
    frames: list[pl.DataFrame] = []
    columns: frozenset[str] = frozenset()
    rows, starts = 0, [0]
    for part in parts:
        try:
            one = _read_part(part, asked, options, source, starts[-1])
        except DumpError as error:
            faults.refuse(error, options.findings, shape.table, part)
            starts.append(starts[-1])
            continue
        if options.findings is not None:
            options.findings.of_part(part, one)
        tally += one.tally
        frames += one.frames
        columns |= one.columns
        rows += one.read
        starts.append(one.end)
    frame = _whole(shape, asked, frames)
    return Rows(shape, parts, frame, columns, rows, tuple(starts), tally, options.findings)


@dataclass(slots=True)
class PartRead:
    """What a file holds: typed rows without fault, and those that left with `ROW` and `FAULT`."""

    end: int
    frames: list[pl.DataFrame] = field(default_factory=list)
    columns: frozenset[str] = frozenset()
    headers: tuple[str, ...] = ()
    read: int = 0
    tally: Tally = field(default_factory=Tally)
    faulty: list[pl.DataFrame] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)
    around: Around = field(default_factory=Around)


def _read_part(
    part: Part,
    asked: frozenset[str],
    options: ReadOptions,
    source: tzinfo | None,
    start: int,
) -> PartRead:
    """Read and type a file whose first row is number `start`."""
    one = PartRead(start)
    for raw in read(part, asked, options):
        frame = _typed(raw, SHAPES[part.table], asked, source, one.end)
        fine, faulty = _sorted_out(frame, one.tally)
        one.frames.append(fine)
        one.faulty.append(faulty)
        one.columns |= raw.columns
        one.headers = raw.headers
        one.around = raw.around
        left = left_out(raw)
        one.tally += left
        one.broken += raw.broken[: LISTED - len(one.broken)]
        one.read += raw.frame.height + left.total()
        one.end += raw.frame.height
    return one


def left_out(raw: Raw) -> Tally:
    """The rows of a piece that are not in its frame, by reason."""
    return Tally(
        {
            Reason.RAGGED_LINE: raw.ragged,
            Reason.REPEATED_HEADER: raw.again,
            Reason.UNREAD_CELL: raw.unread,
        }
    )


def reread(
    rows: Rows, at: pl.Series, columns: frozenset[str], options: ReadOptions
) -> pl.DataFrame:
    """The trimmed text of other columns in the rows `at` (sorted), and their `ROW`."""
    frames = []
    for part, start, end in zip(rows.parts, rows.starts, rows.starts[1:], strict=False):
        if not ((at >= start) & (at < end)).any():
            continue
        begin = start
        for raw in read(part, columns, options):
            inside = at.filter((at >= begin) & (at < begin + raw.frame.height))
            cells = raw.frame.select(pl.all().gather(inside - begin))
            frames.append(
                pl.DataFrame([inside.alias(ROW), *(trimmed(cell) for cell in cells.get_columns())])
            )
            begin += raw.frame.height
    return pl.concat(frames, how="diagonal")


def fine_rows(
    raw: Raw, asked: frozenset[str], source: tzinfo | None, start: int, tally: Tally
) -> pl.DataFrame:
    """The typed rows of a piece, numbered from `start` on; the faulty ones are counted only."""
    return _sorted_out(_typed(raw, SHAPES[raw.part.table], asked, source, start), tally)[0]


def _typed(
    raw: Raw, shape: Shape, asked: frozenset[str], source: tzinfo | None, start: int
) -> pl.DataFrame:
    """The typed columns of a part, its rows numbered, and the reason against a row, if any."""
    count = raw.frame.height
    series: list[pl.Series] = []
    reasons: list[tuple[Reason, pl.Series]] = []
    missing: list[tuple[Reason, pl.Series]] = []
    for column in shape.columns.values():
        if column.name not in asked or column.name not in raw.frame.columns:
            continue
        try:
            read_ = typed(shape.table, column, raw.frame[column.name])
        except DestroyedIdError as error:
            line = raw.line(error.row)
            raise faults.destroyed_id(
                raw.part.path, line, shape.table, column.name, error.cell
            ) from error
        bad = read_.bad
        if source is not None and column.kind is Kind.EVENT:
            read_, bad = source_offsets(read_, source)
        series.extend(read_.columns)
        if bad is not None:
            reasons.append((read_.reason, bad.alias(column.name)))
        if column.needed_in_row and read_.columns[0].null_count():
            empty = read_.columns[0].is_null()
            faultless = empty if bad is None else empty & ~bad
            missing.append((Reason.MISSING_VALUE, faultless.alias(column.name)))
    frame = pl.DataFrame(
        [pl.int_range(start, start + count, dtype=pl.UInt32, eager=True).alias(ROW), *series]
    )
    faulty = [
        pl.when(mask).then(pl.lit(f"{reason} {mask.name}")) for reason, mask in (*missing, *reasons)
    ]
    frame = _with_defaults(frame, shape.table, asked)
    return frame.with_columns(pl.coalesce(faulty).alias(FAULT)) if faulty else frame


def _with_defaults(frame: pl.DataFrame, table: Table, asked: frozenset[str]) -> pl.DataFrame:
    """Staff are teachers unless a role is told; a class name tells a parallel that is not."""
    if table is Table.STAFF:
        if "role" not in frame.columns:
            role = dtype(SHAPES[table].columns["role"])
            return frame.with_columns(pl.lit("teacher", dtype=role).alias("role"))
        return frame.with_columns(pl.col("role").fill_null("teacher"))
    if table is Table.CLASSES and "parallel" in asked and "class" in frame.columns:
        named = parallel_of_name(frame["class"])
        if "parallel" in frame.columns:
            return frame.with_columns(pl.coalesce("parallel", named).alias("parallel"))
        return frame.with_columns(named.alias("parallel"))
    return frame


def _sorted_out(frame: pl.DataFrame, tally: Tally) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows without a fault; of the others, which are counted by reason, the first of each."""
    if FAULT not in frame.columns:
        return frame, frame.clear().select(ROW, pl.lit(None, dtype=pl.String).alias(FAULT))
    faulty = frame.select(ROW, FAULT).drop_nulls(FAULT)
    for fault, rows in faulty[FAULT].value_counts().iter_rows():
        tally[Reason(fault.partition(" ")[0])] += rows
    noted = faulty.group_by(FAULT, maintain_order=True).head(LISTED)
    return frame.filter(pl.col(FAULT).is_null()).drop(FAULT), noted


def _whole(shape: Shape, asked: frozenset[str], frames: list[pl.DataFrame]) -> pl.DataFrame:
    """All parts in one frame; an id is text in all of them where it is text in one."""
    for name, column in shape.columns.items():
        if (
            column.kind is Kind.ID
            and len({f.schema[name] for f in frames if name in f.columns}) > 1
        ):
            frames = [
                f.with_columns(pl.col(name).cast(pl.String)) if name in f.columns else f
                for f in frames
            ]
    frames = frames or [pl.DataFrame(schema={ROW: pl.UInt32})]
    frame = frames[0] if len(frames) == 1 else pl.concat(frames, how="diagonal")
    return with_absent(shape, asked, frame)


def with_absent(shape: Shape, asked: frozenset[str], frame: pl.DataFrame) -> pl.DataFrame:
    """Add the columns that are asked for and that the files lack, null throughout."""
    absent = []
    for name, column in shape.columns.items():
        if name in asked and name not in frame.columns:
            absent.append(pl.lit(None, dtype=dtype(column)).alias(name))
            if column.kind is Kind.EVENT:
                absent.append(pl.lit(None, dtype=pl.Boolean).alias(name + HAS_TIME))
    return frame.with_columns(absent)
