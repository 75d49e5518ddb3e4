"""`monitor show`: every number of a week, down to the rows behind it; through `main()`."""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from monitor_cli import cli
from monitor_cli.engine.evidence.sheets import GROUPS, rows_of
from monitor_cli.errors import ExitCode
from monitor_cli.indicators import CATALOGUE
from monitor_cli.levels import SUMMED_BY, Level
from monitor_cli.settings import INDICATOR_KEYS
from tests.documents import parsed
from tests.functional.test_streams import on_a_terminal

AWKWARD = str(Path(__file__).parent.parent / "data" / "awkward")
DUMPS = ("sample", AWKWARD)
Captured = pytest.CaptureFixture[str]

pytestmark = pytest.mark.usefixtures("elsewhere")


def answer(capfd: Captured, *arguments: str) -> Any:
    """The document that a command prints, valid by its schema."""
    capfd.readouterr()
    assert cli.main([*arguments, "--json", "-q", "--date", "2026-11-16"]) == ExitCode.DONE
    return parsed(capfd.readouterr().out)


def test_no_two_keys_name_the_same_columns_twice() -> None:
    assert tuple(GROUPS) == SUMMED_BY
    for item in CATALOGUE:
        columns = rows_of(item.key, item.fact).columns
        assert len(set(columns)) == len(columns)


@pytest.mark.parametrize("dump", DUMPS, ids=["sample", "awkward"])
def test_value_and_rows_are_those_of_the_week(dump: str, capfd: Captured) -> None:
    """Rows: denominator − numerator; homework: lessons of W − numerator; components not reached."""
    week = answer(capfd, "week", "--data", dump)
    for key in INDICATOR_KEYS:
        shown = answer(capfd, "show", key, "--data", dump)
        total = week["totals"][key]
        for name in ("value", "numerator", "denominator", "reached"):
            assert shown[name] == total[name], (key, name)
        assert len(shown["rows"]) == shown["lost"] == lost_of(key, week), key


def lost_of(key: str, week: Any) -> int:
    """How many rows the week says are lost."""
    total = week["totals"][key]
    if key == "school_activity":
        return sum(
            len(row["indicators"][key]["components"])
            - len(row["indicators"][key]["reached_components"])
            for row in week["rows"]
        )
    of = total["lessons"] if key == "timely_homework" else total["denominator"]
    return int(of - total["numerator"])


@pytest.mark.parametrize("level", [Level.SCHOOL, Level.TEACHER, Level.CLASS, Level.SUBJECT])
def test_summaries_say_what_the_week_says_of_the_place(level: Level, capfd: Captured) -> None:
    """Of marks and lessons: `lost` of `of` is denominator − numerator of the same row."""
    own = level.keys[-2] if level is not Level.SUBJECT else "subject"
    week = answer(capfd, "week", "--level", level, "--no-compare")
    for key in ("timely_marks", "journal_keeping"):
        sheet = {"class": "classes"}.get(level, f"{level}s")
        shown = answer(capfd, "show", key, "--by", level)[sheet]
        assert {(row["school_id"], row[own]): (row["lost"], row["of"]) for row in shown} == {
            (row["school_id"], row[own]): (
                one["denominator"] - one["numerator"],
                one["denominator"],
            )
            for row in week["rows"]
            if (one := row["indicators"][key])["denominator"] != one["numerator"]
        }


@pytest.mark.parametrize("by", SUMMED_BY)
def test_every_summary_adds_up_to_the_loss(by: str, capfd: Captured) -> None:
    shown = answer(capfd, "show", "timely_marks", "--by", by)
    (summary,) = [
        rows
        for key, rows in shown.items()
        if key in {"schools", "teachers", "classes", "subjects", "days", "hours"}
    ]
    assert sum(row["lost"] for row in summary) == shown["lost"]
    assert sum(row["of"] for row in summary) >= shown["lost"]
    assert [row["lost"] for row in summary] == sorted(
        (row["lost"] for row in summary), reverse=True
    )
    for row in summary:
        assert row["points"] == 100 * row["lost"] / shown["denominator"]
        assert row["share"] == 100 * row["lost"] / shown["lost"]


def test_the_reasons_of_marks_are_the_numbers_beside_the_value(capfd: Captured) -> None:
    week = answer(capfd, "week")["totals"]["timely_marks"]
    shown = answer(capfd, "show", "timely_marks")
    reasons = Counter(row["reason"] for row in shown["rows"])
    assert reasons == {row["reason"]: row["lost"] for row in shown["reasons"]}
    assert (reasons["late"], reasons["early"]) == (week["late"], week["early"])
    assert reasons["untracked"] == week["denominator"] - week["tracked"]


def test_a_filter_a_limit_and_a_rule_tried_out(capfd: Captured) -> None:
    whole = answer(capfd, "show", "timely_marks", "--school", "МБОУ «СОШ № 14»")
    assert {row["school"] for row in whole["rows"]} == {whole["place"]["school"]}
    assert "schools" not in whole
    cut = answer(capfd, "show", "timely_marks", "--school", "МБОУ «СОШ № 14»", "--limit", "2")
    assert (cut["rows"], cut["rows_in_all"]) == (whole["rows"][:2], len(whole["rows"]))
    assert (cut["lost"], cut["teachers"]) == (whole["lost"], whole["teachers"])
    rule = ("--set", "timely_marks.denominator=tracked")
    tracked = answer(capfd, "show", "timely_marks", *rule)
    assert {row["reason"] for row in tracked["rows"]} == {"late", "early"}


def test_a_week_that_the_dump_does_not_cover_is_no_error(capfd: Captured) -> None:
    command = ["show", "timely_marks", "--data", "sample", "--date", "2027-05-03", "--json"]
    assert cli.main(command) == ExitCode.DONE
    printed = capfd.readouterr()
    document = parsed(printed.out)
    assert (document["value"], document["lost"], document["rows"]) == (None, 0, [])
    assert [warning["code"] for warning in document["warnings"]] == ["not_covered"]
    assert "нет уроков недели 2027-W18" in printed.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["timely_mark"], "timely_marks"),
        ([], "timely_marks"),
        (["teacher_activation", "--by", "teacher"], "есть: school"),
        (["timely_marks", "--by", "pupil"], "teacher"),
        (["lesson_planning", "--by", "hour"], "school, teacher, class, subject, day"),
        (["teacher_activation", "--class", "5А"], "teacher_activation есть на уровнях"),
        (["timely_marks", "--school", "нет такой"], "--school нет такой: не найдено"),
        (["timely_marks", "--limit", "много"], "--limit"),
        (["timely_marks", "-o", "x.xlsx"], "не названа выгрузка"),
    ],
)
def test_wrong_usage_is_exit_2_and_names_what_there_is(
    arguments: list[str], said: str, capfd: Captured
) -> None:
    assert cli.main(["show", *arguments]) == ExitCode.USAGE
    printed = capfd.readouterr()
    assert said in printed.err
    assert printed.out == ""


def test_names_are_data_and_never_said_beside_them(capfd: Captured) -> None:
    names = {row["person"] for row in answer(capfd, "show", "teacher_category")["rows"]}
    assert cli.main(["show", "teacher_category", "--data", "sample"]) == ExitCode.DONE
    printed = capfd.readouterr()
    assert len(names) > 1
    assert all(name in printed.out for name in names)
    assert not any(name in printed.err for name in names)


def test_people_are_told_the_value_the_threshold_and_why(capfd: Captured) -> None:
    command = ["show", "timely_marks", "--school", "1000001568225", "--lang", "en", "-q"]
    assert cli.main([*command, "--limit", "1"]) == ExitCode.DONE
    lines = capfd.readouterr().out.splitlines()
    assert lines[1].startswith("Timely marks: what does not count, week 2026-W47")
    assert lines[2].startswith("МКОУ «Верхнелужская ООШ»")
    assert lines[3].startswith("41.90 % = 75 / 179 (")
    assert lines[4] == "to the threshold of 80 % (a placeholder) it lacks: 69"
    assert lines[5].startswith("lost: 104 (late – ")
    assert lines[-1] == "1 of 104 shown"


@pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals")
def test_on_a_terminal_the_reason_comes_first_and_the_rows_are_cut() -> None:
    command = (sys.executable, "-m", "monitor_cli", "show", "timely_marks", "-q")
    environ = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1"}
    screen = on_a_terminal((*command, "--data", "sample"), environ).decode().splitlines()
    assert max(map(len, screen)) <= 80
    first = "\n".join(screen[:24])
    assert "По школам" in first
    assert "МАОУ «Гимназия № 1»" in first
    assert "показано 10 из 418" in screen[-2]
    whole = on_a_terminal((*command, "--data", "sample", "--limit", "12"), environ).decode()
    assert "показано 12 из 418" in whole


@pytest.mark.parametrize("suffix", ["csv", "ndjson", "parquet", "xlsx", "md", "txt"])
def test_it_is_written_in_every_format(suffix: str, tmp_path: Path) -> None:
    target = tmp_path / f"почему.{suffix}"
    command = ["show", "timely_homework", "--data", "sample", "-q", "-o", str(target)]
    assert cli.main(command) == ExitCode.DONE
    first = target.read_bytes()
    assert cli.main(command) == ExitCode.DONE
    assert target.read_bytes() == first
    assert first
