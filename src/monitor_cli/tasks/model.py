"""A task, whom it is addressed to, and the events of its log: data, no database."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from monitor_cli.language import Words, normalised, words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from fractions import Fraction

    from monitor_cli.clock import Week

_DIGITS = re.compile(r"(\d+)")


class State(StrEnum):
    """How far a task has come at a school, in order; `OVERDUE` follows from the day."""

    ISSUED = "issued"
    ACCEPTED_BY_MUNICIPALITY = "accepted_by_municipality"
    ACCEPTED_BY_SCHOOL = "accepted_by_school"
    FULFILLED = "fulfilled"
    OVERDUE = "overdue"
    CLOSED = "closed"

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self not in (State.FULFILLED, State.CLOSED)


class Deed(StrEnum):
    """What an event of the log says has been done."""

    ISSUED = "issued"
    ACCEPTED_BY_MUNICIPALITY = "accepted_by_municipality"
    ACCEPTED_BY_SCHOOL = "accepted_by_school"
    FULFILLED = "fulfilled"
    CLOSED = "closed"

    @property
    def leads_to(self) -> State:
        """The state after it."""
        return State(self.value)


class School(NamedTuple):
    """A school of the register, and the municipality that answers for it."""

    school_id: str
    name: str
    municipality: str

    @property
    def order(self) -> tuple[object, ...]:
        """As `cli.md`, «Order», has it: by municipality and name, №2 before №10, then by id."""
        pieces = _DIGITS.split(normalised(self.name))
        natural = [
            (0, int(piece), "") if at % 2 else (1, 0, piece)
            for at, piece in enumerate(pieces)
            if piece
        ]
        return (normalised(self.municipality), natural, self.school_id)


class Share(NamedTuple):
    """An indicator at a school: two counts, never a ratio; None for want of data."""

    numerator: int | None
    denominator: int | None


class Goal(NamedTuple):
    """What the data must show: `indicator` at `target` per cent or more.

    `week`: in that week; None: in any whole week that ends on the day of issue or later.
    """

    indicator: str
    target: Fraction
    week: Week | None = None


class Evidence(NamedTuple):
    """The number by which a goal was found reached."""

    indicator: str
    week: Week
    share: Share
    target: Fraction


@dataclass(frozen=True, slots=True)
class Addressee:
    """A school that a task is addressed to; name and municipality are those at the issue.

    `before`: the goal's indicator then, where the task was made from a week's data.
    """

    school: School
    before: Share | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """What was issued, once and for all.

    `issuer`: an `Actor` as text. `issued_at` is aware. `to`: `all`, `mouo:<municipality>`, or
    empty: schools by name, whom the addressees tell. `due`: the last day; None: no end.
    `from_week`: the week whose data chose the addressees.
    """

    title: str
    text: str
    due: date | None
    issuer: str
    issued_at: datetime
    to: str
    goal: Goal | None = None
    from_week: Week | None = None
    task_id: int = 0
    """Given by the store; 0 before."""


@dataclass(frozen=True, slots=True)
class Event:
    """A line of the log: who did what and when, to which part of a task, from which state.

    `school_id` None: for the whole of `municipality`. `at` is aware. Nothing in it changes, ever.
    """

    task_id: int
    at: datetime
    actor: str
    deed: Deed
    municipality: str
    school_id: str | None = None
    from_state: State | None = None
    note: str = ""
    evidence: Evidence | None = None
    event_id: int = 0
    """Given by the store, rising; 0 before."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """A task with its addressees and its log, in order: all that is known of it, or may be."""

    task: Task
    addressees: Sequence[Addressee]
    events: Sequence[Event]


def percent_said(percent: Fraction) -> Words:
    """A goal's percentage in a sentence."""
    plain = f"{float(percent):g} %"
    return words(plain.replace(".", ","), plain)
