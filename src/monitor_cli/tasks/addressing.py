"""Whom a task is for: `all`, `mouo:<municipality>`, `school:<id>` → schools of the register."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from monitor_cli.errors import UsageError
from monitor_cli.language import normalised, words
from monitor_cli.tasks.actors import Actor, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from monitor_cli.tasks.model import School, Task

EVERYONE = "all"
SEPARATOR = ";"


def split(text: str) -> tuple[str, ...]:
    """The addressees of a cell, which are parted by `;`."""
    return tuple(part.strip() for part in text.split(SEPARATOR) if part.strip())


def addressed(
    actor: Actor, typed: Iterable[str], known: Mapping[str, School]
) -> tuple[School, ...]:
    """The schools that `typed` names, each once; `all` are all that `actor` answers for.

    Raises:
        UsageError: a text that names no addressee, or one that the register does not have.
    """
    found: dict[str, School] = {}
    for text in typed:
        for school in _named(actor, text, known):
            found[school.school_id] = school
    return tuple(sorted(found.values(), key=lambda school: school.order))


def kept(actor: Actor, typed: Sequence[str], schools: Sequence[School]) -> str:
    """What a task says of its addressees to everyone who sees it; empty where they are named.

    A list of schools, of those that fell short above all, is nobody's but the issuer's.
    """
    if any(text.strip().casefold() == EVERYONE for text in typed):
        return EVERYONE if actor.role is Role.ROUO else str(actor)
    if len(typed) == 1 and Actor.parsed(typed[0]).role is Role.MOUO:
        return str(Actor(Role.MOUO, schools[0].municipality))
    return ""


def said(task: Task, schools: Iterable[School]) -> str:
    """The addressees as a cell holds them: the schools that one may see, where they are named."""
    named = (str(Actor(Role.SCHOOL, school.school_id)) for school in schools)
    return task.to or f"{SEPARATOR} ".join(named)


def _named(actor: Actor, text: str, known: Mapping[str, School]) -> list[School]:
    if text.strip().casefold() == EVERYONE:
        of_region = actor.role is Role.ROUO
        return [one for one in known.values() if of_region or actor.is_of(one.municipality)]
    try:
        to = Actor.parsed(text)
    except ValueError:
        raise _unclear(text) from None
    if to.role is Role.ROUO:
        raise _unclear(text)
    if to.role is Role.SCHOOL:
        if to.name not in known:
            raise _unknown(text, list(known), "school:")
        return [known[to.name]]
    found = [one for one in known.values() if to.is_of(one.municipality)]
    if not found:
        names = sorted({one.municipality for one in known.values()})
        raise _unknown(text, names, "mouo:")
    return found


def _unclear(text: str) -> UsageError:
    return UsageError(
        words(f"кому «{text}»: непонятно", f"to “{text}”: this names nobody"),
        remedy=words(
            "можно: all, mouo:МУНИЦИПАЛИТЕТ, school:ID", "all, mouo:MUNICIPALITY or school:ID"
        ),
    )


def _unknown(text: str, names: list[str], prefix: str) -> UsageError:
    by_folded = {normalised(name): name for name in names}
    typed = normalised(text.partition(":")[2])
    near = [by_folded[name] for name in difflib.get_close_matches(typed, by_folded, 3, 0.4)]
    shown = ", ".join(f"{prefix}{name}" for name in near or names[:3])
    return UsageError(
        words(f"кому «{text}»: такого нет", f"to “{text}”: there is none"),
        remedy=words(f"похожие: {shown}", f"nearest: {shown}")
        if shown
        else words(
            "школы берутся из выгрузки: назовите её, --data ВЫГРУЗКА",
            "schools come from a dump: name one, --data DUMP",
        ),
    )
