"""What stands around the code: make targets, the README, line ends, the sample."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "src" / "monitor_cli" / "sample_data"
TARGETS = [
    "week",
    "test",
    "test-all",
    "check",
    "fix",
    "bench",
    "bench-growth",
    "bench-country",
    "docs",
    "fuzz",
    "mutate",
]


def _transcripts() -> list[tuple[str, str]]:
    """The commands of the README's console blocks, each with what stands under it."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```console\n\$ ([^\n]*)\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)
    return [(command, printed) for command, printed in blocks]


def _said(*command: str) -> str:
    run = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True
    )
    return run.stdout


@pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
def test_make_help_lists_the_targets() -> None:
    listed = [
        line.split()[0] for line in _said("make", "--no-print-directory", "help").splitlines()
    ]
    assert listed == ["help", *TARGETS]


def test_the_readme_begins_with_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"^```\w*\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)
    assert block is not None
    commands = [line.partition("#")[0].strip() for line in block[1].splitlines()]
    assert commands == ["make week", "make test"]


@pytest.mark.parametrize(("command", "printed"), _transcripts())
def test_the_readme_shows_what_the_program_prints(command: str, printed: str) -> None:
    if "| jq" in command and not shutil.which("jq"):
        pytest.skip("jq is not installed")
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    run = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert run.stdout == printed


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "docs/architecture.md"])
def test_a_page_points_only_at_what_is_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", text)
    here = [target for target in targets if not target.startswith("http")]
    assert [target for target in here if not (ROOT / page).parent.joinpath(target).exists()] == []


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a clone")
@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("tests/golden/week.json", {"text": "set", "eol": "lf"}),
        ("tests/golden/week.csv", {"text": "unset"}),
        ("tests/golden/week.parquet", {"text": "unset"}),
        ("src/monitor_cli/sample_data/marks.csv", {"text": "unset"}),
        ("tests/data/awkward/marks.parquet", {"text": "unset"}),
    ],
)
def test_git_leaves_the_bytes_of_dumps_alone_and_pins_line_ends(
    path: str, expected: dict[str, str]
) -> None:
    lines = _said("git", "check-attr", *expected, "--", path).splitlines()
    assert {line.split(": ")[1]: line.split(": ")[2] for line in lines} == expected


def test_the_version_has_its_entry_in_the_changelog() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## \[{re.escape(project['version'])}\]", changes, re.MULTILINE)


def test_every_decision_says_when_and_begins_with_its_bottom_line() -> None:
    notes = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [note.name[:4] for note in notes] == [f"{n:04d}" for n in range(1, len(notes) + 1)]
    for note in notes:
        title, date, bottom_line = note.read_text(encoding="utf-8").split("\n\n")[:3]
        assert title.startswith("# ")
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", date)
        assert bottom_line.startswith("**")


def test_the_sample_is_what_its_maker_makes(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, str(ROOT / "tools" / "make_sample.py"), str(tmp_path)],
        check=True,
        capture_output=True,
    )
    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.*")}
    shipped = {path.relative_to(SAMPLE): path.read_bytes() for path in SAMPLE.rglob("*.*")}
    shipped.pop(Path("README.md"), None)
    made.pop(Path("README.md"), None)
    assert sorted(made) == sorted(shipped)
    assert [path for path in made if made[path] != shipped[path]] == []
