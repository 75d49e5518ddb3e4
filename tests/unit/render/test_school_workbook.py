"""A school's part of a report: one sheet, one page, its own values and no one else's."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import openpyxl
import pytest

from monitor_cli.language import Language
from monitor_cli.render.formats import Look
from monitor_cli.render.municipal import MOST_BYTES, municipal_files
from monitor_cli.report import Part, PartSheet
from monitor_cli.result import Measure
from tests.unit.render import made, parted
from tests.unit.render.test_html import Page

RU, EN = Look(), Look(Language.EN)
ROW = made.AWKWARD.rows[3]
POOLED = {"school_activity": Measure(0, 1, made.PERCENTS["school_activity"], schools=1)}


def part(*, steps: bool = True) -> Part:
    of_steps = replace(parted.STEPS, rows=parted.STEPS.rows[4:] if steps else ())
    others = [one for one in parted.AWKWARD.sheets if one.key != PartSheet.STEPS]
    result = replace(made.AWKWARD, rows=(ROW,), totals={**made.AWKWARD.totals, **POOLED})
    return Part(ROW.keys, result, (of_steps, *others))


def files(look: Look = RU, *, steps: bool = True) -> dict[str, bytes]:
    return dict(municipal_files(part(steps=steps), "школа", look))


def sheet(look: Look = RU, *, steps: bool = True) -> Any:
    book = openpyxl.load_workbook(io.BytesIO(files(look, steps=steps)["школа.xlsx"]))
    [only] = book
    return only


def cells(of: Any, title: str) -> list[list[Any]]:
    """The rows of a table under its title, the header first, up to the empty row."""
    rows = list(of.iter_rows(values_only=True))
    begin = next(at for at, row in enumerate(rows) if row[0] == title) + 1
    end = next((at for at in range(begin, len(rows)) if not any(rows[at])), len(rows))
    return [[one for one in row if one is not None] for row in rows[begin:end]]


def test_all_of_a_school_stands_on_one_sheet_for_print() -> None:
    assert list(files()) == ["школа.xlsx", "школа.html", "школа.letter.md"]
    only = sheet()
    assert (only.page_setup.orientation, only.page_setup.fitToWidth) == ("landscape", 1)
    titles = [cell.value for (cell,) in only.iter_rows(max_col=1)]
    for title in ("Показатели", "Что делать", "Динамика", "Классы", "Учителя"):
        assert title in titles
    assert any("ПРИМЕР" in str(title) for title in titles)
    assert any("ID -13" in str(title) for title in titles)
    assert len(only._charts) == 1


@pytest.mark.parametrize("look", [RU, EN])
def test_the_indicators_are_those_of_the_school(look: Look) -> None:
    rows = cells(sheet(look), "Показатели" if look is RU else "Indicators")
    told = {row[0]: row for row in rows[1:]}
    for shown in made.INDICATORS:
        measure = ROW.measures[shown.key]
        row = told[shown.title.said(look.language)]
        if measure.shown is None:
            assert row[1] in {"н/д", "n/a"}
        else:
            assert row[1] == pytest.approx(float(measure.shown) / 100)


def test_its_name_is_a_text_and_no_sheet_name_that_excel_refuses() -> None:
    only = sheet()
    assert only["A1"].data_type == "s"
    assert only["A1"].value.startswith("=1+1;")
    assert len(only.title) <= 31
    assert not set(only.title) & set("[]:*?/\\")


def test_the_school_is_not_named_in_each_row() -> None:
    only = sheet()
    assert "Школа" not in cells(only, "Классы")[0]
    assert cells(only, "Что делать")[1][0] == "Оценки в срок"


def test_where_nothing_is_below_it_says_so() -> None:
    titles = [cell.value for (cell,) in sheet(steps=False).iter_rows(max_col=1)]
    assert titles[titles.index("Что делать") + 1] == "Все пороги достигнуты."


def test_its_page_has_its_own_values_and_no_table_of_schools() -> None:
    text = files()["школа.html"].decode()
    page = Page(text)
    assert (page.open, page.unclosed) == ([], [])
    assert "rows" not in page.tables
    assert "Школ достигло" not in text
    assert next(text.strip() for _, text in page.tables["steps-rows"][0]) == "№"
    activity = next(row for row in page.tables["table 0"] if "Активн. школ" in row[0][1])
    assert activity[1][1].split()[0] == "50,00!"
    assert len(text) < MOST_BYTES
    assert text.count("&lt;b&gt;") > 0


def test_its_letter_has_its_own_values() -> None:
    letter = files()["школа.letter.md"].decode()
    assert "| Активн. школ | 50,00 | 100 | **ниже порога** |" in letter


def test_the_same_school_gives_the_same_bytes() -> None:
    assert files() == files()
