"""The schema of `monitor import`, and the page that explains it."""

from __future__ import annotations

from monitor_cli.columns import SHAPES
from monitor_cli.explained import REASONS
from monitor_cli.language import Language, words
from monitor_cli.render import imported
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

_TABLES: Schema = {"enum": [table.value for table in SHAPES]}
_SNAPSHOT: Schema = {"type": "string", "pattern": "^[0-9]{6,}$"}
_ABOUT = words(
    "Один документ: `monitor import --format json`. По таблицам: `used` + `repeated` + `set_aside` "
    "= `read` – строки выгрузок; `replaced` – строки, которых в наборе больше нет; `rows` – строки "
    "в наборе теперь; `schools` и `weeks` (понедельники) – что теперь в наборе из этого импорта.",
    "One document: `monitor import --format json`. By table: `used` + `repeated` + `set_aside` = "
    "`read` are rows of the dumps; `replaced` rows that are not in the dataset any more; `rows` "
    "those that are there now; `schools` and `weeks` (Mondays) what there is of this import now.",
)


def import_schema() -> Schema:
    """The schema of `monitor import --format json`."""
    counts = ("read", "used", "repeated", "set_aside", "replaced", "rows", "schools")
    table = {"table": _TABLES, **dict.fromkeys(counts, COUNT), "weeks": list_of(DATE)}
    rows: Schema = {"type": "integer", "minimum": 1}
    problem = {"table": _TABLES, "reason": {"enum": list(REASONS)}, "rows": rows}
    parts: dict[str, Schema] = {
        "schema": {"const": imported.SCHEMA},
        "sample": FLAG,
        "complete": {"const": True},
        "dataset": TEXT,
        "snapshot": _SNAPSHOT,
        "imported_at": {"type": "string", "format": "date-time"},
        "tables": list_of(object_of(table)),
        "problems": list_of(object_of(problem)),
        "warnings": list_of(object_of({"code": TEXT, "message": TEXT})),
        "pruned": list_of(_SNAPSHOT),
    }
    return {"$schema": DIALECT, "title": imported.SCHEMA, **object_of(parts)}


def import_page() -> str:
    """What `monitor.import/1` holds, in both languages."""
    parts = [
        "\n".join(opening(imported.SCHEMA, _ABOUT, language)[:-1]) + "\n" for language in Language
    ]
    return "\n".join(parts)
