"""What commands that show something share: where it goes, how it looks, what is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from monitor_cli.commands import reading
from monitor_cli.commands.output import STDOUT, chosen_format, refuse_terminal, write_whole
from monitor_cli.errors import ExitCode
from monitor_cli.language import Words, words
from monitor_cli.render.formats import Look
from monitor_cli.render.report_formats import REPORT_FORMATS, REPORT_SUFFIXES
from monitor_cli.settings import Settings, places

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from monitor_cli.commands.streams import Streams
    from monitor_cli.render.formats import Format
    from monitor_cli.report import Report


class Target(NamedTuple):
    """Where an output goes and in which format; `file` is `None` for stdout."""

    format: str
    file: str | None
    streams: Streams
    colour: bool
    quiet: bool

    @property
    def to_file(self) -> bool:
        """Whether a file takes it, not stdout."""
        return self.file is not None

    def look(self, settings: Settings) -> Look:
        """How the reader there sees it."""
        return Look(
            language=settings.language,
            width=None if self.to_file else self.streams.width,
            colour=self.colour and not self.to_file and self.streams.coloured,
            red_below=settings.bands.red_below,
        )


def aimed(
    streams: Streams,
    typed: tuple[str | None, bool],
    output: str | None,
    formats: Mapping[str, Format[Any]] = REPORT_FORMATS,
    suffixes: Mapping[str, str] = REPORT_SUFFIXES,
    *,
    no_color: bool,
    quiet: bool,
) -> Target:
    """Where the output goes; `typed` are `--format` and `--json`.

    Raises:
        UsageError: there is no such format, or a terminal cannot show it.
    """
    chosen = chosen_format(reading.one_format(typed[0], json=typed[1]), output, formats, suffixes)
    file = None if output == STDOUT else output
    if formats[chosen].binary and file is None:
        refuse_terminal(chosen, streams.out)
    return Target(chosen, file, streams, colour=not no_color, quiet=quiet)


def deliver(
    rendered: str | bytes,
    target: Target,
    source: reading.Source,
    settings: Settings,
    notes: Sequence[str],
) -> None:
    """Send a rendering where it belongs, then say, unless quiet, where that is and `notes`."""
    language = settings.language
    said = [reading.FALLEN_BACK.said(language)] if source.fallen_back else []
    if target.file is None:
        target.streams.show(rendered)
    else:
        written = write_whole(target.file, rendered)
        said.append(words(f"записано: {written}", f"written: {written}").said(language))
    if not target.quiet:
        for line in (*said, *notes):
            target.streams.say(line)


def deliver_report(
    report: Report, target: Target, source: reading.Source, settings: Settings
) -> int:
    """Render a report in its format and deliver it with what is said beside it.

    Returns:
        The exit code: done, or done in part.

    Raises:
        OutputError: it cannot be written.
    """
    from monitor_cli.render.report_notes import report_notes

    chosen = REPORT_FORMATS[target.format]
    rendered = chosen.render(report, target.look(settings))
    notes = report_notes(
        report, settings.bands.red_below, settings.language, legend=chosen.for_people
    )
    deliver(rendered, target, source, settings, notes)
    return ExitCode.DONE if report.complete else ExitCode.PARTIAL


def taken(source: reading.Source, settings: Settings, weeks: str) -> Words:
    """Which dump, settings and weeks were taken, for `--verbose`."""
    ru = settings.source or "нет, умолчания"
    en = settings.source or "none, defaults"
    dump = places.shown(source.path)
    return words(
        f"выгрузка: {dump}\nнастройки: {ru}\nнеделя: {weeks}",
        f"dump: {dump}\nsettings: {en}\nweek: {weeks}",
    )
