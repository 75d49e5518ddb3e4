"""`monitor form`: federal forms, as far as a dump can fill them."""

from __future__ import annotations

from datetime import date as day

import typer

from monitor_cli.clock import SCHOOL_YEAR_STARTS
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
from monitor_cli.language import words

_DAY = 20
"""The form is about 20 September of the school year."""


def form(
    ctx: typer.Context,
    name: ouo_options.Form,
    *,
    date: ouo_options.InYear = None,
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
    """Read the registers, count, render."""
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
    if name not in ouo_options.FORMS:
        raise no_such(words("формы", "form"), name, list(ouo_options.FORMS))
    week = reading.read_week(date, begun.settings, sample=begun.source.sample)
    on = day(week.school_year, SCHOOL_YEAR_STARTS, _DAY)
    places = asking.Places(level, municipality, school, limit=limit)

    from monitor_cli.reports.asked import Asked
    from monitor_cli.reports.oo1.report import form_oo1

    return begun.deliver(form_oo1, begun.asked(on, on, places, Asked))
