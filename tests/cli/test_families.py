"""The rulesets that `plot`, `diff`, `new` and `check --resolved` are about: refused as where forms are scored."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pfscore.foundation.errors import RulesetError
from pfscore.rulesets.load import load_family
from tests.cli.running import run_apart
from tests.house.tree import ROOT

GAPS = str(ROOT / "tests" / "bad" / "rulesets" / "PF217-gaps.yaml")
ABOUT_RULESETS = {
    "plot": ("plot", GAPS),
    "plot one rule": ("plot", GAPS, "at-most"),
    "plot beside": ("plot", "cn/project", "--with", GAPS),
    "diff from": ("diff", GAPS, "cn/project"),
    "diff to": ("diff", "cn/project", GAPS),
    "new": ("new", "cn-xx/project", "--from", GAPS),
    "check --resolved": ("check", "--resolved", GAPS),
    "compile": ("compile", GAPS, "-o", "x.json"),
    "score": ("score", "form.json", "--ruleset", GAPS),
}


class TestARulesetWithErrors:
    @pytest.mark.parametrize("arguments", ABOUT_RULESETS.values(), ids=ABOUT_RULESETS)
    def test_its_errors_are_all_that_comes_out(self, arguments: tuple[str, ...], here: Path) -> None:
        with pytest.raises(RulesetError) as caught:
            load_family(GAPS)
        wanted = "".join(one.render("zh") + "\n" for one in caught.value.diagnostics)
        code, out, err = run_apart(*arguments)
        assert (code, out, err) == (1, "", wanted)
        assert sorted(path.name for path in here.iterdir()) == ["form.json"]


class TestTheDay:
    def test_of_which_nothing_is_active(self, here: Path) -> None:
        run_apart("new", "cn-xx/project", "-o", "draft.yaml")
        draft = Path("draft.yaml").read_text(encoding="utf-8").replace("extends: cn/project\n", "")
        Path("draft.yaml").write_text(draft, encoding="utf-8")
        for arguments in (("plot", "draft.yaml"), ("new", "cn-yy/project", "--from", "draft.yaml")):
            code, out, err = run_apart(*arguments)
            assert (code, out, err.split("：")[0]) == (1, "", "PF223 错误"), err

    def test_a_file_with_a_sign_in_its_name(self, here: Path) -> None:
        shutil.copy(ROOT / "rulesets" / "cn" / "project.yaml", "a@b.yaml")
        assert run_apart("diff", "a@b.yaml", "a@b.yaml@2023-12-31")[:2] == (
            0,
            "cn/project（2020-01-01） → cn/project（2023-12-31）\n  规则没有不同\n",
        )

    def test_that_is_none(self, here: Path) -> None:
        assert run_apart("plot", "cn/project@")[2].startswith("PF206 错误：")
