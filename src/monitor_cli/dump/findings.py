"""Which rows of a dump are not used as they stand, by file and line: collected where asked for.

Checks note rows by number while the dump is read; the lines and the cells of those noted are read
again at the end. What is noted is bounded, what is counted is exact.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from monitor_cli.columns import SHAPES, Table
from monitor_cli.dump import faults
from monitor_cli.dump.problems import FAULT, ROW, Reason
from monitor_cli.dump.raw import LISTED
from monitor_cli.dump.read import read
from monitor_cli.dump.texts import as_text
from monitor_cli.verdict import Effect, Finding, Listed, Place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from monitor_cli.dump.find import Found
    from monitor_cli.dump.options import ReadOptions
    from monitor_cli.dump.parts import Part
    from monitor_cli.dump.raw import Around
    from monitor_cli.dump.tables import PartRead, Rows
    from monitor_cli.errors import DumpError

MOST = 100_000
"""Rows of a dump that are noted one by one; the others are only counted."""
STANDS = "__stands"
"""UInt32: the row that counts instead of a row."""
_NONE = pl.DataFrame(schema={ROW: pl.UInt32, FAULT: pl.String})


class FileRead(NamedTuple):
    """A file that was read to its end: its rows, its headers as they stand, its other lines."""

    rows: int
    headers: tuple[str, ...]
    around: Around


class Fault(NamedTuple):
    """A structural fault of the dump: the table and the file that it is in, where it is in one."""

    error: DumpError
    table: Table | None
    file: str | None


class _Group(NamedTuple):
    """What the rows of a `Listed` share."""

    table: Table
    code: str
    effect: Effect
    file: str


class _Noted(NamedTuple):
    """A row that was noted and whose line is not known yet; `stands` is the row that counts."""

    group: _Group
    row: int
    columns: tuple[str, ...]
    stands: int | None


class Findings:
    """Where `load` notes what it finds, and structural faults too, as far as it can go on.

    `files`: what was read, by table and file. `faults`: structural faults. `lost`: tables of which
    a file could not be read, so that nothing can be said of what refers to them. `found`: the
    files of the dump, once they have been looked for.
    """

    def __init__(self, path: Path) -> None:
        """Nothing is found yet in the dump at `path`."""
        self._root = path if path.is_dir() else path.parent
        self.files: dict[tuple[Table, str], FileRead] = {}
        self.faults: list[Fault] = []
        self.lost: set[Table] = set()
        self.found: Found | None = None
        self._counts: Counter[_Group] = Counter()
        self._noted: defaultdict[Table, list[_Noted]] = defaultdict(list)
        self._found: defaultdict[_Group, list[Finding]] = defaultdict(list)
        self._taken: Counter[_Group] = Counter()
        self._left = MOST
        self._read: dict[Table, tuple[Rows, ReadOptions]] = {}

    def name_of(self, part: Part) -> str:
        """The path of a file below the dump, and the sheet where the file is a workbook."""
        path = part.path
        if path.is_relative_to(self._root):
            path = path.relative_to(self._root)
        sheet = "" if part.sheet_name is None else f": {part.sheet_name}"
        return faults.cleaned(f"{path.as_posix()}{sheet}")

    def of_part(self, part: Part, one: PartRead) -> None:
        """Note what reading a file has set aside."""
        file = self.name_of(part)
        self.files[part.table, file] = FileRead(one.read, one.headers, one.around)
        for reason, rows in one.tally.items():
            self._counts[_Group(part.table, reason, Effect.SET_ASIDE, file)] += rows
        width = len(one.headers)
        for line, fields, again, unread in one.broken:
            reason = Reason.REPEATED_HEADER if again else Reason.RAGGED_LINE
            if unread:
                reason = Reason.UNREAD_CELL
            group = _Group(part.table, reason, Effect.SET_ASIDE, file)
            if self._room(group, 1):
                counted = None if again or unread else (fields, width)
                self._found[group].append(Finding(line, fields=counted))
        faulty = pl.concat(one.faulty or [_NONE]).sort(ROW)
        for row, fault in faulty.select(ROW, FAULT).iter_rows():
            reason, _, column = fault.partition(" ")
            group = _Group(part.table, reason, Effect.SET_ASIDE, file)
            if self._room(group, 1):
                self._noted[part.table].append(_Noted(group, row, (column,), None))

    def refused(self, error: DumpError, table: Table | None, part: Part | None) -> None:
        """Note a structural fault of a file, or of a table, or of the dump."""
        if part is not None:
            self.lost.add(part.table)
        self.faults.append(Fault(error, table, None if part is None else self.name_of(part)))

    def of_rows(
        self, rows: Rows, code: str, at: pl.DataFrame, columns: tuple[str, ...], *, used: bool
    ) -> None:
        """Note the rows `at` (`ROW`) for their columns; `used`: they count all the same."""
        self._of_rows(rows, code, at, columns, Effect.USED if used else Effect.SET_ASIDE)

    def _of_rows(
        self,
        rows: Rows,
        code: str,
        at: pl.DataFrame,
        columns: tuple[str, ...],
        effect: Effect,
    ) -> None:
        """Note the rows `at` (`ROW`, and `STANDS` where others count instead) for their columns."""
        if STANDS not in at.columns:
            at = at.with_columns(pl.lit(None, dtype=pl.UInt32).alias(STANDS))
        starts = pl.Series(rows.starts, dtype=pl.UInt32)
        noted = at.select(ROW, STANDS).sort(ROW)
        part = starts.search_sorted(noted[ROW], side="right") - 1
        noted = noted.with_columns(part.alias("part"))
        for of_part in noted.partition_by("part", maintain_order=True):
            file = self.name_of(rows.parts[of_part.item(0, "part")])
            group = _Group(rows.shape.table, code, effect, file)
            self._counts[group] += of_part.height
            first = of_part.head(self._room(group, of_part.height))
            self._noted[rows.shape.table] += [
                _Noted(group, row, columns, other)
                for row, other in first.select(ROW, STANDS).iter_rows()
            ]

    def of_doubled(
        self,
        rows: Rows,
        candidates: pl.DataFrame,
        distinct: pl.DataFrame,
        last: pl.DataFrame,
        compared: Sequence[str],
    ) -> None:
        """Note which of `candidates` are not in `distinct`, and which of these not in `last`."""
        shown = rows.shape.key or tuple(
            name for name, column in rows.shape.columns.items() if column.needed_in_row
        )
        for code, effect, from_, to, on in (
            (Reason.REPEATED, Effect.REPEATED, candidates, distinct, compared),
            (Reason.DUPLICATE_KEY, Effect.SET_ASIDE, distinct, last, rows.shape.key or compared),
        ):
            gone = from_.filter(~pl.col(ROW).is_in(to[ROW].implode()))
            if gone.is_empty():
                continue
            found = gone.join(
                to.select(*on, pl.col(ROW).alias(STANDS)),
                on=list(on),
                how="left",
                validate="m:1",
                nulls_equal=True,
            )
            self._of_rows(rows, code, found, shown, effect)

    def locate(self, tables: Mapping[Table, Rows], options: ReadOptions) -> None:
        """Find the lines and the cells of the rows that were noted, in the files themselves."""
        self._read = {
            table: (replace(rows, frame=rows.frame.clear()), options)
            for table, rows in tables.items()
        }
        for table, rows in tables.items():
            if noted := self._noted.pop(table, []):
                located = _Located(self, rows, noted, options)
                for one in noted:
                    self._found[one.group].append(located.finding(one))

    def places(self, table: Table, at: pl.Series) -> tuple[Place, ...]:
        """Where the first of the rows numbered `at` (`ROW`) stand, in the order of the files."""
        if table not in self._read or not len(at):
            return ()
        rows, options = self._read[table]
        first = at.unique().sort().head(LISTED)
        noted = [_Noted(_Group(table, "", Effect.USED, ""), row, (), None) for row in first]
        located = _Located(self, rows, noted, options)
        return tuple(located.places[row] for row in first)

    @property
    def listed(self) -> tuple[Listed, ...]:
        """What was found, in the order of the tables, then by fault, then by file."""
        places = {table: number for number, table in enumerate(Table)}
        groups = sorted(
            (group for group, rows in self._counts.items() if rows),
            key=lambda group: (places[group.table], *group[1:]),
        )
        return tuple(
            Listed(
                group.table.value,
                str(group.code),
                group.effect,
                group.file,
                self._counts[group],
                tuple(sorted(self._found[group], key=lambda finding: finding.line)),
            )
            for group in groups
        )

    def _room(self, group: _Group, wanted: int) -> int:
        """How many more rows of the group are to be noted, at most as many as wanted."""
        room = max(0, min(wanted, LISTED - self._taken[group], self._left))
        self._taken[group] += room
        self._left -= room
        return room


class _Located:
    """The places and cells of noted rows of a table."""

    def __init__(
        self, findings: Findings, rows: Rows, noted: Sequence[_Noted], options: ReadOptions
    ) -> None:
        """Read the files with noted rows again, as far as the last of these."""
        self.places: dict[int, Place] = {}
        self.cells: dict[int, dict[str, str]] = {}
        self._options = options
        asked = {column for one in noted for column in one.columns} | set(rows.shape.key)
        shape = SHAPES[rows.shape.table]
        asked |= {name for name, column in shape.columns.items() if column.needed_in_row}
        self._asked = frozenset(asked)
        known = {one.row for one in noted}
        at = pl.Series(
            sorted(known | {one.stands for one in noted if one.stands is not None}),
            dtype=pl.UInt32,
        )
        for part, start, end in zip(rows.parts, rows.starts, rows.starts[1:], strict=False):
            inside = at.filter((at >= start) & (at < end))
            if len(inside):
                self._read(findings.name_of(part), part, start, inside)

    def _read(self, file: str, part: Part, start: int, at: pl.Series) -> None:
        """Look up the rows `at` of a file whose first row is number `start`."""
        last = at.item(len(at) - 1)
        for raw in read(part, self._asked, self._options):
            end = start + raw.frame.height
            inside = at.filter((at >= start) & (at < end))
            cells = raw.frame.select(pl.all().gather(inside - start))
            texts = pl.DataFrame([as_text(cell) for cell in cells.get_columns()])
            for row, found in zip(inside, texts.iter_rows(named=True), strict=True):
                self.places[row] = Place(file, raw.line(row - start))
                self.cells[row] = {
                    name: faults.shown((text or "").strip()) for name, text in found.items()
                }
            start = end
            if start > last:
                return

    def finding(self, one: _Noted) -> Finding:
        """A noted row with its line and what stands in its columns."""
        cells = self.cells[one.row]
        return Finding(
            self.places[one.row].line,
            one.columns,
            ", ".join(cells.get(column, "") for column in one.columns),
            None if one.stands is None else self.places[one.stands],
        )
