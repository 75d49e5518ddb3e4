"""What is said beside the figures, on stderr: rows set aside, warnings, what the signs mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor_cli.explained import REASONS
from monitor_cli.language import Language, Words, plural_ru, words
from monitor_cli.levels import DOWN_TO_SCHOOL
from monitor_cli.render.harmless import visible
from monitor_cli.render.text import NOT_AVAILABLE, UNKNOWN, percent
from monitor_cli.result import Band

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from monitor_cli.result import Measure, Notice, Problem, WeekResult

REPEATED = "repeated"
NOTHING = words(
    f"{NOT_AVAILABLE.ru} – посчитать не по чему", f"{NOT_AVAILABLE.en} – nothing to count it from"
)
"""What the table shows where there is no value."""


def problem_lines(problems: Sequence[Problem], language: Language) -> list[str]:
    """Rows that were set aside, a line a table, then exact repetitions."""
    by_table: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.reason != REPEATED and problem.rows:
            by_table.setdefault(problem.table, []).append(problem)
    lines = [_set_aside(table, of_table).said(language) for table, of_table in by_table.items()]
    repeated = [problem for problem in problems if problem.reason == REPEATED and problem.rows]
    if repeated:
        tables = ", ".join(f"{problem.table} {problem.rows}" for problem in repeated)
        lines.append(
            words(
                f"повторы, учтённые один раз: {tables}",
                f"repeated rows, counted once: {tables}",
            ).said(language)
        )
    return lines


def _set_aside(table: str, problems: Sequence[Problem]) -> Words:
    rows = sum(problem.rows for problem in problems)
    reasons = [(REASONS[problem.reason].title, problem.rows) for problem in problems]
    ru = "; ".join(f"{reason.ru} – {count}" for reason, count in reasons)
    en = "; ".join(f"{reason.en} – {count}" for reason, count in reasons)
    noun = plural_ru(rows, "строка отложена", "строки отложены", "строк отложено")
    verb = "row set aside" if rows == 1 else "rows set aside"
    return words(f"{table}: {rows} {noun} ({ru})", f"{table}: {rows} {verb} ({en})")


def warning_lines(warnings: Sequence[Notice], language: Language) -> list[str]:
    """The warnings, a line each, without what a terminal must not get."""
    return [visible(notice.message.said(language)) for notice in warnings]


_NAMED = 5
"""The schools named of those that change sides."""
_SIDES = {
    (False, True): words("теперь достигнут", "reached now"),
    (True, False): words("больше не достигнут", "not reached any more"),
}
_VALUES = {True: words("теперь есть", "there now"), False: words("теперь нет", "gone now")}


def changed_lines(result: WeekResult, language: Language) -> list[str]:
    """Which schools change sides under the settings typed: a line an indicator and direction."""
    if result.changed_sides is None:
        return []
    titles = {shown.key: shown.title for shown in result.indicators}
    groups: dict[tuple[str, bool | None, bool | None], list[str]] = {}
    for side in result.changed_sides:
        groups.setdefault((side.indicator, side.before, side.now), []).append(side.school)
    if not groups:
        return [
            words("--set: ни одна школа не сменила сторону", "--set: no school changes sides").said(
                language
            )
        ]
    lines = []
    for (key, before, now), schools in groups.items():
        title = titles[key].said(language)
        what = words("порог", "the threshold")
        how = _SIDES.get((bool(before), bool(now)), words("", ""))
        if before is None or now is None:
            what, how = words("значение", "the value"), _VALUES[before is None]
        more = len(schools) - _NAMED
        rest = words(f" и ещё {more}", f" and {more} more").said(language) if more > 0 else ""
        named = ", ".join(visible(name) for name in schools[:_NAMED])
        lines.append(
            f"--set: {title}: {what.said(language)} {how.said(language)} – {len(schools)}: "
            f"{named}{rest}"
        )
    return lines


_WORST = 3
"""The places named as the worst."""


def worst_lines(result: WeekResult, language: Language) -> list[str]:
    """The places that miss most thresholds, where the table holds more than can be told at once.

    Only places down to schools: below a school a place may be a person.
    """
    several = len(result.columns) > 1 and len(result.rows) > _WORST
    if not several or result.level not in DOWN_TO_SCHOOL:
        return []
    missed = [
        (
            sum(one.reached is False for one in row.measures.values()),
            row.keys[result.level.keys[-1]],
        )
        for row in result.rows
    ]
    worst = sorted(missed, key=lambda place: -place[0])[:_WORST]
    named = [f"{visible(str(name or UNKNOWN))} – {count}" for count, name in worst if count]
    said = words("больше всего показателей ниже порога: ", "most indicators below the threshold: ")
    return [said.said(language) + ", ".join(named)] if named else []


def legend_lines(result: WeekResult, red_below: Fraction, language: Language) -> list[str]:
    """What the signs of the table mean: only those that are in it."""
    measures = [measure for row in result.rows for measure in row.measures.values()]
    measures += result.totals.values()
    signs = measure_signs(measures, red_below, misses=len(result.columns) > 1)
    lines = ["; ".join(sign.said(language) for sign in signs)] if signs else []
    lines.extend(_thresholds(result, measures, language))
    return lines


def measure_signs(measures: Sequence[Measure], red_below: Fraction, *, misses: bool) -> list[Words]:
    """The signs that stand beside these measures; `misses`: so does the number of those missed."""
    signs: list[Words] = []
    if any(measure.reached is False for measure in measures):
        limit = words(percent(red_below, Language.RU), percent(red_below, Language.EN))
        signs.append(
            words(
                f"! – ниже порога, !! – и ниже {limit.ru} %",
                f"! – below the threshold, !! – and below {limit.en} %",
            )
        )
    if misses and any(one.band(red_below) is Band.RED for one in measures):
        signs.append(words("(n!!) – у скольких показателей !!", "(n!!) – indicators with !!"))
    if any(measure.change for measure in measures):
        signs.append(
            words("↑ ↓ – за неделю, в пунктах", "↑ ↓ – points since the week before"),
        )
    if any(measure.extras.get("not_activated") for measure in measures):
        signs.append(words("(n) – не активированы", "(n) – not activated"))
    if any(measure.value is None for measure in measures):
        signs.append(NOTHING)
    return signs


def _thresholds(result: WeekResult, measures: Sequence[Measure], language: Language) -> list[str]:
    lines: list[Words] = []
    if any(shown.placeholder for shown in result.indicators):
        lines.append(
            words(
                "* – порог-заглушка: впишите региональный в [thresholds] файла monitor.toml",
                "* – a placeholder: write your region's into [thresholds] of monitor.toml",
            )
        )
    of_key = {shown.key: shown.threshold for shown in result.indicators}
    differing = any(
        measure.threshold != of_key.get(key, measure.threshold)
        for row in result.rows
        for key, measure in row.measures.items()
    )
    if differing and measures:
        lines.append(
            words(
                "пороги регионов разные: каждое значение сравнено со своим",
                "regions differ in thresholds: each value is compared with its own",
            )
        )
    return [line.said(language) for line in lines]
