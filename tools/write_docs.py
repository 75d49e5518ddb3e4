"""Write the generated pages of `docs/`; with `--check` only say which are stale (exit code 1)."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from monitor_cli.cli import app
from monitor_cli.commands import manual
from monitor_cli.commands.streams import Streams
from monitor_cli.engine import compare_report, trend_report
from monitor_cli.engine.evidence import sheets as show
from monitor_cli.engine.page.sheets import SHAPE as SCHOOL
from monitor_cli.indicators import CATALOGUE
from monitor_cli.render import (
    docs,
    import_schema,
    imported,
    jsonout,
    problems,
    report_schema,
    schemas,
    validate_data,
    validate_schema,
)
from monitor_cli.reports import registry
from monitor_cli.reports.filling import sheets as filling
from monitor_cli.reports.grades import sheets as grades
from monitor_cli.reports.oo1 import sheets as oo1
from monitor_cli.reports.people import sheets as people
from monitor_cli.reports.readiness import sheets as readiness
from monitor_cli.reports.workload import sheets as workload
from monitor_cli.tasks.columns import SHAPES as TASKS

SCHEMAS = Path("docs/schemas")
REPORTS = (
    show.SHAPE,
    compare_report.SHAPE,
    trend_report.SHAPE,
    SCHOOL,
    workload.SHAPE,
    filling.SHAPE,
    readiness.SHAPE,
    registry.SHAPE,
    people.SHAPE,
    grades.SHAPE,
    oo1.SHAPE,
    *TASKS,
)
"""The reports, as they are declared."""


def pages() -> dict[Path, str]:
    """Every generated page, by its path from the root of the project."""
    documents = {
        jsonout.SCHEMA: (schemas.week_schema(CATALOGUE), schemas.week_page(CATALOGUE)),
        docs.SCHEMA: (schemas.indicators_schema(CATALOGUE), schemas.indicators_page()),
        imported.SCHEMA: (import_schema.import_schema(), import_schema.import_page()),
        validate_data.SCHEMA: (
            validate_schema.validate_schema(),
            validate_schema.validate_page(),
        ),
        problems.SCHEMA: (validate_schema.problems_schema(), validate_schema.problems_page()),
        **{
            report_schema.schema_name(shape): (
                report_schema.report_schema(shape),
                report_schema.report_page(shape),
            )
            for shape in REPORTS
        },
    }
    found = {
        Path("docs/indicators.md"): docs.page(CATALOGUE),
        Path("docs/problems.md"): problems.page(),
        Path("docs/cli.md"): manual.page(app, Streams(sys.stdout, sys.stderr, {})),
    }
    for name, (schema, page) in documents.items():
        path = SCHEMAS / schemas.file_name(name)
        found[path] = schemas.written(schema)
        found[path.with_suffix(".md")] = page
    return found


def main(arguments: list[str]) -> int:
    """Write what has changed, or with `--check` name it."""
    # A page must not depend on the terminal of the one who makes it.
    os.environ["COLUMNS"] = "80"
    stale = {
        path: text
        for path, text in pages().items()
        if not path.is_file() or path.read_bytes() != text.encode()
    }
    for path, text in stale.items():
        if "--check" in arguments:
            sys.stderr.write(f"{path} is stale: make docs\n")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
