"""Which file of a dump is which part of which table, by name alone.

Source: `dump.md`, «A **table** is found by name», and its last passage on copies and Delta tables.
"""

from __future__ import annotations

import re
import stat
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import unquote

from monitor_cli.dump import aliases, faults

if TYPE_CHECKING:
    from pathlib import Path

    from monitor_cli.columns import Table


class Format(StrEnum):
    """A format in which a part of a table is read."""

    CSV = "CSV"
    PARQUET = "Parquet"
    JSON = "JSON"


_READ = {
    ".csv": Format.CSV,
    ".tsv": Format.CSV,
    ".parquet": Format.PARQUET,
    ".json": Format.JSON,
    ".ndjson": Format.JSON,
    ".jsonl": Format.JSON,
}
_UNREAD = {
    ".csv.gz": "CSV.GZ",
    ".csv.zst": "CSV.ZST",
    ".xlsx": "XLSX",
    ".xlsm": "XLSM",
    ".xls": "XLS",
    ".zip": "ZIP",
}
_COPY = re.compile(r"\(\d+\)|(?<![^\W_])(?:копия|copy|old|backup)(?![^\W_])|^~\$", re.IGNORECASE)
_NO_VALUE = "__HIVE_DEFAULT_PARTITION__"


@dataclass(frozen=True, slots=True)
class Part:
    """A file that holds rows of a table; `hive` are the `name=value` levels of its path."""

    table: Table
    path: Path
    format: Format
    hive: tuple[tuple[str, str | None], ...] = ()


@dataclass(slots=True)
class Found:
    """What a dump holds: parts in the order of their paths, copies, other formats, all names.

    `unnamed` are files of a format that may hold a table, and that are named after none.
    """

    parts: dict[Table, list[Part]] = field(default_factory=dict)
    copies: list[str] = field(default_factory=list)
    unnamed: list[str] = field(default_factory=list)
    unread: dict[Table, list[tuple[Path, str]]] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Place:
    """A folder on the way down: the table that it or a folder above is named after."""

    table: Table | None = None
    hive: tuple[tuple[str, str | None], ...] = ()


def find(path: Path) -> Found:
    """Look through a folder (or at a single file).

    Raises:
        DumpError: nothing there, a folder that cannot be opened, a Delta table, the same part of
            a table in two formats.
    """
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
    except FileNotFoundError as error:
        raise faults.no_such_path(path) from error
    except OSError as error:
        raise faults.unreadable(path, error) from error
    if is_folder:
        search = _Search(path)
        search.folder(path, _Place(), frozenset())
    else:
        search = _Search(path.parent)
        search.file(path, _Place())
    return search.found


@dataclass(slots=True)
class _Search:
    """A walk below `root`; `identities` are the parts met so far, whatever their format."""

    root: Path
    found: Found = field(default_factory=Found)
    identities: dict[tuple[Path, Table, str], tuple[Path, str]] = field(default_factory=dict)

    def folder(self, folder: Path, place: _Place, above: frozenset[tuple[int, int]]) -> None:
        """Look through a folder; a link back to a folder above is not followed."""
        try:
            status = folder.stat()
            inside = sorted(folder.iterdir())
        except OSError as error:
            raise faults.unreadable(folder, error) from error
        here = (status.st_dev, status.st_ino)
        if here in above:
            return
        for path in inside:
            if path.name == "_delta_log":
                raise faults.delta_table(folder)
            if path.name.startswith((".", "_")):
                continue
            if not path.is_dir():
                self.file(path, place)
            elif _COPY.search(_composed(path.name)):
                self.found.copies.append(f"{path.relative_to(self.root)}/")
            else:
                self.folder(path, _below(place, path.name), above | {here})

    def file(self, path: Path, place: _Place) -> None:
        """Note a file: as a part, as a copy, as a format that is not read, or only as seen."""
        name = _composed(path.name)
        shown = str(path.relative_to(self.root))
        self.found.seen.append(shown)
        suffix = _suffix(name)
        if suffix is None:
            return
        if _COPY.search(name):
            self.found.copies.append(shown)
            return
        stem = name[: -len(suffix)]
        table, rest = aliases.table_of(stem) or (place.table, stem)
        if table is None:
            self.found.unnamed.append(shown)
            return
        kind = str(_READ.get(suffix) or _UNREAD[suffix])
        other, its_kind = self.identities.setdefault((path.parent, table, rest), (path, kind))
        if its_kind != kind:
            raise faults.two_formats(table, (other, path))
        if suffix in _UNREAD:
            self.found.unread.setdefault(table, []).append((path, kind))
        else:
            part = Part(table, path, _READ[suffix], place.hive)
            self.found.parts.setdefault(table, []).append(part)


def _below(place: _Place, name: str) -> _Place:
    """What a folder's own name adds: a hive level, or the table that all of it belongs to."""
    key, equals, value = name.partition("=")
    if equals:
        pair = (key, None if value == _NO_VALUE else unquote(value))
        return _Place(place.table, (*place.hive, pair))
    named = aliases.table_of(re.sub(r"\.(?:parquet|csv)$", "", name, flags=re.IGNORECASE))
    if named and not named[1]:
        return _Place(named[0], place.hive)
    return place


def _suffix(name: str) -> str | None:
    """The suffix that tells a format, in lower case."""
    lower = name.lower()
    return next((suffix for suffix in (*_UNREAD, *_READ) if lower.endswith(suffix)), None)


def _composed(name: str) -> str:
    """A file name with its letters composed: й may come as two characters."""
    return unicodedata.normalize("NFC", name)
