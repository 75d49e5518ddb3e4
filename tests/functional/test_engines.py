"""`--memory` counts a dataset by partitions; `--engine` and `--scheduler` are read with care."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from monitor_cli import cli
from monitor_cli.commands.reading import SAMPLE_FOLDER
from monitor_cli.dataset import building, gathering
from monitor_cli.engine import partitioned
from monitor_cli.errors import ExitCode
from tests.documents import parsed
from tests.imports import imported_into

if TYPE_CHECKING:
    from pathlib import Path

    Captured = pytest.CaptureFixture[str]

pytestmark = pytest.mark.usefixtures("elsewhere")

WEEK = ("week", "--date", "2026-W47")


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, imported into files so small that schools lie in several."""
    found = tmp_path_factory.mktemp("imported") / "dataset"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gathering, "BUFFERED", 0)
        patch.setattr(gathering, "SCHOOLS_A_BLOCK", 1)
        patch.setattr(building, "ROWS_A_FILE", 400)
        imported_into(found, SAMPLE_FOLDER)
    return found


@pytest.fixture
def dataset(imported: Path, tmp_path: Path) -> Path:
    """A copy of it, to do with as one likes."""
    return shutil.copytree(imported, tmp_path / "dataset")


@pytest.fixture
def _little_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(partitioned, "LEAST_ROWS", 1)
    monkeypatch.setattr(partitioned, "ROW_BYTES", 100_000)


@pytest.mark.usefixtures("_little_at_once")
@pytest.mark.parametrize("format_", ["json", "ndjson", "csv", "md", "html", "xlsx", "parquet"])
def test_every_format_has_the_same_bytes(dataset: Path, tmp_path: Path, format_: str) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    words = [*WEEK, "--data", str(dataset), "--format", format_]
    assert cli.main([*words, "-o", str(one)]) == ExitCode.DONE
    assert cli.main([*words, "-o", str(other), "--memory", "600MB"]) == ExitCode.DONE
    assert one.read_bytes() == other.read_bytes()


@pytest.mark.usefixtures("_little_at_once")
@pytest.mark.parametrize(
    "words",
    [
        ("--level", "teacher"),
        ("--level", "subject", "--subject", "Алгебра"),
        ("--set", "thresholds.timely_marks=95"),
        ("--set", "timely_marks.deadline=18:00"),
        ("--as-of", "2026-11-19T12:00"),
    ],
)
def test_partitions_say_what_the_whole_says(
    dataset: Path, capfd: Captured, words: tuple[str, ...]
) -> None:
    command = [*WEEK, "--data", str(dataset), "--json", *words]
    code = cli.main(command)
    whole = capfd.readouterr()
    assert cli.main([*command, "--memory", "600MB"]) == code
    assert capfd.readouterr() == whole


@pytest.mark.usefixtures("_little_at_once")
def test_a_partition_that_cannot_be_read_is_named_and_the_rest_told(
    dataset: Path, capfd: Captured
) -> None:
    assert cli.main([*WEEK, "--data", str(dataset), "--json"]) == ExitCode.DONE
    whole = parsed(capfd.readouterr().out)
    marks = sorted(dataset.glob("snapshots/000001/marks/week=2026-11-16/*.parquet"))
    marks[-1].write_bytes(b"PAR1" + b"\0" * 100)

    assert cli.main([*WEEK, "--data", str(dataset), "--json"]) == ExitCode.DUMP
    capfd.readouterr()

    code = cli.main([*WEEK, "--data", str(dataset), "--json", "--memory", "600MB"])
    out, err = capfd.readouterr()
    assert code == ExitCode.PARTIAL
    told = parsed(out)
    assert told["complete"] is False
    assert {row["school_id"] for row in told["rows"]} < {row["school_id"] for row in whole["rows"]}
    by_school = {row["school_id"]: row for row in whole["rows"]}
    assert told["rows"]
    assert all(row == by_school[row["school_id"]] for row in told["rows"])
    assert "не посчитано" in err
    assert marks[-1].name in err
    assert "Traceback" not in err


@pytest.mark.usefixtures("_little_at_once")
def test_nothing_is_told_where_no_partition_can_be_read(dataset: Path, capfd: Captured) -> None:
    for file in dataset.glob("snapshots/000001/classes.parquet"):
        file.write_bytes(b"PAR1" + b"\0" * 100)
    assert cli.main([*WEEK, "--data", str(dataset), "--memory", "600MB"]) == ExitCode.DUMP
    out, err = capfd.readouterr()
    assert not out
    assert "classes.parquet" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--memory", "2GB"), "только набор"),
        (("--memory", "много"), "это не объём памяти"),
        (("--engine", "spark"), "нет движка «spark»"),
        (("--scheduler", "tcp://127.0.0.1:1"), "--scheduler без --engine dask"),
        (
            ("--engine", "dask", "--scheduler", "tcp://127.0.0.1:1", "--memory", "2GB"),
            "--memory и --scheduler вместе",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused(
    capfd: Captured, words: tuple[str, ...], said: str
) -> None:
    assert cli.main([*WEEK, "--data", "sample", *words]) == ExitCode.USAGE
    out, err = capfd.readouterr()
    assert not out
    assert said in err


def test_too_little_memory_is_refused_with_how_much_is_needed(
    dataset: Path, capfd: Captured
) -> None:
    assert cli.main([*WEEK, "--data", str(dataset), "--memory", "50MB"]) == ExitCode.USAGE
    assert "нужно не меньше" in capfd.readouterr().err


def test_without_dask_it_is_said_what_to_install(
    dataset: Path, monkeypatch: pytest.MonkeyPatch, capfd: Captured
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert cli.main([*WEEK, "--data", str(dataset), "--engine", "dask"]) == ExitCode.USAGE
    out, err = capfd.readouterr()
    assert not out
    assert "monitor-cli[cluster]" in err
