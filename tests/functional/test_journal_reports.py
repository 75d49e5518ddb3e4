"""`monitor workload`, `monitor filling`, `monitor readiness`: options, formats, exit codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from monitor_cli import cli
from monitor_cli.errors import ExitCode
from monitor_cli.render.report_formats import REPORT_FORMATS
from tests.documents import parsed

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("elsewhere")

Captured = pytest.CaptureFixture[str]
REPORTS = ("workload", "filling", "readiness")


def test_the_workload_of_the_sample_is_that_of_its_week(capfd: Captured) -> None:
    """What is conducted is what `week` counts as kept."""
    assert cli.main(["workload", "--data", "sample", "--json"]) == ExitCode.DONE
    document = parsed(capfd.readouterr().out)
    assert document["sample"] is True
    assert document["period"] == {"start": "2026-11-16", "end": "2026-11-22"}
    assert (document["level"], document["hours_min"], document["hours_max"]) == ("teacher", 18, 36)
    assert cli.main(["week", "--data", "sample", "--json", "-q"]) == ExitCode.DONE
    kept = parsed(capfd.readouterr().out)["totals"]["journal_keeping"]
    totals = document["rows_totals"]
    assert (totals["conducted"], totals["lessons"]) == (kept["numerator"], kept["denominator"])
    assert totals["share"] == kept["value"]


def test_the_readiness_of_the_sample_is_what_the_week_shows(capfd: Captured) -> None:
    """Classes short of lessons and lessons without a plan are those that `show` lists."""
    assert cli.main(["readiness", "--data", "sample", "--json"]) == ExitCode.DONE
    document = parsed(capfd.readouterr().out)
    assert cli.main(["week", "--data", "sample", "--json", "-q"]) == ExitCode.DONE
    week = parsed(capfd.readouterr().out)["totals"]
    totals = document["rows_totals"]
    for key, of, lost in (
        ("timetable_filling", "classes", "short_classes"),
        ("lesson_planning", "lessons", "unplanned"),
    ):
        assert totals[of] == week[key]["denominator"]
        assert totals[lost] == week[key]["denominator"] - week[key]["numerator"]
    assert sum(row["unplanned"] for row in document["planning"]) == totals["unplanned"]
    assert len(document["classes"]) == totals["short_classes"]


def test_a_period_of_days_is_asked_for(capfd: Captured) -> None:
    words = ["--from", "12.11.2026", "--to", "2026-11-20", "--level", "school", "--json", "-q"]
    assert cli.main(["workload", "--data", "sample", *words]) == ExitCode.DONE
    document = parsed(capfd.readouterr().out)
    assert document["period"] == {"start": "2026-11-12", "end": "2026-11-20"}
    assert len(document["rows"]) == 6


def test_a_period_without_an_end_lasts_to_that_of_the_last_completed_week(capfd: Captured) -> None:
    words = ["--from", "2026-11-19", "--json", "-q"]
    assert cli.main(["filling", "--data", "sample", *words]) == ExitCode.DONE
    document = parsed(capfd.readouterr().out)
    assert document["period"] == {"start": "2026-11-19", "end": "2026-11-22"}


def test_the_first_of_september_is_a_week_of_its_own(capfd: Captured) -> None:
    asked = ["readiness", "--data", "sample", "--date", "2026-09-01", "--json"]
    assert cli.main(asked) == ExitCode.DONE
    out, err = capfd.readouterr()
    document = parsed(out)
    assert document["period"] == {"start": "2026-08-31", "end": "2026-09-06"}
    assert [one["code"] for one in document["warnings"]].count("not_covered") == 1
    assert "2026-11-16" in err


@pytest.mark.parametrize(
    ("report", "name"),
    [
        *(("workload", name) for name in sorted(REPORT_FORMATS)),
        *((report, name) for report in ("filling", "readiness") for name in ("parquet", "xlsx")),
    ],
)
def test_every_format_is_a_file(report: str, name: str, tmp_path: Path) -> None:
    target = tmp_path / f"report.{name}"
    asked = [report, "--data", "sample", "--format", name, "-o", str(target)]
    assert cli.main(asked) == ExitCode.DONE
    assert target.stat().st_size


@pytest.mark.parametrize(
    "words",
    [
        ["workload", "--date", "2026-11-16", "--from", "2026-11-16"],
        ["workload", "--to", "2026-11-16"],
        ["workload", "--from", "2026-11-17", "--to", "2026-11-16"],
        ["workload", "--from", "вчера"],
        ["workload", "--teacher", "Никто"],
        ["workload", "--subject", "Латынь"],
        ["workload", "--limit", "x"],
        ["filling", "--level", "class"],
        ["filling", "--school", "1"],
        ["readiness", "--level", "teacher"],
        ["readiness", "--date", "сентябрь"],
    ],
)
def test_what_cannot_be_is_refused(words: list[str], capfd: Captured) -> None:
    assert cli.main([*words, "--data", "sample"]) == ExitCode.USAGE
    out, err = capfd.readouterr()
    assert not out
    assert words[1] in err


def test_a_dataset_answers_as_the_dump_that_was_imported(tmp_path: Path, capfd: Captured) -> None:
    """Also where columns are left unread because the rows are checked."""
    dataset = tmp_path / "journal"
    assert cli.main(["import", "sample", "-o", str(dataset), "-q"]) == ExitCode.DONE
    capfd.readouterr()
    for report in REPORTS:
        answers = []
        for data in ("sample", str(dataset)):
            asked = [report, "--data", data, "--date", "2026-11-16", "--json"]
            assert cli.main(asked) == ExitCode.DONE
            document = parsed(capfd.readouterr().out)
            answers.append({name: part for name, part in document.items() if name != "warnings"})
        assert answers[0] == answers[1]


@pytest.mark.parametrize(
    ("report", "title"),
    [
        ("workload", "The workload of teachers, 2026-11-16 – 2026-11-22"),
        ("filling", "How complete the data are, 2026-11-16 – 2026-11-22"),
        ("readiness", "Readiness for the school year, the week of 2026-11-16"),
    ],
)
def test_they_speak_english(report: str, title: str, capfd: Captured) -> None:
    assert cli.main([report, "--data", "sample", "--lang", "en", "-q"]) == ExitCode.DONE
    out, _ = capfd.readouterr()
    assert title in out
    for word in ("Итого", "Учител", "Школ"):
        assert f"\n{word}" not in out
