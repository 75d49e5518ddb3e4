"""Completion by Tab: options and values, in the language of the run, without what is heavy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from monitor_cli import cli

if TYPE_CHECKING:
    from collections.abc import Callable

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capfd: Captured) -> Callable[..., str]:
    """What a shell is told that asks through the environment."""

    def asked(**environ: str) -> str:
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        assert cli.main([]) == 0
        told = capfd.readouterr()
        assert told.err == ""
        return told.out

    return asked


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("monitor we", ["week"]),
        ("monitor week --le", ["--level"]),
        ("monitor week --level s", ["school", "subject"]),
        ("monitor week --block ", ["users", "journal", "all"]),
        (
            "monitor week --format ",
            ["table", "json", "ndjson", "csv", "md", "parquet", "xlsx", "html"],
        ),
        ("monitor week --indicator timely", ["timely_marks", "timely_homework"]),
        ("monitor week --sort timely", ["timely_marks", "timely_homework"]),
        ("monitor week --date t", ["this"]),
        ("monitor week --lang ", ["ru", "en"]),
        ("monitor indicators --format ", ["table", "json", "md"]),
        ("monitor indicators timely", ["timely_marks", "timely_homework"]),
    ],
)
def test_bash_is_offered(words: str, offered: list[str], shell: Callable[..., str]) -> None:
    """The last of `words` is completed; a blank at the end asks for a new one."""
    last = str(len(words.split(" ")) - 1)
    told = shell(_MONITOR_COMPLETE="complete_bash", COMP_WORDS=words, COMP_CWORD=last)
    assert told.split() == offered


@pytest.mark.parametrize(("language", "said"), [("ru", "Показатели недели"), ("en", "week")])
def test_shells_that_show_help_show_it_in_the_language_of_the_run(
    language: str, said: str, shell: Callable[..., str]
) -> None:
    told = shell(
        _MONITOR_COMPLETE="complete_zsh",
        _TYPER_COMPLETE_ARGS="monitor we",
        MONITOR_LANG=language,
    )
    assert said in told
    assert ("недели" in told) == (language == "ru")


def test_the_code_of_completion_is_shown_for_bash(shell: Callable[..., str]) -> None:
    shown = shell(_MONITOR_COMPLETE="source_bash")
    assert "complete -o default -F" in shown
    assert "COMP_CWORD" in shown
