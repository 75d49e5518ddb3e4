"""Imports point down only, and the program starts without what is heavy."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("openpyxl", "polars", "pyarrow", "rich")
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
    assert {"typer", "rich", "openpyxl", "polars", "monitor_cli.engine"} <= forbidden


@pytest.mark.parametrize("arguments", [["--help"], ["week", "--help"], ["--version"]], ids=" ".join)
def test_the_program_starts_without_what_is_heavy(arguments: list[str]) -> None:
    run = subprocess.run(
        [sys.executable, "-c", START, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    code, modules = json.loads(run.stderr.splitlines()[-1])
    assert code == 0
    assert run.stdout.strip()
    assert [name for name in HEAVY if name in modules] == []


def test_completion_starts_without_what_is_heavy() -> None:
    bash = {
        "_MONITOR_COMPLETE": "complete_bash",
        "COMP_WORDS": "monitor week --level ",
        "COMP_CWORD": "3",
    }
    run = subprocess.run(
        [sys.executable, "-c", START],
        env=os.environ | bash,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    code, modules = json.loads(run.stderr.splitlines()[-1])
    assert code == 0
    assert "school" in run.stdout.split()
    assert [name for name in HEAVY if name in modules] == []
