"""The structural faults of archives, workbooks and other containers: one message each.

Source: `dump.md`, «Structural»: exit code 3, nothing is written. Names from inside a file are
shown shortened and without control characters; cells are not shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor_cli.dump.faults import enumerated, shown, shown_path
from monitor_cli.errors import DumpError
from monitor_cli.language import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_AGAIN = words("Создайте файл заново.", "Make the file again.")
_PLAIN = words("Сохраните таблицу как CSV или Parquet.", "Save the table as CSV or Parquet.")


def no_input() -> DumpError:
    """`--data -` without anything on standard input."""
    return DumpError(
        words("--data -: на входе ничего нет", "--data -: nothing comes in"),
        remedy=words(
            "Направьте файл на вход: monitor week --data - < dump.zip",
            "Send a file in: monitor week --data - < dump.zip",
        ),
    )


def damaged(path: Path, kind: str) -> DumpError:
    """A packed file, archive or workbook that ends early or whose checksums do not add up."""
    name = shown_path(path)
    return DumpError(
        words(f"{name}: файл {kind} повреждён", f"{name}: the {kind} file is damaged"),
        remedy=words("Выгрузите или скопируйте его заново.", "Export or copy it again."),
    )


def encrypted(path: Path, kind: str) -> DumpError:
    """An archive or workbook under a password."""
    name = shown_path(path)
    return DumpError(
        words(f"{name}: файл {kind} защищён паролем", f"{name}: the {kind} file has a password"),
        remedy=words("Сохраните его без пароля.", "Save it without a password."),
    )


def unpacks_too_large(path: Path, limit: str) -> DumpError:
    """What is packed in a file passes a limit: it would fill the memory or the disk."""
    name = shown_path(path)
    return DumpError(
        words(
            f"{name}: распакованное содержимое слишком велико (предел: {limit})",
            f"{name}: too large when unpacked (the limit is {limit})",
        ),
        remedy=words(
            "Распакуйте файл сами и проверьте, что в нём; таблицы сохраните как CSV или Parquet.",
            "Unpack it yourself and look what it holds; save tables as CSV or Parquet.",
        ),
    )


def too_many_entries(path: Path, limit: int) -> DumpError:
    """An archive of more members than any dump has."""
    name = shown_path(path)
    return DumpError(
        words(
            f"{name}: в архиве слишком много файлов (предел: {limit})",
            f"{name}: the archive holds too many files (the limit is {limit})",
        ),
        remedy=words("Распакуйте его и укажите папку.", "Unpack it and name the folder."),
    )


def archive_in_archive(path: Path) -> DumpError:
    """An archive inside another: it is not looked into."""
    name = shown_path(path)
    return DumpError(
        words(f"{name}: архив внутри архива не читается", f"{name}: an archive inside another"),
        remedy=words("Распакуйте внешний архив.", "Unpack the outer one."),
    )


def leads_out(path: Path, member: str) -> DumpError:
    """An archive with a name that would be written outside of the folder it is unpacked to."""
    name = shown_path(path)
    return DumpError(
        words(
            f"{name}: имя внутри архива выводит из него: {shown(member)}",
            f"{name}: a name in the archive leads out of it: {shown(member)}",
        ),
        remedy=words("Соберите архив заново.", "Make the archive again."),
    )


def link_leads_out(path: Path) -> DumpError:
    """A symbolic link in the folder of a dump to something outside of it."""
    name = shown_path(path)
    return DumpError(
        words(
            f"{name}: ссылка ведёт за пределы папки выгрузки, она не читается",
            f"{name}: a link that leads out of the folder of the dump, which is not followed",
        ),
        remedy=words(
            "Скопируйте файлы в папку выгрузки или уберите ссылку.",
            "Copy the files into the folder or remove the link.",
        ),
    )


def unread_compression(path: Path) -> DumpError:
    """A member of an archive that is packed by a rare method."""
    name = shown_path(path)
    return DumpError(
        words(
            f"{name}: способ сжатия в архиве не поддерживается",
            f"{name}: packed by a method that is not supported",
        ),
        remedy=words(
            "Соберите архив как обычный ZIP (Deflate).", "Make it an ordinary ZIP (Deflate)."
        ),
    )


def unread_kind(path: Path, kind: str) -> DumpError:
    """A single file, or standard input, of a kind that holds no dump."""
    name = shown_path(path)
    return DumpError(
        words(f"{name}: внутри {kind}, выгрузки в нём нет", f"{name}: {kind}, which is no dump"),
        remedy=words(
            "Нужны папка, ZIP, книга XLSX, XLS или ODS либо таблица с её именем (marks.csv).",
            "It takes a folder, a ZIP, a workbook (XLSX, XLS, ODS) or a table under its name "
            "(marks.csv).",
        ),
    )


def not_a_workbook(path: Path, kind: str) -> DumpError:
    """A file named as a workbook that holds something else."""
    name = shown_path(path)
    return DumpError(
        words(f"{name}: это не книга, а {kind}", f"{name}: no workbook but {kind}"),
        remedy=words(
            "Откройте его в Excel или LibreOffice и сохраните как XLSX.",
            "Open it in Excel or LibreOffice and save it as XLSX.",
        ),
    )


def forbidden_xml(path: Path) -> DumpError:
    """A document type declaration in a workbook: entities are declared in one, nothing else."""
    name = shown_path(path)
    return DumpError(
        words(
            f"{name}: внутри книги объявление DOCTYPE, так книги не пишут",
            f"{name}: the workbook holds a DOCTYPE, which no workbook has",
        ),
        remedy=_AGAIN,
    )


def workbook_too_large(path: Path, limit: str) -> DumpError:
    """A sheet beyond what a spreadsheet can hold, or what is safe to read."""
    name = shown_path(path)
    return DumpError(
        words(
            f"{name}: книга слишком велика (предел: {limit})",
            f"{name}: the workbook is too large (the limit is {limit})",
        ),
        remedy=_PLAIN,
    )


def no_sheet(path: Path, table: str, sheets: Sequence[str]) -> DumpError:
    """A workbook named after a table without a visible sheet that bears its headers."""
    name = shown_path(path)
    return DumpError(
        words(
            f"{name}: ни на одном видимом листе нет заголовков таблицы {table}; "
            f"листы: {enumerated(sheets)}",
            f"{name}: no visible sheet bears the headers of the table {table}; "
            f"sheets: {enumerated(sheets)}",
        ),
        remedy=words(
            f"Назовите столбцы как в таблице {table} или лист – {table}.",
            f"Name the columns as those of the table {table}, or a sheet {table}.",
        ),
    )


def two_sheets(path: Path, table: str, sheets: Sequence[str]) -> DumpError:
    """Two sheets of a workbook bear the headers of one table: which of them is it?"""
    name = shown_path(path)
    return DumpError(
        words(
            f"{name}: заголовки таблицы {table} стоят на нескольких листах: {enumerated(sheets)}",
            f"{name}: the headers of the table {table} stand on several sheets: "
            f"{enumerated(sheets)}",
        ),
        remedy=words(
            f"Оставьте один лист или назовите листы по таблице: {table}, {table}-2.",
            f"Keep one sheet, or name the sheets after the table: {table}, {table}-2.",
        ),
    )


def unreachable(path: Path) -> DumpError:
    """A server or store that does not answer, or does not let in."""
    name = shown_path(path)
    return DumpError(
        words(
            f"{name}: недоступно (сеть или права доступа)",
            f"{name}: cannot be reached (the network, or access rights)",
        ),
        remedy=words(
            "Проверьте адрес и ключи доступа в переменных среды.",
            "Check the address, and the access keys in the environment.",
        ),
    )


def no_bucket(path: Path) -> DumpError:
    """An object store that has no bucket of this name."""
    name = shown_path(path)
    return DumpError(
        words(f"{name}: такого бакета нет", f"{name}: there is no such bucket"),
        remedy=words(
            "Проверьте имя бакета и AWS_ENDPOINT_URL.",
            "Check the name of the bucket, and AWS_ENDPOINT_URL.",
        ),
    )


def not_let_in(path: Path) -> DumpError:
    """A server or store that answers, and refuses."""
    name = shown_path(path)
    return DumpError(
        words(f"{name}: доступ не дан", f"{name}: access is refused"),
        remedy=words(
            "Проверьте ключи доступа в переменных среды и права на это место.",
            "Check the access keys in the environment, and what they may read.",
        ),
    )


def unread_delta(path: Path) -> DumpError:
    """A Delta table with features by which its files alone do not tell its rows."""
    name = shown_path(path)
    return DumpError(
        words(
            f"{name}: таблица Delta с возможностями, которые не читаются "
            "(векторы удаления, переименованные столбцы)",
            f"{name}: a Delta table with features that are not read "
            "(deletion vectors, mapped columns)",
        ),
        remedy=words("Выгрузите её в Parquet или CSV.", "Export it to Parquet or CSV."),
    )


def delta_in_archive(path: Path) -> DumpError:
    """A Delta table inside an archive."""
    name = shown_path(path)
    return DumpError(
        words(f"{name}: таблица Delta внутри архива", f"{name}: a Delta table in an archive"),
        remedy=words("Распакуйте архив и укажите папку.", "Unpack it and name the folder."),
    )
