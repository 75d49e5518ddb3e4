"""The catalogue of problems knows everything that the program says of a dump."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from monitor_cli.dump.problems import Reason
from monitor_cli.explained import EXPLAINED, REASONS, Explained, Kind
from monitor_cli.render import problems
from tests.architecture.rules import ROOT, modules, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

SAID_BY = {"Notice": 0, "Remark": 0}
"""What carries a code, and at which place among its arguments."""

each = pytest.mark.parametrize("one", EXPLAINED.values(), ids=lambda one: one.code)


def codes(tree: ast.Module) -> Iterator[str]:
    """The codes that a module gives to what it says."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            place = SAID_BY.get(node.func.id)
            if place is not None:
                code = node.args[place]
                assert isinstance(code, ast.Constant), f"line {node.lineno}: a code is no constant"
                yield str(code.value)


def said() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for path in modules():
        for code in codes(ast.parse(path.read_text("utf-8"))):
            found.setdefault(code, set()).add(name_of(path))
    return found


def test_every_reason_against_a_row_is_explained() -> None:
    assert set(REASONS) == set(Reason)


def test_every_code_that_is_said_is_explained() -> None:
    assert set(said()) <= set(EXPLAINED)


def test_nothing_is_explained_that_is_never_said() -> None:
    text = "\n".join(path.read_text("utf-8") for path in modules() if "explained" not in path.parts)
    assert [code for code in EXPLAINED if f'"{code}"' not in text] == []


@each
def test_a_problem_is_explained_in_both_languages(one: Explained) -> None:
    for text in (one.title, one.explanation, one.remedy):
        assert text.ru != text.en
        assert any("а" <= letter <= "я" for letter in text.ru.casefold())
        assert not any("а" <= letter <= "я" for letter in text.en.replace("копия", "").casefold())
    for text in (one.explanation, one.remedy):
        assert text.ru.endswith(".")
        assert text.en.endswith(".")


def test_every_kind_has_its_problems_and_the_page_all_of_them() -> None:
    assert {one.kind for one in EXPLAINED.values()} == set(Kind)
    page = (ROOT / "docs" / "problems.md").read_text("utf-8")
    assert page == problems.page()
    for code in EXPLAINED:
        assert page.count(f"### `{code}` ") == 2
