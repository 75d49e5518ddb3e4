"""`monitor task`: its commands, each known by name and loaded when it is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor_cli.commands.listed import Listed, ListedGroup
from monitor_cli.language import words

if TYPE_CHECKING:
    from collections.abc import Callable


def _issue() -> Callable[..., int]:
    from monitor_cli.commands.task_issue import issue

    return issue


def _list() -> Callable[..., int]:
    from monitor_cli.commands.task_looks import list_

    return list_


def _show() -> Callable[..., int]:
    from monitor_cli.commands.task_looks import show

    return show


def _pending() -> Callable[..., int]:
    from monitor_cli.commands.task_looks import pending

    return pending


def _log() -> Callable[..., int]:
    from monitor_cli.commands.task_looks import log

    return log


def _accept() -> Callable[..., int]:
    from monitor_cli.commands.task_acts import accept

    return accept


def _close() -> Callable[..., int]:
    from monitor_cli.commands.task_acts import close

    return close


def _check() -> Callable[..., int]:
    from monitor_cli.commands.task_check import check

    return check


def _init() -> Callable[..., int]:
    from monitor_cli.commands.task_store import init

    return init


def _status() -> Callable[..., int]:
    from monitor_cli.commands.task_store import status

    return status


def _backup() -> Callable[..., int]:
    from monitor_cli.commands.task_store import backup

    return backup


class Stores(ListedGroup):
    """`monitor task store`."""

    listed = {  # noqa: RUF012
        "init": Listed(
            words(
                "Создать хранилище или довести до новой версии; записать школы из выгрузки, "
                "приписать роли PostgreSQL.",
                "Make the store or bring it to the newest version; enrol the schools of a dump, "
                "say whose the roles of PostgreSQL are.",
            ),
            _init,
        ),
        "status": Listed(
            words(
                "Где хранилище, какой версии, сколько в нём и кто вы для него.",
                "Where the store is, of which version, how much it holds and who you are to it.",
            ),
            _status,
        ),
        "backup": Listed(
            words(
                "Копия хранилища в файл SQLite: -o ФАЙЛ. Снимается и во время работы.",
                "A copy of the store as a file of SQLite: -o FILE. It may be in use meanwhile.",
            ),
            _backup,
        ),
    }


def _store() -> type[ListedGroup]:
    return Stores


class Tasks(ListedGroup):
    """`monitor task`."""

    listed = {  # noqa: RUF012
        "issue": Listed(
            words(
                "Выдать поручение: школам, муниципалитетам, всем; тем, кто не достиг "
                "(--from-week); или список из файла. РОУО – любым, МОУО – своим школам.",
                "Issue a task: to schools, municipalities, all; to those that fell short "
                "(--from-week); or a list from a file. РОУО to any, МОУО to its own schools.",
            ),
            _issue,
        ),
        "list": Listed(
            words(
                "Поручения, которые вам видны, и сколько школ их приняли и исполнили.",
                "The tasks that you may see, and how many schools accepted and fulfilled them.",
            ),
            _list,
        ),
        "show": Listed(
            words(
                "Одно поручение: школы, их состояния и журнал.",
                "One task: its schools, their states and the log.",
            ),
            _show,
        ),
        "accept": Listed(
            words(
                "Принять: МОУО – за муниципалитет, после чего поручение видят школы; школа – за "
                "себя.",
                "Accept: МОУО for the municipality, after which its schools see the task; a school "
                "for itself.",
            ),
            _accept,
        ),
        "pending": Listed(
            words(
                "Кто не принял и сколько дней ждёт: по муниципалитетам и школам.",
                "Who has not accepted and for how many days: by municipality and school.",
            ),
            _pending,
        ),
        "check": Listed(
            words(
                "Сверить открытые поручения с данными: достигшие цели отмечаются исполненными, с "
                "числом.",
                "Hold open tasks against the data: those that reached the goal are marked "
                "fulfilled, with the number.",
            ),
            _check,
        ),
        "close": Listed(
            words(
                "Закрыть поручение, для всех или для некоторых школ; закрывает тот, кто выдал.",
                "Close a task, for all or for some schools; the one who issued it closes it.",
            ),
            _close,
        ),
        "log": Listed(
            words(
                "Журнал: кто, когда, что и из какого состояния. Из него ничего не удаляется.",
                "The log: who, when, what and from which state. Nothing is ever removed from it.",
            ),
            _log,
        ),
        "store": Listed(
            words(
                "Хранилище поручений: создать, посмотреть, скопировать.",
                "The store of tasks: to make it, to look at it, to copy it.",
            ),
            group=_store,
        ),
    }
