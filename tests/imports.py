"""Dumps imported into datasets, below the command line."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from monitor_cli.dataset.importing import Order, Said, import_dumps
from monitor_cli.dump.options import ReadOptions

if TYPE_CHECKING:
    from pathlib import Path

    from monitor_cli.dataset.disk import Disk
    from monitor_cli.result import ImportResult

NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)


def imported_into(
    dataset: Path,
    *dumps: Path,
    now: datetime = NOON,
    keep: int | None = None,
    disk: Disk | None = None,
) -> ImportResult:
    """Import dumps as the command does; nobody listens to how far it is."""
    order = Order(dumps, dataset, ReadOptions(), now, keep)
    return import_dumps(order, Said(lambda _done, _of: None, lambda: None), disk)
