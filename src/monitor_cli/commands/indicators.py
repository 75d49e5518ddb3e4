"""`monitor indicators`: what is measured and how, from the catalogue and the settings."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from monitor_cli.commands import options, reading
from monitor_cli.commands.bilingual import Session, argument, option
from monitor_cli.commands.output import STDOUT, chosen_format, write_whole
from monitor_cli.errors import ExitCode
from monitor_cli.language import words
from monitor_cli.render.docs import FORMATS, SUFFIXES
from monitor_cli.settings import INDICATOR_KEYS, load_settings

Format = Annotated[
    str | None,
    option(
        "--format",
        metavar=words("ФОРМАТ", "FORMAT"),
        help=words("table (по умолчанию), json или md", "table (the default), json or md"),
        panel=options.OUTPUT,
        complete=options.begins(("table", "json", "md")),
    ),
]
Key = Annotated[
    str | None,
    argument(
        metavar=words("[КЛЮЧ]", "[KEY]"),
        help=words("Ключ показателя, например timely_marks", "A key, such as timely_marks"),
        complete=options.begins(INDICATOR_KEYS),
    ),
]


def indicators(
    ctx: typer.Context,
    *,
    key: Key = None,
    format_: Format = None,
    json: options.Json = False,
    output: options.Output = None,
    config: options.Config = None,
    set_: options.Assignments = None,
    lang: options.Lang = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,  # noqa: ARG001
    no_color: options.NoColor = False,  # noqa: ARG001
) -> int:
    """Render the catalogue, or one of its items."""
    settings = load_settings(
        {"--lang": lang}, config=config, assignments=set_ or (), environ=os.environ
    )
    typed = reading.one_format(format_, json=json)
    chosen = chosen_format(typed, output, FORMATS, SUFFIXES)
    wanted = None if key is None else reading.read_indicator(key, "indicators")

    from monitor_cli.indicators import CATALOGUE

    session: Session = ctx.obj
    items = [item for item in CATALOGUE if wanted in (None, item.key)]
    to_file = output is not None and output != STDOUT
    width = None if to_file else session.streams.width
    text = FORMATS[chosen](items, settings, settings.language, width)
    if to_file and output is not None:
        written = write_whole(output, text)
        if not quiet:
            said = words(f"записано: {written}", f"written: {written}")
            session.streams.say(said.said(settings.language))
    else:
        session.streams.show(text)
    return ExitCode.DONE
