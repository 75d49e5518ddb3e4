"""Why an indicator cannot be counted. Source: `indicators.md`, «Not available»."""

from __future__ import annotations

from monitor_cli.explained.spec import Explained, Kind
from monitor_cli.language import words

WANTING: tuple[Explained, ...] = (
    Explained(
        "missing_table",
        Kind.WANTING,
        words("нет таблицы", "a table is missing"),
        words(
            "Показатели, которым нужна таблица, не считаются: н/д, а не 0.",
            "Indicators that need the table are not available, which is not 0.",
        ),
        words("Выгрузите таблицу.", "Export the table."),
    ),
    Explained(
        "missing_column",
        Kind.WANTING,
        words("нет нужных столбцов", "the columns needed are missing"),
        words(
            "Ни одного из столбцов, по которым решает показатель, в таблице нет: н/д.",
            "The table has none of the columns that the indicator decides by: not available.",
        ),
        words(
            "Добавьте столбец в выгрузку или назовите его в [columns] файла monitor.toml.",
            "Add the column to the export, or name it in [columns] of monitor.toml.",
        ),
    ),
    Explained(
        "partial_evidence",
        Kind.WANTING,
        words("нет части столбцов", "some columns are missing"),
        words(
            "Показатель считается по оставшимся столбцам и может быть только занижен.",
            "The indicator is counted by the columns left and can only be too low.",
        ),
        words(
            "Добавьте столбец в выгрузку или назовите его в [columns] файла monitor.toml.",
            "Add the column to the export, or name it in [columns] of monitor.toml.",
        ),
    ),
    Explained(
        "no_time_of_day",
        Kind.WANTING,
        words("нет времени суток", "no time of day"),
        words(
            "Во всей таблице время без часов или везде 00:00:00: своевременность не посчитать.",
            "No time of the table has an hour, or all are 00:00:00: what is timely is unknown.",
        ),
        words("Выгрузите время с часами и минутами.", "Export times with hours and minutes."),
    ),
    Explained(
        "not_covered",
        Kind.WANTING,
        words("неделя не выгружена", "the week is not covered"),
        words(
            "В выгрузке нет ни одного урока этой недели: все показатели недели – н/д.",
            "The dump has no lesson of the week: no indicator of that week is available.",
        ),
        words("Выгрузите уроки этой недели.", "Export the lessons of that week."),
    ),
    Explained(
        "no_logins_of_role",
        Kind.WANTING,
        words("нет входов ни у кого в роли", "no logins of anybody in a role"),
        words(
            "В таблице входов нет ни одного входа в этой роли, хотя у других ролей они есть: "
            "выгрузка о ней молчит, и «не были ни разу» сказать нельзя.",
            "The table of logins has not one of this role, while other roles have some: the dump "
            "is silent about it, and nobody can be said never to have come.",
        ),
        words(
            "Выгрузите входы всех ролей.",
            "Export the logins of all roles.",
        ),
    ),
    Explained(
        "not_counted",
        Kind.WANTING,
        words("часть школ не посчитана", "some schools are not counted"),
        words(
            "Строки этих школ не прочитать: их нет ни в строках, ни в итогах; остальные посчитаны "
            "полностью.",
            "The rows of these schools cannot be read: neither rows nor totals have them; the "
            "others are counted in full.",
        ),
        words(
            "Почините файл, который назван, или импортируйте выгрузки заново.",
            "Mend the file that is named, or import the dumps again.",
        ),
    ),
    Explained(
        "no_next_week",
        Kind.WANTING,
        words("нет уроков следующей недели", "no lessons in the week after"),
        words(
            "Своевременность домашних заданий делится на уроки следующей недели: без них она н/д.",
            "Timely homework is divided by the lessons of the week after: without them it is not "
            "available.",
        ),
        words(
            "Выгрузите расписание ещё на неделю вперёд.",
            "Export the timetable of one more week.",
        ),
    ),
    Explained(
        "shifts_unknown",
        Kind.WANTING,
        words("число смен не указано", "the number of shifts is not given"),
        words(
            "Принята одна смена: оценки, внесённые до 13:00 следующего дня, считаются опоздавшими.",
            "One shift is assumed: marks entered until 13:00 of the next day count as late.",
        ),
        words(
            "Заполните schools.shifts или classes.shift.",
            "Fill in schools.shifts or classes.shift.",
        ),
    ),
    Explained(
        "unreachable_threshold",
        Kind.WANTING,
        words("порог недостижим", "the threshold is out of reach"),
        words(
            "Отслеживаемых видов работ у школы меньше, чем требует порог: даже без единого "
            "опоздания она его не достигнет.",
            "The school has fewer marks of the tracked work types than the threshold asks for: it "
            "cannot reach it even if none is late.",
        ),
        words(
            "Уточните порог и виды работ в регионе: [thresholds], [timely_marks].",
            "Ask the region for its threshold and work types: [thresholds], [timely_marks].",
        ),
    ),
    Explained(
        "value_waits",
        Kind.WANTING,
        words("значение ждёт конца недели", "the value waits for the end of the week"),
        words(
            "Показатель делит уроки недели на уроки следующей: по части недели (--as-of) доля "
            "ничего не значит, показаны оба числа.",
            "The indicator divides the week's lessons by those of the week after: a part of a week "
            "(--as-of) makes no share, both numbers are shown.",
        ),
        words(
            "Спросите после воскресенья или разделите на уроки самой недели: "
            "timely_homework.denominator = reporting_week.",
            "Ask after Sunday, or divide by the lessons of the week itself: "
            "timely_homework.denominator = reporting_week.",
        ),
    ),
    Explained(
        "undated_facts",
        Kind.WANTING,
        words("у факта нет времени", "a fact has no time"),
        words(
            "Когда это внесено, выгрузка не говорит: состояние на момент (--as-of) берёт это "
            "таким, каким оно было при выгрузке, и может быть завышено.",
            "The dump does not say when it was entered: the state at a moment (--as-of) takes it "
            "as it was at the export, and can be too high.",
        ),
        words(
            "Для прошедшей недели выгрузите данные в нужный день или спросите набор: "
            "--as-imported.",
            "For a past week export the data on the day itself, or ask a dataset: --as-imported.",
        ),
    ),
)
"""The warnings of a week."""
