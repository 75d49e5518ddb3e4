"""`monitor report --sheet`: the sheets of other reports in the workbook of a municipality."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from monitor_cli import cli
from monitor_cli.commands.report_options import SHEETS
from monitor_cli.errors import ExitCode
from tests.documents import parsed

if TYPE_CHECKING:
    from pathlib import Path

    Captured = pytest.CaptureFixture[str]

pytestmark = pytest.mark.usefixtures("elsewhere")

REPORT = ("report", "--data", "sample", "--date", "2026-W47", "--jobs", "1", "-q")
WEEK = ("--date", "2026-W47")
ASKED = {
    "grades": ("--from", "2026-09-01", "--to", "2026-11-22"),
    "workload": (*WEEK, "--level", "school"),
}


def _books(folder: Path) -> dict[str, openpyxl.Workbook]:
    return {
        path.stem: openpyxl.load_workbook(path, read_only=True)
        for path in folder.glob("2026-W47/*.xlsx")
    }


def _rows(book: openpyxl.Workbook, title: str) -> list[tuple[Any, ...]]:
    [sheet] = [one for one in book if one.title.startswith(title)]
    return [tuple(row) for row in sheet.iter_rows(values_only=True)]


def test_each_report_has_its_sheet_and_its_numbers(tmp_path: Path, capfd: Captured) -> None:
    assert cli.main([*REPORT, "-o", str(tmp_path), "--sheet", "all"]) == ExitCode.DONE
    books = _books(tmp_path)
    titles = {
        "workload": "Загруженность учителей",
        "filling": "Наполнение данными",
        "readiness": "Готовность к году",
        "registry": "Реестр школ",
        "people": "Персоны",
        "grades": "Успеваемость",
    }
    assert set(titles) == set(SHEETS)
    for name, title in titles.items():
        command = [name, "--data", "sample", "--json", *ASKED.get(name, WEEK)]
        assert cli.main(command) == ExitCode.DONE
        document = parsed(capfd.readouterr().out)
        main = next(
            rows
            for rows in document.values()
            if isinstance(rows, list) and rows and "school_id" in rows[0]
        )
        for place, book in books.items():
            here = [row for row in main if row["municipality"] == place]
            found = _rows(book, title)
            ids = {cell for row in found for cell in row}
            assert here
            assert {row["school_id"] for row in here} <= ids
            counts = [
                {value for value in row.values() if isinstance(value, int) and value > 1}
                for row in here
            ]
            cells = [set(row) for row in found]
            assert all(any(one <= each for each in cells) for one in counts)


def test_without_it_no_further_sheet_is_there(tmp_path: Path) -> None:
    assert cli.main([*REPORT, "-o", str(tmp_path)]) == ExitCode.DONE
    for book in _books(tmp_path).values():
        assert not any("Загруженность" in name for name in book.sheetnames)


def test_a_report_that_there_is_not_is_refused(tmp_path: Path, capfd: Captured) -> None:
    assert cli.main([*REPORT, "-o", str(tmp_path), "--sheet", "loads"]) == ExitCode.USAGE
    assert "--sheet" in capfd.readouterr().err
    assert not list(tmp_path.iterdir())
