"""Rows of a table that come in pieces, put where they lie in a dataset: a week, a block of schools.

Few of them are held: what a buffer does not take is packed into a temporary file, which the system
removes with the program.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from monitor_cli.dataset.disk import Aside, Disk

BUFFERED = 1 << 25
"""Bytes of rows that are held before they are put aside."""
SCHOOLS_A_BLOCK = 128
_BUCKET = "__bucket"
_BLOCKS = 1 << 20
_EPOCH_MONDAY = -3
"""1970-01-01, day 0 of a Date, was a Thursday."""


class _Slip:
    """Rows of one bucket: held, or put aside at a place."""

    __slots__ = ("bucket", "frame", "height", "place")

    def __init__(self, bucket: int, frame: pl.DataFrame) -> None:
        self.bucket = bucket
        self.frame: pl.DataFrame | None = frame
        self.height = frame.height
        self.place = (0, 0)


class Packed:
    """A piece that was packed; it counts when it is given to `Gathered.keep`."""

    __slots__ = ("empty", "filled", "slips")

    def __init__(self, piece: pl.DataFrame, slips: list[_Slip]) -> None:
        """Remember what is asked of a piece later."""
        self.empty = piece.clear()
        self.slips = slips
        columns = piece.get_columns()
        self.filled = {one.name for one in columns if one.null_count() < len(one)}


class Buffer:
    """What waits of all tables of a dump: held while it is little, then put aside."""

    __slots__ = ("_aside", "_bytes", "_disk", "_held", "_lock")

    def __init__(self, disk: Disk) -> None:
        """Nothing waits yet."""
        self._disk = disk
        self._aside: Aside | None = None
        self._held: list[_Slip] = []
        self._bytes = 0
        self._lock = Lock()

    def take(self, slips: list[_Slip], size: int) -> None:
        """Take rows of so many bytes.

        Raises:
            OSError: the disk refuses.
        """
        with self._lock:
            self._held += slips
            self._bytes += size
            if self._bytes <= BUFFERED:
                return
            if self._aside is None:
                self._aside = self._disk.aside()
            for slip in self._held:
                if slip.frame is not None:
                    slip.place = self._aside.append(slip.frame)
                    slip.frame = None
            self._held.clear()
            self._bytes = 0

    def read(self, slip: _Slip) -> pl.DataFrame:
        """The rows of a slip.

        Raises:
            OSError: the disk refuses.
        """
        with self._lock:
            if slip.frame is not None:
                return slip.frame
            if self._aside is None:
                message = "rows were put aside and there is no place for them"
                raise AssertionError(message)
            return self._aside.read(*slip.place)


class Gathered:
    """The rows of a table by bucket: a number that rises by week, then by block of schools.

    `filled`: the columns that have a value in some row. `empty`: the columns. Pieces are packed in
    several threads, and in vain where the rows pass once more; kept are those that pass at last.
    """

    __slots__ = ("_buffer", "_slips", "empty", "filled")

    def __init__(self, buffer: Buffer) -> None:
        """Nothing has come yet."""
        self._buffer = buffer
        self._slips: dict[int, list[_Slip]] = {}
        self.filled: set[str] = set()
        self.empty = pl.DataFrame()

    @property
    def buckets(self) -> list[int]:
        """Those that have rows, in their order."""
        return sorted(self._slips)

    def pack(self, piece: pl.DataFrame, bucket: pl.Series | None = None) -> Packed:
        """Take rows, each into its `bucket`, or all into one.

        Raises:
            OSError: the disk refuses.
        """
        slips = [_Slip(number, part) for number, part in _parts(piece, bucket).items()]
        self._buffer.take(slips, int(piece.estimated_size()))
        return Packed(piece, slips)

    def keep(self, packed: Iterable[Packed]) -> None:
        """Have these pieces, in this order, and no others."""
        for one in packed:
            self.empty = one.empty
            self.filled |= one.filled
            for slip in one.slips:
                self._slips.setdefault(slip.bucket, []).append(slip)

    def height(self, buckets: Iterable[int]) -> int:
        """How many rows some buckets have."""
        return sum(slip.height for bucket in buckets for slip in self._slips[bucket])

    def rows(self, buckets: Iterable[int]) -> pl.DataFrame:
        """The rows of some buckets.

        Raises:
            OSError: the disk refuses.
        """
        slips = [slip for bucket in buckets for slip in self._slips[bucket]]
        return pl.concat([self._buffer.read(slip) for slip in slips]) if slips else self.empty


def _parts(piece: pl.DataFrame, bucket: pl.Series | None) -> dict[int, pl.DataFrame]:
    """The rows of a piece by bucket, in their order."""
    if not piece.height:
        return {}
    if bucket is None:
        return {0: piece}
    parts = piece.with_columns(bucket.alias(_BUCKET)).partition_by(
        _BUCKET, maintain_order=True, include_key=False, as_dict=True
    )
    return {int(key[0]): part for key, part in parts.items()}


def bucket_of(week: pl.Series, school: pl.Series, schools: pl.Series) -> pl.Series:
    """The bucket of rows by the Monday of their `week` and their `school`, null before all.

    `schools`: ids in rising order, by which blocks are told.
    """
    block = schools.search_sorted(school, side="left").cast(pl.Int64) // SCHOOLS_A_BLOCK + 1
    number = (week.to_physical().cast(pl.Int64) - _EPOCH_MONDAY) // 7
    return number * _BLOCKS + block.set(school.is_null(), 0)


def week_of_bucket(bucket: int) -> date:
    """The Monday of a bucket."""
    day = bucket // _BLOCKS * 7 + _EPOCH_MONDAY
    monday: date = pl.Series([day], dtype=pl.Int32).cast(pl.Date).item()
    return monday


def regrouped(pieces: Iterable[pl.DataFrame], rows: int) -> Iterator[pl.DataFrame]:
    """The rows of pieces, so many at a time; one piece at least, if there is any."""
    waiting: list[pl.DataFrame] = []
    for piece in pieces:
        waiting.append(piece)
        while sum(one.height for one in waiting) > rows:
            whole = pl.concat(waiting)
            yield whole.head(rows)
            waiting = [whole.slice(rows)]
    if waiting:
        yield pl.concat(waiting)
