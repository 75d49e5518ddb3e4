"""How far a long work has come, in one line of a terminal."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from monitor_cli.commands.streams import Streams
    from monitor_cli.language import Language, Words

_PATIENCE = 1.0
"""Seconds without a word on progress."""


@contextlib.contextmanager
def progress(
    streams: Streams, language: Language, *, quiet: bool
) -> Iterator[Callable[[Words], None]]:
    """Tell it on stderr where that is a terminal and the work lasts; nothing stays behind."""
    began, longest = time.monotonic(), 0

    def show(told: Words) -> None:
        nonlocal longest
        if quiet or not streams.err.isatty() or time.monotonic() - began < _PATIENCE:
            return
        line = told.said(language)
        longest = max(longest, len(line))
        streams.err.write(f"\r{line:<{longest}}")
        streams.err.flush()

    try:
        yield show
    finally:
        if longest:
            streams.err.write("\n")
            streams.err.flush()
