"""The tasks that nobody has accepted yet, as a sheet of each municipality's workbook."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from monitor_cli import clock
from monitor_cli.errors import MonitorError
from monitor_cli.language import words
from monitor_cli.settings.find import STORE_FILE, user_data_folder

if TYPE_CHECKING:
    from monitor_cli.commands.further_sheets import Further
    from monitor_cli.commands.logged import Speaker
    from monitor_cli.engine.municipal.parts import Municipal
    from monitor_cli.settings import Settings

TITLE = words("Поручения: не приняли", "Tasks not accepted")


def by_municipality(
    settings: Settings, municipal: Municipal, speaker: Speaker
) -> tuple[Further, bool]:
    """A sheet for each municipality, and whether a store there is was not read.

    Nothing where there is no store, none of this data's kind (invented or not), or no task in it.
    """
    if not _is_there(settings.task.store):
        return {}, False
    from monitor_cli.commands.desk import identity, now_of, open_store
    from monitor_cli.tasks.rights import check_pending
    from monitor_cli.tasks.sheets import Viewer, pending_sheets
    from monitor_cli.tasks.storage.faults import StoreError

    try:
        store = open_store(settings)
        sample = store.register().sample
        if sample is not municipal.whole.sample:
            return {}, False
        actor = store.actor(identity(None, settings))
        check_pending(actor)
        dossiers = store.dossiers(actor)
    except MonitorError as error:
        what = error.what
        said = words(f"поручений в книгах нет: {what.ru}", f"no tasks in the workbooks: {what.en}")
        speaker.warning("tasks", said.said(settings.language))
        return {}, isinstance(error, StoreError)
    if not dossiers:
        return {}, False
    today = now_of(store, settings, sample=sample).today
    viewer = Viewer(actor, today, clock.zone(settings.timezone), sample)
    _, each = pending_sheets(viewer, dossiers)
    at = [column.key for column in each.columns].index("municipality")
    found: Further = {}
    for keys in municipal.municipalities:
        name = str(keys["municipality"] or "")
        here = replace(each, title=TITLE, rows=[row for row in each.rows if row[at] == name])
        found[keys["region"], keys["municipality"]] = (here,)
    return found, False


def _is_there(setting: str) -> bool:
    """Whether there is a store to read: a server, or a file that some command has made."""
    if "://" in setting:
        return True
    folder = user_data_folder(os.environ)
    if setting:
        return Path(setting).is_file()
    return folder is not None and (folder / STORE_FILE).is_file()
