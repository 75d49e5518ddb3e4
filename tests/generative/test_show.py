"""`monitor show` lists what the reference, counting one by one, finds lost."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from monitor_cli.cli import main
from tests.generative import csvfiles, moments, reference
from tests.generative.agreement import OPTIONS, Question, told, typed
from tests.generative.configs import toml
from tests.generative.reference.evidence import Lost, lost
from tests.generative.strategies import Drawn, dumps
from tests.generative.test_week import FOUND_IN, found

if TYPE_CHECKING:
    from collections.abc import Iterator

# Of a dump that fails, Hypothesis prints all of it beside the little that matters.
pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")

# What a row is known by, under its school.
KNOWN_BY = ("component", "person_id", "lesson_id", "class_id")
HEAD = ("value", "numerator", "denominator", "reached")
_RUNS = settings(
    # A run of the program for each of the thirteen.
    max_examples=max(settings().max_examples // 3, 1),
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.filter_too_much,
        HealthCheck.function_scoped_fixture,
    ],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


@_RUNS
@given(drawn=dumps(), dress=csvfiles.DRESSES, data=st.data())
def test_what_is_shown_is_what_the_reference_finds_lost(
    drawn: Drawn, dress: csvfiles.Dress, data: st.DataObject, capfd: pytest.CaptureFixture[str]
) -> None:
    name = data.draw(st.sampled_from([None, None, None, *sorted(FOUND_IN)]))
    values = sorted(found(drawn, name)) if name is not None else []
    filters = {name: [data.draw(st.sampled_from(values))]} if name is not None and values else {}
    moment = data.draw(st.one_of(st.none(), moments.around(drawn)))
    question = Question("school", filters, compare=False, as_of=moment)
    totals = question.reference(drawn)["totals"]
    asked: dict[str, Any] = {**filters, "as_of": moment}
    expected = lost(drawn.tables, drawn.day, config=drawn.config, columns=drawn.columns, **asked)
    amiss = []
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder) / "dump"
        where.mkdir()
        csvfiles.write(drawn, dress, where)
        config = Path(folder) / "monitor.toml"
        config.write_text(toml(drawn.config), encoding="utf-8")
        for key in reference.INDICATORS:
            words = ["show", key, "--json", "-q", "--date", drawn.day.isoformat()]
            words += [word for one, of in filters.items() for word in (OPTIONS[one], *of)]
            words += [] if moment is None else ["--as-of", typed(moment)]
            code = main([*words, "--data", str(where), "--config", str(config)])
            printed = capfd.readouterr()
            if code == 2:  # the filter leaves nothing, or does not have the indicator
                amiss += [] if filters and not _some(expected, key, question, drawn) else [key]
                continue
            document = json.loads(printed.out)
            amiss += _unlike(document, totals[key], expected[key])
    assert not amiss, f"{question}, {dress}\n{told(drawn, amiss)}"


def _some(expected: dict[str, Lost | None], key: str, question: Question, drawn: Drawn) -> bool:
    return key in expected and question.every_filter_matches(drawn)


def _unlike(document: dict[str, Any], total: dict[str, Any], of: Lost | None) -> Iterator[str]:
    """Lines that say where what is shown is another thing than what is lost."""
    key = document["indicator"]["key"]
    for name in HEAD:
        if document[name] != total[name]:
            yield f"{key}.{name}: {document[name]!r}, the reference says {total[name]!r}"
    rows = Counter(_known(row) for row in document["rows"])
    if rows != (of or Counter()):
        yield f"{key}: rows {rows - (of or Counter())} too many, {(of or Counter()) - rows} missing"
    if document["lost"] != len(document["rows"]):
        yield f"{key}: {len(document['rows'])} rows, {document['lost']} lost"
    yield from _reasons(document, total) if key == "timely_marks" and of is not None else ()
    yield from _sums(document)


def _reasons(document: dict[str, Any], total: dict[str, Any]) -> Iterator[str]:
    """Late and early marks are those that stand beside the value."""
    reasons = Counter(row["reason"] for row in document["rows"])
    for reason in ("late", "early"):
        if reasons[reason] != total[reason]:
            yield f"{reasons[reason]} marks {reason}, the reference says {total[reason]}"


def _sums(document: dict[str, Any]) -> Iterator[str]:
    """The summaries count the rows."""
    for name in ("schools", "teachers", "subjects"):
        shared = Counter[object]()
        for row in document.get(name, ()):
            shared[_place(row, name)] += row["lost"]
        if name in document and shared != Counter(_place(row, name) for row in document["rows"]):
            yield f"{document['indicator']['key']}: {name} add up to {shared}"


def _known(row: dict[str, Any]) -> tuple[str, str]:
    return row["school_id"], next(row[name] for name in KNOWN_BY if name in row)


def _place(row: dict[str, Any], sheet: str) -> object:
    own = {"schools": "school_id", "teachers": "teacher_id", "subjects": "subject"}[sheet]
    return row["school_id"], row[own]
