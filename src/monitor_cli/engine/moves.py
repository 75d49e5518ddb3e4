"""A change split into what each part of a whole contributed: exact, and summing to the change."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple


class Counts(NamedTuple):
    """A share's numerator and denominator in the week before and in the week now."""

    numerator_before: int = 0
    denominator_before: int = 0
    numerator: int = 0
    denominator: int = 0

    def plus(self, other: Counts) -> Counts:
        """Both together."""
        return Counts(*(one + more for one, more in zip(self, other, strict=True)))

    def minus(self, other: Counts) -> Counts:
        """What is left without the other."""
        return Counts(*(one - less for one, less in zip(self, other, strict=True)))

    @property
    def change(self) -> Fraction | None:
        """The change of the value in points; `None` where one of the two values is missing."""
        if not self.denominator_before or not self.denominator:
            return None
        now = Fraction(self.numerator, self.denominator)
        return 100 * (now - Fraction(self.numerator_before, self.denominator_before))


class Move(NamedTuple):
    """What a part contributed to the change, in points: by its own value, and by its weight."""

    contribution: Fraction
    rate: Fraction
    weight: Fraction


def moved(part: Counts, whole: Counts) -> int:
    """What `part` contributed, in a unit that all parts of the `whole` share: for ordering."""
    return part.numerator * whole.denominator_before - part.numerator_before * whole.denominator


def move(part: Counts, whole: Counts) -> Move | None:
    """Split the contribution of `part`; `None` where the `whole` has no change.

    With n, d of the part and D of the whole in weeks 0 and 1: contribution
    100·(n₁·D₀ − n₀·D₁)/(D₀·D₁), of which rate is 100·½(d₀/D₀ + d₁/D₁)(n₁/d₁ − n₀/d₀), and weight
    the rest; a part in one week only is all weight. Contributions of parts that add up to the
    whole sum to its change.
    """
    before, now = whole.denominator_before, whole.denominator
    if not before or not now:
        return None
    contribution = Fraction(100 * moved(part, whole), before * now)
    rate = Fraction(0)
    change = part.change
    if change is not None:
        share = Fraction(part.denominator_before, before) + Fraction(part.denominator, now)
        rate = share / 2 * change
    return Move(contribution, rate, contribution - rate)
