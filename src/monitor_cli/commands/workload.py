"""`monitor workload`: lessons assigned and conducted, by teacher."""

from __future__ import annotations

import typer

from monitor_cli.commands import (
    asking,
    dump_options,
    options,
    periods,
    show_options,
    week_options,
)
from monitor_cli.commands import workload_options as own
from monitor_cli.commands.bilingual import Session


def workload(
    ctx: typer.Context,
    *,
    date: week_options.Date = None,
    first: periods.First = None,
    last: periods.Last = None,
    level: own.Level = "teacher",
    municipality: week_options.Municipalities = None,
    school: week_options.Schools = None,
    class_: week_options.Classes = None,
    subject: week_options.Subjects = None,
    teacher: week_options.Teachers = None,
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
    """Read, count the lessons by who was to give them, render."""
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
    days = periods.period_of(begun, date, first, last)
    places = asking.Places(level, municipality, school, class_, subject, teacher, limit)

    from monitor_cli.reports.asked import Asked
    from monitor_cli.reports.workload.report import workload as load

    return begun.deliver(load, begun.asked(*days, places, Asked))
