"""Parquet on a web server and in an object store; no message repeats what opens the place."""

from __future__ import annotations

import http.server
import io
import os
import re
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from monitor_cli import cli
from monitor_cli.dump.dump import ReadOptions, load
from monitor_cli.errors import DumpError, ExitCode
from tests.unit.dump.dumps import ALL_COLUMNS, MARKS, REQUIRED, frame, loaded, write

if TYPE_CHECKING:
    from collections.abc import Iterator

SECRETS = ("SIGNATURE", "PASSWORD", "AKIAKEY", "HUSH")


class Store(http.server.BaseHTTPRequestHandler):
    """Files by path, ranges of them, and lists of names as an object store gives them."""

    protocol_version = "HTTP/1.1"
    files: dict[str, bytes]

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
        elif "list-type" in url.query:
            prefix = parse_qs(url.query)["prefix"][0]
            names = [name for name in self.files if name.startswith(f"{url.path}/{prefix}")]
            self._send(200, listing(url.path, names), {})
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
            self.wfile.write(content)


def listing(bucket: str, names: list[str]) -> bytes:
    entries = "".join(
        f"<Contents><Key>{name.removeprefix(bucket + '/')}</Key><Size>1</Size>"
        "<LastModified>2026-11-16T10:00:00.000Z</LastModified><ETag>1</ETag></Contents>"
        for name in names
    )
    return (
        f"<ListBucketResult><IsTruncated>false</IsTruncated>{entries}</ListBucketResult>".encode()
    )


def parquet(text: str) -> bytes:
    header, *lines = text.splitlines()
    rows = [[cell or None for cell in line.split(",")] for line in lines]
    buffer = io.BytesIO()
    pl.DataFrame(rows, schema=header.split(","), orient="row").write_parquet(buffer)
    return buffer.getvalue()


@pytest.fixture
def store() -> Iterator[str]:
    """The address of a server with a dump in the folder `dump`."""
    files = {
        f"/dump/{name.removesuffix('.csv')}.parquet": parquet(text)
        for name, text in REQUIRED.items()
    }
    files["/dump/marks/week=1/part-0.parquet"] = parquet(MARKS)
    files["/half/schools.parquet"] = files["/dump/schools.parquet"][:80]
    Store.files = files
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Store)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_folder_of_a_web_server(store: str, tmp_path: Path) -> None:
    dump = load(Path(f"{store}/dump/?sig=SIGNATURE"), ALL_COLUMNS, ReadOptions())
    local = loaded(tmp_path)
    assert list(dump.tables) == list(local.tables)
    for table in local.tables:
        assert_frame_equal(frame(dump, table), frame(local, table))


def test_a_folder_of_an_object_store(store: str, tmp_path: Path) -> None:
    environment = {
        "AWS_ENDPOINT_URL": store,
        "AWS_ALLOW_HTTP": "true",
        "AWS_REGION": "x",
        "AWS_ACCESS_KEY_ID": "AKIAKEY",
        "AWS_SECRET_ACCESS_KEY": "HUSH",
    }
    folder = write(tmp_path, {"marks.csv": MARKS})
    command = ("-m", "monitor_cli", "week", "--date", "2026-W47", "--json", "--data")
    remote, local = (
        subprocess.run(
            (sys.executable, *command, data),
            env=os.environ | environment,
            capture_output=True,
            check=True,
        )
        for data in ("s3://dump/", str(folder))
    )
    assert remote.stdout == local.stdout
    assert not any(secret.encode() in remote.stderr for secret in SECRETS)


@pytest.mark.parametrize("place", ["closed", "half", "nowhere", "dump/schools.parquet"])
def test_what_cannot_be_read_is_said_without_secrets(place: str, store: str) -> None:
    address = store.replace("//", "//user:PASSWORD@") + f"/{place}?sig=SIGNATURE"
    with pytest.raises(DumpError) as caught:
        load(Path(address), ALL_COLUMNS, ReadOptions())
    for text in caught.value.message():
        assert not any(secret in text for secret in SECRETS)
        assert store in text or place == "dump/schools.parquet"
        assert len(text.splitlines()) <= 3


def test_the_command_names_the_place_and_no_more(
    store: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    command = ["week", "--verbose", "--data", f"{store}/dump?sig=SIGNATURE", "--date", "2026-W47"]
    assert cli.main([*command, "--json", "-o", str(tmp_path / "w.json")]) == ExitCode.DONE
    said = capfd.readouterr().err
    assert f"{store}/dump" in said
    assert "SIGNATURE" not in said
