"""Letters and forms of a part: what they say, what a name cannot do, what is refused."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from monitor_cli.errors import UsageError
from monitor_cli.language import Language
from monitor_cli.render.formats import Look
from monitor_cli.render.letters import Letter, own_letter
from monitor_cli.render.municipal import Forms, municipal_files, read_forms
from monitor_cli.render.told import told
from monitor_cli.render.workbook_forms import WorkbookForm
from monitor_cli.report import Part
from tests.unit.render import made, parted
from tests.unit.render.golden import assert_golden

if TYPE_CHECKING:
    from collections.abc import Mapping

RU, EN = Look(), Look(Language.EN)
TEXT = "письмо.txt"


def letter(text: str, name: str = TEXT) -> str:
    return Letter.of(name, text.encode(), f".{name.rpartition('.')[2]}").written(parted.AWKWARD, RU)


@pytest.mark.parametrize("look", [RU, EN])
def test_the_bytes_of_our_letter(look: Look) -> None:
    name = f"letter.{look.language.value}.md"
    assert_golden(name, own_letter(look.language).written(parted.AWKWARD, look))


def test_it_says_what_is_asked_and_by_when() -> None:
    text = own_letter(Language.RU).written(parted.AWKWARD, RU)
    assert "Уважаемые коллеги!" in text
    assert "до **27 ноября 2026**" in text
    assert "| Оценки в срок | 81,82 | 80 | достигнут |" in text
    assert text.count("\n   * ") == 4


def test_names_are_no_markup_in_a_letter() -> None:
    text = own_letter(Language.RU).written(parted.AWKWARD, RU)
    assert "\\<b\\>Иванова\\</b\\> – 2, …" in text
    assert not re.search(r"(?<!\\)<", text)
    assert "[x](" not in text
    hostile = parted.AWKWARD._replace(
        keys={**parted.AWKWARD.keys, "municipality": "{{ 7 * 7 }}\n# [x](https://x.ru)"}
    )
    said = own_letter(Language.RU).written(hostile, RU)
    assert "{{ 7 \\* 7 }}" in said
    assert "\n# " not in said


def test_a_plain_letter_has_names_as_they_are_but_for_what_hides() -> None:
    said = letter("{% for one in schools %}{{ one.name }}\n{% endfor %}")
    assert said.split("\n")[3] == '=1+1;"<b>a\ufffdb</b>"\ufffd[x](https://x.ru) a@x.ru'


def test_a_state_and_thresholds_reached_are_said() -> None:
    part = parted.AWKWARD._replace(
        result=replace(made.PARTIAL, as_of=datetime(2026, 11, 18, 12)), sheets=()
    )
    text = own_letter(Language.RU).written(part, RU)
    assert "**ЧАСТИЧНО: состояние на 18 ноября 2026 12:00**" in text
    assert "Пороги достигнуты" in text


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("a\n{{ nobody }}", 2, "'nobody' is undefined"),
        ("{% for one in schools %}", 1, "Unexpected end of template"),
        ("\n\n{{ 1 / 0 }}", 3, "division by zero"),
        ("{{ schools.append(1) }}", 1, "is unsafe"),
        ("{{ ''.__class__.__mro__ }}", 1, "unsafe"),
        ("{{ schools[99].name }}", 1, "has no element 99"),
        ("{% include 'other' %}", 1, "no loader"),
    ],
)
def test_a_template_that_is_written_wrong_is_refused_with_its_line(
    text: str, line: int, why: str
) -> None:
    with pytest.raises(UsageError) as refused:
        letter(text)
    message = refused.value.message().ru
    assert message.startswith(f"шаблон «{TEXT}», строка {line}: ")
    assert why in message


def flat(value: object) -> set[type]:
    if isinstance(value, dict):
        return {dict}.union(*(flat(one) for one in value.values()))
    if isinstance(value, list):
        return {list}.union(*(flat(one) for one in value))
    return {type(value)}


def test_a_template_is_given_nothing_but_plain_values() -> None:
    plain = {dict, list, str, int, float, bool, type(None)}
    assert flat(told(parted.AWKWARD, RU, markdown=False)) <= plain


def test_every_name_that_the_page_of_templates_tells_is_there() -> None:
    page = (Path(__file__).parents[3] / "docs" / "templates.md").read_text("utf-8")
    known = told(parted.AWKWARD, RU, markdown=False)
    for group, of in (
        ("Names", known),
        ("A measure", known["indicators"][0]),
        ("A school", known["schools"][0]),
        ("A step", known["schools"][0]["steps"][0]),
        ("The week", known["week"]),
    ):
        section = page.split(f"## {group}\n")[1].split("\n## ")[0]
        assert set(re.findall(r"^\| `(\w+)`", section, re.MULTILINE)) == of.keys(), group


def form(cells: Mapping[str, object], **more: Any) -> WorkbookForm:
    book = openpyxl.Workbook()
    sheet = book.active
    for place, value in cells.items():
        sheet[place] = value
    for merged in more.get("merged", ()):
        sheet.merge_cells(merged)
    for row, height in more.get("heights", {}).items():
        sheet.row_dimensions[row].height = height
    file = io.BytesIO()
    book.save(file)
    return WorkbookForm.of("форма.xlsx", file.getvalue())


def filled(cells: Mapping[str, object], **more: Any) -> Any:
    content = form(cells, **more).written(parted.AWKWARD, RU)
    return openpyxl.load_workbook(io.BytesIO(content)).active


def test_cells_of_a_form_are_filled_and_numbers_stay_numbers() -> None:
    sheet = filled(
        {
            "A1": "Отчёт: {{ municipality }}, {{ week.iso }}",
            "A2": "{{ totals.timely_marks.number }}",
            "B2": "{{ totals.timely_marks.value }} %",
            "C2": "{{ totals.timely_marks.numerator }}",
            "D2": "{{ totals.timely_marks.reached }}",
            "E2": "{{ totals.timely_marks.number / 2 }}",
            "F2": "{{ region ~ '' if false else none }}",
            "A3": 7,
            "A4": "как было",
        }
    )
    assert sheet["A1"].value == "Отчёт: Берёзовский район, 2026-W47"
    assert [cell.value for cell in sheet[2]][:5] == [81.82, "81,82 %", 9, "да", 40.91]
    assert sheet["F2"].value is None
    assert (sheet["A3"].value, sheet["A4"].value) == (7, "как было")


def test_a_row_of_a_school_stands_once_a_school_with_its_looks() -> None:
    sheet = filled(
        {
            "A1": "Школы",
            "A2": "{{ school.name }}",
            "C2": "{{ school.indicators.timely_marks.number }}",
            "D2": "{{ school.id }}",
            "A3": "Всего",
            "A5": "Подпись",
        },
        merged=("A2:B2", "A5:C5"),
        heights={2: 30, 3: 40},
    )
    names = [row.keys["school"] for row in made.AWKWARD.rows]
    assert [sheet.cell(at, 1).value for at in (2, 4)] == [names[0], "12"]
    hostile = sheet["A5"]
    assert (hostile.value[:5], hostile.data_type) == ("=1+1;", "s")
    assert [sheet.cell(at, 3).value for at in range(2, 6)] == [83.33, 79.99, None, 33.33]
    assert sheet["D2"].value == "1000001567119"
    assert (sheet["A6"].value, sheet["A8"].value) == ("Всего", "Подпись")
    merged = {str(one) for one in sheet.merged_cells.ranges}
    assert merged == {"A2:B2", "A3:B3", "A4:B4", "A5:B5", "A8:C8"}
    heights = [sheet.row_dimensions[at].height for at in range(2, 7)]
    assert heights == [30, 30, 30, 30, 40]


def test_two_rows_of_schools_each_stand_as_often() -> None:
    below = [one["below"] for one in told(parted.AWKWARD, RU, markdown=False)["schools"]]
    assert len(set(below)) > 1
    sheet = filled({"A1": "{{ school.id }}", "A2": "-", "A3": "{{ school.below }}"})
    assert [cell.value for (cell,) in sheet.iter_rows(max_col=1)] == [
        "1000001567119", "7", "12", "-13", "-", *below,
    ]  # fmt: skip


def test_a_form_without_schools_has_an_empty_row() -> None:
    part = parted.AWKWARD._replace(result=replace(made.AWKWARD, rows=()))
    content = form({"A1": "{{ school.id }}", "A2": "x"}).written(part, RU)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert (sheet["A1"].value, sheet["A2"].value) == (None, "x")


def test_the_form_of_a_school_is_about_that_school() -> None:
    row = made.AWKWARD.rows[0]
    part = Part(row.keys, replace(made.AWKWARD, rows=(row,)), parted.AWKWARD.sheets)
    content = form({"A1": "{{ school.id }}", "A2": "{{ school.name }}"}).written(part, RU)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert (sheet["A1"].value, sheet["A2"].value) == ("1000001567119", row.keys["school"])


def test_the_same_form_gives_the_same_bytes_and_keeps_formulas_of_its_own() -> None:
    of = form({"A1": "{{ municipality }}", "A2": "=1+1"})
    first = of.written(parted.AWKWARD, RU)
    assert first == of.written(parted.AWKWARD, RU)
    assert openpyxl.load_workbook(io.BytesIO(first)).active["A2"].value == "=1+1"


def test_a_formula_beside_rows_of_schools_is_refused() -> None:
    with pytest.raises(UsageError, match=r"форма\.xlsx, Sheet!B3.*a formula on a sheet"):
        form({"A2": "{{ school.name }}", "B3": "=SUM(B2:B2)"})


def test_a_cell_that_is_written_wrong_is_named() -> None:
    with pytest.raises(UsageError, match=r"форма\.xlsx, Sheet!B3.*'nobody' is undefined"):
        filled({"B3": "{{ nobody }}"})
    with pytest.raises(UsageError, match=r"форма\.xlsx, Sheet!B3"):
        form({"B3": "{{ school. }}"})


def test_templates_are_read_from_files(tmp_path: Path) -> None:
    text, book = tmp_path / "письмо.txt", tmp_path / "форма.xlsx"
    text.write_bytes("\ufeff{{ municipality }}!\r\n".encode())
    book.write_bytes(form({"A1": "{{ municipality }}"}).content)
    forms = read_forms([text, book])
    files = dict(municipal_files(parted.AWKWARD, "имя", RU, forms))
    assert files["имя.letter.txt"].decode() == "Берёзовский район!\n"
    assert "имя.letter.md" not in files
    assert openpyxl.load_workbook(io.BytesIO(files["имя.form.xlsx"])).active["A1"].value
    assert read_forms([]) == Forms()


@pytest.mark.parametrize(
    ("names", "why"),
    [
        (["нет.md"], "cannot be read"),
        (["a.docx"], "this is no template"),
        (["a.md", "b.txt"], "this is no template"),
        (["a.xlsx"], "this is no XLSX workbook"),
        (["latin.md"], "no UTF-8"),
    ],
)
def test_what_is_no_template_is_refused(names: list[str], why: str, tmp_path: Path) -> None:
    for name in names:
        if name != "нет.md":
            (tmp_path / name).write_bytes("ш".encode("cp1251") if "latin" in name else b"text")
    with pytest.raises(UsageError, match=why):
        read_forms([tmp_path / name for name in names])
