"""`monitor validate` for programs: one document (`monitor.validate/1`), NDJSON and CSV."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from monitor_cli.language import Language
from monitor_cli.render.delimited import BOM, SEPARATOR, cell
from monitor_cli.render.entries import Entry, entries
from monitor_cli.render.jsonout import compact, in_lines

if TYPE_CHECKING:
    from monitor_cli.render.formats import Look
    from monitor_cli.verdict import Finding, Validation

SCHEMA = "monitor.validate/1"


def validate_json(found: Validation, look: Look) -> str:
    """The whole document, an item a line; messages in the language."""
    language = look.language
    parts = (
        f'"schema": {compact(SCHEMA)}, "sample": {compact(found.sample)}',
        f'"now": {compact(found.now.isoformat())}, "clean": {compact(found.clean)}',
        '"broken": '
        + in_lines(
            {
                "table": fault.table,
                "file": fault.file,
                "message": fault.what.said(language),
                "remedy": None if fault.remedy is None else fault.remedy.said(language),
            }
            for fault in found.broken
        ),
        '"tables": '
        + in_lines({**one._asdict(), "verdict": one.verdict.value} for one in found.tables),
        '"problems": '
        + in_lines(
            {
                "table": listed.table,
                "reason": listed.code,
                "effect": listed.effect.value,
                "file": listed.file,
                "rows": listed.rows,
                "listed": [_finding(finding) for finding in listed.findings],
            }
            for listed in found.problems
        ),
        '"weeks": '
        + in_lines(
            {
                "start": one.week.monday.isoformat(),
                "end": one.week.sunday.isoformat(),
                "iso": one.week.iso,
                "lessons": one.lessons,
                "cancelled": one.cancelled,
                "schools": one.schools,
            }
            for one in found.weeks
        ),
        '"hours": '
        + in_lines({**one._asdict(), "entries": list(one.entries)} for one in found.hours),
        '"remarks": '
        + in_lines(
            {
                "code": remark.code,
                "table": remark.table,
                "amount": remark.amount,
                "message": remark.message.said(language),
                "examples": list(remark.examples),
                "listed": [one._asdict() for one in remark.places],
            }
            for remark in found.remarks
        ),
    )
    return "{" + ",\n ".join(parts) + "}\n"


def _finding(finding: Finding) -> dict[str, object]:
    there, wanted = finding.fields or (None, None)
    return {
        "line": finding.line,
        "columns": list(finding.columns),
        "value": finding.value,
        "stands": None if finding.stands is None else finding.stands._asdict(),
        "fields": None if finding.fields is None else {"found": there, "expected": wanted},
    }


def validate_ndjson(found: Validation, look: Look) -> str:
    """A line of JSON for each row that is named, structural fault and remark."""
    mark = {"sample": True} if found.sample else {}
    return "".join(
        f"{compact({**mark, **entry._asdict()})}\n" for entry in entries(found, look.language)
    )


def validate_csv(found: Validation, look: Look) -> str:
    """The same for a spreadsheet; in Russian with BOM (not on a terminal) and `;`."""
    file = io.StringIO()
    if look.language is Language.RU and not look.on_terminal:
        file.write(BOM)
    writer = csv.writer(file, delimiter=SEPARATOR[look.language], lineterminator="\n")
    writer.writerow([*(["sample"] if found.sample else []), *Entry._fields])
    for entry in entries(found, look.language):
        writer.writerow([*(["true"] if found.sample else []), *map(cell, entry)])
    return file.getvalue()
