"""What is no error but should be looked at. Source: `dump.md`, «Not an error but said»."""

from __future__ import annotations

from monitor_cli.explained.spec import Explained, Kind
from monitor_cli.language import words

REMARKS: tuple[Explained, ...] = (
    Explained(
        "unknown_role",
        Kind.REMARK,
        words("неизвестная роль сотрудника", "an unknown role of staff"),
        words(
            "Роль сотрудника не учитель, не администратор и не технический персонал: строка учтена "
            "как «other», в показатели учителей она не входит.",
            "The role of a member of staff is neither teacher nor admin nor technical: the row is "
            "used as «other», which no indicator of teachers counts.",
        ),
        words(
            "Если это учитель, исправьте роль; иначе ничего делать не нужно.",
            "Mend the role if it is a teacher; else nothing need be done.",
        ),
    ),
    Explained(
        "left_out",
        Kind.REMARK,
        words("строки вне таблицы", "lines outside of the table"),
        words(
            "Строки над заголовком («Отчёт за период…») и строка «Итого» в конце – не данные: они "
            "не читаются и ни в чём не учтены.",
            "Lines above the header and a totals row at the end are no data: they are not read and "
            "count nowhere.",
        ),
        words(
            "Если среди них есть данные, уберите из строки слово «Итого» или верните заголовок на "
            "место; иначе ничего делать не нужно.",
            "If one of them is data, remove the word of totals from it or put the header where it "
            "belongs; else nothing need be done.",
        ),
    ),
    Explained(
        "unknown_header",
        Kind.REMARK,
        words("столбец не узнан", "a header fits no column"),
        words(
            "Заголовок не похож ни на один столбец таблицы: его значения не читаются.",
            "The header is none of the table's columns: its values are not read.",
        ),
        words(
            "Если столбец нужен, назовите его в [columns] файла monitor.toml.",
            "Name it in [columns] of monitor.toml if it is needed.",
        ),
    ),
    Explained(
        "not_read",
        Kind.REMARK,
        words("файл похож на копию", "a file looks like a copy"),
        words(
            "Файлы с «(1)», «копия», copy, old, backup, ~$ в имени не читаются, чтобы ничего не "
            "посчитать дважды.",
            "Files with (1), копия, copy, old, backup or ~$ in their names are not read, so that "
            "nothing is counted twice.",
        ),
        words(
            "Уберите копию; если это не копия, переименуйте файл.",
            "Remove the copy; rename the file if it is none.",
        ),
    ),
    Explained(
        "unknown_file",
        Kind.REMARK,
        words("файл не похож ни на одну таблицу", "a file is named after no table"),
        words(
            "По имени файла не понять, какая это таблица: он не читается.",
            "The name of the file tells no table: it is not read.",
        ),
        words(
            "Назовите файл по таблице: marks.csv, оценки.csv.",
            "Name the file after its table: marks.csv.",
        ),
    ),
    Explained(
        "no_rows",
        Kind.REMARK,
        words("школы без строк в таблице", "schools without a row in a table"),
        words(
            "У школы нет ни одной строки в таблице, которая у других есть: показатель считается "
            "по пустому месту.",
            "A school has no row in a table that others have: its indicators are counted from "
            "nothing.",
        ),
        words(
            "Проверьте, что файл этой школы выгружен.",
            "See whether that school's file was exported.",
        ),
    ),
    Explained(
        "no_lessons",
        Kind.REMARK,
        words("классы без уроков", "classes without lessons"),
        words(
            "У действующего класса нет ни одного урока во всей выгрузке: в наполненности "
            "расписания он стоит в знаменателе.",
            "An active class has no lesson in the whole dump: it counts in the denominator of the "
            "timetable's filling.",
        ),
        words(
            "Выгрузите уроки класса или отправьте класс в архив.",
            "Export the lessons of the class, or archive it.",
        ),
    ),
    Explained(
        "night_hours",
        Kind.REMARK,
        words("записи по ночам: не та временная зона", "entries at night: a wrong time zone"),
        words(
            "Оценки, задания или входы пришлись на ночь: похоже, время записано не в той зоне, и "
            "своевременность посчитана неверно.",
            "Marks, homework or logins fall into the night: the times seem to be of another zone, "
            "and what is timely is counted wrongly.",
        ),
        words(
            "Укажите зону выгрузки (--source-tz UTC) или школ (schools.timezone).",
            "Declare the zone of the dump (--source-tz UTC) or of the schools (schools.timezone).",
        ),
    ),
    Explained(
        "future",
        Kind.REMARK,
        words("время в будущем", "a time in the future"),
        words(
            "Событие записано позже нынешнего времени: часы или зона неверны.",
            "An event is later than now: a clock or a zone is wrong.",
        ),
        words(
            "Проверьте зону (--source-tz, schools.timezone) и сами записи.",
            "See to the zone (--source-tz, schools.timezone) and to the entries.",
        ),
    ),
    Explained(
        "cancelled_marks",
        Kind.REMARK,
        words("оценки на отменённых уроках", "marks on cancelled lessons"),
        words(
            "Урок отменён, а оценки на нём стоят: они не входят ни в один показатель.",
            "A lesson is cancelled and bears marks: they count in no indicator.",
        ),
        words("Верните урок или перенесите оценки.", "Restore the lesson or move the marks."),
    ),
    Explained(
        "near_work_type",
        Kind.REMARK,
        words("вид работы похож на отслеживаемый", "a work type much like a tracked one"),
        words(
            "Вид работы почти совпадает с отслеживаемым, но им не является: его оценки не бывают "
            "своевременными.",
            "A work type is nearly a tracked one and is none: its marks are never timely.",
        ),
        words(
            "Если это тот же вид, впишите его в [timely_marks.aliases] файла monitor.toml.",
            "If it is the same, write it into [timely_marks.aliases] of monitor.toml.",
        ),
    ),
    Explained(
        "alike_subjects",
        Kind.REMARK,
        words("один предмет записан по-разному", "one subject in several spellings"),
        words(
            "Предметы различаются лишь регистром, «ё» или пробелами: на уровне предмета это разные "
            "строки.",
            "Subjects differ by nothing but case, ё or blanks: at level subject they are rows of "
            "their own.",
        ),
        words("Запишите предмет одинаково.", "Spell the subject in one way."),
    ),
    Explained(
        "first_parallels",
        Kind.REMARK,
        words("уроки первых классов", "lessons of first classes"),
        words(
            "В первых классах домашних заданий нет, а своевременность ДЗ их уроки учитывает.",
            "First classes have no homework, and timely homework counts their lessons.",
        ),
        words(
            "Если регион их не учитывает: skip_parallels = [1] в [timely_homework].",
            "If the region leaves them out: skip_parallels = [1] in [timely_homework].",
        ),
    ),
    Explained(
        "final_mark_again",
        Kind.REMARK,
        words("итоговая отметка повторена иначе", "a final mark is given again"),
        words(
            "Об одном ученике, классе, предмете и периоде в final_marks несколько строк: взята "
            "последняя.",
            "final_marks has several rows of one student, class, subject and period: the last one "
            "is taken.",
        ),
        words("Оставьте в выгрузке одну строку.", "Leave one row in the export."),
    ),
    Explained(
        "final_mark_nowhere",
        Kind.REMARK,
        words("итоговая отметка ничья", "a final mark belongs nowhere"),
        words(
            "Ни класса, ни ученика этой строки в выгрузке нет: к какой школе она относится, "
            "неизвестно, и она не посчитана.",
            "Neither the class nor the student of the row is in the dump: whose school it is of is "
            "unknown, and it is not counted.",
        ),
        words(
            "Выгрузите классы и учеников, к которым относятся отметки.",
            "Export the classes and students that the marks belong to.",
        ),
    ),
)
"""What `monitor validate` says of a dump that can be read."""
