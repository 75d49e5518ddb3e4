"""What an unattended run says: lines for people, or JSON, an object a line, for a collector."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from monitor_cli.commands.streams import Streams
    from monitor_cli.language import Language, Words


class Speaker(NamedTuple):
    """Says things on stderr; `quiet` leaves out what is neither a warning nor an error."""

    streams: Streams
    language: Language
    as_json: bool
    quiet: bool

    def info(self, event: str, message: Words, **about: str | int) -> None:
        """Something that went as it should."""
        if not self.quiet:
            self._say("info", event, message.said(self.language), about)

    def warning(self, event: str, message: str, **about: str | int) -> None:
        """Something to look at; `quiet` leaves it out too, as in every command, but for JSON."""
        if not self.quiet or self.as_json:
            self._say("warning", event, message, about)

    def error(self, event: str, message: Words, **about: str | int) -> None:
        """Something that is not as it was asked for."""
        self._say("error", event, message.said(self.language), about)

    def _say(self, level: str, event: str, message: str, about: dict[str, str | int]) -> None:
        if not self.as_json:
            self.streams.say(message)
            return
        time = datetime.now(UTC).isoformat(timespec="seconds")
        told = {"time": time, "level": level, "event": event, "message": message, **about}
        self.streams.say(json.dumps(told, ensure_ascii=False))
