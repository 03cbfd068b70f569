"""Answers in words: what was not done, is late or has only begun is missed; what says so of something else is not."""

from __future__ import annotations

from pfscore.scoring.rules import Rules
from tests.scoring.row.written import rows
from tests.tables import each

#: Name, target, actual: any official says no at a glance.
MISSED = """
初步设计批复 | 取得初步设计批复 | 正在报批
养老服务中心建设 | 建成并投入运营 | 已启动建设
公租房分配入住 | 全部分配入住 | 部分完成
创建国家卫生县城 | 创建成功 | 未能通过国家评审
成果转化合同额 | ≥300万元 | 未实现转化
黑臭水体治理 | 全面消除 | 尚余2条未消除
土壤污染修复面积 | 完成修复1.2万平方米 | 招标流标两次，未开工
松材线虫病疫点 | 拔除2个 | 未拔除，新增1个
消防救援站建设 | 2座 | 均已开工，尚未投入使用
消防车采购 | 3辆，12月10日前交付 | 3辆已签合同，未交付
A级景区创建 | 新增4A级景区1家 | 创建材料已上报，待评定
非遗传承人培训 | 40人次 | 未开展（经费被统筹收回）
软件测评 | 通过等保三级测评 | 测评中
资产盘活收入 | 800万元 | 流拍，未取得收入
保障性住房开工率 | 100% | 未全部开工
违法建设拆除 | 存量清零 | 仍有1.3万平方米未拆除
国土空间规划编制 | 年内获省政府批复 | 已上报省政府，年内未获批复
民族团结示范单位 | 命名6家 | 拟命名6家，待发文
项目结题率 | 100% | 申请延期结题
实验室认证 | 获得CNAS认可 | 年内未提交申请
长效管理机制 | 建立健全 | 正在研究制定
可持续影响 | 持续提升 | 未见明显提升
低保应保尽保情况 | 应保尽保 | 个别对象未纳入保障
政协提案按时办复 | 按时办复 | 2件逾期办复
规范性文件备案及时率 | 100% | 1件超期报备
地质灾害群测群防点 | 不缺岗、不漏报 | 漏报1次
取水许可违规审批 | 无违规审批 | 发现违规审批3件
征兵退兵数 | 无责任退兵 | 责任退兵1人
价格监测报送 | 按时报送，无迟报 | 迟报2期
广播电视安全播出 | 零停播 | 停播2次共35秒
隐患排查情况 | 不漏一户 | 漏查5户
市场主体增长率 | ≥10% | 增长率为负
资金拨付及时性 | 及时拨付 | 拨付不及时，平均滞后21天
防汛物资采购完成时间 | 2023年5月底前 | 2023年6月12日完成，逾期12天
智慧政务平台上线时间 | 2023年10月31日前 | 推迟到2024年一季度
网站无障碍改造 | 6月30日前完成 | 7月2日完成，晚2天
道路改造工程进度 | 年底前竣工验收 | 工程已完工，尚未组织竣工验收
防震减灾科普馆开馆 | 2023年5月12日 | 因消防验收未通过未能开馆
殡葬改革公墓建设 | 年底前投入使用 | 受邻避影响未动工
设备采购到货时限 | 合同签订后60日内 | 合同签订后75天到货，逾期15天
国家自然科学基金立项数 | 12项 | 9项（差3项）
班主任培训期数 | 4期 | 3期，第4期推迟至次年
加装电梯 | 完成30部 | 完成17部，在建9部，4部居民意见不统一未启动
应急广播终端覆盖率 | 100% | 97%（2个村因断路无法安装）
民兵训练任务 | 完成率100% | 完成率95%，缺训6人
文物保护单位修缮个数 | 1个 | 未完成
项目竣工 | 竣工验收 | 主体完工，未验收
案件办结率 | ≥95%且无超期 | 96%，超期2件
执法记录仪配备数 | ≥20台 | 少配备20台
执法记录仪配备数 | ≥20台 | 缺配20台
执法记录仪配备数 | 150台 | 少配备20台
路灯安装数 | ≥20盏 | 少安装了20盏
法律援助案件办结率 | 100% | 除3件在办外均已办结
村级卫生室覆盖率 | 全覆盖 | 除两个行政村外实现全覆盖
高标准农田建设面积 | 20000亩 | 部分完成
高标准农田建设面积 | 20000亩 | 大部分已完成
"""
#: Rows that were reached, or of which only a person can tell.
NOT_MISSED = """
三公经费支出 | 不超预算 | 未超预算
网络安全 | 不发生网络安全事件 | 未发现问题
项目开工 | 启动建设 | 已启动建设
长效机制 | 持续推进 | 正在持续推进中
按时办结 | 按时办结 | 均已按时办结，无逾期
投诉件数 | ≤3件 | 未收到投诉
危房改造 | 全部完成 | 已全部完成，未发生事故
公路养护 | 100% | 完成120%，3户未入住
逾期率 | ≤5% | 逾期3笔
停播 | 零停播 | 停播0次
漏报 | 不漏报 | 未漏报
资金拨付 | 及时拨付 | 已及时拨付，尚未收到发票
设备采购 | 12月底前完成 | 已完成采购，尾款待支付
未成年人保护 | 有效保护 | 未成年人得到保护
开展核酸检测 | 根据疫情需要开展 | 未开展
院内感染暴发事件 | 不发生 | 发生1例疑似，未形成暴发
满意度 | 满意 | 未开展负面宣传，群众满意
少数民族学生资助 | ≥20人 | 少数民族学生25人
执法记录仪配备数 | ≥20台 | 至少配备20台
防火隔离带开设长度 | 40公里 | 除完成40公里外，另新增2公里
事故起数 | ≤3起 | 除1起外均已处理
高标准农田建设面积 | 20000亩 | 基本完成
"""
#: A part, a narrower scope, another group, a further condition, or a cell against itself: only a person can tell.
OPEN = """
案件办结数 | ≥3件 | 除3件在办外均已办结
补贴发放时间 | 6月底前 | 6月底前部分发放
工程完工时间 | 10月底前 | 10月底前基本完工
工程完工时间 | 10月底前 | 10月底前完成主体工程
居民收入增长率 | 高于全省平均水平 | 较上年增长6.8%
居民收入增长率 | 高于全省平均水平 | 较上年提高1.2个百分点
安全事故 | 不发生 | 未发生重大安全事故
安全事故起数 | 0起 | 未发生重大安全事故
公共安全责任事故 | 不发生 | 未发生特大责任事故
宣传片制作及播出 | 制作3部并在省台播出 | 3部
宣传片制作 | 制作3部并播出 | 制作3部
系统建设 | 建设1套并上线运行 | 1套
群众满意度 | ≥90% | 满意度没有达到90%，为91.4%
水质达标率 | ≥90% | 未达到90%，实际92%
水质达标率 | ≥90% | 未能达到90%的目标，为92%
居民收入增长率 | 高于全省平均水平 | 有所提高
"""
MET = """
工程完工时间 | 10月底前 | 10月底前完工
主体工程完工时间 | 10月底前 | 10月底前完成主体工程
补贴发放时间 | 6月底前 | 6月底前全部发放
居民收入增长率 | 高于上年 | 较上年增长6.8%
脱贫人口人均纯收入增速 | 高于全县农民人均可支配收入增速 | 高出2.1个百分点
重大安全事故 | 不发生 | 未发生重大安全事故
安全事故 | 不发生 | 未发生安全事故
宣传片制作 | 制作3部并播出 | 制作3部并播出
宣传片制作 | 制作3部并播出 | 3部，均已播出
系统建设 | 建设1套并上线运行 | 建设1套，已上线运行
群众满意度 | ≥85% | 满意度没有达到90%，为86.4%
居民收入增长率 | 高于全省平均水平 | 高于全省平均水平
"""


@each(("name", "target", "actual"), rows(MISSED))
def test_what_was_not_done_is_missed(rules: Rules, name: str, target: str, actual: str) -> None:
    found = rules.score(name=name, target=target, actual=actual, points="10")
    assert found.met is False
    assert found.assumptions


@each(("name", "target", "actual"), rows(NOT_MISSED))
def test_what_was_done_is_not_missed(rules: Rules, name: str, target: str, actual: str) -> None:
    assert rules.score(name=name, target=target, actual=actual, points="10").met is not False


@each(("name", "target", "actual"), rows(OPEN))
def test_what_says_less_than_its_row_is_left_open(rules: Rules, name: str, target: str, actual: str) -> None:
    found = rules.score(name=name, target=target, actual=actual, points="10")
    assert found.met is None
    assert [one.code for one in found.diagnostics] == ["PF516"]


@each(("name", "target", "actual"), rows(MET))
def test_what_says_as_much_as_its_row_is_met(rules: Rules, name: str, target: str, actual: str) -> None:
    assert rules.score(name=name, target=target, actual=actual, points="10").met is True


def test_a_denied_number_is_not_denied_twice(rules: Rules) -> None:
    found = rules.score(name="群众满意度", target="≥90%", actual="满意度没有达到90%，为86.4%", points="10")
    assert found.met is False
    assert not any("没有低于" in one.message.zh for one in found.assumptions)


def test_frames_keep_the_numbers_of_words_apart(rules: Rules) -> None:
    cells = {"name": "入住率", "actual": "98%（2个村因断路无法安装）", "points": "10"}
    found = [
        one.met for one in rules.score_many([{**cells, "target": target} for target in ("≥100%", "≥95%", "≥100%")])
    ]
    assert found == [False, None, False]
