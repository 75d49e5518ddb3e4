"""The options of `monitor report` that no other command has, and what was typed there, read."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from monitor_cli.commands import options
from monitor_cli.commands.bilingual import no_such, option
from monitor_cli.commands.output import STDOUT
from monitor_cli.commands.reading import read_count
from monitor_cli.errors import UsageError
from monitor_cli.language import words

if TYPE_CHECKING:
    from collections.abc import Sequence

PER = ("municipality", "school")
LOG_FORMATS = ("text", "json")
SHEETS = ("workload", "filling", "readiness", "registry", "people", "grades")
"""The reports that a municipality's workbook may hold a sheet of, in their order there."""
ALL_SHEETS = "all"
_MOST_JOBS = 4
"""Processes that are started unasked: more of them take more memory than they save time."""

REPORT = words("Какие отчёты", "Which reports")

Folder = Annotated[
    str | None,
    option(
        "--output",
        "-o",
        metavar=words("ПАПКА", "FOLDER"),
        help=words(
            "Папка отчётов; в ней – по папке на неделю, например 2026-W47",
            "The folder of the reports; in it a folder a week, such as 2026-W47",
        ),
        panel=options.OUTPUT,
    ),
]
Per = Annotated[
    str,
    option(
        "--per",
        metavar=words("МЕСТО", "PLACE"),
        help=words(
            "По чему отчёты: municipality (по умолчанию) или school",
            "What a report is about: municipality (the default) or school",
        ),
        panel=REPORT,
        complete=options.begins(PER),
    ),
]
Only = Annotated[
    list[str] | None,
    option(
        "--only",
        metavar=words("ИМЯ", "NAME"),
        help=words(
            "Записать отчёты только этого муниципалитета (с --per school – и школы, по ID или "
            "названию); можно несколько раз. Прочие файлы недели остаются",
            "Write the reports of this municipality alone (with --per school also of a school, by "
            "id or name); may be repeated. The other files of the week stay",
        ),
        panel=REPORT,
    ),
]
Template = Annotated[
    list[str] | None,
    option(
        "--template",
        metavar=words("ФАЙЛ", "FILE"),
        help=words(
            "Своё письмо (.md, .txt с {{ }}) вместо нашего или своя форма (.xlsx с {{ }} в "
            "ячейках) рядом с ним; можно и то и другое",
            "One's own letter (.md, .txt with {{ }}) in the stead of ours, or form (.xlsx with "
            "{{ }} in its cells) beside it; may be both",
        ),
        panel=REPORT,
    ),
]
Sheets = Annotated[
    list[str] | None,
    option(
        "--sheet",
        metavar=words("ОТЧЁТ", "REPORT"),
        help=words(
            f"В книгу муниципалитета – ещё и лист отчёта: {', '.join(SHEETS)} или {ALL_SHEETS}; "
            "можно несколько раз",
            f"A sheet of a report in the municipality's workbook too: {', '.join(SHEETS)} or "
            f"{ALL_SHEETS}; may be repeated",
        ),
        panel=REPORT,
        complete=options.begins((*SHEETS, ALL_SHEETS)),
    ),
]
Jobs = Annotated[
    str | None,
    option(
        "--jobs",
        metavar=words("ЧИСЛО", "NUMBER"),
        help=words(
            f"Сколько процессов пишут файлы; без параметра – по числу ядер, не больше {_MOST_JOBS}",
            f"How many processes write files; without it one a core, {_MOST_JOBS} at most",
        ),
        panel=options.OUTPUT,
    ),
]
Check = Annotated[
    bool,
    option(
        "--check",
        help=words(
            "Код выхода 1, если порог, который не заглушка, где-то не достигнут",
            "Exit code 1 if a threshold that is no placeholder is not reached somewhere",
        ),
        panel=REPORT,
    ),
]
LogFormat = Annotated[
    str,
    option(
        "--log-format",
        metavar=words("ВИД", "KIND"),
        help=words(
            "Сообщения в stderr: text (по умолчанию) или json – объект в строке",
            "Messages on stderr: text (the default) or json, an object a line",
        ),
        panel=options.TALK,
        complete=options.begins(LOG_FORMATS),
    ),
]


def read_folder(typed: str | None) -> Path:
    """The folder of all reports.

    Raises:
        UsageError: none is named.
    """
    if typed is None or typed == STDOUT:
        raise UsageError(
            words("не названа папка для отчётов", "no folder is named for the reports"),
            remedy=words("назовите её: -o ПАПКА", "name it: -o FOLDER"),
        )
    return Path(typed)


def read_word(typed: str, known: tuple[str, ...], place: str) -> str:
    """One of the words that an option takes.

    Raises:
        UsageError: it is none of them.
    """
    if typed not in known:
        raise no_such(words("значения", "value"), typed, list(known), place)
    return typed


def read_sheets(typed: Sequence[str]) -> tuple[str, ...]:
    """The reports of which a sheet is wanted, in their order.

    Raises:
        UsageError: one is none.
    """
    for one in typed:
        read_word(one, (*SHEETS, ALL_SHEETS), "--sheet")
    return tuple(one for one in SHEETS if one in typed or ALL_SHEETS in typed)


def read_jobs(typed: str | None) -> int:
    """How many processes write files.

    Raises:
        UsageError: it is no number from 1 up.
    """
    if typed is None:
        return min(os.cpu_count() or 1, _MOST_JOBS)
    return max(read_count(typed, "--jobs"), 1)
