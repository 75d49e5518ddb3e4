"""Sums by one key: the same whether its rows lie together or not."""

from __future__ import annotations

import polars as pl

from monitor_cli.engine.count import add_up

ROWS = pl.DataFrame({"place": [0, 0, 1, 3, 3], "late": [True, None, False, True, True]})


def test_rows_that_lie_together_add_up_as_those_in_no_order() -> None:
    expected = {"place": [0, 1, 3], "late": [1, 0, 2]}
    for rows in (ROWS, ROWS[[3, 0, 2, 4, 1]], ROWS.reverse()):
        added = add_up(rows, {"late": pl.col("late")}, ["place"]).sort("place")
        assert added.to_dict(as_series=False) == expected
        assert added.schema["late"] == pl.Int64


def test_no_rows_add_up_to_no_places() -> None:
    assert add_up(ROWS.clear(), {"late": pl.col("late")}, ["place"]).is_empty()
