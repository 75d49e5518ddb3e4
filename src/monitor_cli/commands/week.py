"""`monitor week`: the indicators of a week."""

from __future__ import annotations

import os

import typer

from monitor_cli.commands import dump_options, engine_options, engines, options, reading, reporting
from monitor_cli.commands import week_options as own
from monitor_cli.commands.bilingual import Session
from monitor_cli.errors import ExitCode
from monitor_cli.language import words
from monitor_cli.render.formats import SUFFIXES, WEEK_FORMATS
from monitor_cli.render.notes import (
    changed_lines,
    legend_lines,
    problem_lines,
    warning_lines,
    worst_lines,
)
from monitor_cli.result import WeekResult
from monitor_cli.settings import Settings, load_settings


def week(
    ctx: typer.Context,
    *,
    date: own.Date = None,
    level: own.LevelName = "school",
    indicator: own.Indicators = None,
    block: own.BlockName = reading.ALL_BLOCKS,
    compare: own.Compare = True,
    as_of: options.AsOf = None,
    municipality: own.Municipalities = None,
    school: own.Schools = None,
    class_: own.Classes = None,
    subject: own.Subjects = None,
    teacher: own.Teachers = None,
    sort: own.Sort = None,
    below: own.Below = None,
    limit: own.Limit = None,
    check: own.Check = False,
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
    """Read, count, render; the exit code says how it went."""
    typed = {
        "--data": data,
        "--lang": lang,
        "--encoding": encoding,
        "--separator": separator,
        "--source-tz": source_tz,
        "--strict": strict or None,
    }
    settings = load_settings(typed, config=config, assignments=set_ or (), environ=os.environ)
    written = load_settings(typed, config=config, environ=os.environ) if set_ else None
    session: Session = ctx.obj
    target = reporting.aimed(
        session.streams,
        (format_, json),
        output,
        WEEK_FORMATS,
        SUFFIXES,
        no_color=no_color,
        quiet=quiet,
    )
    source = reading.read_source(settings, to_file=target.to_file)
    keys = tuple(reading.read_indicator(key, "--indicator") for key in indicator or ())
    asked = reading.read_week(date, settings, sample=source.sample)
    at_level = reading.read_level(level)
    of_block = reading.read_block(block)
    sorted_by = None if sort is None else reading.read_indicator(sort, "--sort")
    under = None if below is None else reading.read_percent(below, "--below")
    imported_by = None if as_imported is None else reading.read_day(as_imported, "--as-imported")
    moment = None if as_of is None else reading.read_moment(as_of, settings, sample=source.sample)
    chosen_engine = engines.read_engine(engine, scheduler, memory)
    at_most = None if limit is None else reading.read_count(limit, "--limit")

    from monitor_cli.engine.query import Query

    query = Query(
        week=asked,
        level=at_level,
        municipalities=tuple(municipality or ()),
        schools=tuple(school or ()),
        classes=tuple(class_ or ()),
        subjects=tuple(subject or ()),
        teachers=tuple(teacher or ()),
        indicators=keys,
        block=of_block,
        sort=sorted_by,
        below=under,
        limit=at_most,
        compare=compare,
        as_of=moment,
        instead_of=written,
    )
    if verbose:
        taken = reporting.taken(source, settings, query.week.iso)
        session.streams.say(taken.said(settings.language))
    result = engines.measure(chosen_engine, source, settings, query, imported_by)
    chosen = WEEK_FORMATS[target.format]
    rendered = chosen.render(result, target.look(settings))
    notes = _notes(result, settings, legend=chosen.for_people)
    reporting.deliver(rendered, target, source, settings, notes)
    return _exit_code(result, check=check, named=keys)


def _notes(result: WeekResult, settings: Settings, *, legend: bool) -> list[str]:
    """What stands under the figures: the signs, rows set aside, warnings."""
    language = settings.language
    lines: list[str] = []
    if legend:
        lines += worst_lines(result, language)
        lines += legend_lines(result, settings.bands.red_below, language)
    if not result.rows:
        lines.append(words("таких строк нет", "there are no such rows").said(language))
    lines.extend(changed_lines(result, language))
    lines.extend(problem_lines(result.problems, language))
    attention = words("внимание", "warning").said(language)
    lines.extend(f"{attention}: {line}" for line in warning_lines(result.warnings, language))
    return lines


def _exit_code(result: WeekResult, *, check: bool, named: tuple[str, ...]) -> int:
    """Done, done in part, or done with a miss that `--check` was to find.

    Source: `cli.md`, «monitor week»: without `--indicator`, any whose threshold is no placeholder.
    """
    if not result.complete:
        return ExitCode.PARTIAL
    missed = result.missed & set(named) if named else result.missed_firm
    return ExitCode.MISS if check and missed else ExitCode.DONE
