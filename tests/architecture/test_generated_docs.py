"""The generated pages: written, checked, and as the program has them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from monitor_cli.commands.program import COMMANDS
from monitor_cli.errors import MEANINGS, ExitCode
from monitor_cli.render.formats import WEEK_FORMATS
from monitor_cli.render.report_formats import REPORT_FORMATS
from monitor_cli.render.validate_formats import VALIDATE_FORMATS
from tests.architecture.rules import ROOT
from tests.documents import validator
from tools import write_docs

if TYPE_CHECKING:
    from pathlib import Path

PAGES = sorted(str(path) for path in write_docs.pages())


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_as_the_program_has_it(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    fresh = {str(path): text for path, text in write_docs.pages().items()}
    assert (ROOT / page).read_text("utf-8") == fresh[page]


def test_pages_are_written_and_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    assert write_docs.main(["--check"]) == 1
    assert capsys.readouterr().err.count(": make docs\n") == len(PAGES)
    assert write_docs.main([]) == 0
    assert write_docs.main(["--check"]) == 0
    page = tmp_path / "docs" / "cli.md"
    page.write_text(page.read_text("utf-8") + "\n", "utf-8")
    assert write_docs.main(["--check"]) == 1
    assert "docs/cli.md is stale" in capsys.readouterr().err


def test_the_manual_has_every_command_option_format_and_exit_code() -> None:
    page = (ROOT / "docs" / "cli.md").read_text("utf-8")
    for name in COMMANDS:
        assert page.count(f"## `monitor {name}`") == 2
    for option in ("--level", "--below", "--set", "--no-compare", "--install-completion"):
        assert page.count(option) >= 2
    formats = Counter([*WEEK_FORMATS, *REPORT_FORMATS, *VALIDATE_FORMATS])
    for name, commands in formats.items():
        assert page.count(f"| `{name}` |") == 2 * commands
    for code in ExitCode:
        assert f"| {code.value} | {MEANINGS[code].ru} |" in page
        assert f"| {code.value} | {MEANINGS[code].en} |" in page


@pytest.mark.parametrize(
    "name",
    ["monitor.week/1", "monitor.indicators/1", "monitor.validate/1", "monitor.problems/1"],
)
def test_a_schema_is_one_and_refuses_what_it_does_not_know(name: str) -> None:
    judge = validator(name)
    assert not judge.is_valid({})
    assert not judge.is_valid({"schema": name, "unknown": 1})
