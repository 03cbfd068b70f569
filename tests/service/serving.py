"""An application with its processes, for tests; and a real server, started and stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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
