"""`monitor task issue`: one task, one for those that fell short, or a list of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from monitor_cli import clock
from monitor_cli.commands import desk as at
from monitor_cli.commands import dump_options, options, reading
from monitor_cli.commands import task_options as own
from monitor_cli.commands.school_options import Format
from monitor_cli.errors import UsageError
from monitor_cli.language import Words, normalised, plural_ru, words
from monitor_cli.render.harmless import quoted
from monitor_cli.tasks.actors import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor_cli.result import Notice, Problem
    from monitor_cli.settings import Settings
    from monitor_cli.tasks.actors import Actor
    from monitor_cli.tasks.goals import Roster
    from monitor_cli.tasks.orders import Office, Order, Pair
    from monitor_cli.tasks.storage.store import Store


class _Said(NamedTuple):
    """What a task is typed as."""

    title: str | None
    text: str | None
    due: str | None
    to: tuple[str, ...]
    indicator: str | None
    target: str | None
    week: str | None
    from_week: str | None
    below: str | None
    file: str | None


class _Beside(NamedTuple):
    """What the dump says of itself."""

    problems: tuple[Problem, ...] = ()
    warnings: tuple[Notice, ...] = ()


def issue(
    ctx: typer.Context,
    *,
    title: own.Title = None,
    text: own.Text = None,
    due: own.Due = None,
    to: own.To = None,
    indicator: own.Indicator = None,
    target: own.Target = None,
    week: own.Week = None,
    from_week: own.FromWeek = None,
    below: own.Below = None,
    from_file: own.FromFile = None,
    who: own.As = None,
    format_: Format = None,
    json: options.Json = False,
    output: options.Output = None,
    no_color: options.NoColor = False,
    data: dump_options.Data = None,
    config: options.Config = None,
    set_: options.Assignments = None,
    lang: options.Lang = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> int:
    """Read what is to be issued, find out for whom, write it down."""
    typed = at.Typed(who, config, set_, lang, data, format_, json, output, no_color, quiet, verbose)
    said = _Said(
        title, text, due, tuple(to or ()), indicator, target, week, from_week, below, from_file
    )
    settings = at.settings_of(typed)
    _check(said, settings)
    roster: list[Roster] = []
    desk = at.sit_down(
        ctx.obj, typed, settings, lambda store, actor: _enrol(store, actor, settings, roster)
    )

    from monitor_cli.tasks import orders
    from monitor_cli.tasks.sheets import list_report

    office = _office(desk, roster)
    beside = _Beside(roster[0].problems, roster[0].warnings) if roster else _Beside()
    pairs: Sequence[Pair | None]
    if said.file is not None:
        pairs = orders.listed(Path(said.file), office, _keys())
    elif said.from_week is not None:
        pair, beside = _short(said, desk, office)
        pairs = [pair]
    else:
        pairs = [orders.placed(_order(said, office, settings), office)]
    issued = orders.issue(desk.store, desk.actor, [pair for pair in pairs if pair is not None])
    report = list_report(desk.viewer, issued)
    report = replace(report, problems=beside.problems, warnings=beside.warnings)
    count = len(issued)
    schools = sum(len(one.addressees) for one in issued)
    told = [
        words(
            f"выдано: {count} {plural_ru(count, 'поручение', 'поручения', 'поручений')}, "
            f"адресатов-школ: {schools}",
            f"issued: tasks {count}, schools addressed {schools}",
        )
        if issued
        else words("никто не отстал: выдавать нечего", "nobody fell short: nothing to issue")
    ]
    if roster and roster[0].unplaced:
        told.append(
            words(
                f"школ без муниципалитета: {roster[0].unplaced}; им выдать нельзя – "
                "принять за них некому",
                f"schools without a municipality: {roster[0].unplaced}; nothing is issued to "
                "them: nobody would accept for them",
            )
        )
    return desk.deliver(report, *told)


def _check(said: _Said, settings: Settings) -> None:
    """Refuse what does not go together, before anything is opened.

    Raises:
        UsageError: it does not.
    """
    alone = (said.title, said.indicator, said.target, said.week, said.due, said.text)
    if said.file is not None and (any(alone) or said.from_week or said.below or said.to):
        raise UsageError(
            words(
                "--from-file: остальное о поручении стоит в файле",
                "--from-file: all about a task stands in the file",
            )
        )
    if (said.from_week is None) is not (said.below is None):
        raise UsageError(words("нужны и --from-week, и --below", "--from-week needs --below"))
    if said.from_week is not None:
        if said.indicator is None:
            raise UsageError(words("нужен --indicator", "--indicator is needed"))
        at.dump_of(settings)
    elif said.file is None and not said.to:
        raise UsageError(
            words("не сказано, кому", "it is not said for whom"),
            remedy=words(
                "--to all, --to mouo:МУНИЦИПАЛИТЕТ, --to school:ID",
                "--to all, --to mouo:MUNICIPALITY, --to school:ID",
            ),
        )
    if said.indicator is not None:
        reading.read_indicator(said.indicator, "--indicator")


def _enrol(store: Store, who: Actor | None, settings: Settings, kept: list[Roster]) -> None:
    """Read the schools of the dump that is named, and bring the register up to date where one may.

    Raises:
        UsageError: neither a dump is named nor is a school known.
        DumpError: the dump cannot be read.
        StoreError: invented schools would come among real ones.
    """
    if settings.data is None and not settings.sample:
        if not store.register().schools:
            at.dump_of(settings)
        return
    you = store.status().you if store.is_server else who
    if you is None or you.role is Role.SCHOOL:
        return
    source = at.dump_of(settings)

    from monitor_cli.tasks.goals import roster

    kept.append(roster(source.path, settings))
    if not store.is_server or you.role is Role.ROUO:
        store.enrol(kept[0].schools, sample=source.sample)


def _office(desk: at.Desk, roster: Sequence[Roster]) -> Office:
    from monitor_cli.tasks.orders import Office

    known = desk.store.register().schools
    if roster:
        # Schools that have left the dump are in the register still.
        here = {school.school_id for school in roster[0].schools}
        known = {key: school for key, school in known.items() if key in here}
    return Office(desk.actor, desk.now, clock.zone(desk.settings.timezone), known)


def _order(said: _Said, office: Office, settings: Settings, default: Words | None = None) -> Order:
    from monitor_cli.tasks.addressing import EVERYONE
    from monitor_cli.tasks.orders import LONGEST_TITLE, Order, read_goal, read_text, read_title

    title = said.title
    if title is None and default is not None:
        title = default.said(settings.language)
    try:
        title = read_title(title)
    except ValueError:
        raise UsageError(
            words(
                f"--title: нужно название, до {LONGEST_TITLE} знаков",
                f"--title: a title is needed, up to {LONGEST_TITLE} signs",
            )
        ) from None
    try:
        text = read_text(said.text or "")
    except ValueError:
        raise UsageError(words("--text: слишком длинно", "--text: too long")) from None
    due = None if said.due is None else reading.read_day(said.due, "--due")
    target = said.target if said.target is not None or said.from_week is None else said.below
    try:
        goal = read_goal(said.indicator or "", target or "", said.week or "", office)
    except ValueError as error:
        raise UsageError(
            words(
                f"--{error}: цель не понять",
                f"--{error}: the goal cannot be read",
            ),
            remedy=words(
                "--indicator КЛЮЧ --target ПРОЦЕНТ (до двух знаков после запятой) "
                "и, если нужно, --week НЕДЕЛЯ",
                "--indicator KEY --target PERCENT (up to two decimals) and, if need be, "
                "--week WEEK",
            ),
        ) from None
    return Order(title, text, due, said.to or (EVERYONE,), goal)


def _short(said: _Said, desk: at.Desk, office: Office) -> tuple[Pair | None, _Beside]:
    """The task for those that fell short in a week.

    Raises:
        UsageError: it is no week, or one that is not over.
        DumpError: the dump cannot be read.
    """
    from monitor_cli.indicators import BY_KEY
    from monitor_cli.tasks import orders
    from monitor_cli.tasks.goals import shares_in, short_of

    settings, now = desk.settings, desk.now
    typed = said.from_week or ""
    try:
        week = clock.parse_week(typed, now.moment, office.zone)
    except ValueError:
        name = quoted(typed)
        raise UsageError(
            words(
                f"--from-week {name.ru}: это не неделя", f"--from-week {name.en}: this is no week"
            )
        ) from None
    if not week.is_over(now.moment.astimezone(office.zone).replace(tzinfo=None)):
        raise UsageError(
            words(
                f"--from-week: неделя {week.iso} ещё не кончилась",
                f"--from-week: week {week.iso} is not over yet",
            )
        )
    bound = reading.read_percent(said.below or "", "--below")
    key = said.indicator or ""
    target = bound if said.target is None else reading.read_percent(said.target, "--target")
    title = orders.title_of(BY_KEY[key].title, target)
    order = _order(said, office, settings, title)
    source = at.dump_of(settings)
    counted = shares_in(source.path, settings, week, [key])
    pair = orders.short(order, office, week, short_of(counted.shares[key], bound))
    return pair, _Beside(counted.problems, counted.warnings)


def _keys() -> dict[str, str]:
    """The indicators by what people call them."""
    from monitor_cli.indicators import CATALOGUE

    return {normalised(name): item.key for item in CATALOGUE for name in item.title}
