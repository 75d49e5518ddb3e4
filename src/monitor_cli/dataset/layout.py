"""Where things lie in a dataset, and which snapshot of it is read. Needs no Polars.

```
DATASET/
    CURRENT                              which snapshot holds, and the version of the format
    .monitor-dataset.lock                one import at a time
    snapshots/000001/                    as it was after an import: a plain tree
        manifest.json, held.parquet
        schools.parquet, …               registers
        marks/week=2026-11-16/part-0000.parquet
```

A copy of the tree in an object store is read in the same way (`elsewhere.py`); it has no lock.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from monitor_cli.columns import Table
from monitor_cli.dataset import faults
from monitor_cli.settings import places
from monitor_cli.settings.places import below

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, tzinfo
    from pathlib import Path

    from monitor_cli.dataset.manifest import Manifest

FAMILY, VERSION = "monitor.dataset/", 1
FORMAT = f"{FAMILY}{VERSION}"
CURRENT = "CURRENT"
LOCK = ".monitor-dataset.lock"
SNAPSHOTS = "snapshots"
MANIFEST = "manifest.json"
HELD = "held.parquet"
UNFINISHED = ".unfinished-"
"""How the names of files and folders begin that an import is making or removing."""

OF_LESSONS = (Table.LESSONS, Table.MARKS, Table.ATTENDANCE, Table.HOMEWORK)
"""Tables that lie in the week of their lesson."""
OF_OWN_WEEK = {Table.DIARY_VIEWS: "viewed_at", Table.LOGINS: "logged_at"}
"""Tables that lie in their own local week, and the time that tells it."""
BY_WEEK = frozenset({*OF_LESSONS, *OF_OWN_WEEK})

_NAME = re.compile(r"\d{6,}")
_LARGEST_MARKER = 4096
_OF_A_TABLE = ".parquet"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A state of a dataset: the folder of its files, and what is known of them."""

    folder: Path
    manifest: Manifest


def name_of(number: int) -> str:
    """The name of a snapshot's folder."""
    return f"{number:06d}"


def is_dataset(path: Path) -> bool:
    """Whether `path` is a dataset, one whose first import did not end, or a snapshot of one.

    Raises:
        DumpError: a store that does not answer or let in; a newer version has written it.
    """
    address = places.address_of(path)
    if address is not None and urlsplit(address).path.lower().endswith(_OF_A_TABLE):
        return False
    try:
        if address is None and (path / LOCK).is_file():
            return True
    except (OSError, ValueError):
        return False
    return any(_marker(below(path, name)) is not None for name in (CURRENT, MANIFEST))


def current(root: Path) -> int | None:
    """The number of the snapshot that holds; None before the first import has ended.

    Raises:
        DumpError: a newer version has written it, or it says nothing that can be used.
    """
    path = below(root, CURRENT)
    marker = _marker(path)
    if marker is None:
        if path.exists():
            raise faults.damaged(path)
        return None
    number = marker.get("snapshot")
    if not isinstance(number, int):
        raise faults.damaged(path)
    return number


def marker_of(number: int) -> bytes:
    """What `CURRENT` holds when snapshot `number` does."""
    return (json.dumps({"format": FORMAT, "snapshot": number}) + "\n").encode()


def snapshot(root: Path, number: int) -> Snapshot:
    """A snapshot by its number.

    Raises:
        DumpError: it is not there, damaged, or of a newer version.
    """
    return _opened(below(root, SNAPSHOTS, name_of(number)))


def snapshots(root: Path) -> Iterator[Snapshot]:
    """The snapshots that are left, the oldest first; what an import did not end is none.

    Raises:
        DumpError: one of them is damaged or of a newer version.
    """
    last = current(root)
    if last is not None:
        for number in numbers(root):
            if number <= last:
                yield snapshot(root, number)


def numbers(root: Path) -> list[int]:
    """The numbers of all folders of snapshots, ended or not, in order.

    Raises:
        DumpError: a store that does not answer, does not let in, or lists nothing.
    """
    if places.address_of(root) is not None:
        from monitor_cli.dataset import elsewhere

        names = elsewhere.folders_with(below(root, SNAPSHOTS), MANIFEST)
        return sorted(int(name) for name in names if _NAME.fullmatch(name))
    try:
        names = [path.name for path in (root / SNAPSHOTS).iterdir()]
    except OSError:
        return []
    return sorted(int(name) for name in names if _NAME.fullmatch(name))


def find(path: Path, as_imported: date | None, where: tzinfo) -> Snapshot:
    """The snapshot to read of the dataset at `path`, or the snapshot that `path` itself is.

    `as_imported`: the last one made up to the end of that day by the clock of `where`.

    Raises:
        DumpError: there is none, or it is damaged or of a newer version.
        UsageError: no import is so old, or `path` is itself a snapshot.
    """
    if _marker(below(path, MANIFEST)) is not None:
        if as_imported is not None:
            raise faults.snapshot_has_no_past(path)
        return _opened(path)
    last = current(path)
    if last is None:
        raise faults.unfinished(path)
    if as_imported is None:
        return snapshot(path, last)
    found, days = None, []
    for one in snapshots(path):
        day = one.manifest.imported_at.astimezone(where).date()
        days.append(day)
        if day <= as_imported:
            found = one
    if found is None:
        raise faults.not_yet_imported(as_imported, days)
    return found


def is_sample(path: Path) -> bool:
    """Whether `path` is a dataset that holds invented rows.

    Raises:
        DumpError: it is a dataset, and damaged or of a newer version.
    """
    if not is_dataset(path):
        return False
    if _marker(below(path, MANIFEST)) is not None:
        return _opened(path).manifest.sample
    last = current(path)
    return last is not None and snapshot(path, last).manifest.sample


def _opened(folder: Path) -> Snapshot:
    from monitor_cli.dataset.manifest import Manifest

    path = below(folder, MANIFEST)
    marker = _marker(path, largest=None)
    if marker is None:
        raise faults.damaged(path)
    try:
        return Snapshot(folder, Manifest.from_json(marker))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise faults.damaged(path) from error


def _marker(path: Path, largest: int | None = _LARGEST_MARKER) -> dict[str, object] | None:
    """The JSON object of a file if its `format` is ours, else None; big files are looked into.

    Raises:
        DumpError: the format is ours and newer; a store that does not answer or let in.
    """
    data = _bytes_of(path, largest)
    if data is None:
        return None
    said = re.match(rb'\s*\{\s*"format":\s*"monitor\.dataset/(\d{1,9})"', data)
    if said is None:
        return None
    if int(said[1]) > VERSION:
        raise faults.newer(path, int(said[1]), VERSION)
    if path.name.partition("?")[0] == MANIFEST and largest is not None:
        return {}
    try:
        document = json.loads(data)
    except ValueError:
        return {}
    return document if isinstance(document, dict) else {}


def _bytes_of(path: Path, largest: int | None) -> bytes | None:
    """What a file begins with, or all of it; None where there is no such file."""
    if places.address_of(path) is not None:
        from monitor_cli.dataset import elsewhere

        found = elsewhere.text_of(path)
        return found if found is None else found[:largest]
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            return file.read() if largest is None else file.read(largest)
    except (OSError, ValueError):
        return None
