"""What is said of the evidence before its sheets: to people in a line or two, to programs."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from monitor_cli.engine.evidence.components import short_by
from monitor_cli.engine.evidence.reasons import SAID, Reason
from monitor_cli.indicators.spec import Fact
from monitor_cli.language import Language, Words, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

    from monitor_cli.clock import Week
    from monitor_cli.indicators.spec import Indicator
    from monitor_cli.result import Measure, Shown


def head(
    week: Week, shown: Shown, total: Measure, lost: int, language: Language
) -> Mapping[str, object]:
    """What programs are told before the sheets."""
    return {
        "week": {
            "start": week.monday.isoformat(),
            "end": week.sunday.isoformat(),
            "iso": week.iso,
        },
        "indicator": {
            "key": shown.key,
            "title": shown.title.said(language),
            "threshold": float(shown.threshold),
            "placeholder": shown.placeholder,
        },
        "value": total.value,
        "numerator": total.numerator,
        "denominator": total.denominator,
        "reached": total.reached,
        "to_reach": to_reach(total),
        "lost": lost,
    }


def to_reach(total: Measure) -> int | None:
    """How many more the numerator needs to reach the threshold; None without a value."""
    if total.numerator is None or not total.denominator:
        return None
    return short_by(total.numerator, total.denominator, total.threshold)


def lines(
    item: Indicator,
    shown: Shown,
    total: Measure,
    lost: int,
    reasons: Sequence[tuple[str, int]],
) -> list[Words]:
    """The value and what it is of; the threshold; how many rows are lost, and why."""
    if total.numerator is None or total.denominator is None:
        return [words("посчитать не по чему", "there is nothing to count it from")]
    said = [_value(item, total)]
    need = to_reach(total)
    if need is not None:
        said.append(_threshold(shown, need))
    if lost:
        said.append(_lost(lost, reasons))
    if need and item.fact is Fact.MARKS:
        said += _beyond_deadlines(need, dict(reasons))
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


def _lost(lost: int, reasons: Sequence[tuple[str, int]]) -> Words:
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
