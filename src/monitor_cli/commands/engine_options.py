"""The options that say who counts; `engines.py` reads their values."""

from __future__ import annotations

from typing import Annotated

from monitor_cli.commands import options
from monitor_cli.commands.bilingual import option
from monitor_cli.language import words

ENGINES = ("local", "dask")
WORK = words("Кто считает", "Who counts")

Engine = Annotated[
    str,
    option(
        "--engine",
        metavar=words("КТО", "ENGINE"),
        help=words(
            "local (по умолчанию): эта программа; dask: исполнители Dask, набор "
            "(monitor import) по частям",
            "local (the default): this program; dask: workers of Dask, a dataset "
            "(monitor import) by partitions",
        ),
        panel=WORK,
        complete=options.begins(ENGINES),
    ),
]
Scheduler = Annotated[
    str | None,
    option(
        "--scheduler",
        metavar=words("АДРЕС", "ADDRESS"),
        help=words(
            "Планировщик для --engine dask, tcp://… или tls://…; без него исполнители – "
            "на этой машине",
            "The scheduler for --engine dask, tcp://… or tls://…; without it the workers are "
            "on this machine",
        ),
        panel=WORK,
    ),
]
Memory = Annotated[
    str | None,
    option(
        "--memory",
        metavar=words("СКОЛЬКО", "SIZE"),
        help=words(
            "Занять не больше памяти, чем столько (2GB): набор считается по частям",
            "Take no more memory than this (2GB): a dataset is counted by partitions",
        ),
        panel=WORK,
    ),
]
