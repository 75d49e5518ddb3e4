"""The table of the memo's functions names commands, options and tests that there are."""

from __future__ import annotations

import re

import pytest

from monitor_cli.commands.program import COMMANDS
from monitor_cli.indicators import CATALOGUE
from tests.architecture.rules import ROOT

PAGE = (ROOT / "docs" / "memo.md").read_text(encoding="utf-8")
ROWS = [
    tuple(cell.strip() for cell in line.strip("|").split("|"))
    for line in PAGE.splitlines()
    if line.startswith("| ") and not line.startswith("| В памятке")
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:30])
def test_a_function_has_a_command_and_a_test_or_a_reason(row: tuple[str, ...]) -> None:
    said, command, test = row
    assert said
    if not test:
        assert command.startswith("нет: ")
        return
    typed = re.fullmatch(r"`monitor (\w+)(?: [\w-]+)*`", command)
    assert typed is not None
    assert typed[1] in COMMANDS
    options = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    section = options.partition(f"## `monitor {typed[1]}`")[2].partition("\n## ")[0]
    for option in re.findall(r"--[a-z-]+", command):
        assert f"`{option}" in section
    assert (ROOT / test.strip("`")).is_file()


def test_every_indicator_that_can_be_shown_is_named_in_the_table() -> None:
    shown = set(re.findall(r"monitor show (\w+)", PAGE))
    assert shown <= {item.key for item in CATALOGUE}
    titles = " ".join(row[0] for row in ROWS).casefold().replace("ё", "е")
    missing = [
        item.key for item in CATALOGUE if item.title.ru.casefold().replace("ё", "е") not in titles
    ]
    assert missing == []
