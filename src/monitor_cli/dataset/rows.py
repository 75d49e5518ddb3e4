"""The rows of a table while a snapshot is made: files of the former one, and rows to be written.

Those of a week lie in the order of schools, so what a dump says nothing of is left as it is: the
files before its schools and those behind them. A register keeps the order in which rows came.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.dataset.incoming import as_ids
from monitor_cli.dataset.shape import scanned
from monitor_cli.dataset.spans import span_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from monitor_cli.dataset.manifest import File
    from monitor_cli.dataset.spans import Span


@dataclass(frozen=True, slots=True)
class Stored:
    """The rows of a file of the former snapshot in `folder`."""

    folder: Path
    file: File

    @property
    def height(self) -> int:
        """How many rows."""
        return self.file.rows

    @property
    def span(self) -> Span | None:
        """The schools that they may be of; None: not to be told."""
        return span_of(self.folder / self.file.path)

    def read(self, text_ids: frozenset[str]) -> pl.LazyFrame:
        """The rows, with ids as the next snapshot has them.

        Raises:
            DumpError: the file is not as an import left it.
        """
        return as_ids(scanned(self.folder, [self.file]), text_ids)


@dataclass(frozen=True, slots=True)
class Fresh:
    """Rows that are to be written: made in pieces when they are. `height`: how many."""

    make: Callable[[], Iterator[pl.DataFrame]]
    height: int
    span: Span | None = None

    @classmethod
    def of(cls, frame: Callable[[], pl.LazyFrame], height: int, span: Span | None = None) -> Fresh:
        """Rows that come in one piece."""
        return cls(lambda: iter([frame().collect()]), height, span)

    def read(self, _: frozenset[str]) -> pl.LazyFrame:
        """The rows."""
        return pl.concat(list(self.make())).lazy()


Rows = tuple[Stored | Fresh, ...]
"""The rows of a week or of a register, in their order."""
Weeks = dict["date | None", Rows]
"""The rows of a table by the Monday of their week; a register's stand under None."""


def read(rows: Rows, text_ids: frozenset[str]) -> pl.LazyFrame:
    """All of one or more rows.

    Raises:
        DumpError: a file is not as an import left it.
    """
    if len(rows) == 1:
        return rows[0].read(text_ids)
    return pl.concat([one.read(text_ids) for one in rows])


def height(rows: Rows) -> int:
    """How many there are."""
    return sum(one.height for one in rows)


@dataclass(frozen=True, slots=True)
class Split:
    """The rows of a week: of schools before a span, those that may be within it, those behind."""

    before: Rows
    within: Rows
    behind: Rows

    @property
    def rows(self) -> Rows:
        """All of them."""
        return (*self.before, *self.within, *self.behind)

    @classmethod
    def at(cls, rows: Rows, span: Span) -> Split:
        """Split rows that are in the order of schools."""
        begin, end = 0, len(rows)
        while begin < end and _before(rows[begin].span, span):
            begin += 1
        while end > begin and _before(span, rows[end - 1].span):
            end -= 1
        return cls(rows[:begin], rows[begin:end], rows[end:])

    def filled(self, more: int, full: int) -> Split:
        """The same with neighbours drawn in, as long as `full` has room for them and `more` rows.

        So that many small dumps do not make many small files.
        """
        before, within, behind = self.before, self.within, self.behind
        size = height(within) + more
        while before and size + before[-1].height <= full:
            size += before[-1].height
            before, within = before[:-1], (before[-1], *within)
        while behind and size + behind[0].height <= full:
            size += behind[0].height
            within, behind = (*within, behind[0]), behind[1:]
        return Split(before, within, behind)


def _before(one: Span | None, other: Span | None) -> bool:
    return one is not None and other is not None and one.before(other)


def appended(rows: Rows, more: pl.DataFrame, full: int, text_ids: frozenset[str]) -> Rows:
    """A register with further rows: in its last file if `full` has room for them, else behind it.

    Raises:
        DumpError: a file is not as an import left it.
    """
    if not rows:
        return (Fresh.of(more.lazy, more.height),)
    if not more.height:
        return rows
    last = rows[-1]
    if last.height + more.height > full:
        return (*rows, Fresh.of(more.lazy, more.height))
    together = pl.concat([last.read(text_ids).collect(), more])
    return (*rows[:-1], Fresh.of(together.lazy, together.height))


def converted(
    rows: Rows, order: Sequence[str] | None, text_ids: frozenset[str]
) -> tuple[Stored | Fresh, ...]:
    """Rows whose ids were integers and are text in the next snapshot: that is another order."""
    frame = read(rows, text_ids)
    return (Fresh.of(lambda: frame if order is None else frame.sort(order), height(rows)),)
