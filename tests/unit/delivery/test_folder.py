"""A run that dies, or that the disk refuses, leaves whole reports: old ones, or new ones."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from monitor_cli.dataset.disk import Disk
from monitor_cli.delivery.manifest import NAME
from tests.unit.dataset.operations import Counted
from tests.unit.delivery.weeks import (
    NEW,
    OLD,
    WEEK,
    hashes,
    leftovers,
    listed,
    seen,
    written,
)

ROOT = Path(__file__).resolve().parents[3]


def test_a_week_appears_whole_and_is_brought_up_file_by_file(tmp_path: Path) -> None:
    assert written(tmp_path, OLD, Disk()).written == tuple(OLD)
    before = (tmp_path / WEEK / "Лесной.html").stat().st_mtime_ns
    placed = written(tmp_path, NEW, Disk())
    assert (placed.written, placed.same) == (("Лесной.xlsx", "Степной.xlsx"), ("Лесной.html",))
    found = seen(tmp_path)
    assert {name: found[name] for name in NEW} == NEW
    assert found.keys() == NEW.keys() | {NAME}
    assert listed(found) == hashes(NEW)
    assert (tmp_path / WEEK / "Лесной.html").stat().st_mtime_ns == before
    assert leftovers(tmp_path) == []


def test_the_same_again_changes_nothing(tmp_path: Path) -> None:
    written(tmp_path, OLD, Disk())
    found, disk = seen(tmp_path), Counted()
    assert written(tmp_path, OLD, disk).written == ()
    assert seen(tmp_path) == found
    assert "replace" not in disk.names


def test_a_file_that_is_held_fast_stays_and_is_listed_as_it_stands(tmp_path: Path) -> None:
    written(tmp_path, OLD, Disk())

    class Held(Disk):
        def replace(self, path: Path, target: Path) -> None:
            if target.name == "Лесной.xlsx":
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
            super().replace(path, target)

    placed = written(tmp_path, NEW, Held())
    assert [path.name for path, _ in placed.refused] == ["Лесной.xlsx"]
    found = seen(tmp_path)
    assert found["Лесной.xlsx"] == OLD["Лесной.xlsx"]
    assert found["Степной.xlsx"] == NEW["Степной.xlsx"]
    assert listed(found) == hashes({**NEW, "Лесной.xlsx": OLD["Лесной.xlsx"]})
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize("begun", [False, True], ids=["first", "again"])
def test_a_disk_that_refuses_an_operation_harms_no_report(tmp_path: Path, *, begun: bool) -> None:
    whole = Counted()
    if begun:
        written(tmp_path / "whole", OLD, Disk())
    written(tmp_path / "whole", NEW, whole)
    for at in range(len(whole.names)):
        root = tmp_path / str(at)
        if begun:
            written(root, OLD, Disk())
        with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
            written(root, NEW, Counted(at, _full))
        _is_sound(root, begun=begun)
        assert leftovers(root) == []
        written(root, NEW, Disk())
        assert listed(seen(root)) == hashes(NEW)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="children are forked")
@pytest.mark.parametrize("begun", [False, True], ids=["first", "again"])
def test_a_death_at_any_operation_harms_no_report(tmp_path: Path, *, begun: bool) -> None:
    whole = Counted()
    if begun:
        written(tmp_path / "whole", OLD, Disk())
    written(tmp_path / "whole", NEW, whole)
    asked = [str(tmp_path), str(len(whole.names)), *(["begun"] if begun else [])]
    done = subprocess.run(
        [sys.executable, "-m", "tests.unit.delivery.deaths", *asked],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        timeout=120,
    )
    assert done.stdout == f"{len(whole.names)} deaths\n", done.stderr
    for at in range(len(whole.names)):
        root = tmp_path / str(at)
        _is_sound(root, begun=begun)
        written(root, NEW, Disk())
        found = seen(root)
        assert {name: found[name] for name in NEW} == NEW
        assert listed(found) == hashes(NEW)
        assert leftovers(root) == []


def _is_sound(root: Path, *, begun: bool) -> None:
    """Every file is whole, the old one or the new one; what the manifest of new ones lists is."""
    found = seen(root)
    names = listed(found)
    for name, data in found.items():
        assert name == NAME or data in (OLD.get(name), NEW.get(name))
    if not begun:
        assert names in ({}, hashes(NEW))
        assert bool(found) == bool(names)
    else:
        assert names in (hashes(OLD), hashes(NEW))
    if names == hashes(NEW):
        assert {name: found[name] for name in NEW} == NEW


def _full(_name: str, _arguments: tuple[Any, ...]) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
