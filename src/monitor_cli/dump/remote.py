"""Parquet in an object store or on a web server, read through Polars' own client.

Credentials come from the environment, as for every other program; no message repeats them, nor
what a server says. Source: `dump.md`, «remote `s3://…` and `https://…` Parquet».
"""

from __future__ import annotations

import warnings
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

import polars as pl

from monitor_cli.columns import Table
from monitor_cli.dump import aliases, faults, file_faults
from monitor_cli.dump.native import muted
from monitor_cli.dump.raw import Raw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor_cli.dump.options import ReadOptions
    from monitor_cli.dump.parts import Part
    from monitor_cli.errors import DumpError

_SUFFIX = ".parquet"
QUICK: dict[str, str | int] = {"max_retries": 1, "connect_timeout": "5s", "timeout": "10s"}
"""How long a store is waited for that is asked whether something is there, or for some words."""
STEADY: dict[str, str | int] = {"max_retries": 2, "connect_timeout": "5s", "timeout": "300s"}
"""How long rows are waited for: a request brings tens of megabytes, at times on a slow line."""
FAILURES = (OSError, ValueError, pl.exceptions.PolarsError, pl.exceptions.PanicException)
_NOTHING_THERE = "expanded paths were empty"


def addresses(address: str) -> Iterator[tuple[Table, str]]:
    """The tables at an address: the one file, or `<table>.parquet` and `<table>/**` below it.

    Raises:
        DumpError: the place cannot be reached or does not let in.
    """
    parts = urlsplit(address)
    if parts.path.lower().endswith(_SUFFIX):
        named = aliases.table_of(parts.path.rpartition("/")[2][: -len(_SUFFIX)])
        if named is not None:
            yield named[0], address
        return
    for table in Table:
        base = f"{parts.path.rstrip('/')}/{table}"
        names = [base + _SUFFIX]
        if not parts.scheme.startswith("http"):
            names.append(f"{base}/**/*{_SUFFIX}")
        for name in names:
            candidate = urlunsplit(parts._replace(path=name))
            if _is_there(candidate):
                yield table, candidate
                break


def read(part: Part, asked: frozenset[str] | None, options: ReadOptions) -> Iterator[Raw]:
    """Read the columns `asked` for (None: all that the table knows) in the files' own types.

    Raises:
        DumpError: the place cannot be reached, a file is damaged, two headers claim one column, or
            a column has a type that holds no single value.
    """
    known = aliases.headers(part.table, options.columns)
    try:
        with unspoken():
            scan = _scan(part.address, STEADY)
            schema = scan.collect_schema()
        headers = tuple(schema.names())
        positions = aliases.resolve(headers, known)
        wanted = {
            name: headers[position]
            for name, position in positions.items()
            if asked is None or name in asked
        }
        for name, header in wanted.items():
            if schema[header].is_nested() or schema[header] == pl.Binary:
                raise faults.column_type(part.path, part.table, name, str(schema[header]))
        rows = scan.select(
            _plain(header, schema[header]).alias(name) for name, header in wanted.items()
        )
        with unspoken():
            frame = rows.collect()
    except aliases.ClaimedTwiceError as error:
        raise faults.two_headers(part.path, part.table, error.column, error.headers) from error
    except OSError as error:
        raise refusal(part.path, error) from error
    except FAILURES as error:
        raise faults.damaged_parquet(part.path, part.table) from error
    yield Raw(part, frame, frozenset(positions), headers, lambda row: row + 1)


def _plain(header: str, kind: pl.DataType) -> pl.Expr:
    """A column; categories as text."""
    return pl.col(header).cast(pl.String) if kind in {pl.Categorical, pl.Enum} else pl.col(header)


def _is_there(address: str) -> bool:
    try:
        with unspoken():
            _scan(address, QUICK).collect_schema()
    except FileNotFoundError:
        # What a list of names promised must not be missing in silence.
        return "*" in address
    except OSError as error:
        raise refusal(Path(address), error) from error
    except FAILURES as error:
        # A file that is there and cannot be opened is named when it is read.
        return _NOTHING_THERE not in str(error)
    return True


@contextmanager
def unspoken() -> Iterator[None]:
    """Let through nothing that Polars says of addresses, regions and keys on its own."""
    with muted(), warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        yield


def refusal(path: Path, error: OSError) -> DumpError:
    """What is said of a place that cannot be reached or does not let in; not what it said."""
    if isinstance(error, PermissionError):
        return file_faults.not_let_in(path)
    return file_faults.unreachable(path)


def _scan(address: str, patience: dict[str, str | int]) -> pl.LazyFrame:
    return pl.scan_parquet(
        address,
        glob="*" in address,
        hive_partitioning=False,
        storage_options=patience,
    )
