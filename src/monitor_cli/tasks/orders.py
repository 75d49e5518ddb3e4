"""What is typed or listed → tasks to issue, with their addressees: checked, nothing written yet."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, NamedTuple

from monitor_cli import clock
from monitor_cli.errors import UsageError
from monitor_cli.language import Words, normalised, words
from monitor_cli.settings import INDICATOR_KEYS
from monitor_cli.settings.checks import percent_of
from monitor_cli.tasks import acts, addressing, incoming, rights
from monitor_cli.tasks.actors import Actor, Role
from monitor_cli.tasks.model import Addressee, Goal, Share, Task, percent_said

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date, tzinfo
    from fractions import Fraction
    from pathlib import Path

    from monitor_cli.clock import Week
    from monitor_cli.tasks.model import Dossier, Event, School
    from monitor_cli.tasks.storage.store import Store

LONGEST_TITLE, LONGEST_TEXT = 300, 20_000
_TITLE, _TEXT, _DUE = "title", "text", "due"


class Order(NamedTuple):
    """A task as it was typed, each part read; `to`: as typed."""

    title: str
    text: str
    due: date | None
    to: tuple[str, ...]
    goal: Goal | None


class Office(NamedTuple):
    """Who issues, when, by which clock, and the schools that can be addressed."""

    actor: Actor
    now: acts.Now
    zone: tzinfo
    schools: Mapping[str, School]


Pair = tuple[Task, tuple[Addressee, ...]]


def read_title(text: str | None) -> str:
    """A title: one line that says something.

    Raises:
        ValueError: it does not.
    """
    title = " ".join((text or "").split())
    if not title or len(title) > LONGEST_TITLE:
        message = "no title"
        raise ValueError(message)
    return title


def read_text(text: str) -> str:
    """What is to be done, in one paragraph: a cell, a row of a table has no more.

    Raises:
        ValueError: it is too long.
    """
    paragraph = " ".join(text.split())
    if len(paragraph) > LONGEST_TEXT:
        message = "too long"
        raise ValueError(message)
    return paragraph


def read_goal(indicator: str, target: str, week: str, office: Office) -> Goal | None:
    """A goal; None where nothing is said of one.

    Raises:
        ValueError: its text names the column that is at fault.
    """
    if not (indicator or target or week):
        return None
    if indicator not in INDICATOR_KEYS:
        column = "indicator"
        raise ValueError(column)
    try:
        percent = percent_of(Decimal(target.strip().replace(",", ".")))
        # A list shows two decimals: issued anew from it, the goal must be the same.
        readable = (percent * 100).denominator == 1
    except (InvalidOperation, ValueError):
        readable = False
    if not readable:
        column = "target"
        raise ValueError(column)
    try:
        in_week = clock.parse_week(week, office.now.moment, office.zone) if week else None
    except ValueError:
        column = "week"
        raise ValueError(column) from None
    return Goal(indicator, percent, in_week)


def placed(order: Order, office: Office) -> Pair:
    """A task and its addressees.

    Raises:
        RoleError: a school issues nothing, a МОУО to its own schools alone.
        UsageError: an addressee that is not there; the due day has passed.
    """
    schools = addressing.addressed(office.actor, order.to, office.schools)
    return _pair(order, office, tuple(map(Addressee, schools)))


def _pair(
    order: Order, office: Office, to: tuple[Addressee, ...], from_week: Week | None = None
) -> Pair:
    rights.check_issue(office.actor, [one.school for one in to])
    if not to:
        raise UsageError(
            words(f"«{order.title}»: выдавать некому", f"“{order.title}”: it is for nobody"),
            remedy=words("назовите, кому: --to", "say for whom: --to"),
        )
    if order.due is not None and order.due < office.now.today:
        raise UsageError(
            words(
                f"«{order.title}»: срок {order.due:%d.%m.%Y} уже прошёл",
                f"“{order.title}”: the due day {order.due:%d.%m.%Y} has passed",
            )
        )
    task = Task(
        order.title,
        order.text,
        order.due,
        str(office.actor),
        office.now.moment,
        addressing.kept(office.actor, order.to, [one.school for one in to]),
        order.goal,
        from_week,
    )
    return task, to


def short(order: Order, office: Office, week: Week, below: Mapping[str, Share]) -> Pair | None:
    """The task for those that fell short in `week`; None: none of those that it is for did."""
    schools = addressing.addressed(office.actor, order.to, office.schools)
    to = tuple(
        Addressee(school, below[school.school_id])
        for school in schools
        if school.school_id in below
    )
    if not to:
        return None
    # Not for all that they were chosen from: issued anew from a list, it is for these again.
    named = tuple(str(Actor(Role.SCHOOL, one.school.school_id)) for one in to)
    return _pair(order._replace(to=named), office, to, week)


def listed(path: Path, office: Office, keys: Mapping[str, str]) -> list[Pair]:
    """The tasks of a list; `keys`: indicators by their titles.

    Raises:
        UsageError: a cell that cannot be used, by line and column.
    """
    return [_of_line(path, line, office, keys) for line in incoming.read(path)]


def _of_line(path: Path, line: incoming.Line, office: Office, keys: Mapping[str, str]) -> Pair:
    cells = line.cells

    def fault_of(column: str, what: Words) -> UsageError:
        return incoming.fault(path, line.number, column, what)

    try:
        title = read_title(cells["title"])
    except ValueError:
        most = LONGEST_TITLE
        said = words(f"до {most} знаков в одной строке", f"up to {most} signs in one line")
        raise fault_of(_TITLE, said) from None
    try:
        text = read_text(cells.get("text", ""))
    except ValueError:
        raise fault_of(_TEXT, words("слишком длинно", "too long")) from None
    try:
        due = clock.parse_day(cells["due"].partition(" ")[0]) if cells.get("due") else None
    except ValueError:
        raise fault_of(_DUE, words("это не день", "this is no day")) from None
    indicator = cells.get("indicator", "")
    indicator = keys.get(normalised(indicator), indicator)
    try:
        goal = read_goal(indicator, cells.get("target", ""), cells.get("week", ""), office)
    except ValueError as error:
        said = words(
            "цель – показатель, процент и, если нужно, неделя",
            "a goal is an indicator, a percentage and, if need be, a week",
        )
        raise fault_of(str(error), said) from None
    to = addressing.split(cells.get("addressed_to", "")) or (addressing.EVERYONE,)
    try:
        return placed(Order(title, text, due, to, goal), office)
    except UsageError as error:
        raise type(error)(
            words(
                f"{path}, строка {line.number}: {error.what.ru}",
                f"{path}, line {line.number}: {error.what.en}",
            ),
            remedy=error.remedy,
        ) from error


def issue(store: Store, actor: Actor, pairs: Sequence[Pair]) -> list[Dossier]:
    """Issue tasks, all or none."""

    def written(addressed: Sequence[Addressee]) -> Callable[[Task], Sequence[Event]]:
        names = dict.fromkeys(one.school.municipality for one in addressed)
        return lambda task: acts.issued(actor, task, names)

    return store.issue([(task, to, written(to)) for task, to in pairs])


def title_of(indicator: Words, percent: Fraction) -> Words:
    """The title of a task that nobody has given one."""
    said = percent_said(percent)
    return words(f"{indicator.ru}: не ниже {said.ru}", f"{indicator.en}: at least {said.en}")
