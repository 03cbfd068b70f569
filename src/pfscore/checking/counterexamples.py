"""What proofs show to be wrong with a ruleset, with counterexamples that an author can paste into the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from pfscore.cells.lexicon.quantities import Quantity
from pfscore.cells.readings import TargetKind
from pfscore.checking.examples import expectation, score_example
from pfscore.checking.proofs import BOUNDS, GAP, OF_BUDGETS, Proof, target_text
from pfscore.formulas.evaluation.compiled import EvaluationError, compile_formula
from pfscore.formulas.glossary import GLOSSARY
from pfscore.formulas.proofs.prove import CLAIMS, Claim, Witness
from pfscore.foundation.diagnostics import Diagnostic, Severity
from pfscore.foundation.numbers import decimal_places, decimal_text, round_to
from pfscore.foundation.text import Message, joined
from pfscore.rulesets.model.example import Example
from pfscore.scoring.row.engine import Engine
from pfscore.scoring.row.preparing.rule_choice import SIGN_WORDS, sign_of

#: How bad it is where a claim is refuted, its code, and the key whose citation answers for it.
_REFUTED: dict[str, tuple[str, Severity, str | None]] = {
    "defined": ("PF250", Severity.WARNING, None),
    "bounded": ("PF251", Severity.ERROR, None),
    "monotone": ("PF252", Severity.ERROR, "overshoot"),
    "full_when_met": ("PF253", Severity.WARNING, "overshoot"),
    "met_when_full": ("PF253", Severity.WARNING, "steps"),
    "continuous": ("PF254", Severity.ERROR, "steps"),
}


def proof_problems(proofs: Sequence[Proof], engine: Engine) -> Iterator[Diagnostic]:
    """Yield what proofs show to be wrong, unless the version cites a clause for it; and what could not be proved."""
    warned: set[tuple[str, TargetKind | None]] = set()
    for proof in proofs:
        if not is_unasked(proof):
            yield from _problems(proof, engine)
        elif (proof.rule.id, proof.kind) not in warned:
            # The author did not think of such targets; one warning with the way out says more than all that goes wrong.
            first = next((one for one in _problems(proof, engine) if one.severity is not Severity.NOTE), None)
            if first is not None:
                warned.add((proof.rule.id, proof.kind))
                yield replace(first, severity=Severity.WARNING)


def is_unasked(proof: Proof) -> bool:
    """Return whether the rule does not say for which signs of the target it is, and this is not the usual one."""
    target = proof.setting.target
    return (
        not proof.setting.late
        and target is not None
        and target <= 0
        and proof.rule.applies.target is None
        and proof.rule.version.target is None
    )


def _problems(proof: Proof, engine: Engine) -> Iterator[Diagnostic]:
    if proof.missing:
        yield _uncomputable(proof)
    if unknown := [claim for claim in proof.claims if claim.verdict == "unknown" and not claim.nowhere]:
        yield _unproved(proof, unknown)
    for claim in proof.claims:
        if claim.verdict == "refuted" and not is_excepted(proof, claim):
            yield _refuted(proof, claim, engine)


def is_excepted(proof: Proof, claim: Claim) -> bool:
    """Return whether a claim that does not hold is excused: by a cited clause, or as a person is asked."""
    if claim.verdict != "refuted":
        return False
    answer = _REFUTED[claim.name][2]
    cited = answer is not None and getattr(proof.rule.version, answer) is not None
    if answer == "overshoot":
        # Short of the target, and at it, nobody has done too much.
        beyond = all(one.met for one in claim.witnesses)
        cited = cited and beyond and claim.witnesses[0].actual not in proof.setting.edges()
    return cited or _is_guarded(proof, claim)


def _is_guarded(proof: Proof, claim: Claim) -> bool:
    """Return whether all that breaks a claim lies where a person is asked instead."""
    if proof.rule.when is None:
        return False
    places = [one.actual for one in claim.witnesses] + [jump.at for jump in claim.jumps]
    condition = compile_formula(proof.rule.when)
    try:
        return any(condition.test(proof.setting.env(place)) for place in places)
    except EvaluationError:
        return False


def _unproved(proof: Proof, claims: Sequence[Claim]) -> Diagnostic:
    said = joined((CLAIMS[claim.name] for claim in claims), "；", "; ")
    return Diagnostic(
        "PF255",
        Message(f"规则 “{proof.rule.id}” 不能证明：{said.zh}", f"rule {proof.rule.id!r}: cannot prove that {said.en}"),
        Message(
            "能证明的是（一次式 ÷ 一次式）拼成、步数不太多的公式；试算了各处的完成值，没有找到反例",
            "proofs cover formulas put together of lines over lines, in a bounded number of steps; "
            "no counterexample was found among many achieved values",
        ),
        proof.place,
        severity=Severity.NOTE,
    )


def _uncomputable(proof: Proof) -> Diagnostic:
    """The formula uses what rows of this kind do not have."""
    kind = proof.rows
    terms = [GLOSSARY[name] for name in proof.missing]
    zh, en = "、".join(term.zh for term in terms), ", ".join(term.en for term in terms)
    rows = Message(f"“{kind.zh}”", kind.en)
    hint = Message(
        "在 applies 里写 comparator，或在例子里给出", "narrow `comparator` under `applies`, or give it in an example"
    )
    if proof.rule.applies.row != "budget" and OF_BUDGETS.intersection(proof.missing):
        hint = Message(f"{zh}只有预算行有；那样的规则写 applies: row: budget", f"{en}: only of rows with `row: budget`")
    elif proof.setting.target == 0 and not proof.setting.late:
        rows, hint = Message(f"指标值为零的“{kind.zh}”", f"{kind.en} with a target of zero"), _FOR_POSITIVE
    return Diagnostic(
        "PF250",
        Message(
            f"规则 “{proof.rule.id}” 也适用于{rows.zh}，而那样的行没有{zh}",
            f"rule {proof.rule.id!r} is also for {rows.en}, and such rows have no {en}",
        ),
        hint,
        proof.place,
        severity=Severity.WARNING,
    )


_FOR_POSITIVE = Message(
    "只对正的指标值的，在 applies 里写 target: 正，零和负数另写规则",
    "a rule for positive targets says `target: 正` under `applies`; zero and below need rules of their own",
)


_ONE_WAY = Message(
    '规则对各种指标值都适用；只对一个方向的，在 applies 里写 comparator，如 ["≥"]',
    'the rule is for every kind of target; for one direction say `comparator: ["≥"]`, say, under `applies`',
)


def _rows(proof: Proof) -> Message:
    """Name the kind of rows, an unusual sign of their targets, and which of a person's bounds is meant."""
    named, target = [proof.rows], proof.setting.target
    if target is not None and target <= 0 and not proof.setting.late:
        named.append(Message(f"指标值为{sign_of(target)}", f"{SIGN_WORDS[sign_of(target)]} target"))
    if proof.what in BOUNDS:
        named.append(proof.what)
    return joined(named, "，")


def _refuted(proof: Proof, claim: Claim, engine: Engine) -> Diagnostic:
    code, severity, answer = _REFUTED[claim.name]
    broken, rows = _BROKEN[claim.name], _rows(proof)
    witnesses = _plain_witnesses(proof, claim)
    seen = _evidence(proof, claim, witnesses)
    advice = [_ADVICE[answer]] if answer is not None else []
    if claim.name == "monotone" and proof.kind is not None and proof.rule.applies.comparator is None:
        advice = [_ONE_WAY]
    if is_unasked(proof):
        advice.insert(0, _FOR_POSITIVE)
    if claim.name == "full_when_met" and "points" not in proof.formula.names:
        advice.insert(0, _NO_POINTS)
    if proof.what is GAP:
        broken, advice = _REVERSED, []
    elif claim.name == "bounded" and (adjusts := proof.rule.version.adjusts) is not None:
        broken = Message(f"会超出加减分的区间 {adjusts}", f"leaves the range of the adjustment, {adjusts}")
    if claim.nowhere:
        broken, severity = _NOWHERE, Severity.ERROR
    examples = [text for one in witnesses if (text := _pasted(proof, claim, one, engine))]
    if len(examples) == len(witnesses) > 0:
        pasted = "".join(f"\n{text}" for text in examples)
        advice.append(Message(f"可贴入 examples 的反例：{pasted}", f"as an example:{pasted}"))
    return Diagnostic(
        code,
        Message(
            f"规则 “{proof.rule.id}”（{rows.zh}）{broken.zh}：{seen.zh}",
            f"rule {proof.rule.id!r} ({rows.en}) {broken.en}: {seen.en}",
        ),
        joined(advice, "；", "; ") if advice else None,
        proof.place,
        severity=severity,
    )


def _plain_witnesses(proof: Proof, claim: Claim) -> tuple[Witness, ...]:
    """Return witnesses with few digits where such ones break the claim as well."""
    compiled = compile_formula(proof.formula)
    for digits in range(7):
        found = []
        for one in claim.witnesses:
            actual = round_to(one.actual, digits)
            try:
                score: Fraction | None = compiled.run(proof.setting.env(actual))
            except EvaluationError:
                score = None
            found.append(Witness(actual, score, proof.setting.met(actual)))
        if found and _breaks(proof, claim, found):
            return tuple(found)
    return claim.witnesses


def _breaks(proof: Proof, claim: Claim, found: Sequence[Witness]) -> bool:
    one, points = found[0], proof.setting.points
    if one.score is None or claim.name == "defined":
        return one.score is None and claim.name == "defined"
    match claim.name:
        case "bounded":
            return not 0 <= one.score <= points
        case "full_when_met":
            return one.met and one.score != points
        case "met_when_full":
            return not one.met and one.score == points
    other = found[1]
    before, after = claim.witnesses[0].actual, claim.witnesses[1].actual
    same_way = (other.actual > one.actual) == (after > before) and other.actual != one.actual
    return same_way and other.score is not None and other.score < one.score


_BROKEN = {
    "defined": Message("有算不出的完成值", "cannot be computed everywhere"),
    "bounded": Message("得分会超出 0 到分值", "leaves the range from 0 to the points"),
    "monotone": Message("完成得更好反而得分更低", "gives less for a better result"),
    "full_when_met": Message("达标而不得满分", "gives less than full marks where the target is met"),
    "met_when_full": Message("未达标而得满分", "gives full marks where the target is missed"),
    "continuous": Message("得分有跳变", "jumps"),
}


_NOWHERE = Message("任何完成值都算不出", "can never be computed")
_REVERSED = Message("评定的最高分低于最低分", "leaves a person a most below the least")
_NO_POINTS = Message(
    "公式里没有“分值”；给出的是比例的，写 分值 * (…)", "the formula has no `points`; a share is written `points * (…)`"
)
_ADVICE = {
    "overshoot": Message("有条款规定的，写 overshoot 并引条款", "if a clause says so, cite it in `overshoot`"),
    "steps": Message("有条款规定的，写 steps 并引条款", "if a clause says so, cite it in `steps`"),
}


def _place(proof: Proof, value: Fraction) -> Message:
    """Return what was achieved in words: an actual, or how late it was."""
    here = Quantity(value, proof.unit)
    return Message(f"滞后 {here}", f"{here} late") if proof.setting.late else Message(f"完成值 {here}", str(here))


def _evidence(proof: Proof, claim: Claim, witnesses: Sequence[Witness]) -> Message:
    if claim.jumps:
        jump = claim.jumps[0]
        here = _place(proof, jump.at)
        parts = [_score_text(score, proof.least) for score in (jump.before, jump.value, jump.after)]
        return Message(
            f"{here.zh} 处，之前 {parts[0]}，恰好 {parts[1]}，之后 {parts[2]}",
            f"at {here.en}: {parts[0]} before, {parts[1]} there, {parts[2]} after",
        )
    if proof.what is GAP and witnesses and proof.rule.bounds is not None:
        env = proof.setting.env(witnesses[0].actual)
        low, high = (_score_text(compile_formula(bound).run(env)) for bound in proof.rule.bounds)
        here = _place(proof, witnesses[0].actual)
        return Message(f"{here.zh} 时最低 {low}，最高 {high}", f"at {here.en} the least is {low}, the most {high}")
    shown = [f"{Quantity(one.actual, proof.unit)} → {_score_text(one.score, proof.least)}" for one in witnesses]
    return Message("；".join(shown), "; ".join(shown))


#: The most decimals of a score that are shown.
_SHOWN = 12


def _score_text(score: Fraction | None, least: Fraction = Fraction(0)) -> str:
    if score is None:
        return "—"
    score += least
    places = decimal_places(score)
    return decimal_text(score) if places is not None and places <= _SHOWN else f"约 {decimal_text(round_to(score, 4))}"


def _pasted(proof: Proof, claim: Claim, one: Witness, engine: Engine) -> str | None:
    """Write a witness as an example of the ruleset, with what the engine makes of it; `None` where that hides it."""
    setting, actual = proof.setting, str(Quantity(one.actual, proof.unit))
    if setting.late or proof.rule.uses_form_amounts:
        return None
    points = decimal_text(setting.points)
    if proof.rule.ignores_target:
        given = {"actual": actual}
    elif proof.kind is None:
        given = {"budget": decimal_text(setting.target or Fraction(1)), "expenditure": actual}
    else:
        given = {"target": target_text(proof.kind, setting, proof.unit), "actual": actual}
    obtained = score_example(engine, proof.rule.id, Example.model_construct(None, **given, points=points))
    expected = expectation(obtained)
    if "error" in expected and expected["error"] not in _SHOWING.get(claim.name, ()):
        return None
    lines = [f'{key}: "{text}"' for key, text in given.items()]
    lines += [f"{key}: {text}" for key, text in {"points": points, **expected}.items()]
    return "\n".join(f"          {'- ' if number == 0 else '  '}{line}" for number, line in enumerate(lines))


#: The refusals of the engine that show what a claim says is wrong.
_SHOWING = {"defined": ("PF521", "PF529"), "bounded": ("PF522",)}
