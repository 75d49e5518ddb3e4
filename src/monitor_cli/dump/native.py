"""What native code writes to the process's stderr by itself is not let through.

Where a damaged page makes Polars panic, that is caught and said in our own words; but its threads
print first, also while rows read before are worked on. Our own words do not pass by this place:
`commands.streams` writes to a copy of the descriptor.
"""

from __future__ import annotations

import os
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_STDERR = 2


class _Mute:
    """The descriptor of stderr, led to nowhere while anybody reads."""

    def __init__(self) -> None:
        # A reading that nobody ends may be ended by the garbage collector, in the midst of this.
        self._lock = threading.RLock()
        self._readers = 0
        self._kept: int | None = None

    def begin(self) -> None:
        """One more reads."""
        with self._lock:
            self._readers += 1
            if self._readers > 1:
                return
            try:
                self._kept = os.dup(_STDERR)
            except OSError:
                # It is closed: nothing can be written there.
                self._kept = None
                return
            with Path(os.devnull).open("wb") as nowhere:
                os.dup2(nowhere.fileno(), _STDERR)

    def end(self) -> None:
        """One less reads; the last one leaves the descriptor as the first one found it."""
        with self._lock:
            self._readers -= 1
            if self._readers or self._kept is None:
                return
            os.dup2(self._kept, _STDERR)
            os.close(self._kept)
            self._kept = None


_MUTE = _Mute()


@contextmanager
def muted() -> Iterator[None]:
    """Let nothing through that anybody but us writes to stderr; may be nested, in any thread."""
    _MUTE.begin()
    try:
        yield
    finally:
        _MUTE.end()
