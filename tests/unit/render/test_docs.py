"""The catalogue as text, JSON and Markdown, and the generated page."""

from __future__ import annotations

import pytest

from monitor_cli.indicators import CATALOGUE
from monitor_cli.language import Language
from monitor_cli.render import docs
from monitor_cli.settings import INDICATOR_KEYS, Settings, load_settings
from tests.documents import parsed

RULES = Settings()


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", docs.FORMATS)
def test_every_indicator_is_in_every_format(name: str, language: Language) -> None:
    text = docs.FORMATS[name](CATALOGUE, RULES, language, None)
    assert text.endswith("\n")
    for item in CATALOGUE:
        assert item.key in text
        assert item.title.said(language) in text


def test_one_indicator_is_told_in_full() -> None:
    (marks,) = (item for item in CATALOGUE if item.key == "timely_marks")
    text = docs.as_table([marks], RULES, Language.RU, 70)
    assert max(map(len, text.split("\n"))) <= 70
    assert "80 % (заглушка" in text
    assert "ceiling" in text


def test_the_threshold_is_the_configs() -> None:
    own = load_settings(assignments=["thresholds.timely_marks=91.5"], environ={})
    text = docs.as_table(CATALOGUE, own, Language.RU)
    (line,) = (line for line in text.split("\n") if "timely_marks" in line)
    assert "≥ 91,5 " in line


def test_json() -> None:
    document = parsed(docs.as_json(CATALOGUE, RULES, Language.EN))
    assert document["schema"] == "monitor.indicators/1"
    assert [item["key"] for item in document["indicators"]] == list(INDICATOR_KEYS)
    assert {item["threshold"] for item in document["indicators"]} == {70.0, 80.0, 95.0, 100.0}
