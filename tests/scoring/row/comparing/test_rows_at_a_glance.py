"""Rows that any official judges at a glance, by what they come to, and what the sentences about them say."""

from __future__ import annotations

import pytest

from pfscore.scoring.rules import Rules
from tests.scoring.row.written import judged

#: Name | unit | target | actual, by what the row comes to.
MET = """
# a change goes on, and a state was reached
数据共享机制 | | 完善 | 得到完善
数据共享机制 | | 完善 | 已完善
数据共享机制 | | 不断完善 | 逐步完善
数据共享机制 | | 健全 | 已健全，持续完善
人居环境 | | 改善 | 持续改善
管理水平 | | 提高 | 稳步提高
# a column of dates
工程完工 | 年月 | 2024.12 | 2024.12
工程完工 | 年月 | 2024.10 | 2024.9
工程完工 | 年月 | ≤2024.10 | 2024.9
工程完工 | 年、月 | 2024年10月 | 202409
工程完工 | 年月日 | 2024.10.31 | 20241030
工程完工 | 月日 | 12.31 | 11.30
教材发放完成时间 | | 2024年9月1日之前 | 二〇二四年八月二十八日
教材发放完成时间 | 年月 | 二〇二四年九月一日前 | 2024年8月3日
# ratios of two numbers
测绘成果精度 | | 1:500 | 1:500
生师比 | | ≤18:1 | 17:1
湿地鸟类种群 | | 稳定增加 | 种群数量稳中有升
节能改造项目验收 | | 一次性通过 | 一次性通过验收
节能改造项目验收 | | 通过验收 | 整改后通过
监测站点运行稳定 | | 全年稳定运行 | 全年稳定运行
# a sign behind its number, where the name says which way it is meant
宣传覆盖率 | | 90.00%≤ | 93.00%
疫苗损耗率 | | 3%≥ | 1.2%
培训人数 | 人 | 100≤ | 120
成本 | 万元 | 100≥ | 98
# the mark of a note, and what parts two numbers
车辆购置 | 辆 | 2辆（注①） | 2
车辆购置 | 辆 | 2辆（见备注2） | 2辆[注①]
空气站运维 | | 12个/12个月 | 12个；12个月
# cases: what is done for people is a floor, what should not happen a ceiling
开展远程会诊 | | 200例 | 236例
远程会诊例数 | | 200例 | 236例
开展多学科会诊 | | 60例 | 66例
白内障手术 | | 300例 | 312例
开展白内障复明手术 | | 300例 | 312例
微创手术 | | 120例 | 130例
遗体捐献 | | 20例 | 23例
造血干细胞捐献 | | 5例 | 6例
两癌筛查 | | 3000例 | 3120例
胸痛救治 | | 80例 | 92例
危重孕产妇救治 | | 30例 | 33例
中医诊疗 | | 5000例 | 5200例
义诊 | | 400例 | 430例
康复治疗 | | 260例 | 270例
透析治疗 | | 100例 | 102例
儿童先天性心脏病免费手术 | | 15例 | 16例
法律援助 | | 150例 | 163例
司法救助 | | 20例 | 22例
人民调解 | | 200例 | 212例
介入治疗 | | 90例 | 95例
病理诊断 | | 800例 | 820例
基因检测 | | 500例 | 512例
残疾儿童康复训练 | | 60例 | 63例
器官移植 | | 12例 | 13例
医疗事故 | | 2例 | 1例
医疗投诉 | | 5例 | 4例
医院感染 | | 3例 | 2例
孕产妇死亡 | | 1例 | 0例
手术并发症 | | 4例 | 2例
非计划再次手术 | | 6例 | 3例
输血不良反应 | | 2例 | 1例
"""
MISSED = """
# a state is only coming about
数据共享机制 | | 完善 | 正在完善
数据共享机制 | | 完善 | 持续完善中
数据共享机制 | | 健全 | 正在健全
制度 | | 健全完善 | 正在健全完善
管理制度 | | 完善 | 制度正在完善
# what is still to come, and known not to be there
行道树成活率 | | ≥95% | 补植后可达95%
平台建设 | | 建成 | 将于2025年建成
培训人数 | | ≥100人 | 拟培训120人
# a column of dates
工程完工 | 年月 | 2024.10 | 2025.03
工程完工 | 年/月 | 2024.10 | 2025.03
工程完工 | 年月 | 202410 | 202503
工程完工 | 年月 | 2024.12前 | 2024.12
工程完工 | 日期 | 20241031 | 20241130
工程完工 | 年份 | 2024 | 2025
工程完工 | 年度 | 2024 | 2025
教材发放完成时间 | | 2024年9月1日之前 | 二〇二四年九月二十八日
# a sign behind its number
宣传覆盖率 | | 90.00%≤ | 83.00%
疫苗损耗率 | | 3%≥ | 4.2%
# not finished, not all of it, not the first time, the opposite, a poor result
古建筑修缮进度 | | 完成主体修缮 | 主体修缮尚有扫尾工程
工程建设 | | 完工 | 工程处于收尾阶段
粮库智能化改造 | | 全部完成 | 完成过半
粮库智能化改造 | | 全部完成 | 改造任务完成近半
防汛物资采购到位率 | | 100% | 除冲锋舟外均已到位
防汛物资采购到位率 | | 100% | 除冲锋舟外，其余均已到位
节能改造项目验收 | | 一次性通过 | 整改后通过
节能改造项目验收 | | 一次性通过 | 二次验收通过
法治文化公园建设 | | 建成1个 | 选址已确定
监测站点运行稳定 | | 全年稳定运行 | 除7月雷击造成停机6天外，其余时间稳定运行
促进区域经济发展 | | 促进 | 作用一般
档案保管安全 | | 安全 | 库房漏水，部分档案受潮
湿地鸟类种群 | | 稳定增加 | 种群数量稳中略降
宣传效果 | | 好 | 未达预期
# a harm in another word for it
重大活动保障出错次数 | | 0次 | 发生1次轻微差错，已及时整改，未造成影响
# after the day
土壤详查报告提交时间 | | 12月15日前 | 12月15日后陆续提交
土壤详查报告提交时间 | | 2024年12月31日前 | 12月31日后提交
平台上线时间 | | 11月底前 | 11月20日暂缓上线
土壤详查报告提交时间 | | 2024年12月15日前 | 2024年12月20日以后提交
# cases: what is done for people is a floor, what should not happen a ceiling
开展远程会诊 | | 200例 | 160例
复明手术 | | 300例 | 280例
器官捐献 | | 10例 | 8例
新生儿听力筛查 | | 1500例 | 1460例
先心病救治 | | 12例 | 10例
病理会诊 | | 300例 | 288例
医疗事故 | | 2例 | 3例
院内感染 | | 3例 | 5例
新生儿死亡 | | 2例 | 3例
"""
OPEN = """
# a change that is not over, a state that is only coming about
数据共享机制 | | 完善 | 逐步完善
数据共享机制 | | 完善 | 不断完善
数据共享机制 | | 完善 | 日趋完善
数据共享机制 | | 健全 | 逐步健全
管理制度 | | 完善 | 管理制度得到进一步完善
人居环境 | | 改善 | 正在改善
服务能力 | | 提升 | 提升中
环境 | | 持续改善 | 正在改善
# what is expected is no result
秸秆综合利用率 | | ≥92% | 预计可达92%以上
秸秆综合利用率 | | ≥92% | 预计可达90%
秸秆综合利用率 | | ≥92% | 有望达到95%
设备使用年限 | | ≥8年 | 预计可用10年
设备使用年限 | 年 | ≥8 | 10年（预计）
成本 | | ≤100万元 | 预计95万元
培训人数 | | ≥100人 | 预计培训120人
培训人数 | | ≥100人 | 将培训120人
培训人数 | | ≥100人 | 即将培训120人
# a month without its last zero, a number that is no date, a month or a number of months
工程完工 | 年月 | 2024.12 | 2024.1
工程完工 | 年月 | 100 | 90
工程完工 | 月份 | 10 | 12
# a ratio lends no sign, and 精度 says nothing of its sides
生师比 | | ≤18:1 | 19.5
生师比 | | ≤18:1 | 17
测绘成果精度 | | 1:500 | 1:1000
# what a spreadsheet leaves behind
差旅费 | 万元 | 8.5 | 8.5000000001
差旅费 | 万元 | ≤8.5 | 8.4999999999
# a sign behind its number that the name contradicts, or says nothing of
宣传覆盖率 | | 90.00%≥ | 93.00%
疫苗损耗率 | | 3%≤ | 1.2%
温度 | | 20≤ | 22
空气站运维 | | 12个/12个月 | 11个；12个月
# a blank between two digits parts two numbers
人均补助 | | 90元 | 9 0元
人均补助 | | 90元 | 9　0元
# a harm of another kind
重大活动保障出错次数 | | 0次 | 发生1次投诉
# all but what nobody can help, what was put right, what did not happen
防汛物资采购到位率 | | 100% | 除不可抗力外均已到位
法治文化公园建设 | | 确定选址 | 选址已确定
档案保管安全 | | 安全 | 未发生漏水
档案保管安全 | | 安全 | 漏水隐患已消除
宣传效果 | | 无影响 | 未达预期
# from a day on: nobody knows until when
土壤详查报告提交时间 | | 12月底前 | 12月15日后陆续提交
土壤详查报告提交时间 | | 12月底前 | 12月15日起陆续提交
# cases: what is done for people is a floor, what should not happen a ceiling
试管婴儿周期 | | 100例 | 110例
疑似预防接种异常反应 | | 3例 | 2例
不良反应 | | 5例 | 3例
剖宫产手术 | | 200例 | 180例
人工流产手术 | | 50例 | 40例
传染病病例 | | 10例 | 8例
"""
JUDGED = judged(MET, MISSED, OPEN)


def _sentences(rules: Rules, name: str, target: str, actual: str, unit: str | None = None) -> str:
    """Return all that a row says."""
    found = rules.score(name=name, target=target, actual=actual, unit=unit, points="10")
    said = [one.message.zh for one in found.assumptions] + [one.message.zh for one in found.diagnostics]
    return "\n".join(said)


def test_what_is_expected_is_not_said_to_be_missed(rules: Rules) -> None:
    said = _sentences(rules, "秸秆综合利用率", "≥92%", "预计可达92%以上")
    assert said == "完成值“预计可达92%以上”是预计的数，没有写实际结果"


def test_a_ratio_of_two_numbers_is_said_as_it_is_written(rules: Rules) -> None:
    assert "“1:500”" in _sentences(rules, "测绘成果精度", "1:500", "1:1000")
    assert "“18:1”" in _sentences(rules, "生师比", "≤18:1", "19.5")


LINES = [
    ("1.完成维修≥600盏\n2.亮灯率≥97%", "1.完成维修655盏\n2.亮灯率{}%"),
    ("1、完成维修≥600盏；2、亮灯率≥97%", "1、完成维修655盏；2、亮灯率{}%"),
    ("（1）完成维修≥600盏\n（2）亮灯率≥97%", "（1）完成维修655盏\n（2）亮灯率{}%"),
    ("①完成维修≥600盏\n②亮灯率≥97%", "①完成维修655盏\n②亮灯率{}%"),
]


@pytest.mark.parametrize(("target", "actual"), LINES)
@pytest.mark.parametrize("unit", [None, "盏"])
def test_items_of_a_numbered_list_are_judged_each(rules: Rules, target: str, actual: str, unit: str | None) -> None:
    for rate, met in (("98.4", True), ("96.9", False)):
        found = rules.score(name="路灯维修", target=target, actual=actual.format(rate), unit=unit, points="10")
        assert found.met is met


def test_the_second_number_of_a_cell_is_quoted_whole(rules: Rules) -> None:
    assert "“12个月”是第二个" in _sentences(rules, "空气站运维", "12个/12个月", "11个")


def test_a_date_in_a_sentence_has_one_pair_of_marks(rules: Rules) -> None:
    assert "““" not in _sentences(rules, "发放时间", "每月15日前", "每月12日前").replace("“日期“", "““")


QUOTED = [
    ("产业园区入驻率", "≥80%", "入驻率76%，较上年提高9个百分点", "“较上年提高9个百分点”"),
    (
        "商圈改造拉动投资额",
        "≥2亿元",
        "1.3亿元（受大环境影响，企业投资意愿下降）",
        "“（受大环境影响，企业投资意愿下降）”",
    ),
    ("就业带动作用", "明显", "带动就业320余人", "完成值“带动就业320余人”"),
    ("保障性住房分配套数", "420套", "选房420套，签约388套", "完成值“选房420套，签约388套”"),
]


@pytest.mark.parametrize(("name", "target", "actual", "quoted"), QUOTED)
def test_a_sentence_quotes_what_stands_in_the_cell(
    rules: Rules, name: str, target: str, actual: str, quoted: str
) -> None:
    assert quoted in _sentences(rules, name, target, actual)
