"""A text file → blocks of whole lines in UTF-8, some megabytes at a time.

The file is never in memory whole. Source: `dump.md`, «CSV»; *damaged* UTF-8 is an error, not
another encoding.
"""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from monitor_cli.dump import faults
from monitor_cli.dump.decoding import (
    UTF16,
    declared,
    is_cp1251,
    is_damaged_utf8,
    refuse_other_formats,
    utf8_inside,
)
from monitor_cli.dump.options import AUTO
from monitor_cli.dump.plain import is_utf8
from monitor_cli.dump.sources import opened

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from monitor_cli.dump.sources import Source

SIZE = 1 << 23
_LONGEST_LINE = 1 << 25
_UTF8, _CP1251 = "utf-8", "cp1251"
_DECODED_TO_TELL = 1 << 19
"""Up to so many bytes are decoded to tell whether they are UTF-8."""
_MARK_INSIDE = b"\n" + codecs.BOM_UTF8


class Block(NamedTuple):
    """Whole lines: UTF-8 without a byte order mark, and the number of the first line."""

    text: bytes
    line: int


def blocks(source: Source, path: Path, encoding: str, headers: Collection[str]) -> Iterator[Block]:
    """Read a file, unpacked; `headers` are the known names by which its encoding may be told.

    Raises:
        DumpError: it cannot be opened or decoded, is of another format, or holds a NUL byte.
        SettingsError: `encoding` names none.
    """
    try:
        with opened(source, path) as file:
            yield from _decoded(file, path, encoding, headers)
    except OSError as error:
        raise faults.unreadable(path, error) from error


def _decoded(
    file: BinaryIO, path: Path, encoding: str, headers: Collection[str]
) -> Iterator[Block]:
    auto = encoding.casefold() == AUTO
    name = _UTF8 if auto else declared(encoding)
    line, only_ascii = 1, True
    for number, raw in enumerate(_whole_lines(file, path, auto=auto, name=name)):
        data = raw
        if not number:
            refuse_other_formats(data, path)
            if auto and data.startswith(UTF16):
                name = "utf-16"
        ascii_here = data.isascii()
        text = None if name == _UTF8 else _text(data, name)
        wrong = not ascii_here and not (_is_utf8(data) if name == _UTF8 else text is not None)
        if wrong and auto and only_ascii and _means_cp1251(data, headers):
            name, text, wrong = _CP1251, _text(data, _CP1251), False
        if wrong or (text is None and name != _UTF8 and not ascii_here):
            raise _undecodable(data, path, name, line)
        if name == _CP1251 and (at := utf8_inside(data)) is not None:
            raise faults.two_encodings(path, line + data.count(b"\n", 0, at))
        only_ascii = only_ascii and ascii_here
        if text is not None:
            data = text.encode()
        if not ascii_here:
            data = _without_marks(data)
        zero = data.find(b"\0")
        if zero >= 0:
            raise faults.zero_byte(path, line + data.count(b"\n", 0, zero))
        yield Block(data, line)
        line += data.count(b"\n")


def _whole_lines(file: BinaryIO, path: Path, *, auto: bool, name: str) -> Iterator[bytes]:
    """Pieces of the file that end behind a line feed; one of two bytes a letter, all at once."""
    rest = file.read(SIZE)
    if (auto and rest.startswith(UTF16)) or not _has_plain_line_feeds(name):
        yield rest + file.read()
        return
    lines = 1
    while rest:
        if not rest.endswith(b"\n"):
            rest += file.readline(_LONGEST_LINE)
            if len(rest) > _LONGEST_LINE and not rest.endswith(b"\n") and file.read(1):
                raise faults.endless_line(path, lines + rest.count(b"\n"))
        yield rest
        lines += rest.count(b"\n")
        rest = file.read(SIZE)


def _has_plain_line_feeds(name: str) -> bool:
    """Whether a byte 10 is a line feed and nothing else in this encoding."""
    return "\n".encode(name) == b"\n" and not name.startswith(("utf-16", "utf-32"))


def _text(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeError:
        return None


def _is_utf8(data: bytes) -> bool:
    return is_utf8(data) if len(data) > _DECODED_TO_TELL else _text(data, _UTF8) is not None


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
    # One byte is looked for at a tenth of the cost of four.
    if codecs.BOM_UTF8[:1] not in data:
        return data
    while data.startswith(codecs.BOM_UTF8):
        data = data[len(codecs.BOM_UTF8) :]
    return data.replace(_MARK_INSIDE, b"\n") if _MARK_INSIDE in data else data
