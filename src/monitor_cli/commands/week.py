"""`monitor week`: the indicators of a week."""

from __future__ import annotations

import os

import typer

from monitor_cli.commands import dump_options, options, reading
from monitor_cli.commands import week_options as own
from monitor_cli.commands.bilingual import Session
from monitor_cli.commands.output import STDOUT, chosen_format, refuse_terminal, write_whole
from monitor_cli.errors import ExitCode
from monitor_cli.language import Words, words
from monitor_cli.render.formats import SUFFIXES, WEEK_FORMATS, Look
from monitor_cli.render.notes import legend_lines, problem_lines, warning_lines, worst_lines
from monitor_cli.result import WeekResult
from monitor_cli.settings import Settings, load_settings, places


def week(
    ctx: typer.Context,
    *,
    date: own.Date = None,
    level: own.LevelName = "school",
    indicator: own.Indicators = None,
    block: own.BlockName = reading.ALL_BLOCKS,
    compare: own.Compare = True,
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
    lang: options.Lang = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> int:
    """Read, count, render; the exit code says how it went."""
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
    typed = reading.one_format(format_, json=json)
    chosen = chosen_format(typed, output, WEEK_FORMATS, SUFFIXES)
    session: Session = ctx.obj
    streams = session.streams
    to_file = output is not None and output != STDOUT
    if WEEK_FORMATS[chosen].binary and not to_file:
        refuse_terminal(chosen, streams.out)
    source = reading.read_source(settings, to_file=to_file)
    keys = tuple(reading.read_indicator(key, "--indicator") for key in indicator or ())
    asked = reading.read_week(date, settings, sample=source.sample)
    at_level = reading.read_level(level)
    of_block = reading.read_block(block)
    sorted_by = None if sort is None else reading.read_indicator(sort, "--sort")
    under = None if below is None else reading.read_percent(below, "--below")
    imported_by = None if as_imported is None else reading.read_day(as_imported, "--as-imported")
    at_most = None if limit is None else reading.read_count(limit, "--limit")

    from monitor_cli.engine.week import Query, measure

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
    )
    if verbose:
        streams.say(_taken(source, settings, query.week.iso).said(settings.language))
    result = measure(source.path, settings, query, sample=source.sample, as_imported=imported_by)
    look = Look(
        language=settings.language,
        width=None if to_file else streams.width,
        colour=streams.coloured and not no_color and not to_file,
        red_below=settings.bands.red_below,
    )
    rendered = WEEK_FORMATS[chosen].render(result, look)
    notes: list[str] = []
    if source.fallen_back:
        notes.append(reading.FALLEN_BACK.said(settings.language))
    if to_file and output is not None:
        written = write_whole(output, rendered)
        notes.append(words(f"записано: {written}", f"written: {written}").said(settings.language))
    else:
        streams.show(rendered)
    if not quiet:
        notes.extend(_notes(result, settings, legend=WEEK_FORMATS[chosen].for_people))
        for line in notes:
            streams.say(line)
    return _exit_code(result, check=check, named=keys)


def _taken(source: reading.Source, settings: Settings, week: str) -> Words:
    ru = settings.source or "нет, умолчания"
    en = settings.source or "none, defaults"
    dump = places.shown(source.path)
    return words(
        f"выгрузка: {dump}\nнастройки: {ru}\nнеделя: {week}",
        f"dump: {dump}\nsettings: {en}\nweek: {week}",
    )


def _notes(result: WeekResult, settings: Settings, *, legend: bool) -> list[str]:
    """What stands under the figures: the signs, rows set aside, warnings."""
    language = settings.language
    lines: list[str] = []
    if legend:
        lines += worst_lines(result, language)
        lines += legend_lines(result, settings.bands.red_below, language)
    if not result.rows:
        lines.append(words("таких строк нет", "there are no such rows").said(language))
    lines.extend(problem_lines(result.problems, language))
    attention = words("внимание", "warning").said(language)
    lines.extend(f"{attention}: {line}" for line in warning_lines(result, language))
    return lines


def _exit_code(result: WeekResult, *, check: bool, named: tuple[str, ...]) -> int:
    """Done, done in part, or done with a miss that `--check` was to find.

    Source: `cli.md`, «monitor week»: without `--indicator`, any whose threshold is no placeholder.
    """
    if not result.complete:
        return ExitCode.PARTIAL
    missed = result.missed & set(named) if named else result.missed_firm
    return ExitCode.MISS if check and missed else ExitCode.DONE
