"""Connections to a store: SQLite with a write-ahead log, or PostgreSQL by psycopg."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import event, exc
from sqlalchemy.pool import NullPool

from monitor_cli.errors import SettingsError
from monitor_cli.language import Words, words
from monitor_cli.settings.find import STORE_FILE, user_data_folder
from monitor_cli.tasks.actors import RoleError
from monitor_cli.tasks.storage import faults
from monitor_cli.tasks.storage.migrations.row_security import SCHEMA

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping

BUSY_SECONDS = 60
"""How long a writer waits for others; a write takes milliseconds."""
_CONNECT_SECONDS = "10"
_POSTGRESQL = re.compile(r"postgres(ql)?(\+psycopg)?", re.IGNORECASE)
_REFUSED = "42501"
_BUSY = frozenset({"55P03", "40P01"})
"""Another holds what one waits for: too long, or both each other's."""
_NO_SCHEMA, _NO_TABLE = "3F000", "42P01"
_AUTHORISATION = "28"
"""How the codes of a wrong name or password begin."""


class Place(NamedTuple):
    """Where a store is: a file, or a server as the setting writes it."""

    setting: str
    file: Path | None

    @property
    def shown(self) -> str:
        """For messages and reports: without a password."""
        return faults.shown(self.setting)


def place_of(setting: str, environ: Mapping[str, str]) -> Place:
    """Where the setting `task.store` says; empty: a file in the user's data folder.

    Raises:
        SettingsError: a kind of server that there is no way to, or nobody's data folder.
    """
    if faults.is_address(setting):
        scheme = setting.partition("://")[0]
        if not _POSTGRESQL.fullmatch(scheme):
            raise SettingsError(
                words(
                    f"хранилище поручений: {scheme}:// не поддерживается",
                    f"the store of tasks: {scheme}:// is not supported",
                ),
                remedy=words(
                    "можно: файл или postgresql+psycopg://ИМЯ@СЕРВЕР/БАЗА",
                    "a file or postgresql+psycopg://NAME@SERVER/DATABASE",
                ),
            )
        return Place(setting, None)
    if setting:
        return Place(setting, Path(setting))
    folder = user_data_folder(environ)
    if folder is None:
        raise SettingsError(
            words("нет папки данных пользователя", "there is no folder for the user's data"),
            remedy=words(
                "назовите файл: MONITOR_STORE=ФАЙЛ или [task] store",
                "name a file: MONITOR_STORE=FILE or [task] store",
            ),
        )
    file = folder / STORE_FILE
    return Place(str(file), file)


def engine_of(place: Place) -> sa.Engine:
    """The engine of a store; nothing is opened yet.

    Raises:
        SettingsError: an address that cannot be read, or psycopg is not installed.
    """
    return _sqlite(place.file) if place.file is not None else _postgresql(place)


def _sqlite(file: Path) -> sa.Engine:
    url = sa.URL.create("sqlite+pysqlite", database=str(file))
    engine = sa.create_engine(url, poolclass=NullPool, connect_args={"timeout": BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: object) -> None:
        # Transactions are begun by us: the driver would begin them late, and not for a migration.
        connection.isolation_level = None
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgresql(place: Place) -> sa.Engine:
    try:
        url = sa.make_url(place.setting).set(drivername="postgresql+psycopg")
        engine = sa.create_engine(
            url, poolclass=NullPool, connect_args={"connect_timeout": _CONNECT_SECONDS}
        )
    except ModuleNotFoundError as error:
        raise SettingsError(
            words("для PostgreSQL не установлен psycopg", "psycopg is not installed"),
            remedy=words(
                "установите: pip install 'monitor-cli[postgresql]'",
                "install it: pip install 'monitor-cli[postgresql]'",
            ),
        ) from error
    except (exc.ArgumentError, ValueError):
        # Its text holds the address.
        raise SettingsError(
            words(
                f"хранилище поручений: адрес не понять: {place.shown}",
                f"the store of tasks: the address cannot be read: {place.shown}",
            ),
            remedy=words(
                "postgresql+psycopg://ИМЯ:ПАРОЛЬ@СЕРВЕР:ПОРТ/БАЗА, знаки пароля – %-кодами",
                "postgresql+psycopg://NAME:PASSWORD@SERVER:PORT/DATABASE, signs of the password "
                "%-encoded",
            ),
        ) from None

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:  # noqa: ANN401  (psycopg may not be there)
        connection.autocommit = True
        connection.execute(f"SET search_path TO {SCHEMA}")
        connection.execute(f"SET lock_timeout TO '{BUSY_SECONDS}s'")
        connection.autocommit = False

    return engine


@contextmanager
def speaking(place: Place) -> Iterator[None]:
    """Say what a database says in our words.

    Raises:
        RoleError: the role of the connection may not do it.
        StoreError: anything else that the database refuses.
    """
    try:
        yield
    except exc.DBAPIError as error:
        raise _said(place, error) from None
    except OSError as error:
        raise faults.unreachable(place.setting, _plain(error.strerror or "")) from error


def _said(place: Place, error: exc.DBAPIError) -> RoleError | faults.StoreError:
    state = getattr(error.orig, "sqlstate", None) or ""
    if state == _REFUSED:
        return RoleError(
            words(
                "роль базы данных не даёт этого сделать",
                "the role of the database does not allow it",
            ),
            remedy=words(
                "кто вы для хранилища: monitor task store status",
                "who you are to the store: monitor task store status",
            ),
        )
    if state in _BUSY:
        return faults.unreachable(place.setting, _OF_SQLITE["SQLITE_BUSY"])
    if state in {_NO_SCHEMA, _NO_TABLE}:
        return faults.not_there(place.setting)
    if place.file is None and (not state or state.startswith(_AUTHORISATION)):
        # What libpq says of a connection may hold the address.
        known = words("нет соединения", "there is no connection")
        if _AUTHORISATION in state or "authentication failed" in str(error.orig):
            known = words("имя или пароль не приняты", "the name or password is not accepted")
        return faults.unreachable(place.setting, known)
    return faults.unreachable(place.setting, _reason(error.orig, state))


_OF_SQLITE = {
    "SQLITE_BUSY": words("занято другой программой", "another program holds it"),
    "SQLITE_LOCKED": words("занято другой программой", "another program holds it"),
    "SQLITE_FULL": words("на диске нет места", "no space left on the disk"),
    "SQLITE_READONLY": words("файл только для чтения", "the file is read-only"),
    "SQLITE_CANTOPEN": words("файл не открывается", "the file cannot be opened"),
    "SQLITE_NOTADB": words("это не хранилище поручений", "this is no store of tasks"),
    "SQLITE_CORRUPT": words("файл повреждён", "the file is damaged"),
    "SQLITE_PERM": words("нет прав", "permission denied"),
    "SQLITE_IOERR": words("диск не читается или не пишется", "the disk cannot be read or written"),
}


def _reason(error: BaseException | None, state: str) -> Words:
    name = getattr(error, "sqlite_errorname", "") or ""
    for begins, said in _OF_SQLITE.items():
        if name.startswith(begins):
            return said
    return _plain(name or state or type(error).__name__)


def _plain(text: str) -> Words:
    return words(text, text)


def make_folder(file: Path) -> None:
    """Make the folder of a store, for its owner alone: titles of tasks are nobody else's.

    Raises:
        OSError: it cannot be made.
    """
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not file.exists():
        # SQLite gives its log the rights of the file.
        os.close(os.open(file, os.O_CREAT | os.O_WRONLY, 0o600))
