"""Rows whose actual is a mark alone: √, ×, TRUE, N."""

from __future__ import annotations

from tests.scoring.row.written import judged

#: Name | unit | target | actual, by what the row comes to.
MET = """
档案移交 | | 完成 | √
是否按期开标 | | 是 | TRUE
是否按期开标 | | 是 | Y
是否公开预算 | | 是 | √
是否存在违规开支 | | 否 | FALSE
资金使用合规性 | | 合规 | √
制度建立 | | 建立 | TRUE
"""
MISSED = """
污水处理厂在线监测联网 | | 联网 | ×
档案移交 | | 完成 | ✗
是否按期开标 | | 是 | false
是否按期开标 | | 是 | N
是否公开预算 | | 是 | X
是否存在违规开支 | | 否 | TRUE
是否存在违规开支 | | 否 | 是
监理报告提交 | | 提交 | ✘
制度建立 | | 建立 | FALSE
福利机构消防验收 | | 通过 | ×
渣土车密闭改装 | | 完成 | ×
是否通过消防验收 | | 是 | FALSE
"""
OPEN = """
是否存在违规开支 | | 否 | √
重大安全事故 | | 无 | √
重大安全事故 | | 无 | ×
培训次数 | | ≥4次 | √
培训次数 | | ≥4次 | ×
"""
JUDGED = judged(MET, MISSED, OPEN)
