"""Partitions of a dataset: ranges of schools, whose rows lie together in the files of a week."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.columns import Table
from monitor_cli.dataset import faults
from monitor_cli.dataset.layout import BY_WEEK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from monitor_cli.dataset.layout import Snapshot
    from monitor_cli.dataset.manifest import File
    from monitor_cli.dataset.reading import Reach

SCHOOL = "school_id"


@dataclass(frozen=True, slots=True)
class Partition:
    """The schools from one id to another, both included, in the order of the dataset's files.

    `schools`: how many of those asked for. `files`: the files of weeks that may hold their rows;
    those of registers hold every school's.
    """

    first: int | str | None
    last: int | str | None
    schools: int
    files: frozenset[str]

    @property
    def rows(self) -> pl.Expr:
        """Whether a row is of one of these schools."""
        if self.first is None:
            return pl.lit(value=True)
        return pl.col(SCHOOL).is_between(pl.lit(self.first), pl.lit(self.last))


REGISTERS = Partition(None, None, 0, frozenset())
"""The registers of every school, and nothing of any week."""


@dataclass(frozen=True, slots=True)
class _Held:
    """A file of a week and the schools at its ends; None: not to be told."""

    path: str
    first: int | str | None
    last: int | str | None

    def meets(self, first: int | str, last: int | str) -> bool:
        """Whether it may hold rows of schools between these."""
        starts_later = self.first is not None and self.first > last  # type: ignore[operator]
        ends_before = self.last is not None and self.last < first  # type: ignore[operator]
        return not starts_later and not ends_before


def partitions(
    snapshot: Snapshot,
    schools: pl.DataFrame,
    files: Sequence[File],
    count: int,
) -> tuple[Partition, ...]:
    """Cut the schools into at most `count` ranges of about as many rows each.

    Where there is no school there is one partition, of everything.

    Args:
        snapshot: what is read.
        schools: `school_id`, different and rising; `rows` Int64, how many each has.
        files: the files to read, of all tables.
        count: 1 or more.
    """
    held = list(_held(snapshot.folder, [file for file in files if file.table in BY_WEEK]))
    if schools.is_empty():
        return (Partition(None, None, 0, frozenset(file.path for file in held)),)
    before = pl.col("rows").cum_sum() - pl.col("rows")
    ranges = (
        schools.group_by(before * count // pl.col("rows").sum(), maintain_order=True)
        .agg(first=pl.first(SCHOOL), last=pl.last(SCHOOL), schools=pl.len())
        .select("first", "last", "schools")
    )
    return tuple(
        Partition(first, last, length, frozenset(f.path for f in held if f.meets(first, last)))
        for first, last, length in ranges.iter_rows()
    )


def rows_by_school(snapshot: Snapshot, files: Iterable[File]) -> pl.DataFrame:
    """How many rows of lessons the schools of the register have in the files of weeks given.

    Returns:
        `school_id`, rising, and `rows` Int64, at least 1.

    Raises:
        DumpError: the register is not as an import left it.
    """
    register = snapshot.folder / f"{Table.SCHOOLS}.parquet"
    try:
        ids = pl.read_parquet(register, columns=[SCHOOL]).unique()
    except (OSError, pl.exceptions.PolarsError) as error:
        raise faults.damaged(register) from error
    counted = [ids.head(0).with_columns(rows=pl.lit(0, pl.Int64))]
    for file in files:
        if file.table is Table.LESSONS:
            try:
                rows = pl.read_parquet(snapshot.folder / file.path, columns=[SCHOOL])
            except (OSError, pl.exceptions.PolarsError):
                # A file that cannot be read is named by the partitions that need it.
                continue
            counted.append(rows.group_by(SCHOOL).agg(rows=pl.len().cast(pl.Int64)))
    summed = pl.concat(counted).group_by(SCHOOL).agg(pl.col("rows").sum())
    return (
        ids.join(summed, on=SCHOOL, how="left", validate="1:1")
        .select(SCHOOL, pl.col("rows").fill_null(0) + 1)
        .sort(SCHOOL)
    )


def reached(files: Iterable[File], reach: Mapping[Table, Reach] | None) -> list[File]:
    """The files of registers, and those of the weeks within `reach`."""
    return [file for file in files if _within(file.week, file.table, reach)]


def _within(week: date | None, table: Table, reach: Mapping[Table, Reach] | None) -> bool:
    if week is None or reach is None or table not in reach:
        return True
    first, last = reach[table]
    return first <= week and (last is None or week <= last)


def _held(folder: Path, files: Sequence[File]) -> Iterator[_Held]:
    """The schools in each file, by its own statistics.

    Files of one table and week follow each other in the order of schools: what is not to be read
    lies between its neighbours.
    """
    series: dict[tuple[Table, date | None], list[File]] = {}
    for file in files:
        series.setdefault((file.table, file.week), []).append(file)
    for of_week in series.values():
        ends = [_ends(folder / file.path) for file in of_week]
        for place, file in enumerate(of_week):
            known = ends[place]
            if known is None:
                before = [end for end in ends[:place] if end is not None]
                after = [end for end in ends[place + 1 :] if end is not None]
                yield _Held(
                    file.path, before[-1][1] if before else None, after[0][0] if after else None
                )
            else:
                yield _Held(file.path, *known)


def _ends(path: Path) -> tuple[int | str, int | str] | None:
    """The schools of the first and the last row of a file; None where that is not to be told."""
    import pyarrow as pa  # type: ignore[import-untyped]  # noqa: PLC0415  (whole datasets do without)
    import pyarrow.parquet as pq  # type: ignore[import-untyped]  # noqa: PLC0415

    try:
        with pq.ParquetFile(path) as file:
            found = file.metadata
            column = file.schema_arrow.get_field_index(SCHOOL)
            groups = [found.row_group(one).column(column) for one in range(found.num_row_groups)]
    except (OSError, pa.ArrowException):
        return None
    said = [group.statistics for group in groups]
    if column < 0 or not said or any(one is None or not one.has_min_max for one in said):
        return None
    return min(one.min for one in said), max(one.max for one in said)
