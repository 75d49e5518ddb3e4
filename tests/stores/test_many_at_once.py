"""Many processes at one store, a process that dies: nothing lost, nothing twice, nothing half."""

from __future__ import annotations

import contextlib
import json
import random
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from monitor_cli.tasks import acts
from monitor_cli.tasks.actors import Actor
from monitor_cli.tasks.model import Addressee, Deed, School, Task
from monitor_cli.tasks.storage.store import Store, opened
from tests.stores.region import MUNICIPALITIES, ROUO, TIHIY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.stores.region import Region

pytestmark = pytest.mark.real

WORKER = Path(__file__).with_name("worker.py")
PROCESSES, ACCEPTS = 8, 200
NAME = MUNICIPALITIES[TIHIY]
SCHOOLS = [School(str(number), f"№ {number}", NAME) for number in range(1, 7)]


class Place(NamedTuple):
    """A store by the settings of РОУО and of a МОУО; they differ where the server knows them."""

    of_rouo: str
    of_mouo: str
    schools: int
    municipalities: int

    def opened(self) -> Store:
        """The store, as РОУО opens it."""
        return opened(self.of_rouo, {})


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """A store with six schools."""
    if request.param == "postgresql":
        region: Region = request.getfixturevalue("region")
        urls = [region.server.url(role, region.database) for role in (ROUO, TIHIY)]
        return Place(urls[0], urls[1], 6, 2)
    file = str(tmp_path / "tasks.sqlite")
    opened(file, {}).enrol(SCHOOLS, sample=False)
    return Place(file, file, 6, 1)


@contextlib.contextmanager
def started(job: dict[str, Any]) -> Iterator[subprocess.Popen[str]]:
    """A worker that has its job."""
    with subprocess.Popen(
        [sys.executable, WORKER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as worker:
        try:
            assert worker.stdin is not None
            worker.stdin.write(f"{json.dumps(job)}\n")
            worker.stdin.flush()
            yield worker
        finally:
            worker.kill()


def line(worker: subprocess.Popen[str]) -> str:
    assert worker.stdout is not None
    return worker.stdout.readline().strip()


def test_accepts_of_eight_processes_are_all_there_and_each_once(place: Place) -> None:
    store, rouo = place.opened(), Actor.parsed("rouo")
    now = datetime.now(UTC)
    to = [Addressee(one) for one in store.register().schools.values()]
    names = dict.fromkeys(one.school.municipality for one in to)
    task = Task("x", "", None, "rouo", now, "all")
    store.issue([(task, to, lambda one: acts.issued(rouo, one, names))] * ACCEPTS)
    numbers = list(range(1, ACCEPTS + 1))
    # Each task is accepted by two processes, in no order.
    chance = random.Random(8)  # noqa: S311  (an order, no secret)
    chance.shuffle(numbers)
    shares = [(numbers + numbers)[at::PROCESSES] for at in range(PROCESSES)]
    for share in shares:
        chance.shuffle(share)
    with contextlib.ExitStack() as stack:
        workers = [
            stack.enter_context(
                started(
                    {"do": "accept", "store": place.of_mouo, "as": f"mouo:{NAME}", "tasks": share}
                )
            )
            for share in shares
        ]
        assert [line(worker) for worker in workers] == ["ready"] * PROCESSES
        for worker in workers:
            assert worker.stdin is not None
            worker.stdin.write("go\n")
            worker.stdin.flush()
        written = [int(line(worker)) for worker in workers]
    assert sum(len(share) for share in shares) == 2 * ACCEPTS
    assert sum(written) == ACCEPTS
    accepted = [
        event.task_id
        for dossier in store.dossiers(rouo)
        for event in dossier.events
        if event.deed is Deed.ACCEPTED_BY_MUNICIPALITY
    ]
    assert sorted(accepted) == sorted(numbers)


@pytest.mark.parametrize("after", [1, 17, 50, 83])
def test_a_process_that_is_killed_leaves_whole_tasks_and_all_that_it_told_of(
    place: Place, after: int
) -> None:
    with started({"do": "issue", "store": place.of_rouo, "as": "rouo"}) as worker:
        told = [int(line(worker)) for _ in range(after)]
        worker.kill()
        assert worker.stdout is not None
        told += [int(number) for number in worker.stdout.read().split()]
    dossiers = place.opened().dossiers(Actor.parsed("rouo"))
    stored = {one.task.task_id for one in dossiers}
    assert set(told) <= stored
    assert len(stored - set(told)) <= 1
    for one in dossiers:
        assert len(one.addressees) == place.schools
        assert [event.deed for event in one.events] == [Deed.ISSUED] * place.municipalities
    if place.of_rouo.endswith(".sqlite"):
        with contextlib.closing(sqlite3.connect(place.of_rouo)) as raw:
            assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
    # And it goes on.
    with started({"do": "issue", "store": place.of_rouo, "as": "rouo"}) as worker:
        assert int(line(worker)) > max(stored)


@pytest.mark.parametrize("_again", range(2))
def test_eight_processes_make_one_store(tmp_path: Path, _again: int) -> None:
    file = str(tmp_path / "new" / "tasks.sqlite")
    with contextlib.ExitStack() as stack:
        job = {"do": "accept", "store": file, "as": "rouo", "tasks": []}
        workers = [stack.enter_context(started(job)) for _ in range(PROCESSES)]
        assert [line(worker) for worker in workers] == ["ready"] * PROCESSES
    assert opened(file, {}).status().tasks == 0
