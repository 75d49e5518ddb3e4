"""monitor.toml, the environment and what was typed → frozen `Settings`."""

from __future__ import annotations

from monitor_cli.settings.load import load_settings
from monitor_cli.settings.model import INDICATOR_KEYS, Settings

__all__ = ["INDICATOR_KEYS", "Settings", "load_settings"]
