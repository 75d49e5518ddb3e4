"""What encoding the bytes of a text file are in. Source: `dump.md`, «CSV»."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from monitor_cli.dump import faults
from monitor_cli.dump.aliases import normal
from monitor_cli.errors import SettingsError
from monitor_cli.language import words

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_WINDOW = 1 << 19
_DAMAGED_FROM = 0.5
"""Share of valid sequences among the non-ASCII bytes from which a file is damaged UTF-8."""
_RUSSIAN_FROM = 0.4
"""Share of the eleven commonest letters among the letters of any Russian text, at the least."""
_COMMON_LETTERS = frozenset("оеаинтсрвлк")
_FIRST_LINES = 10
_CELLS = re.compile(r'[,;\t|\n"]')
_CANDIDATES = ("cp1251", "koi8-r", "cp866")
_ASCII = bytes(range(128))
_HALVES = bytes(
    1 if byte in (0xD0, 0xD1) else 2 * (byte in range(0x80, 0xC0)) for byte in range(256)
)
"""The two halves of a Russian letter in UTF-8."""
_UTF8_LETTERS = bytes((1, 2)) * 3
"""Three letters: in Windows-1251 no text goes on so."""
_MAGIC = (
    (b"PK\x03\x04", "ZIP/XLSX"),
    (b"PAR1", "Parquet"),
    (b"\x1f\x8b", "GZIP"),
    (b"\x28\xb5\x2f\xfd", "ZSTD"),
    (b"\xd0\xcf\x11\xe0", "XLS"),
)


def refuse_other_formats(data: bytes, path: Path) -> None:
    """Refuse the beginning of a file that is no text.

    Raises:
        DumpError: it is an archive, a workbook or a Parquet file.
    """
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise faults.not_delimited(path, kind)


def declared(encoding: str) -> str:
    """The codec that the user states.

    Raises:
        SettingsError: there is none of that name that makes text of bytes.
    """
    try:
        name = codecs.lookup(encoding).name
        "".encode(name)
    except LookupError as error:
        shown = faults.shown(encoding)
        raise SettingsError(
            words(f"Нет кодировки «{shown}»", f"There is no encoding «{shown}»"),
            remedy=words(
                "--encoding: auto, utf-8, cp1251", "--encoding takes auto, utf-8 or cp1251"
            ),
        ) from error
    return "utf-8" if name == "utf-8-sig" else name


def is_damaged_utf8(data: bytes, wrong: int) -> bool:
    """Whether most of what is not ASCII around the wrong byte is UTF-8 all the same."""
    window = data[max(0, wrong - _WINDOW) : wrong + _WINDOW]
    beyond = len(window.translate(None, _ASCII))
    valid = len(window.decode("utf-8", errors="ignore").encode().translate(None, _ASCII))
    return valid >= _DAMAGED_FROM * beyond


def is_cp1251(data: bytes, headers: Collection[str]) -> bool:
    """Whether Windows-1251 makes known headers of the first lines, or Russian of the letters."""
    named = {encoding: _known(data, encoding, headers) for encoding in _CANDIDATES}
    if named["cp1251"] > max(named[rival] for rival in _CANDIDATES if rival != "cp1251"):
        return True
    sample = data[: 2 * _WINDOW].translate(None, _ASCII)
    shares = {encoding: _russian(sample, encoding) for encoding in _CANDIDATES}
    return shares["cp1251"] >= max(_RUSSIAN_FROM, *shares.values())


def utf8_inside(data: bytes) -> int | None:
    """Where letters in UTF-8 begin in a text of Windows-1251, as where two files were joined."""
    at = data.translate(_HALVES).find(_UTF8_LETTERS)
    return None if at < 0 else at


def _known(data: bytes, encoding: str, headers: Collection[str]) -> int:
    """How many known headers that are not ASCII stand in the first lines."""
    lines = data[:_WINDOW].split(b"\n", _FIRST_LINES)[:_FIRST_LINES]
    text = b"\n".join(lines).decode(encoding, errors="replace")
    cells = {normal(cell) for cell in _CELLS.split(text)}
    return sum(not cell.isascii() for cell in cells & set(headers))


def _russian(sample: bytes, encoding: str) -> float:
    """The share of Russian's commonest letters, small ones where a text has both cases."""
    text = sample.decode(encoding, errors="replace")
    small = sum(letter.islower() for letter in text)
    common = sum(letter.lower() in _COMMON_LETTERS for letter in text)
    mostly_small = 1.0 if 2 * small >= len(text) else 0.75
    return mostly_small * common / len(text)
