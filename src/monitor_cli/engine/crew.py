"""Who counts partitions, and how many of them the memory allows."""

from __future__ import annotations

import os
from concurrent.futures import CancelledError, Executor, Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from monitor_cli.errors import OutputError, UsageError
from monitor_cli.language import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor_cli.language import Words

BASE_BYTES = 300_000_000
"""What a process takes before it has read anything, and while it writes the result."""
ROW_BYTES = 40
"""What a row of a week takes while it is counted, as measured (`docs/performance.md`)."""
LEAST_ROWS = 1 << 20
"""Two pieces of a file, which are read at once."""
MOST_ROWS = 20_000_000
"""Rows of a partition where nobody says what memory there is."""

_ABOVE = words(
    "уровень выше (municipality), меньше школ или показателей",
    "a level above (municipality), fewer schools or indicators",
)
_FEWER = words(
    "меньше школ (--municipality, --school) или строк (--limit)",
    "fewer schools (--municipality, --school) or rows (--limit)",
)


class LostError(OutputError):
    """The engine that counts partitions has gone."""

    def __init__(self) -> None:
        """There is one thing to say of it."""
        super().__init__(
            words(
                "связь с планировщиком или исполнителями потеряна, отчёта нет",
                "the connection to the scheduler or the workers is lost, there is no report",
            ),
            remedy=words(
                "проверьте их и повторите; без них считает --engine local",
                "look after them and try again; --engine local does without",
            ),
        )


@dataclass(frozen=True, slots=True)
class Crew:
    """Who counts, and what may be held at once.

    `executor`: takes partitions; `least`: how many there are to be, if not more: what cannot be
    read is then a small part. `memory`: bytes that all processes together may take, `processes` of
    them; None: what there is. `hands`: how many partitions a process counts at a time. `partly`:
    whether the rest is told where one cannot be read. `failures`: what is raised where a partition
    was too much for its worker; `losses`: where nobody is left.
    """

    executor: Executor
    least: int = 1
    memory: int | None = None
    processes: int = 1
    hands: int = 1
    partly: bool = True
    failures: tuple[type[BaseException], ...] = (MemoryError,)
    losses: tuple[type[BaseException], ...] = (CancelledError, OSError, BrokenProcessPool)

    def count(self, rows: int, told: int = 0) -> int:
        """Into how many partitions to cut so many rows of weeks, the result of `told` bytes.

        Raises:
            UsageError: the memory is too little for what is told, or for anything.
        """
        if self.memory is None:
            return max(self.least, -(-rows // MOST_ROWS))
        room = self._room(self.memory, max(LEAST_ROWS * ROW_BYTES, told), _ABOVE)
        return max(self.least, -(-rows * ROW_BYTES * self.hands // room))

    def hold(self, told: int) -> None:
        """Make sure that there is room for what is found and told, of `told` bytes.

        Raises:
            UsageError: there is not.
        """
        if self.memory is not None:
            self._room(self.memory, told, _FEWER)

    def _room(self, memory: int, needed: int, remedy: Words) -> int:
        room = memory // self.processes - BASE_BYTES
        if room < needed:
            least = -(-self.processes * (BASE_BYTES + needed) // 1_000_000)
            raise UsageError(
                words("--memory: этого не хватит", "--memory: this is not enough"),
                remedy=words(
                    f"нужно не меньше {least} MB, или {remedy.ru}",
                    f"at least {least} MB are needed, or {remedy.en}",
                ),
            )
        return room


class _Later(Future[Any]):
    """What is not done before somebody asks for it."""

    def __init__(self, work: Callable[[], Any]) -> None:
        super().__init__()
        self._work = work

    def result(self, timeout: float | None = None) -> Any:  # noqa: ANN401
        if not self.done():
            self.set_result(self._work())
        return super().result(timeout)


class Here(Executor):
    """Counts in this process, one partition after another: each when its result is asked for."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401
        """Done when the result is asked for."""
        return _Later(partial(fn, *args, **kwargs))


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
