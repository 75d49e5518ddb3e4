"""Which files of a Delta table hold its rows: what its log adds and does not remove.

Other files of the folder are rows that were replaced. Read are the JSON commits and the classic
checkpoints; what needs more (deletion vectors, mapped columns) is refused, as its rows would be
others. Source: `dump.md`, «A folder with `_delta_log`»; the Delta protocol.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import unquote

from monitor_cli.dump import faults, file_faults
from monitor_cli.dump.parts import DELTA_LOG

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

KIND = "Delta"
_LONGEST_LINE = 1 << 24
_COMMIT = re.compile(r"(\d{20})\.json")
_CHECKPOINT = re.compile(r"(\d{20})\.checkpoint(?:\.(\d{10})\.(\d{10}))?\.parquet")
_FEATURES = frozenset(
    {
        "appendOnly",
        "columnMapping",
        "deletionVectors",
        "domainMetadata",
        "timestampNtz",
        "typeWidening",
        "typeWidening-preview",
        "v2Checkpoint",
        "vacuumProtocolCheck",
    }
)
"""What a table may ask of its readers: the kinds of which no trace is left are harmless."""
_Action = dict[str, Any]


@dataclass(frozen=True, slots=True)
class File:
    """A file of a table, and the values that its rows have in common."""

    path: Path
    values: tuple[tuple[str, str | None], ...]


def files(folder: Path) -> list[File]:
    """The files that hold the rows of a Delta table, in the order of their paths.

    Raises:
        DumpError: the log has gaps or is damaged, leads out of the folder, or asks for more than
            is read here.
    """
    log = folder / DELTA_LOG
    try:
        names = {path.name: path for path in log.iterdir()}
    except OSError as error:
        raise faults.unreadable(log, error) from error
    commits = {int(m[1]): names[m[0]] for name in names if (m := _COMMIT.fullmatch(name))}
    checkpoints = _checkpoints(names)
    first = max(checkpoints, default=-1)
    last = max([*commits, first])
    state = _State(folder)
    for path in checkpoints.get(first, []):
        state.apply(_checkpoint(path), path)
    for version in range(first + 1, last + 1):
        if version not in commits:
            raise file_faults.damaged(log, KIND)
        path = commits[version]
        try:
            with path.open("rb") as stream:
                actions = [json.loads(line) for line in iter(lambda: _line(stream), b"")]
        except OSError as error:
            raise faults.unreadable(path, error) from error
        except (ValueError, RecursionError) as error:
            raise file_faults.damaged(path, KIND) from error
        state.apply(actions, path)
    if last < 0:
        raise file_faults.damaged(log, KIND)
    return [state.files[path] for path in sorted(state.files)]


def _line(stream: BinaryIO) -> bytes:
    """The next line of a commit that is not blank; none at the end.

    Raises:
        ValueError: it is longer than any.
    """
    while line := stream.readline(_LONGEST_LINE):
        if len(line) == _LONGEST_LINE:
            message = "no action is as long"
            raise ValueError(message)
        if line.strip():
            return line
    return b""


def _checkpoints(names: dict[str, Path]) -> dict[int, list[Path]]:
    """Version → the files of its checkpoint, where all of them are there."""
    found: dict[tuple[int, int], dict[int, Path]] = {}
    for name, path in names.items():
        if match := _CHECKPOINT.fullmatch(name):
            part, of = int(match[2] or 1), int(match[3] or 1)
            found.setdefault((int(match[1]), of), {})[part] = path
    return {
        version: [parts[part] for part in sorted(parts)]
        for (version, of), parts in found.items()
        if sorted(parts) == list(range(1, of + 1))
    }


def _checkpoint(path: Path) -> list[_Action]:
    """The actions of a checkpoint."""
    import pyarrow as pa  # type: ignore[import-untyped]  # noqa: PLC0415
    import pyarrow.parquet as pq  # type: ignore[import-untyped]  # noqa: PLC0415

    try:
        with pq.ParquetFile(path) as file:
            kept = {"add", "remove", "protocol", "metaData", "sidecar"}
            names = [name for name in file.schema_arrow.names if name in kept]
            rows: list[_Action] = file.read(columns=names).to_pylist()
    except (pa.ArrowException, OSError, ValueError) as error:
        raise file_faults.damaged(path, KIND) from error
    return [{name: value for name, value in row.items() if value is not None} for row in rows]


class _State:
    """The files of a table as far as its log was followed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.files: dict[str, File] = {}

    def apply(self, actions: Iterable[_Action], log: Path) -> None:
        """Follow some actions of the log.

        Raises:
            DumpError: one of them is none, or asks for more than is read here.
        """
        try:
            for action in actions:
                if "protocol" in action:
                    _refuse_unknown(action["protocol"], log)
                if "metaData" in action:
                    _refuse_mapped(action["metaData"], log)
                if "sidecar" in action:
                    raise file_faults.unread_delta(log)
                if "add" in action:
                    self._add(action["add"], log)
                elif "remove" in action:
                    self.files.pop(action["remove"]["path"], None)
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise file_faults.damaged(log, KIND) from error

    def _add(self, added: _Action, log: Path) -> None:
        if added.get("deletionVector"):
            raise file_faults.unread_delta(log)
        name = unquote(added["path"])
        outside = ":" in name or PurePosixPath(name).is_absolute()
        if outside or ".." in PureWindowsPath(name).parts:
            raise file_faults.leads_out(log, name)
        values = added.get("partitionValues") or {}
        pairs = values.items() if isinstance(values, dict) else values
        self.files[added["path"]] = File(
            self._folder / name, tuple((key, value or None) for key, value in pairs)
        )


def _refuse_unknown(protocol: _Action, log: Path) -> None:
    """Refuse a table that asks its readers for what is not known here."""
    asked = set(protocol.get("readerFeatures") or ())
    if int(protocol["minReaderVersion"]) > 3 or not asked <= _FEATURES:  # noqa: PLR2004
        raise file_faults.unread_delta(log)


def _refuse_mapped(table: _Action, log: Path) -> None:
    """Refuse a table whose files name columns otherwise than the table does."""
    settings = dict(table.get("configuration") or {})
    if settings.get("delta.columnMapping.mode", "none") != "none":
        raise file_faults.unread_delta(log)
