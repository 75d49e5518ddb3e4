"""An import: dumps → the next snapshot of a dataset, or none at all.

The order of the steps makes it whole at every moment: the files of the snapshot are written or
linked under a name that nobody reads, each settled on the disk; the folder gets its name; `CURRENT`
is replaced at once by one that names it. What a run that died has left is removed by the next one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from monitor_cli.columns import Table
from monitor_cli.dataset import building, faults, layout, reading, sweeping
from monitor_cli.dataset.disk import Disk
from monitor_cli.dataset.incoming import Incoming, source
from monitor_cli.dataset.lock import locked
from monitor_cli.dump.dump import with_dump
from monitor_cli.settings import places

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from monitor_cli.dataset.manifest import Source
    from monitor_cli.dump.dump import Dump
    from monitor_cli.dump.options import ReadOptions
    from monitor_cli.result import ImportResult


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be imported: dumps in their order, into which dataset, at what time (aware).

    `samples` are those of `dumps` that are invented. `keep`: how many snapshots stay.
    """

    dumps: tuple[Path, ...]
    dataset: Path
    options: ReadOptions
    now: datetime
    keep: int | None = None
    samples: frozenset[Path] = frozenset()


@dataclass(frozen=True, slots=True)
class Said:
    """Who is told how it goes: `step` of how many, and that another import must end first."""

    step: Callable[[int, int], None]
    waiting: Callable[[], None]


def import_dumps(order: Order, said: Said, disk: Disk | None = None) -> ImportResult:
    """Read and check the dumps, and switch the dataset to a snapshot that has them.

    Raises:
        DumpError: a dump cannot be read; the dataset is damaged, newer, or its ids clash.
        UsageError: what is at the dataset's place is none; another default zone.
        SettingsError: an option that names no zone, encoding, separator or column.
        OSError: the disk refuses; the dataset is as it was.
    """
    disk = disk or Disk()
    steps = len(order.dumps) + len(Table)
    check_place(order.dataset)
    arrived, sources = [], []
    for number, path in enumerate(order.dumps):
        said.step(number, steps)
        if _lies_in(path, order.dataset):
            raise faults.into_itself(path)
        incoming, told = with_dump(
            partial(reading.load_all, path), order.options, partial(_arrived, disk=disk)
        )
        sample = path in order.samples or layout.is_sample(path)
        sources.append(replace(told, source_tz=order.options.source_tz, sample=sample))
        arrived.append(incoming)
    disk.make_folder(order.dataset)
    with locked(order.dataset / layout.LOCK, said.waiting):
        disk.make_folder(order.dataset / layout.SNAPSHOTS)
        last = layout.current(order.dataset)
        sweeping.sweep(order.dataset, last, disk)
        former = None if last is None else layout.snapshot(order.dataset, last)
        next_one = building.Building.of(order, former, arrived, sources, disk)
        try:
            result = next_one.build(lambda done: said.step(len(order.dumps) + done, steps))
        finally:
            sweeping.drop(next_one.folder, disk)
        pruned, said_of_them = sweeping.prune(order.dataset, next_one.number, order.keep, disk)
    warnings = (*result.warnings, *said_of_them)
    return replace(result, pruned=tuple(pruned), warnings=warnings)


def _arrived(dump: Dump, disk: Disk) -> tuple[Incoming, Source]:
    """The rows of a dump, and what is to be remembered beside them."""
    arrived = Incoming.of(dump, disk)
    return arrived, source(dump, arrived)


def check_place(path: Path) -> None:
    """See to it that a dataset is at `path`, or nothing, or an empty folder.

    Raises:
        UsageError: something else is there, or it is no place on this machine.
        DumpError: a dataset of a newer version.
    """
    if places.address_of(path) is not None:
        raise faults.only_read_elsewhere(path)
    if layout.is_dataset(path):
        taken = (path / layout.MANIFEST).exists()
    elif path.exists():
        taken = not path.is_dir() or any(path.iterdir())
    else:
        taken = path.is_symlink()
    if taken:
        raise faults.something_else(path)


def _lies_in(dump: Path, dataset: Path) -> bool:
    """Whether a dump is the dataset, or a part of it."""
    here, there = dump.resolve(), dataset.resolve()
    return here == there or there in here.parents
