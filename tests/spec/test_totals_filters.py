"""Filters, totals, `--below`, `--sort`, `--limit`, `--check`. Source: `cli.md`, «monitor week»."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from monitor_cli.errors import UsageError
from monitor_cli.result import Block
from tests.spec.journal import BY_CLASS, BY_LESSON

if TYPE_CHECKING:
    from tests.spec.journal import Journal

PLAN = "lesson_planning"


@pytest.fixture(autouse=True)
def three_schools(journal: Journal) -> None:
    """Every test begins with five lessons of three schools; two of the lessons are planned."""
    journal.table(
        "schools",
        """
        school_id | school          | municipality
        1         | Школа №1 «Заря» | Заречный район
        2         | Школа №2        | Заречный район
        3         | Гимназия        | Ярёмский округ
        """,
    )
    journal.table(
        "classes",
        """
        class_id | school_id | class
        a1       | 1         | 5А
        a2       | 1         | 5Б
        b1       | 2         | 5А
        c1       | 3         | 7В
        """,
    )
    journal.table(
        "staff",
        """
        person_id | school_id | name
        Т1        | 1         | Иванова И. И.
        Т2        | 1         | Петров П. П.
        Т3        | 2         | Иванова И. И.
        Т4        | 3         | Семёнова С. С.
        """,
    )
    journal.table(
        "lessons",
        """
        class_id | subject    | teacher_id | topic
        a1       | Математика | Т1         | Дроби
        a1       | История    | Т2         |
        a2       | Математика | Т1         |
        b1       | Математика | Т3         | Дроби
        c1       | Химия      | Т4         |
        """,
    )
    journal.table("homework", "lesson_id | issued_at")


# ---------------------------------------------------------------- filters


def test_without_filters_everything_is_there(journal: Journal) -> None:
    """Two of five lessons are planned."""
    assert journal.week().total(PLAN) == "2/5"


@pytest.mark.parametrize(
    ("filters", "schools", "total"),
    [
        ({"municipalities": ("Заречный район",)}, ["1", "2"], "2/4"),
        ({"municipalities": ("ЗАРЕЧНЫЙ район",)}, ["1", "2"], "2/4"),
        ({"municipalities": ("яремский округ",)}, ["3"], "0/1"),
        ({"schools": ("2",)}, ["2"], "1/1"),
        ({"schools": ("Гимназия",)}, ["3"], "0/1"),
        ({"schools": ("школа №1 заря",)}, ["1"], "1/3"),
        ({"schools": ("Школа №1 «Заря»",)}, ["1"], "1/3"),
        ({"schools": ("1", "Гимназия")}, ["1", "3"], "1/4"),
        ({"municipalities": ("Заречный район",), "schools": ("2",)}, ["2"], "1/1"),
        ({"classes": ("5А",)}, ["1", "2"], "2/3"),
        ({"classes": ("a2",)}, ["1"], "0/1"),
        ({"classes": ("a2", "7в")}, ["1", "3"], "0/2"),
        ({"classes": ("5А",), "schools": ("2",)}, ["2"], "1/1"),
        ({"subjects": ("математика",)}, ["1", "2"], "2/3"),
        ({"subjects": ("История", "Химия")}, ["1", "3"], "0/2"),
        ({"teachers": ("Т1",)}, ["1"], "1/2"),
        ({"teachers": ("Иванова И. И.",)}, ["1", "2"], "2/3"),
        ({"teachers": ("семенова С. С.",)}, ["3"], "0/1"),
        ({"teachers": ("Т1",), "classes": ("5А",)}, ["1"], "1/1"),
        ({"teachers": ("Т1",), "subjects": ("Математика",)}, ["1"], "1/2"),
    ],
)
def test_filters_keep_what_bears_the_key(
    journal: Journal, filters: dict[str, Any], schools: list[str], total: str
) -> None:
    """By id or whole name, without case, ё/е and quotes; values are «or», filters «and»."""
    seen = journal.week(**filters)
    assert seen.places("school_id") == schools
    assert seen.total(PLAN) == total


def test_an_id_comes_before_a_name(journal: Journal) -> None:
    """The school «2» by id is meant, not the one that is called 2."""
    journal.table("schools", "school_id | school \n 1 | 2 \n 2 | Школа №2 \n 3 | Гимназия")
    assert journal.week(schools=("2",)).places("school_id") == ["2"]


@pytest.mark.parametrize(
    ("filters", "nearest"),
    [
        ({"schools": ("Школа",)}, "Школа №2"),
        ({"schools": ("Гимназии",)}, "Гимназия"),
        ({"municipalities": ("Зареченский район",)}, "Заречный район"),
        ({"classes": ("5Г",)}, "5А"),
        ({"subjects": ("Матиматика",)}, "Математика"),
        ({"schools": ("1", "Гимназии")}, "Гимназия"),
    ],
)
def test_a_filter_that_matches_nothing_is_refused_with_the_nearest(
    journal: Journal, filters: dict[str, Any], nearest: str
) -> None:
    """A name matches whole or not at all."""
    with pytest.raises(UsageError) as refused:
        journal.week(**filters)
    said = refused.value
    assert said.remedy is not None
    assert nearest in said.remedy.ru


def test_a_school_of_another_municipality_is_not_found_in_this_one(journal: Journal) -> None:
    """Filters are «and»: together they leave nothing."""
    with pytest.raises(UsageError):
        journal.week(municipalities=("Заречный район",), schools=("Гимназия",))


def test_under_a_class_the_indicators_of_classes_remain(journal: Journal) -> None:
    """At every level, in rows and totals."""
    seen = journal.week(classes=("5А",))
    assert set(seen.result.totals) == BY_CLASS
    assert set(seen.result.rows[0].measures) == BY_CLASS


@pytest.mark.parametrize("filters", [{"subjects": ("Математика",)}, {"teachers": ("Т1",)}])
def test_under_a_subject_or_teacher_the_indicators_of_lessons_remain(
    journal: Journal, filters: dict[str, Any]
) -> None:
    """At every level, in rows and totals."""
    for level in ("school", "class", "subject"):
        seen = journal.week(level=level, **filters)
        assert set(seen.result.totals) == BY_LESSON
        assert set(seen.result.rows[0].measures) == BY_LESSON


@pytest.mark.parametrize(
    ("filters", "key"),
    [
        ({"classes": ("5А",)}, "teacher_activation"),
        ({"classes": ("5А",)}, "school_activity"),
        ({"subjects": ("История",)}, "timetable_filling"),
        ({"teachers": ("Т1",)}, "student_activation"),
    ],
)
def test_asking_for_an_indicator_that_the_filter_does_not_have_is_refused(
    journal: Journal, filters: dict[str, Any], key: str
) -> None:
    """A class has no teachers of its own, a subject no students."""
    with pytest.raises(UsageError):
        journal.week(indicators=(key,), **filters)


def test_under_a_class_its_students_and_parents_alone_are_counted(journal: Journal) -> None:
    """At the school's row, too: distinct among the classes that are left."""
    journal.table(
        "students",
        """
        person_id | class_id | is_activated
        Оля       | a1       | да
        Оля       | a2       | да
        Петя      | a2       | нет
        Коля      | b1       | нет
        """,
    )
    journal.table(
        "parents",
        """
        person_id | student_id | is_activated
        Мама      | Оля        | да
        Папа      | Петя       | нет
        """,
    )
    one = journal.week(classes=("a1",))
    assert one.share("student_activation", school_id="1") == "1/1"
    assert one.share("parent_activation", school_id="1") == "1/1"
    both = journal.week(classes=("a1", "a2"))
    assert both.share("student_activation", school_id="1") == "1/2"
    assert both.share("parent_activation", school_id="1") == "1/2"


@pytest.mark.parametrize(
    ("block", "keys"),
    [
        (Block.USERS, ("teacher_activation", "account_activation")),
        (Block.JOURNAL, ("school_activity", "timely_homework")),
    ],
)
def test_a_block_is_its_indicators(journal: Journal, block: Block, keys: tuple[str, str]) -> None:
    """The first and the last of «Пользователи» and of «Журнал»; seven and six."""
    shown = [one.key for one in journal.week(block=block).result.indicators]
    assert (shown[0], shown[-1]) == keys
    assert len(shown) == {Block.USERS: 7, Block.JOURNAL: 6}[block]


def test_only_the_indicators_asked_for_are_shown(journal: Journal) -> None:
    """In rows and totals, in report order."""
    seen = journal.week(indicators=(PLAN, "teacher_activation"))
    assert list(seen.result.totals) == ["teacher_activation", PLAN]
    assert list(seen.result.rows[0].measures) == ["teacher_activation", PLAN]


# ---------------------------------------------------------------- totals


@pytest.mark.parametrize(
    "query",
    [
        {"level": "region"},
        {"level": "class"},
        {"level": "teacher"},
        {"below": Fraction(50)},
        {"sort": PLAN},
        {"limit": 1},
    ],
)
def test_totals_are_over_everything_that_the_filters_leave(
    journal: Journal, query: dict[str, Any]
) -> None:
    """Level, `--below`, `--sort` and `--limit` do not change them."""
    assert journal.week(**query).result.totals == journal.week().result.totals


def test_totals_bear_change_extras_and_schools(journal: Journal) -> None:
    """As a municipality does."""
    journal.table("lessons", "class_id | date | topic \n a1 | 2026-11-10 | \n a1 | 2026-11-17 | Да")
    journal.table("marks", "lesson_id | created_at \n №2 | 2026-11-17 22:00:00")
    totals = journal.week().result.totals
    assert totals[PLAN].change == 100
    assert (totals[PLAN].schools, totals[PLAN].schools_reached) == (1, 1)
    assert totals["timely_marks"].extras["late"] == 1


# ---------------------------------------------------------------- below, sort, limit, check


@pytest.fixture
def shares(journal: Journal) -> None:
    """Planned: school 1 two of three, school 2 one of one, school 3 nothing to plan."""
    journal.table("classes", "class_id | school_id \n a | 1 \n b | 2")
    journal.table("lessons", "class_id | topic \n a | Да \n a | Да \n a | \n b | Да")


@pytest.mark.usefixtures("shares")
@pytest.mark.parametrize(
    ("below", "left"),
    [
        (Fraction("66.66"), []),
        (Fraction(200, 3), []),
        (Fraction("66.67"), ["1"]),
        (Fraction(100), ["1"]),
    ],
)
def test_below_keeps_rows_in_which_something_is_less(
    journal: Journal, below: Fraction, left: list[str]
) -> None:
    """By exact numbers; what has no value is not less than anything."""
    assert journal.week(indicators=(PLAN,), below=below).places("school_id") == left


@pytest.mark.usefixtures("shares")
def test_below_asks_any_indicator_shown(journal: Journal) -> None:
    """School 2 is planned whole, but its timetable is empty of eight lessons."""
    shown = (PLAN, "timetable_filling")
    seen = journal.week(indicators=shown, below=Fraction(50))
    assert seen.places("school_id") == ["1", "2"]


@pytest.mark.usefixtures("shares")
def test_sort_puts_the_lowest_first_and_what_has_no_value_last(journal: Journal) -> None:
    """Of two equal rows the order stays."""
    assert journal.week(sort=PLAN).places("school_id") == ["1", "2", "3"]
    journal.table("lessons", "class_id | topic \n a | Да \n b |")
    assert journal.week(sort=PLAN).places("school_id") == ["2", "1", "3"]
    journal.table("classes", "class_id | school_id \n a | 3 \n b | 2")
    journal.table("lessons", "class_id | topic \n a | Да \n b | Да")
    assert journal.week(sort=PLAN).places("school_id") == ["2", "3", "1"]


@pytest.mark.usefixtures("shares")
def test_limit_cuts_last(journal: Journal) -> None:
    """After the sorting and after `--below`."""
    journal.table("lessons", "class_id | topic \n a | Да \n b |")
    assert journal.week(sort=PLAN, limit=1).places("school_id") == ["2"]
    seen = journal.week(indicators=(PLAN,), below=Fraction(50), limit=1)
    assert seen.places("school_id") == ["2"]


@pytest.mark.usefixtures("shares")
def test_a_miss_is_found_before_below_and_limit_cut_rows(journal: Journal) -> None:
    """School 1 misses its planning, whether its row is shown or not; school 2 does not."""
    assert PLAN in journal.week(limit=0).result.missed
    assert PLAN in journal.week(below=Fraction(1)).result.missed
    assert PLAN not in journal.week(schools=("2",)).result.missed
