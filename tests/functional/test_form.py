"""`monitor form oo1` on the command line."""

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


def test_the_form_of_the_sample(capfd: Captured) -> None:
    asked = ["form", "oo1", "--data", "sample", "--level", "region", "--json"]
    assert cli.main(asked) == ExitCode.DONE
    document = parsed(capfd.readouterr().out)
    assert document["period"] == {"start": "2026-09-20", "end": "2026-09-20"}
    assert (document["classes_totals"]["classes"], document["classes_totals"]["students"]) == (
        29,
        367,
    )
    [ages] = document["ages"]
    assert ages.pop("region") == "Заозёрская область"
    persons = ages.pop("persons")
    assert sum(ages.values()) == persons == 57


def test_the_school_year_is_that_of_the_date(capfd: Captured) -> None:
    asked = ["form", "oo1", "--data", "sample", "--date", "2026-08-31", "-q"]
    assert cli.main(asked) == ExitCode.DONE
    assert "на 20.09.2026" in capfd.readouterr().out
    asked[5] = "2026-08-24"
    assert cli.main(asked) == ExitCode.DONE
    assert "на 20.09.2025" in capfd.readouterr().out


def test_it_is_a_workbook(tmp_path: Path) -> None:
    target = tmp_path / "form.xlsx"
    assert cli.main(["form", "oo1", "--data", "sample", "-o", str(target)]) == ExitCode.DONE
    assert target.stat().st_size


def test_other_forms_are_not_known(capfd: Captured) -> None:
    assert cli.main(["form", "oo2", "--data", "sample"]) == ExitCode.USAGE
    assert "oo1" in capfd.readouterr().err
