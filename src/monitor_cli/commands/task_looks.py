"""`monitor task list`, `show`, `pending`, `log`: what one may see, as reports."""

from __future__ import annotations

import typer

from monitor_cli.commands import options
from monitor_cli.commands import task_options as own
from monitor_cli.commands.bilingual import no_such
from monitor_cli.commands.desk import Typed, read_number, read_numbers, sit_down
from monitor_cli.commands.school_options import Format
from monitor_cli.language import words


def list_(
    ctx: typer.Context,
    *,
    state: own.State = None,
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
    """The tasks that one may see."""
    typed = Typed(who, config, set_, lang, None, format_, json, output, no_color, quiet, verbose)
    if state is not None and state not in own.STATES:
        raise no_such(words("состояния", "state"), state, list(own.STATES), "--state")
    desk = sit_down(ctx.obj, typed)

    from monitor_cli.tasks.model import State
    from monitor_cli.tasks.sheets import list_report

    chosen = None if state is None else State(state)
    return desk.deliver(list_report(desk.viewer, desk.store.dossiers(desk.actor), chosen))


def show(
    ctx: typer.Context,
    number: own.Number,
    *,
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
    """One task."""
    typed = Typed(who, config, set_, lang, None, format_, json, output, no_color, quiet, verbose)
    wanted = read_number(number)
    desk = sit_down(ctx.obj, typed)

    from monitor_cli.tasks.sheets import show_report

    [dossier] = desk.store.dossiers(desk.actor, (wanted,))
    return desk.deliver(show_report(desk.viewer, dossier))


def pending(
    ctx: typer.Context,
    numbers: own.Numbers = None,
    *,
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
    """Who has not accepted."""
    typed = Typed(who, config, set_, lang, None, format_, json, output, no_color, quiet, verbose)
    wanted = read_numbers(numbers)
    desk = sit_down(ctx.obj, typed)

    from monitor_cli.tasks.rights import check_pending
    from monitor_cli.tasks.sheets import pending_report

    check_pending(desk.actor)
    return desk.deliver(pending_report(desk.viewer, desk.store.dossiers(desk.actor, wanted)))


def log(
    ctx: typer.Context,
    numbers: own.Numbers = None,
    *,
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
    """The entries that one may see."""
    typed = Typed(who, config, set_, lang, None, format_, json, output, no_color, quiet, verbose)
    wanted = read_numbers(numbers)
    desk = sit_down(ctx.obj, typed)

    from monitor_cli.tasks.sheets import log_report

    dossiers = desk.store.dossiers(desk.actor, wanted)
    events = [event for dossier in dossiers for event in dossier.events]
    return desk.deliver(log_report(desk.viewer, dossiers, events))
