"""A hand-made report with every kind of column and everything that is awkward to show."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

from monitor_cli.language import words
from monitor_cli.report import Column, Kind, Report, ReportShape, Sheet, SheetShape, Value
from monitor_cli.result import Measure, Notice, Problem

ROWS = (
    Column("school_id", words("ID", "Id"), Kind.ID),
    Column("school", words("Школа", "School")),
    Column(
        "reason",
        words("Причина", "Reason"),
        Kind.CODE,
        {"late": words("поздно", "too late"), "early": words("рано", "too early")},
    ),
    Column("day", words("Дата", "Date"), Kind.DATE),
    Column("entered_at", words("Выставлена", "Entered"), Kind.MOMENT),
    Column("over", words("Опоздание", "Late by"), Kind.MINUTES),
    Column("lost", words("Потеряно оценок", "Marks lost"), Kind.COUNT),
    Column("share", words("Доля", "Share"), Kind.PERCENT),
    Column("average", words("Средний балл", "Average"), Kind.NUMBER),
    Column("gain", words("Вернёт, п.", "Would give back"), Kind.POINTS),
    Column("timely_marks", words("Оценки в срок", "Marks"), Kind.MEASURE, compared=True),
    Column("open", words("Ещё открыто", "Still open"), Kind.FLAG),
    Column("weeks", words("Недели", "Weeks"), Kind.SERIES),
)
TEACHERS = (
    Column("teacher", words("Учитель", "Teacher")),
    Column("lessons", words("Уроков", "Lessons"), Kind.COUNT),
)


def measure(numerator: int | None, denominator: int | None, change: float | None) -> Measure:
    return Measure(numerator, denominator, Fraction(80), change, {"late": 1})


_ROWS: tuple[tuple[Value, ...], ...] = (
    (
        "0071000001567119123",
        "[bold red]Лицей[/] | «№ 1»\x1b[31m\nвторая строка",
        "late",
        date(2026, 11, 18),
        datetime(2026, 11, 18, 23, 59, 1),
        134,
        3,
        12.5,
        3.996,
        0.004,
        measure(19999, 25000, -0.2),
        True,
        (98.5, None, 97.25, 100.0),
    ),
    (
        "2",
        '=HYPERLINK("http://x.example")',
        "early",
        date(2026, 12, 5),
        datetime(2026, 11, 18, 8, 0),
        -(3 * 1440 + 5),
        0,
        99.996,
        0.004,
        -1.255,
        measure(1, 25001, None),
        False,
        (50.0, 50.0, 50.0, 50.0),
    ),
    ("-3", "@made_up", None, None, None, None, None, None, None, None, None, None, (None,) * 4),
    ("4", "\u202eгимназия\u200b", None, None, None, 0, 12, 0.001, 123.456, 0.0,
     measure(0, 0, None), None, None),
    ("5", "Школа " * 12 + "имени " + "Ы" * 45, "late", None, None, 60, 1, 100.0, 5.0, 3.0,
     measure(4, 5, 0.004), True, (1.0, 2.0, 3.0, None)),
)  # fmt: skip
TOTALS: tuple[Value, ...] = (
    None, None, None, None, None, 194, 16, None, 4.5, 1.75, measure(20004, 50006, 0.1), None, None,
)  # fmt: skip

AWKWARD = Report(
    name="awkward",
    title=words("Что не так: <b>всё</b>", "What is wrong: <b>all</b>"),
    main="rows",
    head={"week": {"iso": "2026-W47"}, "note": "\x1b]0;x\x07 |"},
    lines=(
        words(
            "Показатель: оценки в срок, 80,00 % при пороге 80 %; строка длиннее шестидесяти знаков",
            "Indicator: timely marks, 80.00 % of 80 %; this line has more than sixty characters",
        ),
    ),
    sheets=(
        Sheet("teachers", words("Учителя: кто [*]", "Teachers: who [*]"), TEACHERS, ()),
        Sheet(
            "rows",
            words("Строки", "Rows"),
            ROWS,
            _ROWS,
            totals=TOTALS,
            rows_in_all=57,
            note=words("Потеряно – оценок | не в срок", "Lost: marks | not in time"),
        ),
    ),
    problems=(Problem("marks", "bad_timestamp", 2),),
    warnings=(Notice("no_next_week", words("нет недели\x1b", "no week\x1b")),),
    sample=True,
    complete=False,
    day=date(2026, 11, 22),
)
SHAPE = ReportShape(
    "awkward",
    words("Всё неудобное.", "All that is awkward."),
    (SheetShape("teachers", TEACHERS), SheetShape("rows", ROWS, totals=True)),
    head={
        "week": {"type": "object"},
        "note": {"type": "string"},
    },
)
