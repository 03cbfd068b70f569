"""The codes of ruleset content (PF2xx) and of embedded examples (PF6xx)."""

from pfscore.foundation.text import Message

RULESETS: dict[str, Message] = {
    "PF201": Message("不认识的键", "unknown key"),
    "PF202": Message("缺少键或内容", "missing key or content"),
    "PF203": Message("值不在可写的范围内", "value not allowed"),
    "PF204": Message("写法的形状不对", "wrong shape"),
    "PF205": Message("不是数", "not a number"),
    "PF206": Message("不是日期", "not a date"),
    "PF207": Message("不是区间", "not a range"),
    "PF208": Message("只能写其中一个", "exactly one of several"),
    "PF209": Message("出处不在依据表中", "cited source is not declared"),
    "PF210": Message("没有依据的规则不能生效", "a rule without evidence is not active"),
    "PF211": Message("版本日期没有递增", "versions are not in order"),
    "PF212": Message("规则代号重复", "duplicate rule id"),
    "PF213": Message("改写上级规则须写 replaces", "replacing a parent's rule must be said"),
    "PF214": Message("overrides 所指的规则不存在", "overrides names no rule"),
    "PF215": Message("上级规则集有误", "bad parent ruleset"),
    "PF216": Message("extends 离开了所在文件夹", "extends leaves the folder"),
    "PF217": Message("分档有空缺", "gap between bands"),
    "PF218": Message("分档重叠", "bands overlap"),
    "PF219": Message("各一级指标分值之和与满分不符", "blocks do not add up"),
    "PF220": Message("等级次序有误", "grades are not in order"),
    "PF221": Message("所删除的规则不存在", "removed rule does not exist"),
    "PF222": Message("没有写怎样评分", "nothing says how to score"),
    "PF223": Message("此日没有生效的规则", "nothing in force on that day"),
    "PF224": Message("没有指明日期", "no date given"),
    "PF225": Message("没有这个规则集", "no such ruleset"),
    "PF226": Message("编译文件已过时", "compiled file is stale"),
    "PF227": Message("规模超过限度", "too large"),
    "PF228": Message("依据 key 重复", "duplicate source key"),
    "PF229": Message("折算没有写取整", "rescaling without rounding"),
    "PF230": Message("比例超出 0 到 100%", "share outside 0 to 100%"),
    "PF231": Message("同一说法写在两处", "a word stands in two places"),
    "PF232": Message("另据所指的键没有写", "further citation for a key that is not there"),
    "PF240": Message("规则从不起作用", "rule never applies"),
    "PF241": Message("有些行没有规则", "rows without a rule"),
    "PF242": Message("几条规则会同时适用", "rules would apply together"),
}

EXAMPLES: dict[str, Message] = {
    "PF601": Message("例子没有写应得的分", "example expects nothing"),
    "PF602": Message("例子太少", "too few examples"),
    "PF603": Message("例子的得分不符", "example scores differently"),
    "PF604": Message("例子落到了别的规则", "example is scored by another rule"),
    "PF605": Message("例子重复", "example stands twice"),
}
