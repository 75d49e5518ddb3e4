"""An office in a test's own words: a region with two municipalities, its tasks and their log."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from monitor_cli.clock import Week
from monitor_cli.tasks import acts, rights
from monitor_cli.tasks.actors import Actor
from monitor_cli.tasks.model import Addressee, Dossier, Goal, School, Share, State, Task
from monitor_cli.tasks.states import standings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor_cli.tasks.model import Event

SCHOOLS = {
    "14": School("14", "СОШ № 14", "Тихий район"),
    "3": School("3", "СОШ № 3", "Тихий район"),
    "7": School("7", "Лицей № 7", "Светлый округ"),
}
ROUO = "rouo"
TIHIY, SVETLYI = "mouo:Тихий район", "mouo:Светлый округ"
MONDAY = date(2026, 11, 23)


@dataclass
class Office:
    """One task and what is done with it, a day at a time; everybody is named as `--as` has it."""

    today: date = MONDAY
    dossier: Dossier | None = None
    written: list[Event] = field(default_factory=list)

    @property
    def now(self) -> acts.Now:
        return acts.Now(datetime.combine(self.today, datetime.min.time(), UTC), self.today)

    def on(self, day: str) -> None:
        """Let it be that day."""
        self.today = date.fromisoformat(day)

    def issue(
        self,
        who: str,
        *,
        to: Sequence[str] = ("14", "3", "7"),
        due: str | None = "2026-12-07",
        goal: Goal | None = None,
    ) -> None:
        """Issue the task to schools."""
        actor = Actor.parsed(who)
        addressed = [Addressee(SCHOOLS[one]) for one in to]
        rights.check_issue(actor, [one.school for one in addressed])
        last = None if due is None else date.fromisoformat(due)
        task = Task("Оценки в срок", "", last, who, self.now.moment, "all", goal, task_id=1)
        self.dossier = Dossier(task, addressed, [])
        names = dict.fromkeys(one.school.municipality for one in addressed)
        self._write(acts.issued(actor, task, names))

    def accept(self, who: str) -> int:
        """Accept; how many lines it adds to the log."""
        return self._write(acts.accepted(Actor.parsed(who), self.known, self.now))

    def close(self, who: str, *schools: str, note: str = "") -> int:
        """Close, for some schools or for all."""
        made = acts.closed(Actor.parsed(who), self.known, self.now, schools=schools, note=note)
        return self._write(made)

    def check(self, who: str, **values: tuple[int | None, int | None]) -> int:
        """Hold the task against data: `school14=(9, 10)`; how many schools fulfil it."""
        shares = {name.removeprefix("school"): Share(*one) for name, one in values.items()}
        week = Week(date(2026, 11, 30))
        verdicts = acts.fulfilled(Actor.parsed(who), self.known, self.now, week, shares)
        return self._write([one.event for one in verdicts if one.event is not None])

    def sees(self, who: str) -> list[str]:
        """The schools at which one sees the task; none: one does not know that there is one."""
        seen = rights.seen_by(Actor.parsed(who), self.known)
        return [] if seen is None else [one.school.school_id for one in seen.addressees]

    def state(self, school: str) -> State:
        """How far the task has come at a school."""
        found = {one.addressee.school.school_id: one for one in standings(self.known, self.today)}
        return found[school].state

    @property
    def known(self) -> Dossier:
        assert self.dossier is not None
        return replace(self.dossier, events=tuple(self.written))

    @property
    def log(self) -> list[tuple[str, str, str | None]]:
        """Who did what, from which state."""
        return [
            (one.actor, one.deed.value, None if one.from_state is None else one.from_state.value)
            for one in self.written
        ]

    def _write(self, events: Sequence[Event]) -> int:
        self.written += events
        return len(events)


NINETY = Goal("timely_marks", Fraction(90))
"""«Своевременное выставление оценок» at 90 % or more."""
