"""The sheets of `monitor grades`: their columns, and how sums become cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor_cli.language import words
from monitor_cli.levels import Level
from monitor_cli.report import Column, Kind, Reader, ReportShape, SheetShape
from monitor_cli.reports import told
from monitor_cli.reports.grades.tallies import average, degree, marks_of
from monitor_cli.reports.numbers import quotient, share

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monitor_cli.report import Value

NAME = "grades"
GRADES, PERIODS, JOURNAL = "grades", "periods", "journal"
LEVELS = frozenset(Level)
FINAL, CURRENT = "final", "current"

PERIOD = Column("period", words("Период", "Period"))
_STUDENTS = (
    Column("students", words("Учеников с отметками", "Students with marks"), Kind.COUNT),
    Column("without_two", words("без «2»", "without a 2"), Kind.COUNT),
    Column("attainment", words("Успеваемость, %", "Attainment, %"), Kind.PERCENT),
    Column("four_five", words("на «4» и «5»", "with 4 and 5 only"), Kind.COUNT),
    Column("quality", words("Качество, %", "Quality, %"), Kind.PERCENT),
    Column("with_two", words("с «2»", "with a 2"), Kind.COUNT),
)
_MARKS = (
    Column("marks", words("Отметок", "Marks"), Kind.COUNT),
    Column("average", words("Средний балл", "Average mark"), Kind.NUMBER),
    Column("degree", words("СОУ, %", "Degree of learning, %"), Kind.PERCENT),
    Column("marks_5", words("«5»", "5"), Kind.COUNT),
    Column("marks_4", words("«4»", "4"), Kind.COUNT),
    Column("marks_3", words("«3»", "3"), Kind.COUNT),
    Column("marks_2", words("«2»", "2"), Kind.COUNT),
    Column("marks_1", words("«1»", "1"), Kind.COUNT),
    Column("not_attested", words("н/а", "not attested"), Kind.COUNT),
    Column("passed", words("зач.", "passed"), Kind.COUNT),
    Column("not_passed", words("незач.", "not passed"), Kind.COUNT),
    Column("other", words("прочее", "other"), Kind.COUNT),
)
_NOT_ATTESTED = Column(
    "students_not_attested", words("Учеников с н/а", "Students not attested"), Kind.COUNT
)
OF_GRADES = (*_STUDENTS, _NOT_ATTESTED, *_MARKS)
OF_JOURNAL = (
    Column("lessons", words("Уроков", "Lessons"), Kind.COUNT),
    Column("marks_a_lesson", words("Отметок на урок", "Marks a lesson"), Kind.NUMBER),
    Column("students_with_two", words("Учеников с текущей «2»", "Students with a 2"), Kind.COUNT),
    Column("attendance", words("Посещаемость, %", "Attendance, %"), Kind.PERCENT),
    Column("absences", words("Пропущено уроков", "Lessons missed"), Kind.COUNT),
    Column("seats", words("Ученико-уроков", "Lessons of students"), Kind.COUNT),
    *(column._replace(reader=Reader.PROGRAMS) for column in _MARKS[2:]),
    *_MARKS[:2],
)
SELDOM = ("students_not_attested", "marks_1", "not_attested", "passed", "not_passed", "other")
"""What is seldom written: people are shown it where it is."""

_KEYS = frozenset(column.key for column in told.all_keys(LEVELS))
SHAPE = ReportShape(
    NAME,
    words(
        "Один документ: `monitor grades --format json`. `basis` – по чему посчитано: `final` – "
        "итоговые отметки, `current` – текущие: у каждого ученика по предмету среднее, округлённое "
        "до целого (половина – вверх). Успеваемость – доля учеников с отметками, у которых нет "
        "«2»; качество – у которых только «4» и «5», без «н/а» и «незач.»; СОУ – по Симонову: "
        "«5» – 1, «4» – 0,64, «3» – 0,36, «2» – 0,16. «1» считается вместе с «2». `journal` – "
        "текущие отметки и посещаемость за дни `period`, как они стоят в журнале.",
        "One document: `monitor grades --format json`. `basis` is what it is counted from: `final` "
        "marks, or `current` ones: of each student in a subject the average, rounded to a whole "
        "mark, halves up. Attainment is the share of students with marks who have no 2; quality "
        "that of those with 4 and 5 only, not attested nowhere; the degree of learning is "
        "Simonov's: 5 weighs 1, 4 weighs 0.64, 3 weighs 0.36, 2 weighs 0.16. A 1 counts with the "
        "2s. `journal` holds current marks and attendance in the days of `period`, as they stand.",
    ),
    (
        SheetShape(
            GRADES,
            (*told.all_keys(LEVELS), PERIOD, *OF_GRADES),
            optional=_KEYS | {PERIOD.key},
            totals=True,
        ),
        SheetShape(PERIODS, (PERIOD, *OF_GRADES), always=False),
        SheetShape(
            JOURNAL,
            (*told.all_keys(LEVELS), *OF_JOURNAL),
            optional=_KEYS,
            totals=True,
            always=False,
        ),
    ),
    {**told.head_schema(LEVELS), "basis": {"enum": [FINAL, CURRENT]}},
)
"""What `monitor.grades/1` holds."""


def of_grades(sums: Mapping[str, object]) -> tuple[Value, ...]:
    """The cells of `OF_GRADES` of a place with `COUNTS` and `OUTCOMES`."""
    students, without, good = sums["students"], sums["without_two"], sums["four_five"]
    failing = None
    if isinstance(students, int) and isinstance(without, int):
        failing = students - without
    said: dict[str, object] = {
        **sums,
        "attainment": share(without, students),
        "quality": share(good, students),
        "with_two": failing,
        **_of_marks(sums),
    }
    return tuple(said[column.key] for column in OF_GRADES)  # type: ignore[misc]


def of_journal(sums: Mapping[str, object]) -> tuple[Value, ...]:
    """The cells of `OF_JOURNAL` of a place."""
    seats, absences = sums["seats"], sums["absences"]
    present = None
    if isinstance(seats, int) and isinstance(absences, int):
        present = share(seats - absences, seats)
    marks = _of_marks(sums)
    said: dict[str, object] = {
        **sums,
        "attendance": present,
        "marks_a_lesson": quotient(marks["marks"], sums["lessons"]),
        **marks,
    }
    return tuple(said[column.key] for column in OF_JOURNAL)  # type: ignore[misc]


def _of_marks(sums: Mapping[str, object]) -> dict[str, object]:
    """How many marks, their average and СОУ; without a table of them they are not available."""
    marks = marks_of(sums)
    return {
        "marks": sum(marks.values()) if marks else None,
        "average": average(marks),
        "degree": degree(marks),
    }
