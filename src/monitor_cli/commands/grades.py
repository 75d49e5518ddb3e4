"""`monitor grades`: attainment, quality, СОУ."""

from __future__ import annotations

from datetime import date as day

import typer

from monitor_cli.clock import SCHOOL_YEAR_STARTS, Week
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
from monitor_cli.errors import UsageError
from monitor_cli.language import words


def grades(
    ctx: typer.Context,
    *,
    date: ouo_options.OneWeek = None,
    first: ouo_options.First = None,
    last: ouo_options.Last = None,
    by: ouo_options.By = None,
    period: ouo_options.Periods = None,
    level: week_options.LevelName = "school",
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
    """Read, count the marks at their places, render."""
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
    days = period_of(begun, date, first, last)
    if by is not None and by not in ouo_options.BASES:
        raise no_such(words("таких отметок", "marks"), by, list(ouo_options.BASES), "--by")
    places = asking.Places(level, municipality, school, class_, subject, teacher, limit)

    from monitor_cli.reports.grades.report import AskedGrades
    from monitor_cli.reports.grades.report import grades as attainment

    asked = begun.asked(*days, places, AskedGrades, by=by, periods=tuple(period or ()))
    return begun.deliver(attainment, asked)


def period_of(
    begun: asking.Begun, week: str | None, first: str | None, last: str | None
) -> tuple[day, day]:
    """The days of the period: a week, or from 1 September to the end of the last completed one.

    Raises:
        UsageError: a day or week that is none; a week and days.
    """
    if week is not None and (first is not None or last is not None):
        raise UsageError(
            words("--date и --from, --to вместе не имеют смысла", "--date contradicts --from, --to")
        )
    one = reading.read_week(week, begun.settings, sample=begun.source.sample)
    if week is not None:
        return one.monday, one.sunday
    end = one.sunday if last is None else reading.read_day(last, "--to")
    if first is not None:
        return reading.read_day(first, "--from"), end
    return day(Week.of(end).school_year, SCHOOL_YEAR_STARTS, 1), end
