"""The options of `monitor task …`."""

from __future__ import annotations

from typing import Annotated

from monitor_cli.commands import options
from monitor_cli.commands.bilingual import argument, option
from monitor_cli.language import words
from monitor_cli.settings import INDICATOR_KEYS

TASK = words("Поручение", "The task")
WHO = words("Кто и где", "Who and where")
STATES = (
    "issued",
    "accepted_by_municipality",
    "accepted_by_school",
    "fulfilled",
    "overdue",
    "closed",
)
_KEY = words("КЛЮЧ", "KEY")
_ID = words("ID", "ID")

As = Annotated[
    str | None,
    option(
        "--as",
        metavar=words("КТО", "WHO"),
        help=words(
            "Кто действует: rouo, mouo:МУНИЦИПАЛИТЕТ, school:ID (или [task] identity); "
            "PostgreSQL знает это сам",
            "Who acts: rouo, mouo:MUNICIPALITY, school:ID (or [task] identity); PostgreSQL knows "
            "it by itself",
        ),
        panel=WHO,
        complete=options.begins(("rouo", "mouo:", "school:")),
    ),
]
Number = Annotated[
    str,
    argument(
        metavar=words("НОМЕР", "TASK"), help=words("Номер поручения", "The number of the task")
    ),
]
Numbers = Annotated[
    list[str] | None,
    argument(
        metavar=words("НОМЕР…", "TASK…"),
        help=words("Номера поручений; без них – все", "Numbers of tasks; without them all"),
    ),
]
All = Annotated[
    bool,
    option(
        "--all",
        help=words("Всё, что ещё не принято", "All that has not been accepted yet"),
        panel=TASK,
    ),
]
State = Annotated[
    str | None,
    option(
        "--state",
        metavar=words("СОСТОЯНИЕ", "STATE"),
        help=words(f"Только такие: {', '.join(STATES)}", f"Only those: {', '.join(STATES)}"),
        panel=options.WHAT,
        complete=options.begins(STATES),
    ),
]
Title = Annotated[
    str | None,
    option(
        "--title",
        metavar=words("ТЕКСТ", "TEXT"),
        help=words("Название, одна строка", "The title, one line"),
        panel=TASK,
    ),
]
Text = Annotated[
    str | None,
    option(
        "--text",
        metavar=words("ТЕКСТ", "TEXT"),
        help=words("Что сделать, подробно", "What is to be done, at length"),
        panel=TASK,
    ),
]
Due = Annotated[
    str | None,
    option(
        "--due",
        metavar=words("ДЕНЬ", "DAY"),
        help=words(
            "Последний день, 2026-12-07 или 07.12.2026; без параметра срока нет",
            "The last day, 2026-12-07 or 07.12.2026; without it there is none",
        ),
        panel=TASK,
    ),
]
To = Annotated[
    list[str] | None,
    option(
        "--to",
        metavar=words("АДРЕСАТ", "ADDRESSEE"),
        help=words(
            "Кому: all, mouo:МУНИЦИПАЛИТЕТ, school:ID; можно несколько раз",
            "To whom: all, mouo:MUNICIPALITY, school:ID; may be repeated",
        ),
        panel=TASK,
        complete=options.begins(("all", "mouo:", "school:")),
    ),
]
Indicator = Annotated[
    str | None,
    option(
        "--indicator",
        metavar=_KEY,
        help=words(
            "Цель: показатель. Ключи: monitor indicators",
            "The goal: an indicator. Keys: monitor indicators",
        ),
        panel=TASK,
        complete=options.begins(INDICATOR_KEYS),
    ),
]
Target = Annotated[
    str | None,
    option(
        "--target",
        metavar=words("ПРОЦЕНТ", "PERCENT"),
        help=words(
            "Цель: не меньше стольких процентов; с --from-week без параметра – порог --below",
            "The goal: at least so many per cent; with --from-week, without it, that of --below",
        ),
        panel=TASK,
    ),
]
Week = Annotated[
    str | None,
    option(
        "--week",
        metavar=words("НЕДЕЛЯ", "WEEK"),
        help=words(
            "Цель: в какой неделе; без параметра – в любой полной после выдачи",
            "The goal: in which week; without it in any whole one after the issue",
        ),
        panel=TASK,
    ),
]
FromWeek = Annotated[
    str | None,
    option(
        "--from-week",
        metavar=words("НЕДЕЛЯ", "WEEK"),
        help=words(
            "Адресовать школам, у которых --indicator в этой неделе ниже --below",
            "Address the schools whose --indicator is below --below in that week",
        ),
        panel=TASK,
        complete=options.begins(("last",)),
    ),
]
Below = Annotated[
    str | None,
    option(
        "--below",
        metavar=words("ПРОЦЕНТ", "PERCENT"),
        help=words("Порог для --from-week", "The bound of --from-week"),
        panel=TASK,
    ),
]
FromFile = Annotated[
    str | None,
    option(
        "--from-file",
        metavar=words("ФАЙЛ", "FILE"),
        help=words(
            "Список поручений: CSV или книга со столбцами title, text, due, addressed_to, "
            "indicator, target, week, как у task list",
            "A list of tasks: CSV or a workbook with the columns title, text, due, addressed_to, "
            "indicator, target, week, as task list has them",
        ),
        panel=TASK,
    ),
]
OnlySchools = Annotated[
    list[str] | None,
    option(
        "--school",
        metavar=_ID,
        help=words(
            "Только для этой школы; можно несколько раз", "For this school only; repeatable"
        ),
        panel=TASK,
    ),
]
Note = Annotated[
    str | None,
    option(
        "--note",
        metavar=words("ТЕКСТ", "TEXT"),
        help=words("Почему закрыто; остаётся в журнале", "Why it is closed; stays in the log"),
        panel=TASK,
    ),
]
Members = Annotated[
    list[str] | None,
    option(
        "--member",
        metavar=words("РОЛЬ=КТО", "ROLE=WHO"),
        help=words(
            "PostgreSQL: чья это роль для входа: ivanova=mouo:МУНИЦИПАЛИТЕТ; можно несколько раз",
            "PostgreSQL: whose login role it is: ivanova=mouo:MUNICIPALITY; may be repeated",
        ),
        panel=WHO,
    ),
]
BackupFile = Annotated[
    str | None,
    option(
        "--output",
        "-o",
        metavar=words("ФАЙЛ", "FILE"),
        help=words("Куда записать копию", "Where to write the copy"),
        panel=options.OUTPUT,
    ),
]
