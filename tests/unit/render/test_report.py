"""A report in every format: bytes, cells that agree, texts that stay texts, widths that hold."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import unicodedata
from datetime import date, datetime
from typing import Any

import openpyxl
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest
from jsonschema import Draft202012Validator, ValidationError

from monitor_cli.language import Language, words
from monitor_cli.render.formats import Look
from monitor_cli.render.report_cells import duration, sparkline
from monitor_cli.render.report_formats import REPORT_FORMATS, REPORT_SUFFIXES
from monitor_cli.render.report_notes import report_notes
from monitor_cli.render.report_schema import report_page, report_schema
from monitor_cli.render.text import cell_len
from monitor_cli.report import Column, Kind, Reader, Report, ReportShape, Sheet, SheetShape
from tests.unit.render.golden import FOLDER, assert_golden
from tests.unit.render.reported import AWKWARD, ROWS, SHAPE

EN = Look(Language.EN)
CONTROLS = ("Cc", "Cf", "Cs", "Zl", "Zp")


def text(name: str, look: Look = EN) -> str:
    made = REPORT_FORMATS[name].render(AWKWARD, look)
    assert isinstance(made, str)
    return made


def raw(name: str, look: Look = EN) -> bytes:
    made = REPORT_FORMATS[name].render(AWKWARD, look)
    assert isinstance(made, bytes)
    return made


def workbook(look: Look = EN) -> Any:
    return openpyxl.load_workbook(io.BytesIO(raw("xlsx", look)))


def rows_of(sheet: Any) -> list[dict[str, Any]]:
    """The cells of the sheet of rows by the keys of their columns."""
    header = next(cells[0].row for cells in sheet.iter_rows() if cells[0].value == ROWS[0].title.en)
    found = sheet.iter_rows(header + 1, header + len(AWKWARD.sheet("rows").rows))
    return [{column.key: cell for column, cell in zip(ROWS, cells, strict=True)} for cells in found]


@pytest.mark.parametrize(
    ("name", "format_", "look"),
    [
        ("report.pipe.txt", "table", Look()),
        ("report.60.txt", "table", Look(width=60)),
        ("report.120.txt", "table", Look(width=120)),
        ("report.colour.txt", "table", Look(Language.EN, width=200, colour=True)),
        ("report.md", "md", Look()),
        ("report.json", "json", Look()),
        ("report.ndjson", "ndjson", Look()),
        ("report.csv", "csv", Look()),
        ("report.en.csv", "csv", EN),
    ],
)
def test_the_bytes_of_the_awkward_report(name: str, format_: str, look: Look) -> None:
    assert_golden(name, text(format_, look))


def test_the_bytes_of_parquet() -> None:
    made = raw("parquet")
    assert made == raw("parquet")
    kept = pq.ParquetFile(FOLDER / "report.parquet")
    # Another version of PyArrow may write other bytes, but no other table.
    if kept.metadata.created_by == pq.ParquetFile(io.BytesIO(made)).metadata.created_by:
        assert_golden("report.parquet", made)
    assert kept.read().equals(pq.read_table(io.BytesIO(made)), check_metadata=True)


def test_a_workbook_has_the_same_bytes_each_time() -> None:
    assert raw("xlsx") == raw("xlsx")


def test_programs_are_told_the_same_in_every_format() -> None:
    document = json.loads(text("json"))["rows"]
    flat = [json.loads(line) for line in text("ndjson").splitlines()]
    typed = pq.read_table(io.BytesIO(raw("parquet"))).to_pylist()
    cells = list(csv.DictReader(io.StringIO(text("csv"), newline="")))
    assert len(document) == len(flat) == len(typed) == len(cells) == len(ROWS_HELD)
    for of_json, of_ndjson, of_parquet, of_csv in zip(document, flat, typed, cells, strict=True):
        assert of_ndjson.pop("sample") is of_parquet.pop("sample") is True
        assert of_csv.pop("sample") == "true"
        measure = of_json.pop("timely_marks") or {}
        for part in ("numerator", "denominator", "reached", "change"):
            of_json[f"timely_marks_{part}"] = measure.get(part)
        of_json["timely_marks"] = measure.get("value")
        assert of_ndjson == of_json
        assert {name: _iso(value) for name, value in of_parquet.items()} == of_json
        for name, cell in of_csv.items():
            assert cell == _in_csv(of_json[name])


ROWS_HELD = AWKWARD.sheet("rows").rows


def _iso(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _in_csv(value: Any) -> str:
    """What CSV in English holds of a value of JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "|".join("" if one is None else str(one) for one in value)
    if not isinstance(value, str):
        return repr(value)
    if value.startswith("2026-11-18T"):
        return value.replace("T", " ")
    shown = "".join(
        "\ufffd" if unicodedata.category(char) in CONTROLS and char != "\n" else char
        for char in value
    )
    return f"'{shown}" if shown.startswith(("=", "-", "@")) else shown


def test_people_are_told_the_same_in_every_format() -> None:
    wide = Look(Language.EN, width=2000)
    for said in ("12.50", "99.99", "79.99", "0.01", "2 h 14 min", "−3 d 5 min", "80.00", "▄·▁█"):
        assert said in text("table", wide)
        assert said in text("md", wide)


def test_numbers_of_a_workbook_are_numbers() -> None:
    rows = rows_of(workbook()["Rows"])
    first, second = rows[0], rows[1]
    assert first["school_id"].value == "0071000001567119123"
    assert first["school_id"].number_format == "@"
    assert second["school"].data_type == "s"
    assert second["school"].value == '=HYPERLINK("http://x.example")'
    assert first["timely_marks"].value == 0.7999
    assert first["timely_marks"].number_format == '0.00%" !"'
    assert rows[4]["timely_marks"].number_format == "0.00%"
    assert first["share"].value == 0.125
    assert second["share"].value == 0.9999
    assert second["gain"].value == -1.26
    assert first["day"].value == datetime(2026, 11, 18)
    assert first["entered_at"].value == datetime(2026, 11, 18, 23, 59, 1)
    assert first["over"].value == 134
    assert [cell.value for cell in rows[2].values()][3:11] == [None] * 8


def test_a_workbook_says_all_that_is_beside_the_figures() -> None:
    book = workbook()
    assert book.sheetnames == ["Teachers  who", "Rows", "Remarks"]
    for sheet in book:
        assert sheet["A1"].value == "SAMPLE: the data are invented"
    rows = book["Rows"]
    header = next(cells[0].row for cells in rows.iter_rows() if cells[0].value == "Id")
    assert rows.freeze_panes == f"A{header + 1}"
    assert rows.auto_filter.ref == f"A{header}:M{header + 5}"
    said = [cells[0].value for cells in rows.iter_rows(header + 6)]
    assert said == ["Total", "5 of 57 shown", "Lost: marks | not in time"]
    assert [cell.value for cell in book["Remarks"][3]] == ["marks", "the time cannot be read", 2]


@pytest.mark.parametrize("width", [1, 60, 61, 80, 97, 140])
@pytest.mark.parametrize("language", list(Language))
def test_nothing_is_cut_and_no_line_is_too_long(width: int, language: Language) -> None:
    look = Look(language, width=width)
    lines = text("table", look).splitlines()
    assert max(map(cell_len, lines)) <= max(width, 60)
    together = "".join("".join(lines).split())
    # In each of the tables the names of schools stand again.
    assert together.count("Ы") % 45 == 0
    assert together.count("Ы") >= 45
    digits = "2 ч 14 мин" if language is Language.RU else "2 h 14 min"
    assert digits in "\n".join(lines)


@pytest.mark.parametrize("name", ["table", "md", "csv", "json", "ndjson"])
def test_no_text_steers_a_terminal(name: str) -> None:
    for look in (Look(width=80), Look(), EN):
        odd = {one for one in text(name, look) if unicodedata.category(one) in CONTROLS}
        assert odd <= {"\n", "\ufeff"}


def test_a_schema_holds_the_document_and_refuses_another() -> None:
    schema = report_schema(SHAPE)
    Draft202012Validator.check_schema(schema)
    judge = Draft202012Validator(schema)
    document = json.loads(text("json"))
    judge.validate(document)
    for change in (
        {"made_up": 1},
        {"rows": [{**document["rows"][0], "made_up": 1}]},
        {"rows": [{**document["rows"][0], "over": "134"}]},
        {"rows_totals": {**document["rows_totals"], "school": None}},
    ):
        with pytest.raises(ValidationError):
            judge.validate(document | change)


def test_the_page_of_a_schema_names_every_column() -> None:
    page = report_page(SHAPE)
    assert [page.count(f"- `{column.key}`: ") for column in ROWS] == [2] * len(ROWS)


def test_what_is_said_beside_a_report() -> None:
    said = report_notes(AWKWARD, EN.red_below, Language.EN, legend=True)
    assert said == [
        (
            "! – below the threshold, !! – and below 50 %; ↑ ↓ – points since the week before; "
            "n/a – nothing to count it from"
        ),
        "▁…█ – from the lowest value of the row to the highest, · – no data",
        "marks: 2 rows set aside (the time cannot be read – 2)",
        "warning: no week\ufffd",
    ]
    assert report_notes(AWKWARD, EN.red_below, Language.EN, legend=False) == said[2:]


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ((), ""),
        ((None, None), "··"),
        ((7.0,), "▄"),
        ((0.0, None, 100.0), "▁·█"),
        ((1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0), "▁▂▃▄▅▆▇█"),
        ((99.0, 98.99), "█▁"),
    ],
)
def test_a_sparkline(values: tuple[float | None, ...], shown: str) -> None:
    assert sparkline(values) == shown


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "0 мин"),
        (59, "59 мин"),
        (60, "1 ч"),
        (1440, "1 сут"),
        (1501, "1 сут 1 ч 1 мин"),
        (-61, "−1 ч 1 мин"),
    ],
)
def test_a_duration(minutes: int, said: str) -> None:
    assert duration(minutes, Language.RU) == said


def test_a_row_without_a_value_for_each_column_is_refused() -> None:
    with pytest.raises(ValueError, match="2 values for 13 columns"):
        Sheet("rows", words("", ""), ROWS, [("1", "2")])


def test_the_names_of_sheets_differ() -> None:
    many = dataclasses.replace(
        AWKWARD,
        sheets=[
            dataclasses.replace(AWKWARD.sheets[0], key=f"s{at}", title=words(name, name))
            for at, name in enumerate(["Ш" * 40, "ш" * 35, "[]:*?/\\'", ""])
        ],
        main="s0",
        problems=(),
        warnings=(),
    )
    made = REPORT_FORMATS["xlsx"].render(many, EN)
    assert isinstance(made, bytes)
    names = openpyxl.load_workbook(io.BytesIO(made)).sheetnames
    assert names == ["Ш" * 31, "ш" * 27 + " (2)", "-", "- (2)"]


def test_every_kind_is_in_the_awkward_report() -> None:
    assert {column.kind for column in ROWS} | {Kind.TEXT} == set(Kind)
    assert set(REPORT_SUFFIXES.values()) == set(REPORT_FORMATS)


def test_people_and_programs_are_spared_what_is_said_otherwise() -> None:
    columns = (
        Column("school_id", words("ID", "Id"), Kind.ID, reader=Reader.PROGRAMS),
        Column("school", words("Школа", "School")),
        Column("told", words("Сколько", "How many"), reader=Reader.PEOPLE),
        Column("lost", words("Потеряно", "Lost"), Kind.COUNT, reader=Reader.PROGRAMS),
    )
    sheet = Sheet("rows", words("", ""), columns, [("7", "Лицей", "3 of 4", 3)], totals=(None,) * 4)
    report = Report("x", words("Т", "T"), "rows", [sheet])
    made = {
        name: REPORT_FORMATS[name].render(report, EN)
        for name in ("json", "ndjson", "csv", "table", "md", "xlsx", "parquet")
    }
    row = {"school_id": "7", "school": "Лицей", "lost": 3}
    assert json.loads(made["json"])["rows"] == [row]
    assert json.loads(made["ndjson"]) == row
    assert str(made["csv"]) == "school_id,school,lost\n7,Лицей,3\n"
    assert isinstance(made["parquet"], bytes)
    assert pq.read_table(io.BytesIO(made["parquet"])).to_pylist() == [row]
    for name in ("table", "md"):
        text_of = str(made[name])
        assert "How many" in text_of
        assert "Lost" not in text_of
        assert "Id" not in text_of
    assert isinstance(made["xlsx"], bytes)
    titles = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(made["xlsx"])).active[2]]
    assert titles == ["Id", "School", "How many", "Lost"]
    shape = ReportShape("x", words("", ""), (SheetShape("rows", columns),))
    properties = report_schema(shape)["properties"]["rows"]["items"]["properties"]
    assert list(properties) == ["school_id", "school", "lost"]
