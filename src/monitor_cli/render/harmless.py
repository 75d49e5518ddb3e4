"""Text from outside made harmless: nothing that steers a terminal, turns text round or hides."""

from __future__ import annotations

import unicodedata

from monitor_cli.language import Words, words

REPLACEMENT = "\ufffd"
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Controls, bidi and zero-width characters, lone surrogates, line and paragraph separators."""


def is_unseen(character: str) -> bool:
    """Whether a character steers a terminal, turns text round, hides, or cannot be encoded."""
    return unicodedata.category(character) in _UNSEEN


def visible(text: str) -> str:
    """The text with every unseen character, line ends too, replaced by U+FFFD."""
    if text.isprintable():
        return text
    return "".join(REPLACEMENT if is_unseen(character) else character for character in text)


def visible_lines(text: str) -> str:
    """The same for a message of several lines: line feeds stay."""
    return "\n".join(visible(line) for line in text.split("\n"))


def quoted(text: str) -> Words:
    """A text from outside, made harmless, in the quotes of each language."""
    return words(f"«{visible(text)}»", f"“{visible(text)}”")
