"""A part in the shape of the Dnevnik.ru API: JSON or NDJSON, under the names of its fields.

Source: `dump.md`, «The API names of Dnevnik.ru». The API knows lessons, marks, works, entries of
the lesson log, classes (EduGroup) and schools; what it does not know, a dump of it does not hold.
Ids are taken from their `_str` twins where these are there. Times of events without an offset are
UTC, those of lessons local, unless `--source-tz` says otherwise. Records with our own names are
read too, as any other table is.
"""

from __future__ import annotations

import json
import re
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl

from monitor_cli.columns import SHAPES, Kind, Table
from monitor_cli.dump import aliases, faults
from monitor_cli.dump.jsontext import Reader, texts
from monitor_cli.dump.options import SCHOOL
from monitor_cli.dump.raw import Raw
from monitor_cli.dump.sources import opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from monitor_cli.dump.options import ReadOptions
    from monitor_cli.dump.parts import Part

Record = dict[str, Any]

_PIECE = 50_000
_HOMEWORK = "homework"
_BARE_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?")
_LONGEST_LIST = 1 << 24


class _At(NamedTuple):
    """A record and the line of the file on which it begins."""

    line: int
    record: Record


def read(part: Part, asked: frozenset[str] | None, options: ReadOptions) -> Iterator[Raw]:
    """Read the columns `asked` for (None: all that the table knows) as String, piece by piece.

    Raises:
        DumpError: the file is no JSON, holds no records, or two fields claim one column.
    """
    known = aliases.headers(part.table, options.columns)
    try:
        with opened(part.bytes_at, part.path) as file:
            records = _of_table(part.table, _records(part, texts(file, part)))
            first = list(islice(records, _PIECE))
            if not first:
                raise faults.empty_file(part.path, part.table)
            cells = _Cells(part, known, first, options)
            piece = first
            while piece:
                yield cells.raw(piece, asked)
                piece = list(islice(records, _PIECE))
    except OSError as error:
        raise faults.unreadable(part.path, error) from error


def _records(part: Part, texts: Iterator[str]) -> Iterator[_At]:
    """The records of an array, of lines, or of the lists in one object."""
    reader = Reader(part, texts)
    if reader.sign() == "[":
        yield from _of_array(reader, part)
        return
    while reader.sign():
        line, value = reader.line, reader.value()
        lists = _lists(part.table, value) if isinstance(value, dict) else None
        if lists is not None:
            yield from (_At(line, record) for record in lists if isinstance(record, dict))
        elif isinstance(value, dict):
            yield _At(line, value)
        else:
            raise faults.not_json(part.path, part.table, line)


def _of_array(reader: Reader, part: Part) -> Iterator[_At]:
    reader.skip()
    while reader.sign() not in ("]", ""):
        line, value = reader.line, reader.value()
        if not isinstance(value, dict):
            raise faults.not_json(part.path, part.table, line)
        yield _At(line, value)
        if reader.sign() == ",":
            reader.skip()
        elif reader.sign() != "]":
            raise faults.not_json(part.path, part.table, reader.line)
    if not reader.sign():
        raise faults.not_json(part.path, part.table, reader.line)


def _lists(table: Table, value: Record) -> list[Any] | None:
    """The list of an object that bears the table's name, as in an answer of the API."""
    for name, inside in value.items():
        found = aliases.table_of(name)
        if isinstance(inside, list) and found is not None and found == (table, ""):
            return inside
    return None


def _of_table(table: Table, records: Iterator[_At]) -> Iterator[_At]:
    """The records of the table: of works, those that are homework."""
    if table is not Table.HOMEWORK:
        return records
    return (at for at in records if str(at.record.get("type", _HOMEWORK)).casefold() == _HOMEWORK)


def _plain(value: object) -> str | None:
    """A value as a cell of text."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False)


def _field(*names: str) -> Callable[[Record], str | None]:
    """The first of the fields that has a value."""

    def get(record: Record) -> str | None:
        return next((_plain(record[name]) for name in names if record.get(name) is not None), None)

    return get


def _id(name: str) -> Callable[[Record], str | None]:
    """An id, from its twin in text if there is one."""
    return _field(f"{name}_str", name, f"{name[:1].upper()}{name[1:]}")


def _subject(record: Record) -> str | None:
    subject = record.get("subject")
    return _plain(subject.get("name") if isinstance(subject, dict) else subject)


def _first_of(*names: str) -> Callable[[Record], str | None]:
    """The first entry of a list, an id or a record with one."""

    def get(record: Record) -> str | None:
        for name in names:
            entries = record.get(name)
            if isinstance(entries, list) and entries:
                first = entries[0]
                return _id("id")(first) if isinstance(first, dict) else _plain(first)
        return None

    return get


def _hour(place: int) -> Callable[[Record], str | None]:
    """The beginning or the end of «08:00 - 08:40»."""

    def get(record: Record) -> str | None:
        hours = str(record.get("hours") or "").replace("–", "-").split("-")
        return hours[place].strip() if len(hours) == 2 else None  # noqa: PLR2004

    return get


def _has_files(record: Record) -> str | None:
    lists = [record.get(name) for name in ("files", "oneDriveLinks")]
    known = [entries for entries in lists if isinstance(entries, list)]
    return _plain(any(known)) if known else None


class _Field(NamedTuple):
    """What makes a column: its source among the fields of a record, and how it is read."""

    sources: tuple[str, ...]
    get: Callable[[Record], str | None]


_FIELDS: Mapping[Table, Mapping[str, _Field]] = {
    Table.SCHOOLS: {
        "school_id": _Field(("id",), _id("id")),
        "school": _Field(("name", "fullName"), _field("name", "fullName")),
        "municipality": _Field(("municipality",), _field("municipality")),
        "shifts": _Field(("shiftsCount",), _field("shiftsCount")),
    },
    Table.CLASSES: {
        "class_id": _Field(("id",), _id("id")),
        "school_id": _Field(("school", "schoolId"), _field("school_str", "school", "schoolId")),
        "class": _Field(("name", "fullName"), _field("name", "fullName")),
        "parallel": _Field(("parallel",), _field("parallel")),
        "study_year": _Field(("studyyear",), _field("studyyear")),
        "status": _Field(("status",), _field("status")),
    },
    Table.LESSONS: {
        "lesson_id": _Field(("id",), _id("id")),
        "class_id": _Field(("group",), _id("group")),
        "subject": _Field(("subject",), _subject),
        "teacher_id": _Field(("teachers",), _first_of("teachers_str", "teachers")),
        "date": _Field(("date",), _field("date")),
        "number": _Field(("number",), _field("number")),
        "starts_at": _Field(("hours",), _hour(0)),
        "ends_at": _Field(("hours",), _hour(1)),
        "topic": _Field(("title",), _field("title")),
    },
    Table.MARKS: {
        "mark_id": _Field(("id",), _id("id")),
        "lesson_id": _Field(("lesson",), _id("lesson")),
        "student_id": _Field(("person",), _id("person")),
        "work_type": _Field(("workType",), _field("workType")),
        "value": _Field(("textValue", "value"), _field("textValue", "value")),
        "created_at": _Field(("date",), _field("date")),
    },
    Table.ATTENDANCE: {
        "lesson_id": _Field(("lesson",), _id("lesson")),
        "student_id": _Field(("person",), _id("person")),
        "status": _Field(("status",), _field("status")),
        "created_at": _Field(("createdDate",), _field("createdDate")),
    },
    Table.HOMEWORK: {
        "homework_id": _Field(("id",), _id("id")),
        "lesson_id": _Field(("lesson",), _id("lesson")),
        "text": _Field(("text",), _field("text")),
        "has_files": _Field(("files", "oneDriveLinks"), _has_files),
        "issued_at": _Field(("sentDate",), _field("sentDate")),
    },
}


class _Cells:
    """How the records of a part become columns; told by those of its first piece."""

    def __init__(
        self, part: Part, known: Mapping[str, str], first: list[_At], options: ReadOptions
    ) -> None:
        self._part = part
        self._headers = tuple(dict.fromkeys(chain.from_iterable(at.record for at in first)))
        self._get = _ours(part, known, self._headers)
        self._titles: dict[str, str] = {}
        self._numbered = False
        if not self._get:
            self._get = _theirs(part.table, self._headers, utc=options.source_tz == SCHOOL)
            self._titles = _work_types(part) if part.table is Table.MARKS else {}
            self._numbered = part.table is Table.MARKS

    def raw(self, piece: list[_At], asked: frozenset[str] | None) -> Raw:
        """Some records as rows.

        Raises:
            DumpError: a mark of the API whose kind of work no list names.
        """
        if self._numbered:
            _refuse_unnamed(self._part, piece, self._titles)
        frame = pl.DataFrame(
            {
                name: [get(at.record) for at in piece]
                for name, get in self._get.items()
                if asked is None or name in asked
            },
            schema_overrides=dict.fromkeys(self._get, pl.String),
        )
        if self._titles and "work_type" in frame.columns:
            frame = frame.with_columns(pl.col("work_type").replace(self._titles))
        lines = [at.line for at in piece]
        return Raw(self._part, frame, frozenset(self._get), self._headers, lines.__getitem__)


def _ours(
    part: Part, known: Mapping[str, str], headers: tuple[str, ...]
) -> dict[str, Callable[[Record], str | None]]:
    """Records that name an id as we do are read under our names."""
    ids = {name for name, one in SHAPES[part.table].columns.items() if one.kind is Kind.ID}
    if ids.isdisjoint(header.casefold() for header in headers):
        return {}
    try:
        positions = aliases.resolve(headers, known)
    except aliases.ClaimedTwiceError as error:
        raise faults.two_headers(part.path, part.table, error.column, error.headers) from error
    return {name: _field(headers[position]) for name, position in positions.items()}


def _theirs(
    table: Table, headers: tuple[str, ...], *, utc: bool
) -> dict[str, Callable[[Record], str | None]]:
    """Records of the API; `utc`: its event times without an offset are given that of UTC."""
    there = {header[:1].lower() + header[1:].removesuffix("_str") for header in headers}
    kinds = SHAPES[table].columns
    return {
        name: _in_utc(field.get) if utc and kinds[name].kind is Kind.EVENT else field.get
        for name, field in _FIELDS.get(table, {}).items()
        if not there.isdisjoint(field.sources)
    }


def _in_utc(get: Callable[[Record], str | None]) -> Callable[[Record], str | None]:
    """The time as the API's server means it, where it bears no offset."""

    def read(record: Record) -> str | None:
        text = get(record)
        return f"{text}Z" if text is not None and _BARE_TIME.fullmatch(text) else text

    return read


def _refuse_unnamed(part: Part, piece: list[_At], titles: Mapping[str, str]) -> None:
    """Refuse marks whose kind of work is a number that nothing names: none would be tracked."""
    for line, record in piece:
        kind = _plain(record.get("workType"))
        if kind is not None and kind.isdecimal() and kind not in titles:
            raise faults.unnamed_work_type(part.path, line, kind)


def _work_types(marks: Part) -> dict[str, str]:
    """The titles of the work types, by their ids, where the API's list of them is in the dump."""
    titles: dict[str, str] = {}
    for source, shown in marks.beside:
        with opened(source, shown) as file:
            data = file.read(_LONGEST_LIST)
        try:
            titles.update(_titles(data.decode("utf-8-sig")))
        except (ValueError, RecursionError) as error:
            raise faults.not_json(shown, marks.table, 1) from error
    return titles


def _titles(text: str) -> dict[str, str]:
    try:
        listed = json.loads(text, parse_int=str)
    except ValueError:
        listed = [json.loads(line, parse_int=str) for line in text.splitlines() if line.strip()]
    return {
        str(kind["id"]): str(kind.get("title") or kind.get("name"))
        for kind in listed
        if isinstance(kind, dict) and "id" in kind
    }
