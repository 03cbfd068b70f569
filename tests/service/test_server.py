"""A real server: who may start it, that it ends cleanly, and that work never keeps `/health` waiting."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError

import pytest

from tests.rulesets.registered import GIVEN, PACKAGED, registered
from tests.service.serving import server

pytestmark = pytest.mark.usefixtures("installed")
SC = "?ruleset=cn-sc/project&on=2023-12-31"
ROW = json.dumps({"target": "≥5人", "actual": "4人", "points": 10}).encode()


def asked(url: str, body: bytes | None = None, **headers: str) -> bytes:
    request = urllib.request.Request(url, body, {"Content-Type": "application/json", **headers})
    with urllib.request.urlopen(request, timeout=60) as answer:
        found: bytes = answer.read()
    return found


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """Start a server that answers several tests."""
    with server("--workers", "1", "--requests", "4") as (_, url):
        yield url


def test_a_server_answers_and_ends_cleanly() -> None:
    with server("--workers", "1") as (process, url):
        assert json.loads(asked(f"{url}/health"))["status"] == "ok"
        assert json.loads(asked(f"{url}/v1/score{SC}", ROW))["score"] == "8"
        process.send_signal(signal.SIGTERM)
        assert (process.wait(timeout=20), *process.communicate()) == (0, "", "")


def test_what_is_being_answered_at_the_end_is_answered() -> None:
    with server("--workers", "1") as (process, url):
        request = urllib.request.Request(f"{url}/v1/rows{SC}", b"\n".join([ROW] * 20000))
        with urllib.request.urlopen(request, timeout=60) as answer:
            answer.readline()
            process.send_signal(signal.SIGTERM)
            assert len(answer.read().splitlines()) == 19999
        assert process.wait(timeout=20) == 0


def test_a_client_may_send_everything_before_it_reads(url: str) -> None:
    # Both ways it is more than all buffers between the two hold.
    long = json.dumps({**json.loads(ROW), "id": "x" * 2000}).encode()
    lines = asked(f"{url}/v1/rows{SC}", b"\n".join([long] * 8000)).splitlines()
    assert json.loads(lines[-1])["row"] == len(lines) == 8000
    assert sum(map(len, lines)) > 16_000_000


def test_health_is_not_kept_waiting_by_work(url: str) -> None:
    asked(f"{url}/health")
    body = b"\n".join([ROW] * 12000)
    threads = [threading.Thread(target=lambda: asked(f"{url}/v1/rows{SC}", body)) for _ in range(3)]
    for thread in threads:
        thread.start()
    waited = []
    while any(thread.is_alive() for thread in threads):
        began = time.monotonic()
        asked(f"{url}/health")
        waited.append(time.monotonic() - began)
        time.sleep(0.02)
    assert len(waited) > 5
    assert sorted(waited)[len(waited) // 2] < 0.25


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_no_address_but_the_loopback_without_a_token(host: str) -> None:
    command = [sys.executable, "-m", "pfscore", "serve", "--host", host, "--no-open", "--port", "0"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "须有口令" in done.stderr
    assert "needs a token" in done.stderr


def test_a_token_from_the_environment() -> None:
    with server("--workers", "1", "--host", "0.0.0.0", PFSCORE_TOKEN="geheim") as (_, url):
        score = f"{url.replace('0.0.0.0', '127.0.0.1')}/v1/score{SC}"
        with pytest.raises(HTTPError, match="401") as refused:
            asked(score, ROW)
        refused.value.close()
        assert json.loads(asked(score, ROW, Authorization="Bearer geheim"))["score"] == "8"


def test_a_port_that_is_taken(url: str) -> None:
    command = [sys.executable, "-m", "pfscore", "serve", "--no-open", "--port", url.rsplit(":", 1)[1]]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr[:5]) == (2, "PF108")


def test_registered_rulesets_are_offered_and_scored_by(tmp_path: Path) -> None:
    environment, given = registered(tmp_path)
    with server("--workers", "1", "--rulesets", str(given), **environment) as (_, url):
        listed = {one["id"]: one["origin"] for one in json.loads(asked(f"{url}/v1/rulesets"))}
        assert (listed[PACKAGED], listed[GIVEN]) == ("包 acme", f"文件夹 {given}")
        for name in (PACKAGED, GIVEN):
            assert json.loads(asked(f"{url}/v1/score?ruleset={name}&on=2023-12-31", ROW))["score"] == "8"
            assert f"ruleset: {name}" in json.loads(asked(f"{url}/v1/rulesets/{name}"))["text"]
            text = f"ruleset: cn-zz/own\nextends: {name}\n".encode()
            assert "PF225" not in asked(f"{url}/v1/check", text).decode()
