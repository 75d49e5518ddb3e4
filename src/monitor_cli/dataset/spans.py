"""Which schools the files of a table hold, by their own statistics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl

SCHOOL = "school_id"


@dataclass(frozen=True, slots=True)
class Span:
    """The schools from one id to another, both included; None: from the first, to the last.

    Rows without a school come before all.
    """

    first: int | str | None
    last: int | str | None

    @classmethod
    def of(cls, schools: pl.Series) -> Span:
        """From the least to the greatest of some ids, null among them."""
        if schools.null_count() == len(schools):
            return ANYWHERE
        first: int | str = schools.min()  # type: ignore[assignment]
        last: int | str = schools.max()  # type: ignore[assignment]
        return cls(None if schools.null_count() else first, last)

    def meets(self, other: Span) -> bool:
        """Whether a school may be in both."""
        return not self.before(other) and not other.before(self)

    def before(self, other: Span) -> bool:
        """Whether all of these come before all of the others; ids of another kind are not told."""
        last, first = self.last, other.first
        if isinstance(last, int) and isinstance(first, int):
            return last < first
        return isinstance(last, str) and isinstance(first, str) and last < first


ANYWHERE = Span(None, None)


def span_of(path: Path) -> Span | None:
    """The schools of a file's rows; None where its statistics do not tell."""
    import pyarrow as pa  # type: ignore[import-untyped]  # noqa: PLC0415  (whole datasets do without)
    import pyarrow.parquet as pq  # type: ignore[import-untyped]  # noqa: PLC0415

    try:
        with pq.ParquetFile(path) as file:
            found = file.metadata
            column = file.schema_arrow.get_field_index(SCHOOL)
            groups = [found.row_group(one).column(column) for one in range(found.num_row_groups)]
    except (OSError, pa.ArrowException):
        return None
    said = [group.statistics for group in groups]
    if column < 0 or not said or any(one is None or not one.has_min_max for one in said):
        return None
    without = any(not one.has_null_count or one.null_count for one in said)
    return Span(None if without else min(one.min for one in said), max(one.max for one in said))
