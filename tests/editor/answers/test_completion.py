"""What may be written where one types, in texts that are broken as texts are while one types."""

from __future__ import annotations

from pathlib import Path

import pytest

from pfscore.cells.lexicon.quantities import known_units
from pfscore.editor.answers.completion import completion
from pfscore.editor.open_file import OpenFile
from pfscore.foundation.text import Lang
from pfscore.rulesets.load import load_family
from pfscore.rulesets.model.rule import RuleVersion
from pfscore.rulesets.search import ruleset_ids
from tests.editor.wire import GOOD

PARENTS_RULES = [rule.id for rule in load_family("cn/project")[0].ruleset.rules]


def typed(old: str, new: str, lang: Lang = "zh") -> tuple[str, list[str]]:
    """Return what would be replaced, and by what, once `old` is edited to `new` with the cursor at the bar."""
    file = OpenFile(Path("project.yaml"), GOOD)
    assert file.reading.family
    assert GOOD.count(old) == 1, old
    text = GOOD.replace(old, new)
    at = text.index("|")
    file.edit(text.replace("|", "", 1))
    found = completion(file, at, lang)
    return file.text[found.start : found.end], [offer.text for offer in found.offers]


def test_keys_that_do_not_stand_there_yet() -> None:
    assert typed("    title: 印刷数量\n", "    title: 印刷数量\n    re|\n") == ("re", ["replaces: "])
    word, offers = typed("steps: 第四条，全或无", "|")
    written = {"since", "cite", "formula", "examples"}
    assert (word, [offer.rstrip(": ") for offer in offers]) == (
        "",
        [name for name in RuleVersion.model_fields if name not in written],
    )
    assert {"points: ", "bands:", "rounding:"} <= set(offers)


def test_keys_in_brackets_and_of_a_new_member() -> None:
    assert typed("{source: 办法, at: 第二条}", "{source: 办法, |}") == ("", ["at: ", "quote: "])
    assert typed("  - id: printed\n", "  - |\n  - id: printed\n")[1][0] == "id: "


def test_a_key_is_replaced_without_its_colon() -> None:
    word, offers = typed("    overrides: [通用规则]", "    over|rides: [通用规则]")
    assert (word, offers) == ("overrides", ["replaces", "overrides"])


@pytest.mark.parametrize(
    ("old", "new", "offers"),
    [
        ("status: active", "status: |", ["active", "draft"]),
        ("target: [正]", "target: [|]", ["零", "负", "正"]),
        ("steps: 第四条，全或无", "assume: {same_words: |}", ["是", "否"]),
        ("source: 办法\n          at: 第四条", "source: |\n          at: 第四条", ["办法"]),
        ("cite: {source: 办法, at: 第二条}", "cite: {source: 办|, at: 第二条}", ["办法"]),
        ("replaces: cn/project", "replaces: |", ["cn/project"]),
        ("block: [产出指标]", "block: [产|]", ["预算执行", "产出指标"]),
        ("id: printed", "id: |", [one for one in PARENTS_RULES if one != "ratio-higher"]),
        ("steps: 第四条，全或无", "rounding: {mode: |}", ["half_up", "half_even", "down", "up"]),
    ],
)
def test_values(old: str, new: str, offers: list[str]) -> None:
    assert typed(old, new)[1] == offers


def test_ids_units_levels_and_terms() -> None:
    assert typed("extends: cn/project", "extends: cn|") == ("cn", list(ruleset_ids()))
    assert len(typed("actual: 50册", "actual: 50册\n            unit: |")[1]) == len(known_units())
    assert {"优", "良", "健全"} <= set(typed("actual: 50册", "actual: |")[1])
    levels = typed("steps: 第四条，全或无", "levels:\n          - level: [|]")[1]
    assert levels[:2] == ["同指标值", "其他"]
    assert "formula" in typed("steps: 第四条，全或无", "also:\n          - for: [|]")[1]
    assert typed("overrides: [通用规则]", "overrides: [|]")[1][:3] == ["通用规则", "ratio-higher", "printed"]


def test_names_and_functions_of_formulas() -> None:
    word, offers = typed("则 分值 否则", "则 分值 * 完| 否则")
    assert word == "完"
    assert {"分值", "完成值", "points", "按比例(", "min("} <= set(offers)
    assert (offers[0], typed("则 分值 否则", "则 分值 * | 否则", "en")[1][0]) == ("分值", "points")


def test_a_value_that_needs_quotes_gets_them_once() -> None:
    assert typed("actual: 50册", "actual: 50册\n            comparator: |")[1][0] == '"≥"'
    word, offers = typed("actual: 50册", 'actual: 50册\n            comparator: "|"')
    assert (word, offers[0]) == ("", "≥")
    word, offers = typed("actual: 50册", 'actual: 50册\n            comparator: "|')
    assert (word, offers[0]) == ("", "≥")


def test_before_the_file_was_ever_whole() -> None:
    file = OpenFile(Path("project.yaml"), "ruleset: x\nki")
    assert [offer.text for offer in completion(file, len(file.text), "zh").offers][:3] == [
        "title: ",
        "jurisdiction: ",
        "kind: ",
    ]
