"""`monitor people`: persons, users, visits, staff on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from monitor_cli import cli
from monitor_cli.errors import ExitCode
from tests.documents import parsed

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("elsewhere")

Captured = pytest.CaptureFixture[str]


def document(capfd: Captured, *words: str) -> Any:
    assert cli.main(["people", "--data", "sample", "--json", *words]) == ExitCode.DONE
    return parsed(capfd.readouterr().out)


def test_the_sample_at_every_level(capfd: Captured) -> None:
    for level, places in (("school", 6), ("municipality", 2), ("region", 1)):
        rows = document(capfd, "--level", level)["people"]
        teachers = [row for row in rows if row["role"] == "teacher"]
        assert len(teachers) == places
        assert sum(row["persons"] for row in teachers) == 57


def test_users_are_the_activated_of_the_week(capfd: Captured) -> None:
    """What `monitor week` counts as activated teachers, students and parents."""
    rows = document(capfd, "--level", "region")["people"]
    asked = ["week", "--data", "sample", "--json", "--level", "region", "--block", "users"]
    assert cli.main(asked) == ExitCode.DONE
    [week] = parsed(capfd.readouterr().out)["rows"]
    for row in rows:
        measure = week["indicators"].get(f"{row['role']}_activation")
        if measure is not None:
            assert (row["users"], row["persons"]) == (measure["numerator"], measure["denominator"])


def test_names_are_told_where_asked_for(capfd: Captured) -> None:
    assert "visits" not in document(capfd)
    listed = document(capfd, "--visits", "never", "--role", "student")["visits"]
    assert len(listed) == 76
    assert all(row["last"] is None and row["role"] == "student" for row in listed)


def test_it_is_a_workbook(tmp_path: Path) -> None:
    target = tmp_path / "people.xlsx"
    assert cli.main(["people", "--data", "sample", "-o", str(target)]) == ExitCode.DONE
    assert target.stat().st_size


@pytest.mark.parametrize(
    "words", [["--role", "head"], ["--visits", "some"], ["--level", "teacher"]]
)
def test_what_cannot_be_is_refused(words: list[str], capfd: Captured) -> None:
    assert cli.main(["people", "--data", "sample", *words]) == ExitCode.USAGE
    assert words[0] in capfd.readouterr().err
