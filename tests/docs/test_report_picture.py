"""The picture of the report in the READMEs shows the page as it is today."""

from __future__ import annotations

import struct
from types import ModuleType

import pytest

from tests.docs.build_scripts import build_script
from tests.house.tree import ROOT

pytest.importorskip("jinja2", reason="the page is made by Jinja2 (extra `report`)")


pytestmark = pytest.mark.usefixtures("installed")


@pytest.fixture
def picture(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    return build_script("report_picture", monkeypatch)


def test_it_is_current(picture: ModuleType) -> None:
    """Where this fails: `python docs/build/report_picture.py`, then look at the picture."""
    assert picture.DIGEST.read_text(encoding="utf-8").strip() == picture.digest_of(picture.page_shown())


def test_it_is_a_picture_of_its_size(picture: ModuleType) -> None:
    head = picture.PICTURE.read_bytes()[:24]
    assert (head[:8], struct.unpack(">2L", head[16:])) == (b"\x89PNG\r\n\x1a\n", (picture.WIDTH, picture.HEIGHT))


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_the_readmes_show_it(page: str) -> None:
    assert "](docs/pictures/report.png)" in (ROOT / page).read_text(encoding="utf-8")
