"""What was done as the rules say meets 规范, 合规 and 按《…》执行; what was not, or only mostly, does not."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from pfscore.scoring.rules import Rules

#: A row, and whose rules it is about.
ROWS = {
    ("财务管理规范性", "规范"): "财务管理",
    ("采购程序合规性", "合规"): "政府采购",
    ("专家咨询费标准", "按《专家咨询费管理办法》执行"): "专家咨询费",
    ("补助标准", "符合规定"): "补助",
    ("资金使用", "按规定使用"): "专项资金管理",
}


def _met(rules: Rules, name: str, target: str, told: Iterable[str]) -> list[str]:
    rows = [{"name": name, "target": target, "actual": actual, "points": "10"} for actual in told]
    return [row["actual"] for row, one in zip(rows, rules.score_many(rows), strict=True) if one.met]


@pytest.mark.parametrize(("name", "target"), ROWS)
def test_as_the_rules_say(rules: Rules, name: str, target: str) -> None:
    whose = ROWS[name, target]
    told = [
        *(f"符合{whose}制度要求", f"严格按{whose}规定执行", f"符合{whose}规定", f"按{whose}制度执行", "符合规定"),
        *(
            "严格按规定执行",
            "按规定标准执行",
            "符合相关规定",
            "严格执行相关制度",
            "均按规定办理",
            f"严格执行{whose}办法",
        ),
        *("符合国家规定", "按文件要求执行", "符合政策规定", f"全部按{whose}规定执行到位"),
    ]
    met = _met(rules, name, target, told)
    assert [actual for actual in told if actual not in met] == []


NOT_SO = """
未按规定执行 不符合规定 未严格按规定执行 基本符合规定 基本按规定执行 大部分按规定执行 部分符合规定 违反财务制度规定
正在按规定整改 拟按规定执行 将按规定执行 未完全按规定执行 个别支出不符合规定 符合规定，但个别凭证附件不全
按规定执行，尚有2笔未整改 按单位自定标准执行 按施工方标准执行 超标准发放 未执行相关规定 没有执行规定 不按规定执行
除1笔外均按规定执行 符合规定的占80% 有待按规定执行 严格按规定整改中 虽有制度但未执行 审计发现不合规问题
应按规定执行 要求按规定执行 计划按规定执行 按规定执行不到位 落实制度规定不严格 按规定应招标未招标 规避政府采购规定
""".split


@pytest.mark.parametrize(("name", "target"), ROWS)
def test_not_as_the_rules_say(rules: Rules, name: str, target: str) -> None:
    assert _met(rules, name, target, NOT_SO()) == []


def test_other_rules_than_those_that_are_named(rules: Rules) -> None:
    told = ("按《差旅费管理办法》执行", "严格执行《会议费管理办法》")
    assert _met(rules, "专家咨询费标准", "按《专家咨询费管理办法》执行", told) == []


@pytest.mark.parametrize("name", ["管护机制", "内控制度", "应急管理体系"])
def test_what_is_to_be_there_is_there(rules: Rules, name: str) -> None:
    noun = name[-2:]
    told = [
        "已建立",
        f"已建立县乡村三级{noun}",
        f"已建立健全{noun}",
        f"建立了长效{noun}",
        "已建立健全",
        f"已建立完善{noun}",
    ]
    met = _met(rules, name, "建立健全", told)
    assert [actual for actual in told if actual not in met] == []
    told = [
        *(
            "未建立",
            "正在建立",
            f"拟建立{noun}",
            f"初步建立{noun}",
            f"部分村已建立{noun}",
            f"基本建立{noun}",
            f"尚未建立{noun}",
        ),
        *(
            f"已建立{noun}，但未执行",
            "已建立台账",
            f"已建立部分{noun}",
            f"计划建立{noun}",
            f"逐步建立{noun}",
            "已建立微信群",
        ),
    ]
    assert _met(rules, name, "建立健全", told) == []


@pytest.mark.parametrize(
    ("actual", "met"),
    [
        ("已通过三级测评，取得备案证明", True),
        ("已通过三级等保测评", True),
        ("通过二级测评", None),
        ("未通过三级测评，已取得备案证明", False),
        ("取得备案证明", None),
    ],
)
def test_a_check_by_a_shorter_name(rules: Rules, actual: str, met: bool | None) -> None:
    found = rules.score(name="网络安全等级保护", target="通过三级等保测评", actual=actual, points="10").met
    assert found is met if met else not found
