"""What may be said of a dump: the catalogue as text, JSON and Markdown, and `docs/problems.md`."""

from __future__ import annotations

import textwrap

from monitor_cli.explained import EXPLAINED, KINDS, Explained, Kind
from monitor_cli.language import Language, words
from monitor_cli.render.jsonout import compact

SCHEMA = "monitor.problems/1"
_WIDEST = 100
_INDENT = "    "
_REMEDY = words("Что делать", "What to do")
_TITLES = words("Что бывает не так с выгрузкой", "What can be wrong with a dump")
_INTRODUCTIONS = words(
    "Страница составлена из каталога (`make docs`): правьте его, а не её. Коды стоят в `problems` "
    "и `warnings` документов JSON и в отчёте `monitor validate`; этот же список печатает `monitor "
    "validate --list`.",
    "This page is made from the catalogue (`make docs`): edit that instead. The codes stand in "
    "`problems` and `warnings` of the JSON documents and in the report of `monitor validate`; "
    "`monitor validate --list` prints the same list.",
)


def as_table(language: Language, width: int | None = None) -> str:
    """Every problem with what it means and what to do, by kind."""
    wide = min(width or _WIDEST, _WIDEST)
    lines: list[str] = []
    for kind, of_kind in _by_kind():
        lines += ["", KINDS[kind].said(language)]
        for one in of_kind:
            lines += textwrap.wrap(
                f"  {one.code} – {one.title.said(language)}", wide, subsequent_indent=_INDENT
            )
            told = (
                one.explanation.said(language),
                f"{_REMEDY.said(language)}: {one.remedy.said(language)}",
            )
            for text in told:
                lines += textwrap.wrap(
                    text, wide, initial_indent=_INDENT, subsequent_indent=_INDENT
                )
    return "\n".join(lines[1:]) + "\n"


def as_json(language: Language, width: int | None = None) -> str:  # noqa: ARG001
    """One document, a problem a line."""
    lines = ",\n  ".join(
        compact(
            {
                "code": one.code,
                "kind": one.kind.value,
                "title": one.title.said(language),
                "explanation": one.explanation.said(language),
                "remedy": one.remedy.said(language),
            }
        )
        for one in EXPLAINED.values()
    )
    return f'{{"schema": {compact(SCHEMA)},\n "problems": [\n  {lines}]}}\n'


def as_markdown(language: Language, width: int | None = None) -> str:  # noqa: ARG001
    """A section a problem, by kind."""
    lines: list[str] = []
    for kind, of_kind in _by_kind():
        lines += [f"## {KINDS[kind].said(language)}", ""]
        for one in of_kind:
            lines += [
                f"### `{one.code}` – {one.title.said(language)}",
                "",
                one.explanation.said(language),
                "",
                f"**{_REMEDY.said(language)}:** {one.remedy.said(language)}",
                "",
            ]
    return "\n".join(lines[:-1]) + "\n"


def page() -> str:
    """`docs/problems.md`: everything in Russian, then everything in English."""
    return "\n".join(
        f"# {_TITLES.said(language)}\n\n{_INTRODUCTIONS.said(language)}\n\n{as_markdown(language)}"
        for language in Language
    )


def _by_kind() -> list[tuple[Kind, list[Explained]]]:
    return [(kind, [one for one in EXPLAINED.values() if one.kind is kind]) for kind in Kind]


FORMATS = {"table": as_table, "json": as_json, "md": as_markdown}
"""The formats of `monitor validate --list`."""

SUFFIXES = {".txt": "table", ".json": "json", ".md": "md"}
