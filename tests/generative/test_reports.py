"""`monitor workload` and `monitor filling` say of any dump what the reference says."""

from __future__ import annotations

import json
import math
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from monitor_cli.cli import main
from tests.generative import csvfiles
from tests.generative.agreement import told
from tests.generative.configs import toml
from tests.generative.reference.filling import SHARES, filling
from tests.generative.reference.workload import KEYS, monday_of, workload
from tests.generative.strategies import Drawn, dumps

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

# Of a dump that fails, Hypothesis prints all of it beside the little that matters.
pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")

_RUNS = settings(
    max_examples=max(settings().max_examples // 3, 1),
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.filter_too_much,
        HealthCheck.function_scoped_fixture,
    ],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
# How many days before Monday the period begins, and how many days after Sunday it ends.
PERIODS = st.sampled_from([(0, 0), (0, 0), (7, 0), (3, 2), (-2, -1), (7, 14)])


def asked(
    drawn: Drawn,
    dress: csvfiles.Dress,
    words: list[str],
    days: tuple[date, date],
    capfd: pytest.CaptureFixture[str],
) -> dict[str, Any]:
    """What the program answers."""
    period = ["--from", days[0].isoformat(), "--to", days[1].isoformat()]
    with tempfile.TemporaryDirectory() as name:
        folder, config = Path(name) / "dump", Path(name) / "monitor.toml"
        folder.mkdir()
        csvfiles.write(drawn, dress, folder)
        config.write_text(toml(drawn.config), encoding="utf-8")
        where = ["--data", str(folder), "--config", str(config)]
        code = main([*words, "--json", *period, *where])
    printed = capfd.readouterr()
    assert code == 0, printed.err
    document: dict[str, Any] = json.loads(printed.out)
    return document


def period(drawn: Drawn, moved: tuple[int, int]) -> tuple[date, date]:
    monday = monday_of(drawn.day)
    return monday - timedelta(days=moved[0]), monday + timedelta(days=6 + moved[1])


def unlike(row: dict[str, Any], expected: dict[str, Any]) -> Iterator[str]:
    """Lines that say where a row differs: all that the program tells is compared."""
    for name, value in row.items():
        mine = expected[name]
        if isinstance(mine, set):
            same = {*(value or "").split(", ")} == {*", ".join(mine).split(", ")}
        elif isinstance(value, float) and isinstance(mine, float):
            same = math.isclose(value, mine, rel_tol=1e-12)
        else:
            same = value == mine
        if not same:
            yield f"{name}: the program says {value!r}, the reference {mine!r}"


@_RUNS
@given(
    drawn=dumps(),
    dress=csvfiles.DRESSES,
    moved=PERIODS,
    level=st.sampled_from(["teacher", "teacher", *KEYS]),
)
def test_the_workload_is_what_the_reference_says(
    drawn: Drawn,
    dress: csvfiles.Dress,
    moved: tuple[int, int],
    level: str,
    capfd: pytest.CaptureFixture[str],
) -> None:
    days = period(drawn, moved)
    document = asked(drawn, dress, ["workload", "--level", level], days, capfd)
    expected = workload(drawn.tables, *days, level, config=drawn.config, columns=drawn.columns)
    keys = KEYS[level]
    amiss = [] if len(expected) == len(document["rows"]) else ["rows too many or missing"]
    for row, mine in zip(document["rows"], expected, strict=False):
        amiss += [f"{[row[name] for name in keys]} {line}" for line in unlike(row, mine)]
    assert not amiss, told(drawn, [f"{level} {days}", *amiss])


@_RUNS
@given(drawn=dumps(), dress=csvfiles.DRESSES, moved=PERIODS)
def test_the_filling_is_what_the_reference_says(
    drawn: Drawn,
    dress: csvfiles.Dress,
    moved: tuple[int, int],
    capfd: pytest.CaptureFixture[str],
) -> None:
    drawn = with_posts(drawn)
    days = period(drawn, moved)
    document = asked(drawn, dress, ["filling"], days, capfd)
    expected = filling(drawn.tables, *days, config=drawn.config, columns=drawn.columns)
    amiss = [] if len(expected) == len(document["rows"]) else ["schools too many or missing"]
    above = ("region", "municipality", "school", "school_id", "last_login")
    for sheet in ("rows", "counts", "last"):
        for row in document[sheet]:
            told_ = {name: value for name, value in row.items() if name not in above}
            lines = unlike(told_, expected[row["school_id"]])
            amiss += [f"{sheet} {row['school_id']} {line}" for line in lines]
    assert all({*SHARES} <= row.keys() for row in document["rows"])
    assert not amiss, told(drawn, [str(days), *amiss])


def with_posts(drawn: Drawn) -> Drawn:
    """The dump with posts and years of birth, which have no part in a week."""
    if "staff" not in drawn.tables:
        return drawn
    there = {"position", "birth_year"} & {*drawn.columns["staff"]}
    rows = [
        {**row, **{name: "1980" for name in there if len(row.get("person_id", "")) + at % 3}}
        for at, row in enumerate(drawn.tables["staff"])
    ]
    rows = [
        {**row, **(dict.fromkeys(there & {"position"}, "") if at % 4 == 0 else {})}
        for at, row in enumerate(rows)
    ]
    return replace(drawn, tables={**drawn.tables, "staff": rows})
