"""A renderer for each format of a result, and what it must know of the reader."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from monitor_cli.language import Language, Words, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor_cli.result import WeekResult

Rendered = TypeVar("Rendered")


class Look(NamedTuple):
    """How the reader sees it: the language, columns of a terminal (`None`: full width), colour."""

    language: Language = Language.RU
    width: int | None = None
    colour: bool = False
    red_below: Fraction = Fraction(50)

    @property
    def on_terminal(self) -> bool:
        """Whether a person's terminal shows it, rather than a file or a pipe taking it."""
        return self.width is not None


class Format(NamedTuple, Generic[Rendered]):
    """A format of a result.

    Attributes:
        about: what it is, for the documentation.
        suffixes: the ends of a file's name that ask for it, in lower case.
        render: gives text, or bytes where the format is no text; those refuse a terminal.
        binary: whether `render` gives bytes.
        for_people: whether signs in it need the legend that goes to stderr.
    """

    about: Words
    suffixes: tuple[str, ...]
    render: Callable[[Rendered, Look], str | bytes]
    binary: bool = False
    for_people: bool = False


# Each library is loaded only where its format is asked for.


def _table(result: WeekResult, look: Look) -> str:
    from monitor_cli.render.table import week_table  # noqa: PLC0415

    return week_table(result, look)


def _json(result: WeekResult, look: Look) -> str:
    from monitor_cli.render.jsonout import week_json  # noqa: PLC0415

    return week_json(result, look.language)


def _ndjson(result: WeekResult, look: Look) -> str:  # noqa: ARG001
    from monitor_cli.render.jsonout import week_ndjson  # noqa: PLC0415

    return week_ndjson(result)


def _csv(result: WeekResult, look: Look) -> str:
    from monitor_cli.render.delimited import week_csv  # noqa: PLC0415

    return week_csv(result, look)


def _markdown(result: WeekResult, look: Look) -> str:
    from monitor_cli.render.markdown import week_markdown  # noqa: PLC0415

    return week_markdown(result, look)


def _parquet(result: WeekResult, look: Look) -> bytes:  # noqa: ARG001
    from monitor_cli.render.parquet import week_parquet  # noqa: PLC0415

    return week_parquet(result)


def _workbook(result: WeekResult, look: Look) -> bytes:
    from monitor_cli.render.week_workbook import week_workbook  # noqa: PLC0415

    return week_workbook(result, look)


def _html(result: WeekResult, look: Look) -> str:
    from monitor_cli.render.html import week_html  # noqa: PLC0415

    return week_html(result, look)


WEEK_FORMATS: dict[str, Format[WeekResult]] = {
    "table": Format(
        words(
            "таблица для человека: строка – место, столбец – показатель, внизу итог",
            "a table to read: a row a place, a column an indicator, totals below",
        ),
        (".txt",),
        _table,
        for_people=True,
    ),
    "json": Format(
        words(
            "один документ: строки, итоги, отложенное, предупреждения; без округления",
            "one document: rows, totals, what was set aside, warnings; unrounded",
        ),
        (".json",),
        _json,
    ),
    "ndjson": Format(
        words(
            "строка JSON на место и показатель, без итогов; без округления",
            "a line of JSON for each place and indicator, no totals; unrounded",
        ),
        (".ndjson", ".jsonl"),
        _ndjson,
    ),
    "csv": Format(
        words(
            "строка – место, столбец – значение показателя; по-русски для русского Excel: UTF-8 "
            "с BOM, «;», запятая, два знака; по-английски «,», точка, без округления",
            "a row a place, a column an indicator's value; in English `,`, point, unrounded; in "
            "Russian for a Russian Excel: UTF-8 with BOM, `;`, decimal comma, two decimals",
        ),
        (".csv",),
        _csv,
    ),
    "md": Format(
        words(
            "таблица Markdown для письма или вики, с итогом",
            "a Markdown table for a letter or a wiki, with totals",
        ),
        (".md",),
        _markdown,
        for_people=True,
    ),
    "parquet": Format(
        words(
            "то же, что ndjson, типизированными столбцами и со всем, что показано рядом; "
            "не для терминала",
            "the same as ndjson in typed columns, with all that stands beside the value; "
            "not for a terminal",
        ),
        (".parquet",),
        _parquet,
        binary=True,
    ),
    "xlsx": Format(
        words(
            "книга: сводка с графиками, места по показателям, листы блоков, методика; "
            "не для терминала",
            "a workbook: a summary with charts, places by indicators, a sheet a block, "
            "definitions; not for a terminal",
        ),
        (".xlsx",),
        _workbook,
        binary=True,
    ),
    "html": Format(
        words(
            "страница для браузера, один файл без сети: таблицы, графики, печать",
            "a page for a browser, one file without a network: tables, charts, print",
        ),
        (".html", ".htm"),
        _html,
    ),
}
"""The formats of `monitor week`, by the name that `--format` takes."""

SUFFIXES = {suffix: name for name, made in WEEK_FORMATS.items() for suffix in made.suffixes}
"""The format that the name of an output file asks for."""
