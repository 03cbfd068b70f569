"""Nothing in a cell is lost: what it says is in its reading, named beside it, or the cell is refused."""

from __future__ import annotations

from pfscore.cells.reader import Refusal
from tests.cells.cells import read
from tests.tables import each

#: A cell and its canonical text, or the code that refuses it. A completion value stands behind 完成值.
CASES = """
# numbers in digits and characters
≥3万五千元 → ≥35000元
3亿五千万元 → 350000000元
完成值 3亿五千万元 → 350000000元
≥三亿5000万元 → ≥350000000元
≥3千五百人 → ≥3500人
≥3千5百人 → ≥3500人
2百五十户 → 250户
1万零五百亩 → 10500亩
≥3万零五百元 → ≥30500元
≥两百5十人 → ≥250人
≥一百03人 → PF309
≥三十03人 → PF309
12000.5万0万元 → PF309
不少于(含7)30人 → PF317
不少于（含30）30人 → ≥30人
70分（含7）以上 → PF317
70分（含70）以上 → ≥70分
30人（含30人）以上 → ≥30人
1,500万元（含1,500万元）以上 → ≥15000000元
（50%±5）mg/L → PF322
（50±5元）毫米 → PF322
（50mg/L±5）mg/L → 45mg/L~55mg/L
12.3/10万元 → PF322
完成值 9.8/10万公里 → PF322
9.8/10万美元 → PF322
9.8/10万人 → 0.0098%
28座。三 → PF317
28座，五百 → PF317
完成值 28座；十二 → PF317
≥3万五万元 → PF309
≥1万2千三百人 → ≥12300人
≥5百零六人 → ≥506人
12亿三千4百万元 → 1234000000元
完成值 1万五千人次 → 15000人次
≥5千五百万元 → ≥55000000元
# money and times of several units
10元三角八分 → 10.38元
十元三角八分 → 10.38元
十元三角 → 10.3元
3元5角 → 3.5元
3元5角2分 → 3.52元
完成值 10元三角八分 → 10.38元
三小时二十分 → 10/3小时
≥三小时二十分 → ≥10/3小时
3小时20分 → 10/3小时
两小时三十分钟 → 2.5小时
1小时20分30秒 → 161/120小时
一年零三个月 → 15个月
1年3个月 → 15个月
≤1年零6个月 → ≤18个月
两年零六个月 → 30个月
一年三个月 → 15个月
一年三次 → 3次/年
一年两次培训 → 一年两次培训 !level
≥3米五 → ≥3.5米
≥3米5 → ≥3.5米
三米五 → 3.5米
5块五 → 5.5元
≥3人五 → PF317
≥3次五 → PF317
# powers and letters
≥1e5 → ≥100000 !scientific
1E-3 → 0.001 !scientific
9.00E-02 → 0.09 !scientific
1.2E+05元 → 120000元 !scientific
≤1.2e-3% → ≤0.0012% !scientific
1.2E4万元 → 120000000元 !scientific
-1.2E4 → -12000 !scientific
1.2E4-1.5E4吨 → 12000吨~15000吨 !scientific
完成值 1E5 → 100000 !scientific
完成值 约1.3e4人次 → 13000人次左右 !scientific
8.88E-16 → PF311
1.23456789012345E-05 → PF311
1e99 → PF310
1E → 1[E]
≥10w → PF331
10w人 → PF331
≥10W元 → PF331
2.5w → PF331
≥10kW → ≥10kW
60W灯具5盏 → PF317
≥3.5×10⁴ → ≥35000
≥3.5×10^4元 → ≥35000元
1.5×10⁶吨 → 1500000吨
10⁴人 → 10000人
3×10⁻² → 0.03
3.5×10⁴万元 → 350000000元
-3×10^2 → -300
1.2×10^+4 → 12000
3×10-2 → PF317
≥½ → ≥50%
½ → 50%
≥⅔ → ≥2/3
1½小时 → 1.5小时
¾以上 → ≥75%
# notes
≥95%¹ → ≥95% !note_mark
≥95%① → ≥95% !note_mark
≥95%[1] → ≥95% !note_mark
≥95%［注1］ → ≥95% !note_mark
≥95%（注） → ≥95% !note_mark
90%* → 90% !note_mark
≥30人² → ≥30人 !note_mark
≥95¹ → PF302
3米² → PF302
完成值 98%① → 98% !note_mark
# units and currencies
≥3万元欧元 → PF322
≥3万元（美元） → PF322
≥3万元(港币) → PF322
≥3万元（人民币） → ≥30000元
≥3万美元 → ≥30000美元
≥$3万 → ≥30000美元
美元3万 → PF322
人民币3万元 → 30000元
≥€300 → ≥300欧元
300元€ → PF302
≥5公里米 → PF322
≥5%‰ → PF322
30万元% → PF302
5℃% → PF302
发行总额（亿）10.00 → 1000000000
发行总额（亿元）10.00 → 1000000000元
经费（万）≥500 → ≥5000000
经费（万）≥500万 → PF323
400元/人、天 → 400元/人·天
30元/亩、年 → 30元/亩·年
≤120元/人、次 → ≤120元/人·次
完成值 400元/人、天 → 400元/人·天
# products and scales
0.6*0.6 → PF317
0.6×0.6 → PF317
60*60 → PF317
7×24小时 → 168小时
5×8小时 → 40小时
24×7小时 → 168小时
3×20米 → PF317
# conditions and baselines
≥90%或达到优秀 → ≥90%或达到优秀
≥90%或优秀 → ≥90%或优秀
95%以上或评为优秀等次 → ≥95%或评为优秀等次
≥上年度的105% → 增长≥5% !share_of_base
≥上年的105% → 增长≥5% !share_of_base
不低于上年的95% → 下降≤5% !share_of_base
达到去年的110% → 增长≥10% !share_of_base
完成值 为上年的105% → 增长5% !share_of_base
完成值 达到年度目标的105% → 105%
# dates
20241231前 → 20241231前 !deadline
完成值 20241231前 → 20241231前 !date
2024-12-31 00:00:00 → 2024-12-31 00:00:00 !deadline
完成值 2024-12-31 00:00:00 → 2024-12-31 00:00:00 !date
完成值 2024/1/5 0:00:00 → 2024/1/5 0:00:00 !date
完成值 2024/1/1 10:00 → 2024/1/1 10:00 !date
完成值 2024-12-31T00:00:00 → 2024-12-31T00:00:00 !date
20241331前 → PF321
20241231 → PF331
# damage
第O份 → PF307
第l期 → PF307
到0次 → PF318
完成值 到0次 → PF318
一 → PF301
完成值 一 → PF301
— → PF301
≥3.个 → PF309
95%/个 → PF317
3个+宣传 → PF315
# none and parts
零 → 0
=零 → =0
≤零 → ≤0
完成值 零 → 0
≥零点五 → ≥0.5
≥〇点五 → ≥0.5
零点五 → 0.5
零次 → 0次
零事故 → 零事故 !level
八五折 → 85%
≥8折 → ≥80%
≤8.5折 → ≤85%
九折 → 90%
85折 → 85%
# about
≥三十几万元 → PF331
20余万人 → 200000人左右 !odd
≥20余万人 → ≥200000人 !odd
二百余万元 → 2000000元左右 !odd
十几个 → 10个左右 !odd
三十多人 → 30人左右 !odd
≥100余人 → ≥100人 !odd
几十万元 → 几十万元 !level
# brackets
（≥90%） → ≥90%
(≥3次) → ≥3次
（95%以上） → ≥95%
（5%） → PF331
（5） → PF309
100%（1.0） → 100%
完成值 100%（1.0） → 100%
98%（0.98） → 98%
100%（0.9） → PF317
# intervals as results
完成值 18-22℃ → 18℃~22℃
完成值 90%-95% → 90%~95%
完成值 100±5 → 95~105
完成值 22-18℃ → PF319
# seen by fresh eyes
3个半小时 → 3.5小时
1万3千5百 → 13500
300人民币 → 300元
85折优惠 → 85%
20来人 → 20人左右 !odd
2024123前 → PF321
≥上年105% → 增长≥5% !share_of_base
不低于2023年的105% → 增长≥5% !share_of_base
O个 → PF307
O → PF307
# what is said again
95%以上（含95%） → ≥95%
95%以上（含90%） → PF317
30人以上（含30人） → ≥30人
数据≤差错率≤3‰ → PF313
≥接待观众50万人次以上 → PF313
30-50人以上 → PF314
≥±5% → PF314
3-5天左右 → 3天~5天 !around
5人。= → PF316
# names keep their numerals
≥3个二等奖 → ≥3个
≥10家三甲医院 → ≥10家
≥2台10kV变压器 → ≥2台
≥5个一村一品项目 → ≥5个
新建四好农村路≥20公里 → ≥20公里
建设5G基站≥30座 → ≥30座
PM2.5≤35μg/m³ → ≤35μg/m³
统一10个标准 → 10个
一次性补助≥200人 → ≥200人
三公经费≤50万元 → ≤500000元
两会期间保障3次 → 3次
十四五规划项目≥3个 → ≥3个
十四五10个项目 → 10个
≥3名一线工人 → ≥3名
≥2所九年一贯制学校 → ≥2所
≥5名三支一扶人员 → ≥5名
三八红旗手≥5名 → ≥5名
"""


def _cases() -> list[tuple[str, str, str]]:
    found = []
    for line in CASES.splitlines():
        if "→" in line:
            cell, _, reading = line.partition(" → ")
            side = "actual" if cell.startswith("完成值 ") else "target"
            found.append((side, cell.removeprefix("完成值 "), reading))
    return found


@each(("side", "text", "expected"), _cases())
def test_a_cell_is_read_whole_or_refused(side: str, text: str, expected: str) -> None:
    reading, _, said = expected.partition(" !")
    found = read(side, text)
    if isinstance(found, Refusal):
        assert found.code == reading
        assert found.diagnostic.span is not None
        return
    assert str(found) == reading
    assert not said or said in {str(found.kind_name()), *(one.key for one in found.assumptions)}
    assert read(side, str(found)) == found
