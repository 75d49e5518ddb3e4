"""What a file without a telling name is, by its first bytes; and standard input, put into a file.

Source: `cli.md`, `--data`; `dump.md`, «Found by looking at the bytes».
"""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

from monitor_cli.dump import faults, file_faults
from monitor_cli.dump.archive import UNOPENABLE
from monitor_cli.dump.sources import Source, Spool
from monitor_cli.settings.places import STDIN

__all__ = ["STDIN", "standard_input", "suffix_of", "suffix_of_zip"]

ZIP_MAGIC, OLE_MAGIC, PARQUET_MAGIC = b"PK", b"\xd0\xcf\x11\xe0", b"PAR1"
_SHOWN = Path("stdin")
_WORKBOOKS = {"xl/workbook.xml": ".xlsx", "content.xml": ".ods"}


def standard_input() -> tuple[Source, Path]:
    """All of standard input in a temporary file, and how messages call it.

    Raises:
        DumpError: it is closed, a terminal, or too large.
    """
    stream = getattr(sys.stdin, "buffer", None)
    if stream is None or sys.stdin.isatty():
        raise file_faults.no_input()
    spool = Spool()
    return Source(spool.keep(stream, _SHOWN), keep=spool), _SHOWN


def suffix_of(source: Source, shown: Path) -> str:
    """The suffix that a file should have; text is CSV.

    Raises:
        DumpError: it is no regular file or cannot be opened.
    """
    try:
        if not source.file.is_file():
            raise faults.not_a_file(shown)
        with source.file.open("rb") as file:
            magic = file.read(4)
    except OSError as error:
        raise faults.unreadable(shown, error) from error
    if magic.startswith(OLE_MAGIC):
        return ".xls"
    if magic == PARQUET_MAGIC:
        return ".parquet"
    if magic.startswith(ZIP_MAGIC):
        return suffix_of_zip(source.file)
    return ".csv"


def suffix_of_zip(file: Path) -> str:
    """Whether a ZIP is a workbook, by what it holds."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except UNOPENABLE:
        return ".zip"
    return next((suffix for name, suffix in _WORKBOOKS.items() if name in names), ".zip")
