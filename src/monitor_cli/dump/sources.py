"""The bytes of a part: a file or a member of an archive, unpacked on the way and within limits.

Nothing is in memory whole: gzip and Zstandard, told by their first bytes, are read as streams.
Source: `dump.md`, «A **table** is found by name» (`.csv.gz`, `.csv.zst`, `.zip`).
"""

from __future__ import annotations

import gzip
import io
import shutil
import tempfile
import weakref
import zipfile
import zlib
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol, cast

from monitor_cli.dump import faults, file_faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _typeshed import WriteableBuffer

    from monitor_cli.dump.archive import Archive
    from monitor_cli.dump.cells import Book

RATIO = 200
"""Unpacked to packed bytes from which a file is a bomb; texts of a dump reach 30."""
UNSUSPICIOUS = 1 << 26
"""Unpacked bytes that need no ratio."""
LARGEST = 1 << 36
"""Unpacked bytes of a dump, at most: a country's."""
SPOOLED = 1 << 33
"""Bytes that are put into a temporary file, at most."""

_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_PIECE = 1 << 20
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError)


class _Reads(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Spool:
    """A temporary folder that goes when nothing refers to it, at the latest with the program."""

    def __init__(self) -> None:
        """Make it, readable by its owner alone."""
        self.folder = Path(tempfile.mkdtemp(prefix="monitor-"))
        weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)

    def keep(self, stream: _Reads, shown: Path, suffix: str = "") -> Path:
        """Put the bytes of a stream into a file of the folder.

        Raises:
            DumpError: there are too many of them, or the disk is full.
        """
        path = self.folder / f"{sum(1 for _ in self.folder.iterdir())}{suffix}"
        written = 0
        try:
            with path.open("wb") as file:
                while data := stream.read(_PIECE):
                    written += len(data)
                    if written > SPOOLED:
                        raise file_faults.unpacks_too_large(shown, _gigabytes(SPOOLED))
                    file.write(data)
        except OSError as error:
            raise faults.unreadable(shown, error) from error
        return path


@dataclass(frozen=True, slots=True)
class Source:
    """Where bytes are: a file on disk, or a member of an archive.

    `keep` is what must live as long as the bytes are wanted: the temporary folder of the file.
    `book` is the workbook that they are, opened.
    """

    file: Path
    archive: Archive | None = None
    member: int = -1
    keep: Spool | None = None
    book: Book | None = None

    @property
    def packed(self) -> int:
        """The bytes on disk."""
        if self.archive is not None:
            return self.archive.members[self.member].packed
        return self.file.stat().st_size


@contextmanager
def opened(source: Source, shown: Path) -> Iterator[BinaryIO]:
    """The bytes of a part, unpacked where they are gzip or Zstandard; `shown` is for messages.

    Raises:
        DumpError: what is packed is damaged, too large or a bomb, also while it is read.
        OSError: the file cannot be opened.
    """
    with ExitStack() as stack:
        if source.archive is not None:
            member = source.archive.opened(source.member, shown)
            packed = cast("io.BufferedReader", stack.enter_context(member))
        else:
            packed = stack.enter_context(source.file.open("rb"))
        magic = packed.peek(len(_ZSTD))[: len(_ZSTD)]
        kind = "GZIP" if magic.startswith(_GZIP) else "ZSTD" if magic == _ZSTD else ""
        if not kind:
            yield packed
            return
        stream: _Reads = _unzstd(packed) if kind == "ZSTD" else _gunzip(packed, stack)
        bounded = Bounded(stream, shown, kind, source.packed)
        yield cast("BinaryIO", stack.enter_context(io.BufferedReader(bounded, _PIECE)))


@contextmanager
def on_disk(source: Source, shown: Path, suffix: str = "") -> Iterator[Path]:
    """A file with the bytes of a part, for a reader that seeks; a temporary one for a member.

    Raises:
        DumpError: what is packed is damaged, too large or a bomb.
        OSError: the file cannot be opened.
    """
    if source.archive is None:
        yield source.file
        return
    spool = Spool()
    with opened(source, shown) as stream:
        path = spool.keep(stream, shown, suffix)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


class Bounded(io.RawIOBase):
    """The bytes of a stream, up to the limits of what `packed` bytes may unpack to."""

    def __init__(self, stream: _Reads, shown: Path, kind: str, packed: int) -> None:
        """Keep what the messages name."""
        self._stream = stream
        self._shown = shown
        self._kind = kind
        self._limit = min(LARGEST, max(UNSUSPICIOUS, RATIO * packed))
        self._read = 0

    def readable(self) -> bool:
        """It is read, never written."""
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fill a buffer.

        Raises:
            DumpError: a limit is passed, or the stream is damaged.
        """
        view = memoryview(buffer).cast("B")
        try:
            data = self._stream.read(len(view))
        except _DAMAGE as error:
            raise file_faults.damaged(self._shown, self._kind) from error
        self._read += len(data)
        if self._read > self._limit:
            raise too_large(self._shown, self._limit)
        view[: len(data)] = data
        return len(data)


def too_large(shown: Path, limit: int) -> Exception:
    """The error of a file that unpacks to more than `limit` bytes."""
    text = _gigabytes(limit) if limit == LARGEST else f"{RATIO} : 1"
    return file_faults.unpacks_too_large(shown, text)


def _gigabytes(size: int) -> str:
    return f"{size >> 30} GB"


def _gunzip(packed: BinaryIO, stack: ExitStack) -> _Reads:
    return stack.enter_context(gzip.GzipFile(fileobj=packed, mode="rb"))


def _unzstd(packed: BinaryIO) -> _Reads:
    import pyarrow as pa  # type: ignore[import-untyped]  # noqa: PLC0415  (only Zstandard pays)

    stream = pa.CompressedInputStream(pa.PythonFile(packed, mode="r"), "zstd")
    return cast("_Reads", stream)
