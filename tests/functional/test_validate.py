"""`monitor validate` through the command line: exit codes, formats, what it must never do."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from monitor_cli import cli
from monitor_cli.commands.reading import SAMPLE_FOLDER
from monitor_cli.errors import ExitCode
from monitor_cli.explained import EXPLAINED
from monitor_cli.language import Language
from monitor_cli.render.validate_formats import VALIDATE_FORMATS
from tests.documents import parsed
from tests.unit.dump.dumps import CLASSES, LESSONS, SCHOOLS, STUDENTS, marks, write

if TYPE_CHECKING:
    from pathlib import Path

Captured = pytest.CaptureFixture[str]
GOOD = "1,100,7,Поведение,2026-11-16 10:00:00"
CLEAN = {
    "students.csv": STUDENTS,
    "staff.csv": "person_id,school_id,role\n5,1,teacher\n6,2,teacher\n",
    "parents.csv": "person_id,school_id,student_id\n15,1,7\n16,2,8\n",
    "marks.csv": marks([GOOD, "2,200,8,Поведение,2026-11-17 10:00:00"]),
    "attendance.csv": "lesson_id,student_id,status\n100,7,Н\n200,8,Б\n",
    "homework.csv": (
        "homework_id,lesson_id,issued_at\n1,100,2026-11-15 10:00\n2,200,2026-11-15 10:00\n"
    ),
    "diary_views.csv": (
        "student_id,viewer_role,viewed_at\n7,parent,2026-11-16 20:00\n8,parent,2026-11-16 20:00\n"
    ),
}


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def validated(capfd: Captured, *arguments: str) -> tuple[int, str, str]:
    code = cli.main(["validate", *arguments])
    printed = capfd.readouterr()
    return code, printed.out, printed.err


def document(capfd: Captured, *arguments: str) -> Any:
    code, out, _ = validated(capfd, "--json", *arguments)
    assert code in {ExitCode.DONE, ExitCode.DUMP}
    return parsed(out)


def test_the_sample_is_told_with_what_its_readme_lists(capfd: Captured) -> None:
    code, out, err = validated(capfd)
    assert code == ExitCode.DONE
    assert out.startswith("ПРИМЕР: данные вымышлены\nПроверка выгрузки на 23.11.2026 09:00\n")
    assert "вымышленный пример" in err
    assert "validate --list" in err
    readme = (SAMPLE_FOLDER / "README.md").read_text("utf-8")
    told = document(capfd, "--data", "sample")
    for problem in told["problems"]:
        assert f"`{problem['file']}`" in readme
        assert f"`{problem['reason']}`" in readme
        for finding in problem["listed"]:
            lines = {finding["line"], *([finding["stands"]["line"]] if finding["stands"] else ())}
            assert any(f"строка {line}" in readme for line in lines)
    assert {one["code"] for one in told["remarks"]} == {"near_work_type", "first_parallels"}
    assert any("Поведение на уроке" in one["message"] for one in told["remarks"])


@pytest.mark.parametrize("source", ["sample", "awkward"])
def test_what_is_counted_is_what_the_week_counts(
    source: str, capfd: Captured, request: pytest.FixtureRequest
) -> None:
    folder = request.path.parents[1] / "data" / source if source != "sample" else SAMPLE_FOLDER
    assert cli.main(["week", "--json", "--data", str(folder), "--date", "2026-11-16"]) == 0
    of_week = parsed(capfd.readouterr().out)["problems"]
    counted: Counter[tuple[str, str]] = Counter()
    found = document(capfd, "--data", str(folder))
    for one in found["problems"]:
        if one["effect"] != "used":
            counted[one["table"], one["reason"]] += one["rows"]
    assert dict(counted) == {(one["table"], one["reason"]): one["rows"] for one in of_week}
    for one in found["tables"]:
        assert one["used"] + one["repeated"] + one["set_aside"] == one["read"]
        assert one["set_aside"] == sum(
            problem["rows"]
            for problem in found["problems"]
            if problem["table"] == one["table"] and problem["effect"] == "set_aside"
        )


def test_a_clean_dump_passes_the_check(tmp_path: Path, capfd: Captured) -> None:
    write(tmp_path / "dump", CLEAN)
    code, out, err = validated(capfd, "--data", "dump", "--check")
    assert (code, "отложенные" in out) == (ExitCode.DONE, False)
    assert "logins" in out
    assert document(capfd, "--data", "dump")["clean"] is True
    assert err.count("\n") <= 1


@pytest.mark.parametrize("missing", [*CLEAN, None])
def test_a_table_that_is_not_there_is_said_and_the_others_are_looked_at(
    missing: str | None, tmp_path: Path, capfd: Captured
) -> None:
    """None: all of them but those that a dump must have."""
    gone = CLEAN if missing is None else [missing]
    write(tmp_path / "dump", {name: text for name, text in CLEAN.items() if name not in gone})
    found = document(capfd, "--data", "dump")
    lacking = {f"{one['table']}.csv" for one in found["tables"] if one["verdict"] == "missing"}
    assert lacking & CLEAN.keys() == set(gone)


def test_views_in_the_future_are_found_where_no_student_is_known(
    tmp_path: Path, capfd: Captured
) -> None:
    views = "student_id,viewer_role,viewed_at\n7,parent,2096-11-16 20:00\n"
    write(tmp_path / "dump", {"diary_views.csv": views})
    remarks = document(capfd, "--data", "dump")["remarks"]
    future = [(one["table"], one["amount"]) for one in remarks if one["code"] == "future"]
    assert future == [("diary_views", 1)]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"marks.csv": marks([GOOD, "2,200,8,Поведение,вчера"])}, ExitCode.MISS),
        ({"marks.csv": marks([GOOD, GOOD])}, ExitCode.DONE),
        ({"marks.csv": marks([GOOD, "2,200,77,Поведение,2026-11-17"])}, ExitCode.DONE),
        ({"marks.csv": None}, ExitCode.MISS),
        ({"marks.csv": b""}, ExitCode.DUMP),
    ],
)
def test_what_the_check_is_for(
    tmp_path: Path, changed: dict[str, str | bytes | None], code: int, capfd: Captured
) -> None:
    files = {**CLEAN, **changed}
    write(tmp_path / "dump", {name: text for name, text in files.items() if text is not None})
    assert validated(capfd, "--data", "dump", "--check")[0] == code
    without = ExitCode.DUMP if code == ExitCode.DUMP else ExitCode.DONE
    assert validated(capfd, "--data", "dump")[0] == without


def test_one_hears_of_all_broken_files_first(tmp_path: Path, capfd: Captured) -> None:
    write(tmp_path / "dump", {**CLEAN, "staff.csv": "person_id\n5\n", "homework.csv": b""})
    code, out, _ = validated(capfd, "--data", "dump")
    assert code == ExitCode.DUMP
    _, _, broken, staff, *rest = out.splitlines()
    assert broken == "Выгрузка не читается"
    assert "staff.csv" in staff
    assert "homework.csv" in "".join(rest[:3])
    found = document(capfd, "--data", "dump")
    assert [one["table"] for one in found["broken"]] == ["staff", "homework"]
    assert (found["weeks"], found["hours"]) == ([], [])
    assert {one["table"]: one["verdict"] for one in found["tables"]}["staff"] == "broken"


def test_no_dump_is_an_error_without_a_report(capfd: Captured) -> None:
    code, out, err = validated(capfd, "--data", "nowhere")
    assert (code, out) == (ExitCode.DUMP, "")
    assert "nowhere" in err


@pytest.mark.parametrize("format_", VALIDATE_FORMATS)
def test_the_same_bytes_on_every_run(format_: str, tmp_path: Path) -> None:
    command = ["validate", "-q", "--data", "sample", "--format", format_, "-o"]
    assert cli.main([*command, "1"]) == cli.main([*command, "2"]) == ExitCode.DONE
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()


@pytest.mark.parametrize("language", Language)
def test_flat_formats_add_up_and_say_the_same(language: str, tmp_path: Path) -> None:
    rows = [f"{n},999,7,Поведение,2026-11-16" for n in range(1_005)]
    write(tmp_path / "dump", {**CLEAN, "marks.csv": marks([GOOD, *rows])})
    command = ["validate", "-q", "--data", "dump", "--lang", language, "-o"]
    for name in ("v.csv", "v.ndjson"):
        assert cli.main([*command, name]) == ExitCode.DONE
    text = (tmp_path / "v.csv").read_text("utf-8")
    assert text.startswith("\ufeff") is (language == Language.RU)
    separator = ";" if language == Language.RU else ","
    table = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff")), delimiter=separator))
    flat = [json.loads(line) for line in (tmp_path / "v.ndjson").read_text("utf-8").splitlines()]
    assert [
        {key: "" if value is None else str(value) for key, value in one.items()} for one in flat
    ] == table
    lost = [one for one in flat if one["reason"] == "unknown_reference"]
    assert sum(one["rows"] for one in lost) == 1_005
    assert [one["rows"] for one in lost if one["line"] is None] == [5]


def test_the_workbook_is_text_for_the_school(tmp_path: Path) -> None:
    bad = marks([GOOD, *(f"{n},100,7,Поведение,{text}" for n, text in enumerate("=+-@[", 2))])
    write(
        tmp_path / "dump", {**CLEAN, "marks.csv": bad + "9,100,7,Поведение,=1+1\n", "=1.csv": "a\n"}
    )
    assert cli.main(["validate", "-q", "--data", "dump", "-o", "v.xlsx"]) == ExitCode.DONE
    book = openpyxl.load_workbook(tmp_path / "v.xlsx")
    assert book.sheetnames == ["Сводка", "marks", "Файлы и замечания"]
    for sheet in book:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in {"s", "n"}
                assert cell.value is None or cell.data_type == "n" or cell.number_format == "@"
    of_marks = book["marks"]
    assert of_marks.freeze_panes == "A2"
    assert of_marks.print_title_rows == "$1:$1"
    last = [cell.value for cell in of_marks[of_marks.max_row]]
    assert last[:4] == ["marks.csv", 8, "created_at", "=1+1"]
    assert last[4:6] == [
        EXPLAINED["bad_timestamp"].title.ru,
        EXPLAINED["bad_timestamp"].remedy.ru,
    ]
    assert "=1.csv" in {cell.value for row in book["Файлы и замечания"] for cell in row}


def test_many_examples_fit_into_a_cell(tmp_path: Path, capfd: Captured) -> None:
    classes = "".join(f"{n},1,{n}-й класс\n" for n in range(100, 400))
    write(tmp_path / "dump", {**CLEAN, "classes.csv": CLASSES + classes})
    assert cli.main(["validate", "-q", "--data", "dump", "-o", "v.xlsx"]) == ExitCode.DONE
    sheet = openpyxl.load_workbook(tmp_path / "v.xlsx")["Файлы и замечания"]
    (idle,) = (row for row in sheet.iter_rows(values_only=True) if "классов без" in str(row[4]))
    assert idle[3].endswith(", … (+250)")
    assert idle[7] == 300
    assert max(one.height or 0 for one in sheet.row_dimensions.values()) <= 400
    (told,) = (
        one for one in document(capfd, "--data", "dump")["remarks"] if one["code"] == "no_lessons"
    )
    assert len(told["examples"]) == told["amount"] == 300
    _, out, _ = validated(capfd, "--data", "dump")
    assert ", … (+294)" in out


def test_binary_output_is_kept_off_a_terminal_and_names_tell_formats(capfd: Captured) -> None:
    assert validated(capfd, "--format", "parquet")[0] == ExitCode.USAGE
    assert validated(capfd, "-o", "x.parquet", "--data", "sample")[0] == ExitCode.USAGE
    assert validated(capfd, "-o", "x.xlsx")[0] == ExitCode.USAGE  # no dump is named for a file


@pytest.mark.parametrize("format_", ["table", "json", "md"])
@pytest.mark.parametrize("language", Language)
def test_the_list_has_every_code(format_: str, language: str, capfd: Captured) -> None:
    code, out, err = validated(capfd, "--list", "--format", format_, "--lang", language)
    assert (code, err) == (ExitCode.DONE, "")
    assert all(code in out for code in EXPLAINED)
    if format_ == "json":
        assert [one["code"] for one in parsed(out)["problems"]] == list(EXPLAINED)
    if format_ == "table":
        assert max(map(len, out.splitlines())) <= 100


def test_the_list_goes_to_a_file(tmp_path: Path, capfd: Captured) -> None:
    code, out, err = validated(capfd, "--list", "-o", "problems.md")
    assert (code, out) == (ExitCode.DONE, "")
    assert "problems.md" in err
    assert "`ragged_line`" in (tmp_path / "problems.md").read_text("utf-8")


def test_hostile_texts_steer_nothing(tmp_path: Path, capfd: Captured) -> None:
    evil = "\x1b[31m\u202eзло`|<b>"
    write(
        tmp_path / "dump",
        {
            **CLEAN,
            "schools.csv": SCHOOLS + f"3,{evil},\n",
            "classes.csv": CLASSES + f"30,3,{evil}\n",
            "lessons.csv": LESSONS + f"300,10,{evil},{evil}\n",
            "evil.csv": "a\n",
        },
    )
    for arguments in ((), ("--format", "md"), ("--format", "csv"), ("--json",)):
        _, out, err = validated(capfd, "--data", "dump", *arguments)
        assert "\x1b" not in out + err
        assert "\u202e" not in out + err
    _, out, _ = validated(capfd, "--data", "dump", "--format", "md")
    assert "<b>" not in out.replace(r"\<b\>", "")


def test_settings_that_refuse_rows_do_not_stop_it(tmp_path: Path, capfd: Captured) -> None:
    (tmp_path / "monitor.toml").write_text("strict = true\n", "utf-8")
    write(tmp_path / "dump", {**CLEAN, "marks.csv": marks([GOOD, "2,200,8"])})
    assert validated(capfd, "--data", "dump")[0] == ExitCode.DONE
