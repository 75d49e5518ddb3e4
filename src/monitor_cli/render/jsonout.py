"""`monitor week` as JSON, one document (`monitor.week/1`) or a line a value: stable bytes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from monitor_cli.language import Language
from monitor_cli.render.harmless import is_unseen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from monitor_cli.result import ChangedSide, Measure, Notice, Problem, Row, Shown, WeekResult

SCHEMA = "monitor.week/1"


def week_json(result: WeekResult, language: Language = Language.RU) -> str:
    """Render the whole document; titles and messages in `language`, a row a line."""
    week = result.week
    parts = (
        (
            f'"schema": {compact(SCHEMA)}, "sample": {compact(result.sample)}, '
            f'"complete": {compact(result.complete)}'
        ),
        '"week": '
        + compact(
            {
                "start": week.monday.isoformat(),
                "end": week.sunday.isoformat(),
                "iso": week.iso,
            }
        ),
        *([] if result.as_of is None else [f'"as_of": {compact(moment(result.as_of))}']),
        f'"level": {compact(result.level.value)}',
        '"indicators": ' + in_lines(_indicator(shown, language) for shown in result.indicators),
        '"rows": ' + in_lines(_row(row, compared=result.compared) for row in result.rows),
        '"totals": ' + compact(_measures(result.totals, compared=result.compared)),
        *(
            []
            if result.changed_sides is None
            else ['"changed_sides": ' + in_lines(map(_changed, result.changed_sides))]
        ),
        *beside(result.problems, result.warnings, language),
    )
    return "{" + ",\n ".join(parts) + "}\n"


def beside(
    problems: Iterable[Problem], warnings: Iterable[Notice], language: Language
) -> tuple[str, str]:
    """What every document says beside the figures: rows set aside, warnings."""
    notices = (
        {"code": notice.code, "message": notice.message.said(language)} for notice in warnings
    )
    return (
        '"problems": ' + in_lines(problem._asdict() for problem in problems),
        '"warnings": ' + in_lines(notices),
    )


def week_ndjson(result: WeekResult) -> str:
    """Render a line for each place and indicator, without totals and extras.

    Source: `cli.md`, «monitor week», JSON.
    """
    mark: dict[str, object] = {"sample": True} if result.sample else {}
    if result.as_of is not None:
        mark["as_of"] = moment(result.as_of)
    lines = (
        compact({**mark, **row.keys, "indicator": key, **_core(one, compared=result.compared)})
        for row in result.rows
        for key, one in row.measures.items()
    )
    return "".join(f"{line}\n" for line in lines)


def moment(at: datetime) -> str:
    """A local moment as ISO, to the second."""
    return at.isoformat(timespec="seconds")


def compact(value: object) -> str:
    """A value on one line; what a terminal must not get is escaped, so that data stay exact.

    Raises:
        ValueError: a number is NaN or infinite.
    """
    line = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return line if line.isprintable() else "".join(map(_escaped, line))


def _escaped(character: str) -> str:
    return json.dumps(character)[1:-1] if is_unseen(character) else character


def in_lines(items: Iterable[object]) -> str:
    """A list of JSON, an item a line."""
    lines = ",\n  ".join(compact(item) for item in items)
    return f"[\n  {lines}]" if lines else "[]"


def _changed(side: ChangedSide) -> dict[str, object]:
    return {
        "indicator": side.indicator,
        "school_id": side.school_id,
        "school": side.school,
        "from": side.before,
        "to": side.now,
    }


def _indicator(shown: Shown, language: Language) -> dict[str, object]:
    return {
        "key": shown.key,
        "title": shown.title.said(language),
        "block": shown.block.value,
        "threshold": float(shown.threshold),
        "placeholder": shown.placeholder,
    }


def _row(row: Row, *, compared: bool) -> dict[str, object]:
    return {**row.keys, "indicators": _measures(row.measures, compared=compared)}


def _measures(measures: Mapping[str, Measure], *, compared: bool) -> dict[str, dict[str, Any]]:
    return {key: measure_object(measure, compared=compared) for key, measure in measures.items()}


def measure_object(measure: Measure, *, compared: bool) -> dict[str, Any]:
    """A measure in the order of the document; what does not apply to the place is absent."""
    shown = _core(measure, compared=compared)
    for name, extra in measure.extras.items():
        shown[name] = list(extra) if isinstance(extra, tuple) else extra
    if measure.schools is not None:
        shown["schools"] = measure.schools
    if measure.schools_reached is not None:
        shown["schools_reached"] = measure.schools_reached
    return shown


def _core(measure: Measure, *, compared: bool) -> dict[str, Any]:
    """What every measure has."""
    shown: dict[str, Any] = {
        "value": measure.value,
        "numerator": measure.numerator,
        "denominator": measure.denominator,
        "reached": measure.reached,
    }
    if compared:
        shown["change"] = measure.change
    return shown
