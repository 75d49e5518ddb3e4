"""Write `docs/pollution.md`, the table of the pollutions that the tests try; `--check` compares."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.pollution.clean import Form

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.pollution.cases import every_case  # noqa: E402  (found by the line above)
from tests.pollution.catalogue import CELLS  # noqa: E402
from tests.pollution.of_bytes import BYTES  # noqa: E402
from tests.pollution.of_files import FILES  # noqa: E402
from tests.pollution.outcome import Aside, Refused, Same, Warned  # noqa: E402

PAGE = Path("docs/pollution.md")
_OUTCOMES = (Same, Aside, Warned, Refused)
_KINDS = ("CSV", "Parquet", "XLSX", "ODS", "XLS")
_HEAD = """# What is done to a clean dump, and what must follow

Every way to dirty a dump, on every table and in every form of file that it can hit. CSV comes in
four: `,` in UTF-8; `;` with BOM and CRLF; tab in Windows-1251, Russian headers; all cells quoted.
The second and the third are read column by column, as large files are. Each case names the passage
of the description of dumps that it tests and asserts one outcome, and that used + repeated + set
aside = rows of the file:

* *same*: the rows read are those of the clean file;
* *aside*: so are all others, and the rows that are lost are counted under one reason, by file and
  line;
* *warned*: every row is used, and a warning says what is strange;
* *refused*: exit code 3, in one message of three lines at most that names the file and, where it
  can be told, the line.

`make test-thorough` tries all {cases} cases; `make test` one of each pollution and form. Written by
`make docs`.

| pollution | same | aside | warned | refused | {kinds} | passage |
|---|{columns}|---|
"""


def page() -> str:
    """The document."""
    outcomes: Counter[tuple[str, type]] = Counter()
    kinds: Counter[tuple[str, str]] = Counter()
    for case in every_case():
        name = str(case.id).split("-", 1)[0]
        _, form, dirty = case.values
        outcomes[name, type(dirty.outcome)] += 1
        kinds[name, _kind(form)] += 1
    clauses = {one.name: one.clause for one in CELLS}
    clauses |= {one.name: one.clause for one in BYTES} | {one.name: one.clause for one in FILES}
    lines = [
        _line(
            name.replace("_", " "),
            [outcomes[name, outcome] for outcome in _OUTCOMES],
            [kinds[name, kind] for kind in _KINDS],
            clause,
        )
        for name, clause in clauses.items()
    ]
    in_all = [sum(count for (_, of), count in outcomes.items() if of is one) for one in _OUTCOMES]
    of_kinds = [sum(count for (_, of), count in kinds.items() if of == one) for one in _KINDS]
    lines.append(_line("**all**", in_all, of_kinds, ""))
    head = _HEAD.format(
        cases=f"{len(every_case()):,}",
        kinds=" | ".join(_KINDS),
        columns="|".join(["--:"] * (len(_OUTCOMES) + len(_KINDS))),
    )
    return head + "\n".join(lines) + "\n"


def _kind(form: Form) -> str:
    return "CSV" if form.is_text else {"parquet": "Parquet"}.get(form.name.lower(), form.name)


def _line(name: str, outcomes: list[int], kinds: list[int], clause: str) -> str:
    counts = " | ".join(f"{count:,}" if count else "" for count in (*outcomes, *kinds))
    return f"| {name} | {counts} | {clause.replace('|', '&#124;')} |"


def main(arguments: list[str]) -> int:
    """Write the page, or with `--check` say that it is stale (exit code 1)."""
    fresh = page()
    if PAGE.is_file() and PAGE.read_text("utf-8") == fresh:
        return 0
    if "--check" in arguments:
        sys.stderr.write(f"{PAGE} is stale: make docs\n")
        return 1
    PAGE.write_bytes(fresh.encode())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
