"""What validating a dump hands to every renderer: rows with a fault, verdicts, remarks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from monitor_cli.clock import Week
    from monitor_cli.language import Words


class Effect(StrEnum):
    """What becomes of a row with a fault."""

    SET_ASIDE = "set_aside"
    """Its content is lost to the figures."""
    REPEATED = "repeated"
    """Another row says the same: the rows are one."""
    USED = "used"
    """It counts, but for the cell at fault."""


class Place(NamedTuple):
    """A row of a dump: the path of its file below the dump, and its line (Parquet: its row)."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A row with a fault.

    `columns`: those at fault, or the key of a row that repeats or shares one. `value`: their text
    as in the file, shortened and without control characters. `stands`: the row that counts
    instead. `fields`: how many the line has and how many the header (None: broken quotes).
    """

    line: int
    columns: tuple[str, ...] = ()
    value: str = ""
    stands: Place | None = None
    fields: tuple[int | None, int] | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """The rows of a file with one fault: how many, and the first of them in the order of lines."""

    table: str
    code: str
    effect: Effect
    file: str
    rows: int
    findings: tuple[Finding, ...]


class Verdict(StrEnum):
    """What is to be thought of a table."""

    FINE = "fine"
    """Every row is used or repeats one that is."""
    FAULTY = "faulty"
    """Rows were set aside."""
    EMPTY = "empty"
    """The table is there and has no rows."""
    BROKEN = "broken"
    """A file of it has a structural fault."""
    MISSING = "missing"
    """It is not in the dump."""


class TableVerdict(NamedTuple):
    """What became of the rows of a table: used + repeated + set aside == read.

    `needed`: some indicator reads it.
    """

    table: str
    verdict: Verdict
    needed: bool
    files: int
    read: int
    used: int
    repeated: int
    set_aside: int


class Broken(NamedTuple):
    """A structural fault, and the table and file that it is in, where it is in one."""

    table: str | None
    file: str | None
    what: Words
    remedy: Words | None


class WeekRows(NamedTuple):
    """The lessons of a week, how many of them are cancelled, how many schools have any."""

    week: Week
    lessons: int
    cancelled: int
    schools: int


class Hours(NamedTuple):
    """How many entries of a column fall into each hour of the day, school-local."""

    table: str
    column: str
    entries: tuple[int, ...]


class Remark(NamedTuple):
    """What should be looked at: a code, the table concerned, how much of it, in words, examples.

    `amount` counts rows, schools, classes, files or headers, as the words say. `examples` are
    texts of the dump or names of schools: shortened, without control characters. `places` are the
    first of the rows, where it is about rows of files.
    """

    code: str
    table: str | None
    amount: int
    message: Words
    examples: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Validation:
    """What is wrong with a dump.

    `now` is the moment by which it was judged. With structural faults (`broken`) there are no
    `weeks`, no `hours` and no remarks on what the tables hold.
    """

    source: str
    now: datetime
    sample: bool
    broken: tuple[Broken, ...]
    tables: tuple[TableVerdict, ...]
    problems: tuple[Listed, ...]
    remarks: tuple[Remark, ...]
    weeks: tuple[WeekRows, ...]
    hours: tuple[Hours, ...]

    @property
    def clean(self) -> bool:
        """Whether nothing is broken or set aside, and no table that an indicator reads missing."""
        good = (Verdict.FINE, Verdict.EMPTY)
        return not self.broken and all(one.verdict in good for one in self.tables if one.needed)
