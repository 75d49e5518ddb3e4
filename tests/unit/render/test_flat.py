"""CSV, NDJSON and Parquet: bytes, cells, and names that a spreadsheet must not run."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from typing import TYPE_CHECKING, Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

from monitor_cli.language import Language
from monitor_cli.levels import Level
from monitor_cli.render.delimited import BOM, cell, week_csv
from monitor_cli.render.formats import Look
from monitor_cli.render.jsonout import week_json, week_ndjson
from monitor_cli.render.parquet import week_parquet
from monitor_cli.result import Row
from tests.unit.render.golden import FOLDER, assert_golden
from tests.unit.render.made import AWKWARD

if TYPE_CHECKING:
    from monitor_cli.result import WeekResult

EN = Look(Language.EN)


def lines_of(text: str, separator: str) -> list[dict[str, str]]:
    return list(
        csv.DictReader(io.StringIO(text.removeprefix(BOM), newline=""), delimiter=separator)
    )


def table_of(result: WeekResult = AWKWARD) -> Any:
    return pq.read_table(io.BytesIO(week_parquet(result)))


def test_the_bytes_of_the_awkward_week() -> None:
    assert_golden("week.csv", week_csv(AWKWARD, Look()))
    assert_golden("week.en.csv", week_csv(AWKWARD, EN))
    assert_golden("week.ndjson", week_ndjson(AWKWARD))


def test_the_bytes_of_parquet() -> None:
    made = week_parquet(AWKWARD)
    assert made == week_parquet(AWKWARD)
    kept = pq.ParquetFile(FOLDER / "week.parquet")
    # Another version of PyArrow may write other bytes, but no other table.
    if kept.metadata.created_by == pq.ParquetFile(io.BytesIO(made)).metadata.created_by:
        assert_golden("week.parquet", made)
    assert kept.read().equals(table_of(), check_metadata=True)


def test_all_formats_agree_cell_for_cell() -> None:
    rows = json.loads(week_json(AWKWARD))["rows"]
    flat = [json.loads(line) for line in week_ndjson(AWKWARD).splitlines()]
    typed = table_of().to_pylist()
    english = lines_of(week_csv(AWKWARD, EN), ",")
    russian = lines_of(week_csv(AWKWARD, Look()), ";")
    at = 0
    for row, made, en, ru in zip(rows, AWKWARD.rows, english, russian, strict=True):
        for key, measure in row["indicators"].items():
            assert (flat[at]["indicator"], typed[at]["indicator"]) == (key, key)
            for name in ("region", "municipality", "school_id", "school"):
                assert flat[at][name] == typed[at][name] == row[name]
            for name in ("value", "numerator", "denominator", "reached", "change"):
                assert flat[at][name] == typed[at][name] == measure[name]
            beside = {name: typed[at][name] for name in measure if name in typed[at]}
            assert beside == measure
            value, rounded = measure["value"], made.measures[key].shown
            assert en[key] == ("" if value is None else repr(value))
            assert ru[key] == ("" if rounded is None else str(rounded).replace(".", ","))
            at += 1
    assert at == len(flat) == len(typed)


def test_csv_in_russian_is_for_a_russian_excel() -> None:
    text = week_csv(AWKWARD, Look())
    assert text.startswith("\ufeffsample;region;municipality;school_id;school;teacher_activation;")
    first = lines_of(text, ";")[0]
    assert first["sample"] == "true"
    assert first["timely_marks"] == "83,33"
    assert first["timely_homework"] == ""
    assert first["school_id"] == "1000001567119"


def test_csv_in_english_is_unrounded() -> None:
    text = week_csv(AWKWARD, EN)
    assert text.startswith("sample,region,")
    assert lines_of(text, ",")[0]["timely_marks"] == "83.33333333333333"


def test_a_terminal_gets_no_byte_order_mark_and_nothing_that_steers_it() -> None:
    text = week_csv(AWKWARD, Look(width=80))
    assert not text.startswith(BOM)
    assert all(line.replace("\t", "").isprintable() for line in text.split("\n"))


@pytest.mark.parametrize("begin", "=+-@\t\r\n＝＋－＠")
def test_text_that_would_be_a_formula_gets_an_apostrophe(begin: str) -> None:
    assert cell(f"{begin}1+1").startswith("'")
    assert cell(f"a{begin}1").startswith("a")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (5, "5"),
        ("Школа №2", "Школа №2"),
        ("a\r\nb\rc\td", "a\nb\nc\td"),
        ("\x1b[2J\u202eабв\u200b\u2028", "\ufffd[2J\ufffdабв\ufffd\ufffd"),
        ("-13", "'-13"),
    ],
)
def test_keys_as_cells(value: str | int | None, shown: str) -> None:
    assert cell(value) == shown


def test_a_line_end_in_a_name_stays_in_its_cell() -> None:
    named = lines_of(week_csv(AWKWARD, EN), ",")[-1]
    assert named["municipality"] == "'+Заречный|"
    assert named["school"] == '\'=1+1;"<b>a\tb</b>"\n[x](https://x.ru) a@x.ru'


def test_only_the_sample_is_marked() -> None:
    real = dataclasses.replace(AWKWARD, sample=False)
    assert week_csv(real, EN).startswith("region,")
    assert "sample" not in json.loads(week_ndjson(real).splitlines()[0])
    assert "sample" not in table_of(real).column_names


def test_without_comparison_there_is_no_change() -> None:
    alone = dataclasses.replace(AWKWARD, compared=False)
    assert "change" not in json.loads(week_ndjson(alone).splitlines()[0])
    assert "change" not in table_of(alone).column_names


def test_the_order_of_keys_and_columns() -> None:
    first = json.loads(week_ndjson(AWKWARD).splitlines()[0])
    core = ["region", "municipality", "school_id", "school", "indicator", "value", "numerator"]
    core += ["denominator", "reached", "change"]
    assert list(first) == ["sample", *core]
    assert table_of().column_names[: len(core) + 3] == [
        *("sample", *core),
        *("schools", "schools_reached"),
    ]


def test_types_hold_also_where_everything_is_null() -> None:
    nothing = {
        key: measure._replace(
            numerator=None,
            denominator=None,
            change=None,
            extras=dict.fromkeys(measure.extras),
        )
        for key, measure in AWKWARD.rows[0].measures.items()
    }
    empty = dataclasses.replace(AWKWARD, rows=[Row(AWKWARD.rows[0].keys, nothing)])
    assert table_of(empty).schema.equals(table_of().schema)
    assert table_of(dataclasses.replace(AWKWARD, rows=())).schema.equals(table_of().schema)
    assert table_of().schema.field("ceiling").type == pa.float64()
    assert table_of().schema.field("components").type == pa.list_(pa.string())


def test_the_parallel_is_a_number() -> None:
    keys: dict[str, str | int | None] = dict.fromkeys(Level.PARALLEL.keys)
    rows = [Row({**keys, "parallel": parallel}, {}) for parallel in (5, None)]
    result = dataclasses.replace(AWKWARD, level=Level.PARALLEL, rows=rows)
    assert table_of(result).schema.field("parallel").type == pa.int64()
    assert [line["parallel"] for line in lines_of(week_csv(result, EN), ",")] == ["5", ""]


@pytest.mark.parametrize("level", Level)
def test_a_level_has_the_columns_of_its_own_indicators(level: Level) -> None:
    only = [
        shown._replace(levels=frozenset({Level.SCHOOL}))
        if shown.key == "school_activity"
        else shown
        for shown in AWKWARD.indicators
    ]
    result = dataclasses.replace(AWKWARD, indicators=only, level=level, rows=())
    header = week_csv(result, EN).strip().split(",")
    assert ("school_activity" in header) == (level is Level.SCHOOL)
    assert ("components" in table_of(result).column_names) == (level is Level.SCHOOL)
