"""What validating a dump hands to every renderer: rows with a fault, verdicts, remarks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Effect(StrEnum):
    """What becomes of a row with a fault."""

    SET_ASIDE = "set_aside"
    """Its content is lost to the figures."""
    REPEATED = "repeated"
    """Another row says the same: the rows are one."""
    USED = "used"
    """It counts, but for the cell at fault."""


class Place(NamedTuple):
    """A row of a dump: the path of its file below the dump, and its line (Parquet: its row)."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A row with a fault.

    `columns`: those at fault, or the key of a row that repeats or shares one. `value`: their text
    as in the file, shortened and without control characters. `stands`: the row that counts
    instead. `fields`: how many the line has and how many the header (None: broken quotes).
    """

    line: int
    columns: tuple[str, ...] = ()
    value: str = ""
    stands: Place | None = None
    fields: tuple[int | None, int] | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """The rows of a file with one fault: how many, and the first of them in the order of lines."""

    table: str
    code: str
    effect: Effect
    file: str
    rows: int
    findings: tuple[Finding, ...]
