"""`manifest.json`: what a week's folder holds, of what it was made, and under which settings."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

NAME = "manifest.json"
SCHEMA = "monitor.report/1"
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Listed:
    """A file of the folder: its name, length in bytes, SHA-256, and what it is about."""

    name: str
    size: int
    sha256: str
    about: Mapping[str, str | int | None]

    @classmethod
    def of(cls, name: str, data: bytes, about: Mapping[str, str | int | None]) -> Listed:
        """A file with these bytes."""
        return cls(name, len(data), hashlib.sha256(data).hexdigest(), dict(about))


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that was read: its path as it was found, length in bytes, SHA-256."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """All that stands in a manifest; equal inputs, settings and versions make equal bytes.

    `counts`: municipalities, schools, rows not used as they stand. `failed`: what could not be
    made, by its keys.
    """

    week: str
    sample: bool
    versions: Mapping[str, str]
    settings: Mapping[str, str | None]
    inputs: tuple[Taken, ...]
    counts: Mapping[str, int]
    files: tuple[Listed, ...]
    failed: tuple[Mapping[str, str | int | None], ...] = ()

    def rendered(self) -> bytes:
        """The file."""
        told = {
            "schema": SCHEMA,
            "week": self.week,
            "complete": not self.failed,
            "sample": self.sample,
            "versions": dict(self.versions),
            "settings": dict(self.settings),
            "input": [asdict(one) for one in self.inputs],
            "counts": dict(self.counts),
            "files": [asdict(one) for one in sorted(self.files, key=lambda one: one.name)],
            "failed": [dict(one) for one in self.failed],
        }
        return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def listed_in(folder: Path) -> tuple[Listed, ...]:
    """The files that the manifest of a folder lists; none where there is no manifest to read."""
    try:
        told: Any = json.loads((folder / NAME).read_bytes())
        files = told["files"]
        return tuple(
            Listed(str(one["name"]), int(one["size"]), str(one["sha256"]), dict(one["about"]))
            for one in files
        )
    except (OSError, ValueError, KeyError, TypeError):
        return ()


def taken(paths: Iterable[Path]) -> tuple[Taken, ...]:
    """The files at `paths`, read once to their ends.

    Raises:
        OSError: one cannot be read.
    """
    return tuple(_taken(path) for path in paths)


def _taken(path: Path) -> Taken:
    digest, length = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
            length += len(piece)
    return Taken(path.as_posix(), length, digest.hexdigest())
