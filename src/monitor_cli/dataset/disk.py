"""Every change that an import makes to the disk: small steps, each of them settled when it returns.

A step either has happened or has not, whenever the program or the machine dies; the order of the
steps (`importing.py`) does the rest.
"""

from __future__ import annotations

import contextlib
import errno
import filecmp
import io
import os
import re
import shutil
import tempfile
import weakref
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

    import polars as pl

_ROW_GROUP = 1 << 18
"""Rows a row group: some forty schools of marks, so that one school is a small part of a week."""
_OS_ERROR = re.compile(r"os error (\d+)")


class Aside:
    """Frames put aside in a temporary file that is gone when the program is."""

    def __init__(self) -> None:
        """Make the file.

        Raises:
            OSError: the disk refuses.
        """
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  (it lives as long as this)
        weakref.finalize(self, self._file.close)

    def append(self, frame: pl.DataFrame) -> tuple[int, int]:
        """Put a frame aside: where it begins, and how long it is.

        Raises:
            OSError: the disk refuses.
        """
        packed = io.BytesIO()
        frame.write_ipc(packed, compression="lz4")
        begin = self._file.seek(0, os.SEEK_END)
        return begin, self._file.write(packed.getbuffer())

    def read(self, begin: int, length: int) -> pl.DataFrame:
        """A frame that was put aside.

        Raises:
            OSError: the disk refuses.
        """
        import polars as pl  # noqa: PLC0415  (this module is also read where no frame is)

        self._file.seek(begin)
        return pl.read_ipc(io.BytesIO(self._file.read(length)))


class Disk:
    """The file system. All methods raise OSError where it refuses."""

    def make_folder(self, path: Path) -> None:
        """Make a folder, and those above it that are not there."""
        path.mkdir(parents=True, exist_ok=True)

    def write(self, path: Path, data: bytes) -> None:
        """Write a new file."""
        with path.open("xb") as file:
            file.write(data)
            _settle(file)

    def write_table(self, path: Path, frame: pl.DataFrame) -> None:
        """Write a frame as a new Parquet file; equal frames make equal bytes."""
        import polars as pl  # noqa: PLC0415  (this module is also read where no frame is)

        with path.open("xb") as file:
            try:
                frame.rechunk().write_parquet(file, compression="zstd", row_group_size=_ROW_GROUP)
            except pl.exceptions.PolarsError as error:
                number = _OS_ERROR.search(str(error))
                code = int(number[1]) if number else errno.EIO
                raise OSError(code, os.strerror(code)) from error
            _settle(file)

    def aside(self) -> Aside:
        """A place for what memory should not hold."""
        return Aside()

    def link(self, source: Path, target: Path) -> None:
        """Make a file known by a second name; copy it where the file system has no links."""
        try:
            os.link(source, target)
        except OSError as error:
            if error.errno in {errno.ENOENT, errno.ENOSPC, errno.EEXIST, errno.EDQUOT}:
                raise
            with source.open("rb") as old, target.open("xb") as new:
                shutil.copyfileobj(old, new)
                _settle(new)

    def share(self, old: Path, new: Path) -> None:
        """Keep the bytes once where two files hold the same and the file system has links."""
        if filecmp.cmp(old, new, shallow=False):
            with contextlib.suppress(OSError):
                spare = new.with_name(f"{new.name}.shared")
                os.link(old, spare)
                spare.replace(new)

    def settle_folder(self, path: Path) -> None:
        """Have the names in a folder on the disk, where the platform can."""
        if os.name == "nt":
            return
        handle = os.open(path, os.O_RDONLY)
        try:
            # Some network file systems cannot.
            with contextlib.suppress(OSError):
                os.fsync(handle)
        finally:
            os.close(handle)

    def rename(self, path: Path, target: Path) -> None:
        """Give a folder its name, which nothing else bears."""
        path.rename(target)

    def replace(self, path: Path, target: Path) -> None:
        """Put a file in the place of another, at once."""
        path.replace(target)

    def remove_file(self, path: Path) -> None:
        """Remove a file."""
        path.unlink(missing_ok=True)

    def remove_folder(self, path: Path) -> None:
        """Remove an empty folder."""
        path.rmdir()


def _settle(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())
