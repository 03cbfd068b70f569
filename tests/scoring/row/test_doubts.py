"""What makes a row implausible by its own cells: said of the score, and by the audit with the same words."""

from __future__ import annotations

import json
from typing import Any

import pytest

import pfscore
from pfscore.report.sheet_text import sheet_text

RULES = pfscore.load_ruleset("cn/project", on="2023-12-31")
COUNT = {"path": ("产出指标", "数量指标")}
SATISFIED = {"name": "群众满意度", "path": ("满意度指标", "服务对象满意度指标")}
#: Cells, what the rule gives for them as they stand, and the codes of the doubts.
ROWS: list[tuple[dict[str, Any], str | None, list[str]]] = [
    ({**SATISFIED, "target": "≤95%", "actual": "90%"}, "10", ["PF747"]),
    ({**SATISFIED, "target": "≤95%", "actual": "97%", "published_score": "9.79"}, None, []),
    ({"name": "群众投诉数", "target": "≥10件", "actual": "12件"}, "10", ["PF747"]),
    ({**COUNT, "name": "服务窗口建设数量", "target": "≤4个", "actual": "3个"}, "10", ["PF747"]),
    ({**SATISFIED, "target": "≥90%", "actual": "104%"}, "10", ["PF745"]),
    ({**COUNT, "name": "培训人数", "target": "≤-1人", "actual": "-3人"}, "10", ["PF747", "PF746"]),
    ({**SATISFIED, "target": "≥95%", "actual": "0.962%"}, None, ["PF758"]),
    ({**COUNT, "name": "造林面积", "target": "≥2万亩", "actual": "2亿亩"}, "10", ["PF758"]),
    ({**COUNT, "name": "无障碍改造", "target": "60户", "actual": "6000户"}, "10", ["PF758"]),
    ({**COUNT, "name": "投诉件数", "target": "≤100件", "actual": "1件"}, "10", []),
    ({"name": "投诉起数", "target": "≥0起", "actual": "3起"}, "10", ["PF740"]),
    ({**SATISFIED, "target": "≥90%", "actual": "≥90%"}, "10", ["PF748"]),
    ({**SATISFIED, "target": "≥90%", "actual": "92%", "note": "未开展问卷调查"}, "10", ["PF749"]),
    ({**COUNT, "name": "培训人数", "target": "≥90人", "actual": "92人", "note": "沿用上年数据"}, "10", ["PF739"]),
    ({"name": "贷款逾期率", "target": "≤0.5‰", "actual": "0.04%"}, "10", ["PF751"]),
    ({**COUNT, "name": "培训人数", "target": "≥90人", "actual": "92人"}, "10", []),
    ({"name": "投诉起数", "target": "≤5起", "actual": "6起"}, None, []),
    ({**SATISFIED, "target": "不适用", "actual": "104%"}, None, []),
    # A person has looked.
    ({**SATISFIED, "target": "≥90%", "actual": "104%", "decision": "8"}, None, []),
]


def form_of(cells: dict[str, Any]) -> pfscore.Form:
    return pfscore.Form(title="表", year=2023, indicators=(pfscore.Indicator(**{"points": "10", **cells}),))


@pytest.mark.parametrize(("cells", "score", "codes"), ROWS)
def test_a_score_says_what_makes_its_cells_implausible(
    cells: dict[str, Any], score: str | None, codes: list[str]
) -> None:
    sheet = RULES.score_form(form_of(cells))
    [one] = sheet.indicators
    assert [doubt.code for doubt in one.doubts] == codes
    if score is not None:
        assert str(one.score) == score
    shown = sheet.as_json()["indicators"][0]["doubts"]
    assert [doubt["code"] for doubt in shown] == codes
    text = sheet_text(sheet, form_of(cells))
    for doubt in one.doubts:
        assert f"存疑：{doubt.message.zh}" in " ".join(text.split()).replace(" ", "") or doubt.message.zh in text
        assert f"存疑：{doubt.code} {doubt.message.zh}" in one.explain()
        assert f"doubtful: {doubt.code} {doubt.message.en}" in one.explain("en")


@pytest.mark.parametrize(("cells", "score", "codes"), ROWS)
def test_the_audit_has_the_same_doubts(cells: dict[str, Any], score: str | None, codes: list[str]) -> None:
    del score
    form = form_of({name: cell for name, cell in cells.items() if name != "decision"})
    doubts = [doubt for one in RULES.score_form(form).indicators for doubt in one.doubts]
    found = {(finding.code, finding.message) for finding in pfscore.audit(form, ruleset=RULES)}
    assert {(doubt.code, doubt.message) for doubt in doubts} <= found
    assert "decision" in cells or [doubt.code for doubt in doubts] == codes


def test_a_full_score_that_is_doubted_is_named_at_the_top() -> None:
    form = form_of({**SATISFIED, "target": "≤95%", "actual": "90%"})
    text = sheet_text(RULES.score_form(form), form)
    assert "存疑（1 行）：\n  第 1 行 群众满意度：10 / 10 分。" in text


def test_a_doubted_score_is_stored_and_read_back() -> None:
    sheet = RULES.score_form(form_of({**COUNT, "name": "培训人数", "target": "≥90人", "actual": "2022年92人"}))
    again = pfscore.Sheet.model_validate_json(sheet.model_dump_json())
    assert again == sheet
    assert [doubt.code for doubt in again.indicators[0].doubts] == ["PF739"]


def test_a_row_that_a_frame_scored_has_its_doubts() -> None:
    rows = [{**SATISFIED, "target": "≥90%", "actual": actual, "points": "10"} for actual in ("104%", "105%", "95%")]
    assert [[doubt.code for doubt in one.doubts] for one in RULES.score_many(rows)] == [["PF745"], ["PF745"], []]
    assert json.loads(json.dumps(next(RULES.score_many(rows[1:])).as_json()))["doubts"][0]["code"] == "PF745"
