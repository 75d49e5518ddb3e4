"""Chance that no version and no machine changes."""

from __future__ import annotations

import polars as pl
import pytest

from monitor_cli.sampling.chance import Dice, finalised, part, weighted

WORD = 1 << 64
GOLDEN = 0x9E3779B97F4A7C15
# The first numbers of SplitMix64 from the state 0, as published with it.
PUBLISHED = [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F]


def _number(dice: Dice, purpose: str, key: int) -> int:
    return finalised((key * GOLDEN + dice._salt(purpose)) % WORD)


def test_it_is_splitmix64() -> None:
    states = [(nth + 1) * GOLDEN % WORD for nth in range(len(PUBLISHED))]
    assert [finalised(state) for state in states] == PUBLISHED


@pytest.mark.parametrize("seed", [0, 1, (1 << 63) - 1])
def test_a_column_is_drawn_like_a_number(seed: int) -> None:
    keys = [0, 1, 2, 12_345_678_901, (1 << 63) - 1, -1, -(1 << 63)]
    drawn = pl.DataFrame({"key": keys}).select(Dice(seed).draw("x", pl.col("key"))).to_series()
    assert drawn.to_list() == [_number(Dice(seed), "x", key) for key in keys]


def test_the_purpose_and_the_seed_change_everything() -> None:
    numbers = {_number(Dice(seed), what, 1) for seed in (1, 2) for what in ("a", "b")}
    assert len(numbers) == 4


def test_chances_come_as_often_as_they_should() -> None:
    keys = pl.DataFrame({"key": range(20_000)})
    dice, key = Dice(3), pl.col("key")
    often = keys.select(dice.chance("x", key, 250)).to_series().sum()
    assert 4_800 <= often <= 5_200
    picked = keys.select(dice.pick("y", key, weighted({"a": 3, "b": 1}))).to_series()
    assert 14_700 <= (picked == "a").sum() <= 15_300


def test_one_draw_has_several_digits() -> None:
    frame = pl.DataFrame({"draw": [123_456]}, schema={"draw": pl.UInt64})
    draw = pl.col("draw")
    digits = frame.select(a=part(draw, 1, 10), b=part(draw, 10, 10), c=part(draw, 1000, 1000))
    assert digits.row(0) == (6, 5, 123)
