"""«Активность школ»: the integral indicator over a school's other indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor_cli.indicators.spec import Extra, Fact, Integral, indicator
from monitor_cli.language import words
from monitor_cli.levels import DOWN_TO_SCHOOL
from monitor_cli.result import Block, ExtraKind

if TYPE_CHECKING:
    from monitor_cli.settings import Settings


@indicator(
    block=Block.JOURNAL,
    title=words("Активность школ", "School activity"),
    short=words("Активн. школ", "School activity"),
    ru="Доля показателей-компонентов, достигших порога; выше школы — доля активных школ.",
    formula=words(
        "компоненты, достигшие порога / компоненты со значением; "
        "выше школы: активные школы / школы со значением",
        "components reached / components with a value; "
        "above a school: active schools / schools with a value",
    ),
    source=words(
        "Интегральный показатель; по умолчанию шесть компонентов, границы уточняются в регионе.",
        "An integral indicator; six components by default, thresholds are the region's to set.",
    ),
    ours=words(
        "Школа активна, когда достигнуты все её компоненты, у которых есть значение.",
        "A school is active when all of its components that have a value are reached.",
    ),
    fact=Fact.SCHOOLS,
    levels=DOWN_TO_SCHOOL,
    extras=(
        Extra(
            "reached_components",
            words("достигнутые компоненты (у школы)", "components reached (of a school)"),
            kind=ExtraKind.KEYS,
        ),
        Extra(
            "components",
            words("компоненты со значением (у школы)", "components with a value (of a school)"),
            kind=ExtraKind.KEYS,
        ),
    ),
)
def school_activity(rules: Settings) -> Integral:
    """A school's components that reached their threshold, of those that have a value."""
    return Integral(rules.school_activity.components)
