"""What the commands of reports share: from options to a question, from a report to its delivery."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from monitor_cli.commands import reading, reporting
from monitor_cli.errors import UsageError
from monitor_cli.language import words
from monitor_cli.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date
    from pathlib import Path

    from monitor_cli.commands.streams import Streams
    from monitor_cli.report import Report
    from monitor_cli.reports.asked import Asked
    from monitor_cli.settings import Settings


A = TypeVar("A", bound="Asked")


class Typed(NamedTuple):
    """The options that every report has, as typed."""

    format: str | None
    json: bool
    output: str | None
    no_color: bool
    data: str | None
    as_imported: str | None
    config: str | None
    set: list[str] | None
    encoding: str | None
    separator: str | None
    source_tz: str | None
    strict: bool
    lang: str | None
    quiet: bool
    verbose: bool


class Places(NamedTuple):
    """The level and the filters, as typed."""

    level: str
    municipalities: Iterable[str] | None = None
    schools: Iterable[str] | None = None
    classes: Iterable[str] | None = None
    subjects: Iterable[str] | None = None
    teachers: Iterable[str] | None = None
    limit: str | None = None
    search: str | None = None


class Begun(NamedTuple):
    """The settings that hold, where the report goes, which dump it is about."""

    settings: Settings
    target: reporting.Target
    source: reading.Source
    typed: Typed

    def asked(self, first: date, last: date, places: Places, kind: type[A], **more: object) -> A:
        """The question to a report, of its own `kind`.

        Raises:
            UsageError: a level, a limit or a period that cannot be.
        """
        if first > last:
            raise UsageError(
                words(
                    f"--from {first} позже --to {last}", f"--from {first} is later than --to {last}"
                )
            )
        limit = places.limit
        return kind(
            first,
            last,
            reading.read_level(places.level),
            tuple(places.municipalities or ()),
            tuple(places.schools or ()),
            tuple(places.classes or ()),
            tuple(places.subjects or ()),
            tuple(places.teachers or ()),
            places.search,
            None if limit is None else reading.read_count(limit, "--limit"),
            **more,
        )

    def deliver(self, make: Callable[..., Report], asked: Asked) -> int:
        """Make the report and send it where it belongs: the exit code."""
        typed, settings = self.typed, self.settings
        day = None
        if typed.as_imported is not None:
            day = reading.read_day(typed.as_imported, "--as-imported")
        if typed.verbose:
            period = f"{asked.first.isoformat()} – {asked.last.isoformat()}"
            taken = reporting.taken(self.source, settings, period)
            self.target.streams.say(taken.said(settings.language))
        path: Path = self.source.path
        report = make(path, settings, asked, sample=self.source.sample, as_imported=day)
        return reporting.deliver_report(report, self.target, self.source, settings)


def begin(streams: Streams, typed: Typed) -> Begun:
    """Read the settings and find the dump and the target.

    Raises:
        SettingsError, UsageError: something typed cannot be.
    """
    settings = load_settings(
        {
            "--data": typed.data,
            "--lang": typed.lang,
            "--encoding": typed.encoding,
            "--separator": typed.separator,
            "--source-tz": typed.source_tz,
            "--strict": typed.strict or None,
        },
        config=typed.config,
        assignments=typed.set or (),
        environ=os.environ,
    )
    formats = (typed.format, typed.json)
    target = reporting.aimed(
        streams, formats, typed.output, no_color=typed.no_color, quiet=typed.quiet
    )
    source = reading.read_source(settings, to_file=target.to_file)
    return Begun(settings, target, source, typed)
