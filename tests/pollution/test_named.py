"""What a dirty file loses is named by file and line, and what refuses it is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from monitor_cli.dump.dump import ReadOptions, load
from monitor_cli.dump.findings import Findings
from monitor_cli.errors import DumpError
from monitor_cli.verdict import Effect
from tests.pollution import clean
from tests.pollution.cases import CLEAN, every_case, share
from tests.pollution.of_bytes import DirtyBytes
from tests.pollution.outcome import Aside, Refused
from tests.pollution.test_pollution import wanted

if TYPE_CHECKING:
    from pathlib import Path

    from monitor_cli.columns import Table
    from tests.pollution.catalogue import Dirty
    from tests.pollution.clean import Form

NAMED = [
    case
    for case in share(every_case())
    if isinstance(case.values[2].outcome, Refused)
    or (isinstance(case.values[2].outcome, Aside) and case.values[2].outcome.reason)
]


@pytest.mark.parametrize(("table", "form", "fault"), NAMED)
def test_a_fault_is_named_by_file_and_line(
    tmp_path: Path, table: Table, form: Form, fault: Dirty | DirtyBytes
) -> None:
    grids = CLEAN if isinstance(fault, DirtyBytes) else {**CLEAN, table: fault.content}
    clean.write(tmp_path, grids, {table: form})
    path = clean.path_of(tmp_path, table, form)
    if isinstance(fault, DirtyBytes):
        path.write_bytes(fault.data)
    findings = Findings(tmp_path)
    try:
        load(tmp_path, wanted(table), ReadOptions(findings=findings))
    except DumpError as error:
        # A workbook that cannot be opened: which tables it holds, nobody knows.
        assert form.is_workbook
        assert isinstance(fault.outcome, Refused)
        assert path.name in error.message().en  # noqa: PT017  (both ways are right)
        return
    file = path.relative_to(tmp_path).as_posix()
    if form.is_workbook:
        file += f": {table}"
    if isinstance(fault.outcome, Refused):
        assert (table, file) in {(of, where) for _, of, where in findings.faults} or (
            # A fault of the table as a whole.
            (table, None) in {(of, where) for _, of, where in findings.faults}
        )
        return
    assert isinstance(fault.outcome, Aside)
    lost = {
        one.line: listed.code
        for listed in findings.listed
        if (listed.table, listed.file) == (table, file) and listed.effect is not Effect.USED
        for one in listed.findings
    }
    expected = {form.line(row) for row in fault.outcome.gone}
    assert set(lost.values()) == {fault.outcome.reason}
    # Where bytes are dirty, lines may be: the case says how many are lost, not where they begin.
    assert len(lost) == len(expected) if isinstance(fault, DirtyBytes) else set(lost) == expected
