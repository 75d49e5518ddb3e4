"""Markdown: one table with totals that no name can break out of."""

from __future__ import annotations

import dataclasses
import html
import re

import pytest
from markdown_it import MarkdownIt

from monitor_cli.language import Language
from monitor_cli.render.formats import Look
from monitor_cli.render.markdown import escaped, week_markdown
from monitor_cli.result import Row
from tests.unit.render.golden import assert_golden
from tests.unit.render.made import AWKWARD

HOSTILE = [
    "a|b",
    "a\\|b",
    "<script>x</script>",
    "<img src=x onerror=y>",
    "[x](http://x.ru)",
    "![x](http://x.ru)",
    "https://x.ru/a",
    "<http://x.ru>",
    "`a` **b** _c_ ~~d~~ $e$",
    "&lt;b&gt;",
    "\\",
    "МБОУ «Школа-интернат им. А. С. Пушкина № 2» [/Б]",
]


def test_the_bytes_of_the_awkward_week() -> None:
    assert_golden("week.md", week_markdown(AWKWARD, Look()))
    assert_golden("week.en.md", week_markdown(AWKWARD, Look(Language.EN)))


def test_the_sample_says_so_in_its_first_line() -> None:
    assert week_markdown(AWKWARD, Look()).startswith("ПРИМЕР: данные вымышлены\n\n**Неделя 16")
    real = dataclasses.replace(AWKWARD, sample=False)
    assert week_markdown(real, Look()).startswith("**Неделя 16–22 ноября 2026 (2026-W47)**\n")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_shown_as_it_is(name: str) -> None:
    row = AWKWARD.rows[0]
    named = Row({**row.keys, "school": name}, row.measures)
    text = week_markdown(dataclasses.replace(AWKWARD, rows=[named, AWKWARD.rows[2]]), Look())
    shown = MarkdownIt("commonmark").enable("table").render(text)
    assert shown.count("<table>") == 1
    cells = [html.unescape(found) for found in re.findall("<td[^>]*>(.*?)</td>", shown)]
    assert name in cells
    tags = set(re.findall(r"<(\w+)", shown))
    assert tags <= {"p", "strong", "table", "thead", "tbody", "tr", "th", "td"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("www.x.ru", r"www\.x\.ru"),
        ("https://x.ru", r"https\://x\.ru"),
        ("им. Пушкина", "им. Пушкина"),
        ("a@x.ru", r"a＠x\.ru"),
        ("a\nb\x1b", "a\ufffdb\ufffd"),
    ],
)
def test_what_is_escaped(text: str, shown: str) -> None:
    assert escaped(text) == shown


def test_every_line_of_the_table_has_as_many_cells() -> None:
    lines = [line for line in week_markdown(AWKWARD, Look()).split("\n") if line.startswith("|")]
    counts = {len(re.findall(r"(?<!\\)\|", line)) for line in lines}
    assert len(counts) == 1
    assert len(lines) == 2 + len(AWKWARD.rows) + 2


def test_without_rows_the_totals_stand_alone() -> None:
    text = week_markdown(dataclasses.replace(AWKWARD, rows=()), Look())
    assert "**Итого**" in text
    assert "81,82" in text
