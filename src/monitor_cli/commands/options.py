"""The options that commands share, and what stands over them in the help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from monitor_cli.commands.bilingual import option
from monitor_cli.language import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

WHAT = words("Что показать", "What to show")
OUTPUT = words("Куда и как вывести", "Where to and how")
DUMP = words("Выгрузка и настройки", "The dump and the settings")
TALK = words("Сообщения", "Messages")


def begins(choices: Iterable[str]) -> Callable[[str], list[str]]:
    """For the shell: the choices that begin like what has been typed so far."""
    known = tuple(choices)

    def complete(incomplete: str) -> list[str]:
        return [choice for choice in known if choice.startswith(incomplete)]

    return complete


Json = Annotated[
    bool,
    option("--json", help=words("То же, что --format json", "Same as --format json"), panel=OUTPUT),
]
Output = Annotated[
    str | None,
    option(
        "--output",
        "-o",
        metavar=words("ФАЙЛ", "FILE"),
        help=words(
            "Записать в файл, формат – по окончанию имени; - – стандартный вывод",
            "Write to a file, whose suffix tells the format; - is the standard output",
        ),
        panel=OUTPUT,
    ),
]
NoColor = Annotated[
    bool,
    option(
        "--no-color",
        help=words("Без цвета (или переменная NO_COLOR)", "No colour (or the variable NO_COLOR)"),
        panel=OUTPUT,
    ),
]
Config = Annotated[
    str | None,
    option(
        "--config",
        metavar=words("ФАЙЛ", "FILE"),
        help=words(
            "Файл настроек (или MONITOR_CONFIG); иначе ближайший monitor.toml",
            "The file of settings (or MONITOR_CONFIG); else the nearest monitor.toml",
        ),
        panel=DUMP,
    ),
]
Assignments = Annotated[
    list[str] | None,
    option(
        "--set",
        metavar=words("КЛЮЧ=ЗНАЧЕНИЕ", "KEY=VALUE"),
        help=words(
            "Настройка на этот раз: thresholds.timely_marks=90; можно несколько раз",
            "A setting for this time: thresholds.timely_marks=90; may be repeated",
        ),
        panel=DUMP,
    ),
]
AsOf = Annotated[
    str | None,
    option(
        "--as-of",
        metavar=words("МОМЕНТ", "MOMENT"),
        help=words(
            "Состояние на момент по часам школы: 2026-11-18 12:00, день (его конец) или now",
            "The state at a moment by the school's clock: 2026-11-18 12:00, a day (its end) or now",
        ),
        panel=WHAT,
        complete=begins(("now",)),
    ),
]
Lang = Annotated[
    str | None,
    option(
        "--lang",
        metavar=words("ru|en", "ru|en"),
        help=words("Язык (или MONITOR_LANG)", "The language (or MONITOR_LANG)"),
        panel=TALK,
        complete=begins(("ru", "en")),
    ),
]
Quiet = Annotated[
    bool,
    option(
        "--quiet",
        "-q",
        help=words("Без примечаний и предупреждений", "No notes and no warnings"),
        panel=TALK,
    ),
]
Verbose = Annotated[
    bool,
    option(
        "--verbose",
        "-v",
        help=words(
            "Сказать, какие выгрузка, настройки и неделя взяты",
            "Say which dump, settings and week were taken",
        ),
        panel=TALK,
    ),
]
