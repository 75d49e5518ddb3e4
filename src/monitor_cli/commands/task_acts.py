"""`monitor task accept` and `close`: acts that add to the log, and the entries that they made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from monitor_cli.commands import options
from monitor_cli.commands import task_options as own
from monitor_cli.commands.desk import Desk, Typed, read_number, read_numbers, sit_down
from monitor_cli.commands.school_options import Format
from monitor_cli.errors import UsageError
from monitor_cli.language import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor_cli.language import Words
    from monitor_cli.tasks.model import Dossier, Event


def accept(
    ctx: typer.Context,
    numbers: own.Numbers = None,
    *,
    all_: own.All = False,
    who: own.As = None,
    format_: Format = None,
    json: options.Json = False,
    output: options.Output = None,
    no_color: options.NoColor = False,
    config: options.Config = None,
    set_: options.Assignments = None,
    lang: options.Lang = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> int:
    """Accept for a municipality or a school."""
    typed = Typed(who, config, set_, lang, None, format_, json, output, no_color, quiet, verbose)
    wanted = read_numbers(numbers)
    if bool(wanted) is all_:
        raise UsageError(
            words("не сказано, какое поручение принять", "it is not said which task to accept"),
            remedy=words(
                "monitor task accept НОМЕР… или --all", "monitor task accept NUMBER… or --all"
            ),
        )
    desk = sit_down(ctx.obj, typed)

    from monitor_cli.tasks.acts import accepted
    from monitor_cli.tasks.rights import check_accept

    check_accept(desk.actor)
    dossiers = desk.store.dossiers(desk.actor, wanted)
    if all_:
        dossiers = [one for one in dossiers if _to_be_accepted(desk, one)]
    made: list[Event] = []
    before: list[int] = []
    for dossier in dossiers:
        number = dossier.task.task_id
        events = desk.store.act(
            desk.actor, number, lambda known: accepted(desk.actor, known, desk.now)
        )
        made += events
        before += [] if events else [number]
    return _told(desk, dossiers, made, _before(before))


def _to_be_accepted(desk: Desk, dossier: Dossier) -> bool:
    from monitor_cli.tasks.actors import Role
    from monitor_cli.tasks.states import standings

    found = standings(dossier, desk.now.today)
    if desk.actor.role is Role.SCHOOL:
        return any(one.waits_for_school for one in found)
    return any(one.by_municipality is None and one.closed is None for one in found)


def _before(numbers: Sequence[int]) -> list[Words]:
    listed = ", ".join(map(str, numbers))
    if not numbers:
        return []
    return [words(f"принято уже раньше: {listed}", f"accepted before: {listed}")]


def close(
    ctx: typer.Context,
    number: own.Number,
    *,
    school: own.OnlySchools = None,
    note: own.Note = None,
    who: own.As = None,
    format_: Format = None,
    json: options.Json = False,
    output: options.Output = None,
    no_color: options.NoColor = False,
    config: options.Config = None,
    set_: options.Assignments = None,
    lang: options.Lang = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> int:
    """Close for all schools, or for some."""
    typed = Typed(who, config, set_, lang, None, format_, json, output, no_color, quiet, verbose)
    wanted = read_number(number)
    desk = sit_down(ctx.obj, typed)

    from monitor_cli.tasks.acts import closed

    dossiers = desk.store.dossiers(desk.actor, (wanted,))
    made = desk.store.act(
        desk.actor,
        wanted,
        lambda known: closed(
            desk.actor, known, desk.now, schools=tuple(school or ()), note=note or ""
        ),
    )
    said = [] if made else [words("закрыто уже раньше", "closed before")]
    return _told(desk, dossiers, made, said)


def _told(
    desk: Desk, dossiers: Sequence[Dossier], made: Sequence[Event], said: Sequence[Words]
) -> int:
    from monitor_cli.tasks.sheets import log_report

    return desk.deliver(log_report(desk.viewer, dossiers, made), *said)
