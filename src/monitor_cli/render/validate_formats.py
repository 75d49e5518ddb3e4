"""A renderer for each format of `monitor validate`; each library is loaded where it is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor_cli.language import words
from monitor_cli.render.formats import Format, Look

if TYPE_CHECKING:
    from monitor_cli.verdict import Validation


def _validate_table(found: Validation, look: Look) -> str:
    from monitor_cli.render.validate import validate_table  # noqa: PLC0415

    return validate_table(found, look)


def _validate_json(found: Validation, look: Look) -> str:
    from monitor_cli.render.validate_data import validate_json  # noqa: PLC0415

    return validate_json(found, look)


def _validate_ndjson(found: Validation, look: Look) -> str:
    from monitor_cli.render.validate_data import validate_ndjson  # noqa: PLC0415

    return validate_ndjson(found, look)


def _validate_csv(found: Validation, look: Look) -> str:
    from monitor_cli.render.validate_data import validate_csv  # noqa: PLC0415

    return validate_csv(found, look)


def _validate_markdown(found: Validation, look: Look) -> str:
    from monitor_cli.render.validate import validate_markdown  # noqa: PLC0415

    return validate_markdown(found, look)


def _validate_workbook(found: Validation, look: Look) -> bytes:
    from monitor_cli.render.validate_workbook import validate_workbook  # noqa: PLC0415

    return validate_workbook(found, look)


VALIDATE_FORMATS: dict[str, Format[Validation]] = {
    "table": Format(
        words(
            "отчёт для человека: итог по таблицам, первые строки каждой ошибки, замечания",
            "a report to read: a verdict a table, the first rows of each fault, remarks",
        ),
        (".txt",),
        _validate_table,
    ),
    "json": Format(
        words(
            "один документ: итоги, строки, недели, часы, замечания",
            "one document: verdicts, rows, weeks, hours, remarks",
        ),
        (".json",),
        _validate_json,
    ),
    "xlsx": Format(
        words(
            "книга, которую можно вернуть школе: сводка и лист на таблицу; не для терминала",
            "a workbook to send back to the school: a summary, a sheet a table; not for a terminal",
        ),
        (".xlsx",),
        _validate_workbook,
        binary=True,
    ),
    "csv": Format(
        words(
            "строка на каждую названную строку выгрузки; по-русски UTF-8 с BOM и «;»",
            "a line for each row of the dump that is named; in Russian UTF-8 with BOM and `;`",
        ),
        (".csv",),
        _validate_csv,
    ),
    "ndjson": Format(
        words("то же строками JSON", "the same as lines of JSON"),
        (".ndjson", ".jsonl"),
        _validate_ndjson,
    ),
    "md": Format(
        words("отчёт в Markdown, для письма", "the report as Markdown, for a letter"),
        (".md",),
        _validate_markdown,
    ),
}
"""The formats of `monitor validate`."""

VALIDATE_SUFFIXES = {
    suffix: name for name, made in VALIDATE_FORMATS.items() for suffix in made.suffixes
}
