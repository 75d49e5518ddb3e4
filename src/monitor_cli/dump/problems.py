"""Why a row of a dump is not used as it stands, and how many rows that concerns."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING

from monitor_cli.columns import Table
from monitor_cli.result import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

ROW = "__row"
"""UInt32: the place of a row among those of all parts, in the order of paths, then lines."""
FAULT = "__fault"
"""String: the reason against a row and the column at fault, a blank between; null: no fault."""


class Reason(StrEnum):
    """The one reason under which a row is not used.

    Source: `dump.md`, «What can be wrong with it, and what happens».
    """

    RAGGED_LINE = "ragged_line"
    """A CSV row with fewer or more cells than the header, or with broken quotes."""
    REPEATED_HEADER = "repeated_header"
    """The header of the file once more, as where files were joined."""
    UNREAD_CELL = "unread_cell"
    """A row of a sheet with an error (#REF!) or a formula that the workbook holds no value of."""
    MISSING_VALUE = "missing_value"
    """An id of the key, or a value that the row cannot do without, is empty."""
    BAD_TIMESTAMP = "bad_timestamp"
    """An event time or a lesson's hour does not parse, or does not exist on the clock."""
    BAD_DATE = "bad_date"
    """A day does not parse, or lies outside 1900–2100."""
    BAD_VALUE = "bad_value"
    """An unknown status, or a yes/no or a number that does not parse."""
    REPEATED = "repeated"
    """The row equals another one in every column; the rows are one."""
    DUPLICATE_KEY = "duplicate_key"
    """Another, later row bears the same key and says something else."""
    UNKNOWN_REFERENCE = "unknown_reference"
    """The row belongs to a school, class or lesson that no used row describes."""

    @property
    def sets_aside(self) -> bool:
        """Whether the row's content is lost to the figures (a repetition's is not)."""
        return self is not Reason.REPEATED


Tally = Counter[Reason]


def listed(tallies: Mapping[Table, Tally]) -> tuple[Problem, ...]:
    """All problems with rows, in the order of the tables, then by reason."""
    return tuple(
        Problem(table.value, reason.value, tallies[table][reason])
        for table in Table
        if table in tallies
        for reason in sorted(tallies[table])
        if tallies[table][reason]
    )


def set_aside(tally: Tally) -> int:
    """How many rows are lost to the figures."""
    return sum(rows for reason, rows in tally.items() if reason.sets_aside)
