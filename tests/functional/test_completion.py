"""Completion by Tab: options and values, in the language of the run, without what is heavy."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

RUN = (sys.executable, "-c", "from monitor_cli.cli import run; run()")


def completed(words: str, **environ: str) -> list[str]:
    """What bash is offered for the last of `words`; a blank at the end asks for a new one."""
    typed = words.split(" ")
    bash = {
        "_MONITOR_COMPLETE": "complete_bash",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(typed) - 1),
    }
    done = subprocess.run(
        RUN, env=os.environ | bash | environ, capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    return done.stdout.split()


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("monitor we", ["week"]),
        ("monitor week --le", ["--level"]),
        ("monitor week --level s", ["school", "subject"]),
        ("monitor week --block ", ["users", "journal", "all"]),
        ("monitor week --format ", ["table", "json", "ndjson", "csv", "md", "parquet"]),
        ("monitor week --indicator timely", ["timely_marks", "timely_homework"]),
        ("monitor week --sort timely", ["timely_marks", "timely_homework"]),
        ("monitor week --date t", ["this"]),
        ("monitor week --lang ", ["ru", "en"]),
        ("monitor indicators --format ", ["table", "json", "md"]),
        ("monitor indicators timely", ["timely_marks", "timely_homework"]),
    ],
)
def test_bash_is_offered(words: str, offered: list[str]) -> None:
    assert completed(words) == offered


@pytest.mark.parametrize(("language", "said"), [("ru", "Показатели недели"), ("en", "week")])
def test_shells_that_show_help_show_it_in_the_language_of_the_run(language: str, said: str) -> None:
    zsh = {
        "_MONITOR_COMPLETE": "complete_zsh",
        "_TYPER_COMPLETE_ARGS": "monitor we",
        "MONITOR_LANG": language,
    }
    done = subprocess.run(RUN, env=os.environ | zsh, capture_output=True, text=True, check=True)
    assert said in done.stdout
    assert ("недели" in done.stdout) == (language == "ru")


def test_the_code_of_completion_is_shown_for_bash() -> None:
    shown = subprocess.run(
        RUN,
        env=os.environ | {"_MONITOR_COMPLETE": "source_bash"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "complete -o default -F" in shown
    assert "COMP_CWORD" in shown
