"""A disk that counts what an import does, and on which one operation goes wrong."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from monitor_cli import clock
from monitor_cli.dataset import layout, reading
from monitor_cli.dataset.disk import Disk
from monitor_cli.dump.options import ReadOptions
from monitor_cli.errors import DumpError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_UTC = clock.zone("UTC")
NEW_FILE = {"write": 0, "write_table": 0, "link": 1}
"""The operations that make a file, and which of their arguments is its path."""
DEAD = 77


class Counted(Disk):
    """Notes all operations; before the one with number `at` it calls `fault`."""

    def __init__(
        self, at: int = -1, fault: Callable[[str, tuple[Any, ...]], None] | None = None
    ) -> None:
        self.names: list[str] = []
        self._at, self._fault = at, fault

    def __getattribute__(self, name: str) -> Any:
        found = super().__getattribute__(name)
        if name.startswith("_") or not callable(found):
            return found

        def counted(*arguments: Any) -> Any:
            self.names.append(name)
            if len(self.names) == self._at + 1 and self._fault is not None:
                self._fault(name, arguments)
            return found(*arguments)

        return counted


def die(name: str, arguments: tuple[Any, ...]) -> None:
    """Leave half a file where one was to be made, and go without a farewell."""
    if name in NEW_FILE:
        arguments[NEW_FILE[name]].write_bytes(b"PAR1 and then noth")
    os._exit(DEAD)


def state(dataset: Path) -> str:
    """Everything that a reader of the dataset sees; empty before the first import has ended."""
    try:
        snapshot = layout.find(dataset, None, _UTC)
    except DumpError:
        assert not (dataset / layout.CURRENT).exists()
        return ""
    dump = reading.load(snapshot, reading.EVERYTHING, ReadOptions())
    rows = {
        table: sorted(map(str, one.frame.collect().rows())) for table, one in dump.tables.items()
    }
    return str((rows, dump.problems, dump.warnings, sorted(dump.weeks or ())))


def leftovers(dataset: Path) -> list[str]:
    """What is there beside whole snapshots."""
    last = layout.current(dataset) or 0
    beyond = [str(number) for number in layout.numbers(dataset) if number > last]
    return beyond + [path.name for path in dataset.rglob(f"{layout.UNFINISHED}*")]
