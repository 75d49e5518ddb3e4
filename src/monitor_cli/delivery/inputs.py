"""The files that a report is made of, for its manifest."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from monitor_cli import clock
from monitor_cli.dataset import layout
from monitor_cli.delivery.manifest import taken
from monitor_cli.settings import places

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from monitor_cli.delivery.manifest import Taken
    from monitor_cli.settings import Settings


def inputs(path: Path, settings: Settings, as_imported: date | None) -> tuple[Taken, ...]:
    """What lies at `path`: each file of a dump; of a dataset the manifest of the state read.

    Standard input and addresses have no files here.

    Raises:
        DumpError: the dataset has no state to read.
        OSError: a file cannot be read.
        UsageError: no such earlier state.
    """
    if str(path) == places.STDIN or places.address_of(path) is not None:
        return ()
    if layout.is_dataset(path):
        snapshot = layout.find(path, as_imported, clock.zone(settings.timezone))
        return taken([snapshot.folder / layout.MANIFEST])
    return taken(sorted(_files(path)))


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders.sort()
        for name in names:
            found = path / os.path.relpath(folder, path) / name
            if found.is_file():
                yield found
