"""`pfscore explain`: what it prints, and its exit codes."""

from __future__ import annotations

from pfscore.foundation.codes import CODES
from tests.cli.running import run
from tests.tables import each


class TestExplain:
    def test_a_page(self) -> None:
        code, text = run("explain", "PF511")
        assert code == 0
        assert text.startswith("# PF511 缺完成值 · missing actual\n\n**含义** 完成值空着。")
        assert "## English" not in text

    def test_in_english(self) -> None:
        code, text = run("explain", "pf511", "--lang", "en")
        assert (code, "**Meaning** The actual is blank." in text, "**含义**" in text) == (0, True, False)

    @each("code", sorted(code for code in CODES if code.startswith("PF5")))
    def test_every_code_of_forms(self, code: str) -> None:
        assert run("explain", code)[0] == 0

    def test_no_such_code(self) -> None:
        exit_code, text = run("explain", "PF599")
        assert exit_code == 2
        assert text.startswith("PF190 错误：没有代码 “PF599”\n")
