"""A change split by hand, and over any counts: the contributions are the change, exactly."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor_cli.engine.moves import Counts, Move, move, moved

NUMBERS = st.integers(0, 50)
COUNTS = st.builds(Counts, NUMBERS, NUMBERS, NUMBERS, NUMBERS)


def together(parts: list[Counts]) -> Counts:
    whole = Counts()
    for part in parts:
        whole = whole.plus(part)
    return whole


@given(st.lists(COUNTS, max_size=6))
def test_contributions_sum_to_the_change_exactly(parts: list[Counts]) -> None:
    whole = together(parts)
    moves = [move(part, whole) for part in parts]
    if whole.change is None:
        assert moves == [None] * len(parts)
        return
    known = [one for one in moves if one is not None]
    assert len(known) == len(parts)
    assert sum((one.contribution for one in known), Fraction(0)) == whole.change
    for part, one in zip(parts, known, strict=True):
        assert one.rate + one.weight == one.contribution
        unit = Fraction(100, whole.denominator_before * whole.denominator)
        assert moved(part, whole) * unit == one.contribution


@given(COUNTS, COUNTS)
def test_of_equal_weights_the_value_is_everything(one: Counts, other: Counts) -> None:
    """Where each part weighs the same in both weeks, nothing is due to weight."""
    one = one._replace(denominator=one.denominator_before)
    other = other._replace(denominator=other.denominator_before)
    whole = one.plus(other)
    for part in (one, other):
        found = move(part, whole)
        if found is not None and part.denominator:
            assert found.weight == 0


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        # From 1/2 to 2/2, half of the whole in both weeks: all of it by its own value.
        (Counts(1, 2, 2, 2), Move(Fraction(25), Fraction(25), Fraction(0))),
        # As good as before, but three quarters of the whole instead of a half.
        (Counts(1, 2, 3, 6), Move(Fraction(25, 2), Fraction(0), Fraction(25, 2))),
        # In one week only: all weight.
        (Counts(0, 0, 2, 2), Move(Fraction(50), Fraction(0), Fraction(50))),
        (Counts(2, 2, 0, 0), Move(Fraction(-50), Fraction(0), Fraction(-50))),
    ],
)
def test_a_part_counted_by_hand(part: Counts, expected: Move) -> None:
    sizes = {6: 8}
    whole = Counts(0, 4, 0, sizes.get(part.denominator, 4))
    assert move(part, whole) == expected


@pytest.mark.parametrize("whole", [Counts(0, 0, 1, 2), Counts(1, 2, 0, 0)])
def test_without_a_value_in_one_of_the_weeks_there_is_no_change(whole: Counts) -> None:
    assert whole.change is None
    assert move(whole, whole) is None
