"""What `pfscore check` says of a draft's unread sources, and what `pfscore new` tells its author to delete."""

from __future__ import annotations

from pathlib import Path

from pfscore.checking.check import check_ruleset
from tests.cli.running import run
from tests.rulesets.writing import HEAD


def test_a_draft_names_the_unread_sources_that_it_inherits_and_uses(tmp_path: Path) -> None:
    file = tmp_path / "child.yaml"
    file.write_text(f"{HEAD}extends: cn/project\n", encoding="utf-8")
    (note,) = [problem for problem in check_ruleset(file).problems if problem.code == "PF245"]
    used = "中江县2022年自评表脚注、儋州法院2018年自评报告、学院路街道自评表、普陀区2022年自评表"
    assert note.message.zh == f"草案；原文未读的依据：{used}"


def test_the_author_of_a_new_ruleset_is_told_what_stands_there(tmp_path: Path) -> None:
    _, text = run("new", "cn-gd/project")
    said = text.index("# 要改的，删去 rules 后面的 [] 和各行行首的“# ”")
    assert text.rindex("rules: []", 0, said) > 0
