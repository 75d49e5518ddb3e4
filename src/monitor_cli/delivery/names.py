"""What the files of a report are called: legible, unique, and allowed on every system."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from monitor_cli.language import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from monitor_cli.language import Language

NAMELESS = words("без названия", "without a name")
_FORBIDDEN = frozenset('<>:"/\\|?*')
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", "index", "manifest", "week"}
    | {f"{port}{number}" for port in ("com", "lpt") for number in range(10)}
)
"""Devices of Windows, and the names of the files that are there for all municipalities."""
_MOST_BYTES = 180
"""Of a name without its suffix: 255 is what file systems take, and temporary names are longer."""


def file_names(
    places: Iterable[Mapping[str, object]], keys: Sequence[str], language: Language
) -> list[str]:
    """A name a place, without a suffix: what it is called, with what tells namesakes apart.

    Args:
        places: the key columns of the places, in the order of the output.
        keys: from the place's own name up: of those of one name the next key is added, then a
            number. Case does not tell names apart, as it does not on Windows.
        language: of what a place without a name is called.
    """
    told = [[legible(_text(place[key]), language) for key in keys] for place in places]
    names = [one[0] for one in told]
    for depth in range(1, len(keys)):
        shared = _shared(names)
        for at, one in enumerate(told):
            if _folded(names[at]) in shared:
                names[at] = _cut(f"{names[at]} ({one[depth]})")
    taken: set[str] = set()
    for at, name in enumerate(names):
        number, unique = 2, name
        while _folded(unique) in taken:
            unique, number = f"{_cut(name, _MOST_BYTES - 8)} ({number})", number + 1
        names[at] = unique
        taken.add(_folded(unique))
    return names


def legible(text: str, language: Language) -> str:
    """The text as a file's name: what a system forbids or a reader cannot see is replaced."""
    normal = unicodedata.normalize("NFC", text)
    plain = "".join(
        "_" if character in _FORBIDDEN or unicodedata.category(character)[0] == "C" else character
        for character in normal
    )
    # Nor blanks, dots or a dash at an end: Windows drops the former, a shell reads an option.
    kept = _cut(" ".join(plain.split()).strip(" .").lstrip("-"))
    if not kept.strip("_ "):
        kept = NAMELESS.said(language)
    if kept.split(".")[0].casefold() in _RESERVED:
        kept = f"{kept}_"
    return kept


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _cut(name: str, most: int = _MOST_BYTES) -> str:
    """The name cut at a character's end so that its UTF-8 is not longer than a system takes."""
    return name.encode()[:most].decode(errors="ignore").rstrip(" .")


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _shared(names: Sequence[str]) -> frozenset[str]:
    """Those, folded, that several places bear."""
    folded = [_folded(name) for name in names]
    return frozenset(name for name in folded if folded.count(name) > 1)
