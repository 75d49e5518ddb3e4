"""The document that `monitor week --format json` prints."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.generative.reference import rules as ruling
from tests.generative.reference.counting import Count, Counting, added_up, evidence
from tests.generative.reference.places import Filters, Key, Places, order
from tests.generative.reference.tables import Cells, check
from tests.generative.reference.world import World, midnight

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from fractions import Fraction

ACTIVATIONS = (
    "teacher_activation",
    "student_activation",
    "parent_activation",
    "account_activation",
)
EXTRAS = {
    **dict.fromkeys(ACTIVATIONS, ("not_activated",)),
    "timely_marks": (
        "tracked",
        "ceiling",
        "late",
        "early",
        "before_week",
        "after_week",
        "no_time",
    ),
    "timely_homework": ("lessons", "next_week_lessons", "within_3h", "no_time"),
}
Measure = dict[str, Any]


def week(
    tables: dict[str, list[Cells]],
    day: date,
    *,
    config: ruling.Config | None = None,
    level: str = "school",
    municipalities: Collection[str] = (),
    schools: Collection[str] = (),
    classes: Collection[str] = (),
    subjects: Collection[str] = (),
    teachers: Collection[str] = (),
    compare: bool = True,
    columns: dict[str, list[str]] | None = None,
    as_of: datetime | None = None,
) -> dict[str, Any]:
    """The indicators of the week of `day`.

    `tables`: rows of raw text cells by English column name; '' is an empty cell, a column that no
    row has and that `columns` does not list is missing, so is a table that is not a key.
    `as_of`: «the state at T», by the school's wall clock.
    `config`: nested as in `monitor.toml`, what differs from the defaults.
    """
    rules = ruling.merged(config)
    filters = Filters(municipalities, schools, classes, subjects, teachers)
    indicators = _indicators(filters)
    dump = check(tables, columns or {}, _tables_read(indicators, level, filters))
    world = World(dump, rules, as_of)
    monday = day - timedelta(days=day.weekday())
    this = Week(world, monday, filters, indicators)
    before = Week(world, monday - timedelta(days=7), filters, indicators) if compare else None
    rows = _rows(
        this, before, level, [key for key in ruling.INDICATORS_OF[level] if key in indicators]
    )
    totals = this.totals(indicators)
    if before is not None:
        earlier = before.totals(indicators)
        for key in indicators:
            totals[key]["change"] = _change(totals[key], earlier[key])
    codes = set(this.codes)
    if any(_unreachable(row["indicators"].get("timely_marks"), this, row) for row in rows):
        codes.add("unreachable_threshold")
    return {
        "week": {
            "start": monday.isoformat(),
            "end": (monday + timedelta(days=6)).isoformat(),
            "iso": "{}-W{:02d}".format(*monday.isocalendar()[:2]),
        },
        **({} if as_of is None else {"as_of": as_of.isoformat(timespec="seconds")}),
        "level": level,
        "indicators": [
            {
                "key": key,
                "title": ruling.TITLES[key],
                "block": ruling.BLOCKS[key],
                "threshold": float(ruling.threshold(key, rules)),
                "placeholder": ruling.placeholder(key, config),
            }
            for key in indicators
        ],
        "rows": rows,
        "totals": totals,
        "problems": dump.problems,
        "warnings": sorted(codes),
    }


def _indicators(filters: Filters) -> list[str]:
    """«Under `--class` the indicators of level class remain, under `--subject` or `--teacher`
    those of level subject.»"""
    kept = set(ruling.ALL)
    if filters.classes:
        kept &= set(ruling.OF_CLASS)
    if filters.by_lesson:
        kept &= set(ruling.OF_SUBJECT)
    return [key for key in ruling.ALL if key in kept]


def _tables_read(indicators: list[str], level: str, filters: Filters) -> set[str]:
    """The tables of the indicators shown; `staff` also where teachers are named."""
    read = {"schools", "classes", "lessons"}
    for key in indicators:
        read.update(ruling.READS.get(key, ()))
    if "parents" in read:
        read.add("students")
    if level == "teacher" or filters.teachers:
        read.add("staff")
    return read


class Week:
    """Everything that can be said of one week under the filters."""

    def __init__(self, world: World, monday: date, filters: Filters, indicators: list[str]) -> None:
        self.world = world
        self.rules = world.rules
        self.places = Places(world, monday, filters)
        self.counting = Counting(world, monday)
        self.wanting, self.codes = evidence(world, monday, indicators)
        self._of_school: dict[tuple[str, str], Count] = {}
        self.schools = self.places.of("school")

    def region(self, school: str) -> str | None:
        """The school's region, whose thresholds are the school's."""
        region: str | None = self.world.schools[school]["region"]
        return region

    def count(self, key: str, place: Any) -> Count:
        """The numbers of an indicator at a place; nothing but None for want of data."""
        if key in self.wanting:
            return Count(None, None, dict.fromkeys(EXTRAS.get(key, ())))
        counted = self.counting.count(key, place)
        counted.waits = self.waits(key)
        return counted

    def waits(self, key: str) -> bool:
        """«With the next week as denominator the value waits for Sunday, both counts shown.»"""
        as_of, rule = self.world.as_of, self.rules["timely_homework"]["denominator"]
        last_second = midnight(self.places.monday + timedelta(days=7)) - timedelta(seconds=1)
        early = as_of is not None and as_of < last_second
        return key == "timely_homework" and rule == "next_week" and early

    def of_school(self, key: str, school: str) -> Count:
        """The numbers of an indicator at a school, its activity among them."""
        if (key, school) not in self._of_school:
            if key == "school_activity":
                valued, reached = self.components(school)
                lacking = key in self.wanting
                found = Count(None, None) if lacking else Count(len(reached), len(valued))
            else:
                found = self.count(key, self.schools[school,])
            self._of_school[key, school] = found
        return self._of_school[key, school]

    def components(self, school: str) -> tuple[list[str], list[str]]:
        """«Components that have a value», and those of them «that reached their threshold»."""
        listed = self.rules["school_activity"]["components"]
        valued = [key for key in listed if self.of_school(key, school).value is not None]
        return valued, [key for key in valued if self.school_reached(key, school)]

    def school_reached(self, key: str, school: str) -> bool | None:
        """Whether a school reached its own threshold."""
        threshold = ruling.threshold(key, self.rules, self.region(school))
        return _reached(self.of_school(key, school), threshold)

    def pooled(self, key: str, schools: Iterable[str]) -> Measure:
        """An indicator of several schools: pooled, and how many schools reached."""
        schools = sorted(schools)
        verdicts = [self.school_reached(key, school) for school in schools]
        valued = [verdict for verdict in verdicts if verdict is not None]
        if key in self.wanting:
            whole = Count(None, None, dict.fromkeys(EXTRAS.get(key, ())))
        elif key == "school_activity":  # «active schools / schools with a value»
            whole = Count(sum(valued), len(valued))
        else:
            whole = added_up(self.of_school(key, school) for school in schools)
            whole.extras = {**dict.fromkeys(EXTRAS.get(key, ()), 0), **whole.extras}
            whole.waits = self.waits(key)
        thresholds = {ruling.threshold(key, self.rules, self.region(school)) for school in schools}
        threshold = thresholds.pop() if len(thresholds) == 1 else ruling.threshold(key, self.rules)
        return {
            **_measure(key, whole, threshold),
            "schools": len(valued),
            "schools_reached": sum(valued),
        }

    def totals(self, indicators: list[str]) -> dict[str, Measure]:
        """«Totals are over everything that the filters leave, from the facts.»"""
        return {
            key: self.pooled(key, [place.school_id for place in self.schools.values()])
            for key in indicators
        }

    def rows(self, level: str, indicators: list[str]) -> dict[tuple[Any, ...], dict[str, Any]]:
        """The rows of a level by what tells them apart."""
        if level in {"region", "municipality"}:
            return self._rows_above(level, indicators)
        found = {}
        for key, place in self.places.of(level).items():
            measures = {}
            for name in indicators:
                threshold = ruling.threshold(name, self.rules, self.region(place.school_id))
                if level == "school":
                    measures[name] = _measure(
                        name, self.of_school(name, place.school_id), threshold
                    )
                else:
                    measures[name] = _measure(name, self.count(name, place), threshold)
                if name == "school_activity":
                    valued, reached = self.components(place.school_id)
                    lacking = name in self.wanting
                    measures[name]["reached_components"] = None if lacking else reached
                    measures[name]["components"] = None if lacking else valued
            found[key] = {**self.places.keys(level, key), "indicators": measures}
        return found

    def _rows_above(self, level: str, indicators: list[str]) -> dict[Key, dict[str, Any]]:
        together: dict[Key, list[str]] = {}
        for place in self.schools.values():
            keys = self.places.keys("school", (place.school_id,))
            key = (keys["region"],) if level == "region" else (keys["region"], keys["municipality"])
            together.setdefault(key, []).append(place.school_id)
        return {
            key: {
                **dict(zip(("region", "municipality"), key, strict=False)),
                "indicators": {name: self.pooled(name, schools) for name in indicators},
            }
            for key, schools in together.items()
        }


def _rows(
    this: Week, before: Week | None, level: str, indicators: list[str]
) -> list[dict[str, Any]]:
    """The rows of a level in their order, each with its change where one is asked for."""
    rows = this.rows(level, indicators)
    if before is not None:
        earlier = before.rows(level, indicators)
        for key, row in rows.items():
            for name, measure in row["indicators"].items():
                past = earlier[key]["indicators"][name] if key in earlier else {"value": None}
                measure["change"] = _change(measure, past)
    return sorted(
        rows.values(),
        key=lambda row: order({name: row[name] for name in row if name != "indicators"}),
    )


def _measure(key: str, count: Count, threshold: Fraction) -> Measure:
    """An indicator as the document shows it."""
    lacking = count.numerator is None or count.denominator is None
    measure: Measure = {
        "value": count.value,
        "numerator": count.numerator,
        "denominator": count.denominator,
        "reached": _reached(count, threshold),
    }
    for name in EXTRAS.get(key, ()):
        measure[name] = count.extras.get(name)
    if key in ACTIVATIONS and not lacking:
        assert count.numerator is not None
        assert count.denominator is not None
        measure["not_activated"] = count.denominator - count.numerator
    if key == "timely_marks" and not lacking:
        measure["ceiling"] = Count(count.extras["tracked"], count.denominator).value
    return measure


def _reached(count: Count, threshold: Fraction) -> bool | None:
    """«100 × numerator ≥ threshold × denominator; `null` where the value is.»"""
    if count.numerator is None or not count.denominator or count.waits:
        return None
    return 100 * count.numerator >= threshold * count.denominator


def _change(now: Measure, past: Measure) -> float | None:
    """«`value` minus that of the week before, in points; `null` where either is missing.»"""
    if now["value"] is None or past["value"] is None:
        return None
    change: float = now["value"] - past["value"]
    return change


def _unreachable(measure: Measure | None, this: Week, row: dict[str, Any]) -> bool:
    """Whether a place that is never late could not reach the threshold of its region."""
    if measure is None or measure["ceiling"] is None:
        return False
    threshold = ruling.threshold("timely_marks", this.rules, row["region"])
    return bool(100 * measure["tracked"] < threshold * measure["denominator"])
