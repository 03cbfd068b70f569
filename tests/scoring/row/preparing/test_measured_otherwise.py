"""Amounts in another measure than their target: by scale, by what is measured, by custom, and as so many of those."""

from __future__ import annotations

import pytest

from pfscore.cells.reader import read_actual
from pfscore.cells.readings import Measured
from tests.scoring.row.written import judged

MET = """
游泳馆水温 | | ≥26℃ | 80℉
冷库温度 | | ≤-18℃ | -4℉
恒温库温度 | | ≤25℃ | 77°F
病房温度 | | ≥22℃ | 73.4华氏度
疫苗冷链温度 | | ≤46.4℉ | 8℃
水罐车载水量 | | ≥8吨 | 8000升
污水处理量 | | ≥40万吨 | 42万立方米
年供水量 | | ≥300万立方米 | 312万吨
再生水利用量 | | ≥2000吨/日 | 2100立方米/日
蓄水池蓄水量 | | ≥500方 | 520吨
校园网出口带宽 | | ≥1G | 1000M
视频专线带宽 | | ≥500M | 1G
政务外网带宽 | | ≥1000Mbps | 1G
宽带接入速率 | | ≥1000M | 1Gbps
档案扫描成本 | | ≤0.5元/页 | 35分/页
宣传册印刷单价 | | ≤3角/张 | 28分/张
出口额 | | ≥300万港元 | 320万美元
接地电阻 | | ≤4Ω | 3.2欧姆
造林面积 | | ≥300㏊ | 4800亩
通硬化路村比例 | | ≥2/3 | 24/33个村
公交通达率 | | ≥95% | 118/120个行政村
产品抽检合格率 | | ≥95% | 118/120批次
问题整改率 | | ≥90% | 46/50项
"""
MISSED = """
游泳馆水温 | | ≥26℃ | 77℉
冷藏柜温度 | | ≤8℃ | 50℉
水罐车载水量 | | ≥8吨 | 7500升
污水处理量 | | ≥40万吨 | 38.5万m³
日供水量 | | ≥2000立方米 | 1860吨
卡口专线带宽 | | ≥10G | 8000M
光纤宽带速率 | | ≥1000M | 0.5G
档案扫描成本 | | ≤0.3元/页 | 35分/页
表册印刷费用 | | ≤0.2元/份 | 25分/份
跨境电商进口额 | | ≥5000万美元 | 5100万港元
外贸出口额 | | ≥800万欧元 | 6000万日元
接地电阻 | | ≤4Ω | 5.5Ω
绝缘电阻 | | ≥20MΩ | 800kΩ
造林面积 | | ≥300㏊ | 4200亩
应急广播通村比例 | | ≥三分之二 | 20/33个村
公交通达率 | | 100% | 118/120个村
入户走访率 | | ≥95% | 1860/2000户
"""
LEFT_OPEN = """
柴油储备量 | | ≥8吨 | 8200升
牛奶产量 | | ≥8吨 | 8200升
水泥用量 | | ≥8吨 | 9立方米
混凝土供应量 | | ≥80吨 | 50立方米
存储扩容 | | ≥10G | 8000M
管道长度 | | ≥10G | 8000M
考核得分 | | ≥90元 | 92分
污水处理量 | | ≥2000吨/日 | 65万立方米/年
合同金额 | | ≥300万欧元 | 320万美元
出口额 | | ≥500万英镑 | 560万欧元
接地电阻 | | ≤4Ω | 3.2伏
公交通达率 | | ≥95% | 118个/120户
公交通达率 | | ≥95% | 120/118个村
公交通达率 | | ≥95% | 11/12月
"""
JUDGED = judged(MET, MISSED, LEFT_OPEN)


@pytest.mark.parametrize("sign", ["℉", "㎉", "㏊", "Ω", "\N{OHM SIGN}", "㎈", "㏒", "㍿"])
def test_a_sign_behind_a_number_is_a_unit_or_refused(sign: str) -> None:
    found = read_actual(f"77{sign}")
    assert not isinstance(found, Measured) or found.quantity.unit is not None
