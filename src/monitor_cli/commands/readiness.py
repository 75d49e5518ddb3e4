"""`monitor readiness`: who is ready for the school year."""

from __future__ import annotations

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
from monitor_cli.commands.bilingual import Session


def readiness(
    ctx: typer.Context,
    *,
    date: week_options.Date = None,
    level: ouo_options.Level = "school",
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
    """Read, gather what is to be done, render."""
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
    places = asking.Places(level, municipality, school, limit=limit)

    from monitor_cli.reports.asked import Asked
    from monitor_cli.reports.readiness.report import readiness as prepared

    return begun.deliver(prepared, begun.asked(week.monday, week.sunday, places, Asked))
