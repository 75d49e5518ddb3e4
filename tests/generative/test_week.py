"""`monitor week` says of any dump what the reference says, at every level."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from tests.generative import csvfiles, moments
from tests.generative.agreement import Question, differences, smallest, told
from tests.generative.strategies import Drawn, dumps

if TYPE_CHECKING:
    from collections.abc import Collection

# Of a dump that fails, Hypothesis prints all of it beside the little that matters.
pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")

LEVELS = ("region", "municipality", "school", "parallel", "class", "subject", "teacher")
# The table and the columns in which the values of a filter are found.
FOUND_IN = {
    "municipalities": ("schools", ("municipality",)),
    "schools": ("schools", ("school_id", "school")),
    "classes": ("classes", ("class_id", "class")),
    "subjects": ("lessons", ("subject",)),
    "teachers": ("staff", ("person_id", "name")),
}
# A run takes a quarter of a second, and there are seven levels.
_A_LEVEL = max(settings().max_examples // 3, 1)
_RUNS = settings(
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.filter_too_much,
        HealthCheck.function_scoped_fixture,
    ],
    # What differs is cut down by `smallest`.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


def agree(
    question: Question, drawn: Drawn, dress: csvfiles.Dress, capfd: pytest.CaptureFixture[str]
) -> None:
    """Fail with the smallest dump of which the program and the reference say different things."""
    if differences(question, drawn, dress, capfd):
        least = smallest(drawn, lambda less: differences(question, less, dress, capfd))
        lines = differences(question, least, dress, capfd)
        pytest.fail(f"{question}, {dress}\n{told(least, lines)}", pytrace=False)


@pytest.mark.parametrize("level", LEVELS)
@settings(_RUNS, max_examples=_A_LEVEL)
@given(drawn=dumps(), dress=csvfiles.DRESSES)
def test_the_week_is_what_the_reference_says(
    level: str, drawn: Drawn, dress: csvfiles.Dress, capfd: pytest.CaptureFixture[str]
) -> None:
    agree(Question(level, {}), drawn, dress, capfd)


@_RUNS
@given(drawn=dumps(), dress=csvfiles.DRESSES, level=st.sampled_from(LEVELS), data=st.data())
def test_a_filtered_week_is_what_the_reference_says(
    drawn: Drawn,
    dress: csvfiles.Dress,
    level: str,
    data: st.DataObject,
    capfd: pytest.CaptureFixture[str],
) -> None:
    names = data.draw(st.sets(st.sampled_from(sorted(FOUND_IN)), min_size=1, max_size=2))
    filters = {}
    for name in sorted(names):
        values = found(drawn, name)
        assume(values)
        filters[name] = data.draw(
            st.lists(st.sampled_from(sorted(values)), min_size=1, max_size=2, unique=True)
        )
    agree(Question(level, filters, data.draw(st.booleans())), drawn, dress, capfd)


@pytest.mark.parametrize("level", ["municipality", "school", "class", "teacher"])
@settings(_RUNS, max_examples=_A_LEVEL)
@given(drawn=dumps(), dress=csvfiles.DRESSES, data=st.data())
def test_a_week_as_of_a_moment_is_what_the_reference_says(
    level: str,
    drawn: Drawn,
    dress: csvfiles.Dress,
    data: st.DataObject,
    capfd: pytest.CaptureFixture[str],
) -> None:
    moment = data.draw(moments.around(drawn))
    agree(Question(level, {}, as_of=moment), drawn, dress, capfd)


@settings(_RUNS, max_examples=_A_LEVEL)
@given(drawn=dumps(), dress=csvfiles.DRESSES)
def test_after_everything_the_state_is_the_week(
    drawn: Drawn, dress: csvfiles.Dress, capfd: pytest.CaptureFixture[str]
) -> None:
    question = Question("school", {}, as_of=moments.AFTER_ALL)
    _, state, _ = question.program(drawn, dress, capfd)
    _, week, _ = replace(question, as_of=None).program(drawn, dress, capfd)
    for part in ("rows", "totals", "indicators", "problems"):
        assert state.get(part) == week.get(part)


def found(drawn: Drawn, name: str) -> Collection[str]:
    """The ids and names in a dump that a filter may be given."""
    table, columns = FOUND_IN[name]
    rows = drawn.tables.get(table, ())
    return {row.get(column, "").strip() for row in rows for column in columns} - {""}
