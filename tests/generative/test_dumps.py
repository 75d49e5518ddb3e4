"""The drawn dumps reach what they are drawn for: a rule that no dump touches is not tested."""

from __future__ import annotations

from collections import Counter
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings

from tests.generative import reference
from tests.generative.reference import rules as ruling
from tests.generative.strategies import Drawn, dumps

EXAMPLES = 400


def seen() -> Counter[str]:
    """In how many of the first dumps each thing is found."""
    counter: Counter[str] = Counter()

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(drawn=dumps())
    def look(drawn: Drawn) -> None:
        document = reference.week(
            drawn.tables, drawn.day, config=drawn.config, columns=drawn.columns
        )
        counter.update({f"warning {code}" for code in document["warnings"]})
        counter.update({f"problem {problem['reason']}" for problem in document["problems"]})
        for key, measure in document["totals"].items():
            counter.update(_of_measure(key, measure))

    look()
    return counter


def _of_measure(key: str, measure: dict[str, Any]) -> set[str]:
    """What a total shows: a value between the ends, a change, a verdict, extras."""
    found = {f"{key} {name}" for name, value in measure.items() if value}
    if measure["value"] is not None and 0 < measure["value"] < 100:
        found.add(f"{key} between")
    if measure["reached"] is False:
        found.add(f"{key} missed")
    return found


def test_every_rule_is_touched_by_the_drawn_dumps() -> None:
    counter = seen()
    wanted = {
        f"{key} {what}" for key in ruling.ALL for what in ("between", "missed", "reached", "change")
    }
    wanted |= {
        f"timely_marks {extra}"
        for extra in ("tracked", "late", "early", "before_week", "after_week", "no_time")
    }
    wanted |= {
        f"timely_homework {extra}"
        for extra in ("lessons", "next_week_lessons", "within_3h", "no_time")
    }
    wanted |= {
        f"warning {code}"
        for code in (
            "missing_table",
            "missing_column",
            "no_next_week",
            "no_time_of_day",
            "not_covered",
            "partial_evidence",
            "shifts_unknown",
            "unknown_reference",
            "unknown_role",
            "unreachable_threshold",
        )
    }
    wanted |= {
        f"problem {reason}"
        for reason in (
            "bad_date",
            "bad_timestamp",
            "bad_value",
            "duplicate_key",
            "missing_value",
            "ragged_line",
            "repeated",
            "unknown_reference",
        )
    }
    assert sorted(wanted - set(counter)) == []
    assert counter["warning not_covered"] < EXAMPLES // 3
