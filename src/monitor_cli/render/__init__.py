"""Results as text: a renderer for each format, and what a renderer must know of the reader."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from monitor_cli.language import Language

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor_cli.result import WeekResult


@dataclass(frozen=True, slots=True)
class Look:
    """How the reader sees it: the language, columns of a terminal (`None`: full width), colour."""

    language: Language = Language.RU
    width: int | None = None
    colour: bool = False
    red_below: Fraction = Fraction(50)


def _table(result: WeekResult, look: Look) -> str:
    # Rich is loaded only where a table is drawn.
    from monitor_cli.render.table import week_table  # noqa: PLC0415

    return week_table(result, look)


def _json(result: WeekResult, look: Look) -> str:
    from monitor_cli.render.jsonout import week_json  # noqa: PLC0415

    return week_json(result, look.language)


WEEK_FORMATS: dict[str, Callable[[WeekResult, Look], str]] = {"table": _table, "json": _json}
"""The formats of `monitor week`, by the name that `--format` takes."""

SUFFIXES = {".json": "json", ".txt": "table"}
"""The format that the name of an output file asks for."""
