"""`monitor report` through the command line: what lies where, exit codes, what is said."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from monitor_cli import cli
from monitor_cli.dataset.disk import Disk
from monitor_cli.errors import ExitCode
from monitor_cli.language import Language
from monitor_cli.render.municipal import NO_FORMS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor_cli.render.formats import Look
    from monitor_cli.render.municipal import Forms
    from monitor_cli.report import Part

Captured = pytest.CaptureFixture[str]
WEEK = "2026-W47"
CITY, DISTRICT = "Светлореченский городской округ", "Тихоборский район"
MAKER = "monitor_cli.commands.delivering.municipal_files"
KINDS = (".html", ".letter.md", ".xlsx")


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _small(part: Part, stem: str, look: Look, forms: Forms) -> Iterator[tuple[str, bytes]]:
    """Files of a part that take no time."""
    assert (look.language, forms) == (Language.RU, NO_FORMS)
    for kind in KINDS:
        yield f"{stem}{kind}", f"{part.name}{kind}".encode()


@pytest.fixture
def _small_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MAKER, _small)


def reported(capfd: Captured, *arguments: str) -> tuple[int, str]:
    code = cli.main(["report", "--data", "sample", "-o", "reports", "--jobs", "1", *arguments])
    printed = capfd.readouterr()
    assert printed.out == ""
    return code, printed.err


def manifest(tmp_path: Path, folder: str = WEEK) -> Any:
    return json.loads((tmp_path / "reports" / folder / "manifest.json").read_bytes())


def hashes(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


@pytest.mark.usefixtures("_small_files")
def test_a_week_is_a_folder_that_its_manifest_describes(tmp_path: Path, capfd: Captured) -> None:
    code, err = reported(capfd)
    assert code == ExitCode.DONE
    assert err.splitlines()[:2] == [f"готово: {CITY}", f"готово: {DISTRICT}"]
    found = hashes(tmp_path / "reports" / WEEK)
    told = manifest(tmp_path)
    assert {one["name"]: one["sha256"] for one in told["files"]} == {
        name: one for name, one in found.items() if name != "manifest.json"
    }
    assert set(found) == {
        "index.html",
        "manifest.json",
        "week.parquet",
        *(f"{name}{kind}" for name in (CITY, DISTRICT) for kind in KINDS),
    }
    assert (told["schema"], told["complete"], told["sample"]) == ("monitor.report/1", True, True)
    assert told["counts"]["schools"] == 6
    assert {one["path"].rpartition("/")[2] for one in told["input"]} >= {"marks.csv", "lessons.csv"}
    assert sorted(path.name for path in (tmp_path / "reports").iterdir()) == [
        ".monitor-report.lock",
        WEEK,
    ]


def test_the_numbers_are_those_of_the_week(tmp_path: Path, capfd: Captured) -> None:
    reported(capfd, "-q")
    assert cli.main(["week", "--data", "sample", "-q", "-o", "week.parquet"]) == ExitCode.DONE
    assert (tmp_path / "week.parquet").read_bytes() == (
        tmp_path / "reports" / WEEK / "week.parquet"
    ).read_bytes()
    book = openpyxl.load_workbook(tmp_path / "reports" / WEEK / f"{DISTRICT}.xlsx")
    assert (
        cli.main(["week", "--data", "sample", "-q", "--municipality", DISTRICT, "-o", "alone.xlsx"])
        == ExitCode.DONE
    )
    alone = openpyxl.load_workbook(tmp_path / "alone.xlsx")
    places = [[cell.value for cell in row] for row in alone["Школы"].iter_rows()]
    assert [[cell.value for cell in row] for row in book["Школы"].iter_rows()] == places


def test_the_same_again_and_by_several_processes_changes_no_byte(
    tmp_path: Path, capfd: Captured
) -> None:
    only = ["--per", "school", "--only", "МБОУ «СОШ № 5»", "--only", "1000001568225"]
    only += ["--only", "МБОУ «СОШ № 2»"]
    reported(capfd, *only)
    folder = f"{WEEK}-schools"
    before = hashes(tmp_path / "reports" / folder)
    code, err = reported(capfd, *only, "--jobs", "2")
    assert (code, "изменилось 0" in err) == (ExitCode.DONE, True)
    assert hashes(tmp_path / "reports" / folder) == before
    assert len(before) == 3 + 3 * len(KINDS)


@pytest.mark.usefixtures("_small_files")
def test_only_some_are_written_and_the_others_stay_listed(tmp_path: Path, capfd: Captured) -> None:
    reported(capfd)
    whole = hashes(tmp_path / "reports" / WEEK)
    (tmp_path / "reports" / WEEK / f"{DISTRICT}.xlsx").write_bytes(b"harmed")
    code, err = reported(capfd, "--only", DISTRICT.upper())
    assert (code, err.splitlines()[0]) == (ExitCode.DONE, f"готово: {DISTRICT}")
    assert hashes(tmp_path / "reports" / WEEK) == whole
    assert len(manifest(tmp_path)["files"]) == len(whole) - 1


def test_a_report_that_fails_stops_no_other(
    tmp_path: Path, capfd: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(part: Part, stem: str, look: Look, forms: Forms) -> Iterator[tuple[str, bytes]]:
        if stem == CITY:
            name = "Иванова Мария"
            raise RuntimeError(name)
        return _small(part, stem, look, forms)

    monkeypatch.setattr(MAKER, failing)
    code, err = reported(capfd)
    assert code == ExitCode.PARTIAL
    assert f"{CITY}: отчёт не сделан: RuntimeError, delivering.py:" in err
    assert "Иванова" not in err
    told = manifest(tmp_path)
    assert told["complete"] is False
    assert [one["municipality"] for one in told["failed"]] == [CITY]
    names = {one["name"] for one in told["files"]}
    assert {f"{DISTRICT}{kind}" for kind in KINDS} <= names
    assert not any(name.startswith(CITY) for name in names)


@pytest.mark.usefixtures("_small_files")
def test_a_report_that_fails_later_keeps_the_one_that_was_there(
    tmp_path: Path, capfd: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported(capfd)
    before = hashes(tmp_path / "reports" / WEEK)
    del before["manifest.json"]
    monkeypatch.setattr(MAKER, None)
    assert reported(capfd)[0] == ExitCode.PARTIAL
    assert {one["name"]: one["sha256"] for one in manifest(tmp_path)["files"]} == before


@pytest.mark.usefixtures("_small_files")
def test_a_disk_that_is_full_is_exit_4_and_harms_nothing(
    tmp_path: Path, capfd: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported(capfd, "--only", DISTRICT)
    before = hashes(tmp_path / "reports" / WEEK)

    def full(_disk: Disk, path: Path, _data: bytes) -> None:
        raise OSError(28, os.strerror(28), str(path))

    monkeypatch.setattr(Disk, "write", full)
    code, err = reported(capfd)
    assert code == ExitCode.OUTPUT
    assert "отчёты не записаны" in err
    assert str(Path("reports") / WEEK / f"{CITY}.html") in err
    assert hashes(tmp_path / "reports" / WEEK) == before
    assert not list((tmp_path / "reports").glob(".monitor-unfinished*"))


@pytest.mark.usefixtures("_small_files")
def test_what_a_dead_run_left_is_gone_after_the_next(tmp_path: Path, capfd: Captured) -> None:
    left = tmp_path / "reports" / ".monitor-unfinished-2026-W46"
    left.mkdir(parents=True)
    (left / "half.xlsx").write_bytes(b"PK")
    assert reported(capfd, "-q")[0] == ExitCode.DONE
    assert not left.exists()


@pytest.mark.usefixtures("_small_files")
def test_the_alarm_and_the_log_for_a_collector(capfd: Captured) -> None:
    code, err = reported(capfd, "--check", "--log-format", "json")
    assert code == ExitCode.MISS
    told = [json.loads(line) for line in err.splitlines()]
    assert {one["level"] for one in told} == {"info", "warning"}
    assert [one["event"] for one in told][:3] == ["made", "made", "written"]
    code, err = reported(capfd, "--log-format", "json", "--only", "Нигде")
    assert (code, json.loads(err)["level"]) == (ExitCode.USAGE, "error")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--only", "Нигде"), f"--only: нет места «Нигде»\nесть: {CITY}, {DISTRICT}"),
        (("--per", "class"), "--per: нет значения «class»"),
        (("--jobs", "два"), "--jobs «два»: это не число"),
        (("--log-format", "xml"), "--log-format: нет значения «xml»"),
        (("--template", "нет.md"), "--template «нет.md»: не прочитан"),
    ],
)
def test_wrong_usage_is_exit_2_and_writes_nothing(
    words: tuple[str, ...], said: str, tmp_path: Path, capfd: Captured
) -> None:
    code, err = reported(capfd, *words)
    assert (code, said in err) == (ExitCode.USAGE, True), err
    assert not (tmp_path / "reports").exists()


def test_an_unattended_run_reports_on_no_invented_schools(capfd: Captured) -> None:
    assert cli.main(["report", "-o", "reports"]) == ExitCode.USAGE
    assert "не названа выгрузка" in capfd.readouterr().err
    assert cli.main(["report", "--data", "sample"]) == ExitCode.USAGE
    assert "не названа папка" in capfd.readouterr().err


def test_it_runs_with_an_empty_environment_and_no_terminal(tmp_path: Path) -> None:
    """As cron starts it: no HOME, no LANG, the machine's clock in UTC."""
    done = subprocess.run(
        [sys.executable, "-m", "monitor_cli", "report", "--data", "sample", "-o", "reports"],
        cwd=tmp_path,
        env={"TZ": "UTC", "SYSTEMROOT": os.environ.get("SYSTEMROOT", "")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stdout) == (ExitCode.DONE, b"")
    assert f"готово: {CITY}" in done.stderr.decode("utf-8")
    assert (tmp_path / "reports" / WEEK / f"{CITY}.xlsx").exists()
