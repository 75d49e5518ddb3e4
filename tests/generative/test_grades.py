"""Grades of any dump, by the program and by the plain loop."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from monitor_cli.clock import Week
from monitor_cli.errors import DumpError
from monitor_cli.levels import Level
from monitor_cli.reports.grades.report import AskedGrades, grades
from monitor_cli.settings import load_settings
from tests.generative import csvfiles
from tests.generative.configs import toml
from tests.generative.journal import GRADES, SUBJECTS
from tests.generative.reference.grades import Grades
from tests.generative.strategies import Drawn, dumps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor_cli.report import Report, Sheet
    from tests.generative.reference.grades import Key

pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")

_RUNS = settings(
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.filter_too_much,
    ],
    # Cutting down what differs would take minutes.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
OWN = {
    "school": (),
    "parallel": ("parallel",),
    "class": ("class_id",),
    "subject": ("subject",),
    "teacher": ("teacher_id",),
}


def with_final_marks(drawn: Drawn, seed: int) -> Drawn:
    """The dump with final marks: of several periods, given twice, of nobody's class."""
    chance = Random(seed)  # noqa: S311 nothing here is secret
    students = [row.get("person_id", "") for row in drawn.tables.get("students", ())] or ["x"]
    classes = [row.get("class_id", "") for row in drawn.tables.get("classes", ())]
    header = ["student_id", "subject", "period", "value", "class_id"]
    rows = [
        dict(
            zip(
                header,
                (
                    chance.choice(students),
                    chance.choice(SUBJECTS),
                    chance.choice(("1 четверть", "2 четверть", "год", "")),
                    chance.choice(GRADES),
                    chance.choice([*classes, *classes, "", "нет такого"]),
                ),
                strict=True,
            )
        )
        for _ in range(chance.randrange(40))
    ]
    return replace(
        drawn,
        tables={**drawn.tables, "final_marks": rows},
        columns={**drawn.columns, "final_marks": header},
    )


def asked(drawn: Drawn, dress: csvfiles.Dress, question: AskedGrades) -> Report:
    """What the program says; a dump that cannot be read is of no use here."""
    with tempfile.TemporaryDirectory() as name:
        folder, config = Path(name) / "dump", Path(name) / "monitor.toml"
        folder.mkdir()
        csvfiles.write(drawn, dress, folder)
        config.write_text(toml(drawn.config), encoding="utf-8")
        try:
            return grades(folder, load_settings(config=str(config), environ={}), question)
        except DumpError:
            assume(condition=False)
            raise


def rows_of(sheet: Sheet, level: str, *further: str) -> Iterator[tuple[Key, dict[str, Any]]]:
    """The rows of a sheet by the keys that tell them apart."""
    names = [column.key for column in sheet.columns]
    for cells in sheet.rows:
        row = dict(zip(names, cells, strict=True))
        yield tuple(row[name] for name in ("school_id", *OWN[level], *further)), row


def compared(found: dict[Key, dict[str, Any]], expected: dict[Key, dict[str, Any]]) -> None:
    """Every place of the reference is there, and every number of every row is the same."""
    assert set(expected) <= set(found)
    for key, row in found.items():
        of_place = expected.get(key, {})
        for name, value in row.items():
            if name in of_place and of_place[name] is not None:
                assert value == pytest.approx(float(of_place[name]), rel=1e-12), (key, name)
            elif isinstance(value, int) and name in _COUNTED:
                assert value == 0, (key, name)


_COUNTED = (
    "students",
    "without_two",
    "four_five",
    "with_two",
    "students_not_attested",
    "marks",
    "lessons",
    "seats",
    "absences",
    "students_with_two",
)


@_RUNS
@given(
    drawn=dumps(),
    dress=csvfiles.DRESSES,
    level=st.sampled_from(sorted(OWN)),
    weeks=st.integers(1, 3),
)
def test_current_marks_agree_with_the_reference(
    drawn: Drawn, dress: csvfiles.Dress, level: str, weeks: int
) -> None:
    week = Week.of(drawn.day)
    days = (week.monday - timedelta(days=7 * (weeks - 1)), drawn.day)
    found = asked(drawn, dress, AskedGrades(*days, Level(level), by="current"))
    plain = Grades(drawn.tables, drawn.columns, drawn.config, days, level)
    journal = dict(rows_of(found.sheet("journal"), level))
    expected = plain.journal()
    attended = {"students", "attendance"} <= drawn.tables.keys()
    for row in journal.values():
        if not attended:
            assert row["attendance"] is row["seats"] is None
    if not plain.dump.has("marks", "value"):
        assert all(row["marks"] is None for row in journal.values())
        return
    if not attended:
        for row in expected.values():
            row.pop("seats", None)
            row.pop("absences", None)
    compared(journal, expected)
    compared(dict(rows_of(found.sheet("grades"), level)), plain.current())


@settings(_RUNS, max_examples=max(settings().max_examples // 2, 1))
@given(
    drawn=dumps(),
    dress=csvfiles.DRESSES,
    level=st.sampled_from(sorted(OWN.keys() - {"teacher"})),
    seed=st.integers(0, 99999),
)
def test_final_marks_agree_with_the_reference(
    drawn: Drawn, dress: csvfiles.Dress, level: str, seed: int
) -> None:
    drawn = with_final_marks(drawn, seed)
    days = (Week.of(drawn.day).monday, drawn.day)
    found = asked(drawn, dress, AskedGrades(*days, Level(level), by="final"))
    plain = Grades(drawn.tables, drawn.columns, drawn.config, days, level)
    expected = plain.final()
    shown = dict(rows_of(found.sheet("grades"), level, "period"))
    compared(shown, expected)
    of_school = Grades(drawn.tables, drawn.columns, drawn.config, days, "school").final()
    keys = [column.key for column in found.sheet("periods").columns]
    for cells in found.sheet("periods").rows:
        row = dict(zip(keys, cells, strict=True))
        of_period = [one for key, one in of_school.items() if key[-1] == row["period"]]
        for name in ("students", "without_two", "four_five", "marks"):
            assert row[name] == sum(one[name] for one in of_period)
