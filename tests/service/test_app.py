"""The two pages: in both languages, of shipped parts alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib.resources import files

import pytest
from starlette.testclient import TestClient

from tests.service.serving import client_of

pytestmark = pytest.mark.usefixtures("installed")
ASSETS = files("pfscore.service") / "assets"


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with client_of() as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/rulesets"])
def test_a_page_in_both_languages(client: TestClient, path: str) -> None:
    zh, en, asked = (
        client.get(path, headers={"Accept-Language": "zh"}).text,
        client.get(path, headers={"Accept-Language": "en"}).text,
        client.get(f"{path}?lang=en", headers={"Accept-Language": "zh"}).text,
    )
    assert ('<html lang="zh-CN">' in zh, en == asked) == (True, True)
    assert "built-in method" not in zh + en
    body = re.sub(r"<script.*?</script>|English|中文", "", en, flags=re.DOTALL)
    assert re.findall(r"[一-鿿]+", body) == []


@pytest.mark.parametrize("path", ["/", "/rulesets"])
def test_every_part_of_a_page_is_shipped(client: TestClient, path: str) -> None:
    page = client.get(path).text
    parts = re.findall(r'(?:src|href)="(assets/[^"]+)"', page)
    assert len(parts) == 3
    assert {client.get(f"/{part}").status_code for part in parts} == {200}
    assert re.findall(r'(?:src|href)="(?:https?:)?//', page) == []
    assert client.get("/assets/..%2Fapp.py").status_code == 404


def test_no_address_begins_at_the_root_of_the_host() -> None:
    texts = {one.name: one.read_text(encoding="utf-8") for one in ASSETS.iterdir()}
    assert {name: found for name, text in texts.items() if (found := re.findall(r"""["'`]/\w.*""", text))} == {}


def test_every_word_is_used_and_in_both_languages() -> None:
    words = json.loads((ASSETS / "words.json").read_text(encoding="utf-8"))
    assert {key: said.keys() for key, said in words.items() if said.keys() != {"zh", "en"}} == {}
    texts = [one.read_text(encoding="utf-8") for one in ASSETS.iterdir() if one.name != "words.json"]
    used = {name for text in texts for name in re.findall(r'\bwords\.(\w+)|\bwords\["(\w+)"\]', text)}
    named = {one for pair in used for one in pair if one} | {"error", "warning", "note"}
    assert named == words.keys()
