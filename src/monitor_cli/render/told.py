"""What a letter or a form of one's own may name: plain texts, numbers and lists of a part."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from monitor_cli.render.harmless import visible
from monitor_cli.render.markdown import escaped
from monitor_cli.render.notes import problem_lines, warning_lines
from monitor_cli.render.report_cells import points_shown, shown
from monitor_cli.render.text import (
    NOT_AVAILABLE,
    day_title,
    number,
    percent,
    state_title,
    week_title,
)
from monitor_cli.report import PartSheet
from monitor_cli.result import Measure

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from monitor_cli.render.formats import Look
    from monitor_cli.report import Part
    from monitor_cli.result import Row, Shown

    Text = Callable[[str], str]

_DAYS_TO_MEND = 4
"""From the Monday after the week: until Friday."""


def told(part: Part, look: Look, *, markdown: bool) -> dict[str, Any]:
    """The names that a form may use, and what they hold.

    Nothing in it is more than a text, a number, a truth, a list or a dictionary. Texts from a dump
    are made harmless, and where the form is `markdown`, they are no markup.
    """
    text: Text = escaped if markdown else visible
    result, language = part.result, look.language
    steps = _steps(part, look, text)
    week = result.week
    schools = [_school(row, result.columns, steps, look, text) for row in result.rows]
    return {
        "region": text(str(part.keys.get("region") or "")),
        "municipality": text(str(part.keys.get("municipality") or "")),
        "school": schools[0] if part.of_school and schools else None,
        "schools": schools,
        "week": {
            "title": week_title(week, language),
            "iso": week.iso,
            "first": day_title(week.monday, language),
            "last": day_title(week.sunday, language),
        },
        "deadline": day_title(week.next.monday + timedelta(days=_DAYS_TO_MEND), language),
        "state": "" if result.as_of is None else state_title(result.as_of, language),
        "sample": result.sample,
        "complete": result.complete,
        "indicators": [_measured(one, result.totals[one.key], look) for one in result.indicators],
        "totals": {
            one.key: _measured(one, result.totals[one.key], look) for one in result.indicators
        },
        "problems": [text(line) for line in problem_lines(result.problems, language)],
        "warnings": [text(line) for line in warning_lines(result.warnings, language)],
    }


def _school(
    row: Row,
    columns: tuple[Shown, ...],
    steps: Mapping[object, list[dict[str, object]]],
    look: Look,
    text: Text,
) -> dict[str, object]:
    measures = {one.key: _measured(one, row.measures[one.key], look) for one in columns}
    activity = row.measures.get("school_activity")
    school_id = row.keys["school_id"]
    return {
        "id": text(str(school_id)),
        "name": text(str(row.keys["school"] or school_id)),
        "active": None if activity is None else activity.reached,
        "below": sum(one["reached"] is False for one in measures.values()),
        "known": sum(one["number"] is not None for one in measures.values()),
        "indicators": measures,
        "steps": steps.get(school_id, []),
    }


def _measured(of: Shown, measure: Measure, look: Look) -> dict[str, object]:
    """A measure: `value` as people read it, `number` as a number, both rounded alike."""
    rounded = measure.shown
    band = measure.band(look.red_below)
    return {
        "key": of.key,
        "title": of.title.said(look.language),
        "value": NOT_AVAILABLE.said(look.language)
        if rounded is None
        else number(rounded, look.language),
        "number": None if rounded is None else float(rounded),
        "numerator": measure.numerator,
        "denominator": measure.denominator,
        "threshold": percent(measure.threshold, look.language),
        "placeholder": of.placeholder,
        "reached": measure.reached,
        "band": None if band is None else band.value,
        "change": None if measure.change is None else float(points_shown(measure.change)),
        "schools": measure.schools,
        "schools_reached": measure.schools_reached,
    }


def _steps(part: Part, look: Look, text: Text) -> dict[object, list[dict[str, object]]]:
    """The steps of each school, by id."""
    found: dict[object, list[dict[str, object]]] = {}
    for sheet in part.sheets:
        if sheet.key != PartSheet.STEPS:
            continue
        for row in sheet.rows:
            of = dict(zip((column.key for column in sheet.columns), row, strict=True))
            said = {
                column.key: text(shown(column, value, look.language))
                for column, value in zip(sheet.columns, row, strict=True)
                if value is not None
            }
            measure = of["measure"]
            found.setdefault(of["school_id"], []).append(
                {
                    "number": of["number"],
                    "key": of["indicator"],
                    "title": said["indicator"],
                    "value": said["measure"],
                    "threshold": percent(measure.threshold, look.language)
                    if isinstance(measure, Measure)
                    else "",
                    "said": said["said"],
                    "where": said.get("where", ""),
                    "gain": of["gain"],
                }
            )
    return found
