"""Words that answer words, judged beside the row's name: a core and additions that take nothing back."""

from __future__ import annotations

import pytest

import pfscore
from pfscore.foundation.runtime.word_lists import section_lines, section_words
from tests.scoring.row.comparing.test_other_words import rows

#: Name, target, actual: any official says yes at a glance.
MET = """
库区生态环境 | 不恶化 | 保持良好
预算绩效信息公开 | 及时公开 | 已在门户网站按时公开
危化品安全生产 | 零事故 | 全年未发生安全生产责任事故
殡仪馆服务投诉 | 0 | 未接到群众投诉
乡镇预决算公开 | 全公开 | 全部公开
财政一体化平台 | 建成 | 已建成并投入使用
信息系统 | 建成并投入使用 | 已建成投用
机关正常运转 | 保障 | 得到有力保障
政府采购程序 | 合规 | 合规，无质疑投诉
采购程序 | 合规 | 程序合规
家庭医生签约服务 | 全覆盖 | 实现全县14个乡镇全覆盖
基层卫生服务 | 全覆盖 | 覆盖全部18个街道
传统村落知名度 | 逐步扩大 | 持续扩大，被央视报道2次
积案 | 清零 | 全部化解
缓解学生就学压力 | 有效缓解 | 有效缓解了学生就学压力
县史馆布展 | 完成布展并对外开放 | 布展已完成，已对外开放
"""
#: What only looks like it, or takes it back.
NOT_MET = """
预算绩效信息公开 | 及时公开 | 已在门户网站公开
预算绩效信息公开 | 及时公开 | 部分单位按时公开
危化品安全生产 | 零事故 | 未发生重大安全生产责任事故
医疗质量 | 零事故 | 未发生火灾事故
殡仪馆服务投诉 | 0 | 未收到重大投诉
财政一体化平台 | 建成 | 一期建成并投入使用
财政一体化平台 | 建成 | 建成方案
信息系统 | 建成并投入使用 | 建成，拟投用
机关正常运转 | 保障 | 基本得到保障
政府采购程序 | 合规 | 合规，个别环节被投诉
政府采购程序 | 合规 | 程序基本合规
家庭医生签约服务 | 全覆盖 | 12个乡镇全覆盖
家庭医生签约服务 | 全覆盖 | 重点乡镇全覆盖
基层活力 | 丰富 | 丰富，取消活动2场
城区大班额 | 消除 | 小学大班额全部清零
积案 | 清零 | 大部分化解
湿地生态 | 不恶化 | 局部改善
制度 | 健全 | 健全，执行不到位
"""


@pytest.fixture(scope="module")
def national() -> pfscore.Rules:
    return pfscore.load_ruleset("cn/project", on="2024-12-31")


@pytest.mark.parametrize(("name", "target", "actual"), rows(MET))
def test_a_core_with_harmless_additions_is_met(national: pfscore.Rules, name: str, target: str, actual: str) -> None:
    assert national.score(name=name, target=target, actual=actual, points="10").met is True


@pytest.mark.parametrize(("name", "target", "actual"), rows(NOT_MET))
def test_what_takes_something_back_is_not_met(national: pfscore.Rules, name: str, target: str, actual: str) -> None:
    assert national.score(name=name, target=target, actual=actual, points="10").met is not True


def test_the_words_of_an_actual_are_what_a_target_in_words_reads(national: pfscore.Rules) -> None:
    found = national.score(name="疫苗冷链库建设", target="便民", actual="设立服务点6处", points="10")
    assert str(found.cells and found.cells.actual) == "设立服务点6处"
    counted = national.score(name="投诉", target="零投诉", actual="接到投诉3起", points="10")
    assert (str(counted.cells and counted.cells.actual), counted.met) == ("3起", False)


def _is_met(rules: pfscore.Rules, target: str, actual: str, name: str = "") -> bool:
    return rules.score(name=name, target=target, actual=actual, points="10").met is True


@pytest.mark.parametrize("way", ["in time", "wholly", "well", "by rule", "strictly"])
def test_a_way_that_is_asked_for_must_be_said(national: pfscore.Rules, way: str) -> None:
    for word in section_words("answers.txt")[way]:
        assert not _is_met(national, f"{word}报道", "已报道"), word
        assert _is_met(national, f"{word}报道", f"已{word}报道"), word
        assert _is_met(national, "报道", f"已{word}报道"), word


def test_words_of_a_line_say_the_same(national: pfscore.Rules) -> None:
    for line in section_lines("answers.txt")["same"]:
        first = line.split()[0]
        for word in line.split():
            assert _is_met(national, first, f"已{word}"), (first, word)
            assert not _is_met(national, first, f"未{word}"), (first, word)
            assert not _is_met(national, first, f"部分{word}"), (first, word)


@pytest.mark.parametrize("part", ["试点学校", "部分学校", "小学", "3所学校", "未改造学校"])
def test_a_part_is_not_the_whole(national: pfscore.Rules, part: str) -> None:
    assert not _is_met(national, "保障", f"{part}得到保障", "学校食堂")
    assert _is_met(national, "保障", "学校得到保障", "学校食堂")
