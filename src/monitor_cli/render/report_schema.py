"""The JSON Schema of a report and the page that explains it, from its declared columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor_cli.columns import SHAPES
from monitor_cli.explained import REASONS
from monitor_cli.language import Language, words
from monitor_cli.render.schemas import (
    COUNT,
    DATE,
    DIALECT,
    FLAG,
    TEXT,
    Schema,
    list_of,
    object_of,
    opening,
)
from monitor_cli.report import NUMBERS, Kind, Reader

if TYPE_CHECKING:
    from monitor_cli.report import Column, ReportShape, SheetShape

_NUMBER: Schema = {"type": ["number", "null"]}
_INTEGER: Schema = {"type": ["integer", "null"]}
_COUNT: Schema = {"type": ["integer", "null"], "minimum": 0}
_TEXT: Schema = {"type": ["string", "null"]}
_FLAG: Schema = {"type": ["boolean", "null"]}
_OF_KIND: dict[Kind, Schema] = {
    Kind.TEXT: _TEXT,
    Kind.ID: _TEXT,
    Kind.COUNT: _INTEGER,
    Kind.PERCENT: {"type": ["number", "null"], "minimum": 0},
    Kind.NUMBER: {"type": ["number", "null"], "minimum": 0},
    Kind.POINTS: _NUMBER,
    Kind.DATE: {**DATE, "type": ["string", "null"]},
    Kind.MOMENT: {"type": ["string", "null"], "pattern": "^[0-9-]{10}T[0-9:]{8}$"},
    Kind.MINUTES: _INTEGER,
    Kind.FLAG: _FLAG,
    Kind.SERIES: {"type": ["array", "null"], "items": _NUMBER},
}
_EXTRA: Schema = {"type": ["number", "array", "null"]}
"""What may stand beside a measure: its extras, `schools` and `schools_reached`."""

_KINDS = {
    Kind.TEXT: words("текст", "text"),
    Kind.ID: words("идентификатор, текст", "an id, text"),
    Kind.COUNT: words("целое", "an integer"),
    Kind.PERCENT: words("процент без округления", "an unrounded percentage"),
    Kind.NUMBER: words("число без округления", "an unrounded number"),
    Kind.POINTS: words("пункты без округления", "points, unrounded"),
    Kind.MEASURE: words("показатель: значение и из чего оно", "a measure: its value and of what"),
    Kind.DATE: words("дата", "a date"),
    Kind.MOMENT: words("местное время", "a local time"),
    Kind.MINUTES: words("минуты", "minutes"),
    Kind.CODE: words("слово", "a word"),
    Kind.FLAG: words("да или нет", "true or false"),
    Kind.SERIES: words("список чисел, null – пропуск", "a list of numbers, null is a gap"),
}
_TOTALS = words("с итогами", "with totals")
_SOMETIMES = words("не всегда", "not always")


def schema_name(shape: ReportShape) -> str:
    """The name of the document: `monitor.trend/1`."""
    return f"monitor.{shape.name}/1"


def report_schema(shape: ReportShape) -> Schema:
    """The schema of the JSON of a report."""
    parts: dict[str, Schema] = {
        "schema": {"const": schema_name(shape)},
        "sample": FLAG,
        "complete": FLAG,
        **{key: dict(schema) for key, schema in shape.head.items()},
    }
    required = list(parts)
    for sheet in shape.sheets:
        parts[sheet.key] = list_of(_row(sheet))
        parts[f"{sheet.key}_in_all"] = COUNT
        required += [sheet.key] if sheet.always else []
        if sheet.totals:
            parts[f"{sheet.key}_totals"] = _row(sheet, totals=True)
    parts["problems"] = list_of(
        object_of(
            {
                "table": {"enum": [table.value for table in SHAPES]},
                "reason": {"enum": list(REASONS)},
                "rows": {"type": "integer", "minimum": 1},
            }
        )
    )
    parts["warnings"] = list_of(object_of({"code": TEXT, "message": TEXT}))
    required += ["problems", "warnings"]
    return {"$schema": DIALECT, "title": schema_name(shape), **object_of(parts, required)}


def _row(sheet: SheetShape, *, totals: bool = False) -> Schema:
    columns = [one for one in _columns(sheet) if not totals or one.kind in NUMBERS]
    return object_of(
        {one.key: _cell(one) for one in columns},
        [one.key for one in columns if one.key not in sheet.optional],
    )


def _columns(sheet: SheetShape) -> list[Column]:
    return [one for one in sheet.columns if one.reader is not Reader.PEOPLE]


def _cell(column: Column) -> Schema:
    if column.kind is Kind.MEASURE:
        return _measure(compared=column.compared)
    if column.kind is Kind.CODE and column.words:
        return {"enum": [*column.words, None]}
    return _OF_KIND.get(column.kind, _TEXT)


def _measure(*, compared: bool) -> Schema:
    core: dict[str, Schema] = {
        "value": {"type": ["number", "null"], "minimum": 0},
        "numerator": _COUNT,
        "denominator": _COUNT,
        "reached": _FLAG,
    }
    if compared:
        core["change"] = _NUMBER
    described = object_of(core)
    return {**described, "type": ["object", "null"], "additionalProperties": _EXTRA}


def report_page(shape: ReportShape) -> str:
    """What the document holds, in both languages: its sheets and their columns."""
    return "\n".join("\n".join(_part(shape, language)) for language in Language)


def _part(shape: ReportShape, language: Language) -> list[str]:
    lines = opening(schema_name(shape), shape.about, language)
    for sheet in shape.sheets:
        remarks = [] if sheet.always else [_SOMETIMES.said(language)]
        remarks += [_TOTALS.said(language)] if sheet.totals else []
        ending = f" ({', '.join(remarks)})" if remarks else ""
        lines += [f"## `{sheet.key}`{ending}", ""]
        for column in _columns(sheet):
            told = _told(column, language)
            if column.key in sheet.optional:
                told += f" ({_SOMETIMES.said(language)})"
            lines.append(f"- `{column.key}`: {told}")
        lines.append("")
    return lines


def _told(column: Column, language: Language) -> str:
    told = f"{column.title.said(language)}, {_KINDS[column.kind].said(language)}"
    if column.kind is Kind.CODE and column.words:
        of_words = (f"`{code}` – {said.said(language)}" for code, said in column.words.items())
        told += f": {', '.join(of_words)}"
    return told
