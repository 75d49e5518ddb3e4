"""A copy of a store as a file of SQLite: whole or not there; the store may be in use meanwhile."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from typing import TYPE_CHECKING

import sqlalchemy as sa

from monitor_cli.language import words
from monitor_cli.tasks.actors import Role, may_not
from monitor_cli.tasks.storage import connect, faults, tables
from monitor_cli.tasks.storage.connect import Place
from monitor_cli.tasks.storage.store import Store, nobody_there

if TYPE_CHECKING:
    from pathlib import Path

_TABLES = (tables.schools, tables.tasks, tables.addressees, tables.events)
_AT_ONCE = 1000


def copied(store: Store, target: Path) -> None:
    """Copy all of a store to `target`, which a store may be opened from at once.

    Raises:
        RoleError: one who does not see all of it.
        StoreError: the copy cannot be written, or is the store itself.
    """
    temporary = target.with_name(f".monitor-{os.urandom(6).hex()}.tmp")
    try:
        if store.place.file is not None:
            if target.exists() and target.samefile(store.place.file):
                raise _itself(target)
            _copy_file(store.place.file, temporary)
        else:
            _copy_server(store, temporary)
        _settled(temporary)
        temporary.replace(target)
    except (OSError, sqlite3.Error) as error:
        name = getattr(error, "strerror", None) or type(error).__name__
        raise faults.unreachable(str(target), words(name, name)) from error
    finally:
        # Gone already when all went well.
        for ending in ("", "-wal", "-shm"):
            with contextlib.suppress(OSError):
                temporary.with_name(temporary.name + ending).unlink()


def _copy_file(source: Path, target: Path) -> None:
    """By SQLite's own means, which wait for no writer and let none in halfway."""
    with (
        contextlib.closing(sqlite3.connect(source)) as of,
        contextlib.closing(sqlite3.connect(target)) as to,
    ):
        of.backup(to)


def _copy_server(store: Store, target: Path) -> None:
    status = store.status()
    if not status.owner and (status.you is None or status.you.role is not Role.ROUO):
        if status.you is None:
            raise nobody_there()
        raise may_not(
            status.you,
            words("снять копию всего", "copy all of it"),
            words("РОУО или владелец базы", "the regional authority or the owner"),
        )
    copy = Place(str(target), target)
    Store(copy)
    into = connect.engine_of(copy).execution_options(writes=True)
    out = connect.engine_of(store.place).execution_options(isolation_level="REPEATABLE READ")
    with (
        connect.speaking(store.place),
        out.begin() as source,
        into.begin() as kept,
    ):
        for table in _TABLES:
            rows = source.execute(sa.select(table).order_by(*table.primary_key))
            for part in rows.mappings().partitions(_AT_ONCE):
                kept.execute(sa.insert(table), [dict(row) for row in part])


def _settled(file: Path) -> None:
    """Make it one file, without a log beside it, and have it on the disk."""
    with contextlib.closing(sqlite3.connect(file)) as copy:
        copy.execute("PRAGMA journal_mode = DELETE")
    with file.open("rb") as written:
        os.fsync(written.fileno())


def _itself(target: Path) -> faults.StoreError:
    return faults.StoreError(
        words(f"{target}: это само хранилище", f"{target}: this is the store itself"),
        remedy=words("назовите другой файл: -o ФАЙЛ", "name another file: -o FILE"),
    )
