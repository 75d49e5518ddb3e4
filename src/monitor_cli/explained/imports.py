"""What is said of a dataset and of an import into it."""

from __future__ import annotations

from monitor_cli.explained.spec import Explained, Kind
from monitor_cli.language import words

IMPORTS = (
    Explained(
        "set_aside_by_import",
        Kind.REMARK,
        words("строки отложены при импорте", "rows were set aside by imports"),
        words(
            "Набор хранит только учтённые строки. Сколько строк выгрузок отложено и почему, он "
            "помнит; самих строк и их места в файлах в нём нет.",
            "A dataset keeps used rows only. It knows how many rows of the dumps were set aside, "
            "and why; the rows and their places in the files are not in it.",
        ),
        words(
            "Файлы и строки назовёт monitor validate по самой выгрузке; исправив её, импортируйте "
            "снова.",
            "Run monitor validate on the dump itself for files and lines; mend it and import "
            "again.",
        ),
    ),
    Explained(
        "archived_classes",
        Kind.REMARK,
        words("классов больше нет, а уроки есть", "classes are gone, their lessons are not"),
        words(
            "Новая выгрузка не называет классы, у которых в наборе остались уроки прежних недель. "
            "Классы сохранены как архивные: прежние недели не меняются, в новых классов нет.",
            "The new dump does not name classes of which the dataset keeps lessons of earlier "
            "weeks. They stay as archived: earlier weeks do not change, later ones are without "
            "them.",
        ),
        words(
            "Если классы ещё учатся, выгрузите таблицу классов целиком и импортируйте снова.",
            "If the classes still exist, export the whole table of classes and import again.",
        ),
    ),
    Explained(
        "other_timezone",
        Kind.REMARK,
        words("часовой пояс не тот, что при импорте", "another time zone than when imported"),
        words(
            "Время в наборе стало местным при импорте; другой timezone его не меняет.",
            "Times of a dataset became local when they were imported; another timezone does not "
            "change them.",
        ),
        words(
            "Верните прежний timezone или импортируйте выгрузки в новый набор.",
            "Set the former timezone again, or import the dumps into a new dataset.",
        ),
    ),
    Explained(
        "other_source_tz",
        Kind.REMARK,
        words("source_tz не тот, что при импорте", "another source_tz than when imported"),
        words(
            "Время в наборе уже местное; source_tz относится к выгрузке, а не к набору.",
            "Times of a dataset are local already; source_tz is about a dump, not about a dataset.",
        ),
        words(
            "Уберите --source-tz; если при импорте он был нужен, импортируйте с ним снова.",
            "Leave --source-tz out; if the import needed it, import again with it.",
        ),
    ),
    Explained(
        "not_imported_then",
        Kind.REMARK,
        words("импорта к тому дню ещё не было", "nothing was imported by that day"),
        words(
            "К концу понедельника после недели набор ещё ничего не хранил: что о ней знали тогда, "
            "неизвестно.",
            "By the end of the Monday after the week the dataset held nothing yet: what was known "
            "of it then cannot be told.",
        ),
        words(
            "Импортируйте выгрузку каждый понедельник и не удаляйте прежние состояния (--keep).",
            "Import a dump every Monday, and keep the earlier states (--keep).",
        ),
    ),
    Explained(
        "not_pruned",
        Kind.REMARK,
        words("старое состояние не удалено", "an earlier state was not removed"),
        words(
            "Импорт сделан, но система не дала удалить старое состояние набора.",
            "The import is done, but the system refused to remove an earlier state of the dataset.",
        ),
        words(
            "Закройте программы, которые читают набор; удалит следующий импорт с --keep.",
            "Close programs that read the dataset; the next import with --keep removes it.",
        ),
    ),
)
"""Remarks on datasets, which no dump gives rise to."""
