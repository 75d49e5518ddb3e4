"""JSON that comes chunk by chunk → its values, with the lines on which they begin."""

from __future__ import annotations

import codecs
import json
from typing import TYPE_CHECKING, Any, BinaryIO

from monitor_cli.dump import faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor_cli.dump.parts import Part

Json = dict[str, Any] | list[Any] | str | bool | None

_CHUNK = 1 << 20
_LONGEST = 1 << 26
"""The most letters of one record, and of a document that is one object."""
_WHITE = " \t\r\n"


def texts(file: BinaryIO, part: Part) -> Iterator[str]:
    """The file's text, chunk by chunk."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    line = 1
    while chunk := file.read(_CHUNK):
        try:
            text = decoder.decode(chunk)
        except UnicodeDecodeError as error:
            at = line + chunk.count(b"\n", 0, max(error.start, 0))
            raise faults.undecodable(part.path, "UTF-8", at, error.start + 1) from error
        line += chunk.count(b"\n")
        yield text


class Reader:
    """Values of a text that comes chunk by chunk; numbers stay the texts that they are."""

    def __init__(self, part: Part, texts: Iterator[str]) -> None:
        """Begin at the first line."""
        self._part = part
        self._texts = texts
        self._decoder = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)
        self._text = ""
        self._at = 0
        self.line = 1

    def sign(self) -> str:
        """The next sign that is not blank; none at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in _WHITE:
                self.line += self._text[self._at] == "\n"
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def skip(self) -> None:
        """Go on behind the next sign."""
        self.sign()
        self._at += 1

    def value(self) -> Json:
        """The next value."""
        self.sign()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except (ValueError, RecursionError) as error:
                whole = len(self._text) - self._at > _LONGEST or not self._more()
                if whole or isinstance(error, RecursionError):
                    raise faults.not_json(self._part.path, self._part.table, self.line) from error
                continue
            # A number that ends with the text may go on in the next chunk; others are whole.
            if end == len(self._text) and not isinstance(value, dict | list) and self._more():
                continue
            self.line += self._text.count("\n", self._at, end)
            self._at = end
            found: Json = value
            return found

    def _more(self) -> bool:
        text = next(self._texts, "")
        self._text = self._text[self._at :] + text
        self._at = 0
        return bool(text)
