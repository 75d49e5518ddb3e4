"""What can be wrong with a dataset, one message each: what, where, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor_cli.dump.faults import shown_path
from monitor_cli.errors import DumpError, UsageError
from monitor_cli.language import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from monitor_cli.columns import Table

_LISTED = 8


def damaged(path: Path) -> DumpError:
    """A file of the dataset is not as an import leaves it."""
    return DumpError(
        words(
            f"{shown_path(path)}: файл набора повреждён или его нет",
            f"{shown_path(path)}: this file of the dataset is damaged or not there",
        ),
        remedy=words(
            "возьмите более раннее состояние (--as-imported ДАТА) или импортируйте выгрузки заново "
            "в новую папку",
            "take an earlier state (--as-imported DATE), or import the dumps into a new folder",
        ),
    )


def newer(path: Path, version: int, known: int) -> DumpError:
    """A later version of the program has written it."""
    name = shown_path(path)
    return DumpError(
        words(
            f"{name}: набор версии {version}, эта программа знает версию {known}",
            f"{name}: a dataset of version {version}; this program knows version {known}",
        ),
        remedy=words("обновите monitor-cli", "update monitor-cli"),
    )


def unfinished(path: Path) -> DumpError:
    """The first import into it has not ended."""
    return DumpError(
        words(
            f"{shown_path(path)}: первый импорт сюда не окончен, читать нечего",
            f"{shown_path(path)}: the first import into it has not ended, there is nothing to read",
        ),
        remedy=words(
            f"повторите импорт: monitor import ВЫГРУЗКА -o {shown_path(path)}",
            f"import once more: monitor import DUMP -o {shown_path(path)}",
        ),
    )


def not_yet_imported(day: date, days: Sequence[date]) -> UsageError:
    """No snapshot is as old as was asked for."""
    known = ", ".join(sorted({one.isoformat() for one in days})[:_LISTED])
    return UsageError(
        words(
            f"--as-imported {day}: до конца этого дня ничего не импортировано",
            f"--as-imported {day}: nothing had been imported by the end of that day",
        ),
        remedy=words(f"дни импорта: {known}", f"days of imports: {known}"),
    )


def snapshot_has_no_past(path: Path) -> UsageError:
    """A snapshot is named by its own folder, and an earlier one asked for."""
    return UsageError(
        words(
            f"--as-imported: {shown_path(path)} – одно состояние набора",
            f"--as-imported: {shown_path(path)} is one state of a dataset",
        ),
        remedy=words("назовите папку самого набора", "name the folder of the dataset itself"),
    )


def no_dataset(path: Path) -> UsageError:
    """An earlier state is asked for of something that has none."""
    return UsageError(
        words(
            f"--as-imported: {shown_path(path)} – не набор, прежних состояний нет",
            f"--as-imported: {shown_path(path)} is no dataset and has no earlier states",
        ),
        remedy=words(
            "набор делает monitor import ВЫГРУЗКА -o НАБОР",
            "monitor import DUMP -o DATASET makes one",
        ),
    )


def something_else(path: Path) -> UsageError:
    """What lies at the place for a dataset is none."""
    return UsageError(
        words(
            f"-o {shown_path(path)}: здесь уже что-то есть, и это не набор",
            f"-o {shown_path(path)}: something is here already, and it is no dataset",
        ),
        remedy=words(
            "назовите новую или пустую папку или набор, сделанный monitor import",
            "name a new or an empty folder, or a dataset that monitor import has made",
        ),
    )


def into_itself(path: Path) -> UsageError:
    """The dataset is both what is read and what is written."""
    return UsageError(
        words(
            f"{shown_path(path)}: набор нельзя импортировать в него самого",
            f"{shown_path(path)}: a dataset cannot be imported into itself",
        )
    )


def other_zone(path: Path, ours: str, theirs: str) -> UsageError:
    """Times that are already local would stand beside times that are local elsewhere."""
    name = shown_path(path)
    return UsageError(
        words(
            f"{name}: время в наборе – по часовому поясу {theirs}, в настройках – {ours}",
            f"{name}: its times are those of {theirs}, the settings say {ours}",
        ),
        remedy=words(
            f"верните timezone = «{theirs}» или импортируйте в новую папку",
            f"set timezone = “{theirs}” again, or import into a new folder",
        ),
    )


def ids_not_unique(table: Table, key: str, rows: int, of: int) -> DumpError:
    """Too many ids of a dump are those of other schools of the dataset."""
    return DumpError(
        words(
            f"{table}.{key}: {rows} из {of} значений в наборе уже принадлежат другим школам",
            f"{table}.{key}: {rows} of {of} values belong to other schools of the dataset already",
        ),
        remedy=words(
            "номера в этих выгрузках не общие: импортируйте их в разные наборы",
            "the ids of these dumps are not of one numbering: import them into different datasets",
        ),
    )


def states_not_listed(path: Path) -> DumpError:
    """A web server, which names no files, and an earlier state is asked for."""
    return DumpError(
        words(
            f"{shown_path(path)}: веб-сервер не перечисляет состояния набора",
            f"{shown_path(path)}: a web server does not list the states of a dataset",
        ),
        remedy=words(
            "назовите состояние само: --data …/snapshots/000001",
            "name the state itself: --data …/snapshots/000001",
        ),
    )


def only_read_elsewhere(path: Path) -> UsageError:
    """An import that would write to an address."""
    return UsageError(
        words(
            f"-o {shown_path(path)}: импорт пишет только на диск",
            f"-o {shown_path(path)}: an import writes to a disk only",
        ),
        remedy=words(
            "импортируйте в папку и скопируйте её: сначала snapshots, последним CURRENT",
            "import into a folder and copy it: snapshots first, CURRENT last",
        ),
    )
