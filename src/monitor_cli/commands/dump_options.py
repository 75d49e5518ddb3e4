"""The options of commands that read a dump: which one, and how its files are to be read."""

from __future__ import annotations

from typing import Annotated

from monitor_cli.commands import options
from monitor_cli.commands.bilingual import option
from monitor_cli.language import words

Data = Annotated[
    str | None,
    option(
        "--data",
        metavar=words("ПУТЬ", "PATH"),
        help=words(
            "Выгрузка: папка, ZIP, книга, набор (monitor import), адрес или «-» "
            "(или MONITOR_DATA); "
            "sample – вымышленный пример",
            "The dump: a folder, ZIP, workbook, dataset (monitor import), address or «-» "
            "(or MONITOR_DATA); "
            "sample is the invented one",
        ),
        panel=options.DUMP,
    ),
]
AsImported = Annotated[
    str | None,
    option(
        "--as-imported",
        metavar=words("ДЕНЬ", "DAY"),
        help=words(
            "Набор (monitor import) таким, каким он был в конце этого дня",
            "The dataset (monitor import) as it was at the end of that day",
        ),
        panel=options.DUMP,
    ),
]
Encoding = Annotated[
    str | None,
    option(
        "--encoding",
        metavar=words("КОДИРОВКА", "ENCODING"),
        help=words("Кодировка CSV вместо найденной", "Encoding of CSV, instead of the one found"),
        panel=options.DUMP,
    ),
]
Separator = Annotated[
    str | None,
    option(
        "--separator",
        metavar=words("ЗНАК", "SIGN"),
        help=words(
            "Разделитель CSV вместо найденного: , ; | или tab",
            "Separator of CSV, instead of the one found: , ; | or tab",
        ),
        panel=options.DUMP,
    ),
]
SourceZone = Annotated[
    str | None,
    option(
        "--source-tz",
        metavar=words("ЗОНА", "ZONE"),
        help=words(
            "В какой зоне время событий без смещения: school (местное), UTC или зона IANA",
            "The zone of event times without an offset: school (local), UTC or an IANA zone",
        ),
        panel=options.DUMP,
    ),
]
Strict = Annotated[
    bool,
    option(
        "--strict",
        help=words(
            "Любая отложенная строка – ошибка, код выхода 3",
            "Any row set aside is an error, exit code 3",
        ),
        panel=options.DUMP,
    ),
]
