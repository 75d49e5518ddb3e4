"""`docs/cli.md`: every command and option, the formats and the exit codes, from the program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from monitor_cli.commands.bilingual import Session, in_language, sections_of
from monitor_cli.errors import MEANINGS, ExitCode
from monitor_cli.language import Language, words
from monitor_cli.render.formats import WEEK_FORMATS
from monitor_cli.render.report_formats import REPORT_FORMATS
from monitor_cli.render.validate_formats import VALIDATE_FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from monitor_cli.commands.streams import Streams
    from monitor_cli.render.formats import Format

_TITLE = words("Командная строка", "The command line")
_INTRODUCTION = words(
    "Страница составлена из самой программы (`make docs`): правьте её тексты, а не страницу. "
    "Данные идут в stdout, всё сказанное человеку – в stderr. Введённое в командной строке "
    "сильнее окружения, окружение – файла `monitor.toml`.",
    "This page is made from the program itself (`make docs`): edit its texts instead. Data go to "
    "stdout, everything said to a person to stderr. What is typed beats the environment, which "
    "beats `monitor.toml`.",
)
_OPTION = words("Параметр", "Option")
_WHAT = words("Что делает", "What it does")
_DEFAULT = words("По умолчанию", "Default")
_FORMATS = words("Форматы", "Formats of")
_FORMAT = words("Формат", "Format")
_ENDINGS = words("Окончание имени файла", "End of the file's name")
_ABOUT = words("Что это", "What it is")
_CODES = words("Коды выхода", "Exit codes")
_CODE = words("Код", "Code")
_MEANING = words("Что значит", "What it means")


def page(app: typer.Typer, streams: Streams) -> str:
    """The whole page: everything in Russian, then everything in English.

    Args:
        app: the program.
        streams: what a session needs; nothing is written there.
    """
    parts = (_in(app, Session(language, streams)) for language in Language)
    return "\n".join("\n".join(lines) + "\n" for lines in parts)


def _in(app: typer.Typer, session: Session) -> list[str]:
    language = session.language
    group: Any = typer.main.get_command(app)
    ctx = group.context_class(group, info_name=group.name, obj=session, **group.context_settings)
    lines = [f"# {_TITLE.said(language)}", "", _INTRODUCTION.said(language), ""]
    lines += _command(group, ctx, language)
    lines += _below(group, ctx, language)
    for name, formats in (
        ("week", WEEK_FORMATS),
        ("show`, `monitor compare`, `monitor trend", REPORT_FORMATS),
        ("validate", VALIDATE_FORMATS),
    ):
        lines += [f"## {_FORMATS.said(language)} `monitor {name}`", ""]
        lines += [*_formats(formats, language), ""]
    lines += [f"## {_CODES.said(language)}", ""]
    codes = ((str(code.value), MEANINGS[code].said(language)) for code in ExitCode)
    return [*lines, *_table([one.said(language) for one in (_CODE, _MEANING)], codes)]


def _below(group: Any, ctx: Any, language: Language) -> Iterator[str]:  # noqa: ANN401
    """The commands of a group, and those of the groups among them."""
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        below = command.context_class(command, info_name=name, parent=ctx)
        yield from _command(command, below, language)
        if hasattr(command, "list_commands"):
            yield from _below(command, below, language)


def _formats(formats: Mapping[str, Format[Any]], language: Language) -> Iterator[str]:
    """A row a format."""
    rows = (
        (_code(name), ", ".join(map(_code, made.suffixes)), made.about.said(language))
        for name, made in formats.items()
    )
    yield from _table([one.said(language) for one in (_FORMAT, _ENDINGS, _ABOUT)], rows)


def _command(command: Any, ctx: Any, language: Language) -> Iterator[str]:  # noqa: ANN401
    """A command: what it is for, its usage, its options by section."""
    yield from (f"## {_code(ctx.command_path)}", "", in_language(command.help, language), "")
    yield from ("```text", command.get_usage(ctx), "```", "")
    titles = [one.said(language) for one in (_OPTION, _WHAT, _DEFAULT)]
    for name, told in sections_of(command, ctx).items():
        yield from (f"### {name}", "")
        rows = ((_code(one.names), one.help, _code(one.default)) for one in told)
        yield from _table(titles, rows)
        yield ""


def _table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    for cells in (titles, ["---"] * len(titles), *rows):
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _code(text: str) -> str:
    return f"`{text}`" if text else ""
