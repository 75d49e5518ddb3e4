"""What can be computed from the dump at all, and what to say of the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.columns import Table
from monitor_cli.engine.count import column
from monitor_cli.engine.until import undated
from monitor_cli.language import words
from monitor_cli.result import Notice, at_least

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from monitor_cli.clock import Week
    from monitor_cli.dump.dump import Dump
    from monitor_cli.indicators.spec import Evidence, Indicator
    from monitor_cli.language import Words
    from monitor_cli.settings import Settings

STAMPS = {
    Table.MARKS: ("timely_marks", "created_at"),
    Table.HOMEWORK: ("timely_homework", "issued_at"),
}


@dataclass(frozen=True, slots=True)
class Available:
    """Which indicators the dump's tables and columns allow, and which weeks it covers."""

    wanting: frozenset[str]
    """The indicators that no week has, for want of a table, of columns or of times of day."""
    covered: frozenset[date]
    """The Mondays of the weeks with a lesson row."""
    looks_ahead: frozenset[str]
    """The indicators that need lessons in the week after, too."""
    as_of: datetime | None = None
    """The moment whose state is asked for."""

    def has(self, key: str, week: Week) -> bool:
        """Whether the indicator is available in `week`."""
        if key in self.wanting or week.monday not in self.covered:
            return False
        return key not in self.looks_ahead or week.next.monday in self.covered

    def waits(self, key: str, week: Week) -> bool:
        """Whether the value has to wait for the end of `week`, the counts being there.

        The lessons of a part of a week are no share of those of the whole week after.
        """
        return self.as_of is not None and key in self.looks_ahead and not week.is_over(self.as_of)

    def has_value(self, key: str, week: Week) -> bool:
        """Whether places can have a value of the indicator in `week`."""
        return self.has(key, week) and not self.waits(key, week)


def examine(
    dump: Dump,
    indicators: Sequence[Indicator],
    rules: Settings,
    covered: Iterable[date],
    as_of: datetime | None = None,
) -> tuple[Available, list[Notice]]:
    """Hold the needs of `indicators` against the dump.

    Source: `indicators.md`, «Not available» and «A stamp without a time of day».
    """
    wanting: set[str] = set()
    notices: list[Notice] = []
    for table in Table:
        readers = [item for item in indicators if table in item.reads]
        if readers and table not in dump.tables:
            wanting.update(item.key for item in readers)
            notices.append(_missing_table(table, readers))
    for item in indicators:
        if item.key not in wanting and (said := _examine_columns(dump, item, rules)):
            notices.append(said)
            if said.code == "missing_column":
                wanting.add(item.key)
    for table, (key, stamp) in STAMPS.items():
        timed = [item for item in indicators if item.key == key and key not in wanting]
        if timed and stamp in dump.tables[table].midnight:
            wanting.add(key)
            notices.append(_no_time(timed[0], table, stamp))
    ahead = rules.timely_homework.denominator == "next_week"
    available = Available(
        frozenset(wanting),
        frozenset(covered),
        frozenset({"timely_homework"} if ahead else ()),
        as_of,
    )
    notices += undated(dump, indicators, rules, as_of)
    return available, notices


def _examine_columns(dump: Dump, item: Indicator, rules: Settings) -> Notice | None:
    decides = item.decides_by(rules)
    absent = [one for one in decides if one.column not in dump.tables[one.table].columns]
    if not absent:
        return None
    return _missing_columns(item, absent) if len(absent) == len(decides) else _partial(item, absent)


def _titles(items: Iterable[Indicator]) -> Words:
    items = tuple(items)
    return words(
        ", ".join(f"«{item.title.ru}»" for item in items),
        ", ".join(f"“{item.title.en}”" for item in items),
    )


def _missing_table(table: Table, readers: Sequence[Indicator]) -> Notice:
    titles = _titles(readers)
    return Notice(
        "missing_table",
        words(
            f"нет таблицы {table}: н/д {titles.ru}",
            f"no table {table}: not available: {titles.en}",
        ),
    )


def _missing_columns(item: Indicator, absent: Sequence[Evidence]) -> Notice:
    names = ", ".join(str(one) for one in absent)
    return Notice(
        "missing_column",
        words(
            f"нет колонок {names}: н/д «{item.title.ru}»",
            f"no columns {names}: not available: “{item.title.en}”",
        ),
    )


def _partial(item: Indicator, absent: Sequence[Evidence]) -> Notice:
    names = ", ".join(str(one) for one in absent)
    if all(one.column == "activated_at" for one in absent):
        return Notice(
            "partial_evidence",
            words(
                f"нет {names}: «{item.title.ru}» — по состоянию на день выгрузки",
                f"no {names}: “{item.title.en}” is as of the day of the export",
            ),
        )
    return Notice(
        "partial_evidence",
        words(
            f"нет {names}: «{item.title.ru}» может быть только занижен",
            f"no {names}: “{item.title.en}” can only be too low",
        ),
    )


def _no_time(item: Indicator, table: Table, stamp: str) -> Notice:
    return Notice(
        "no_time_of_day",
        words(
            f"в {table}.{stamp} нет времени суток: н/д «{item.title.ru}»",
            f"{table}.{stamp} has no time of day: not available: “{item.title.en}”",
        ),
    )


def coverage(week: Week, available: Available, shown: Sequence[Indicator]) -> list[Notice]:
    """Say that the dump does not cover `week`, or that it stops short of the next."""
    if week.monday not in available.covered:
        weeks = ", ".join(monday.isoformat() for monday in sorted(available.covered))
        return [
            Notice(
                "not_covered",
                words(
                    f"в выгрузке нет уроков недели {week.iso}; есть недели с понедельника: "
                    f"{weeks or 'ни одной'}",
                    f"the dump has no lessons of {week.iso}; it covers the weeks of: "
                    f"{weeks or 'none'}",
                ),
            )
        ]
    ahead = [
        item
        for item in shown
        if item.key in available.looks_ahead and item.key not in available.wanting
    ]
    if ahead and week.next.monday not in available.covered:
        titles = _titles(ahead)
        return [
            Notice(
                "no_next_week",
                words(
                    f"в выгрузке нет уроков недели {week.next.iso}: н/д {titles.ru}",
                    f"the dump has no lessons of {week.next.iso}: not available: {titles.en}",
                ),
            )
        ]
    waiting = [item for item in ahead if available.waits(item.key, week)]
    if waiting:
        titles = _titles(waiting)
        return [
            Notice(
                "value_waits",
                words(
                    f"до конца {week.sunday.isoformat()} без значения, показаны оба числа: "
                    f"{titles.ru}",
                    f"no value before the end of {week.sunday.isoformat()}, both counts are shown: "
                    f"{titles.en}",
                ),
            )
        ]
    return []


def said_of_schools(
    schools: pl.DataFrame,
    week: Week,
    indicators: Sequence[Indicator],
    rules: Settings,
    available: Available,
) -> list[Notice]:
    """Say where the shifts are guessed and where the threshold of timely marks is out of reach.

    Args:
        schools: a row a school left by the filters, with its sums of `week`.
        week: the week.
        indicators: what is computed.
        rules: the settings.
        available: what the dump allows.
    """
    item = next((one for one in indicators if one.key == "timely_marks"), None)
    if item is None or not available.has(item.key, week):
        return []
    notices = []
    guessed = schools.filter(~pl.col("shifts_known")).height
    if guessed:
        notices.append(
            Notice(
                "shifts_unknown",
                words(
                    f"число смен не указано, принята одна (школ: {guessed})",
                    f"the number of shifts is not given, one is assumed (schools: {guessed})",
                ),
            )
        )
    low = [
        row
        for row in schools.select(
            "region", column(item.key, "tracked"), column(item.key, "denominator")
        ).iter_rows()
        if row[2] and not at_least(row[1], row[2], rules.threshold(item.key, row[0]))
    ]
    if low:
        notices.append(
            Notice(
                "unreachable_threshold",
                words(
                    f"«{item.title.ru}»: порог недостижим при таких видах работ (школ: {len(low)})",
                    f"“{item.title.en}”: the threshold cannot be reached with these work types "
                    f"(schools: {len(low)})",
                ),
            )
        )
    return notices
