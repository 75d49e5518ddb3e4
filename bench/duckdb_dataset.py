"""The tables of an imported dataset as views in DuckDB: the files of the weeks that are needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.duckdb_tables import SHEETS
from monitor_cli.clock import Week
from monitor_cli.dataset import layout
from monitor_cli.engine.query import Query, reach

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from duckdb import DuckDBPyConnection as Connection

    from monitor_cli.columns import Table


def files(dataset: Path, monday: date) -> dict[Table, list[Path]]:
    """The files of each table that the week from `monday` on is counted from."""
    number = layout.current(dataset)
    if number is None:
        message = f"{dataset} holds nothing"
        raise ValueError(message)
    snapshot = layout.snapshot(dataset, number)
    within = reach(Query(Week.of(monday)))
    found: dict[Table, list[Path]] = {}
    for file in snapshot.manifest.files:
        first, last = within.get(file.table, (None, None))
        early = file.week is not None and first is not None and file.week < first
        late = file.week is not None and last is not None and file.week > last
        if not early and not late:
            found.setdefault(file.table, []).append(snapshot.folder / file.path)
    return found


def open_dataset(con: Connection, dataset: Path, monday: date) -> None:
    """Make `<table>` of each table: its rows were checked when they were imported."""
    for table, paths in files(dataset, monday).items():
        if table.value not in SHEETS:
            continue
        names = ", ".join(f'"{name}"' for name in SHEETS[table.value].columns)
        listed = ", ".join(f"'{path}'" for path in paths)
        con.execute(
            f"CREATE TEMP VIEW {table} AS SELECT {names}"
            f" FROM read_parquet([{listed}], hive_partitioning = false)"
        )
