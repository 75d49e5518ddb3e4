"""The words of invented dumps, from `words.toml`; what the tables hold is said in Russian."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

PRIMARY_POST = "учитель начальных классов"
LANGUAGE = "Иностранный язык (английский)"
INFORMATICS = "Информатика"


@dataclass(frozen=True, slots=True)
class Post:
    """A post: what it teaches, for how many classes there is one; whether primary classes too."""

    name: str
    subjects: tuple[str, ...]
    classes: int
    primary: bool


@dataclass(frozen=True, slots=True)
class WordList:
    """All words. `men`: a man's name and the patronymics of his son and daughter."""

    surnames: tuple[str, ...]
    men: tuple[tuple[str, str, str], ...]
    women: tuple[str, ...]
    places: dict[str, list[str]]
    hours: dict[int, dict[str, int]]
    posts: tuple[Post, ...]
    topics: dict[str, list[str]]
    homework: tuple[str, ...]
    comments: tuple[str, ...]

    @property
    def subjects(self) -> tuple[str, ...]:
        """Every subject, in the order of the topics."""
        return tuple(self.topics)


@cache
def word_list() -> WordList:
    """Read the words once."""
    path = Path(__file__).resolve().parent / "words.toml"
    read: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    return WordList(
        surnames=tuple(read["surnames"]),
        men=tuple((name, son, daughter) for name, son, daughter in read["men"]),
        women=tuple(read["women"]),
        places=read["places"],
        hours={int(parallel): hours for parallel, hours in read["hours"].items()},
        posts=tuple(
            Post(
                about["post"],
                tuple(about["subjects"]),
                about["classes"],
                about.get("primary", False),
            )
            for about in read["posts"]
        ),
        topics=read["topics"],
        homework=tuple(read["homework"]),
        comments=tuple(read["comments"]),
    )
