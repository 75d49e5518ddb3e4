"""What is measured and how: the catalogue as text, JSON and Markdown, and `docs/indicators.md`."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Protocol

from monitor_cli.language import Language, words
from monitor_cli.levels import Level
from monitor_cli.render.jsonout import compact
from monitor_cli.render.text import percent
from monitor_cli.result import Block
from monitor_cli.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor_cli.language import Words
    from monitor_cli.result import ExtraKind

SCHEMA = "monitor.indicators/1"
_WIDEST = 100


class Named(Protocol):
    """What is shown beside the value."""

    @property
    def name(self) -> str:
        """Its key in the output."""

    @property
    def title(self) -> Words:
        """Its words."""

    @property
    def kind(self) -> ExtraKind:
        """A number or a list."""


class Documented(Protocol):
    """What the documentation reads of an indicator; the catalogue's items have it."""

    @property
    def key(self) -> str:
        """Its name everywhere."""

    @property
    def block(self) -> Block:
        """The block of the memo."""

    @property
    def title(self) -> Words:
        """The official title."""

    @property
    def description(self) -> Words:
        """A sentence."""

    @property
    def formula(self) -> Words:
        """Numerator / denominator in words."""

    @property
    def source(self) -> Words:
        """What the memo says."""

    @property
    def ours(self) -> Words:
        """What is finer than the memo, and ours."""

    @property
    def levels(self) -> frozenset[Level]:
        """The levels that have it."""

    @property
    def reads(self) -> Sequence[object]:
        """The tables without which it is not available."""

    @property
    def evidence(self) -> Sequence[object]:
        """The columns that it decides by."""

    @property
    def extras(self) -> Sequence[Named]:
        """The numbers beside the value."""


BLOCKS = {
    Block.USERS: words("Пользователи", "Users"),
    Block.JOURNAL: words("Журнал", "Journal"),
}
_THRESHOLD = words("Порог школы", "Threshold of a school")
_PLACEHOLDER = words("заглушка, пока её не заменит регион", "a placeholder, until a region's")
_FORMULA = words("Числитель / знаменатель", "Numerator / denominator")
_SOURCE = words("Памятка", "The memo")
_OURS = words("Уточнено здесь", "Ours")
_LEVELS = words("Уровни", "Levels")
_READS = words("Таблицы", "Tables")
_EVIDENCE = words("Решают столбцы", "Decided by")
_EXTRAS = words("Рядом показано", "Shown beside it")


def facts(item: Documented, settings: Settings, language: Language) -> list[tuple[str, str]]:
    """The facts about an indicator as pairs of a name and a text; those without a text are out."""
    threshold = f"{percent(settings.threshold(item.key), language)} %"
    if settings.is_placeholder(item.key):
        threshold += f" ({_PLACEHOLDER.said(language)})"
    pairs = (
        (_FORMULA, item.formula.said(language)),
        (_THRESHOLD, threshold),
        (_SOURCE, item.source.said(language)),
        (_OURS, item.ours.said(language)),
        (_LEVELS, ", ".join(level for level in Level if level in item.levels)),
        (_READS, ", ".join(str(table) for table in item.reads)),
        (_EVIDENCE, ", ".join(str(column) for column in item.evidence)),
        (
            _EXTRAS,
            "; ".join(f"{extra.name} – {extra.title.said(language)}" for extra in item.extras),
        ),
    )
    return [(name.said(language), text) for name, text in pairs if text]


def as_table(
    items: Sequence[Documented], settings: Settings, language: Language, width: int | None = None
) -> str:
    """A line an indicator, by block; a single indicator with everything about it."""
    if len(items) == 1:
        return _in_full(items[0], settings, language, min(width or _WIDEST, _WIDEST))
    widest = max(len(item.key) for item in items)
    lines: list[str] = []
    for block in Block:
        of_block = [item for item in items if item.block is block]
        if not of_block:
            continue
        lines += ["", f"{BLOCKS[block].said(language)} ({block})"]
        for item in of_block:
            star = "*" if settings.is_placeholder(item.key) else ""
            threshold = f"≥ {percent(settings.threshold(item.key), language)}{star}"
            lines.append(f"  {item.key:<{widest}}  {threshold:<6}  {item.title.said(language)}")
    if any(settings.is_placeholder(item.key) for item in items):
        lines += ["", f"* – {_PLACEHOLDER.said(language)}"]
    return "\n".join(lines[1:]) + "\n"


def _in_full(item: Documented, settings: Settings, language: Language, width: int) -> str:
    block = BLOCKS[item.block].said(language)
    lines = [f"{item.key} · {item.title.said(language)} · {block}", ""]
    lines += textwrap.wrap(item.description.said(language), width)
    for name, text in facts(item, settings, language):
        lines += ["", *textwrap.wrap(f"{name}: {text}", width, subsequent_indent="  ")]
    return "\n".join(lines) + "\n"


def as_json(
    items: Sequence[Documented],
    settings: Settings,
    language: Language,
    width: int | None = None,  # noqa: ARG001
) -> str:
    """One document, an indicator a line."""
    lines = ",\n  ".join(
        compact(
            {
                "key": item.key,
                "title": item.title.said(language),
                "block": item.block.value,
                "threshold": float(settings.threshold(item.key)),
                "placeholder": settings.is_placeholder(item.key),
                "description": item.description.said(language),
                "formula": item.formula.said(language),
                "source": item.source.said(language),
                "ours": item.ours.said(language),
                "levels": [level.value for level in Level if level in item.levels],
                "tables": [str(table) for table in item.reads],
                "columns": [str(column) for column in item.evidence],
                "extras": [
                    {"name": extra.name, "title": extra.title.said(language)}
                    for extra in item.extras
                ],
            }
        )
        for item in items
    )
    return f'{{"schema": {compact(SCHEMA)},\n "indicators": [\n  {lines}]}}\n'


def as_markdown(
    items: Sequence[Documented],
    settings: Settings,
    language: Language,
    width: int | None = None,  # noqa: ARG001
) -> str:
    """A section an indicator, by block."""
    lines: list[str] = []
    for block in Block:
        of_block = [item for item in items if item.block is block]
        if of_block:
            lines += [f"## {BLOCKS[block].said(language)} (`{block}`)", ""]
        for item in of_block:
            lines += [f"### {item.title.said(language)} (`{item.key}`)", ""]
            lines += [item.description.said(language), ""]
            lines += [f"- **{name}**: {text}" for name, text in facts(item, settings, language)]
            lines.append("")
    return "\n".join(lines[:-1]) + "\n"


FORMATS = {"table": as_table, "json": as_json, "md": as_markdown}
"""The formats of `monitor indicators`."""

SUFFIXES = {".txt": "table", ".json": "json", ".md": "md"}

_TITLES = words("Показатели", "The indicators")
_INTRODUCTIONS = words(
    "Страница составлена из каталога показателей (`make docs`): правьте его, а не её. Пороги – "
    "умолчания; свои записывают в `monitor.toml`. «Памятка» – слова памятки для специалиста МОУО; "
    "«Уточнено здесь» – то, чего в ней нет.",
    "This page is made from the catalogue of indicators (`make docs`): edit that instead. "
    "Thresholds are the defaults; `monitor.toml` holds yours. “The memo” is what the memo for "
    "municipal education officers says; “Ours” is what it leaves open.",
)


def page(items: Sequence[Documented]) -> str:
    """`docs/indicators.md`: everything in Russian, then everything in English."""
    parts = [
        f"# {_TITLES.said(language)}\n\n{_INTRODUCTIONS.said(language)}\n\n"
        + as_markdown(items, Settings(), language)
        for language in Language
    ]
    return "\n".join(parts)
