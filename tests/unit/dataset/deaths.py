"""Imports that die at each of their operations: run by `test_kill.py` in a process of its own.

Each import and each reading happens in a child, forked before Polars has started its threads; so a
child dies by itself, at no cost of a start.
"""

from __future__ import annotations

import itertools
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from monitor_cli.dataset import building
from tests.imports import imported_into
from tests.unit.dataset.operations import DEAD, Counted, die, leftovers, state
from tests.unit.dump.dumps import LESSONS, MARKS, MARKS_HEADER, write

if TYPE_CHECKING:
    from collections.abc import Callable

LATER = "300,10,Алгебра,2026-11-23\n"
OF_ONE_SCHOOL = "lesson_id,class_id,subject,date\n200,20,Физика,17.11.2026\n"
MARK = f"{MARKS_HEADER}\n2,200,8,Ответ,2026-11-17\n"


def child(work: Callable[[], str]) -> str:
    """What `work` says in a child; its exit code if it died."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reader)
        with os.fdopen(writer, "w", encoding="utf-8") as pipe:
            pipe.write(work())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as pipe:
        said = pipe.read()
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return said if code == 0 else str(code)


def survey(base: Path | None, dump: Path, dataset: Path) -> str:
    """Die at every operation of an import into a copy of `base`; say what is amiss."""

    def begin() -> None:
        shutil.rmtree(dataset, ignore_errors=True)
        if base is not None:
            shutil.copytree(base, dataset)

    def counting() -> str:
        disk = Counted()
        imported_into(dataset, dump, keep=1, disk=disk)
        return f"{len(disk.names)} {state(dataset)}"

    def dying(at: int) -> str:
        imported_into(dataset, dump, keep=1, disk=Counted(at, die))
        return "alive"

    def again() -> str:
        found = state(dataset)
        imported_into(dataset, dump, keep=1)
        left = [] if state(dataset) == new else ["another state"]
        return f"{kinds.get(found, 'neither')} {left + leftovers(dataset)}"

    begin()
    old = child(lambda: state(dataset))
    count, _, new = child(counting).partition(" ")
    kinds = {old: "old", new: "new"}
    seen = []
    for at in range(int(count)):
        begin()
        died = child(lambda at=at: dying(at))  # type: ignore[misc]
        found, _, left = child(again).partition(" ")
        if died != str(DEAD) or found not in kinds.values() or left != "[]":
            return f"operation {at}: {died}, {found}, then {left}"
        seen.append(found)
    switches = sum(one != other for one, other in itertools.pairwise(seen))
    return f"{count} operations: {seen[0]}, {seen[-1]}, {switches} switch"


def main(folder: Path) -> None:
    """Survey a first import and a second one that replaces, keeps, links and removes."""
    begun = write(folder / "begun", {})
    first = write(folder / "first", {"marks.csv": MARKS, "lessons.csv": LESSONS + LATER})
    second = write(folder / "second", {"lessons.csv": OF_ONE_SCHOOL, "marks.csv": MARK})
    base = folder / "base"
    # Each school has files of its own in a week, so that some of them stay.
    building.ROWS_A_FILE = 1
    child(lambda: str(imported_into(base, first)))
    sys.stdout.write(f"{survey(None, begun, folder / 'dataset')}\n")
    sys.stdout.write(f"{survey(base, second, folder / 'dataset')}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
