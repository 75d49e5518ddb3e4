"""What is measured, against what, and the aims."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench import commands
from bench.dumps import CP1251, CSV, SHUFFLED, SORTED, TEXT_IDS, TWELVE, WEEK
from bench.measuring import inside, interleaved, ratio, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from bench.dumps import Cache, Kind
    from bench.measuring import Run, Series

    Timed = tuple[Callable[[Sequence[str]], Run], Sequence[str]]

TIMES_LARGER = 8
MEGA = 1_000_000


@dataclass(frozen=True, slots=True)
class Figure:
    """A command against another of the same group: the ratio of their wall times, and its aim.

    `peak`: the most memory that the first may take, in MB; `more`: than the second.
    """

    group: str
    title: str
    name: str
    against: str
    aim: float
    peak: int | None = None
    more: int | None = None


FIGURES = (
    Figure("parquet", "`week --json` : DuckDB, sorted", "week sorted", "duckdb sorted", 0.9),
    Figure("parquet", "`week --json` : DuckDB, shuffled", "week shuffled", "duckdb shuffled", 1.0),
    Figure("parquet", "`week --json`, text ids : integer ids", "week text-ids", "week sorted", 2.0),
    Figure("counting", "counting : bare scan, sorted", "counting sorted", "scan sorted", 4.5),
    Figure("counting", "counting : bare scan, shuffled", "counting shuffled", "scan shuffled", 7.0),
    Figure("csv", "`week --json` on UTF-8 CSV : DuckDB", "week csv", "duckdb csv", 0.9),
    Figure("csv", "`week --json`, cp1251 : UTF-8", "week cp1251", "week csv", 2.0, more=200),
    Figure(
        "import",
        "`import` of UTF-8 CSV : `COPY` by DuckDB",
        "import csv",
        "copy csv",
        1.3,
        peak=1000,
    ),
    Figure(
        "dataset", "counting a week of twelve : bare scan", "counting twelve", "scan twelve", 2.5
    ),
    Figure(
        "dataset", "`week --json` of twelve weeks : DuckDB", "week twelve", "duckdb twelve", 0.8
    ),
    Figure("dataset", "`trend` over twelve weeks : `week`", "trend twelve", "week twelve", 4.0),
    Figure("why", "`show timely_marks` of a school : its `week`", "show one", "week one", 1.3),
    Figure(
        "report",
        "workbooks of municipalities : bare openpyxl",
        "workbooks",
        "bare openpyxl",
        1.5,
    ),
    *(
        Figure("reports", f"`{name} --json` : `week --json`", name, "week sorted", 1.5)
        for name in (
            "workload",
            "filling",
            "readiness",
            "registry",
            "people",
            "grades",
            "form oo1",
        )
    ),
    Figure("start", "`monitor --help` : an empty Typer app", "monitor --help", "empty app", 1.3),
    Figure("start", "`week` on the sample : `import polars`", "week sample", "import polars", 1.9),
    Figure("large", "8 × the schools, sorted", "week sorted ×8", "week sorted", 8.5, peak=1500),
    Figure(
        "large", "8 × the schools, shuffled", "week shuffled ×8", "week shuffled", 9.0, peak=2500
    ),
)
GROUPS = tuple(dict.fromkeys(figure.group for figure in FIGURES))


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure with its runs."""

    figure: Figure
    ours: Series
    theirs: Series

    @property
    def ratio(self) -> float:
        """Of the wall times, turn by turn."""
        return self.ratio_of("wall")

    def ratio_of(self, name: str) -> float:
        """Of `wall`, `cpu` or `peak`, turn by turn."""
        return ratio(self.ours, self.theirs, name)

    @property
    def misses(self) -> Iterator[str]:
        """The aims that are missed, in words."""
        figure, peak = self.figure, self.ours.median("peak") / MEGA
        if self.ratio > figure.aim:
            yield f"{self.ratio:.2f} > {figure.aim:g}"
        if figure.peak is not None and peak > figure.peak:
            yield f"{peak:.0f} MB > {figure.peak} MB"
        if figure.more is not None:
            more = peak - self.theirs.median("peak") / MEGA
            if more > figure.more:
                yield f"+{more:.0f} MB > +{figure.more} MB"


def held_against_duckdb(groups: Sequence[str]) -> tuple[Kind, ...]:
    """The kinds of dumps on which DuckDB is timed too."""
    parquet = (SORTED, SHUFFLED) if "parquet" in groups else ()
    return (*parquet, *((CSV,) if "csv" in groups else ()))


def measured(
    group: str, cache: Cache, schools: int, runs: int
) -> tuple[list[Measured], dict[str, Series]]:
    """Time the commands of a group in turns: its figures, and all series by name."""
    series = interleaved(_COMMANDS[group](cache, schools), runs)
    found = [
        Measured(figure, series[figure.name], series[figure.against])
        for figure in FIGURES
        if figure.group == group
    ]
    return found, series


def _weeks(cache: Cache, schools: int, *kinds: Kind) -> dict[str, Timed]:
    return {
        f"week {kind.name}": (whole, commands.monitor_week(cache.dump(kind, schools), WEEK))
        for kind in kinds
    }


def _duckdb(cache: Cache, schools: int, *kinds: Kind) -> dict[str, Timed]:
    return {
        f"duckdb {kind.name}": (whole, commands.duckdb_week(cache.dump(kind, schools), WEEK))
        for kind in kinds
    }


def _parquet(cache: Cache, schools: int) -> dict[str, Timed]:
    ours = _weeks(cache, schools, SORTED, SHUFFLED, TEXT_IDS)
    return {**ours, **_duckdb(cache, schools, SORTED, SHUFFLED)}


def _counting(cache: Cache, schools: int) -> dict[str, Timed]:
    found: dict[str, Timed] = {}
    for kind in (SORTED, SHUFFLED):
        dump = cache.dump(kind, schools)
        found[f"counting {kind.name}"] = (inside, commands.counting(dump, WEEK))
        found[f"scan {kind.name}"] = (inside, commands.bare_scan(dump, WEEK))
    return found


def _csv(cache: Cache, schools: int) -> dict[str, Timed]:
    return {**_weeks(cache, schools, CSV, CP1251), **_duckdb(cache, schools, CSV)}


def _import(cache: Cache, schools: int) -> dict[str, Timed]:
    dump = cache.dump(CSV, schools)
    return {
        f"{name} csv": (whole, commands.writing(what, dump, cache.target(what)))
        for name, what in (("import", "monitor"), ("copy", "duckdb"))
    }


def _dataset(cache: Cache, schools: int) -> dict[str, Timed]:
    dataset = cache.dataset(TWELVE, schools)
    return {
        "counting twelve": (inside, commands.counting(dataset, WEEK)),
        "scan twelve": (inside, commands.bare_scan(dataset, WEEK)),
        "week twelve": (whole, commands.monitor_week(dataset, WEEK)),
        "duckdb twelve": (whole, commands.duckdb_week(dataset, WEEK)),
        "trend twelve": (whole, commands.monitor_trend(dataset, WEEK, TWELVE.weeks)),
    }


def _why(cache: Cache, schools: int) -> dict[str, Timed]:
    dump, one = cache.dump(SORTED, schools), cache.school(SORTED, schools)
    show = commands.of_school(dump, WEEK, one, "show", "timely_marks")
    return {
        "show one": (whole, show),
        "week one": (whole, commands.of_school(dump, WEEK, one, "week")),
    }


def _report(cache: Cache, schools: int) -> dict[str, Timed]:
    dump = cache.dump(SORTED, schools)
    return {
        "workbooks": (inside, commands.workbooks("report", dump, WEEK)),
        "bare openpyxl": (inside, commands.workbooks("bare", dump, WEEK)),
    }


def _reports(cache: Cache, schools: int) -> dict[str, Timed]:
    dump = cache.dump(SORTED, schools)
    names = [figure.name for figure in FIGURES if figure.group == "reports"]
    reports = {name: (whole, commands.monitor_report(name, dump, WEEK)) for name in names}
    return {**_weeks(cache, schools, SORTED), **reports}


def _start(_cache: Cache, _schools: int) -> dict[str, Timed]:
    return {
        "python -c pass": (whole, commands.python("pass")),
        "empty app": (whole, commands.empty_app()),
        "monitor --help": (whole, commands.monitor("--help")),
        "monitor --version": (whole, commands.monitor("--version")),
        "monitor week --help": (whole, commands.monitor("week", "--help")),
        "import polars": (whole, commands.python("import polars")),
        "week sample": (whole, commands.monitor("week", "--data", "sample")),
    }


def _large(cache: Cache, schools: int) -> dict[str, Timed]:
    larger = _weeks(cache, schools * TIMES_LARGER, SORTED, SHUFFLED)
    return {
        **_weeks(cache, schools, SORTED, SHUFFLED),
        **{f"{name} ×{TIMES_LARGER}": timed for name, timed in larger.items()},
    }


_COMMANDS: Mapping[str, Callable[[Cache, int], dict[str, Timed]]] = {
    "parquet": _parquet,
    "counting": _counting,
    "csv": _csv,
    "import": _import,
    "dataset": _dataset,
    "why": _why,
    "report": _report,
    "reports": _reports,
    "start": _start,
    "large": _large,
}
