"""«Успеваемость»: marks counted by hand, a sentence of the definition each."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from monitor_cli.errors import UsageError
from monitor_cli.levels import Level
from monitor_cli.reports.grades.report import AskedGrades, grades
from monitor_cli.settings import load_settings
from tests.spec.asked import cells, codes, total

if TYPE_CHECKING:
    from monitor_cli.report import Report
    from tests.spec.journal import Journal

STUDENTS = ("students", "without_two", "four_five", "with_two")
SHARES = ("attainment", "quality")
KINDS = ("marks_5", "marks_4", "marks_3", "marks_2", "marks_1")


def attained(journal: Journal, level: str = "school", **asked: object) -> Report:
    """The grades of 16 to 22 November, by what marks there are."""
    days = {"first": date(2026, 11, 16), "last": date(2026, 11, 22)} | asked
    settings = load_settings(assignments=journal.sets, environ={})
    return grades(journal.folder, settings, AskedGrades(level=Level(level), **days))  # type: ignore[arg-type]


def final_marks(journal: Journal, text: str) -> None:
    """Write final marks of the first quarter in 5А, `student | subject | value` a line."""
    lines = [line.strip() for line in text.strip().split("\n")]
    rows = "\n".join(f"{line} | 5А | 1 четверть" for line in lines)
    journal.table("final_marks", f"student_id | subject | value | class_id | period \n {rows}")


def marks(journal: Journal, text: str) -> None:
    """Write marks for the lesson «L»: `student | value` a line."""
    lines = [line.strip() for line in text.strip().split("\n")]
    rows = "\n".join(f"L | 2026-11-17 10:00:00 | {line}" for line in lines)
    journal.table("marks", f"lesson_id | created_at | student_id | value \n {rows}")


def test_attainment_and_quality_are_shares_of_students(journal: Journal) -> None:
    """Anna has a 5 and a 4, Boris a 3 and a 5, Vera a 2 and a 5: three students, six marks."""
    final_marks(
        journal,
        """
        Анна  | Алгебра | 5
        Анна  | Физика  | 4
        Борис | Алгебра | 3
        Борис | Физика  | 5
        Вера  | Алгебра | 2
        Вера  | Физика  | 5
        """,
    )
    found = attained(journal)
    assert cells(found, "grades", *STUDENTS) == [(3, 2, 1, 1)]
    assert cells(found, "grades", *SHARES) == [(200 / 3, 100 / 3)]
    assert cells(found, "grades", "marks", *KINDS) == [(6, 3, 1, 1, 1, 0)]
    assert cells(found, "grades", "average", "degree") == [(24 / 6, (300 + 64 + 36 + 16) / 6)]
    assert found.title.ru == "Успеваемость по итоговым отметкам"
    assert found.head["basis"] == "final"


def test_at_a_subject_a_student_is_judged_by_that_subject(journal: Journal) -> None:
    final_marks(journal, "Анна | Алгебра | 2 \n Анна | Физика | 5 \n Борис | Алгебра | 4")
    found = attained(journal, "subject")
    assert cells(found, "grades", "subject", *STUDENTS) == [
        ("Алгебра", 2, 1, 1, 1),
        ("Математика", 0, 0, 0, 0),
        ("Физика", 1, 1, 1, 0),
    ]
    assert total(found, "grades", *STUDENTS) == (2, 1, 1, 1)


def test_a_one_stands_with_the_twos(journal: Journal) -> None:
    """It keeps its own value in the average and weighs as a 2."""
    final_marks(journal, "Анна | Алгебра | 1 \n Борис | Алгебра | 2")
    found = attained(journal)
    assert cells(found, "grades", *STUDENTS, *KINDS) == [(2, 0, 0, 2, 0, 0, 0, 1, 1)]
    assert cells(found, "grades", "average", "degree") == [(1.5, 16.0)]


def test_not_attested_is_no_mark_and_no_four_or_five(journal: Journal) -> None:
    """Anna: 5 and н/а; Boris: н/а alone; Vera: 5 and зач; Galina: 5 and незач."""
    final_marks(
        journal,
        """
        Анна   | Алгебра | 5
        Анна   | Физика  | н/а
        Борис  | Алгебра | н/а
        Вера   | Алгебра | 5
        Вера   | Физика  | зач
        Галина | Алгебра | 5
        Галина | Физика  | незач
        """,
    )
    found = attained(journal)
    assert cells(found, "grades", *STUDENTS) == [(3, 3, 1, 0)]
    assert cells(found, "grades", "students_not_attested", "marks") == [(2, 3)]
    words = ("not_attested", "passed", "not_passed", "other")
    assert cells(found, "grades", *words) == [(2, 1, 1, 0)]


def test_signs_slashes_and_whatever_else(journal: Journal) -> None:
    """4+ is a 4, 5/4 is two marks, «осв» and a blank cell are counted as other."""
    final_marks(journal, "Анна | Физика | 4+ \n Анна | Химия | 5/4 \n Анна | Труд | осв")
    found = attained(journal)
    assert cells(found, "grades", "marks", *KINDS, "other") == [(3, 1, 2, 0, 0, 0, 1)]
    assert cells(found, "grades", *STUDENTS) == [(1, 1, 1, 0)]


def test_periods_are_rows_and_are_not_mixed(journal: Journal) -> None:
    journal.table(
        "final_marks",
        """
        student_id | subject | class_id | period     | value
        Анна       | Алгебра | 5А       | 1 четверть | 2
        Анна       | Алгебра | 5А       | 2 четверть | 5
        Борис      | Алгебра | 5А       | 2 четверть | 3
        Анна       | Алгебра | 5А       | год        | 4
        """,
    )
    found = attained(journal)
    rows = [("1 четверть", 1, 0, 0, 1), ("2 четверть", 2, 2, 1, 0), ("год", 1, 1, 1, 0)]
    assert cells(found, "grades", "period", *STUDENTS) == rows
    assert cells(found, "periods", "period", *STUDENTS) == rows
    assert found.sheet("grades").totals is None
    alone = attained(journal, periods=("2 Четверть",))
    assert cells(alone, "grades", "period", *STUDENTS) == rows[1:2]
    assert total(alone, "grades", *STUDENTS) == (2, 2, 1, 0)
    with pytest.raises(UsageError, match="3 четверть"):
        attained(journal, periods=("3 четверть",))


def test_of_several_rows_of_one_final_mark_the_last_stands(journal: Journal) -> None:
    final_marks(journal, "Анна | Алгебра | 2 \n Анна | Алгебра | 4")
    found = attained(journal)
    assert cells(found, "grades", "marks", *KINDS) == [(1, 0, 1, 0, 0, 0)]
    assert "final_mark_again" in codes(found)


def test_a_final_mark_stands_at_its_class_else_at_those_of_the_student(journal: Journal) -> None:
    """Anna's mark names 5А, Boris's a class that is not there; nobody knows Vera."""
    journal.table("classes", "class_id | class \n 5А | 5А \n 6Б | 6Б")
    journal.table("students", "person_id | class_id \n Анна | 6Б \n Борис | 6Б")
    journal.table(
        "final_marks",
        """
        student_id | subject | class_id | period | value
        Анна       | Алгебра | 5А       | год    | 5
        Борис      | Алгебра | 9Я       | год    | 4
        Вера       | Алгебра |          | год    | 2
        """,
    )
    found = attained(journal, "class")
    assert cells(found, "grades", "class", "marks", *KINDS) == [
        ("5А", 1, 1, 0, 0, 0, 0),
        ("6Б", 1, 0, 1, 0, 0, 0),
    ]
    assert "final_mark_nowhere" in codes(found)


def test_a_final_mark_is_the_teachers_who_alone_teaches_the_class(journal: Journal) -> None:
    """Ivanova alone teaches algebra, a substitute once; two teach English, in subgroups."""
    journal.table("staff", "person_id | name \n 1 | Иванова \n 2 | Петрова \n 3 | Сидорова")
    journal.table(
        "lessons",
        """
        subject    | teacher_id | substitute_id | group
        Алгебра    | 1          |               |
        Алгебра    | 1          | 3             |
        Английский | 2          |               | 1
        Английский | 3          |               | 2
        """,
    )
    final_marks(journal, "Анна | Алгебра | 5 \n Анна | Английский | 4 \n Борис | Английский | 2")
    found = attained(journal, "teacher")
    assert cells(found, "grades", "teacher", "marks", "with_two") == [
        (None, 2, 1),
        ("Иванова", 1, 0),
        ("Петрова", 0, 0),
        ("Сидорова", 0, 0),
    ]
    assert total(found, "grades", "marks") == (3,)
    alone = attained(journal, teachers=("Иванова",))
    assert cells(alone, "grades", "marks", *KINDS) == [(1, 1, 0, 0, 0, 0)]


def test_current_marks_are_averaged_a_student_and_subject_first(journal: Journal) -> None:
    """Anna's 5, 4 make a 5; Boris's 3, 3, 4 a 3; Vera's 2, 3 a 3; Galina's 2, 2, 3 a 2."""
    marks(
        journal,
        """
        Анна   | 5
        Анна   | 4
        Борис  | 3/3
        Борис  | 4
        Вера   | 2
        Вера   | 3
        Галина | 2
        Галина | 2
        Галина | 3
        """,
    )
    found = attained(journal)
    assert cells(found, "grades", "marks", *KINDS) == [(4, 1, 0, 2, 1, 0)]
    assert cells(found, "grades", *STUDENTS) == [(4, 3, 1, 1)]
    assert cells(found, "grades", "average", "degree") == [(13 / 4, (100 + 36 + 36 + 16) / 4)]
    assert "по текущим отметкам" in found.title.ru
    assert found.head["basis"] == "current"
    assert cells(found, "journal", "marks", *KINDS) == [(10, 1, 2, 4, 3, 0)]
    assert cells(found, "journal", "average", "students_with_two") == [(31 / 10, 2)]


def test_each_subject_has_its_own_average(journal: Journal) -> None:
    """Anna: a 2 in algebra and a 5 in physics are no 3.5."""
    journal.table(
        "lessons",
        "lesson_id | subject | date \n A | Алгебра | 2026-11-17 \n F | Физика | 2026-11-18",
    )
    journal.table(
        "marks",
        """
        lesson_id | created_at          | student_id | value
        A         | 2026-11-17 10:00:00 | Анна       | 2
        F         | 2026-11-18 10:00:00 | Анна       | 5
        """,
    )
    assert cells(attained(journal), "grades", *STUDENTS, "marks") == [(1, 0, 0, 1, 2)]
    by_subject = attained(journal, "subject")
    assert cells(by_subject, "grades", "subject", *STUDENTS) == [
        ("Алгебра", 1, 0, 0, 1),
        ("Физика", 1, 1, 1, 0),
    ]
    assert total(by_subject, "grades", *STUDENTS) == (1, 0, 0, 1)
    assert total(by_subject, "journal", "students_with_two", "marks") == (1, 2)


def test_current_marks_are_those_for_lessons_of_the_period(journal: Journal) -> None:
    """Not for a cancelled lesson, not of the day before, whenever they were entered."""
    journal.table(
        "lessons",
        """
        lesson_id | date       | is_cancelled
        B         | 2026-11-16 |
        L         | 2026-11-17 |
        C         | 2026-11-17 | да
        """,
    )
    journal.table(
        "marks",
        """
        lesson_id | created_at          | student_id | value
        B         | 2026-11-17 10:00:00 | Анна       | 5
        L         | 2026-12-17 10:00:00 | Анна       | 3
        C         | 2026-11-17 10:00:00 | Анна       | 2
        """,
    )
    found = attained(journal, first=date(2026, 11, 17))
    assert cells(found, "journal", "lessons", "marks", *KINDS) == [(1, 1, 0, 0, 1, 0, 0)]
    assert cells(found, "journal", "marks_a_lesson") == [1.0]


def test_words_in_the_journal_are_counted_apart(journal: Journal) -> None:
    """Anna's н/а leaves her without a mark; a pass beside a 5 changes nothing."""
    marks(journal, "Анна | н/а \n Борис | 5 \n Борис | зач \n Вера | \n Вера | 4")
    found = attained(journal)
    assert cells(found, "grades", *STUDENTS, "students_not_attested") == [(2, 2, 2, 0, 1)]
    words = ("not_attested", "passed", "not_passed", "other")
    assert cells(found, "journal", *words) == [(1, 1, 0, 1)]


def test_attendance_is_of_the_students_of_the_class_in_kept_lessons(journal: Journal) -> None:
    """Three of 5А at two kept lessons are six seats; two absences; late and a stranger are none."""
    journal.table(
        "students",
        """
        person_id | class_id | active_to
        Анна      | 5А       |
        Борис     | 5А       |
        Вера      | 5А       | 2026-11-22
        Галина    | 5А       | 2026-11-21
        """,
    )
    journal.table(
        "lessons",
        """
        lesson_id | is_conducted | group
        L         |              |
        M         | да           |
        N         |              |
        G         | да           | 1
        """,
    )
    journal.table(
        "attendance",
        """
        lesson_id | student_id | status
        L         | Анна       | Н
        M         | Борис      | Б
        M         | Вера       | О
        M         | Галина     | Н
        M         | Чужой      | П
        G         | Анна       | Н
        """,
    )
    found = attained(journal)
    assert cells(found, "journal", "seats", "absences", "attendance") == [(6, 2, 100 * 4 / 6)]
    assert cells(found, "journal", "lessons") == [4]


def test_what_there_is_no_table_for_is_not_available(journal: Journal) -> None:
    found = attained(journal)
    assert cells(found, "grades", *STUDENTS, "attainment", "marks", "average") == [(None,) * 7]
    assert cells(found, "journal", "lessons", "marks", "attendance", "students_with_two") == [
        (1, None, None, None)
    ]
    assert codes(found) == ["missing_table"] * 3
    assert codes(attained(journal, by="final")) == ["missing_table"] * 4


def test_without_the_column_of_values_marks_say_nothing(journal: Journal) -> None:
    journal.table("marks", "lesson_id | created_at \n L | 2026-11-17 10:00:00")
    found = attained(journal)
    assert cells(found, "grades", "students", "marks") == [(None, None)]
    assert "missing_column" in codes(found)


def test_a_school_without_marks_has_its_row(journal: Journal) -> None:
    journal.table("schools", "school_id | school \n 1 | Лицей \n 2 | Школа")
    final_marks(journal, "Анна | Алгебра | 5")
    found = attained(journal)
    assert cells(found, "grades", "school", "students", "attainment") == [
        ("Лицей", 1, 100.0),
        ("Школа", 0, None),
    ]
    assert cells(found, "journal", "school", "lessons") == [("Лицей", 1), ("Школа", 0)]


def test_above_schools_numbers_are_added_up(journal: Journal) -> None:
    journal.table("schools", "school_id | school \n 1 | Лицей \n 2 | Школа")
    journal.table("classes", "class_id | school_id \n 5А | 1 \n 6Б | 2")
    journal.table(
        "final_marks",
        """
        student_id | subject | class_id | period | value
        Анна       | Алгебра | 5А       | год    | 5
        Анна       | Алгебра | 6Б       | год    | 2
        Борис      | Алгебра | 6Б       | год    | 4
        """,
    )
    for level in ("municipality", "region"):
        found = attained(journal, level)
        assert cells(found, "grades", *STUDENTS, "marks") == [(3, 2, 2, 1, 3)]
    assert cells(attained(journal, "parallel"), "grades", "parallel", "marks") == [(5, 1), (5, 2)]


def test_filters_leave_the_marks_that_bear_the_key(journal: Journal) -> None:
    final_marks(journal, "Анна | Алгебра | 2 \n Анна | Физика | 5")
    found = attained(journal, subjects=("физика",))
    assert cells(found, "grades", *STUDENTS) == [(1, 1, 1, 0)]
    with pytest.raises(UsageError, match="химия"):
        attained(journal, subjects=("химия",))


@pytest.mark.parametrize("level", list(Level))
def test_tables_without_rows_are_data(level: str, journal: Journal) -> None:
    """Nothing is shown that was not there, and shares have no value."""
    journal.table("students", "person_id")
    journal.table("attendance", "lesson_id | status")
    journal.table("marks", "lesson_id | created_at | value")
    found = attained(journal, level)
    assert set(cells(found, "grades", *STUDENTS, "attainment")) <= {(0, 0, 0, 0, None)}
    assert set(cells(found, "journal", "marks", "attendance")) <= {(0, None)}
    journal.table("final_marks", "student_id | subject | period | value")
    assert cells(attained(journal, level), "grades", "period") == []
    journal.table("lessons", "lesson_id | date")
    assert set(cells(attained(journal, level), "journal", "lessons")) <= {0}
