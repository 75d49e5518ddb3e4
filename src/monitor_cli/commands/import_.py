"""`monitor import`: dumps into a dataset that every command reads as a dump."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import typer

from monitor_cli.commands import dump_options, options, reading
from monitor_cli.commands import import_options as own
from monitor_cli.commands.bilingual import Session
from monitor_cli.commands.progress import progress
from monitor_cli.commands.streams import why
from monitor_cli.errors import ExitCode, OutputError
from monitor_cli.language import Words, words
from monitor_cli.render.harmless import visible
from monitor_cli.render.imported import import_json, import_text
from monitor_cli.render.notes import problem_lines
from monitor_cli.settings import load_settings, places

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from monitor_cli.result import ImportResult
    from monitor_cli.settings import Settings


def import_(
    ctx: typer.Context,
    *,
    dumps: own.Dumps = None,
    output: own.Dataset = None,
    keep: own.Keep = None,
    format_: own.Format = None,
    json: options.Json = False,
    data: dump_options.Data = None,
    config: options.Config = None,
    set_: options.Assignments = None,
    encoding: dump_options.Encoding = None,
    separator: dump_options.Separator = None,
    source_tz: dump_options.SourceZone = None,
    strict: dump_options.Strict = False,
    lang: options.Lang = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    no_color: options.NoColor = False,  # noqa: ARG001
) -> int:
    """Read, check, store; say what came in, what it replaced and what was set aside."""
    settings = load_settings(
        {
            "--data": data,
            "--lang": lang,
            "--encoding": encoding,
            "--separator": separator,
            "--source-tz": source_tz,
            "--strict": strict or None,
        },
        config=config,
        assignments=set_ or (),
        environ=os.environ,
    )
    chosen = own.read_format(reading.one_format(format_, json=json))
    paths = own.read_dumps(dumps, settings)
    dataset = own.read_dataset(output)
    kept = own.read_keep(keep)
    session: Session = ctx.obj
    streams, language = session.streams, settings.language
    if verbose:
        streams.say(_taken(paths, dataset, settings).said(language))
    with progress(streams, language, quiet=quiet) as show:
        result = _imported(paths, dataset, kept, settings, show, streams.say)
    text = import_json(result, language) if chosen == "json" else import_text(result, settings)
    streams.show(text)
    if not quiet:
        lines = problem_lines(result.problems, language)
        attention = words("внимание", "warning").said(language)
        lines += [f"{attention}: {visible(one.message.said(language))}" for one in result.warnings]
        for line in lines:
            streams.say(line)
    return ExitCode.DONE


def _imported(
    paths: tuple[Path, ...],
    dataset: Path,
    keep: int | None,
    settings: Settings,
    show: Callable[[Words], None],
    say: Callable[[str], None],
) -> ImportResult:
    """Run the import, telling how far it is.

    Raises:
        OutputError: the disk refuses.
    """
    from monitor_cli.dataset.importing import Order, Said, import_dumps
    from monitor_cli.engine.source import read_options

    def step(done: int, of: int) -> None:
        show(words(f"импорт: шаг {done + 1} из {of}", f"import: step {done + 1} of {of}"))

    def waiting() -> None:
        said = words(
            "в этот набор идёт другой импорт: ждём, пока он закончит",
            "another import into this dataset is running: waiting for its end",
        )
        say(said.said(settings.language))

    samples = frozenset({reading.SAMPLE_FOLDER} & set(paths))
    order = Order(paths, dataset, read_options(settings), datetime.now(UTC), keep, samples)
    try:
        return import_dumps(order, Said(step, waiting))
    except OSError as error:
        raise _unwritten(dataset, error) from error


def _unwritten(dataset: Path, error: OSError) -> OutputError:
    reason = why(error)
    return OutputError(
        words(
            f"{dataset}: набор не записан: {reason.ru}; прежнее состояние цело",
            f"{dataset}: the dataset was not written: {reason.en}; its former state is whole",
        ),
        remedy=words(
            "проверьте папку, права и место на диске и повторите",
            "check the folder, the rights and the space on the disk, then repeat",
        ),
    )


def _taken(paths: tuple[Path, ...], dataset: Path, settings: Settings) -> Words:
    named = ", ".join(places.shown(path) for path in paths)
    ru = settings.source or "нет, умолчания"
    en = settings.source or "none, defaults"
    return words(
        f"выгрузки: {named}\nнабор: {dataset}\nнастройки: {ru}",
        f"dumps: {named}\ndataset: {dataset}\nsettings: {en}",
    )
