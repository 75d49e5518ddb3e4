"""Where the header of a sheet stands, also one of two rows, as where cells are merged.

Source: `dump.md`, «preamble lines above the header and a totals row below are recognised».
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from monitor_cli.dump import furniture

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Heading:
    """The headers by column; the first and last row of the heading among those looked at."""

    headers: Mapping[int, str]
    first: int
    last: int
    known: int


def heading(rows: Sequence[Mapping[int, str]], known: Mapping[str, str]) -> Heading | None:
    """The row that names most columns of a table, or two rows that do so together.

    `rows`: texts by column, of rows that are not blank. `known`: normal header → column. Two rows
    are one heading where cells are merged: the lower name counts, the upper where there is none.
    A row of column numbers below belongs to it.
    """
    best: Heading | None = None
    for place, row in enumerate(rows):
        both = {**rows[place - 1], **row} if place else row
        for headers, first in ((row, place), (both, place - 1)):
            count = furniture.named(headers.values(), known)
            if best is None or count > best.known:
                best = Heading(headers, first, place, count)
    if best is not None and best.last + 1 < len(rows):
        below = rows[best.last + 1]
        if furniture.is_numbering([below.get(column, "") for column in sorted(best.headers)]):
            return replace(best, last=best.last + 1)
    return best
