"""The options of `monitor school` that no other command has."""

from __future__ import annotations

from typing import Annotated

from monitor_cli.commands import options
from monitor_cli.commands.bilingual import argument, option
from monitor_cli.language import words
from monitor_cli.render.report_formats import REPORT_FORMATS

School = Annotated[
    str,
    argument(
        metavar=words("ШКОЛА", "SCHOOL"),
        help=words(
            "ID школы, её название или часть названия",
            "The id of a school, its name or a part of it",
        ),
    ),
]
_OTHER = [name for name in REPORT_FORMATS if name != "table"]
Format = Annotated[
    str | None,
    option(
        "--format",
        metavar=words("ФОРМАТ", "FORMAT"),
        help=words(
            f"table (по умолчанию), {', '.join(_OTHER[:-1])} или {_OTHER[-1]}",
            f"table (the default), {', '.join(_OTHER[:-1])} or {_OTHER[-1]}",
        ),
        panel=options.OUTPUT,
        complete=options.begins(REPORT_FORMATS),
    ),
]
