"""Put one fault at a time into the rules and see whether the tests notice.

`make mutate`, or `python tools/mutate.py [file or folder …]` for some modules only. The faults are
Cosmic Ray's, less those that no test could tell (annotations, how a record is stored) and those
that any test would (nonsense such as `<<` for `&`). Each is judged by `tests/unit` and
`tests/spec` in a copy of the project, a copy a worker: the work tree is never touched.

Prints the survivors as diffs and a summary line; exit code 1 below `--fail-under` per cent.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import os
import queue
import re
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parent.parent
TARGETS = (
    "src/monitor_cli/clock.py",
    "src/monitor_cli/indicators",
    "src/monitor_cli/dump/moments.py",
    "src/monitor_cli/dump/texts.py",
    "src/monitor_cli/dump/values.py",
)
"""Where the rules of hours, the indicators and the reading of values stand."""

JUDGES = ("tests/unit", "tests/spec")
NOT_COPIED = shutil.ignore_patterns(".*", "__pycache__", "build", "dist", "*.egg-info")

# Of a binary operator its opposite, of a comparison its edge and its opposite: the others either
# fail at once or say the same again.
OPERATORS = re.compile(
    r"core/("
    r"ReplaceBinaryOperator_(Add_Sub|Sub_Add|Mul_Div|Div_Mul|FloorDiv_Mul|Mod_Mul|BitOr_BitAnd|"
    r"BitAnd_BitOr)"
    r"|ReplaceComparisonOperator_(Lt_LtE|Lt_GtE|LtE_Lt|LtE_Gt|Gt_GtE|Gt_LtE|GtE_Gt|GtE_Lt|Eq_NotEq|"
    r"NotEq_Eq|Is_IsNot|IsNot_Is)"
    r"|ReplaceUnaryOperator_(USub_UAdd|Delete_Not|Delete_Invert)"
    r"|AddNot|ReplaceTrueWithFalse|ReplaceFalseWithTrue|ReplaceAndWithOr|ReplaceOrWithAnd"
    r"|ReplaceBreakWithContinue|ReplaceContinueWithBreak|ExceptionReplacer|NumberReplacer"
    r"|ZeroIterationForLoop)"
)
STORAGE = ("dataclass", "lru_cache", "cache")
"""Decorators that say how something is stored, not what it is."""

Position = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mutant:
    """A module with one fault in it."""

    path: str
    operator: str
    line: int
    source: str

    def diff(self, original: str) -> str:
        """The fault as the lines that it changes."""
        lines = difflib.unified_diff(original.splitlines(), self.source.splitlines(), n=0)
        changed = [line for line in lines if not line.startswith(("---", "+++", "@@"))]
        return "\n".join(f"    {line}" for line in changed)


class Verdict(Enum):
    """What the tests made of a mutant."""

    KILLED = "killed"
    TIMEOUT = "timed out"
    SURVIVED = "survived"


def main() -> int:
    """Judge every mutant and print what survived."""
    options = _options()
    originals = {path: (ROOT / path).read_text(encoding="utf-8") for path in _modules(options.only)}
    mutants = [
        mutant
        for path, text in originals.items()
        for mutant in sorted(_mutants(path, text), key=lambda mutant: mutant.line)
    ][:: options.every]
    if not mutants:
        print("Nothing to mutate there.")
        return 2
    with tempfile.TemporaryDirectory(prefix="monitor-mutants-") as folder:
        copies: queue.SimpleQueue[Path] = queue.SimpleQueue()
        for number in range(options.workers):
            copies.put(Path(shutil.copytree(ROOT, Path(folder, str(number)), ignore=NOT_COPIED)))
        seconds = _baseline(copies, options.tests)
        print(f"{len(mutants)} mutants; the tests alone take {seconds:.0f} s", flush=True)

        def judge(mutant: Mutant) -> Verdict:
            copy = copies.get()
            try:
                return _judge(copy, mutant, originals[mutant.path], options.tests, seconds)
            finally:
                copies.put(copy)

        verdicts = []
        with ThreadPoolExecutor(options.workers) as pool:
            for mutant, verdict in zip(mutants, pool.map(judge, mutants), strict=True):
                verdicts.append(verdict)
                if verdict is Verdict.SURVIVED:
                    print(f"{mutant.path}:{mutant.line} {mutant.operator}")
                    print(mutant.diff(originals[mutant.path]), flush=True)
    return _summary(verdicts, options.fail_under)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("only", nargs="*", default=TARGETS, help="modules or folders to mutate")
    parser.add_argument("--tests", nargs="+", default=JUDGES, help="what judges them")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--every", type=int, default=1, metavar="N", help="each Nth mutant only")
    parser.add_argument("--fail-under", type=float, default=95.0, metavar="PERCENT")
    return parser.parse_args()


def _modules(named: Sequence[str]) -> Iterator[str]:
    for name in named:
        place = ROOT / name
        files = sorted(place.rglob("*.py")) if place.is_dir() else [place]
        for file in files:
            yield file.resolve().relative_to(ROOT).as_posix()


def _mutants(path: str, source: str) -> Iterator[Mutant]:
    """Every fault that the operators can put into `source`, outside of what does not compute."""
    tree = get_ast(source)
    idle = list(_idle(ast.parse(source)))
    for name in sorted(operator_names()):
        if not OPERATORS.fullmatch(name):
            continue
        operator = get_operator(name)()
        starts = [
            start for node in ast_nodes(tree) for start, _ in operator.mutation_positions(node)
        ]
        for occurrence, start in enumerate(starts):
            if any(first <= start < last for first, last in idle):
                continue
            mutated = mutate_code(source, operator, occurrence)
            if mutated is not None and mutated != source:
                yield Mutant(path, name.removeprefix("core/"), start[0], mutated)


def _idle(tree: ast.Module) -> Iterator[tuple[Position, Position]]:
    """The spans whose change cannot change a result: annotations, storage, imports for types."""
    for node in ast.walk(tree):
        if isinstance(node, ast.arg | ast.AnnAssign) and node.annotation is not None:
            yield _span(node.annotation)
        if isinstance(node, ast.FunctionDef) and node.returns is not None:
            yield _span(node.returns)
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            for decorator in node.decorator_list:
                call = decorator.func if isinstance(decorator, ast.Call) else decorator
                if isinstance(call, ast.Name) and call.id in STORAGE:
                    yield _span(decorator)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            yield _span(node)


def _span(node: ast.expr | ast.stmt) -> tuple[Position, Position]:
    last = (node.end_lineno or node.lineno, node.end_col_offset or node.col_offset)
    return (node.lineno, node.col_offset), last


def _baseline(copies: queue.SimpleQueue[Path], tests: Sequence[str]) -> float:
    copy = copies.get()
    start = time.monotonic()
    run = _pytest(copy, tests, None)
    if run.returncode != 0:
        sys.stdout.buffer.write(run.stdout)
        sys.exit("The tests fail without any fault in the rules: nothing can be judged.")
    copies.put(copy)
    return time.monotonic() - start


def _judge(
    copy: Path, mutant: Mutant, original: str, tests: Sequence[str], seconds: float
) -> Verdict:
    """Run the module's own unit tests, then all: most faults are seen by the first."""
    file = copy / mutant.path
    file.write_text(mutant.source, encoding="utf-8")
    own = [
        found.relative_to(copy).as_posix()
        for judge in tests
        if (copy / judge).is_dir()
        for found in sorted((copy / judge).rglob(f"test_*{file.stem}*.py"))
    ]
    try:
        for chosen in (own, tests):
            if chosen and _pytest(copy, chosen, 20 + 4 * seconds).returncode != 0:
                return Verdict.KILLED
    except subprocess.TimeoutExpired:
        return Verdict.TIMEOUT
    finally:
        file.write_text(original, encoding="utf-8")
    return Verdict.SURVIVED


def _pytest(
    copy: Path, tests: Sequence[str], timeout: float | None
) -> subprocess.CompletedProcess[bytes]:
    # Two writes within the clock's resolution would leave a stale .pyc: none is written.
    environment = os.environ | {
        "PYTHONPATH": str(copy / "src"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "POLARS_MAX_THREADS": "1",
    }
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"]
    return subprocess.run(
        [*command, "-m", "not real", *tests],
        cwd=copy,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=timeout,
        check=False,
    )


def _summary(verdicts: Sequence[Verdict], fail_under: float) -> int:
    counts = {verdict: verdicts.count(verdict) for verdict in Verdict}
    percent = 100 * (len(verdicts) - counts[Verdict.SURVIVED]) / len(verdicts)
    said = ", ".join(f"{count} {verdict.value}" for verdict, count in counts.items())
    print(f"{len(verdicts)} mutants: {said}: {percent:.1f} % noticed")
    return 0 if percent >= fail_under else 1


if __name__ == "__main__":
    sys.exit(main())
