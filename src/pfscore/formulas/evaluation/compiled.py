"""Compute formulas: a fast path over pairs of integers, and an explained path that keeps every step.

>>> from pfscore.formulas.formula import parse_formula
>>> compiled = compile_formula(parse_formula("分值 * min(完成值 / 指标值, 1)"))
>>> env = {"points": Fraction(4), "actual": Fraction(1, 2), "target": Fraction(1)}
>>> compiled.run(env)
Fraction(2, 1)
>>> compiled.trace(env).number
Fraction(2, 1)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

from pfscore.formulas.evaluation.generated import Undefined, generate
from pfscore.formulas.evaluation.parts import Value
from pfscore.formulas.evaluation.trace import Explained, Step, broken_requirements
from pfscore.formulas.formula import Formula
from pfscore.formulas.glossary import GLOSSARY, Kind
from pfscore.formulas.syntax_tree import MAX_INPUT_BITS, Expr, too_large
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.errors import ExpressionError, ScoringError
from pfscore.foundation.text import Lang, Message

#: The first number that is too large to be handed in, above and below the bar.
_TOO_LARGE = 1 << MAX_INPUT_BITS


class EvaluationError(ScoringError):
    """A formula that has no value for what was handed in; `step` is the trace as far as it came."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...], step: Step | None = None) -> None:
        super().__init__(diagnostics)
        self.step = step

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.diagnostics, self.step)


class Compiled:
    """A formula ready to be computed many times; it can be pickled and shared between threads."""

    __slots__ = ("_fast", "_slots", "formula")

    def __init__(self, formula: Formula) -> None:
        self.formula = formula
        self._fast: Callable[..., Any] | None = None
        self._slots = [(name, GLOSSARY[name].kind is Kind.TRUTH) for name in formula.names]

    @property
    def names(self) -> tuple[str, ...]:
        """The names that have to be handed in, in the order of the slots of :attr:`fast`."""
        return self.formula.names

    def __reduce__(self) -> tuple[Any, ...]:
        return compile_formula, (self.formula,)

    def __repr__(self) -> str:
        return f"<Compiled {str(self.formula)!r}>"

    @property
    def fast(self) -> Callable[..., Any]:
        """The fast path: a function of plain integers, generated on first use.

        For each of :attr:`names` in order it takes the numerator and the (positive) denominator, or for a truth
        value the one `bool`. It returns the pair of the result, with a positive denominator and not in lowest
        terms; for a condition, a `bool`. It checks nothing that it is given: no number may have more than
        `MAX_INPUT_BITS` bits. Where there is no result it raises :class:`Undefined`, and :meth:`trace` says why.

        >>> from pfscore.formulas.formula import parse_formula
        >>> compile_formula(parse_formula("分值 * 完成率")).fast(10, 1, 19, 20)
        (190, 20)
        """
        if self._fast is None:
            self._fast = _generated(self.formula.body, self.formula.kind)
        return self._fast

    def run(self, env: Mapping[str, Fraction | bool]) -> Fraction:
        """Return the result for the values in `env`, by English or Chinese name.

        Raises:
            EvaluationError: PF430 division by zero, PF431 a requirement that does not hold, PF432 a number too
                large, PF433 a value that was not handed in or is of the wrong kind.
        """
        numerator, denominator = self._compute(env)
        return Fraction(numerator, denominator)

    def test(self, env: Mapping[str, Fraction | bool]) -> bool:
        """Return whether a condition holds; otherwise as :meth:`run`."""
        return bool(self._compute(env))

    def trace(self, env: Mapping[str, Fraction | bool]) -> Step:
        """Return the tree of steps that leads to the result; raises as :meth:`run`, with the steps so far."""
        explained = Explained(self.formula.text, self._values(env))
        step = explained.step(self.formula.body)
        if problem := explained.problem:
            span = self.formula.span(*problem.span)
            raise EvaluationError((Diagnostic(problem.code, problem.message, problem.hint, span),), step)
        return step

    def explain(self, env: Mapping[str, Fraction | bool], lang: Lang = "zh") -> str:
        """Return how the result comes about, as :func:`explain_formula` says of the trace; raises as :meth:`run`."""
        from pfscore.formulas.evaluation.narrated import explain_formula, explain_values

        told = explain_values(self.formula, self._values(env), lang)
        return explain_formula(self.trace(env), lang) if told is None else told

    def _compute(self, env: Mapping[str, Fraction | bool]) -> Any:
        slots: list[int | bool] = []
        for name, is_truth in self._slots:
            value = env.get(name)
            if type(value) is Fraction and not is_truth:
                numerator, denominator = value.as_integer_ratio()
                if -_TOO_LARGE < numerator < _TOO_LARGE > denominator:
                    slots += numerator, denominator
                    continue
            elif type(value) is bool and is_truth:
                slots.append(value)
                continue
            return self._compute_checked(env)
        try:
            return self.fast(*slots)
        except Undefined:
            self.trace(env)
            raise  # pragma: no cover - the explained path fails wherever the fast path does

    def _compute_checked(self, env: Mapping[str, Fraction | bool]) -> Any:
        """Return the result for values of which one is missing, not of its kind, or given by its Chinese name."""
        values = self._values(env)
        if len(values) == len(self._slots):
            plain = {name: Fraction(v) if isinstance(v, Fraction) else bool(v) for name, v in values.items()}
            return self._compute(plain)
        # What a branch that is not taken would need may be missing; the explained path looks at the others alone.
        step = self.trace(env)
        return bool(step.truth) if step.number is None else (step.number.numerator, step.number.denominator)

    def _values(self, env: Mapping[str, Fraction | bool]) -> dict[str, Value]:
        """Return the values that were handed in, by name, each of its kind."""
        values: dict[str, Value] = {}
        for name in self.names:
            term = GLOSSARY[name]
            value = env.get(name, env.get(term.zh))
            if value is None:
                continue
            if isinstance(value, int) and not isinstance(value, bool):
                value = Fraction(value)
            if isinstance(value, bool) != (term.kind is Kind.TRUTH) or not isinstance(value, bool | Fraction):
                wanted = "真假" if term.kind is Kind.TRUTH else "精确的数"
                kind = "a truth value" if term.kind is Kind.TRUTH else "an exact number"
                raise _refused(
                    "PF433",
                    Message(f"“{term.zh}” 应当是{wanted}，给的是 {value}", f"{name} has to be {kind}, not {value}"),
                )
            if isinstance(value, Fraction) and too_large(value, MAX_INPUT_BITS):
                raise _refused(
                    "PF432", Message(f"“{term.zh}” 的值位数太多", f"the value of {name} has too many digits")
                )
            values[name] = value
        return values


def compile_formula(formula: Formula) -> Compiled:
    """Prepare `formula` for computing; what its constants make impossible is refused here.

    Raises:
        ExpressionError: PF421 where a policy is given a constant that it cannot work with (归零=1).
    """
    problems = broken_requirements(formula.body)
    if problems:
        raise ExpressionError(
            Diagnostic(
                "PF421",
                Message(
                    f"“{formula.text[slice(*problem.span)]}” 不符合要求：{problem.text('zh')}",
                    f"{formula.text[slice(*problem.span)]} breaks a requirement: {problem.text('en')}",
                ),
                None,
                formula.span(*problem.span),
            )
            for problem in problems
        )
    return Compiled(formula)


def _refused(code: str, message: Message) -> EvaluationError:
    return EvaluationError((Diagnostic(code, message),))


@lru_cache(maxsize=4096)
def _generated(body: Expr, kind: Kind) -> Callable[..., Any]:
    return generate(body, kind)
