"""What each key of `monitor.toml` may hold: a check takes what was found, gives what is kept."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from datetime import time
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from monitor_cli import clock
from monitor_cli.errors import SettingsError
from monitor_cli.language import Language, Words, normalised, same, words
from monitor_cli.settings.model import INDICATOR_KEYS
from monitor_cli.settings.places import is_elsewhere

SAMPLE = "sample"
"""`--data sample`: the invented dump inside the package."""

REPORT_FORMATS = ("table", "json", "ndjson", "csv", "md", "parquet", "xlsx", "html")


class Found(NamedTuple):
    """A value and where it stands.

    `key` is dotted and empty where the origin says it all (`--lang`, `MONITOR_LANG`); relative
    paths are taken from `folder`.
    """

    origin: str
    key: str
    value: object
    folder: Path | None = None

    def refusal(self, allowed: Words) -> SettingsError:
        """The error that says what was found and what is allowed."""
        where = f"{self.origin}: {self.key}" if self.key else self.origin
        shown = as_written(self.value)
        return SettingsError(
            words(f"{where} = {shown}: так нельзя", f"{where} = {shown} is not allowed"),
            remedy=words(f"можно: {allowed.ru}", f"allowed: {allowed.en}"),
        )

    def of(self, value: object) -> Found:
        """An element of this value, at the same place."""
        return Found(self.origin, self.key, value, self.folder)


Kept = TypeVar("Kept")
Check = Callable[[Found], Any]


def as_written(value: object) -> str:
    """A value as TOML writes it, short enough for a line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{value[:60]}…"' if len(value) > 60 else f'"{value}"'  # noqa: PLR2004
    if isinstance(value, list):
        return "[…]" if value else "[]"
    if isinstance(value, dict):
        return "{…}"
    return str(value)


def text(found: Found) -> str:
    """Any text."""
    if not isinstance(found.value, str):
        raise found.refusal(words("текст в кавычках", "a text in quotes"))
    return found.value


def later(found: Found) -> Found:
    """A value that is checked when others are known."""
    return found


def flag(found: Found) -> bool:
    """True or false."""
    if not isinstance(found.value, bool):
        raise found.refusal(words("true или false", "true or false"))
    return found.value


def integer(low: int, high: int) -> Callable[[Found], int]:
    """A whole number from `low` to `high`."""

    def check(found: Found) -> int:
        value = found.value
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise found.refusal(
                words(f"целое число от {low} до {high}", f"a whole number from {low} to {high}")
            )
        return value

    return check


SMALLEST_EXPONENT = -12


def percent_of(value: Decimal | int) -> Fraction:
    """A percentage, exact.

    Raises:
        ValueError: it is not from 0 to 100, or has more than twelve decimals.
    """
    number = Decimal(value)
    if not number.is_finite() or not 0 <= number <= 100:  # noqa: PLR2004
        message = f"{value} is not from 0 to 100"
        raise ValueError(message)
    exponent = number.as_tuple().exponent
    # A tiny exponent would make a fraction of a billion digits.
    if not isinstance(exponent, int) or exponent < SMALLEST_EXPONENT:
        message = f"{value} has too many decimals"
        raise ValueError(message)
    return Fraction(number)


def percent(found: Found) -> Fraction:
    """A number from 0 to 100, kept exact."""
    allowed = words("число от 0 до 100", "a number from 0 to 100")
    value = found.value
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise found.refusal(allowed)
    try:
        return percent_of(value)
    except ValueError:
        raise found.refusal(allowed) from None


_CLOCK = re.compile(r"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)")


def clock_time(found: Found) -> time:
    """A time of day, `HH:MM`."""
    match = _CLOCK.fullmatch(found.value) if isinstance(found.value, str) else None
    if match is None:
        raise found.refusal(words('время "ЧЧ:ММ"', 'a time "HH:MM"'))
    return time(int(match["hour"]), int(match["minute"]))


def one_of(*choices: str) -> Callable[[Found], str]:
    """One of a few words."""

    def check(found: Found) -> str:
        if found.value not in choices:
            raise found.refusal(same(", ".join(f'"{choice}"' for choice in choices)))
        return str(found.value)

    return check


def language(found: Found) -> Language:
    """`ru` or `en`."""
    return Language(one_of(*Language)(found))


def listed(
    element: Callable[[Found], Kept], *, empty: bool = False
) -> Callable[[Found], tuple[Kept, ...]]:
    """A list of such elements, each once."""

    def check(found: Found) -> tuple[Kept, ...]:
        if not isinstance(found.value, list):
            raise found.refusal(words("список [ … ]", "a list [ … ]"))
        if not found.value and not empty:
            raise found.refusal(words("список хотя бы из одного", "a list of at least one"))
        kept = tuple(element(found.of(item)) for item in found.value)
        if len(set(kept)) != len(kept):
            raise found.refusal(words("каждое значение один раз", "each value once"))
        return kept

    return check


def filled(found: Found) -> str:
    """A text that is not blank."""
    value = text(found)
    if not value.strip():
        raise found.refusal(words("непустой текст", "a text that is not blank"))
    return value


def component(found: Found) -> str:
    """An indicator that `school_activity` can be made of: any but itself."""
    return one_of(*(key for key in INDICATOR_KEYS if key != "school_activity"))(found)


def zone(found: Found) -> str:
    """A time zone by a name that `clock.zone` knows."""
    allowed = words(
        '"Europe/Moscow", "Asia/Yekaterinburg", "UTC+5", "+05:00", "МСК+2"',
        '"Europe/Moscow", "Asia/Yekaterinburg", "UTC+5", "+05:00", "МСК+2"',
    )
    value = found.value
    if not isinstance(value, str):
        raise found.refusal(allowed)
    try:
        clock.zone(value)
    except ValueError:
        raise found.refusal(allowed) from None
    return value


def source_zone(found: Found) -> str:
    """`school` (local time) or a zone."""
    if found.value == "school":
        return "school"
    try:
        return zone(found)
    except SettingsError:
        raise found.refusal(
            words('"school", "UTC" или зона IANA', '"school", "UTC" or an IANA zone')
        ) from None


def encoding(found: Found) -> str:
    """`auto` or a text encoding that Python knows."""
    value = found.value
    allowed = same('"auto", "utf-8", "utf-16", "windows-1251"')
    if value == "auto":
        return "auto"
    if not isinstance(value, str):
        raise found.refusal(allowed)
    try:
        name = codecs.lookup(value).name
        b"  ".decode(value, "replace")  # refuses codecs that are not of text
    except (LookupError, ValueError):
        raise found.refusal(allowed) from None
    return name


_SEPARATORS = {
    "auto": "auto",
    ",": ",",
    ";": ";",
    "|": "|",
    "\t": "\t",
    "\\t": "\t",
    "tab": "\t",
}


def separator(found: Found) -> str:
    """`auto` or one of the four separators of CSV."""
    if not isinstance(found.value, str) or found.value not in _SEPARATORS:
        raise found.refusal(same('"auto", ",", ";", "|", "tab"'))
    return _SEPARATORS[found.value]


def path(found: Found) -> Path:
    """A path; in the file it is relative to the file's folder."""
    value = filled(found)
    if "\0" in value:
        raise found.refusal(words("путь", "a path"))
    return Path(value) if found.folder is None else found.folder / value


def data(found: Found) -> Path | str:
    """The path of a dump, `-`, an address, or the word `sample`."""
    value = filled(found)
    if "\0" not in value and is_elsewhere(value):
        return Path(value)
    return SAMPLE if found.value == SAMPLE else path(found)


def store(found: Found) -> str:
    """The path of the task store, the address of a server as it is written, or nothing."""
    value = text(found)
    if "://" in value:
        return value
    return str(path(found)) if value else ""


_IDENTITY = re.compile(r"|rouo|(mouo|school):.*\S.*")


def identity(found: Found) -> str:
    """Whose tasks these are."""
    value = text(found)
    if not _IDENTITY.fullmatch(value):
        raise found.refusal(same('"", "rouo", "mouo:<municipality>", "school:<id>"'))
    return value


def known_work_type(work_types: tuple[str, ...]) -> Callable[[Found], str]:
    """One of the tracked work types, compared without case and «ё»."""
    by_name = {normalised(name): name for name in work_types}

    def check(found: Found) -> str:
        value = by_name.get(normalised(text(found)))
        if value is None:
            raise found.refusal(same(", ".join(f'"{name}"' for name in work_types)))
        return value

    return check
