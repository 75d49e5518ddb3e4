"""`monitor week --as-of`: the option, and the mark on every output."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from typing import TYPE_CHECKING

import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

from monitor_cli import cli
from monitor_cli.errors import ExitCode
from monitor_cli.settings import INDICATOR_KEYS
from tests.documents import parsed

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("elsewhere")

Captured = pytest.CaptureFixture[str]
WEDNESDAY = "2026-11-18 12:00"


def shown(capfd: Captured, *words: str) -> str:
    assert cli.main(["week", "--data", "sample", *words]) == ExitCode.DONE
    return capfd.readouterr().out


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        (WEDNESDAY, "2026-11-18T12:00:00"),
        ("18.11.2026", "2026-11-18T23:59:59"),
        ("now", "2026-11-23T09:00:00"),
    ],
)
def test_the_document_says_which_moment(typed: str, moment: str, capfd: Captured) -> None:
    assert parsed(shown(capfd, "--json", "--as-of", typed))["as_of"] == moment


def test_without_the_option_there_is_no_mark(capfd: Captured) -> None:
    assert "as_of" not in parsed(shown(capfd, "--json"))
    assert "ЧАСТИЧНО" not in shown(capfd)


@pytest.mark.parametrize("form", ["table", "md"])
def test_people_are_told(form: str, capfd: Captured) -> None:
    said = shown(capfd, "--format", form, "--as-of", WEDNESDAY)
    assert "ЧАСТИЧНО: состояние на 18 ноября 2026 12:00" in said
    ended = shown(capfd, "--format", form, "--as-of", "2026-11-18", "--lang", "en")
    assert "PARTIAL: the state at the end of 18 November 2026" in ended


def test_rows_of_data_bear_it(tmp_path: Path, capfd: Captured) -> None:
    asked = ["--as-of", WEDNESDAY, "--indicator", "timely_marks"]
    for line in shown(capfd, "--format", "ndjson", *asked).splitlines():
        assert json.loads(line)["as_of"] == "2026-11-18T12:00:00"
    text = shown(capfd, "--format", "csv", "--lang", "en", *asked)
    assert {row["as_of"] for row in csv.DictReader(io.StringIO(text))} == {"2026-11-18T12:00:00"}
    shown(capfd, "-o", str(tmp_path / "w.parquet"), *asked)
    column = pq.read_table(tmp_path / "w.parquet")["as_of"].to_pylist()
    assert set(column) == {datetime(2026, 11, 18, 12)}


def test_a_value_that_waits_is_shown_by_its_two_numbers(capfd: Captured) -> None:
    asked = ["--indicator", "timely_homework", "--as-of", WEDNESDAY]
    document = parsed(shown(capfd, "--json", *asked))
    measure = document["totals"]["timely_homework"]
    assert measure["value"] is measure["reached"] is None
    both = f"{measure['numerator']}/{measure['denominator']}"
    assert both in shown(capfd, *asked)


def test_on_wednesday_the_rest_of_the_week_is_not_held_against_a_school(capfd: Captured) -> None:
    state = parsed(shown(capfd, "--json", "--as-of", WEDNESDAY))["totals"]
    week = parsed(shown(capfd, "--json"))["totals"]
    for key in ("lesson_planning", "journal_keeping", "timely_marks"):
        assert 0 < state[key]["denominator"] < week[key]["denominator"]
    for key in ("timetable_filling", "parent_engagement", "account_activation"):
        assert state[key]["denominator"] == week[key]["denominator"]


@pytest.mark.parametrize("typed", ["вчера", "12:00", "2026-W47", "2026-11-18T24:00"])
def test_what_is_no_moment_is_exit_2(typed: str, capfd: Captured) -> None:
    assert cli.main(["week", "--data", "sample", "--as-of", typed]) == ExitCode.USAGE
    said = capfd.readouterr()
    assert said.out == ""
    assert "это не момент" in said.err


def test_what_is_still_open_without_a_moment_is_so_now(capfd: Captured) -> None:
    words = ["show", "timely_homework", "--data", "sample", "--json"]
    assert cli.main([*words, "--still-open"]) == ExitCode.DONE
    document = parsed(capfd.readouterr().out)
    assert document["as_of"] == "2026-11-23T09:00:00"
    assert document["still_open"] is True
    assert cli.main(words) == ExitCode.DONE
    document = parsed(capfd.readouterr().out)
    assert document["as_of"] is None
    assert document["still_open"] is False


@pytest.mark.parametrize("key", INDICATOR_KEYS)
def test_the_soonest_deadline_comes_first(key: str, capfd: Captured) -> None:
    words = ["show", key, "--data", "sample", "--as-of", WEDNESDAY, "--still-open"]
    assert cli.main([*words, "--json"]) == ExitCode.DONE
    rows = parsed(capfd.readouterr().out)["rows"]
    deadlines = [row["deadline"] for row in rows if "deadline" in row]
    assert deadlines == sorted(deadlines)
    assert all(one > "2026-11-18T12:00:00" for one in deadlines)
    assert len(deadlines) == (0 if key == "school_activity" else len(rows))
    assert cli.main(words) == ExitCode.DONE
    said = capfd.readouterr().out
    assert f"ещё не потеряно: {len(rows)}" in said
    assert "ЧАСТИЧНО: состояние на 18.11.2026 12:00" in said
