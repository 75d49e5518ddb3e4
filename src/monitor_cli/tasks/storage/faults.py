"""What can go wrong with a store, in words; the password of an address is in none of them."""

from __future__ import annotations

import re

from monitor_cli.errors import ExitCode, MonitorError
from monitor_cli.language import Words, words


class StoreError(MonitorError):
    """The store of tasks cannot be read, written or reached: exit code 4."""

    code = ExitCode.OUTPUT


_SCHEME = re.compile(r"[A-Za-z][\w+.-]*://")
_HARMLESS = re.compile(r"[\w.:-]*(/[\w.-]+)?")


def is_address(text: str) -> bool:
    """Whether the setting names a server and not a file."""
    return _SCHEME.match(text) is not None


def shown(store: str) -> str:
    """A store for a message: of an address the host, the port and the database, else nothing.

    A password may hold `@` or `/`, or stand in the query: only what cannot be one is kept.
    """
    if not is_address(store):
        return store
    scheme, _, rest = store.partition("://")
    place = rest.rpartition("@")[2].partition("?")[0]
    hidden = "***@" if "@" in rest else ""
    return f"{scheme}://{hidden}{place if _HARMLESS.fullmatch(place) else '…'}"


def unreachable(store: str, reason: Words) -> StoreError:
    """The error for a store that does not answer or refuses to be opened."""
    place = shown(store)
    remedy = (
        words(
            "проверьте адрес, сеть, имя и пароль", "check the address, network, name and password"
        )
        if is_address(store)
        else words(
            "проверьте папку, права и место на диске",
            "check the folder, the rights and the space on the disk",
        )
    )
    return StoreError(
        words(
            f"хранилище поручений {place} недоступно: {reason.ru}",
            f"the store of tasks {place} cannot be reached: {reason.en}",
        ),
        remedy=remedy,
    )


def not_there(store: str) -> StoreError:
    """The error for a database without a store."""
    place = shown(store)
    return StoreError(
        words(f"{place}: хранилища поручений здесь нет", f"{place}: no store of tasks is here"),
        remedy=words(
            "его создаёт владелец базы: monitor task store init",
            "the owner of the database makes it: monitor task store init",
        ),
    )


def other_tables(store: str) -> StoreError:
    """The error for a database of another program."""
    place = shown(store)
    return StoreError(
        words(
            f"{place}: это база другой программы, не хранилище поручений",
            f"{place}: this is the database of another program, no store of tasks",
        ),
        remedy=words("назовите другой файл: MONITOR_STORE", "name another file: MONITOR_STORE"),
    )


def of_another_version(store: str, found: str, newest: str) -> StoreError:
    """The error for a store that this program must not write."""
    place = shown(store)
    older = found < newest
    return StoreError(
        words(
            f"{place}: хранилище версии {found}, программе нужна {newest}",
            f"{place}: the store is of version {found}, the program needs {newest}",
        ),
        remedy=words(
            "обновите его: monitor task store init", "bring it up: monitor task store init"
        )
        if older
        else words("обновите программу", "update the program"),
    )
