"""Names that are nearly the same: work types beside tracked ones, subjects in several spellings."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from monitor_cli.language import normalised

if TYPE_CHECKING:
    from collections.abc import Iterable

_ALIKE = 0.8
"""From here on, by the share of letters in the same order, two names may be one misspelt."""
_SHORTEST = 3
"""A beginning of fewer letters abbreviates nothing."""
_WORD = re.compile(r"\w+")


def near(name: str, others: Iterable[str]) -> str | None:
    """Which of `others` a name looks like without being it; the nearest, `None` for none.

    A name looks like another one when all words of one stand in the other, in the same order,
    abbreviated («Отв. на уроке») or not, or when nearly all letters are the same.
    """
    text = normalised(name)
    known = {normalised(other): other for other in others}
    if text in known:
        return None
    alike = [
        (SequenceMatcher(None, text, other, autojunk=False).ratio(), shown)
        for other, shown in known.items()
        if _is_like(text, other)
    ]
    return max(alike)[1] if alike else None


def _is_like(one: str, other: str) -> bool:
    mine, theirs = _WORD.findall(one), _WORD.findall(other)
    if not mine or not theirs:
        return False
    if _stands_in(mine, theirs) or _stands_in(theirs, mine):
        return True
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE


def _stands_in(few: list[str], many: list[str]) -> bool:
    """Whether each of few words, or a word that it abbreviates, is in `many`, in their order."""
    rest = iter(many)
    return all(any(_is_word(word, other) for other in rest) for word in few)


def _is_word(word: str, other: str) -> bool:
    """Whether two words are equal or one is the beginning of the other."""
    short, long = sorted((word, other), key=len)
    return short == long or (len(short) >= _SHORTEST and long.startswith(short))


def spelled_variously(names: Iterable[str]) -> list[tuple[str, ...]]:
    """The names that are one but for case, «ё» and blanks, each group in order."""
    spellings: dict[str, set[str]] = {}
    for name in names:
        spellings.setdefault(normalised(name), set()).add(name)
    return [tuple(sorted(group)) for _, group in sorted(spellings.items()) if len(group) > 1]
