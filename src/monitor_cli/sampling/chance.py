"""Chance that is the same on every machine and under every version: SplitMix64 over columns.

A draw depends on the seed, on what it is for and on a key of the row, never on the rows before:
so schools can be made in any order, a few at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.sampling.rows import at

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_WORD = 1 << 64
_GOLDEN = 0x9E3779B97F4A7C15
_FIRST, _SECOND = 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
_FNV_START, _FNV_PRIME = 0xCBF29CE484222325, 0x100000001B3
PERMILLE = 1000


def finalised(number: int) -> int:
    """The last step of SplitMix64: every bit of the result depends on every bit of `number`."""
    number = (number ^ (number >> 30)) * _FIRST % _WORD
    number = (number ^ (number >> 27)) * _SECOND % _WORD
    return number ^ (number >> 31)


def _unsigned(number: int) -> pl.Expr:
    return pl.lit(number, dtype=pl.UInt64)


def _finalised(key: pl.Expr) -> pl.Expr:
    """The same for a column: UInt64 products wrap."""
    key = (key ^ (key // _unsigned(1 << 30))) * _unsigned(_FIRST)
    key = (key ^ (key // _unsigned(1 << 27))) * _unsigned(_SECOND)
    return key ^ (key // _unsigned(1 << 31))


@dataclass(frozen=True, slots=True)
class Dice:
    """All the chance of a dump. Keys are integer columns, unique for what is drawn."""

    seed: int

    def draw(self, purpose: str, key: pl.Expr) -> pl.Expr:
        """A UInt64 for each key."""
        # The bits of the key, whatever its sign: a product of keys may have wrapped.
        spread = key.cast(pl.Int64).reinterpret(signed=False) * _unsigned(_GOLDEN)
        return _finalised(spread + _unsigned(self._salt(purpose)))

    def below(self, purpose: str, key: pl.Expr, limit: int | pl.Expr) -> pl.Expr:
        """An Int64 from 0 to `limit` - 1."""
        return part(self.draw(purpose, key), 1, limit)

    def chance(self, purpose: str, key: pl.Expr, permille: int | pl.Expr) -> pl.Expr:
        """True so many times in a thousand."""
        return self.below(purpose, key, PERMILLE) < permille

    def pick(self, purpose: str, key: pl.Expr, items: Sequence[object]) -> pl.Expr:
        """One of the items."""
        return at(items, self.below(purpose, key, len(items)))

    def _salt(self, purpose: str) -> int:
        told = _FNV_START
        for byte in purpose.encode():
            told = (told ^ byte) * _FNV_PRIME % _WORD
        return finalised(finalised(self.seed % _WORD) ^ told)


def part(draw: pl.Expr, skipped: int, limit: int | pl.Expr) -> pl.Expr:
    """An Int64 below `limit` from the digits of a draw above `skipped`: one draw, several uses."""
    within = _unsigned(limit) if isinstance(limit, int) else limit.cast(pl.UInt64)
    rest = draw if skipped == 1 else draw // _unsigned(skipped)
    return (rest % within).cast(pl.Int64)


def weighted(weights: Mapping[str, int]) -> list[str]:
    """Each key as often as its weight says, for `pick`."""
    return [key for key, weight in weights.items() for _ in range(weight)]
