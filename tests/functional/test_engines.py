"""`--memory` counts a dataset by partitions; `--engine` and `--scheduler` are read with care."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import polars as pl
import pytest

from monitor_cli import cli
from monitor_cli.commands import engines
from monitor_cli.commands.reading import SAMPLE_FOLDER
from monitor_cli.dataset import building, gathering
from monitor_cli.engine import crew
from monitor_cli.engine.evidence import gathered
from monitor_cli.errors import ExitCode
from monitor_cli.settings import INDICATOR_KEYS
from tests.documents import parsed
from tests.imports import imported_into

if TYPE_CHECKING:
    from pathlib import Path

    Captured = pytest.CaptureFixture[str]

pytestmark = pytest.mark.usefixtures("elsewhere")

OF_WEEK = ("--date", "2026-W47")
WEEK = ("week", *OF_WEEK)


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
    monkeypatch.setattr(crew, "LEAST_ROWS", 1)
    monkeypatch.setattr(crew, "ROW_BYTES", 100_000)


@pytest.mark.usefixtures("_little_at_once")
@pytest.mark.parametrize("format_", ["json", "ndjson", "csv", "md", "html", "xlsx", "parquet"])
def test_every_format_has_the_same_bytes(imported: Path, tmp_path: Path, format_: str) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    words = [*WEEK, "--data", str(imported), "--format", format_]
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
    imported: Path, capfd: Captured, words: tuple[str, ...]
) -> None:
    command = [*WEEK, "--data", str(imported), "--json", *words]
    code = cli.main(command)
    whole = capfd.readouterr()
    assert cli.main([*command, "--memory", "600MB"]) == code
    assert capfd.readouterr() == whole


REPORTS = (
    ("show", "timely_marks"),
    ("trend", "timely_marks", "parent_engagement", "--weeks", "2"),
    ("compare", "--by", "class"),
)


@pytest.mark.usefixtures("_little_at_once")
@pytest.mark.parametrize("format_", ["json", "ndjson", "csv", "md", "html", "xlsx", "parquet"])
@pytest.mark.parametrize("command", REPORTS[:2])
def test_reports_have_the_same_bytes_in_every_format(
    imported: Path, tmp_path: Path, command: tuple[str, ...], format_: str
) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    words = [*command, *OF_WEEK, "--data", str(imported), "--format", format_]
    assert cli.main([*words, "-o", str(one)]) == ExitCode.DONE
    assert cli.main([*words, "-o", str(other), "--memory", "600MB"]) == ExitCode.DONE
    assert one.read_bytes() == other.read_bytes()


@pytest.mark.usefixtures("_little_at_once")
@pytest.mark.parametrize(
    "command",
    [
        *(("show", key) for key in INDICATOR_KEYS),
        ("show", "timely_marks", "--by", "hour"),
        ("show", "timely_marks", "--by", "day", "--limit", "3"),
        ("show", "timely_homework", "--set", "timely_homework.homework_link=given"),
        ("show", "timely_homework", "--as-of", "2026-11-19T12:00", "--still-open"),
        ("show", "journal_keeping", "--teacher", "1600397764446"),
        ("show", "parent_activation", "--class", "7А"),
        ("trend", "school_activity", "--level", "municipality", "--weeks", "3"),
        ("trend", "lesson_planning", "--level", "teacher", "--weeks", "2"),
        ("trend", "timely_marks", "--weeks", "2", "--as-imported", "weekly"),
        ("compare", "--by", "class"),
        ("compare", "--by", "municipality", "--by", "school"),
        ("compare", "--school", "1000001567119", "--indicator", "timely_marks", "--limit", "2"),
        ("school", "СОШ № 2"),
        ("school", "1000001567119", "--as-of", "2026-11-19T12:00"),
    ],
)
def test_partitions_tell_of_rows_what_the_whole_tells(
    imported: Path, capfd: Captured, command: tuple[str, ...]
) -> None:
    words = [*command, *OF_WEEK, "--data", str(imported), "--json"]
    assert cli.main(words) == ExitCode.DONE
    whole = capfd.readouterr()
    assert cli.main([*words, "--memory", "600MB"]) == ExitCode.DONE
    assert capfd.readouterr() == whole


@pytest.mark.usefixtures("_little_at_once")
@pytest.mark.parametrize(
    "words",
    [
        ("school", "СОШ"),
        ("show", "timely_marks", "--teacher", "Никто"),
        ("trend", "parent_engagement", "--level", "subject"),
        ("compare", "--as-imported", "2020-01-01"),
    ],
)
def test_partitions_refuse_what_the_whole_refuses(
    imported: Path, capfd: Captured, words: tuple[str, ...]
) -> None:
    command = [*words, *OF_WEEK, "--data", str(imported)]
    assert cli.main(command) == ExitCode.USAGE
    whole = capfd.readouterr()
    assert cli.main([*command, "--memory", "600MB"]) == ExitCode.USAGE
    assert capfd.readouterr() == whole


@pytest.mark.usefixtures("_little_at_once")
@pytest.mark.parametrize("command", REPORTS)
def test_a_report_names_the_schools_that_could_not_be_counted(
    dataset: Path, capfd: Captured, command: tuple[str, ...]
) -> None:
    words = [*command, *OF_WEEK, "--data", str(dataset), "--json", "--memory", "600MB"]
    assert cli.main(words) == ExitCode.DONE
    whole = parsed(capfd.readouterr().out)
    marks = sorted(dataset.glob("snapshots/000001/marks/week=2026-11-16/*.parquet"))
    marks[-1].write_bytes(b"PAR1" + b"\0" * 100)

    assert cli.main(words) == ExitCode.PARTIAL
    out, err = capfd.readouterr()
    told = parsed(out)
    assert told["complete"] is False
    main = "parts" if command[0] == "compare" else "rows"
    schools = {row["school_id"] for row in told[main]}
    assert schools
    assert schools < {row["school_id"] for row in whole[main]}
    assert "не посчитано" in err
    assert marks[-1].name in err


@pytest.mark.parametrize(
    "command", [("week",), ("show", "timely_marks"), ("trend", "timely_marks")]
)
def test_of_a_named_school_only_its_rows_are_read(
    dataset: Path, capfd: Captured, command: tuple[str, ...]
) -> None:
    words = [*command, *OF_WEEK, "--data", str(dataset), "--school", "1000001567119", "--json"]
    assert cli.main(words) == ExitCode.DONE
    before = capfd.readouterr()
    files = dataset.glob("snapshots/000001/marks/week=2026-11-16/*.parquet")
    others = [file for file in files if (pl.read_parquet(file)["school_id"] != 1000001567119).all()]
    assert others
    for file in others:
        file.write_bytes(b"PAR1" + b"\0" * 100)
    assert cli.main(words) == ExitCode.DONE
    assert capfd.readouterr() == before


@pytest.fixture
def _many_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "MANY_ROWS", 0)
    monkeypatch.setattr(crew, "cores", lambda: 3)


@pytest.mark.parametrize("command", [("week", "--level", "class"), *REPORTS])
def test_a_large_dataset_is_counted_by_partitions_side_by_side(
    imported: Path,
    capfd: Captured,
    request: pytest.FixtureRequest,
    command: tuple[str, ...],
) -> None:
    words = [*command, *OF_WEEK, "--data", str(imported), "--json"]
    assert cli.main(words) == ExitCode.DONE
    whole = capfd.readouterr()
    request.getfixturevalue("_many_rows")
    assert cli.main(words) == ExitCode.DONE
    assert capfd.readouterr() == whole
    assert cli.main([*words, "--memory", "2GB"]) == ExitCode.DONE
    assert capfd.readouterr() == whole


@pytest.mark.parametrize("command", [("week",), *REPORTS])
def test_what_cannot_be_read_is_refused_however_large_the_dataset(
    dataset: Path,
    capfd: Captured,
    request: pytest.FixtureRequest,
    command: tuple[str, ...],
) -> None:
    marks = sorted(dataset.glob("snapshots/000001/marks/week=2026-11-16/*.parquet"))
    marks[-1].write_bytes(b"PAR1" + b"\0" * 100)
    words = [*command, *OF_WEEK, "--data", str(dataset), "--json"]
    assert cli.main(words) == ExitCode.DUMP
    whole = capfd.readouterr()
    request.getfixturevalue("_many_rows")
    assert cli.main(words) == ExitCode.DUMP
    assert capfd.readouterr() == whole


def test_rows_that_do_not_fit_are_refused_with_how_many_would(
    imported: Path, monkeypatch: pytest.MonkeyPatch, capfd: Captured
) -> None:
    monkeypatch.setattr(gathered, "TOLD_BYTES", 10_000_000)
    words = ["show", "timely_marks", *OF_WEEK, "--data", str(imported), "--memory", "600MB"]
    assert cli.main(words) == ExitCode.USAGE
    out, err = capfd.readouterr()
    assert not out
    assert "--limit" in err
    assert cli.main([*words, "--limit", "3"]) == ExitCode.DONE


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
    imported: Path, capfd: Captured
) -> None:
    assert cli.main([*WEEK, "--data", str(imported), "--memory", "50MB"]) == ExitCode.USAGE
    assert "нужно не меньше" in capfd.readouterr().err


def test_without_dask_it_is_said_what_to_install(
    imported: Path, monkeypatch: pytest.MonkeyPatch, capfd: Captured
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert cli.main([*WEEK, "--data", str(imported), "--engine", "dask"]) == ExitCode.USAGE
    out, err = capfd.readouterr()
    assert not out
    assert "monitor-cli[cluster]" in err
