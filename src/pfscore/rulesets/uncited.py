"""Numbers that nobody stands for: what a version says in figures while its citation names no place and no words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from pfscore.documents.scalars import Range
from pfscore.formulas.formula import parse_condition, parse_formula
from pfscore.formulas.syntax_tree import Number, walk
from pfscore.foundation.diagnostics import Diagnostic, Severity
from pfscore.foundation.errors import ExpressionError
from pfscore.foundation.numbers import decimal_text
from pfscore.foundation.text import Message
from pfscore.rulesets.in_force import Loaded, Path
from pfscore.rulesets.model.ruleset import AlsoCite, Block, Cite, FormVersion, RuleVersion

_PLAIN = {Fraction(0), Fraction(1)}


def uncited_numbers(loaded: Loaded) -> Iterator[Diagnostic]:
    """Yield a warning for each active version whose numbers no article and no quotation backs."""
    ruleset = loaded.ruleset
    for index, form in enumerate(ruleset.form):
        if form.disabled is None:
            yield from _uncited(loaded, ("form", index), form, _form_numbers(form), None)
    for number, rule in enumerate(ruleset.rules):
        for index, version in enumerate(rule.versions):
            if version.disabled is None:
                path = ("rules", number, "versions", index)
                yield from _uncited(loaded, path, version, _rule_numbers(version), rule.id)


def _uncited(
    loaded: Loaded,
    path: Path,
    version: FormVersion | RuleVersion,
    numbers: Iterable[tuple[str, Fraction]],
    rule: str | None,
) -> Iterator[Diagnostic]:
    cites: dict[str, Cite | AlsoCite] = {key: cite for cite in version.also or () for key in cite.keys}
    found = [number for key, number in numbers if number not in _PLAIN and not _is_placed(cites.get(key, version.cite))]
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


def _is_placed(cite: Cite | AlsoCite) -> bool:
    return cite.at is not None or cite.quote is not None


def _form_numbers(form: FormVersion) -> Iterator[tuple[str, Fraction]]:
    if form.total is not None:
        yield "total", form.total
    for points in _block_points(form.blocks or ()):
        yield "blocks", points
    for grade in form.grades or ():
        yield "grades", grade.since
    for light in form.lights or ():
        yield "lights", light.since
    if form.far_exceeded is not None:
        yield "far_exceeded", form.far_exceeded


def _block_points(blocks: Iterable[Block]) -> Iterator[Fraction]:
    for block in blocks:
        if block.points is not None:
            yield block.points
        yield from _block_points(block.parts or ())


def _rule_numbers(version: RuleVersion) -> Iterator[tuple[str, Fraction]]:
    if version.points is not None:
        yield "points", version.points
    if version.formula is not None:
        yield from (("formula", number) for number in _constants(version.formula))
    if version.bands is not None:
        for band in version.bands.table:
            yield from (("bands", number) for number in (*_edges(band.range), band.share, band.points) if number)
    for key in ("levels", "thresholds"):
        for row in getattr(version, key) or ():
            yield from ((key, number) for number in _edges(row.share))
    if version.assume is not None and version.assume.tolerance is not None:
        yield "assume", version.assume.tolerance
    judgement = version.judgement
    if judgement is not None:
        for text in (judgement.low, judgement.high, judgement.when):
            yield from (("judgement", number) for number in _constants(text or "0"))
        yield from (("judgement", number) for number in (_edges(judgement.share) if judgement.share else ()))


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
