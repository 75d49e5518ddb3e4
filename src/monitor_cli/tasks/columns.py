"""The columns and shapes of what `monitor task` tells; their rows are made in `sheets.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor_cli.indicators import CATALOGUE
from monitor_cli.language import words
from monitor_cli.report import Column, Kind, Reader, ReportShape, SheetShape
from monitor_cli.tasks.incoming import COLUMNS
from monitor_cli.tasks.model import Deed, State

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monitor_cli.language import Words

LIST, SHOW, PENDING = "task-list", "task-show", "task-pending"
LOG, CHECK, STORE = "task-log", "task-check", "task-store"

STATES: Mapping[str, Words] = {
    State.ISSUED: words("выдано", "issued"),
    State.ACCEPTED_BY_MUNICIPALITY: words("принято МОУО", "accepted by the municipality"),
    State.ACCEPTED_BY_SCHOOL: words("принято школой", "accepted by the school"),
    State.FULFILLED: words("исполнено", "fulfilled"),
    State.OVERDUE: words("просрочено", "overdue"),
    State.CLOSED: words("закрыто", "closed"),
}
_DEEDS: Mapping[str, Words] = {
    Deed.ISSUED: words("выдано", "issued"),
    Deed.ACCEPTED_BY_MUNICIPALITY: words("принято МОУО", "accepted by the municipality"),
    Deed.ACCEPTED_BY_SCHOOL: words("принято школой", "accepted by the school"),
    Deed.FULFILLED: words("исполнено", "fulfilled"),
    Deed.CLOSED: words("закрыто", "closed"),
}
WAITS: Mapping[str, Words] = {
    "municipality": words("МОУО", "the municipality"),
    "school": words("школа", "the school"),
}
VERDICTS: Mapping[str, Words] = {
    "fulfilled": words("исполнено", "fulfilled"),
    "short": words("не достигнуто", "not reached"),
    "no_value": words("нет данных", "no data"),
    "not_over": words("неделя не кончилась", "the week is not over"),
    "too_early": words("неделя до выдачи", "a week before the issue"),
}
STORES: Mapping[str, Words] = {
    "sqlite": words("файл SQLite", "a file of SQLite"),
    "postgresql": words("сервер PostgreSQL", "a server of PostgreSQL"),
}
TITLES = {item.key: item.title for item in CATALOGUE}

_TASK = Column("task", words("№", "No."), Kind.COUNT)
_TITLE = Column("title", COLUMNS["title"])
_DUE = Column("due", COLUMNS["due"], Kind.DATE)
_ISSUER = Column("issuer", words("Кто выдал", "Issued by"))
_INDICATOR = Column("indicator", COLUMNS["indicator"], Kind.CODE, TITLES)
_TARGET = Column("target", COLUMNS["target"], Kind.PERCENT)
_WEEK = Column("week", COLUMNS["week"])
_STATE = Column("state", words("Состояние", "State"), Kind.CODE, STATES)
_MUNICIPALITY = Column("municipality", words("Муниципалитет", "Municipality"))
_SCHOOL = Column("school", words("Школа", "School"))
_SCHOOL_ID = Column("school_id", words("ID школы", "School id"), Kind.ID)
_NOTE = Column("note", words("Примечание", "Note"))

OF_LIST = (
    _TASK,
    _TITLE,
    Column("text", COLUMNS["text"], reader=Reader.PROGRAMS),
    _DUE,
    _ISSUER,
    Column("addressed_to", COLUMNS["addressed_to"], reader=Reader.PROGRAMS),
    _INDICATOR,
    _TARGET,
    _WEEK,
    _STATE,
    Column("schools", words("Школ", "Schools"), Kind.COUNT),
    Column("accepted", words("Приняли", "Accepted"), Kind.COUNT),
    Column("fulfilled", words("Исполнили", "Fulfilled"), Kind.COUNT),
    Column("overdue", words("Просрочили", "Overdue"), Kind.COUNT),
    Column("closed", words("Закрыто", "Closed"), Kind.COUNT),
    Column("issued_at", words("Выдано", "Issued"), Kind.MOMENT, reader=Reader.PROGRAMS),
)
OF_SCHOOLS = (
    _MUNICIPALITY,
    _SCHOOL,
    _STATE,
    Column("by_municipality", words("Приняло МОУО", "By the municipality"), Kind.MOMENT),
    Column("by_school", words("Приняла школа", "By the school"), Kind.MOMENT),
    Column("before", words("При выдаче, %", "At the issue, %"), Kind.MEASURE),
    Column("evidence", words("Исполнено: значение, %", "Fulfilled: value, %"), Kind.MEASURE),
    Column("done_at", words("Исполнено или закрыто", "Fulfilled or closed"), Kind.MOMENT),
    _SCHOOL_ID,
)
OF_PENDING = (
    _TASK,
    _TITLE,
    _DUE,
    _MUNICIPALITY,
    Column("waits_for", words("Кто не принял", "Not accepted by"), Kind.CODE, WAITS),
    _SCHOOL,
    Column("since", words("Ждёт с", "Since"), Kind.MOMENT),
    Column("days", words("Дней", "Days"), Kind.COUNT),
    _SCHOOL_ID,
)
OF_MUNICIPALITIES = (
    _MUNICIPALITY,
    Column("not_accepted", words("Не приняло МОУО", "Not accepted itself"), Kind.COUNT),
    Column("schools", words("Не приняли школы", "Not accepted by schools"), Kind.COUNT),
    Column("days", words("Дней, самое долгое", "Days, at most"), Kind.COUNT),
)
OF_LOG = (
    Column("event", words("Запись", "Entry"), Kind.COUNT, reader=Reader.PROGRAMS),
    Column("at", words("Когда", "When"), Kind.MOMENT),
    _TASK,
    Column("actor", words("Кто", "Who")),
    Column("deed", words("Что", "What"), Kind.CODE, _DEEDS),
    _MUNICIPALITY,
    _SCHOOL,
    Column("from_state", words("Из состояния", "From state"), Kind.CODE, STATES),
    Column("evidence", words("Значение, %", "Value, %"), Kind.MEASURE),
    Column("week", words("Неделя", "Week")),
    _NOTE,
    _SCHOOL_ID,
)
OF_CHECK = (
    _TASK,
    _TITLE,
    _MUNICIPALITY,
    _SCHOOL,
    _INDICATOR,
    Column("week", words("Неделя", "Week")),
    Column("measure", words("Значение, %", "Value, %"), Kind.MEASURE),
    _TARGET,
    Column("verdict", words("Итог", "Verdict"), Kind.CODE, VERDICTS),
    _SCHOOL_ID,
)
OF_STORE = (
    Column("store", words("Хранилище", "Store"), Kind.CODE, STORES),
    Column("place", words("Где", "Where")),
    Column("version", words("Версия", "Version")),
    Column("you", words("Вы для него", "You are")),
    Column("owner", words("Вы владелец", "You own it"), Kind.FLAG),
    Column("tasks", words("Поручений", "Tasks"), Kind.COUNT),
    Column("events", words("Записей", "Entries"), Kind.COUNT),
    Column("schools", words("Школ", "Schools"), Kind.COUNT),
    Column("backup", words("Копия", "Backup")),
)

_WHO = {"as": {"type": ["string", "null"]}}
_TEXT = {"type": ["string", "null"]}
_DATE = {"type": ["string", "null"], "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_GOAL = {
    "type": ["object", "null"],
    "properties": {
        "indicator": {"enum": [item.key for item in CATALOGUE]},
        "target": {"type": "number"},
        "week": _TEXT,
    },
    "required": ["indicator", "target", "week"],
    "additionalProperties": False,
}
_HEAD_TASK = {
    "type": "object",
    "properties": {
        "task": {"type": "integer"},
        "title": {"type": "string"},
        "text": {"type": "string"},
        "due": _DATE,
        "issuer": {"type": "string"},
        "issued_at": {"type": "string"},
        "addressed_to": {"type": "string"},
        "goal": _GOAL,
        "from_week": _TEXT,
    },
    "required": [
        "task",
        "title",
        "text",
        "due",
        "issuer",
        "issued_at",
        "addressed_to",
        "goal",
        "from_week",
    ],
    "additionalProperties": False,
}

SHAPES = (
    ReportShape(
        LIST,
        words(
            "Один документ: `monitor task list --format json`, и то же – от `task issue`. Строка – "
            "поручение, числа школ – те, что видны тому, кто смотрит (`as`); `state` – общее: "
            "просрочено, если просрочила хоть одна, иначе – самая отставшая из открытых. Моменты – "
            "по часам из настройки `timezone`.",
            "One document: `monitor task list --format json`, and `task issue` gives the same. A "
            "row is a task, schools are counted as far as the one who looks (`as`) sees them; "
            "`state` is that of all: overdue if any is, else that of the open one that lags most. "
            "Moments are by the clock of the setting `timezone`.",
        ),
        (SheetShape("tasks", OF_LIST),),
        _WHO,
    ),
    ReportShape(
        SHOW,
        words(
            "Один документ: `monitor task show НОМЕР --format json`. Поручение, его школы и записи "
            "журнала, из которых следуют их состояния; `evidence` – значение, по которому цель "
            "достигнута.",
            "One document: `monitor task show NUMBER --format json`. A task, its schools and the "
            "entries of the log that their states follow from; `evidence` is the value by which "
            "the goal was reached.",
        ),
        (SheetShape("schools", OF_SCHOOLS), SheetShape("log", OF_LOG)),
        {**_WHO, "task": _HEAD_TASK},
    ),
    ReportShape(
        PENDING,
        words(
            "Один документ: `monitor task pending --format json`. Кто не принял: МОУО – строка без "
            "школы, она ждёт с выдачи; школа ждёт с того дня, как приняло её МОУО.",
            "One document: `monitor task pending --format json`. Who has not accepted: a "
            "municipality is a row without a school and waits since the issue, a school since its "
            "municipality accepted.",
        ),
        (
            SheetShape("municipalities", OF_MUNICIPALITIES, totals=True),
            SheetShape("pending", OF_PENDING),
        ),
        _WHO,
    ),
    ReportShape(
        LOG,
        words(
            "Один документ: `monitor task log --format json`; `task accept` и `task close` дают "
            "так же записи, которые сделали. Журнал только растёт: кто, когда, что, из какого "
            "состояния.",
            "One document: `monitor task log --format json`; `task accept` and `task close` give "
            "the entries that they made alike. The log only grows: who, when, what, from which "
            "state.",
        ),
        (SheetShape("log", OF_LOG),),
        _WHO,
    ),
    ReportShape(
        CHECK,
        words(
            "Один документ: `monitor task check --format json`. Открытые поручения с целью против "
            "данных: значение – то же, что в `monitor week`.",
            "One document: `monitor task check --format json`. Open tasks with a goal against the "
            "data: the value is that of `monitor week`.",
        ),
        (SheetShape("checked", OF_CHECK),),
        _WHO,
    ),
    ReportShape(
        STORE,
        words(
            "Один документ: `monitor task store status --format json`, так же `init` и `backup`. "
            "Считаются строки, которые видны вам; пароль адреса скрыт.",
            "One document: `monitor task store status --format json`, so with `init` and `backup`. "
            "What is counted are the rows that you see; the password of the address is hidden.",
        ),
        (SheetShape("store", OF_STORE),),
    ),
)
"""What `monitor.task-…/1` hold."""
