"""Runs that die at each of their operations; `test_folder.py` starts it in its own process."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from monitor_cli.dataset.disk import Disk
from tests.unit.dataset.operations import DEAD, Counted, die
from tests.unit.delivery.weeks import NEW, OLD, written


def main(folder: Path, operations: int, *, begun: bool) -> None:
    """Die at every operation, each time in a folder of its own."""
    died = 0
    for at in range(operations):
        root = folder / str(at)
        if begun:
            written(root, OLD, Disk())
        pid = os.fork()
        if pid == 0:
            written(root, NEW, Counted(at, die))
            os._exit(0)
        died += os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == DEAD
    sys.stdout.write(f"{died} deaths\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), begun="begun" in sys.argv)
