"""CSV for a spreadsheet: a row a place, a column an indicator's value."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from monitor_cli.language import Language
from monitor_cli.render.harmless import visible
from monitor_cli.render.text import number

if TYPE_CHECKING:
    from monitor_cli.render.formats import Look
    from monitor_cli.result import Measure, WeekResult

BOM = "\ufeff"
"""Without it Excel takes UTF-8 for the system's own encoding."""

SEPARATOR = {Language.RU: ";", Language.EN: ","}
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula, full-width forms too."""


def week_csv(result: WeekResult, look: Look) -> str:
    """Render the rows without totals; a line ends with LF, no value is an empty cell.

    In Russian as a Russian Excel reads it: BOM (not on a terminal), `;`, decimal comma, two
    decimals as in the table. In English `,`, a point, unrounded.
    Source: `cli.md`, «monitor week», JSON.
    """
    file = io.StringIO()
    if look.language is Language.RU and not look.on_terminal:
        file.write(BOM)
    writer = csv.writer(file, delimiter=SEPARATOR[look.language], lineterminator="\n")
    keys = result.level.keys
    columns = [shown.key for shown in result.columns]
    marks = {"sample": "true"} if result.sample else {}
    if result.as_of is not None:
        marks["as_of"] = result.as_of.isoformat(timespec="seconds")
    writer.writerow([*marks, *keys, *columns])
    for row in result.rows:
        places = [cell(row.keys[key]) for key in keys]
        values = [_value(row.measures.get(key), look.language) for key in columns]
        writer.writerow([*marks.values(), *places, *values])
    return file.getvalue()


def cell(value: str | int | None) -> str:
    """A key as a cell: text that would be a formula gets a leading apostrophe.

    Tabs and line ends (as LF) stay inside the quotes of a cell; every other character that steers
    a terminal or hides is replaced by U+FFFD.
    """
    if not isinstance(value, str):
        return "" if value is None else str(value)
    lines = value.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    text = "\n".join("\t".join(map(visible, line.split("\t"))) for line in lines)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _value(measure: Measure | None, language: Language) -> str:
    if measure is None or measure.shown is None:
        return ""
    if language is Language.RU:
        return number(measure.shown, language)
    return repr(measure.value)
