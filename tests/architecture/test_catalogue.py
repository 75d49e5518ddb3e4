"""What holds for every indicator, whoever adds it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from monitor_cli.indicators import BY_KEY, CATALOGUE
from monitor_cli.levels import Level

if TYPE_CHECKING:
    from monitor_cli.indicators.spec import Indicator
    from monitor_cli.language import Words

DOCS = Path(__file__).resolve().parents[2] / "docs"
KEYS = [
    "teacher_activation",
    "student_activation",
    "parent_activation",
    "parent_engagement",
    "teacher_esia",
    "teacher_category",
    "account_activation",
    "school_activity",
    "timetable_filling",
    "lesson_planning",
    "journal_keeping",
    "timely_marks",
    "timely_homework",
]

each = pytest.mark.parametrize("indicator", CATALOGUE, ids=lambda indicator: indicator.key)


def _cyrillic(text: str) -> bool:
    return any("а" <= letter <= "я" or letter == "ё" for letter in text.casefold())


def _in_both(text: Words) -> bool:
    """Whether the Russian is Russian and the English English, and neither is empty."""
    return _cyrillic(text.ru) and bool(text.en.strip()) and text.ru != text.en


def test_the_thirteen_stand_in_the_order_of_every_report() -> None:
    assert [indicator.key for indicator in CATALOGUE] == KEYS
    assert list(BY_KEY) == KEYS


@each
def test_its_key_is_the_name_of_its_function(indicator: Indicator) -> None:
    module = sys.modules[indicator.declare.__module__]
    assert indicator.declare.__name__ == indicator.key
    assert getattr(module, indicator.key) is indicator


@each
def test_it_has_its_words_in_both_languages(indicator: Indicator) -> None:
    said = {
        "title": indicator.title,
        "short": indicator.short,
        "description": indicator.description,
        "formula": indicator.formula,
        "source": indicator.source,
        "ours": indicator.ours,
    }
    said.update({extra.name: extra.title for extra in indicator.extras})
    assert [name for name, text in said.items() if not _in_both(text)] == []


@each
def test_its_short_title_fits_a_column(indicator: Indicator) -> None:
    assert max(map(len, indicator.short)) <= 16


@each
def test_it_is_there_from_the_region_down_to_the_school(indicator: Indicator) -> None:
    assert {Level.REGION, Level.MUNICIPALITY, Level.SCHOOL} <= indicator.levels


@each
def test_it_decides_by_columns_of_tables_that_it_may_read(indicator: Indicator) -> None:
    assert {evidence.table for evidence in indicator.evidence} <= set(indicator.reads)


@each
def test_it_stands_in_the_generated_documentation(indicator: Indicator) -> None:
    page = (DOCS / "indicators.md").read_text(encoding="utf-8")
    assert indicator.key in page
    assert indicator.title.ru in page
