"""The standard streams made safe: whole or an error, never cut; UTF-8; a closed pipe is quiet.

With `PYTHONUNBUFFERED=1` Python's own stdout drops the rest of a short write and the program ends
with 0; a console that cannot encode a letter ends it with a traceback. So both streams are our own
buffers over the file descriptors.
"""

from __future__ import annotations

import codecs
import errno
import io
import os
import select
import shutil
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple, TextIO

from monitor_cli.errors import OutputError
from monitor_cli.language import Words, same, words
from monitor_cli.render.harmless import visible_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from _typeshed import ReadableBuffer

STDOUT, STDERR = 1, 2
_STANDARD = (0, STDOUT, STDERR)
_LOOKALIKES = {
    "─": "-",
    "↑": "+",
    "↓": "-",
    "–": "-",
    "—": "-",
    "≥": ">=",
    "·": "*",
    "«": '"',
    "»": '"',
    "“": '"',
    "”": '"',
    "…": "...",
    "№": "N",
    "−": "-",
    "→": "->",
    "\u00a0": " ",
    # A sparkline in steps from 1 to 8.
    **{bar: str(step) for step, bar in enumerate("▁▂▃▄▅▆▇█", start=1)},
}
_SUBSTITUTE = "monitor_lookalike"


class ReaderGone(Exception):  # noqa: N818
    """Who reads our output has closed the pipe: nothing more to do, and no fault."""


def _substitute(error: UnicodeError) -> tuple[str, int]:
    """Put a look-alike where the terminal has no such character."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    failed = error.object[error.start : error.end]
    return "".join(_LOOKALIKES.get(character, "?") for character in failed), error.end


codecs.register_error(_SUBSTITUTE, _substitute)


class _Descriptor(io.RawIOBase):
    """A file descriptor that is written to whole, or says why not.

    A quiet one, stderr's, keeps its own faults to itself: there is nobody left to tell.
    """

    def __init__(self, number: int, *, closed: bool, quiet: bool) -> None:
        """Take the descriptor as it is; it stays open when this object is closed."""
        super().__init__()
        self._number = number
        self._quiet = quiet
        self._fault = OSError(errno.EBADF, "") if closed and not quiet else None
        self._raw: io.RawIOBase | None = None
        if not closed:
            # open() gives the console object that Windows needs for anything but ASCII.
            self._raw = open(number, "wb", buffering=0, closefd=False)  # noqa: SIM115

    def writable(self) -> bool:
        """Tell the buffer above that it may write."""
        return True

    def isatty(self) -> bool:
        """Whether a terminal is at the other end."""
        return self._raw is not None and self._raw.isatty()

    def drop(self) -> None:
        """Write nothing more: the one who could have been told of a fault is gone."""
        self._raw = None
        self._fault = None

    def write(self, data: ReadableBuffer, /) -> int:
        """Write as much as goes.

        Raises:
            ReaderGone: the pipe is closed.
            OutputError: anything else, once; what follows is dropped.
        """
        if self._raw is None:
            fault, self._fault = self._fault, None
            if fault is not None:
                raise _not_written(fault)
            return memoryview(data).nbytes
        try:
            while (written := self._raw.write(data)) is None:
                # Somebody made the pipe non-blocking and it is full.
                select.select([], [self._number], [])
        except OSError as error:
            self._raw = None
            if self._quiet:
                return memoryview(data).nbytes
            # Windows says EINVAL where others say EPIPE.
            if error.errno == errno.EPIPE or (os.name == "nt" and error.errno == errno.EINVAL):
                raise ReaderGone from error
            raise _not_written(error) from error
        return written


_REASONS = {
    errno.ENOSPC: words("на диске нет места", "no space left on the disk"),
    errno.EFBIG: words("файл слишком велик", "the file is too large"),
    errno.EACCES: words("нет прав", "permission denied"),
    errno.EPERM: words("нет прав", "permission denied"),
    errno.EROFS: words("диск только для чтения", "the disk is read-only"),
    errno.ENOENT: words("нет такой папки", "there is no such folder"),
    errno.ENOTDIR: words("часть пути – не папка", "a part of the path is no folder"),
    errno.EISDIR: words("это папка", "it is a folder"),
    errno.EBADF: words("он закрыт", "it is closed"),
}


def why(error: Exception) -> Words:
    """Why something was not written, in both languages where we have the words."""
    if isinstance(error, OSError) and error.errno in _REASONS:
        return _REASONS[error.errno]
    return same(getattr(error, "strerror", None) or type(error).__name__)


def _not_written(error: OSError) -> OutputError:
    reason = why(error)
    return OutputError(
        words(
            f"стандартный вывод не записан до конца: {reason.ru}",
            f"the standard output was not written to its end: {reason.en}",
        ),
        remedy=words(
            "проверьте место на диске или назовите файл: -o ФАЙЛ",
            "check the space on the disk, or name a file: -o FILE",
        ),
    )


def _encoding_of(stream: TextIO | None, *, terminal: bool) -> str:
    """UTF-8, or a terminal's own encoding where that can say Russian."""
    encoding = getattr(stream, "encoding", None)
    if not terminal or not encoding:
        return "utf-8"
    try:
        "Ёж".encode(encoding)
    except (UnicodeError, LookupError):
        return "utf-8"
    return str(encoding)


class Streams(NamedTuple):
    """Where data and words go: `out` is data, `err` everything said to a person."""

    out: TextIO
    err: TextIO
    environ: Mapping[str, str]

    def say(self, text: str) -> None:
        """Say something on stderr; what a terminal must not get is replaced."""
        self.err.write(visible_lines(text) + "\n")
        self.err.flush()

    def show(self, data: str | bytes) -> None:
        """Send data to their reader; they are on their way when this returns."""
        if isinstance(data, str):
            self.out.write(data)
        else:
            self.out.flush()
            self.out.buffer.write(data)
        self.out.flush()

    @property
    def width(self) -> int | None:
        """The columns of the terminal, `None` where stdout is none."""
        if not self.out.isatty():
            return None
        typed = self.environ.get("COLUMNS", "")
        if typed.isdecimal() and int(typed) > 0:
            return int(typed)
        try:
            return os.get_terminal_size(STDOUT).columns or None
        except OSError:
            return shutil.get_terminal_size().columns

    @property
    def coloured(self) -> bool:
        """Whether stdout is a terminal that shows colours and nobody objects."""
        if not self.out.isatty() or self.environ.get("NO_COLOR"):
            return False
        if os.name == "nt":
            return "WT_SESSION" in self.environ or "TERM" in self.environ
        return self.environ.get("TERM", "dumb") != "dumb"


@contextmanager
def safe_streams(environ: Mapping[str, str]) -> Iterator[Streams]:
    """Put our own buffers in the place of `sys.stdout` and `sys.stderr`.

    What is written to `out` is on its way when `flush` returns; whatever is left when the context
    ends is lost on purpose: the caller flushes where it can still say what went wrong.
    """
    closed = {number for number in _STANDARD if _is_closed(number)}
    # Else the next file opened would get the number, and our words would land in it.
    for _ in closed:
        os.open(os.devnull, os.O_RDWR)
    out_end = _Descriptor(STDOUT, closed=STDOUT in closed, quiet=False)
    # A copy: while native code reads, the descriptor itself leads to nowhere.
    err_copy = os.dup(STDERR)
    err_end = _Descriptor(err_copy, closed=STDERR in closed, quiet=True)
    before = sys.stdout, sys.stderr
    out, err = _text(out_end, before[0]), _text(err_end, before[1])
    sys.stdout, sys.stderr = out, err
    try:
        yield Streams(out, err, environ)
    finally:
        sys.stdout, sys.stderr = before
        out_end.drop()
        err.flush()
        err_end.drop()
        os.close(err_copy)


def _is_closed(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return True
    return False


def _text(end: _Descriptor, before: TextIO | None) -> TextIO:
    """Text over a buffer over the descriptor, in an encoding that its reader can take."""
    encoding = _encoding_of(before, terminal=end.isatty())
    errors = "backslashreplace" if codecs.lookup(encoding).name == "utf-8" else _SUBSTITUTE
    return io.TextIOWrapper(
        io.BufferedWriter(end, buffer_size=1 << 16), encoding, errors=errors, newline="\n"
    )
