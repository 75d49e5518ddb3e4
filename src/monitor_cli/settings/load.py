"""Reading, layering and checking the settings: typed beats environment beats file beats default."""

from __future__ import annotations

import re
from decimal import Decimal
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from monitor_cli.columns import SHAPES
from monitor_cli.errors import SettingsError
from monitor_cli.language import words
from monitor_cli.settings import checks, model
from monitor_cli.settings.checks import Found
from monitor_cli.settings.find import find_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from monitor_cli.settings.checks import Check

OPTIONS = {
    "--data": "data",
    "--lang": "language",
    "--source-tz": "source_tz",
    "--encoding": "encoding",
    "--separator": "separator",
    "--strict": "strict",
}
"""The options that set a key of their own."""

VARIABLES = {"MONITOR_DATA": "data", "MONITOR_LANG": "language", "MONITOR_STORE": "task.store"}
"""The environment variables that set a key."""

_Tree = dict[str, Any]
_Path = tuple[str, ...]
_BARE = re.compile(r"[A-Za-z0-9_-]+")


class _Any(NamedTuple):
    """A section whose keys are the user's own: names of regions, headers of files."""

    below: _Schema


_Schema: TypeAlias = "Check | dict[str, _Schema] | _Any"

_SECTIONS: dict[str, tuple[type[Any], dict[str, _Schema]]] = {
    "defaults": (model.Defaults, {"region": checks.text, "municipality": checks.text}),
    "bands": (model.Bands, {"red_below": checks.percent}),
    "school_activity": (model.SchoolActivity, {"components": checks.listed(checks.component)}),
    "teacher_category": (model.TeacherCategory, {"categories": checks.listed(checks.filled)}),
    "timetable_filling": (
        model.TimetableFilling,
        {"min_lessons": checks.integer(1, 1000), "count": checks.one_of("rows", "slots")},
    ),
    "journal_keeping": (model.JournalKeeping, {"late_counts": checks.flag}),
    "timely_marks": (
        model.TimelyMarks,
        {
            "deadline": checks.clock_time,
            "deadline_two_shifts": checks.clock_time,
            "two_shifts_from": checks.integer(1, 10),
            "denominator": checks.one_of("all", "tracked"),
            "edits_count": checks.flag,
            "work_types": checks.listed(checks.filled),
            "aliases": _Any(checks.later),
        },
    ),
    "timely_homework": (
        model.TimelyHomework,
        {
            "days_before": checks.integer(0, 366),
            "deadline": checks.clock_time,
            "denominator": checks.one_of("next_week", "reporting_week"),
            "homework_link": checks.one_of("due", "given"),
            "recommended_hours": checks.integer(0, 168),
            "lesson_minutes": checks.integer(1, 600),
            "skip_parallels": checks.listed(checks.integer(1, 11), empty=True),
        },
    ),
    "workload": (
        model.Workload,
        {"hours_min": checks.integer(0, 168), "hours_max": checks.integer(0, 168)},
    ),
    "report": (
        model.Report,
        {"out": checks.path, "formats": checks.listed(checks.one_of(*checks.REPORT_FORMATS))},
    ),
    "task": (model.Task, {"identity": checks.identity, "store": checks.store}),
}
_THRESHOLDS: dict[str, _Schema] = dict.fromkeys(model.INDICATOR_KEYS, checks.percent)
_SCHEMA: dict[str, _Schema] = {
    "data": checks.data,
    "language": checks.language,
    "timezone": checks.zone,
    "source_tz": checks.source_zone,
    "encoding": checks.encoding,
    "separator": checks.separator,
    "strict": checks.flag,
    "thresholds": _THRESHOLDS,
    "regions": _Any({"thresholds": _THRESHOLDS}),
    "columns": {
        table.value: _Any(checks.one_of(*shape.columns)) for table, shape in SHAPES.items()
    },
    **{name: keys for name, (_, keys) in _SECTIONS.items()},
}


class _Origin(NamedTuple):
    """Where values come from: how a message names it, and the folder of relative paths."""

    name: str
    folder: Path | None = None
    names_key: bool = True

    def found(self, path: _Path, value: object) -> Found:
        return Found(self.name, _dotted(path) if self.names_key else "", value, self.folder)


def load_settings(
    typed: Mapping[str, str | bool | None] | None = None,
    *,
    config: str | None = None,
    assignments: Sequence[str] = (),
    environ: Mapping[str, str],
) -> model.Settings:
    """Read and check every value.

    Args:
        typed: values of the options in `OPTIONS`, `None` where not typed.
        config: the file that `--config` names.
        assignments: what `--set` was given, `key=value` each.
        environ: the environment variables.

    Raises:
        SettingsError: a file, key or value that cannot be used.
    """
    path = find_file(config, environ)
    values: _Tree = {}
    if path is not None:
        _lay(values, read_file(path), _SCHEMA, _Origin(str(path), path.absolute().parent))
    for name, key in VARIABLES.items():
        if environ.get(name):
            _lay(values, _nested(key, environ[name]), _SCHEMA, _Origin(name, names_key=False))
    for assignment in assignments:
        _lay(values, parse_assignment(assignment), _SCHEMA, _Origin("--set"))
    for option, value in (typed or {}).items():
        if value is not None:
            _lay(values, _nested(OPTIONS[option], value), _SCHEMA, _Origin(option, names_key=False))
    return _build(values, path)


def read_file(path: Path) -> _Tree:
    """The keys and values of a TOML file; numbers with a point are `Decimal`.

    Raises:
        SettingsError: it cannot be read, is not UTF-8 or is not TOML.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SettingsError(
            words(f"{path}: не читается: {reason}", f"{path}: cannot be read: {reason}")
        ) from error
    except UnicodeDecodeError as error:
        raise SettingsError(
            words(f"{path}: текст не в UTF-8", f"{path}: the text is not UTF-8"),
            remedy=words("сохраните файл в кодировке UTF-8", "save the file as UTF-8"),
        ) from error
    import tomllib  # noqa: PLC0415  (most runs have neither a file nor an assignment)

    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            words(f"{path}: это не TOML: {error}", f"{path}: this is not TOML: {error}"),
            remedy=words(
                "строки вида ключ = значение, тексты в кавычках",
                "lines are key = value, texts stand in quotes",
            ),
        ) from error


def parse_assignment(assignment: str) -> _Tree:
    """`key=value` as a tree: a dotted TOML key; the value as TOML, else as text.

    Raises:
        SettingsError: there is no key or no `=`.
    """
    for at, sign in enumerate(assignment):
        if sign != "=":
            continue
        key = _single(f"{assignment[:at]} = 0")
        if key is not None:
            raw = assignment[at + 1 :].strip()
            value = _single(f"value = {raw}")
            return _replaced(key, raw if value is None else value["value"])
    raise SettingsError(
        words(f"--set {assignment}: нужен ключ=значение", f"--set {assignment}: not key=value"),
        remedy=words(
            "например: --set thresholds.timely_marks=90",
            "for example: --set thresholds.timely_marks=90",
        ),
    )


def _single(text: str) -> _Tree | None:
    """The tree of one TOML line with one key, else `None`."""
    import tomllib  # noqa: PLC0415

    try:
        tree = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError:
        return None
    return tree if len(tree) == 1 and "\n" not in text else None


def _replaced(tree: _Tree, value: object) -> _Tree:
    """A tree of one branch with another leaf."""
    ((key, below),) = tree.items()
    return {key: _replaced(below, value) if isinstance(below, dict) else value}


def _nested(key: str, value: object) -> _Tree:
    """A dotted key as a tree of one branch."""
    first, _, rest = key.partition(".")
    return {first: _nested(rest, value) if rest else value}


def _lay(values: _Tree, tree: _Tree, schema: _Schema, origin: _Origin, path: _Path = ()) -> None:
    """Check the keys and values of `tree` against `schema` and lay them over `values`."""
    for name, value in tree.items():
        here = (*path, name)
        below = _below(schema, name)
        if below is None:
            raise _unknown(origin, here)
        if not isinstance(below, dict | _Any):
            values[name] = below(origin.found(here, value))
        elif isinstance(value, dict):
            _lay(values.setdefault(name, {}), value, below, origin, here)
        else:
            raise origin.found(here, value).refusal(
                words(f"раздел [{_dotted(here)}]", f"a section [{_dotted(here)}]")
            )


def _below(schema: _Schema, name: str) -> _Schema | None:
    """What may stand under `name`, `None` where nothing may."""
    if isinstance(schema, _Any):
        return schema.below
    return schema.get(name) if isinstance(schema, dict) else None


def _dotted(path: _Path) -> str:
    """A path as TOML writes it."""
    return ".".join(part if _BARE.fullmatch(part) else f'"{part}"' for part in path)


def known_keys() -> tuple[str, ...]:
    """Every key, dotted; `*` where the user names something."""
    return tuple(_dotted(path).replace('"*"', "*") for path in _paths(_SCHEMA))


def _paths(schema: _Schema) -> Iterator[_Path]:
    if isinstance(schema, _Any):
        for path in _paths(schema.below):
            yield ("*", *path)
    elif isinstance(schema, dict):
        for name, below in schema.items():
            for path in _paths(below):
                yield (name, *path)
    else:
        yield ()


def _unknown(origin: _Origin, path: _Path) -> SettingsError:
    """The error that names the nearest known key, or what there is where none is near."""
    schema, above = _section(path[:-1])
    inside = {name: ".".join((*above, name)) for name in schema}
    anywhere = {name.rpartition(".")[2]: name for name in reversed(known_keys())}
    near = next(
        (
            names[found]
            for names in (inside, anywhere)
            for found in get_close_matches(path[-1], list(names), n=1)
        ),
        None,
    )
    if near is not None:
        remedy = words(f"ближайший известный: {near}", f"the nearest known: {near}")
    else:
        sections = [
            f"[{inside[name]}]" for name, below in schema.items() if isinstance(below, dict | _Any)
        ]
        there = ", ".join(sections or inside.values())
        remedy = words(f"есть: {there}", f"there are: {there}")
    key = _dotted(path)
    return SettingsError(
        words(f"{origin.name}: нет ключа {key}", f"{origin.name}: there is no key {key}"),
        remedy=remedy,
    )


def _section(path: _Path) -> tuple[dict[str, _Schema], _Path]:
    """What may stand in a section, and its path with `*` for what the user names."""
    schema: _Schema = _SCHEMA
    known: list[str] = []
    for name in path:
        known.append("*" if isinstance(schema, _Any) else name)
        schema = _below(schema, name) or {}
    return (schema if isinstance(schema, dict) else {}), tuple(known)


def _build(values: _Tree, source: Path | None) -> model.Settings:
    """The settings from checked values; whatever is not there has its default."""
    marks = values.get("timely_marks", {})
    if "aliases" in marks:
        of_type = checks.known_work_type(marks.get("work_types", model.TimelyMarks().work_types))
        marks["aliases"] = {name: of_type(found) for name, found in marks["aliases"].items()}
    sections = {
        name: cls(**values.pop(name)) for name, (cls, _) in _SECTIONS.items() if name in values
    }
    regions = {
        name: below.get("thresholds", {}) for name, below in values.pop("regions", {}).items()
    }
    named = values.pop("data", None)
    return model.Settings(
        data=None if named == checks.SAMPLE else named,
        sample=named == checks.SAMPLE,
        regions=regions,
        source=source,
        **values,
        **sections,
    )
