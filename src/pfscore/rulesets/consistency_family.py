"""What must hold between a ruleset and its parents, beyond what an edition needs: grades, and names of blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from pfscore.foundation.diagnostics import Diagnostic, Severity
from pfscore.foundation.numbers import decimal_text
from pfscore.foundation.text import Message
from pfscore.rulesets.edition import Loaded, terms_on
from pfscore.rulesets.model.ruleset import Block, FormVersion

#: Names of the second level that differ in one character and are all usual: none is a slip of another.
_USUAL = frozenset({"数量指标", "质量指标", "时效指标", "成本指标"})


def family_problems(family: Sequence[Loaded]) -> Iterator[Diagnostic]:
    """Yield what is wrong between `family[0]` and what it takes over."""
    yield from _grades(family)
    yield from _block_names(family)


def _grades(family: Sequence[Loaded]) -> Iterator[Diagnostic]:
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


def _block_names(family: Sequence[Loaded]) -> Iterator[Diagnostic]:
    """A rule for a block that is almost one of the form's is for no row at all.

    Forms have parts of blocks that no ruleset lists, so a name that is merely unknown says nothing.
    """
    known = tuple(dict.fromkeys(chain.from_iterable(_names(form.blocks or ()) for form in _forms(family))))
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


def _names(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        yield block.name
        yield from _names(block.parts or ())


def _is_slip(name: str, known: str) -> bool:
    """Tell a name that is one character, or its ending, away from a known one.

    >>> [_is_slip(name, "产出指标") for name in ("产出指标x", "产岀指标", "产出", "质量指标", "社会产出指标")]
    [True, True, True, False, False]
    """
    if name in _USUAL and known in _USUAL:
        return False
    short, long = sorted((name, known), key=len)
    if len(short) == len(long):
        return sum(one != other for one, other in zip(short, long, strict=True)) == 1
    if len(long) - len(short) == 1:
        return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
    return len(short) > 1 and long == f"{short}指标"
