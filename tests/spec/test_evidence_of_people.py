"""What keeps an indicator from 100 %: people, classes, components. Source: `indicators.md`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from monitor_cli.errors import UsageError

if TYPE_CHECKING:
    from tests.spec.journal import Journal


@pytest.fixture
def people(journal: Journal) -> None:
    """Two of each kind, of whom one is activated; «Оля» has two parents, «Ян» none."""
    journal.table(
        "staff",
        """
        person_id | name           | is_activated | has_esia_login | category
        t1        | Иволгина А. А. | да           | нет            | первая
        t2        | Чижов Б. Б.    | нет          | да             | соответствие
        """,
    )
    journal.table(
        "students",
        """
        person_id | name           | is_activated
        Оля       | Дроздова Ольга | да
        Ян        | Стрижов Ян     | нет
        """,
    )
    journal.table(
        "parents",
        """
        person_id | name             | student_id | is_activated
        p1        | Дроздова Вера    | Оля        | да
        p2        |                  | Оля        | нет
        """,
    )


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("key", "rows"),
    [
        ("teacher_activation", [("t2",)]),
        ("student_activation", [("Ян",)]),
        ("parent_activation", [("p2",)]),
        ("teacher_esia", [("t1",)]),
        ("teacher_category", [("t2",)]),
        ("account_activation", [("t2",), ("Ян",), ("p2",)]),
    ],
)
def test_those_who_are_not(journal: Journal, key: str, rows: list[tuple[str]]) -> None:
    lost = journal.show(key)
    assert lost.rows("person_id") == [person for (person,) in rows]
    numerator, denominator, count = lost.head("numerator", "denominator", "lost")
    assert (numerator, denominator, count) == (len(rows), 2 * len(rows), len(rows))


@pytest.mark.usefixtures("people")
def test_people_have_a_name_students_and_parents_a_class(journal: Journal) -> None:
    assert journal.show("teacher_category").rows("person", "category") == [
        ("Чижов Б. Б.", "соответствие")
    ]
    assert journal.show("student_activation").rows("class", "person_id", "person") == [
        ("5А", "Ян", "Стрижов Ян")
    ]
    # Who has no name in the dump is called by the id.
    accounts = journal.show("account_activation")
    assert accounts.rows("role", "person", "class") == [
        ("teacher", "Чижов Б. Б.", None),
        ("student", "Стрижов Ян", "5А"),
        ("parent", "p2", "5А"),
    ]
    assert accounts.rows("role", "lost", "of", sheet="roles") == [
        ("teacher", 1, 2),
        ("student", 1, 2),
        ("parent", 1, 2),
    ]


@pytest.mark.usefixtures("people")
def test_students_whose_diary_was_not_opened(journal: Journal) -> None:
    """A view by staff is none."""
    journal.table(
        "diary_views",
        """
        student_id | viewer_role | viewed_at
        Оля        | parent      | 2026-11-17 10:00:00
        Ян         | staff       | 2026-11-17 10:00:00
        """,
    )
    assert journal.show("parent_engagement").rows("person_id") == ["Ян"]


def test_a_student_in_two_classes_is_one_row_and_one_loss_in_each_class(journal: Journal) -> None:
    journal.table("classes", "class_id | class \n 5А | 5А \n b | 6Б")
    journal.table(
        "students", "person_id | class_id | is_activated \n Ян | b | нет \n Ян | 5А | нет"
    )
    lost = journal.show("student_activation")
    assert lost.rows("person_id", "class") == [("Ян", "5А")]
    assert lost.rows("class", "lost", sheet="classes") == [("5А", 1), ("6Б", 1)]


def test_a_parent_of_two_children_is_one_row(journal: Journal) -> None:
    journal.table("students", "person_id \n Оля \n Ян")
    journal.table(
        "parents", "person_id | student_id | is_activated \n p | Оля | нет \n p | Ян | нет"
    )
    assert journal.show("parent_activation").rows("person_id", "class") == [("p", "5А")]


def test_classes_short_of_lessons(journal: Journal) -> None:
    """How many are missing; an archived class is none, one without a lesson is."""
    journal.table(
        "classes",
        "class_id | class | status \n a | 5А | \n b | 5Б | \n c | 5В | \n d | 5Г | archive",
    )
    journal.table("lessons", "class_id | number \n 8 × a | 1 \n 5 × b | 1 \n d | 1")
    lost = journal.show("timetable_filling")
    assert lost.rows("class", "lessons", "needed", "short") == [("5Б", 5, 8, 3), ("5В", 0, 8, 8)]
    assert lost.head("numerator", "denominator", "to_reach") == [1, 3, 2]


@pytest.mark.usefixtures("people")
class TestSchoolActivity:
    """Two components: planning of lessons (100) and the activation of accounts (80)."""

    @pytest.fixture(autouse=True)
    def _rules(self, journal: Journal) -> None:
        journal.rule('school_activity.components=["lesson_planning", "account_activation"]')
        journal.table("lessons", "topic | number \n 2 × Дроби | 1 \n 3 × | 1")
        journal.table("homework", "lesson_id | issued_at")

    def test_which_components_failed_and_what_would_do(self, journal: Journal) -> None:
        """The least k with 100 × (n + k) ≥ threshold × d."""
        lost = journal.show("school_activity")
        assert lost.rows("component", "short", "mendable") == [
            ("lesson_planning", 3, 3),
            ("account_activation", 2, 3),
        ]
        assert lost.head("numerator", "denominator", "lost") == [0, 1, 2]
        assert "не достигнуто составляющих: 2 из 2" in lost.lines

    @pytest.mark.parametrize(("threshold", "short"), [("40", None), ("40.1", 1), ("60", 1)])
    def test_just_reached_and_just_not(
        self, journal: Journal, threshold: str, short: int | None
    ) -> None:
        """Two of five lessons are planned: 40 %."""
        journal.rule(f"thresholds.lesson_planning={threshold}")
        rows = journal.show("school_activity").rows("component", "short")
        assert rows[:-1] == ([] if short is None else [("lesson_planning", short)])

    def test_a_component_without_a_value_is_none(self, journal: Journal) -> None:
        journal.remove("parents")
        assert journal.show("school_activity").rows("component") == ["lesson_planning"]

    def test_of_several_schools_which_component_alone_stands_in_the_way(
        self, journal: Journal
    ) -> None:
        """Points: what mending that one component everywhere would give back."""
        journal.table("schools", "school_id \n 1 \n 2")
        journal.table("classes", "class_id | school_id \n 5А | 1 \n 6А | 2")
        journal.table("lessons", "class_id | topic \n 5А | \n 6А |")
        lost = journal.show("school_activity")
        assert lost.rows("component", "lost", "of", "points", sheet="components") == [
            ("lesson_planning", 2, 2, 50.0),
            ("account_activation", 1, 1, 0.0),
        ]

    def test_it_cannot_be_summed_up_by_teachers(self, journal: Journal) -> None:
        with pytest.raises(UsageError, match="--by teacher"):
            journal.show("school_activity", by="teacher")


def test_what_is_not_available_has_no_rows_and_says_why(journal: Journal) -> None:
    lost = journal.show("timely_marks")
    assert lost.head("value", "numerator", "lost", "to_reach") == [None, None, 0, None]
    assert (lost.rows("mark_id"), lost.sheets) == ([], ["rows"])
    assert [notice.code for notice in lost.report.warnings] == ["missing_table"]


@pytest.mark.usefixtures("people")
def test_without_an_hour_nothing_is_held_against_homework(journal: Journal) -> None:
    """«Not available», not «all of it late»."""
    journal.table("lessons", "lesson_id | date \n L | 2026-11-17 \n N | 2026-11-24")
    journal.table("homework", "lesson_id | issued_at \n N | 2026-11-20")
    lost = journal.show("timely_homework")
    assert (lost.head("value"), lost.rows("lesson_id")) == ([None], [])


def test_a_filter_leaves_the_rows_of_its_places(journal: Journal) -> None:
    """And the numbers are the totals of the week under the same filter."""
    journal.table("classes", "class_id | class \n a | 5А \n b | 6Б")
    journal.table("lessons", "lesson_id | class_id \n A | a \n B | b")
    journal.table("homework", "lesson_id | issued_at")
    lost = journal.show("lesson_planning", classes=("6б",))
    assert lost.rows("lesson_id") == ["B"]
    total = journal.week(classes=("6б",)).total("lesson_planning")
    assert total == "{}/{}".format(*lost.head("numerator", "denominator"))
