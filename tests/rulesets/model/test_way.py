"""A version has one way of scoring; a judgement with a condition may be added to it."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from pfscore.rulesets.model.rule import RuleVersion
from pfscore.rulesets.model.way import Way

BARE = {"since": "2021-01-01", "cite": {"source": "x"}}
CONTENTS: dict[str, Any] = {
    "formula": "分值",
    "levels": [{"level": "优", "share": "100%"}],
    "bands": {"of": "完成率", "table": [{"range": "(-∞, +∞)", "share": "1"}]},
    "thresholds": [{"level": "优", "share": "100%"}],
    "checklist": [{"item": "①", "points": "1"}],
    "judgement": {"share": "[0%, 100%]"},
}


def version(**keys: Any) -> RuleVersion:
    return RuleVersion.model_validate({**BARE, **keys})


@pytest.mark.parametrize("kind", get_args(Way))
def test_the_way_is_the_key_that_is_set(kind: type[Way]) -> None:
    found = version(**{kind.key: CONTENTS[kind.key]})
    assert (type(found.way), found.ways) == (kind, (found.way,))


@pytest.mark.parametrize("key", [key for key in CONTENTS if key != "judgement"])
def test_a_judgement_in_some_cases_is_added_to_another_way(key: str) -> None:
    found = version(**{key: CONTENTS[key]}, judgement={"when": "完成率 > 1", "share": "[0%, 100%]"})
    assert found.way is not None
    assert (found.way.key, [way.key for way in found.ways]) == (key, [key, "judgement"])


def test_a_judgement_in_some_cases_is_no_way_alone() -> None:
    assert version(judgement={"when": "完成率 > 1", "share": "[0%, 100%]"}).way is None
