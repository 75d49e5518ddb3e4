"""Pollutions of the bytes of a text file, each with the clause that it tests."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from monitor_cli.columns import Shape, Table
from tests.pollution.outcome import Aside, Outcome, Refused, Same

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class DirtyBytes(NamedTuple):
    """What a pollution made of the bytes of a file, which variant of it, and what must follow."""

    variant: str
    content: bytes | Callable[[], bytes]
    outcome: Outcome

    @property
    def data(self) -> bytes:
        """The bytes, made when they are needed where that takes long."""
        return self.content if isinstance(self.content, bytes) else self.content()


@dataclass(frozen=True, slots=True)
class OfBytes:
    """A pollution of the bytes of a text file with a `separator`."""

    name: str
    clause: str
    make: Callable[[Shape, bytes, bytes], Iterator[DirtyBytes]]


BYTES: list[OfBytes] = []
CYRILLIC_TABLES = frozenset(
    {Table.SCHOOLS, Table.CLASSES, Table.STAFF, Table.STUDENTS, Table.LESSONS, Table.MARKS}
)
"""Tables with a text in Russian, whose bytes tell an encoding."""
_OTHER = {b",": b";", b";": b"|", b"\t": b","}


def bytes_of_text(
    clause: str,
) -> Callable[[Callable[[Shape, bytes, bytes], Iterator[DirtyBytes]]], None]:
    """Enter a pollution of bytes."""

    def enter(make: Callable[[Shape, bytes, bytes], Iterator[DirtyBytes]]) -> None:
        BYTES.append(OfBytes(make.__name__, clause, make))

    return enter


def _lines(data: bytes) -> list[bytes]:
    return data.splitlines(keepends=True)


def _text(data: bytes) -> str | None:
    """What stands in UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


@bytes_of_text("a ragged line … the row is set aside")
def ragged(_shape: Shape, data: bytes, separator: bytes) -> Iterator[DirtyBytes]:
    lines = _lines(data)
    row = len(lines) // 2
    aside = Aside("ragged_line", (row,))
    end = b"\r\n" if lines[row].endswith(b"\r\n") else b"\n"
    line = lines[row].removesuffix(end)
    variants = {
        "a cell less": line[: line.rfind(separator)],
        "a cell more": line + separator + b"1",
        "an empty cell more": line + separator,
        "a cell": b"x",
        "another separator": line.replace(separator, b"/"),
    }
    for name, dirty in variants.items():
        yield DirtyBytes(name, b"".join([*lines[:row], dirty + end, *lines[row + 1 :]]), aside)


@bytes_of_text("a ragged line … the row is set aside")
def cut_short(shape: Shape, data: bytes, separator: bytes) -> Iterator[DirtyBytes]:
    lines = _lines(data)
    last = len(lines) - 1
    cut = lines[last].rfind(separator)
    aside = Aside("ragged_line", (last,))
    yield DirtyBytes("in the last line", b"".join([*lines[:-1], lines[last][:cut]]), aside)
    yield DirtyBytes("behind the header", lines[0], Aside("", tuple(range(1, last + 1))))
    yield DirtyBytes("nothing left", b"", Refused((shape.table,)))
    yield DirtyBytes("no last line feed", data.rstrip(b"\r\n"), Same())
    if _text(data) and shape.table in CYRILLIC_TABLES:
        letter = next(at for at in range(data.rfind(lines[last]), len(data)) if data[at] > 127)
        yield DirtyBytes("in a letter", data[: letter + 1], Refused((), last))
    yield DirtyBytes("blocks of zeros", data + bytes(512), Refused((), last + 1))


@bytes_of_text("separator `,` `;` tab or `|` … found by looking at the bytes")
def separators(_shape: Shape, data: bytes, separator: bytes) -> Iterator[DirtyBytes]:
    other, lines = _OTHER[separator], _lines(data)
    half = len(lines) // 2
    rows = [line.replace(separator, other) for line in lines]
    yield DirtyBytes("another one", b"".join(rows), Same())
    named = b"sep=" + separator + b"\n" + data
    yield DirtyBytes("named above the header", named, Same())
    below = Aside("ragged_line", tuple(range(half, len(lines))))
    yield DirtyBytes("two", b"".join([*lines[:half], *rows[half:]]), below)
    alone = Aside("ragged_line", tuple(range(1, len(lines))))
    yield DirtyBytes("of the header alone", b"".join([rows[0], *lines[1:]]), alone)


@bytes_of_text('`"` quotes with embedded newlines; where one row stops must be known')
def quotes(_shape: Shape, data: bytes, separator: bytes) -> Iterator[DirtyBytes]:
    lines = _lines(data)
    row = len(lines) // 2
    first, rest = lines[row].split(separator, 1)
    aside = Aside("ragged_line", (row,))

    def with_row(line: bytes) -> bytes:
        return b"".join([*lines[:row], line, *lines[row + 1 :]])

    if b'"' in data:
        yield DirtyBytes("never opened", with_row(first[1:] + separator + rest), aside)
        yield DirtyBytes("never closed", with_row(first[:-1] + separator + rest), aside)
        return
    opened = with_row(b'"' + first + separator + rest)
    yield DirtyBytes("opened and never closed", opened, Refused((), row))
    yield DirtyBytes("closed and never opened", with_row(first + b'"' + separator + rest), aside)
    behind = with_row(b'"' + first + b'"x' + separator + rest)
    yield DirtyBytes("more behind the quote", behind, aside)
    header = b'"x"y' + separator + lines[0].removeprefix(codecs.BOM_UTF8)
    columns = [header, *(b"1" + separator + line for line in lines[1:])]
    yield DirtyBytes("in the header", b"".join(columns), Same())


@bytes_of_text("CRLF or LF")
def line_ends(_shape: Shape, data: bytes, _separator: bytes) -> Iterator[DirtyBytes]:
    plain = data.replace(b"\r\n", b"\n")
    lines = _lines(plain)
    mixed = [line[:-1] + b"\r\n" if n % 2 else line for n, line in enumerate(lines)]
    yield DirtyBytes("mixed", b"".join(mixed), Same())
    yield DirtyBytes("CR alone", plain.replace(b"\n", b"\r"), Same())
    yield DirtyBytes("CR twice", plain.replace(b"\n", b"\r\r\n"), Same())
    blank = b"".join(line + b"\n" for line in lines)
    yield DirtyBytes("blank lines", blank, Same())


@bytes_of_text("two columns claim one name …; separators")
def trailing_separators(_shape: Shape, data: bytes, separator: bytes) -> Iterator[DirtyBytes]:
    end = b"\r\n" if b"\r\n" in data else b"\n"
    lines = data.removesuffix(end).split(end)
    everywhere = end.join(line + separator for line in lines) + end
    yield DirtyBytes("everywhere", everywhere, Same())
    rows = end.join([lines[0], *(line + separator for line in lines[1:])]) + end
    yield DirtyBytes("not in the header", rows, Aside("ragged_line", tuple(range(1, len(lines)))))


@bytes_of_text("preamble lines above the header … and a totals row below («Итого») are recognised")
def lines_around(_shape: Shape, data: bytes, _separator: bytes) -> Iterator[DirtyBytes]:
    encoding = "cp1251" if _text(data) is None else "utf-8"
    title, total, name = (
        f"{text}\r\n".encode(encoding)
        for text in ("Отчёт за период 09.11.2026 – 27.11.2026", "Итого: 5", "Исполнитель: Иванова")
    )
    yield DirtyBytes("above", title + b"\r\n" + data.removeprefix(codecs.BOM_UTF8), Same())
    yield DirtyBytes("totals below", data + total, Same())
    rows = len(_lines(data))
    yield DirtyBytes("a name below", data + name, Aside("ragged_line", (rows,), added=True))


@bytes_of_text("a file can't be decoded … what was found instead")
def wrong_bytes(shape: Shape, data: bytes, separator: bytes) -> Iterator[DirtyBytes]:
    lines = _lines(data)
    row = len(lines) // 2
    nul = [*lines[:row], lines[row].replace(separator, b"\0" + separator, 1), *lines[row + 1 :]]
    yield DirtyBytes("NUL", b"".join(nul), Refused((), row))
    text = _text(data)
    if text is not None:
        for encoding in ("utf-32", "utf-16-le", "utf-16-be"):
            yield DirtyBytes(encoding, text.encode(encoding), Refused())
        yield DirtyBytes("half a letter of UTF-16", text.encode("utf-16")[:-1], Refused())
    if shape.table not in CYRILLIC_TABLES:
        return
    here, there = ("cp1251", "utf-8") if text is None else ("utf-8", "cp1251")
    word = "Школа".encode(there)
    mixed = b"".join([*lines[:row], lines[row][:1] + word + lines[row][1:], *lines[row + 1 :]])
    yield DirtyBytes("two encodings", mixed, Refused((), row))
    text = data.decode(here).replace("№", "N")
    for encoding in ("koi8-r", "cp866"):
        yield DirtyBytes(encoding, text.encode(encoding, errors="ignore"), Refused())


@bytes_of_text("UTF-8 with BOM")
def marks_of_byte_order(_shape: Shape, data: bytes, _separator: bytes) -> Iterator[DirtyBytes]:
    if _text(data) is None:
        return
    bom = codecs.BOM_UTF8
    plain = data.removeprefix(bom)
    yield DirtyBytes("two", bom + bom + plain, Same())
    lines = _lines(plain)
    row = len(lines) // 2
    joined = b"".join([bom, *lines[:row], bom, *lines[row:]])
    yield DirtyBytes("before a row", joined, Same())
    headers = b"".join([bom, *lines[:row], bom, lines[0], *lines[row:]])
    yield DirtyBytes("files joined", headers, Aside("repeated_header", (row,), added=True))


@bytes_of_text("UTF-16")
def wide_letters(_shape: Shape, data: bytes, _separator: bytes) -> Iterator[DirtyBytes]:
    text = _text(data)
    if text is None:
        return
    yield DirtyBytes("with a mark", text.encode("utf-16"), Same())
    yield DirtyBytes("the high byte first", codecs.BOM_UTF16_BE + text.encode("utf-16-be"), Same())


@bytes_of_text("a file can't be decoded")
def other_formats(_shape: Shape, data: bytes, _separator: bytes) -> Iterator[DirtyBytes]:
    yield DirtyBytes("a page", b"<!DOCTYPE html><html><body>" + data, Refused())
    yield DirtyBytes("a picture", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), Refused())
