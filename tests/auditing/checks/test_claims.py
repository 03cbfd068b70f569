"""Claims, reasons and answers of another kind."""

from __future__ import annotations

import pytest

from tests.auditing.making import form, found, row

#: The answers of the national form to a target in words.
STANDARD = ("达成预期指标", "全部或基本达成预期指标", "部分达成预期指标并具有一定效果", "未达成预期指标且效果较差")


@pytest.mark.parametrize("actual", STANDARD)
@pytest.mark.parametrize("target", ["合规", "及时", "效果明显", "优", "不断提高"])
def test_the_standard_answers_of_the_form_answer_any_words(target: str, actual: str) -> None:
    assert found(form(row(target, actual)), "PF732") == []


def test_levels_of_two_scales_are_no_answer() -> None:
    assert found(form(row("健全", "良好")), "PF732") == [("PF732", "warning", 1)]


def test_the_standard_answers_do_not_answer_a_number() -> None:
    assert found(form(row("≥5人", "达成预期指标")), "PF732") == [("PF732", "warning", 1)]


@pytest.mark.parametrize(
    "note",
    [
        "暴雨期间故障集中",
        "钢材、水泥涨价",
        "低保动态管理",
        "部分产妇外出",
        "因采购延期",
        "受疫情影响",
        "培训场地不足",
        "人员变动",
    ],
)
def test_a_note_that_is_neither_a_claim_nor_filler_is_a_reason(note: str) -> None:
    assert found(form(row("≥5人", "3人", note=note)), "PF730", "PF731") == []


@pytest.mark.parametrize(
    "note",
    [
        None,
        "",
        "/",
        "无",
        "无偏差",
        "已完成",
        "基本完成",
        "按计划推进",
        "未达标",
        "3人",
        "见附件",
        "。",
        "加强管理",
        "推出新平台",
    ],
)
def test_filler_is_no_reason(note: str | None) -> None:
    codes = {code for code, _, _ in found(form(row("≥5人", "3人", note=note)), "PF730", "PF731")}
    assert codes == ({"PF730"} if note == "已完成" else {"PF731"})
