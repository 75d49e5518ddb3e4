"""The parts of a municipal report: every number is that of `week`, `school` and `trend`."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from monitor_cli.clock import Week
from monitor_cli.commands.reading import SAMPLE_FOLDER
from monitor_cli.engine.municipal.parts import Municipal, counted
from monitor_cli.engine.page.page import school_page
from monitor_cli.engine.query import Query
from monitor_cli.engine.trend import trend
from monitor_cli.engine.week import measure
from monitor_cli.errors import UsageError
from monitor_cli.levels import Level
from monitor_cli.report import PartSheet
from monitor_cli.settings import load_settings
from tests.spec.journal import MONDAY

if TYPE_CHECKING:
    from monitor_cli.report import Part, Sheet, Value
    from tests.spec.journal import Journal

WEEK = Week(MONDAY)
RULES = load_settings(environ={})


@pytest.fixture(scope="module")
def sample() -> Municipal:
    return counted(SAMPLE_FOLDER, RULES, Query(WEEK), sample=True)


def sheet(part: Part, key: PartSheet) -> Sheet:
    [found] = [one for one in part.sheets if one.key == key]
    return found


def rows(part: Part, key: PartSheet, *columns: str) -> list[tuple[Value, ...]]:
    found = sheet(part, key)
    at = [[one.key for one in found.columns].index(name) for name in columns]
    return [tuple(row[place] for place in at) for row in found.rows]


def told_of(part: Part, column: str) -> dict[Value, Value]:
    """What the steps say in a column, by indicator."""
    return {row[0]: row[1] for row in rows(part, PartSheet.STEPS, "indicator", column)}


def of_journal(journal: Journal, query: Query | None = None) -> list[Part]:
    settings = load_settings(assignments=journal.sets, environ={})
    return list(counted(journal.folder, settings, query or Query(WEEK)).parts())


def two_municipalities(journal: Journal) -> None:
    journal.table("homework", "lesson_id | issued_at")
    journal.table(
        "schools",
        """
        school_id | school | municipality
        1         | Лицей  | Заречный район
        2         | Школа  | Берёзовский район
        3         | Школа  | Берёзовский район
        """,
    )
    journal.table("classes", "class_id | school_id \n 5А | 1 \n 6Б | 2 \n 7В | 3")
    journal.table(
        "lessons",
        """
        lesson_id | class_id | topic | teacher_id
        L         | 5А       | Дроби | И
        M         | 6Б       | Дроби | П
        K         | 6Б       |       | П
        N         | 7В       |       | С
        """,
    )


def test_each_municipality_is_its_week(sample: Municipal) -> None:
    """Rows, totals and what is said are those of `week --municipality`."""
    parts = list(sample.parts())
    assert [part.name for part in parts] == ["Светлореченский городской округ", "Тихоборский район"]
    for part in parts:
        alone = measure(SAMPLE_FOLDER, RULES, Query(WEEK, municipalities=(part.name,)), sample=True)
        assert part.result == alone
    assert sample.whole == measure(SAMPLE_FOLDER, RULES, Query(WEEK), sample=True)


@pytest.mark.parametrize(("level", "key"), [
    (Level.CLASS, PartSheet.CLASSES), (Level.TEACHER, PartSheet.TEACHERS),
])  # fmt: skip
def test_classes_and_teachers_are_those_of_the_week(
    sample: Municipal, level: Level, key: PartSheet
) -> None:
    """Those that miss most thresholds first; the rest in the order of `week`."""
    part = next(sample.parts())
    found = measure(SAMPLE_FOLDER, RULES, Query(WEEK, level, municipalities=(part.name,)))
    missed = [sum(one.reached is False for one in row.measures.values()) for row in found.rows]
    order = sorted(range(len(missed)), key=lambda at: -missed[at])
    names = [shown.key for shown in found.columns]
    expected = [
        (
            found.rows[at].keys[f"{level.value}_id"],
            missed[at],
            *(found.rows[at].measures[name]._replace(change=None) for name in names),
        )
        for at in order
    ]
    assert rows(part, key, f"{level.value}_id", "below", *names) == expected


def test_the_steps_of_a_school_are_those_of_its_page(sample: Municipal) -> None:
    part = next(sample.parts())
    found = rows(part, PartSheet.STEPS, "school_id", "indicator", "said", "gain")
    for row in part.result.rows:
        school_id = str(row.keys["school_id"])
        page = school_page(SAMPLE_FOLDER, RULES, Query(WEEK, like=school_id)).sheet("steps")
        expected = [(school_id, key, said, gain) for key, said, _, gain in page.rows]
        assert [one for one in found if one[0] == school_id] == expected


def test_the_courses_are_those_of_the_trend(sample: Municipal) -> None:
    """Of the last eight weeks those with a lesson in the dump."""
    part = next(sample.parts())
    found = trend(SAMPLE_FOLDER, RULES, Query(WEEK, municipalities=(part.name,)), 2)
    keys = [week.iso for week in found.weeks]
    told = rows(part, PartSheet.COURSES, "indicator", *keys)
    assert [row[0] for row in told] == [course.indicator for course in found.totals]
    for row, course in zip(told, found.totals, strict=True):
        values = [None if one is None else one.exact for one in course.measures]
        assert [None if one is None else one.exact for one in row[1:]] == values  # type: ignore[union-attr]
    series = {row[0]: row[1:] for row in rows(part, PartSheet.COURSES_OF_SCHOOLS, "school_id", *(
        course.indicator for course in found.totals
    ))}  # fmt: skip
    for course in found.rows:
        assert course.place is not None
        at = [one.indicator for one in found.totals].index(course.indicator)
        expected = tuple(None if one is None else one.value for one in course.measures)
        assert series[course.place["school_id"]][at] == expected


def test_each_school_is_a_part_of_its_own(sample: Municipal) -> None:
    """With the numbers that it has among the others."""
    schools = list(sample.schools())
    assert [part.keys for part in schools] == [row.keys for row in sample.whole.rows]
    for part, row in zip(schools, sample.whole.rows, strict=True):
        assert part.of_school
        assert part.name == row.keys["school"]
        assert list(part.result.rows) == [row]
        assert {of[0] for of in rows(part, PartSheet.TEACHERS, "school_id")} == {
            row.keys["school_id"]
        }
    alone = measure(SAMPLE_FOLDER, RULES, Query(WEEK, schools=(str(row.keys["school_id"]),)))
    assert schools[-1].result.totals == alone.totals


def test_schools_of_one_name_are_told_apart_by_their_ids(journal: Journal) -> None:
    two_municipalities(journal)
    first, second = of_journal(journal)
    assert (first.name, second.name) == ("Берёзовский район", "Заречный район")
    assert {name for (name,) in rows(first, PartSheet.TEACHERS, "school")} == {
        "Школа (2)",
        "Школа (3)",
    }
    assert rows(second, PartSheet.TEACHERS, "school") == [("Лицей",)]


def test_a_step_says_where_most_is_missing(journal: Journal) -> None:
    """Lessons by teacher, pupils by class; the most first, and that there are more."""
    journal.table("homework", "lesson_id | issued_at")
    journal.table(
        "lessons",
        """
        lesson_id | topic | teacher_id
        1         |       | И
        2         |       | П
        3         |       | П
        4         |       | С
        5         | Дроби | К
        """,
    )
    journal.table("students", "person_id | is_activated \n Оля | да \n Петя | нет")
    [part] = of_journal(journal)
    where = told_of(part, "where")
    assert where["lesson_planning"] == "— – 2, — – 1, …"
    assert where["student_activation"] == "5А – 1"


def test_the_names_of_teachers_stand_in_a_step(journal: Journal) -> None:
    journal.table("homework", "lesson_id | issued_at")
    journal.table("staff", "person_id | name \n П | Павлова П. П.")
    journal.table("lessons", "lesson_id | topic | teacher_id \n 1 | | П \n 2 | | П")
    [part] = of_journal(journal)
    where = told_of(part, "where")
    assert where["lesson_planning"] == "Павлова П. П. – 2"


def test_one_week_has_no_course(journal: Journal) -> None:
    """Nor is a week without lessons one."""
    [part] = of_journal(journal)
    assert not {PartSheet.COURSES, PartSheet.COURSES_OF_SCHOOLS} & {one.key for one in part.sheets}
    journal.table("lessons", "date \n 2026-11-17 \n 2026-11-03")
    [part] = of_journal(journal)
    keys = [one.key for one in sheet(part, PartSheet.COURSES).columns]
    assert keys[1:3] == ["2026-W45", "2026-W47"]


def test_a_step_that_all_have_taken_is_counted(journal: Journal) -> None:
    journal.rule('school_activity.components=["lesson_planning"]')
    two_municipalities(journal)
    _, part = of_journal(journal)
    assert "lesson_planning" not in told_of(part, "said")
    note = sheet(part, PartSheet.STEPS).note
    assert note is not None
    assert note.ru == "школ, где достигнуты все пороги: 0 из 1"


def test_what_is_amiss_is_told_school_by_school(journal: Journal) -> None:
    two_municipalities(journal)
    journal.table("lessons", "lesson_id | class_id | teacher_id \n L | 5А | \n M | 6Б | П")
    first, second = of_journal(journal)
    told = rows(first, PartSheet.REMARKS, "school", "remark", "count")
    assert ("Школа (3)", "classes_without_lessons", 1) in told
    assert ("Школа (2)", "lessons_without_teacher", 1) not in told
    assert ("Лицей", "lessons_without_teacher", 1) in rows(
        second, PartSheet.REMARKS, "school", "remark", "count"
    )


def test_filters_and_the_moment_hold(journal: Journal) -> None:
    two_municipalities(journal)
    query = Query(WEEK, municipalities=("Заречный район",), as_of=datetime(2026, 11, 16, 23))
    [part] = of_journal(journal, query)
    assert part.name == "Заречный район"
    assert part.result.as_of == query.as_of
    assert part.result.totals["lesson_planning"].denominator == 0
    with pytest.raises(UsageError, match="Речной"):
        of_journal(journal, Query(WEEK, municipalities=("Речной",)))


def test_schools_without_a_municipality_are_a_part(journal: Journal) -> None:
    journal.table("schools", "school_id | municipality \n 1 | \n 2 | Заречный район")
    parts = of_journal(journal)
    assert [(part.name, len(part.result.rows)) for part in parts] == [
        ("", 1),
        ("Заречный район", 1),
    ]


def test_schools_that_change_sides_are_those_of_the_part(journal: Journal) -> None:
    two_municipalities(journal)
    before = load_settings(environ={})
    settings = load_settings(assignments=["thresholds.lesson_planning=50"], environ={})
    query = Query(WEEK, instead_of=before)
    first, second = counted(journal.folder, settings, query).parts()
    assert first.result.changed_sides is not None
    assert [one.school_id for one in first.result.changed_sides] == ["2"]
    assert second.result.changed_sides == ()


def test_a_week_that_the_dump_does_not_cover_has_its_places(journal: Journal) -> None:
    two_municipalities(journal)
    parts = of_journal(journal, Query(Week(date(2026, 3, 2))))
    assert [len(part.result.rows) for part in parts] == [2, 1]
    assert all(rows(part, PartSheet.STEPS, "school") == [] for part in parts)
