"""Rows that repeat another, and rows that share a key. Source: `dump.md`, «A row that repeats…».

Of identical rows the last stands for all (`repeated`); of different rows with one key the last
stands (`duplicate_key`), in the order of paths, then lines.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.dump import faults
from monitor_cli.dump.findings import refuse
from monitor_cli.dump.problems import ROW, Reason
from monitor_cli.dump.tables import Rows, reread
from monitor_cli.dump.values import UNKNOWN_ROLE

if TYPE_CHECKING:
    from monitor_cli.dump.options import ReadOptions

_TOLERATED = 100
"""A register may have one row in so many under `duplicate_key`."""


def settle(rows: Rows, options: ReadOptions) -> None:
    """Leave one row of each key in the frame, and count the others.

    Raises:
        DumpError: over 1 % of a register's rows differ from another row with their key.
    """
    frame = rows.frame
    ours = [name for name in frame.columns if name not in (ROW, UNKNOWN_ROLE)]
    key = list(rows.shape.key) or ours
    if _all_different(frame, key):
        return
    doubled = frame.lazy().group_by(key).agg(pl.len().alias(ROW)).filter(pl.col(ROW) > 1).collect()
    if doubled.is_empty():
        return
    candidates = frame.join(doubled.select(key), on=key, how="semi", nulls_equal=True).sort(ROW)
    compared = list(ours)
    others = rows.columns - frozenset(ours)
    if others:
        more = reread(rows, candidates[ROW], others, options)
        candidates = candidates.join(more, on=ROW, how="left", validate="1:1").sort(ROW)
        compared += more.drop(ROW).columns
    distinct = candidates.unique(subset=compared, keep="last", maintain_order=True)
    last = distinct.unique(subset=key, keep="last", maintain_order=True)
    given_up = candidates.filter(~pl.col(ROW).is_in(last[ROW].implode()))[ROW]
    rows.frame = frame.filter(~pl.col(ROW).is_in(given_up.implode()))
    if rows.findings is not None:
        rows.findings.of_doubled(rows, candidates, distinct, last, compared)
    rows.tally[Reason.REPEATED] += candidates.height - distinct.height
    duplicates = distinct.height - last.height
    rows.tally[Reason.DUPLICATE_KEY] += duplicates
    if rows.shape.register and duplicates * _TOLERATED > rows.read:
        error = faults.ids_not_unique(rows.shape.table, key, duplicates, rows.read)
        refuse(error, rows.findings, rows.shape.table)


def _all_different(frame: pl.DataFrame, key: list[str]) -> bool:
    """Whether surely no two rows share a key: a cheap look that may miss, but never claims wrongly.

    Sorted keys are compared with their neighbours; of others, different hashes are different keys.
    """
    if frame.height < 2:  # noqa: PLR2004
        return True
    if len(key) == 1:
        return frame[key[0]].n_unique() == frame.height
    first, second = (pl.col(name) for name in key[:2])
    if frame[key[0]].is_sorted() and not frame[key[0]].null_count():
        rises = (first > first.shift(1)) | (second > second.shift(1))
        if frame.select(rises.slice(1).fill_null(value=False).all()).item():
            return True
    hashes = [pl.col(name).hash(seed) for seed, name in enumerate(key)]
    combined = reduce(lambda one, other: one.xor(other), hashes)
    return bool(frame.select(combined.n_unique()).item() == frame.height)
