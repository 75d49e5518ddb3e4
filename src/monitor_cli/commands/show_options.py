"""The options of `monitor show` alone."""

from __future__ import annotations

from typing import Annotated

from monitor_cli.commands import options
from monitor_cli.commands.bilingual import argument, option
from monitor_cli.language import words
from monitor_cli.levels import SUMMED_BY
from monitor_cli.render.report_formats import REPORT_FORMATS
from monitor_cli.settings import INDICATOR_KEYS

Key = Annotated[
    str | None,
    argument(
        metavar=words("КЛЮЧ", "KEY"),
        help=words(
            "Ключ показателя, например timely_marks; все ключи: monitor indicators",
            "The key of an indicator, such as timely_marks; all keys: monitor indicators",
        ),
        complete=options.begins(INDICATOR_KEYS),
    ),
]
By = Annotated[
    str | None,
    option(
        "--by",
        metavar=words("ЧТО", "WHAT"),
        help=words(
            "На ком потери: school, teacher, class, subject, day (день урока) или hour (час "
            "выставления); без параметра – обычные сводки",
            "Who carries the loss: school, teacher, class, subject, day (of the lesson) or hour "
            "(of entry); without it the usual summaries",
        ),
        panel=options.WHAT,
        complete=options.begins(SUMMED_BY),
    ),
]
StillOpen = Annotated[
    bool,
    option(
        "--still-open",
        help=words(
            "Вместо потерянного – что ещё можно исправить, сначала с ближайшим сроком; без --as-of "
            "– на сейчас",
            "Instead of what is lost, what can still be mended, the soonest deadline first; "
            "without --as-of as of now",
        ),
        panel=options.WHAT,
    ),
]
Limit = Annotated[
    str | None,
    option(
        "--limit",
        metavar=words("ЧИСЛО", "NUMBER"),
        help=words(
            "Не больше стольких строк; без параметра на терминале – первые, в файл и канал – все",
            "No more rows than this; without it the first ones on a terminal, all elsewhere",
        ),
        panel=options.WHAT,
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
