"""A week or another report as one page that needs no network. The only user of Jinja2.

Names are text whatever they hold: every value is escaped where the template writes it, and a
policy inside the page lets nothing run or load but its own style and script, by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from monitor_cli.language import words
from monitor_cli.render.docs import BLOCKS
from monitor_cli.render.grid import place_columns
from monitor_cli.render.harmless import visible
from monitor_cli.render.notes import changed_lines, measure_signs, warning_lines
from monitor_cli.render.page_charts import BAR_WIDTH, LINE_HEIGHT, LINE_WIDTH, bar, stack
from monitor_cli.render.page_tables import measure_cell, report_table, week_table
from monitor_cli.render.report_notes import report_legend
from monitor_cli.render.report_text import sheet_notes
from monitor_cli.render.text import percent, state_title, week_title
from monitor_cli.render.week_parts import (
    AS_CONFIGURED,
    CHANGED,
    OF_ALL,
    OF_PLACES,
    PLACEHOLDER,
    PLACES,
    TITLE,
    counted,
    definitions,
    missed,
    set_aside,
    standings,
    worst,
)
from monitor_cli.result import Band, Block

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from monitor_cli.language import Language
    from monitor_cli.render.formats import Look
    from monitor_cli.render.page_tables import Table
    from monitor_cli.report import Report, Sheet
    from monitor_cli.result import WeekResult

_TEMPLATES = "templates"
_KINDS = {
    ".form.xlsx": words("форма", "form"),
    ".xlsx": words("книга", "workbook"),
    ".html": words("страница", "page"),
    ".letter.md": words("письмо", "letter"),
    ".letter.txt": words("письмо", "letter"),
    ".classes.csv": words("классы", "classes"),
    ".teachers.csv": words("учителя", "teachers"),
}
"""What the files of a folder are called, by the ends of their names."""
_WORST = 10
"""The places that the page names as those that miss most."""


def week_html(
    result: WeekResult,
    look: Look,
    more: Sequence[Sheet] = (),
    most: int | None = None,
    school: str | None = None,
) -> str:
    """Render the page of a week: figures against thresholds, worst places, all places, `more`.

    `most` is how many places it lists: those that miss most, in their order. A page about one
    `school` names it above, and has no table of places.
    """
    language = look.language
    in_all = len(result.rows)
    red = sum(
        any(one.band(look.red_below) is Band.RED for one in row.measures.values())
        for row in result.rows
    )
    if most is not None and in_all > most:
        result = _of_worst(result, look, most)
    of_places, common = place_columns(result, language)
    several = len(result.columns) > 1
    return _page(
        "week.html.j2",
        look,
        title=TITLE.said(language),
        subtitle=week_title(result.week, language),
        scope=[visible(name) for name in (*common, *([school] if school else []))],
        sample=result.sample,
        complete=result.complete,
        state="" if result.as_of is None else state_title(result.as_of, language),
        result=result,
        places=PLACES[result.level].said(language),
        of_places=OF_PLACES[result.level].said(language),
        blocks=[
            (BLOCKS[block].said(language), of_block)
            for block in Block
            if (of_block := [one for one in result.indicators if one.block is block])
        ],
        changed=changed_lines(result, language),
        changed_title=CHANGED.said(language),
        missed_in_all=missed(result, result.totals, look),
        worst=[(one, stack(one)) for one in worst(result, look, _WORST)]
        if several and in_all > 1
        else [],
        table=week_table(result, look),
        head_at=len(of_places) - 1,
        as_configured=AS_CONFIGURED.said(language),
        placeholder=PLACEHOLDER.said(language),
        definitions=definitions(result, language),
        signs=_signs(result, look),
        problems=set_aside(result.problems, language),
        warnings=warning_lines(result.warnings, language),
        red=red,
        in_all=in_all,
        of_all=OF_ALL.said(language) if more or school is not None else "",
        alone=school is not None,
        more=[_section(sheet, look) for sheet in more],
        bar=bar,
        counted=counted,
        measure_cell=measure_cell,
    )


def _of_worst(result: WeekResult, look: Look, most: int) -> WeekResult:
    """The result with the places that miss most alone, in their order."""
    ranked = sorted(standings(result, look), key=lambda one: (-len(one.missed), -one.red))
    kept = sorted(one.at for one in ranked[:most])
    return replace(result, rows=[result.rows[at] for at in kept])


def _section(sheet: Sheet, look: Look) -> tuple[str, str, Table, list[str]]:
    """A sheet as a section: its key, title, table, and what is said under it."""
    return (
        sheet.key,
        visible(sheet.title.said(look.language)),
        report_table(sheet, look),
        [visible(note) for note in sheet_notes(sheet, look)],
    )


def _signs(result: WeekResult, look: Look) -> list[str]:
    """What the signs mean: only those that are on the page."""
    measures = [one for row in result.rows for one in row.measures.values()]
    measures += result.totals.values()
    signs = measure_signs(measures, look.red_below, misses=len(result.columns) > 1)
    return [sign.said(look.language) for sign in signs]


def report_html(report: Report, look: Look) -> str:
    """Render the page of any other report: a section a sheet."""
    language = look.language
    return _page(
        "report.html.j2",
        look,
        title=visible(report.title.said(language)),
        subtitle="",
        scope=[],
        sample=report.sample,
        complete=report.complete,
        state="",
        lines=[visible(line.said(language)) for line in report.lines],
        sheets=[_section(sheet, look) for sheet in report.sheets],
        signs=report_legend(report, look.red_below, language, drawn=True),
        problems=set_aside(report.problems, language),
        warnings=warning_lines(report.warnings, language),
    )


def index_html(result: WeekResult, files: Sequence[Sequence[str]], look: Look) -> str:
    """Render the page of a folder: a row a place of `result`, each with links to its `files`."""
    language = look.language
    of_places, common = place_columns(result, language)
    links = [[(quote(name), _kind(name, language)) for name in of_place] for of_place in files]
    return _page(
        "index.html.j2",
        look,
        title=TITLE.said(language),
        subtitle=week_title(result.week, language),
        scope=[visible(name) for name in common],
        sample=result.sample,
        complete=result.complete and all(files),
        state="",
        places=PLACES[result.level].said(language),
        table=week_table(result, look),
        links=links,
        head_at=len(of_places) - 1,
        signs=_signs(result, look),
        problems=set_aside(result.problems, language),
        warnings=warning_lines(result.warnings, language),
    )


def _kind(name: str, language: Language) -> str:
    """What a link to a file is called."""
    known = next((told for end, told in _KINDS.items() if name.endswith(end)), None)
    return name.rpartition(".")[2].upper() if known is None else known.said(language)


def _page(template: str, look: Look, **content: object) -> str:
    return (
        _environment()
        .get_template(template)
        .render(
            lang=look.language.value,
            say=_say(look.language),
            look=look,
            percent=percent,
            style=_asset("page.css"),
            script=_asset("page.js"),
            policy=_policy(),
            bar_width=BAR_WIDTH,
            line_size=(LINE_WIDTH, LINE_HEIGHT),
            **content,
        )
    )


def _say(language: Language) -> Callable[[str, str], str]:
    def say(ru: str, en: str) -> str:
        return words(ru, en).said(language)

    return say


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("monitor_cli.render", _TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@cache
def _asset(name: str) -> Markup:
    """The style or the script: our own file, written into the page as it is."""
    text = files("monitor_cli.render").joinpath(_TEMPLATES, name).read_text("utf-8")
    return Markup(text.replace("\r\n", "\n"))  # noqa: S704  (a file of the package)


@cache
def _policy() -> str:
    """What the page may do: run and apply exactly what it carries, load nothing."""
    return "; ".join(_directives())


def _directives() -> Iterator[str]:
    yield "default-src 'none'"
    for kind, name in (("style-src", "page.css"), ("script-src", "page.js")):
        digest = base64.b64encode(hashlib.sha256(_asset(name).encode()).digest()).decode()
        yield f"{kind} 'sha256-{digest}'"
    yield "img-src data:"
    yield "base-uri 'none'"
    yield "form-action 'none'"
