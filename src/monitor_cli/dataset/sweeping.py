"""What is removed: what a run that died has left, and snapshots that nobody wants to keep."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from monitor_cli.dataset import layout
from monitor_cli.language import words
from monitor_cli.result import Notice

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


def prune(root: Path, last: int, keep: int | None, disk: Disk) -> tuple[list[str], list[Notice]]:
    """Remove all snapshots but the `keep` newest; give their names. Needs the lock.

    What the disk does not let go of is said, and is no fault of the import.
    """
    if keep is None:
        return [], []
    there = [number for number in layout.numbers(root) if number <= last]
    pruned: list[str] = []
    for number in there[: max(0, len(there) - keep)]:
        name = layout.name_of(number)
        # A snapshot loses its name first: what bears one is whole.
        doomed = root / layout.SNAPSHOTS / f"{layout.UNFINISHED}{name}"
        try:
            disk.rename(root / layout.SNAPSHOTS / name, doomed)
            _remove(doomed, disk)
        except OSError as error:
            return pruned, [_not_pruned(name, error)]
        pruned.append(name)
    return pruned, []


def _not_pruned(name: str, error: OSError) -> Notice:
    why = error.strerror or type(error).__name__
    return Notice(
        "not_pruned",
        words(
            f"состояние {name} не удалено ({why}); удалит следующий импорт с --keep",
            f"state {name} was not removed ({why}); the next import with --keep will",
        ),
    )


def _remove(path: Path, disk: Disk) -> None:
    if path.is_dir() and not path.is_symlink():
        for inside in sorted(path.iterdir()):
            _remove(inside, disk)
        disk.remove_folder(path)
    else:
        disk.remove_file(path)
