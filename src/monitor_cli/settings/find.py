"""Which `monitor.toml` holds: the one named, the nearest above the working folder, the user's."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from monitor_cli.errors import SettingsError
from monitor_cli.language import words

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE_NAME = "monitor.toml"
FOLDER_NAME = "monitor-cli"


def find_file(typed: str | None, environ: Mapping[str, str]) -> Path | None:
    """The file to read, or `None` where there is none and none was named.

    Raises:
        SettingsError: the file named by `--config` or `MONITOR_CONFIG` is not there.
    """
    for origin, name in (("--config", typed), ("MONITOR_CONFIG", environ.get("MONITOR_CONFIG"))):
        if name is None or (not name and origin != "--config"):
            continue
        if not name or "\0" in name or not Path(name).is_file():
            raise SettingsError(
                words(f"{origin}: нет файла «{name}»", f"{origin}: there is no file {name!r}"),
                remedy=words("проверьте путь к файлу настроек", "check the path of the file"),
            )
        return Path(name)
    folders = list(_working_folders())
    own = user_folder(environ)
    if own is not None:
        folders.append(own)
    return next((folder / FILE_NAME for folder in folders if _is_file(folder / FILE_NAME)), None)


def user_folder(environ: Mapping[str, str], platform: str = sys.platform) -> Path | None:
    """The user's configuration folder by the platform's convention, `None` without a home."""
    if platform == "win32":
        base = environ.get("APPDATA")
        return Path(base) / FOLDER_NAME if base else None
    if platform == "darwin":
        home = _home(environ)
        return None if home is None else home / "Library" / "Application Support" / FOLDER_NAME
    base = environ.get("XDG_CONFIG_HOME")
    if base and Path(base).is_absolute():
        return Path(base) / FOLDER_NAME
    home = _home(environ)
    return None if home is None else home / ".config" / FOLDER_NAME


STORE_FILE = "tasks.sqlite"
"""The store of tasks in the user's data folder."""


def user_data_folder(environ: Mapping[str, str], platform: str = sys.platform) -> Path | None:
    """The user's data folder by the platform's convention, `None` without a home."""
    if platform == "win32":
        base = environ.get("LOCALAPPDATA") or environ.get("APPDATA")
        return Path(base) / FOLDER_NAME if base else None
    home = _home(environ)
    if platform == "darwin":
        return None if home is None else home / "Library" / "Application Support" / FOLDER_NAME
    base = environ.get("XDG_DATA_HOME")
    if base and Path(base).is_absolute():
        return Path(base) / FOLDER_NAME
    return None if home is None else home / ".local" / "share" / FOLDER_NAME


def _home(environ: Mapping[str, str]) -> Path | None:
    if environ.get("HOME"):
        return Path(environ["HOME"])
    try:
        return Path.home()
    except (RuntimeError, KeyError):
        return None


def _working_folders() -> tuple[Path, ...]:
    """The working folder and those above it; nothing where it has been deleted."""
    try:
        here = Path.cwd()
    except OSError:
        return ()
    return (here, *here.parents)


def _is_file(path: Path) -> bool:
    """Whether the file is there; a folder that may not be looked into counts as no."""
    try:
        return path.is_file()
    except OSError:
        return False
