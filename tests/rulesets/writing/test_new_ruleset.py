"""What `pfscore new` writes for the author of a new ruleset."""

from __future__ import annotations

import re
from datetime import date

import pytest

import pfscore
from pfscore.rulesets.writing.new_ruleset import skeleton
from tests.cli.running import run


def test_the_author_of_a_new_ruleset_is_told_what_stands_there() -> None:
    _, text = run("new", "cn-gd/project")
    said = text.index("# 要改的，删去 rules 后面的 [] 和各行行首的“# ”")
    assert text.rindex("rules: []", 0, said) > 0


def test_each_rule_of_the_parent_comes_with_its_examples() -> None:
    """They follow as comments; where an example was in a form is no matter of the new ruleset."""
    _, text = run("new", "cn-gd/project", "--since", "2024-01-01")
    parent = pfscore.load_ruleset("cn/project", on="2024-01-01")
    written = re.split(r"^ *# ? *- id: ", text, flags=re.MULTILINE)[1:]
    examples = {part.split("\n", 1)[0]: part.partition("examples:")[2] for part in written}
    for rule in parent.edition.rules:
        for example in rule.version.examples or ():
            assert f"title: {example.title}" in examples[rule.id]
    assert "from_form" not in text


@pytest.mark.parametrize(
    ("ruleset", "parent", "kind"),
    [
        ("cn-gd/project", None, "project"),
        ("cn-gd/department", None, "department"),
        ("cn-gd/project", "cn-hn-430522/department", "department"),
        ("cn-gd/department", "cn/project", "project"),
    ],
)
def test_the_kind_is_that_of_the_parent_or_of_the_name(ruleset: str, parent: str | None, kind: str) -> None:
    rules = None if parent is None else pfscore.load_ruleset(parent, on="2024-01-01").edition
    lines = skeleton(ruleset, rules, date(2024, 1, 1)).splitlines()
    assert f"kind: {kind}" in lines
    assert (f"extends: {parent}" in lines) is (parent is not None)
