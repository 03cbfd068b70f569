"""The lines above examples and formulas: what the engine makes of them, and what is proved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType

from pfscore.checking.counterexamples import is_excepted, is_unasked
from pfscore.checking.examples import ExampleRun
from pfscore.checking.proofs import Proof
from pfscore.editor.open_file import OpenFile
from pfscore.formulas.proofs.prove import Claim
from pfscore.foundation.text import Lang, Message

#: The claims that are shown above a formula, in this order.
_SHOWN: Mapping[str, Message] = MappingProxyType(
    {
        "monotone": Message("完成得更好，得分不降", "rises with the result"),
        "full_when_met": Message("达标即满分", "reaches full points"),
        "bounded": Message("不超出分值", "stays within the points"),
    }
)
_EXCEPTED = Message("（依条款例外）", " (excepted by a clause)")
_EXPECTED = Message("应为 ", "expected: ")


@dataclass(frozen=True)
class Lens:
    """What stands above a line, counted from 1."""

    line: int
    text: str


def lenses(file: OpenFile, lang: Lang) -> Iterator[Lens]:
    """Yield the lines of what the last check found, but for those that were edited since."""
    if file.checked is None:
        return
    for lens in (*_examples(file.checked.runs, lang), *_formulas(file.checked.proofs, str(file.path), lang)):
        if (line := file.checked_lines.now(lens.line, file.lines)) is not None:
            yield Lens(line, lens.text)


def _examples(runs: Iterable[ExampleRun], lang: Lang) -> Iterator[Lens]:
    for run in runs:
        outcome = run.outcome(lang)
        text = f"✓ {outcome}" if run.passed else f"✗ {outcome}　{_EXPECTED.text(lang)}{run.expected(lang)}"
        yield Lens(run.span.line, text)


def _formulas(proofs: Iterable[Proof], name: str, lang: Lang) -> Iterator[Lens]:
    own = (proof for proof in proofs if proof.claims and proof.place.source == name and not is_unasked(proof))
    for line, group in groupby(own, key=lambda proof: proof.place.line):
        claims = [(proof, claim) for proof in group for claim in proof.claims]
        parts = [_verdict(name, [pair for pair in claims if pair[1].name == name], lang) for name in _SHOWN]
        yield Lens(line, "　".join(part for part in parts if part))


def _verdict(name: str, claims: list[tuple[Proof, Claim]], lang: Lang) -> str:
    """Return whether a claim holds for every kind of target that the rule is for; nothing where it was not asked."""
    words = _SHOWN[name].text(lang)
    if any(claim.verdict == "refuted" and not is_excepted(proof, claim) for proof, claim in claims):
        return f"✗ {words}"
    if any(claim.verdict == "unknown" for _, claim in claims):
        return f"? {words}"
    if any(claim.verdict == "refuted" for _, claim in claims):
        return f"✗ {words}{_EXCEPTED.text(lang)}"
    return f"✓ {words}" if claims else ""
