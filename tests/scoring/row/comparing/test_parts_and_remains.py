"""What was sent back, taken away again or left over, and numbers behind words that say what something came to."""

from __future__ import annotations

from pfscore.cells.reader import read_actual
from tests.scoring.row.written import judged
from tests.tables import each

MET = """
困难群众救助人数 | | ≥900人 | 救助1020人，其中重复登记10人
设备采购 | | 10台 | 采购10台，无退货
存量危房 | | 0户 | 无
教材发放 | | 2024年9月底前发放 | 8月发放，10月验收
就业率 | | ≥90% | 提高为92%
办公面积 | | ≤500平方米 | 压减为480平方米
图书采购 | | 8000册 | 到馆8000册，已编目上架
教师招聘 | | 12人 | 到校12人
垃圾桶配送 | | 500个 | 配送510个
"""
MISSED = """
执法船采购 | | 10艘 | 到货10艘，2艘退回厂家
# all of it went back
执法船采购 | | 10艘 | 到货10艘，因船体材质与投标文件不一致，整批退回厂家
终端采购 | | 60套 | 已供货60套，验收时发现参数虚标，拒收
设备采购 | | 10台 | 采购10台，退货
# it was reached, and taken away again
项目终验 | | 通过 | 终验已通过，后因重大缺陷撤销验收结论
高企认定 | | 获得认定 | 已获得认定，后被撤销
文明单位 | | 获得 | 已获得，后因违规被摘牌
# some are left where there are to be none
存量危房 | | 0户 | 尚有3户未完成拆除
存量危房 | | 0户 | 还有3户
欠薪人数 | | 0人 | 尚余5人未支付
闲置校舍 | | 0处 | 剩余2处待盘活
# the later date is of what was to be done
补贴发放 | | 2024年6月底前发放到户 | 资金6月拨至乡镇，8月中旬打卡到户
教材发放 | | 2024年9月底前发放 | 8月采购，10月发放
# what it came to
研修班期数 | | 6期 | 原定6期，压减为4期
就业率 | | ≥90% | 提高为88%
文化站设备配送 | | 18个乡镇 | 已采购18套，配送到位15个乡镇
农村饮水工程受益人口 | | 1.1万人 | 水源不足，实际受益6800人
"""
OPEN = """
# the part is what the row is about
主体工程完成时间 | | 2024年4月30日前 | 2024年4月28日完成主体工程，11月完成尾工
首批设备到货时间 | | 2024年6月底前 | 6月20日首批到货，9月全部到货
执法船采购 | | 10艘 | 到货10艘，整批退回厂家，重新采购10艘
执法船采购 | | 10艘 | 到货10艘，全部退回，已重新到货并验收
违规收费清退 | | 50万元 | 清理50万元，全部退回
项目终验 | | 通过 | 终验已通过，后因疫情取消庆祝活动
高企认定 | | 获得认定 | 已获得认定，未被撤销
存量危房 | | 0户 | 尚有3户，已全部拆除
投诉件数 | | 0件 | 还有3件咨询
补贴发放 | | 2024年6月底前 | 资金6月拨至乡镇，8月中旬到户
"""
JUDGED = judged(MET, MISSED, OPEN)


@each("verb", ["减少", "压减", "压缩", "缩减", "降低", "下降", "提高", "提升", "增加", "增长"])
def test_what_something_came_to_is_no_change_by_that(verb: str) -> None:
    assert str(read_actual(f"{verb}为4期", None)) == str(read_actual(f"{verb}至4期", None)) == "4期"
