"""Where the rows come from: a dump, or a dataset made of dumps, which is read as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor_cli import clock
from monitor_cli.dataset import layout
from monitor_cli.dump.dump import ReadOptions, load

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from monitor_cli.columns import Table
    from monitor_cli.dataset.reading import Reach
    from monitor_cli.dump.dump import Dump
    from monitor_cli.settings import Settings


def read_options(settings: Settings) -> ReadOptions:
    """What of the settings reading a dump needs."""
    return ReadOptions(
        timezone=settings.timezone,
        source_tz=settings.source_tz,
        encoding=settings.encoding,
        separator=settings.separator,
        strict=settings.strict,
        region=settings.defaults.region,
        municipality=settings.defaults.municipality,
        columns=settings.columns,
    )


def opened(
    path: Path,
    wanted: Mapping[Table, frozenset[str]],
    settings: Settings,
    *,
    reach: Mapping[Table, Reach],
    as_imported: date | None = None,
) -> Dump:
    """The wanted columns of the wanted tables; of a dataset only the weeks within `reach`.

    `as_imported`: of a dataset, the state at the end of that day by the clock of the settings.

    Raises:
        DumpError: what is there cannot be read.
        UsageError: no such earlier state.
    """
    return read_by(read_options(settings), path, wanted, reach, as_imported)


def read_by(
    options: ReadOptions,
    path: Path,
    wanted: Mapping[Table, frozenset[str]],
    reach: Mapping[Table, Reach],
    as_imported: date | None,
) -> Dump:
    """As `opened`; `dump.with_dump` reads so, twice where it must.

    Raises:
        DumpError: what is there cannot be read.
        UsageError: no such earlier state.
    """
    if layout.is_dataset(path):
        from monitor_cli.dataset import reading

        snapshot = layout.find(path, as_imported, clock.zone(options.timezone))
        return reading.load(snapshot, wanted, options, reach)
    if as_imported is not None:
        from monitor_cli.dataset import faults

        raise faults.no_dataset(path)
    return load(path, wanted, options)
