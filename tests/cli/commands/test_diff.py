"""`pfscore diff`: what it prints, and its exit codes."""

from __future__ import annotations

import json

from tests.cli.running import run_apart
from tests.house.tree import ROOT


class TestDiff:
    def test_what_differs_and_whose_scores_change(self) -> None:
        forms = str(ROOT / "examples" / "luzhou-2023.json")
        code, out, _ = run_apart("diff", "cn/project", "cn-sc/project@2023-12-31", forms)
        assert code == 0
        assert "  新增规则 equal-ratio：等于指标按完成比例；公式 分值 * 按比例(完成值, 指标值)\n" in out
        assert "》完成信息系统安全等级保护测评：[0, 3.99] → 2\n" in out

    def test_the_same_on_two_days(self) -> None:
        _, out, _ = run_apart("diff", "cn-sc/project@2023-06-30", "cn-sc/project@2024-06-30")
        assert out == "cn-sc/project（2023-06-30） → cn-sc/project（2024-06-30）\n  规则没有不同\n"

    def test_json(self) -> None:
        _, out, _ = run_apart("diff", "cn/project", "cn-hb/project", "--json")
        found = json.loads(out)
        assert found["before"]["ruleset"] == "cn/project"
        assert {"where": "form", "key": "blocks"}.items() <= found["changes"][0].items()
