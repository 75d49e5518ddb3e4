"""What is removed: what a run that died has left, and snapshots that nobody wants to keep."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from monitor_cli.dataset import layout

if TYPE_CHECKING:
    from pathlib import Path

    from monitor_cli.dataset.disk import Disk


def sweep(root: Path, last: int | None, disk: Disk) -> None:
    """Remove what does not belong to the snapshots up to the `last` one. Needs the lock.

    Raises:
        OSError: the disk refuses.
    """
    for folder in (root, root / layout.SNAPSHOTS):
        for path in sorted(folder.iterdir()):
            if path.name.startswith(layout.UNFINISHED):
                _remove(path, disk)
    for number in layout.numbers(root):
        if last is None or number > last:
            _remove(root / layout.SNAPSHOTS / layout.name_of(number), disk)


def drop(folder: Path, disk: Disk) -> None:
    """Remove a folder as far as the disk allows: the next import removes the rest."""
    with contextlib.suppress(OSError):
        if folder.exists():
            _remove(folder, disk)


def prune(root: Path, last: int, keep: int | None, disk: Disk) -> list[str]:
    """Remove all snapshots but the `keep` newest; give their names. Needs the lock.

    Raises:
        OSError: the disk refuses.
    """
    if keep is None:
        return []
    there = [number for number in layout.numbers(root) if number <= last]
    pruned = []
    for number in there[: max(0, len(there) - keep)]:
        name = layout.name_of(number)
        # A snapshot loses its name first: what bears one is whole.
        doomed = root / layout.SNAPSHOTS / f"{layout.UNFINISHED}{name}"
        disk.rename(root / layout.SNAPSHOTS / name, doomed)
        _remove(doomed, disk)
        pruned.append(name)
    return pruned


def _remove(path: Path, disk: Disk) -> None:
    if path.is_dir() and not path.is_symlink():
        for inside in sorted(path.iterdir()):
            _remove(inside, disk)
        disk.remove_folder(path)
    else:
        disk.remove_file(path)
