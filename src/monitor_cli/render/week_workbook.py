"""A week as a workbook: a summary with charts, places, a sheet a block, definitions, quality."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from monitor_cli.language import words
from monitor_cli.render.docs import BLOCKS
from monitor_cli.render.grid import BELOW, place_columns
from monitor_cli.render.harmless import visible
from monitor_cli.render.municipal_sheets import first_rows, write_more
from monitor_cli.render.notes import changed_lines, problem_lines, warning_lines
from monitor_cli.render.report_workbook import sheet_name, write_quality
from monitor_cli.render.text import SAMPLE_BANNER, percent, state_title, week_title
from monitor_cli.render.week_parts import (
    ALL_USED,
    AS_CONFIGURED,
    CHANGED,
    METHOD,
    OF_ALL,
    PLACEHOLDER,
    PLACES,
    QUALITY,
    SUMMARY,
    TITLE,
    WORST,
    definitions,
    worst,
)
from monitor_cli.render.week_sheets import (
    HEADER_ROW,
    Names,
    above,
    block_size,
    change_cell,
    number_cells,
    share_cell,
    threshold_cell,
    write_block,
    write_places,
)
from monitor_cli.render.workbook_charts import against_thresholds, stacked
from monitor_cli.render.workbooks import BOLD, PLAIN, Book, Link, Spread
from monitor_cli.render.workbooks import TITLE as LARGE
from monitor_cli.report import PartSheet
from monitor_cli.result import Band, Block

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor_cli.render.formats import Look
    from monitor_cli.render.week_parts import Standing
    from monitor_cli.render.workbooks import Cell, Sheet
    from monitor_cli.report import Sheet as ReportSheet
    from monitor_cli.result import Measure, WeekResult

_WORST = 10
_WHOLE = 100
_CHART_ROWS = 26
_LEFT, _RIGHT = (1, 5), (6, 10)
"""The columns over which the two charts lie."""

_SUMMARY = (
    (words("Показатель", "Indicator"), 42),
    (words("Значение", "Value"), 13),
    (words("Порог", "Threshold"), 11),
    (words("Итог", "Verdict"), 17),
    (words("За неделю, п.", "Change, points"), 13),
    (words("Числитель", "Numerator"), 13),
    (words("Знаменатель", "Denominator"), 15),
    (words("Школ достигло", "Schools reached"), 12),
    (words("Школ всего", "Schools in all"), 12),
    (words("В таблицах", "In the tables"), 18),
)
_VERDICTS = {
    Band.GREEN: words("достигнут", "reached"),
    Band.YELLOW: words("! ниже порога", "! below"),
    Band.RED: words("!! ниже {} %", "!! below {} %"),
}
_WORST_TITLES = (
    words("Ниже порога", "Below threshold"),
    words("Ниже {} %", "Below {} %"),
    words("От {} % до порога", "From {} % on"),
    words("Какие показатели", "Which indicators"),
)
_CHART = words("Показатели и пороги", "Indicators and thresholds")
SAID = words("Что учтено не так, как записано", "What is not used as it stands")
_METHOD = (
    (words("Показатель", "Indicator"), 28),
    (words("Порог, %", "Threshold, %"), 13),
    (words("Что измеряется", "What is measured"), 50),
    (words("Числитель / знаменатель", "Numerator / denominator"), 38),
    (words("Настройки", "Settings"), 46),
)
_EMPTY = words(
    "Значение – 100 × числитель / знаменатель. «н/д» – посчитать не по чему: это не 0 и не 100.",
    "A value is 100 × numerator / denominator. “n/a”: nothing to count it from, not 0 and not 100.",
)


def week_workbook(result: WeekResult, look: Look) -> bytes:
    """Render the workbook of a week."""
    return write_municipal(result, (), look)


def write_municipal(result: WeekResult, more: Sequence[ReportSheet], look: Look) -> bytes:
    """Render the workbook of a week with the sheets `more` between the blocks and the definitions.

    The same input gives the same bytes. Percentages are fractions in cells, rounded as everywhere
    people see them; numerators and denominators stand beside them, exact.
    """
    language = look.language
    book = Book(datetime.combine(result.week.sunday, datetime.min.time()))
    taken: set[str] = set()
    summary = sheet_name(SUMMARY.said(language), taken)
    places = sheet_name(PLACES[result.level].said(language), taken)
    blocks = {
        block: sheet_name(BLOCKS[block].said(language), taken)
        for block in Block
        if any(one.block is block for one in result.columns)
    }
    others = [sheet_name(sheet.title.said(language), taken) for sheet in more]
    method, quality = (sheet_name(one.said(language), taken) for one in (METHOD, QUALITY))
    names = Names(places, _leads(result, more, next(iter(blocks.values()), places), others))
    _write_summary(book, summary, result, names, look)
    write_places(book, places, result, names, look)
    for block, name in blocks.items():
        of_block = [one for one in result.columns if one.block is block]
        write_block(book, name, of_block, result, look)
    for name, sheet in zip(others, more, strict=True):
        lines = above(result, visible(sheet.title.said(language)), look)
        write_more(book, (name, sheet), lines, (result, names), look)
    _write_method(book, method, result, look)
    said = (result.problems, result.warnings)
    lines = above(result, QUALITY.said(language), look)
    if more and result.problems:
        lines.append((OF_ALL.said(language), PLAIN))
    write_quality(book, quality, said, look, lines)
    return book.saved()


def _leads(
    result: WeekResult, more: Sequence[ReportSheet], block: str, others: Sequence[str]
) -> list[tuple[str, int]]:
    """Where each place is told more of: at its first step, else in the first block.

    There it has a row for each of its indicators.
    """
    size = block_size(result)
    leads = [(block, HEADER_ROW + 1 + at * size) for at in range(len(result.rows))]
    for name, sheet in zip(others, more, strict=True):
        if sheet.key == PartSheet.STEPS:
            first = first_rows(sheet)
            for at, row in enumerate(result.rows):
                if (found := first.get(row.keys.get("school_id"))) is not None:
                    leads[at] = (name, found)
    return leads


def _write_summary(book: Book, name: str, result: WeekResult, names: Names, look: Look) -> None:
    """The totals against thresholds, the charts, the worst places, what was set aside."""
    language = look.language
    sheet = book.sheet(name, [width for _, width in _SUMMARY], header_rows=0)
    _write_head(sheet, result, look)
    sheet.header([title.said(language) for title, _ in _SUMMARY], figures={2, 3, 5, 6, 7, 8, 9})
    header = sheet.rows
    for shown in result.indicators:
        total = result.totals[shown.key]
        sheet.row(
            [
                shown.title.said(language),
                share_cell(total, look),
                threshold_cell(total.threshold, placeholder=shown.placeholder),
                verdict(total, look),
                change_cell(total),
                *number_cells(total),
                total.schools_reached,
                total.schools,
                shown.short.said(language),
            ]
        )
    if any(shown.placeholder for shown in result.indicators):
        sheet.line(f"* – {PLACEHOLDER.said(language)}")
    sheet.line()
    last = header + len(result.indicators)
    named = worst(result, look, _WORST) if len(result.columns) > 1 else []
    first = sheet.rows + _CHART_ROWS + 3
    if result.indicators:
        chart = against_thresholds(
            _CHART.said(language),
            sheet.cells(len(_SUMMARY), header + 1, last),
            sheet.cells(2, header, last),
            sheet.cells(3, header, last),
            [result.totals[one.key].band(look.red_below) for one in result.indicators],
            None if any((one.value or 0) > _WHOLE for one in result.totals.values()) else 1,
        )
        sheet.draw(chart, _LEFT, _CHART_ROWS)
    if named:
        end = first + len(named)
        columns = ((3, Band.RED), (4, Band.YELLOW))
        chart = stacked(
            WORST.said(language),
            sheet.cells(1, first + 1, end),
            [(sheet.cells(column, first, end), band) for column, band in columns],
        )
        sheet.draw(chart, _RIGHT, _CHART_ROWS)
    sheet.leave(_CHART_ROWS + 1)
    sheet.break_page()
    if named:
        _write_worst(sheet, named, result, names, look)
    sheet.line()
    _write_said(sheet, result, look)


def verdict(measure: Measure, look: Look) -> str:
    """Whether the threshold is reached, in words; nothing without a value."""
    band = measure.band(look.red_below)
    said = "" if band is None else _VERDICTS[band].said(look.language)
    return said.format(percent(look.red_below, look.language))


def _write_head(sheet: Sheet, result: WeekResult, look: Look) -> None:
    """What it is, of which week, state and place."""
    language = look.language
    if result.sample:
        sheet.line(SAMPLE_BANNER.said(language), BOLD)
    sheet.line(TITLE.said(language), LARGE)
    sheet.line(week_title(result.week, language), BOLD)
    if result.as_of is not None:
        sheet.line(state_title(result.as_of, language), BOLD)
    _, common = place_columns(result, language)
    if common:
        sheet.line(visible(" · ".join(common)))
    sheet.line()


def _write_said(sheet: Sheet, result: WeekResult, look: Look) -> None:
    """What typed settings change, what was set aside, the warnings."""
    language = look.language
    if changed := changed_lines(result, language):
        sheet.line(CHANGED.said(language), BOLD)
        for line in changed:
            sheet.paragraph(line)
        sheet.line()
    sheet.line(SAID.said(language), BOLD)
    lines = problem_lines(result.problems, language) or [ALL_USED.said(language)]
    for line in (*lines, *warning_lines(result.warnings, language)):
        sheet.paragraph(line)


def _write_worst(
    sheet: Sheet, named: Sequence[Standing], result: WeekResult, names: Names, look: Look
) -> None:
    language = look.language
    sheet.line(WORST.said(language), BOLD)
    red_below = percent(look.red_below, language)
    titles = [title.said(language).format(red_below) for title in _WORST_TITLES]
    rest = len(_SUMMARY) - len(titles)
    *counts, which = titles
    place = PLACES[result.level].said(language)
    sheet.header([place, *counts, Spread(which, rest)], figures={2, 3, 4})
    for one in named:
        measures = result.rows[one.at].measures
        told = ", ".join(
            shown.short.said(language) + _sign(measures[shown.key], look) for shown in one.missed
        )
        cells: list[Cell] = [
            Link(one.name, names.places, HEADER_ROW + 1 + one.at),
            len(one.missed),
            one.red,
            len(one.missed) - one.red,
            Spread(told, rest),
        ]
        sheet.row(cells)


def _sign(measure: Measure, look: Look) -> str:
    band = measure.band(look.red_below)
    return BELOW[band] if band is Band.RED else ""


def _write_method(book: Book, name: str, result: WeekResult, look: Look) -> None:
    """What is measured, under which thresholds and settings."""
    language = look.language
    sheet = book.sheet(name, [width for _, width in _METHOD], header_rows=HEADER_ROW)
    for text, font in above(result, METHOD.said(language), look):
        sheet.line(text, font)
    sheet.line()
    sheet.header([title.said(language) for title, _ in _METHOD])
    for one in definitions(result, language):
        sheet.row([one.title, one.threshold, one.about, one.formula, one.rules])
    sheet.line()
    sheet.paragraph(f"{_EMPTY.said(language)} {AS_CONFIGURED.said(language)}")
    if any(one.placeholder for one in result.indicators):
        sheet.paragraph(f"* – {PLACEHOLDER.said(language)}")
