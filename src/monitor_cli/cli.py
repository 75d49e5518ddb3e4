"""The Typer app, one line a command, and `main`: errors become lines on stderr and an exit code."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor_cli.commands import options
from monitor_cli.commands.bilingual import Session, option, spoken, usage_error
from monitor_cli.commands.program import COMMANDS, Program
from monitor_cli.commands.streams import ReaderGone, Streams, safe_streams
from monitor_cli.errors import ExitCode, MonitorError, SettingsError
from monitor_cli.language import Language, words
from monitor_cli.settings.find import find_file

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from monitor_cli.commands.listed import Listed

PROGRAM = "monitor"
ABOUT = words(
    "Показатели электронного журнала за неделю, по выгрузке: кто ведёт журнал, кто отстаёт и чего "
    "не хватает. Данные идут в stdout, сообщения – в stderr.",
    "The weekly indicators of an electronic school journal, from its exports: who keeps it, who "
    "lags behind and what is missing. Data go to stdout, messages to stderr.",
)

app = typer.Typer(
    name=PROGRAM,
    cls=Program,
    help=spoken(ABOUT),
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)


@app.callback(invoke_without_command=True)
def root(
    ctx: typer.Context,
    *,
    version: Annotated[
        bool, option("--version", help=words("Показать версию", "Show the version"))
    ] = False,
    lang: options.Lang = None,  # noqa: ARG001
    quiet: options.Quiet = False,  # noqa: ARG001
    verbose: options.Verbose = False,  # noqa: ARG001
    no_color: options.NoColor = False,  # noqa: ARG001
    config: options.Config = None,  # noqa: ARG001
) -> None:
    """Show the version or the help; the options of every command are handed to the command."""
    if version:
        from importlib.metadata import version as installed

        typer.echo(f"{PROGRAM} {installed('monitor-cli')}")
    elif ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


def run() -> None:
    """Start the program from the shell."""
    code = main()
    # Nothing that is still there needs looking through: the process ends, and its memory with it.
    gc.freeze()
    sys.exit(code)


def main(argv: list[str] | None = None) -> int:
    """Run the program with `argv` (without its name) and give its exit code; never raises."""
    arguments = command_first(sys.argv[1:] if argv is None else argv)
    with safe_streams(os.environ) as streams:
        language = spoken_language(arguments, os.environ)
        try:
            code = _run(arguments, Session(language, streams))
            streams.out.flush()
        except ReaderGone:
            return ExitCode.DONE
        except MonitorError as error:
            return _refuse(error, language, streams)
        except KeyboardInterrupt:
            return ExitCode.INTERRUPTED
        except SystemExit as leaving:
            return leaving.code if isinstance(leaving.code, int) else ExitCode.DONE
        # The last line of defence, for faults of the program and panics of Polars, which are
        # BaseException: a traceback may hold names, and must not reach a user.
        except BaseException as error:  # noqa: BLE001
            return _own_fault(error, language, streams)
        return code


def _run(arguments: Sequence[str], session: Session) -> int:
    """Let Typer read the command line and run the command.

    Raises:
        UsageError: the command line cannot be read.
    """
    command = typer.main.get_command(app)
    try:
        code = command.main(
            args=list(arguments), prog_name=PROGRAM, standalone_mode=False, obj=session
        )
    except typer.exceptions.TyperException as error:
        raise usage_error(error, error.format_message()) from error
    except typer.Abort as error:
        raise KeyboardInterrupt from error
    return int(code or 0)


_WITH_VALUE = ("--lang", "--config")
_WITHOUT_VALUE = ("--quiet", "--verbose", "--no-color")


def command_first(arguments: Sequence[str]) -> list[str]:
    """Move options of every command that stand before the command behind it.

    `monitor --lang en week` is `monitor week --lang en`, `monitor --lang en task list` is
    `monitor task list --lang en`; without a command all stays.
    """
    path: list[str] = []
    moved: list[str] = []
    rest = list(arguments)
    level: Mapping[str, Listed] | None = COMMANDS
    while rest:
        if _is_switch(rest[0]) or rest[0].startswith(tuple(f"{name}=" for name in _WITH_VALUE)):
            moved.append(rest.pop(0))
        elif rest[0] in _WITH_VALUE and len(rest) > 1:
            moved += [rest.pop(0), rest.pop(0)]
        elif level is None or rest[0].startswith("-"):
            break
        else:
            path.append(rest.pop(0))
            found = level.get(path[-1])
            level = None if found is None or found.group is None else found.group().listed
    return [*path, *moved, *rest]


def _is_switch(argument: str) -> bool:
    """Whether it is an option of every command that takes no value: `-qv`, `--quiet`."""
    letters = argument.removeprefix("-")
    return argument in _WITHOUT_VALUE or (
        letters != argument and bool(letters) and not letters.strip("qv")
    )


def spoken_language(arguments: Sequence[str], environ: Mapping[str, str]) -> Language:
    """The language of help and errors: typed, else of the environment, else of the file.

    Settings that cannot be read are no matter here: the command will say so.
    """
    for said in (_typed_value(arguments, "--lang"), environ.get("MONITOR_LANG")):
        if said in tuple(Language):
            return Language(said)
    config = _typed_value(arguments, "--config")
    try:
        if find_file(config, environ) is None:
            return Language.RU

        from monitor_cli.settings import load_settings

        return load_settings(config=config, environ=environ).language
    except SettingsError:
        return Language.RU


def _typed_value(arguments: Sequence[str], name: str) -> str | None:
    """The last value of an option, before the line has been read properly."""
    found: str | None = None
    for at, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == name and at + 1 < len(arguments):
            found = arguments[at + 1]
        elif argument.startswith(f"{name}="):
            found = argument.partition("=")[2]
    return found


def _refuse(error: MonitorError, language: Language, streams: Streams) -> int:
    """Say what is wrong, where and what to do."""
    prefix = words("ошибка", "error").said(language)
    streams.say(f"{PROGRAM}: {prefix}: {error.message().said(language)}")
    return error.code


def _own_fault(error: BaseException, language: Language, streams: Streams) -> int:
    """Say that the program is at fault and where: its kind and place, never its text."""
    place = ""
    step = error.__traceback__
    while step is not None:
        path = Path(step.tb_frame.f_code.co_filename)
        if "monitor_cli" in path.parts:
            place = f" ({path.name}:{step.tb_lineno})"
        step = step.tb_next
    kind = type(error).__name__
    said = words(
        f"ошибка: сбой самой программы, {kind}{place}; вывода нет\n"
        "сообщите о нём разработчикам: этой строки достаточно",
        f"error: a fault of the program itself, {kind}{place}; there is no output\n"
        "please report it: this line is enough",
    )
    streams.say(f"{PROGRAM}: {said.said(language)}")
    return ExitCode.DUMP
