"""What reports other than a week hand to every renderer: sheets of titled, typed columns."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from monitor_cli.result import Measure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from monitor_cli.language import Words
    from monitor_cli.result import Notice, Problem, WeekResult

Value = str | int | float | bool | date | datetime | Measure | tuple[float | None, ...] | None
"""A cell. `None` is «no data», never 0; which type it has is told by the kind of its column."""


class Kind(StrEnum):
    """What the cells of a column are, and so how each format shows them."""

    TEXT = "text"
    ID = "id"
    """Text in every format, also where it looks like a number."""
    COUNT = "count"
    PERCENT = "percent"
    """A float of 0–100, unrounded; shown with two decimals."""
    NUMBER = "number"
    """A float, 0 or more, without a unit (an average mark), unrounded; shown with two decimals."""
    POINTS = "points"
    """A signed float in percentage points, unrounded; shown with a sign and two decimals."""
    MEASURE = "measure"
    """A `Measure`: shown as its rounded value with the sign of its band, exact for programs."""
    DATE = "date"
    MOMENT = "moment"
    """A naive local `datetime`, to the second."""
    MINUTES = "minutes"
    """A whole number of minutes; shown as «2 ч 14 мин»."""
    CODE = "code"
    """A word of `Column.words`: itself for programs, its words for people."""
    FLAG = "flag"
    SERIES = "series"
    """Values in order, `None` a gap: a sparkline for people, a list for programs."""


NUMBERS = frozenset(
    {
        Kind.COUNT,
        Kind.PERCENT,
        Kind.NUMBER,
        Kind.POINTS,
        Kind.MEASURE,
        Kind.MINUTES,
        Kind.SERIES,
    }
)
"""The kinds that a total can have; the others say which row it is."""


class Reader(StrEnum):
    """Who is shown a column; a workbook shows all of them."""

    ALL = "all"
    PEOPLE = "people"
    """Tables alone: what programs are told by other columns."""
    PROGRAMS = "programs"
    """Ids, and what people are told by other columns."""


class Column(NamedTuple):
    """A column of a sheet: its key for programs, its title for people.

    `words` say each value of a `Kind.CODE` column. `compared`: the measures of a
    `Kind.MEASURE` column are compared with another week, so programs are told each `change`.
    """

    key: str
    title: Words
    kind: Kind = Kind.TEXT
    words: Mapping[str, Words] = MappingProxyType({})
    compared: bool = False
    reader: Reader = Reader.ALL


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of a report: `rows` and `totals` hold a value for each of `columns`, in order.

    `key` names it for programs. Of `totals` the columns of `NUMBERS` are shown, and the first
    one where it says what is added up («Итого» without). `rows_in_all` is how many rows there
    were before a limit cut them; `note` is said under the sheet.
    """

    key: str
    title: Words
    columns: Sequence[Column]
    rows: Sequence[tuple[Value, ...]]
    totals: tuple[Value, ...] | None = None
    rows_in_all: int | None = None
    note: Words | None = None

    def __post_init__(self) -> None:
        """Refuse a row that does not have a value for each column."""
        width = len(self.columns)
        rows = self.rows if self.totals is None else (*self.rows, self.totals)
        for row in rows:
            if len(row) != width:
                message = f"{self.key}: {len(row)} values for {width} columns"
                raise ValueError(message)

    def shown_to(self, reader: Reader) -> Sheet:
        """The sheet with the columns of that reader and those of all."""
        kept = [
            at for at, column in enumerate(self.columns) if column.reader in (Reader.ALL, reader)
        ]
        if len(kept) == len(self.columns):
            return self
        return replace(
            self,
            columns=[self.columns[at] for at in kept],
            rows=[tuple(row[at] for at in kept) for row in self.rows],
            totals=None if self.totals is None else tuple(self.totals[at] for at in kept),
        )


@dataclass(frozen=True, slots=True)
class Report:
    """A report: what it is about, and its sheets, the main one named by `main`.

    `name` is that of the command and of its schema, `monitor.<name>/1`. `head` holds what
    programs are told before the sheets (the week, the indicator, …), in order; its values are
    those of JSON. `lines` are for people, above the sheets. Formats of one table (NDJSON, CSV,
    Parquet) hold the sheet `main`; the others hold all. `day` is the last one that the report is
    about: a workbook bears it as that of its making.
    """

    name: str
    title: Words
    main: str
    sheets: Sequence[Sheet]
    head: Mapping[str, object] = field(default_factory=dict)
    lines: Sequence[Words] = ()
    problems: Sequence[Problem] = ()
    warnings: Sequence[Notice] = ()
    sample: bool = False
    complete: bool = True
    day: date | None = None

    def sheet(self, key: str) -> Sheet:
        """The sheet named `key`.

        Raises:
            KeyError: there is none.
        """
        for one in self.sheets:
            if one.key == key:
                return one
        raise KeyError(key)


class PartSheet(StrEnum):
    """The sheets that a part of a report may have beside its week."""

    STEPS = "steps"
    """A row a school and indicator that it does not reach, with what would do; `number` is its
    place among those of the school."""
    COURSES = "courses"
    """A row an indicator, a column a week."""
    COURSES_OF_SCHOOLS = "courses_of_schools"
    CLASSES = "classes"
    """Those that miss most first; so with teachers."""
    TEACHERS = "teachers"
    REMARKS = "remarks"
    PENDING = "pending"
    """The tasks that the municipality or its schools have not accepted."""


class Part(NamedTuple):
    """What a file of a report is about: a municipality, or a school.

    `keys`: the key columns of its level. `result`: the week at its schools, or at that school.
    `sheets`: what else is told, in order, nothing cut away; their keys are those of `PartSheet`, or
    `<report>.<sheet>` of another report, which only a workbook holds.
    """

    keys: Mapping[str, str | int | None]
    result: WeekResult
    sheets: tuple[Sheet, ...]

    @property
    def of_school(self) -> bool:
        """Whether it is about a school."""
        return "school" in self.keys

    @property
    def name(self) -> str:
        """What the municipality, or the school, is called; empty where nobody gave it a name."""
        name = self.keys["school" if self.of_school else "municipality"]
        return "" if name is None else str(name)


class SheetShape(NamedTuple):
    """A sheet as it is declared: every column that it may have, in order.

    `optional` are the keys of columns that some reports lack; `totals`: it may have totals;
    `always`: it is in every report.
    """

    key: str
    columns: Sequence[Column]
    optional: frozenset[str] = frozenset()
    totals: bool = False
    always: bool = True


class ReportShape(NamedTuple):
    """A report as it is declared: what its schema and its page in the documentation are made of.

    `head` gives the JSON Schema of each value of `Report.head`; `about` is Markdown.
    """

    name: str
    about: Words
    sheets: Sequence[SheetShape]
    head: Mapping[str, Mapping[str, object]] = MappingProxyType({})
