"""What each act writes into the log: from what is known of a task to further events, or a refusal.

An act that is done already writes nothing: to accept twice is to accept once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from monitor_cli.errors import UsageError
from monitor_cli.language import words
from monitor_cli.result import at_least
from monitor_cli.tasks import rights
from monitor_cli.tasks.actors import Actor, Role, RoleError
from monitor_cli.tasks.model import Deed, Event, Evidence, Share, State
from monitor_cli.tasks.states import Standing, first_of, standings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date, datetime

    from monitor_cli.clock import Week
    from monitor_cli.tasks.model import Dossier, Task


class TaskError(UsageError):
    """An act that the state of a task does not allow."""


class Now(NamedTuple):
    """The present: the moment, aware, and the day it is by the settings' clock."""

    moment: datetime
    today: date


def issued(actor: Actor, task: Task, municipalities: Iterable[str]) -> list[Event]:
    """What issuing writes: a line a municipality; a МОУО's own task is accepted in the same act.

    So its schools see it at once. Source: `0008-tasks.md`, «Who issues».
    """
    events = []
    for municipality in municipalities:
        events.append(Event(task.task_id, task.issued_at, str(actor), Deed.ISSUED, municipality))
        if actor.role is Role.MOUO:
            events.append(
                Event(
                    task.task_id,
                    task.issued_at,
                    str(actor),
                    Deed.ACCEPTED_BY_MUNICIPALITY,
                    municipality,
                    from_state=State.ISSUED,
                )
            )
    return events


def accepted(actor: Actor, dossier: Dossier, now: Now) -> list[Event]:
    """What accepting writes: a МОУО's for all its schools, a school's for itself.

    Raises:
        RoleError: РОУО does not accept; the task is not for this actor, or not yet.
        TaskError: it is closed.
    """
    rights.check_accept(actor)
    seen = rights.seen_by(actor, dossier)
    if seen is None:
        raise rights.unseen(dossier.task.task_id)
    of_school = actor.role is Role.SCHOOL
    deed = Deed.ACCEPTED_BY_SCHOOL if of_school else Deed.ACCEPTED_BY_MUNICIPALITY
    from_state = State.ACCEPTED_BY_MUNICIPALITY if of_school else State.ISSUED
    at_schools = standings(seen, now.today)
    done = [one.by_school if of_school else one.by_municipality for one in at_schools]
    if all(done):
        return []
    if all(one.closed is not None for one in at_schools):
        raise _closed(dossier.task)
    if of_school and all(one.fulfilled is not None for one in at_schools):
        return []
    school = at_schools[0].addressee.school
    return [
        Event(
            dossier.task.task_id,
            now.moment,
            str(actor),
            deed,
            school.municipality,
            school.school_id if of_school else None,
            from_state,
        )
    ]


def closed(
    actor: Actor, dossier: Dossier, now: Now, *, schools: Collection[str] = (), note: str = ""
) -> list[Event]:
    """What closing writes: for `schools`, else for all, a line a municipality.

    Raises:
        RoleError: only the issuer closes; the task is not for this actor.
        TaskError: a school that it is not addressed to.
    """
    seen = rights.seen_by(actor, dossier)
    if seen is None:
        raise rights.unseen(dossier.task.task_id)
    rights.check_close(actor, seen.task)
    at_schools = standings(seen, now.today)
    known = {one.addressee.school.school_id: one for one in at_schools}
    strange = [school_id for school_id in schools if school_id not in known]
    if strange:
        raise TaskError(
            words(
                f"поручение {seen.task.task_id} не адресовано школе {strange[0]}",
                f"task {seen.task.task_id} is not addressed to school {strange[0]}",
            )
        )

    def event(municipality: str, school_id: str | None, from_state: State) -> Event:
        return Event(
            seen.task.task_id,
            now.moment,
            str(actor),
            Deed.CLOSED,
            municipality,
            school_id,
            from_state,
            note,
        )

    if schools:
        chosen = [known[school_id] for school_id in dict.fromkeys(schools)]
        return [
            event(one.addressee.school.municipality, one.addressee.school.school_id, one.reached)
            for one in chosen
            if one.closed is None
        ]
    found = first_of(seen.events)
    return [
        event(municipality, None, _of_municipality(found, municipality))
        for municipality in dict.fromkeys(one.addressee.school.municipality for one in at_schools)
        if (Deed.CLOSED, municipality, None) not in found
    ]


def _of_municipality(found: Mapping[tuple[Deed, str, str | None], Event], name: str) -> State:
    accepted_there = (Deed.ACCEPTED_BY_MUNICIPALITY, name, None) in found
    return State.ACCEPTED_BY_MUNICIPALITY if accepted_there else State.ISSUED


class Verdict(NamedTuple):
    """A task at a school held against a week's data; `event` where that fulfils it."""

    standing: Standing
    week: Week
    share: Share | None
    event: Event | None


def fulfilled(
    actor: Actor, dossier: Dossier, now: Now, week: Week, shares: Mapping[str, Share]
) -> list[Verdict]:
    """Hold what is open against `shares`, the goal's indicator in `week` by school id.

    A school that reaches the target, compared exactly, has fulfilled the task, whoever has accepted
    it; the number is kept as evidence. A value that is not there fulfils nothing.

    Raises:
        RoleError: a school does not judge itself.
        ValueError: the task has no goal.
    """
    rights.check_fulfil(actor)
    seen = rights.seen_by(actor, dossier)
    if seen is None:
        raise rights.unseen(dossier.task.task_id)
    goal = seen.task.goal
    if goal is None:
        message = "a task without a goal is held against no data"
        raise ValueError(message)
    verdicts = []
    for one in standings(seen, now.today):
        if not one.reached.is_open:
            continue
        school = one.addressee.school
        share = shares.get(school.school_id)
        event = None
        if (
            share is not None
            and share.numerator is not None
            and share.denominator
            and at_least(share.numerator, share.denominator, goal.target)
        ):
            event = Event(
                seen.task.task_id,
                now.moment,
                str(actor),
                Deed.FULFILLED,
                school.municipality,
                school.school_id,
                one.reached,
                evidence=Evidence(goal.indicator, week, share, goal.target),
            )
        verdicts.append(Verdict(one, week, share, event))
    return verdicts


def held_in(task: Task, asked: Week, issued_on: date) -> Week | None:
    """The week whose data a task's goal is held against; None: none yet.

    That of the goal; without one the week `asked`, which must not have ended before the issue.
    """
    if task.goal is None:
        return None
    if task.goal.week is not None:
        return task.goal.week
    return asked if asked.sunday >= issued_on else None


def _closed(task: Task) -> TaskError:
    return TaskError(
        words(f"поручение {task.task_id} закрыто", f"task {task.task_id} is closed"),
        remedy=words(
            f"кто и когда: monitor task log {task.task_id}",
            f"who and when: monitor task log {task.task_id}",
        ),
    )


__all__ = [
    "Now",
    "RoleError",
    "TaskError",
    "Verdict",
    "accepted",
    "closed",
    "fulfilled",
    "held_in",
    "issued",
]
