"""Which file of a dump is which part of which table, by name alone.

Source: `dump.md`, «A **table** is found by name», and its last passage on copies and Delta tables.
"""

from __future__ import annotations

import re
import stat
import unicodedata
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from monitor_cli.dump import aliases, faults, file_faults
from monitor_cli.dump.parts import DELTA_LOG, Format, Part
from monitor_cli.dump.sources import Source, Spool, opened
from monitor_cli.language import words
from monitor_cli.result import Notice
from monitor_cli.settings import places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor_cli.columns import Table


_ZIP = ".zip"
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
_TEXTS = (".csv", ".tsv")
_JSON = (".json", ".ndjson", ".jsonl")
_PACKED = (".gz", ".zst")
_READ = {
    **{text + packed: Format.CSV for text in _TEXTS for packed in _PACKED},
    **dict.fromkeys(_TEXTS, Format.CSV),
    **{text + packed: Format.JSON for text in _JSON for packed in _PACKED},
    **dict.fromkeys(_JSON, Format.JSON),
    ".parquet": Format.PARQUET,
}
_UNREAD = (".xlsb", ".rar", ".7z", ".tar", ".tar.gz", ".tgz")
_SUFFIXES = sorted((*_READ, *_WORKBOOKS, *_UNREAD, _ZIP), key=len, reverse=True)
_WORK_TYPES = ("work-types", "work types", "worktypes")
"""Normal names of files of JSON that name kinds of work by their ids."""
_COPY = re.compile(r"\(\d+\)|(?<![^\W_])(?:копия|copy|old|backup)(?![^\W_])|^~\$", re.IGNORECASE)
_NO_VALUE = "__HIVE_DEFAULT_PARTITION__"


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
    hidden: list[str] = field(default_factory=list)

    @property
    def notices(self) -> list[Notice]:
        """The warning that names hidden sheets, which are not read."""
        if not self.hidden:
            return []
        names = faults.enumerated(self.hidden)
        return [
            Notice(
                "not_read",
                words(f"Скрытые листы не прочитаны: {names}", f"Not read, as hidden: {names}"),
            )
        ]


@dataclass(frozen=True, slots=True)
class _Place:
    """A folder on the way down: the table that it or a folder above is named after."""

    table: Table | None = None
    hive: tuple[tuple[str, str | None], ...] = ()


def find(path: Path) -> Found:
    """Look through a folder, an archive or a workbook, or at a single file; `-` is standard input.

    Raises:
        DumpError: nothing there, something that cannot be opened, a Delta table, the same part of
            a table in two formats, a link or a name that leads out of the dump.
    """
    if str(path) == places.STDIN:
        from monitor_cli.dump import sniffing

        source, shown = sniffing.standard_input()
        return _single(source, shown)
    address = places.address_of(path)
    if address is not None:
        return _elsewhere(address)
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
    except FileNotFoundError as error:
        raise faults.no_such_path(path) from error
    except OSError as error:
        raise faults.unreadable(path, error) from error
    if not is_folder:
        return _single(Source(path), path)
    search = _Search(path)
    search.folder(path, _Place(), frozenset())
    return search.finished()


def _elsewhere(address: str) -> Found:
    """The tables at an address."""
    from monitor_cli.dump import remote

    found = Found()
    for table, file in remote.addresses(address):
        part = Part(table, Path(file), Format.REMOTE, address=file)
        found.parts[table] = [part]
        found.seen.append(faults.shown_path(part.path))
    return found


def _single(source: Source, shown: Path) -> Found:
    """Look at a single file, by its name or, where that says nothing, by its first bytes."""
    search = _Search(shown.parent)
    suffix = _suffix(_composed(shown.name))
    if suffix is None:
        from monitor_cli.dump import sniffing

        suffix = sniffing.suffix_of(source, shown)
    search.file(shown, _Place(), source, suffix)
    return search.finished()


@dataclass(slots=True)
class _Search:
    """A walk below `root`.

    `identities` are the parts met so far, whatever their format; `naming`, files of JSON that name
    kinds of work.
    """

    root: Path
    found: Found = field(default_factory=Found)
    identities: dict[tuple[Path, Table, str], tuple[Path, str]] = field(default_factory=dict)
    naming: list[tuple[Source, Path]] = field(default_factory=list)

    def finished(self) -> Found:
        """What was found; the parts of JSON know the files that name kinds of work."""
        beside = tuple(self.naming)
        for parts in self.found.parts.values():
            parts[:] = [
                replace(part, beside=beside) if part.format is Format.JSON else part
                for part in parts
            ]
        return self.found

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
        if any(path.name == DELTA_LOG for path in inside):
            self._delta(folder, place)
            return
        for path in inside:
            if path.name.startswith((".", "_")):
                continue
            if not path.is_dir():
                self.file(path, place)
            elif _COPY.search(_composed(path.name)):
                self.found.copies.append(f"{path.relative_to(self.root)}/")
            else:
                self._stay_inside(path)
                self.folder(path, _below(place, path.name), above | {here})

    def file(
        self, path: Path, place: _Place, source: Source | None = None, suffix: str | None = None
    ) -> None:
        """Note a file: as parts, as a copy, as a format that is not read, or only as seen.

        `source` is where its bytes are, if not at `path`; `suffix` tells its format, if its name
        does not.
        """
        name = _composed(path.name)
        self.found.seen.append(str(path.relative_to(self.root)))
        stem = name
        if suffix is None or name.lower().endswith(suffix):
            suffix = _suffix(name)
            if suffix is None:
                return
            stem = name[: -len(suffix)]
        if _is_copy(name):
            self.found.copies.append(str(path.relative_to(self.root)))
            return
        table, rest = aliases.table_of(stem) or (place.table, stem)
        if suffix in {_ZIP, *_WORKBOOKS} or table is not None:
            self._stay_inside(path, source)
        here, source = _Place(table, place.hive), source or Source(path)
        if suffix == _ZIP:
            self._archive(path, here, source)
        elif _READ.get(suffix) is Format.JSON:
            self._json(path, here, source, (stem, rest, suffix))
        elif suffix in _WORKBOOKS:
            if table is not None:
                self._claim((path.parent, table, rest), path, suffix)
            self._workbook(path, here, source, suffix)
        elif table is not None:
            self._claim((path.parent, table, rest), path, suffix)
            self._table(Part(table, path, _READ.get(suffix, Format.CSV), here.hive, source), suffix)
        else:
            self.found.unnamed.append(str(path.relative_to(self.root)))

    def _table(self, part: Part, suffix: str) -> None:
        if suffix in _UNREAD:
            kind = suffix[1:].upper()
            self.found.unread.setdefault(part.table, []).append((part.path, kind))
        else:
            self._add(part)

    def _archive(self, path: Path, place: _Place, source: Source) -> None:
        """Look through an archive as through a folder; one inside another is refused."""
        from monitor_cli.dump.archive import Archive

        if source.archive is not None:
            raise file_faults.archive_in_archive(path)
        with _refusing(path):
            archive = Archive(source.file, path)
        order = sorted(range(len(archive.members)), key=lambda n: archive.members[n].levels)
        for number in order:
            levels = archive.members[number].levels
            if any(level.startswith((".", "_")) and level != DELTA_LOG for level in levels):
                continue
            shown = path.joinpath(*levels)
            if DELTA_LOG in levels:
                raise file_faults.delta_in_archive(path)
            copy = next((n for n, level in enumerate(levels[:-1]) if _is_copy(level)), None)
            if copy is not None:
                folder = f"{path.joinpath(*levels[: copy + 1]).relative_to(self.root)}/"
                if folder not in self.found.copies:
                    self.found.copies.append(folder)
                continue
            below = place
            for level in levels[:-1]:
                below = _below(below, _composed(level))
            self.file(shown, below, Source(source.file, archive, number, source.keep))

    def _workbook(self, path: Path, place: _Place, source: Source, suffix: str) -> None:
        """Note the sheets of a workbook that are named after tables, else the workbook itself."""
        from monitor_cli.dump import workbooks

        with _refusing(path):
            if source.archive is not None:
                spool = Spool()
                with opened(source, path) as stream:
                    source = Source(spool.keep(stream, path, suffix), keep=spool)
            book = workbooks.opened(source, path)
            source = replace(source, book=book)
        parts, others = [], []
        for number, sheet in enumerate(book.sheets):
            shown = f"{path.relative_to(self.root)}: {sheet.name}"
            self.found.seen.append(shown)
            table = aliases.table_of(_composed(sheet.name))
            if table is None:
                others += [] if sheet.hidden else [shown]
            elif _is_copy(_composed(sheet.name)):
                self.found.copies.append(shown)
            elif sheet.hidden:
                self.found.hidden.append(shown)
            else:
                self._claim((path.with_suffix(""), *table), path, suffix)
                part = Part(table[0], path, Format.WORKBOOK, place.hive, source, number)
                parts.append(part)
        if not parts and place.table is not None:
            parts = [Part(place.table, path, Format.WORKBOOK, place.hive, source)]
        else:
            self.found.unnamed += others
        for part in parts:
            self._add(part)

    def _json(self, path: Path, place: _Place, source: Source, named: tuple[str, str, str]) -> None:
        """Note a file of JSON: a table's, or one that names kinds of work."""
        stem, rest, suffix = named
        if aliases.normal(stem).startswith(_WORK_TYPES):
            self.naming.append((source, path))
        elif place.table is not None:
            self._claim((path.parent, place.table, rest), path, suffix)
            self._add(Part(place.table, path, Format.JSON, place.hive, source))
        else:
            self.found.unnamed.append(str(path.relative_to(self.root)))

    def _delta(self, folder: Path, place: _Place) -> None:
        """Note the files that make up a Delta table, if the folder is named after a table."""
        self.found.seen.append(f"{folder.name}/")
        named = aliases.table_of(_composed(folder.name))
        table = place.table or (named[0] if named else None)
        if table is None:
            self.found.unnamed.append(f"{folder.name}/")
            return
        from monitor_cli.dump import delta

        for file in delta.files(folder):
            self._stay_inside(file.path)
            hive = (*place.hive, *file.values)
            self._add(Part(table, file.path, Format.PARQUET, hive))

    def _claim(self, identity: tuple[Path, Table, str], path: Path, kind: str) -> None:
        """Remember which part of a table a file is; two formats of one part are refused."""
        other, its_kind = self.identities.setdefault(identity, (path, kind))
        if its_kind != kind:
            raise faults.two_formats(identity[1], (other, path))

    def _add(self, part: Part) -> None:
        self.found.parts.setdefault(part.table, []).append(part)

    def _stay_inside(self, path: Path, source: Source | None = None) -> None:
        """Refuse a link to a place outside of the dump."""
        if source is not None or not path.is_symlink():
            return
        try:
            inside = path.resolve().is_relative_to(self.root.resolve())
        except (OSError, RuntimeError):
            return
        if not inside:
            raise file_faults.link_leads_out(path)


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    """What the system refuses, as an error of the dump."""
    try:
        if path.exists() and not path.is_file():
            raise faults.not_a_file(path)
        yield
    except OSError as error:
        raise faults.unreadable(path, error) from error


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
    return next((suffix for suffix in _SUFFIXES if lower.endswith(suffix)), None)


def _is_copy(name: str) -> bool:
    return _COPY.search(name) is not None


def _composed(name: str) -> str:
    """A file name with its letters composed: й may come as two characters."""
    return unicodedata.normalize("NFC", name)
