"""The states that follow from a log: nothing else says how far a task has come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor_cli.tasks.model import Deed, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from monitor_cli.tasks.model import Addressee, Dossier, Event


@dataclass(frozen=True, slots=True)
class Standing:
    """A task at a school: the events that brought it there, None where they have not come.

    `overdue`: the due day has passed and it is open.
    """

    addressee: Addressee
    overdue: bool
    issued: Event | None = None
    by_municipality: Event | None = None
    by_school: Event | None = None
    fulfilled: Event | None = None
    closed: Event | None = None

    @property
    def reached(self) -> State:
        """The state by the log alone, whatever the day."""
        if self.closed is not None:
            return State.CLOSED
        if self.fulfilled is not None:
            return State.FULFILLED
        if self.by_school is not None:
            return State.ACCEPTED_BY_SCHOOL
        if self.by_municipality is not None:
            return State.ACCEPTED_BY_MUNICIPALITY
        return State.ISSUED

    @property
    def state(self) -> State:
        """The state as people see it: one that is open and past its day is overdue."""
        return State.OVERDUE if self.overdue else self.reached

    @property
    def visible_to_school(self) -> bool:
        """Source: the memo, «Очень важно»: only after its municipality accepted."""
        return self.by_municipality is not None

    @property
    def waits_for_municipality(self) -> bool:
        """Whether the municipality is to accept before anything else happens."""
        return self.reached is State.ISSUED

    @property
    def waits_for_school(self) -> bool:
        """Whether it is the school that has not accepted."""
        return self.reached is State.ACCEPTED_BY_MUNICIPALITY


_Part = tuple[Deed, str, str | None]


def first_of(events: Iterable[Event]) -> Mapping[_Part, Event]:
    """The first event of each deed at each part of a task; what came twice counts once."""
    found: dict[_Part, Event] = {}
    for event in events:
        found.setdefault((event.deed, event.municipality, event.school_id), event)
    return found


def standings(dossier: Dossier, today: date) -> list[Standing]:
    """The task at each of its schools, in their order, on the day `today`."""
    found = first_of(dossier.events)
    due = dossier.task.due
    return [
        _standing(one, found, late=due is not None and due < today) for one in dossier.addressees
    ]


def _standing(addressee: Addressee, found: Mapping[_Part, Event], *, late: bool) -> Standing:
    school = addressee.school

    def at_either(deed: Deed) -> Event | None:
        of_all = found.get((deed, school.municipality, None))
        own = found.get((deed, school.municipality, school.school_id))
        return own or of_all

    events = {deed: at_either(deed) for deed in Deed}
    is_open = events[Deed.FULFILLED] is None and events[Deed.CLOSED] is None
    return Standing(
        addressee,
        late and is_open,
        issued=events[Deed.ISSUED],
        by_municipality=events[Deed.ACCEPTED_BY_MUNICIPALITY],
        by_school=events[Deed.ACCEPTED_BY_SCHOOL],
        fulfilled=events[Deed.FULFILLED],
        closed=events[Deed.CLOSED],
    )
