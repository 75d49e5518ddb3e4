"""The options of `monitor week`; `reading.py` reads their values."""

from __future__ import annotations

from typing import Annotated

from monitor_cli.commands import options
from monitor_cli.commands.bilingual import option
from monitor_cli.commands.reading import ALL_BLOCKS
from monitor_cli.language import words
from monitor_cli.levels import Level
from monitor_cli.render.formats import WEEK_FORMATS
from monitor_cli.result import Block
from monitor_cli.settings import INDICATOR_KEYS

FILTERS = words("Какие места", "Which places")
ROWS = words("Какие строки", "Which rows")

Date = Annotated[
    str | None,
    option(
        "--date",
        metavar=words("ДАТА", "DATE"),
        help=words(
            "Любой день недели (2026-11-18, 18.11.2026), 2026-W47, last или this; "
            "без параметра – последняя завершённая",
            "Any day of the week (2026-11-18, 18.11.2026), 2026-W47, last or this; "
            "without it the last completed one",
        ),
        panel=options.WHAT,
        complete=options.begins(("last", "this")),
    ),
]
LevelName = Annotated[
    str,
    option(
        "--level",
        metavar=words("УРОВЕНЬ", "LEVEL"),
        help=words(
            "region, municipality, school (по умолчанию), parallel, class, subject или teacher",
            "region, municipality, school (the default), parallel, class, subject or teacher",
        ),
        panel=options.WHAT,
        complete=options.begins(Level),
    ),
]
Indicators = Annotated[
    list[str] | None,
    option(
        "--indicator",
        metavar=words("КЛЮЧ", "KEY"),
        help=words(
            "Только этот показатель; можно несколько раз. Ключи: monitor indicators",
            "This indicator only; may be repeated. Keys: monitor indicators",
        ),
        panel=options.WHAT,
        complete=options.begins(INDICATOR_KEYS),
    ),
]
BlockName = Annotated[
    str,
    option(
        "--block",
        metavar=words("БЛОК", "BLOCK"),
        help=words(
            "Блок показателей: users, journal или all (по умолчанию)",
            "A block of indicators: users, journal or all (the default)",
        ),
        panel=options.WHAT,
        complete=options.begins((*Block, ALL_BLOCKS)),
    ),
]
Compare = Annotated[
    bool,
    option(
        "--compare/--no-compare",
        help=words(
            "Показать изменение к прошлой неделе (по умолчанию) или нет",
            "Show the change to the week before (the default) or not",
        ),
        panel=options.WHAT,
    ),
]
_NAME = words("ИМЯ", "NAME")
Municipalities = Annotated[
    list[str] | None,
    option(
        "--municipality",
        metavar=_NAME,
        help=words(
            "Муниципалитет; каждый из этих параметров можно повторять",
            "A municipality; each of these options may be repeated",
        ),
        panel=FILTERS,
    ),
]
Schools = Annotated[
    list[str] | None,
    option(
        "--school",
        metavar=_NAME,
        help=words("Школа: ID или название", "A school: its id or name"),
        panel=FILTERS,
    ),
]
Classes = Annotated[
    list[str] | None,
    option(
        "--class",
        metavar=_NAME,
        help=words("Класс: ID или название", "A class: its id or name"),
        panel=FILTERS,
    ),
]
Subjects = Annotated[
    list[str] | None,
    option("--subject", metavar=_NAME, help=words("Предмет", "A subject"), panel=FILTERS),
]
Teachers = Annotated[
    list[str] | None,
    option(
        "--teacher",
        metavar=_NAME,
        help=words("Учитель: ID или ФИО", "A teacher: the id or the name"),
        panel=FILTERS,
    ),
]
Sort = Annotated[
    str | None,
    option(
        "--sort",
        metavar=words("КЛЮЧ", "KEY"),
        help=words(
            "Сначала строки, где этот показатель меньше",
            "First the rows in which this indicator is lowest",
        ),
        panel=ROWS,
        complete=options.begins(INDICATOR_KEYS),
    ),
]
Below = Annotated[
    str | None,
    option(
        "--below",
        metavar=words("ЧИСЛО", "NUMBER"),
        help=words(
            "Только строки, где какой-нибудь показатель меньше (0–100)",
            "Only rows in which some indicator is less (0–100)",
        ),
        panel=ROWS,
    ),
]
Limit = Annotated[
    str | None,
    option(
        "--limit",
        metavar=words("ЧИСЛО", "NUMBER"),
        help=words("Не больше стольких строк", "No more rows than this"),
        panel=ROWS,
    ),
]
Check = Annotated[
    bool,
    option(
        "--check",
        help=words(
            "Код выхода 1, если порог где-то не достигнут: у названных --indicator, "
            "без них – у всех, чей порог не заглушка",
            "Exit code 1 if a threshold is not reached somewhere: of those named by --indicator, "
            "without any, of all whose threshold is no placeholder",
        ),
        panel=ROWS,
    ),
]
_OTHER = [name for name in WEEK_FORMATS if name != "table"]
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
        complete=options.begins(WEEK_FORMATS),
    ),
]
