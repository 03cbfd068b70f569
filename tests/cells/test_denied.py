"""What is denied, late or only begun is no achievement, and no condition of a cell vanishes."""

from __future__ import annotations

from pfscore.cells.reader import Refusal
from tests.cells.cells import read
from tests.tables import each

#: Side, cell, comparator column, unit column, what is read: a canonical text, `文字` for words, or a code.
CELLS = [
    # ── denied attainment ──
    ("actual", "没有达到95%", "", "", "<95%"),
    ("actual", "未达到95%", "", "", "<95%"),
    ("actual", "未能达到95%", "", "", "<95%"),
    ("actual", "不及90%", "", "", "<90%"),
    ("actual", "完成率不及90%", "", "", "<90%"),
    ("actual", "未能完成3个", "", "", "文字"),
    ("actual", "没有完成3个", "", "", "文字"),
    ("actual", "未完成3个", "", "", "文字"),
    ("actual", "没有3个", "", "", "文字"),
    ("actual", "无5人", "", "", "文字"),
    ("actual", "差2个", "", "", "文字"),
    ("actual", "缺3人", "", "", "文字"),
    ("actual", "尚差2个", "", "", "文字"),
    ("actual", "5个，均未完成", "", "", "文字"),
    ("actual", "5个未通过验收", "", "", "文字"),
    ("actual", "未建成（3个）", "", "", "文字"),
    ("actual", "少培训20人", "", "", "文字"),
    ("actual", "漏发3人", "", "", "文字"),
    # ── lateness and beginnings ──
    ("actual", "3个项目正在推进", "", "", "3个"),
    ("actual", "未在2024年12月31日前完成", "", "", "文字"),
    ("actual", "逾期3天", "", "", "文字"),
    ("actual", "超期5天", "", "", "文字"),
    ("actual", "迟2天", "", "", "文字"),
    ("actual", "迟到3天", "", "", "文字"),
    ("actual", "晚了3天", "", "", "文字"),
    ("actual", "延误2天", "", "", "文字"),
    ("actual", "滞后10天", "", "", "文字"),
    ("actual", "推迟至2025年3月", "", "", "文字"),
    ("actual", "开工3个项目", "", "", "3个"),
    ("actual", "已启动3个", "", "", "3个"),
    ("actual", "着手建设2个", "", "", "2个"),
    # ── comparisons that are denied: the direction turns over ──
    ("target", "不允许超过5%", "", "", "≤5%"),
    ("target", "未超过5%", "", "", "≤5%"),
    ("target", "未超出5%", "", "", "≤5%"),
    ("target", "没有低于90%", "", "", "≥90%"),
    ("target", "严禁超过5%", "", "", "≤5%"),
    ("target", "不准低于3次", "", "", "≥3次"),
    ("actual", "未超出5%", "", "", "≤5%"),
    ("actual", "没有低于90%", "", "", "≥90%"),
    ("actual", "未低于90%", "", "", "≥90%"),
    ("actual", "没有超过5%", "", "", "≤5%"),
    # ── none of it ──
    ("target", "不少于5次，不得拖欠", "", "", "≥5次且不得拖欠"),
    ("actual", "超过规定时限2天", "", "", "PF330"),
    ("target", "一年内无质量问题", "", "", "文字"),
    ("target", "不漏一户", "", "", "文字"),
    ("target", "没有5人以上事故", "", "", "文字"),
    ("target", "不超支", "", "", "文字"),
    ("actual", "不漏一户", "", "", "文字"),
    ("actual", "没有5人以上事故", "", "", "文字"),
    ("actual", "一年内无质量问题", "", "", "文字"),
    # ── names of what is counted ──
    ("target", "不合格率≤2%", "", "", "≤2%"),
    ("target", "未参保人数≤10人", "", "", "≤10人"),
    ("target", "免费开放天数≥300天", "", "", "≥300天"),
    ("target", "非税收入≥500万元", "", "", "≥5000000元"),
    ("target", "无人机≥4架", "", "", "≥4架"),
    ("target", "未成年人保护宣传≥8场", "", "", "≥8场"),
    ("target", "无障碍改造150户", "", "", "150户"),
    ("actual", "无障碍改造150户", "", "", "150户"),
    ("actual", "不合格率1.2%", "", "", "1.2%"),
    ("actual", "5项均未延期", "", "", "5项"),
    ("actual", "0项延期", "", "", "0项"),
    ("actual", "0起，未发生安全事故", "", "", "0起"),
    # ── conditions that vanished ──
    ("target", "12月底前完成5个", "", "", "12月底前且5个"),
    ("target", "95%以上或全省前三", "", "", "≥95%或全省前三"),
    ("target", "≥90%，全省前三", "", "", "≥90%且全省前三"),
    ("target", "5（6）", "", "", "PF317"),
    ("actual", "5（6）", "", "", "PF317"),
    ("target", "月均8次", "", "", "8次/月"),
    ("target", "月均不少于8次", "", "", "≥8次/月"),
    ("target", "每个村不少于2人", "", "", "≥2人/村"),
    ("target", "2次（每季度）", "", "", "2次/季度"),
    ("target", "↓5%", "", "", "下降5%"),
    ("actual", "↓5%", "", "", "下降5%"),
    ("target", "3/5个", "", "", "PF317"),
    ("actual", "3/5个", "", "", "PF317"),
    ("target", "180万", "≥", "万", "≥1800000"),
    ("target", "180", "≥", "万", "≥1800000"),
    ("actual", "180万", "", "万", "1800000"),
    ("target", "90", "正向", "%", "≥90%"),
    ("target", "90", "正", "%", "≥90%"),
    ("target", "5", "反向", "%", "≤5%"),
    ("target", "5", "负", "%", "≤5%"),
    ("target", "≥5", "反向", "%", "≥5%"),
    # ── read today as nothing ──
    ("target", "12座", "≥", "个", "≥12个"),
    ("actual", "12座", "", "个", "12个"),
    ("actual", "12亩", "", "个", "PF323"),
    ("actual", "2项（2023年结转1项）", "", "", "2项"),
    ("actual", "由2023年的85%提升到2024年的91%", "", "", "91%"),
    ("target", "由2023年的85%提升到2024年的91%", "", "", "≥91%"),
    ("actual", "118/120=98.33%", "", "", "98.33%"),
    ("actual", "118/120=92%", "", "", "PF307"),
    ("actual", "+5%", "", "", "5%"),
]


@each(("side", "text", "comparator", "unit", "wanted"), CELLS)
def test_a_cell(side: str, text: str, comparator: str, unit: str, wanted: str) -> None:
    found = read(side, text, comparator or None, unit or None)
    if isinstance(found, Refusal):
        assert found.code == wanted
    else:
        assert ("文字" if str(found.kind_name()) == "level" else str(found)) == wanted
