"""The parts of a table → one typed frame of the rows whose values are fine.

Typing goes part by part, so that the text of only one file at a time is in memory.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.columns import SHAPES, Kind, Shape, Table
from monitor_cli.dump import faults
from monitor_cli.dump.problems import Reason, Tally
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

if TYPE_CHECKING:
    from datetime import tzinfo

    from monitor_cli.dump.find import Part
    from monitor_cli.dump.options import ReadOptions
    from monitor_cli.dump.raw import Raw

ROW = "__row"
"""UInt32: the place of a row among those of all parts, in the order of paths, then lines."""
_REASON = "__reason"


@dataclass(slots=True)
class Rows:
    """A table on its way through the checks.

    `frame`: `ROW` and the typed columns that were asked for, those of an event with the columns
    that `values` puts beside it. `columns`: those that the dump holds. `read`: rows in the files.
    `tally`: rows that are not in the frame any more, by reason. `starts`: the first `ROW` of each
    part, and the number behind the last.
    """

    shape: Shape
    parts: tuple[Part, ...]
    frame: pl.DataFrame
    columns: frozenset[str]
    read: int
    starts: tuple[int, ...]
    tally: Tally = field(default_factory=Tally)

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
        end = starts[-1]
        for raw in read(part, asked, options):
            columns |= raw.columns
            frame = _typed(raw, shape, asked, source, end)
            frames.append(_without_faults(frame, tally))
            tally[Reason.RAGGED_LINE] += raw.ragged
            rows += raw.frame.height + raw.ragged
            end += raw.frame.height
        starts.append(end)
    frame = _whole(shape, asked, frames)
    return Rows(shape, parts, frame, columns, rows, tuple(starts), tally)


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
            reasons.append((read_.reason, bad))
        if column.needed_in_row and read_.columns[0].null_count():
            empty = read_.columns[0].is_null()
            missing.append((Reason.MISSING_VALUE, empty if bad is None else empty & ~bad))
    frame = pl.DataFrame(
        [pl.int_range(start, start + count, dtype=pl.UInt32, eager=True).alias(ROW), *series]
    )
    faulty = [pl.when(mask).then(pl.lit(reason.value)) for reason, mask in (*missing, *reasons)]
    frame = _with_defaults(frame, shape.table, asked)
    return frame.with_columns(pl.coalesce(faulty).alias(_REASON)) if faulty else frame


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


def _without_faults(frame: pl.DataFrame, tally: Tally) -> pl.DataFrame:
    """Count the faulty rows by reason and leave them out."""
    if _REASON not in frame.columns:
        return frame
    for reason, rows in frame[_REASON].drop_nulls().value_counts().iter_rows():
        tally[Reason(reason)] += rows
    return frame.filter(pl.col(_REASON).is_null()).drop(_REASON)


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
    frame = frames[0] if len(frames) == 1 else pl.concat(frames, how="diagonal")
    absent = []
    for name, column in shape.columns.items():
        if name in asked and name not in frame.columns:
            absent.append(pl.lit(None, dtype=dtype(column)).alias(name))
            if column.kind is Kind.EVENT:
                absent.append(pl.lit(None, dtype=pl.Boolean).alias(name + HAS_TIME))
    return frame.with_columns(absent)
