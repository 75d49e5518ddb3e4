"""The house rules over every module, and a bad example of each, so that a rule cannot go blind."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from tests.architecture import rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Rule = Callable[[ast.Module], Iterator[str]]

EVERYWHERE: tuple[Rule, ...] = (
    rules.without_docstring,
    rules.without_future_annotations,
    rules.relative_imports,
    rules.joins_without_validate,
)
CLOCKS = frozenset({"clock.py", "dump/zones.py"})
"""The rules of hours and, for whole columns, the conversion of what was read to local time."""

ONLY_IN: dict[Rule, frozenset[str]] = {
    rules.time_zones: CLOCKS,
    rules.hours: CLOCKS,
    rules.prints: frozenset(),
    rules.broad_excepts: frozenset({"cli.py"}),  # the last line: no traceback reaches a user
    # A walk collects what it finds; a table loses rows from check to check.
    rules.mutable_dataclasses: frozenset(
        {"dump/delimited.py", "dump/find.py", "dump/passing.py", "dump/tables.py"}
    ),
}
"""What some modules may do and no other."""

IN_THE_DATASET: tuple[Rule, ...] = (rules.disk_changes,)
"""What holds in `dataset/`, less the module that changes the disk for all of it."""

DECLARATIONS: tuple[Rule, ...] = (rules.impurities, rules.loops)
MACHINERY = frozenset({"indicators/__init__.py", "indicators/spec.py"})
"""What makes indicators of declarations, and so is none."""

BAD: dict[Rule, str] = {
    rules.without_docstring: "x = 1",
    rules.without_future_annotations: "import os",
    rules.relative_imports: "from .clock import Week",
    rules.joins_without_validate: "a.join(b, on='school_id', how='left')",
    rules.broad_excepts: "try:\n    f()\nexcept (OSError, Exception):\n    pass",
    rules.mutable_dataclasses: "@dataclass(frozen=True)\nclass A:\n    x: int",
    rules.time_zones: "from zoneinfo import ZoneInfo",
    rules.hours: "deadline = day + timedelta(hours=21)",
    rules.prints: "print('x')",
    rules.disk_changes: "(folder / name).unlink()",
    rules.impurities: "frame.group_by('school_id')",
    rules.loops: "found = [row for row in rows]",
}
GOOD: dict[Rule, str] = {
    rules.disk_changes: (
        "disk.rename(a, b)\nself.disk.link(a, b)\nreplace(record, x=1)\npath.open('rb')"
    ),
    rules.joins_without_validate: (
        "', '.join(names)\n"
        "a.join(b, on='school_id', how='semi')\n"
        "a.join(b, on='school_id', how='left', validate='m:1')"
    ),
    rules.broad_excepts: "try:\n    f()\nexcept OSError:\n    pass",
    rules.mutable_dataclasses: "@dataclass(frozen=True, slots=True)\nclass A:\n    x: int",
    rules.hours: "before = timedelta(days=7)\nearlier = monday.dt.offset_by('-1w')",
    rules.without_future_annotations: '"""A docstring alone."""',
}


def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", rules.modules(), ids=rules.name_of)
def test_a_module_keeps_the_house_rules(path: Path) -> None:
    tree = _parsed(path)
    name = rules.name_of(path)
    chosen = [*EVERYWHERE, *(rule for rule, allowed in ONLY_IN.items() if name not in allowed)]
    if path.parent.name == "indicators" and name not in MACHINERY:
        chosen.extend(DECLARATIONS)
    if path.parent.name == "dataset" and path.name != "disk.py":
        chosen.extend(IN_THE_DATASET)
    assert {rule.__name__: found for rule in chosen if (found := list(rule(tree)))} == {}


@pytest.mark.parametrize("path", rules.modules(), ids=rules.name_of)
def test_a_module_is_short_and_named_for_what_it_does(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= rules.LONGEST
    assert path.stem not in {"utils", "util", "helpers", "common", "misc"}


@pytest.mark.parametrize("rule", BAD, ids=lambda rule: rule.__name__)
def test_each_rule_sees_what_it_is_for(rule: Rule) -> None:
    assert list(rule(ast.parse(BAD[rule])))


@pytest.mark.parametrize("rule", GOOD, ids=lambda rule: rule.__name__)
def test_a_rule_lets_pass_what_is_right(rule: Rule) -> None:
    assert not list(rule(ast.parse(GOOD[rule])))


def test_every_rule_has_a_bad_example() -> None:
    assert set(BAD) == {*EVERYWHERE, *ONLY_IN, *IN_THE_DATASET, *DECLARATIONS}
