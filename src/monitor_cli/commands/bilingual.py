"""Typer in two languages: options whose help is `Words`, help pages and usage errors in either."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import typer
from typer.core import TyperCommand

from monitor_cli.errors import UsageError
from monitor_cli.language import Language, Words, words
from monitor_cli.render.harmless import quoted, visible

if TYPE_CHECKING:
    from collections.abc import Callable

    from typer.core import TyperGroup
    from typer.models import ArgumentInfo, OptionInfo

    from monitor_cli.commands.streams import Streams

_SPOKEN: dict[str, Words] = {}
"""Texts by their English, which is what Typer is given."""


class Session(NamedTuple):
    """What a command must know of the run besides its options: `typer.Context.obj`."""

    language: Language
    streams: Streams


def spoken(text: Words) -> str:
    """The English text, for Typer; the help pages find the Russian one by it.

    Raises:
        ValueError: two Russian texts have the same English one.
    """
    if _SPOKEN.setdefault(text.en, text) != text:
        message = f"two Russian texts for {text.en!r}"
        raise ValueError(message)
    return text.en


def in_language(text: str | None, language: Language) -> str:
    """A text given to `spoken`, or any other as it is, in `language`."""
    if text is None:
        return ""
    return _SPOKEN[text].said(language) if text in _SPOKEN else text


OPTIONS = words("Параметры", "Options")
_ARGUMENTS = words("Аргументы", "Arguments")
_USAGE = words("Использование: ", "Usage: ")
OPTIONS_METAVAR = words("[ПАРАМЕТРЫ]", "[OPTIONS]")
_HELP = words("Показать эту справку", "Show this help")
_COMPLETION = {
    "install_completion": words(
        "Включить дополнение команд в этой оболочке", "Install completion for the current shell"
    ),
    "show_completion": words(
        "Показать код дополнения команд", "Show the code of completion, to copy or adapt it"
    ),
}


def option(
    *flags: str,
    help: Words,  # noqa: A002
    metavar: Words | None = None,
    panel: Words = OPTIONS,
    complete: Callable[[str], list[str]] | None = None,
) -> OptionInfo:
    """An option of a command; its value stays text until the command body reads it.

    Args:
        flags: `--name`, `-n`, or `--on/--off`.
        help: what it is for.
        metavar: what stands for the value in the help; `None` for on/off options.
        panel: the section of the help.
        complete: the values that begin like this, for the shell.
    """
    info: OptionInfo = typer.Option(
        *flags,
        help=spoken(help),
        metavar=None if metavar is None else spoken(metavar),
        rich_help_panel=spoken(panel),
        autocompletion=complete,
        show_default=False,
    )
    return info


def argument(
    *,
    metavar: Words,
    help: Words,  # noqa: A002
    complete: Callable[[str], list[str]] | None = None,
) -> ArgumentInfo:
    """An argument of a command."""
    info: ArgumentInfo = typer.Argument(
        metavar=spoken(metavar),
        help=spoken(help),
        autocompletion=complete,
        show_default=False,
    )
    return info


def language_of(ctx: typer.Context) -> Language:
    """The language of the run."""
    session = ctx.find_object(Session)
    return Language.RU if session is None else session.language


class Told(NamedTuple):
    """An option or argument as the help tells it: its names, what it is for, its default."""

    names: str
    help: str
    default: str


def sections_of(command: Any, ctx: Any) -> dict[str, list[Told]]:  # noqa: ANN401
    """The sections of a help page: arguments, then options by panel in order of appearance."""
    language = language_of(ctx)
    sections: dict[str, list[Told]] = {}
    for parameter in command.get_params(ctx):
        translate(parameter, language)
        record = parameter.get_help_record(ctx)
        if record is None:
            continue
        is_argument = parameter.param_type_name == "argument"
        panel = getattr(parameter, "rich_help_panel", None) or OPTIONS.en
        title = _ARGUMENTS if is_argument else _SPOKEN.get(panel, OPTIONS)
        told = Told(record[0], record[1], _default_of(parameter))
        sections.setdefault(title.said(language), []).append(told)
    return sections


def _default_of(parameter: Any) -> str:  # noqa: ANN401
    """The value that holds where nothing is typed, as it could be typed; empty where none does."""
    if parameter.default is True:
        return str(parameter.opts[0])
    return str(parameter.default) if isinstance(parameter.default, str) else ""


def write_options(command: TyperCommand | TyperGroup, ctx: typer.Context, formatter: Any) -> None:  # noqa: ANN401
    """Write the options of a help page, by section."""
    for name, told in sections_of(command, ctx).items():
        with formatter.section(name):
            formatter.write_dl([(one.names, one.help) for one in told])


def translate(parameter: Any, language: Language) -> None:  # noqa: ANN401
    """Typer keeps a parameter's words in attributes; put those of the language there."""
    if parameter.name == "help":
        parameter.help = _HELP.said(language)
    elif parameter.name in _COMPLETION:
        parameter.help = _COMPLETION[parameter.name].said(language)
    else:
        parameter.help = in_language(parameter.help, language)
    if parameter.metavar is not None:
        parameter.metavar = in_language(parameter.metavar, language)


def write_usage(ctx: typer.Context, pieces: list[str], formatter: Any) -> None:  # noqa: ANN401
    """Write the line of usage of a help page."""
    language = language_of(ctx)
    shown = " ".join(in_language(piece, language) for piece in pieces)
    formatter.write_usage(ctx.command_path, shown, prefix=_USAGE.said(language))


def write_text(text: str | None, ctx: typer.Context, formatter: Any) -> None:  # noqa: ANN401
    """Write what the program or a command is for."""
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(in_language(text, language_of(ctx)))


class BilingualCommand(TyperCommand):
    """A command whose help speaks the language of the run."""

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:  # noqa: ANN401
        """Offer options with their help, for shells that show it."""
        for parameter in self.get_params(ctx):
            translate(parameter, language_of(ctx))
        return super().shell_complete(ctx, incomplete)

    def format_usage(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Write the line of usage."""
        pieces = [spoken(OPTIONS_METAVAR)]
        for parameter in self.get_params(ctx):
            translate(parameter, language_of(ctx))
            pieces.extend(parameter.get_usage_pieces(ctx))
        write_usage(ctx, pieces, formatter)

    def format_help_text(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Write what the command is for."""
        write_text(self.help, ctx, formatter)

    def format_options(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Write the options by section."""
        write_options(self, ctx, formatter)


def no_such(what: Words, typed: str, known: list[str], place: str = "") -> UsageError:
    """The error for a word that is none of `known`; names the nearest, else all of them.

    Args:
        what: the kind of thing, in the genitive in Russian: «нет такой …».
        typed: what was typed.
        known: what could have been.
        place: the option, where it was one's value.
    """
    from difflib import get_close_matches

    near = get_close_matches(typed, known, n=1)
    name = quoted(typed)
    before = f"{place}: " if place else ""
    remedy = (
        words(f"похоже на: {near[0]}", f"did you mean {near[0]}?")
        if near
        else words(f"есть: {', '.join(known)}", f"there are: {', '.join(known)}")
    )
    return UsageError(
        words(f"{before}нет {what.ru} {name.ru}", f"{before}there is no {what.en} {name.en}"),
        remedy=remedy,
    )


_EXTRA = r"(?s)Got unexpected extra argument(?:s|\(s\))? \((?P<extra>.*)\)"


def usage_error(error: Exception, fallback: str) -> UsageError:
    """Typer's own complaint about a command line, in our words.

    Args:
        error: what Typer raised; its kinds are told apart by what they carry.
        fallback: Typer's message, for a complaint that has no words here.
    """
    name = visible(str(getattr(error, "option_name", "")))
    what = words(visible(fallback), visible(fallback))
    match type(error).__name__:
        case "NoSuchOption":
            near = sorted(getattr(error, "possibilities", None) or ())
            if near:
                return UsageError(
                    words(f"нет параметра {name}", f"there is no option {name}"),
                    remedy=words(
                        f"похоже на: {', '.join(near)}", f"did you mean {', '.join(near)}?"
                    ),
                )
            what = words(f"нет параметра {name}", f"there is no option {name}")
        case "BadOptionUsage" if "requires" in fallback:
            what = words(f"параметру {name} нужно значение", f"option {name} needs a value")
        case "BadOptionUsage":
            what = words(f"параметр {name} – без значения", f"option {name} takes no value")
        case "MissingParameter":
            what = words("не хватает обязательного аргумента", "a required argument is missing")
        case "UsageError" if extra := re.match(_EXTRA, fallback):
            rest = quoted(extra["extra"])
            what = words(f"лишнее слово: {rest.ru}", f"unexpected word: {rest.en}")
    context = getattr(error, "ctx", None)
    path = "monitor" if context is None else context.command_path
    return UsageError(what, remedy=words(f"справка: {path} --help", f"help: {path} --help"))
