"""What every `monitor task` command begins with: the settings, the store, who acts, the clock."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from monitor_cli import clock
from monitor_cli.commands import reading, reporting
from monitor_cli.errors import UsageError
from monitor_cli.language import same, words
from monitor_cli.render.harmless import quoted
from monitor_cli.render.report_formats import REPORT_FORMATS
from monitor_cli.settings import load_settings
from monitor_cli.tasks.actors import Actor
from monitor_cli.tasks.acts import Now

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from monitor_cli.commands.bilingual import Session
    from monitor_cli.language import Words
    from monitor_cli.report import Report, Sheet
    from monitor_cli.settings import Settings
    from monitor_cli.tasks.sheets import Viewer
    from monitor_cli.tasks.storage.store import Store

NO_DUMP = reading.Source(Path(), sample=False)
_LARGEST_NUMBER = 18


@dataclass(frozen=True, slots=True)
class Typed:
    """The options that every command has, as typed."""

    who: str | None = None
    config: str | None = None
    assignments: Sequence[str] | None = None
    lang: str | None = None
    data: str | None = None
    format: str | None = None
    json: bool = False
    output: str | None = None
    no_color: bool = False
    quiet: bool = False
    verbose: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """The store, open, and who sits before it."""

    settings: Settings
    target: reporting.Target
    store: Store
    actor: Actor
    now: Now
    sample: bool

    @property
    def viewer(self) -> Viewer:
        """Who looks, for reports."""
        from monitor_cli.tasks.sheets import Viewer

        zone = clock.zone(self.settings.timezone)
        return Viewer(self.actor, self.now.today, zone, self.sample)

    def deliver(self, report: Report, *said: Words, source: reading.Source = NO_DUMP) -> int:
        """Render a report, and say what is to be said beside it."""
        if REPORT_FORMATS[self.target.format].for_people:
            report = replace(report, sheets=[_told(sheet) for sheet in report.sheets])
        code = reporting.deliver_report(report, self.target, source, self.settings)
        if not self.target.quiet:
            for line in said:
                self.target.streams.say(line.said(self.settings.language))
        return code


def _told(sheet: Sheet) -> Sheet:
    """The sheet without the columns that say nothing in any row."""
    kept = [
        at
        for at in range(len(sheet.columns))
        if not sheet.rows or any(row[at] is not None for row in sheet.rows)
    ]
    return replace(
        sheet,
        columns=[sheet.columns[at] for at in kept],
        rows=[tuple(row[at] for at in kept) for row in sheet.rows],
        totals=None if sheet.totals is None else tuple(sheet.totals[at] for at in kept),
    )


def settings_of(typed: Typed) -> Settings:
    """The settings that hold.

    Raises:
        SettingsError: a value that cannot be used.
    """
    return load_settings(
        {"--data": typed.data, "--lang": typed.lang},
        config=typed.config,
        assignments=typed.assignments or (),
        environ=os.environ,
    )


def target_of(session: Session, typed: Typed) -> reporting.Target:
    """Where the output goes.

    Raises:
        UsageError: there is no such format, or a terminal cannot show it.
    """
    return reporting.aimed(
        session.streams,
        (typed.format, typed.json),
        typed.output,
        no_color=typed.no_color,
        quiet=typed.quiet,
    )


def open_store(settings: Settings) -> Store:
    """The store that the settings name.

    Raises:
        SettingsError: an address that cannot be used.
        RoleError: the role of the connection is nobody to the store.
        StoreError: it cannot be reached, is not there, or is of another version.
    """
    from monitor_cli.tasks.storage.store import opened

    return opened(settings.task.store, os.environ)


def _made_already(settings: Settings) -> bool:
    """Whether a store that is a file is there; one of a server is made by `task store init`."""
    from monitor_cli.tasks.storage.connect import place_of

    file = place_of(settings.task.store, os.environ).file
    return file is None or file.exists()


def sit_down(
    session: Session,
    typed: Typed,
    settings: Settings | None = None,
    enrol: Callable[[Store, Actor | None], None] | None = None,
) -> Desk:
    """Read the settings, open the store, find out who acts and when.

    `enrol` may bring the register up to date first: who acts is known by it.

    Raises:
        UsageError: an option or setting; a role that one does not have.
        StoreError: the store cannot be reached.
    """
    settings = settings_of(typed) if settings is None else settings
    target = target_of(session, typed)
    who = identity(typed.who, settings)
    before = _made_already(settings)
    store = open_store(settings)
    if not before and not typed.quiet:
        # Said, as a mistyped name gives a store in which nothing is.
        place = store.place.shown
        said = words(f"новое хранилище поручений: {place}", f"a new store of tasks: {place}")
        session.streams.say(said.said(settings.language))
    if typed.verbose:
        place = store.place.shown
        said = words(f"хранилище: {place}", f"store: {place}")
        session.streams.say(said.said(settings.language))
    if enrol is not None:
        enrol(store, who)
    actor = store.actor(who)
    sample = store.register().sample
    return Desk(settings, target, store, actor, now_of(store, settings, sample=sample), sample)


def now_of(store: Store, settings: Settings, *, sample: bool) -> Now:
    """The present by the clock of the store; on the sample its own morning."""
    moment = reading.SAMPLE_NOW if sample else store.present(datetime.now(UTC))
    return Now(moment, moment.astimezone(clock.zone(settings.timezone)).date())


def identity(typed: str | None, settings: Settings) -> Actor | None:
    """Whom `--as`, else the setting `task.identity`, names; None where neither does.

    Raises:
        UsageError: it names nobody.
    """
    text = settings.task.identity if typed is None else typed
    if not text and typed is None:
        return None
    try:
        return Actor.parsed(text)
    except ValueError:
        name = quoted(text)
        raise UsageError(
            words(f"--as {name.ru}: так никого не зовут", f"--as {name.en}: this names nobody"),
            remedy=same("rouo, mouo:<municipality>, school:<id>"),
        ) from None


def dump_of(settings: Settings) -> reading.Source:
    """The dump that is named: what is issued or marked must not rest on invented schools unasked.

    Raises:
        UsageError: none is named.
    """
    if settings.data is None and not settings.sample:
        raise UsageError(
            words("не названа выгрузка", "no dump is named"),
            remedy=words(
                "назовите её: --data ПАПКА; пример: --data sample",
                "name it: --data FOLDER; the invented one: --data sample",
            ),
        )
    return reading.read_source(settings, to_file=True)


def read_number(text: str) -> int:
    """The number of a task.

    Raises:
        UsageError: it is none.
    """
    word = text.strip().removeprefix("№").strip()
    if not (word.isascii() and word.isdecimal() and len(word) <= _LARGEST_NUMBER):
        name = quoted(text)
        raise UsageError(
            words(f"{name.ru}: это не номер поручения", f"{name.en}: this is no number of a task"),
            remedy=words("номера: monitor task list", "numbers: monitor task list"),
        )
    return int(word)


def read_numbers(typed: Sequence[str] | None) -> tuple[int, ...]:
    """The numbers of tasks, each once.

    Raises:
        UsageError: one is none.
    """
    return tuple(dict.fromkeys(read_number(text) for text in typed or ()))
