"""What was typed, read: levels, numbers, weeks, and which dump and settings hold."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import monitor_cli
from monitor_cli import clock
from monitor_cli.commands.bilingual import no_such
from monitor_cli.errors import UsageError
from monitor_cli.language import same, words
from monitor_cli.levels import Level
from monitor_cli.render.harmless import quoted
from monitor_cli.result import Block
from monitor_cli.settings import INDICATOR_KEYS, Settings
from monitor_cli.settings.checks import percent_of

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

ALL_BLOCKS = "all"

SAMPLE_FOLDER = Path(monitor_cli.__file__).parent / "sample_data"
SAMPLE_WEEK = "2026-11-16"
"""The week that the sample is about: the default one there."""
SAMPLE_NOW = datetime.fromisoformat("2026-11-23T09:00:00+03:00")
"""The morning on which the sample was exported."""

FALLEN_BACK = words(
    "выгрузка не названа: показан вымышленный пример; своя – --data ПАПКА",
    "no dump is named: this is the invented sample; yours: --data FOLDER",
)
"""What is said where the sample stands in for a dump."""


class Source(NamedTuple):
    """The dump to read. `fallen_back`: nobody named one, so it is the sample."""

    path: Path
    sample: bool
    fallen_back: bool = False


def read_source(settings: Settings, *, to_file: bool) -> Source:
    """The dump that the settings name, else the sample.

    Raises:
        UsageError: none is named and the output goes `to_file`: an unattended run must not
            report on invented schools.
    """
    if settings.sample:
        return Source(SAMPLE_FOLDER, sample=True)
    if settings.data is not None:
        from monitor_cli.dataset.layout import is_sample

        return Source(settings.data, sample=is_sample(settings.data))
    if to_file:
        raise UsageError(
            words("не названа выгрузка, а вывод идёт в файл", "no dump is named for a file"),
            remedy=words(
                "назовите её: --data ПАПКА; пример: --data sample",
                "name it: --data FOLDER; the invented one: --data sample",
            ),
        )
    return Source(SAMPLE_FOLDER, sample=True, fallen_back=True)


def read_level(text: str) -> Level:
    """The level that `--level` names.

    Raises:
        UsageError: there is none of that name.
    """
    try:
        return Level(text)
    except ValueError:
        raise no_such(words("уровня", "level"), text, list(Level), "--level") from None


def read_block(text: str) -> Block | None:
    """The block that `--block` names, `None` for all of them.

    Raises:
        UsageError: there is none of that name.
    """
    if text == ALL_BLOCKS:
        return None
    try:
        return Block(text)
    except ValueError:
        known = [*Block, ALL_BLOCKS]
        raise no_such(words("блока", "block"), text, known, "--block") from None


def read_indicator(text: str, place: str) -> str:
    """An indicator's key, typed after the option `place`.

    Raises:
        UsageError: there is no such indicator.
    """
    if text not in INDICATOR_KEYS:
        raise no_such(words("показателя", "indicator"), text, list(INDICATOR_KEYS), place)
    return text


def read_percent(text: str, place: str) -> Fraction:
    """A number from 0 to 100, with a point or a comma, typed after the option `place`.

    Raises:
        UsageError: it is no such number.
    """
    try:
        return percent_of(Decimal(text.strip().replace(",", ".")))
    except (InvalidOperation, ValueError):
        name = quoted(text)
        raise UsageError(
            words(f"{place} {name.ru}: это не число", f"{place} {name.en}: this is no number"),
            remedy=words("нужно число от 0 до 100", "a number from 0 to 100 is needed"),
        ) from None


def read_count(text: str, place: str) -> int:
    """A whole number, 0 or more, typed after the option `place`.

    Raises:
        UsageError: it is no such number.
    """
    if not text.isascii() or not text.isdecimal() or len(text) > len("1000000000"):
        name = quoted(text)
        raise UsageError(
            words(f"{place} {name.ru}: это не число", f"{place} {name.en}: this is no number"),
            remedy=words("нужно целое число, 0 или больше", "a whole number, 0 or more, is needed"),
        )
    return int(text)


def read_week(
    text: str | None, settings: Settings, *, sample: bool, place: str = "--date"
) -> clock.Week:
    """The week that the option `place` names; else the last completed one, the sample's own there.

    Raises:
        UsageError: the text names no week.
    """
    where = clock.zone(settings.timezone)
    chosen = text if text is not None else SAMPLE_WEEK if sample else "last"
    try:
        return clock.parse_week(chosen, datetime.now(UTC), where)
    except ValueError:
        name = quoted(chosen)
        raise UsageError(
            words(f"{place} {name.ru}: это не неделя", f"{place} {name.en}: this names no week"),
            remedy=same("2026-11-18, 18.11.2026, 2026-W47, last, this"),
        ) from None


def read_now(settings: Settings, *, sample: bool) -> datetime:
    """The present by the clock of the settings' zone; on the sample its own."""
    moment = SAMPLE_NOW if sample else datetime.now(UTC)
    return moment.astimezone(clock.zone(settings.timezone)).replace(microsecond=0)


def read_day(text: str, place: str) -> date:
    """A day, ISO or `dd.mm.yyyy`, typed after the option `place`.

    Raises:
        UsageError: it is none.
    """
    try:
        return clock.parse_day(text)
    except ValueError:
        name = quoted(text)
        raise UsageError(
            words(f"{place} {name.ru}: это не день", f"{place} {name.en}: this is no day"),
            remedy=same("2026-11-16, 16.11.2026"),
        ) from None


def read_moment(text: str, settings: Settings, *, sample: bool) -> datetime:
    """The moment that `--as-of` names by the clock of the settings' zone, without a zone.

    Raises:
        UsageError: it names none.
    """
    now = read_now(settings, sample=sample)
    try:
        return clock.parse_moment(text, now, clock.zone(settings.timezone))
    except ValueError:
        name = quoted(text)
        raise UsageError(
            words(f"--as-of {name.ru}: это не момент", f"--as-of {name.en}: this is no moment"),
            remedy=same("2026-11-18, 2026-11-18T12:00, 18.11.2026 12:00, now"),
        ) from None


def one_format(typed: str | None, *, json: bool) -> str | None:
    """The format that `--format` or `--json` names, `None` for neither.

    Raises:
        UsageError: they name different ones.
    """
    if json and typed not in (None, "json"):
        name = quoted(typed or "")
        raise UsageError(
            words(
                f"--json и --format {name.ru} вместе не имеют смысла",
                f"--json and --format {name.en} contradict each other",
            )
        )
    return "json" if json else typed
