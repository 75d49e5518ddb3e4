"""The JSON document of a week: keys, order, exact data, the same bytes."""

from __future__ import annotations

import dataclasses
import json
from fractions import Fraction

import pytest

from monitor_cli.language import Language
from monitor_cli.levels import Level
from monitor_cli.render.jsonout import compact, week_json
from monitor_cli.result import Measure, Row
from tests.documents import parsed
from tests.unit.render.golden import assert_golden
from tests.unit.render.made import AWKWARD, TIMELY_EXTRAS


def test_the_bytes_of_the_awkward_week() -> None:
    assert_golden("week.json", week_json(AWKWARD))
    assert_golden("week.en.json", week_json(AWKWARD, Language.EN))


def test_the_order_of_keys() -> None:
    document = parsed(week_json(AWKWARD))
    assert list(document) == [
        "schema",
        "sample",
        "complete",
        "week",
        "level",
        "indicators",
        "rows",
        "totals",
        "problems",
        "warnings",
    ]
    row = document["rows"][0]
    assert list(row) == ["region", "municipality", "school_id", "school", "indicators"]
    assert list(row["indicators"]["timely_marks"]) == [
        "value",
        "numerator",
        "denominator",
        "reached",
        "change",
        "tracked",
        "ceiling",
        "late",
        "early",
        "before_week",
        "after_week",
        "no_time",
    ]
    assert list(document["totals"]["timely_marks"])[-2:] == ["schools", "schools_reached"]


def test_a_row_is_a_line() -> None:
    lines = week_json(AWKWARD).split("\n")
    assert sum(line.lstrip().startswith('{"region"') for line in lines) == len(AWKWARD.rows)


def test_hostile_characters_are_escaped_and_the_data_exact() -> None:
    text = week_json(AWKWARD)
    assert all(line.isprintable() for line in text.split("\n"))
    names = [row["school"] for row in parsed(text)["rows"]]
    assert names == [row.keys["school"] for row in AWKWARD.rows]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("\x7f", '"\\u007f"'),
        ("\u202e", '"\\u202e"'),
        ("\U000e0041", '"\\udb40\\udc41"'),
        ("\udcff", '"\\udcff"'),
        ("Ё\u00a0\\", '"Ё\u00a0\\\\"'),
        (100 * 5 / 6, "83.33333333333333"),
        (0.1 + 0.2, "0.30000000000000004"),
    ],
)
def test_values(value: object, text: str) -> None:
    assert compact(value) == text
    assert json.loads(text) == value


def test_no_number_is_nan() -> None:
    with pytest.raises(ValueError, match="Out of range"):
        compact(float("nan"))


def test_without_comparison_there_is_no_change() -> None:
    document = parsed(week_json(dataclasses.replace(AWKWARD, compared=False)))
    everything = [*document["totals"].values()]
    everything += [one for row in document["rows"] for one in row["indicators"].values()]
    assert everything
    assert not any("change" in one for one in everything)


def test_an_empty_result_is_a_document_too() -> None:
    empty = dataclasses.replace(
        AWKWARD, indicators=(), rows=(), totals={}, problems=(), warnings=(), complete=False
    )
    document = parsed(week_json(empty))
    assert document["rows"] == []
    assert document["totals"] == {}
    assert document["complete"] is False


def test_schools_stand_where_a_row_pools_them() -> None:
    pooled = Measure(1, 2, Fraction(80), None, TIMELY_EXTRAS, 3, 0)
    row = Row({"region": None}, {"timely_marks": pooled})
    result = dataclasses.replace(AWKWARD, level=Level.REGION, rows=[row])
    (shown,) = parsed(week_json(result))["rows"]
    assert shown["region"] is None
    assert shown["indicators"]["timely_marks"]["schools"] == 3
    assert shown["indicators"]["timely_marks"]["schools_reached"] == 0
