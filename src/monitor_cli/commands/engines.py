"""Who counts: this process at once, or by partitions, or workers of a cluster."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from monitor_cli.commands.bilingual import no_such
from monitor_cli.commands.engine_options import ENGINES
from monitor_cli.errors import UsageError
from monitor_cli.language import words
from monitor_cli.settings.places import address_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from monitor_cli.commands.reading import Source
    from monitor_cli.engine.counter import Counter
    from monitor_cli.engine.crew import Crew
    from monitor_cli.engine.query import Query
    from monitor_cli.result import WeekResult
    from monitor_cli.settings import Settings

MANY_ROWS = 15_000_000
"""From how many rows of weeks on a dataset is counted by partitions."""
ENOUGH = 700_000_000
"""Bytes of memory from which on there is room for several partitions."""
MOST_HANDS = 4
_SIZE = re.compile(r"(\d+(?:[.,]\d+)?)\s*([MG])I?B?", re.IGNORECASE)
_BYTES = {"M": 1_000_000, "G": 1_000_000_000}


class Engine(NamedTuple):
    """An engine by name; the address of its scheduler; the bytes that it may take."""

    name: str
    scheduler: str | None
    memory: int | None

    @property
    def at_once(self) -> bool:
        """Whether all is counted in this process, and nothing by partitions."""
        return self.name == "local" and self.memory is None


def read_engine(name: str, scheduler: str | None, memory: str | None) -> Engine:
    """What `--engine`, `--scheduler` and `--memory` say together.

    Raises:
        UsageError: no such engine or size, or they contradict.
    """
    if name not in ENGINES:
        raise no_such(words("движка", "engine"), name, list(ENGINES), "--engine")
    if scheduler is not None and name != "dask":
        raise UsageError(
            words("--scheduler без --engine dask", "--scheduler without --engine dask")
        )
    if scheduler is not None and memory is not None:
        raise UsageError(
            words("--memory и --scheduler вместе", "--memory and --scheduler together"),
            remedy=words(
                "память исполнителей задают им самим: dask worker --memory-limit",
                "the memory of workers is told to them: dask worker --memory-limit",
            ),
        )
    return Engine(name, scheduler, None if memory is None else read_size(memory, "--memory"))


def read_size(text: str, place: str) -> int:
    """A size such as 2GB or 500MB in bytes, typed after the option `place`.

    Raises:
        UsageError: it is no such size.
    """
    found = _SIZE.fullmatch(text.strip())
    if found is None:
        raise UsageError(
            words(f"{place}: это не объём памяти", f"{place}: this is no size"),
            remedy=words("например: 2GB или 800MB", "such as 2GB or 800MB"),
        )
    return int(Decimal(found[1].replace(",", ".")) * _BYTES[found[2].upper()])


def measure(
    engine: Engine, source: Source, settings: Settings, query: Query, imported_by: date | None
) -> WeekResult:
    """Count a week by the engine that was chosen.

    Raises:
        MonitorError: as `engine.week.measure` and `engine.cluster.dask` say.
    """
    sample = source.sample
    with _crew(engine, source, settings, query) as crew:
        if crew is None:
            from monitor_cli.engine import week

            return week.measure(
                source.path, settings, query, sample=sample, as_imported=imported_by
            )
        from monitor_cli.engine import partitioned

        result = partitioned.measure(source.path, settings, query, crew, imported_by)
    return replace(result, sample=sample)


@contextmanager
def counter(engine: Engine, source: Source, settings: Settings, query: Query) -> Iterator[Counter]:
    """Who counts for a report, by the engine that was chosen.

    Raises:
        MonitorError: as `engine.cluster.dask` says.
    """
    with _crew(engine, source, settings, query) as crew:
        if crew is None:
            from monitor_cli.engine.counter import at_once

            yield at_once
            return
        from monitor_cli.engine.partitioned import by_partitions

        yield partial(by_partitions, crew)


@contextmanager
def _crew(
    engine: Engine, source: Source, settings: Settings, query: Query
) -> Iterator[Crew | None]:
    """Those who count the partitions of a dataset; None: this process counts all at once."""
    if engine.at_once and not _parted(source, settings, query):
        yield None
        return
    from monitor_cli.engine.partitioned import require_dataset

    require_dataset(source.path)
    if engine.name == "dask":
        from monitor_cli.engine.cluster import dask

        with dask(engine.scheduler, engine.memory) as crew:
            yield crew
        return
    from concurrent.futures import ThreadPoolExecutor

    from monitor_cli.engine.crew import Crew, Here, cores

    partly = not engine.at_once
    enough = engine.memory is None or engine.memory >= ENOUGH
    hands = min(cores(), MOST_HANDS) if enough and not _named(query) else 1
    if hands == 1:
        yield Crew(Here(), memory=engine.memory, partly=partly)
        return
    pool = ThreadPoolExecutor(hands)
    try:
        yield Crew(pool, hands, engine.memory, hands=hands, partly=partly)
    finally:
        pool.shutdown(cancel_futures=True)


def _parted(source: Source, settings: Settings, query: Query) -> bool:
    """Whether what is asked of a dataset is better counted by partitions.

    Named schools are read alone; of many, the rows of some lie in the caches while they are counted
    (`docs/performance.md`).
    """
    from monitor_cli.dataset import layout

    if address_of(source.path) is not None or not layout.is_dataset(source.path):
        return False
    if _named(query):
        return True
    from monitor_cli import clock
    from monitor_cli.dataset.partitions import rows_reached
    from monitor_cli.engine.query import reach

    snapshot = layout.find(source.path, None, clock.zone(settings.timezone))
    return rows_reached(snapshot, reach(query)) >= MANY_ROWS


def _named(query: Query) -> bool:
    return query.like is not None or bool(query.schools)
