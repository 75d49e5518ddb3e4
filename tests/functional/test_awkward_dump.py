"""The awkward dump: the program counts what a person counted by hand, row by row."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from monitor_cli.cli import main
from monitor_cli.columns import Table
from monitor_cli.dump.dump import ReadOptions, load
from monitor_cli.engine.query import WEEK_COLUMNS

AWKWARD = Path(__file__).parent.parent / "data" / "awkward"
EXPECTED: dict[str, Any] = json.loads((AWKWARD / "expected.json").read_text(encoding="utf-8"))
COMPUTED = {"value", "reached", "change"}
"""What a measure says besides the numbers that were counted."""


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The week of the awkward dump."""
    out = tmp_path_factory.mktemp("awkward") / "week.json"
    assert main(["week", "--data", str(AWKWARD), "--date", "2026-11-16", "-o", str(out), "-q"]) == 0
    parsed: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return parsed


@pytest.mark.parametrize("school", EXPECTED["schools"])
def test_every_number_of_a_school_is_the_one_counted_by_hand(
    school: str, document: dict[str, Any]
) -> None:
    (row,) = [row for row in document["rows"] if row["school_id"] == school]
    counted = {
        key: {name: number for name, number in measure.items() if name not in COMPUTED}
        for key, measure in row["indicators"].items()
    }
    assert counted == EXPECTED["schools"][school]


def test_every_row_that_is_not_used_is_counted_under_its_reason(document: dict[str, Any]) -> None:
    assert document["problems"] == EXPECTED["problems"]


def test_used_repeated_and_set_aside_are_the_rows_of_the_files() -> None:
    dump = load(AWKWARD, WEEK_COLUMNS, ReadOptions())
    for table, checked in dump.tables.items():
        counts = checked.counts
        assert counts.read == EXPECTED["rows"][table.value], table
        assert counts.used + counts.repeated + counts.set_aside == counts.read
    assert dump.tables.keys() == set(Table) - {Table.LOGINS, Table.FINAL_MARKS}
