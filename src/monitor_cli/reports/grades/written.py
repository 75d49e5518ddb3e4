"""What a mark says as it is written: «5/4», «4+», «н/а», «зач».

Source: `domain.md` of the journal: a cell may hold several marks joined by «/», and marks may carry
«+» or «-». Which words mean what is ours (`docs/decisions/0003-readings.md`, «Marks»).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from monitor_cli.language import normalised

LEAST, MOST = 1, 5
"""The scale of marks: a «1» is written in the journal, and stands with «2» in every count."""
FAILED = 2
"""A mark that is no higher is unsatisfactory."""
GOOD = 4
"""A mark that is no lower is good («качество»)."""

_MARK = re.compile(r"([1-5])(?:[.,]0+)?\s?[+\-−–]{0,2}")
_NOT_ATTESTED = frozenset(
    {"на", "н.а", "н.а.", "na", "неатт", "не атт", "не аттестован", "не аттестована"}
)
_PASSED = frozenset({"зач", "зачет", "зачтено", "зачт"})
_NOT_PASSED = frozenset({"незач", "не зач", "незачет", "не зачет", "незачтено", "не зачтено", "нз"})
_SLASHED = {"н/а": "на", "н/з": "нз", "n/a": "na"}
"""Words that have a slash of their own, which parts no marks."""


class Written(NamedTuple):
    """What a cell holds: marks of the five-point scale, and how many words of each kind.

    `other`: whatever else, a blank cell too: shown as a count, in no share and no average.
    """

    marks: tuple[int, ...] = ()
    passed: int = 0
    not_passed: int = 0
    not_attested: int = 0
    other: int = 0


def read(text: str | None) -> Written:
    """Read a cell of a column of marks.

    «4+», «4-» and «4,0» are a 4; «5/4» is two marks; «н/а» is no mark, nor is «зач».
    """
    folded = normalised(text or "")
    for word, whole in _SLASHED.items():
        folded = folded.replace(word, whole)
    marks: list[int] = []
    passed = not_passed = not_attested = other = 0
    for part in (one.strip() for one in folded.split("/")):
        bare = part.rstrip(".")
        if match := _MARK.fullmatch(part):
            marks.append(int(match[1]))
        elif bare in _PASSED:
            passed += 1
        elif bare in _NOT_PASSED:
            not_passed += 1
        elif part in _NOT_ATTESTED or bare in _NOT_ATTESTED:
            not_attested += 1
        else:
            other += 1
    return Written(tuple(marks), passed, not_passed, not_attested, other)
