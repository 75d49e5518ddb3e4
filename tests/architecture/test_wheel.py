"""What an officer installs: the wheel, in an empty environment, without a home or a locale."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
import zipfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "src" / "monitor_cli" / "sample_data"

pytestmark = pytest.mark.real


def _pip(python: str | Path, *arguments: str | Path) -> None:
    run = subprocess.run(
        [python, "-m", "pip", "--disable-pip-version-check", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    _pip(sys.executable, "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ROOT)
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def monitor(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("empty") / "venv"
    venv.create(folder, with_pip=True)
    scripts = folder / ("Scripts" if sys.platform == "win32" else "bin")
    _pip(scripts / "python", "install", "--quiet", wheel)
    return scripts / "monitor"


def test_the_wheel_carries_the_sample_and_no_test(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    shipped = {
        f"monitor_cli/sample_data/{path.relative_to(SAMPLE).as_posix()}"
        for path in SAMPLE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert shipped
    assert shipped <= names
    assert not [name for name in names if name.startswith(("tests/", "tools/", "bench/"))]


def test_the_wheel_makes_a_page_with_its_templates(monitor: Path, tmp_path: Path) -> None:
    run = subprocess.run(
        [monitor, "week", "--format", "html", "--data", "sample", "-q"],
        cwd=tmp_path,
        env={"LANG": "C", "PATH": str(monitor.parent)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr.decode()
    assert run.stdout.startswith(b"<!DOCTYPE html>")
    assert b"aria-sort" in run.stdout


def test_it_counts_the_sample_with_nothing_but_its_dependencies(
    monitor: Path, tmp_path: Path
) -> None:
    run = subprocess.run(
        [monitor, "week", "--format", "json"],
        cwd=tmp_path,
        env={"LANG": "C", "PATH": str(monitor.parent)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr.decode()
    document: dict[str, Any] = json.loads(run.stdout)
    assert document["schema"] == "monitor.week/1"
    assert document["sample"] is True
    assert len(document["indicators"]) == 13
    assert document["rows"]
