"""The options of `monitor sample`, and what was typed after them, read."""

from __future__ import annotations

import contextlib
from decimal import Decimal, InvalidOperation
from typing import Annotated

from monitor_cli.commands import options
from monitor_cli.commands.bilingual import no_such, option
from monitor_cli.errors import UsageError
from monitor_cli.language import same, words
from monitor_cli.render.harmless import quoted

WHAT = words("Какая выгрузка", "Which dump")
FILES = words("Какие файлы", "Which files")
_NUMBER = words("ЧИСЛО", "NUMBER")
_FORMATS = ("csv", "parquet")
ENCODINGS = {
    "utf-8": "utf-8",
    "utf-8-bom": "utf-8-sig",
    "utf-8-sig": "utf-8-sig",
    "utf-16": "utf-16",
    "cp1251": "cp1251",
    "windows-1251": "cp1251",
}
_SEPARATORS = {",": ",", ";": ";", "|": "|", "tab": "\t", "\\t": "\t", "\t": "\t"}
_MILLION = 1_000_000


Schools = Annotated[
    str,
    option(
        "--schools", metavar=_NUMBER, help=words("Сколько школ", "How many schools"), panel=WHAT
    ),
]
Skip = Annotated[
    str,
    option(
        "--skip",
        metavar=_NUMBER,
        help=words(
            "Столько школ впереди не делать: большой край по частям",
            "Leave out so many schools before these: a large region piece by piece",
        ),
        panel=WHAT,
    ),
]
Weeks = Annotated[
    str,
    option(
        "--weeks",
        metavar=_NUMBER,
        help=words(
            "Сколько недель; от трёх – последняя та, что за неделей --date",
            "How many weeks; from three on the last is the one after that of --date",
        ),
        panel=WHAT,
    ),
]
Seed = Annotated[
    str,
    option(
        "--seed",
        metavar=_NUMBER,
        help=words("Другое число – другая выгрузка", "Another number, another dump"),
        panel=WHAT,
    ),
]
Date = Annotated[
    str,
    option(
        "--date",
        metavar=words("ДАТА", "DATE"),
        help=words(
            "Последняя завершённая неделя: выгрузка снята утром понедельника после неё",
            "The last completed week: the dump is taken on the Monday morning after it",
        ),
        panel=WHAT,
    ),
]
Faults = Annotated[
    str,
    option(
        "--faults",
        metavar=words("ДОЛЯ", "SHARE"),
        help=words(
            "Доля испорченных строк среди уроков, оценок и прочего, например 0.001",
            "The share of faulty rows among lessons, marks and so on, such as 0.001",
        ),
        panel=WHAT,
    ),
]
Format = Annotated[
    str | None,
    option(
        "--format",
        metavar=words("ФОРМАТ", "FORMAT"),
        help=words(
            "parquet или csv; без параметра – parquet, с --encoding или --separator – csv",
            "parquet or csv; without it parquet, with --encoding or --separator csv",
        ),
        panel=FILES,
        complete=options.begins(_FORMATS),
    ),
]
Encoding = Annotated[
    str | None,
    option(
        "--encoding",
        metavar=words("КОДИРОВКА", "ENCODING"),
        help=words(
            "CSV: utf-8 (по умолчанию), utf-8-bom, utf-16 или cp1251",
            "CSV: utf-8 (the default), utf-8-bom, utf-16 or cp1251",
        ),
        panel=FILES,
        complete=options.begins(("utf-8", "utf-8-bom", "utf-16", "cp1251")),
    ),
]
Separator = Annotated[
    str | None,
    option(
        "--separator",
        metavar=words("ЗНАК", "SIGN"),
        help=words(
            "CSV: , ; | или tab; без параметра – запятая, а с cp1251 и utf-8-bom – точка с запятой",
            "CSV: , ; | or tab; without it a comma, with cp1251 and utf-8-bom a semicolon",
        ),
        panel=FILES,
    ),
]
Parts = Annotated[
    str | None,
    option(
        "--parts",
        metavar=_NUMBER,
        help=words(
            "Столько файлов на таблицу, в папке с её именем",
            "So many files a table, in a folder of its name",
        ),
        panel=FILES,
    ),
]
PerSchool = Annotated[
    bool,
    option(
        "--per-school",
        help=words("Папка с файлами на каждую школу", "A folder of files for each school"),
        panel=FILES,
    ),
]
Shuffle = Annotated[
    bool,
    option(
        "--shuffle",
        help=words("Строки без порядка, а не по урокам", "Rows in no order instead of by lesson"),
        panel=FILES,
    ),
]
TextIds = Annotated[
    bool,
    option(
        "--text-ids",
        help=words(
            "Идентификаторы с буквой впереди, а не целые числа",
            "Ids with a letter in front instead of whole numbers",
        ),
        panel=FILES,
    ),
]
Output = Annotated[
    str | None,
    option(
        "--output",
        "-o",
        metavar=words("ПАПКА", "FOLDER"),
        help=words("Новая или пустая папка", "A new or an empty folder"),
        panel=FILES,
    ),
]


def between(text: str, place: str, least: int, most: int) -> int:
    """A whole number from `least` to `most`.

    Raises:
        UsageError: it is none.
    """
    if text.isascii() and text.isdecimal() and len(text) < len(str(1 << 64)):
        number = int(text)
        if least <= number <= most:
            return number
    name = quoted(text)
    raise UsageError(
        words(f"{place} {name.ru}: не годится", f"{place} {name.en}: this will not do"),
        remedy=words(
            f"нужно целое число от {least} до {most}",
            f"a whole number from {least} to {most} is needed",
        ),
    )


def share_of(text: str) -> int:
    """A share from 0 to 0.5 as rows of a million.

    Raises:
        UsageError: it is none.
    """
    with contextlib.suppress(InvalidOperation):
        share = Decimal(text.strip().replace(",", "."))
        if share.is_finite() and 0 <= share <= Decimal("0.5"):
            return int(share * _MILLION)
    name = quoted(text)
    raise UsageError(
        words(f"--faults {name.ru}: это не доля", f"--faults {name.en}: this is no share"),
        remedy=words("нужно число от 0 до 0.5", "a number from 0 to 0.5 is needed"),
    )


def format_of(typed: str | None, encoding: str | None, separator: str | None) -> str:
    """The format, also where only an encoding or a separator was typed.

    Raises:
        UsageError: there is no such format, or it has neither.
    """
    of_csv = encoding is not None or separator is not None
    if typed is None:
        return "csv" if of_csv else "parquet"
    if typed not in _FORMATS:
        raise no_such(words("формата", "format"), typed, list(_FORMATS), "--format")
    if of_csv and typed != "csv":
        raise UsageError(
            words(
                "--encoding и --separator бывают только у CSV",
                "only CSV has an --encoding and a --separator",
            ),
            remedy=same("--format csv"),
        )
    return typed


def spelling_of(encoding: str | None, separator: str | None) -> tuple[str, str]:
    """The encoding, as Python calls it, and the separator.

    Raises:
        UsageError: there is none of that name.
    """
    name = "utf-8" if encoding is None else encoding.casefold()
    if name not in ENCODINGS:
        raise no_such(words("кодировки", "encoding"), name, list(ENCODINGS), "--encoding")
    if separator is None:
        return ENCODINGS[name], "," if name in {"utf-8", "utf-16"} else ";"
    if separator not in _SEPARATORS:
        known = [",", ";", "|", "tab"]
        raise no_such(words("разделителя", "separator"), separator, known, "--separator")
    return ENCODINGS[name], _SEPARATORS[separator]
