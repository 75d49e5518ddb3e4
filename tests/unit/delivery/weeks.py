"""A folder of a week, written by a disk that may fail."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from monitor_cli.delivery.folder import UNFINISHED, week_folder
from monitor_cli.delivery.manifest import NAME, Listed, Manifest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from monitor_cli.dataset.disk import Disk
    from monitor_cli.delivery.folder import Placed

WEEK = "2026-W47"
OLD = {"Лесной.xlsx": b"old", "Лесной.html": b"as ever", "Речной.xlsx": b"gone"}
NEW = {"Лесной.xlsx": b"new!", "Лесной.html": b"as ever", "Степной.xlsx": b"come"}


def written(root: Path, files: Mapping[str, bytes], disk: Disk) -> Placed:
    """Write the files of a week as a run does."""
    with week_folder(root, WEEK, disk, lambda: None) as folder:
        for name, data in files.items():
            folder.put(name, data, {"municipality": name.partition(".")[0]})
        return folder.place(manifest(folder.files))


def manifest(files: tuple[Listed, ...]) -> Manifest:
    """A manifest that says nothing but which files there are."""
    return Manifest(WEEK, sample=False, versions={}, settings={}, inputs=(), counts={}, files=files)


def seen(root: Path) -> dict[str, bytes]:
    """All files that a reader finds in the folder; none where it is not there."""
    folder = root / WEEK
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}


def listed(found: Mapping[str, bytes]) -> dict[str, str]:
    """The files that the manifest lists, by their SHA-256; none where there is no manifest."""
    if NAME not in found:
        return {}
    return {one["name"]: one["sha256"] for one in json.loads(found[NAME])["files"]}


def hashes(files: Mapping[str, bytes]) -> dict[str, str]:
    """The SHA-256 of files."""
    return {name: Listed.of(name, data, {}).sha256 for name, data in files.items()}


def leftovers(root: Path) -> list[str]:
    """What is there that no reader is to see."""
    return [path.name for path in root.rglob(f"{UNFINISHED}*")]
