"""The options of `registry`, `people`, `grades` and `form oo1` that no other command has."""

from __future__ import annotations

from typing import Annotated

from monitor_cli.commands import options
from monitor_cli.commands.bilingual import argument, option
from monitor_cli.commands.week_options import FILTERS
from monitor_cli.language import words

BASES = ("final", "current")
ROLES = ("teacher", "admin", "technical", "other", "student", "parent")
FORMS = ("oo1",)
LISTED = ("came", "never", "all")
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

First = Annotated[
    str | None,
    option(
        "--from",
        metavar=words("ДЕНЬ", "DAY"),
        help=words(
            "Первый день периода уроков; без --from и --date – 1 сентября учебного года",
            "The first day of the period of lessons; without --from and --date 1 September",
        ),
        panel=options.WHAT,
    ),
]
Last = Annotated[
    str | None,
    option(
        "--to",
        metavar=words("ДЕНЬ", "DAY"),
        help=words(
            "Последний день периода; без параметра – конец последней завершённой недели",
            "The last day of the period; without it the end of the last completed week",
        ),
        panel=options.WHAT,
    ),
]
OneWeek = Annotated[
    str | None,
    option(
        "--date",
        metavar=words("ДАТА", "DATE"),
        help=words(
            "Вместо --from и --to: неделя с этим днём, 2026-W47, last или this",
            "Instead of --from and --to: the week of this day, 2026-W47, last or this",
        ),
        panel=options.WHAT,
        complete=options.begins(("last", "this")),
    ),
]
By = Annotated[
    str | None,
    option(
        "--by",
        metavar=words("final|current", "final|current"),
        help=words(
            "По итоговым отметкам или по текущим; без параметра – по итоговым, если они есть",
            "By final marks or by current ones; without it by final ones if there are any",
        ),
        panel=options.WHAT,
        complete=options.begins(BASES),
    ),
]
Periods = Annotated[
    list[str] | None,
    option(
        "--period",
        metavar=words("ПЕРИОД", "PERIOD"),
        help=words(
            "Период итоговых отметок, как в выгрузке («1 четверть»); можно несколько раз",
            "A period of final marks as the dump names it; may be repeated",
        ),
        panel=options.WHAT,
    ),
]

Roles = Annotated[
    list[str] | None,
    option(
        "--role",
        metavar=words("РОЛЬ", "ROLE"),
        help=words(
            "Только эта роль: teacher, admin, technical, other, student, parent; можно несколько "
            "раз",
            "This role only: teacher, admin, technical, other, student, parent; may be repeated",
        ),
        panel=FILTERS,
        complete=options.begins(ROLES),
    ),
]
Visits = Annotated[
    str | None,
    option(
        "--visits",
        metavar=words("КОГО", "WHOM"),
        help=words(
            "Ещё и поимённо: came – кто был за неделю, never – кто не был ни разу, all – все; без "
            "--role – сотрудники",
            "By name, too: came – who came in the week, never – who never came, all; without "
            "--role those of staff",
        ),
        panel=options.WHAT,
        complete=options.begins(LISTED),
    ),
]

Form = Annotated[
    str,
    argument(
        metavar=words("ФОРМА", "FORM"),
        help=words("oo1 – форма № ОО-1", "oo1: the form OO-1"),
        complete=options.begins(FORMS),
    ),
]
InYear = Annotated[
    str | None,
    option(
        "--date",
        metavar=words("ДАТА", "DATE"),
        help=words(
            "Любой день учебного года, на 20 сентября которого заполняется форма",
            "Any day of the school year whose 20 September the form is about",
        ),
        panel=options.WHAT,
    ),
]
