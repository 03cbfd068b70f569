"""The server in a real Neovim, without a window (Debian: apt-get install neovim)."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.editor.wire import GOOD, PATIENCE, SERVER
from tests.house.tree import ROOT

NEOVIM = shutil.which("nvim")
PAGE = ROOT / "docs" / "how-to" / "edit-rulesets.md"
_SCREEN = re.compile(r"<!-- neovim -->\n```text\n.*?```", re.DOTALL)
BROKEN = GOOD.replace("title: 印刷数量", "title：印刷数量").replace("score: 5", "score: 6")


@pytest.mark.skipif(NEOVIM is None, reason="there is no Neovim here: apt-get install neovim")
def test_what_an_author_does_in_neovim(tmp_path: Path) -> None:
    file, seen = tmp_path / "project.yaml", tmp_path / "seen.json"
    file.write_text(BROKEN, encoding="utf-8")
    variables = {
        "PFSCORE_FILE": str(file),
        "PFSCORE_SERVER": " ".join([*SERVER, "--lang", "zh"]),
        "PFSCORE_SEEN": str(seen),
        "LC_ALL": "C.UTF-8",
    }
    places = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"), str(tmp_path))
    script = ROOT / "tests" / "editor" / "neovim.lua"
    subprocess.run(
        [str(NEOVIM), "--headless", "-u", "NONE", "-i", "NONE", "-n", "-c", f"luafile {script}"],
        env={**os.environ, **places, **variables},
        cwd=tmp_path,
        timeout=4 * PATIENCE,
        check=True,
        capture_output=True,
    )
    page = PAGE.read_text(encoding="utf-8")
    found = json.loads(seen.read_text(encoding="utf-8"))
    assert "problem" not in found, found["problem"]
    assert found["wrong"]["message"].split("\n")[0] == "“title” 后面是全角冒号 “：”，不成键"
    assert found["action"] == "改为 “: ”"
    assert found["codes"] == ["PF603"]
    assert found["lenses"][:2] == ["✓ 10 / 10 分", "✗ 5 / 10 分　应为 6 分"]
    assert found["hover"].startswith("**完成值** · `actual`")
    assert found["outline"] == ["依据", "通则", "规则"]
    assert found["definition"] == (ROOT / "rulesets" / "cn" / "project.yaml").as_uri()
    assert found["completion"] == ["replaces"]
    assert found["title"] == "title: 某地项目支出绩效自评"
    shown = "\n".join(row.rstrip() for row in found["screen"][:-2])
    version = subprocess.run([str(NEOVIM), "--version"], capture_output=True, text=True, check=True).stdout
    if not version.startswith("NVIM v0.7."):
        return  # other versions draw in other ways; the page shows Debian's
    if os.environ.get("PFSCORE_WRITE_DOCS"):
        PAGE.write_text(_SCREEN.sub(lambda _: f"<!-- neovim -->\n```text\n{shown}\n```", page), encoding="utf-8")
    else:
        assert f"<!-- neovim -->\n```text\n{shown}\n```" in page


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_readmes_show_a_part_of_that_screen(readme: str) -> None:
    [shown] = re.findall(r"^```text\n( +formula: .*?)```$", (ROOT / readme).read_text(encoding="utf-8"), re.M | re.S)
    assert shown in PAGE.read_text(encoding="utf-8")
