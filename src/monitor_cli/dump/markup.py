"""The XML of a workbook, a piece at a time, with nothing in it that could cost more than its size.

A document type is refused (no workbook has one, and entities need one), so are depths and tokens
beyond all sense.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers import expat

from monitor_cli.dump import file_faults

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

PIECE = 1 << 16
_DEEPEST = 100
_LONGEST_TOKEN = 1 << 24


class Handler:
    """What is told of a document; here it counts how deep it is and heeds nothing else."""

    drops_prefixes = True
    """Whether names come without their prefix; those of attributes never do."""

    def __init__(self) -> None:
        """Stand at the beginning."""
        self.position: Callable[[], int] = int
        self.depth = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002
        """An element begins; `position` is the place of its first byte."""
        self.depth += 1

    def end(self, name: str) -> None:  # noqa: ARG002
        """An element ends."""
        self.depth -= 1

    def text(self, data: str) -> None:
        """Characters, in as many pieces as it takes."""


def feed(pieces: Iterable[bytes], handler: Handler, shown: Path, kind: str) -> Iterator[None]:
    """Tell `handler` of a document; yields behind each piece of it.

    Raises:
        DumpError: it is no XML, or holds a document type, or is too deep.
    """
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    handler.position = lambda: parser.CurrentByteIndex
    names: dict[str, str] = {}

    def root(name: str, attributes: dict[str, str]) -> None:
        if ":" in name and handler.drops_prefixes:
            parser.StartElementHandler, parser.EndElementHandler = start, end
            start(name, attributes)
        else:
            parser.StartElementHandler, parser.EndElementHandler = handler.start, handler.end
            handler.start(name, attributes)

    def start(name: str, attributes: dict[str, str]) -> None:
        handler.start(names.get(name) or names.setdefault(name, local(name)), attributes)

    def end(name: str) -> None:
        handler.end(names[name])

    def refuse(*_: object) -> None:
        raise file_faults.forbidden_xml(shown)

    parser.StartElementHandler = root
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = refuse
    fed = 0
    try:
        for piece in pieces:
            parser.Parse(piece, False)  # noqa: FBT003  (positional in expat)
            fed += len(piece)
            if handler.depth > _DEEPEST or fed - parser.CurrentByteIndex > _LONGEST_TOKEN:
                raise file_faults.damaged(shown, kind)
            yield
        parser.Parse(b"", True)  # noqa: FBT003
        yield
    except expat.ExpatError as error:
        raise file_faults.damaged(shown, kind) from error


def local(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2]
