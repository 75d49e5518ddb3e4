"""Groups of commands: each is known by name and what it is for, and loaded when it is called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

import typer
from typer.core import TyperGroup

from monitor_cli.commands import options
from monitor_cli.commands.bilingual import (
    OPTIONS_METAVAR,
    BilingualCommand,
    language_of,
    no_such,
    spoken,
    translate,
    write_options,
    write_text,
    write_usage,
)
from monitor_cli.language import Words, words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from monitor_cli.language import Language

_COMMANDS = words("Команды", "Commands")
_COMMAND_METAVAR = words("КОМАНДА …", "COMMAND …")


class Listed(NamedTuple):
    """A command before it is loaded: what it is for, and where its function, or its group, is."""

    about: Words
    load: Callable[[], Callable[..., int]] | None = None
    group: Callable[[], type[ListedGroup]] | None = None

    def clause(self, language: Language) -> str:
        """The beginning of what it is for, for a list of commands."""
        return re.split(r"[:.;] ", self.about.said(language), maxsplit=1)[0].rstrip(".")

    def made(self, name: str) -> Any:  # noqa: ANN401
        """The command itself, loaded."""
        alone = typer.Typer(
            name=name,
            cls=None if self.group is None else self.group(),
            help=spoken(self.about),
            add_completion=False,
            rich_markup_mode=None,
        )
        if self.load is None:
            alone.callback(invoke_without_command=True)(_help)
        else:
            as_command = alone.command(name, cls=BilingualCommand, help=spoken(self.about))
            as_command(self.load())
        return typer.main.get_command(alone)


def _help(
    ctx: typer.Context,
    *,
    lang: options.Lang = None,  # noqa: ARG001
    quiet: options.Quiet = False,  # noqa: ARG001
    verbose: options.Verbose = False,  # noqa: ARG001
    no_color: options.NoColor = False,  # noqa: ARG001
    config: options.Config = None,  # noqa: ARG001
) -> None:
    """Show the help of a group that is called without a command."""
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


class ListedGroup(TyperGroup):
    """A group of commands whose help speaks the language of the run."""

    listed: ClassVar[Mapping[str, Listed]] = {}
    """The commands, in the order of the help."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002
        """Name the commands, in the order of the help."""
        return list(self.listed)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401
        """Load a command; `None` where there is none of that name."""
        if cmd_name in self.listed and cmd_name not in self.commands:
            self.add_command(self.listed[cmd_name].made(cmd_name))
        return super().get_command(ctx, cmd_name)

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:  # noqa: ANN401
        """Offer commands and options with their help, for shells that show it."""
        language = language_of(ctx)
        for parameter in self.get_params(ctx):
            translate(parameter, language)
        offered = super().shell_complete(ctx, incomplete)
        for item in offered:
            if item.value in self.listed:
                item.help = self.listed[item.value].clause(language)
        return offered

    def format_usage(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Write the line of usage."""
        write_usage(ctx, [spoken(OPTIONS_METAVAR), spoken(_COMMAND_METAVAR)], formatter)

    def format_help_text(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Write what the program is for."""
        write_text(self.help, ctx, formatter)

    def format_options(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Write the options, then the commands."""
        write_options(self, ctx, formatter)
        language = language_of(ctx)
        with formatter.section(_COMMANDS.said(language)):
            formatter.write_dl(
                [(name, listed.clause(language)) for name, listed in self.listed.items()]
            )

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401
        """Find the command, or name the nearest one."""
        if args[0] not in self.listed and not ctx.resilient_parsing:
            raise no_such(words("команды", "command"), args[0], list(self.listed))
        return super().resolve_command(ctx, args)
