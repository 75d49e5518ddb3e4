"""Work done one step ahead, in a thread of its own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator

Made = TypeVar("Made")


def ahead(made: Iterator[Made]) -> Iterator[Made]:
    """Have the next one ready when it is asked for; None ends them."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        upcoming = pool.submit(next, made, None)
        while (one := upcoming.result()) is not None:
            upcoming = pool.submit(next, made, None)
            yield one
