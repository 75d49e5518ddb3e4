"""A part of a table as it was read, before any value is typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

    from monitor_cli.dump.find import Part


@dataclass(frozen=True, slots=True)
class Raw:
    """The rows of a part, in the order of the file.

    `frame`: the asked-for columns that the file holds, under their canonical names, as String
    (CSV) or in the file's own types (Parquet); null or blank is no value. `columns`: every column
    of the table that the file holds. `headers`: as they stand in the file. `ragged`: rows of the
    file that are not in the frame. `line`: the line (Parquet: the row) of a row of the frame.
    """

    part: Part
    frame: pl.DataFrame
    columns: frozenset[str]
    headers: tuple[str, ...]
    line: Callable[[int], int]
    ragged: int = 0
