"""Where a dump may be beside a folder: standard input, an object store, a web server.

Source: `cli.md`, `--data`. A path keeps one of the two slashes of an address; both are put back
here, and what opens the address is left out of what is shown.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from pathlib import Path

STDIN = "-"
"""`--data -`: a dump that comes in on standard input."""

_ADDRESS = re.compile(r"(https?|s3a?|gs|az|abfss?):[/\\]{1,2}(?=[^/\\])", re.IGNORECASE)


def is_elsewhere(text: str) -> bool:
    """Whether this is standard input or an address, and no path on this machine."""
    return text == STDIN or _ADDRESS.match(text) is not None


def address_of(path: Path) -> str | None:
    """The address that a path stands for, if it does."""
    text = str(path)
    match = _ADDRESS.match(text)
    if match is None:
        return None
    return f"{match[1].lower()}://" + text[match.end() :].replace("\\", "/")


def below(path: Path, *names: str) -> Path:
    """What lies below a folder here or elsewhere; what opens an address stays at its end."""
    if address_of(path) is None:
        return path.joinpath(*names)
    place, mark, query = str(path).partition("?")
    return (
        type(path)(place, *names)
        if not mark
        else type(path)("/".join((place, *names)) + f"?{query}")
    )


def shown(path: Path) -> str:
    """A path or an address for a message: without names, passwords, keys and signatures."""
    address = address_of(path)
    if address is None:
        return str(path)
    parts = urlsplit(address)
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{host}{parts.path}"
