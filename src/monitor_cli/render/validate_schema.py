"""The schemas of `monitor validate`, its report and its list, and the pages that explain them."""

from __future__ import annotations

from monitor_cli.columns import SHAPES
from monitor_cli.explained import EXPLAINED, REASONS, Kind
from monitor_cli.language import Language, words
from monitor_cli.render import problems, validate_data
from monitor_cli.render.schemas import (
    COUNT,
    DATE,
    DIALECT,
    FLAG,
    ISO_WEEK,
    NAME,
    TEXT,
    Schema,
    list_of,
    object_of,
    opening,
)
from monitor_cli.verdict import Effect, Verdict

_TABLES: Schema = {"enum": [table.value for table in SHAPES]}
_TABLE_OR_NONE: Schema = {"enum": [*(table.value for table in SHAPES), None]}
_LINE: Schema = {"type": "integer", "minimum": 1}
_ROW_CODES = [*REASONS, "unknown_role"]
_ABOUT = words(
    "Один документ: `monitor validate --format json`. `read` = `used` + `repeated` + `set_aside`. "
    "`problems`: строки файла с одной ошибкой, `rows` – сколько их всего, `listed` – первые из "
    "них (до тысячи на файл и ошибку, до ста тысяч на выгрузку); `stands` – строка, учтённая "
    "вместо этой; `effect` `used` – строка учтена, кроме названного столбца. При `broken` (код "
    "выхода 3) содержимое таблиц не проверялось: `weeks`, `hours` пусты. `hours` – сколько записей "
    "пришлось на каждый час суток по местному времени. Коды: [problems.md](../problems.md).",
    "One document: `monitor validate --format json`. `read` = `used` + `repeated` + `set_aside`. "
    "`problems`: the rows of a file with one fault, `rows` is how many there are, `listed` the "
    "first of them (up to a thousand a file and fault, a hundred thousand a dump); `stands` is the "
    "row that counts instead; `effect` `used`: the row counts, but for the column named. With "
    "`broken` (exit code 3) what the tables hold was not looked at: `weeks` and `hours` are empty. "
    "`hours` is how many entries fall into each hour of the day, local time. Codes: "
    "[problems.md](../problems.md).",
)
_LIST = words(
    "Один документ: `monitor validate --list --format json`. Всё, что бывает не так с выгрузкой.",
    "One document: `monitor validate --list --format json`. All that can be wrong with a dump.",
)


def validate_schema() -> Schema:
    """The schema of `monitor validate --format json`."""
    place = object_of({"file": TEXT, "line": _LINE})
    fields = object_of({"found": {"type": ["integer", "null"], "minimum": 0}, "expected": COUNT})
    finding = object_of(
        {
            "line": _LINE,
            "columns": list_of(TEXT),
            "value": TEXT,
            "stands": {"anyOf": [place, {"type": "null"}]},
            "fields": {"anyOf": [fields, {"type": "null"}]},
        }
    )
    counts = dict.fromkeys(("files", "read", "used", "repeated", "set_aside"), COUNT)
    parts: dict[str, Schema] = {
        "schema": {"const": validate_data.SCHEMA},
        "sample": FLAG,
        "now": TEXT,
        "clean": FLAG,
        "broken": list_of(
            object_of({"table": _TABLE_OR_NONE, "file": NAME, "message": TEXT, "remedy": NAME})
        ),
        "tables": list_of(
            object_of(
                {
                    "table": _TABLES,
                    "verdict": {"enum": [one.value for one in Verdict]},
                    "needed": FLAG,
                    **counts,
                }
            )
        ),
        "problems": list_of(
            object_of(
                {
                    "table": _TABLES,
                    "reason": {"enum": _ROW_CODES},
                    "effect": {"enum": [one.value for one in Effect]},
                    "file": TEXT,
                    "rows": {"type": "integer", "minimum": 1},
                    "listed": list_of(finding),
                }
            )
        ),
        "weeks": list_of(
            object_of(
                {
                    "start": DATE,
                    "end": DATE,
                    "iso": ISO_WEEK,
                    "lessons": COUNT,
                    "cancelled": COUNT,
                    "schools": COUNT,
                }
            )
        ),
        "hours": list_of(
            object_of(
                {
                    "table": _TABLES,
                    "column": TEXT,
                    "entries": {"type": "array", "items": COUNT, "minItems": 24, "maxItems": 24},
                }
            )
        ),
        "remarks": list_of(
            object_of(
                {
                    "code": {"enum": [code for code in EXPLAINED if code not in REASONS]},
                    "table": _TABLE_OR_NONE,
                    "amount": COUNT,
                    "message": TEXT,
                    "examples": list_of(TEXT),
                    "listed": list_of(place),
                }
            )
        ),
    }
    return {"$schema": DIALECT, "title": validate_data.SCHEMA, **object_of(parts)}


def problems_schema() -> Schema:
    """The schema of `monitor validate --list --format json`."""
    told = object_of(
        {
            "code": {"enum": list(EXPLAINED)},
            "kind": {"enum": [kind.value for kind in Kind]},
            "title": TEXT,
            "explanation": TEXT,
            "remedy": TEXT,
        }
    )
    parts: dict[str, Schema] = {"schema": {"const": problems.SCHEMA}, "problems": list_of(told)}
    return {"$schema": DIALECT, "title": problems.SCHEMA, **object_of(parts)}


def validate_page() -> str:
    """What `monitor.validate/1` holds, in both languages."""
    return _page(validate_data.SCHEMA)


def problems_page() -> str:
    """What `monitor.problems/1` holds, in both languages."""
    return _page(problems.SCHEMA)


def _page(name: str) -> str:
    about = _ABOUT if name == validate_data.SCHEMA else _LIST
    return "\n".join("\n".join(opening(name, about, language)[:-1]) + "\n" for language in Language)
