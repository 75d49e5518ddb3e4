"""Who may see what of a task, and who may do what with it.

РОУО issues to any school and sees everything. МОУО issues to its own schools, accepts what РОУО
issued, sees what is addressed to its schools. A school sees a task after its municipality accepted
it, and accepts it. Source: the memo, «Работа с поручениями», «Введение».
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from monitor_cli.language import normalised, words
from monitor_cli.tasks.actors import Actor, Role, RoleError, may_not
from monitor_cli.tasks.model import Deed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from monitor_cli.tasks.model import Dossier, School, Task

_MUNICIPALITY = words("МОУО для своих школ", "the municipality for its own schools")


def seen_by(actor: Actor, dossier: Dossier) -> Dossier | None:
    """What of a task `actor` may see; None: they may not know that it exists."""
    if actor.role is Role.ROUO:
        return dossier
    if actor.role is Role.MOUO:
        return _narrowed(dossier, lambda school: actor.is_of(school.municipality), lambda _: True)
    own = _narrowed(
        dossier,
        lambda school: actor.is_school(school.school_id),
        lambda school_id: school_id is None or actor.is_school(school_id),
    )
    if own is None or not any(event.deed is Deed.ACCEPTED_BY_MUNICIPALITY for event in own.events):
        return None
    return own


def _narrowed(
    dossier: Dossier, keep: Callable[[School], bool], of_school: Callable[[str | None], bool]
) -> Dossier | None:
    addressees = [one for one in dossier.addressees if keep(one.school)]
    if not addressees:
        return None
    municipalities = {one.school.municipality for one in addressees}
    events = [
        event
        for event in dossier.events
        if event.municipality in municipalities and of_school(event.school_id)
    ]
    return replace(dossier, addressees=addressees, events=events)


def unseen(number: int) -> RoleError:
    """The error for a task that one may not see: it does not tell whether it exists."""
    return RoleError(
        words(f"поручения {number} для вас нет", f"there is no task {number} for you"),
        remedy=words(
            "школа видит поручение после того, как его приняло МОУО; ваши: monitor task list",
            "a school sees a task after its municipality accepted it; yours: monitor task list",
        ),
    )


def check_issue(actor: Actor, schools: Sequence[School]) -> None:
    """Let РОУО issue to any school, МОУО to its own.

    Raises:
        RoleError: it is a school, or a МОУО that names a school of another.
    """
    deed = words("выдавать поручения", "issue tasks")
    if actor.role is Role.SCHOOL:
        raise may_not(
            actor, deed, words("РОУО или МОУО", "the regional authority or a municipality")
        )
    foreign = [
        school
        for school in schools
        if actor.role is Role.MOUO and not actor.is_of(school.municipality)
    ]
    if foreign:
        ids = ", ".join(school.school_id for school in foreign[:3])
        raise may_not(
            actor,
            words(f"выдавать поручения чужим школам ({ids})", f"issue to others' schools ({ids})"),
            words("РОУО или их МОУО", "the regional authority or their municipality"),
        )


def check_accept(actor: Actor) -> None:
    """Let МОУО and schools accept.

    Raises:
        RoleError: it is РОУО.
    """
    if actor.role is Role.ROUO:
        raise may_not(
            actor,
            words("принимать поручения", "accept tasks"),
            words("МОУО, потом школы", "municipalities, then schools"),
        )


def check_close(actor: Actor, task: Task) -> None:
    """Let the issuer close.

    Raises:
        RoleError: it is another.
    """
    if normalised(str(actor)) != normalised(task.issuer):
        raise may_not(
            actor,
            words(f"закрыть поручение {task.task_id}", f"close task {task.task_id}"),
            words("тот, кто его выдал", "the one who issued it"),
        )


def check_pending(actor: Actor) -> None:
    """Let РОУО and МОУО look up who has not accepted.

    Raises:
        RoleError: it is a school.
    """
    if actor.role is Role.SCHOOL:
        raise may_not(
            actor,
            words("смотреть, кто не принял", "look up who has not accepted"),
            _MUNICIPALITY,
        )


def check_fulfil(actor: Actor) -> None:
    """Let РОУО hold all tasks against the data, МОУО those at its own schools.

    Raises:
        RoleError: it is a school, which would judge itself.
    """
    if actor.role is Role.SCHOOL:
        raise may_not(
            actor,
            words("отмечать исполнение", "mark a task fulfilled"),
            words(
                "РОУО, а у своих школ МОУО",
                "the regional authority, or the municipality of the school",
            ),
        )
