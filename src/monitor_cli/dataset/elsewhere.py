"""A dataset in an object store or on a web server, read through Polars' own client.

Small files are read as text. Of the files of the tables the wanted columns of the wanted weeks are
brought here once, into a temporary folder that is gone with the program: rows may pass more than
once, and what the network does is over before the first is counted. Source: `docs/remote.md`.
"""

from __future__ import annotations

import errno
import itertools
import os
import re
from concurrent.futures import ThreadPoolExecutor
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.dataset import faults
from monitor_cli.dump import faults as dump_faults
from monitor_cli.dump import file_faults
from monitor_cli.dump.remote import FAILURES, QUICK, STEADY, refusal, unspoken
from monitor_cli.dump.sources import Spool
from monitor_cli.settings import places

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from monitor_cli.dataset.manifest import File
    from monitor_cli.errors import DumpError

_AT_A_TIME = 4
_ROW_GROUP = 1 << 18
"""As in the files of a dataset, so that the same pieces are cut."""
_NO_BUCKET = "NoSuchBucket"
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
_FULL = re.compile(rf"os error ({errno.ENOSPC}|{errno.EDQUOT})\b")
_NUMBERS = itertools.count()


def text_of(path: Path) -> bytes | None:
    """The bytes of a small text file; None where there is none, or it is no text.

    Raises:
        DumpError: the place cannot be reached or does not let in.
    """
    try:
        with unspoken():
            lines = pl.scan_lines(
                places.address_of(path) or "", glob=False, storage_options=QUICK
            ).collect()
    except FileNotFoundError as error:
        if _NO_BUCKET in str(error):
            raise file_faults.no_bucket(path) from error
        return None
    except OSError as error:
        raise refusal(path, error) from error
    except FAILURES:
        return None
    return "\n".join(lines["line"].fill_null("")).encode()


def folders_with(folder: Path, name: str) -> list[str]:
    """The names of the folders right below `folder` that hold a file `name`, in no order.

    Raises:
        DumpError: the place cannot be reached, does not let in, or is a web server.
    """
    address = places.address_of(folder) or ""
    if address.startswith("http"):
        raise faults.states_not_listed(folder)
    try:
        with unspoken():
            found = (
                pl.scan_lines(
                    f"{address}/*/{name}",
                    include_file_paths="at",
                    storage_options=QUICK,
                )
                .select(pl.col("at").unique())
                .collect()["at"]
            )
    except OSError as error:
        raise refusal(folder, error) from error
    except FAILURES:
        return []
    return [at.rsplit("/", 2)[-2] for at in found]


def brought(folder: Path, files: Sequence[File], columns: Sequence[str]) -> list[Path]:
    """The `columns` of the files of a snapshot, in files of this machine in the same order.

    Raises:
        DumpError: the place cannot be reached or does not let in; a file is not as an import left
            it; the disk is full.
    """
    wanted = tuple(columns)
    with ThreadPoolExecutor(_AT_A_TIME) as pool, unspoken():
        work = [pool.submit(_brought, folder, file, wanted) for file in files]
        try:
            return [one.result() for one in work]
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


@cache
def _brought(folder: Path, file: File, columns: tuple[str, ...]) -> Path:
    """One of them. A snapshot never changes, so that nothing is brought twice."""
    path = places.below(folder, file.path)
    target = _larder().folder / f"{next(_NUMBERS)}.parquet"
    rows = pl.scan_parquet(
        places.address_of(path) or "", glob=False, hive_partitioning=False, storage_options=STEADY
    )
    try:
        rows.select(columns).sink_parquet(target, compression="lz4", row_group_size=_ROW_GROUP)
        there = pl.scan_parquet(target).select(pl.len()).collect().item()
    except FileNotFoundError as error:
        raise faults.damaged(path) from error
    except OSError as error:
        raise _full_or_refused(path, error) from error
    except FAILURES as error:
        raise faults.damaged(path) from error
    if there != file.rows:
        raise faults.damaged(path)
    return target


@lru_cache(maxsize=1)
def _larder() -> Spool:
    """Where what was brought lies."""
    return Spool()


def _full_or_refused(path: Path, error: OSError) -> DumpError:
    if error.errno in _NO_ROOM or _FULL.search(str(error)):
        folder = _larder().folder
        return dump_faults.unreadable(folder, OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
    return refusal(path, error)
