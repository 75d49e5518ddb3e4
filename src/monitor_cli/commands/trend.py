"""`monitor trend`: indicators over weeks."""

from __future__ import annotations

import os
from datetime import date as day

import typer

from monitor_cli.commands import (
    dump_options,
    engine_options,
    engines,
    options,
    reading,
    reporting,
    show_options,
)
from monitor_cli.commands import trend_options as own
from monitor_cli.commands import week_options as filters
from monitor_cli.commands.bilingual import Session
from monitor_cli.errors import UsageError
from monitor_cli.language import words
from monitor_cli.settings import load_settings

_FEWEST, _MOST = 2, 60


def trend(
    ctx: typer.Context,
    keys: own.Keys,
    *,
    date: own.Date = None,
    weeks: own.Weeks = "8",
    level: filters.LevelName = "school",
    limit: filters.Limit = None,
    municipality: filters.Municipalities = None,
    school: filters.Schools = None,
    class_: filters.Classes = None,
    subject: filters.Subjects = None,
    teacher: filters.Teachers = None,
    format_: show_options.Format = None,
    json: options.Json = False,
    output: options.Output = None,
    no_color: options.NoColor = False,
    data: dump_options.Data = None,
    as_imported: own.AsImported = None,
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
    """Count the weeks in one pass, render."""
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
    asked = tuple(dict.fromkeys(reading.read_indicator(key, "KEY") for key in keys))
    last = reading.read_week(date, settings, sample=source.sample)
    count = _read_weeks(weeks)
    at_level = reading.read_level(level)
    at_most = None if limit is None else reading.read_count(limit, "--limit")
    chosen_engine = engines.read_engine(engine, scheduler, memory)

    from monitor_cli.engine.trend import Query, State
    from monitor_cli.engine.trend import trend as follow
    from monitor_cli.engine.trend_report import trend_report

    imported_by: day | State | None = None
    if as_imported is not None:
        weekly = as_imported == State.WEEKLY.value
        imported_by = State.WEEKLY if weekly else reading.read_day(as_imported, "--as-imported")
    query = Query(
        week=last,
        level=at_level,
        municipalities=tuple(municipality or ()),
        schools=tuple(school or ()),
        classes=tuple(class_ or ()),
        subjects=tuple(subject or ()),
        teachers=tuple(teacher or ()),
        indicators=asked,
    )
    if verbose:
        taken = reporting.taken(source, settings, last.iso)
        session.streams.say(taken.said(settings.language))
    with engines.counter(chosen_engine, source, settings, query) as counter:
        found = follow(
            source.path, settings, query, count, as_imported=imported_by, counter=counter
        )
    report = trend_report(found, limit=at_most, sample=source.sample)
    return reporting.deliver_report(report, target, source, settings)


def _read_weeks(text: str) -> int:
    """How many weeks `--weeks` asks for.

    Raises:
        UsageError: it is no number, or not one from 2 to 60.
    """
    count = reading.read_count(text, "--weeks")
    if not _FEWEST <= count <= _MOST:
        raise UsageError(
            words(f"--weeks {count}: столько нельзя", f"--weeks {count}: not so many"),
            remedy=words(
                f"нужно число от {_FEWEST} до {_MOST}",
                f"a number from {_FEWEST} to {_MOST} is needed",
            ),
        )
    return count
