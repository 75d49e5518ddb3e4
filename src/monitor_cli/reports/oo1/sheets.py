"""The sheets of `monitor form oo1`: their columns, what a dump cannot fill, the declared shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor_cli.language import words
from monitor_cli.levels import DOWN_TO_SCHOOL
from monitor_cli.report import Column, Kind, ReportShape, Sheet, SheetShape
from monitor_cli.reports import told
from monitor_cli.reports.people.staff import AGES

if TYPE_CHECKING:
    from monitor_cli.language import Words

NAME = "form_oo1"
CLASSES, CATEGORIES, AGE_BANDS, MISSING = "classes", "categories", "ages", "missing"
SHIFTS = (1, 2, 3)

_SHIFTED = tuple(
    column
    for shift in SHIFTS
    for column in (
        Column(
            f"classes_{shift}",
            words(f"Классов, смена {shift}", f"Classes, shift {shift}"),
            Kind.COUNT,
        ),
        Column(
            f"students_{shift}",
            words(f"Учеников, смена {shift}", f"Students, shift {shift}"),
            Kind.COUNT,
        ),
    )
)
OF_CLASSES = (
    Column("parallel", words("Параллель", "Parallel"), Kind.COUNT),
    Column("classes", words("Классов", "Classes"), Kind.COUNT),
    Column("students", words("Учеников", "Students"), Kind.COUNT),
    *_SHIFTED,
    Column("classes_unknown", words("Классов, смена ?", "Classes, shift ?"), Kind.COUNT),
    Column("students_unknown", words("Учеников, смена ?", "Students, shift ?"), Kind.COUNT),
)
OF_SOME_SCHOOLS = frozenset(column.key for column in OF_CLASSES[5:])
"""The further shifts: people are shown them where there is one."""
_TEACHERS = Column("persons", words("Учителей", "Teachers"), Kind.COUNT)
OF_CATEGORIES = (
    _TEACHERS,
    Column("highest", words("Высшая", "Highest"), Kind.COUNT),
    Column("first", words("Первая", "First"), Kind.COUNT),
    Column("fit", words("Соответствие", "Fit for the post"), Kind.COUNT),
    Column("other", words("Иная запись", "Something else"), Kind.COUNT),
    Column("none", words("Без категории", "No category"), Kind.COUNT),
)
OF_AGES = (_TEACHERS, *AGES)

_SECTIONS: dict[str, tuple[Words, Words]] = {
    "organisation": (
        words("Сведения об организации, её типе и программах", "The organisation, its programmes"),
        words("в выгрузке только название и место", "a dump has its name and place alone"),
    ),
    "forms_of_study": (
        words(
            "Формы обучения, ОВЗ, инвалидность, углублённое изучение, язык обучения, иностранные "
            "языки, группы продлённого дня, подвоз, питание",
            "Forms of study, disabilities, advanced study, languages, day care, transport, meals",
        ),
        words("в журнале этого нет", "a journal does not have it"),
    ),
    "students_by_age": (
        words(
            "Обучающиеся по возрасту, полу, гражданству",
            "Students by age, sex, citizenship",
        ),
        words(
            "нет дат рождения, пола и гражданства учеников",
            "no dates of birth, sex or citizenship of students",
        ),
    ),
    "movement": (
        words("Выпуск, приём, выбытие, итоги аттестации", "Graduates, admissions, leavers, exams"),
        words(
            "реестр держит тех, кто есть, и не говорит, куда выбыл и что сдал",
            "the register holds who is there, not where somebody went or what was passed",
        ),
    ),
    "staff": (
        words(
            "Персонал по полу, образованию, стажу, нагрузке, ставкам и совместительству",
            "Staff by sex, education, experience, workload, rates and second jobs",
        ),
        words(
            "в реестре роль, должность, категория и год рождения; внешние совместители не отличимы",
            "the register has role, post, category and year of birth; second jobs cannot be told",
        ),
    ),
    "premises": (
        words(
            "Здания, оборудование, информационная база, финансы",
            "Buildings, equipment, information technology, finance",
        ),
        words("в журнале этого нет", "a journal does not have it"),
    ),
}
_SECTION = Column(
    "section",
    words("Раздел формы", "Part of the form"),
    Kind.CODE,
    {key: title for key, (title, _) in _SECTIONS.items()},
)
_REASON = Column(
    "reason",
    words("Почему", "Why"),
    Kind.CODE,
    {key: reason for key, (_, reason) in _SECTIONS.items()},
)
_KEYS = told.all_keys(DOWN_TO_SCHOOL)
_SOME = frozenset(column.key for column in _KEYS)
SHAPE = ReportShape(
    NAME,
    words(
        "Один документ: `monitor form oo1 --format json`. Разделы федеральной формы № ОО-1, для "
        "которых в выгрузке есть данные, на 20 сентября учебного года: классы и ученики по "
        "параллелям и сменам, учителя по категориям и возрасту (полных лет на 1 января после этого "
        "сентября). Строка без параллели – классы, у которых её нет, и ученики ни в каком "
        "действующем классе. `missing` – разделы, которых в выгрузке нет, и почему.",
        "One document: `monitor form oo1 --format json`. The parts of the federal form OO-1 that a "
        "dump has data for, on 20 September of the school year: classes and students by parallel "
        "and shift, teachers by category and age (full years on the 1 January after). The row "
        "without a parallel holds classes that have none, and students of no active class. "
        "`missing` names the parts that a dump cannot fill, and why.",
    ),
    (
        SheetShape(CLASSES, (*_KEYS, *OF_CLASSES), optional=_SOME, totals=True),
        SheetShape(CATEGORIES, (*_KEYS, *OF_CATEGORIES), optional=_SOME, totals=True, always=False),
        SheetShape(AGE_BANDS, (*_KEYS, *OF_AGES), optional=_SOME, totals=True, always=False),
        SheetShape(MISSING, (_SECTION, _REASON)),
    ),
    told.head_schema(DOWN_TO_SCHOOL),
)
"""What `monitor.form_oo1/1` holds."""


def what_is_missing() -> Sheet:
    """A row a part of the form that no dump can fill."""
    return Sheet(
        MISSING,
        words("Чего в выгрузке нет", "What a dump does not have"),
        (_SECTION, _REASON),
        [(key, key) for key in _SECTIONS],
    )
