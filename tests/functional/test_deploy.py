"""The ready units: the program takes what they start, started as they start it."""

from __future__ import annotations

import configparser
import os
import re
import shlex
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from monitor_cli import clock
from monitor_cli.commands.reading import SAMPLE_FOLDER
from monitor_cli.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Sequence

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
_TASK = {"task": "http://schemas.microsoft.com/windows/2004/02/mit/task"}
FAR_EAST = "Asia/Kamchatka"


def _of_cron() -> list[str]:
    (line,) = (
        line
        for line in (DEPLOY / "cron" / "monitor").read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    )
    *when, _user, command = line.split(maxsplit=6)
    assert " ".join(when) == "30 7 * * 1"
    return shlex.split(re.sub(r" 2>>\S+$", "", command.partition("&& ")[2]))


def _of_systemd() -> list[str]:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(DEPLOY / "systemd" / "monitor-report.service", encoding="utf-8")
    assert unit["Service"]["Type"] == "oneshot"
    return shlex.split(unit["Service"]["ExecStart"])


def _of_windows() -> list[str]:
    # The file is our own.
    task = ET.parse(DEPLOY / "windows" / "monitor-report.xml").getroot()  # noqa: S314
    command, arguments = (
        task.findtext(f"task:Actions/task:Exec/task:{name}", None, _TASK) or ""
        for name in ("Command", "Arguments")
    )
    assert task.find(".//task:DaysOfWeek/task:Monday", _TASK) is not None
    return [command, *shlex.split(arguments)]


@pytest.mark.parametrize(
    "command", [_of_cron(), _of_systemd(), _of_windows()], ids=["cron", "systemd", "windows"]
)
def test_a_unit_starts_with_nothing_but_its_folder(command: Sequence[str], tmp_path: Path) -> None:
    """No HOME, no terminal, no language, the clock in UTC; settings and dump lie in the folder."""
    assert Path(command[0].replace("\\", "/")).stem == "monitor"
    shutil.copytree(SAMPLE_FOLDER, tmp_path / "dump")
    settings = f'data = "dump"\ntimezone = "{FAR_EAST}"\n'
    (tmp_path / "monitor.toml").write_text(settings, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "monitor_cli", *command[1:]],
        cwd=tmp_path,
        env={"TZ": "UTC", "SYSTEMROOT": os.environ.get("SYSTEMROOT", "")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert done.returncode in (ExitCode.DONE, ExitCode.MISS), done.stderr.decode("utf-8")
    assert done.stdout == b""
    week = clock.parse_week("last", datetime.now(UTC), clock.zone(FAR_EAST)).iso
    made = sorted(path.name for path in (tmp_path / "reports" / week).iterdir())
    assert "manifest.json" in made
    assert "Тихоборский район.xlsx" in made


@pytest.mark.real
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    assert analyze is not None, "systemd-analyze is missing: apt-get install systemd"
    for name in ("monitor-report.service", "monitor-report.timer"):
        text = (DEPLOY / "systemd" / name).read_text("utf-8")
        # What it starts is not installed where the units are looked at.
        (tmp_path / name).write_text(text.replace("/opt/monitor/bin/monitor", "/bin/true"), "utf-8")
    done = subprocess.run(
        [analyze, "verify", "--man=no", *map(str, sorted(tmp_path.iterdir()))],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "monitor-report" in done.stderr) == (0, False), done.stderr
