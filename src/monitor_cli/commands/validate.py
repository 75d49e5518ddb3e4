"""`monitor validate`: what is wrong with a dump, by table, reason, file and line."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import typer

from monitor_cli.commands import dump_options, options, reading
from monitor_cli.commands import validate_options as own
from monitor_cli.commands.bilingual import Session
from monitor_cli.commands.output import STDOUT, chosen_format, refuse_terminal, write_whole
from monitor_cli.errors import ExitCode
from monitor_cli.language import words
from monitor_cli.render.formats import Look
from monitor_cli.render.problems import FORMATS as LIST_FORMATS
from monitor_cli.render.problems import SUFFIXES as LIST_SUFFIXES
from monitor_cli.render.validate_formats import VALIDATE_FORMATS, VALIDATE_SUFFIXES
from monitor_cli.settings import load_settings

if TYPE_CHECKING:
    from monitor_cli.commands.streams import Streams
    from monitor_cli.settings import Settings
    from monitor_cli.verdict import Validation

_EXPLAINED_BY = words(
    "что значат коды и что делать: monitor validate --list",
    "what the codes mean and what to do: monitor validate --list",
)


def validate(
    ctx: typer.Context,
    *,
    list_: own.ListProblems = False,
    check: own.Check = False,
    format_: own.Format = None,
    json: options.Json = False,
    output: options.Output = None,
    no_color: options.NoColor = False,  # noqa: ARG001
    data: dump_options.Data = None,
    config: options.Config = None,
    set_: options.Assignments = None,
    encoding: dump_options.Encoding = None,
    separator: dump_options.Separator = None,
    source_tz: dump_options.SourceZone = None,
    lang: options.Lang = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> int:
    """Read, look, render; the exit code says what was found."""
    settings = load_settings(
        {
            "--lang": lang,
            "--data": data,
            "--encoding": encoding,
            "--separator": separator,
            "--source-tz": source_tz,
        },
        config=config,
        assignments=set_ or (),
        environ=os.environ,
    )
    session: Session = ctx.obj
    typed = reading.one_format(format_, json=json)
    if list_:
        chosen = chosen_format(typed, output, LIST_FORMATS, LIST_SUFFIXES)
        width = None if _is_file(output) else session.streams.width
        text = LIST_FORMATS[chosen](settings.language, width)
        _deliver(text, output, settings, session.streams, quiet=quiet)
        return ExitCode.DONE
    chosen = chosen_format(typed, output, VALIDATE_FORMATS, VALIDATE_SUFFIXES)
    if VALIDATE_FORMATS[chosen].binary and not _is_file(output):
        refuse_terminal(chosen, session.streams.out)
    source = reading.read_source(settings, to_file=_is_file(output))
    if verbose:
        taken = words(f"выгрузка: {source.path}", f"dump: {source.path}")
        session.streams.say(taken.said(settings.language))

    from monitor_cli.checks.validate import validate as look_through

    now = reading.read_now(settings, sample=source.sample)
    found = look_through(source.path, settings, now, sample=source.sample)
    width = None if _is_file(output) else session.streams.width
    rendered = VALIDATE_FORMATS[chosen].render(found, Look(settings.language, width))
    _deliver(rendered, output, settings, session.streams, quiet=quiet)
    if not quiet:
        if source.fallen_back:
            session.streams.say(reading.FALLEN_BACK.said(settings.language))
        if found.broken or found.problems or found.remarks:
            session.streams.say(_EXPLAINED_BY.said(settings.language))
    return _exit_code(found, check=check)


def _is_file(output: str | None) -> bool:
    return output is not None and output != STDOUT


def _deliver(
    rendered: str | bytes, output: str | None, settings: Settings, streams: Streams, *, quiet: bool
) -> None:
    """Send the rendering where it belongs, and say where that was."""
    if output is None or output == STDOUT:
        streams.show(rendered)
        return
    written = write_whole(output, rendered)
    if not quiet:
        streams.say(words(f"записано: {written}", f"written: {written}").said(settings.language))


def _exit_code(found: Validation, *, check: bool) -> int:
    """A dump that cannot be read is one for `validate` too, though its report is there."""
    if found.broken:
        return ExitCode.DUMP
    return ExitCode.MISS if check and not found.clean else ExitCode.DONE
