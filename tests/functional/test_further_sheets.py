"""`monitor report --sheet`: the sheets of other reports in the workbook of a municipality."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from monitor_cli import cli
from monitor_cli.commands.reading import SAMPLE_FOLDER
from monitor_cli.commands.report_options import SHEETS
from monitor_cli.errors import ExitCode

if TYPE_CHECKING:
    from pathlib import Path

    Captured = pytest.CaptureFixture[str]

pytestmark = pytest.mark.usefixtures("elsewhere")

REPORT = ("report", "--date", "2026-W47", "--jobs", "1", "-q")
WEEK = ("--date", "2026-W47", "--level", "school")
TITLES = {
    "workload": "Загруженность учителей",
    "filling": "Наполнение данными",
    "readiness": "Готовность к году",
    "registry": "Реестр школ",
    "people": "Персоны и пользователи",
    "grades": "Успеваемость",
}

Rows = list[dict[str, Any]]


def _books(folder: Path) -> dict[str, openpyxl.Workbook]:
    return {path.stem: openpyxl.load_workbook(path) for path in folder.glob("2026-W47/*.xlsx")}


def _lines(book: openpyxl.Workbook, title: str) -> list[tuple[Any, ...]]:
    [sheet] = [one for one in book if one.title == title]
    return [tuple(row) for row in sheet.iter_rows(values_only=True)]


def _rows(lines: list[tuple[Any, ...]]) -> Rows:
    """The rows of a table by the titles of its columns; it ends with a row of no school's."""
    header = next(line for line in lines if "ID школы" in line)
    below = lines[lines.index(header) + 1 :]
    rows = [dict(zip(header, line, strict=True)) for line in below]
    return [row for row in rows if row["ID школы"]]


def _without_place(row: dict[str, Any]) -> dict[str, Any]:
    return {title: cell for title, cell in row.items() if title not in {"Регион", "Муниципалитет"}}


def test_each_sheet_has_the_cells_that_its_command_prints(tmp_path: Path, capfd: Captured) -> None:
    folder = tmp_path / "reports"
    report = [*REPORT, "--data", "sample", "-o", str(folder), "--sheet", "all"]
    assert cli.main(report) == ExitCode.DONE
    books = _books(folder)
    assert len(books) == 2
    assert set(TITLES) == set(SHEETS)
    for name, title in TITLES.items():
        printed = tmp_path / f"{name}.xlsx"
        command = [name, "--data", "sample", *WEEK, "-o", str(printed), "-q"]
        assert cli.main(command) == ExitCode.DONE
        first = openpyxl.load_workbook(printed).worksheets[0]
        theirs = _rows([tuple(row) for row in first.iter_rows(values_only=True)])
        assert theirs
        for place, book in books.items():
            here = [_without_place(row) for row in theirs if row["Муниципалитет"] == place]
            assert here
            assert _rows(_lines(book, title)) == here
    capfd.readouterr()


def test_a_sheet_says_what_it_is_about_and_what_it_lacks(tmp_path: Path, capfd: Captured) -> None:
    dump, folder = tmp_path / "dump", tmp_path / "reports"
    shutil.copytree(SAMPLE_FOLDER, dump)
    for name in ("final_marks", "logins"):
        [table] = dump.glob(f"{name}.*")
        table.unlink()
    report = [*REPORT, "--data", str(dump), "-o", str(folder)]
    assert cli.main([*report, "--sheet", "people", "--sheet", "grades"]) == ExitCode.DONE
    capfd.readouterr()
    for book in _books(folder).values():
        of_grades = str(_lines(book, "Успеваемость")[:6])
        assert "по текущим отметкам" in of_grades
        assert "нет таблицы logins" in str(_lines(book, "Персоны и пользователи")[:8])


def test_without_it_no_further_sheet_is_there(tmp_path: Path) -> None:
    assert cli.main([*REPORT, "--data", "sample", "-o", str(tmp_path)]) == ExitCode.DONE
    for book in _books(tmp_path).values():
        assert not any("Загруженность" in name for name in book.sheetnames)


def test_a_report_that_there_is_not_is_refused(tmp_path: Path, capfd: Captured) -> None:
    assert (
        cli.main([*REPORT, "--data", "sample", "-o", str(tmp_path), "--sheet", "loads"])
        == ExitCode.USAGE
    )
    assert "--sheet" in capfd.readouterr().err
    assert not list(tmp_path.iterdir())
