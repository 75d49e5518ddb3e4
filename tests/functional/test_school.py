"""`monitor school`: one school on a page."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from monitor_cli import cli
from monitor_cli.engine.page.steps import UNITS
from monitor_cli.errors import ExitCode
from monitor_cli.indicators import CATALOGUE
from monitor_cli.render.report_formats import REPORT_FORMATS
from tests.documents import parsed

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("elsewhere")

Captured = pytest.CaptureFixture[str]
FOURTEEN = "1000001568218"


def said(capfd: Captured, *words: str) -> str:
    assert cli.main([*words, "--data", "sample"]) == ExitCode.DONE
    return capfd.readouterr().out


def page(capfd: Captured, *words: str) -> Any:
    return parsed(said(capfd, "school", FOURTEEN, "--json", *words))


def week(capfd: Captured, level: str, *words: str) -> list[Any]:
    rows = parsed(said(capfd, "week", "--level", level, "--json", *words))["rows"]
    return [row for row in rows if row["school_id"] == FOURTEEN]


@pytest.mark.parametrize("words", [[], ["--as-of", "2026-11-18T12:00"], ["--date", "2026-W46"]])
def test_its_numbers_are_those_of_the_week(words: list[str], capfd: Captured) -> None:
    document = page(capfd, *words)
    [school] = week(capfd, "school", *words)
    measures = {row["indicator"]: row["measure"] for row in document["indicators"]}
    for key, expected in school["indicators"].items():
        shown = {name: measures[key][name] for name in expected if "components" not in name}
        assert shown == {n: one for n, one in expected.items() if "components" not in n}
    for level, key in (("class", "class_id"), ("teacher", "teacher_id")):
        sheet = {"class": "classes", "teacher": "teachers"}[level]
        rows = week(capfd, level, "--no-compare", *words)
        assert [row[key] for row in document[sheet]] == [row[key] for row in rows]
        for mine, theirs in zip(document[sheet], rows, strict=True):
            for name, measure in theirs["indicators"].items():
                assert mine[name] == measure


@pytest.mark.parametrize(
    "typed", [FOURTEEN, "МБОУ «СОШ № 14»", "мбоу сош № 14", "14", "№ 14", "сош № 14"]
)
def test_a_school_by_id_name_or_fragment(typed: str, capfd: Captured) -> None:
    document = parsed(said(capfd, "school", typed, "--json"))
    assert document["school"]["school_id"] == FOURTEEN


def test_a_number_is_no_part_of_a_longer_one(capfd: Captured) -> None:
    assert cli.main(["school", "№ 1", "--data", "sample", "--json"]) == ExitCode.DONE
    assert json.loads(capfd.readouterr().out)["school"]["school"] == "МАОУ «Гимназия № 1»"


def test_several_are_listed_not_guessed(capfd: Captured) -> None:
    assert cli.main(["school", "сош", "--data", "sample"]) == ExitCode.USAGE
    output = capfd.readouterr()
    assert output.out == ""
    assert f"  {FOURTEEN}  МБОУ «СОШ № 14» (Тихоборский район)" in output.err
    assert "таких школ 4" in output.err


@pytest.mark.parametrize("typed", ["СОШ № 99", "", "  ", "(", "[a"])
def test_none_is_said(typed: str, capfd: Captured) -> None:
    assert cli.main(["school", typed, "--data", "sample"]) == ExitCode.USAGE
    output = capfd.readouterr()
    assert output.out == ""
    assert "не найдено" in output.err
    assert "Похожие: " in output.err


def test_steps_are_what_reaches_the_threshold(capfd: Captured) -> None:
    document = page(capfd)
    rows = {row["indicator"]: row for row in document["indicators"]}
    assert {step["indicator"] for step in document["steps"]} == {
        key for key, row in rows.items() if row["measure"]["reached"] is False
    } - {"school_activity"}
    for step in document["steps"]:
        row = rows[step["indicator"]]
        enough = row["numerator"] + step["units"]
        assert 100 * enough >= row["threshold"] * row["denominator"] > 100 * (enough - 1)
    gains = [step["gain"] for step in document["steps"]]
    assert gains == sorted(gains, reverse=True)
    assert max(gains) == 100 / rows["school_activity"]["denominator"]


def test_steps_are_said_in_words(capfd: Captured) -> None:
    assert "ещё 1 урок с темой или ДЗ" in said(capfd, "school", FOURTEEN)
    assert "1 more: lessons with a topic" in said(capfd, "school", FOURTEEN, "--lang", "en")


def test_there_is_a_step_for_each_indicator_that_counts_rows() -> None:
    assert list(UNITS) == [item.key for item in CATALOGUE if item.key != "school_activity"]


def test_the_last_activity_is_seen_up_to_the_moment(capfd: Captured) -> None:
    now = {row["event"]: row["at"] for row in page(capfd)["last_activity"]}
    then = page(capfd, "--as-of", "2026-11-18T12:00:00")["last_activity"]
    assert set(now) == {"marks", "attendance", "homework", "diary_views", "logins"}
    for row in then:
        assert row["at"] <= "2026-11-18T12:00:00" < now[row["event"]]


@pytest.mark.parametrize("name", REPORT_FORMATS)
def test_every_format(name: str, tmp_path: Path, capfd: Captured) -> None:
    target = tmp_path / f"page.{name}"
    words = ["school", FOURTEEN, "--data", "sample", "--format", name, "-o", str(target)]
    assert cli.main(words) == ExitCode.DONE
    assert target.stat().st_size
    assert "записано" in capfd.readouterr().err


def test_rows_are_the_indicators(capfd: Captured) -> None:
    text = said(capfd, "school", FOURTEEN, "--format", "csv", "--lang", "en")
    assert [row["indicator"] for row in csv.DictReader(io.StringIO(text))] == [
        item.key for item in CATALOGUE
    ]


def test_a_state_is_marked(capfd: Captured) -> None:
    text = said(capfd, "school", FOURTEEN, "--as-of", "2026-11-18")
    assert "ЧАСТИЧНО: состояние на конец 18.11.2026" in text
    assert page(capfd)["as_of"] is None
    assert page(capfd, "--as-of", "18.11.2026 12:00")["as_of"] == "2026-11-18T12:00:00"


def test_an_unattended_run_names_its_dump(tmp_path: Path) -> None:
    assert cli.main(["school", "14", "-o", str(tmp_path / "x.json")]) == ExitCode.USAGE
