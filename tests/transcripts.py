"""The transcripts of `docs/tasks.md`: commands with what they print, to be played again.

A line `$ …` is a command on a file, `role$ …` one by the connection of that role; what it prints on
both streams follows. `$ echo $?` asks for the exit code, `role$ psql -Atc "…"` sends raw SQL.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from monitor_cli import cli

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PAGE = Path(__file__).resolve().parents[1] / "docs" / "tasks.md"
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PROMPT = re.compile(r"^(?P<role>\w*)\$ (?P<typed>.*)$")


class Step(NamedTuple):
    """A command, who types it (empty: whoever has the file), and what it is shown to print."""

    role: str
    typed: str
    printed: str

    @property
    def words(self) -> list[str]:
        """The words of the command, without the name of the program."""
        return shlex.split(self.typed)[1:]


def steps(text: str) -> list[Step]:
    """All commands of a page, in their order."""
    found: list[Step] = []
    for block in _BLOCK.findall(text):
        for line in block.splitlines(keepends=True):
            prompt = _PROMPT.match(line)
            if prompt:
                found.append(Step(prompt["role"], prompt["typed"], ""))
            else:
                found[-1] = found[-1]._replace(printed=found[-1].printed + line)
    return found


def told_anew(text: str, again: list[Step]) -> str:
    """The page with what the commands print now; `UPDATE_GOLDEN=1` writes it so."""
    waiting = iter(again)

    def block(found: re.Match[str]) -> str:
        lines = [
            f"{line}\n{next(waiting).printed}"
            for line in found[1].splitlines()
            if _PROMPT.match(line)
        ]
        return f"```console\n{''.join(lines)}```"

    return _BLOCK.sub(block, text)


def held_to(mark: str, part: int, run: Callable[[Step], tuple[int, str]]) -> None:
    """Play a part of the page, that before `mark` (0) or that after it (2), and compare."""
    parts = [*PAGE.read_text("utf-8").partition(mark)]
    told = steps(parts[part])
    again = played(told, run)
    if os.environ.get("UPDATE_GOLDEN"):
        parts[part] = told_anew(parts[part], again)
        PAGE.write_text("".join(parts), "utf-8")
        return
    assert any("для вас нет" in step.printed for step in told)
    assert again == told


def played(found: list[Step], run: Callable[[Step], tuple[int, str]]) -> list[Step]:
    """The same commands with what they print now."""
    code, again = 0, []
    for step in found:
        if step.typed == "echo $?":
            printed = f"{code}\n"
        else:
            code, printed = run(step)
        again.append(step._replace(printed=printed))
    return again


@contextmanager
def captured() -> Iterator[tuple[io.StringIO, io.StringIO]]:
    """What is written to the standard streams' descriptors meanwhile, once it is over."""
    out, err = io.StringIO(), io.StringIO()
    with tempfile.TemporaryFile() as of_out, tempfile.TemporaryFile() as of_err:
        kept = [os.dup(1), os.dup(2)]
        os.dup2(of_out.fileno(), 1)
        os.dup2(of_err.fileno(), 2)
        try:
            yield out, err
        finally:
            for number, descriptor in enumerate(kept, start=1):
                os.dup2(descriptor, number)
                os.close(descriptor)
            for file, text in ((of_out, out), (of_err, err)):
                file.seek(0)
                text.write(file.read().decode())


def run_here(words: list[str]) -> tuple[int, str]:
    """Run the program with the environment as it is: its code, and what it printed in all."""
    with captured() as (out, err):
        code = cli.main(words)
    return code, out.getvalue() + err.getvalue()
