"""A week as Markdown: one table with totals, whose names are text whatever they hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from monitor_cli.language import words
from monitor_cli.render.grid import indicator_columns, place_columns
from monitor_cli.render.harmless import visible
from monitor_cli.render.text import SAMPLE_BANNER, state_title, week_title

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monitor_cli.render.formats import Look
    from monitor_cli.render.grid import Cell
    from monitor_cli.result import WeekResult

_MARKUP = re.compile(r"[\\`*_\[\]<>|~$&]")
_LINKING = re.compile(r"(?<=[^\s\d])[.:](?=\S)")
"""What makes links of a bare «www.x.ru» and «https://x.ru»; never in 80.00 and 23:59."""

_MAIL = re.compile(r"(?<=\S)@(?=\S)")
_ROWS = words("Строки: ", "Rows: ")
_TOTAL = words("Итого", "Total")
_SCHOOLS = words("Школ достигло порога", "Schools that reached")


def week_markdown(result: WeekResult, look: Look) -> str:
    """Render the whole document: what week it is, the table, its totals."""
    language = look.language
    places, common = place_columns(result, language)
    indicators = indicator_columns(result, look)
    lines = [SAMPLE_BANNER.said(language), ""] if result.sample else []
    lines += [f"**{week_title(result.week, language)}**", ""]
    if result.as_of is not None:
        lines += [f"**{state_title(result.as_of, language)}**", ""]
    if common:
        lines += [_ROWS.said(language) + " · ".join(map(escaped, common)), ""]
    titles = [place.title for place in places]
    lines.append(
        _line([*titles, *(f"{one.title}, {escaped(one.threshold)}" for one in indicators)])
    )
    lines.append(_line([*("---" for _ in places), *("---:" for _ in indicators)]))
    for at in range(len(result.rows)):
        names = [escaped(place.cells[at]) for place in places]
        lines.append(_line([*names, *(_text(one.cells[at]) for one in indicators)]))
    blank = [""] * (len(places) - 1)
    total = f"**{_TOTAL.said(language)}**"
    lines.append(_line([total, *blank, *(_text(one.total) for one in indicators)]))
    if any(one.schools for one in indicators):
        label = _SCHOOLS.said(language)
        lines.append(_line([label, *blank, *(one.schools for one in indicators)]))
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """A text that Markdown shows as it is: no markup, no HTML, no link, no end of a cell.

    An address of mail is a link however it is escaped; its @ becomes the full-width one.
    """
    plain = _MARKUP.sub(r"\\\g<0>", visible(text))
    return _MAIL.sub("＠", _LINKING.sub(r"\\\g<0>", plain))


def _text(cell: Cell) -> str:
    """A measure without the blanks that line up a column."""
    return " ".join(f"{cell.value} {cell.rest}".split())


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"
