"""Rows of the tables ↔ the records of the model."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from monitor_cli.clock import Week
from monitor_cli.tasks.model import (
    Addressee,
    Deed,
    Event,
    Evidence,
    Goal,
    School,
    Share,
    State,
    Task,
)

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Row as SqlRow

Values = dict[str, Any]


def task_values(task: Task) -> Values:
    """What a new task is stored as; its id is the store's to give."""
    goal = task.goal
    return {
        "title": task.title,
        "text": task.text,
        "due": task.due,
        "issuer": task.issuer,
        "issued_at": task.issued_at,
        "addressed_to": task.to,
        "indicator": None if goal is None else goal.indicator,
        "target": None if goal is None else str(goal.target),
        "week": None if goal is None else _monday(goal.week),
        "from_week": _monday(task.from_week),
    }


def task_of(row: SqlRow[Any]) -> Task:
    """The task of a row."""
    goal = None
    if row.indicator is not None:
        goal = Goal(row.indicator, Fraction(row.target), _week(row.week))
    return Task(
        title=row.title,
        text=row.text,
        due=row.due,
        issuer=row.issuer,
        issued_at=row.issued_at,
        to=row.addressed_to,
        goal=goal,
        from_week=_week(row.from_week),
        task_id=row.task_id,
    )


def addressee_values(task_id: int, addressee: Addressee) -> Values:
    """What a task at a school is stored as."""
    school, before = addressee.school, addressee.before
    return {
        "task_id": task_id,
        "school_id": school.school_id,
        "name": school.name,
        "municipality": school.municipality,
        "numerator": None if before is None else before.numerator,
        "denominator": None if before is None else before.denominator,
    }


def addressee_of(row: SqlRow[Any]) -> Addressee:
    """The task at a school of a row."""
    school = School(row.school_id, row.name, row.municipality)
    known = row.numerator is not None or row.denominator is not None
    return Addressee(school, Share(row.numerator, row.denominator) if known else None)


def event_values(event: Event) -> Values:
    """What a new event is stored as; its id is the store's to give."""
    evidence = event.evidence
    return {
        "task_id": event.task_id,
        "at": event.at,
        "actor": event.actor,
        "deed": event.deed.value,
        "municipality": event.municipality,
        "school_id": event.school_id,
        "from_state": None if event.from_state is None else event.from_state.value,
        "note": event.note,
        "indicator": None if evidence is None else evidence.indicator,
        "week": None if evidence is None else evidence.week.monday,
        "numerator": None if evidence is None else evidence.share.numerator,
        "denominator": None if evidence is None else evidence.share.denominator,
        "target": None if evidence is None else str(evidence.target),
    }


def event_of(row: SqlRow[Any]) -> Event:
    """The event of a row."""
    evidence = None
    if row.indicator is not None:
        share = Share(row.numerator, row.denominator)
        evidence = Evidence(row.indicator, Week(row.week), share, Fraction(row.target))
    return Event(
        task_id=row.task_id,
        at=row.at,
        actor=row.actor,
        deed=Deed(row.deed),
        municipality=row.municipality,
        school_id=row.school_id,
        from_state=None if row.from_state is None else State(row.from_state),
        note=row.note,
        evidence=evidence,
        event_id=row.event_id,
    )


def _monday(week: Week | None) -> date | None:
    return None if week is None else week.monday


def _week(monday: date | None) -> Week | None:
    return None if monday is None else Week(monday)
