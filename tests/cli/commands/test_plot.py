"""`pfscore plot`: what it prints, and its exit codes."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from pfscore.rulesets.search import builtin_ids
from tests.cli.running import run_apart


class TestPlot:
    @pytest.mark.parametrize("ruleset", builtin_ids())
    def test_every_ruleset_gives_a_picture_that_is_xml(self, ruleset: str, capsys: pytest.CaptureFixture[str]) -> None:
        code, out, _ = run_apart("plot", ruleset)
        if ruleset == "cn-js/department":  # a person gives all its points
            assert code == 2
            return
        assert code == 0
        assert ET.fromstring(out).tag == "{http://www.w3.org/2000/svg}svg"

    def test_several_rulesets_in_one_picture(self) -> None:
        _, out, _ = run_apart("plot", "cn/project", "qualitative", "--with", "cn-hb/project")
        assert ("cn/project　qualitative" in out, "cn-hb/project　qualitative" in out) == (True, True)

    def test_breakpoints_are_exact(self) -> None:
        _, out, _ = run_apart("plot", "cn-jx/project", "cost-control")
        labels = [element.text for element in ET.fromstring(out).iter() if element.text and element.text.endswith("%")]
        assert {"80%", "90%", "110%", "120%"} <= set(labels)

    def test_no_such_rule(self) -> None:
        code, _, err = run_apart("plot", "cn/project", "ratio")
        assert (code, err.splitlines()[0]) == (2, "PF234 错误：规则集 “cn/project” 没有规则 “ratio”")
