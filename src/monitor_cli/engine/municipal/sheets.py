"""The sheets that a municipality is told beside its week: columns, and how rows become cells."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from monitor_cli.engine.page.remarks import REMARKS
from monitor_cli.engine.page.steps import next_steps
from monitor_cli.indicators import CATALOGUE
from monitor_cli.language import words
from monitor_cli.levels import Level
from monitor_cli.report import Column, Kind, PartSheet, Reader, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from monitor_cli.clock import Week
    from monitor_cli.engine.course import Course
    from monitor_cli.engine.trend import Courses
    from monitor_cli.language import Words
    from monitor_cli.report import Value
    from monitor_cli.result import Measure, Row, Shown
    from monitor_cli.settings import Settings

BY_TEACHER = frozenset({"lesson_planning", "journal_keeping", "timely_marks", "timely_homework"})
"""The indicators that teachers mend; the others that classes have are told by class."""

_NAMED = {"class": 3, "teacher": 2}
"""How many are named of those where most is missing."""

_NOBODY = "—"
_TITLES = {item.key: item.title for item in CATALOGUE}
_INDICATOR = Column("indicator", words("Показатель", "Indicator"), Kind.CODE, _TITLES)
_SCHOOL = Column("school", words("Школа", "School"))
_SCHOOL_ID = Column("school_id", words("ID школы", "School id"), Kind.ID, reader=Reader.PROGRAMS)
_BELOW = Column("below", words("Ниже порога", "Below threshold"), Kind.COUNT)
_UP, _DOWN = "up", "down"
_CROSSED = {
    _UP: words("порог достигнут", "threshold reached"),
    _DOWN: words("порог потерян", "threshold lost"),
}
_OF_STEPS = (
    _SCHOOL,
    Column("number", words("№", "No."), Kind.COUNT),
    _INDICATOR,
    Column("measure", words("Сейчас, %", "Now, %"), Kind.MEASURE),
    Column("threshold", words("Порог, %", "Threshold, %"), Kind.PERCENT),
    Column("said", words("Что сделать", "What to do")),
    Column("gain", words("Активность школы, п.", "School activity, p."), Kind.POINTS),
    Column("where", words("Где не хватает больше всего", "Where most is missing")),
    _SCHOOL_ID,
)


def of_steps(
    schools: Sequence[Row], classes: Sequence[Row], teachers: Sequence[Row], rules: Settings
) -> Sheet:
    """A row a school and indicator that it does not reach, the steps of most gain first.

    Args:
        schools: the schools, with their measures.
        classes: the classes of these schools.
        teachers: the teachers of these schools.
        rules: the settings.
    """
    language, named = rules.language, names_of(schools)
    missing = {
        Level.CLASS: _missing(classes, "class"),
        Level.TEACHER: _missing(teachers, "teacher"),
    }
    rows: list[tuple[Value, ...]] = []
    done = 0
    for row in schools:
        steps = next_steps(row.measures, rules)
        done += not steps and any(one.value is not None for one in row.measures.values())
        for number, step in enumerate(steps, start=1):
            measure = row.measures[step.key]
            level = Level.TEACHER if step.key in BY_TEACHER else Level.CLASS
            rows.append(
                (
                    named[row.keys["school_id"]],
                    number,
                    step.key,
                    _alone(measure),
                    float(measure.threshold),
                    step.said.said(language),
                    step.gain,
                    missing[level].get((row.keys["school_id"], step.key)),
                    row.keys["school_id"],
                )
            )
    note = words(
        f"школ, где достигнуты все пороги: {done} из {len(schools)}",
        f"schools where every threshold is reached: {done} of {len(schools)}",
    )
    return Sheet(PartSheet.STEPS, words("Что делать", "What to do"), _OF_STEPS, rows, note=note)


def names_of(schools: Iterable[Row]) -> dict[Value, str]:
    """By id, what each school is called; where several are called the same, with the id."""
    schools = list(schools)
    count = Counter(row.keys["school"] for row in schools)
    return {
        row.keys["school_id"]: f"{row.keys['school']} ({row.keys['school_id']})"
        if count[row.keys["school"]] > 1
        else str(row.keys["school"] or row.keys["school_id"])
        for row in schools
    }


def _alone(measure: Measure) -> Measure:
    """The value without what stands beside it elsewhere."""
    return measure._replace(change=None, extras={}, schools=None, schools_reached=None)


def _missing(places: Iterable[Row], name: str) -> dict[tuple[Value, str], str]:
    """By school and indicator, the places that lack most rows, and how many each lacks."""
    lacking: dict[tuple[Value, str], list[tuple[int, str]]] = defaultdict(list)
    for row in places:
        for key, one in row.measures.items():
            short = (one.denominator or 0) - (one.numerator or 0)
            if short > 0:
                called = str(row.keys[name] or _NOBODY)
                lacking[row.keys["school_id"], key].append((short, called))
    return {at: _told(found, _NAMED[name]) for at, found in lacking.items()}


def _told(found: list[tuple[int, str]], count: int) -> str:
    most = sorted(found, key=lambda one: -one[0])[:count]
    more = ["…"] if len(found) > count else []
    return ", ".join([*(f"{called} – {short}" for short, called in most), *more])


def of_courses(
    courses: Courses, weeks: Sequence[Week], schools: Mapping[Value, str], *, of_school: bool
) -> tuple[Sheet, ...]:
    """The indicators by week: over all schools, and, unless it is one school's, school by school.

    Args:
        courses: of the schools, and over all of them.
        weeks: those with a lesson in the dump, the earliest first.
        schools: what they are called, by id.
        of_school: there is one school.
    """
    columns = (
        _INDICATOR,
        *(Column(week.iso, _days(week), Kind.MEASURE) for week in weeks),
        Column("values", words("По неделям", "By week"), Kind.SERIES),
        Column("slope", words("В неделю, п.", "A week, points"), Kind.POINTS),
        Column("crossed", words("Порог", "Threshold"), Kind.CODE, _CROSSED),
        Column("crossed_week", words("с недели", "since")),
    )
    rows: list[tuple[Value, ...]] = []
    for course in courses.rows if of_school else courses.totals:
        crossing = course.crossing
        rows.append(
            (
                course.indicator,
                *(None if one is None else _alone(one) for one in course.measures),
                _series(course),
                course.slope,
                None if crossing is None else _UP if crossing.upwards else _DOWN,
                None if crossing is None else crossing.week.iso.partition("-")[2],
            )
        )
    title = words("Динамика", "By week")
    sheet = Sheet(PartSheet.COURSES, title, columns, rows)
    return (sheet,) if of_school else (sheet, _of_schools(courses.rows, schools))


def _of_schools(courses: Sequence[Course], schools: Mapping[Value, str]) -> Sheet:
    """A row a school, a series an indicator."""
    by_school: dict[Value, dict[str, Course]] = {}
    for course in courses:
        place = course.place or {}
        by_school.setdefault(place["school_id"], {})[course.indicator] = course
    keys = [key for key in _TITLES if any(key in of for of in by_school.values())]
    short = {item.key: item.short for item in CATALOGUE}
    columns = (_SCHOOL, *(Column(key, short[key], Kind.SERIES) for key in keys), _SCHOOL_ID)
    rows: list[tuple[Value, ...]] = [
        (schools.get(school_id), *(_series(of[key]) for key in keys), school_id)
        for school_id, of in by_school.items()
    ]
    title = words("Динамика школ", "Schools by week")
    return Sheet(PartSheet.COURSES_OF_SCHOOLS, title, columns, rows)


def _days(week: Week) -> Words:
    days = f"{week.monday:%d.%m}–{week.sunday:%d.%m}"
    return words(days, days)


def _series(course: Course) -> tuple[float | None, ...]:
    return tuple(None if one is None else one.value for one in course.measures)


def of_classes(rows: Iterable[Row], shown: Sequence[Shown], schools: Mapping[Value, str]) -> Sheet:
    """A row a class, those that miss most thresholds first."""
    return _of_places(
        PartSheet.CLASSES, words("Классы", "Classes"), Level.CLASS, (rows, schools), shown
    )


def of_teachers(rows: Iterable[Row], shown: Sequence[Shown], schools: Mapping[Value, str]) -> Sheet:
    """A row a teacher, those who miss most thresholds first."""
    return _of_places(
        PartSheet.TEACHERS, words("Учителя", "Teachers"), Level.TEACHER, (rows, schools), shown
    )


def _of_places(
    key: str,
    title: Words,
    level: Level,
    found: tuple[Iterable[Row], Mapping[Value, str]],
    shown: Sequence[Shown],
) -> Sheet:
    name = level.value
    rows, schools = found
    called = {"class": words("Класс", "Class"), "teacher": words("Учитель", "Teacher")}
    ids = {"class": words("ID класса", "Class id"), "teacher": words("ID учителя", "Teacher id")}
    own = [one for one in shown if level in one.levels]
    columns = (
        _SCHOOL,
        Column(name, called[name]),
        _BELOW,
        *(Column(one.key, one.short, Kind.MEASURE) for one in own),
        _SCHOOL_ID,
        Column(f"{name}_id", ids[name], Kind.ID, reader=Reader.PROGRAMS),
    )
    cells: list[tuple[Value, ...]] = []
    below: list[int] = []
    for row in rows:
        missed = sum(one.reached is False for one in row.measures.values())
        known = any(one.value is not None for one in row.measures.values())
        below.append(missed)
        cells.append(
            (
                schools[row.keys["school_id"]],
                row.keys[name],
                missed if known else None,
                *(row.measures[one.key]._replace(change=None) for one in own),
                row.keys["school_id"],
                row.keys[f"{name}_id"],
            )
        )
    order = sorted(range(len(cells)), key=lambda at: -below[at])
    return Sheet(key, title, columns, [cells[at] for at in order])


def of_remarks(schools: Sequence[Row], found: Mapping[str, Sequence[tuple[str, int]]]) -> Sheet:
    """A row a school and thing that is amiss in its data."""
    named = names_of(schools)
    columns = (
        _SCHOOL,
        Column("remark", words("Замечание", "Remark"), Kind.CODE, REMARKS),
        Column("count", words("Сколько", "How many"), Kind.COUNT),
        _SCHOOL_ID,
    )
    rows: list[tuple[Value, ...]] = [
        (named[row.keys["school_id"]], code, count, row.keys["school_id"])
        for row in schools
        for code, count in found.get(str(row.keys["school_id"]), ())
    ]
    title = words("Замечания к данным школ", "What is amiss in the data of schools")
    return Sheet(PartSheet.REMARKS, title, columns, rows)
