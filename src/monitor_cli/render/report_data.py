"""A report for programs and spreadsheets: one JSON document, lines of JSON, CSV. Stable bytes."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from typing import TYPE_CHECKING

from monitor_cli.language import Language
from monitor_cli.render.delimited import BOM, SEPARATOR, cell
from monitor_cli.render.jsonout import beside, compact, in_lines
from monitor_cli.render.report_cells import exact, fields, percent_shown, points_shown
from monitor_cli.render.text import number
from monitor_cli.report import NUMBERS, Kind, Reader
from monitor_cli.result import Measure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor_cli.render.formats import Look
    from monitor_cli.report import Column, Report, Sheet, Value

_PARTED = "|"
"""Parts the values of a series in a cell of CSV; between two of them nothing is a gap."""


def report_json(report: Report, language: Language = Language.RU) -> str:
    """Render the whole document, a row a line; messages in `language`."""
    parts = [
        (
            f'"schema": {compact(f"monitor.{report.name}/1")}, '
            f'"sample": {compact(report.sample)}, "complete": {compact(report.complete)}'
        ),
        *(f"{compact(key)}: {compact(value)}" for key, value in report.head.items()),
    ]
    for sheet in report.sheets:
        parts.extend(_sheet(sheet))
    parts.extend(beside(report.problems, report.warnings, language))
    return "{" + ",\n ".join(parts) + "}\n"


def _sheet(sheet: Sheet) -> Iterator[str]:
    sheet = sheet.shown_to(Reader.PROGRAMS)
    keyed = [(column, column.key) for column in sheet.columns]
    rows = (
        {key: exact(column, value) for (column, key), value in zip(keyed, row, strict=True)}
        for row in sheet.rows
    )
    yield f"{compact(sheet.key)}: {in_lines(rows)}"
    if sheet.rows_in_all is not None:
        yield f"{compact(f'{sheet.key}_in_all')}: {compact(sheet.rows_in_all)}"
    if sheet.totals is not None:
        totals = {
            key: exact(column, value)
            for (column, key), value in zip(keyed, sheet.totals, strict=True)
            if column.kind in NUMBERS
        }
        yield f"{compact(f'{sheet.key}_totals')}: {compact(totals)}"


def report_ndjson(report: Report) -> str:
    """Render a line for each row of the main sheet, flat, without totals."""
    mark: dict[str, object] = {"sample": True} if report.sample else {}
    sheet = report.sheet(report.main).shown_to(Reader.PROGRAMS)
    flat = tuple(fields(sheet))
    return "".join(
        f"{compact(mark | {one.name: exact(one.column, one.of(row)) for one in flat})}\n"
        for row in sheet.rows
    )


def report_csv(report: Report, look: Look) -> str:
    """Render the main sheet for a spreadsheet, without totals; of a measure its value.

    As `monitor week` does: in Russian BOM (not on a terminal), `;`, decimal comma, two decimals;
    in English `,`, a point, unrounded. Source: `cli.md`, «JSON», on CSV.
    """
    file = io.StringIO()
    if look.language is Language.RU and not look.on_terminal:
        file.write(BOM)
    writer = csv.writer(file, delimiter=SEPARATOR[look.language], lineterminator="\n")
    sheet = report.sheet(report.main).shown_to(Reader.PROGRAMS)
    mark = ("sample", "true") if report.sample else ()
    writer.writerow([*mark[:1], *(column.key for column in sheet.columns)])
    for row in sheet.rows:
        cells = (
            _cell(column, value, look.language)
            for column, value in zip(sheet.columns, row, strict=True)
        )
        writer.writerow([*mark[1:], *cells])
    return file.getvalue()


def _cell(column: Column, value: Value, language: Language) -> str:
    if isinstance(value, Measure):
        exact_value = "" if value.value is None else repr(value.value)
        said = "" if value.shown is None else number(value.shown, language)
        return said if language is Language.RU else exact_value
    if value is None or isinstance(value, str):
        return cell(value)
    if isinstance(value, date):
        return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    parts = (value,) if isinstance(value, (int, float)) else value
    return _PARTED.join("" if one is None else _number(column.kind, one, language) for one in parts)


def _number(kind: Kind, value: float, language: Language) -> str:
    """A number; in Russian percentages and points to two decimals."""
    if language is Language.RU and kind in (Kind.PERCENT, Kind.NUMBER, Kind.SERIES):
        return number(percent_shown(value), language)
    if language is Language.RU and kind is Kind.POINTS:
        return number(points_shown(value), language)
    return str(value)
