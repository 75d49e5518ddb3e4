"""The page of a week and of a report: bytes, cells that agree with JSON, texts that stay texts."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from monitor_cli.language import Language
from monitor_cli.levels import Level
from monitor_cli.render.formats import Look
from monitor_cli.render.html import index_html, report_html, week_html
from monitor_cli.render.jsonout import week_json
from monitor_cli.render.page_charts import bar, line
from tests.unit.render import made, reported
from tests.unit.render.golden import assert_golden

if TYPE_CHECKING:
    from monitor_cli.result import WeekResult

RU, EN = Look(), Look(Language.EN)
VOID = {"meta", "link", "input", "rect", "polyline", "circle"}
ADDRESSES = {"src", "href", "action", "data", "poster", "srcset", "xlink:href", "style"}


class Page(HTMLParser):
    """What a browser would make of a page: its elements, tables and texts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.tables: dict[str, list[list[tuple[dict[str, str | None], str]]]] = {}
        self.open: list[str] = []
        self.unclosed: list[str] = []
        self._table: str | None = None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "table":
            self._table = dict(attrs).get("id") or f"table {len(self.tables)}"
            self.tables[self._table] = []
        if self._table is not None and tag == "tr":
            self.tables[self._table].append([])
        if self._table is not None and tag in {"td", "th"}:
            self.tables[self._table][-1].append((dict(attrs), ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if self.open.pop() != tag:
            self.unclosed.append(tag)
        if tag == "table":
            self._table = None

    def handle_data(self, data: str) -> None:
        if self._table is not None and {"td", "th"} & set(self.open):
            row = self.tables[self._table][-1]
            attrs, before = row[-1]
            row[-1] = (attrs, before + data)


PAGES = {
    "week.html": week_html(made.AWKWARD, RU),
    "week.en.html": week_html(made.AWKWARD, EN),
    "report.html": report_html(reported.AWKWARD, RU),
}


@pytest.mark.parametrize("name", PAGES)
def test_the_bytes_of_a_page(name: str) -> None:
    assert_golden(name, PAGES[name])


@pytest.mark.parametrize("name", PAGES)
def test_every_element_is_closed_and_named_once(name: str) -> None:
    page = Page(PAGES[name])
    assert (page.open, page.unclosed) == ([], [])
    ids = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    targets = {attrs["href"] for tag, attrs in page.elements if tag == "a"}
    assert targets <= {f"#{one}" for one in ids}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_names_nothing_outside_itself(name: str) -> None:
    for tag, attrs in Page(PAGES[name]).elements:
        for attribute in ADDRESSES & attrs.keys():
            assert (attrs[attribute] or "").startswith(("#", "data:,")), (tag, attribute)
        assert not [one for one in attrs if one.startswith("on")]
    assert "url(" not in PAGES[name]
    assert "@import" not in PAGES[name]


@pytest.mark.parametrize("name", PAGES)
def test_only_its_own_style_and_script_are_let_run(name: str) -> None:
    page = PAGES[name]
    [policy] = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy.startswith("default-src &#39;none&#39;; ")
    for tag in ("style", "script"):
        [text] = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{tag}-src &#39;sha256-{digest}&#39;" in policy


def _week(result: WeekResult, look: Look = RU) -> list[list[tuple[dict[str, str | None], str]]]:
    return Page(week_html(result, look)).tables["rows"]


def test_every_cell_is_what_json_says() -> None:
    document = json.loads(week_json(made.AWKWARD))
    header, *rows = _week(made.AWKWARD)
    assert len(rows) == len(document["rows"]) + 2
    titles = [text for _, text in header]
    first = len(titles) - len(document["indicators"])
    measures = [*(row["indicators"] for row in document["rows"]), document["totals"]]
    for row, expected in zip(rows, measures, strict=False):
        for (attrs, text), one in zip(row[first:], expected.values(), strict=True):
            assert attrs.get("data-v") == (None if one["value"] is None else repr(one["value"]))
            if one["value"] is None:
                assert text.strip() == "н/д"
                continue
            assert f"{one['numerator']} из {one['denominator']}" in text
            reached = "green" in (attrs["class"] or "")
            assert reached is one["reached"]
            assert ("ниже" in text) is not one["reached"]
    total_cells = [text for _, text in rows[-1]][first:]
    assert {text.strip() for text in total_cells} == {"1 из 4"}


def test_values_are_rounded_as_in_the_table_and_never_across_the_threshold() -> None:
    texts = [text for row in _week(made.AWKWARD) for _, text in row]
    assert any(text.strip().startswith("79,99!") for text in texts)
    assert any(text.strip().startswith("99,99!") for text in texts)
    assert any(text.strip().startswith("80,00") for text in texts)


def test_names_are_text_whatever_they_hold() -> None:
    for page in PAGES.values():
        assert "<b>a" not in page
        assert "<b>всё" not in page
        assert "\x1b" not in page
        assert "\u202e" not in page
    names = [text.strip() for row in _week(made.AWKWARD) for _, text in row]
    assert '=1+1;"<b>a\ufffdb</b>"\ufffd[x](https://x.ru) a@x.ru' in names
    assert "Лицей :school: \ufffd[2J\ufffdабв\ufffd" in names


def test_a_sample_and_what_is_incomplete_are_said_above_all() -> None:
    assert "ПРИМЕР: данные вымышлены" in PAGES["week.html"]
    assert "Посчитано не всё" in PAGES["report.html"]
    own = week_html(dataclasses.replace(made.AWKWARD, sample=False), RU)
    assert "banner" not in own.partition("<body>")[2]


@pytest.mark.parametrize("level", Level)
def test_a_level_without_rows_or_indicators_is_a_page_too(level: Level) -> None:
    empty = dataclasses.replace(made.AWKWARD, level=level, rows=())
    assert "Таких строк нет." in week_html(empty, RU)
    nothing = dataclasses.replace(empty, indicators=(), totals={}, problems=(), warnings=())
    assert "Все прочитанные строки учтены." in week_html(nothing, RU)


def test_without_a_comparison_there_is_no_change() -> None:
    page = week_html(dataclasses.replace(made.AWKWARD, compared=False), RU)
    assert "За неделю" not in page.partition("</style>")[2]


def test_a_bar_ends_at_a_hundred_and_shows_its_threshold() -> None:
    drawn = bar(made.measure("timely_homework", 3, 2), RU.red_below)
    assert drawn is not None
    assert (drawn.width, drawn.threshold, drawn.band) == ("200", "140", "green")
    assert bar(made.measure("timely_homework", 0, 0), RU.red_below) is None


def test_a_sparkline_breaks_where_there_is_no_value() -> None:
    drawn = line((0.0, 50.0, None, 100.0))
    assert drawn.pieces == ("3,19 33,11",)
    assert drawn.dots == (("93", "3"),)
    assert line((7.0, 7.0)).pieces == ("3,11 93,11",)
    assert line((None,)) == ((), ())
    assert line(()) == ((), ())


def test_what_is_sorted_by_is_a_number_where_there_is_one() -> None:
    _, first, second, *_ = Page(report_html(reported.AWKWARD, EN)).tables["rows-rows"]
    keys = [column.key for column in reported.ROWS]
    values = {key: attrs.get("data-v") for key, (attrs, _) in zip(keys, first, strict=True)}
    assert values == {
        "school_id": None,
        "school": None,
        "reason": None,
        "day": "20261118000000",
        "entered_at": "20261118235901",
        "over": "134",
        "lost": "3",
        "share": "12.5",
        "average": "3.996",
        "gain": "0.004",
        "timely_marks": "79.996",
        "open": None,
        "weeks": "100.0",
    }
    assert second[0][1].strip() == "2"


def test_a_state_is_marked_and_says_what_waits_and_what_moves() -> None:
    page = week_html(made.PARTIAL, RU)
    assert '<p class="banner" role="note">ЧАСТИЧНО: состояние на 18 ноября 2026 12:00</p>' in page
    assert "--set: Оценки в срок: порог теперь достигнут – 1: Лицей \ufffd[2J&lt;b&gt;" in page
    rows = Page(page).tables["rows"]
    for row in rows[1 : 1 + len(made.PARTIAL.rows)]:
        attrs, text = row[-1]
        assert text.strip() == "3/8"
        assert "data-v" not in attrs
        assert attrs["class"] == "m"


def test_without_a_moment_no_state_is_said() -> None:
    page = PAGES["week.html"]
    assert "ЧАСТИЧНО" not in page
    assert "--set" not in page


def test_the_page_of_a_folder_leads_to_its_files() -> None:
    files = [
        ["А#1 <b>.html", "А#1 <b>.letter.md", "А#1 <b>.xlsx"],
        *[[]] * (len(made.AWKWARD.rows) - 1),
    ]
    page = index_html(made.AWKWARD, files, Look())
    name = "%D0%90%231%20%3Cb%3E"
    assert f'<a href="{name}.html">страница</a> <a href="{name}.letter.md">письмо</a>' in page
    assert f'<a href="{name}.xlsx">книга</a>' in page
    assert page.count("не сделан") == len(files) - 1
    assert "Посчитано не всё" in page
