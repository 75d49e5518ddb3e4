"""`monitor task check`: open tasks against the data; what reached its goal is marked fulfilled."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from monitor_cli import clock
from monitor_cli.commands import desk as at
from monitor_cli.commands import dump_options, options, reading, week_options
from monitor_cli.commands import task_options as own
from monitor_cli.commands.school_options import Format
from monitor_cli.errors import UsageError
from monitor_cli.language import words
from monitor_cli.tasks.acts import fulfilled, held_in
from monitor_cli.tasks.states import standings

if TYPE_CHECKING:
    from monitor_cli.clock import Week
    from monitor_cli.tasks.acts import Verdict
    from monitor_cli.tasks.goals import Measured
    from monitor_cli.tasks.model import Dossier, Event
    from monitor_cli.tasks.sheets import Held


def check(
    ctx: typer.Context,
    numbers: own.Numbers = None,
    *,
    date: week_options.Date = None,
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
    """Count the weeks of the goals, compare exactly, write down who reached them."""
    typed = at.Typed(who, config, set_, lang, data, format_, json, output, no_color, quiet, verbose)
    settings = at.settings_of(typed)
    source = at.dump_of(settings)
    wanted = at.read_numbers(numbers)
    desk = at.sit_down(ctx.obj, typed, settings)

    from monitor_cli.tasks.rights import check_fulfil
    from monitor_cli.tasks.sheets import check_report

    check_fulfil(desk.actor)
    if desk.sample is not source.sample and desk.store.register().schools:
        raise UsageError(
            words(
                "выгрузка вымышленная, а поручения настоящие, или наоборот",
                "the dump is invented and the tasks are real, or the other way round",
            )
        )
    asked = reading.read_week(date, settings, sample=source.sample)
    dossiers = [
        one
        for one in desk.store.dossiers(desk.actor, wanted)
        if one.task.goal is not None
        and any(each.reached.is_open for each in standings(one, desk.now.today))
    ]
    counted = _counted(desk, source, dossiers, asked)
    held = [_held(desk, one, asked, counted) for one in dossiers]
    made = [
        verdict.event for one in held for verdict in one.verdicts or () if verdict.event is not None
    ]
    problems = tuple({one: None for week in counted.values() for one in week.problems})
    warnings = tuple({one.code: one for week in counted.values() for one in week.warnings}.values())
    report = replace(check_report(desk.viewer, held), problems=problems, warnings=warnings)
    said = words(f"исполнено: школ {len(made)}", f"fulfilled: schools {len(made)}")
    return desk.deliver(report, said)


def _in_week(desk: at.Desk, dossier: Dossier, asked: Week) -> tuple[Week | None, str]:
    """The week whose data a task is held against; None with the reason why it is not."""
    zone = clock.zone(desk.settings.timezone)
    issued_on = dossier.task.issued_at.astimezone(zone).date()
    week = held_in(dossier.task, asked, issued_on)
    if week is None:
        return None, "too_early"
    here = desk.now.moment.astimezone(zone).replace(tzinfo=None)
    return (week, "") if week.is_over(here) else (None, "not_over")


def _counted(
    desk: at.Desk, source: reading.Source, dossiers: list[Dossier], asked: Week
) -> dict[Week, Measured]:
    """Each week that is asked for, counted once for all its indicators."""
    from monitor_cli.tasks.goals import shares_in

    keys: dict[Week, set[str]] = defaultdict(set)
    for dossier in dossiers:
        week, _ = _in_week(desk, dossier, asked)
        if week is not None and dossier.task.goal is not None:
            keys[week].add(dossier.task.goal.indicator)
    return {
        week: shares_in(source.path, desk.settings, week, sorted(of))
        for week, of in sorted(keys.items())
    }


def _held(desk: at.Desk, dossier: Dossier, asked: Week, counted: dict[Week, Measured]) -> Held:
    """Hold a task against the data, and write down who reached its goal."""
    from monitor_cli.tasks.sheets import Held

    week, why = _in_week(desk, dossier, asked)
    goal = dossier.task.goal
    if week is None or goal is None:
        return Held(dossier, None, why)
    shares = counted[week].shares[goal.indicator]
    verdicts: list[Verdict] = []

    def decide(known: Dossier) -> list[Event]:
        verdicts[:] = fulfilled(desk.actor, known, desk.now, week, shares)
        return [one.event for one in verdicts if one.event is not None]

    desk.store.act(desk.actor, dossier.task.task_id, decide)
    return Held(dossier, verdicts)
