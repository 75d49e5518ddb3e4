"""What can go wrong, as a user sees it: an exit code and one to three lines."""

from __future__ import annotations

from enum import IntEnum
from typing import ClassVar

from monitor_cli.language import Words, words


class ExitCode(IntEnum):
    """What the shell sees when a command ends (the contract of `docs/cli.md`)."""

    DONE = 0
    """The output is there; a pipe that its reader closed counts as done."""
    MISS = 1
    """The output is there and `--check` found what it was to find."""
    USAGE = 2
    """Wrong usage, configuration or role."""
    DUMP = 3
    """The dump cannot be read or has the wrong shape; no output but the report of `validate`."""
    OUTPUT = 4
    """An output or the task store cannot be written or reached."""
    PARTIAL = 5
    """The output is there but incomplete; stderr names what is missing."""
    INTERRUPTED = 130
    """The user pressed Ctrl-C."""


MEANINGS = {
    ExitCode.DONE: words(
        "сделано; читатель, закрывший канал, – тоже", "done; a pipe that its reader closed too"
    ),
    ExitCode.MISS: words(
        "сделано, но `--check` нашёл недостигнутый порог или отложенные строки",
        "done, but `--check` found a threshold that was not reached, or rows set aside",
    ),
    ExitCode.USAGE: words(
        "неверные параметры, настройки или роль; вывода нет",
        "wrong usage, settings or role; there is no output",
    ),
    ExitCode.DUMP: words(
        "выгрузка не читается или устроена не так; вывода нет, кроме отчёта `validate`",
        "the dump cannot be read or has the wrong shape; no output but the report of `validate`",
    ),
    ExitCode.OUTPUT: words(
        "вывод не записан или хранилище поручений недоступно",
        "the output could not be written, or the store of tasks not be reached",
    ),
    ExitCode.PARTIAL: words(
        'сделано частично: `"complete": false`, чего нет – в stderr',
        'done in part: `"complete": false`, stderr names what is missing',
    ),
    ExitCode.INTERRUPTED: words("прервано (Ctrl-C)", "interrupted (Ctrl-C)"),
}
"""What each exit code tells the one who ran the program."""


class MonitorError(Exception):
    """An error with a message for the user: what is wrong, where, what to do."""

    code: ClassVar[ExitCode]

    def __init__(self, what: Words, *, remedy: Words | None = None) -> None:
        """Keep both languages: the one to print is chosen where it is printed."""
        super().__init__(what.en)
        self.what = what
        self.remedy = remedy

    def message(self) -> Words:
        """The lines to print, without a traceback and without a person's name."""
        if self.remedy is None:
            return self.what
        return words(f"{self.what.ru}\n{self.remedy.ru}", f"{self.what.en}\n{self.remedy.en}")


class UsageError(MonitorError):
    """An option, argument or filter that cannot be used as typed."""

    code = ExitCode.USAGE


class SettingsError(UsageError):
    """A key or value of `monitor.toml`, the environment or `--set` that cannot be used."""


class DumpError(MonitorError):
    """A structural fault of the dump: nothing can be computed from it."""

    code = ExitCode.DUMP


class OutputError(MonitorError):
    """An output that cannot be written."""

    code = ExitCode.OUTPUT
