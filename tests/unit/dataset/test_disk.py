"""What one operation on the disk does, also where the file system cannot do it the usual way."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import polars as pl
import pytest

from monitor_cli.dataset.disk import Disk

if TYPE_CHECKING:
    from pathlib import Path

ROWS = pl.DataFrame({"lesson_id": range(5), "topic": ["Дроби", None, "", "x", "y"]})


def test_a_linked_file_is_the_same_file(tmp_path: Path) -> None:
    Disk().write(tmp_path / "old", b"rows")
    Disk().link(tmp_path / "old", tmp_path / "new")
    assert (tmp_path / "old").samefile(tmp_path / "new")


@pytest.mark.parametrize("number", [errno.EPERM, errno.EXDEV, errno.EMLINK, errno.ENOTSUP])
def test_without_links_a_file_is_copied(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_old: Path, _new: Path) -> None:
        raise OSError(number, os.strerror(number))

    Disk().write(tmp_path / "old", b"rows")
    monkeypatch.setattr(os, "link", refuse)
    Disk().link(tmp_path / "old", tmp_path / "new")
    assert (tmp_path / "new").read_bytes() == b"rows"
    assert not (tmp_path / "old").samefile(tmp_path / "new")
    # Bytes that could be shared are simply there twice.
    Disk().share(tmp_path / "old", tmp_path / "new")
    assert (tmp_path / "new").read_bytes() == b"rows"


def test_only_equal_bytes_are_shared(tmp_path: Path) -> None:
    for name, data in (("old", b"rows"), ("same", b"rows"), ("other", b"ROWS")):
        Disk().write(tmp_path / name, data)
    for name in ("same", "other"):
        Disk().share(tmp_path / "old", tmp_path / name)
    assert (tmp_path / "same").samefile(tmp_path / "old")
    assert (tmp_path / "other").read_bytes() == b"ROWS"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["old", "other", "same"]


def test_equal_frames_make_equal_bytes_however_they_came_about(tmp_path: Path) -> None:
    Disk().write_table(tmp_path / "whole", ROWS)
    Disk().write_table(tmp_path / "parts", pl.concat([ROWS.head(2), ROWS.tail(3)], rechunk=False))
    assert (tmp_path / "whole").read_bytes() == (tmp_path / "parts").read_bytes()
    assert pl.read_parquet(tmp_path / "whole").equals(ROWS)


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    Disk().write(tmp_path / "old", b"rows")
    with pytest.raises(FileExistsError):
        Disk().write(tmp_path / "old", b"other")
    with pytest.raises(FileExistsError):
        Disk().write_table(tmp_path / "old", ROWS)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")  # noqa: PTH110
def test_a_full_disk_is_an_error_of_the_system_not_of_the_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "full").symlink_to("/dev/full")
    monkeypatch.setattr(type(tmp_path), "open", lambda path, _mode: open(path, "wb"))  # noqa: PTH123, SIM115
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        Disk().write_table(tmp_path / "full", ROWS)
