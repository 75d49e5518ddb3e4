"""A process that acts on a store, for tests that run several of them or end one: a job on stdin.

`accept`: waits for a line, accepts the tasks it was given, prints how many entries it wrote.
`issue`: issues tasks without end, printing the number of each when it is stored.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from monitor_cli.tasks import acts
from monitor_cli.tasks.actors import Actor
from monitor_cli.tasks.model import Addressee, Task
from monitor_cli.tasks.storage.store import opened

if TYPE_CHECKING:
    from monitor_cli.tasks.storage.store import Store


def accept(store: Store, actor: Actor, job: dict[str, Any]) -> None:
    """Accept what the job lists."""
    moment = datetime.now(UTC)
    now = acts.Now(moment, moment.date())
    say("ready")
    sys.stdin.readline()
    written = 0
    for number in job["tasks"]:
        written += len(store.act(actor, number, lambda known: acts.accepted(actor, known, now)))
    say(str(written))


def issue(store: Store, actor: Actor, job: dict[str, Any]) -> None:  # noqa: ARG001
    """Issue a task after the other to all schools."""
    schools = [Addressee(one) for one in store.register().schools.values()]
    names = dict.fromkeys(one.school.municipality for one in schools)
    while True:
        task = Task("x", "", None, str(actor), datetime.now(UTC), "all")
        [made] = store.issue([(task, schools, lambda one: acts.issued(actor, one, names))])
        say(str(made.task.task_id))


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    given = json.loads(sys.stdin.readline())
    open_store = opened(given["store"], {})
    {"accept": accept, "issue": issue}[given["do"]](
        open_store, open_store.actor(Actor.parsed(given["as"])), given
    )
