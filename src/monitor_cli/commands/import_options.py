"""The options of `monitor import`, and what was typed after them, read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from monitor_cli.commands import options
from monitor_cli.commands.bilingual import argument, no_such, option
from monitor_cli.commands.output import STDOUT
from monitor_cli.commands.reading import SAMPLE_FOLDER, read_count
from monitor_cli.errors import UsageError
from monitor_cli.language import words
from monitor_cli.render.harmless import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor_cli.settings import Settings

DATASET = words("Набор", "The dataset")
FORMATS = ("table", "json")
SAMPLE = "sample"

Dumps = Annotated[
    list[str] | None,
    argument(
        metavar=words("[ВЫГРУЗКА]...", "[DUMP]..."),
        help=words(
            "Выгрузки в том порядке, в котором следующая заменяет предыдущую; без них – --data",
            "Dumps, each of which replaces what those before it say; without any, --data",
        ),
    ),
]
Dataset = Annotated[
    str | None,
    option(
        "--output",
        "-o",
        metavar=words("НАБОР", "DATASET"),
        help=words(
            "Папка набора: новая, пустая или сделанная monitor import",
            "The folder of the dataset: new, empty or made by monitor import",
        ),
        panel=DATASET,
    ),
]
Keep = Annotated[
    str | None,
    option(
        "--keep",
        metavar=words("ЧИСЛО", "NUMBER"),
        help=words(
            "Оставить столько последних состояний; без параметра остаются все",
            "Keep so many of the latest states; without it all of them stay",
        ),
        panel=DATASET,
    ),
]
Format = Annotated[
    str | None,
    option(
        "--format",
        metavar=words("ФОРМАТ", "FORMAT"),
        help=words("table (по умолчанию) или json", "table (the default) or json"),
        panel=options.OUTPUT,
        complete=options.begins(FORMATS),
    ),
]


def read_dumps(typed: Sequence[str] | None, settings: Settings) -> tuple[Path, ...]:
    """The dumps that were typed, else the one that the settings name.

    Raises:
        UsageError: none is named.
    """
    if typed:
        return tuple(SAMPLE_FOLDER if name == SAMPLE else Path(name) for name in typed)
    if settings.sample:
        return (SAMPLE_FOLDER,)
    if settings.data is not None:
        return (settings.data,)
    raise UsageError(
        words("не названа выгрузка", "no dump is named"),
        remedy=words(
            "назовите её: monitor import ВЫГРУЗКА -o НАБОР",
            "name it: monitor import DUMP -o DATASET",
        ),
    )


def read_dataset(typed: str | None) -> Path:
    """The folder of the dataset.

    Raises:
        UsageError: none is named, or it cannot be a folder.
    """
    if typed is None or typed == STDOUT:
        raise UsageError(
            words("не названа папка набора", "no folder is named for the dataset"),
            remedy=words("назовите её: -o НАБОР", "name it: -o DATASET"),
        )
    return Path(typed)


def read_keep(typed: str | None) -> int | None:
    """How many states stay, None for all.

    Raises:
        UsageError: it is no number, or none would be left.
    """
    if typed is None:
        return None
    number = read_count(typed, "--keep")
    if number == 0:
        name = quoted(typed)
        raise UsageError(
            words(
                f"--keep {name.ru}: хотя бы одно состояние остаётся",
                f"--keep {name.en}: one state at least must stay",
            ),
            remedy=words("наименьшее – 1", "the least is 1"),
        )
    return number


def read_format(typed: str | None) -> str:
    """The format of the summary.

    Raises:
        UsageError: there is none of that name.
    """
    if typed is None:
        return "table"
    if typed not in FORMATS:
        raise no_such(words("формата", "format"), typed, list(FORMATS), "--format")
    return typed
