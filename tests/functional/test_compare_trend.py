"""`monitor compare` and `monitor trend` through the command line."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

from monitor_cli import cli
from monitor_cli.errors import ExitCode
from monitor_cli.render.report_formats import REPORT_FORMATS
from tests.documents import parsed
from tests.imports import imported_into

Captured = pytest.CaptureFixture[str]
COMMANDS = (("compare",), ("trend", "timely_marks", "journal_keeping", "--weeks", "3"))

pytestmark = pytest.mark.usefixtures("elsewhere")


def run(capfd: Captured, *words: str, code: int = ExitCode.DONE) -> str:
    assert cli.main([*words]) == code
    printed = capfd.readouterr()
    return printed.out if code == ExitCode.DONE else printed.err


def document(capfd: Captured, *words: str) -> Any:
    return parsed(run(capfd, *words, "--json"))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_every_format_says_the_same_on_every_run(command: tuple[str, ...], capfd: Captured) -> None:
    sample = (*command, "--data", "sample", "-q")
    for name, made in REPORT_FORMATS.items():
        for file in ("one", "two"):
            run(capfd, *sample, "--format", name, "-o", file)
        first = Path("one").read_bytes()
        assert first == Path("two").read_bytes()
        if not made.binary:
            assert run(capfd, *sample, "--format", name).encode() == first
    whole = document(capfd, *sample)
    assert whole["sample"] is True
    rows = whole["parts" if command[0] == "compare" else "rows"]
    flat = [json.loads(line) for line in run(capfd, *sample, "--format", "ndjson").splitlines()]
    text = run(capfd, *sample, "--format", "csv", "--lang", "en")
    plain = list(csv.DictReader(io.StringIO(text, newline="")))
    run(capfd, *sample, "-o", "x.parquet")
    typed = pq.read_table("x.parquet").to_pylist()
    assert len(rows) == len(flat) == len(plain) == len(typed)
    assert typed == flat
    for row, cells in zip(rows, plain, strict=True):
        assert [cells[key] for key in ("indicator", "school_id")] == [
            row["indicator"],
            row["school_id"] or "",
        ]
    run(capfd, *sample, "-o", "x.xlsx")
    for sheet in openpyxl.load_workbook("x.xlsx"):
        assert sheet["A1"].value == "ПРИМЕР: данные вымышлены"


def test_contributions_of_the_document_make_the_change(capfd: Captured) -> None:
    for by in ("municipality", "school", "subject", "teacher", "class"):
        found = document(capfd, "compare", "--data", "sample", "--by", by, "--block", "journal")
        changes = {one["indicator"]: one["now"]["change"] for one in found["indicators"]}
        moved: dict[str, float] = {}
        for part in found["parts"]:
            key = part["indicator"]
            moved[key] = moved.get(key, 0) + part["contribution"]
        assert moved
        for key, contribution in moved.items():
            assert contribution == pytest.approx(changes[key], abs=1e-9)


def test_compare_splits_by_what_the_scope_calls_for(capfd: Captured) -> None:
    region = document(capfd, "compare", "--data", "sample")
    assert region["by"] == ["school"]
    assert region["with"]["iso"] == "2026-W46"
    school = region["parts"][0]["school_id"]
    inside = document(capfd, "compare", "--data", "sample", "--school", school)
    assert inside["by"] == ["class", "teacher"]
    assert {part["by"] for part in inside["parts"]} == {"class", "teacher"}
    assert {part["school_id"] for part in inside["parts"]} - {None} == {school}


def test_tables_name_the_biggest_movers_and_programs_are_told_all(capfd: Captured) -> None:
    sample = ("compare", "--data", "sample", "--indicator", "timely_marks")
    text = run(capfd, *sample, "--limit", "2")
    assert "остальные школы: 4" in text
    cut = document(capfd, *sample, "--limit", "2")["parts"]
    everything = document(capfd, *sample)["parts"]
    assert [part["part"] for part in cut] == ["place", "place", "others"]
    assert [part["part"] for part in everything] == ["place"] * 6
    assert cut[:2] == everything[:2]
    sizes = [abs(part["contribution"]) for part in everything]
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("compare", "--by", "schol"), "--by: нет уровня «schol»"),
        (("compare", "--with", "2026-W47"), "сравнивается сама с собой"),
        (("compare", "--with", "вчера"), "--with «вчера»: это не неделя"),
        (("compare", "--limit", "x"), "--limit «x»: это не число"),
        (("compare", "--indicator", "timely"), "timely_marks"),
        (("compare", "--format", "docx"), "--format «docx»: такого нет"),
        (("trend",), "не хватает обязательного аргумента"),
        (("trend", "timely_mark"), "timely_marks"),
        (("trend", "timely_marks", "--weeks", "1"), "от 2 до 60"),
        (("trend", "timely_marks", "--weeks", "61"), "от 2 до 60"),
        (("trend", "timely_marks", "--as-imported", "недавно"), "это не день"),
        (("trend", "timely_marks", "--as-imported", "weekly"), "monitor import"),
        (("trend", "school_activity", "--level", "class"), "school_activity"),
    ],
)
def test_what_cannot_be_asked_for_is_refused(
    words: tuple[str, ...], said: str, capfd: Captured
) -> None:
    assert said in run(capfd, *words, "--data", "sample", code=ExitCode.USAGE)


def test_a_trend_needs_no_dump_but_says_that_it_is_the_sample(capfd: Captured) -> None:
    assert cli.main(["trend", "timely_marks"]) == ExitCode.DONE
    said = capfd.readouterr()
    assert said.out.startswith("ПРИМЕР: данные вымышлены\nНедели 2026-W40 – 2026-W47")
    assert said.err.startswith("выгрузка не названа")
    assert "на графике пропуски: 2026-W40, " in said.err


def dump(name: str, *topics: str) -> Path:
    """A school of one class: a lesson on the Monday of each week, the first of them in W46."""
    folder = Path(name)
    folder.mkdir()
    mondays = ("2026-11-09", "2026-11-16", "2026-11-23")
    rows = [
        f"{at}{number},10,Алгебра,{mondays[at]},{topic if number == '1' else ''}"
        for at, topic in enumerate(topics)
        for number in "12"
    ]
    for table, lines in {
        "schools": ("school_id,school,municipality", "1,Первая,Город"),
        "classes": ("class_id,school_id,class", "10,1,5А"),
        "lessons": ("lesson_id,class_id,subject,date,topic", *rows),
        "homework": ("homework_id,lesson_id,text,issued_at",),
    }.items():
        (folder / f"{table}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_what_was_filled_in_later_stands_beside_what_was_known_then(capfd: Captured) -> None:
    # By Monday the 16th nothing of W46 was planned, by the 23rd half of it and of W47.
    imported_into(Path("ds"), dump("first", ""), now=datetime(2026, 11, 16, 7, tzinfo=UTC))
    imported_into(Path("ds"), dump("next", "Д", "Д"), now=datetime(2026, 11, 23, 7, tzinfo=UTC))
    imported_into(Path("ds"), dump("last", "Д", ""), now=datetime(2026, 11, 24, 7, tzinfo=UTC))
    asked = ("trend", "lesson_planning", "--data", "ds", "--date", "2026-W47", "--weeks", "3")
    found = document(capfd, *asked, "--as-imported", "weekly")
    (row,), (total,) = found["rows"], found["totals"]
    for course in (row, total):
        assert course["values"] == [None, 50.0, 0.0]
        assert course["then"] == [None, 0.0, 50.0]
        assert course["filled_in"] == -50.0
        assert course["then_last"]["value"] == 50.0
    assert "not_imported_then" in [one["code"] for one in found["warnings"]]
    at_once = document(capfd, *asked, "--as-imported", "2026-11-23")["rows"][0]
    assert at_once["values"] == [None, 50.0, 50.0]
    assert "then" not in at_once
    text = run(capfd, *asked, "--as-imported", "weekly", "--lang", "en")
    assert "As known then" in text


def test_a_dataset_that_was_imported_later_says_when(capfd: Captured) -> None:
    imported_into(Path("ds"), dump("first", "Д"), now=datetime(2027, 1, 11, 7, tzinfo=UTC))
    asked = ("trend", "lesson_planning", "--data", "ds", "--date", "2026-W46")
    said = run(capfd, *asked, "--as-imported", "weekly", code=ExitCode.USAGE)
    assert "2027-01-11" in said


def test_a_class_that_was_not_there_then_is_a_gap_then(capfd: Captured) -> None:
    imported_into(Path("ds"), dump("first", "Д"), now=datetime(2026, 11, 16, 7, tzinfo=UTC))
    second = dump("second", "Д", "Д")
    (second / "classes.csv").write_text("class_id,school_id,class\n10,1,5Я\n", encoding="utf-8")
    imported_into(Path("ds"), second, now=datetime(2026, 11, 23, 7, tzinfo=UTC))
    asked = ("trend", "lesson_planning", "--data", "ds", "--date", "2026-W47", "--weeks", "2")
    found = document(capfd, *asked, "--as-imported", "weekly", "--class", "5Я")["totals"][0]
    assert (found["values"], found["then"]) == ([50.0, 50.0], [None, 50.0])


def test_on_a_terminal_of_sixty_columns_nothing_is_longer(
    capfd: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitor_cli.commands.streams.Streams.width", 60)
    for command in COMMANDS:
        text = run(capfd, *command, "--data", "sample")
        assert max(map(len, text.splitlines())) <= 60
