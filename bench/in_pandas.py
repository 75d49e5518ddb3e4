"""The columns that a week of a dataset needs, read by pandas: nothing is counted.

`python -m bench.in_pandas DATASET WEEK` prints `{"wall": …, "cpu": …, "peak": …}` of the reading.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from bench.duckdb_dataset import files
from bench.inside import measured
from monitor_cli.engine.query import UNCOUNTED, WEEK_COLUMNS


def main() -> None:
    """Measure the reading."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("dataset", type=Path)
    parser.add_argument("week", type=date.fromisoformat, help="the Monday of it")
    asked = parser.parse_args()
    print(json.dumps(asdict(measured(lambda: read(asked.dataset, asked.week)))))


def read(dataset: Path, monday: date) -> list[Any]:
    """A frame a file, all held at once, as what would be counted of them."""
    frames = []
    for table, paths in files(dataset, monday).items():
        needed = WEEK_COLUMNS.get(table, frozenset()) - UNCOUNTED.get(table, frozenset())
        if needed:
            frames += [pd.read_parquet(path, columns=sorted(needed)) for path in paths]
    return frames


if __name__ == "__main__":
    main()
