"""What `pfscore new` writes for the author of a new ruleset."""

from __future__ import annotations

import re

import pfscore
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
