"""The options of `monitor validate` alone."""

from __future__ import annotations

from typing import Annotated

from monitor_cli.commands import options
from monitor_cli.commands.bilingual import option
from monitor_cli.language import words
from monitor_cli.render.validate_formats import VALIDATE_FORMATS

_OF_VALIDATE = [name for name in VALIDATE_FORMATS if name != "table"]
Format = Annotated[
    str | None,
    option(
        "--format",
        metavar=words("ФОРМАТ", "FORMAT"),
        help=words(
            f"table (по умолчанию), {', '.join(_OF_VALIDATE[:-1])} или {_OF_VALIDATE[-1]}",
            f"table (the default), {', '.join(_OF_VALIDATE[:-1])} or {_OF_VALIDATE[-1]}",
        ),
        panel=options.OUTPUT,
        complete=options.begins(VALIDATE_FORMATS),
    ),
]
Check = Annotated[
    bool,
    option(
        "--check",
        help=words(
            "Код выхода 1, если строки отложены или нет таблицы, нужной показателям",
            "Exit code 1 if rows were set aside or a table that an indicator reads is missing",
        ),
        panel=options.WHAT,
    ),
]
ListProblems = Annotated[
    bool,
    option(
        "--list",
        help=words(
            "Вместо проверки – список всего, что бывает не так, и что с этим делать",
            "Instead of a look: everything that can be wrong, and what to do about it",
        ),
        panel=options.WHAT,
    ),
]
