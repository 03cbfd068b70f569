"""What `pfscore new` writes for the author of a new ruleset."""

from __future__ import annotations

from tests.cli.running import run


def test_the_author_of_a_new_ruleset_is_told_what_stands_there() -> None:
    _, text = run("new", "cn-gd/project")
    said = text.index("# 要改的，删去 rules 后面的 [] 和各行行首的“# ”")
    assert text.rindex("rules: []", 0, said) > 0
