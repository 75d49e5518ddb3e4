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
    if engine.at_once and not _alone(source, query):
        from monitor_cli.engine import week

        return week.measure(source.path, settings, query, sample=sample, as_imported=imported_by)
    from monitor_cli.engine import partitioned

    with _crew(engine, source) as crew:
        result = partitioned.measure(source.path, settings, query, crew, imported_by)
    return replace(result, sample=sample)


@contextmanager
def counter(engine: Engine, source: Source, query: Query) -> Iterator[Counter]:
    """Who counts for a report, by the engine that was chosen.

    Raises:
        MonitorError: as `engine.cluster.dask` says.
    """
    if engine.at_once and not _alone(source, query):
        from monitor_cli.engine.counter import at_once

        yield at_once
        return
    from monitor_cli.engine.partitioned import by_partitions

    with _crew(engine, source) as crew:
        yield partial(by_partitions, crew)


def _alone(source: Source, query: Query) -> bool:
    """Whether schools are named, and their rows lie apart from the others': those are read alone."""
    from monitor_cli.dataset.layout import is_dataset

    named = query.like is not None or bool(query.schools)
    return named and address_of(source.path) is None and is_dataset(source.path)


@contextmanager
def _crew(engine: Engine, source: Source) -> Iterator[Crew]:
    """Those who count the partitions of a dataset."""
    from monitor_cli.engine.crew import Crew, Here
    from monitor_cli.engine.partitioned import require_dataset

    require_dataset(source.path)
    if engine.name == "local":
        yield Crew(Here(), memory=engine.memory)
        return
    from monitor_cli.engine.cluster import dask

    with dask(engine.scheduler, engine.memory) as crew:
        yield crew
