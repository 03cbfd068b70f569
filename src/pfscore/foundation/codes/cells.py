"""The codes for cells that cannot be read."""

from __future__ import annotations

from pfscore.foundation.text import Message

CELLS: dict[str, Message] = {
    "PF301": Message("空白单元格", "blank cell"),
    "PF302": Message("读不懂的写法", "text that cannot be read"),
    "PF303": Message("看不见的字符", "invisible characters"),
    "PF304": Message("网页标记", "markup"),
    "PF305": Message("电子表格公式或错误值", "spreadsheet formula or error value"),
    "PF306": Message("没有填写的占位符", "placeholder that was not filled in"),
    "PF307": Message("形近字符", "look-alike characters"),
    "PF308": Message("乱码", "garbled text"),
    "PF309": Message("数字写法不对", "malformed number"),
    "PF310": Message("数字过长", "number too long"),
    "PF311": Message("浮点误差", "float noise"),
    "PF312": Message("单元格过长", "cell too long"),
    "PF313": Message("比较符号重复", "doubled comparison"),
    "PF314": Message("比较词互相矛盾", "comparisons that contradict each other"),
    "PF315": Message("比较符号位置不对", "comparison in the wrong place"),
    "PF316": Message("缺少数字", "number missing"),
    "PF317": Message("有两个数字，无法判断", "two numbers and no way to tell"),
    "PF318": Message("区间不完整", "incomplete interval"),
    "PF319": Message("区间上下限颠倒", "interval with its ends reversed"),
    "PF320": Message("区间两端单位不同", "interval with two units"),
    "PF321": Message("不存在的日期", "date that does not exist"),
    "PF322": Message("单位重复或冲突", "doubled or conflicting unit"),
    "PF323": Message("单位栏与单元格矛盾", "unit column contradicts the cell"),
    "PF324": Message("单位栏读不懂", "unit column that cannot be read"),
    "PF325": Message("计算符号栏与单元格矛盾", "comparator column contradicts the cell"),
    "PF326": Message("计算符号栏读不懂", "comparator column that cannot be read"),
    "PF327": Message("除以零", "division by zero"),
    "PF328": Message("值栏里是指标名称", "indicator name in the value's cell"),
    "PF330": Message("与单元格外的数比较", "compared with a number that is not in the cell"),
    "PF331": Message("有两种读法", "two readings"),
    "PF329": Message("完成值是区间", "interval as an actual"),
}
