"""The lines above examples and formulas."""

from __future__ import annotations

from pathlib import Path

from pfscore.editor.answers.lenses import lenses
from pfscore.editor.open_file import OpenFile
from pfscore.foundation.text import Lang
from tests.editor.wire import GOOD


def checked(text: str) -> OpenFile:
    file = OpenFile(Path("project.yaml"), text)
    file.take(file.reading, file.check(file.reading, bool))
    return file


def shown(file: OpenFile, lang: Lang = "zh") -> list[tuple[str, str]]:
    """Return each line of the text that has something above it, with that."""
    lines = file.text.split("\n")
    return [(lines[lens.line - 1].strip(), lens.text) for lens in lenses(file, lang)]


def test_examples_that_agree_and_one_that_does_not() -> None:
    found = shown(checked(GOOD.replace("score: 5", "score: 6")))
    assert found[:4] == [
        ("- title: 达到", "✓ 10 / 10 分"),
        ("- title: 一半", "✗ 5 / 10 分　应为 6 分"),
        ("- title: 达到", "✓ 10 / 10 分"),
        ("- title: 未达到", "✓ 0 / 10 分"),
    ]


def test_a_formula_with_its_proof_in_both_languages() -> None:
    file = checked(GOOD)
    proved = "✓ 完成得更好，得分不降　✓ 达标即满分　✓ 不超出分值"
    assert shown(file)[4:] == [
        ("formula: 如果 完成值 >= 指标值 则 分值 否则 0", proved),
        ("formula: 分值 * min(完成值 / 指标值, 1)", proved),
    ]
    assert shown(file, "en")[5][1] == "✓ rises with the result　✓ reaches full points　✓ stays within the points"


def test_what_does_not_hold_and_what_a_clause_excepts() -> None:
    falling = GOOD.replace("分值 * min(完成值 / 指标值, 1)", "分值 * max(2 - 完成值 / 指标值, 0)")
    assert dict(shown(checked(falling)))["formula: 分值 * max(2 - 完成值 / 指标值, 0)"] == (
        "✗ 完成得更好，得分不降　✗ 达标即满分　✗ 不超出分值"
    )
    bent = "如果 完成值 > 120% * 指标值 则 分值 * 90% 否则 分值 * min(完成值 / 指标值, 1)"
    excused = GOOD.replace(
        "分值 * min(完成值 / 指标值, 1)", f"{bent}\n        overshoot: 第三条\n        steps: 第三条"
    )
    assert dict(shown(checked(excused)))[f"formula: {bent}"] == (
        "✗ 完成得更好，得分不降（依条款例外）　✗ 达标即满分（依条款例外）　✓ 不超出分值"
    )


def test_an_edit_takes_away_only_what_stands_on_its_lines() -> None:
    file = checked(GOOD)
    before = shown(file)
    file.edit("# 说明\n" + GOOD)
    file.edit("# 说明\n" + GOOD.replace("- title: 一半", "- title：一半"))
    assert shown(file) == [one for one in before if one[0] != "- title: 一半"]


def test_nothing_before_the_first_check() -> None:
    assert list(lenses(OpenFile(Path("project.yaml"), GOOD), "zh")) == []
