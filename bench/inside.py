"""A part of a process, measured from inside: counting a week, or a bare scan of what it needs.

`python -m bench.inside counting|scan DUMP WEEK` prints `{"wall": …, "cpu": …, "peak": …}`, seconds
and bytes. Imports are over before the clock starts. The bare scan sums every column that a week
reads, of texts their lengths in bytes: nothing that looks at all of these cells can be faster.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from bench.duckdb_dataset import files
from bench.measuring import IN_BYTES, KIB, Run
from monitor_cli.clock import Week
from monitor_cli.columns import SHAPES
from monitor_cli.commands.engines import measure, read_engine
from monitor_cli.commands.reading import Source
from monitor_cli.dataset.layout import is_dataset
from monitor_cli.engine.query import UNCOUNTED, WEEK_COLUMNS, Query
from monitor_cli.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor_cli.columns import Table


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("what", choices=["counting", "scan"])
    parser.add_argument("dump", type=Path)
    parser.add_argument("week", type=date.fromisoformat, help="any day of it")
    asked = parser.parse_args()
    if asked.what == "scan":
        run = measured(lambda: scan(asked.dump, asked.week))
    else:
        settings, query = load_settings(environ={}), Query(Week.of(asked.week))
        source, here = Source(asked.dump, sample=False), read_engine("local", None, None)
        run = measured(lambda: measure(here, source, settings, query, None))
    print(json.dumps(asdict(run)))


def scan(dump: Path, monday: date) -> list[pl.DataFrame]:
    """The sums of the columns of each table, all tables in one go."""
    if is_dataset(dump):
        return pl.collect_all(_of_dataset(dump, monday))
    plans = []
    for table, columns in WEEK_COLUMNS.items():
        shape = SHAPES[table]
        needed = columns | set(shape.key) | {one.column for one in shape.references}
        rows = pl.scan_parquet(dump / f"{table}.parquet")
        schema = rows.collect_schema()
        plans.append(
            rows.select(_sum(name, schema[name]) for name in schema.names() if name in needed)
        )
    return pl.collect_all(plans)


def _of_dataset(dataset: Path, monday: date) -> list[pl.LazyFrame]:
    """Of a dataset, the columns that are counted, of the files of the weeks that are."""
    plans = []
    for table, paths in files(dataset, monday).items():
        counted = counted_of(table)
        rows = pl.scan_parquet(paths, glob=False, hive_partitioning=False)
        schema = rows.collect_schema()
        if counted:
            sums = [_sum(name, schema[name]) for name in schema.names() if name in counted]
            plans.append(rows.select(sums))
    return plans


def counted_of(table: Table) -> frozenset[str]:
    """The columns that a week of a dataset is counted from."""
    return WEEK_COLUMNS.get(table, frozenset()) - UNCOUNTED.get(table, frozenset())


def needed(dataset: Path, monday: date) -> int:
    """The bytes that these take in the files of the weeks that are counted, as packed there."""
    found = 0
    for table, paths in files(dataset, monday).items():
        counted = counted_of(table)
        for path in paths:
            with pq.ParquetFile(path) as file:
                groups = map(file.metadata.row_group, range(file.metadata.num_row_groups))
                chunks = [group.column(at) for group in groups for at in range(group.num_columns)]
                ours = [chunk for chunk in chunks if chunk.path_in_schema in counted]
                found += sum(chunk.total_compressed_size for chunk in ours)
    return found


def _sum(name: str, kind: pl.DataType) -> pl.Expr:
    column = pl.col(name)
    if kind == pl.String:
        return column.str.len_bytes().sum()
    codes = kind.is_temporal() or isinstance(kind, pl.Enum)
    return column.to_physical().sum() if codes else column.sum()


def measured(work: Callable[[], object]) -> Run:
    """What `work` takes."""
    start, used = time.perf_counter(), _cpu()
    work()
    wall, cpu = time.perf_counter() - start, _cpu() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return Run(wall, cpu, peak if IN_BYTES else peak * KIB)


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
