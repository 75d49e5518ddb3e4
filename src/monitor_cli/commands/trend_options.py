"""The options of `monitor trend` alone."""

from __future__ import annotations

from typing import Annotated

from monitor_cli.commands import options
from monitor_cli.commands.bilingual import argument, option
from monitor_cli.language import words
from monitor_cli.settings import INDICATOR_KEYS

WEEKLY = "weekly"
Keys = Annotated[
    list[str],
    argument(
        metavar=words("КЛЮЧ…", "KEY…"),
        help=words(
            "Ключи показателей, например timely_marks; все ключи: monitor indicators",
            "Keys of indicators, such as timely_marks; all keys: monitor indicators",
        ),
        complete=options.begins(INDICATOR_KEYS),
    ),
]
Date = Annotated[
    str | None,
    option(
        "--date",
        metavar=words("ДАТА", "DATE"),
        help=words(
            "Последняя из недель: любой её день, 2026-W47, last или this; без параметра – "
            "последняя завершённая",
            "The last of the weeks: any day of it, 2026-W47, last or this; without it the last "
            "completed one",
        ),
        panel=options.WHAT,
        complete=options.begins(("last", "this")),
    ),
]
Weeks = Annotated[
    str,
    option(
        "--weeks",
        metavar=words("ЧИСЛО", "NUMBER"),
        help=words("Сколько недель, от 2 до 60", "How many weeks, from 2 to 60"),
        panel=options.WHAT,
    ),
]
AsImported = Annotated[
    str | None,
    option(
        "--as-imported",
        metavar=words("ДЕНЬ|weekly", "DAY|weekly"),
        help=words(
            "Набор (monitor import) таким, каким он был в конце этого дня; weekly – рядом с каждой "
            "неделей ещё и то, что знали о ней в конце понедельника после неё",
            "The dataset (monitor import) as it was at the end of that day; weekly: beside each "
            "week also what was known of it at the end of the Monday after it",
        ),
        panel=options.DUMP,
        complete=options.begins((WEEKLY,)),
    ),
]
