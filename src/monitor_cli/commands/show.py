"""`monitor show`: the rows that keep an indicator from 100 %: why, who, by how much."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import typer

from monitor_cli.commands import dump_options, engine_options, engines, options, reading, reporting
from monitor_cli.commands import show_options as own
from monitor_cli.commands import week_options as filters
from monitor_cli.commands.bilingual import Session, no_such
from monitor_cli.errors import UsageError
from monitor_cli.language import words
from monitor_cli.levels import SUMMED_BY
from monitor_cli.render.report_brief import Cuts, brief
from monitor_cli.render.report_formats import REPORT_FORMATS
from monitor_cli.settings import INDICATOR_KEYS, Settings, load_settings

if TYPE_CHECKING:
    from monitor_cli.report import Report

_HIDDEN = frozenset({"created_at", "set_at", "deadline", "next_date", "group"})
"""The columns that a terminal is spared: the delay says enough."""
_OF_SUMMARIES = 10
"""How many rows of each of several summaries people are shown; of one asked for, all."""
_TERMINAL_ROWS, _TERMINAL_SUMMARIES, _TERMINAL_SUMMARY = 10, 5, 15
"""On a terminal fewer, so that the reason is on the first screen."""


def show(
    ctx: typer.Context,
    key: own.Key = None,
    *,
    date: filters.Date = None,
    as_of: options.AsOf = None,
    still_open: own.StillOpen = False,
    by: own.By = None,
    limit: own.Limit = None,
    municipality: filters.Municipalities = None,
    school: filters.Schools = None,
    class_: filters.Classes = None,
    subject: filters.Subjects = None,
    teacher: filters.Teachers = None,
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
    """Read, count, gather, render."""
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
    streams = session.streams
    target = reporting.aimed(streams, (format_, json), output, no_color=no_color, quiet=quiet)
    if key is None:
        raise _no_key()
    indicator = reading.read_indicator(key, "show")
    if by is not None and by not in SUMMED_BY:
        raise no_such(words("сводки", "summary"), by, list(SUMMED_BY), "--by")
    source = reading.read_source(settings, to_file=target.to_file)
    asked = reading.read_week(date, settings, sample=source.sample)
    imported_by = None if as_imported is None else reading.read_day(as_imported, "--as-imported")
    typed = as_of if as_of is not None or not still_open else "now"
    moment = None if typed is None else reading.read_moment(typed, settings, sample=source.sample)
    at_most = None if limit is None else reading.read_count(limit, "--limit")
    chosen_engine = engines.read_engine(engine, scheduler, memory)

    from monitor_cli.engine.evidence.show import Question
    from monitor_cli.engine.evidence.show import show as evidence
    from monitor_cli.engine.query import Query

    query = Query(
        week=asked,
        municipalities=tuple(municipality or ()),
        schools=tuple(school or ()),
        classes=tuple(class_ or ()),
        subjects=tuple(subject or ()),
        teachers=tuple(teacher or ()),
        as_of=moment,
    )
    if verbose:
        streams.say(reporting.taken(source, settings, asked.iso).said(settings.language))
    question = Question(query, indicator, by, at_most, still_open)
    with engines.counter(chosen_engine, source, settings, query) as counter:
        report = evidence(
            source.path,
            settings,
            question,
            sample=source.sample,
            as_imported=imported_by,
            counter=counter,
        )
    return reporting.deliver_report(
        _for_reader(report, target, settings, limit=at_most, by=by), target, source, settings
    )


def _no_key() -> UsageError:
    known = ", ".join(INDICATOR_KEYS)
    return UsageError(
        words("не назван показатель", "no indicator is named"),
        remedy=words(
            f"monitor show КЛЮЧ; ключи: {known}",
            f"monitor show KEY; keys: {known}",
        ),
    )


def _for_reader(
    report: Report,
    target: reporting.Target,
    settings: Settings,
    *,
    limit: int | None,
    by: str | None,
) -> Report:
    """As people read it; to programs and workbooks all is told."""
    if not REPORT_FORMATS[target.format].for_people:
        return report
    if target.format != "table" or target.look(settings).width is None:
        return brief(report, Cuts(of_summaries=None if by else _OF_SUMMARIES))
    if report.head["still_open"]:
        return brief(
            report, Cuts(_HIDDEN - {"deadline"}, _TERMINAL_ROWS if limit is None else None)
        )
    rows = _TERMINAL_ROWS if limit is None else None
    of_summaries = _TERMINAL_SUMMARY if by else _TERMINAL_SUMMARIES
    return brief(report, Cuts(_HIDDEN, rows, of_summaries))
