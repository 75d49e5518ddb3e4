"""A week's folder: made beside and renamed, or, where there is one, brought up file by file.

The order of the steps is what makes a reader safe at any moment, and after a death at any of them:
all files are written in an unfinished folder first; a folder that is not there yet then appears at
once; in one that is, each file that differs takes the place of the old one, the manifest last, and
only then is removed what it no longer lists.
"""

from __future__ import annotations

import contextlib
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from monitor_cli.dataset.lock import locked
from monitor_cli.delivery.manifest import NAME, Listed, Manifest, listed_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from monitor_cli.dataset.disk import Disk

LOCK = ".monitor-report.lock"
UNFINISHED = ".monitor-unfinished-"


class Placed(NamedTuple):
    """What has become of a folder: the files that changed, those as before, those refused."""

    written: tuple[str, ...]
    same: tuple[str, ...]
    refused: tuple[tuple[Path, OSError], ...]


class WeekFolder:
    """The folder of a week while its files are made."""

    def __init__(self, root: Path, week: str, disk: Disk) -> None:
        """`root` is where the folders of all weeks are."""
        self.folder = root / week
        self._unfinished = root / f"{UNFINISHED}{week}"
        self._disk = disk
        self._files: list[Listed] = []

    def put(self, name: str, data: bytes, about: Mapping[str, str | int | None]) -> None:
        """Have a file written, where no reader looks yet.

        Raises:
            OSError: the disk refuses.
        """
        self._disk.write(self._unfinished / name, data)
        self._files.append(Listed.of(name, data, about))

    def keep(self, wanted: Callable[[Listed], bool]) -> None:
        """Keep those `wanted` of the files that the manifest lists and that were not made anew."""
        made = {one.name for one in self._files}
        self._files += [
            one
            for one in listed_in(self.folder)
            if one.name not in made and wanted(one) and (self.folder / one.name).is_file()
        ]

    @property
    def files(self) -> tuple[Listed, ...]:
        """The files that were made or kept so far."""
        return tuple(self._files)

    def place(self, manifest: Manifest) -> Placed:
        """Put all files where readers look, and say what changed.

        A file that the system holds fast, such as a workbook that is open, stays as it was, and
        the manifest lists it as it stands.

        Raises:
            OSError: the disk refuses; what was there is whole.
        """
        if not self.folder.exists():
            self._disk.write(self._unfinished / NAME, manifest.rendered())
            self._disk.settle_folder(self._unfinished)
            self._disk.rename(self._unfinished, self.folder)
            self._disk.settle_folder(self.folder.parent)
            return Placed(tuple(one.name for one in self._files), (), ())
        return self._replaced(manifest)

    def _replaced(self, manifest: Manifest) -> Placed:
        before = {one.name: one for one in listed_in(self.folder)}
        written: list[str] = []
        same: list[str] = []
        refused: dict[str, tuple[Path, OSError]] = {}
        for one in self._files:
            made, target = self._unfinished / one.name, self.folder / one.name
            if not made.is_file():
                same.append(one.name)
            elif _is(target, one):
                self._disk.remove_file(made)
                same.append(one.name)
            else:
                try:
                    self._disk.replace(made, target)
                    written.append(one.name)
                except PermissionError as error:
                    refused[one.name] = (target, error)
        stands = tuple(
            before.get(one.name) if one.name in refused else one for one in manifest.files
        )
        final = replace(manifest, files=tuple(one for one in stands if one is not None))
        data = final.rendered()
        if not _is(self.folder / NAME, Listed.of(NAME, data, {})):
            self._disk.write(self._unfinished / NAME, data)
            self._disk.replace(self._unfinished / NAME, self.folder / NAME)
        for name in before.keys() - {one.name for one in final.files} - refused.keys():
            # Whoever reads it now has it until they close it; on Windows it may stay so long.
            with contextlib.suppress(PermissionError):
                self._disk.remove_file(self.folder / name)
        self._disk.settle_folder(self.folder)
        return Placed(tuple(written), tuple(same), tuple(refused.values()))


@contextlib.contextmanager
def week_folder(
    root: Path, week: str, disk: Disk, waiting: Callable[[], None]
) -> Iterator[WeekFolder]:
    """The folder of a week in `root`, for one run at a time; nothing unfinished stays behind.

    Raises:
        OSError: the disk refuses.
    """
    disk.make_folder(root)
    with locked(root / LOCK, waiting):
        _sweep(root)
        made = WeekFolder(root, week, disk)
        disk.make_folder(root / f"{UNFINISHED}{week}")
        try:
            yield made
        finally:
            _sweep(root)


def _sweep(root: Path) -> None:
    """Remove what a run has left unfinished: this one, or one that died."""
    for left in root.glob(f"{UNFINISHED}*"):
        shutil.rmtree(left, ignore_errors=True)


def _is(path: Path, file: Listed) -> bool:
    """Whether the bytes at `path` are those of `file`."""
    try:
        if path.stat().st_size != file.size:
            return False
        return Listed.of(file.name, path.read_bytes(), {}).sha256 == file.sha256
    except OSError:
        return False
