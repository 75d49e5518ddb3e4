"""One cell of a dump is changed: what follows from it changes, and nothing else."""

from __future__ import annotations

import json
import shutil
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from monitor_cli.cli import main

Captured = pytest.CaptureFixture[str]

MARK = "2263400122595112269"
"""A mark of a tracked type in a one-shift school, for a lesson of Wednesday 18 November."""
SCHOOL = "1000001567126"
"""The sample's school of two shifts."""


def week(folder: Path, capfd: Captured) -> dict[str, Any]:
    """The week of the dump, without what it was compared with."""
    assert main(["week", "--data", str(folder), "--date", "2026-11-18", "--json"]) == 0
    document: dict[str, Any] = json.loads(capfd.readouterr().out)
    return document


def leaves(value: object, path: str = "") -> dict[str, object]:
    """Every number and text of a document, by where it stands."""
    if isinstance(value, dict):
        inside = [(f"{path}.{key}", item) for key, item in value.items()]
    elif isinstance(value, list):
        inside = [(f"{path}[{place}]", item) for place, item in enumerate(value)]
    else:
        return {path: value}
    return {where: leaf for at, item in inside for where, leaf in leaves(item, at).items()}


def changes(before: dict[str, Any], after: dict[str, Any]) -> dict[str, tuple[object, object]]:
    """What differs, by where it stands: was and is."""
    old, new = leaves(before), leaves(after)
    return {
        where: (old.get(where), new.get(where))
        for where in old | new
        if old.get(where) != new.get(where)
    }


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    """A copy of the sample that a test may change."""
    shutil.copytree(Path(str(files("monitor_cli"))) / "sample_data", tmp_path / "dump")
    return tmp_path / "dump"


def edit(table: Path, row: str, was: str, becomes: str) -> None:
    """Change one cell in the one row that holds `row`."""
    lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
    (at,) = [number for number, line in enumerate(lines) if row in line]
    assert lines[at].count(was) == 1
    lines[at] = lines[at].replace(was, becomes)
    table.write_text("".join(lines), encoding="utf-8")


def test_a_mark_from_20_59_59_to_21_00_00(dump: Path, capfd: Captured) -> None:
    """One mark less is timely and one more late, at its school and in the totals."""
    edit(dump / "marks.csv", MARK, "18.11.2026 15:20:53", "18.11.2026 20:59:59")
    in_time = week(dump, capfd)
    edit(dump / "marks.csv", MARK, "18.11.2026 20:59:59", "18.11.2026 21:00:00")
    found = changes(in_time, week(dump, capfd))
    places = {where.rpartition(".timely_marks.")[0] for where in found}
    (school,) = {place for place in places if place.startswith(".rows")}
    assert places == {school, ".totals"}
    for place in places:
        at = f"{place}.timely_marks"
        numerator, late = found.pop(f"{at}.numerator"), found.pop(f"{at}.late")
        assert numerator[1] == numerator[0] - 1  # type: ignore[operator]
        assert late[1] == late[0] + 1  # type: ignore[operator]
        assert found.pop(f"{at}.value")
        assert found.pop(f"{at}.change")
    assert found == {}


def test_a_school_from_one_shift_to_two(dump: Path, capfd: Captured) -> None:
    """Its late marks of the next morning become timely: its `timely_marks`, and what that makes."""
    edit(dump / "schools.csv", SCHOOL, ";2;", ";1;")
    one_shift = week(dump, capfd)
    edit(dump / "schools.csv", SCHOOL, ";1;", ";2;")
    two_shifts = week(dump, capfd)
    (row,) = [number for number, row in enumerate(two_shifts["rows"]) if row["school_id"] == SCHOOL]
    touched = {where.rsplit(".", 1)[0] for where in changes(one_shift, two_shifts)}
    # One more component is reached, but not all of them: no school becomes active.
    assert touched == {
        f".rows[{row}].indicators.timely_marks",
        f".rows[{row}].indicators.school_activity",
        ".totals.timely_marks",
    }
    was, now = (week["rows"][row]["indicators"]["timely_marks"] for week in (one_shift, two_shifts))
    assert now["numerator"] > was["numerator"]
    assert now["numerator"] + now["late"] == was["numerator"] + was["late"]
    assert now["denominator"] == was["denominator"]
