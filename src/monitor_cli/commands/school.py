"""`monitor school`: one school on a page."""

from __future__ import annotations

import os

import typer

from monitor_cli.commands import (
    dump_options,
    engine_options,
    engines,
    options,
    reading,
    reporting,
    week_options,
)
from monitor_cli.commands import school_options as own
from monitor_cli.commands.bilingual import Session
from monitor_cli.settings import load_settings


def school(
    ctx: typer.Context,
    *,
    name: own.School,
    date: week_options.Date = None,
    compare: week_options.Compare = True,
    as_of: options.AsOf = None,
    format_: own.Format = None,
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
    engine: engine_options.Engine = "local",
    scheduler: engine_options.Scheduler = None,
    memory: engine_options.Memory = None,
    lang: options.Lang = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> int:
    """Read, count the school at all its levels, render."""
    settings = load_settings(
        {
            "--data": data,
            "--lang": lang,
            "--encoding": encoding,
            "--separator": separator,
            "--source-tz": source_tz,
            "--strict": strict or None,
        },
        config=config,
        assignments=set_ or (),
        environ=os.environ,
    )
    session: Session = ctx.obj
    target = reporting.aimed(
        session.streams, (format_, json), output, no_color=no_color, quiet=quiet
    )
    source = reading.read_source(settings, to_file=target.to_file)
    week = reading.read_week(date, settings, sample=source.sample)
    imported_by = None if as_imported is None else reading.read_day(as_imported, "--as-imported")
    moment = None if as_of is None else reading.read_moment(as_of, settings, sample=source.sample)
    chosen_engine = engines.read_engine(engine, scheduler, memory)

    from monitor_cli.engine.page.page import school_page
    from monitor_cli.engine.query import Query

    query = Query(week, like=name, compare=compare, as_of=moment)
    if verbose:
        taken = reporting.taken(source, settings, week.iso)
        session.streams.say(taken.said(settings.language))
    with engines.counter(chosen_engine, source, settings, query) as counter:
        report = school_page(
            source.path,
            settings,
            query,
            sample=source.sample,
            as_imported=imported_by,
            counter=counter,
        )
    return reporting.deliver_report(report, target, source, settings)
