"""A small object store on loopback, in a thread of the tests: files, ranges of them, lists."""

from __future__ import annotations

import http.server
import re
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator


class Store(http.server.BaseHTTPRequestHandler):
    """Files by path, ranges of them, and lists of names as an object store gives them.

    `asked`: the path and the bytes of each answer. All below `/closed` is refused, and there is no
    bucket `/none`.
    """

    protocol_version = "HTTP/1.1"
    files: dict[str, bytes]
    asked: list[tuple[str, int]]

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_GET(self) -> None:
        self._answer(body=True)

    def log_message(self, *_: object) -> None:
        """Nothing is logged."""

    def _answer(self, *, body: bool) -> None:
        url = urlsplit(self.path)
        content = self.files.get(unquote(url.path))
        if url.path.startswith("/closed"):
            self._send(403, b"SIGNATURE", {})
        elif url.path.startswith("/none"):
            self._send(404, b"<Error><Code>NoSuchBucket</Code></Error>", {})
        elif "list-type" in url.query:
            prefix = parse_qs(url.query)["prefix"][0]
            names = [name for name in self.files if name.startswith(f"{url.path}/{prefix}")]
            self._send(200, _listing(url.path, names), {})
        elif content is None:
            self._send(404, b"", {})
        else:
            self._send_range(content, body=body)

    def _send_range(self, content: bytes, *, body: bool) -> None:
        asked = re.match(r"bytes=(\d*)-(\d*)", self.headers.get("Range", ""))
        if asked is None:
            self._send(200, content, {}, body=body)
            return
        first = int(asked[1]) if asked[1] else max(0, len(content) - int(asked[2]))
        last = min(int(asked[2]) if asked[1] and asked[2] else len(content), len(content) - 1)
        span = {"Content-Range": f"bytes {first}-{last}/{len(content)}"}
        self._send(206, content[first : last + 1], span, body=body)

    def _send(
        self, status: int, content: bytes, headers: dict[str, str], *, body: bool = True
    ) -> None:
        self.send_response(status)
        fixed = {"ETag": '"1"', "Last-Modified": "Mon, 16 Nov 2026 10:00:00 GMT"}
        for name, value in {**headers, **fixed, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        if body:
            self.asked.append((unquote(urlsplit(self.path).path), len(content)))
            self.wfile.write(content)


def _listing(bucket: str, names: list[str]) -> bytes:
    entries = "".join(
        f"<Contents><Key>{name.removeprefix(bucket + '/')}</Key><Size>1</Size>"
        "<LastModified>2026-11-16T10:00:00.000Z</LastModified><ETag>1</ETag></Contents>"
        for name in names
    )
    return (
        f"<ListBucketResult><IsTruncated>false</IsTruncated>{entries}</ListBucketResult>".encode()
    )


@contextmanager
def served(files: dict[str, bytes]) -> Iterator[str]:
    """The address of a server with these files."""
    Store.files, Store.asked = files, []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Store)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def keys(address: str) -> dict[str, str]:
    """The environment by which a program finds the store and is let in."""
    return {
        "AWS_ENDPOINT_URL": address,
        "AWS_ALLOW_HTTP": "true",
        "AWS_REGION": "x",
        "AWS_ACCESS_KEY_ID": "AKIAKEY",
        "AWS_SECRET_ACCESS_KEY": "HUSH",
    }
