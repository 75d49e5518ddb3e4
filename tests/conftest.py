"""What every test shares: Hypothesis profiles, and an environment without the user's settings."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from pathlib import Path

# A run of the whole engine takes longer than Hypothesis expects of an example.
_COMMON = settings(
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
# `make test`: the same examples every time, so that a failure is the change's.
settings.register_profile("quick", _COMMON, max_examples=12, derandomize=True)
# `make test-all`: twelve times as many, the same every time too.
settings.register_profile("thorough", _COMMON, max_examples=150, derandomize=True)
# By hand: other examples every time, so that what nobody thought of turns up.
settings.register_profile("search", _COMMON, max_examples=300)
settings.load_profile("quick")

_SPEAKING = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "TERM_PROGRAM")


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder without a configuration, a task store or a cache."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(autouse=True)
def _nothing_of_the_user(monkeypatch: pytest.MonkeyPatch, empty_home: Path) -> None:
    """Keep the user's settings, in the environment and at home, out of every test."""
    for name in [name for name in os.environ if name.startswith("MONITOR_")]:
        monkeypatch.delenv(name)
    for name in _SPEAKING:
        monkeypatch.delenv(name, raising=False)
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(empty_home))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
