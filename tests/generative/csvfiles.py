"""A drawn dump as files: CSV in its several dresses."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from tests.generative.reference.tables import RAGGED

if TYPE_CHECKING:
    from pathlib import Path

    from tests.generative.registers import Cells
    from tests.generative.strategies import Drawn


@dataclass(frozen=True, slots=True)
class Dress:
    """How the files are written."""

    separator: str
    newline: str
    encoding: str
    split: str | None
    """A table that comes in parts, in a folder of its own."""


DRESSES = st.builds(
    Dress,
    st.sampled_from((",", ";", "\t")),
    st.sampled_from(("\n", "\r\n")),
    st.sampled_from(("utf-8", "utf-8-sig")),
    st.sampled_from((None, None, "students", "lessons", "marks", "homework")),
)


def write(drawn: Drawn, dress: Dress, folder: Path) -> None:
    """Write every table of the dump into `folder`."""
    for table, rows in drawn.tables.items():
        columns = drawn.columns[table]
        if table != dress.split:
            (folder / f"{table}.csv").write_bytes(_text(columns, rows, dress))
            continue
        (folder / table).mkdir()
        middle = len(rows) // 2
        for number, part in enumerate((rows[:middle], rows[middle:])):
            (folder / table / f"part-{number}.csv").write_bytes(_text(columns, part, dress))


def _text(columns: list[str], rows: list[Cells], dress: Dress) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=dress.separator, lineterminator=dress.newline)
    writer.writerow(columns)
    for row in rows:
        cells = [row[column] for column in columns]
        if RAGGED in row:
            short = row[RAGGED] == "short" and len(cells) > 1
            cells = cells[:-1] if short else [*cells, "лишнее"]
        writer.writerow(cells)
    return text.getvalue().encode(dress.encoding)
