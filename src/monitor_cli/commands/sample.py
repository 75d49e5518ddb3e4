"""`monitor sample`: an invented dump of any size, to try things out and to measure."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from monitor_cli.commands import options, reading
from monitor_cli.commands import sample_options as own
from monitor_cli.commands.bilingual import Session
from monitor_cli.commands.folder import becoming, new_folder
from monitor_cli.commands.progress import progress
from monitor_cli.errors import ExitCode, UsageError
from monitor_cli.language import Words, same, words
from monitor_cli.settings import load_settings

if TYPE_CHECKING:
    from monitor_cli.sampling.dump import Written


def sample(
    ctx: typer.Context,
    *,
    schools: own.Schools = "10",
    skip: own.Skip = "0",
    weeks: own.Weeks = "3",
    seed: own.Seed = "1",
    date: own.Date = reading.SAMPLE_WEEK,
    faults: own.Faults = "0",
    format_: own.Format = None,
    encoding: own.Encoding = None,
    separator: own.Separator = None,
    parts: own.Parts = None,
    per_school: own.PerSchool = False,
    shuffle: own.Shuffle = False,
    text_ids: own.TextIds = False,
    output: own.Output = None,
    config: options.Config = None,
    lang: options.Lang = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    no_color: options.NoColor = False,  # noqa: ARG001
) -> int:
    """Make the dump in a folder of its own, and say what is in it."""
    settings = load_settings({"--lang": lang}, config=config, environ=os.environ)
    week = reading.read_week(date, settings, sample=True)
    share = own.share_of(faults)
    chosen = own.format_of(format_, encoding, separator)
    written_as, between = own.spelling_of(encoding, separator)
    folder = new_folder(output)

    from monitor_cli.sampling.cells import Format, Style
    from monitor_cli.sampling.dump import Files, write
    from monitor_cli.sampling.plan import MOST_SCHOOLS, MOST_WEEKS, Plan

    wanted = own.between(schools, "--schools", 1, MOST_SCHOOLS)
    plan = Plan(
        schools=wanted,
        week=week,
        weeks=own.between(weeks, "--weeks", 1, MOST_WEEKS),
        seed=own.between(seed, "--seed", 0, (1 << 63) - 1),
        faults=share,
        skipped=own.between(skip, "--skip", 0, MOST_SCHOOLS - wanted),
    )
    number = None if parts is None else own.between(parts, "--parts", 1, plan.schools)
    if per_school and number is not None:
        raise UsageError(
            words(
                "--parts и --per-school вместе не имеют смысла",
                "--parts and --per-school contradict each other",
            )
        )
    style = Style(Format(chosen), written_as, between, text_ids)
    session: Session = ctx.obj
    streams, language = session.streams, settings.language

    def told(done: int) -> Words:
        return words(f"школы: {done} из {plan.schools}", f"schools: {done} of {plan.schools}")

    with (
        becoming(folder) as unfinished,
        progress(streams, language, quiet=quiet) as show,
    ):
        files = Files(unfinished, style, number, per_school, shuffle)
        written = write(plan, files, lambda done: show(told(done)))
    if not quiet:
        for line in _said(written, folder, verbose=verbose):
            streams.say(line.said(language))
    return ExitCode.DONE


def _said(written: Written, folder: Path, *, verbose: bool) -> Iterator[Words]:
    """What was written, table by table if wished; the faults always."""
    rows = sum(written.rows.values())
    yield words(f"записано: {folder}, строк: {rows}", f"written: {folder}, rows: {rows}")
    if verbose:
        yield same("\n".join(f"{table}: {number}" for table, number in written.rows.items()))
    for (table, reason), number in sorted(written.faults.items()):
        yield words(
            f"испорчено: {table}, {reason}: {number}", f"faulty: {table}, {reason}: {number}"
        )
