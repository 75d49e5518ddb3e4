"""`monitor validate` on any dump: rows add up, lines hold what is said of them."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, Phase, given, settings

from monitor_cli.cli import main
from tests.documents import validator
from tests.generative import csvfiles, reference
from tests.generative.configs import toml
from tests.generative.strategies import Drawn, dumps

if TYPE_CHECKING:
    import pytest

_RUNS = settings(
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.function_scoped_fixture,
    ],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


@_RUNS
@given(drawn=dumps(), dress=csvfiles.DRESSES)
def test_rows_add_up_and_stand_where_they_are_said_to(
    drawn: Drawn, dress: csvfiles.Dress, capfd: pytest.CaptureFixture[str]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, config = Path(name) / "dump", Path(name) / "monitor.toml"
        folder.mkdir()
        csvfiles.write(drawn, dress, folder)
        config.write_text(toml(drawn.config), encoding="utf-8")
        code = main(["validate", "--json", "--data", str(folder), "--config", str(config)])
        assert code == 0
        found = json.loads(capfd.readouterr().out)
        validator(found["schema"]).validate(found)
        for problem in found["problems"]:
            _stands_there(problem, folder, dress)
    expected = reference.week(
        drawn.tables, drawn.day, config=drawn.config, columns=drawn.columns, level="teacher"
    )
    counted: Counter[tuple[str, str]] = Counter()
    for problem in found["problems"]:
        assert problem["rows"] == len(problem["listed"])
        if problem["effect"] != "used":
            counted[problem["table"], problem["reason"]] += problem["rows"]
    assert counted == {
        (problem["table"], problem["reason"]): problem["rows"] for problem in expected["problems"]
    }
    for table in found["tables"]:
        rows = len(drawn.tables.get(table["table"], ()))
        assert table["used"] + table["repeated"] + table["set_aside"] == table["read"] == rows


def _stands_there(problem: dict[str, Any], folder: Path, dress: csvfiles.Dress) -> None:
    """Each line that is named holds the value that is told of it."""
    text = (folder / problem["file"]).read_bytes().decode("utf-8-sig")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=dress.separator)
    first = 1
    lines: dict[int, list[str]] = {}
    for cells in reader:
        lines[first] = cells
        first = reader.line_num + 1
    header = lines[1]
    for finding in problem["listed"]:
        cells = lines[finding["line"]]
        if problem["reason"] == "ragged_line":
            assert len(cells) == finding["fields"]["found"] != finding["fields"]["expected"]
            continue
        there = ", ".join(cells[header.index(column)].strip() for column in finding["columns"])
        assert there == finding["value"]
