"""The reports on people and marks say of a dataset what they say of the dump it was made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from monitor_cli import cli
from monitor_cli.errors import ExitCode
from tests.documents import parsed

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("elsewhere")


def test_a_dataset_is_reported_on_as_its_dump(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    def said(*words: str) -> Any:
        assert cli.main([*words, "--date", "2026-W47", "--json"]) == ExitCode.DONE
        return parsed(capfd.readouterr().out)

    dataset = str(tmp_path / "dataset")
    assert cli.main(["import", "--data", "sample", "-o", dataset, "-q"]) == ExitCode.DONE
    capfd.readouterr()
    for words in (
        ("registry",),
        ("people", "--visits", "all"),
        ("grades", "--level", "teacher"),
        ("grades", "--by", "current", "--level", "class"),
        ("form", "oo1"),
    ):
        assert said(*words, "--data", dataset) == said(*words, "--data", "sample")
