"""The structural faults of a dump: one message each, naming file, table, column and remedy.

Source: `dump.md`, «Structural»: exit code 3, nothing is written. Texts from the dump are shown
shortened and without control characters; a cell is shown only where it is an id or a zone.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from monitor_cli.errors import DumpError
from monitor_cli.language import words
from monitor_cli.settings import places

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from monitor_cli.columns import Table
    from monitor_cli.dump.findings import Findings
    from monitor_cli.dump.parts import Part
    from monitor_cli.result import Problem

_LONGEST = 60
_LISTED = 8


def refuse(
    error: DumpError,
    findings: Findings | None,
    table: Table | None = None,
    part: Part | None = None,
) -> None:
    """Raise a structural fault, or note it where findings are collected, and go on without `part`.

    Raises:
        DumpError: nobody collects findings.
    """
    if findings is None:
        raise error
    findings.refused(error, table, part)


def shown(text: str) -> str:
    """`text` as one line fit for a message: no control or format characters, 60 characters."""
    clean = cleaned(text)
    return clean if len(clean) <= _LONGEST else clean[: _LONGEST - 1] + "…"


def shown_path(path: Path) -> str:
    """A path in full, without control or format characters; an address without its secrets."""
    return cleaned(places.shown(path))


def cleaned(text: str) -> str:
    """The whole text, without control or format characters."""
    return "".join("�" if unicodedata.category(sign)[0] == "C" else sign for sign in text)


def enumerated(names: Iterable[str]) -> str:
    """The first names, and how many more there are."""
    names = list(names)
    more = f", … (+{len(names) - _LISTED})" if len(names) > _LISTED else ""
    return ", ".join(shown(name) for name in names[:_LISTED]) + more


def no_such_path(path: Path) -> DumpError:
    """Nothing is at the place that `--data` names."""
    name = shown_path(path)
    return DumpError(
        words(f"Выгрузка не найдена: {name}", f"No dump at {name}"),
        remedy=words(
            "Укажите папку с выгрузкой: --data ПАПКА", "Name the folder of the dump: --data FOLDER"
        ),
    )


def unreadable(path: Path, error: OSError) -> DumpError:
    """The system refuses to open the file or folder."""
    name, why = shown_path(path), error.strerror or type(error).__name__
    return DumpError(
        words(f"{name}: не открывается ({why})", f"{name}: cannot be opened ({why})"),
        remedy=words("Проверьте права на файл.", "Check the permissions of the file."),
    )


def not_a_file(path: Path) -> DumpError:
    """A pipe, a device or a socket under the name of a table."""
    name = shown_path(path)
    return DumpError(
        words(f"{name}: это не обычный файл", f"{name}: not a regular file"),
        remedy=words("Уберите его из папки выгрузки.", "Remove it from the folder of the dump."),
    )


def two_formats(table: Table, paths: Sequence[Path]) -> DumpError:
    """The same part of a table in two formats: its rows would be counted twice."""
    names = [shown_path(path) for path in paths]
    return DumpError(
        words(
            f"Таблица {table}: одна и та же часть в двух форматах: {' и '.join(names)}",
            f"Table {table}: the same part in two formats: {' and '.join(names)}",
        ),
        remedy=words("Оставьте один из файлов.", "Keep one of the files."),
    )


def unread_format(path: Path, kind: str) -> DumpError:
    """A table in a format that is not read."""
    name = shown_path(path)
    return DumpError(
        words(
            f"{name}: формат {kind} этой версией не читается",
            f"{name}: the format {kind} is not read by this version",
        ),
        remedy=words("Сохраните таблицу как CSV или Parquet.", "Save the table as CSV or Parquet."),
    )


def missing_tables(path: Path, tables: Sequence[Table], seen: Sequence[str]) -> DumpError:
    """Required tables are missing; says what the folder holds instead."""
    name, missing = shown_path(path), ", ".join(tables)
    instead_ru = f"; найдено: {enumerated(seen)}" if seen else "; файлов нет"
    instead_en = f"; found: {enumerated(seen)}" if seen else "; there are no files"
    example = f"{tables[0]}.csv"
    remedy = words(
        f"Добавьте файлы с такими именами (например, {example}) или укажите другую папку в --data.",
        f"Add files of these names (such as {example}) or name another folder with --data.",
    )
    if places.address_of(path) is not None:
        instead_ru = instead_en = ""
        remedy = words(
            "По адресу читаются набор (monitor import) и Parquet; иное скачайте и импортируйте.",
            "At an address a dataset (monitor import) and Parquet are read; "
            "download anything else and import it.",
        )
    return DumpError(
        words(
            f"{name}: нет обязательных таблиц: {missing}{instead_ru}",
            f"{name}: required tables are missing: {missing}{instead_en}",
        ),
        remedy=remedy,
    )


def missing_columns(
    path: Path, table: Table, columns: Sequence[str], aliases: Sequence[str], found: Sequence[str]
) -> DumpError:
    """A part of a table lacks required columns; says which headers it has instead."""
    name, missing = shown_path(path), ", ".join(columns)
    first = f"«{aliases[0]}»" if aliases else columns[0]
    return DumpError(
        words(
            f"{name}: в таблице {table} нет обязательных столбцов: {missing}; "
            f"найдены: {enumerated(found)}",
            f"{name}: the table {table} lacks required columns: {missing}; "
            f"found: {enumerated(found)}",
        ),
        remedy=words(
            f"Назовите столбец {columns[0]} или {first} "
            f"либо опишите заголовок в [columns.{table}].",
            f"Name the column {columns[0]} or {first}, or map its header in [columns.{table}].",
        ),
    )


def two_headers(path: Path, table: Table, column: str, headers: Sequence[str]) -> DumpError:
    """Two columns of a file claim one name."""
    name, both = shown_path(path), ", ".join(f"«{shown(header)}»" for header in headers)
    return DumpError(
        words(
            f"{name}: в таблице {table} на столбец {column} претендуют {both}",
            f"{name}: in the table {table} the column {column} is claimed by {both}",
        ),
        remedy=words("Переименуйте или удалите лишний столбец.", "Rename or delete one of them."),
    )


def undecodable(path: Path, encoding: str, line: int, byte: int) -> DumpError:
    """Bytes that are no text in the encoding."""
    name = shown_path(path)
    return DumpError(
        words(
            f"{name}, строка {line}: байт {byte} не читается в кодировке {encoding}",
            f"{name}, line {line}: byte {byte} cannot be read as {encoding}",
        ),
        remedy=words(
            "Файл повреждён или сохранён в другой кодировке: выгрузите его заново "
            "или укажите --encoding.",
            "The file is damaged or in another encoding: export it again or state --encoding.",
        ),
    )


def two_encodings(path: Path, line: int) -> DumpError:
    """UTF-8 inside a file in Windows-1251."""
    name = shown_path(path)
    return DumpError(
        words(
            f"{name}, строка {line}: текст в UTF-8 внутри файла в Windows-1251",
            f"{name}, line {line}: text in UTF-8 inside a file in Windows-1251",
        ),
        remedy=words(
            "Если соединили файлы в разных кодировках, положите их рядом, каждый отдельно; "
            "если весь файл в UTF-8, укажите --encoding utf-8.",
            "If files in two encodings were joined, put them side by side, each by itself; "
            "if all of it is UTF-8, state --encoding utf-8.",
        ),
    )


def zero_byte(path: Path, line: int) -> DumpError:
    """A NUL byte: no text file has one."""
    name = shown_path(path)
    return DumpError(
        words(
            f"{name}, строка {line}: нулевой байт, это не текстовый файл",
            f"{name}, line {line}: a NUL byte, this is no text file",
        ),
        remedy=words("Выгрузите файл заново как CSV.", "Export the file again as CSV."),
    )


def endless_line(path: Path, line: int) -> DumpError:
    """A line of tens of megabytes: no table has one."""
    name = shown_path(path)
    return DumpError(
        words(
            f"{name}, строка {line}: строка не кончается, это не таблица",
            f"{name}, line {line}: the line does not end, this is no table",
        ),
        remedy=words("Выгрузите файл заново как CSV.", "Export the file again as CSV."),
    )


def not_delimited(path: Path, kind: str) -> DumpError:
    """A file named .csv whose first bytes are those of another format."""
    name = shown_path(path)
    return DumpError(
        words(f"{name}: внутри не CSV, а {kind}", f"{name}: holds {kind}, not CSV"),
        remedy=words("Сохраните таблицу как CSV.", "Save the table as CSV."),
    )


def empty_file(path: Path, table: Table) -> DumpError:
    """A file without even a header."""
    name = shown_path(path)
    return DumpError(
        words(
            f"{name}: файл таблицы {table} пуст, нет даже строки заголовков",
            f"{name}: the file of the table {table} is empty, it has no header line",
        ),
        remedy=words(
            "Выгрузите таблицу заново или удалите файл.", "Export the table again or delete it."
        ),
    )


def open_quote(path: Path, line: int) -> DumpError:
    """A quoted cell that never ends: where one row stops cannot be known."""
    name = shown_path(path)
    return DumpError(
        words(
            f"{name}, строка {line}: кавычка открыта и нигде не закрыта",
            f"{name}, line {line}: a quote is opened here and never closed",
        ),
        remedy=words(
            "Исправьте строку или выгрузите файл заново.", "Mend the line or export the file again."
        ),
    )


def not_json(path: Path, table: Table, line: int) -> DumpError:
    """A JSON file that is cut off, damaged, or holds no records."""
    name = shown_path(path)
    return DumpError(
        words(
            f"{name}, строка {line}: это не JSON с записями таблицы {table}",
            f"{name}, line {line}: this is no JSON with records of the table {table}",
        ),
        remedy=words(
            "Нужен массив записей или запись в строке; выгрузите файл заново.",
            "It takes an array of records or a record a line; export the file again.",
        ),
    )


def unnamed_work_type(path: Path, line: int, kind: str) -> DumpError:
    """A mark whose kind of work is told by a number that no list in the dump names."""
    name = shown_path(path)
    return DumpError(
        words(
            f"{name}, строка {line}: вид работы назван только номером {shown(kind)}",
            f"{name}, line {line}: the work type is told by the number {shown(kind)} alone",
        ),
        remedy=words(
            "Положите рядом список видов работ (work-types.json).",
            "Put the list of work types beside it (work-types.json).",
        ),
    )


def damaged_parquet(path: Path, table: Table) -> DumpError:
    """A Parquet file that cannot be opened or whose pages do not add up."""
    name = shown_path(path)
    return DumpError(
        words(
            f"{name}: файл Parquet таблицы {table} повреждён или зашифрован",
            f"{name}: the Parquet file of the table {table} is damaged or encrypted",
        ),
        remedy=words("Выгрузите его заново.", "Export it again."),
    )


def column_type(path: Path, table: Table, column: str, kind: str) -> DumpError:
    """A Parquet column whose type can hold no value of the column."""
    name = shown_path(path)
    return DumpError(
        words(
            f"{name}: столбец {column} таблицы {table} имеет тип {shown(kind)}, он не читается",
            f"{name}: the column {column} of the table {table} has the type {shown(kind)}, "
            "which is not read",
        ),
        remedy=words(
            "Выгрузите столбец как текст или число.", "Export the column as text or a number."
        ),
    )


def destroyed_id(path: Path, line: int, table: Table, column: str, cell: str) -> DumpError:
    """An id that has passed through a floating-point number."""
    name = shown_path(path)
    return DumpError(
        words(
            f"{name}, строка {line}: в столбце {column} таблицы {table} испорчен идентификатор: "
            f"{shown(cell)} (программа, например Excel, превратила его в дробное число)",
            f"{name}, line {line}: the column {column} of the table {table} holds a destroyed id: "
            f"{shown(cell)} (a program such as Excel made a floating-point number of it)",
        ),
        remedy=words(
            "Выгрузите файл заново и не сохраняйте его из Excel, или сделайте столбец текстовым.",
            "Export the file again and do not save it from Excel, or make the column text.",
        ),
    )


def bad_zone(school: str, zone: str) -> DumpError:
    """A school whose time zone is none."""
    return DumpError(
        words(
            f"Таблица schools, школа {shown(school)}: нет часового пояса «{shown(zone)}»",
            f"Table schools, school {shown(school)}: there is no time zone «{shown(zone)}»",
        ),
        remedy=words(
            "Столбец timezone: Europe/Moscow, UTC+5, +05:00 или МСК+2.",
            "The column timezone takes Europe/Moscow, UTC+5, +05:00 or МСК+2.",
        ),
    )


def ids_not_unique(table: Table, key: Sequence[str], rows: int, of: int) -> DumpError:
    """Too many rows of a register share a key: the ids are not unique across schools."""
    names = ", ".join(key)
    return DumpError(
        words(
            f"Таблица {table}: {rows} из {of} строк повторяют чужой ключ ({names}) с другими "
            "данными: идентификаторы не уникальны между школами",
            f"Table {table}: {rows} of {of} rows bear the key ({names}) of another row and differ "
            "from it: the ids are not unique across schools",
        ),
        remedy=words(
            "Выгрузите таблицу с едиными идентификаторами и без старых копий.",
            "Export the table with ids of one system and without old copies.",
        ),
    )


def strict_refusal(problems: Sequence[Problem]) -> DumpError:
    """`--strict`: rows were set aside."""
    counts = ", ".join(f"{table} {reason} {rows}" for table, reason, rows in problems)
    return DumpError(
        words(
            f"--strict: в выгрузке есть неиспользованные строки: {counts}",
            f"--strict: rows of the dump were set aside: {counts}",
        ),
        remedy=words(
            "Исправьте выгрузку или запустите без --strict.",
            "Mend the dump or run without --strict.",
        ),
    )
