"""Two languages side by side, and the grammar of Russian plurals."""

from __future__ import annotations

import pytest

from monitor_cli.language import Language, plural_ru, same, words


def test_words_are_said_in_the_language_asked_for() -> None:
    pair = words("школа", "school")
    assert (pair.said(Language.RU), pair.said(Language.EN)) == ("школа", "school")
    assert same("timely_marks") == words("timely_marks", "timely_marks")


@pytest.mark.parametrize(
    ("count", "noun"),
    [
        (0, "школ"),
        (1, "школа"),
        (2, "школы"),
        (4, "школы"),
        (5, "школ"),
        (11, "школ"),
        (12, "школ"),
        (14, "школ"),
        (21, "школа"),
        (22, "школы"),
        (111, "школ"),
        (1001, "школа"),
    ],
)
def test_russian_plurals(count: int, noun: str) -> None:
    assert plural_ru(count, "школа", "школы", "школ") == noun
