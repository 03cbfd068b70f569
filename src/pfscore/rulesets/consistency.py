"""What must hold inside one ruleset file beyond its shape: small checks with one signature."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise

from pfscore.documents.model_errors import Located
from pfscore.documents.scalars import Range
from pfscore.foundation.diagnostics import Diagnostic, Span
from pfscore.foundation.text import Message
from pfscore.rulesets.bands import coverage_problems
from pfscore.rulesets.consistency_form import blocks, either, grades
from pfscore.rulesets.model.ruleset import AlsoCite, Cite, Evidence, FormVersion, Ruleset, RuleVersion

Path = tuple[str | int, ...]

#: Bounds on what one file may hold.
MAX_RULES = 20_000
MAX_EXAMPLES = 200
#: How many problems of one file are listed.
MAX_PROBLEMS = 100


def problems(ruleset: Ruleset, document: Located) -> list[Diagnostic]:
    """Return every problem that can be seen in this file alone."""
    found: list[Diagnostic] = []
    for check in CHECKS:
        for problem in check(ruleset, document):
            found.append(problem)
            if len(found) >= MAX_PROBLEMS:
                return found
    return found


def rule_versions(ruleset: Ruleset) -> Iterator[tuple[Path, RuleVersion]]:
    """Yield every version of every rule with its path."""
    for number, rule in enumerate(ruleset.rules):
        for index, version in enumerate(rule.versions):
            yield ("rules", number, "versions", index), version


def _versions(ruleset: Ruleset) -> Iterator[tuple[Path, FormVersion | RuleVersion]]:
    for index, form in enumerate(ruleset.form):
        yield ("form", index), form
    yield from rule_versions(ruleset)


def _sources(ruleset: Ruleset, document: Located) -> Iterator[Diagnostic]:
    seen: dict[str, int] = {}
    for index, source in enumerate(ruleset.sources):
        first = seen.setdefault(source.key, index)
        if first != index:
            yield Diagnostic(
                "PF228",
                Message(f"依据 “{source.key}” 写了两次", f"source {source.key!r} is declared twice"),
                None,
                document.span(("sources", index, "key")),
                ((Message("第一次在这里", "first here"), document.span(("sources", first, "key"))),),
            )


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
    for path, version in _versions(ruleset):
        yield (*path, "cite"), version.cite, version.disabled
        for index, cite in enumerate(version.also or ()):
            yield (*path, "also", index), cite, version.disabled
    for index, removed in enumerate(ruleset.removed):
        yield ("removed", index, "cite"), removed.cite, None


def _also(ruleset: Ruleset, document: Located) -> Iterator[Diagnostic]:
    """What else is cited is for keys that the version has."""
    for path, version in _versions(ruleset):
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
    seen: dict[str, int] = {}
    for index, rule in enumerate(ruleset.rules):
        first = seen.setdefault(rule.id, index)
        if first != index:
            yield Diagnostic(
                "PF212",
                Message(f"规则代号 “{rule.id}” 写了两次", f"rule id {rule.id!r} is used twice"),
                None,
                document.span(("rules", index, "id")),
                ((Message("第一次在这里", "first here"), document.span(("rules", first, "id"))),),
            )


def _bands(ruleset: Ruleset, document: Located) -> Iterator[Diagnostic]:
    for path, version in rule_versions(ruleset):
        if version.bands is not None:
            place = partial(_row_span, document, (*path, "bands", "table"))
            yield from coverage_problems(version.bands, place)


def _row_span(document: Located, table: Path, row: int) -> Span:
    return document.span((*table, row, "range"))


def _shares(ruleset: Ruleset, document: Located) -> Iterator[Diagnostic]:
    """A share is a part of the points: from none to all."""
    for path, version in rule_versions(ruleset):
        for key, share in _ranges(version):
            low, high = share.low, share.high
            if low is None or high is None or low < 0 or high > 1:
                yield Diagnostic(
                    "PF230",
                    Message(f"比例 {share.percent()} 超出 0 到 100%", f"the share {share.percent()} leaves 0 to 100%"),
                    Message(
                        "这里写占分值的比例；要写分数，用 points",
                        "this is a part of the points; for points say `points`",
                    ),
                    document.span((*path, *key)),
                )


def _ranges(version: RuleVersion) -> Iterator[tuple[Path, Range]]:
    for key in ("levels", "thresholds"):
        for index, row in enumerate(getattr(version, key) or ()):
            yield (key, index, "share"), row.share
    for index, band in enumerate(version.bands.table if version.bands is not None else ()):
        if band.share is not None:
            yield ("bands", "table", index, "share"), Range(band.share, band.share)
    if version.judgement is not None and version.judgement.share is not None:
        yield ("judgement", "share"), version.judgement.share


def _words(ruleset: Ruleset, document: Located) -> Iterator[Diagnostic]:
    """A word falls into one level."""
    for path, version in rule_versions(ruleset):
        for key in ("levels", "thresholds"):
            seen: dict[str, Path] = {}
            for index, row in enumerate(getattr(version, key) or ()):
                at = (*path, key, index, "level")
                for word in (row.level,) if isinstance(row.level, str) else row.level:
                    if word in seen:
                        yield Diagnostic(
                            "PF231",
                            Message(f"“{word}” 写在两档里", f"{word!r} stands in two levels"),
                            Message("只留在一档", "keep it in one"),
                            document.span(at),
                            ((Message("另一档", "the other level"), document.span(seen[word])),),
                        )
                    seen[word] = at


def _thresholds(ruleset: Ruleset, document: Located) -> Iterator[Diagnostic]:
    """A level that is harder to reach earns no less than the one below it."""
    for path, version in rule_versions(ruleset):
        for index, (better, worse) in enumerate(pairwise(version.thresholds or ()), 1):
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
                    document.span((*path, "thresholds", index, "share")),
                )


def _sizes(ruleset: Ruleset, document: Located) -> Iterator[Diagnostic]:
    if (count := len(ruleset.rules)) > MAX_RULES:
        yield Diagnostic(
            "PF227",
            Message(f"规则有 {count} 条，最多 {MAX_RULES} 条", f"{count} rules; the limit is {MAX_RULES}"),
            None,
            document.span(("rules",), key=True),
        )
    for path, version in rule_versions(ruleset):
        if (count := len(version.examples)) > MAX_EXAMPLES:
            yield Diagnostic(
                "PF227",
                Message(f"例子有 {count} 个，最多 {MAX_EXAMPLES} 个", f"{count} examples; the limit is {MAX_EXAMPLES}"),
                None,
                document.span((*path, "examples"), key=True),
            )


CHECKS: tuple[Callable[[Ruleset, Located], Iterator[Diagnostic]], ...] = (
    _sources,
    _citations,
    _also,
    _version_order,
    _rule_ids,
    blocks,
    grades,
    either,
    _bands,
    _shares,
    _words,
    _thresholds,
    _sizes,
)
