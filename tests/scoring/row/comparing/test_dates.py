"""Periods and spans of time: what covers less than its target is not met, whatever is over sooner."""

from __future__ import annotations

from pfscore.cells.lexicon.directions import span_that_lasts
from pfscore.scoring.rules import Rules
from tests.scoring.row.written import judged, score_of
from tests.tables import each

MET = """
物业服务时间 | | 2023年1-12月 | 2023年1-12月
物业服务时间 | | 2023年1-12月 | 2023年全年
物业服务时间 | | 2023年全年 | 2023年1月1日至12月31日
物业服务时间 | | 2023年3-10月 | 2023年1-12月
场馆开放时间 | | 5月1日-10月31日 | 4月20日-11月5日
工程施工时间 | | 2023年1-12月 | 2023年3-10月
完成时间 | | 2023年1-12月 | 2023年10月
项目实施时间 | | 2023年12月 | 2023年10月
"""
MISSED = """
物业服务时间 | | 2023年1-12月 | 2023年1-10月
物业服务时间 | | 2023年1月-12月 | 2023年1月至10月
物业服务时间 | | 2023年全年 | 2023年1-10月
物业服务时间 | | 全年 | 1-10月
物业服务时间 | | 2023年度 | 2023年1-9月
物业服务时间 | | 2023年1月1日至12月31日 | 2023年1月1日至10月31日
物业服务时间 | | 2023年1-12月 | 2023年3-12月
物业服务时间 | | 1-12月 | 上半年
场馆开放时间 | | 5月1日-10月31日 | 5月1日-9月30日
系统运维期 | | 2022年7月-2023年6月 | 2022年7月-2023年3月
"""
LEFT_OPEN = """
补贴发放 | | 2023年1-12月 | 2023年1-10月
补贴发放 | | 2023年3-10月 | 2023年1-12月
物业服务时间 | | 2023年1-12月 | 2023年10月
物业服务时间 | | 2023年1-12月 | 截至2023年10月
物业服务时间 | | 全年 | 10个月
"""


@each(("met", "name", "unit", "target", "actual"), judged(MET, MISSED, LEFT_OPEN))
def test_period(rules: Rules, met: bool | None, name: str, unit: str, target: str, actual: str) -> None:
    assert score_of(rules, name, unit, target, actual).met is met


@each("path", [("产出指标", "时效指标"), ("产出指标", "数量指标"), ("产出指标", "质量指标"), ()])
@each(
    ("name", "target", "less", "more"),
    [
        *(
            ("质保期", "3年", "1年", "5年"),
            ("设备使用年限", "8年", "5年", "10年"),
            ("保修期", "24个月", "12个月", "24个月"),
        ),
        *(("服务期", "1年", "10个月", "12个月"), ("运维服务期限", "12个月", "10个月", "13个月")),
        *(("资金保障时长", "12个月", "6个月", "12个月"), ("对外开放时间", "300天", "260天", "310天")),
        *(
            ("政策有效期", "3年", "2年", "3年"),
            ("项目存续期", "5年", "3年", "5年"),
            ("公示期", "5个工作日", "3个工作日", "7个工作日"),
        ),
        *(("云服务租用时长", "12个月", "10个月", "12个月"), ("设备无故障运行时间", "300天", "250天", "320天")),
        ("系统运行时长", "365天", "300天", "365天"),
    ],
)
def test_time_that_should_be_long(
    rules: Rules, path: tuple[str, ...], name: str, target: str, less: str, more: str
) -> None:
    missed, met = (rules.score(name=name, path=path, target=target, actual=one, points="10") for one in (less, more))
    assert (missed.met, met.met) == (False, True)
    assert any("视为“不低于”" in one.message.zh for one in met.assumptions) or more == target


@each(
    "name",
    [
        *(
            "服务响应时间",
            "停止服务时间",
            "停电持续时间",
            "投入使用时间",
            "恢复供水时间",
            "资金使用期限",
            "建设期",
            "工期",
            "等待时间",
        ),
        *("公开时限", "服务时限", "上门服务时间", "保修响应时间", "见效时间", "公文流转时间"),
    ],
)
def test_other_times_are_no_spans_that_should_be_long(rules: Rules, name: str) -> None:
    assert span_that_lasts(name) == ""
    one = rules.score(name=name, path=("产出指标", "时效指标"), target="20天", actual="15天", points="10")
    assert one.met is True
