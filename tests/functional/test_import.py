"""`monitor import` through the command line, and `week` on what it has made."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from monitor_cli import cli
from monitor_cli.clock import Week
from monitor_cli.commands.reading import SAMPLE_FOLDER
from monitor_cli.dataset import layout
from monitor_cli.dataset.disk import Disk
from monitor_cli.errors import ExitCode
from monitor_cli.sampling.cells import Style
from monitor_cli.sampling.dump import Files
from monitor_cli.sampling.dump import write as write_sample
from monitor_cli.sampling.plan import Plan
from tests.documents import parsed
from tests.imports import imported_into

Captured = pytest.CaptureFixture[str]
MONDAY = "2026-11-16"
WEEK = ("week", "--json", "--date", MONDAY)
FAULTY = Plan(schools=2, week=Week(date(2026, 11, 16)), seed=5, faults=20_000)

SCHOOLS = "school_id,school,municipality,timezone\n1,Школа 1,Озёрный,\n2,Школа 2,Озёрный,\n"
CLASSES = "class_id,school_id,class\n10,1,5А\n20,2,5Б\n"
LESSONS = "lesson_id,class_id,subject,date,comment\n"
MARKS = "mark_id,lesson_id,student_id,work_type,created_at\n"
ATTENDANCE = "lesson_id,student_id,status\n"
FIRST = f"{LESSONS}100,10,Алгебра,2026-11-16,Дроби\n200,20,Физика,2026-11-16,\n"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dump of all tables, three weeks and rows of every fault."""
    folder = tmp_path_factory.mktemp("faulty")
    write_sample(FAULTY, Files(folder, Style()), lambda _: None)
    return folder


def dump(name: str, lessons: str, **more: str) -> Path:
    """A dump of two schools."""
    folder = Path(name)
    folder.mkdir()
    tables = {"schools": SCHOOLS, "classes": CLASSES, "lessons": lessons, **more}
    tables |= {"marks": MARKS, "attendance": ATTENDANCE}
    for table, text in tables.items():
        (folder / f"{table}.csv").write_text(text, encoding="utf-8")
    return folder


def run(capfd: Captured, *arguments: str, code: int = ExitCode.DONE) -> str:
    """What is printed; with an error, what is said."""
    found = cli.main([*arguments])
    printed = capfd.readouterr()
    assert found == code, printed.err
    return printed.err if code else printed.out


def kept(capfd: Captured, *more: str) -> list[Any]:
    """Lessons that left a trace (a comment), and lessons, of each school."""
    said = run(capfd, *WEEK, "--data", "ds", "--indicator", "journal_keeping", *more)
    rows = [row["indicators"]["journal_keeping"] for row in parsed(said)["rows"]]
    return [(one["numerator"], one["denominator"]) for one in rows]


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*.parquet") if path.name != layout.HELD)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.mark.parametrize("level", ["school", "class", "teacher"])
def test_the_week_of_a_faulty_dump_has_the_same_bytes_when_imported(
    level: str, faulty: Path, capfd: Captured
) -> None:
    run(capfd, "import", str(faulty), "-o", "ds")
    week = (*WEEK, "--level", level)
    assert run(capfd, *week, "--data", "ds") == run(capfd, *week, "--data", str(faulty))


def test_validate_repeats_what_imports_set_aside_and_looks_at_the_rows_once(
    faulty: Path, capfd: Captured
) -> None:
    for state in ("first", "second"):
        run(capfd, "import", str(faulty), "-o", "ds")
        of_dump, of_dataset = (
            parsed(run(capfd, "validate", "--json", "--data", path)) for path in (str(faulty), "ds")
        )
        counted = [
            {one["table"]: [one[name] for name in ("verdict", "read", "used", "repeated")]}
            for document in (of_dump, of_dataset)
            for one in document["tables"]
        ]
        half = len(counted) // 2
        assert counted[:half] == counted[half:], state
        assert of_dataset["weeks"] == of_dump["weeks"]
        assert of_dataset["hours"] == of_dump["hours"]
        lost = sum(one["set_aside"] for one in of_dump["tables"])
        (said,) = (r for r in of_dataset["remarks"] if r["code"] == "set_aside_by_import")
        assert said["amount"] == lost > 0
        effects = [Counter[tuple[str, str, str]](), Counter[tuple[str, str, str]]()]
        for document, counts in zip((of_dump, of_dataset), effects, strict=True):
            for one in document["problems"]:
                counts[one["table"], one["reason"], one["effect"]] += one["rows"]
        assert effects[0] == effects[1]
        assert all(not one["listed"] for one in of_dataset["problems"])
        assert "unknown_header" not in {one["code"] for one in of_dataset["remarks"]}


def test_validate_of_a_damaged_dataset_says_so(faulty: Path, capfd: Captured) -> None:
    run(capfd, "import", str(faulty), "-o", "ds")
    (Path("ds") / layout.CURRENT).write_text('{"format": "monitor.dataset/1"}', encoding="utf-8")
    assert "CURRENT" in run(capfd, "validate", "--data", "ds", code=ExitCode.DUMP)


@pytest.mark.parametrize("block", ["users", "journal"])
def test_counts_and_warnings_are_those_of_the_tables_that_are_read(
    block: str, faulty: Path, capfd: Captured
) -> None:
    run(capfd, "import", str(faulty), "-o", "ds")
    week = (*WEEK, "--block", block)
    assert run(capfd, *week, "--data", "ds") == run(capfd, *week, "--data", str(faulty))
    strict = run(capfd, *week, "--data", "ds", "--strict", code=ExitCode.DUMP)
    assert strict == run(capfd, *week, "--data", str(faulty), "--strict", code=ExitCode.DUMP)


def test_the_sample_stays_marked_as_such(capfd: Captured) -> None:
    assert parsed(run(capfd, "import", "sample", "-o", "ds", "--json"))["sample"] is True
    assert run(capfd, "week", "--data", "ds") == run(capfd, "week", "--data", "sample")


def test_the_summary_adds_up_and_keeps_to_its_schema(faulty: Path, capfd: Captured) -> None:
    said = parsed(run(capfd, "import", str(faulty), "-o", "ds", "--json"))
    for table in said["tables"]:
        assert table["used"] + table["repeated"] + table["set_aside"] == table["read"]
        reasons = [one for one in said["problems"] if one["table"] == table["table"]]
        assert sum(one["rows"] for one in reasons) == table["repeated"] + table["set_aside"]
        assert table["replaced"] == 0
    assert any(one["set_aside"] for one in said["tables"])
    text = run(capfd, "import", str(faulty), "-o", "ds", "--lang", "en")
    assert "state 000002" in text


def test_the_same_dump_twice_makes_the_same_files(faulty: Path, capfd: Captured) -> None:
    run(capfd, "import", str(faulty), "-o", "ds")
    before = run(capfd, *WEEK, "--data", "ds")
    run(capfd, "import", str(faulty), "-o", "ds")
    once, twice = (files(Path(f"ds/snapshots/{name}")) for name in ("000001", "000002"))
    assert once == twice
    assert run(capfd, *WEEK, "--data", "ds") == before


def test_rows_in_another_order_make_the_same_weeks(tmp_path: Path) -> None:
    shuffled = {"sorted": False, "shuffled": True}
    made = {}
    for name, in_no_order in shuffled.items():
        folder = tmp_path / name
        folder.mkdir()
        plan = Plan(schools=2, week=Week(date(2026, 11, 16)), seed=5)
        write_sample(plan, Files(folder, Style(), shuffled=in_no_order), lambda _: None)
        imported_into(tmp_path / f"ds-{name}", folder)
        made[name] = files(tmp_path / f"ds-{name}" / "snapshots" / "000001")
    weeks = [name for name in made["sorted"] if "week=" in name]
    assert len(weeks) > 9
    assert [name for name in weeks if made["sorted"][name] != made["shuffled"][name]] == []


def test_a_later_dump_replaces_the_weeks_that_it_holds_and_the_state_before_stays(
    capfd: Captured,
) -> None:
    first = dump("first", FIRST)
    second = dump("second", f"{LESSONS}101,10,Алгебра,2026-11-17,\n102,10,Алгебра,2026-11-18,\n")
    for folder, day in ((first, 16), (second, 18)):
        imported_into(Path("ds"), folder, now=datetime(2026, 11, day, 20, 59, 59, tzinfo=UTC))
    # School 1 as the second dump has it, school 2 as it was.
    assert kept(capfd) == [(0, 2), (0, 1)]
    for asked in ("2026-11-16", "17.11.2026"):
        assert kept(capfd, "--as-imported", asked) == [(1, 1), (0, 1)]
    assert kept(capfd, "--as-imported", "2026-11-18") == [(0, 2), (0, 1)]
    said = run(capfd, *WEEK, "--data", "ds", "--as-imported", "2026-11-15", code=ExitCode.USAGE)
    assert "2026-11-16, 2026-11-18" in said


def test_the_day_of_an_import_ends_by_the_clock_of_the_settings(capfd: Captured) -> None:
    midnight = datetime(2026, 11, 16, 21, tzinfo=UTC)
    imported_into(Path("ds"), dump("first", FIRST), now=midnight - timedelta(seconds=1))
    imported_into(Path("ds"), dump("second", f"{LESSONS}100,10,А,2026-11-16,\n"), now=midnight)
    assert kept(capfd, "--as-imported", MONDAY) == [(1, 1), (0, 1)]
    assert kept(capfd, "--as-imported", "2026-11-17") == [(0, 1), (0, 1)]


def test_a_state_is_a_dataset_by_itself(capfd: Captured) -> None:
    imported_into(Path("ds"), dump("first", FIRST))
    whole = run(capfd, *WEEK, "--data", "ds")
    shutil.copytree("ds/snapshots/000001", "copy")
    assert run(capfd, *WEEK, "--data", "copy") == whole
    run(capfd, *WEEK, "--data", "copy", "--as-imported", MONDAY, code=ExitCode.USAGE)
    # And a dataset is a dump, to be imported into another one.
    run(capfd, "import", "ds", "-o", "other")
    assert run(capfd, *WEEK, "--data", "other") == whole


def test_several_dumps_make_one_state_the_last_word_standing(capfd: Captured) -> None:
    dump("first", FIRST)
    dump("second", f"{LESSONS}100,10,Алгебра,2026-11-16,\n")
    run(capfd, "import", "first", "second", "-o", "ds")
    assert layout.numbers(Path("ds")) == [1]
    assert kept(capfd) == [(0, 1), (0, 1)]


def test_only_so_many_states_are_kept(capfd: Captured) -> None:
    dump("first", FIRST)
    for _ in range(3):
        run(capfd, "import", "first", "-o", "ds")
    said = parsed(run(capfd, "import", "first", "-o", "ds", "--keep", "2", "--json"))
    assert (said["pruned"], said["snapshot"]) == (["000001", "000002"], "000004")
    assert sorted(path.name for path in Path("ds/snapshots").iterdir()) == ["000003", "000004"]
    assert kept(capfd) == [(1, 1), (0, 1)]


def test_ids_become_text_throughout_when_some_are(capfd: Captured) -> None:
    dump("first", FIRST)
    dump("second", f"{LESSONS}а-1,20,Физика,2026-11-23,\n")
    run(capfd, "import", "first", "-o", "ds")
    run(capfd, "import", "second", "-o", "ds")
    lessons = pl.scan_parquet("ds/snapshots/000002/lessons/**/*.parquet").collect()
    assert sorted(lessons["lesson_id"]) == ["100", "200", "а-1"]
    assert lessons.schema["class_id"] == pl.Int64
    assert kept(capfd) == [(1, 1), (0, 1)]


def test_only_the_weeks_that_are_counted_are_read(faulty: Path, capfd: Captured) -> None:
    run(capfd, "import", str(faulty), "-o", "ds")
    week = (*WEEK, "--data", "ds", "--no-compare")
    before = run(capfd, *week)
    for path in Path("ds/snapshots").rglob("*/week=2026-11-09/*"):
        path.write_bytes(b"not Parquet")
    for table in ("marks", "attendance", "diary_views"):
        for path in Path("ds/snapshots/000001", table).rglob("week=2026-11-23/*"):
            path.write_bytes(b"not Parquet")
    assert run(capfd, *week) == before
    assert "повреждён" in run(capfd, *WEEK, "--data", "ds", code=ExitCode.DUMP)


def test_a_week_that_is_not_there_names_those_that_are(capfd: Captured) -> None:
    imported_into(Path("ds"), dump("first", FIRST))
    week = ("week", "--json", "--date", "2026-12-07")
    assert run(capfd, *week, "--data", "ds") == run(capfd, *week, "--data", "first")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["first"], "-o НАБОР"),
        (["-o", "ds"], "не названа выгрузка"),
        (["first", "-o", "first"], "это не набор"),
        (["first", "-o", "first/lessons.csv"], "это не набор"),
        (["first", "-o", "ds", "--keep", "0"], "хотя бы одно"),
        (["first", "-o", "ds", "--format", "csv"], "нет формата"),
    ],
)
def test_a_wrong_call_says_what_to_do(arguments: list[str], said: str, capfd: Captured) -> None:
    dump("first", FIRST)
    assert said in run(capfd, "import", *arguments, code=ExitCode.USAGE)
    assert not Path("ds").exists()


def test_a_dump_that_cannot_be_read_leaves_nothing(capfd: Captured) -> None:
    dump("first", "lesson_id,class_id\n1,10\n")
    run(capfd, "import", "first", "-o", "ds", code=ExitCode.DUMP)
    assert not Path("ds").exists()


def test_a_full_disk_is_said_and_the_former_state_is_read(
    capfd: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported_into(Path("ds"), dump("first", FIRST))
    before = run(capfd, *WEEK, "--data", "ds")

    def full(_self: Disk, _path: Path, _frame: pl.DataFrame) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Disk, "write_table", full)
    said = run(capfd, "import", "first", "-o", "ds", code=ExitCode.OUTPUT)
    assert "на диске нет места" in said
    assert len(said.splitlines()) == 2
    assert run(capfd, *WEEK, "--data", "ds") == before
    assert [path.name for path in Path("ds/snapshots").iterdir()] == ["000001"]


def test_a_dataset_is_not_imported_into_itself(capfd: Captured) -> None:
    imported_into(Path("ds"), dump("first", FIRST))
    for path in ("ds", "ds/snapshots/000001"):
        assert "в него самого" in run(capfd, "import", path, "-o", "ds", code=ExitCode.USAGE)


def test_a_newer_dataset_asks_for_a_newer_program(capfd: Captured) -> None:
    imported_into(Path("ds"), dump("first", FIRST))
    Path("ds/CURRENT").write_text('{"format": "monitor.dataset/2", "snapshot": 1}\n')
    assert "обновите" in run(capfd, *WEEK, "--data", "ds", code=ExitCode.DUMP)
    assert "обновите" in run(capfd, "import", "first", "-o", "ds", code=ExitCode.DUMP)


@pytest.mark.parametrize("text", ["", '{"format": "monitor.dataset/1"}', "{", "\0" * 9])
def test_a_damaged_mark_is_said(text: str, capfd: Captured) -> None:
    imported_into(Path("ds"), dump("first", FIRST))
    Path("ds/CURRENT").write_text(text, encoding="utf-8")
    assert "CURRENT" in run(capfd, *WEEK, "--data", "ds", code=ExitCode.DUMP)


def test_a_damaged_manifest_is_said(capfd: Captured) -> None:
    imported_into(Path("ds"), dump("first", FIRST))
    path = Path("ds/snapshots/000001/manifest.json")
    document = json.loads(path.read_text(encoding="utf-8"))
    del document["sources"]
    path.write_text(json.dumps(document), encoding="utf-8")
    assert "manifest.json" in run(capfd, *WEEK, "--data", "ds", code=ExitCode.DUMP)


def test_a_first_import_that_did_not_end_is_no_dump(capfd: Captured) -> None:
    imported_into(Path("ds"), dump("first", FIRST))
    Path("ds/CURRENT").unlink()
    assert "не окончен" in run(capfd, *WEEK, "--data", "ds", code=ExitCode.DUMP)
    run(capfd, "import", "first", "-o", "ds")
    assert kept(capfd) == [(1, 1), (0, 1)]


def test_another_default_zone_is_refused_by_import_and_said_by_week(capfd: Captured) -> None:
    imported_into(Path("ds"), dump("first", FIRST))
    other = ("--set", "timezone=Asia/Omsk")
    said = run(capfd, "import", "first", "-o", "ds", *other, code=ExitCode.USAGE)
    assert "Europe/Moscow" in said
    run(capfd, "import", "first", "-o", "ds", "--set", "timezone=Europe/Moscow")
    warnings = parsed(run(capfd, *WEEK, "--data", "ds", *other, "--source-tz", "UTC"))["warnings"]
    assert {"other_timezone", "other_source_tz"} <= {one["code"] for one in warnings}


def test_ids_that_belong_to_other_schools_are_refused(capfd: Captured) -> None:
    imported_into(Path("ds"), dump("first", FIRST))
    dump("second", f"{LESSONS}200,10,Алгебра,2026-11-23,\n")
    assert "lesson_id" in run(capfd, "import", "second", "-o", "ds", code=ExitCode.DUMP)
    assert kept(capfd) == [(1, 1), (0, 1)]


def test_counts_of_several_dumps_are_added_up(capfd: Captured) -> None:
    staff = "person_id,school_id,role\n7,{school},директор\n"
    for school in (1, 2):
        lessons = f"{LESSONS}{school}00,{school}0,А,2026-11-16,\n{school}01,99,А,2026-11-16,\n"
        dump(f"d{school}", lessons, staff=staff.format(school=school))
        run(capfd, "import", f"d{school}", "-o", "ds")
    said = parsed(run(capfd, *WEEK, "--data", "ds", "--lang", "en"))
    assert said["problems"] == [{"table": "lessons", "reason": "unknown_reference", "rows": 2}]
    roles = [one["message"] for one in said["warnings"] if one["code"] == "unknown_role"]
    assert roles == ["staff.role: 2 rows have an unknown role, which counts as «other»"]
    # What was said of rows that are all replaced is not said any more.
    dump("d3", f"{LESSONS}100,10,А,2026-11-16,\n200,20,А,2026-11-16,\n")
    run(capfd, "import", "d3", "-o", "ds")
    assert parsed(run(capfd, *WEEK, "--data", "ds"))["problems"] == []


def test_a_class_that_is_gone_stays_archived_for_the_lessons_it_had(capfd: Captured) -> None:
    lessons = f"{LESSONS}100,10,А,2026-11-09,да\n101,11,А,2026-11-10,\n"
    dump("first", lessons, classes="class_id,school_id,class\n10,1,5А\n11,1,5Б\n20,2,5В\n")
    dump("second", f"{LESSONS}102,10,А,2026-11-16,\n")
    for name in ("first", "second"):
        said = parsed(run(capfd, "import", name, "-o", "ds", "--json"))
    assert [one["code"] for one in said["warnings"]] == ["archived_classes"]
    before = ("--date", "2026-11-09", "--level", "class")
    assert kept(capfd, "--date", "2026-11-09")[0] == (1, 2)
    assert kept(capfd, *before)[:2] == [(1, 1), (0, 1)]
    # In the week of the second dump the class is no class any more.
    assert kept(capfd, "--level", "class") == [(0, 1), (0, 0)]
    run(capfd, "import", "second", "-o", "ds")
    assert files(Path("ds/snapshots/000002")) == files(Path("ds/snapshots/000003"))


def test_imports_at_once_come_one_after_the_other(capfd: Captured) -> None:
    for school in (1, 2):
        for part in range(2):
            week = date(2026, 11, 9) + timedelta(days=7 * part)
            name = f"d{school}{part}"
            dump(name, f"{LESSONS}{school}0{part},{school}0,А,{week},Тема\n")
    imports = [
        subprocess.Popen(
            [sys.executable, "-m", "monitor_cli", "import", f"d{school}{part}", "-o", "ds"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for school in (1, 2)
        for part in range(2)
    ]
    ends = [(one.communicate(), one.returncode) for one in imports]
    assert [code for _, code in ends] == [ExitCode.DONE] * 4, ends
    assert layout.numbers(Path("ds")) == [1, 2, 3, 4]
    assert kept(capfd) == [(1, 1), (1, 1)]
    assert kept(capfd, "--date", "2026-11-09") == [(1, 1), (1, 1)]


def test_other_engines_read_the_files_by_a_glob() -> None:
    imported_into(Path("ds"), SAMPLE_FOLDER)
    import pyarrow.dataset as pd  # type: ignore[import-untyped]  # noqa: PLC0415

    lessons = pd.dataset("ds/snapshots/000001/lessons", partitioning="hive").to_table()
    assert lessons.num_rows == 2340
    assert {str(day) for day in lessons["week"].to_pylist()} >= {MONDAY}
    assert str(lessons.schema.field("starts_at").type) == "timestamp[us]"
    assert str(lessons.schema.field("lesson_id").type) == "int64"
