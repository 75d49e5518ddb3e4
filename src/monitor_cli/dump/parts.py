"""A part of a table: a file or a sheet that holds rows of it, and the format it is read in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from monitor_cli.dump.sources import Source

if TYPE_CHECKING:
    from pathlib import Path

    from monitor_cli.columns import Table


DELTA_LOG = "_delta_log"
"""The folder that makes a Delta table of the folder around it."""


class Format(StrEnum):
    """A format in which a part of a table is read."""

    CSV = "CSV"
    PARQUET = "Parquet"
    WORKBOOK = "workbook"
    JSON = "JSON"
    REMOTE = "Parquet elsewhere"


@dataclass(frozen=True, slots=True)
class Part:
    """A file, or a sheet of one, that holds rows of a table.

    `path` is how messages call it; `hive` are the `name=value` levels of its path; `source` is
    where its bytes are (None: at `path`); `sheet` is the place of its sheet in a workbook (None:
    the one visible sheet that bears the headers of the table). `beside` are the files of a dump of
    JSON that name kinds of work. `address` is where its bytes are, if not on this machine.
    """

    table: Table
    path: Path
    format: Format
    hive: tuple[tuple[str, str | None], ...] = ()
    source: Source | None = None
    sheet: int | None = None
    beside: tuple[tuple[Source, Path], ...] = ()
    address: str = ""

    @property
    def sheet_name(self) -> str | None:
        """What its sheet is called, if it is the sheet of a workbook that holds several."""
        book = None if self.source is None else self.source.book
        return None if book is None or self.sheet is None else book.sheets[self.sheet].name

    @property
    def bytes_at(self) -> Source:
        """Where its bytes are."""
        return self.source or Source(self.path)
