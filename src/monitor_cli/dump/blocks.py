"""A text file → blocks of whole lines in UTF-8, some megabytes at a time.

The file is never in memory whole, and the next block is read and decoded while the one before is
parsed. Source: `dump.md`, «CSV»; *damaged* UTF-8 is an error, not another encoding.
"""

from __future__ import annotations

import codecs
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from monitor_cli.dump import faults
from monitor_cli.dump.decoding import (
    UTF16,
    declared,
    is_cp1251,
    is_damaged_utf8,
    refuse_other_formats,
)
from monitor_cli.dump.options import AUTO

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

SIZE = 1 << 24
_UTF8 = "utf-8"
_MARK_INSIDE = b"\n" + codecs.BOM_UTF8


class Block(NamedTuple):
    """Whole lines: UTF-8 without a byte order mark, and the number of the first line."""

    text: bytes
    line: int


def blocks(path: Path, encoding: str, headers: Collection[str]) -> Iterator[Block]:
    """Read a file; `headers` are the known names by which its encoding may be told.

    Raises:
        DumpError: it cannot be opened or decoded, is of another format, or holds a NUL byte.
        SettingsError: `encoding` names none.
    """
    try:
        with path.open("rb") as file:
            read = _decoded(file, path, encoding, headers)
            first = next(read, None)
            if first is None:
                return
            yield first
            yield from _ahead(read) if len(first.text) >= SIZE else read
    except OSError as error:
        raise faults.unreadable(path, error) from error


def _ahead(read: Iterator[Block]) -> Iterator[Block]:
    """Have the next block ready when it is asked for."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        upcoming = pool.submit(next, read, None)
        while (block := upcoming.result()) is not None:
            upcoming = pool.submit(next, read, None)
            yield block


def _decoded(
    file: BinaryIO, path: Path, encoding: str, headers: Collection[str]
) -> Iterator[Block]:
    auto = encoding.casefold() == AUTO
    name = _UTF8 if auto else declared(encoding)
    line, only_ascii = 1, True
    for number, raw in enumerate(_whole_lines(file, auto=auto, name=name)):
        data = raw
        if not number:
            refuse_other_formats(data, path)
            if auto and data.startswith(UTF16):
                name = "utf-16"
        ascii_here = data.isascii()
        text = None if ascii_here and name == _UTF8 else _text(data, name)
        wrong = text is None and not ascii_here
        if wrong and auto and only_ascii and _means_cp1251(data, headers):
            name, text, wrong = "cp1251", _text(data, "cp1251"), False
        if wrong or (text is None and not ascii_here):
            raise _undecodable(data, path, name, line)
        only_ascii = only_ascii and ascii_here
        if text is not None and name != _UTF8:
            data = text.encode()
        if not ascii_here:
            data = _without_marks(data)
        zero = data.find(b"\0")
        if zero >= 0:
            raise faults.zero_byte(path, line + data.count(b"\n", 0, zero))
        yield Block(data, line)
        line += data.count(b"\n")


def _whole_lines(file: BinaryIO, *, auto: bool, name: str) -> Iterator[bytes]:
    """Pieces of the file that end behind a line feed; one of two bytes a letter, all at once."""
    rest = file.read(SIZE)
    if (auto and rest.startswith(UTF16)) or not _has_plain_line_feeds(name):
        yield rest + file.read()
        return
    while rest:
        more = file.read(SIZE)
        end = rest.rfind(b"\n") + 1 if more else len(rest)
        if end:
            yield rest[:end]
        rest = rest[end:] + more


def _has_plain_line_feeds(name: str) -> bool:
    """Whether a byte 10 is a line feed and nothing else in this encoding."""
    return "\n".encode(name) == b"\n" and not name.startswith(("utf-16", "utf-32"))


def _text(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeError:
        return None


def _means_cp1251(data: bytes, headers: Collection[str]) -> bool:
    try:
        data.decode(_UTF8)
    except UnicodeDecodeError as error:
        return not is_damaged_utf8(data, error.start) and is_cp1251(data, headers)
    return False


def _undecodable(data: bytes, path: Path, name: str, line: int) -> Exception:
    try:
        data.decode(name)
    except UnicodeDecodeError as error:
        at = line + data.count(b"\n", 0, error.start)
        return faults.undecodable(
            path, name.upper() if name == _UTF8 else name, at, error.start + 1
        )
    except UnicodeError:
        pass
    return faults.undecodable(path, name, 1, 1)


def _without_marks(data: bytes) -> bytes:
    """Lines without the byte order marks before them, which files joined in one leave inside."""
    while data.startswith(codecs.BOM_UTF8):
        data = data[len(codecs.BOM_UTF8) :]
    return data.replace(_MARK_INSIDE, b"\n") if _MARK_INSIDE in data else data
