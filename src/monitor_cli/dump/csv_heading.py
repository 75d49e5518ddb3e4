"""Where the header of a CSV part stands, under which separator, and what is above and below it.

Source: `dump.md`, «CSV».
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from monitor_cli.dump import aliases, faults, furniture
from monitor_cli.dump.blocks import Block
from monitor_cli.dump.options import AUTO
from monitor_cli.errors import SettingsError
from monitor_cli.language import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from monitor_cli.dump.parts import Part

SEPARATORS = (",", ";", "\t", "|")
_NAMED = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}
_HEAD = 1 << 20
_NOTHING = b' \t\r,;|"'
"""What a blank line of cells consists of."""


def from_header(
    block: Block, known: Mapping[str, str], declared: str
) -> tuple[Block, tuple[int, ...]]:
    """The first block from its header on; the numbers of the lines above it that say anything."""
    separators = _separators(declared)
    head = block.text[:_HEAD].decode("utf-8", errors="ignore")
    above = furniture.header_line(head, separators, known)
    if not above or _names_more(head, separators, known, above):
        return block, ()
    *lines, text = block.text.split(b"\n", above)
    numbered = enumerate(lines, start=block.line)
    said = tuple(number for number, line in numbered if line.strip(_NOTHING))
    return Block(text, block.line + above), said


def _names_more(
    head: str, separators: tuple[str, ...], known: Mapping[str, str], above: int
) -> bool:
    """Whether a header with line breaks in its cells begins above and goes on past that line."""
    for separator in separators:
        reader = csv.reader(io.StringIO(head, newline=""), delimiter=separator)
        try:
            row = next((row for row in reader if any(cell.strip() for cell in row)), [])
        except csv.Error:
            continue
        if reader.line_num > above and furniture.named(row, known):
            return True
    return False


def header_of(
    part: Part, data: bytes, known: Mapping[str, str], declared: str
) -> tuple[str, list[str], int, int]:
    """The separator under which the header names most columns; the header; how many lines it has.

    Also how many there are with those below it that are no rows: blank ones and column numbers.
    """
    head = io.StringIO(data[:_HEAD].decode("utf-8", errors="ignore"), newline="")
    best: tuple[int, str, list[str], int, int] | None = None
    for separator in _separators(declared):
        head.seek(0)
        reader = csv.reader(head, delimiter=separator)
        try:
            header = next((row for row in reader if any(cell.strip() for cell in row)), None)
        except csv.Error:
            continue
        if header is None:
            raise faults.empty_file(part.path, part.table)
        lines = reader.line_num
        count = len({known[name] for name in map(aliases.normal, header) if name in known})
        if best is None or count > best[0]:
            above = reader.line_num if _numbers(reader, len(header)) else lines
            best = (count, separator, header, lines, above)
    if best is None:
        raise faults.open_quote(part.path, 1)
    return best[1:]


def _numbers(below: Iterator[list[str]], width: int) -> bool:
    """Whether the columns are numbered below the header."""
    try:
        row = next((row for row in below if any(cell.strip() for cell in row)), [])
    except csv.Error:
        return False
    return len(row) == width and furniture.is_numbering(row)


def _separators(declared: str) -> tuple[str, ...]:
    """Those to try: the declared one, or all."""
    if declared.casefold() == AUTO:
        return SEPARATORS
    separator = _NAMED.get(declared.casefold(), declared)
    if len(separator) != 1 or separator in '"\r\n ' or not separator.isascii():
        shown = faults.shown(declared)
        raise SettingsError(
            words(f"Разделитель «{shown}» не годится", f"«{shown}» is no separator"),
            remedy=words(
                "--separator: auto, «,», «;», tab или «|»",
                "--separator takes auto, «,», «;», tab or «|»",
            ),
        )
    return (separator,)
