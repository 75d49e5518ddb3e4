"""`monitor people`: persons, users, visits, staff."""

from __future__ import annotations

from collections.abc import Sequence

import typer

from monitor_cli.commands import (
    asking,
    dump_options,
    options,
    ouo_options,
    reading,
    show_options,
    week_options,
)
from monitor_cli.commands.bilingual import Session, no_such
from monitor_cli.language import Words, words


def people(
    ctx: typer.Context,
    *,
    date: ouo_options.Date = None,
    level: ouo_options.Level = "school",
    role: ouo_options.Roles = None,
    visits: ouo_options.Visits = None,
    municipality: week_options.Municipalities = None,
    school: week_options.Schools = None,
    limit: week_options.Limit = None,
    format_: show_options.Format = None,
    json: options.Json = False,
    output: options.Output = None,
    no_color: options.NoColor = False,
    data: dump_options.Data = None,
    as_imported: dump_options.AsImported = None,
    config: options.Config = None,
    set_: options.Assignments = None,
    encoding: dump_options.Encoding = None,
    separator: dump_options.Separator = None,
    source_tz: dump_options.SourceZone = None,
    strict: dump_options.Strict = False,
    lang: options.Lang = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> int:
    """Read the registers and the logins, count, render."""
    typed = asking.Typed(
        format_,
        json,
        output,
        no_color,
        data,
        as_imported,
        config,
        set_,
        encoding,
        separator,
        source_tz,
        strict,
        lang,
        quiet,
        verbose,
    )
    session: Session = ctx.obj
    begun = asking.begin(session.streams, typed)
    week = reading.read_week(date, begun.settings, sample=begun.source.sample)
    for one in role or ():
        _known(one, ouo_options.ROLES, words("роли", "role"), "--role")
    if visits is not None:
        _known(visits, ouo_options.LISTED, words("списка", "list"), "--visits")
    places = asking.Places(level, municipality, school, limit=limit)

    from monitor_cli.reports.people.report import AskedPeople
    from monitor_cli.reports.people.report import people as persons

    days = (week.monday, week.sunday)
    roles = tuple(dict.fromkeys(role or ()))
    asked = begun.asked(*days, places, AskedPeople, roles=roles, visits=visits)
    return begun.deliver(persons, asked)


def _known(typed: str, choices: Sequence[str], what: Words, option: str) -> None:
    """Refuse what is none of the choices.

    Raises:
        UsageError: it names the nearest.
    """
    if typed not in choices:
        raise no_such(what, typed, list(choices), option)
