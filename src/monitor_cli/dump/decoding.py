"""The bytes of a text file → UTF-8 without a byte order mark, or the place where that fails.

Source: `dump.md`, «CSV»; *damaged* UTF-8 is an error, not another encoding.
"""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from monitor_cli.dump import faults
from monitor_cli.dump.options import AUTO
from monitor_cli.errors import SettingsError
from monitor_cli.language import words

if TYPE_CHECKING:
    from pathlib import Path

_BOM = codecs.BOM_UTF8
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CHUNK = 1 << 22
_WINDOW = 1 << 19
_DAMAGED_FROM = 0.5
"""Share of valid sequences among the non-ASCII bytes from which a file is damaged UTF-8."""
_RUSSIAN_FROM = 0.4
"""Share of the eleven commonest letters among the letters of any Russian text, at the least."""
_COMMON_LETTERS = frozenset("оеаинтсрвлк")
_CANDIDATES = ("cp1251", "koi8-r", "cp866")
_ASCII = bytes(range(128))
_MAGIC = (
    (b"PK\x03\x04", "ZIP/XLSX"),
    (b"PAR1", "Parquet"),
    (b"\x1f\x8b", "GZIP"),
    (b"\x28\xb5\x2f\xfd", "ZSTD"),
    (b"\xd0\xcf\x11\xe0", "XLS"),
)


def utf8(data: bytes, path: Path, encoding: str) -> bytes:
    """The text of a file in UTF-8, without byte order marks and free of NUL.

    Raises:
        DumpError: another format, not decodable, a NUL byte.
        SettingsError: `encoding` names none.
    """
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise faults.not_delimited(path, kind)
    text = _decoded(data, path, encoding)
    while text.startswith(_BOM):
        text = text[len(_BOM) :]
    zero = text.find(b"\0")
    if zero >= 0:
        raise faults.zero_byte(path, _line_at(text, zero))
    return text


def _decoded(data: bytes, path: Path, encoding: str) -> bytes:
    """UTF-8 bytes by the declared encoding, or by the bytes themselves."""
    if encoding.casefold() != AUTO:
        return _as_declared(data, path, encoding)
    if data.startswith(_UTF16):
        return _converted(data, path, "utf-16")
    wrong = _invalid_utf8(data)
    if wrong is None:
        return data
    if _is_damaged_utf8(data, wrong) or not _is_cp1251(data):
        raise faults.undecodable(path, "UTF-8", _line_at(data, wrong), wrong + 1)
    return _converted(data, path, "cp1251")


def _as_declared(data: bytes, path: Path, encoding: str) -> bytes:
    """UTF-8 bytes of a file whose encoding the user states."""
    try:
        name = codecs.lookup(encoding).name
    except LookupError as error:
        shown = faults.shown(encoding)
        raise SettingsError(
            words(f"Нет кодировки «{shown}»", f"There is no encoding «{shown}»"),
            remedy=words(
                "--encoding: auto, utf-8, cp1251", "--encoding takes auto, utf-8 or cp1251"
            ),
        ) from error
    if name not in ("utf-8", "utf-8-sig"):
        return _converted(data, path, name)
    wrong = _invalid_utf8(data)
    if wrong is not None:
        raise faults.undecodable(path, "UTF-8", _line_at(data, wrong), wrong + 1)
    return data


def _converted(data: bytes, path: Path, encoding: str) -> bytes:
    """Decode strictly and encode as UTF-8."""
    try:
        return data.decode(encoding).encode()
    except UnicodeDecodeError as error:
        line = _line_at(data, error.start)
        raise faults.undecodable(path, encoding, line, error.start + 1) from error
    except (LookupError, UnicodeError) as error:
        raise faults.undecodable(path, encoding, 1, 1) from error


def _invalid_utf8(data: bytes) -> int | None:
    """Where the first byte stands that is no UTF-8."""
    if data.isascii():
        return None
    decoder = codecs.getincrementaldecoder("utf-8")()
    view = memoryview(data)
    for start in range(0, len(data), _CHUNK):
        pending = len(decoder.getstate()[0])
        try:
            decoder.decode(view[start : start + _CHUNK], final=start + _CHUNK >= len(data))
        except UnicodeDecodeError as error:
            return start - pending + error.start
    return None


def _is_damaged_utf8(data: bytes, wrong: int) -> bool:
    """Whether most of what is not ASCII around the wrong byte is UTF-8 all the same."""
    window = data[max(0, wrong - _WINDOW) : wrong + _WINDOW]
    beyond = len(window.translate(None, _ASCII))
    valid = len(window.decode("utf-8", errors="ignore").encode().translate(None, _ASCII))
    return valid >= _DAMAGED_FROM * beyond


def _is_cp1251(data: bytes) -> bool:
    """Whether Windows-1251 makes better Russian of the first bytes than its old rivals do."""
    sample = data[: 2 * _WINDOW].translate(None, _ASCII)
    shares = {encoding: _russian(sample, encoding) for encoding in _CANDIDATES}
    return shares["cp1251"] >= max(_RUSSIAN_FROM, *shares.values())


def _russian(sample: bytes, encoding: str) -> float:
    """The share of Russian's commonest letters, small ones where a text has both cases."""
    text = sample.decode(encoding, errors="replace")
    small = sum(letter.islower() for letter in text)
    common = sum(letter.lower() in _COMMON_LETTERS for letter in text)
    mostly_small = 1.0 if 2 * small >= len(text) else 0.75
    return mostly_small * common / len(text)


def _line_at(data: bytes, position: int) -> int:
    """The line, from 1, on which a byte stands."""
    return data.count(b"\n", 0, position) + 1
