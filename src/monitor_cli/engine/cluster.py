"""Dask as the engine that counts partitions: a scheduler that is there, or workers of one's own.

Workers run what they are sent: a scheduler is for a trusted network only, or with TLS
(`docs/cluster.md`). Nothing that is started here listens beyond loopback.
"""

from __future__ import annotations

import contextlib
import logging
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from monitor_cli.engine.crew import Crew, cores
from monitor_cli.engine.versions import PACKAGES, Versions, versions
from monitor_cli.errors import OutputError, UsageError
from monitor_cli.language import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LOOPBACK = "127.0.0.1"
LEAST = 4
"""Partitions, however few the workers: one that cannot be read is a quarter of all."""
PATIENCE = 10
"""Seconds to wait for a scheduler, and for its first worker."""


@contextmanager
def dask(scheduler: str | None, memory: int | None = None) -> Iterator[Crew]:
    """The workers of a scheduler; without one a worker for each core of this machine.

    `memory`: bytes that this process and its own workers may take together.

    Raises:
        UsageError: Dask is not installed, or the address is none.
        OutputError: the scheduler cannot be reached, has no workers, or they have other versions.
    """
    try:
        import distributed  # noqa: PLC0415  (an extra)
    except ImportError:
        raise UsageError(
            words("--engine dask: нет пакета distributed", "--engine dask: no package distributed"),
            remedy=words(
                "установите его: pip install 'monitor-cli[cluster]'",
                "install it: pip install 'monitor-cli[cluster]'",
            ),
        ) from None
    _silence()
    with contextlib.ExitStack() as stack:
        hands = cores()
        address: Any = scheduler
        if scheduler is None:
            folder = stack.enter_context(
                tempfile.TemporaryDirectory(prefix="monitor-", ignore_cleanup_errors=True)
            )
            address = stack.enter_context(_own(distributed, hands, folder))
        client = _client(distributed, address)
        stack.callback(_let_go, client)
        if scheduler is not None:
            hands = _hands(client, scheduler)
        yield Crew(
            client.get_executor(pure=False),
            max(LEAST, 2 * hands),
            memory,
            hands + 1,
            failures=(MemoryError, distributed.scheduler.KilledWorker),
        )


def _own(distributed: Any, hands: int, folder: str) -> Any:  # noqa: ANN401
    """Workers of this machine, a thread each."""
    return distributed.LocalCluster(
        n_workers=hands,
        threads_per_worker=1,
        processes=True,
        host=LOOPBACK,
        dashboard_address=f"{LOOPBACK}:0",
        worker_dashboard_address=f"{LOOPBACK}:0",
        local_directory=folder,
        memory_limit=0,
        silence_logs=logging.CRITICAL,
        env={"POLARS_MAX_THREADS": "1"},
    )


def _client(distributed: Any, address: Any) -> Any:  # noqa: ANN401
    try:
        return distributed.Client(address, timeout=PATIENCE, set_as_default=False)
    except ValueError:
        raise UsageError(
            words(f"--scheduler {address}: это не адрес", f"--scheduler {address}: no address"),
            remedy=words("например: tcp://10.0.0.5:8786", "such as: tcp://10.0.0.5:8786"),
        ) from None
    except OSError:
        raise OutputError(
            words(
                f"--scheduler {address}: планировщик не отвечает",
                f"--scheduler {address}: the scheduler does not answer",
            ),
            remedy=words(
                "проверьте адрес и запущен ли он: dask scheduler",
                "look after the address, and whether it is started: dask scheduler",
            ),
        ) from None


def _hands(client: Any, scheduler: str) -> int:  # noqa: ANN401
    """How many threads the workers of a scheduler have, all of our versions."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        raise OutputError(
            words(
                f"--scheduler {scheduler}: исполнителей нет",
                f"--scheduler {scheduler}: there are no workers",
            ),
            remedy=words(
                f"запустите их: dask worker {scheduler}", f"start some: dask worker {scheduler}"
            ),
        ) from None
    told = client.get_versions(packages=[*PACKAGES])["workers"]
    for worker in sorted(told):
        theirs = _told(told[worker]["packages"])
        if theirs != versions():
            raise OutputError(
                words(
                    f"--scheduler {scheduler}: у исполнителя {worker} – {theirs}; "
                    f"здесь – {versions()}",
                    f"--scheduler {scheduler}: the worker {worker} has {theirs}; "
                    f"here it is {versions()}",
                ),
                remedy=words(
                    "поставьте всюду одни и те же версии", "install the same versions everywhere"
                ),
            )
    threads: Mapping[str, int] = client.nthreads()
    return max(sum(threads.values()), 1)


def _told(packages: Mapping[str, str | None]) -> Versions:
    python = ".".join(str(packages["python"]).split(".")[:2])
    ours, polars = (str(packages[name] or "–") for name in PACKAGES)
    return Versions(ours, polars, python)


def _let_go(client: Any) -> None:  # noqa: ANN401
    """Close the client; one whose scheduler has gone is not waited for."""
    with contextlib.suppress(OSError, TimeoutError):
        client.close(timeout=2)


def _silence() -> None:
    """Let Dask say nothing on stderr: what went wrong is told once, by this program."""
    for name in [*logging.root.manager.loggerDict]:
        if name.partition(".")[0] in {"distributed", "tornado", "asyncio"}:
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
