"""How a week grows with the schools: one table, the slope, a plot. Never a gate.

For each size the week of an imported dataset is counted by the program, at once, within a given
memory and by workers of its own, and by DuckDB on the same files; its needed columns are scanned
bare and, where they fit into memory, read by pandas. Before anything is timed DuckDB and the
program must say the same. The slope is that of the straight line through the logarithms: 1 is twice
the time for twice the schools.

Datasets of more than a thousand schools are imported piece by piece (`bench/country.py`). Each run
is written down in `growth.ndjson` in the data folder; what is there is not measured again.
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
from bench.country import Country, told
from bench.duckdb_dataset import files
from bench.dumps import SORTED, WEEK, Cache
from bench.growth_plot import plot
from bench.inside import needed
from bench.measuring import ROOT, inside, together, whole
from bench.report import machine
from bench.turns import Turns

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bench.measuring import Run, Series

SIZES, RUNS, LARGE_RUNS = (10, 100, 1000), 7, 3
IN_ONE = 1000
"""The most schools that are made and imported in one piece, and whose week pandas is tried on."""
AGREED = 8000
"""The most schools of which DuckDB and the program are compared."""
MEMORY = "1100MB"
MEGA = 1_000_000


@dataclass(frozen=True, slots=True)
class Size:
    """What was measured of one size: all runs by name.

    `read`: bytes of the files that are read. `needed`: of their columns that are counted.
    """

    schools: int
    read: int
    needed: int
    series: dict[str, Series]


def main() -> int:
    """Agree, measure, print, and draw."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--schools", type=int, nargs="+", default=SIZES)
    parser.add_argument("--runs", type=int, default=RUNS, help="turns")
    parser.add_argument("--large-runs", type=int, default=LARGE_RUNS, help="of the large sizes")
    parser.add_argument("--data", type=Path, default=Path(tempfile.gettempdir()) / "monitor-bench")
    parser.add_argument("--plot", type=Path, help="where the SVG is written")
    parser.add_argument("--again", action="store_true", help="measure what was measured before")
    asked = parser.parse_args()
    folder = asked.data.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    cache, country, turns = Cache(folder), Country(folder), Turns(folder / "growth.ndjson")
    if asked.again:
        turns.path.unlink(missing_ok=True)
    found = []
    for schools in sorted(asked.schools):
        large = schools > IN_ONE
        dataset = str(country.dataset(schools)) if large else cache.dataset(SORTED, schools)
        if schools <= AGREED and not turns.said(schools, "agreed"):
            command = commands.agreement(dataset, WEEK)
            if subprocess.run(command, check=False, cwd=ROOT).returncode:
                print(f"{schools} schools: DuckDB and monitor differ, nothing is timed")
                return 1
            turns.say(schools, "agreed")
        runs = asked.large_runs if large else asked.runs
        found.append(_measured(turns, dataset, schools, runs))
        print("\n".join(table(found[-1:])), flush=True)
    print(f"\n{machine()}.\n")
    print("\n".join([*table(found), "", *slopes(found)]))
    grown = [size.schools for size in found if size.schools > IN_ONE]
    if grown:
        print("\n".join(["", *told(country, grown)]))
    if asked.plot:
        asked.plot.write_text(plot({name: _points(found, name) for name in _names(found)}), "utf-8")
    return 0


def _measured(turns: Turns, dataset: str, schools: int, runs: int) -> Size:
    """Measure what can be; what was compared before has warmed the file cache."""
    timed: dict[str, tuple[Callable[[Sequence[str]], Run], Sequence[str]]] = {
        "week": (whole, commands.monitor_week(dataset, WEEK)),
        "counting": (inside, commands.counting(dataset, WEEK)),
    }
    if schools >= IN_ONE:
        timed[f"week --memory {MEMORY}"] = (whole, commands.monitor_within(dataset, WEEK, MEMORY))
        timed["week --engine dask"] = (together, commands.monitor_dask(dataset, WEEK))
    timed["DuckDB"] = (whole, commands.duckdb_week(dataset, WEEK))
    timed["bare scan"] = (inside, commands.bare_scan(dataset, WEEK))
    if schools <= IN_ONE:
        timed["pandas, reading alone"] = (inside, commands.in_pandas(dataset, WEEK))
    monday = date.fromisoformat(WEEK)
    paths = files(Path(dataset), monday).values()
    read = sum(path.stat().st_size for of_table in paths for path in of_table)
    return Size(schools, read, needed(Path(dataset), monday), turns.taken(schools, timed, runs))


def table(found: Sequence[Size]) -> list[str]:
    """A row a size and process: medians."""
    heads = ["schools", "", "wall, s", "from – to", "CPU, s", "peak, MB", "files, MB"]
    heads += ["needed columns, MB", "turns"]
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    for size in found:
        for name, series in size.series.items():
            walls = series.values("wall")
            lines.append(
                f"| {size.schools} | {name} | {series.median('wall'):.3f}"
                f" | {min(walls):.3f} – {max(walls):.3f} | {series.median('cpu'):.3f}"
                f" | {series.median('peak') / MEGA:.0f}"
                f" | {size.read / MEGA:.1f} | {size.needed / MEGA:.1f} | {len(walls)} |"
            )
    return lines


def slopes(found: Sequence[Size]) -> list[str]:
    """The slopes of each process over all sizes and from `IN_ONE` on, by wall and by CPU time."""
    lines = []
    for name in _names(found):
        for kind in ("wall", "cpu"):
            points = _points(found, name, kind)
            large = [point for point in points if point[0] >= IN_ONE]
            if len(points) > 1:
                from_on = f", from {IN_ONE} on {slope(large):.2f}" if len(large) > 1 else ""
                lines.append(f"{name}, {kind}: slope {slope(points):.2f}{from_on}")
    return lines


def slope(points: Sequence[tuple[float, float]]) -> float:
    """Of the straight line of least squares through the logarithms of two or more points."""
    logs = [(math.log(x), math.log(y)) for x, y in points]
    middle = [sum(axis) / len(logs) for axis in zip(*logs, strict=True)]
    across = sum((x - middle[0]) ** 2 for x, _ in logs)
    return float(sum((x - middle[0]) * (y - middle[1]) for x, y in logs) / across)


def _names(found: Sequence[Size]) -> list[str]:
    return list(dict.fromkeys(name for size in found for name in size.series))


def _points(found: Sequence[Size], name: str, kind: str = "wall") -> list[tuple[float, float]]:
    return [
        (float(size.schools), size.series[name].median(kind))
        for size in found
        if name in size.series
    ]


if __name__ == "__main__":
    sys.exit(main())
