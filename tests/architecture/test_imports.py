"""Imports point down only, and the program starts without what is heavy."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("alembic", "jinja2", "openpyxl", "polars", "psycopg", "pyarrow", "rich", "sqlalchemy")
LIGHT = {
    "cli",
    "commands",
    "commands.bilingual",
    "commands.listed",
    "commands.options",
    "commands.program",
    "commands.streams",
    "errors",
    "language",
    "render",
    "render.harmless",
    "settings",
    "settings.find",
}
"""What of the program is loaded to list its commands: words, the shared options, safe streams."""
NOT_FOR_A_LIST = ("dataclasses", "decimal", "fractions", "tomllib", "zoneinfo")
START = """
import json, sys
from monitor_cli.cli import run
sys.argv = ["monitor", *sys.argv[1:]]
code = 0
try:
    run()
except SystemExit as stop:
    code = stop.code
print(json.dumps([code or 0, sorted(sys.modules)]), file=sys.stderr)
"""


def test_the_import_contracts_hold() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import import_linter; import_linter()"]
    run = subprocess.run(
        [*command, "lint", "--no-logo", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_there_is_a_contract_for_the_layers_and_for_each_library_that_is_kept_in_its_place() -> (
    None
):
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    forbidden = {name for contract in contracts for name in contract.get("forbidden_modules", ())}
    assert [contract["id"] for contract in contracts if contract["type"] == "layers"] == ["layers"]
    kept = {"typer", "rich", "jinja2", "openpyxl", "polars", "sqlalchemy", "monitor_cli.engine"}
    assert kept <= forbidden


def started(*arguments: str, **environ: str) -> tuple[str, set[str]]:
    """What the program wrote to stdout, and the modules that were loaded when it ended."""
    run = subprocess.run(
        [sys.executable, "-c", START, *arguments],
        env=os.environ | environ,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    code, modules = json.loads(run.stderr.splitlines()[-1])
    assert code == 0
    return run.stdout, set(modules)


def test_the_list_of_commands_loads_no_command(tmp_path: Path) -> None:
    shown, modules = started("--help", XDG_CONFIG_HOME=str(tmp_path))
    assert "week" in shown
    ours = {
        name.removeprefix("monitor_cli.") for name in modules if name.startswith("monitor_cli.")
    }
    assert ours == LIGHT
    assert modules.isdisjoint((*HEAVY, *NOT_FOR_A_LIST))


def test_a_week_of_csv_for_a_pipe_loads_nothing_but_polars() -> None:
    shown, modules = started("week", "--data", "sample", "--quiet")
    assert "2026" in shown
    assert modules.intersection((*HEAVY, "tomllib")) == {"polars"}


READERS = {
    "dataset.manifest",
    "dataset.reading",
    "dump.api",
    "dump.archive",
    "dump.delta",
    "dump.findings",
    "dump.ods",
    "dump.parquet",
    "dump.remote",
    "dump.workbooks",
    "dump.xls",
    "dump.xlsx",
    "verdict",
}
"""What only other formats, datasets and `validate` need."""


def test_a_week_of_csv_loads_no_reader_of_anything_else() -> None:
    _, modules = started("week", "--data", "sample", "--quiet")
    assert "monitor_cli.dump.delimited" in modules
    assert modules.isdisjoint(f"monitor_cli.{name}" for name in READERS)
    assert modules.isdisjoint(("openpyxl", "xlrd"))


@pytest.mark.parametrize("name", sorted(READERS))
def test_the_readers_named_here_are_there(name: str) -> None:
    assert importlib.util.find_spec(f"monitor_cli.{name}") is not None


@pytest.mark.parametrize("arguments", [["week", "--help"], ["--version"]], ids=" ".join)
def test_the_program_starts_without_what_is_heavy(arguments: list[str]) -> None:
    shown, modules = started(*arguments)
    assert shown.strip()
    assert modules.isdisjoint(HEAVY)


def test_completion_starts_without_what_is_heavy() -> None:
    shown, modules = started(
        _MONITOR_COMPLETE="complete_bash", COMP_WORDS="monitor week --level ", COMP_CWORD="3"
    )
    assert "school" in shown.split()
    assert modules.isdisjoint(HEAVY)
