"""`monitor registry`: the register of schools."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from monitor_cli import cli
from monitor_cli.errors import ExitCode
from tests.documents import parsed

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("elsewhere")

Captured = pytest.CaptureFixture[str]


def test_the_register_of_the_sample(capfd: Captured) -> None:
    assert cli.main(["registry", "--data", "sample", "--search", "сош", "--json"]) == ExitCode.DONE
    document = parsed(capfd.readouterr().out)
    assert document["sample"] is True
    assert document["period"] == {"start": "2026-11-16", "end": "2026-11-22"}
    assert [row["school"] for row in document["schools"]] == [
        "МБОУ «СОШ № 2»",
        "МБОУ «СОШ № 5»",
        "МБОУ «СОШ № 10»",
        "МБОУ «СОШ № 14»",
    ]
    assert document["schools_totals"] == {
        "classes": 20,
        "students": 262,
        "teachers": 38,
        "staff": 46,
        "shifts": None,
    }


@pytest.mark.parametrize("name", ["xlsx", "html"])
def test_it_is_a_file(name: str, tmp_path: Path) -> None:
    target = tmp_path / f"report.{name}"
    asked = ["registry", "--data", "sample", "--format", name, "-o", str(target)]
    assert cli.main(asked) == ExitCode.DONE
    assert target.stat().st_size


@pytest.mark.parametrize(
    "words",
    [["--search", "нет такой"], ["--level", "class"], ["--school", "1"], ["--limit", "x"]],
)
def test_what_cannot_be_is_refused(words: list[str], capfd: Captured) -> None:
    assert cli.main(["registry", "--data", "sample", *words]) == ExitCode.USAGE
    out, err = capfd.readouterr()
    assert not out
    assert words[0] in err


def test_it_speaks_english(capfd: Captured) -> None:
    assert cli.main(["registry", "--data", "sample", "--lang", "en", "-q"]) == ExitCode.DONE
    assert "Register of schools on 2026-11-22" in capfd.readouterr().out
