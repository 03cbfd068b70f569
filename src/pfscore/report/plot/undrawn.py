"""Why there is no picture of a rule."""

from __future__ import annotations

from collections.abc import Mapping

from pfscore.cells.readings import TargetKind
from pfscore.checking.proof_settings import settings
from pfscore.formulas.glossary import GLOSSARY
from pfscore.formulas.proofs.prove import Setting
from pfscore.foundation.text import Message
from pfscore.rulesets.edition import RuleInForce

_SEVERAL = Message("要同时看几个条件", "several conditions count")
_ONE_WAY = Message("没有推定往哪边算好（assume.direction）", "no `assume.direction` says which way is better")
#: Why targets of a kind have no axis along which a score could be drawn.
_NO_AXIS = {
    TargetKind.DEADLINE: Message("完成值是日期，不是数", "the actual is a date, not a number"),
    TargetKind.LEVEL: Message("完成值是文字，不是数", "the actual is words, not a number"),
    TargetKind.ALL_OF: _SEVERAL,
    TargetKind.ANY_OF: _SEVERAL,
    TargetKind.BARE: _ONE_WAY,
    TargetKind.CHANGE: _ONE_WAY,
    TargetKind.APPROXIMATELY: Message("没有写容差（assume.tolerance）", "no `assume.tolerance` is given"),
}
#: What a formula may use that stands in a row of its own, and so in an example.
_OF_A_ROW = {"rank", "share", "deduction", "block_points", "count", "position"}
BY_A_PERSON = Message("得分由评价人评定", "a person gives the points")


def why_undrawn(rule: RuleInForce) -> Message:
    """Say why a rule has no picture, given that it has none."""
    judged = rule.version.judgement
    formulas = [formula for formula in (rule.formula, *(rule.bounds or ())) if formula is not None]
    if not formulas and (judged is None or not judged.full_when_met):
        return BY_A_PERSON
    found = list(settings(rule))
    if not found:
        kinds = [kind for kind in sorted(rule.applies.kinds or ()) if kind in _NO_AXIS]
        said = [(kind.author_word, _NO_AXIS[kind]) for kind in kinds]
        return Message(
            "；".join(f"指标值是“{word}”的，{why.zh}" for word, why in said),
            "; ".join(f"of a target that is “{word}”, {why.en}" for word, why in said),
        )
    lacking = [[name for formula in formulas for name in formula.names if name not in env] for env in map(_env, found)]
    fewest: list[str] = min(lacking, key=len)
    missing = dict.fromkeys(fewest)
    zh = "、".join(f"“{GLOSSARY[name].zh}”" for name in missing)
    en = ", ".join(f"“{GLOSSARY[name].en}”" for name in missing)
    if set(missing) <= _OF_A_ROW:
        return Message(f"公式要用{zh}，没有例子写出它", f"the formula uses {en}, which no example gives")
    return Message(f"公式要用{zh}，这样的指标值没有它", f"the formula uses {en}, which such targets do not have")


def _env(setting: tuple[TargetKind | None, Setting, str | None]) -> Mapping[str, object]:
    """Return what a formula is given for a kind of target."""
    return setting[1].env(setting[1].edges()[0])
