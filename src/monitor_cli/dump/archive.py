"""A ZIP archive, looked at before anything of it is unpacked.

Members are read through, or put into a temporary file under a name of our own: what the archive
calls them is never a path on this machine. Source: `dump.md`, «a `.zip` of either».
"""

from __future__ import annotations

import io
import stat
import weakref
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor_cli.dump import file_faults
from monitor_cli.dump.sources import LARGEST, RATIO, UNSUSPICIOUS, Bounded, too_large

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_ENTRIES = 100_000
_DIRECTORY = 1 << 23
"""Bytes that may be read of an archive at once: its directory is, into memory."""
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)
"""LZMA is left out: a few bytes of a member would reserve gigabytes of memory."""
_ENCRYPTED, _UTF8 = 0x1, 0x800
UNOPENABLE = (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError)
"""What opening a damaged archive, or a member of it, raises."""
_PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class Member:
    """A regular file of an archive: the levels of its name, its bytes unpacked and packed."""

    levels: tuple[str, ...]
    size: int
    packed: int


class Archive:
    """An open archive whose names, sizes and ratios are within limits."""

    def __init__(self, file: Path, shown: Path) -> None:
        """Open `file`, which messages call `shown`.

        Raises:
            DumpError: it is damaged or encrypted, has too many members, unpacks to too much, or a
                name in it leads out of it.
            OSError: it cannot be opened.
        """
        self.file = file
        self._bytes = _Careful(io.FileIO(file))
        weakref.finalize(self, self._bytes.close)
        try:
            self._zip = zipfile.ZipFile(self._bytes)
            entries = [e for e in self._zip.infolist() if not e.filename.endswith("/")]
        except UNOPENABLE as error:
            raise file_faults.damaged(shown, "ZIP") from error
        if len(entries) > _ENTRIES:
            raise file_faults.too_many_entries(shown, _ENTRIES)
        self._entries = entries
        self.members = [_member(entry, shown) for entry in entries]
        unpacked = sum(member.size for member in self.members)
        limit = min(LARGEST, max(UNSUSPICIOUS, RATIO * file.stat().st_size))
        if unpacked > limit:
            raise too_large(shown, limit)

    @contextmanager
    def opened(self, member: int, shown: Path) -> Iterator[io.BufferedReader[Bounded]]:
        """The unpacked bytes of a member; its checksum is checked behind the last one.

        Raises:
            DumpError: the member is damaged, encrypted or packed by a rare method.
        """
        entry = self._entries[member]
        if entry.flag_bits & _ENCRYPTED:
            raise file_faults.encrypted(shown, "ZIP")
        if entry.compress_type not in _METHODS:
            raise file_faults.unread_compression(shown)
        try:
            stream = self._zip.open(entry)
        except (*UNOPENABLE, RuntimeError) as error:
            raise file_faults.damaged(shown, "ZIP") from error
        with stream:
            bounded = Bounded(stream, shown, "ZIP", max(entry.compress_size, 1))
            with io.BufferedReader(bounded, _PIECE) as read:
                yield read


class _Careful(io.BufferedReader):
    """A file of which only so much is read at once: a directory of gigabytes is not."""

    def read(self, size: int | None = -1, /) -> bytes:
        """Read `size` bytes, or what is left."""
        if size is None or size < 0:
            here = self.tell()
            size = max(0, self.seek(0, io.SEEK_END) - here)
            self.seek(here)
        if size > _DIRECTORY:
            message = "a directory of this size is not read"
            raise zipfile.BadZipFile(message)
        return super().read(size)


def _member(entry: zipfile.ZipInfo, shown: Path) -> Member:
    name = entry.filename
    if not entry.flag_bits & _UTF8 and not name.isascii():
        # Russian Windows writes names in its console's code page and does not say so.
        name = name.encode("cp437", errors="replace").decode("cp866")
    levels = tuple(level for level in name.replace("\\", "/").split("/") if level not in {"", "."})
    absolute = name.startswith(("/", "\\")) or not levels or levels[0].endswith(":")
    if absolute or ".." in levels or stat.S_ISLNK(entry.external_attr >> 16):
        raise file_faults.leads_out(shown, name)
    return Member(levels, entry.file_size, entry.compress_size)
