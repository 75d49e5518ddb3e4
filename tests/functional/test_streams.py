"""stdout whole or an error; UTF-8; a closed pipe is quiet: as a process of its own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from monitor_cli.commands.streams import Streams
from monitor_cli.errors import ExitCode
from tests.documents import parsed

RUN = (sys.executable, "-m", "monitor_cli")
JSON = (*RUN, "week", "--json", "-q")
CATALOGUE = (*RUN, "indicators", "--json")
"""Some kilobytes, which leave the program as a week does, without the time that a week takes."""
pytestmark = pytest.mark.skipif(os.name != "posix", reason="descriptors of a POSIX shell")


@pytest.fixture
def environ(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    monkeypatch.chdir(tmp_path)
    return dict(os.environ)


def ran(
    command: tuple[str, ...], environ: dict[str, str], **how: object
) -> subprocess.CompletedProcess[bytes]:
    how.setdefault("stdout", subprocess.PIPE)
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        command, env=environ, stderr=subprocess.PIPE, check=False, timeout=120, **how
    )


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("command", [CATALOGUE, (*RUN, "--help")], ids=["data", "help"])
def test_a_full_disk_is_exit_4_and_said(
    command: tuple[str, ...], unbuffered: str, environ: dict[str, str]
) -> None:
    environ["PYTHONUNBUFFERED"] = unbuffered
    with Path("/dev/full").open("wb") as full:
        done = ran(command, environ, stdout=full)
    assert done.returncode == ExitCode.OUTPUT
    said = done.stderr.decode()
    assert "на диске нет места" in said
    assert said.count("\n") == 2


def test_a_disk_that_fills_up_half_way_is_exit_4(environ: dict[str, str], tmp_path: Path) -> None:
    environ["PYTHONUNBUFFERED"] = "1"
    target = tmp_path / "out.json"
    # A limit on the size of files cuts a write short, as a full disk does.
    shell = f'trap "" XFSZ; ulimit -f 4; exec "$@" > {target}'
    done = ran(("bash", "-c", shell, "sh", *CATALOGUE), environ)
    assert done.returncode == ExitCode.OUTPUT
    assert done.stderr.startswith("monitor: ошибка: ".encode())


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_closed_pipe_ends_quietly(unbuffered: str, environ: dict[str, str]) -> None:
    environ["PYTHONUNBUFFERED"] = unbuffered
    shell = '"$@" | true; exit "${PIPESTATUS[0]}"'
    for command in (CATALOGUE, (*RUN, "--help")):
        done = ran(("bash", "-c", shell, "sh", *command), environ)
        assert (done.returncode, done.stderr) == (ExitCode.DONE, b"")


def test_a_closed_stdout_is_exit_4_unless_nothing_goes_there(
    environ: dict[str, str], tmp_path: Path
) -> None:
    done = ran(("bash", "-c", 'exec "$@" >&-', "sh", *JSON), environ)
    assert done.returncode == ExitCode.OUTPUT
    assert "он закрыт" in done.stderr.decode()
    target = tmp_path / "x.json"
    into = (*JSON, "--data", "sample", "-o", str(target))
    done = ran(("bash", "-c", 'exec "$@" >&-', "sh", *into), environ)
    assert done.returncode == ExitCode.DONE
    assert parsed(target.read_bytes())["sample"] is True


def test_nothing_open_at_all_is_no_traceback(environ: dict[str, str]) -> None:
    done = ran(("bash", "-c", 'exec "$@" <&- >&- 2>&-', "sh", *JSON), environ)
    assert done.returncode == ExitCode.OUTPUT


@pytest.mark.parametrize(
    "variables",
    [
        {"LC_ALL": "C", "LANG": "C"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "cp1251"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "cp866:strict"},
    ],
    ids=["C", "C-ascii", "cp1251", "ascii", "cp866"],
)
def test_a_pipe_gets_utf_8_whatever_the_console(
    variables: dict[str, str], environ: dict[str, str]
) -> None:
    done = ran((*RUN, "indicators"), environ | variables)
    assert done.returncode == ExitCode.DONE
    assert "Своевременное выставление оценок" in done.stdout.decode()
    refused = ran((*RUN, "week", "--level", "home"), environ | variables)
    assert refused.returncode == ExitCode.USAGE
    assert refused.stderr.decode().startswith("monitor: ошибка: --level: нет уровня «home»\n")


@pytest.mark.parametrize(
    ("encoding", "read_as"), [("cp1251", "cp1251"), ("cp866", "cp866"), ("ascii", "utf-8")]
)
def test_a_terminal_gets_its_own_encoding_if_that_can_say_russian(
    encoding: str, read_as: str, environ: dict[str, str]
) -> None:
    environ |= {"PYTHONIOENCODING": encoding, "COLUMNS": "80", "TERM": "dumb"}
    screen = on_a_terminal((*RUN, "week", "-q", "--block", "users"), environ)
    text = screen.decode(read_as)
    assert "ПРИМЕР: данные вымышлены" in text
    assert ">= 80*" in text if read_as != "utf-8" else "≥ 80*" in text
    assert max(map(len, text.replace("\r", "").split("\n"))) <= 80 + text.count(">=")


def on_a_terminal(command: tuple[str, ...], environ: dict[str, str]) -> bytes:
    """Run a command with stdout on a pseudo-terminal and give what it showed."""
    import pty  # noqa: PLC0415  (not on Windows)

    reader, writer = pty.openpty()
    with subprocess.Popen(command, env=environ, stdout=writer) as running:
        os.close(writer)
        shown = b""
        while True:
            try:
                chunk = os.read(reader, 1 << 16)
            except OSError:
                break
            if not chunk:
                break
            shown += chunk
        assert running.wait() == 0
    os.close(reader)
    return shown


def test_colour_only_on_a_terminal_and_only_if_wanted(environ: dict[str, str]) -> None:
    command = (*RUN, "week", "-q", "--indicator", "timely_marks")
    environ |= {"TERM": "xterm", "COLUMNS": "80"}
    assert b"\x1b[" in on_a_terminal(command, environ)
    assert b"\x1b[" not in on_a_terminal((*command, "--no-color"), environ)
    assert b"\x1b[" not in ran(command, environ).stdout


class Screen(io.StringIO):
    """A text stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("variables", "coloured"),
    [
        ({"TERM": "xterm"}, True),
        ({"TERM": "xterm", "NO_COLOR": ""}, True),
        ({"TERM": "xterm", "NO_COLOR": "1"}, False),
        ({"TERM": "dumb"}, False),
        ({}, False),
    ],
)
def test_the_environment_says_whether_a_terminal_shows_colours(
    variables: dict[str, str], coloured: bool
) -> None:
    assert Streams(Screen(), io.StringIO(), variables).coloured == coloured
    assert not Streams(io.StringIO(), io.StringIO(), variables).coloured


def test_no_home_is_no_fault(environ: dict[str, str]) -> None:
    bare = {key: value for key, value in environ.items() if key in ("PATH", "VIRTUAL_ENV")}
    done = ran(JSON, bare)
    assert done.returncode == ExitCode.DONE
    assert parsed(done.stdout)["sample"] is True
