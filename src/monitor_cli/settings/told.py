"""The settings of an indicator as `monitor.toml` writes them, for who reads its value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor_cli.settings.model import Settings


def rules_of(settings: Settings, key: str) -> dict[str, str]:
    """The settings of the section named after the indicator `key`: name → value; {} without one.

    A list is its items after each other, a table «name = value» after each other.
    """
    section = getattr(settings, key, None)
    if section is None:
        return {}
    names = (
        [one.name for one in fields(section)] if is_dataclass(section) else list(section._fields)
    )
    return {name: _told(getattr(section, name)) for name in names}


def _told(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, time):
        return value.isoformat("minutes" if not value.second else "seconds")
    if isinstance(value, Mapping):
        return ", ".join(f"{name} = {one}" for name, one in value.items())
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return str(value)
