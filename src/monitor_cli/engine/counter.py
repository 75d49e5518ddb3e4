"""How a report has a week counted: in this process, or by whoever counts partitions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from monitor_cli.dataset.layout import is_dataset
from monitor_cli.engine.query import counted_for, reach
from monitor_cli.engine.query import wanted as tables_wanted
from monitor_cli.engine.source import opened
from monitor_cli.engine.week import CountedWeek

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from monitor_cli.dump.dump import Dump
    from monitor_cli.engine.evidence.witness import Witness
    from monitor_cli.engine.query import Query
    from monitor_cli.engine.week import Counting
    from monitor_cli.settings import Settings

S = TypeVar("S")


class Look(Protocol[S]):
    """What a report takes from the rows of a week besides its sums, there where they are.

    It is sent to workers as it is, and so is what it has seen.
    """

    @property
    def by_id(self) -> bool:
        """Whether rows are told by ids and moments that counting alone does not read."""

    def witness(self, rules: Settings) -> Witness | None:
        """Who is shown the rows as they pass."""

    def seen(self, dump: Dump, counting: Counting, witness: Witness | None, rules: Settings) -> S:
        """What was seen of a dump, or of a partition of one, that is counted."""

    def joined(self, parts: Sequence[S]) -> S:
        """What partitions have seen, together; none has a school of another."""

    def weight(self, seen: S) -> int:
        """About how many bytes this takes until it is told."""


class _Nothing:
    """The sums are all that is asked for."""

    by_id = False

    def witness(self, _rules: Settings) -> None:
        """Nobody."""

    def seen(
        self, _dump: Dump, _counting: Counting, _witness: Witness | None, _rules: Settings
    ) -> None:
        """Nothing."""

    def joined(self, _parts: Sequence[None]) -> None:
        """Nothing."""

    def weight(self, _seen: None) -> int:
        """Nothing."""
        return 0


NOTHING = _Nothing()


class Counter(Protocol):
    """Counts what a query asks of the dump at a path, and looks at its rows."""

    def __call__(
        self,
        path: Path,
        settings: Settings,
        query: Query,
        look: Look[S],
        *,
        as_imported: date | None = None,
    ) -> tuple[CountedWeek, S]:
        """Count, and look.

        `as_imported`: of a dataset, as it was at the end of that day.

        Raises:
            UsageError: a filter, a level or an indicator that cannot be had; no such earlier state.
            DumpError: the dump cannot be read or has the wrong shape.
        """


def at_once(
    path: Path,
    settings: Settings,
    query: Query,
    look: Look[S],
    *,
    as_imported: date | None = None,
) -> tuple[CountedWeek, S]:
    """The `Counter` that counts all of a dump in this process.

    Raises:
        UsageError, DumpError: as `Counter` says.
    """
    checked = is_dataset(path) and not look.by_id
    tables = tables_wanted(query, counted_for(query, settings), checked=checked)
    dump = opened(path, tables, settings, reach=reach(query), as_imported=as_imported)
    witness = look.witness(settings)
    counted = CountedWeek.counted(dump, settings, query, witness)
    return counted, look.seen(dump, counted.counting, witness, settings)
