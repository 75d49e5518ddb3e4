"""`monitor week --set`: which schools change sides under other rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from monitor_cli import cli
from monitor_cli.errors import ExitCode
from tests.documents import parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.usefixtures("elsewhere")

Captured = pytest.CaptureFixture[str]
Document = dict[str, Any]

SETS = [
    ["thresholds.journal_keeping=90"],
    ["thresholds.timely_marks=1", "thresholds.lesson_planning=99.5"],
    ["timely_marks.denominator=tracked", "thresholds.journal_keeping=90"],
    ["timely_homework.denominator=reporting_week"],
    ["timely_homework.skip_parallels=[1,2,3,4,5,6,7,8,9,10,11]"],
    ['school_activity.components=["teacher_esia", "timetable_filling"]'],
    ["timetable_filling.min_lessons=25"],
    ["bands.red_below=10"],
]


def week(capfd: Captured, *words: str) -> Any:
    assert cli.main(["week", "--data", "sample", "--json", *words]) == ExitCode.DONE
    return parsed(capfd.readouterr().out)


def sides(before: Document, now: Document) -> Iterator[Document]:
    """The verdicts on schools that two documents differ in, by indicator."""
    for shown in now["indicators"]:
        for old, new in zip(before["rows"], now["rows"], strict=True):
            then, here = (row["indicators"][shown["key"]]["reached"] for row in (old, new))
            if then is not here:
                school = {"school_id": new["school_id"], "school": new["school"]}
                yield {"indicator": shown["key"], **school, "from": then, "to": here}


@pytest.mark.parametrize("assignments", SETS, ids=" ".join)
def test_the_schools_are_those_of_two_runs(assignments: list[str], capfd: Captured) -> None:
    typed = [word for one in assignments for word in ("--set", one)]
    words = ["--municipality", "Тихоборский район"] if len(assignments) == 1 else []
    before, now = week(capfd, *words), week(capfd, *words, *typed)
    assert now["changed_sides"] == list(sides(before, now))
    assert "changed_sides" not in before


def test_the_sets_move_schools_both_ways_and_to_no_value(capfd: Captured) -> None:
    seen = set()
    for assignments in SETS:
        typed = [word for one in assignments for word in ("--set", one)]
        seen |= {(one["from"], one["to"]) for one in week(capfd, *typed)["changed_sides"]}
    assert {(True, False), (False, True), (False, None)} <= seen


def test_schools_are_told_at_any_level(capfd: Captured) -> None:
    at_schools = week(capfd, "--set", SETS[0][0])["changed_sides"]
    below = week(capfd, "--set", SETS[0][0], "--level", "class", "--limit", "1")["changed_sides"]
    assert below == at_schools != []


def test_the_config_is_what_is_compared_with(
    tmp_path_factory: pytest.TempPathFactory, capfd: Captured
) -> None:
    config = tmp_path_factory.mktemp("config") / "monitor.toml"
    config.write_text("[thresholds]\njournal_keeping = 90\n", encoding="utf-8")
    typed = ["--config", str(config), "--set", "thresholds.journal_keeping=90"]
    assert week(capfd, *typed)["changed_sides"] == []


def test_it_is_said_in_words(capfd: Captured) -> None:
    words = ["week", "--data", "sample", "--set"]
    assert cli.main([*words, "thresholds.journal_keeping=90"]) == ExitCode.DONE
    assert "порог больше не достигнут – 1: МБОУ «СОШ № 14»" in capfd.readouterr().err
    assert cli.main([*words, "thresholds.timely_marks=0"]) == ExitCode.DONE
    assert "порог теперь достигнут – 3" in capfd.readouterr().err
    assert cli.main([*words, "bands.red_below=10"]) == ExitCode.DONE
    assert "ни одна школа не сменила сторону" in capfd.readouterr().err
    assert cli.main([*words, "bands.red_below=10", "-q"]) == ExitCode.DONE
    assert capfd.readouterr().err == ""
