"""Where a rendering goes: stdout, or a file that is there whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from monitor_cli.commands.streams import why
from monitor_cli.errors import OutputError, UsageError
from monitor_cli.language import Words, words
from monitor_cli.render.harmless import quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

STDOUT = "-"


def chosen_format(
    typed: str | None,
    output: str | None,
    formats: Collection[str],
    suffixes: Mapping[str, str],
) -> str:
    """The format typed, else that of the file's suffix, else the table.

    Raises:
        UsageError: there is no such format, or the suffix means none.
    """
    if typed is not None:
        if typed not in formats:
            raise _no_format(typed, formats)
        return typed
    if output is None or output == STDOUT:
        return "table"
    suffix = Path(output).suffix.casefold()
    if suffix not in suffixes:
        known = ", ".join(suffixes)
        name = quoted(output)
        raise UsageError(
            words(
                f"-o {name.ru}: по имени файла не понять формат",
                f"-o {name.en}: the file's name tells no format",
            ),
            remedy=words(
                f"окончания имени: {known}; или назовите --format",
                f"endings: {known}; or name one by --format",
            ),
        )
    return suffixes[suffix]


def _no_format(typed: str, formats: Collection[str]) -> UsageError:
    name, known = quoted(typed), ", ".join(formats)
    return UsageError(
        words(f"--format {name.ru}: такого нет", f"--format {name.en}: there is no such format"),
        remedy=words(f"есть: {known}", f"there are: {known}"),
    )


def refuse_terminal(format_: str, out: TextIO) -> None:
    """Keep a format that is no text off a terminal.

    Raises:
        UsageError: `out` is one.
    """
    if out.isatty():
        raise UsageError(
            words(
                f"--format {format_}: это не текст, терминалу его не показать",
                f"--format {format_}: this is no text that a terminal can show",
            ),
            remedy=words(f"назовите файл: -o ФАЙЛ.{format_}", f"name a file: -o FILE.{format_}"),
        )


def write_whole(name: str, data: str | bytes) -> Path:
    """Write a file under a temporary name beside its place, then rename it; give the path.

    Text is written as UTF-8. A link is followed, so that it stays one; a device or a pipe is
    written to as it is.

    Raises:
        OutputError: it cannot be written; the file that was there, if any, is as it was.
    """
    path = Path(name)
    content = data.encode() if isinstance(data, str) else data
    try:
        target = path.resolve()
        if target.exists() and not target.is_file() and not target.is_dir():
            target.write_bytes(content)
        else:
            _replace(target, content)
    except (OSError, RuntimeError, ValueError) as error:
        raise unwritten(path, words("файл не записан", "not written"), error) from error
    return path


def unwritten(path: Path, what: Words, error: Exception) -> OutputError:
    """The error for something that is not on the disk now, and why."""
    reason = why(error)
    return OutputError(
        words(f"{path}: {what.ru}: {reason.ru}", f"{path}: {what.en}: {reason.en}"),
        remedy=words(
            "проверьте папку, права и место на диске",
            "check the folder, the rights and the space on the disk",
        ),
    )


def _replace(target: Path, data: bytes) -> None:
    temporary = target.with_name(f".monitor-{os.urandom(6).hex()}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            temporary.chmod(stat.S_IMODE(target.stat().st_mode))
        temporary.replace(target)
    finally:
        # Gone already when all went well.
        with contextlib.suppress(OSError):
            temporary.unlink()
    _settle(target.parent)


def _settle(folder: Path) -> None:
    """Have the renaming itself on the disk, where the platform and the file system allow it."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
