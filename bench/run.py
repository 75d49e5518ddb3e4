"""How fast `monitor` is, against DuckDB, a bare scan and itself. `make bench`; never a gate.

First DuckDB and the program must say the same of every dump on which both are timed, and of small
dumps with faulty rows. Then the commands of a group take turns, so that a busy moment of the
machine hits all alike; the first turn does not count. Shown are medians, and the ratio of wall
times turn by turn against its aim: a miss is printed as one.
"""

from __future__ import annotations

import argparse
import compileall
import importlib.util
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bench import report
from bench.commands import agreement
from bench.dumps import FAULTY, FAULTY_CSV, TWELVE, WEEK, Cache
from bench.figures import GROUPS, held_against_duckdb, measured
from bench.measuring import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.figures import Measured
    from bench.measuring import Series

SCHOOLS, RUNS = 1000, 7
FEW_SCHOOLS = 20
LARGE = "large"
_COMPILED = ("monitor_cli", "bench", "polars", "pyarrow", "duckdb", "typer")


def main() -> int:
    """Agree, measure, print, and write the page where asked to."""
    asked = _asked()
    groups = asked.only or [group for group in GROUPS if asked.large or group != LARGE]
    _compile()
    cache = Cache(asked.data.resolve())
    if not _agree(cache, groups, asked.schools):
        return 1
    found: list[Measured] = []
    series: dict[str, Series] = {}
    for group in groups:
        print(f"\n{group}: {asked.runs} turns …", flush=True)
        figures, of_group = measured(group, cache, asked.schools, asked.runs)
        print("\n".join([*report.processes(of_group), "", *report.table(figures)]), flush=True)
        found += figures
        series |= {name: one for name, one in of_group.items() if name not in series}
    if asked.write:
        if asked.only or asked.schools < SCHOOLS or asked.runs < RUNS:
            print(
                f"\n{report.PAGE.name} stays: it takes {SCHOOLS} schools, {RUNS} turns, all groups"
            )
        else:
            report.write(report.section(found, series, asked.schools, asked.runs))
            print(f"\nwritten: {report.PAGE.name}")
    return 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--schools", type=int, default=SCHOOLS)
    parser.add_argument("--runs", type=int, default=RUNS, help="counted turns")
    parser.add_argument(
        "--data",
        type=Path,
        default=Path(tempfile.gettempdir()) / "monitor-bench",
        help="where the dumps are kept from one time to the next",
    )
    parser.add_argument("--large", action="store_true", help="eight times the schools, too")
    parser.add_argument("--only", action="append", choices=GROUPS, help="one group of figures")
    parser.add_argument("--write", action="store_true", help=f"write {report.PAGE.name}")
    return parser.parse_args()


def _compile() -> None:
    """Compile the byte-code that the processes load: without it they would be twice as slow."""
    for name in _COMPILED:
        spec = importlib.util.find_spec(name)
        for folder in (spec.submodule_search_locations or ()) if spec else ():
            compileall.compile_dir(folder, quiet=2)


def _agree(cache: Cache, groups: Sequence[str], schools: int) -> bool:
    """Whether DuckDB and the program say the same, so that their times may be compared.

    Documents are compared in a process of their own: a process that is started inherits the peak
    memory of the one that starts it, so this one must stay small.
    """
    timed = held_against_duckdb(groups)
    small = (FAULTY, FAULTY_CSV) if timed else ()
    for kind, size in (*((kind, FEW_SCHOOLS) for kind in small), *((k, schools) for k in timed)):
        dump = cache.dump(kind, size)
        print(f"{dump}: DuckDB and monitor: ", end="", flush=True)
        if subprocess.run(agreement(dump, WEEK), check=False, cwd=ROOT).returncode:
            print("nothing is timed")
            return False
    if "dataset" in groups:
        dataset = cache.dataset(TWELVE, schools)
        print(f"{dataset}: DuckDB and monitor: ", end="", flush=True)
        if subprocess.run(agreement(dataset, WEEK), check=False, cwd=ROOT).returncode:
            print("nothing is timed")
            return False
    return True


if __name__ == "__main__":
    sys.exit(main())
