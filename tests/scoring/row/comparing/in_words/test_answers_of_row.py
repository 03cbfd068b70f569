"""Words that answer words, judged beside the row's name: a core and additions that take nothing back."""

from __future__ import annotations

import pytest

import pfscore
from pfscore.cells.lexicon.undone import is_stage_before
from pfscore.foundation.runtime.resources import section_lines, section_words
from tests.scoring.row.written import rows

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
谈话室改造成本 | ≤预算数 | 未超预算
谈话室改造成本 | ≤预算批复数 | 未超出预算
在押人员伙食标准 | 不低于省定标准 | 按省定标准执行
检测方法 | 不低于国家标准 | 均符合国家标准
检测方法 | 符合国标 | 严格按国标执行
档案数字化平台 | 建成 | 平台已建成并上线运行
地方志编纂 | 完成 | 已完成编纂
台网 | 正常运行 | 台网运行正常，未出现中断
残疾人辅具发放 | 应发尽发 | 应发尽发，惠及残疾人412名
缓解学生就学压力 | 有效缓解 | 有效缓解了学生就学压力
县史馆布展 | 完成布展并对外开放 | 布展已完成，已对外开放
教育扶贫带动作用 | 明显 | 带动脱贫户增收明显
特色产业促增收 | 显著 | 促进村民增收效果显著
带动就业 | 明显 | 带动周边群众就业效果明显
农村学校煤炭储备 | 充足 | 煤炭储备充足，运行正常
防汛物资储备 | 充足 | 物资储备充足，满足抢险需要
工程质量 | 合格 | 工程质量合格，达到设计标准
校舍维修质量 | 合格 | 维修工程符合规范要求，验收合格
校舍竣工验收 | 通过验收 | 已通过县住建局组织的竣工验收
系统验收 | 验收合格 | 已通过专家组验收
营养餐资金 | 及时足额拨付 | 按期全额拨付到各学校
基本公卫补助资金 | 及时足额 | 已按时足额拨付至各乡镇卫生院
环境监测报告 | 按时提交 | 已如期提交至省厅
种苗供应 | 及时 | 种苗及时供应到户
高龄津贴 | 足额发放 | 已全额发放至老人账户
补贴资金 | 及时足额发放 | 补贴资金已按时足额兑付到户
助学金发放 | 开学前发放到位 | 开学前已全部发放到位
防汛物资发放 | 汛前发放到位 | 已于汛前全部发放到位
辅警工资发放 | 按月发放 | 每月按时发放
低保资金发放 | 按月足额发放 | 每月足额发放到位
卫生院改扩建工程 | 完工 | 已于11月全部完工
安防工程建设 | 年底前完成 | 已全部完成
值班值守 | 24小时 | 24小时值守
文化馆免费开放 | 全年 | 全年免费开放
群众出行条件 | 改善 | 群众出行条件得到改善，出行更加便捷
居民健康素养 | 逐步提高 | 居民健康素养水平稳步提高
惠民政策落实 | 全面落实 | 惠民政策已全面落实到位
垃圾清运及时性 | 及时 | 日产日清，清运及时
孤儿基本生活费 | 按季度 | 每季度末发放
乡村医生待遇 | 提高 | 乡村医生待遇明显提高
优抚对象待遇 | 落实 | 优抚对象各项待遇得到落实
项目受益群众评价 | 满意 | 受益群众非常满意
信息发布及时性 | 及时 | 信息发布及时准确
传染病疫情报告 | 及时 | 疫情报告及时、准确
项目管理 | 规范 | 项目管理规范有序
畜禽粪污处理 | 达标 | 畜禽粪污处理达标排放
群众文体活动 | 常态化 | 群众文体活动常态化开展
养护作业质量 | 合格 | 养护作业质量检验合格
公路安全畅通 | 保障畅通 | 保障了公路安全畅通
防汛抢险物资 | 满足需要 | 物资充足，满足防汛需要
农业保险理赔 | 及时赔付 | 及时足额赔付到农户
环境污染投诉处理 | 及时处理 | 投诉均及时处理并回复
调研报告 | 按时完成 | 按时完成并上报
数据安全 | 安全 | 数据安全可控，未发生泄露
补贴发放对象 | 精准 | 发放对象精准，无错发漏发
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
谈话室改造成本 | ≤预算数 | 超预算
谈话室改造成本 | ≥预算数 | 未超预算
在押人员伙食标准 | 不低于省定标准 | 按县定标准执行
在押人员伙食标准 | 不低于省定标准 | 未按省定标准执行
在押人员伙食标准 | 高于省定标准 | 按省定标准执行
在押人员伙食标准 | 不低于省定标准 | 基本按省定标准执行
教育扶贫带动作用 | 明显 | 脱贫户搬迁明显
特色产业促增收 | 显著 | 促进消费增长显著
防汛物资储备 | 充足 | 物资储备充足，部分物资不满足抢险需要
防汛物资储备 | 充足 | 物资储备充足，基本满足抢险需要
校舍竣工验收 | 通过验收 | 已通过县住建局组织的初步验收
校舍竣工验收 | 通过验收 | 已通过监理单位组织的验收
营养餐资金 | 及时足额拨付 | 按期拨付到各学校
营养餐资金 | 及时足额拨付 | 按期全额拨付至财政专户
营养餐资金 | 及时足额拨付 | 按期全额拨付到部分学校
种苗供应 | 及时 | 种苗未及时供应到户
高龄津贴 | 足额发放 | 已发放至老人账户
助学金发放 | 开学前发放到位 | 已全部发放到位
助学金发放 | 开学前发放到位 | 开学后全部发放到位
助学金发放 | 开学前发放到位 | 开学前部分发放
辅警工资发放 | 按月发放 | 按季度发放
辅警工资发放 | 按月发放 | 每月未按时发放
安防工程建设 | 2024年9月底前完成 | 已全部完成
安防工程建设 | 年底前完成 | 基本完成
值班值守 | 24小时 | 24小时左右
供水受益人口 | 2万人 | 2万人左右
文化馆免费开放 | 全年 | 全年未开放
孤儿基本生活费 | 按月 | 每季度末发放
优抚对象待遇 | 落实 | 优抚对象各项待遇有待落实
项目受益群众评价 | 非常满意 | 受益群众满意
项目受益群众评价 | 满意 | 部分群众非常满意
信息发布及时性 | 及时 | 信息发布准确
信息发布及时性 | 及时准确 | 信息发布及时
养护作业质量 | 合格 | 养护作业质量自检合格
防汛抢险物资 | 满足需要 | 物资仅满足部分需要
调研报告 | 按时完成 | 报告已上报，按时完成初稿
"""
#: What falls short: an earlier stage, a part, the opposite or a lower word.
MISSED = """
CT设备购置完成率 | 100% | 已完成招标，设备待到货
精品课程资源库建设 | 建成 | 已纳入下一年度建设计划
全国文明城市创建 | 创建成功 | 获得提名资格
一流课程认定 | 国家级1门 | 省级1门
博士学位授权点申报 | 获批 | 已通过省学位办审核推荐
新增ICU床位 | 投入使用 | 床位已安装到位，待人员配备后启用
矿山复垦 | 通过验收 | 已申请验收
产教融合实训基地 | 建成1个 | 建设方案已经校长办公会审议
小型水库除险加固 | 完成2座 | 2座均已开工
竣工财务决算 | 完成结算审计 | 资料已报送审计机构
行道树成活率 | ≥95% | 补植后可达95%
防诈宣传册发放 | 5000份 | 印制5000份，尚未发放
监理合同签订时间 | 2024年4月30日前 | 4月底启动采购，6月签订
县史馆布展 | 完成布展并对外开放 | 布展已完成，暂未对外开放
疫苗冷链库建设 | 验收合格 | 初验提出整改意见6条
新区规划 | 编制完成 | 完成初稿，已征求意见3轮
医院等级 | 三甲 | 三乙
受灾群众救助到位率 | 100% | 因名册核实原因，部分群众补助顺延发放
电子病历平台科室覆盖率 | 100% | 试点科室已覆盖
编外人员工资发放 | 每月10日前 | 除2月、5月外均按时发放
巡察反馈问题整改率 | 100% | 剩余2项已制定整改措施
农村客运通达 | 乡镇全覆盖 | 覆盖11个乡镇（全县共14个）
公立医院收支 | 收支平衡 | 略有赤字
水利工程质量等级 | 优良 | 合格
政务窗口服务态度 | 热情周到 | 一般
学校国际化水平 | 较高 | 较低
二次供水水压 | 满足用户需求 | 高峰期部分片区水压不足
乡村教师流失 | 有效遏制 | 流失势头仍未得到遏制
供水 | 满足需求 | 供不应求
台企服务平台 | 上线 | 平台开发中
法律援助质量 | 优秀 | 合格
邮政网点改造 | 完成12个 | 12个均已立项
社科课题 | 结题 | 已申请延期结题
职工满意 | 满意 | 不太满意
公务用车平台 | 正常运行 | 系统多次瘫痪
"""
#: What only looks like falling short.
NOT_MISSED = """
变电站建设 | 建成 | 施工完毕，运行良好
泵站采购 | 100% | 已按合同全部到货
招标完成率 | 100% | 已完成招标
专利申请 | 申请5件 | 已受理5件
课题 | 获批市级课题 | 获批省级课题
科室覆盖率 | 100% | 各科室均已覆盖，部分科室提前覆盖
资金兑付率 | 100% | 剩余资金已全部兑付
供水保障 | 保障供水 | 未出现供水保障不足
信息公开 | 公开 | 未发现不公开现象
收支 | 平衡 | 消除赤字
服务态度 | 热情 | 纠正生硬态度
矿山监管 | 规范 | 查处违规开采3起
设备 | 正常运行 | 故障及时排除
设备安装 | 建成 | 已安装，未发现质量问题，建成投用
机制 | 健全 | 填补制度空白
满意度 | ≥90% | 已委托第三方调查
无不良影响 | 无影响 | 一般
合同签订 | 100% | 合同已签订
"""


@pytest.mark.parametrize(("name", "target", "actual"), rows(MET))
def test_a_core_with_harmless_additions_is_met(rules: pfscore.Rules, name: str, target: str, actual: str) -> None:
    assert rules.score(name=name, target=target, actual=actual, points="10").met is True


@pytest.mark.parametrize(("name", "target", "actual"), rows(NOT_MET))
def test_what_takes_something_back_is_not_met(rules: pfscore.Rules, name: str, target: str, actual: str) -> None:
    assert rules.score(name=name, target=target, actual=actual, points="10").met is not True


@pytest.mark.parametrize(("name", "target", "actual"), rows(MISSED))
def test_what_falls_short_is_missed(rules: pfscore.Rules, name: str, target: str, actual: str) -> None:
    assert rules.score(name=name, target=target, actual=actual, points="10", year=2024).met is False


@pytest.mark.parametrize(("name", "target", "actual"), rows(NOT_MISSED))
def test_what_does_not_fall_short_is_not_missed(rules: pfscore.Rules, name: str, target: str, actual: str) -> None:
    assert rules.score(name=name, target=target, actual=actual, points="10", year=2024).met is not False


def test_no_stage_is_missed_by_itself_or_a_later_one(rules: pfscore.Rules) -> None:
    lines = [line for name in ("paper", "purchase", "building") for line in section_lines("stages.txt")[name]]
    for place, line in enumerate(lines):
        for word in line.split():
            for later in (one for other in lines[place:] for one in other.split()):
                assert not is_stage_before(f"完成{word}", f"已{later}", ""), (word, later)


def test_the_words_of_an_actual_are_what_a_target_in_words_reads(rules: pfscore.Rules) -> None:
    found = rules.score(name="疫苗冷链库建设", target="便民", actual="设立服务点6处", points="10")
    assert str(found.cells and found.cells.actual) == "设立服务点6处"
    counted = rules.score(name="投诉", target="零投诉", actual="接到投诉3起", points="10")
    assert (str(counted.cells and counted.cells.actual), counted.met) == ("3起", False)


def _is_met(rules: pfscore.Rules, target: str, actual: str, name: str = "") -> bool:
    return rules.score(name=name, target=target, actual=actual, points="10").met is True


@pytest.mark.parametrize("way", ["in time", "wholly", "well", "by rule", "strictly"])
def test_a_way_that_is_asked_for_must_be_said(rules: pfscore.Rules, way: str) -> None:
    for word in section_words("answers.txt")[way]:
        assert not _is_met(rules, f"{word}报道", "已报道"), word
        assert _is_met(rules, f"{word}报道", f"已{word}报道"), word
        assert _is_met(rules, "报道", f"已{word}报道"), word


def test_words_of_a_line_say_the_same(rules: pfscore.Rules) -> None:
    for line in section_lines("answers.txt")["same"]:
        first = line.split()[0]
        for word in line.split():
            assert _is_met(rules, first, f"已{word}"), (first, word)
            assert not _is_met(rules, first, f"未{word}"), (first, word)
            assert not _is_met(rules, first, f"部分{word}"), (first, word)


@pytest.mark.parametrize("part", ["试点学校", "部分学校", "小学", "3所学校", "未改造学校"])
def test_a_part_is_not_the_whole(rules: pfscore.Rules, part: str) -> None:
    assert not _is_met(rules, "保障", f"{part}得到保障", "学校食堂")
    assert _is_met(rules, "保障", "学校得到保障", "学校食堂")
