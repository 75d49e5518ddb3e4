"""A renderer for each format of a report; each library is loaded where it is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor_cli.language import words
from monitor_cli.render.formats import Format, Look

if TYPE_CHECKING:
    from monitor_cli.report import Report


def _table(report: Report, look: Look) -> str:
    from monitor_cli.render.report_text import report_table  # noqa: PLC0415

    return report_table(report, look)


def _markdown(report: Report, look: Look) -> str:
    from monitor_cli.render.report_text import report_markdown  # noqa: PLC0415

    return report_markdown(report, look)


def _json(report: Report, look: Look) -> str:
    from monitor_cli.render.report_data import report_json  # noqa: PLC0415

    return report_json(report, look.language)


def _ndjson(report: Report, look: Look) -> str:  # noqa: ARG001
    from monitor_cli.render.report_data import report_ndjson  # noqa: PLC0415

    return report_ndjson(report)


def _csv(report: Report, look: Look) -> str:
    from monitor_cli.render.report_data import report_csv  # noqa: PLC0415

    return report_csv(report, look)


def _parquet(report: Report, look: Look) -> bytes:  # noqa: ARG001
    from monitor_cli.render.parquet import report_parquet  # noqa: PLC0415

    return report_parquet(report)


def _workbook(report: Report, look: Look) -> bytes:
    from monitor_cli.render.report_workbook import report_workbook  # noqa: PLC0415

    return report_workbook(report, look)


def _html(report: Report, look: Look) -> str:
    from monitor_cli.render.html import report_html  # noqa: PLC0415

    return report_html(report, look)


REPORT_FORMATS: dict[str, Format[Report]] = {
    "table": Format(
        words("таблицы для человека", "tables to read"), (".txt",), _table, for_people=True
    ),
    "json": Format(
        words(
            "один документ: все таблицы, отложенное, предупреждения; без округления",
            "one document: all tables, what was set aside, warnings; unrounded",
        ),
        (".json",),
        _json,
    ),
    "ndjson": Format(
        words(
            "строка JSON на строку главной таблицы, без итогов; без округления",
            "a line of JSON for each row of the main table, no totals; unrounded",
        ),
        (".ndjson", ".jsonl"),
        _ndjson,
    ),
    "csv": Format(
        words(
            "главная таблица; по-русски для русского Excel: UTF-8 с BOM, «;», запятая, два знака; "
            "по-английски «,», точка, без округления",
            "the main table; in English `,`, point, unrounded; in Russian for a Russian Excel: "
            "UTF-8 with BOM, `;`, decimal comma, two decimals",
        ),
        (".csv",),
        _csv,
    ),
    "md": Format(
        words("таблицы Markdown для письма или вики", "Markdown tables for a letter or a wiki"),
        (".md",),
        _markdown,
        for_people=True,
    ),
    "parquet": Format(
        words(
            "то же, что ndjson, типизированными столбцами; не для терминала",
            "the same as ndjson in typed columns; not for a terminal",
        ),
        (".parquet",),
        _parquet,
        binary=True,
    ),
    "xlsx": Format(
        words(
            "книга: лист на таблицу, числа числами; не для терминала",
            "a workbook: a sheet a table, numbers as numbers; not for a terminal",
        ),
        (".xlsx",),
        _workbook,
        binary=True,
    ),
    "html": Format(
        words(
            "страница для браузера, один файл без сети: таблицы, графики, печать",
            "a page for a browser, one file without a network: tables, charts, print",
        ),
        (".html", ".htm"),
        _html,
    ),
}
"""The formats of every report but the week, by the name that `--format` takes."""

REPORT_SUFFIXES = {
    suffix: name for name, made in REPORT_FORMATS.items() for suffix in made.suffixes
}
"""The format that the name of an output file asks for."""
