"""monitor.toml, the environment and what was typed → frozen `Settings`."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor_cli.settings.load import load_settings
    from monitor_cli.settings.model import INDICATOR_KEYS, Settings

__all__ = ["INDICATOR_KEYS", "Settings", "load_settings"]

_HOMES = {"INDICATOR_KEYS": "model", "Settings": "model", "load_settings": "load"}
"""Loaded when asked for: to say where a file is takes neither the model nor its checks."""


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
