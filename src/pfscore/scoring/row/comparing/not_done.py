"""Answers in words that say that what was asked for was not done, is late, or has only begun."""

from __future__ import annotations

import re
from fractions import Fraction

from pfscore.cells.lexicon.directions import Side
from pfscore.cells.lexicon.quantities import Quantity
from pfscore.cells.lexicon.units import RATIO
from pfscore.cells.readings import (
    UPPER,
    Actual,
    AllOf,
    Assumption,
    Bound,
    Deadline,
    Level,
    Reading,
    TargetKind,
)
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.folding import fold
from pfscore.foundation.text import Message
from pfscore.scoring.row.comparing.comparison import BY_HAND, Comparison

_TIMES = frozenset({"时间", "月", "工作日", "工作时间"})
_CLAUSE = re.compile(r"[,;。()]+")
#: 因场地未落实, 受疫情影响: why it was not done; what follows it in the clause still counts.
_REASON = re.compile(r"^(?:[^因]{0,6}原因[:是为]?|因|由于|受)[^,;。]*?(?:影响|限制|原因|制约)?(?=$|未|没|暂|尚|仅|只)")
_DONE_WORDS = (
    "完成|完工|开展|实施|启动|开工|动工|开馆|建成|建设|竣工|验收|通过|交付|投入|投用|到位|拨付|支付|发放|落实|达到|达标|达成|实现|取得|获得|获批|获|批复"
    "|提交|申报|申请|组织|举办|召开|形成|出台|印发|建立|制定|签订|采购|招标|入住|入库|纳入|整改|办结|消除|拆除|拔除|搬迁|安装|覆盖|全部|全面|完全"
    "|按时|按期|及时|如期|足额|能|得到|解决|返校|公开|公示|上线|运行|使用|结题|发表|授权|认定|评定|命名|转化|兑现|执行|更新|正式|到账|达产|投产"
)
_NOT_DONE = re.compile(
    rf"(?:尚未|暂未|仍未|还未|均未|未曾|未|没有|没能|没)(?:再|有)?(?:{_DONE_WORDS})(?![^,;。]{{0,2}}(?:负面|违|不良|超)|[^,;。]{{0,6}}(?:调查|测评|问卷|评估|统计))"
    r"|未见(?=明显|成效|效果|提升|改善|好转|增长|起色|到)|无法[一-龥]|难以[一-龥]|无(?:进展|成效|效果)"
    r"|不(?:及时|到位|达标|合格|明显|完善|健全|规范|充分|理想)(?!率|[一-龥]{0,4}(?:问题|情况)?(?:整改|已))"
    r"|(?:尚|还|仍)?[差缺][一-龥]{0,2}[0-9]|(?:尚|仍|还)(?:余|有|剩|欠)[^,;。]{0,12}(?:未|没|待|需|在建|在办|缺口)"
    r"|流拍|流标|流产|落空|失败|泡汤|搁置|停滞|停工|暂停|取消|终止|中止|未果|部分完成|增长率为负|负增长"
)
_DENIED = "(?<![未无没不零])(?<!没有)(?<!出现)(?<!发生)(?<!存在)(?<!杜绝)(?<!避免)(?<!防止)"
_LATE = re.compile(
    rf"{_DENIED}(?:逾期|超期|延期|推迟|延迟|延后|延误|拖延|滞后|脱期|误期|迟报|延至|晚于|晚(?=[0-9了]))(?!率|[一-龥]{{0,2}}0(?![.0-9]))"
)
_BEGUN = re.compile(
    r"正在[一-龥]{2}|^(?:工程|项目|目前)?(?:已|均已|仅|刚|已经|现已)?(?:启动|开工|动工|着手|开始|招标|挂网|立项|签合同|签订合同)(?!仪式|资金)"
    r"|(?:已|材料|方案)(?:上报|申报|报批|送审|报送)|(?<![其之期集])(?<!过程)中$|^待(?!遇|业)[一-龥]{2}|^拟[一-龥0-9]{2}"
)
#: What goes on, and is asked for as such.
_GOES_ON = re.compile(r"持续|长期|推进|开展|常态|不断|逐步|启动|开工|动工|申报|上报|报送|开始|招标|立项|签订")
_DONE = re.compile(
    r"(?<![未没])(?:已|全部|均已|按时|按期|如期|提前|顺利|圆满|超额)(?:全部|全面|按时|按期|如期|圆满|顺利)?(?:完成|完工|建成|竣工|通过|达标|交付|办结|到位)"
)
#: 根据疫情需要开展: nobody can tell whether it had to be done.
_IF_NEEDED = re.compile(r"根据|视情|视[^,;。]{0,6}而定|按需|需要时|需要开展|如有|适时|必要时|酌情|择机")
#: 无违规审批, 零停播, 不漏报: what is not to happen.
_NOT_TO_HAPPEN = re.compile(
    r"(?:无|零|没有|未发生|未出现|不发生|不出现|不存在|杜绝|避免|防止|严禁|不)(?P<what>[一-龥]{2,10})(?=$|[,;。、()])"
)
_OF_HARM = re.compile(r"不发生|不出现|不存在|未发生|未出现|无|零|没有|杜绝|避免|防止|严禁")
_HAPPENS = frozenset({"发生", "出现", "存在", "问题", "情况"})
_LEAKS = re.compile(r"不漏一?[户人项个件]")


_NUMBER = re.compile(r"(?<![第0-9.])(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?)(?P<scale>[万亿])?(?P<share>%)?(?!年|[0-9])")
_SCALES = {None: 1, "万": 10_000, "亿": 100_000_000}


def answered_in_words(
    found: Comparison, target: Reading, actual: Actual, texts: tuple[str, str], side: Side | None
) -> Comparison:
    """Return that a target is missed where the actual says in words that it was not reached; else what was found.

    `texts` are the two cells as written.
    """
    if found.met is not None or found.problem is not None or _IF_NEEDED.search(texts[0]):
        return found
    wanted, reached = texts
    parts = target.parts if isinstance(target, AllOf) else (target,)
    words = next(filter(None, (_denial(part, actual, texts, side) for part in parts)), "")
    if not words:
        return found
    message = Message(
        f"完成值“{reached}”写明“{words}”，视为没有达到“{wanted}”",
        f"the actual “{reached}” says “{words}”; taken as missing “{wanted}”",
    )
    without = Message(
        f"完成值“{reached}”没有写数，得多少分要由人定", f"the actual “{reached}” gives no number to score by"
    )
    assumptions = (*found.assumptions, Assumption("opposite", message))
    return Comparison(met=False, assumptions=assumptions, undecided=Diagnostic("PF516", without, BY_HAND))


def _denial(target: Reading, actual: Actual, texts: tuple[str, str], side: Side | None) -> str:
    wanted, reached = texts
    match target, actual:
        case Level(text=text), _ if word := what_happened(text, reached):
            return word
        case ((Level(text=text) | Deadline(text=text)), Level()) if _OF_HARM.match(text) is None:
            return says_not_done(text, reached)
        case Bound(op=op, quantity=quantity), Level() if op in UPPER:
            return says_late(reached) if quantity.dimension in _TIMES else ""
        case Bound(op=op, quantity=quantity), Level() if quantity.value > 0 and not _is_reached(quantity, reached):
            is_ceiling = op is TargetKind.BARE and side is not None and side.direction == "lower"
            return "" if is_ceiling else says_not_done(wanted, reached)
    return ""


def _is_reached(wanted: Quantity, text: str) -> bool:
    """Return whether words hold a number that may be the one that was asked for: 完成120%，3户未入住."""
    clauses = (clause for clause in _CLAUSE.split(fold(text)) if _bad_in(clause) is None)
    for match in (match for clause in clauses for match in _NUMBER.finditer(clause)):
        number = Fraction(match["number"].replace(",", "")) * _SCALES[match["scale"]]
        if (wanted.unit == RATIO) is (match["share"] is not None):
            number = number / 100 if match["share"] else number
            if number >= wanted.value:
                return True
    return False


def says_not_done(target: str, actual: str) -> str:
    """Return the words by which an answer says that its target was not reached; nothing where it does not, or not only.

    >>> says_not_done("取得初步设计批复", "正在报批"), says_not_done("建成并投入运营", "已启动建设")
    ('正在报批', '已启动')
    >>> says_not_done("12月底前完成", "逾期3天完成"), says_not_done("启动建设", "已启动建设")
    ('逾期', '')
    >>> says_not_done("按时完成", "未超预算，已按时完成"), says_not_done("全部整改", "未发现问题")
    ('', '')
    """
    wanted = fold(target)
    bad, done, is_about_target = "", False, False
    for raw in _CLAUSE.split(fold(actual)):
        clause = _REASON.sub("", raw)
        found = _bad_in(clause, begun=_GOES_ON.search(wanted) is None)
        if found is not None and found[0] not in wanted:
            bad = bad or found[0]
            is_about_target = is_about_target or _share_a_word(clause[found.end() - 2 :], wanted)
        elif _DONE.search(clause):
            done = True
    return bad if not done or is_about_target else ""


def _bad_in(clause: str, *, begun: bool = True) -> re.Match[str] | None:
    found = _NOT_DONE.search(clause) or _LATE.search(clause)
    return found or (_BEGUN.search(clause) if begun else None)


def says_late(actual: str) -> str:
    """Return the word by which an answer says that it is late: 合同签订后75天到货，逾期15天.

    >>> says_late("75天到货，逾期15天"), says_late("60天到货，未逾期")
    ('逾期', '')
    """
    match = _LATE.search(fold(actual))
    return "" if match is None else match[0]


def what_happened(target: str, actual: str) -> str:
    """Return what was not to happen, and did: 漏报1次 under 不漏报.

    >>> what_happened("无违规审批", "发现违规审批3件"), what_happened("不缺岗、不漏报", "漏报1次")
    ('违规审批', '漏报')
    >>> what_happened("无违规审批", "未发现违规审批"), what_happened("零停播", "停播0次")
    ('', '')
    """
    reached = fold(actual)
    for match in _NOT_TO_HAPPEN.finditer(fold(target)):
        what = match["what"]
        if what in _HAPPENS:
            continue
        if re.search(rf"{_DENIED}{what}[^0-9,;。]{{0,4}}[1-9一二两三四五六七八九十]", reached):
            return what
    if _LEAKS.search(fold(target)) and (leak := re.search(rf"{_DENIED}漏[一-龥]?[1-9]", reached)) is not None:
        return leak[0][:-1]
    return ""


def _share_a_word(one: str, other: str) -> bool:
    return any(one[index : index + 2] in other for index in range(len(one) - 1))
