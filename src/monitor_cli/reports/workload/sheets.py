"""The sheets of «Загруженность учителей»: their columns and what the report is declared to hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from monitor_cli.engine.compare_report import KEYS
from monitor_cli.engine.placed import outside
from monitor_cli.language import words
from monitor_cli.levels import Level
from monitor_cli.report import Column, Kind, Reader, ReportShape, SheetShape
from monitor_cli.reports import told
from monitor_cli.reports.numbers import share

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from monitor_cli.report import Value

NAME = "workload"
ROWS, SCHOOLS, OUTSIDE = "rows", "schools", "outside"
OVER, WITHIN, UNDER = "over", "within", "under"

LOAD = Column(
    "load",
    words("Нагрузка", "Load"),
    Kind.CODE,
    {
        OVER: words("больше нормы", "over"),
        WITHIN: words("в норме", "within"),
        UNDER: words("меньше нормы", "under"),
    },
)
HOURS = Column("hours", words("Часов в неделю", "Hours a week"), Kind.NUMBER)
TAUGHT = (
    Column("subjects", words("Предметы", "Subjects")),
    Column("classes", words("Классы", "Classes")),
)
"""Of a teacher: what and whom, as texts."""
PEOPLE = (
    Column("teachers", words("Учителей", "Teachers"), Kind.COUNT),
    Column(OVER, words("Больше нормы", "Over"), Kind.COUNT),
    Column(UNDER, words("Меньше нормы", "Under"), Kind.COUNT),
)
"""Of a place: how many teach there, and how many of them carry too much or too little."""
NUMBERS = (
    Column("assigned", words("Назначено", "Assigned"), Kind.COUNT),
    Column("handed_over", words("Передано на замену", "Handed over"), Kind.COUNT),
    Column("taken", words("Взято на замену", "Taken"), Kind.COUNT),
    Column("lessons", words("К проведению", "To give"), Kind.COUNT),
    Column("conducted", words("Проведено", "Conducted"), Kind.COUNT),
    Column("by_tick", words("Только галочкой", "By tick alone"), Kind.COUNT),
    Column("not_conducted", words("Не проведено", "Not conducted"), Kind.COUNT),
    Column("share", words("Проведено, %", "Conducted, %"), Kind.PERCENT),
    Column("cancelled", words("Отменено", "Cancelled"), Kind.COUNT),
    HOURS,
)
NOBODY = Column("without_teacher", words("Без учителя", "Without a teacher"), Kind.COUNT)
_IDS = tuple(
    KEYS[name]._replace(reader=Reader.PROGRAMS) for name in ("region", "municipality", "school_id")
)
OF_SCHOOLS = (*_IDS, KEYS["school"], *PEOPLE, *NUMBERS, NOBODY)
OF_OUTSIDE = (
    *_IDS,
    KEYS["school"],
    KEYS["teacher_id"]._replace(reader=Reader.PROGRAMS),
    KEYS["teacher"],
    HOURS,
    LOAD,
)

SHAPE = ReportShape(
    NAME,
    words(
        "Один документ: `monitor workload --format json`. Строка – учитель школы (или место "
        "другого уровня) за период. Урок назначен учителю (`teacher_id`); если его замещает "
        "другой (`substitute_id`), он передан одним и взят другим. К проведению: назначено − "
        "передано + взято. Проведён – если его считает показатель `journal_keeping`; «только "
        "галочкой» – если без неё не считал бы. Отменённые уроки стоят отдельно и больше нигде не "
        "учтены. Час – строка урока: у одного учителя две подгруппы сразу – два часа. `hours` – "
        "уроки к проведению, делённые на число недель периода, в которых у школы есть уроки; "
        "неполная неделя – тоже неделя. `load` – больше `hours_max`, меньше `hours_min` (ровно "
        "столько – норма); `null`, если отобраны классы или предметы (нагрузка известна только "
        "целиком) и если нет `lessons.teacher_id`. Нагрузка в двух школах не складывается. "
        "Учитель из таблицы staff без уроков стоит с нулями; уроки без учителя и заместителя ни в "
        "чьей строке не стоят, но входят в итоги и показаны в `without_teacher`. `null` – нет "
        "таблицы или столбца.",
        "One document: `monitor workload --format json`. A row is a teacher of a school (or a "
        "place of another level) in the period. A lesson is assigned to its teacher "
        "(`teacher_id`); where another stands in (`substitute_id`), it is handed over by the one "
        "and taken by the other. To give: assigned − handed over + taken. Conducted: what the "
        "indicator `journal_keeping` counts; by tick alone: what it would not count without the "
        "tick. Cancelled lessons stand apart and count nowhere else. An hour is a row of lessons: "
        "two subgroups at once with one teacher are two. `hours`: lessons to give by the number "
        "of weeks of the period in which the school has lessons; a part of a week is a week. "
        "`load`: over `hours_max`, under `hours_min` (exactly as many is within); `null` where "
        "classes or subjects are chosen (a load is known in whole only) and without "
        "`lessons.teacher_id`. Loads at two schools are not added up. A teacher of the table "
        "staff without lessons stands there with zeros; lessons with neither teacher nor "
        "substitute are in nobody's row, but in the totals and in `without_teacher`. `null`: "
        "there is no such table or column.",
    ),
    (
        SheetShape(
            ROWS,
            (*told.all_keys(Level), *PEOPLE, *NUMBERS, LOAD, *TAUGHT, NOBODY),
            optional=frozenset(KEYS) | {column.key for column in (LOAD, *TAUGHT, *PEOPLE, NOBODY)},
            totals=True,
        ),
        SheetShape(SCHOOLS, OF_SCHOOLS, totals=True, always=False),
        SheetShape(OUTSIDE, OF_OUTSIDE, always=False),
    ),
    {
        **told.head_schema(tuple(Level)),
        "hours_min": {"type": "integer", "minimum": 0},
        "hours_max": {"type": "integer", "minimum": 0},
    },
)
"""What `monitor.workload/1` holds."""


def cells_of(columns: Iterable[Column], row: Mapping[str, object]) -> tuple[Value, ...]:
    """The cells of a place: its sums, and the share made of them; null what it does not have."""
    made = {**row, "share": share(row.get("conducted"), row.get("lessons"))}
    return tuple(cast("Value", made.get(column.key)) for column in columns)


def outwards(row: Mapping[str, object]) -> Mapping[str, object]:
    """A row with its ids as the output shows them."""
    return {
        name: outside(name, value) if name.endswith("_id") else value for name, value in row.items()
    }
