"""What a snapshot knows of itself: its files, and what became of the rows of each dump."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from monitor_cli.columns import Table
from monitor_cli.language import Words
from monitor_cli.result import Notice

if TYPE_CHECKING:
    from collections.abc import Mapping

MIDNIGHT, TIMED = "midnight", "timed"


@dataclass(frozen=True, slots=True)
class File:
    """A file of a table: its path in the snapshot, its week (None: a register), rows, bytes."""

    path: str
    table: Table
    week: date | None
    rows: int
    size: int


@dataclass(frozen=True, slots=True)
class TableCounts:
    """What a dump held of a table, and what became of it: used + repeated + set aside = read.

    `stamps`: for each event with values, whether all were written as midnight.
    `problems`: reason → rows.
    """

    columns: tuple[str, ...]
    stamps: Mapping[str, str]
    read: int
    used: int
    repeated: int
    set_aside: int
    problems: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Source:
    """A dump that was imported; `number` is its own throughout the dataset."""

    number: int
    snapshot: int
    source_tz: str
    sample: bool
    tables: Mapping[Table, TableCounts]
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """A snapshot: when it was made (aware), by which default zone, of what it consists.

    `text_ids`: the kinds of ids that are text (`ID_DOMAINS`); the others are Int64.
    """

    number: int
    imported_at: datetime
    timezone: str
    text_ids: frozenset[str]
    sources: tuple[Source, ...]
    files: tuple[File, ...]

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables that some dump has brought."""
        brought = {table for source in self.sources for table in source.tables}
        return tuple(table for table in Table if table in brought)

    @property
    def sample(self) -> bool:
        """Whether invented rows are among them."""
        return any(source.sample for source in self.sources)

    def of(self, table: Table) -> list[File]:
        """The files of a table, in order of their weeks and names."""
        return [file for file in self.files if file.table is table]

    def to_json(self, format_: str) -> dict[str, Any]:
        """As JSON can hold it; the format stands first."""
        return {
            "format": format_,
            "snapshot": self.number,
            "imported_at": self.imported_at.isoformat(),
            "timezone": self.timezone,
            "text_ids": sorted(self.text_ids),
            "sources": [_source_to_json(source) for source in self.sources],
            "files": [
                {
                    "path": file.path,
                    "table": file.table.value,
                    "week": file.week.isoformat() if file.week else None,
                    "rows": file.rows,
                    "size": file.size,
                }
                for file in self.files
            ],
        }

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Manifest:
        """From what `to_json` gave.

        Raises:
            KeyError, TypeError, ValueError, AttributeError: it is something else.
        """
        imported_at = datetime.fromisoformat(document["imported_at"])
        if imported_at.tzinfo is None:
            message = "imported_at has no offset"
            raise ValueError(message)
        return cls(
            number=int(document["snapshot"]),
            imported_at=imported_at,
            timezone=str(document["timezone"]),
            text_ids=frozenset(document["text_ids"]),
            sources=tuple(_source_from_json(source) for source in document["sources"]),
            files=tuple(
                File(
                    str(file["path"]),
                    Table(file["table"]),
                    date.fromisoformat(file["week"]) if file["week"] else None,
                    int(file["rows"]),
                    int(file["size"]),
                )
                for file in document["files"]
            ),
        )


def _source_to_json(source: Source) -> dict[str, Any]:
    return {
        "number": source.number,
        "snapshot": source.snapshot,
        "source_tz": source.source_tz,
        "sample": source.sample,
        "tables": {table.value: asdict(counts) for table, counts in source.tables.items()},
        "notices": [
            {
                "code": notice.code,
                "ru": notice.message.ru,
                "en": notice.message.en,
                "place": notice.place,
                "target": notice.target,
                "rows": notice.rows,
            }
            for notice in source.notices
        ],
    }


def _source_from_json(document: Mapping[str, Any]) -> Source:
    return Source(
        number=int(document["number"]),
        snapshot=int(document["snapshot"]),
        source_tz=str(document["source_tz"]),
        sample=bool(document["sample"]),
        tables={
            Table(name): TableCounts(**{**counts, "columns": tuple(counts["columns"])})
            for name, counts in document["tables"].items()
        },
        notices=tuple(
            Notice._make(
                (
                    one["code"],
                    Words(one["ru"], one["en"]),
                    one["place"],
                    one["target"],
                    one["rows"],
                )
            )
            for one in document["notices"]
        ),
    )
