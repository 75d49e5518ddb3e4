"""Indicators over weeks as a report: a row a place and indicator, a sparkline, what it tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor_cli.engine.compare_report import KEYS, alone, said_of
from monitor_cli.indicators import CATALOGUE
from monitor_cli.language import words
from monitor_cli.levels import Level
from monitor_cli.report import Column, Kind, Reader, Report, ReportShape, Sheet, SheetShape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor_cli.clock import Week
    from monitor_cli.engine.trend import Course, Trend
    from monitor_cli.report import Value
    from monitor_cli.result import Measure

NAME = "trend"
ROWS, TOTALS = "rows", "totals"

_SHORT = {item.key: item.short for item in CATALOGUE}
_TITLES = {item.key: item.title for item in CATALOGUE}
_INDICATOR = Column("indicator", words("Показатель", "Indicator"), Kind.CODE, _SHORT)
_UP, _DOWN = "up", "down"
_VALUES = Column("values", words("По неделям", "By week"), Kind.SERIES)
_THEN = (
    Column("then", words("Как было известно", "As known then"), Kind.SERIES),
    Column("then_last", words("Было известно", "Known then"), Kind.MEASURE),
    Column("filled_in", words("Дозаполнено, п.", "Filled in later"), Kind.POINTS),
)
_COURSE = (
    Column("last", words("Последняя", "Last"), Kind.MEASURE),
    Column("slope", words("За неделю, п.", "A week, points"), Kind.POINTS),
    Column("best", words("Лучшая", "Best"), Kind.MEASURE),
    Column("best_week", words("её неделя", "its week"), reader=Reader.PROGRAMS),
    Column("best_short", words("когда", "when"), reader=Reader.PEOPLE),
    Column("worst", words("Худшая", "Worst"), Kind.MEASURE),
    Column("worst_week", words("её неделя", "its week"), reader=Reader.PROGRAMS),
    Column("worst_short", words("когда", "when"), reader=Reader.PEOPLE),
    Column(
        "crossed",
        words("Порог", "Threshold"),
        Kind.CODE,
        {_UP: words("достигнут", "reached"), _DOWN: words("потерян", "lost")},
    ),
    Column("crossed_week", words("с недели", "since"), reader=Reader.PROGRAMS),
    Column("crossed_short", words("когда", "when"), reader=Reader.PEOPLE),
)
_IDS = frozenset({"school_id", "class_id", "teacher_id", "parallel"})
_ISO_WEEK = {"type": "string", "pattern": "^[0-9]{4}-W[0-9]{2}$"}

SHAPE = ReportShape(
    NAME,
    words(
        "Один документ: `monitor trend --format json`. `weeks` – недели по порядку, `values` – "
        "значение показателя в каждой из них, `null` – пропуск: уроков не было или посчитать не "
        "по чему. `slope` – пунктов в неделю, наименьшие квадраты. `crossed` – последний переход "
        "порога. С `--as-imported weekly`: `then` – что было известно к концу понедельника "
        "после недели, `then_last` – последняя из таких недель, `filled_in` – насколько "
        "значение той же недели выросло с тех пор.",
        "One document: `monitor trend --format json`. `weeks` are the weeks in order, `values` the "
        "indicator's value in each, `null` is a gap: there were no lessons, or there is nothing to "
        "count it from. `slope` is in points a week, by least squares. `crossed` is the last "
        "crossing of the threshold. With `--as-imported weekly`: `then` is what was known by the "
        "end of the Monday after each week, `then_last` the last of these, `filled_in` how much "
        "the value of that week has risen since.",
    ),
    (
        SheetShape(
            ROWS,
            (*KEYS.values(), _INDICATOR, _VALUES, *_THEN, *_COURSE),
            optional=frozenset({*KEYS, *(column.key for column in _THEN)}),
        ),
        SheetShape(
            TOTALS,
            (_INDICATOR, _VALUES, *_THEN, *_COURSE),
            optional=frozenset(column.key for column in _THEN),
        ),
    ),
    head={
        "weeks": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"start": {"type": "string"}, "iso": _ISO_WEEK},
                "required": ["start", "iso"],
                "additionalProperties": False,
            },
        },
        "level": {"enum": [level.value for level in Level]},
    },
)


def trend_report(found: Trend, *, limit: int | None, sample: bool) -> Report:
    """The report; `limit` is how many rows it has at most."""
    first, last = found.weeks[0], found.weeks[-1]
    weekly = any(course.then is not None for course in found.totals)
    return Report(
        name=NAME,
        title=words(
            f"Недели {first.iso} – {last.iso} (с {first.monday:%d.%m.%Y} по "
            f"{last.sunday:%d.%m.%Y})",
            f"Weeks {first.iso} – {last.iso} ({first.monday.isoformat()} to "
            f"{last.sunday.isoformat()})",
        ),
        lines=said_of(found.indicators),
        main=ROWS,
        sheets=(_rows(found, limit, weekly=weekly), _totals(found, weekly=weekly)),
        head={
            "weeks": [{"start": week.monday.isoformat(), "iso": week.iso} for week in found.weeks],
            "level": found.level.value,
        },
        problems=found.problems,
        warnings=found.warnings,
        complete=found.complete,
        sample=sample,
        day=last.sunday,
    )


def _rows(found: Trend, limit: int | None, *, weekly: bool) -> Sheet:
    courses = found.rows if limit is None else found.rows[:limit]
    names = found.level.keys
    columns = [_key(name, found.rows, found.level) for name in names]
    rows = [
        (
            *((course.place or {})[name] for name in names),
            course.indicator,
            *_told(course, weekly=weekly),
        )
        for course in courses
    ]
    return Sheet(
        ROWS,
        words("По местам", "By place"),
        (
            *columns,
            alone(_INDICATOR, (one.key for one in found.indicators)),
            *_columns(weekly=weekly),
        ),
        rows,
        rows_in_all=None if limit is None else len(found.rows),
    )


def _key(name: str, courses: Sequence[Course], level: Level) -> Column:
    """A key of the places: people are spared ids, and what is the same in every row."""
    values = {(course.place or {})[name] for course in courses}
    spared = name in _IDS if name != level.value else False
    alone = len(values) == 1 and name != level.value
    return KEYS[name]._replace(reader=Reader.PROGRAMS) if spared or alone else KEYS[name]


def _totals(found: Trend, *, weekly: bool) -> Sheet:
    rows = [(course.indicator, *_told(course, weekly=weekly)) for course in found.totals]
    columns = (_INDICATOR._replace(words=_TITLES), *_columns(weekly=weekly))
    return Sheet(TOTALS, words("Всего", "In all"), columns, rows)


def _columns(*, weekly: bool) -> tuple[Column, ...]:
    return (_VALUES, *(_THEN if weekly else ()), *_COURSE)


def _told(course: Course, *, weekly: bool) -> tuple[Value, ...]:
    """What the columns after the keys hold."""
    values = _series(course.measures)
    then: tuple[Value, ...] = ()
    if weekly:
        then = _then(course)
    best, worst, crossing = course.best, course.worst, course.crossing
    return (
        values,
        *then,
        course.measures[-1],
        course.slope,
        *(_NOWHERE if best is None else (best[1], *_week(best[0]))),
        *(_NOWHERE if worst is None else (worst[1], *_week(worst[0]))),
        *(
            _NOWHERE
            if crossing is None
            else (_UP if crossing.upwards else _DOWN, *_week(crossing.week))
        ),
    )


_NOWHERE: tuple[Value, ...] = (None, None, None)


def _week(week: Week) -> tuple[str, str]:
    """A week for programs, and for people who have its year above."""
    return week.iso, week.iso.partition("-")[2]


def _then(course: Course) -> tuple[Value, ...]:
    """What was known then, and how much has been filled in since the last week that has both."""
    then = course.then or (None,) * len(course.weeks)
    both = [
        (before, now)
        for before, now in zip(then, course.measures, strict=True)
        if before is not None and now is not None
    ]
    if not both:
        return _series(then), None, None
    before, now = both[-1]
    if before.value is None or now.value is None:
        return _series(then), before, None
    return _series(then), before, now.value - before.value


def _series(measures: Sequence[Measure | None]) -> tuple[float | None, ...]:
    return tuple(None if measure is None else measure.value for measure in measures)
