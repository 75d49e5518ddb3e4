"""A folder that is there whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from monitor_cli.commands.output import STDOUT, unwritten
from monitor_cli.errors import OutputError, UsageError
from monitor_cli.language import words
from monitor_cli.render.harmless import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator


def new_folder(output: str | None) -> Path:
    """The folder to be made.

    Raises:
        UsageError: none is named, or something is in it.
        OutputError: it cannot be looked into.
    """
    if output is None or output == STDOUT:
        raise UsageError(
            words("не названа папка для выгрузки", "no folder is named for the dump"),
            remedy=words("назовите её: -o ПАПКА", "name it: -o FOLDER"),
        )
    folder = Path(output)
    try:
        taken = (folder.exists() or folder.is_symlink()) and (
            not folder.is_dir() or any(folder.iterdir())
        )
    except (OSError, ValueError) as error:
        raise _unwritten(folder, error) from error
    if taken:
        name = quoted(output)
        raise UsageError(
            words(
                f"-o {name.ru}: здесь уже что-то есть", f"-o {name.en}: something is here already"
            ),
            remedy=words(
                "назовите новую или пустую папку: чужое не перезаписывается",
                "name a new or an empty folder: nothing is overwritten",
            ),
        )
    return folder


@contextlib.contextmanager
def becoming(folder: Path) -> Iterator[Path]:
    """A folder under a temporary name beside `folder`, renamed when all went well.

    Raises:
        OutputError: it cannot be written; nothing is left of it.
    """
    temporary = folder.resolve().with_name(f".monitor-{os.urandom(6).hex()}.tmp")
    try:
        temporary.mkdir()
        yield temporary
        if folder.is_dir():
            folder.rmdir()
        temporary.rename(folder)
    except OSError as error:
        raise _unwritten(folder, error) from error
    finally:
        # Gone already when all went well.
        shutil.rmtree(temporary, ignore_errors=True)


def _unwritten(folder: Path, error: Exception) -> OutputError:
    return unwritten(folder, words("папка не записана", "not written"), error)
