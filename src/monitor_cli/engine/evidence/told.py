"""What is said of the evidence before its sheets: to people in a line or two, to programs."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from monitor_cli.engine.evidence.components import short_by
from monitor_cli.engine.evidence.reasons import SAID, Reason
from monitor_cli.engine.until import state
from monitor_cli.indicators.spec import Fact
from monitor_cli.language import Language, Words, same, words
from monitor_cli.levels import Level

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

    import polars as pl

    from monitor_cli.engine.query import Query
    from monitor_cli.indicators.spec import Indicator
    from monitor_cli.result import Measure, Shown


@dataclass(frozen=True, slots=True)
class Told:
    """What is to be told: an indicator as shown, its totals, the place they are of.

    `place` names region, municipality and school where all schools left share them, else null.
    `lost` rows keep it from 100 %, `of` as many could; `reasons` are the commonest first.
    """

    item: Indicator
    shown: Shown
    total: Measure
    place: Mapping[str, str | None]
    lost: int
    of: int
    reasons: Sequence[tuple[str, int]]


def place_of(schools: pl.DataFrame) -> dict[str, str | None]:
    """The region, municipality and school that all of `schools` share; null where they do not."""
    found: dict[str, str | None] = {}
    for name in Level.SCHOOL.keys:
        values = schools[name].unique()
        found[name] = str(values[0]) if len(values) == 1 and values[0] is not None else None
    return found


def head(told: Told, query: Query, language: Language, *, still_open: bool) -> Mapping[str, object]:
    """What programs are told before the sheets."""
    shown, total, week = told.shown, told.total, query.week
    return {
        "week": {
            "start": week.monday.isoformat(),
            "end": week.sunday.isoformat(),
            "iso": week.iso,
        },
        "as_of": None if query.as_of is None else query.as_of.isoformat(timespec="seconds"),
        "still_open": still_open,
        "indicator": {
            "key": shown.key,
            "title": shown.title.said(language),
            "threshold": float(shown.threshold),
            "placeholder": shown.placeholder,
        },
        "place": told.place,
        "value": total.value,
        "numerator": total.numerator,
        "denominator": total.denominator,
        "reached": total.reached,
        "to_reach": to_reach(total),
        "lost": told.lost,
    }


def to_reach(total: Measure) -> int | None:
    """How many more the numerator needs to reach the threshold; None without a value."""
    if total.exact is None or total.numerator is None or not total.denominator:
        return None
    return short_by(total.numerator, total.denominator, total.threshold)


def lines(told: Told, query: Query, *, still_open: bool) -> list[Words]:
    """The place; the value and what it is of; the threshold; how many rows are lost, and why."""
    item, total = told.item, told.total
    where = [told.place[name] for name in ("school", "municipality", "region")]
    named = ", ".join(name for name in where if name is not None)
    said = [same(named)] if named else []
    said += [] if query.as_of is None else [state(query.as_of)]
    if total.numerator is None or total.denominator is None:
        nothing = words("посчитать не по чему", "there is nothing to count it from")
        return [*said, nothing]
    said.append(_value(item, total))
    need = to_reach(total)
    if need is not None:
        said.append(_threshold(told.shown, need))
    if still_open:
        still = words(f"ещё не потеряно: {told.lost}", f"not lost yet: {told.lost}")
        return [*said, still]
    if told.lost:
        said.append(_lost(told))
    if need and item.fact is Fact.MARKS:
        said += _beyond_deadlines(need, dict(told.reasons))
    return said


def _value(item: Indicator, total: Measure) -> Words:
    of = f"{total.numerator} / {total.denominator}"
    # Of an integral indicator the words that hold above a school, as totals are.
    formula = words(*(text.rpartition(": ")[2] for text in item.formula))
    if total.shown is None:
        return words(f"н/д: {of} ({formula.ru})", f"n/a: {of} ({formula.en})")
    value = words(f"{total.shown:f}".replace(".", ","), f"{total.shown:f}")
    return words(f"{value.ru} % = {of} ({formula.ru})", f"{value.en} % = {of} ({formula.en})")


def _threshold(shown: Shown, need: int) -> Words:
    threshold = _plain(shown.threshold)
    asterisk = words(" (заглушка)", " (a placeholder)") if shown.placeholder else words("", "")
    if not need:
        return words(
            f"порог {threshold.ru} %{asterisk.ru} достигнут",
            f"the threshold of {threshold.en} %{asterisk.en} is reached",
        )
    return words(
        f"до порога {threshold.ru} %{asterisk.ru} не хватает: {need}",
        f"to the threshold of {threshold.en} %{asterisk.en} it lacks: {need}",
    )


def _lost(told: Told) -> Words:
    lost, reasons = told.lost, told.reasons
    if told.item.key == "school_activity":
        return words(
            f"не достигнуто составляющих: {lost} из {told.of}",
            f"components not reached: {lost} of {told.of}",
        )
    if not reasons:
        return words(f"потеряно: {lost}", f"lost: {lost}")
    ru = ", ".join(f"{SAID[Reason(reason)].ru} – {count}" for reason, count in reasons)
    en = ", ".join(f"{SAID[Reason(reason)].en} – {count}" for reason, count in reasons)
    return words(f"потеряно: {lost} ({ru})", f"lost: {lost} ({en})")


def _beyond_deadlines(need: int, reasons: Mapping[str, int]) -> list[Words]:
    """That keeping the deadlines alone would not do, where it would not."""
    mendable = sum(count for reason, count in reasons.items() if reason != Reason.UNTRACKED)
    if mendable >= need:
        return []
    return [
        words(
            f"одними сроками не исправить: поздно или рано – {mendable}, остальное – виды работ, "
            "которые не учитываются",
            f"deadlines alone cannot mend it: {mendable} late or early, the rest are work types "
            "that are not tracked",
        )
    ]


def _plain(percent: Fraction) -> Words:
    """A percentage without needless zeros."""
    exact = Decimal(percent.numerator) / Decimal(percent.denominator)
    text = f"{exact:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return words(text.replace(".", ","), text)
