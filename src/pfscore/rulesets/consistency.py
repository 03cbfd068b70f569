"""The consistency of a ruleset beyond the shape of its file: in the file, with its parents, and of its citations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain, pairwise
from math import prod
from typing import Any

from pfscore.cells.reader import parse_target
from pfscore.cells.readings import Bound
from pfscore.documents.model_errors import Located
from pfscore.formulas.formula import parse_condition, parse_formula
from pfscore.formulas.syntax_tree import Number, walk
from pfscore.foundation.diagnostics import Diagnostic, Severity, Span
from pfscore.foundation.errors import ExpressionError
from pfscore.foundation.numbers import decimal_text, in_percent
from pfscore.foundation.text import Message
from pfscore.rulesets.bands import coverage_problems
from pfscore.rulesets.edition import terms_on
from pfscore.rulesets.in_force import Loaded, Path
from pfscore.rulesets.model.base import AlsoCite, Cite, Evidence
from pfscore.rulesets.model.form_terms import Block, FormVersion, Grade, Light, walk_blocks
from pfscore.rulesets.model.rule import RuleVersion
from pfscore.rulesets.model.ruleset import Ruleset
from pfscore.rulesets.model.values import Range
from pfscore.rulesets.model.way import (
    MAX_SCORES,
    ByBands,
    ByChecklist,
    ByFormula,
    ByJudgement,
    ByLevels,
    ByThresholds,
    LevelRow,
    ThresholdRow,
    Way,
)

#: Limits of one file.
MAX_RULES = 20_000
_MAX_EXAMPLES = 200
#: How many problems of one file are listed.
MAX_PROBLEMS = 100


def problems(ruleset: Ruleset, document: Located) -> list[Diagnostic]:
    """Return every problem of the file alone."""
    found: list[Diagnostic] = []
    for check in CHECKS:
        for problem in check(ruleset, document):
            found.append(problem)
            if len(found) >= MAX_PROBLEMS:
                return found
    return found


def _sources(ruleset: Ruleset, document: Located) -> Iterator[Diagnostic]:
    keys = [source.key for source in ruleset.sources]
    said = "依据 “{}” 写了两次", "source {!r} is declared twice"
    return _twice(keys, "PF228", ("sources",), document, said, "key")


def _citations(ruleset: Ruleset, document: Located) -> Iterator[Diagnostic]:
    evidence = {source.key: source.evidence for source in ruleset.sources}
    for path, cite, disabled in _cited(ruleset):
        if cite.source not in evidence:
            known = "、".join(evidence) or "（无）"
            yield Diagnostic(
                "PF209",
                Message(f"出处 “{cite.source}” 不在 sources 里", f"cited source {cite.source!r} is not declared"),
                Message(f"已有：{known}", f"declared: {known}"),
                document.span((*path, "source")),
            )
        elif evidence[cite.source] is Evidence.NONE and disabled is None:
            yield Diagnostic(
                "PF210",
                Message(
                    f"依据 “{cite.source}” 未见（evidence: none），这一版不能生效",
                    f"source {cite.source!r} was not seen (evidence: none); this version cannot be active",
                ),
                Message("写 disabled 并说明须核实什么", "add `disabled` and say what must be verified"),
                document.span((*path, "source")),
            )


def _cited(ruleset: Ruleset) -> Iterator[tuple[Path, Cite | AlsoCite, str | None]]:
    for path, version, _ in ruleset.versions():
        yield (*path, "cite"), version.cite, version.disabled
        for index, cite in enumerate(version.also or ()):
            yield (*path, "also", index), cite, version.disabled
    for index, removed in enumerate(ruleset.removed):
        yield ("removed", index, "cite"), removed.cite, None


def _also(ruleset: Ruleset, document: Located) -> Iterator[Diagnostic]:
    """Additional citations are for keys of the version."""
    for path, version, _ in ruleset.versions():
        for index, cite in enumerate(version.also or ()):
            for key in cite.keys:
                if getattr(version, key, None) is None:
                    yield Diagnostic(
                        "PF232",
                        Message(f"另据所指的 “{key}”，这一版没有写", f"this version has no {key!r} to cite for"),
                        Message("写这一版里有的键，如 rounding", "name a key of this version, such as rounding"),
                        document.span((*path, "also", index, "for")),
                    )


def _version_order(ruleset: Ruleset, document: Located) -> Iterator[Diagnostic]:
    yield from _ordered(("form",), ruleset.form, document)
    for number, rule in enumerate(ruleset.rules):
        yield from _ordered(("rules", number, "versions"), rule.versions, document)


def _ordered(path: Path, versions: Sequence[FormVersion | RuleVersion], document: Located) -> Iterator[Diagnostic]:
    for index, (earlier, later) in enumerate(pairwise(versions)):
        if later.since <= earlier.since and (later.disabled is None) == (earlier.disabled is None):
            yield Diagnostic(
                "PF211",
                Message(
                    f"版本日期 {later.since} 没有晚于前一版的 {earlier.since}",
                    f"version {later.since} is not later than the one before it, {earlier.since}",
                ),
                Message("按施行日期从早到晚排列", "order the versions by date"),
                document.span((*path, index + 1, "since")),
            )
    for index, version in enumerate(versions):
        if version.until is not None and version.until <= version.since:
            yield Diagnostic(
                "PF211",
                Message(
                    f"废止日期 {version.until} 没有晚于施行日期 {version.since}",
                    f"repeal {version.until} is not later than the start {version.since}",
                ),
                None,
                document.span((*path, index, "until")),
            )


def _rule_ids(ruleset: Ruleset, document: Located) -> Iterator[Diagnostic]:
    ids = [rule.id for rule in ruleset.rules]
    return _twice(ids, "PF212", ("rules",), document, ("规则代号 “{}” 写了两次", "rule id {!r} is used twice"), "id")


def _ways(ruleset: Ruleset, document: Located) -> Iterator[Diagnostic]:
    """Each way of scoring has checks of its own."""
    for path, _, version in ruleset.rule_versions():
        for way in version.ways:
            for check in _CHECKS_OF_WAYS[type(way)]:
                yield from check(way, (*path, way.key), document)


def _bands(way: ByBands, path: Path, document: Located) -> Iterator[Diagnostic]:
    yield from coverage_problems(way.bands, lambda row: document.span((*path, "table", row, "range")))


def _band_shares(way: ByBands, path: Path, document: Located) -> Iterator[Diagnostic]:
    for index, band in enumerate(way.bands.table):
        if band.share is not None:
            yield from _share(band.share, (*path, "table", index, "share"), document)


def _row_shares(way: ByLevels | ByThresholds, path: Path, document: Located) -> Iterator[Diagnostic]:
    rows: Sequence[LevelRow | ThresholdRow] = way.rows
    for index, row in enumerate(rows):
        yield from _share(row.share, (*path, index, "share"), document)


def _judged_share(way: ByJudgement, path: Path, document: Located) -> Iterator[Diagnostic]:
    if way.judgement.share is not None:
        yield from _share(way.judgement.share, (*path, "share"), document)


def _share(share: Range, path: Path, document: Located) -> Iterator[Diagnostic]:
    """A share is a part of the points: from none to all."""
    low, high = share.low, share.high
    if low is None or high is None or low < 0 or high > 1:
        yield Diagnostic(
            "PF230",
            Message(f"比例 {share.percent()} 超出 0 到 100%", f"the share {share.percent()} leaves 0 to 100%"),
            Message("这里写占分值的比例；要写分数，用 points", "this is a part of the points; for points say `points`"),
            document.span(path),
        )


def _words(way: ByLevels | ByThresholds, path: Path, document: Located) -> Iterator[Diagnostic]:
    """A word falls into one level."""
    rows: Sequence[LevelRow | ThresholdRow] = way.rows
    words = [(row.level,) if isinstance(row.level, str) else row.level for row in rows]
    said = Message("“{}” 写在两档里", "{!r} stands in two levels"), Message("只留在一档", "keep it in one")
    return _once(document, path, words, "level", *said, Message("另一档", "the other level"))


def _words_alone(way: ByLevels, path: Path, document: Located) -> Iterator[Diagnostic]:
    """A level is a word; a range of numbers is a band."""
    for index, row in enumerate(way.rows):
        for word in row.level:
            if _RANGE_OF_NUMBERS.match(word):
                yield Diagnostic(
                    "PF203",
                    Message(
                        f"“{word}” 是数的范围，levels 里写文字", f"{word!r} is a range of numbers, and levels are words"
                    ),
                    Message("数的分档写 bands", "numbers have `bands`"),
                    document.span((*path, index, "level")),
                    severity=Severity.WARNING,
                )


_RANGE_OF_NUMBERS = re.compile(r"[≥≤><≧≦＞＜]\s*\d|\d[\d.]*[%％]?\s*[-~—–至到]\s*\d|[\[(（【]\s*\d")


def _falling(way: ByThresholds, path: Path, document: Located) -> Iterator[Diagnostic]:
    """A level that is harder to reach earns no less than the one below it."""
    for index, (better, worse) in enumerate(pairwise(way.rows), 1):
        ends = ((worse.share.low, better.share.low), (worse.share.high, better.share.high))
        if any(one is not None and other is not None and one > other for one, other in ends):
            yield Diagnostic(
                "PF252",
                Message(
                    f"“{worse.level}” 得 {worse.share.percent()}，比上一档 “{better.level}” 的 "
                    f"{better.share.percent()} 多",
                    f"{worse.level!r} earns {worse.share.percent()}, more than the {better.share.percent()} of "
                    f"{better.level!r} above it",
                ),
                Message("各档从高到低写", "write the levels from the best down"),
                document.span((*path, index, "share")),
            )


def _countable(way: ByChecklist, path: Path, document: Located) -> Iterator[Diagnostic]:
    """The scores of a checklist can be listed."""
    scores = prod(len(row.scores) for row in way.rows if row.each is not None)
    if scores > MAX_SCORES:
        yield Diagnostic(
            "PF227",
            Message(f"核对表能给出的得分超过 {MAX_SCORES} 种", f"the checklist can give more than {MAX_SCORES} scores"),
            None,
            document.span(path, key=True),
        )


#: The checks of each way of scoring; formulas are read with the edition.
_CHECKS_OF_WAYS: Mapping[type[Way], tuple[Callable[[Any, Path, Located], Iterator[Diagnostic]], ...]] = {
    ByFormula: (),
    ByLevels: (_row_shares, _words, _words_alone),
    ByBands: (_bands, _band_shares),
    ByThresholds: (_row_shares, _words, _falling),
    ByChecklist: (_countable,),
    ByJudgement: (_judged_share,),
}


def _sizes(ruleset: Ruleset, document: Located) -> Iterator[Diagnostic]:
    if (count := len(ruleset.rules)) > MAX_RULES:
        yield Diagnostic(
            "PF227",
            Message(f"规则有 {count} 条，最多 {MAX_RULES} 条", f"{count} rules; the limit is {MAX_RULES}"),
            None,
            document.span(("rules",), key=True),
        )
    for path, _, version in ruleset.rule_versions():
        if (count := len(version.examples)) > _MAX_EXAMPLES:
            yield Diagnostic(
                "PF227",
                Message(
                    f"例子有 {count} 个，最多 {_MAX_EXAMPLES} 个", f"{count} examples; the limit is {_MAX_EXAMPLES}"
                ),
                None,
                document.span((*path, "examples"), key=True),
            )


def _blocks(ruleset: Ruleset, document: Located) -> Iterator[Diagnostic]:
    """Yield blocks whose parts do not add up to their points."""
    for index, form in enumerate(ruleset.form):
        if form.blocks is not None:
            yield from _sum(form.blocks, form.total, form.unstated, ("form", index, "blocks"), document)


def _sum(
    members: Sequence[Block], whole: Fraction | None, unstated: Fraction | None, path: Path, document: Located
) -> Iterator[Diagnostic]:
    known = [block.points * _counts(block) for block in members if block.points is not None]
    total = sum(known, start=unstated or Fraction(0))
    free = len(known) < len(members)
    if whole is not None and (total > whole or (total != whole and not free)):
        shown, wanted = decimal_text(total), decimal_text(whole)
        yield Diagnostic(
            "PF219",
            Message(f"各指标分值之和是 {shown}，应是 {wanted}", f"the blocks add up to {shown}, not to {wanted}"),
            Message(
                "分值不固定的不写 points；没有写明归属的分值写在 unstated",
                "leave out `points` where a block's points are free; points that are not allotted go into `unstated`",
            ),
            document.span(path, key=True),
        )
    yield from _twice([block.name for block in members], "PF219", path, document)
    for index, block in enumerate(members):
        if block.parts is not None:
            yield from _sum(block.parts, block.points, block.unstated, (*path, index, "parts"), document)


def _counts(block: Block) -> Fraction:
    """Return the share of its score with which a block counts."""
    return Fraction(1) if block.counts is None else block.counts


def _shares_of_blocks(ruleset: Ruleset, document: Located) -> Iterator[Diagnostic]:
    """Yield shares with which a block cannot count: none or more than all, or one of a part of a block."""
    for index, form in enumerate(ruleset.form):
        for number, block in enumerate(form.blocks or ()):
            at: Path = ("form", index, "blocks", number)
            if block.counts is not None and not 0 < block.counts <= 1:
                yield Diagnostic(
                    "PF230",
                    Message(
                        f"按 {in_percent(block.counts)} 计入总分，应在 0 到 100% 之间",
                        f"a block counts with a share of its score, not with {in_percent(block.counts)}",
                    ),
                    Message("写成 60%", "write 60%"),
                    document.span((*at, "counts")),
                )
            for part, _ in enumerate(one for one in block.parts or () if one.counts is not None):
                yield Diagnostic(
                    "PF236",
                    Message("只有一级指标能按比例计入总分", "only blocks of the first level count with a share"),
                    None,
                    document.span((*at, "parts", part)),
                )


def _adjustments(ruleset: Ruleset, document: Located) -> Iterator[Diagnostic]:
    """Yield points that leave the range of an adjustment, or fall below 0 where nothing is adjusted."""
    for path, _, version in ruleset.rule_versions():
        allowed = version.adjusts
        for index, band in enumerate(() if version.bands is None else version.bands.table):
            ends = () if band.points is None else (band.points.low or Fraction(0), band.points.high or Fraction(0))
            if any(one not in allowed if allowed is not None else one < 0 for one in ends):
                at = (*path, "bands", "table", index, "points")
                yield _out_of_range(band.points or Range(None, None), allowed, document.span(at))
        if allowed is not None and version.checklist is not None:
            points = sum((row.points for row in version.checklist), start=Fraction(0))
            if points != (allowed.high or 0) - (allowed.low or 0):
                shown = decimal_text(points)
                yield Diagnostic(
                    "PF219",
                    Message(
                        f"核对表合计 {shown} 分，与加减分的区间 {allowed} 的长度不符",
                        f"the checklist has {shown} points in all, which is not the length of {allowed}",
                    ),
                    Message("加分 5 分的写 [0, 5]，减分 5 分的写 [-5, 0]", "for 5 points write [0, 5] or [-5, 0]"),
                    document.span((*path, "adjusts")),
                )


def _out_of_range(points: Range, allowed: Range | None, span: Span) -> Diagnostic:
    if allowed is not None:
        message = Message(f"得分 {points} 不在加减分的区间 {allowed} 之内", f"{points} is not within {allowed}")
        return Diagnostic("PF205", message, Message("改 adjusts，或改这一档", "change `adjusts` or the band"), span)
    message = Message(f"得分 {points} 是负数", f"the points {points} are negative")
    hint = Message(
        "减分指标写 adjusts，如 [-10, 0]", "an indicator that takes points off the total says `adjusts`, [-10, 0] say"
    )
    return Diagnostic("PF205", message, hint, span)


def _grades(ruleset: Ruleset, document: Located) -> Iterator[Diagnostic]:
    """Yield grades and lights that do not fall from high to low, that share a name, and totals without a grade."""
    for index, form in enumerate(ruleset.form):
        yield from _ladder(form.grades or (), ("form", index, "grades"), document)
        yield from _ladder(form.lights or (), ("form", index, "lights"), document)
        yield from _bottom(form.grades or (), ("form", index, "grades"), document)


def _bottom(steps: Sequence[Grade], path: Path, document: Located) -> Iterator[Diagnostic]:
    number, lowest = min(enumerate(steps), key=lambda step: step[1].since, default=(0, None))
    if lowest is not None and lowest.since > 0:
        shown = decimal_text(lowest.since)
        yield Diagnostic(
            "PF220",
            Message(
                f"最低一级 “{lowest.name}” 从 {shown} 起，{shown} 分以下没有等级",
                f"the lowest grade, {lowest.name!r}, starts at {shown}; below that is no grade",
            ),
            Message("最低一级写 from: 0", "let the lowest grade be `from: 0`"),
            document.span((*path, number, "from")),
        )


def _ladder(steps: Sequence[Grade | Light], path: Path, document: Located) -> Iterator[Diagnostic]:
    for number, (higher, lower) in enumerate(pairwise(steps), 1):
        if lower.since >= higher.since:
            low, high = decimal_text(lower.since), decimal_text(higher.since)
            yield Diagnostic(
                "PF220",
                Message(
                    f"“{lower.name}” 从 {low} 起，没有低于 “{higher.name}” 的 {high}",
                    f"{lower.name!r} starts at {low}, not below {higher.name!r} at {high}",
                ),
                Message("从高到低排列", "order them from high to low"),
                document.span((*path, number, "from")),
            )
    yield from _twice([step.name for step in steps], "PF220", path, document)


def _twice(
    names: Sequence[str],
    code: str,
    path: Path,
    document: Located,
    said: tuple[str, str] = ("“{}” 写了两次", "{!r} stands twice"),
    key: str = "name",
) -> Iterator[Diagnostic]:
    """Yield each repeated name of a list, at the `key` of the member that repeats it."""
    seen: dict[str, int] = {}
    for index, name in enumerate(names):
        first = seen.setdefault(name, index)
        if first != index:
            again = (Message("第一次在这里", "first here"), document.span((*path, first, key)))
            message = Message(*(text.format(name) for text in said))
            yield Diagnostic(code, message, None, document.span((*path, index, key)), (again,))


def _groups(ruleset: Ruleset, document: Located) -> Iterator[Diagnostic]:
    """Yield indicators in two groups of alternatives, or in two of adjustments that are bounded together."""
    for index, form in enumerate(ruleset.form):
        yield from _once(document, ("form", index, "either"), [group.names for group in form.either or ()])
        groups = [group.names or _EVERY_ADJUSTMENT for group in form.adjustments or ()]
        yield from _once(document, ("form", index, "adjustments"), groups)


def _once(
    document: Located,
    path: Path,
    groups: Sequence[Sequence[str]],
    key: str = "names",
    said: Message = Message("“{}” 写在两处", "{!r} stands in two places"),  # noqa: B008  (frozen)
    hint: Message = Message("只留在一处", "keep it in one"),  # noqa: B008
    other: Message = Message("另一处", "the other place"),  # noqa: B008
) -> Iterator[Diagnostic]:
    """Yield the names that stand in two groups of a list, under the `key` of each."""
    seen: dict[str, Path] = {}
    for number, names in enumerate(groups):
        at = (*path, number) if names is _EVERY_ADJUSTMENT else (*path, number, key)
        for name in names:
            if name in seen:
                message, again = Message(said.zh.format(name), said.en.format(name)), (other, document.span(seen[name]))
                yield Diagnostic("PF231", message, hint, document.span(at), (again,))
            seen[name] = at


#: The names of a group of adjustments that states none.
_EVERY_ADJUSTMENT = ("全部加减分指标",)


def _for_names_only(ruleset: Ruleset, document: Located) -> Iterator[Diagnostic]:
    """Yield what only a rule for certain names can fix, in one for all."""
    for number, rule in enumerate(ruleset.rules):
        if rule.replaces is not None or (rule.applies is not None and rule.applies.name is not None):
            continue
        stated = ((index, key) for index, one in enumerate(rule.versions) for key in _OF_NAMES if getattr(one, key))
        places = {key: document.span(("rules", number, "versions", index, key), key=True) for index, key in stated}
        if places:
            first, *others = sorted(places.values(), key=lambda place: place.line)
            zh, en = "、".join(places), " and ".join(f"`{key}`" for key in places)
            yield Diagnostic(
                "PF236",
                Message(
                    f"规则 “{rule.id}” 没有写 name，{zh} 对不上任何一行",
                    f"rule {rule.id!r} names no indicators, so its {en} {'are' if others else 'is'} for no row",
                ),
                Message("在 applies 里写 name（三级指标名称）", "give `name` under `applies`"),
                first,
                tuple((Message("还有这里", "and here"), place) for place in others),
            )


def _selectors(ruleset: Ruleset, document: Located) -> Iterator[Diagnostic]:
    """Yield several names in one text, which is one name, and units that no reading has."""
    for number, rule in enumerate(ruleset.rules):
        if rule.applies is None:
            continue
        at: Path = ("rules", number, "applies")
        yield from _several_names(rule.applies.name, (*at, "name"), document)
        yield from _several_names(rule.applies.block, (*at, "block"), document)
        for index, unit in enumerate(rule.applies.unit or ()):
            yield from _unread_unit(unit, (*at, "unit", index), document)
    for index, form in enumerate(ruleset.form):
        names = [("either", [group.names for group in form.either or ()])]
        names += [("adjustments", [group.names or () for group in form.adjustments or ()])]
        for key, number, group in (
            (key, number, group) for key, groups in names for number, group in enumerate(groups)
        ):
            yield from _several_names(group, ("form", index, key, number, "names"), document)


def _several_names(names: Sequence[str] | None, path: Path, document: Located) -> Iterator[Diagnostic]:
    for index, name in enumerate(names or ()):
        parts = [part for part in _BETWEEN_NAMES.split(_IN_BRACKETS.sub("", name)) if part]
        if len(parts) < 2 or not all(len(part) > 1 for part in parts):
            continue
        span = document.span((*path, index))
        is_quoted = span.text[span.column - 1 : span.column] in {'"', "'"} if span.column else False
        if not is_quoted:
            listed = ", ".join(_BETWEEN_NAMES.split(name))
            yield Diagnostic(
                "PF203",
                Message(
                    f"“{name}” 是一个名称，只对得上恰好这样写的行", f"{name!r} is one name, for rows that say just that"
                ),
                Message(
                    f"几个名称写成 {path[-1]}: [{listed}]；就是一个名称的，加上引号",
                    f"for several names write {path[-1]}: [{listed}]; put one name into quotation marks",
                ),
                span,
                severity=Severity.WARNING,
            )


#: What stands between names that are listed in one text, and what belongs to a name whatever stands in it.
_BETWEEN_NAMES = re.compile(r"\s*[、，,；;/／|]\s*|(?<=\w{4})\s+(?=\w{4})")
_IN_BRACKETS = re.compile(r"（[^（）]*）|\([^()]*\)|“[^“”]*”|《[^《》]*》")


def _unread_unit(unit: str, path: Path, document: Located) -> Iterator[Diagnostic]:
    """Yield a unit that no reading has: with a scale word, in another spelling, or several in one text."""
    several = [part for part in re.split(r"[、，,；;]", unit) if part]
    read = _unit_as_read(unit)
    if read == unit:
        return
    written = f"[{', '.join(several)}]" if len(several) > 1 else read
    yield Diagnostic(
        "PF203",
        Message(
            f"没有单位读作 “{unit}”，这条规则不适用于任何一行", f"no unit is read as {unit!r}; the rule is for no row"
        ),
        Message(f"写 unit: {written}", f"write unit: {written}") if written else None,
        document.span(path),
    )


def _unit_as_read(unit: str) -> str | None:
    """Return a unit as readings have it; `None` for what is none.

    >>> [_unit_as_read(one) for one in ("人", "万人", "％", "1人")]
    ['人', '人', '%', None]
    """
    try:
        read = parse_target(f"≥1{unit}")
    except ExpressionError:
        return None
    if not isinstance(read, Bound) or re.search(r"\d", unit):
        return None
    return "%" if read.quantity.unit == "1" else read.quantity.unit


#: What a version fixes for indicators of certain names.
_OF_NAMES = ("points", "adjusts", "target", "checklist")

CHECKS: tuple[Callable[[Ruleset, Located], Iterator[Diagnostic]], ...] = (
    _sources,
    _citations,
    _also,
    _version_order,
    _rule_ids,
    _blocks,
    _shares_of_blocks,
    _adjustments,
    _grades,
    _groups,
    _ways,
    _for_names_only,
    _selectors,
    _sizes,
)


#: Usual names of the second level that differ in one character: none is a misspelling of another.
_USUAL = frozenset({"数量指标", "质量指标", "时效指标", "成本指标"})


def family_problems(family: Sequence[Loaded]) -> Iterator[Diagnostic]:
    """Yield the contradictions between `family[0]` and its parents."""
    yield from _unreachable_grades(family)
    yield from _misspelt_blocks(family)
    yield from _undeclared_properties(family)


def _undeclared_properties(family: Sequence[Loaded]) -> Iterator[Diagnostic]:
    """A rule for forms with a property that nobody declares, or with a value that it cannot have, applies to none."""
    known: dict[str, tuple[str, ...]] = {}
    for form in _forms(family):
        for one in form.properties or ():
            known[one.name] = (*known.get(one.name, ()), *one.values)
    for index, rule in enumerate(family[0].ruleset.rules):
        for name, values in (rule.applies.properties if rule.applies is not None else None) or ():
            span = family[0].span(("rules", index, "applies", "properties", name), rule=rule.id)
            if name not in known:
                listed = "、".join(known) or "（无）"
                yield Diagnostic(
                    "PF237",
                    Message(f"表的属性 “{name}” 没有声明", f"no property {name!r} of forms is declared"),
                    Message(
                        f"在 form 里写 properties: [{{name: {name}, values: […]}}]；已声明：{listed}",
                        f"declare it under `form` as properties: [{{name: {name}, values: […]}}]; declared: {listed}",
                    ),
                    span,
                )
            for value in (one for one in values if name in known and one not in known[name]):
                listed = "、".join(dict.fromkeys(known[name]))
                yield Diagnostic(
                    "PF237",
                    Message(f"“{name}” 没有声明 “{value}” 这个值", f"{value!r} is no declared value of {name!r}"),
                    Message(f"可写：{listed}", f"allowed: {listed}"),
                    span,
                )


def _unreachable_grades(family: Sequence[Loaded]) -> Iterator[Diagnostic]:
    """A grade that starts above the total is never given."""
    for form in family[0].ruleset.form:
        if form.disabled is not None or (form.grades is None and form.total is None):
            continue
        terms = terms_on(family, form.since)
        total = terms.get("total")
        for number, grade in enumerate(terms.get("grades") or ()):
            if total is not None and grade.since > total:
                loaded, path = terms.layers["grades"]
                start, most = decimal_text(grade.since), decimal_text(total)
                yield Diagnostic(
                    "PF220",
                    Message(
                        f"“{grade.name}” 从 {start} 起，高于满分 {most}，谁也评不上",
                        f"{grade.name!r} starts at {start}, above the total of {most}: nobody reaches it",
                    ),
                    Message("核对 from 与 total", "check `from` and `total`"),
                    loaded.span((*path, "grades", number, "from")),
                )


def _misspelt_blocks(family: Sequence[Loaded]) -> Iterator[Diagnostic]:
    """A rule for a misspelt block applies to no row.

    Forms have parts of blocks that no ruleset lists, so a name that is merely unknown is no error.
    """
    known = tuple(dict.fromkeys(block.name for form in _forms(family) for _, block in walk_blocks(form.blocks)))
    for index, rule in enumerate(family[0].ruleset.rules):
        names = (rule.applies.block if rule.applies is not None else None) or ()
        for number, name in enumerate(names):
            meant = None if name in known else next((one for one in known if _is_slip(name, one)), None)
            if meant is not None:
                yield Diagnostic(
                    "PF240",
                    Message(
                        f"规则 “{rule.id}” 的 block “{name}” 不是表上的一级或二级指标",
                        f"rule {rule.id!r} is for the block {name!r}, which the form does not have",
                    ),
                    Message(f"是不是 “{meant}”？", f"did you mean {meant!r}?"),
                    family[0].span(("rules", index, "applies", "block", number), rule=rule.id),
                    severity=Severity.WARNING,
                )


def _forms(family: Sequence[Loaded]) -> Iterator[FormVersion]:
    return (form for loaded in family for form in loaded.ruleset.form)


def _is_slip(name: str, known: str) -> bool:
    """Return whether a name differs from a known one in one character or its ending.

    >>> [_is_slip(name, "产出指标") for name in "产出指标x 产出出指标 产岀指标 产出 质量指标 社会产出指标".split()]
    [True, True, True, True, False, False]
    """
    if name in _USUAL and known in _USUAL:
        return False
    short, long = sorted((name, known), key=len)
    if len(short) == len(long):
        return sum(one != other for one, other in zip(short, long, strict=True)) == 1
    if len(long) - len(short) == 1:
        return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
    return len(short) > 1 and long == f"{short}指标"


_PLAIN = {Fraction(0), Fraction(1)}


def uncited_numbers(loaded: Loaded) -> Iterator[Diagnostic]:
    """Yield a warning for each active version with numbers that no article and no quotation backs."""
    for path, version, rule in loaded.ruleset.versions():
        if version.disabled is None:
            numbers = _form_numbers(version) if isinstance(version, FormVersion) else _rule_numbers(version)
            yield from _uncited(loaded, path, version, numbers, rule)


def _uncited(
    loaded: Loaded,
    path: Path,
    version: FormVersion | RuleVersion,
    numbers: Iterable[tuple[str, Fraction]],
    rule: str | None,
) -> Iterator[Diagnostic]:
    cites: dict[str, Cite | AlsoCite] = {key: cite for cite in version.also or () for key in cite.keys}
    defaults = {source.key for source in loaded.ruleset.sources if source.evidence is Evidence.DEFAULT}
    found = [
        number
        for key, number in numbers
        if number not in _PLAIN and not _is_placed(cites.get(key, version.cite), defaults)
    ]
    if found:
        shown = "、".join(dict.fromkeys(decimal_text(number) for number in found[:8]))
        yield Diagnostic(
            "PF243",
            Message(f"这些数没有写明出自哪一条：{shown}", f"no article is cited for these numbers: {shown}"),
            Message(
                "在 cite 里写 at（条款）或 quote（原话）", "give `at` (the article) or `quote` (its words) under `cite`"
            ),
            loaded.span((*path, "cite"), key=True, rule=rule),
            severity=Severity.WARNING,
        )


def _is_placed(cite: Cite | AlsoCite, defaults: set[str]) -> bool:
    return cite.at is not None or cite.quote is not None or cite.source in defaults


def _form_numbers(form: FormVersion) -> Iterator[tuple[str, Fraction]]:
    if form.total is not None:
        yield "total", form.total
    if form.unstated is not None:
        yield "unstated", form.unstated
    for _, block in walk_blocks(form.blocks):
        yield from (("blocks", number) for number in (block.points, block.counts) if number is not None)
    for grade in form.grades or ():
        yield "grades", grade.since
    for light in form.lights or ():
        yield "lights", light.since
    for explanation in form.explanations or ():
        yield from (("explanations", number) for number in _constants(explanation.when))
    for group in form.adjustments or ():
        yield from (("adjustments", edge) for edge in _edges(group.within))
    if form.far_exceeded is not None:
        yield "far_exceeded", form.far_exceeded


def _rule_numbers(version: RuleVersion) -> Iterator[tuple[str, Fraction]]:
    if version.points is not None:
        yield "points", version.points
    if version.adjusts is not None:
        yield from (("adjusts", edge) for edge in _edges(version.adjusts))
    for way in version.ways:
        yield from ((way.key, number) for number in _NUMBERS_OF_WAYS[type(way)](way))
    if version.assume is not None and version.assume.tolerance is not None:
        yield "assume", version.assume.tolerance


def _row_numbers(way: ByLevels | ByThresholds) -> Iterator[Fraction]:
    return chain.from_iterable(_edges(row.share) for row in way.rows)


def _band_numbers(way: ByBands) -> Iterator[Fraction]:
    for band in way.bands.table:
        yield from (number for number in (*_edges(band.range), *_edges(band.worth)) if number)


def _judgement_numbers(way: ByJudgement) -> Iterator[Fraction]:
    judgement = way.judgement
    for text in (judgement.low, judgement.high, judgement.when):
        yield from _constants(text or "0")
    yield from _edges(judgement.share) if judgement.share else ()


#: The numbers that a citation has to back, for each way of scoring.
_NUMBERS_OF_WAYS: Mapping[type[Way], Callable[[Any], Iterator[Fraction]]] = {
    ByFormula: lambda way: _constants(way.text),
    ByLevels: _row_numbers,
    ByBands: _band_numbers,
    ByThresholds: _row_numbers,
    ByChecklist: lambda way: (number for row in way.rows for number in (row.points, row.each) if number),
    ByJudgement: _judgement_numbers,
}


def _edges(edges: Range) -> Iterator[Fraction]:
    return (edge for edge in (edges.low, edges.high) if edge is not None)


def _constants(text: str) -> Iterator[Fraction]:
    """Yield the numbers of a formula or a condition; one that cannot be read is reported elsewhere."""
    for parse in (parse_formula, parse_condition):
        try:
            body = parse(text).body
        except ExpressionError:
            continue
        yield from (node.value for node in walk(body) if isinstance(node, Number))
        return
