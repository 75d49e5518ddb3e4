"""Small and nasty dumps, each with a configuration and a week to be asked for.

A dump is drawn as a plan: of each table a list of rows that are made of choices known beforehand.
The cells are then written after the plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st

from tests.generative import registers
from tests.generative.configs import REGIONS, Config, configs
from tests.generative.edges import HOURS
from tests.generative.faults import PLAN, worn
from tests.generative.journal import ABSENCE, HOMEWORK, LESSON, MARK, VIEW, Journal
from tests.generative.registers import Cells, Plan, some

# An ordinary week, one whose Sunday is in another school year than the Sunday before, and one
# that ends in another calendar year.
MONDAYS = (date(2026, 11, 16), date(2026, 11, 16), date(2026, 8, 31), date(2026, 12, 28))


@dataclass(frozen=True, slots=True)
class Drawn:
    """A dump as text cells, the header of each table, a configuration, a day of the week."""

    tables: dict[str, list[Cells]]
    columns: dict[str, list[str]]
    config: Config
    day: date


_PLANS = st.fixed_dictionaries(
    {
        "monday": st.sampled_from(MONDAYS),
        "weekday": st.integers(0, 6),
        "config": configs(),
        "ids": st.sampled_from(range(len(registers.ID_STYLES))),
        "russian": st.booleans(),
        "mark_hours": HOURS,
        "homework_hours": HOURS,
        "schools": some(registers.SCHOOL, 4, 1),
        "classes": some(registers.CLASS, 8, 1),
        "staff": some(registers.STAFF, 12),
        "students": some(registers.STUDENT, 22),
        "parents": some(registers.PARENT, 16),
        "lessons": some(LESSON, 48, 5),
        "marks": some(MARK, 72),
        "attendance": some(ABSENCE, 14),
        "homework": some(HOMEWORK, 48),
        "diary_views": some(VIEW, 14),
        "faults": PLAN,
        "named_region": st.booleans(),
    }
)


def _built(plan: Plan) -> Drawn:
    made = Journal(plan)
    slots = made.config.get("timetable_filling", {}).get("count") == "slots"
    kept = {("lessons", "number")} if slots else set()
    unknown = made.id("x", registers.UNKNOWN)
    tables, columns = worn(plan["faults"], made.tables, unknown, kept)
    config = dict(made.config)
    if "municipality" not in columns["schools"]:  # or it is a structural fault
        config["defaults"] = {"municipality": "Ёжский"}
    if "region" not in columns["schools"] and plan["named_region"]:
        config["defaults"] = {**config.get("defaults", {}), "region": REGIONS[0]}
    return Drawn(tables, columns, config, made.monday + timedelta(days=plan["weekday"]))


def dumps() -> st.SearchStrategy[Drawn]:
    """A dump, a configuration and a day of the week to be asked for."""
    return _PLANS.map(_built)
