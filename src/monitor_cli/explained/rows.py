"""What may be wrong with files and rows. Source: `dump.md`, «What can be wrong with it»."""

from __future__ import annotations

from monitor_cli.explained.spec import Explained, Kind
from monitor_cli.language import words

ROWS: tuple[Explained, ...] = (
    Explained(
        "structural",
        Kind.STRUCTURE,
        words("файл не читается или устроен не так", "a file cannot be read or has a wrong shape"),
        words(
            "Нет обязательной таблицы или столбца, файл повреждён или не раскодирован, "
            "идентификатор испорчен, два столбца претендуют на одно имя, идентификаторы не едины. "
            "Показатели не считаются.",
            "A required table or column is missing, a file is damaged or cannot be decoded, an id "
            "is destroyed, two columns claim one name, the ids are not unique. No indicator is "
            "counted.",
        ),
        words(
            "Сообщение называет файл, место и что сделать; обычно – выгрузить файл заново.",
            "The message names the file, the place and what to do: mostly, export the file again.",
        ),
    ),
    Explained(
        "ragged_line",
        Kind.ROW,
        words("число полей не то, что в заголовке", "not as many fields as headers"),
        words(
            "В строке больше или меньше полей, чем в заголовке, или сломаны кавычки: какое "
            "значение в каком столбце, неизвестно. Строка отложена.",
            "The line has more or fewer fields than the header, or broken quotes: which value "
            "belongs to which column is unknown. The row is set aside.",
        ),
        words(
            "Возьмите в кавычки значения, в которых есть разделитель или кавычка.",
            "Put values that hold the separator or a quote into quotes.",
        ),
    ),
    Explained(
        "repeated_header",
        Kind.ROW,
        words("строка заголовков ещё раз", "the header once more"),
        words(
            "Посреди файла снова стоят заголовки, как бывает, когда файлы склеили: это не строка "
            "данных. Она отложена.",
            "The headers stand again inside the file, as where files were joined: this is no row "
            "of data. It is set aside.",
        ),
        words(
            "Ничего делать не нужно, если в склеенных файлах столбцы идут одинаково.",
            "Nothing need be done if the joined files have their columns in one order.",
        ),
    ),
    Explained(
        "unread_cell",
        Kind.ROW,
        words("ошибка в ячейке или формула без значения", "an error or a formula without a value"),
        words(
            "В ячейке листа ошибка (#REF!), формула, значение которой в книге не сохранено, или "
            "текст длиннее миллиона знаков: что там должно быть, неизвестно. Строка отложена.",
            "A cell of the sheet holds an error (#REF!), a formula whose value the workbook does "
            "not hold, or a text of over a million signs: what it should be is unknown. The row "
            "is set aside.",
        ),
        words(
            "Откройте книгу в Excel или LibreOffice, исправьте ячейку и сохраните книгу.",
            "Open the workbook in Excel or LibreOffice, mend the cell and save the workbook.",
        ),
    ),
    Explained(
        "missing_value",
        Kind.ROW,
        words("нет обязательного значения", "a required value is missing"),
        words(
            "Пуст идентификатор или значение, без которого строку не отнести ни к чему: дата "
            "урока, время оценки или задания, статус посещаемости. Строка отложена.",
            "An id is empty, or a value without which the row belongs nowhere: the date of a "
            "lesson, the time of a mark or of homework, the status of an absence. The row is set "
            "aside.",
        ),
        words("Заполните столбец в журнале.", "Fill in the column in the journal."),
    ),
    Explained(
        "bad_timestamp",
        Kind.ROW,
        words("время не читается", "the time cannot be read"),
        words(
            "В столбце времени стоит не время или время, которого нет на часах. Строка отложена.",
            "A time column holds something else, or a time that no clock shows. The row is set "
            "aside.",
        ),
        words(
            "Запишите время как 2026-11-18 14:05:00 или 18.11.2026 14:05:00. Числа вида 46344,59 – "
            "даты Excel: задайте столбцу формат даты и времени и сохраните CSV снова, или отдайте "
            "саму книгу.",
            "Write times as 2026-11-18 14:05:00 or 18.11.2026 14:05:00. Numbers like 46344.59 are "
            "dates of Excel: give the column a format of date and time and save the CSV again, or "
            "hand over the workbook.",
        ),
    ),
    Explained(
        "bad_date",
        Kind.ROW,
        words("дата не читается", "the date cannot be read"),
        words(
            "В столбце даты стоит не дата, несуществующий день или год вне 1900–2100. Строка "
            "отложена.",
            "A date column holds something else, a day that does not exist, or a year outside "
            "1900–2100. The row is set aside.",
        ),
        words(
            "Запишите дату как 2026-11-18 или 18.11.2026. Числа вида 46344 – даты Excel: задайте "
            "столбцу формат даты и сохраните CSV снова, или отдайте саму книгу.",
            "Write dates as 2026-11-18 or 18.11.2026. Numbers like 46344 are dates of Excel: give "
            "the column a format of date and save the CSV again, or hand over the workbook.",
        ),
    ),
    Explained(
        "bad_value",
        Kind.ROW,
        words("неизвестное значение", "an unknown value"),
        words(
            "Статус, роль, «да/нет» или число записаны так, что понять их нельзя. Строка отложена.",
            "A status, a role, a yes/no or a number is written in a way that cannot be "
            "understood. The row is set aside.",
        ),
        words(
            "Замените значение одним из тех, что пишет журнал.",
            "Replace the value by one that the journal writes.",
        ),
    ),
    Explained(
        "repeated",
        Kind.ROW,
        words("повтор другой строки", "a repetition of another row"),
        words(
            "Строка во всех столбцах совпадает с другой: обе – одна строка, учтённая один раз.",
            "The row equals another one in every column: they are one row, counted once.",
        ),
        words(
            "Ничего делать не нужно; если повторов много, один файл выгружен дважды.",
            "Nothing need be done; where there are many, a file was exported twice.",
        ),
    ),
    Explained(
        "duplicate_key",
        Kind.ROW,
        words("ключ повторён, взята последняя", "the key repeats, the last one stands"),
        words(
            "Другая, более поздняя строка с тем же идентификатором говорит иное: учтена она, эта "
            "отложена. Больше 1 % таких строк в списке школ, классов или людей – ошибка структуры.",
            "Another, later row bears the same ids and says something else: that one is used, this "
            "one set aside. Over 1 % of such rows in a list of places or people is a structural "
            "fault.",
        ),
        words(
            "Оставьте в выгрузке одну из строк; обычно лишний файл – старая копия.",
            "Leave one of the rows in the dump; mostly the other file is an old copy.",
        ),
    ),
    Explained(
        "unknown_reference",
        Kind.ROW,
        words("ссылка в никуда", "a reference to nothing"),
        words(
            "Указаны школа, класс или урок, которых нет среди учтённых строк: строка отложена. "
            "Если нет ученика, учителя или класса ученика, строка учтена, а ссылка – нет.",
            "The row names a school, class or lesson that no used row describes: it is set aside. "
            "Where a student, a teacher or a student's class is unknown, the row is used and the "
            "reference is not.",
        ),
        words(
            "Выгрузите таблицу, на которую ссылаются, за тот же период и целиком.",
            "Export the table referred to for the same time, and all of it.",
        ),
    ),
)
"""Structural faults, then the reasons against a row."""
