"""The files of a municipality: what leads where, what is left out and said, how large they are."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from monitor_cli.language import Language
from monitor_cli.render.formats import Look
from monitor_cli.render.municipal import (
    MOST_BYTES,
    municipal_files,
    municipal_html,
    municipal_workbook,
)
from monitor_cli.render.municipal_sheets import MOST_ROWS
from monitor_cli.render.week_sheets import FILLS, HEADER_ROW
from monitor_cli.result import Band, Row
from tests.unit.render import made, parted
from tests.unit.render.golden import assert_golden
from tests.unit.render.test_html import Page

if TYPE_CHECKING:
    from monitor_cli.report import Part

RU, EN = Look(), Look(Language.EN)
NAMES = [
    "Сводка", "Школы", "Пользователи", "Журнал", "Что делать", "Динамика", "Классы", "Учителя",
    "Методика", "Качество данных",
]  # fmt: skip


def opened(part: Part = parted.AWKWARD, look: Look = RU) -> Any:
    return openpyxl.load_workbook(io.BytesIO(municipal_workbook(part, "Берёзовский район", look)))


def test_the_same_part_gives_the_same_bytes() -> None:
    first, again = (dict(municipal_files(parted.part(), "имя", RU)) for _ in range(2))
    assert first == again
    assert list(first) == ["имя.xlsx", "имя.html", "имя.letter.md"]


@pytest.mark.parametrize("name", ["municipal.html", "municipal.en.html"])
def test_the_bytes_of_a_page(name: str) -> None:
    assert_golden(name, municipal_html(parted.AWKWARD, EN if ".en." in name else RU))


def test_a_page_is_whole_and_leads_only_to_itself() -> None:
    page = Page(municipal_html(parted.AWKWARD, RU))
    assert (page.open, page.unclosed) == ([], [])
    ids = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    targets = {attrs["href"] for tag, attrs in page.elements if tag == "a"}
    assert targets <= {f"#{one}" for one in ids}
    assert {"#steps", "#courses", "#classes", "#teachers"} <= targets


def test_names_on_a_page_are_text_and_ids_stay_off_it() -> None:
    page = municipal_html(parted.AWKWARD, RU)
    assert "&lt;b&gt;Иванова&lt;/b&gt; – 2, …" in page
    header, *rows = Page(page).tables["steps-rows"]
    assert [text.strip() for _, text in header][-1] == "Где"
    assert len(rows) == 4
    assert "первые 3 шага каждой школы, все – в книге рядом" in page


def test_the_sheets_stand_in_their_order_and_for_print() -> None:
    book = opened()
    assert book.sheetnames == NAMES
    for sheet in book:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.page_setup.fitToWidth == 1
    assert book["Что делать"].freeze_panes == "B5"
    assert book["Классы"].freeze_panes == "C5"
    assert book["Классы"].print_title_rows == "$1:$4"
    assert book["Классы"].auto_filter.ref == "A4:F8"


def test_a_school_leads_to_its_first_step_and_back() -> None:
    book = opened()
    places, steps = book["Школы"], book["Что делать"]
    targets = [
        places.cell(at, 2).hyperlink.location for at in range(HEADER_ROW + 1, HEADER_ROW + 5)
    ]
    # Schools without a step have their block.
    assert targets[0] == "'Что делать'!A5"
    assert targets[3] == "'Что делать'!A9"
    assert targets[1].startswith("'Пользователи'!A")
    back = {row: steps.cell(row, 1).hyperlink for row in range(5, 10)}
    assert [row for row, link in back.items() if link] == [5, 9]
    assert (back[5].location, back[9].location) == ("'Школы'!A5", "'Школы'!A8")


def test_the_cells_of_steps_are_numbers_and_texts() -> None:
    sheet = opened()["Что делать"]
    titles = [cell.value for cell in sheet[HEADER_ROW]]
    assert "ID школы" not in titles
    row = dict(zip(titles, sheet[HEADER_ROW + 1], strict=True))
    assert row["Сейчас, %"].value == 0.9999
    assert row["Сейчас, %"].fill.start_color.rgb == f"00{FILLS[Band.YELLOW]}"
    assert (row["Порог, %"].value, row["Порог, %"].number_format) == (1, "0%_*")
    assert row["Активность школы, п."].value == 16.67
    hostile = sheet.cell(HEADER_ROW + 2, titles.index("Что сделать") + 1)
    assert (hostile.value, hostile.data_type) == (parted.HOSTILE, "s")


def test_rows_set_aside_are_said_to_be_those_of_the_whole_dump() -> None:
    said = "Строки – всей выгрузки"
    quality = [cell.value for (cell,) in opened()["Качество данных"].iter_rows(max_col=1)]
    assert any(str(text).startswith(said) for text in quality)
    assert said in municipal_html(parted.AWKWARD, RU)
    unharmed = replace(parted.AWKWARD.result, problems=())
    assert said not in municipal_html(parted.AWKWARD._replace(result=unharmed), RU)


def test_the_weeks_have_a_chart_a_block() -> None:
    sheet = opened()["Динамика"]
    assert [cell.value for cell in sheet[HEADER_ROW]][1:3] == ["6.11", "7.11"]
    rows = {sheet.cell(at, 1).value: at for at in range(HEADER_ROW + 1, HEADER_ROW + 8)}
    gap = sheet.cell(rows["Оценки в срок"], 2)
    assert gap.value is None
    charts = sheet._charts
    assert len(charts) == 2
    drawn = [series.tx.strRef.f for chart in charts for series in chart.series]
    assert drawn == [f"'Динамика'!A{at}" for at in rows.values()]
    last = [series.val.numRef.f for chart in charts for series in chart.series][-1]
    assert last == f"'Динамика'!$B${HEADER_ROW + 7}:$C${HEADER_ROW + 7}"


def test_what_misses_thresholds_is_coloured_as_its_worst() -> None:
    sheet = opened()["Классы"]
    first = sheet.cell(HEADER_ROW + 1, 3)
    assert (first.value, first.fill.start_color.rgb) == (1, f"00{FILLS[Band.RED]}")
    assert [sheet.cell(HEADER_ROW + 1, at).value for at in (5, 6)] == ["7", "0"]
    assert sheet.cell(HEADER_ROW + 1, 5).data_type == "s"


@pytest.mark.parametrize("count", [MOST_ROWS, MOST_ROWS + 1])
def test_rows_are_cut_where_there_are_many_and_the_rest_is_beside(count: int) -> None:
    part = parted.part(teachers=count)
    files = dict(municipal_files(part, "Берёзовский район", RU))
    book = openpyxl.load_workbook(io.BytesIO(files["Берёзовский район.xlsx"]))
    texts = [cell.value for row in book["Учителя"].iter_rows(min_col=1, max_col=1) for cell in row]
    assert texts.count("Лицей") == MOST_ROWS
    said = (
        f"Показаны 500 из {count}: те, у кого показателей ниже порога больше всего. "
        "Все – в файле Берёзовский район.teachers.csv."
    )
    assert (said in texts) is (count > MOST_ROWS)
    rest = files.get("Берёзовский район.teachers.csv")
    assert (rest is not None) is (count > MOST_ROWS)
    if rest is not None:
        assert rest.decode("utf-8-sig").count("Лицей") == count


def large(schools: int, classes: int) -> Part:
    rows = [
        Row({**made.ROWS_KEYS, "school_id": str(at), "school": f"№ {at}"}, of.measures)
        for at, of in ((at, made.AWKWARD.rows[at % 4]) for at in range(schools))
    ]
    part = parted.part(classes=classes, teachers=classes)
    return part._replace(result=replace(part.result, rows=rows))


def test_a_page_stays_small_and_says_what_it_leaves_out() -> None:
    page = municipal_html(large(2000, 5000), RU)
    assert len(page.encode()) < MOST_BYTES
    tables = Page(page).tables
    shown = len(tables["rows"]) - 3
    assert 10 < shown < 2000
    assert f"Показаны {shown} из 2000: те, у кого показателей ниже порога больше всего" in page
    assert "из 2000</b> школ с показателем ниже" in page
    names = [row[0][1].strip() for row in tables["rows"][1 : shown + 1]]
    numbers = [int(name.removeprefix("№ ")) for name in names]
    assert numbers == sorted(numbers)
    assert {number % 4 for number in numbers} == {3}
    assert f"Показаны {len(tables['teachers-rows']) - 1} из 5000" in page
