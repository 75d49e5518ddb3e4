"""What the page and the workbook both say: every setting has its words, standings their order."""

from __future__ import annotations

import dataclasses

from monitor_cli.language import Language
from monitor_cli.render.formats import Look
from monitor_cli.render.week_parts import definitions, worst
from monitor_cli.settings import INDICATOR_KEYS, Settings
from monitor_cli.settings.told import rules_of
from tests.unit.render import made


def test_every_setting_of_an_indicator_is_told_in_words() -> None:
    told = {key: rules_of(Settings(), key) for key in INDICATOR_KEYS}
    assert told["timely_marks"]["deadline_two_shifts"] == "13:00"
    assert told["timely_marks"]["edits_count"] == "true"
    assert told["timely_homework"]["skip_parallels"] == ""
    assert told["teacher_activation"] == {}
    for rules in told.values():
        for name in rules:
            shown = made.INDICATORS[0]._replace(rules={name: "7"})
            result = dataclasses.replace(made.AWKWARD, indicators=(shown,))
            [one] = definitions(result, Language.RU)
            assert one.rules.endswith(": 7")
            assert name not in one.rules


def test_the_worst_stand_first_and_who_misses_nothing_is_not_named() -> None:
    named = worst(made.AWKWARD, Look(), 10)
    assert [(len(one.missed), one.red) for one in named] == sorted(
        ((len(one.missed), one.red) for one in named), reverse=True
    )
    assert all(one.missed for one in named)
    assert len(worst(made.AWKWARD, Look(), 2)) == 2
