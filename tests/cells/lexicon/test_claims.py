"""Words that say how something moved or stands, and whether one such sentence fulfils another."""

from __future__ import annotations

import pytest

from pfscore.cells.lexicon.claims import answers, claim_of

MET = """
不低于上年 高于上年|不减少 未减少|得到改善 有所改善|逐步提升 显著提升|持续改善 明显改善|明显改善 得到明显改善
控制在预算范围内 未超预算|不超预算 未超预算|比上年只减不增 下降|超过上年水平 高于上年2.3个百分点
不高于全省平均水平 低于全省平均0.3|不恶化 总体稳定|零增长 净减少|只增不减 有所增加
群众出行条件得到改善 出行条件明显改善|不增加 有所减少|保持稳定 基本稳定|提高工作效率 工作效率明显提高
不反弹 未反弹|不突破概算 控制在概算内|不高于上年 与上年持平|有效改善 明显改善|不断提升 持续提升
进一步完善 逐步完善|不超支 未超支|不下降 未下降|增强 显著增强|持续改善 改善|持续提升 稳步提升
较去年同期提高 同比提高|稳步提升 提升|逐年提高 提高|稳步提升 有效提升|有所提升 逐步提升
进一步改善 不断改善|逐年下降 大幅下降
"""
MISSED = """
较上年提高 较上年下降|同比下降 与上年持平|不超预算 超预算4.7%|低于上年 与上年持平
高于全国平均 略低于全国平均水平|持续提升 未见明显提升|明显提升 提升不明显|不超限额 超限额0.3亿元|稳步提高 下滑
不低于全省平均水平 低于全省平均水平2.4个百分点|不超标准 超标准|提升 未提升|不断增强 不断减弱|稳中有升 稳中有降
提高 没有提高|位次前移 位次后移|有所提升 无变化
"""
OPEN = """
显著提升 有所提升|有效提升 提升|能耗下降 产量下降|较上年下降 较2020年下降|生态环境持续改善 水质恶化
保持稳定 有所下降|持续改善 有所改善|保持稳定 有所提升|明显提升 基本提升
稳步提升 有所提升|逐步提升 略有提升|进一步改善 有所改善|逐年下降 略有下降|稳步增长 小幅增长
有效提升 稳步提升|大幅提升 逐步提升|不断增强 有所增强|切实改善 有所改善|稳步提高 一定程度提高
"""
NONE = ["超市", "超额完成", "完善制度，提升水平", "公路建设", "建立健全", "达到优秀", "按时完成", "未完成"]


@pytest.mark.parametrize(("pairs", "expected"), [(MET, True), (MISSED, False), (OPEN, None)])
def test_pairs(pairs: str, expected: bool | None) -> None:
    wrong = []
    for pair in pairs.strip().replace("\n", "|").split("|"):
        target, actual = (claim_of(text) for text in pair.split())
        if target is None or actual is None or answers(target, actual) is not expected:
            wrong.append((pair, target, actual))
    assert wrong == []


@pytest.mark.parametrize("text", NONE)
def test_what_claims_nothing(text: str) -> None:
    assert claim_of(text) is None
