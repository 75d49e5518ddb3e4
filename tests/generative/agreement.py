"""Where the program and the reference differ, and the smallest dump on which they do."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass, replace
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from monitor_cli.cli import main
from tests.generative import csvfiles, reference
from tests.generative.configs import toml

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    import pytest

    from tests.generative.strategies import Drawn

# The option of each filter of the reference.
OPTIONS = {
    "municipalities": "--municipality",
    "schools": "--school",
    "classes": "--class",
    "subjects": "--subject",
    "teachers": "--teacher",
}
# Warnings that do not depend on what is shown.
OF_THE_DUMP = {"missing_table", "missing_column", "unknown_reference", "unknown_role"}
# What a covered week may be told besides.
OF_THE_WEEK = OF_THE_DUMP | {
    "no_next_week",
    "no_time_of_day",
    "partial_evidence",
    "shifts_unknown",
}
Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a dump."""

    level: str
    filters: dict[str, list[str]]
    compare: bool = True
    as_of: datetime | None = None

    def reference(self, drawn: Drawn, **instead: list[str]) -> Document:
        """What the reference answers."""
        return reference.week(
            drawn.tables,
            drawn.day,
            config=drawn.config,
            columns=drawn.columns,
            level=self.level,
            compare=self.compare,
            as_of=self.as_of,
            **{**self.filters, **instead},
        )

    def program(
        self, drawn: Drawn, dress: csvfiles.Dress, capfd: pytest.CaptureFixture[str]
    ) -> tuple[int, Document, str]:
        """What the program answers: the exit code, the document, what was said beside it."""
        words = ["week", "--format", "json", "--date", drawn.day.isoformat(), "--level", self.level]
        words.append("--compare" if self.compare else "--no-compare")
        if self.as_of is not None:
            words += ["--as-of", typed(self.as_of)]
        for name, values in self.filters.items():
            words += [word for value in values for word in (OPTIONS[name], value)]
        with tempfile.TemporaryDirectory() as name:
            folder, config = Path(name) / "dump", Path(name) / "monitor.toml"
            folder.mkdir()
            csvfiles.write(drawn, dress, folder)
            config.write_text(toml(drawn.config), encoding="utf-8")
            code = main([*words, "--data", str(folder), "--config", str(config)])
        printed = capfd.readouterr()
        return code, json.loads(printed.out or "{}"), printed.err

    def every_filter_matches(self, drawn: Drawn) -> bool:
        """Whether each value of each filter leaves some place by itself."""
        return all(
            self.reference(drawn, **{name: [value]})["rows"]
            for name, values in self.filters.items()
            for value in values
        )


def typed(moment: datetime) -> str:
    """A moment as it is typed: a day stands for its end."""
    return moment.date().isoformat() if moment.time() == time.max else moment.isoformat()


def differences(
    question: Question,
    drawn: Drawn,
    dress: csvfiles.Dress,
    capfd: pytest.CaptureFixture[str],
) -> list[str]:
    """What the two answer differently, a line each; nothing where they agree."""
    expected = question.reference(drawn)
    code, document, said = question.program(drawn, dress, capfd)
    if code == 2 and not question.every_filter_matches(drawn):
        return []  # «one that matches nothing is exit 2»
    if code != 0:
        return [f"exit code {code}: {said}"]
    codes = _codes_to_compare(expected, drawn)
    parts = ["rows", "totals", "week", "level", "indicators"]
    # Which tables are read under a filter, and which places are meant, only the program knows.
    parts += [] if question.filters else ["problems", "warnings"]
    parts += [] if question.as_of is None else ["as_of"]
    mine, theirs = _comparable(expected, codes, parts), _comparable(document, codes, parts)
    return list(_unlike(theirs, mine, ""))


def _comparable(document: Document, codes: Collection[str], parts: list[str]) -> Document:
    """What both documents must say in the same words."""
    told = [
        warning if isinstance(warning, str) else warning["code"] for warning in document["warnings"]
    ]
    common = {
        **document,
        "warnings": sorted({code for code in told if code in codes}),
        # Thresholds of single regions leave it open what is shown as the threshold.
        "indicators": [
            {name: shown[name] for name in ("key", "title", "block")}
            for shown in document["indicators"]
        ],
    }
    return {part: common[part] for part in parts}


def _codes_to_compare(expected: Document, drawn: Drawn) -> set[str]:
    """The warnings that the definitions leave no doubt about."""
    told = set(expected["warnings"])
    codes = {"not_covered"} | (OF_THE_DUMP if "not_covered" in told else OF_THE_WEEK)
    # At other levels it is a matter of the rows shown.
    if expected["level"] == "school" and "not_covered" not in told:
        codes |= {"unreachable_threshold"}
    # Whether a class of another school is a reference to nothing, nothing says.
    school_of = {row["class_id"]: row["school_id"] for row in drawn.tables["classes"]}
    if any(
        school_of.get(row.get("class_id", "")) not in {None, row["school_id"]}
        for row in drawn.tables.get("students", ())
    ):
        codes -= {"unknown_reference"}
    # What is not available for one reason need not be so for another.
    if "homework" not in drawn.tables or "no_time_of_day" in told:
        codes -= {"no_next_week"}
    if "marks" not in drawn.tables or "no_time_of_day" in told:
        codes -= {"shifts_unknown"}
    # Whether an edit that could not be seen is missing evidence, nothing says.
    edits = {("homework", "updated_at"), ("homework", "has_files"), ("marks", "updated_at")}
    if any(column not in drawn.columns.get(table, (column,)) for table, column in edits):
        codes -= {"partial_evidence"}
    return codes


def _unlike(theirs: object, mine: object, path: str) -> Iterator[str]:
    """Lines that say where two documents differ: numbers are compared by `==`."""
    if isinstance(theirs, dict) and isinstance(mine, dict) and theirs.keys() == mine.keys():
        for name in mine:
            yield from _unlike(theirs[name], mine[name], f"{path}.{name}")
    elif isinstance(theirs, list) and isinstance(mine, list) and len(theirs) == len(mine):
        for number, (one, other) in enumerate(zip(theirs, mine, strict=True)):
            yield from _unlike(one, other, f"{path}[{number}]")
    elif theirs != mine:
        yield f"{path}: the program says {theirs!r}, the reference {mine!r}"


def smallest(drawn: Drawn, differ: Callable[[Drawn], object]) -> Drawn:
    """Less and less of a dump while the two still differ: halves of tables, then single rows.

    A run of the program takes too long for the hundreds that Hypothesis would need to shrink.
    """
    for section in list(drawn.config):
        config = {name: value for name, value in drawn.config.items() if name != section}
        if section != "defaults" and differ(replace(drawn, config=config)):
            drawn = replace(drawn, config=config)
    for table in reversed(list(drawn.tables)):
        size = len(drawn.tables[table])
        while size:
            start = 0
            while start < len(drawn.tables[table]):
                rows = drawn.tables[table]
                fewer = rows[:start] + rows[start + size :]
                less = replace(drawn, tables={**drawn.tables, table: fewer})
                if differ(less):
                    drawn = less
                else:
                    start += size
            size //= 2
    return drawn


def told(drawn: Drawn, lines: list[str]) -> str:
    """A dump and what is wrong with its week, to be read by a person."""
    parts = [*lines, "", f"--date {drawn.day}", toml(drawn.config)]
    for table, rows in drawn.tables.items():
        parts += ["", f"{table}: {', '.join(drawn.columns[table])}", *(str(row) for row in rows)]
    return "\n".join(parts)
