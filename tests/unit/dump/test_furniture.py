"""Lines above the header and a totals row below the table are no rows of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from monitor_cli.columns import Table
from monitor_cli.dump import aliases, furniture
from monitor_cli.errors import DumpError
from tests.unit.dump.dumps import MARKS, MARKS_HEADER, column, loaded, marks, reasons

if TYPE_CHECKING:
    from pathlib import Path

KNOWN = aliases.headers(Table.MARKS, {})


@pytest.mark.parametrize(
    "above",
    [
        "Отчёт за период с 16.11.2026 по 22.11.2026\n",
        "Отчёт за период;;;;\n\nШкола;СОШ № 2\n",
        'Журнал «10 "А\n',
        'Журнал «10 "А» и "Б»\n\n\n\n',
        "Оценка; Отметка\n",
        ";;;;\n",
    ],
)
@pytest.mark.parametrize("quote", ["", '"'])
def test_the_header_is_the_line_that_names_most_columns(
    tmp_path: Path, above: str, quote: str
) -> None:
    table = MARKS.replace(",", ";").replace("Поведение", f"{quote}Поведение{quote}")
    dump = loaded(tmp_path, {"marks.csv": above + table})
    assert column(dump, Table.MARKS, "mark_id") == [1]
    assert dump.problems == ()


def test_lines_are_counted_from_the_top_of_the_file(tmp_path: Path) -> None:
    text = "Отчёт\n\n" + marks(["1,100,7,x,2026-11-16", "2,2.25708e+18,7,x,2026-11-16"])
    with pytest.raises(DumpError) as caught:
        loaded(tmp_path, {"marks.csv": text})
    assert "line 5: the column lesson_id" in caught.value.message().en


def test_a_header_with_a_line_break_in_a_name_begins_on_its_first_line(tmp_path: Path) -> None:
    text = MARKS.replace("mark_id,lesson_id,", '"mark_\nid","lesson\n_id",')
    assert column(loaded(tmp_path, {"marks.csv": text}), Table.MARKS, "lesson_id") == [100]


def test_far_from_the_top_there_is_no_header(tmp_path: Path) -> None:
    with pytest.raises(DumpError, match="marks"):
        loaded(tmp_path, {"marks.csv": "Отчёт\n" * furniture.LOOKED_AT + MARKS})


def test_numbers_of_columns_below_the_header_are_no_row(tmp_path: Path) -> None:
    header, row = marks(["1,100,7,Опрос,2026-11-16"]).splitlines()
    for between in ("1,2,3,4,5", "\n 1,2 ,3,4,5 ", '"1","2","3","4","5"'):
        text = f"Отчёт\n{header}\n{between}\n{row}"
        dump = loaded(tmp_path, {"marks.csv": text})
        assert column(dump, Table.MARKS, "mark_id") == [1]
        assert not dump.problems


@pytest.mark.parametrize("row", ["1,2,3,4", "1,2,3,4,5,6", "1,2,3,5,4", "0,1,2,3,4", ",,,,"])
def test_what_only_looks_like_numbers_of_columns_is_a_row(tmp_path: Path, row: str) -> None:
    dump = loaded(tmp_path, {"marks.csv": f"{MARKS_HEADER}\n{row}\n"})
    assert dump.tables[Table.MARKS].counts.read == 1


@pytest.mark.parametrize(
    "below",
    [
        "Итого;;;;1\n",
        "Итого: 1\n",
        ";Всего;1;;\r\n",
        '"Итого";"1"\n\n \n',
        "ИТОГО",
        "Total;1\n",
        "Общий итог;9\n",
    ],
)
def test_a_totals_row_at_the_end_is_no_row(tmp_path: Path, below: str) -> None:
    dump = loaded(tmp_path, {"marks.csv": MARKS.replace(",", ";") + below})
    assert dump.problems == ()
    assert dump.tables[Table.MARKS].counts.read == 1
    assert column(dump, Table.MARKS, "mark_id") == [1]


@pytest.mark.parametrize(
    "below", ["Итоговая,1\n", "Итого,1\n2,100,7,x,2026-11-16\n", 'Итого "1\n', "1,Итого\n"]
)
def test_what_only_looks_like_a_totals_row_is_set_aside(tmp_path: Path, below: str) -> None:
    text = MARKS + below
    if below.count('"') % 2:
        text = text.replace("Поведение", '"Поведение"')
    assert reasons(loaded(tmp_path, {"marks.csv": text}), Table.MARKS) == {"ragged_line": 1}


def test_the_end_of_a_cell_is_not_cut_off(tmp_path: Path) -> None:
    text = marks(['1,100,7,"x\nИтого",2026-11-16'])
    assert column(loaded(tmp_path, {"marks.csv": text}), Table.MARKS, "work_type") == ["x\nИтого"]


@pytest.mark.parametrize(
    ("row", "is_one"),
    [
        (["Итого"], True),
        (["", " Всего по школе", "5"], True),
        (["«Итого»"], False),
        (["Итоговая работа"], False),
        (["1", "Итого"], False),
        (["", ""], False),
        ([], False),
    ],
)
def test_what_a_totals_row_is(row: list[str], is_one: bool) -> None:
    assert furniture.is_totals(row) is is_one


def test_of_rows_that_name_as_many_columns_the_first_is_the_header() -> None:
    rows = [["Отчёт"], ["ID оценки", "ID урока"], ["Оценка", "ID урока"], ["ID оценки"]]
    assert furniture.header_row(rows, KNOWN) == 1
    assert furniture.header_row([["a"], []], KNOWN) is None
