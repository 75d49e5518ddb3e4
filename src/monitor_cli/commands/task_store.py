"""`monitor task store`: make it, look at it, copy it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from monitor_cli.commands import desk as at
from monitor_cli.commands import dump_options, options
from monitor_cli.commands import task_options as own
from monitor_cli.commands.school_options import Format
from monitor_cli.errors import UsageError
from monitor_cli.language import words
from monitor_cli.tasks.actors import Actor

if TYPE_CHECKING:
    from monitor_cli.commands.bilingual import Session
    from monitor_cli.settings import Settings
    from monitor_cli.tasks.storage.store import Store


def init(
    ctx: typer.Context,
    *,
    member: own.Members = None,
    format_: Format = None,
    json: options.Json = False,
    output: options.Output = None,
    no_color: options.NoColor = False,
    data: dump_options.Data = None,
    config: options.Config = None,
    set_: options.Assignments = None,
    lang: options.Lang = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> int:
    """Make the store or bring it up to date."""
    typed = at.Typed(
        None, config, set_, lang, data, format_, json, output, no_color, quiet, verbose
    )
    settings = at.settings_of(typed)
    members = dict(_member(text) for text in member or ())

    from monitor_cli.tasks.storage.connect import place_of
    from monitor_cli.tasks.storage.making import admit, make

    place = place_of(settings.task.store, os.environ)
    if members and place.file is not None:
        raise UsageError(
            words("--member: у файла SQLite нет ролей", "--member: a file of SQLite has no roles")
        )
    make(place)
    store = at.open_store(settings)
    if settings.data is not None or settings.sample:
        from monitor_cli.tasks.goals import roster

        source = at.dump_of(settings)
        store.enrol(roster(source.path, settings).schools, sample=source.sample)
    if members:
        admit(place, members, store.register())
    return _told(ctx.obj, typed, settings, store)


def _member(text: str) -> tuple[str, Actor]:
    role, sign, who = text.partition("=")
    try:
        actor = Actor.parsed(who)
    except ValueError:
        actor = None
    if not sign or not role.strip() or actor is None:
        raise UsageError(
            words("--member: нужно РОЛЬ=КТО", "--member: ROLE=WHO is needed"),
            remedy=words(
                "например: --member ivanova=mouo:МУНИЦИПАЛИТЕТ",
                "for example: --member ivanova=mouo:MUNICIPALITY",
            ),
        )
    return role.strip(), actor


def status(
    ctx: typer.Context,
    *,
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
    """What the store is and holds."""
    typed = at.Typed(
        None, config, set_, lang, None, format_, json, output, no_color, quiet, verbose
    )
    settings = at.settings_of(typed)
    return _told(ctx.obj, typed, settings, at.open_store(settings))


def backup(
    ctx: typer.Context,
    *,
    output: own.BackupFile = None,
    format_: Format = None,
    json: options.Json = False,
    no_color: options.NoColor = False,
    config: options.Config = None,
    set_: options.Assignments = None,
    lang: options.Lang = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> int:
    """Copy the store into a file of SQLite."""
    typed = at.Typed(None, config, set_, lang, None, format_, json, None, no_color, quiet, verbose)
    settings = at.settings_of(typed)
    if output is None:
        raise UsageError(
            words("не сказано, куда", "it is not said where to"),
            remedy=words("monitor task store backup -o ФАЙЛ", "monitor task store backup -o FILE"),
        )

    from monitor_cli.tasks.storage.backup import copied

    store = at.open_store(settings)
    copied(store, Path(output))
    return _told(ctx.obj, typed, settings, store, output)


def _told(
    session: Session, typed: at.Typed, settings: Settings, store: Store, copy: str | None = None
) -> int:
    from monitor_cli.commands.reporting import deliver_report
    from monitor_cli.tasks.sheets import store_report

    register = store.register()
    report = store_report(store.status(), at.identity(None, settings), copy, sample=register.sample)
    return deliver_report(report, at.target_of(session, typed), at.NO_DUMP, settings)
