"""What must hold inside one ruleset file beyond its shape: small checks with one signature."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.numbers import decimal_text
from pfscore.foundation.text import Message
from pfscore.rules.bands import coverage_problems
from pfscore.rules.document import Document
from pfscore.rules.model import Evidence, FormVersion, Ruleset, RuleVersion

Path = tuple[str | int, ...]

#: Bounds on what one file may hold.
MAX_RULES = 20_000
MAX_EXAMPLES = 200


def problems(ruleset: Ruleset, document: Document) -> Iterator[Diagnostic]:
    """Yield every problem that can be seen in this file alone."""
    for check in CHECKS:
        yield from check(ruleset, document)


def _versions(ruleset: Ruleset) -> Iterator[tuple[Path, FormVersion | RuleVersion]]:
    for index, form in enumerate(ruleset.form):
        yield ("form", index), form
    for number, rule in enumerate(ruleset.rules):
        for index, version in enumerate(rule.versions):
            yield ("rules", number, "versions", index), version


def _sources(ruleset: Ruleset, document: Document) -> Iterator[Diagnostic]:
    seen: dict[str, int] = {}
    for index, source in enumerate(ruleset.sources):
        if source.key in seen:
            yield Diagnostic(
                "PF228",
                Message(f"依据 “{source.key}” 写了两次", f"source {source.key!r} is declared twice"),
                None,
                document.span(("sources", index, "key")),
                ((Message("第一次在这里", "first here"), document.span(("sources", seen[source.key], "key"))),),
            )
        seen.setdefault(source.key, index)


def _citations(ruleset: Ruleset, document: Document) -> Iterator[Diagnostic]:
    evidence = {source.key: source.evidence for source in ruleset.sources}
    cited = [(path, version.cite, version.disabled) for path, version in _versions(ruleset)]
    cited += [(("removed", index), removed.cite, None) for index, removed in enumerate(ruleset.removed)]
    for path, cite, disabled in cited:
        span = document.span((*path, "cite", "source"))
        if cite.source not in evidence:
            known = "、".join(evidence) or "（无）"
            yield Diagnostic(
                "PF209",
                Message(f"出处 “{cite.source}” 不在 sources 里", f"cited source {cite.source!r} is not among the sources"),
                Message(f"已有：{known}", f"declared: {known}"),
                span,
            )
        elif evidence[cite.source] is Evidence.NONE and disabled is None:
            yield Diagnostic(
                "PF210",
                Message(
                    f"依据 “{cite.source}” 未见（evidence: none），这一版不能生效",
                    f"source {cite.source!r} was not seen (evidence: none); this version cannot be active",
                ),
                Message("写 disabled 并说明须核实什么", "add `disabled` and say what must be verified"),
                span,
            )


def _version_order(ruleset: Ruleset, document: Document) -> Iterator[Diagnostic]:
    series: list[tuple[Path, tuple[FormVersion, ...] | tuple[RuleVersion, ...]]] = [(("form",), ruleset.form)]
    series += [(("rules", number, "versions"), rule.versions) for number, rule in enumerate(ruleset.rules)]
    for path, versions in series:
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


def _rule_ids(ruleset: Ruleset, document: Document) -> Iterator[Diagnostic]:
    seen: dict[str, int] = {}
    for index, rule in enumerate(ruleset.rules):
        if rule.id in seen:
            yield Diagnostic(
                "PF212",
                Message(f"规则代号 “{rule.id}” 写了两次", f"rule id {rule.id!r} is used twice"),
                None,
                document.span(("rules", index, "id")),
                ((Message("第一次在这里", "first here"), document.span(("rules", seen[rule.id], "id"))),),
            )
        seen.setdefault(rule.id, index)


def _blocks(ruleset: Ruleset, document: Document) -> Iterator[Diagnostic]:
    for index, form in enumerate(ruleset.form):
        if form.blocks is None or form.total is None:
            continue
        points = [block.points for block in form.blocks]
        known = [value for value in points if value is not None]
        if len(known) == len(points) and sum(known) != form.total:
            yield Diagnostic(
                "PF219",
                Message(
                    f"各一级指标分值之和是 {decimal_text(sum(known, start=form.total * 0))}，满分是 {decimal_text(form.total)}",
                    f"the blocks add up to {decimal_text(sum(known, start=form.total * 0))}, the total is {decimal_text(form.total)}",
                ),
                Message("分值不固定的一级指标不写 points", "leave out `points` where a block's points are free"),
                document.span(("form", index, "blocks")),
            )


def _grades(ruleset: Ruleset, document: Document) -> Iterator[Diagnostic]:
    for index, form in enumerate(ruleset.form):
        for key, ladder in (("grades", form.grades), ("lights", form.lights)):
            for step, (higher, lower) in enumerate(pairwise(ladder or ())):
                if lower.since >= higher.since:
                    yield Diagnostic(
                        "PF220",
                        Message(
                            f"“{lower.name}” 从 {decimal_text(lower.since)} 起，没有低于 “{higher.name}” 的 {decimal_text(higher.since)}",
                            f"{lower.name!r} starts at {decimal_text(lower.since)}, not below {higher.name!r} at {decimal_text(higher.since)}",
                        ),
                        Message("从高到低排列", "order them from high to low"),
                        document.span(("form", index, key, step + 1, "from")),
                    )


def _bands(ruleset: Ruleset, document: Document) -> Iterator[Diagnostic]:
    for path, version in _versions(ruleset):
        if isinstance(version, RuleVersion) and version.bands is not None:
            rows = [document.span((*path, "bands", "table", row, "range")) for row in range(len(version.bands.table))]
            yield from coverage_problems(version.bands, rows)


def _sizes(ruleset: Ruleset, document: Document) -> Iterator[Diagnostic]:
    if len(ruleset.rules) > MAX_RULES:
        yield Diagnostic(
            "PF227",
            Message(f"规则有 {len(ruleset.rules)} 条，最多 {MAX_RULES} 条", f"{len(ruleset.rules)} rules; the limit is {MAX_RULES}"),
            None,
            document.span(("rules",), key=True),
        )
    for path, version in _versions(ruleset):
        if isinstance(version, RuleVersion) and len(version.examples) > MAX_EXAMPLES:
            yield Diagnostic(
                "PF227",
                Message(f"例子有 {len(version.examples)} 个，最多 {MAX_EXAMPLES} 个", f"{len(version.examples)} examples; the limit is {MAX_EXAMPLES}"),
                None,
                document.span((*path, "examples"), key=True),
            )


CHECKS: tuple[Callable[[Ruleset, Document], Iterator[Diagnostic]], ...] = (
    _sources,
    _citations,
    _version_order,
    _rule_ids,
    _blocks,
    _grades,
    _bands,
    _sizes,
)
