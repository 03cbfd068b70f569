"""Who may ask, and how much at once."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from pfscore.service.guard import Settings
from pfscore.service.pool import Limits
from tests.service.serving import client_of

pytestmark = pytest.mark.usefixtures("installed")
CELL = {"target": "≥5人"}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with client_of() as client:
        yield client


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "", "[::2]", "10.0.0.1:80", "[", "[::1", "]"]
)
def test_a_name_that_is_not_this_machine_is_not_answered(client: TestClient, host: str) -> None:
    for path in ("/health", "/", "/v1/rulesets"):
        assert client.get(path, headers={"Host": host}).status_code == 421


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://127.0.0.1:1"},
    ],
)
def test_a_page_from_elsewhere_is_refused(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/v1/parse", json=CELL, headers=headers).json()["type"] == "urn:pfscore:other-origin"


def test_its_own_page_is_answered(client: TestClient) -> None:
    headers = {"Host": "localhost:8765", "Origin": "http://localhost:8765", "Sec-Fetch-Site": "same-origin"}
    assert client.post("/v1/parse", json=CELL, headers=headers).status_code == 200


def test_its_own_page_behind_a_proxy_is_answered() -> None:
    headers = {"Host": "pf.example", "Origin": "https://pf.example:8443", "Sec-Fetch-Site": "same-origin"}
    with client_of(Settings(token="t", limits=Limits(workers=1))) as client:
        for given in (headers, {**headers, "Sec-Fetch-Site": "same-site"}):
            answer = client.post("/v1/parse", json=CELL, headers={**given, "Authorization": "Bearer t"})
            assert answer.status_code == (200 if given is headers else 403)


def test_a_token() -> None:
    with client_of(Settings(token="geheim-密", limits=Limits(workers=1))) as client:
        assert client.get("/health", headers={"Host": "pf.example"}).status_code == 200
        refused = client.post("/v1/parse", json=CELL)
        assert (refused.status_code, refused.headers["www-authenticate"]) == (401, 'Bearer realm="pfscore"')
        for given in ("Bearer x", "Basic geheim-密", "geheim-密", "Bearer"):
            assert client.post("/v1/parse", json=CELL, headers={b"Authorization": given.encode()}).status_code == 401
        allowed = {b"Authorization": "Bearer geheim-密".encode()}
        assert client.post("/v1/parse", json=CELL, headers=allowed).status_code == 200


def test_a_token_is_not_shown() -> None:
    assert "geheim" not in repr(Settings(token="geheim"))


def test_a_body_beyond_the_limit() -> None:
    with client_of(Settings(limits=Limits(body=1000, workers=1))) as client:
        assert client.post("/v1/parse", content=b" " * 1001).json()["type"] == "urn:pfscore:too-large"

        def unannounced() -> list[bytes]:
            return [b" " * 600] * 2

        assert client.post("/v1/parse", content=iter(unannounced())).status_code == 413
        row = json.dumps({"target": "≥5人", "actual": "5人", "points": "1"}).encode() + b"\n"
        stream = client.post("/v1/rows?ruleset=cn-sc/project&on=2023-12-31", content=iter([row] * 100))
        assert len(stream.text.splitlines()) == 100


def test_a_line_of_a_stream_beyond_the_limit_is_refused_by_itself() -> None:
    with client_of(Settings(limits=Limits(body=1000, workers=1))) as client:
        answer = client.post("/v1/rows?ruleset=cn-sc/project&on=2023-12-31", content=iter([b"x" * 900] * 3))
        assert {tuple(json.loads(line)["codes"]) for line in answer.text.splitlines()} == {("PF120",)}


def test_every_answer_has_the_headers_of_safety(client: TestClient) -> None:
    for answer in (client.get("/health"), client.get("/nope"), client.get("/health", headers={"Host": "x"})):
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
