"""The options of `monitor workload` that no other command has."""

from __future__ import annotations

from typing import Annotated

from monitor_cli import levels
from monitor_cli.commands import options
from monitor_cli.commands.bilingual import option
from monitor_cli.language import words

Level = Annotated[
    str,
    option(
        "--level",
        metavar=words("УРОВЕНЬ", "LEVEL"),
        help=words(
            "region, municipality, school, parallel, class, subject или teacher (по умолчанию)",
            "region, municipality, school, parallel, class, subject or teacher (the default)",
        ),
        panel=options.WHAT,
        complete=options.begins(levels.Level),
    ),
]
