"""The processes that are held against each other; all run from the root of the project."""

from __future__ import annotations

import sys

MONITOR = [sys.executable, "-m", "monitor_cli"]


def monitor_week(dump: str, week: str) -> list[str]:
    """The program: all indicators of the week at schools, as JSON."""
    return [*MONITOR, "week", "--data", dump, "--date", week, "--json", "--quiet"]


def monitor_within(dump: str, week: str, memory: str) -> list[str]:
    """The program: a dataset by partitions, within so much memory."""
    return [*monitor_week(dump, week), "--memory", memory]


def monitor_dask(dump: str, week: str) -> list[str]:
    """The program: a dataset by partitions, by workers that it starts on this machine."""
    return [*monitor_week(dump, week), "--engine", "dask"]


def monitor_report(name: str, dump: str, week: str) -> list[str]:
    """The program: another report of the week, as JSON."""
    return [*MONITOR, *name.split(), "--data", dump, "--date", week, "--json", "--quiet"]


def duckdb_week(dump: str, week: str) -> list[str]:
    """The same by hand-written SQL."""
    return [sys.executable, "-m", "bench.duckdb_week", dump, week]


def monitor_trend(dataset: str, week: str, weeks: int) -> list[str]:
    """The program: how one indicator of the schools went in the weeks up to one."""
    asked = ["timely_marks", "--weeks", str(weeks), "--date", week]
    return [*MONITOR, "trend", *asked, "--data", dataset, "--json", "--quiet"]


def of_school(dump: str, week: str, school: str, *command: str) -> list[str]:
    """The program: what is asked for of one school."""
    asked = [*command, "--school", school, "--date", week]
    return [*MONITOR, *asked, "--data", dump, "--json", "--quiet"]


def agreement(dump: str, week: str) -> list[str]:
    """Whether these two say the same."""
    return [sys.executable, "-m", "bench.agreement", dump, week]


def counting(dump: str, week: str) -> list[str]:
    """Reading, checking and counting alone, in a process that has imported everything."""
    return [sys.executable, "-m", "bench.inside", "counting", dump, week]


def bare_scan(dump: str, week: str) -> list[str]:
    """Sums of the columns that a week needs, in a process that has imported everything."""
    return [sys.executable, "-m", "bench.inside", "scan", dump, week]


def in_pandas(dump: str, week: str) -> list[str]:
    """The columns that a week of a dataset needs, read by pandas, which is loaded before."""
    return [sys.executable, "-m", "bench.in_pandas", dump, week]


def writing(what: str, dump: str, target: str) -> list[str]:
    """A CSV dump → Parquet, by the program (`monitor`) or by DuckDB (`duckdb`)."""
    return [sys.executable, "-m", "bench.importing", what, dump, target]


def workbooks(what: str, dump: str, week: str) -> list[str]:
    """The workbooks of a report, by the program (`report`) or by bare openpyxl (`bare`)."""
    return [sys.executable, "-m", "bench.reporting", what, dump, week]


def python(code: str) -> list[str]:
    """A few words of Python."""
    return [sys.executable, "-c", code]


def monitor(*arguments: str) -> list[str]:
    """The program with other arguments."""
    return [*MONITOR, *arguments]


def empty_app() -> list[str]:
    """The help of a Typer program that does nothing."""
    return [sys.executable, "-m", "bench.empty_app", "--help"]
