"""The config seen from the command line: what holds, and who is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from monitor_cli import cli
from monitor_cli.commands.reading import SAMPLE_FOLDER
from monitor_cli.errors import ExitCode
from tests.documents import parsed

if TYPE_CHECKING:
    from pathlib import Path

Captured = pytest.CaptureFixture[str]


pytestmark = pytest.mark.usefixtures("elsewhere")


def week(capfd: Captured, *arguments: str) -> Any:
    assert cli.main(["week", "--json", "-q", *arguments]) == ExitCode.DONE
    return parsed(capfd.readouterr().out)


def shown(document: Any, key: str) -> Any:
    return next(one for one in document["indicators"] if one["key"] == key)


def test_a_threshold_of_the_file_is_no_placeholder(capfd: Captured, tmp_path: Path) -> None:
    (tmp_path / "monitor.toml").write_text("[thresholds]\ntimely_marks = 62.5\n", "utf-8")
    marks = shown(week(capfd), "timely_marks")
    assert (marks["threshold"], marks["placeholder"]) == (62.5, False)
    typed = shown(week(capfd, "--set", "thresholds.timely_marks=70"), "timely_marks")
    assert typed["threshold"] == 70.0


def test_the_dump_typed_beats_that_of_the_environment_beats_that_of_the_file(
    capfd: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "monitor.toml").write_text('data = "nowhere"\n', "utf-8")
    assert cli.main(["week"]) == ExitCode.DUMP
    assert str(tmp_path / "nowhere") in capfd.readouterr().err
    monkeypatch.setenv("MONITOR_DATA", str(SAMPLE_FOLDER))
    assert week(capfd, "--date", "2026-W47")["sample"] is False
    assert week(capfd, "--data", "sample")["sample"] is True


def test_language_of_the_file_is_that_of_everything(capfd: Captured, tmp_path: Path) -> None:
    (tmp_path / "monitor.toml").write_text('language = "en"\n', "utf-8")
    assert cli.main(["week"]) == ExitCode.DONE
    said = capfd.readouterr()
    assert said.out.startswith("SAMPLE: the data are invented\nWeek of 16–22 November 2026")
    assert "no dump is named" in said.err


@pytest.mark.parametrize("content", ["lang = 'en'\n", "language = 'fr'\n", "language ="])
def test_a_wrong_file_is_exit_2_and_named(content: str, capfd: Captured, tmp_path: Path) -> None:
    path = tmp_path / "monitor.toml"
    path.write_text(content, "utf-8")
    assert cli.main(["week"]) == ExitCode.USAGE
    said = capfd.readouterr()
    assert str(path) in said.err
    assert said.out == ""
    assert cli.main(["--help"]) == ExitCode.DONE


def test_an_unknown_key_names_the_nearest(capfd: Captured, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text("[bands]\nredbelow = 3\n", "utf-8")
    assert cli.main(["week", "--config", "own.toml"]) == ExitCode.USAGE
    assert "bands.red_below" in capfd.readouterr().err


def test_own_headers_of_the_file_are_read(capfd: Captured, tmp_path: Path) -> None:
    dump = tmp_path / "dump"
    dump.mkdir()
    for path in SAMPLE_FOLDER.glob("*.csv"):
        (dump / path.name).write_bytes(path.read_bytes())
    lessons = dump / "lessons.csv"
    header, _, rest = lessons.read_text("utf-8-sig").partition("\n")
    renamed = header.replace("Тема урока", "Про что").replace("Тема", "Про что")
    assert renamed != header
    lessons.write_text(f"{renamed}\n{rest}", "utf-8")
    arguments = ("--data", str(dump), "--date", "2026-W47", "--indicator", "lesson_planning")
    without = week(capfd, *arguments)["totals"]["lesson_planning"]
    own = week(capfd, *arguments, "--set", 'columns.lessons."Про что"=topic')
    assert own["totals"]["lesson_planning"]["numerator"] > without["numerator"]
