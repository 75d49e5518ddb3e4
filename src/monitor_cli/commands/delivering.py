"""The files of a report, made and put in place; what is said of them."""

from __future__ import annotations

import os
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from monitor_cli.commands.bilingual import no_such
from monitor_cli.commands.streams import why
from monitor_cli.dataset.disk import Disk
from monitor_cli.delivery.folder import UNFINISHED, week_folder
from monitor_cli.delivery.making import each_made, kind_and_place
from monitor_cli.delivery.manifest import Manifest
from monitor_cli.delivery.names import file_names
from monitor_cli.errors import MonitorError, OutputError
from monitor_cli.language import normalised, plural_ru, words
from monitor_cli.levels import Level
from monitor_cli.render.formats import WEEK_FORMATS, Look
from monitor_cli.render.html import index_html
from monitor_cli.render.municipal import municipal_files
from monitor_cli.render.notes import problem_lines, warning_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from monitor_cli.commands.further_sheets import Further
    from monitor_cli.commands.logged import Speaker
    from monitor_cli.delivery.folder import Placed, WeekFolder
    from monitor_cli.delivery.manifest import Listed, Taken
    from monitor_cli.engine.municipal.parts import Municipal
    from monitor_cli.language import Words
    from monitor_cli.render.municipal import Forms
    from monitor_cli.report import Part
    from monitor_cli.result import WeekResult
    from monitor_cli.settings import Settings

    Keys = Mapping[str, str | int | None]

INDEX, WEEK = "index.html", "week.parquet"
_FEW = 2
"""So few parts are made sooner here than processes are started for them."""
_NAMED_BY = {
    Level.MUNICIPALITY: ("municipality", "region"),
    Level.SCHOOL: ("school", "municipality", "region"),
}
_VERSIONS = ("monitor-cli", "polars", "openpyxl", "jinja2")


class Order(NamedTuple):
    """What to make.

    `stems`: what the files of each row of `overview` begin with; `chosen`: which rows to make now.
    `further`: by region and municipality, sheets that its workbook has besides.
    """

    municipal: Municipal
    overview: WeekResult
    root: Path
    folder: str
    stems: Sequence[str]
    chosen: Sequence[int]
    look: Look
    forms: Forms
    jobs: int
    further: Further

    @classmethod
    def of(
        cls,
        municipal: Municipal,
        root: Path,
        settings: Settings,
        *,
        only: Sequence[str],
        of_schools: bool,
        forms: Forms,
        jobs: int,
        further: Further | None = None,
    ) -> Order:
        """An order for all places of a week, or those that are named.

        Raises:
            UsageError: a name that no place bears.
        """
        overview = municipal.whole if of_schools else municipal.overview()
        week, language = overview.week.iso, settings.language
        places = [row.keys for row in overview.rows]
        return cls(
            municipal,
            overview,
            root,
            f"{week}-schools" if of_schools else week,
            file_names(places, _NAMED_BY[overview.level], language),
            _chosen(places, only),
            Look(language=language, red_below=settings.bands.red_below),
            forms,
            jobs,
            further or {},
        )

    def keys(self, at: int) -> Keys:
        """The key columns of a row of the overview."""
        return self.overview.rows[at].keys

    def part(self, at: int) -> tuple[Part, str]:
        """The part of a row, and what its files begin with."""
        part = self.municipal.part(self.keys(at))
        if not part.of_school:
            place = (part.keys["region"], part.keys["municipality"])
            part = part._replace(sheets=(*part.sheets, *self.further.get(place, ())))
        return part, self.stems[at]


class Delivered(NamedTuple):
    """What has become of an order."""

    placed: Placed
    failed: tuple[int, ...]


def delivered(
    order: Order,
    settings: Settings,
    inputs: tuple[Taken, ...],
    speaker: Speaker,
    show: Callable[[Words], None],
    disk: Disk | None = None,
) -> Delivered:
    """Make the files and put them where readers look; what could not be made is left out.

    Raises:
        OutputError: the disk refuses; what was there is whole.
        UsageError: a template cannot be filled.
    """

    def waiting() -> None:
        said = words(
            "в эту папку пишет другой запуск: ждём, пока он закончит",
            "another run is writing into this folder: waiting for its end",
        )
        speaker.info("waiting", said)

    try:
        with week_folder(order.root, order.folder, disk or Disk(), waiting) as folder:
            made, failed = _make(order, folder, speaker, show)
            known = [dict(order.keys(at)) for at in range(len(order.stems))]
            folder.keep(lambda one: one.about in known and known.index(dict(one.about)) not in made)
            _common(order, folder)
            placed = folder.place(_manifest(order, settings, inputs, folder, failed))
    except OSError as error:
        raise _unwritten(order, error) from error
    return Delivered(placed, failed)


def said(order: Order, done: Delivered, speaker: Speaker) -> None:
    """Say what is on the disk now and what was set aside.

    Raises:
        OutputError: some files could not be replaced.
    """
    placed = done.placed
    changed, same = len(placed.written), len(placed.same)
    schools = len(order.municipal.whole.rows)
    folder = order.root / order.folder
    speaker.info(
        "written",
        words(
            f"записано: {folder}: файлов изменилось {changed}, осталось прежними {same}; "
            f"{schools} {plural_ru(schools, 'школа', 'школы', 'школ')}",
            f"written: {folder}: files changed {changed}, as before {same}; schools {schools}",
        ),
        folder=str(folder),
        changed=changed,
        same=same,
        schools=schools,
    )
    language = order.look.language
    for line in problem_lines(order.overview.problems, language):
        speaker.warning("set_aside", line)
    attention = words("внимание", "warning").said(language)
    for line in warning_lines(order.overview.warnings, language):
        speaker.warning("warning", f"{attention}: {line}")
    if placed.refused:
        (path, error), *others = placed.refused
        raise OutputError(
            words(
                f"{path}: не заменён: {why(error).ru}"
                + (f"; и ещё {len(others)}" if others else "")
                + "; прежний файл цел",
                f"{path}: not replaced: {why(error).en}"
                + (f"; and {len(others)} more" if others else "")
                + "; the former file is whole",
            ),
            remedy=words(
                "закройте его в других программах и повторите",
                "close it in other programs and repeat",
            ),
        )


def _chosen(places: Sequence[Keys], only: Sequence[str]) -> tuple[int, ...]:
    """The places that are named; all of them where none is.

    Raises:
        UsageError: a name that no place bears.
    """
    if not only:
        return tuple(range(len(places)))
    named = [
        {normalised(str(value)) for key, value in keys.items() if key != "region" and value}
        for keys in places
    ]
    for name in only:
        if not any(normalised(name) in one for one in named):
            known = dict.fromkeys(str(keys["municipality"] or "") for keys in places)
            raise no_such(words("места", "place"), name, [one for one in known if one], "--only")
    wanted = {normalised(name) for name in only}
    return tuple(at for at, one in enumerate(named) if wanted & one)


def _make(
    order: Order, folder: WeekFolder, speaker: Speaker, show: Callable[[Words], None]
) -> tuple[frozenset[int], tuple[int, ...]]:
    """Write the files of the parts: which were made, which could not be."""
    failed: list[int] = []
    count = len(order.chosen)
    jobs = 1 if count <= _FEW else min(order.jobs, count)
    render = partial(files_of, look=order.look, forms=order.forms)
    for place, made in enumerate(each_made(order.chosen, order.part, render, jobs), start=1):
        show(words(f"отчёты: {place} из {count}", f"reports: {place} of {count}"))
        stem = order.stems[made.key]
        if isinstance(made.error, MonitorError):
            raise made.error
        if made.error is not None:
            failed.append(made.key)
            what = kind_and_place(made.error)
            told = ", ".join(value for value in what.values() if value)
            speaker.error(
                "failed",
                words(f"{stem}: отчёт не сделан: {told}", f"{stem}: no report was made: {told}"),
                report=stem,
                **what,
            )
            continue
        for name, data in made.files.items():
            folder.put(name, data, dict(order.keys(made.key)))
        if not speaker.streams.err.isatty():
            speaker.info("made", words(f"готово: {stem}", f"made: {stem}"), report=stem)
    return frozenset(order.chosen) - frozenset(failed), tuple(failed)


def files_of(made: tuple[Part, str], look: Look, forms: Forms) -> dict[str, bytes]:
    """The files of a part by name; what another process is sent to do."""
    part, stem = made
    return dict(municipal_files(part, stem, look, forms))


def _common(order: Order, folder: WeekFolder) -> None:
    """Write what is there for all places: the week as data, and the page that leads to the rest."""
    week = WEEK_FORMATS["parquet"].render(order.municipal.whole, order.look)
    folder.put(WEEK, week if isinstance(week, bytes) else week.encode(), {})
    by_place: dict[tuple[object, ...], list[Listed]] = {}
    for one in folder.files:
        by_place.setdefault(tuple(one.about.values()), []).append(one)
    files = [
        sorted(one.name for one in by_place.get(tuple(order.keys(at).values()), ()))
        for at in range(len(order.stems))
    ]
    page = index_html(order.overview, files, order.look)
    folder.put(INDEX, page.encode(), {})


def _manifest(
    order: Order,
    settings: Settings,
    inputs: tuple[Taken, ...],
    folder: WeekFolder,
    failed: Sequence[int],
) -> Manifest:
    whole = order.municipal.whole
    return Manifest(
        week=whole.week.iso,
        sample=whole.sample,
        versions={name: version(name) for name in _VERSIONS},
        settings={
            "file": None if settings.source is None else Path(settings.source).as_posix(),
            "language": settings.language.value,
        },
        inputs=inputs,
        counts={
            "municipalities": len(order.municipal.municipalities),
            "schools": len(whole.rows),
            "problems": sum(one.rows for one in whole.problems),
        },
        files=folder.files,
        failed=tuple(dict(order.keys(at)) for at in failed),
    )


def _unwritten(order: Order, error: OSError) -> OutputError:
    reason = why(error)
    where = order.root / order.folder
    if isinstance(error.filename, str | os.PathLike):
        found = Path(error.filename)
        # People know a file by the name that it was to have.
        where = where / found.name if found.parent.name.startswith(UNFINISHED) else found
    return OutputError(
        words(
            f"{where}: отчёты не записаны: {reason.ru}; прежние целы",
            f"{where}: the reports were not written: {reason.en}; the former ones are whole",
        ),
        remedy=words(
            "проверьте папку, права и место на диске и повторите",
            "check the folder, the rights and the space on the disk, then repeat",
        ),
    )
