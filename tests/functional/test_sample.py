"""`monitor sample`: realistic, the same every time, and read without a word of complaint."""

from __future__ import annotations

import errno
import hashlib
import json
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from monitor_cli import cli
from monitor_cli.clock import Week
from monitor_cli.columns import Table
from monitor_cli.commands import sample_options
from monitor_cli.errors import ExitCode
from monitor_cli.sampling import dump
from monitor_cli.sampling.cells import Format, Style
from monitor_cli.sampling.dump import Files, Written, write
from monitor_cli.sampling.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Callable

Captured = pytest.CaptureFixture[str]
WEEK = Week(date(2026, 11, 16))
MONDAY = "2026-11-16"
# Three small schools two hours east of Moscow; one has two shifts, one a week of six days.
SEED = 2470
PLAN = Plan(schools=3, week=WEEK, seed=SEED)
FAULTY = Plan(schools=3, week=WEEK, seed=SEED, faults=50_000)
CSV, PARQUET = Format.CSV, Format.PARQUET

SHAPES: dict[str, Callable[[Path], Files]] = {
    "parquet": lambda to: Files(to, Style()),
    "comma": lambda to: Files(to, Style(CSV)),
    "semicolon and a mark": lambda to: Files(to, Style(CSV, "utf-8-sig", ";")),
    "Windows-1251": lambda to: Files(to, Style(CSV, "cp1251", ";")),
    "tab": lambda to: Files(to, Style(CSV, separator="\t")),
    "shuffled": lambda to: Files(to, Style(), shuffled=True),
    "shuffled lines": lambda to: Files(to, Style(CSV), shuffled=True),
    "parts": lambda to: Files(to, Style(), parts=2),
    "shuffled parts": lambda to: Files(to, Style(CSV), parts=3, shuffled=True),
    "per school": lambda to: Files(to, Style(CSV), per_school=True),
}


def _silent(_: int) -> None:
    """Nobody asks how far it is."""


def _made(plan: Plan, wanted: Files) -> Written:
    wanted.folder.mkdir()
    return write(plan, wanted, _silent)


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample") / "clean"
    _made(PLAN, Files(folder, Style()))
    return folder


def _week(folder: Path, capfd: Captured, *more: str) -> str:
    assert cli.main(["week", "--data", str(folder), "--date", MONDAY, "--json", *more]) == 0
    return capfd.readouterr().out


def _bytes(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def _here() -> list[str]:
    return [path.name for path in Path().iterdir()]


def _only(frame: pl.DataFrame, value: pl.Expr) -> Any:
    return frame.select(value).item()


def _table(folder: Path, name: str) -> pl.DataFrame:
    return pl.read_parquet(folder / f"{name}.parquet")


# ------------------------------------------------------------------ the same every time


def test_the_same_options_give_the_same_bytes(clean: Path, tmp_path: Path) -> None:
    _made(PLAN, Files(tmp_path / "again", Style()))
    assert _bytes(tmp_path / "again") == _bytes(clean)


def test_another_seed_gives_another_dump(clean: Path, tmp_path: Path) -> None:
    _made(Plan(schools=3, week=WEEK, seed=SEED + 1), Files(tmp_path / "other", Style()))
    other = _bytes(tmp_path / "other")
    assert [name for name, data in _bytes(clean).items() if data == other[name]] == []


def test_no_version_of_anything_changes_the_rows(tmp_path: Path) -> None:
    _made(Plan(schools=1, week=WEEK, weeks=1), Files(tmp_path / "one", Style(CSV)))
    whole = hashlib.sha256()
    for _, data in sorted(_bytes(tmp_path / "one").items()):
        whole.update(data)
    assert whole.hexdigest() == "2eaaff9ab80fec7d613d4234c0e32e490f3ac5800f03dc252fb6ba4704feb261"


def test_schools_do_not_depend_on_how_many_there_are(clean: Path, tmp_path: Path) -> None:
    _made(Plan(schools=2, week=WEEK, seed=SEED), Files(tmp_path / "two", Style()))
    marks, fewer = _table(clean, "marks"), _table(tmp_path / "two", "marks")
    assert fewer.equals(marks.head(fewer.height))


def test_pieces_of_a_region_are_its_schools(clean: Path, tmp_path: Path) -> None:
    _made(Plan(schools=1, week=WEEK, seed=SEED), Files(tmp_path / "first", Style()))
    rest = ["sample", "--schools", "2", "--skip", "1", "--seed", str(SEED), "--date", MONDAY]
    assert cli.main([*rest, "-o", str(tmp_path / "rest")]) == ExitCode.DONE
    names = sorted(path.stem for path in clean.iterdir())
    assert len(names) == len(list((tmp_path / "rest").iterdir()))
    for name in names:
        pieces = [_table(tmp_path / part, name) for part in ("first", "rest")]
        assert pl.concat(pieces).equals(_table(clean, name)), name


def test_the_order_of_shuffled_rows_is_no_order_and_the_same_every_time(
    clean: Path, tmp_path: Path
) -> None:
    for name in ("once", "twice"):
        _made(PLAN, Files(tmp_path / name, Style(), shuffled=True))
    assert _bytes(tmp_path / "once") == _bytes(tmp_path / "twice")
    mixed, ordered = _table(tmp_path / "once", "marks"), _table(clean, "marks")
    assert ordered["lesson_id"].is_sorted()
    assert not mixed["lesson_id"].is_sorted()
    assert mixed.sort("mark_id").equals(ordered)


# ------------------------------------------------------------------ read as any dump


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_of_files_gives_the_same_figures(
    shape: str, clean: Path, tmp_path: Path, capfd: Captured
) -> None:
    _made(PLAN, SHAPES[shape](tmp_path / "other"))
    assert _week(tmp_path / "other", capfd) == _week(clean, capfd)


def test_windows_1251_holds_the_same_text(tmp_path: Path) -> None:
    plan = Plan(schools=1, week=WEEK, weeks=1)
    _made(plan, Files(tmp_path / "ansi", Style(CSV, "cp1251", ";")))
    _made(plan, Files(tmp_path / "utf", Style(CSV, separator=";")))
    ansi, utf = _bytes(tmp_path / "ansi"), _bytes(tmp_path / "utf")
    assert {name: data.decode("cp1251") for name, data in ansi.items()} == {
        name: data.decode() for name, data in utf.items()
    }


def test_text_ids_change_nothing_but_ids(clean: Path, tmp_path: Path, capfd: Captured) -> None:
    _made(PLAN, Files(tmp_path / "text", Style(text_ids=True)))
    expected, found = (
        json.loads(_week(folder, capfd, "--level", "class"))
        for folder in (clean, tmp_path / "text")
    )
    assert found["rows"][0]["school_id"] == "s" + expected["rows"][0]["school_id"]
    for row in (*expected["rows"], *found["rows"]):
        del row["school_id"], row["class_id"]
    assert found == expected


def test_a_clean_dump_gives_no_problems_and_every_indicator(clean: Path, capfd: Captured) -> None:
    document: dict[str, Any] = json.loads(_week(clean, capfd, "--strict"))
    assert document["problems"] == []
    assert [one["code"] for one in document["warnings"]] == []
    values = {key: total["value"] for key, total in document["totals"].items()}
    assert len(values) == 13
    assert None not in values.values()


@pytest.mark.parametrize("shape", SHAPES)
def test_every_fault_is_found_and_changes_no_figure(
    shape: str, clean: Path, tmp_path: Path, capfd: Captured
) -> None:
    wanted = SHAPES[shape](tmp_path / "faulty")
    made = _made(FAULTY, wanted).faults
    expected, found = (json.loads(_week(folder, capfd)) for folder in (clean, wanted.folder))
    assert {(one["table"], one["reason"]): one["rows"] for one in found.pop("problems")} == dict(
        made
    )
    assert min(made.values()) > 0
    assert len(made) == 20
    del expected["problems"]
    assert found == expected


# ------------------------------------------------------------------ as real ones are


def test_a_class_has_25_to_36_lessons_a_week(clean: Path) -> None:
    lessons = _table(clean, "lessons").with_columns(week=pl.col("date").dt.week())
    weeks = lessons.group_by("class_id", "week").len()
    filled = weeks.filter(pl.col("len") >= 8)
    assert filled["len"].is_between(25, 36).all()
    assert filled.height > 0.9 * weeks.height
    assert lessons["number"].is_between(1, 7).all()
    hour = lessons.filter(pl.col("group").is_null()).group_by("class_id", "date", "number").len()
    assert hour["len"].max() == 1


def test_the_week_before_and_the_week_after_are_there(clean: Path) -> None:
    mondays = _table(clean, "lessons")["date"].dt.truncate("1w").unique().sort().to_list()
    assert mondays == [WEEK.previous.monday, WEEK.monday, WEEK.next.monday]
    marks, stamp = _table(clean, "marks"), pl.col("created_at")
    # Nine in the morning by Moscow, eleven there.
    assert datetime(2026, 11, 23, 9) < _only(marks, stamp.max()) <= datetime(2026, 11, 23, 11)
    assert _only(marks, stamp.dt.second().n_unique()) == 60


def test_the_parts_of_a_school_fit_together(clean: Path) -> None:
    marks, lessons = _table(clean, "marks"), _table(clean, "lessons")
    students, staff = _table(clean, "students"), _table(clean, "staff")
    marked = marks.join(
        lessons.select("lesson_id", "class_id", "is_cancelled", "date"),
        on="lesson_id",
        validate="m:1",
    ).join(
        students.select("person_id", of="class_id"),
        left_on="student_id",
        right_on="person_id",
        validate="m:1",
    )
    assert marked.height == marks.height
    assert (marked["class_id"] == marked["of"]).all()
    assert not marked["is_cancelled"].any()
    away = _table(clean, "attendance").filter(pl.col("status") != "О")
    assert marks.join(away, on=["lesson_id", "student_id"], how="semi").is_empty()
    assert lessons["teacher_id"].is_in(staff["person_id"].implode()).all()
    assert set(students["class_id"]) == set(lessons["class_id"])


def test_schools_and_teachers_have_habits_of_their_own(tmp_path: Path) -> None:
    _made(Plan(schools=40, week=WEEK, weeks=1), Files(tmp_path / "many", Style()))
    marks, lessons = _table(tmp_path / "many", "marks"), _table(tmp_path / "many", "lessons")
    joined = marks.join(lessons, on="lesson_id", validate="m:1")
    late = pl.col("created_at").dt.hour() >= 21
    by_teacher = joined.group_by("teacher_id").agg(late=late.mean(), marks=pl.len())
    busy = by_teacher.filter(pl.col("marks") > 50)
    assert _only(busy, pl.col("late").quantile(0.1)) < 0.02
    assert _only(busy, pl.col("late").max()) > 0.4
    types = dict(marks["work_type"].value_counts(normalize=True).iter_rows())
    assert max(types, key=types.__getitem__) == "Ответ на уроке"
    assert len(types) == 7
    schools = _table(tmp_path / "many", "schools")
    assert 2 <= (schools["shifts"] == 2).sum() <= 16
    assert {"МСК+2", "Asia/Yekaterinburg", None} & set(schools["timezone"])
    classes = _table(tmp_path / "many", "classes")
    assert 15 <= classes.height / 40 <= 29
    assert _table(tmp_path / "many", "students").height / classes.height > 18


def test_it_grows_with_what_is_asked_for(clean: Path, tmp_path: Path) -> None:
    longer = Plan(schools=3, week=WEEK, weeks=5, seed=SEED)
    written = _made(longer, Files(tmp_path / "long", Style()))
    lessons, marks = _table(clean, "lessons").height, _table(clean, "marks").height
    assert written.rows[Table.LESSONS] == lessons * 5 // 3
    # In the week after there are lessons and next to no marks.
    assert 1.9 * marks < written.rows[Table.MARKS] < 2.1 * marks


# ------------------------------------------------------------------ the command


SMALL = ["sample", "--schools", "1", "--weeks", "1"]


@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize(
    ("options", "first"),
    [
        ([], b"PAR1"),
        (["--format", "csv"], "ID школы,Школа,".encode()),
        (["--encoding", "cp1251"], "ID школы;Школа;".encode("cp1251")),
        (["--encoding", "utf-8-bom"], "\ufeffID школы;Школа;".encode()),
        (["--separator", "tab"], "ID школы\tШкола\t".encode()),
        (["--encoding", "utf-16", "--separator", ";"], "ID школы;Школа;".encode("utf-16")),
    ],
)
def test_files_are_what_was_asked_for(options: list[str], first: bytes, capfd: Captured) -> None:
    assert cli.main([*SMALL, *options, "-o", "made"]) == ExitCode.DONE
    said = capfd.readouterr()
    assert said.out == ""
    assert said.err.startswith("записано: made, строк: ")
    [schools] = Path("made").glob("schools.*")
    assert schools.read_bytes().startswith(first)
    assert _here() == ["made"]


@pytest.mark.usefixtures("elsewhere")
def test_an_empty_folder_is_filled_and_a_full_one_left_alone(capfd: Captured) -> None:
    Path("empty").mkdir()
    assert cli.main([*SMALL, "-o", "empty", "-q"]) == ExitCode.DONE
    assert capfd.readouterr().err == ""
    before = _bytes(Path("empty"))
    assert cli.main([*SMALL, "-o", "empty", "--seed", "2"]) == ExitCode.USAGE
    assert "здесь уже что-то есть" in capfd.readouterr().err
    assert _bytes(Path("empty")) == before


@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "не названа папка"),
        (["-o", "-"], "не названа папка"),
        (["-o", "x", "--schools", "0"], "нужно целое число от 1"),
        (["-o", "x", "--schools", "90000", "--skip", "10001"], "от 0 до 10000"),
        (["-o", "x", "--schools", "many"], "нужно целое число от 1"),
        (["-o", "x", "--weeks", "41"], "от 1 до 40"),
        (["-o", "x", "--seed", "-1"], "--seed «-1»"),
        (["-o", "x", "--faults", "0,6"], "от 0 до 0.5"),
        (["-o", "x", "--faults", "nan"], "это не доля"),
        (["-o", "x", "--date", "soon"], "это не неделя"),
        (["-o", "x", "--format", "xlsx"], "нет формата"),
        (["-o", "x", "--encoding", "koi8-r"], "нет кодировки"),
        (["-o", "x", "--separator", ":"], "нет разделителя"),
        (["-o", "x", "--format", "parquet", "--encoding", "utf-8"], "только у CSV"),
        (["-o", "x", "--parts", "11"], "от 1 до 10"),
        (["-o", "x", "--parts", "2", "--per-school"], "вместе не имеют смысла"),
    ],
)
def test_wrong_usage_leaves_nothing(options: list[str], said: str, capfd: Captured) -> None:
    assert cli.main(["sample", *options]) == ExitCode.USAGE
    assert said in capfd.readouterr().err
    assert _here() == []


@pytest.mark.usefixtures("elsewhere")
def test_what_cannot_be_written_is_exit_4_and_leaves_nothing(
    capfd: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cli.main([*SMALL, "-o", "no/such/folder"]) == ExitCode.OUTPUT
    assert "нет такой папки" in capfd.readouterr().err

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "")

    monkeypatch.setattr(dump, "_add", full)
    assert cli.main([*SMALL, "-o", "made"]) == ExitCode.OUTPUT
    assert "на диске нет места" in capfd.readouterr().err
    assert _here() == []


@pytest.mark.usefixtures("elsewhere")
def test_it_tells_of_faults_and_of_tables(capfd: Captured) -> None:
    arguments = [*SMALL, "--faults", "0.01", "-v", "-o", "made", "--lang", "en"]
    assert cli.main(arguments) == ExitCode.DONE
    said = capfd.readouterr().err
    assert "faulty: marks, bad_timestamp: " in said
    assert "\nlessons: " in said


def test_every_encoding_can_say_russian() -> None:
    assert {"№ «Ё»".encode(name).decode(name) for name in sample_options.ENCODINGS.values()} == {
        "№ «Ё»"
    }
