"""The house rules that no linter knows, each a function from a parsed module to what breaks it."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "monitor_cli"
LONGEST = 400

WALL_CLOCK = frozenset({"now", "today", "utcnow"})
WHOLE_DAYS = re.compile(r"-?\d+(d|w|mo|y)")
HOURS = frozenset({"hours", "minutes", "seconds"})
WITHOUT_MATCHES = frozenset({"semi", "anti", "cross"})
"""Joins that add no rows of the other table, or all: `validate` has nothing to say of them."""


def modules() -> list[Path]:
    """Every module of the package."""
    return sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    """A module as people speak of it: `engine/count.py`."""
    return path.relative_to(PACKAGE).as_posix()


def without_docstring(tree: ast.Module) -> Iterator[str]:
    """A module says in its first line what it is for."""
    if not ast.get_docstring(tree):
        yield "no docstring"


def without_future_annotations(tree: ast.Module) -> Iterator[str]:
    """Annotations are never evaluated at import: types may name what only the checker imports."""
    found = any(
        isinstance(node, ast.ImportFrom) and node.module == "__future__" for node in tree.body
    )
    only_docstring = len(tree.body) == 1 and ast.get_docstring(tree) is not None
    if not found and not only_docstring:
        yield "no `from __future__ import annotations`"


def relative_imports(tree: ast.Module) -> Iterator[str]:
    """An import names its module in full."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            yield f"line {node.lineno}: a relative import"


def time_zones(tree: ast.Module) -> Iterator[str]:
    """Zones are looked up in `clock.py` alone."""
    for node in ast.walk(tree):
        named: list[str | None] = []
        if isinstance(node, ast.Import):
            named = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            named = [node.module]
        for name in named:
            if name and name.partition(".")[0] == "zoneinfo":
                yield "imports zoneinfo"


def hours(tree: ast.Module) -> Iterator[str]:
    """Hours are added in `clock.py` alone: `timedelta(hours=…)`, `pl.duration(…)`, `offset_by`."""
    for call in _calls(tree):
        name = _called(call)
        by_hours = {keyword.arg for keyword in call.keywords} & HOURS
        offset = call.args[0] if name == "offset_by" and call.args else None
        by_days = isinstance(offset, ast.Constant) and WHOLE_DAYS.fullmatch(str(offset.value))
        if (name in {"timedelta", "duration"} and by_hours) or (
            name == "offset_by" and not by_days
        ):
            yield f"line {call.lineno}: {name}"


def prints(tree: ast.Module) -> Iterator[str]:
    """What is said leaves through one module, which makes it safe for a console."""
    for call in _calls(tree):
        if isinstance(call.func, ast.Name) and call.func.id in {"print", "input"}:
            yield f"line {call.lineno}: {call.func.id}()"


def joins_without_validate(tree: ast.Module) -> Iterator[str]:
    """A duplicate key in a register makes a denominator of 3 a 5: a join says what it expects."""
    for call in _calls(tree):
        if _called(call) != "join" or not isinstance(call.func, ast.Attribute):
            continue
        keywords = {keyword.arg: keyword.value for keyword in call.keywords}
        of_frames = bool(keywords) or len(call.args) > 1
        how = keywords.get("how")
        exempt = isinstance(how, ast.Constant) and how.value in WITHOUT_MATCHES
        if of_frames and not exempt and "validate" not in keywords:
            yield f"line {call.lineno}: .join without validate="


def broad_excepts(tree: ast.Module) -> Iterator[str]:
    """An error that nobody expected is not an error that somebody handled."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.ExceptHandler):
            continue
        caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
        names = {item.id for item in caught if isinstance(item, ast.Name)}
        if node.type is None or names & {"Exception", "BaseException"}:
            yield f"line {node.lineno}: catches everything"


def mutable_dataclasses(tree: ast.Module) -> Iterator[str]:
    """A record is frozen and slotted."""
    for node in [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]:
        for decorator in node.decorator_list:
            call = decorator if isinstance(decorator, ast.Call) else None
            name = call.func if call else decorator
            if not isinstance(name, ast.Name) or name.id != "dataclass":
                continue
            on = {
                keyword.arg
                for keyword in (call.keywords if call else [])
                if isinstance(keyword.value, ast.Constant) and keyword.value.value is True
            }
            if not {"frozen", "slots"} <= on:
                yield f"line {node.lineno}: a dataclass that is not frozen and slotted"


DISK_CHANGES = frozenset(
    {
        "chmod", "copy", "copy2", "copyfile", "copytree", "hardlink_to", "link", "mkdir",
        "makedirs", "move", "open", "remove", "rename", "replace", "rmdir", "rmtree",
        "symlink_to", "touch", "unlink", "write_bytes", "write_parquet", "write_text",
    }
)  # fmt: skip


def disk_changes(tree: ast.Module) -> Iterator[str]:
    """A change to the disk in an import is an operation of `Disk`, at which a test can kill it."""
    for call in _calls(tree):
        if _called(call) not in DISK_CHANGES:
            continue
        match call.func:
            # `replace` of a record, a step of `Disk`, and opening to read.
            case ast.Name(id="replace") | ast.Attribute(value=ast.Name(id="disk")):
                continue
            case ast.Attribute(value=ast.Attribute(attr="disk")):
                continue
            case ast.Attribute(attr="open") if [
                a.value for a in call.args if isinstance(a, ast.Constant)
            ] == ["rb"]:
                continue
            case _:
                yield f"line {call.lineno}: {_called(call)}()"


def impurities(tree: ast.Module) -> Iterator[str]:
    """A declaration reads no data, no clock, no file, no environment, and computes nothing yet."""
    for call in _calls(tree):
        name = _called(call)
        if name in {"collect", "collect_all", "group_by", "fetch", "open", "getenv"} | WALL_CLOCK:
            yield f"line {call.lineno}: {name}()"
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "environ":
            yield f"line {node.lineno}: environ"


def loops(tree: ast.Module) -> Iterator[str]:
    """A declaration is one expression over columns: it goes through no rows."""
    for node in ast.walk(tree):
        if isinstance(node, ast.For | ast.While | ast.comprehension):
            yield f"line {getattr(node, 'lineno', '?')}: a loop"


def _calls(tree: ast.Module) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""
