"""`monitor report`: a week as files for each municipality, or each school, in one go."""

from __future__ import annotations

import os
from pathlib import Path

import typer

from monitor_cli.commands import (
    dump_options,
    further_sheets,
    options,
    pending_tasks,
    reading,
    reporting,
    week_options,
)
from monitor_cli.commands import report_options as own
from monitor_cli.commands.bilingual import Session
from monitor_cli.commands.logged import Speaker
from monitor_cli.commands.progress import progress
from monitor_cli.errors import ExitCode, MonitorError
from monitor_cli.settings import load_settings


def report(
    ctx: typer.Context,
    *,
    date: week_options.Date = None,
    output: own.Folder = None,
    per: own.Per = "municipality",
    only: own.Only = None,
    template: own.Template = None,
    sheet: own.Sheets = None,
    check: own.Check = False,
    compare: week_options.Compare = True,
    jobs: own.Jobs = None,
    data: dump_options.Data = None,
    as_imported: dump_options.AsImported = None,
    config: options.Config = None,
    set_: options.Assignments = None,
    encoding: dump_options.Encoding = None,
    separator: dump_options.Separator = None,
    source_tz: dump_options.SourceZone = None,
    strict: dump_options.Strict = False,
    log_format: own.LogFormat = "text",
    lang: options.Lang = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    no_color: options.NoColor = False,  # noqa: ARG001
) -> int:
    """Read and count once, make the files of every place, put them where readers look."""
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
    as_json = own.read_word(log_format, own.LOG_FORMATS, "--log-format") == "json"
    speaker = Speaker(session.streams, settings.language, as_json, quiet)
    try:
        root = own.read_folder(output)
        of_schools = own.read_word(per, own.PER, "--per") == "school"
        processes = own.read_jobs(jobs)
        sheets = own.read_sheets(sheet or ())
        source = reading.read_source(settings, to_file=True)
        week = reading.read_week(date, settings, sample=source.sample)
        day = None if as_imported is None else reading.read_day(as_imported, "--as-imported")
        if verbose:
            taken = reporting.taken(source, settings, week.iso)
            speaker.info("taken", taken)

        from monitor_cli.commands.delivering import Order, delivered, said
        from monitor_cli.delivery.inputs import inputs
        from monitor_cli.engine.municipal.parts import counted
        from monitor_cli.engine.query import Query
        from monitor_cli.render.municipal import read_forms

        forms = read_forms(map(Path, template or ()))
        found = inputs(source.path, settings, day)
        query = Query(week, compare=compare)
        municipal = counted(source.path, settings, query, sample=source.sample, as_imported=day)
        wanted = further_sheets.Wanted(sheets, source, week, day)
        further, unmade = further_sheets.by_municipality(wanted, settings, municipal, speaker)
        pending, unread = pending_tasks.by_municipality(settings, municipal, speaker)
        order = Order.of(
            municipal,
            root,
            settings,
            only=only or (),
            of_schools=of_schools,
            forms=forms,
            jobs=processes,
            further=further_sheets.joined(further, pending),
        )
        with progress(session.streams, settings.language, quiet=quiet or as_json) as show:
            done = delivered(order, settings, found, speaker, show)
        said(order, done, speaker)
    except MonitorError as error:
        if not as_json:
            raise
        speaker.error(error.code.name.lower(), error.message(), exit_code=int(error.code))
        return error.code
    if done.failed or unread or unmade:
        return ExitCode.PARTIAL
    missed = check and municipal.whole.missed_firm
    return ExitCode.MISS if missed else ExitCode.DONE
