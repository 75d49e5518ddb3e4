"""One import at a time: the second one says that it waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filelock import FileLock

from monitor_cli.dataset.lock import locked

if TYPE_CHECKING:
    from pathlib import Path


def test_who_finds_the_lock_free_does_not_wait(tmp_path: Path) -> None:
    told: list[str] = []
    for _ in range(2):
        with locked(tmp_path / "lock", lambda: told.append("waiting")):
            pass
    assert told == []


def test_who_must_wait_says_so_and_comes_next(tmp_path: Path) -> None:
    told: list[str] = []
    first = FileLock(tmp_path / "lock")
    first.acquire()

    def waiting() -> None:
        told.append("waiting")
        first.release()

    with locked(tmp_path / "lock", waiting):
        told.append("next")
    assert told == ["waiting", "next"]
