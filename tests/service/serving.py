"""An application with its processes, for tests; and a real server, started and stopped."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from starlette.testclient import TestClient

from pfscore.service.app import create_app
from pfscore.service.guard import Settings
from pfscore.service.pool import Limits

ROOT = Path(__file__).parents[2]
LUZHOU = ROOT / "examples" / "luzhou-2023.json"


@contextmanager
def client_of(settings: Settings = Settings(limits=Limits(workers=1))) -> Iterator[TestClient]:  # noqa: B008
    """Start an application and its processes."""
    with TestClient(create_app(settings), base_url="http://127.0.0.1") as client:
        yield client


@contextmanager
def server(*arguments: str, **environment: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Start `pfscore serve` on a free port, and end it."""
    command = [sys.executable, "-m", "pfscore", "serve", "--port", "0", "--no-open", *arguments]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, **environment}
    )
    try:
        assert process.stdout is not None
        yield process, process.stdout.readline().split()[0].rstrip("/")
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)


def free_port() -> int:
    """Return a port of the loopback that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port


@contextmanager
def proxy(url: str, prefix: str) -> Iterator[str]:
    """Hand on what is asked below `prefix` under a name of its own, as nginx does; yield the address to ask."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            assert self.path.startswith(f"{prefix}/"), self.path
            length = int(self.headers.get("Content-Length", 0))
            headers = {**self.headers, "Host": "pf.example", "Connection": "close"}
            request = Request(url + self.path.removeprefix(prefix), self.rfile.read(length) or None, headers)
            try:
                answer = urlopen(request, timeout=60)
            except HTTPError as error:
                answer = error
            with answer:
                body = answer.read()
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    if name.lower() not in {"transfer-encoding", "connection", "content-length", "date"}:
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        do_POST = do_GET  # noqa: N815  (the name that http.server calls)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as outside:
        Thread(target=outside.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{outside.server_port}{prefix}"
        finally:
            outside.shutdown()
