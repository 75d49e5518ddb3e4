"""Russian and English words, side by side where they are used; how names are compared."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Language(StrEnum):
    """The language of everything said to a person; keys and columns are English in both."""

    RU = "ru"
    EN = "en"


class Words(NamedTuple):
    """One text in both languages: a missing translation is a type error."""

    ru: str
    en: str

    def said(self, language: Language) -> str:
        """The text in `language`."""
        return self.ru if language is Language.RU else self.en


def words(ru: str, en: str) -> Words:
    """Pair a Russian text with its English one."""
    return Words(ru, en)


def same(text: str) -> Words:
    """A text that is the same in both languages: a key, a path, a number."""
    return Words(text, text)


def plural_ru(count: int, one: str, few: str, many: str) -> str:
    """The Russian form of a noun after `count`: 1 школа, 2 школы, 5 школ."""
    if count % 10 == 1 and count % 100 != 11:
        return one
    if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14):
        return few
    return many


def normalised(text: str) -> str:
    """Fold a text for comparison: without case, «ё» as «е», blanks trimmed and runs made one."""
    return " ".join(text.casefold().replace("ё", "е").split())
