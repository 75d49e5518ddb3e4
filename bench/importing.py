"""A CSV dump → compressed Parquet: `monitor import`, or DuckDB's `COPY` of the same tables.

`python -m bench.importing monitor|duckdb DUMP TARGET` writes `TARGET` anew. DuckDB copies what it
takes the columns to be, without a look at keys, references or weeks, and in the order of the file.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

THREADS = 2


def main() -> int:
    """Write what is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("what", choices=["monitor", "duckdb"])
    parser.add_argument("dump", type=Path)
    parser.add_argument("target", type=Path)
    asked = parser.parse_args()
    shutil.rmtree(asked.target, ignore_errors=True)
    if asked.what == "monitor":
        return imported(asked.dump, asked.target)
    return copied(asked.dump, asked.target)


def imported(dump: Path, target: Path) -> int:
    """The program's way."""
    from monitor_cli.cli import main as run  # noqa: PLC0415  (DuckDB's turn does without)

    return int(run(["import", str(dump), "--output", str(target), "--quiet"]))


def copied(dump: Path, target: Path) -> int:
    """DuckDB's way."""
    import duckdb  # noqa: PLC0415  (the program's turn does without)

    target.mkdir()
    con = duckdb.connect(config={"threads": THREADS})
    for path in sorted(dump.glob("*.csv")):
        written = target / f"{path.stem}.parquet"
        con.execute(
            f"COPY (FROM read_csv('{path}')) TO '{written}' (FORMAT parquet, COMPRESSION zstd)"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
