"""What a cell of marks says, what it weighs, what an average makes."""

from __future__ import annotations

import pytest

from monitor_cli.reports.grades.tallies import degree
from monitor_cli.reports.grades.weights import HUNDREDTHS, rounded_mark
from monitor_cli.reports.grades.written import Written, read


@pytest.mark.parametrize("text", ["4", " 4 ", "4+", "4-", "4−", "4 +", "4,0", "4.00", "4--"])
def test_signs_and_zeros_do_not_change_a_mark(text: str) -> None:
    assert read(text) == Written((4,))


@pytest.mark.parametrize(
    ("text", "marks"), [("5/4", (5, 4)), ("5 / 4+", (5, 4)), ("2/3/3", (2, 3, 3)), ("1", (1,))]
)
def test_a_slash_parts_marks(text: str, marks: tuple[int, ...]) -> None:
    assert read(text) == Written(marks)


@pytest.mark.parametrize("text", ["н/а", "Н/А", "н.а.", "на", "неатт.", "Не аттестован", "n/a"])
def test_not_attested_is_no_mark(text: str) -> None:
    assert read(text) == Written(not_attested=1)


@pytest.mark.parametrize("text", ["зач", "Зач.", "зачёт", "Зачтено"])
def test_a_pass_is_no_mark(text: str) -> None:
    assert read(text) == Written(passed=1)


@pytest.mark.parametrize("text", ["незач", "Незач.", "незачёт", "не зачтено", "н/з"])
def test_a_pass_not_given_is_counted_apart(text: str) -> None:
    assert read(text) == Written(not_passed=1)


@pytest.mark.parametrize("text", [None, "", "6", "0", "10", "4,5", "осв", "Н", "45", "4/", "A+"])
def test_whatever_else_is_counted_as_other(text: str | None) -> None:
    assert read(text).other == 1


def test_a_cell_may_hold_several_kinds() -> None:
    assert read("5/н/а") == Written((5,), not_attested=1)
    assert read("4/зач/осв") == Written((4,), passed=1, other=1)


def test_the_weights_are_those_of_simonov() -> None:
    assert HUNDREDTHS == {5: 100, 4: 64, 3: 36, 2: 16, 1: 16}


def test_the_degree_of_learning_is_the_mean_weight() -> None:
    assert degree({5: 2, 4: 1, 3: 1, 2: 1}) == (200 + 64 + 36 + 16) / 5
    assert degree({3: 1, 5: 2}) == 236 / 3
    assert degree({1: 1}) == degree({2: 1}) == 16
    assert degree({}) is None


@pytest.mark.parametrize(
    ("total", "count", "mark"),
    [
        (7, 2, 4),
        (10, 3, 3),
        (11, 3, 4),
        (5, 2, 3),
        (9, 2, 5),
        (349, 100, 3),
        (14, 10, 1),
        (5, 1, 5),
    ],
)
def test_an_average_makes_the_nearest_mark_halves_up(total: int, count: int, mark: int) -> None:
    assert rounded_mark(total, count) == mark
