"""The kinds of evidence among the sources of a ruleset, the best first."""

from __future__ import annotations

import pytest

from pfscore.rulesets.model.base import Evidence, SourceEntry
from pfscore.scoring.row.awarding.award import evidence_listed


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        ([], []),
        ([("text", None)], ["原文已读"]),
        ([("text", "第三章")], ["原文部分已读"]),
        ([("none", None), ("text", "第三章"), ("text", None), ("text", None)], ["原文已读", "原文部分已读", "未见"]),
        ([("restated", None), ("observed", None)], ["见转述", "由公布的表推得"]),
    ],
)
def test_the_kinds_of_evidence(sources: list[tuple[str, str | None]], said: list[str]) -> None:
    found = [
        SourceEntry(key="甲", title="甲", evidence=Evidence(evidence), read_to=read_to) for evidence, read_to in sources
    ]
    assert [one.zh for one in evidence_listed(found)] == said
