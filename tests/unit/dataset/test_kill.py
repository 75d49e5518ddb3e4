"""An import that dies, or that the disk refuses, leaves the dataset as it was, or as asked."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from monitor_cli.dataset import layout
from tests.imports import imported_into
from tests.unit.dataset.operations import Counted, leftovers, state
from tests.unit.dump.dumps import LESSONS, MARKS, write

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="children are forked")
def test_a_death_at_any_operation_leaves_the_old_state_or_the_new_one(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.unit.dataset.deaths", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        timeout=240,
    )
    said = re.sub(r"\d{2,} operations", "N operations", done.stdout).splitlines()
    assert said == ["N operations: old, new, 1 switch"] * 2, done.stderr


def test_a_disk_that_refuses_an_operation_leaves_one_of_both_states(tmp_path: Path) -> None:
    first = write(tmp_path / "first", {"marks.csv": MARKS})
    second = write(tmp_path / "second", {"lessons.csv": LESSONS + "300,10,Алгебра,2026-11-23\n"})
    whole = Counted()
    imported_into(tmp_path / "whole", first)
    old = state(tmp_path / "whole")
    imported_into(tmp_path / "whole", second, keep=1, disk=whole)
    new = state(tmp_path / "whole")
    assert old != new
    base, dataset = tmp_path / "base", tmp_path / "dataset"
    imported_into(base, first)
    holds = 1 + max(place for place, name in enumerate(whole.names) if name == "replace")
    for at in range(len(whole.names)):
        shutil.rmtree(dataset, ignore_errors=True)
        shutil.copytree(base, dataset)
        # Once the new state holds, what cannot be done any more is not worth an error.
        refused = pytest.raises(OSError, match=os.strerror(errno.ENOSPC))
        with refused if at < holds else contextlib.nullcontext():
            imported_into(dataset, second, keep=1, disk=Counted(at, _full))
        assert state(dataset) == (old if at < holds else new)
    imported_into(dataset, second, keep=1)
    assert state(dataset) == new
    assert leftovers(dataset) == []
    assert len(layout.numbers(dataset)) == 1


def _full(_name: str, _arguments: tuple[Any, ...]) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
