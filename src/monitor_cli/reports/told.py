"""What reports tell alike: key columns, the period in the head, notices of what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor_cli.columns import Table
from monitor_cli.engine.compare_report import KEYS
from monitor_cli.language import words
from monitor_cli.levels import Level
from monitor_cli.report import Reader
from monitor_cli.result import Notice

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

    from monitor_cli.dump.dump import Dump
    from monitor_cli.language import Words
    from monitor_cli.report import Column, Value
    from monitor_cli.reports.asked import Asked

__all__ = ["KEYS", "day", "head", "head_schema", "key_columns", "missing", "period"]

_DAY = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}


def key_columns(level: Level, rows: Sequence[Sequence[Value]]) -> tuple[Column, ...]:
    """The columns that name a place of a level, by which the rows begin.

    People are spared ids, the parallel beside a class, and what is the same in every row.
    """
    columns = []
    for at, name in enumerate(level.keys):
        alone = len({row[at] for row in rows}) == 1
        spared = name.endswith("_id") or alone or (name == "parallel" and level is Level.CLASS)
        column = KEYS[name]
        if spared and name != level.value:
            column = column._replace(reader=Reader.PROGRAMS)
        columns.append(column)
    return tuple(columns)


def seldom(
    columns: Sequence[Column], rows: Sequence[Sequence[Value]], keys: Collection[str]
) -> tuple[Column, ...]:
    """The columns; people are spared those of `keys` in which no row has anything."""
    return tuple(
        column._replace(reader=Reader.PROGRAMS)
        if column.key in keys and not any(row[at] for row in rows)
        else column
        for at, column in enumerate(columns)
    )


def all_keys(levels: Iterable[Level]) -> tuple[Column, ...]:
    """Every column that names a place of one of the levels, for a declared shape."""
    names = {name for level in levels for name in level.keys}
    return tuple(column for name, column in KEYS.items() if name in names)


def head(asked: Asked) -> dict[str, object]:
    """What programs are told before the sheets: the period and the level."""
    return {
        "period": {"start": asked.first.isoformat(), "end": asked.last.isoformat()},
        "level": asked.level.value,
    }


def head_schema(levels: Collection[Level]) -> dict[str, Mapping[str, object]]:
    """The JSON Schema of `head`."""
    return {
        "period": {
            "type": "object",
            "properties": {"start": _DAY, "end": _DAY},
            "required": ["start", "end"],
            "additionalProperties": False,
        },
        "level": {"enum": [level.value for level in Level if level in levels]},
    }


def day(one: date) -> Words:
    """A day as people write it."""
    return words(one.strftime("%d.%m.%Y"), one.isoformat())


def period(asked: Asked) -> Words:
    """«09.11.2026 – 15.11.2026»."""
    first, last = day(asked.first), day(asked.last)
    return words(f"{first.ru} – {last.ru}", f"{first.en} – {last.en}")


def missing(table: Table, wanting: Words) -> Notice:
    """That what `wanting` names is not available for want of a table."""
    return Notice(
        "missing_table",
        words(
            f"нет таблицы {table}: н/д – {wanting.ru}",
            f"no table {table}: not available – {wanting.en}",
        ),
    )


def without_column(column: str, wanting: Words) -> Notice:
    """That what `wanting` names is not available for want of a column."""
    return Notice(
        "missing_column",
        words(
            f"нет колонки {column}: н/д – {wanting.ru}",
            f"no column {column}: not available – {wanting.en}",
        ),
    )


def of_staff(dump: Dump) -> list[Notice]:
    """What of the composition of staff is not available for want of a column."""
    if Table.STAFF not in dump.tables:
        return []
    columns = dump.tables[Table.STAFF].columns
    wanting = {
        "birth_year": words("возраст", "ages"),
        "category": words("категории", "categories"),
    }
    return [
        without_column(f"staff.{name}", what)
        for name, what in wanting.items()
        if name not in columns
    ]
