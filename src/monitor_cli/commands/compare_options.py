"""The options of `monitor compare` alone."""

from __future__ import annotations

from typing import Annotated

from monitor_cli.commands import options
from monitor_cli.commands.bilingual import option
from monitor_cli.language import words

LEVELS = ("municipality", "school", "class", "subject", "teacher")
With = Annotated[
    str | None,
    option(
        "--with",
        metavar=words("ДАТА", "DATE"),
        help=words(
            "С какой неделей сравнить, как в --date; без параметра – с предыдущей",
            "The week to compare with, as in --date; without it the one before",
        ),
        panel=options.WHAT,
        complete=options.begins(("last", "this")),
    ),
]
By = Annotated[
    list[str] | None,
    option(
        "--by",
        metavar=words("УРОВЕНЬ", "LEVEL"),
        help=words(
            "По чему разложить изменение: municipality, school, class, subject, teacher; можно "
            "несколько раз. Без параметра – по школам, внутри названной школы – по классам и "
            "учителям",
            "What to split the change by: municipality, school, class, subject, teacher; may be "
            "repeated. Without it by school, inside a school that is named by class and teacher",
        ),
        panel=options.WHAT,
        complete=options.begins(LEVELS),
    ),
]
Limit = Annotated[
    str | None,
    option(
        "--limit",
        metavar=words("ЧИСЛО", "NUMBER"),
        help=words(
            "Сколько мест назвать у каждого показателя, остальные вместе; без параметра таблицы "
            "называют 10 (3, если показателей несколько), прочие форматы – все",
            "How many places to name for each indicator, the others together; without it tables "
            "name 10 (3 where there are several indicators), other formats all",
        ),
        panel=options.WHAT,
    ),
]
