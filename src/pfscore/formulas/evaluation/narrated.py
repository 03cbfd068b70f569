"""The steps of a formula as a line that a reviewer can check with a calculator.

分值 × min(完成值 ÷ 指标值, 1) = 4 × min(0.5 ÷ 1, 1) = 4 × 0.5 = 2
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from pfscore.formulas.evaluation.parts import Computed, Value, values_of
from pfscore.formulas.evaluation.trace import Explained, Step
from pfscore.formulas.formula import Formula, parse_condition, parse_formula
from pfscore.formulas.functions import FUNCTIONS, POLICIES, Function
from pfscore.formulas.glossary import GLOSSARY, Kind
from pfscore.foundation.numbers import shown
from pfscore.foundation.runtime.memory import remembered
from pfscore.foundation.text import Lang, Message

#: Around the place of a number, around an equation, and between its stages, until numbers are put in.
_NUMBER, _EQUATION, _STAGE = "\0", "\1", "\2"
#: In how many ways the conditions of a formula may turn out for its words to be kept.
_MOST_WAYS = 64
_SIGNS = {"*": "×", "/": "÷", ">=": "≥", "<=": "≤", "!=": "≠"}
_LOGIC = {"or": Message("或", "or"), "and": Message("且", "and"), "not": Message("非", "not")}
_WORDS = {word.en: word for policy in POLICIES.values() for parameter in policy.parameters for word in parameter.words}
_LOOSE, _OR, _AND, _NOT, _COMPARE, _SUM, _PRODUCT, _ATOM = range(8)


def explain_formula(step: Step, lang: Lang = "zh") -> str:
    """Return how the result of a formula comes about, from its trace alone.

    The first line goes from names to numbers to the result, with the conditions that decided; a line follows for
    each policy. Numbers are exact; a decimal that does not end is cut and marked with “…”.

    >>> from pfscore.formulas.formula import parse_formula
    >>> from pfscore.formulas.evaluation.compiled import compile_formula
    >>> compiled = compile_formula(parse_formula("分值 * min(完成值 / 指标值, 1)"))
    >>> step = compiled.trace({"points": Fraction(4), "actual": Fraction(1, 2), "target": Fraction(1)})
    >>> print(explain_formula(step))
    分值 × min(完成值 ÷ 指标值, 1) = 4 × min(0.5 ÷ 1, 1) = 4 × 0.5 = 2
    >>> print(explain_formula(step, "en"))
    points × min(actual ÷ target, 1) = 4 × min(0.5 ÷ 1, 1) = 4 × 0.5 = 2
    """
    return _words_of(step, lang).with_numbers([one.value for one in _inside_out(step)])


def explain_values(formula: Formula, values: Mapping[str, Value], lang: Lang = "zh") -> str | None:
    """Return what :func:`explain_formula` says of the trace of a formula for these values.

    The words are made from a trace, once for each way in which the conditions turn out. `None` where there is no
    result, or a part of it is below zero.

    >>> from pfscore.formulas.formula import parse_formula
    >>> explain_values(parse_formula("分值 * 60%"), {"points": Fraction(10)})
    '分值 × 60% = 10 × 60% = 10 × 0.6 = 6'
    """
    compute, known = _prepared(formula.text, formula.kind)
    found: list[Value] = []
    try:
        compute(values, found)
    except (ArithmeticError, LookupError):
        return None
    decided: list[Value] = []
    for value in found:
        if type(value) is not Fraction:
            decided.append(value)
        elif value.numerator < 0:
            return None
    words = known.get((lang, *decided))
    if words is None:
        words = _words_of(Explained(formula.text, values).step(formula.body), lang)
        if len(known) < _MOST_WAYS:
            known[lang, *decided] = words
    return words.with_numbers(found)


@remembered
def _prepared(text: str, kind: Kind) -> tuple[Computed, dict[tuple[Value, ...], _Words]]:
    """Return what computes the parts of a formula, and where its words are kept."""
    read = parse_condition if kind is Kind.TRUTH else parse_formula
    return values_of(read(text).body), {}


class _Words(NamedTuple):
    """What is said of a formula, without the numbers: `texts` stand around these, `places` says which they are.

    A place is that of a step, counted inside out, and whether its number is shown as a percentage.
    """

    texts: tuple[str, ...]
    places: tuple[tuple[int, bool], ...]

    def with_numbers(self, values: Sequence[Value | None]) -> str:
        """Return what is said of the values of all steps."""
        known: dict[tuple[int, bool], str] = {}
        told = [self.texts[0]]
        for (place, percent), text in zip(self.places, self.texts[1:], strict=True):
            value = values[place]
            key = id(value), percent
            if key not in known and type(value) is Fraction:
                known[key] = shown(value, percent=percent)
            told += known[key], text
        lines = dict.fromkeys("".join(told).split("\n"))
        return "\n".join(_without_repetition(line) for line in lines)


def _without_repetition(line: str) -> str:
    """Return a line whose equation says each of its stages once."""
    if _STAGE not in line:
        return line
    before, equation, behind = line.split(_EQUATION)
    return f"{before}{' = '.join(dict.fromkeys(equation.split(_STAGE)))}{behind}"


def _words_of(step: Step, lang: Lang) -> _Words:
    """Return what is said of a step."""
    places = {id(one): place for place, one in enumerate(_inside_out(step))}
    outer = _Narrator(lang, places)
    lines = [outer.failure(step) if step.kind == "error" else outer.line(step)]
    if step.kind != "error":
        where, colon = ("    其中 ", "：") if lang == "zh" else ("    where ", ": ")
        for call, around in _policies(step, None):
            definition = _Narrator(lang, places, POLICIES[call.op]).line(call.steps[-1])
            lines.append(f"{where}{_Narrator(lang, places, around).names(call)}{colon}{definition}")
    first, *others = "\n".join(lines).split(_NUMBER)
    return _Words((first, *others[1::2]), tuple((int(place.rstrip("%")), place.endswith("%")) for place in others[::2]))


def _inside_out(step: Step) -> Iterator[Step]:
    """Yield every step below this one, each behind its own, and this one."""
    for part in step.steps:
        yield from _inside_out(part)
    yield step


def _policies(step: Step, around: Function | None) -> Iterator[tuple[Step, Function | None]]:
    """Yield the policies that were used, outermost first, each with the policy whose definition it stands in."""
    inside = around
    if step.kind == "policy":
        yield step, around
        inside = POLICIES[step.op]
    for number, child in enumerate(step.steps):
        yield from _policies(child, inside if number == len(step.steps) - 1 else around)


def _decided(step: Step) -> Step:
    """Return the part of a conditional that applied, or of a requirement what it lets pass."""
    while step.kind == "conditional" or (step.kind == "call" and step.op == "require"):
        step = step.steps[-1]
    return step


def _inside_policy(step: Step) -> bool:
    """Return whether the last step below is the definition of a policy, and not one of its arguments."""
    return step.op in POLICIES and len(step.steps) > len(POLICIES[step.op].parameters)


class _Narrator:
    """Writes steps of one text: a formula, or the definition of `policy`."""

    def __init__(self, lang: Lang, places: Mapping[int, int], policy: Function | None = None) -> None:
        self.lang: Lang = lang
        self.places = places
        self.parameters = {parameter.en: parameter for parameter in policy.parameters} if policy else {}

    def line(self, step: Step) -> str:
        """Return `step` from names to numbers to the result, and the conditions that decided."""
        main = _decided(step)
        stages = [self.names(main), self._text(main, 0)[0], self._text(main, 1)[0], self._value(main)]
        equation = f"{_EQUATION}{_STAGE.join(stages)}{_EQUATION}"
        reasons = [self._reason(condition) for condition in _conditions(step)]
        if not reasons:
            return equation
        if self.lang == "en":
            return f"{equation}, because {', '.join(reasons)}"
        return f"{equation}，因为 {'，'.join(reasons)}"

    def failure(self, step: Step) -> str:
        """Return which part has no result, and from which numbers."""
        while step.steps and step.steps[-1].kind == "error" and not _inside_policy(step):
            step = step.steps[-1]
        values = {self.names(part): self._value(part) for part in step.walk() if part.kind == "input"}
        used = [f"{name} = {value}" for name, value in values.items()]
        if self.lang == "en":
            return f"{step.text} has no result" + (f" ({', '.join(used)})" if used else "")
        return f"{step.text} 算不出" + (f"（{'，'.join(used)}）" if used else "")

    def names(self, step: Step) -> str:
        """Return `step` with names for what was handed in."""
        return self._text(step, -1)[0]

    def _reason(self, condition: Step) -> str:
        names, values = self.names(condition), self._text(condition, 0)[0]
        bracket = "" if condition.kind in {"input", "parameter"} or names == values else values
        if self.lang == "en":
            verdict = "holds" if condition.truth else "does not hold"
            return f"{names} ({bracket}) {verdict}" if bracket else f"{names} {verdict}"
        verdict = "成立" if condition.truth else "不成立"
        return f"{names}（{bracket}）{verdict}" if bracket else f"{names} {verdict}"

    def _value(self, step: Step) -> str:
        if step.number is not None:
            ratio = step.kind == "input" and GLOSSARY[step.op].dimension == "ratio"
            return f"{_NUMBER}{self.places[id(step)]}{'%' if ratio else ''}{_NUMBER}"
        if step.label is not None:
            return _WORDS[step.label].text(self.lang)
        return ("真" if step.truth else "假") if self.lang == "zh" else ("true" if step.truth else "false")

    def _text(self, step: Step, stage: int) -> tuple[str, int]:
        """Return `step` and how tightly it binds: with names (-1), with numbers (0), with its parts worked out (1)."""
        step = _decided(step)
        if step.kind == "constant":
            plain = step.label is None and (step.text.isascii() or self.lang == "zh" or step.text[-1] in "%‰")
            return (step.text if plain and stage < 1 else self._value(step)), _ATOM
        if not step.steps:
            return self._leaf(step, stage)
        if step.kind in {"call", "policy"}:
            return self._call(step, stage), _ATOM
        ops, parts = step.op.split(" "), step.steps
        if step.kind == "comparison":
            return self._joined([_SIGNS.get(op, op) for op in ops], parts, stage, _SUM), _COMPARE
        if step.op == "not":
            return f"{_LOGIC['not'].text(self.lang)} {self._part(parts[0], stage, _NOT)}", _NOT
        if step.kind == "logic":
            level = _OR if step.op == "or" else _AND
            return self._joined([_LOGIC[step.op].text(self.lang)] * (len(parts) - 1), parts, stage, level + 1), level
        if len(parts) == 1:
            return f"-{self._part(parts[0], stage, _ATOM)}", _SUM
        level = _SUM if ops[0] in "+-" else _PRODUCT
        return self._joined([_SIGNS.get(op, op) for op in ops], parts, stage, level + 1), level

    def _leaf(self, step: Step, stage: int) -> tuple[str, int]:
        if stage >= 0 and (step.number is not None or step.kind == "parameter"):
            return self._value(step), _SUM if _is_negative(step) else _ATOM
        if step.kind == "input":
            return GLOSSARY[step.op].name(self.lang), _ATOM
        return self.parameters[step.op].name(self.lang), _ATOM

    def _part(self, step: Step, stage: int, place: int) -> str:
        if stage == 1 and step.number is not None:
            text = self._value(step)
            return f"({text})" if _is_negative(step) and place > _SUM else text
        text, level = self._text(step, min(stage, 0))
        return text if level >= place else f"({text})"

    def _joined(self, signs: list[str], parts: tuple[Step, ...], stage: int, place: int) -> str:
        first, *others = (self._part(part, stage, place) for part in parts)
        return first + "".join(f" {sign} {other}" for sign, other in zip(signs, others, strict=False))

    def _call(self, step: Step, stage: int) -> str:
        function = FUNCTIONS[step.op]
        arguments = step.steps[:-1] if step.kind == "policy" else step.steps
        parts = []
        for parameter, argument in zip(function.parameters_for(len(arguments)), arguments, strict=True):
            if argument.text:
                text = self._part(argument, stage, _LOOSE)
                parts.append(f"{parameter.name(self.lang)}={text}" if parameter.named else text)
        return f"{function.name(self.lang)}({', '.join(parts)})"


def _is_negative(step: Step) -> bool:
    return step.number is not None and step.number < 0


def _conditions(step: Step) -> Iterator[Step]:
    """Yield the conditions that decided, in order; not those inside a policy, nor those on a word."""
    if step.kind == "conditional":
        yield from (tried for tried in step.steps[:-1] if all(part.label is None for part in tried.walk()))
    for child in step.steps:
        if step.kind != "policy":
            yield from _conditions(child)
