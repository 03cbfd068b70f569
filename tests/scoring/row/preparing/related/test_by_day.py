"""Rows of which an actual tells how much there was on several days, under a target that is to be reached by a day."""

from __future__ import annotations

from tests.scoring.row.written import judged

#: Name | unit | target | actual, by what the row comes to.
MET = """
平台接入厅局数 | | 9月底前接入45个 | 9月底45个，12月底52个
校舍加固栋数 | | 8月底前完成20栋 | 8月底完成20栋，12月底完成24栋
养老床位建设 | | 10月底前≥300张 | 9月底305张，12月底340张
补贴资金拨付率 | | 6月底前达到80% | 6月末82%，12月末100%
电子证照汇聚数 | | 三季度末前≥60类 | 三季度末63类，年底71类
# without a day that it asks for, the last one counts
平台接入厅局数 | | 接入45个 | 9月底38个，12月底45个
"""
MISSED = """
平台接入厅局数 | | 9月底前接入45个 | 9月底38个，12月底45个
电子健康档案建档数 | | 6月底前达到3000份 | 6月底2750份，12月底3040份
完成巡察单位家数 | | 6月底前8家 | 6月底5家，11月底8家
校舍加固栋数 | | 8月底前完成20栋 | 8月底完成17栋，12月底完成20栋
养老床位建设 | | 10月底前≥300张 | 10月底265张（12月底达到310张）
补贴资金拨付率 | | 6月底前达到80% | 6月末71%，12月末100%
电子证照汇聚数 | | 三季度末前≥60类 | 三季度末52类，年底71类
高标准农田建设 | | 11月底前≥2万亩 | 11月底1.6万亩；12月底2.1万亩
奖补资金拨付进度 | | 10月底拨付90% | 10月底拨付76%，12月底拨付95%
# less than that even later on
奖补资金拨付进度 | | 10月底前拨付90% | 截至12月为82%
"""
OPEN = """
奖补资金拨付进度 | | 10月底拨付90% | 截至12月为92%
# between the two
平台接入厅局数 | | 9月底前接入45个 | 6月底38个，12月底45个
# they may be added up, or be of other things
完成巡察单位家数 | | 6月底前8家 | 5月3家，6月5家
完成巡察单位家数 | | 6月底前8家 | 6月底9家，11月底8家
"""
JUDGED = judged(MET, MISSED, OPEN)
