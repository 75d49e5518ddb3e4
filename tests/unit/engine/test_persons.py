"""Who is one person at a school, told by numbers alone."""

from __future__ import annotations

import polars as pl
import pytest

from monitor_cli.engine.persons import Persons

ONE_SCHOOL_EACH = {"school_id": [1, 1, 2], "person_id": [10, 11, 12]}
TWO_SCHOOLS = {"school_id": [1, 1, 2, 2], "person_id": [10, 11, 11, 12]}


@pytest.mark.parametrize("rows", [ONE_SCHOOL_EACH, TWO_SCHOOLS], ids=["one school", "two schools"])
def test_a_person_at_a_school_has_the_number_of_its_rows(rows: dict[str, list[int]]) -> None:
    register = pl.DataFrame(rows)
    persons = Persons.of(register)
    found = persons.numbers(register["school_id"], register["person_id"])
    assert found.to_list() == persons.number.to_list()
    assert persons.number.n_unique() == persons.count == register.height


@pytest.mark.parametrize("rows", [ONE_SCHOOL_EACH, TWO_SCHOOLS], ids=["one school", "two schools"])
@pytest.mark.parametrize(
    ("school", "person"),
    [(2, 10), (1, 12), (3, 10), (1, 99), (None, 10), (1, None)],
    ids=["another's", "later one", "unknown school", "unknown", "no school", "no person"],
)
def test_who_is_not_at_the_school_has_no_number(
    rows: dict[str, list[int]], school: int | None, person: int | None
) -> None:
    persons = Persons.of(pl.DataFrame(rows))
    asked = (pl.Series([school, 1], dtype=pl.Int64), pl.Series([person, 10], dtype=pl.Int64))
    assert persons.numbers(*asked).to_list() == [None, 0]


def test_of_no_persons_nobody_has_a_number() -> None:
    ids = pl.Series([], dtype=pl.Int64)
    persons = Persons.of(pl.DataFrame({"school_id": ids, "person_id": ids}))
    one = pl.Series([1])
    assert persons.numbers(one, one).to_list() == [None]
