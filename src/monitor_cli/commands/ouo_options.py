"""The options of `registry`, `people`, `grades` and `form oo1` that no other command has."""

from __future__ import annotations

from typing import Annotated

from monitor_cli.commands import options
from monitor_cli.commands.bilingual import option
from monitor_cli.commands.week_options import FILTERS
from monitor_cli.language import words

_OF_SCHOOLS = ("region", "municipality", "school")
Level = Annotated[
    str,
    option(
        "--level",
        metavar=words("УРОВЕНЬ", "LEVEL"),
        help=words(
            "region, municipality или school (по умолчанию)",
            "region, municipality or school (the default)",
        ),
        panel=options.WHAT,
        complete=options.begins(_OF_SCHOOLS),
    ),
]
Date = Annotated[
    str | None,
    option(
        "--date",
        metavar=words("ДАТА", "DATE"),
        help=words(
            "Любой день недели, на воскресенье которой считаются люди; без параметра – последняя "
            "завершённая",
            "Any day of the week by whose Sunday people are counted; without it the last "
            "completed one",
        ),
        panel=options.WHAT,
        complete=options.begins(("last", "this")),
    ),
]
Search = Annotated[
    str | None,
    option(
        "--search",
        metavar=words("ТЕКСТ", "TEXT"),
        help=words("Часть названия или ID школы", "A part of a school's name or id"),
        panel=FILTERS,
    ),
]
