"""JSON Schemas of the documents, made from the catalogue, and a page that explains each."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from monitor_cli.columns import SHAPES
from monitor_cli.explained import REASONS
from monitor_cli.language import Language, words
from monitor_cli.levels import Level
from monitor_cli.render import docs, jsonout
from monitor_cli.result import Block, ExtraKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from monitor_cli.language import Words
    from monitor_cli.render.docs import Documented

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TEXT: Schema = {"type": "string"}
NAME: Schema = {"type": ["string", "null"]}
FLAG: Schema = {"type": "boolean"}
_FLAG_OR_NONE: Schema = {"type": ["boolean", "null"]}
COUNT: Schema = {"type": "integer", "minimum": 0}
_COUNT_OR_NONE: Schema = {"type": ["integer", "null"], "minimum": 0}
_PERCENT: Schema = {"type": "number", "minimum": 0, "maximum": 100}
DATE: Schema = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
MOMENT: Schema = {
    "type": "string",
    "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}$",
}
ISO_WEEK: Schema = {"type": "string", "pattern": "^[0-9]{4}-W[0-9]{2}$"}
_PARALLEL: Schema = {"type": ["integer", "null"], "minimum": 1, "maximum": 11}
_IDS = frozenset({"school_id", "class_id", "teacher_id"})
_POOLED = ("schools", "schools_reached")
_TYPED = frozenset({"as_of", "changed_sides"})
"""What is there only where the option is typed."""


def week_schema(items: Sequence[Documented]) -> Schema:
    """The schema of `monitor week --format json`."""
    known = [item.key for item in items]
    totals = {item.key: _pooled(item.key) for item in items}
    parts: dict[str, Schema] = {
        "schema": {"const": jsonout.SCHEMA},
        "sample": FLAG,
        "complete": FLAG,
        "week": object_of({"start": DATE, "end": DATE, "iso": ISO_WEEK}),
        "as_of": MOMENT,
        "level": {"enum": [level.value for level in Level]},
        "indicators": list_of(
            object_of(
                {
                    "key": {"enum": known},
                    "title": TEXT,
                    "block": {"enum": [block.value for block in Block]},
                    "threshold": _PERCENT,
                    "placeholder": FLAG,
                }
            )
        ),
        "rows": {"type": "array"},
        "totals": object_of(totals, required=()),
        "changed_sides": list_of(
            object_of(
                {
                    "indicator": {"enum": known},
                    "school_id": TEXT,
                    "school": TEXT,
                    "from": _FLAG_OR_NONE,
                    "to": _FLAG_OR_NONE,
                }
            )
        ),
        "problems": list_of(
            object_of(
                {
                    "table": {"enum": [table.value for table in SHAPES]},
                    "reason": {"enum": list(REASONS)},
                    "rows": {"type": "integer", "minimum": 1},
                }
            )
        ),
        "warnings": list_of(object_of({"code": TEXT, "message": TEXT})),
    }
    return {
        "$schema": DIALECT,
        "title": jsonout.SCHEMA,
        **object_of(parts, [name for name in parts if name not in _TYPED]),
        "allOf": [_rows_of(level) for level in Level],
        "$defs": {
            **{f"{level}_row": _row(level, items) for level in Level},
            **{item.key: _measure(item) for item in items},
        },
    }


def indicators_schema(items: Sequence[Documented]) -> Schema:
    """The schema of `monitor indicators --format json`."""
    names = list_of(TEXT)
    told = object_of(
        {
            "key": {"enum": [item.key for item in items]},
            "title": TEXT,
            "block": {"enum": [block.value for block in Block]},
            "threshold": _PERCENT,
            "placeholder": FLAG,
            "description": TEXT,
            "formula": TEXT,
            "source": TEXT,
            "ours": TEXT,
            "levels": list_of({"enum": [level.value for level in Level]}),
            "tables": names,
            "columns": names,
            "extras": list_of(object_of({"name": TEXT, "title": TEXT})),
        }
    )
    parts = {"schema": {"const": docs.SCHEMA}, "indicators": list_of(told)}
    return {"$schema": DIALECT, "title": docs.SCHEMA, **object_of(parts)}


def object_of(properties: Mapping[str, Schema], required: Sequence[str] | None = None) -> Schema:
    """An object of these properties and no other; all are there unless `required` says less."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties if required is None else required),
        "additionalProperties": False,
    }


def list_of(item: Schema) -> Schema:
    """A list of such items."""
    return {"type": "array", "items": item}


def _rows_of(level: Level) -> Schema:
    """What `rows` holds at a level."""
    return {
        "if": {"properties": {"level": {"const": level.value}}},
        "then": {"properties": {"rows": list_of({"$ref": f"#/$defs/{level}_row"})}},
    }


def _row(level: Level, items: Sequence[Documented]) -> Schema:
    measures = {
        item.key: _pooled(item.key) if level.pools_schools else {"$ref": f"#/$defs/{item.key}"}
        for item in items
        if level in item.levels
    }
    keys = {key: _key(key) for key in level.keys}
    return object_of({**keys, "indicators": object_of(measures, required=())})


def _key(name: str) -> Schema:
    if name == "parallel":
        return _PARALLEL
    return TEXT if name in _IDS else NAME


def _pooled(key: str) -> Schema:
    """A measure of several schools says how many have a value and how many reached."""
    return {"$ref": f"#/$defs/{key}", "required": list(_POOLED)}


def _measure(item: Documented) -> Schema:
    core: dict[str, Schema] = {
        "value": {"type": ["number", "null"], "minimum": 0},
        "numerator": _COUNT_OR_NONE,
        "denominator": _COUNT_OR_NONE,
        "reached": _FLAG_OR_NONE,
    }
    of_kind: dict[ExtraKind, Schema] = {
        ExtraKind.COUNT: _COUNT_OR_NONE,
        ExtraKind.PERCENT: {"type": ["number", "null"], "minimum": 0, "maximum": 100},
        ExtraKind.KEYS: {"type": ["array", "null"], "items": TEXT},
    }
    extras = {extra.name: of_kind[extra.kind] for extra in item.extras}
    always = [extra.name for extra in item.extras if extra.kind is not ExtraKind.KEYS]
    change: Schema = {"type": ["number", "null"]}
    return object_of(
        {**core, "change": change, **extras, **dict.fromkeys(_POOLED, COUNT)},
        required=[*core, *always],
    )


_WEEK = words(
    "Один документ: `monitor week --format json`. Проценты – числа без округления или `null`, "
    "счётчики – целые, идентификаторы – текст, даты – ISO. `value` = 100 × `numerator` / "
    "`denominator`; `change` – в пунктах к прошлой неделе, без неё (`--no-compare`) его нет. "
    "`schools` (со значением) и `schools_reached` стоят там, где строка объединяет школы, и в "
    "итогах. `as_of` – момент, состояние на который показано: есть только при `--as-of`."
    " `changed_sides` – школы, у которых `reached` с `--set` другой, чем без него: есть только при "
    "`--set`.",
    "One document: `monitor week --format json`. Percentages are unrounded numbers or `null`, "
    "counts integers, ids text, dates ISO. `value` = 100 × `numerator` / `denominator`; `change` "
    "is in points since the week before, absent under `--no-compare`. `schools` (with a value) and "
    "`schools_reached` stand where a row pools schools, and in the totals. `as_of` is the moment "
    "whose state it is, there under `--as-of` only. `changed_sides` are the schools whose "
    "`reached` is another with `--set` than without, there under `--set` only.",
)
_FLAT = words(
    "Те же числа плоско, без итогов: `ndjson` – первые столбцы, `parquet` – все. `sample` есть "
    "только у вымышленного примера, `as_of` – только при `--as-of`, ключи – по уровню.",
    "The same numbers flat, without totals: `ndjson` has the first columns, `parquet` all of them. "
    "`sample` is there on the invented sample only, `as_of` under `--as-of` only, the keys are "
    "those of the level.",
)
_INDICATORS = words(
    "Один документ: `monitor indicators --format json`. Что и как измеряется; пороги – из "
    "настроек.",
    "One document: `monitor indicators --format json`. What is measured and how; the thresholds "
    "are those of the settings.",
)
_EXACT = words(
    "Схема описывает именно эту версию: поле, которого в ней нет, – ошибка. Страница и схема "
    "составлены из самой программы (`make docs`).",
    "The schema describes exactly this version: a field that it does not have is an error. Page "
    "and schema are made from the program itself (`make docs`).",
)
_KEYS_OF = words("Ключи строки по уровням", "Keys of a row by level")
_BESIDE = words("Рядом со значением", "Beside the value")
_COLUMNS = words("Столбцы `ndjson` и `parquet`", "Columns of `ndjson` and `parquet`")
_CORE = ("indicator", "value", "numerator", "denominator", "reached", "change")


def week_page(items: Sequence[Documented]) -> str:
    """What `monitor.week/1` holds, in both languages."""
    return "\n".join(_week_part(items, language) for language in Language)


def _week_part(items: Sequence[Documented], language: Language) -> str:
    extras = dict.fromkeys(extra.name for item in items for extra in item.extras)
    lines = opening(jsonout.SCHEMA, _WEEK, language)
    lines += [f"## {_KEYS_OF.said(language)}", ""]
    lines += [f"- `{level}`: {_code(level.keys)}" for level in Level]
    lines += ["", f"## {_BESIDE.said(language)}", ""]
    for item in items:
        told = "; ".join(f"`{extra.name}` – {extra.title.said(language)}" for extra in item.extras)
        if told:
            lines.append(f"- `{item.key}`: {told}")
    lines += ["", f"## {_COLUMNS.said(language)}", "", _FLAT.said(language), ""]
    lines.append(f"- `ndjson`: `sample`, `as_of`, …, {_code(_CORE)}")
    lines.append(
        f"- `parquet`: {_code(('sample', 'as_of'))}, …, {_code((*_CORE, *_POOLED, *extras))}"
    )
    return "\n".join(lines) + "\n"


def indicators_page() -> str:
    """What `monitor.indicators/1` holds, in both languages."""
    parts = [
        "\n".join(opening(docs.SCHEMA, _INDICATORS, language)[:-1]) + "\n" for language in Language
    ]
    return "\n".join(parts)


def opening(name: str, about: Words, language: Language) -> list[str]:
    """The first lines of the page of a document: what it is, where its schema is."""
    file = file_name(name)
    link = words(f"Схема: [{file}]({file})", f"Schema: [{file}]({file})").said(language)
    title = words(f"Документ `{name}`", f"The document `{name}`").said(language)
    return [f"# {title}", "", about.said(language), "", f"{link}. {_EXACT.said(language)}", ""]


def file_name(name: str) -> str:
    """The file of a schema: `monitor.week/1` is `monitor.week-1.json`."""
    return name.replace("/", "-") + ".json"


def written(schema: Schema) -> str:
    """A schema as a file's text."""
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _code(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
