"""A part of a table as it was read, before any value is typed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

    from monitor_cli.dump.parts import Part

LISTED = 1_000
"""Rows that are named one by one for each file and reason; the others are only counted."""


class Broken(NamedTuple):
    """A row that is not in the frame: its first line, its fields (None: its quotes are broken).

    `again`: it is the header once more. `unread`: a row of a sheet with a cell without a value.
    """

    line: int
    fields: int | None
    again: bool = False
    unread: bool = False


class Around:
    """The lines of a file that are no rows: the preamble above its header, totals at its end.

    All pieces of a file share it; it is whole when the last of them has been read.
    """

    __slots__ = ("above", "totals")

    def __init__(self) -> None:
        """Nothing has been met yet."""
        self.above: tuple[int, ...] = ()
        self.totals: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Raw:
    """The rows of a part, in the order of the file.

    `frame`: the asked-for columns that the file holds, under their canonical names, as String
    (CSV, sheets, JSON) or in the file's own types (Parquet); null or blank is no value. `columns`:
    every column of the table that the file holds. `headers`: as they stand in the file. `line`: the
    line (Parquet, sheet: the row) of a row of the frame. `ragged`: rows of the file that are not in
    the frame, `again`: others that are not, as they repeat the header, `unread`: as the workbook
    does not hold the value of one of their cells; `broken`: the first of all of them.
    `around`: what of the file is no table.
    """

    part: Part
    frame: pl.DataFrame
    columns: frozenset[str]
    headers: tuple[str, ...]
    line: Callable[[int], int]
    ragged: int = 0
    again: int = 0
    broken: tuple[Broken, ...] = ()
    unread: int = 0
    around: Around = field(default_factory=Around)
