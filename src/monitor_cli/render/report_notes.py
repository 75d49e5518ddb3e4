"""What is said beside a report, on stderr: what its signs mean, rows set aside, warnings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor_cli.language import Language, words
from monitor_cli.render.notes import NOTHING, measure_signs, problem_lines, warning_lines
from monitor_cli.render.report_cells import BARS, GAP
from monitor_cli.report import NUMBERS, Kind, Reader
from monitor_cli.result import Measure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from monitor_cli.report import Column, Report, Value

_BARS = words(
    f"{BARS[0]}…{BARS[-1]} – от наименьшего значения строки к наибольшему, {GAP} – нет данных",
    f"{BARS[0]}…{BARS[-1]} – from the lowest value of the row to the highest, {GAP} – no data",
)
_LINES = words(
    "линия – от наименьшего значения строки к наибольшему, разрыв – нет данных",
    "a line – from the lowest value of the row to the highest, a break – no data",
)
_ATTENTION = words("внимание", "warning")


def report_notes(
    report: Report, red_below: Fraction, language: Language, *, legend: bool
) -> list[str]:
    """The lines; `legend`: for a format whose signs want explaining."""
    lines = report_legend(report, red_below, language, drawn=False) if legend else []
    lines += problem_lines(report.problems, language)
    attention = _ATTENTION.said(language)
    lines += (f"{attention}: {line}" for line in warning_lines(report.warnings, language))
    return lines


def report_legend(
    report: Report, red_below: Fraction, language: Language, *, drawn: bool
) -> list[str]:
    """What the signs mean: only those that are there; `drawn`: series are lines, not bars."""
    cells = list(_cells(report))
    measures = [value for _, value in cells if isinstance(value, Measure)]
    signs = measure_signs(measures, red_below, misses=False)
    if NOTHING not in signs and any(
        value is None and column.kind in NUMBERS - {Kind.MINUTES} for column, value in cells
    ):
        signs.append(NOTHING)
    lines = ["; ".join(sign.said(language) for sign in signs)] if signs else []
    if any(column.kind is Kind.SERIES for column, _ in cells):
        lines.append((_LINES if drawn else _BARS).said(language))
    return lines


def _cells(report: Report) -> Iterator[tuple[Column, Value]]:
    for sheet in (one.shown_to(Reader.PEOPLE) for one in report.sheets):
        for row in (*sheet.rows, *((sheet.totals,) if sheet.totals and sheet.rows else ())):
            yield from zip(sheet.columns, row, strict=True)
