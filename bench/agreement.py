"""Whether DuckDB and the program say the same of a dump: nothing is timed before they do.

Compared are all rows and totals with their values, changes and extras, the problems of every table,
and the counts of references that only warn. `python -m bench.agreement DUMP WEEK` says where they
differ; exit code 1.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from bench.commands import duckdb_week, monitor_week
from bench.measuring import ROOT, environment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SHOWN = 20
_REFERENCE = re.compile(r"(?P<column>\w+\.\w+): (?P<rows>\d+) rows name what")


def differences(dump: str, week: str) -> list[str]:
    """What the two say differently, a line each; nothing where they agree."""
    program = _document([*monitor_week(dump, week), "--lang", "en"])
    warned = [
        found.groupdict()
        for warning in program["warnings"]
        if warning["code"] == "unknown_reference"
        and (found := _REFERENCE.match(warning["message"]))
    ]
    program["references"] = {one["column"]: int(one["rows"]) for one in warned}
    return list(_different(_by_place(program), _by_place(_document(duckdb_week(dump, week)))))


def _document(command: Sequence[str]) -> dict[str, Any]:
    run = subprocess.run(
        command,
        check=True,
        capture_output=True,
        cwd=ROOT,
        env=environment(),
        encoding="utf-8",
    )
    document: dict[str, Any] = json.loads(run.stdout)
    return document


def _by_place(document: dict[str, Any]) -> dict[str, Any]:
    """The parts that are compared, without the order of rows."""
    return {
        "rows": {row["school_id"]: row for row in document["rows"]},
        "totals": document["totals"],
        "problems": {(one["table"], one["reason"]): one["rows"] for one in document["problems"]},
        "references": document["references"],
    }


def _different(ours: object, theirs: object, path: str = "") -> Iterator[str]:
    """The leaves that differ, with their path."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in {**ours, **theirs}:
            yield from _different(ours.get(key), theirs.get(key), f"{path}/{key}")
    elif ours != theirs:
        yield f"{path}: monitor {ours!r}, DuckDB {theirs!r}"


def main() -> int:
    """Compare, and say what differs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("dump")
    parser.add_argument("week", help="any day of it")
    asked = parser.parse_args()
    found = differences(asked.dump, asked.week)
    print(f"differences: {len(found)}")
    for line in found[:SHOWN]:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
