"""How a week grows with the schools: one table, the slope, a plot. Never a gate.

For each size the week of an imported dataset is counted by the program and by DuckDB on the same
files, its needed columns are scanned bare and, where they fit into memory, read by pandas. Before
anything is timed DuckDB and the program must say the same. The slope is that of the straight line
through the logarithms: 1 is twice the time for twice the schools.
"""

from __future__ import annotations

import argparse
import math
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bench import commands
from bench.duckdb_dataset import files
from bench.dumps import SORTED, WEEK, Cache
from bench.growth_plot import plot
from bench.measuring import ROOT, inside, interleaved, whole
from bench.report import machine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.measuring import Series

SIZES, RUNS = (10, 100, 1000), 7
IN_PANDAS = 1000
"""The most schools whose week pandas is tried on."""
MEGA = 1_000_000


@dataclass(frozen=True, slots=True)
class Size:
    """What was measured of one size: all runs by name; bytes of the files that are read."""

    schools: int
    read: int
    series: dict[str, Series]


def main() -> int:
    """Agree, measure, print, and draw."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--schools", type=int, nargs="+", default=SIZES)
    parser.add_argument("--runs", type=int, default=RUNS, help="counted turns")
    parser.add_argument("--data", type=Path, default=Path(tempfile.gettempdir()) / "monitor-bench")
    parser.add_argument("--plot", type=Path, help="where the SVG is written")
    asked = parser.parse_args()
    cache = Cache(asked.data.resolve())
    found = []
    for schools in asked.schools:
        dataset = cache.dataset(SORTED, schools)
        if subprocess.run(commands.agreement(dataset, WEEK), check=False, cwd=ROOT).returncode:
            print(f"{schools} schools: DuckDB and monitor differ, nothing is timed")
            return 1
        found.append(_measured(dataset, schools, asked.runs))
        print("\n".join(table(found[-1:])), flush=True)
    print(f"\n{asked.runs} turns. {machine()}.\n")
    print("\n".join([*table(found), "", *slopes(found)]))
    if asked.plot:
        asked.plot.write_text(plot({name: _points(found, name) for name in _names(found)}), "utf-8")
    return 0


def _measured(dataset: str, schools: int, runs: int) -> Size:
    timed = {
        "week": (whole, commands.monitor_week(dataset, WEEK)),
        "DuckDB": (whole, commands.duckdb_week(dataset, WEEK)),
        "counting": (inside, commands.counting(dataset, WEEK)),
        "bare scan": (inside, commands.bare_scan(dataset, WEEK)),
    }
    if schools <= IN_PANDAS:
        timed["pandas, reading alone"] = (inside, commands.in_pandas(dataset, WEEK))
    paths = files(Path(dataset), date.fromisoformat(WEEK)).values()
    read = sum(path.stat().st_size for of_table in paths for path in of_table)
    return Size(schools, read, interleaved(timed, runs))


def table(found: Sequence[Size]) -> list[str]:
    """A row a size and process: medians."""
    lines = [
        "| schools | | wall, s | from – to | CPU, s | peak, MB | files read, MB |",
        "|---|---|---|---|---|---|---|",
    ]
    for size in found:
        for name, series in size.series.items():
            walls = series.values("wall")
            lines.append(
                f"| {size.schools} | {name} | {series.median('wall'):.3f}"
                f" | {min(walls):.3f} – {max(walls):.3f} | {series.median('cpu'):.3f}"
                f" | {series.median('peak') / MEGA:.0f} | {size.read / MEGA:.1f} |"
            )
    return lines


def slopes(found: Sequence[Size]) -> list[str]:
    """The slope of each process over all sizes, and over the two largest."""
    lines = []
    for name in _names(found):
        points = _points(found, name)
        if len(points) > 1:
            lines.append(
                f"{name}: slope {slope(points):.2f}, between the largest {slope(points[-2:]):.2f}"
            )
    return lines


def slope(points: Sequence[tuple[float, float]]) -> float:
    """Of the straight line of least squares through the logarithms of two or more points."""
    logs = [(math.log(x), math.log(y)) for x, y in points]
    middle = [sum(axis) / len(logs) for axis in zip(*logs, strict=True)]
    across = sum((x - middle[0]) ** 2 for x, _ in logs)
    return float(sum((x - middle[0]) * (y - middle[1]) for x, y in logs) / across)


def _names(found: Sequence[Size]) -> list[str]:
    return list(dict.fromkeys(name for size in found for name in size.series))


def _points(found: Sequence[Size], name: str) -> list[tuple[float, float]]:
    return [
        (float(size.schools), size.series[name].median("wall"))
        for size in found
        if name in size.series
    ]


if __name__ == "__main__":
    sys.exit(main())
