"""«Поручения»: who issues, who accepts, who sees what, and when a task is done.

Source: the memo, «Работа с поручениями» and «Введение».
"""

from __future__ import annotations

import pytest

from monitor_cli.tasks import rights
from monitor_cli.tasks.actors import Actor, RoleError
from monitor_cli.tasks.acts import TaskError
from monitor_cli.tasks.model import State
from tests.spec.office import NINETY, ROUO, SVETLYI, TIHIY, Office


@pytest.fixture
def office() -> Office:
    return Office()


# ---------------------------------------------------------------- «Очень важно»


def test_a_school_sees_a_task_of_rouo_only_after_its_municipality_accepted(office: Office) -> None:
    office.issue(ROUO)
    assert office.sees("school:14") == []
    office.accept(TIHIY)
    assert office.sees("school:14") == ["14"]


def test_another_municipality_accepting_does_not_show_it(office: Office) -> None:
    office.issue(ROUO)
    office.accept(SVETLYI)
    assert office.sees("school:14") == []
    assert office.sees("school:7") == ["7"]


def test_a_school_that_acts_too_early_is_not_told_that_there_is_a_task(office: Office) -> None:
    office.issue(ROUO)
    with pytest.raises(RoleError, match="there is no task 1 for you"):
        office.accept("school:14")


def test_a_task_of_mouo_is_accepted_in_the_act_of_issuing_and_visible_at_once(
    office: Office,
) -> None:
    office.issue(TIHIY, to=["14", "3"])
    assert office.log == [
        (TIHIY, "issued", None),
        (TIHIY, "accepted_by_municipality", "issued"),
    ]
    assert office.sees("school:14") == ["14"]
    assert office.state("14") is State.ACCEPTED_BY_MUNICIPALITY


# ---------------------------------------------------------------- who sees what


def test_rouo_sees_all_a_municipality_its_own_schools_a_school_itself(office: Office) -> None:
    office.issue(ROUO)
    office.accept(TIHIY)
    assert office.sees(ROUO) == ["14", "3", "7"]
    assert office.sees(TIHIY) == ["14", "3"]
    assert office.sees("mouo:тихий  РАЙОН") == ["14", "3"]
    assert office.sees("school:3") == ["3"]
    assert office.sees("school:99") == []
    assert office.sees("mouo:Чужой район") == []


def test_rouo_sees_what_a_municipality_issued_and_a_foreign_one_does_not(office: Office) -> None:
    office.issue(TIHIY, to=["14"])
    assert office.sees(ROUO) == ["14"]
    assert office.sees(SVETLYI) == []


def test_a_school_does_not_see_what_another_school_did(office: Office) -> None:
    office.issue(ROUO)
    office.accept(TIHIY)
    office.accept("school:3")
    office.accept("school:14")
    seen = rights.seen_by(Actor.parsed("school:14"), office.known)
    assert seen is not None
    assert [one.actor for one in seen.events] == [ROUO, TIHIY, "school:14"]


# ---------------------------------------------------------------- who may do what


def test_rouo_issues_to_any_school_and_mouo_to_its_own_alone(office: Office) -> None:
    office.issue(ROUO)
    office.issue(TIHIY, to=["14", "3"])
    with pytest.raises(RoleError, match="may not issue to others' schools"):
        office.issue(TIHIY, to=["14", "7"])


def test_a_school_issues_nothing(office: Office) -> None:
    with pytest.raises(RoleError, match="may not issue"):
        office.issue("school:14", to=["14"])


def test_rouo_does_not_accept(office: Office) -> None:
    office.issue(ROUO)
    with pytest.raises(RoleError, match="may not accept"):
        office.accept(ROUO)


@pytest.mark.parametrize("who", ["mouo:Чужой район", "school:99"])
def test_one_whom_a_task_is_not_addressed_to_does_not_accept_it(office: Office, who: str) -> None:
    office.issue(ROUO)
    office.accept(TIHIY)
    with pytest.raises(RoleError, match="there is no task"):
        office.accept(who)


def test_to_accept_twice_is_to_accept_once(office: Office) -> None:
    office.issue(ROUO)
    assert [office.accept(TIHIY), office.accept(TIHIY)] == [1, 0]
    assert [office.accept("school:14"), office.accept("school:14")] == [1, 0]
    assert len(office.written) == 4


@pytest.mark.parametrize("who", [TIHIY, SVETLYI])
def test_only_the_issuer_closes(office: Office, who: str) -> None:
    office.issue(ROUO)
    with pytest.raises(RoleError, match="may not close"):
        office.close(who)
    assert office.close(ROUO) == 2


def test_a_school_closes_nothing(office: Office) -> None:
    office.issue(TIHIY, to=["14"])
    with pytest.raises(RoleError, match="may not close"):
        office.close("school:14")


def test_a_closed_task_is_accepted_by_nobody(office: Office) -> None:
    office.issue(ROUO)
    office.close(ROUO, note="выдано по ошибке")
    with pytest.raises(TaskError, match="is closed"):
        office.accept(TIHIY)
    assert office.written[-1].note == "выдано по ошибке"


def test_a_task_may_be_closed_for_one_school(office: Office) -> None:
    office.issue(ROUO)
    office.accept(TIHIY)
    assert office.close(ROUO, "14") == 1
    assert office.state("14") is State.CLOSED
    assert office.state("3") is State.ACCEPTED_BY_MUNICIPALITY
    assert office.close(ROUO, "14") == 0
    with pytest.raises(TaskError, match="is not addressed to school 99"):
        office.close(ROUO, "99")


# ---------------------------------------------------------------- the states


def test_the_states_follow_each_other_and_the_log_says_from_which(office: Office) -> None:
    office.issue(ROUO, goal=NINETY)
    seen = [office.state("14")]
    for who in (TIHIY, "school:14"):
        office.accept(who)
        seen.append(office.state("14"))
    office.check(ROUO, school14=(95, 100))
    seen.append(office.state("14"))
    office.close(ROUO, "14")
    assert seen == [
        State.ISSUED,
        State.ACCEPTED_BY_MUNICIPALITY,
        State.ACCEPTED_BY_SCHOOL,
        State.FULFILLED,
    ]
    assert office.log[2:] == [
        (TIHIY, "accepted_by_municipality", "issued"),
        ("school:14", "accepted_by_school", "accepted_by_municipality"),
        (ROUO, "fulfilled", "accepted_by_school"),
        (ROUO, "closed", "fulfilled"),
    ]


def test_it_is_overdue_from_the_day_after_the_due_day(office: Office) -> None:
    office.issue(ROUO, due="2026-12-07")
    office.on("2026-12-07")
    assert office.state("14") is State.ISSUED
    office.on("2026-12-08")
    assert office.state("14") is State.OVERDUE


def test_without_a_due_day_nothing_is_overdue(office: Office) -> None:
    office.issue(ROUO, due=None)
    office.on("2036-01-01")
    assert office.state("14") is State.ISSUED


def test_what_is_overdue_can_be_accepted_and_fulfilled_still(office: Office) -> None:
    office.issue(ROUO, due="2026-12-07", goal=NINETY)
    office.on("2026-12-20")
    office.accept(TIHIY)
    office.accept("school:14")
    assert office.state("14") is State.OVERDUE
    office.check(ROUO, school14=(9, 10))
    assert office.state("14") is State.FULFILLED


# ---------------------------------------------------------------- the data say when it is done


def test_the_target_itself_is_enough_and_nothing_is_rounded(office: Office) -> None:
    office.issue(ROUO, goal=NINETY)
    done = office.check(
        ROUO, school14=(9, 10), school3=(89_999, 100_000), school7=(90_001, 100_000)
    )
    assert done == 2
    states = [office.state(school) for school in ("14", "3", "7")]
    assert states == [State.FULFILLED, State.ISSUED, State.FULFILLED]


@pytest.mark.parametrize("share", [(None, None), (0, 0), (None, 5)])
def test_where_there_are_no_data_nothing_is_fulfilled(
    office: Office, share: tuple[int | None, int | None]
) -> None:
    office.issue(ROUO, goal=NINETY)
    assert office.check(ROUO, school14=share) == 0
    assert office.state("14") is State.ISSUED


def test_the_number_is_kept_as_evidence(office: Office) -> None:
    office.issue(ROUO, goal=NINETY)
    office.check(ROUO, school14=(95, 100))
    evidence = office.written[-1].evidence
    assert evidence is not None
    assert (evidence.indicator, evidence.week.iso) == ("timely_marks", "2026-W49")
    assert evidence.share == (95, 100)
    assert evidence.target == NINETY.target


def test_what_is_fulfilled_stays_so_whatever_later_data_say(office: Office) -> None:
    office.issue(ROUO, goal=NINETY)
    office.check(ROUO, school14=(95, 100))
    assert office.check(ROUO, school14=(0, 100)) == 0
    assert office.state("14") is State.FULFILLED


def test_a_municipality_checks_its_own_schools_and_a_school_does_not_judge_itself(
    office: Office,
) -> None:
    office.issue(ROUO, goal=NINETY)
    office.accept(TIHIY)
    assert office.check(TIHIY, school14=(1, 1), school7=(1, 1)) == 1
    assert office.state("7") is State.ISSUED
    with pytest.raises(RoleError, match="may not mark a task fulfilled"):
        office.check("school:3", school3=(1, 1))
