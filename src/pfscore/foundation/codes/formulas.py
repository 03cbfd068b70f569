"""The codes of formulas (PF4xx): reading (PF40x), meaning (PF41x, PF42x), computing (PF43x)."""

from pfscore.foundation.text import Message

FORMULAS: dict[str, Message] = {
    "PF401": Message("公式里不能有的字符", "character not allowed in a formula"),
    "PF402": Message("公式里此处不该有的词或符号", "word or sign out of place in a formula"),
    "PF403": Message("公式不完整", "formula breaks off"),
    "PF404": Message("公式是空的", "empty formula"),
    "PF405": Message("公式太长", "formula too long"),
    "PF406": Message("公式嵌套太深", "formula nested too deep"),
    "PF407": Message("公式的部分太多", "formula with too many parts"),
    "PF408": Message("公式里的数位数太多", "number with too many digits"),
    "PF410": Message("不认识的名称", "unknown name"),
    "PF411": Message("不认识的函数", "unknown function"),
    "PF412": Message("函数的参数个数或次序不对", "wrong arguments of a function"),
    "PF413": Message("函数没有这个参数，或给了两次", "no such parameter, or given twice"),
    "PF414": Message("参数不在可写的选项内", "option not allowed"),
    "PF415": Message("数值与真假混用", "number and truth value mixed up"),
    "PF416": Message("公式得出的不是所要的", "formula gives the wrong kind"),
    "PF417": Message("函数与名称混用", "function and name mixed up"),
    "PF418": Message("连写的比较方向不一致", "chained comparison points both ways"),
    "PF419": Message("四舍五入的位数不对", "bad number of digits to round to"),
    "PF420": Message("除数写成了 0", "division by a written zero"),
    "PF421": Message("给函数的常数不符合要求", "constant breaks a requirement"),
    "PF430": Message("除数等于 0", "division by zero"),
    "PF431": Message("要求不成立", "requirement does not hold"),
    "PF432": Message("数的位数太多", "number too large"),
    "PF433": Message("没有给出所需的值", "value not given"),
}
