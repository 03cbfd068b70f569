"""What is shown where one points."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from pfscore.documents.model_fields import _model_at, keys_of, meaning_of
from pfscore.editor.answers.hover import hover
from pfscore.editor.open_file import OpenFile
from pfscore.foundation.text import Lang
from pfscore.rulesets.model.ruleset import Ruleset
from tests.editor.wire import GOOD


@pytest.fixture(scope="module")
def file() -> OpenFile:
    file = OpenFile(Path("project.yaml"), GOOD)
    file.take(file.reading, file.check(file.reading, bool))
    return file


def at(file: OpenFile, place: str, lang: Lang = "zh") -> list[str]:
    """Return what is shown at the bar in `place`, part by part."""
    before, _, after = place.partition("|")
    assert file.text.count(before + after) == 1, place
    found = hover(file, file.text.index(before + after) + len(before), lang)
    return [] if found is None else found.text.split("\n\n---\n\n")


def test_what_a_key_means(file: OpenFile) -> None:
    assert at(file, "ste|ps") == ["`steps`　若得分有跳变（全或无、逐级），写明依据的条款。"]
    assert at(file, "ste|ps", "en") == ["`steps`　The clause by which the points jump."]
    assert at(file, "sta|tus") == ["`status`　active 现行，draft 草案（依据未齐）。\n\n`active` · `draft`"]
    assert at(file, "evi|dence", "zh")[0].startswith("`evidence`　依据等级：text 原文已读")


def models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """Yield a model and all that stand in it."""
    pending, seen = [model], {model}
    while pending:
        yield (one := pending.pop())
        inner = {found for key in keys_of(one, ()) if (found := _model_at(one, (key,))) is not None} - seen
        seen |= inner
        pending += inner


def test_every_key_says_what_it_means_in_both_languages() -> None:
    places = [(model, key) for model in models(Ruleset) for key in keys_of(model, ())]
    meanings = {(model.__name__, key): meaning_of(model, (key,)) for model, key in places}
    assert [place for place, meaning in meanings.items() if meaning is None or meaning.zh == meaning.en] == []


def test_a_name_a_function_and_the_examples(file: OpenFile) -> None:
    found = at(file, "分值 * min(完|成值")
    assert found == [
        "**完成值** · `actual`　全年实际完成值",
        "✓ 达到\n```text\n计算：分值 × min(完成值 ÷ 指标值, 1) = 10 × min(100 ÷ 100, 1) = 10 × 1 = 10\n```",
        "✓ 一半\n```text\n计算：分值 × min(完成值 ÷ 指标值, 1) = 10 × min(50 ÷ 100, 1) = 10 × 0.5 = 5\n```",
        "`formula`　得分公式，如“分值 * min(完成值 / 指标值, 1)”。",
    ]
    english = at(file, "分值 * m|in(完成值", "en")
    assert (
        english[0]
        == "`min(number, other, …)`　the smallest of the numbers\n\n- `number` a number\n- `other` another number"
    )
    assert english[1].startswith("✓ 达到\n```text\ncomputed: points × min(")


def test_all_that_the_engine_says_of_an_example(file: OpenFile) -> None:
    (explained, _) = at(file, "title: 一|半")
    assert explained.startswith("```text\n5 / 10 分\n  指标值：“≥100人” → 不低于 100 人\n")


def test_the_evidence_and_quotation_behind_a_version(file: OpenFile) -> None:
    cited = "**办法** 某地办法　第三条（原文已读）\n> 按完成比例计分，最高不超过分值。"
    for place in (
        "replaces: cn/project\n    versions:\n      - sin|ce",
        "source: 办|法\n          at: 第三条",
        "quo|te",
    ):
        assert at(file, place)[0] == cited
    assert at(file, "cite: {sou|rce")[0] == "**办法** 某地办法　第二条（原文已读）"


def test_a_source(file: OpenFile) -> None:
    assert at(file, "key: 办|法")[0] == "**某地办法**　2022-01-01\n\n原文已读"


def test_the_parent_and_its_rule(file: OpenFile) -> None:
    assert at(file, "extends: cn/|project")[0].startswith("**cn/project** 项目支出绩效自评（全国底本）")
    for place in ("repl|aces: cn/project", "id: ratio|-higher"):
        head, *lines = at(file, place)[0].split("\n")
        assert head == "改写上级 `cn/project` 自 2020-01-01 的规则："
        assert lines[:3] == ["```yaml", "  - id: ratio-higher", "    title: 正向指标按完成比例"]
        assert "        formula: 分值 * 按比例(完成值, 指标值)" in lines


def test_a_broken_text_is_shown_what_was_known(file: OpenFile) -> None:
    broken = OpenFile(Path("project.yaml"), GOOD)
    broken.take(broken.reading, broken.check(broken.reading, bool))
    broken.edit(GOOD.replace("sources:\n", "sources:\n  - key：新的\n"))
    assert at(broken, "quo|te") == at(file, "quo|te")
    assert at(broken, "title: 一|半") == at(file, "title: 一|半")
    assert at(broken, "key：新|的") == []


def test_nothing_to_say() -> None:
    assert hover(OpenFile(Path("project.yaml"), "ruleset: x\n\nfoo: 1\n"), 12, "zh") is None
