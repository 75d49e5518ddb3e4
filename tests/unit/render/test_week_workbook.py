"""The workbook of a week: numbers that are numbers, texts that are texts, what leads where."""

from __future__ import annotations

import dataclasses
import io
import json
import re
import zipfile
from typing import Any

import openpyxl
import pytest

from monitor_cli.language import Language, words
from monitor_cli.levels import Level
from monitor_cli.render.formats import Look
from monitor_cli.render.jsonout import week_json
from monitor_cli.render.week_sheets import FILLS, HEADER_ROW
from monitor_cli.render.week_workbook import week_workbook, write_municipal
from monitor_cli.report import Column, Kind, Sheet
from monitor_cli.result import Band, WeekResult
from tests.unit.render import made

RU, EN = Look(), Look(Language.EN)
NAMES = ["Сводка", "Школы", "Пользователи", "Журнал", "Методика", "Качество данных"]


def opened(result: WeekResult = made.AWKWARD, look: Look = RU) -> Any:
    return openpyxl.load_workbook(io.BytesIO(week_workbook(result, look)))


def by_title(sheet: Any, row: int) -> dict[str, Any]:
    """The cells of a row by the titles over them."""
    titles = (cell.value for cell in sheet[HEADER_ROW])
    return dict(zip(titles, sheet[row], strict=True))


def test_the_same_week_gives_the_same_bytes() -> None:
    assert week_workbook(made.AWKWARD, RU) == week_workbook(made.AWKWARD, RU)


def test_the_sheets_are_for_print_and_keep_their_headers_in_sight() -> None:
    book = opened()
    assert book.sheetnames == NAMES
    for sheet in book:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.page_setup.fitToWidth == 1
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.oddFooter.right.text == "&P / &N"
        said = [cell.value for row in sheet.iter_rows(1, 3) for cell in row if cell.value]
        assert any("ПРИМЕР: данные вымышлены" in text for text in said)
    places = book["Школы"]
    assert places.freeze_panes == "C5"
    assert places.print_title_rows == "$1:$4"
    rows = len(made.AWKWARD.rows)
    assert places.auto_filter.ref.startswith("A4:")
    assert places.auto_filter.ref.endswith(f"{HEADER_ROW + rows}")


@pytest.mark.parametrize("look", [RU, EN])
def test_every_cell_of_the_places_is_what_json_says(look: Look) -> None:
    document = json.loads(week_json(made.AWKWARD, look.language))
    sheet = opened(look=look)[NAMES[1] if look is RU else "Schools"]
    change, numerator, denominator = (
        ("за неделю, п.", "числитель", "знаменатель")
        if look is RU
        else ("change, points", "numerator", "denominator")
    )
    measures = [*(row["indicators"] for row in document["rows"]), document["totals"]]
    for at, expected in enumerate(measures, start=HEADER_ROW + 1):
        cells = by_title(sheet, at)
        for shown in made.INDICATORS:
            title = shown.short.said(look.language)
            [value] = [cell for name, cell in cells.items() if name.startswith(f"{title}\n≥")]
            one = expected[shown.key]
            assert cells[f"{title}: {numerator}"].value == one["numerator"]
            assert cells[f"{title}: {denominator}"].value == one["denominator"]
            moved = cells[f"{title}: {change}"].value
            if one["change"] is None:
                assert moved is None
            else:
                assert moved == pytest.approx(one["change"], abs=0.01)
                assert bool(moved) is bool(one["change"])
            if one["value"] is None:
                assert value.value in {"н/д", "n/a"}
                continue
            assert value.value == pytest.approx(one["value"] / 100, abs=0.0001)
            green = value.fill.start_color.rgb == f"00{FILLS[Band.GREEN]}"
            assert green is one["reached"]
            assert ("!" in value.number_format.replace("_!", "")) is not one["reached"]


def test_the_blocks_say_everything_that_is_known_of_a_place() -> None:
    sheet = opened()["Журнал"]
    cells = by_title(sheet, HEADER_ROW + 4)
    assert cells["Показатель"].value == "Оценки в срок"
    assert cells["Значение"].value == 0.8333
    assert cells["Порог"].value == 0.8
    assert cells["Порог"].number_format == "0%_*"
    assert cells["За неделю, п."].value == -2.1
    assert (cells["Числитель"].value, cells["Знаменатель"].value) == (5, 6)
    assert "ceiling: 83,33" in cells["Рядом"].value
    assert "after_week: 1" in cells["Рядом"].value
    activity = by_title(sheet, HEADER_ROW + 1)
    assert activity["Рядом"].value == (
        "reached_components: Расписание, Оценки в срок; components: Расписание, Оценки в срок"
    )


def test_names_lead_to_the_rows_of_their_place() -> None:
    book = opened()
    summary, places, users = book["Сводка"], book["Школы"], book["Пользователи"]
    links = [cell for row in summary.iter_rows() for cell in row if cell.hyperlink]
    assert len(links) == 4
    for cell in links:
        [(sheet, row)] = re.findall(r"^'?([^'!]+)'?!A(\d+)$", cell.hyperlink.location)
        assert cell.value in {one.value for one in book[sheet][int(row)]}
    for at in range(HEADER_ROW + 1, HEADER_ROW + 1 + len(made.AWKWARD.rows)):
        cell = places.cell(at, 2)
        _, row = cell.hyperlink.location.split("!A")
        assert users.cell(int(row), 2).value == cell.value
        assert users.cell(int(row), 3).value == made.INDICATORS[0].title.ru


def test_texts_are_texts_and_steer_nothing() -> None:
    for sheet in opened():
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if isinstance(cell.value, str):
                assert cell.data_type == "s"
                assert not set(cell.value) & set("\x1b\u202e\u200b\t\r\x07")
    places = opened()["Школы"]
    names = [places.cell(row, 2).value for row in range(HEADER_ROW + 1, HEADER_ROW + 5)]
    assert '=1+1;"<b>a\ufffdb</b>"\ufffd[x](https://x.ru) a@x.ru' in names
    packed = zipfile.ZipFile(io.BytesIO(week_workbook(made.AWKWARD, RU)))
    assert not any(b"<f>" in packed.read(name) for name in packed.namelist() if "sheet" in name)


def test_changes_and_numbers_are_folded_beside_the_values() -> None:
    sheet = opened()["Школы"]
    folded = {name for name, one in sheet.column_dimensions.items() if one.hidden}
    titles = {cell.column_letter: cell.value for cell in sheet[HEADER_ROW]}
    hidden = set()
    for name in folded:
        one = sheet.column_dimensions[name]
        first, last = one.min, one.max
        hidden |= {
            title
            for letter, title in titles.items()
            if first <= openpyxl.utils.column_index_from_string(letter) <= last
        }
    assert hidden == {title for title in titles.values() if ": " in title}
    assert len(hidden) == 3 * len(made.INDICATORS)


def test_the_summary_draws_the_indicators_and_the_worst_places() -> None:
    packed = zipfile.ZipFile(io.BytesIO(week_workbook(made.AWKWARD, RU)))
    charts = [packed.read(name).decode() for name in packed.namelist() if "/charts/" in name]
    assert len(charts) == 2
    for chart in charts:
        assert chart.count('<delete val="0"') == 2 * chart.count("<catAx>")
        assert "'Сводка'!" in chart
        assert 'typeface="Arial"' in chart


def test_definitions_say_the_settings_and_mark_placeholders() -> None:
    told = made.shown("timely_marks", "Оценки в срок", 80)._replace(
        about=words("Доля оценок.", "Share."),
        rules={"deadline": "21:00", "edits_count": "true", "aliases": "", "made_up": "x\x1b"},
    )
    result = dataclasses.replace(
        made.AWKWARD,
        indicators=(told,),
        rows=(made.AWKWARD.rows[0],),
        totals={"timely_marks": made.AWKWARD.totals["timely_marks"]},
    )
    sheet = opened(result)["Методика"]
    cells = [cell.value for cell in sheet[HEADER_ROW + 1]]
    assert cells == [
        "Оценки в срок",
        "≥ 80*",
        "Доля оценок.",
        None,
        "срок, не включая: 21:00; правка в срок считается: да; made_up: x\ufffd",
    ]
    assert sheet.cell(HEADER_ROW + 4, 1).value.startswith("* – порог-заглушка")


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("compared", [True, False])
def test_any_level_and_nothing_at_all_are_a_workbook_too(level: Level, *, compared: bool) -> None:
    empty = dataclasses.replace(made.AWKWARD, level=level, rows=(), compared=compared)
    assert opened(empty)["Журнал"].max_row > HEADER_ROW
    nothing = dataclasses.replace(empty, indicators=(), totals={}, problems=(), warnings=())
    assert opened(nothing).sheetnames[-1] == "Качество данных"


def test_more_sheets_stand_before_the_definitions_under_names_of_their_own() -> None:
    columns = (
        Column("step", words("Шаг", "Step")),
        Column("gain", words("Даст", "Gain"), Kind.POINTS),
    )
    more = [
        Sheet("further", words("Что делать: [всё]", "What to do"), columns, (("=1+1", 2.5),)),
        Sheet("twice", words("школы", "schools"), columns, ()),
    ]
    book = openpyxl.load_workbook(io.BytesIO(write_municipal(made.AWKWARD, more, RU)))
    assert book.sheetnames == [*NAMES[:4], "Что делать   всё", "школы (2)", *NAMES[4:]]
    sheet = book["Что делать   всё"]
    assert [cell.value for cell in sheet[4]] == ["=1+1", 2.5]
    assert sheet["A4"].data_type == "s"
    assert "ПРИМЕР" in sheet["A2"].value


def test_a_state_is_marked_on_every_sheet_and_says_what_waits_and_what_moves() -> None:
    book = opened(made.PARTIAL)
    for sheet in book:
        said = [cell.value for row in sheet.iter_rows(1, 4) for cell in row if cell.value]
        assert any("ЧАСТИЧНО: состояние на 18 ноября 2026 12:00" in text for text in said)
    cells = by_title(book["Школы"], HEADER_ROW + 1)
    [waiting] = [cell for title, cell in cells.items() if title.startswith("ДЗ в срок\n")]
    assert (waiting.value, waiting.fill.fill_type) == ("3/8", None)
    summary = [cell.value for row in book["Сводка"].iter_rows() for cell in row if cell.value]
    assert "--set: Оценки в срок: порог теперь достигнут – 1: Лицей \ufffd[2J<b>" in summary
