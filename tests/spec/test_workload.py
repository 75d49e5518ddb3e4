"""«Загруженность учителей»: lessons assigned and conducted, counted by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from monitor_cli.reports.workload.report import workload
from tests.spec.asked import cells, codes, report_of, total

if TYPE_CHECKING:
    from tests.spec.journal import Journal

NUMBERS = (
    "teacher",
    "assigned",
    "handed_over",
    "taken",
    "lessons",
    "conducted",
    "by_tick",
    "not_conducted",
    "share",
    "cancelled",
    "hours",
)


@pytest.fixture(name="taught")
def _taught(journal: Journal) -> Journal:
    """Two teachers: А has five lessons, Б one and stands in for А; nobody has the lesson «H»."""
    journal.table("staff", "person_id | name \n А | Анна \n Б | Борис")
    journal.table(
        "lessons",
        """
        lesson_id | date       | teacher_id | substitute_id | subject | is_conducted | is_cancelled
        A         | 2026-11-16 | А          |               | Алгебра | да           |
        B         | 2026-11-17 | А          |               | Физика  |              |
        C         | 2026-11-18 | А          | Б             | Алгебра |              |
        D         | 2026-11-19 | А          | А             | Алгебра |              |
        E         | 2026-11-20 | А          |               | Алгебра |              | да
        F         | 2026-11-20 | Б          |               | Химия   | да           |
        G         | 2026-11-21 |            | Б             | Химия   |              |
        H         | 2026-11-21 |            |               | Химия   | да           |
        """,
    )
    journal.table(
        "marks", "lesson_id | created_at \n B | 2026-11-17 10:00:00 \n F | 2026-11-17 10:00:00"
    )
    journal.table("attendance", "lesson_id | status \n C | absent \n D | late")
    return journal


def test_what_a_teacher_had_to_give_and_gave(taught: Journal) -> None:
    """To give: assigned − handed over + taken; a substitute who is the teacher is none.

    А: A (tick alone), B (mark), D (late is no trace); C went to Б, E was cancelled.
    Б: F (tick and mark), C (absence), G (no trace), which nobody else was to give.
    """
    report = report_of(workload, taught, "teacher")
    assert cells(report, "rows", *NUMBERS) == [
        ("Анна", 4, 1, 0, 3, 2, 1, 1, 200 / 3, 1, 3.0),
        ("Борис", 1, 0, 2, 3, 2, 0, 1, 200 / 3, 0, 3.0),
    ]


def test_totals_hold_the_lessons_of_nobody_too(taught: Journal) -> None:
    """Seven lessons of the school, «H» conducted by the tick alone."""
    expected = (5, 1, 2, 7, 5, 2, 2, 500 / 7, 1, 7.0)
    report = report_of(workload, taught, "teacher")
    assert total(report, "rows", *NUMBERS[1:]) == expected
    assert cells(report, "schools", "teachers", *NUMBERS[1:], "without_teacher") == [
        (2, *expected, 1)
    ]
    at_school = report_of(workload, taught)
    assert cells(at_school, "rows", *NUMBERS[1:]) == [expected]
    assert [one.key for one in at_school.sheets] == ["rows", "outside"]


def test_subjects_and_classes_are_those_of_all_lessons_of_a_teacher(taught: Journal) -> None:
    """Also of those handed over and cancelled."""
    report = report_of(workload, taught, "teacher")
    assert cells(report, "rows", "subjects", "classes") == [
        ("Алгебра, Физика", "5А"),
        ("Алгебра, Химия", "5А"),
    ]


def test_being_late_is_a_trace_where_the_rule_says_so(taught: Journal) -> None:
    """Conducted is what `journal_keeping` counts, under its own settings."""
    taught.rule("journal_keeping.late_counts=true")
    report = report_of(workload, taught, "teacher")
    assert cells(report, "rows", "conducted", "by_tick") == [(3, 1), (2, 0)]


@pytest.mark.parametrize(
    ("lessons", "load"), [(17, "under"), (18, "within"), (36, "within"), (37, "over")]
)
def test_a_load_is_ordinary_from_18_to_36_hours(journal: Journal, lessons: int, load: str) -> None:
    """Both edges are within."""
    journal.table("lessons", f"teacher_id \n {lessons} × А")
    report = report_of(workload, journal, "teacher")
    assert cells(report, "rows", "hours", "load") == [(float(lessons), load)]
    outside = [] if load == "within" else [("А", load)]
    assert cells(report, "outside", "teacher_id", "load") == outside
    assert cells(report_of(workload, journal), "rows", "over", "under") == [
        (int(load == "over"), int(load == "under"))
    ]


def test_the_hours_are_the_regions_to_set(journal: Journal) -> None:
    journal.table("lessons", "teacher_id \n 3 × А \n 1 × Б")
    journal.rule("workload.hours_min=2")
    journal.rule("workload.hours_max=2")
    report = report_of(workload, journal, "teacher")
    assert cells(report, "rows", "load") == ["over", "under"]
    assert (report.head["hours_min"], report.head["hours_max"]) == (2, 2)


def test_who_is_over_comes_first_the_most_first_then_who_is_under(journal: Journal) -> None:
    journal.table("lessons", "teacher_id \n 3 × А \n 1 × Б \n 4 × В \n 2 × Г")
    journal.rule("workload.hours_max=2")
    journal.rule("workload.hours_min=2")
    report = report_of(workload, journal, "teacher")
    assert cells(report, "outside", "teacher_id", "hours") == [("В", 4.0), ("А", 3.0), ("Б", 1.0)]


def test_hours_are_a_week_of_those_in_which_the_school_has_lessons(journal: Journal) -> None:
    """Of three weeks the second is a vacation; the days before and after are of another period."""
    journal.table(
        "lessons",
        """
        teacher_id | date
        А          | 2026-11-01
        3 × А      | 2026-11-02
        А          | 2026-11-20
        А          | 2026-11-22
        А          | 2026-11-23
        """,
    )
    report = report_of(
        workload, journal, "teacher", first=date(2026, 11, 2), last=date(2026, 11, 22)
    )
    assert cells(report, "rows", "lessons", "hours") == [(5, 2.5)]


def test_a_part_of_a_week_is_a_week(journal: Journal) -> None:
    """From Friday to Monday: two weeks, of each the days asked for."""
    journal.table(
        "lessons",
        "teacher_id | date \n А | 2026-11-19 \n А | 2026-11-20 \n А | 2026-11-23 \n А | 2026-11-24",
    )
    report = report_of(
        workload, journal, "teacher", first=date(2026, 11, 20), last=date(2026, 11, 23)
    )
    assert cells(report, "rows", "lessons", "hours") == [(2, 1.0)]


def test_a_teacher_of_the_register_without_lessons_has_zeros(journal: Journal) -> None:
    """Who is no teacher, or gone by Sunday, has no row."""
    journal.table("lessons", "teacher_id \n 2 × А")
    journal.table(
        "staff",
        """
        person_id | role      | active_to
        А         | teacher   |
        Б         | teacher   |
        В         | technical |
        Г         | teacher   | 2026-11-21
        """,
    )
    report = report_of(workload, journal, "teacher")
    assert cells(report, "rows", "teacher_id", "lessons", "hours", "load", "subjects") == [
        ("А", 2, 2.0, "under", "Математика"),
        ("Б", 0, 0.0, "under", None),
    ]
    assert cells(report_of(workload, journal), "rows", "teachers", "under") == [(2, 2)]


def test_under_a_filter_of_subjects_a_load_is_not_known(taught: Journal) -> None:
    """Hours remain: they are those of the subject. Teachers without such lessons have no row."""
    report = report_of(workload, taught, "teacher", subjects=("химия",))
    assert cells(report, "rows", "teacher_id", "lessons", "hours", "load") == [("Б", 2, 2.0, None)]
    assert cells(report, "schools", "over", "under", "lessons") == [(None, None, 3)]
    assert [one.key for one in report.sheets] == ["rows", "schools"]


def test_a_teacher_is_named_by_the_filter_also_who_only_handed_over(taught: Journal) -> None:
    taught.table("lessons", "lesson_id | teacher_id | substitute_id \n A | А | Б \n B | Б | ")
    taught.table("marks", "lesson_id | created_at")
    taught.table("attendance", "lesson_id | status")
    report = report_of(workload, taught, "teacher", teachers=("Анна",))
    assert cells(report, "rows", "teacher", "assigned", "handed_over", "lessons") == [
        ("Анна", 1, 1, 0)
    ]
    assert total(report, "rows", "assigned", "lessons") == (1, 0)


@pytest.mark.parametrize(
    ("level", "keys", "rows"),
    [
        ("parallel", ("parallel",), [(5, 3, 2, 1.5), (6, 1, 1, 0.5)]),
        ("class", ("class",), [("5А", 2, 2, 1.0), ("5Б", 1, 1, 0.5), ("6А", 1, 1, 0.5)]),
        ("subject", ("subject",), [("Алгебра", 2, 2, 1.0), ("Физика", 2, 2, 1.0)]),
    ],
)
def test_the_same_lessons_by_class_and_subject(
    journal: Journal, level: str, keys: tuple[str, ...], rows: list[object]
) -> None:
    """Lessons, who teaches there, hours a week of two weeks."""
    journal.table("classes", "class_id | class \n 5А | 5А \n 5Б | 5Б \n 6А | 6А")
    journal.table(
        "lessons",
        """
        class_id | subject | teacher_id | date
        5А       | Алгебра | А          | 2026-11-17
        5А       | Физика  | Б          | 2026-11-17
        5Б       | Физика  | А          | 2026-11-17
        6А       | Алгебра | Б          | 2026-11-24
        """,
    )
    report = report_of(workload, journal, level, first=date(2026, 11, 16), last=date(2026, 11, 29))
    assert cells(report, "rows", *keys, "lessons", "teachers", "hours") == rows


def test_places_above_schools_add_up_what_schools_have(journal: Journal) -> None:
    """The hours too: 2 at the one, (1 + 1) / 2 at the other."""
    journal.table(
        "schools", "school_id | municipality \n 1 | Заречный \n 2 | Заречный \n 3 | Тихий"
    )
    journal.table("classes", "class_id | school_id \n 5А | 1 \n 6А | 2")
    journal.table(
        "lessons",
        """
        class_id | teacher_id | date
        2 × 5А   | А          | 2026-11-17
        6А       | Б          | 2026-11-17
        6А       | Б          | 2026-11-24
        """,
    )
    asked = {"first": date(2026, 11, 16), "last": date(2026, 11, 29)}
    report = report_of(workload, journal, "municipality", **asked)
    assert cells(report, "rows", "municipality", "lessons", "hours", "teachers", "under") == [
        ("Заречный", 4, 3.0, 2, 2),
        ("Тихий", 0, None, 0, 0),
    ]
    assert total(report, "rows", "lessons", "hours") == (4, 3.0)


def test_a_person_in_two_schools_has_a_load_in_each(journal: Journal) -> None:
    journal.table("schools", "school_id \n 1 \n 2")
    journal.table("classes", "class_id | school_id \n 5А | 1 \n 6А | 2")
    journal.table("lessons", "class_id | teacher_id \n 5А | А \n 6А | А")
    report = report_of(workload, journal, "teacher")
    assert cells(report, "rows", "school_id", "lessons") == [("1", 1), ("2", 1)]


def test_what_the_dump_cannot_tell_is_not_available(journal: Journal) -> None:
    """Without marks and absences nobody knows what was conducted, without columns who stood in."""
    journal.table("lessons", "teacher_id \n 2 × А")
    report = report_of(workload, journal, "teacher")
    unknown = (
        "handed_over",
        "taken",
        "conducted",
        "by_tick",
        "not_conducted",
        "share",
        "cancelled",
    )
    assert cells(report, "rows", *unknown) == [(None,) * 7]
    assert total(report, "rows", *unknown) == (None,) * 7
    assert cells(report, "rows", "assigned", "lessons") == [(2, 2)]
    assert codes(report).count("missing_table") == 3
    assert codes(report).count("missing_column") == 2


def test_without_the_teachers_of_lessons_nobody_is_under(journal: Journal) -> None:
    """Whose lessons they are is not known, so neither is a load."""
    journal.table("staff", "person_id \n А")
    journal.table("lessons", "substitute_id \n 2 × Б")
    report = report_of(workload, journal, "teacher")
    assert cells(report, "rows", "teacher_id", "lessons", "load") == [("Б", 2, None)]
    assert cells(report, "schools", "under", "without_teacher") == [(None, 0)]
    assert [one.key for one in report.sheets] == ["rows", "schools"]


def test_the_tick_alone_is_not_known_without_the_column(journal: Journal) -> None:
    journal.table("lessons", "teacher_id \n А")
    journal.table("marks", "lesson_id | created_at \n №1 | 2026-11-17 10:00:00")
    journal.table("attendance", "lesson_id | status")
    report = report_of(workload, journal, "teacher")
    assert cells(report, "rows", "conducted", "by_tick", "not_conducted") == [(1, None, 0)]


def test_a_period_that_the_dump_does_not_cover_has_no_rows_but_schools(taught: Journal) -> None:
    asked = {"first": date(2027, 3, 1), "last": date(2027, 3, 7)}
    report = report_of(workload, taught, "teacher", **asked)
    assert cells(report, "rows", "teacher") == []
    assert cells(report, "schools", "lessons", "hours", "under", "share") == [(None,) * 4]
    assert "not_covered" in codes(report)


def test_a_limit_cuts_the_rows_and_not_the_totals(taught: Journal) -> None:
    report = report_of(workload, taught, "teacher", limit=1)
    assert cells(report, "rows", "teacher") == ["Анна"]
    assert report.sheet("rows").rows_in_all == 2
    assert total(report, "rows", "lessons") == (7,)
