"""The pictures of the pages of `pfscore serve` are taken of a real server in a real browser.

`PFSCORE_WRITE_DOCS=1 pytest tests/docs/test_browser_pictures.py` puts them into docs/pictures.
"""

from __future__ import annotations

import os
import shutil
import struct
from pathlib import Path

import pytest

from tests.docs.build_scripts import build_script
from tests.house.tree import ROOT

pytest.importorskip("selenium", reason="selenium is not installed (extra `browser`)")
PICTURES = ROOT / "docs" / "pictures"
NAMES = ("review-in-browser.png", "author-in-browser.png")


@pytest.mark.skipif(
    not all(map(shutil.which, ("chromium", "chromedriver"))), reason="no chromium with chromedriver on this machine"
)
@pytest.mark.xdist_group("browser")
def test_the_pictures_are_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pictures = build_script("browser_pictures", monkeypatch)
    pictures.main(PICTURES if os.environ.get("PFSCORE_WRITE_DOCS") else tmp_path)
    for name in NAMES if not os.environ.get("PFSCORE_WRITE_DOCS") else ():
        assert size((tmp_path / name).read_bytes()) == (pictures.WIDTH, pictures.HEIGHT)
        assert size((PICTURES / name).read_bytes()) == (pictures.WIDTH, pictures.HEIGHT)


def size(png: bytes) -> tuple[int, int]:
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">2L", png[16:24])
    return width, height


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_the_readmes_show_the_page(page: str) -> None:
    assert f"](docs/pictures/{NAMES[0]})" in (ROOT / page).read_text(encoding="utf-8")
