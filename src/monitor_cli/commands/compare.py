"""`monitor compare`: two weeks side by side, and who moved what changed."""

from __future__ import annotations

import os

import typer

from monitor_cli.commands import compare_options as own
from monitor_cli.commands import (
    dump_options,
    engine_options,
    engines,
    options,
    reading,
    reporting,
    show_options,
)
from monitor_cli.commands import week_options as filters
from monitor_cli.commands.bilingual import Session, no_such
from monitor_cli.errors import UsageError
from monitor_cli.language import words
from monitor_cli.levels import Level
from monitor_cli.render.report_formats import REPORT_FORMATS
from monitor_cli.settings import load_settings

_LISTED, _LISTED_OF_SEVERAL = 10, 3
"""How many places tables name of one indicator, and of each of several."""


def compare(
    ctx: typer.Context,
    *,
    date: filters.Date = None,
    with_: own.With = None,
    by: own.By = None,
    indicator: filters.Indicators = None,
    block: filters.BlockName = reading.ALL_BLOCKS,
    limit: own.Limit = None,
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
    """Count both weeks, split the changes, render."""
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
    other = week.previous
    if with_ is not None:
        other = reading.read_week(with_, settings, sample=source.sample, place="--with")
    if other == week:
        raise UsageError(
            words(
                f"--with: неделя {week.iso} сравнивается сама с собой",
                f"--with: the week {week.iso} is compared with itself",
            ),
            remedy=words("назовите другую неделю", "name another week"),
        )
    inside = bool(school or class_ or subject or teacher)
    typed = ("class", "teacher") if inside else ("school",)
    levels = tuple(dict.fromkeys(map(_read_level, by or typed)))
    at_most = None if limit is None else reading.read_count(limit, "--limit")
    imported_by = None if as_imported is None else reading.read_day(as_imported, "--as-imported")
    keys = tuple(reading.read_indicator(key, "--indicator") for key in indicator or ())
    of_block = reading.read_block(block)
    chosen_engine = engines.read_engine(engine, scheduler, memory)
    for_people = REPORT_FORMATS[target.format].for_people

    def listed(indicators: int) -> int | None:
        if at_most is not None or not for_people:
            return at_most
        return _LISTED if indicators == 1 else _LISTED_OF_SEVERAL

    from monitor_cli.engine.compare import Asked, Query
    from monitor_cli.engine.compare import compare as split
    from monitor_cli.engine.compare_report import compare_report

    query = Query(
        week=week,
        municipalities=tuple(municipality or ()),
        schools=tuple(school or ()),
        classes=tuple(class_ or ()),
        subjects=tuple(subject or ()),
        teachers=tuple(teacher or ()),
        indicators=keys,
        block=of_block,
    )
    if verbose:
        taken = reporting.taken(source, settings, f"{week.iso}, {other.iso}")
        session.streams.say(taken.said(settings.language))
    splits = Asked(other, levels, listed)
    with engines.counter(chosen_engine, source, settings, query) as counter:
        found = split(
            source.path, settings, query, splits, as_imported=imported_by, counter=counter
        )
    report = compare_report(found, limit=listed(len(found.indicators)), sample=source.sample)
    return reporting.deliver_report(report, target, source, settings)


def _read_level(text: str) -> Level:
    """The level that `--by` names.

    Raises:
        UsageError: there is none of that name by which a change can be split.
    """
    if text not in own.LEVELS:
        raise no_such(words("уровня", "level"), text, list(own.LEVELS), "--by")
    return Level(text)
