"""The explained path: a formula computed step by step, and the tree of steps, which is kept also on failure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Literal, NotRequired

from pfscore.formulas import syntax_tree as tree
from pfscore.formulas.evaluation.parts import Value
from pfscore.formulas.formula import definition_of
from pfscore.formulas.functions import BUILTINS, POLICIES, Function
from pfscore.formulas.glossary import GLOSSARY
from pfscore.formulas.printer import print_formula
from pfscore.formulas.syntax_tree import ARITHMETIC, COMPARISONS, too_large
from pfscore.foundation.numbers import decimal_text, exact
from pfscore.foundation.stored import TypedDict
from pfscore.foundation.text import Lang, Message, shorten

Kind = Literal[
    "input",  # a value of the row
    "parameter",  # an argument, named inside a policy
    "constant",  # a number or a word that stands in the formula
    "arithmetic",  # + - * / and the negative
    "comparison",
    "logic",  # and, or, not
    "conditional",  # the condition, then the branch that applied
    "call",  # a built-in function
    "policy",  # a policy: its arguments, then its definition
    "error",  # what could not be computed; the steps below it went well, or hold the cause
    # Around the formula, for a whole row:
    "score",  # the points of the row, or the range that is left open
    "reading",  # what a cell says
    "assumption",  # what is not literally in the text
    "rule",  # which rule applied, and on whose authority
    "rounding",
    "decision",  # what a person chose
]


class ShownStep(TypedDict):
    """A step as JSON: one of `number` (decimal text or a fraction), `truth` and `label`, and none under `error`."""

    kind: Kind
    text: str
    op: NotRequired[str]
    number: NotRequired[str]
    truth: NotRequired[bool]
    label: NotRequired[str]
    taken: NotRequired[bool]
    span: NotRequired[list[int]]
    steps: NotRequired[list[ShownStep]]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: exactly one of `number`, `truth` and `label` is set, and none of them under `error`.

    `text` is the part of the formula as it was written, at `span` (character offsets). Below a policy's arguments
    the texts and spans are those of the policy's definition. `op` says which operation joined `steps`: signs
    separated by spaces, a function's or a name's English name. `taken` says of a condition whether it applied.

    >>> Step("constant", "60%", number=Fraction(3, 5)).as_json()
    {'kind': 'constant', 'text': '60%', 'number': '0.6'}
    """

    kind: Kind
    text: str
    op: str = ""
    number: Fraction | None = None
    truth: bool | None = None
    label: str | None = None
    taken: bool | None = None
    span: tuple[int, int] = (0, 0)
    steps: tuple[Step, ...] = ()

    @property
    def value(self) -> Fraction | bool | str | None:
        """The result, whatever its kind; `None` under `error`."""
        if self.number is not None:
            return self.number
        return self.label if self.truth is None else self.truth

    def walk(self) -> Iterator[Step]:
        """Yield this step and every step below it, in order."""
        yield self
        for step in self.steps:
            yield from step.walk()

    def as_json(self) -> ShownStep:
        """Return the tree as plain JSON data; numbers are decimal text or fractions (`2/3`)."""
        data: ShownStep = {"kind": self.kind, "text": self.text}
        if self.op:
            data["op"] = self.op
        if self.number is not None:
            data["number"] = decimal_text(self.number)
        if self.truth is not None:
            data["truth"] = self.truth
        if self.label is not None:
            data["label"] = self.label
        if self.taken is not None:
            data["taken"] = self.taken
        if self.span != (0, 0):
            data["span"] = list(self.span)
        if self.steps:
            data["steps"] = [step.as_json() for step in self.steps]
        return data

    @classmethod
    def from_json(cls, data: Any) -> Step:
        """Return the tree that :meth:`as_json` wrote.

        >>> step = Step("input", "完成值", "actual", Fraction(2, 3), span=(5, 8))
        >>> Step.from_json(step.as_json()) == step
        True
        """
        start, end = data.get("span", (0, 0))
        number = data.get("number")
        return cls(
            data["kind"],
            data["text"],
            data.get("op", ""),
            None if number is None else _read_number(number),
            data.get("truth"),
            data.get("label"),
            data.get("taken"),
            (start, end),
            tuple(cls.from_json(step) for step in data.get("steps", ())),
        )


def _read_number(text: str) -> Fraction:
    """Read what `decimal_text` wrote; a computed number may be longer than any that a cell may hold."""
    try:
        return exact(text)
    except ValueError:
        return Fraction(text)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why there is no result: code, sentence, what to do, and where in the text of the formula."""

    code: str
    message: Message
    hint: Message | None
    span: tree.Place


class Explained:
    """Computes the parts of one text: a formula over the values of a row, or a definition over its arguments.

    The first part that has no result ends the computation: it and everything around it become `error` steps, and
    `problem` says why.
    """

    def __init__(self, text: str, values: Mapping[str, Value], policy: Function | None = None) -> None:
        self.text = text
        self.values = values
        self.policy = policy
        self.problem: Problem | None = None

    def step(self, node: tree.Expr) -> Step:  # noqa: C901 - one case for each kind of node
        """Return the step that computes `node`."""
        match node:
            case tree.Number(value):
                return self._done(node, "constant", "", value)
            case tree.Word(word):
                return self._done(node, "constant", "", word)
            case tree.Name(name):
                if name not in self.values:
                    return self._fail(node, name, [], "PF433", *_not_given(name), node.span)
                return self._done(node, "parameter" if self.policy else "input", name, self.values[name])
            case tree.Minus(operand):
                steps = self._steps((operand,))
                return self._failed(node, "-", steps) or self._done(node, "arithmetic", "-", -_number(steps[0]), steps)
            case tree.Arithmetic():
                return self._arithmetic(node)
            case tree.Compare(ops, operands):
                steps = self._steps(operands)
                pairs = zip(ops, steps, steps[1:], strict=False)
                return self._failed(node, " ".join(ops), steps) or self._done(
                    node,
                    "comparison",
                    " ".join(ops),
                    all(COMPARISONS[op](a.value, b.value) for op, a, b in pairs),
                    steps,
                )
            case tree.Logic(op, operands):
                steps = self._steps(operands, until=op == "or")
                return self._failed(node, op, steps) or self._done(node, "logic", op, bool(steps[-1].truth), steps)
            case tree.Not(operand):
                steps = self._steps((operand,))
                return self._failed(node, "not", steps) or self._done(node, "logic", "not", not steps[0].truth, steps)
            case tree.Conditional():
                return self._conditional(node)
            case tree.Call("require", (condition, result)):
                return self._require(node, condition, result)
            case tree.Call(function) if function in POLICIES:
                return self._policy(node)
            case tree.Call(function, arguments):
                steps = self._steps(arguments)
                return self._failed(node, function, steps) or self._done(
                    node, "call", function, BUILTINS[function].value(*map(_number, steps)), steps
                )

    # -- kinds of nodes ---------------------------------------------------------------------------------------

    def _arithmetic(self, node: tree.Arithmetic) -> Step:
        op = " ".join(node.ops)
        steps = self._steps(node.operands)
        if failed := self._failed(node, op, steps):
            return failed
        result = _number(steps[0])
        for sign, step in zip(node.ops, steps[1:], strict=True):
            if sign == "/" and not step.number:
                return self._fail(node, op, steps, "PF430", *_zero(step.text), step.span)
            result = ARITHMETIC[sign](result, _number(step))
            if too_large(result):
                return self._fail(node, op, steps, "PF432", *_LARGE, node.span)
        return self._done(node, "arithmetic", op, result, steps)

    def _conditional(self, node: tree.Conditional) -> Step:
        steps: list[Step] = []
        for condition in node.conditions:
            steps.append(self._condition(condition))
            if self.problem or steps[-1].truth:
                break
        if not self.problem:
            steps.append(self.step(node.results[len(steps) - 1 if steps[-1].truth else len(steps)]))
        return self._failed(node, "if", steps) or self._done(node, "conditional", "if", steps[-1].value, steps)

    def _condition(self, node: tree.Expr) -> Step:
        step = self.step(node)
        return replace(step, taken=step.truth)

    def _require(self, node: tree.Call, condition: tree.Expr, result: tree.Expr) -> Step:
        steps = [self._condition(condition)]
        if not self.problem:
            if not steps[0].truth:
                return self._fail(node, "require", steps, "PF431", *self._unmet(condition), node.span)
            steps.append(self.step(result))
        return self._failed(node, "require", steps) or self._done(node, "call", "require", steps[1].value, steps)

    def _unmet(self, condition: tree.Expr) -> tuple[Message, Message | None]:
        def say(lang: Lang) -> tuple[str, str]:
            used = [
                f"{print_formula(tree.Name(name), lang, self.policy)} = {decimal_text(value)}"
                for name in tree.names_used(condition)
                if isinstance(value := self.values.get(name), Fraction)
            ]
            return print_formula(condition, lang, self.policy), ("，" if lang == "zh" else ", ").join(used)

        (zh, zh_values), (en, en_values) = say("zh"), say("en")
        message = Message(f"要求不成立：{zh}", f"a requirement does not hold: {en}")
        return message, Message(f"现在 {zh_values}", f"now {en_values}") if zh_values else None

    def _policy(self, node: tree.Call) -> Step:
        policy = POLICIES[node.function]
        steps = self._steps(node.arguments)
        if failed := self._failed(node, policy.en, steps):
            return failed
        inner = Explained(policy.definition, policy.bound(map(_value, steps)), policy)
        steps.append(inner.step(definition_of(policy.en)))
        if inner.problem:
            self.problem = replace(inner.problem, span=node.span)
        return self._failed(node, policy.en, steps) or self._done(node, "policy", policy.en, steps[-1].value, steps)

    # -- steps ------------------------------------------------------------------------------------------------

    def _steps(self, nodes: Iterable[tree.Expr], *, until: bool | None = None) -> list[Step]:
        """Return the steps of `nodes`, up to a failure or up to the first truth value that is `until`."""
        steps: list[Step] = []
        for node in nodes:
            steps.append(self.step(node))
            if self.problem or (until is not None and steps[-1].truth is until):
                break
        return steps

    def _done(self, node: tree.Expr, kind: Kind, op: str, value: Value | None, steps: Iterable[Step] = ()) -> Step:
        start, end = node.span
        text = self.text[start:end]
        parts = tuple(steps)
        match value:
            case bool():
                return Step(kind, text, op, truth=value, span=node.span, steps=parts)
            case Fraction():
                return Step(kind, text, op, number=value, span=node.span, steps=parts)
        return Step(kind, text, op, label=value, span=node.span, steps=parts)

    def _failed(self, node: tree.Expr, op: str, steps: list[Step]) -> Step | None:
        return self._done(node, "error", op, None, steps) if self.problem else None

    def _fail(
        self,
        node: tree.Expr,
        op: str,
        steps: list[Step],
        code: str,
        message: Message,
        hint: Message | None,
        span: tree.Place,
    ) -> Step:
        self.problem = Problem(code, message, hint, span)
        return self._done(node, "error", op, None, steps)


_LARGE = (
    Message("算得的数位数太多", "a number that came up has too many digits"),
    Message("请检查公式和填报的数", "check the formula and the numbers that were handed in"),
)


def _not_given(name: str) -> tuple[Message, None]:
    return Message(f"没有给出 “{GLOSSARY[name].zh}” 的值", f"no value is given for {name}"), None


def _zero(text: str) -> tuple[Message, Message | None]:
    shown = shorten(text, 30)
    return Message(f"除数 “{shown}” 等于 0", f"division by zero: “{shown}” is 0"), Message(
        "请在规则集里写明此时怎样评分，例如 “如果 指标值 = 0 则 … 否则 …”",
        "say in the ruleset what holds then, for example: if target == 0 then … else …",
    )


def _number(step: Step) -> Fraction:
    assert step.number is not None  # noqa: S101 - the kinds were checked when the formula was read
    return step.number


def _value(step: Step) -> Value:
    value = step.value
    assert value is not None  # noqa: S101 - only an error step has none, and none comes here
    return value


# -- what constants make impossible ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Broken:
    """A requirement of a policy that its constant arguments break, and the argument's place."""

    condition: tree.Expr
    policy: Function
    span: tree.Place

    def text(self, lang: Lang) -> str:
        """Return the requirement as the definition writes it."""
        return print_formula(self.condition, lang, self.policy)


def broken_requirements(body: tree.Expr) -> list[Broken]:
    """Return the requirements of policies in `body` that can never hold, because constants break them."""
    return list(_broken(body, {}))


def _broken(body: tree.Expr, known: Mapping[str, Value]) -> Iterator[Broken]:
    for node in tree.walk(body):
        if not isinstance(node, tree.Call) or node.function not in POLICIES:
            continue
        policy, definition = POLICIES[node.function], definition_of(node.function)
        arguments = policy.bound(node.arguments)
        values = {name: value for name, part in arguments.items() if (value := _constant(part, known)) is not None}
        if isinstance(definition, tree.Call) and definition.function == "require":
            for part in _conjuncts(definition.arguments[0]):
                used = tree.names_used(part)
                if set(used) <= values.keys() and Explained("", values, policy).step(part).truth is False:
                    yield Broken(part, policy, arguments[used[0]].span)
        for inner in _broken(definition, values):
            yield replace(inner, span=node.span)


def _constant(node: tree.Expr, known: Mapping[str, Value]) -> Value | None:
    return Explained("", known).step(node).value if set(tree.names_used(node)) <= known.keys() else None


def _conjuncts(condition: tree.Expr) -> tuple[tree.Expr, ...]:
    return condition.operands if isinstance(condition, tree.Logic) and condition.op == "and" else (condition,)
