"""Every option of `monitor week`, over the sample."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from monitor_cli import cli
from monitor_cli.commands.reading import SAMPLE_FOLDER
from monitor_cli.errors import ExitCode
from monitor_cli.levels import Level
from monitor_cli.settings import INDICATOR_KEYS
from tests.documents import parsed

if TYPE_CHECKING:
    from pathlib import Path

Captured = pytest.CaptureFixture[str]


pytestmark = pytest.mark.usefixtures("elsewhere")


def week(capfd: Captured, *arguments: str) -> Any:
    assert cli.main(["week", "--json", *arguments]) == ExitCode.DONE
    return parsed(capfd.readouterr().out)


def values(document: Any, key: str) -> list[float | None]:
    return [row["indicators"][key]["value"] for row in document["rows"]]


def test_without_a_dump_it_is_the_sample_and_says_so(capfd: Captured) -> None:
    assert cli.main(["week"]) == ExitCode.DONE
    said = capfd.readouterr()
    assert said.out.startswith("ПРИМЕР: данные вымышлены\nНеделя 16–22 ноября 2026 (2026-W47)\n")
    assert said.err.startswith("выгрузка не названа: показан вымышленный пример")


def test_quiet_says_nothing(capfd: Captured) -> None:
    assert cli.main(["week", "-q"]) == ExitCode.DONE
    assert capfd.readouterr().err == ""


def test_verbose_says_what_was_taken(capfd: Captured) -> None:
    assert cli.main(["week", "-v", "--json"]) == ExitCode.DONE
    said = capfd.readouterr().err
    assert f"выгрузка: {SAMPLE_FOLDER}" in said
    assert "неделя: 2026-W47" in said


def test_the_document_of_the_sample(capfd: Captured) -> None:
    document = week(capfd, "--data", "sample")
    assert document["sample"] is True
    assert document["week"]["iso"] == "2026-W47"
    assert [one["key"] for one in document["indicators"]] == list(INDICATOR_KEYS)
    assert list(document["totals"]) == list(INDICATOR_KEYS)
    assert len(document["rows"]) == 6


def test_the_same_bytes_on_every_run(capfd: Captured) -> None:
    cli.main(["week", "--json", "--level", "class"])
    first = capfd.readouterr()
    cli.main(["week", "--json", "--level", "class"])
    assert capfd.readouterr() == first


@pytest.mark.parametrize("date", ["2026-11-18", "22.11.2026", "2026-W47"])
def test_date(date: str, capfd: Captured) -> None:
    assert week(capfd, "--date", date)["week"]["start"] == "2026-11-16"


def test_a_dump_that_is_not_the_sample_defaults_to_the_last_week(capfd: Captured) -> None:
    document = week(capfd, "--data", str(SAMPLE_FOLDER))
    assert document["sample"] is False
    assert document["week"] == week(capfd, "--data", "sample", "--date", "last")["week"]


@pytest.mark.parametrize("level", Level)
def test_level(level: Level, capfd: Captured) -> None:
    document = week(capfd, "--level", level)
    assert document["level"] == level
    assert [key for key in document["rows"][0] if key != "indicators"] == list(level.keys)


def test_indicator_and_block(capfd: Captured) -> None:
    two = week(capfd, "--indicator", "timely_marks", "--indicator", "teacher_esia")
    assert [one["key"] for one in two["indicators"]] == ["teacher_esia", "timely_marks"]
    journal = week(capfd, "--block", "journal")
    assert {one["block"] for one in journal["indicators"]} == {"journal"}
    assert len(week(capfd, "--block", "all")["indicators"]) == len(INDICATOR_KEYS)


def test_filters(capfd: Captured) -> None:
    everything = week(capfd)["rows"]
    name, ident = everything[0]["school"], everything[1]["school_id"]
    left = week(capfd, "--school", name, "--school", ident)["rows"]
    assert [row["school_id"] for row in left] == [row["school_id"] for row in everything[:2]]
    municipality = everything[0]["municipality"]
    rows = week(capfd, "--municipality", municipality.upper())["rows"]
    assert {row["municipality"] for row in rows} == {municipality}


@pytest.mark.parametrize(
    ("option", "level", "key"),
    [
        ("--class", "class", "class"),
        ("--subject", "subject", "subject"),
        ("--teacher", "teacher", "teacher_id"),
    ],
)
def test_filters_below_a_school(option: str, level: str, key: str, capfd: Captured) -> None:
    wanted = week(capfd, "--level", level)["rows"][0][key]
    rows = week(capfd, "--level", level, option, wanted)["rows"]
    assert {row[key] for row in rows} == {wanted}


def test_a_filter_that_matches_nothing_is_exit_2(capfd: Captured) -> None:
    assert cli.main(["week", "--school", "СОШ №99"]) == ExitCode.USAGE
    assert capfd.readouterr().out == ""


def test_sort_below_and_limit_leave_the_totals_alone(capfd: Captured) -> None:
    everything = week(capfd)
    ranked = week(capfd, "--sort", "timely_marks")
    numbers = [value for value in values(ranked, "timely_marks") if value is not None]
    assert numbers == sorted(numbers)
    assert len(week(capfd, "--limit", "2")["rows"]) == 2
    low = week(capfd, "--below", "62,5", "--indicator", "timely_marks")
    assert all(value < 62.5 for value in values(low, "timely_marks") if value is not None)
    assert len(low["rows"]) < len(everything["rows"])
    assert low["totals"]["timely_marks"] == everything["totals"]["timely_marks"]


def test_no_rows_left_is_said(capfd: Captured) -> None:
    assert cli.main(["week", "--limit", "0"]) == ExitCode.DONE
    said = capfd.readouterr()
    assert "Итого" in said.out
    assert "таких строк нет" in said.err


def test_compare(capfd: Captured) -> None:
    with_change = week(capfd)["rows"][0]["indicators"]["timely_marks"]
    without = week(capfd, "--no-compare")["rows"][0]["indicators"]["timely_marks"]
    assert "change" in with_change
    assert "change" not in without
    del with_change["change"]
    assert with_change == without


def test_check_is_1_where_a_threshold_is_missed(capfd: Captured) -> None:
    assert cli.main(["week", "--check", "-q"]) == ExitCode.MISS
    assert capfd.readouterr().out.startswith("ПРИМЕР")


def test_check_without_indicator_leaves_placeholders_alone() -> None:
    only = ["week", "--check", "-q", "--block", "users"]
    assert cli.main(only) == ExitCode.DONE
    assert cli.main([*only, "--indicator", "parent_engagement"]) == ExitCode.MISS
    assert cli.main([*only, "--set", "thresholds.parent_engagement=80"]) == ExitCode.MISS
    assert cli.main([*only, "--set", "thresholds.parent_engagement=0"]) == ExitCode.DONE


def test_check_looks_before_below_and_limit() -> None:
    assert cli.main(["week", "--check", "-q", "--limit", "0"]) == ExitCode.MISS


def test_set_changes_a_rule(capfd: Captured) -> None:
    strict = week(
        capfd, "--set", "timely_marks.deadline=00:01", "--set", "timely_marks.edits_count=false"
    )
    assert strict["totals"]["timely_marks"]["late"] > week(capfd)["totals"]["timely_marks"]["late"]


def test_strict_is_exit_3(capfd: Captured) -> None:
    assert cli.main(["week", "--strict"]) == ExitCode.DUMP
    assert capfd.readouterr().out == ""


def test_a_dump_that_is_not_there_is_exit_3(capfd: Captured) -> None:
    assert cli.main(["week", "--data", "nowhere"]) == ExitCode.DUMP
    assert "nowhere" in capfd.readouterr().err


@pytest.mark.parametrize(("suffix", "begins"), [(".json", "{"), (".txt", "ПРИМЕР"), (".JSON", "{")])
def test_the_suffix_of_the_file_tells_the_format(
    suffix: str, begins: str, tmp_path: Path, capfd: Captured
) -> None:
    target = tmp_path / f"отчёт{suffix}"
    assert cli.main(["week", "--data", "sample", "-o", str(target)]) == ExitCode.DONE
    assert target.read_text("utf-8").startswith(begins)
    said = capfd.readouterr()
    assert said.out == ""
    assert f"записано: {target}" in said.err
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_the_format_typed_beats_the_suffix(tmp_path: Path) -> None:
    target = tmp_path / "x.txt"
    assert cli.main(["week", "--data", "sample", "--json", "-q", "-o", str(target)]) == 0
    assert parsed(target.read_text("utf-8"))["sample"] is True


def test_a_dash_is_the_standard_output(capfd: Captured) -> None:
    assert week(capfd, "-o", "-")["sample"] is True


def test_a_file_keeps_its_rights_and_a_link_stays_a_link(tmp_path: Path) -> None:
    kept, link = tmp_path / "kept.json", tmp_path / "link.json"
    kept.write_text("old", "utf-8")
    kept.chmod(0o600)
    link.symlink_to(kept)
    assert cli.main(["week", "--data", "sample", "-q", "-o", str(link)]) == ExitCode.DONE
    assert link.is_symlink()
    assert kept.stat().st_mode & 0o777 == 0o600
    assert kept.read_text("utf-8").startswith("{")


@pytest.mark.parametrize("target", ["nowhere/x.json", "folder.json", "x\0.json", "/dev/full"])
def test_what_cannot_be_written_is_exit_4(target: str, tmp_path: Path, capfd: Captured) -> None:
    (tmp_path / "folder.json").mkdir()
    code = cli.main(["week", "--data", "sample", "--json", "-q", "-o", target])
    assert code == ExitCode.OUTPUT
    assert "не записан" in capfd.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["folder.json"]
