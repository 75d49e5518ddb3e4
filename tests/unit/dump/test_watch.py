"""Keys that rows share, told while the rows pass in pieces."""

from __future__ import annotations

from collections import Counter

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from monitor_cli.dump.keys import Watch

KEYS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=14)


@given(keys=KEYS, in_order=st.booleans(), size=st.integers(1, 5), keeps=st.booleans())
def test_shared_keys_are_found_whatever_the_order_and_the_pieces(
    keys: list[tuple[int, int]], size: int, *, in_order: bool, keeps: bool
) -> None:
    rows = sorted(keys) if in_order else keys
    frame = pl.DataFrame(rows, schema={"a": pl.Int64, "b": pl.Int64}, orient="row")
    pieces = list(frame.iter_slices(size))
    watch = Watch(("a", "b"), keeps=keeps)
    for piece in pieces:
        watch.see(piece)
    shared = watch.shared()
    if shared is None:
        assert not keeps
        again = Watch(("a", "b"), keeps=True)
        for piece in pieces:
            again.see(piece)
        shared = again.shared()
    assert shared is not None
    doubled = {key for key, rows_ in Counter(keys).items() if rows_ > 1}
    assert set(watch.among(frame, shared).rows()) == doubled


def test_keys_that_rise_are_not_kept() -> None:
    watch = Watch(("a", "b"))
    for start in (0, 10, 20):
        watch.see(pl.DataFrame({"a": [start, start, start + 1], "b": [1, 2, 0]}))
    shared = watch.shared()
    assert shared is not None
    assert shared.is_empty()
