"""Beside every built-in ruleset stands its compiled form, made from the text as it is now."""

from __future__ import annotations

from pathlib import Path

from pfscore.rulesets.load import compiled, load_family
from tests.house.tree import ROOT
from tests.tables import each

WRITTEN = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "rulesets").rglob("*.yaml"))


def test_there_are_rulesets() -> None:
    assert WRITTEN


@each("ruleset", WRITTEN)
def test_the_compiled_ruleset_is_current(ruleset: str) -> None:
    author = ROOT / ruleset
    built = author.with_suffix(".json")
    assert built.exists(), f"pfscore compile {ruleset} -o {Path(ruleset).with_suffix('.json')}"
    assert built.read_text(encoding="utf-8") == compiled(load_family(author)[0])
