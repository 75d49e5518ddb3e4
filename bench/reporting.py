"""The workbooks of a report: written by the program, or the same cells by bare openpyxl.

`python -m bench.reporting report|bare DUMP WEEK` prints `{"wall": …, "cpu": …, "peak": …}` of
writing the workbooks of some municipalities, one after another. What they hold is counted before
the clock starts; *bare* writes the values and looks of the cells of our own workbooks, each look
made once, and nothing else: no chart, no width, no print set-up.
"""

from __future__ import annotations

import argparse
import io
import json
from copy import copy
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl

from bench.inside import measured
from monitor_cli.clock import Week
from monitor_cli.engine.municipal.parts import counted
from monitor_cli.engine.query import Query
from monitor_cli.render.formats import Look
from monitor_cli.render.municipal import municipal_workbook
from monitor_cli.settings import load_settings

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

MUNICIPALITIES = 10
"""Enough of them to time: each is a workbook of some twenty schools."""


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("what", choices=["report", "bare"])
    parser.add_argument("dump", type=Path)
    parser.add_argument("week", type=date.fromisoformat, help="any day of it")
    asked = parser.parse_args()
    municipal = counted(asked.dump, load_settings(environ={}), Query(Week.of(asked.week)))
    parts = [municipal.part(keys) for keys in municipal.municipalities[:MUNICIPALITIES]]
    if asked.what == "report":
        run = measured(lambda: [municipal_workbook(part, "report", Look()) for part in parts])
    else:
        books = [
            openpyxl.load_workbook(io.BytesIO(municipal_workbook(part, "report", Look())))
            for part in parts
        ]
        run = measured(lambda: [bare(book) for book in books])
    print(json.dumps(asdict(run)))


def bare(book: Workbook) -> bytes:
    """The cells of a workbook written anew."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    dressed: dict[int, Any] = {}
    for sheet in book.worksheets:
        new = made.create_sheet(sheet.title)
        for row in sheet.iter_rows():
            for cell in row:
                one = new.cell(cell.row, cell.column, cell.value)
                if not cell.has_style:
                    continue
                if cell.style_id not in dressed:
                    one.font, one.fill = copy(cell.font), copy(cell.fill)
                    one.border, one.alignment = copy(cell.border), copy(cell.alignment)
                    one.number_format = cell.number_format
                    dressed[cell.style_id] = one._style  # noqa: SLF001  (as fast as it goes)
                else:
                    one._style = copy(dressed[cell.style_id])  # noqa: SLF001
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


if __name__ == "__main__":
    main()
