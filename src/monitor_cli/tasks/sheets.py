"""What is known of tasks → reports: rows for the columns of `columns.py`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from monitor_cli.language import Words, same, words
from monitor_cli.report import Report, Sheet
from monitor_cli.result import Measure
from monitor_cli.tasks import addressing, columns
from monitor_cli.tasks.actors import Actor
from monitor_cli.tasks.model import Deed, State, percent_said
from monitor_cli.tasks.states import Standing, standings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime, tzinfo
    from fractions import Fraction

    from monitor_cli.report import Value
    from monitor_cli.result import Notice, Problem
    from monitor_cli.tasks.acts import Verdict
    from monitor_cli.tasks.model import Dossier, Event, Share, Task
    from monitor_cli.tasks.storage.store import Status

_LAGGING = (State.ISSUED, State.ACCEPTED_BY_MUNICIPALITY, State.ACCEPTED_BY_SCHOOL)


class Viewer(NamedTuple):
    """Who looks, on which day, by which clock; `sample`: at invented schools."""

    actor: Actor
    today: date
    zone: tzinfo
    sample: bool = False

    @property
    def head(self) -> dict[str, object]:
        """What programs are told of it."""
        return {"as": str(self.actor)}

    def local(self, moment: datetime | None) -> datetime | None:
        """A moment by this clock, to the second."""
        if moment is None:
            return None
        return moment.astimezone(self.zone).replace(tzinfo=None, microsecond=0)


def of_all(found: Iterable[Standing]) -> State:
    """The state of a task as a whole: overdue, then the open one that lags most, then fulfilled."""
    states = {one.state for one in found}
    for state in (State.OVERDUE, *_LAGGING, State.FULFILLED):
        if state in states:
            return state
    return State.CLOSED


def list_report(viewer: Viewer, dossiers: Sequence[Dossier], state: State | None = None) -> Report:
    """A row a task; `state`: only those that stand there as a whole."""
    rows = []
    for dossier in dossiers:
        found = standings(dossier, viewer.today)
        as_a_whole = of_all(found)
        if state is None or as_a_whole is state:
            rows.append(_of_task(viewer, dossier.task, found, as_a_whole))
    title = words("Поручения", "Tasks")
    sheet = Sheet("tasks", title, columns.OF_LIST, rows)
    return Report(
        columns.LIST,
        title,
        "tasks",
        (sheet,),
        viewer.head,
        (_viewed(viewer),),
        sample=viewer.sample,
        day=viewer.today,
    )


def _of_task(
    viewer: Viewer, task: Task, found: Sequence[Standing], state: State
) -> tuple[Value, ...]:
    goal = task.goal
    reached = Counter(one.state for one in found)
    return (
        task.task_id,
        task.title,
        task.text or None,
        task.due,
        task.issuer,
        addressing.said(task, [one.addressee.school for one in found]),
        None if goal is None else goal.indicator,
        None if goal is None else float(goal.target),
        None if goal is None or goal.week is None else goal.week.iso,
        state.value,
        len(found),
        sum(one.by_school is not None for one in found),
        reached[State.FULFILLED],
        reached[State.OVERDUE],
        reached[State.CLOSED],
        viewer.local(task.issued_at),
    )


def show_report(viewer: Viewer, dossier: Dossier) -> Report:
    """A task: its schools, its log."""
    task, target = dossier.task, _target(dossier.task)
    rows: list[tuple[Value, ...]] = []
    for one in standings(dossier, viewer.today):
        school = one.addressee.school
        end = one.closed or one.fulfilled
        evidence = None if one.fulfilled is None else one.fulfilled.evidence
        rows.append(
            (
                school.municipality,
                school.name,
                one.state.value,
                viewer.local(None if one.by_municipality is None else one.by_municipality.at),
                viewer.local(None if one.by_school is None else one.by_school.at),
                measured(one.addressee.before, target),
                None if evidence is None else measured(evidence.share, evidence.target),
                viewer.local(None if end is None else end.at),
                school.school_id,
            )
        )
    schools = Sheet("schools", words("Школы", "Schools"), columns.OF_SCHOOLS, rows)
    return Report(
        columns.SHOW,
        words(f"Поручение {task.task_id}: {task.title}", f"Task {task.task_id}: {task.title}"),
        "schools",
        (schools, _log(viewer, [dossier], dossier.events)),
        viewer.head | {"task": _head(viewer, dossier)},
        (_viewed(viewer), *_told(viewer, task)),
        sample=viewer.sample,
        day=viewer.today,
    )


def _head(viewer: Viewer, dossier: Dossier) -> dict[str, object]:
    task = dossier.task
    goal = task.goal
    issued_at = viewer.local(task.issued_at)
    return {
        "task": task.task_id,
        "title": task.title,
        "text": task.text,
        "due": None if task.due is None else task.due.isoformat(),
        "issuer": task.issuer,
        "issued_at": "" if issued_at is None else issued_at.isoformat(),
        "addressed_to": addressing.said(task, [one.school for one in dossier.addressees]),
        "goal": None
        if goal is None
        else {
            "indicator": goal.indicator,
            "target": float(goal.target),
            "week": None if goal.week is None else goal.week.iso,
        },
        "from_week": None if task.from_week is None else task.from_week.iso,
    }


def _told(viewer: Viewer, task: Task) -> list[Words]:
    """The task as people read it."""
    lines = [same(line) for line in task.text.splitlines() if line.strip()]
    on = viewer.local(task.issued_at)
    issuer = Actor.parsed(task.issuer).called
    day = "" if on is None else f"{on:%d.%m.%Y}"
    lines.append(words(f"выдано: {issuer.ru}, {day}", f"issued: {issuer.en}, {day}"))
    if task.due is not None:
        lines.append(words(f"срок: {task.due:%d.%m.%Y}", f"due: {task.due:%d.%m.%Y}"))
    if task.goal is not None:
        title = columns.TITLES[task.goal.indicator]
        week = task.goal.week
        target = percent_said(task.goal.target)
        ru = "любая полная неделя после выдачи" if week is None else f"неделя {week.iso}"
        en = "any whole week after the issue" if week is None else f"week {week.iso}"
        lines.append(
            words(f"цель: {title.ru} ≥ {target.ru}, {ru}", f"goal: {title.en} ≥ {target.en}, {en}")
        )
    return lines


def pending_sheets(viewer: Viewer, dossiers: Sequence[Dossier]) -> tuple[Sheet, Sheet]:
    """Who has not accepted: by municipality; and a row each."""
    rows: list[tuple[Value, ...]] = []
    counted: dict[str, list[int]] = {}
    for dossier in dossiers:
        waiting: set[str] = set()
        for one in standings(dossier, viewer.today):
            school = one.addressee.school
            of_municipality = one.waits_for_municipality
            if of_municipality and school.municipality in waiting:
                continue
            if not of_municipality and not one.waits_for_school:
                continue
            waiting |= {school.municipality} if of_municipality else set()
            since = one.issued if of_municipality else one.by_municipality
            at = viewer.local(None if since is None else since.at)
            days = 0 if at is None else max(0, (viewer.today - at.date()).days)
            rows.append(
                (
                    dossier.task.task_id,
                    dossier.task.title,
                    dossier.task.due,
                    school.municipality,
                    "municipality" if of_municipality else "school",
                    None if of_municipality else school.name,
                    at,
                    days,
                    None if of_municipality else school.school_id,
                )
            )
            total = counted.setdefault(school.municipality, [0, 0, 0])
            total[0 if of_municipality else 1] += 1
            total[2] = max(total[2], days)
    by_name: list[tuple[Value, ...]] = [
        (name, *counted[name]) for name in sorted(counted, key=str.casefold)
    ]
    totals = (
        None,
        sum(one[0] for one in counted.values()),
        sum(one[1] for one in counted.values()),
        max((one[2] for one in counted.values()), default=0),
    )
    municipalities = Sheet(
        "municipalities",
        words("По муниципалитетам", "By municipality"),
        columns.OF_MUNICIPALITIES,
        by_name,
        totals,
    )
    each = Sheet("pending", words("Не приняли", "Not accepted"), columns.OF_PENDING, rows)
    return municipalities, each


def pending_report(viewer: Viewer, dossiers: Sequence[Dossier]) -> Report:
    """Who has not accepted, by municipality, with the days waited."""
    return Report(
        columns.PENDING,
        words("Кто не принял поручения", "Who has not accepted tasks"),
        "pending",
        pending_sheets(viewer, dossiers),
        viewer.head,
        (_viewed(viewer),),
        sample=viewer.sample,
        day=viewer.today,
    )


def log_report(viewer: Viewer, dossiers: Sequence[Dossier], events: Sequence[Event]) -> Report:
    """Entries of the log, in their order."""
    return Report(
        columns.LOG,
        words("Журнал поручений", "The log of tasks"),
        "log",
        (_log(viewer, dossiers, events),),
        viewer.head,
        (_viewed(viewer),),
        sample=viewer.sample,
        day=viewer.today,
    )


def _log(viewer: Viewer, dossiers: Iterable[Dossier], events: Iterable[Event]) -> Sheet:
    names = {one.school.school_id: one.school.name for each in dossiers for one in each.addressees}
    rows: list[tuple[Value, ...]] = [
        (
            event.event_id,
            viewer.local(event.at),
            event.task_id,
            event.actor,
            event.deed.value,
            event.municipality,
            None if event.school_id is None else names.get(event.school_id, event.school_id),
            None if event.from_state is None else event.from_state.value,
            None
            if event.evidence is None
            else measured(event.evidence.share, event.evidence.target),
            None if event.evidence is None else event.evidence.week.iso,
            event.note or None,
            event.school_id,
        )
        for event in sorted(events, key=lambda one: one.event_id)
    ]
    return Sheet("log", words("Журнал", "Log"), columns.OF_LOG, rows)


class Held(NamedTuple):
    """A task held against the data; `verdicts` None: it was not, for the reason `why`."""

    dossier: Dossier
    verdicts: Sequence[Verdict] | None
    why: str = ""


def check_report(
    viewer: Viewer,
    held: Sequence[Held],
    problems: Sequence[Problem] = (),
    warnings: Sequence[Notice] = (),
) -> Report:
    """Open tasks with a goal against the data, a row a school."""
    rows: list[tuple[Value, ...]] = []
    for one in held:
        task, goal = one.dossier.task, one.dossier.task.goal
        if goal is None:
            continue
        if one.verdicts is None:
            week = None if goal.week is None else goal.week.iso
            open_ones = [
                each for each in standings(one.dossier, viewer.today) if each.reached.is_open
            ]
            found: list[tuple[Standing, str | None, Measure | None, str]]
            found = [(each, week, None, one.why) for each in open_ones]
        else:
            found = [
                (
                    each.standing,
                    each.week.iso,
                    measured(each.share, goal.target),
                    _verdict(each),
                )
                for each in one.verdicts
            ]
        for standing, in_week, measure, verdict in found:
            school = standing.addressee.school
            rows.append(
                (
                    task.task_id,
                    task.title,
                    school.municipality,
                    school.name,
                    goal.indicator,
                    in_week,
                    measure,
                    float(goal.target),
                    verdict,
                    school.school_id,
                )
            )
    title = words("Поручения против данных", "Tasks against the data")
    return Report(
        columns.CHECK,
        title,
        "checked",
        (Sheet("checked", title, columns.OF_CHECK, rows),),
        viewer.head,
        (_viewed(viewer),),
        problems,
        warnings,
        sample=viewer.sample,
        day=viewer.today,
    )


def store_report(status: Status, typed: Actor | None, copy: str | None, *, sample: bool) -> Report:
    """What a store is and holds; `typed`: who one says to be, where the store does not know."""
    you = status.you if status.place.file is None else typed
    row = (
        "sqlite" if status.place.file is not None else "postgresql",
        status.place.shown,
        status.version,
        None if you is None else str(you),
        status.owner,
        status.tasks,
        status.events,
        status.schools,
        copy,
    )
    title = words("Хранилище поручений", "The store of tasks")
    sheet = Sheet("store", title, columns.OF_STORE, [row])
    return Report(columns.STORE, title, "store", (sheet,), sample=sample)


def _verdict(one: Verdict) -> str:
    if one.event is not None:
        return Deed.FULFILLED.value
    known = one.share is not None and one.share.numerator is not None and one.share.denominator
    return "short" if known else "no_value"


def measured(share: Share | None, target: Fraction | None) -> Measure | None:
    """Two counts as a measure whose threshold is the target."""
    if share is None or target is None:
        return None
    return Measure(share.numerator, share.denominator, target)


def _target(task: Task) -> Fraction | None:
    return None if task.goal is None else task.goal.target


def _viewed(viewer: Viewer) -> Words:
    called = viewer.actor.called
    return words(f"смотрит: {called.ru}", f"seen by: {called.en}")
