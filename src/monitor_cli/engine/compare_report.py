"""A comparison of two weeks as a report: the indicators, the parts that moved them, the sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor_cli.engine.compare import BY
from monitor_cli.indicators import BY_KEY, CATALOGUE
from monitor_cli.indicators.spec import Fact
from monitor_cli.language import words
from monitor_cli.levels import Level
from monitor_cli.report import Column, Kind, Reader, Report, ReportShape, Sheet, SheetShape

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from monitor_cli.clock import Week
    from monitor_cli.engine.compare import Comparison, Part
    from monitor_cli.language import Words
    from monitor_cli.report import Value
    from monitor_cli.result import Measure, Shown

NAME = "compare"
INDICATORS, PARTS, SIDES = "indicators", "parts", "sides"

_TITLES = {item.key: item.title for item in CATALOGUE}
_SHORT = {item.key: item.short for item in CATALOGUE}
_INDICATOR = Column("indicator", words("Показатель", "Indicator"), Kind.CODE, _SHORT)
_BEFORE = Column("before", words("Было", "Before"), Kind.MEASURE)
_NOW = Column("now", words("Стало", "Now"), Kind.MEASURE)
_LEVELS = {
    Level.MUNICIPALITY: words("муниципалитеты", "municipalities"),
    Level.SCHOOL: words("школы", "schools"),
    Level.CLASS: words("классы", "classes"),
    Level.SUBJECT: words("предметы", "subjects"),
    Level.TEACHER: words("учителя", "teachers"),
}
KEYS: dict[str, Column] = {
    "region": Column("region", words("Регион", "Region")),
    "municipality": Column("municipality", words("Муниципалитет", "Municipality")),
    "school_id": Column("school_id", words("ID школы", "School id"), Kind.ID),
    "school": Column("school", words("Школа", "School")),
    "parallel": Column("parallel", words("Параллель", "Parallel"), Kind.COUNT),
    "class_id": Column("class_id", words("ID класса", "Class id"), Kind.ID),
    "class": Column("class", words("Класс", "Class")),
    "subject": Column("subject", words("Предмет", "Subject")),
    "teacher_id": Column("teacher_id", words("ID учителя", "Teacher id"), Kind.ID),
    "teacher": Column("teacher", words("Учитель", "Teacher")),
}
"""The columns that name a place."""

PLACE, OTHERS, OUTSIDE = "place", "others", "outside"
_PART = Column(
    "part",
    words("Что это", "What it is"),
    Kind.CODE,
    {
        PLACE: words("место", "a place"),
        OTHERS: words("остальные вместе", "all others together"),
        OUTSIDE: words("вне мест или в нескольких", "at no place, or at several"),
    },
    reader=Reader.PROGRAMS,
)
_BY = Column(
    "by",
    words("По чему", "By"),
    Kind.CODE,
    {level.value: said for level, said in _LEVELS.items()},
    reader=Reader.PROGRAMS,
)
_PLACES = Column("places", words("Мест", "Places"), Kind.COUNT, reader=Reader.PROGRAMS)
_MOVES = (
    Column("contribution", words("Вклад, п.", "Moved by"), Kind.POINTS),
    Column("rate", words("за счёт значения", "of which value"), Kind.POINTS),
    Column("weight", words("за счёт веса", "of which weight"), Kind.POINTS),
)
_UP, _DOWN = "up", "down"
_SIDE = Column(
    "side",
    words("Порог", "Threshold"),
    Kind.CODE,
    {_UP: words("достигнут", "reached"), _DOWN: words("потерян", "lost")},
)
_COMPONENT = Column("component", words("Составляющая", "Component"), Kind.CODE, _SHORT)


def alone(column: Column, values: Iterable[object]) -> Column:
    """The column, for programs alone where all its values are one and the same."""
    return column._replace(reader=Reader.PROGRAMS) if len(set(values)) == 1 else column


def said_of(indicators: Sequence[Shown]) -> tuple[Words, ...]:
    """The indicator and its threshold in a line, where there is only one."""
    if len(indicators) != 1:
        return ()
    (shown,) = indicators
    threshold = f"{float(shown.threshold):g}"
    return (
        words(
            f"{shown.title.ru}, порог {threshold.replace('.', ',')} %",
            f"{shown.title.en}, threshold {threshold} %",
        ),
    )


def _for_programs(names: Iterable[str]) -> list[Column]:
    return [KEYS[name]._replace(reader=Reader.PROGRAMS) for name in names]


_INDICATOR_COLUMNS = (
    _INDICATOR._replace(words=_TITLES),
    _BEFORE,
    _NOW._replace(compared=True),
)
_SIDE_COLUMNS = (
    _INDICATOR,
    *_for_programs(("region", "municipality", "school_id")),
    KEYS["school"],
    _COMPONENT,
    _SIDE,
    _BEFORE,
    _NOW,
)
_WEEK = {
    "type": "object",
    "properties": {
        "start": {"type": "string"},
        "end": {"type": "string"},
        "iso": {"type": "string"},
    },
    "required": ["start", "end", "iso"],
    "additionalProperties": False,
}

SHAPE = ReportShape(
    NAME,
    words(
        "Один документ: `monitor compare --format json`. `indicators`: каждый показатель в неделях "
        "`with` и `week`. `parts`: вклады мест в изменение, самые большие – первыми; вместе они "
        "дают изменение точно, если их не урезал `--limit` – тогда остальные стоят одной строкой "
        "`others`. `contribution` = 100·(n₁·D₀ − n₀·D₁)/(D₀·D₁) = `rate` + `weight`; `outside` – "
        "то, чего нет ни у одного места (ученик без класса) или что есть у нескольких. Родители "
        "в классах не складываются: у них вкладов нет. `sides`: школы, у которых порог достигнут "
        "или потерян.",
        "One document: `monitor compare --format json`. `indicators`: each of them in the weeks "
        "`with` and `week`. `parts`: what each place contributed to the change, the biggest movers "
        "first; together they make the change exactly, and where `--limit` cuts them the others "
        "stand in one row `others`. `contribution` = 100·(n₁·D₀ − n₀·D₁)/(D₀·D₁) = `rate` + "
        "`weight`; `outside` is what no place has (a student without a class) or several have. "
        "Parents of classes do not add up: they have no contributions. `sides`: the schools that "
        "reached or lost a threshold.",
    ),
    (
        SheetShape(INDICATORS, _INDICATOR_COLUMNS),
        SheetShape(
            PARTS,
            (_INDICATOR, _BY, _PART, *_for_programs(KEYS), _PLACES, _BEFORE, _NOW, *_MOVES),
            optional=frozenset(KEYS),
        ),
        SheetShape(SIDES, _SIDE_COLUMNS),
    ),
    head={
        "week": _WEEK,
        "with": _WEEK,
        "by": {"type": "array", "items": {"enum": [level.value for level in BY]}},
    },
)


def compare_report(found: Comparison, *, limit: int | None, sample: bool) -> Report:
    """The report: `limit` is how many schools of each indicator the sides list, `None` all."""
    return Report(
        name=NAME,
        title=words(
            f"Неделя {_told(found.week).ru} и неделя {_told(found.other).ru}",
            f"Week {_told(found.week).en} against {_told(found.other).en}",
        ),
        lines=said_of(found.indicators),
        main=PARTS,
        sheets=(_indicators(found), _parts(found), _sides(found, limit)),
        head={
            "week": _head(found.week),
            "with": _head(found.other),
            "by": [level.value for level in found.by],
        },
        problems=found.problems,
        warnings=found.warnings,
        complete=found.complete,
        sample=sample,
        day=found.week.sunday,
    )


def _told(week: Week) -> Words:
    return words(
        f"{week.iso} (с {week.monday:%d.%m.%Y})", f"{week.iso} (from {week.monday.isoformat()})"
    )


def _head(week: Week) -> dict[str, str]:
    return {
        "start": week.monday.isoformat(),
        "end": week.sunday.isoformat(),
        "iso": week.iso,
    }


def _indicators(found: Comparison) -> Sheet:
    rows = [(key, before, now) for key, (before, now) in found.wholes.items()]
    return Sheet(INDICATORS, words("Что изменилось", "What changed"), _INDICATOR_COLUMNS, rows)


def _parts(found: Comparison) -> Sheet:
    """The parts; people read one column that names the place, programs its keys."""
    names = [name for name in KEYS if any(name in level.keys for level in found.by)]
    told = _Labels(found.parts)
    place = Column("place", words("Кто", "Who"), Kind.CODE, told.words, reader=Reader.PEOPLE)
    counts = Column("counts", words("Из чего", "Counts"), reader=Reader.PEOPLE)
    columns = (
        alone(_INDICATOR, found.wholes),
        _BY._replace(reader=Reader.ALL) if len(found.by) > 1 else _BY,
        _PART,
        *_for_programs(names),
        place,
        _PLACES,
        _BEFORE,
        _NOW,
        counts,
        *_MOVES,
    )
    rows: list[tuple[Value, ...]] = []
    for part, label in zip(found.parts, told.labels, strict=True):
        keys = part.place or {}
        rows.append(
            (
                part.indicator,
                part.by.value,
                _kind(part),
                *(keys.get(name) for name in names),
                label,
                part.places,
                part.before,
                part.now,
                f"{_counts(part.before)} → {_counts(part.now)}",
                *(_NO_MOVE if part.move is None else map(float, part.move)),
            )
        )
    parents = any(part.move is None and _is_of_parents(part) for part in found.parts)
    return Sheet(
        PARTS,
        words("Кто изменил", "Who moved it"),
        columns,
        rows,
        note=_PARENTS if parents else None,
    )


_NO_MOVE: tuple[Value, ...] = (None, None, None)
_PARENTS = words(
    "Родители внутри школы не складываются (у двоих детей – один родитель): показаны числа, не "
    "вклады.",
    "Parents inside a school do not add up (two children, one parent): counts are shown, no "
    "contributions.",
)


def _is_of_parents(part: Part) -> bool:
    return BY_KEY[part.indicator].fact is Fact.PARENTS


def _kind(part: Part) -> str:
    if part.place is not None:
        return PLACE
    return OTHERS if part.places else OUTSIDE


def _counts(measure: Measure) -> str:
    return "–" if measure.numerator is None else f"{measure.numerator}/{measure.denominator}"


class _Labels:
    """What people call each part: its own name, with more where that would say two things."""

    def __init__(self, parts: Sequence[Part]) -> None:
        """Name every part; those that are no places get words of their own."""
        self.words: dict[str, Words] = {}
        schools = {(part.place or {}).get("school_id") for part in parts if part.place}
        self._several = len(schools) > 1
        ids: dict[tuple[str, Level, str], set[object]] = {}
        for part in parts:
            if part.place is not None:
                of_name = ids.setdefault((part.indicator, part.by, self._name(part)), set())
                of_name.add(tuple(part.place.values()))
        self.labels = [self._label(part, ids) for part in parts]

    def _name(self, part: Part) -> str:
        place = part.place or {}
        own = place.get(part.by.value)
        name = "—" if own is None else str(own)
        above = place.get("school") if self._several and part.by not in _DOWN_TO_SCHOOL else None
        return name if above is None else f"{name}, {above}"

    def _label(self, part: Part, ids: Mapping[tuple[str, Level, str], set[object]]) -> str:
        if part.place is not None:
            name = self._name(part)
            if len(ids[part.indicator, part.by, name]) == 1:
                return name
            identity = part.place.get(f"{part.by.value}_id") or part.place.get("school_id")
            return f"{name} ({identity})"
        level = _LEVELS[part.by]
        if not part.places:
            code = f"\0{OUTSIDE}{part.by.value}"
            self.words[code] = words(
                f"вне: {level.ru} (или в нескольких)", f"no {level.en} (or several)"
            )
            return code
        code = f"\0{OTHERS}{part.by.value}{part.places}"
        self.words[code] = words(
            f"остальные {level.ru}: {part.places}", f"other {level.en}: {part.places}"
        )
        return code


_DOWN_TO_SCHOOL = (Level.MUNICIPALITY, Level.SCHOOL)


def _sides(found: Comparison, limit: int | None) -> Sheet:
    rows: list[tuple[Value, ...]] = []
    listed: dict[str, int] = {}
    in_all = 0
    for side in found.sides:
        keys = [side.place.get(one.key) for one in _SIDE_COLUMNS[1:5]]
        of_side: list[tuple[str | None, str]] = []
        if side.before.reached is not None and side.now.reached is not None:
            flipped = side.before.reached != side.now.reached
            of_side += [(None, _UP if side.now.reached else _DOWN)] if flipped else []
        of_side += [(component, _UP) for component in side.gained]
        of_side += [(component, _DOWN) for component in side.lost]
        in_all += len(of_side)
        listed[side.indicator] = listed.get(side.indicator, 0) + 1
        if limit is None or listed[side.indicator] <= limit:
            rows += [
                (side.indicator, *keys, component, which, side.before, side.now)
                for component, which in of_side
            ]
    return Sheet(
        SIDES,
        words("Школы, перешедшие порог", "Schools that crossed a threshold"),
        [
            alone(column, (row[at] for row in rows))
            if column in (_INDICATOR, _COMPONENT)
            else column
            for at, column in enumerate(_SIDE_COLUMNS)
        ],
        rows,
        rows_in_all=in_all if len(rows) < in_all else None,
    )
