"""Who counts a week: this process at once, or by partitions, or workers of a cluster."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from monitor_cli.commands.bilingual import no_such
from monitor_cli.commands.engine_options import ENGINES
from monitor_cli.errors import UsageError
from monitor_cli.language import words

if TYPE_CHECKING:
    from datetime import date

    from monitor_cli.commands.reading import Source
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
    if engine.name == "local" and engine.memory is None:
        from monitor_cli.engine import week

        sample = source.sample
        return week.measure(source.path, settings, query, sample=sample, as_imported=imported_by)
    from monitor_cli.engine import partitioned

    partitioned.require_dataset(source.path)
    if engine.name == "local":
        crew = partitioned.Crew(partitioned.Here(), memory=engine.memory)
        result = partitioned.measure(source.path, settings, query, crew, imported_by)
    else:
        from monitor_cli.engine.cluster import dask

        with dask(engine.scheduler, engine.memory) as crew:
            result = partitioned.measure(source.path, settings, query, crew, imported_by)
    return replace(result, sample=source.sample)
