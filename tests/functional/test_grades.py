"""`monitor grades`: attainment on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from monitor_cli import cli
from monitor_cli.errors import ExitCode
from monitor_cli.levels import Level
from tests.documents import parsed

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("elsewhere")

Captured = pytest.CaptureFixture[str]


def document(capfd: Captured, *words: str) -> Any:
    assert cli.main(["grades", "--data", "sample", "--json", *words]) == ExitCode.DONE
    return parsed(capfd.readouterr().out)


@pytest.mark.parametrize(
    ("level", "by"), [(level, ("final", "current")[at % 2]) for at, level in enumerate(Level)]
)
def test_every_level_has_the_same_totals(level: str, by: str, capfd: Captured) -> None:
    found = document(capfd, "--by", by, "--level", level)
    assert found["basis"] == by
    assert found["level"] == level
    totals = found["grades_totals"]
    students, marks = {"final": (310, 3538), "current": (342, 2345)}[by]
    assert (totals["students"], totals["marks"]) == (students, marks)
    assert found["journal_totals"]["lessons"] == 1523
    if by == "final" or level not in ("class", "parallel", "teacher"):
        assert sum(row["marks"] for row in found["grades"]) == marks


def test_the_period_is_the_school_year_up_to_the_last_week(capfd: Captured) -> None:
    assert document(capfd)["period"] == {"start": "2026-09-01", "end": "2026-11-22"}
    week = document(capfd, "--date", "2026-W46")
    assert week["period"] == {"start": "2026-11-09", "end": "2026-11-15"}
    days = document(capfd, "--from", "16.11.2026", "--to", "2026-11-17")
    assert days["period"] == {"start": "2026-11-16", "end": "2026-11-17"}
    assert 0 < days["journal_totals"]["lessons"] < week["journal_totals"]["lessons"]


@pytest.mark.parametrize("name", ["xlsx", "html"])
def test_it_is_a_file(name: str, tmp_path: Path) -> None:
    target = tmp_path / f"report.{name}"
    asked = ["grades", "--data", "sample", "--format", name, "-o", str(target)]
    assert cli.main(asked) == ExitCode.DONE
    assert target.stat().st_size


@pytest.mark.parametrize(
    "words",
    [
        ["--by", "last"],
        ["--period", "9 четверть"],
        ["--from", "2026-11-20", "--to", "2026-11-10"],
        ["--date", "last", "--to", "2026-11-10"],
        ["--subject", "Магия"],
    ],
)
def test_what_cannot_be_is_refused(words: list[str], capfd: Captured) -> None:
    assert cli.main(["grades", "--data", "sample", *words]) == ExitCode.USAGE
    out, err = capfd.readouterr()
    assert not out
    assert words[0] in err


def test_people_are_not_shown_what_nobody_wrote(capfd: Captured) -> None:
    assert cli.main(["grades", "--data", "sample", "-q", "--limit", "2"]) == ExitCode.DONE
    out = capfd.readouterr().out
    assert "незач" not in out
    assert "показано 2 из 6" in out
