"""What an indicator is: a function of the rules that returns two additive numbers a row."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass, field
from enum import Enum
from functools import wraps
from typing import TYPE_CHECKING, NamedTuple

from monitor_cli.columns import SHAPES, Table
from monitor_cli.levels import EVERYWHERE, Level
from monitor_cli.result import ExtraKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import polars as pl

    from monitor_cli.language import Words
    from monitor_cli.result import Block
    from monitor_cli.settings import Settings


class Fact(Enum):
    """The rows that an indicator counts; `facts.py` lists the columns of each."""

    TEACHERS = "teachers"
    STUDENTS = "students"
    PARENTS = "parents"
    CLASSES = "classes"
    LESSONS = "lessons"
    MARKS = "marks"
    HOMEWORK = "homework"
    SCHOOLS = "schools"


@dataclass(frozen=True, slots=True, eq=False)
class Share:
    """Rows `of` that are `where` too, of all rows `of`; `counts` are further sums over the rows.

    `still`: which of the lost rows can come right, where rows have deadlines of their own; without
    it all of them can, as long as the week lasts.
    """

    of: pl.Expr
    where: pl.Expr
    counts: Mapping[str, pl.Expr] = field(default_factory=dict)
    still: pl.Expr | None = None

    @property
    def numerator(self) -> pl.Expr:
        """The rows that count in the numerator."""
        return self.of & self.where

    @property
    def denominator(self) -> pl.Expr:
        """The rows that count in the denominator."""
        return self.of

    @property
    def lost(self) -> pl.Expr:
        """The rows that keep it from 100 %: `of` and not `where`. Unknown is no."""
        return _and_not(self.of, self.where)

    @property
    def open(self) -> pl.Expr:
        """The rows that are not in the numerator and can still come into it. Unknown is no."""
        return self.lost if self.still is None else self.still.fill_null(value=False)


@dataclass(frozen=True, slots=True, eq=False)
class Quotient:
    """A numerator and a denominator over different rows of one fact.

    `among` names the one of `counts` whose rows the numerator is taken from; `still` are the rows
    that can come into it, as in a `Share`.
    """

    numerator: pl.Expr
    denominator: pl.Expr
    among: str
    counts: Mapping[str, pl.Expr] = field(default_factory=dict)
    still: pl.Expr | None = None

    @property
    def lost(self) -> pl.Expr:
        """The rows that the numerator is taken from and that are not in it. Unknown is no."""
        return _and_not(self.counts[self.among], self.numerator)

    @property
    def open(self) -> pl.Expr:
        """The rows that are not in the numerator and can still come into it. Unknown is no."""
        return self.lost if self.still is None else self.still.fill_null(value=False)


def _and_not(of: pl.Expr, where: pl.Expr) -> pl.Expr:
    return of.fill_null(value=False) & ~where.fill_null(value=False)


class Together(NamedTuple):
    """The sums of the numerators and of the denominators of other indicators."""

    parts: tuple[str, ...]


class Integral(NamedTuple):
    """Of a school's `components` that have a value, those that reached their threshold."""

    components: tuple[str, ...]


Declaration = Share | Quotient | Together | Integral


class Extra(NamedTuple):
    """What is shown beside the value: a number, or of a school a list of indicators' keys.

    `derive` makes a number from the sums of the place (`numerator`, `denominator` and the declared
    counts); without one it is the declared count of the same name. Lists are the engine's.
    """

    name: str
    title: Words
    derive: Callable[[Mapping[str, int]], float | None] | None = None
    kind: ExtraKind = ExtraKind.COUNT

    def of(self, sums: Mapping[str, int]) -> float | None:
        """The number at a place, `None` where it cannot be told."""
        return sums[self.name] if self.derive is None else self.derive(sums)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A column that an indicator decides by.

    Without all of its columns an indicator is not available; without some of them it is
    computed and said to be too low at most (`indicators.md`, «Not available»).
    """

    table: Table
    column: str
    when: Callable[[Settings], bool] | None = None
    """Under which rules it decides; always without one."""

    def __post_init__(self) -> None:
        """Refuse a column that no dump can have."""
        if self.column not in SHAPES[self.table].columns:
            message = f"{self.table} has no column {self.column!r}"
            raise ValueError(message)

    def __str__(self) -> str:
        """Name it as people do: table.column."""
        return f"{self.table}.{self.column}"


class Indicator(NamedTuple):
    """A declaration with its words: what every output, drill-down and document is made from."""

    key: str
    block: Block
    title: Words
    short: Words
    description: Words
    formula: Words
    source: Words
    ours: Words
    fact: Fact
    levels: frozenset[Level]
    reads: tuple[Table, ...]
    evidence: tuple[Evidence, ...]
    extras: tuple[Extra, ...]
    declare: Callable[[Settings], Declaration]

    @property
    def counted(self) -> Words:
        """What the numerator counts: the beginning of the formula."""
        return type(self.formula)(*(text.partition(" / ")[0] for text in self.formula))

    def decides_by(self, rules: Settings) -> tuple[Evidence, ...]:
        """The columns that it decides by under `rules`."""
        return tuple(item for item in self.evidence if item.when is None or item.when(rules))


def _once(declare: Callable[[Settings], Declaration]) -> Callable[[Settings], Declaration]:
    """Declare once for the settings of a run: every step of the counting asks anew."""
    last: tuple[Settings, Declaration] | None = None

    @wraps(declare)
    def declared(rules: Settings) -> Declaration:
        nonlocal last
        if last is None or last[0] is not rules:
            last = (rules, declare(rules))
        return last[1]

    return declared


_KEY = re.compile(r"[a-z][a-z0-9_]*")


def indicator(
    *,
    block: Block,
    title: Words,
    short: Words,
    ru: str,
    formula: Words,
    source: Words,
    ours: Words,
    fact: Fact,
    reads: tuple[Table, ...] = (),
    evidence: tuple[Evidence, ...] = (),
    levels: frozenset[Level] = EVERYWHERE,
    extras: tuple[Extra, ...] = (),
) -> Callable[[Callable[[Settings], Declaration]], Indicator]:
    """Make an indicator of a function: its name is the key, its docstring the description.

    Args:
        block: the block of the memo that it stands in.
        title: the official title.
        short: the title of a column.
        ru: the description in Russian; the docstring is the English one.
        formula: numerator / denominator in words.
        source: what the memo says, in our words.
        ours: what is finer than the memo.
        fact: the rows that it counts.
        reads: the tables without which it is not available.
        evidence: the columns that it decides by.
        levels: the levels that have it.
        extras: the numbers shown beside the value, in order.

    Raises:
        ValueError: at import, with the offending value, where the declaration is wrong.
    """

    def wrap(declare: Callable[[Settings], Declaration]) -> Indicator:
        key = getattr(declare, "__name__", "")
        if not _KEY.fullmatch(key):
            message = f"an indicator's key is lower-case words: {key!r}"
            raise ValueError(message)
        english = inspect.getdoc(declare)
        if not english:
            message = f"{key}: an indicator needs a docstring"
            raise ValueError(message)
        if not levels:
            message = f"{key}: an indicator needs a level"
            raise ValueError(message)
        names = [extra.name for extra in extras]
        if len(set(names)) != len(names):
            message = f"{key}: an extra stands twice in {names}"
            raise ValueError(message)
        about = type(title)(ru, " ".join(english.split()))
        return Indicator(
            key, block, title, short, about, formula, source, ours,
            fact, levels, reads, evidence, extras, _once(declare),
        )  # fmt: skip

    return wrap
