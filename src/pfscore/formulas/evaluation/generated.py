"""The fast path: one Python function of plain integers for one formula.

A number is a pair: numerator and positive denominator, not kept in lowest terms. The function is written out as
text, one statement for each operation, and compiled once. That text is made from this file alone: the nodes of a
tree that was read, checked and bounded decide *which* of the lines below are written, and of the author's formula
nothing but integers gets into it. Names are `v0, v1 …`, there are no loops, no attributes and no other calls.

Sizes are bounded while the text is written: every pair has a bound on its bits, from inputs of `MAX_INPUT_BITS`.
Only where a result could exceed `MAX_BITS` is a check written, which first brings it to lowest terms. So the usual
formula pays nothing, and both paths refuse exactly the same numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import gcd
from typing import Any, NamedTuple

from pfscore.formulas import syntax_tree as tree
from pfscore.formulas.formula import definition_of
from pfscore.formulas.functions import BUILTINS, POLICIES, Atom, Choice
from pfscore.formulas.glossary import GLOSSARY, Kind
from pfscore.formulas.syntax_tree import COMPARISONS, MAX_BITS, MAX_INPUT_BITS
from pfscore.foundation.numbers import Rounding, round_ratio


@dataclass(frozen=True, slots=True)
class Pair:
    """A number of the generated function, with bounds on the bits of its two parts."""

    numerator: Atom
    denominator: Atom
    high: int
    low: int


@dataclass(frozen=True, slots=True)
class Truth:
    """A truth value of the generated function: an expression over its variables, or known already."""

    text: str | bool


@dataclass(frozen=True, slots=True)
class Label:
    """A word; which one is always known already."""

    word: str


Result = Pair | Truth | Label


def _as_pair(result: Result) -> Pair:
    """Return `result`, which is a number."""
    assert isinstance(result, Pair)  # noqa: S101 - the kinds were checked when the formula was read
    return result


def _as_truth(result: Result) -> Truth:
    """Return `result`, which is a truth value."""
    assert isinstance(result, Truth)  # noqa: S101 - the kinds were checked when the formula was read
    return result


def _known(value: Fraction) -> Pair:
    n, d = value.numerator, value.denominator
    return Pair(n, d, n.bit_length(), d.bit_length())


def _times(left: Atom, right: Atom) -> Atom:
    """Return the product as an expression, as short as what is known allows."""
    if isinstance(left, int) and isinstance(right, int):
        return left * right
    if left in {0, 1}:
        return right if left else 0
    if right in {0, 1}:
        return left if right else 0
    return f"{left} * {right}"


def _plus(op: str, left: Atom, right: Atom) -> Atom:
    """Return the sum or difference as an expression, as short as what is known allows."""
    if isinstance(left, int) and isinstance(right, int):
        return left + right if op == "+" else left - right
    if right == 0:
        return left
    if left == 0 and op == "+":
        return right
    return f"{left} {op} {right}"


def _negative(atom: Atom) -> Atom:
    """Return the negative as an expression."""
    return -atom if isinstance(atom, int) else f"-{atom}"


def _all_of(truths: list[Truth]) -> Truth:
    """Join the comparisons of a chain."""
    if any(truth.text is False for truth in truths):
        return Truth(False)  # noqa: FBT003 - a truth value of the formula
    texts = [truth.text for truth in truths if isinstance(truth.text, str)]
    if len(texts) < 2:
        return Truth(texts[0] if texts else True)
    return Truth(f"({' and '.join(texts)})")


class Undefined(ArithmeticError):
    """There is no result for these inputs; the explained path says why."""


def generate(body: tree.Expr, kind: Kind) -> Callable[..., Any]:
    """Return the function that computes `body`; :attr:`Compiled.fast` says how it is called."""
    namespace: dict[str, Any] = {"__builtins__": {}, "shrink": _shrink, "Undefined": Undefined}
    exec(compile(_source_of(body, kind), "<formula>", "exec"), namespace)  # noqa: S102 - see the top of this file
    function: Callable[..., Any] = namespace["formula"]
    return function


def _source_of(body: tree.Expr, kind: Kind = Kind.NUMBER) -> str:
    """Return the text of the function that computes `body`.

    >>> from pfscore.formulas.formula import parse_formula
    >>> print(_source_of(parse_formula("分值 * 完成率").body))
    def formula(v0, v1, v2, v3):
        v4 = v0 * v2
        v5 = v1 * v3
        return v4, v5
    """
    writer = _Writer()
    slots: list[str] = []
    env: dict[str, Result] = {}
    for name in tree.names_used(body):
        if GLOSSARY[name].kind is Kind.TRUTH:
            slots.append(writer.fresh())
            env[name] = Truth(slots[-1])
        else:
            slots += writer.fresh(), writer.fresh()
            env[name] = Pair(slots[-2], slots[-1], MAX_INPUT_BITS, MAX_INPUT_BITS)
    result = writer.write(body, env)
    if kind is Kind.TRUTH:
        writer.emit(f"return {_as_truth(result).text}")
    else:
        pair = _as_pair(result)
        writer.emit(f"return {pair.numerator}, {pair.denominator}")
    return "\n".join([f"def formula({', '.join(slots)}):", *writer.lines])


#: The numbers of a row in a function that :func:`generate_score` returns, each as numerator and denominator.
_NUMBERS = {
    "actual": ("n", "d"),
    "target": ("ln", "ld"),
    "low": ("ln", "ld"),
    "high": ("hn", "hd"),
    "points": ("pn", "pd"),
}


class ScoreFunction(NamedTuple):
    """A function from the numbers of a row to its score, and whether nothing but the points decides."""

    compute: Callable[..., int]
    by_points: bool


def generate_score(
    body: tree.Expr,
    known: Mapping[str, bool | Fraction],
    given: Collection[str],
    rounding: tuple[int, Rounding],
    completion: tuple[int, Rounding] | None = None,
    *,
    in_units_of: Collection[str] = (),
    standing: int | None = None,
) -> ScoreFunction | None:
    """Return a function from the numbers of a row to its score, in units of `rounding`'s last decimal.

    It takes numerator and positive denominator of the actual; those of the points in one tuple; those of the edges of
    the target in another. `known` holds what is the same for every row, `given` the names that a row gives;
    `completion` is how the rate is rounded before scoring. The function returns -1 for a row that it cannot compute:
    where the result is undefined, negative or above the points.

    `in_units_of` may hold `target`, where the formula gives the same for twice the target and twice the actual: then
    the function takes actual ÷ target in place of the actual. It may hold `points`, where the formula gives twice as
    much for twice the points, and these are not zero: then less is computed. With `target`, `standing` may say that
    all actuals are below the target (-1), at it (0) or above (1), and none is below zero: what is known of them is not
    computed.

    `None` where the formula uses a name that is neither known nor given; with `in_units_of` also where a number might
    become too large.

    >>> from pfscore.formulas.formula import parse_formula
    >>> body = parse_formula("分值 * min(完成值 / 指标值, 1)").body
    >>> given = {"actual", "target", "points"}
    >>> generate_score(body, {}, given, (2, Rounding.HALF_UP)).compute(2, 1, (10, 1), (3, 1, 0, 1))
    667
    >>> generate_score(body, {}, given, (2, Rounding.HALF_UP), in_units_of={"target"}).compute(2, 3, (10, 1), ())
    667
    """
    found = _score_source_of(body, known, given, rounding, completion)
    if in_units_of and found is not None:
        # What may become too large is computed as the explained path does.
        is_large = "shrink" in found[0]
        found = None
        if not is_large:
            found = _score_source_of(
                body, known, given, rounding, completion, in_units_of=in_units_of, standing=standing
            )
    if found is None:
        return None
    source, by_points = found
    namespace: dict[str, Any] = {
        "__builtins__": {},
        "shrink": _shrink,
        "Undefined": Undefined,
        "half_even": lambda numerator, denominator, scale: round_ratio(
            numerator, denominator, scale, Rounding.HALF_EVEN
        ),
    }
    exec(compile(source, "<score>", "exec"), namespace)  # noqa: S102 - see the top of this file
    return ScoreFunction(namespace["score"], by_points)


def _score_source_of(
    body: tree.Expr,
    known: Mapping[str, bool | Fraction],
    given: Collection[str],
    rounding: tuple[int, Rounding],
    completion: tuple[int, Rounding] | None = None,
    *,
    in_units_of: Collection[str] = (),
    standing: int | None = None,
) -> tuple[str, bool] | None:
    """Return the text of the function that :func:`generate_score` returns, and whether the points alone decide."""
    facts = {} if standing is None or "target" not in in_units_of else _facts(standing)
    writer = _Writer(facts)
    env: dict[str, Result] = {
        name: Truth(value) if isinstance(value, bool) else _known(value) for name, value in known.items()
    }
    env |= {name: _known(Fraction(1)) for name in in_units_of}
    for name in tree.names_used(body):
        if name in env:
            continue
        if name not in given:
            return None
        env[name] = _given(writer, name, completion, by_ratio="target" in in_units_of)
    pair = _as_pair(writer.write(body, env))
    is_known = isinstance(pair.numerator, int) and isinstance(pair.denominator, int)
    by_points = "points" in in_units_of and not writer.lines and is_known
    if "points" in in_units_of:
        writer.refuse("<", pair.numerator, 0)
        writer.refuse(">", pair.numerator, pair.denominator)
        n, d = (writer.set(str(_times(*part))) for part in (("pn", pair.numerator), ("pd", pair.denominator)))
    else:
        n, d = str(pair.numerator), str(pair.denominator)
        writer.refuse("<", pair.numerator, 0)
        writer.refuse(">", _times(pair.numerator, "pd"), _times("pn", pair.denominator))
    scale = 10 ** rounding[0]
    writer.emit(f"score = {_rounded(n, d, scale, rounding[1])}")
    # Points with more decimals than the rounding keeps.
    writer.emit(f"return score if pd == 1 or score * pd <= {_times('pn', scale)} else -1")
    edges = [] if "target" in in_units_of else ["    ln, ld, hn, hd = target"]
    lines = ["    pn, pd = points", *edges, *writer.lines]
    tried = [f"    {line}" for line in lines]
    head = ["def score(n, d, points, target):", "    try:"]
    return "\n".join([*head, *tried, "    except Undefined:", "        return -1"]), by_points


def _facts(standing: int) -> dict[tuple[Atom, str, Atom], bool]:
    """Return what is known of an actual n/d in units of the target, which is not below zero."""
    facts: dict[tuple[Atom, str, Atom], bool] = {("n", "<", 0): False, (0, ">", "n"): False, ("d", "<", 0): False}
    if standing >= 0:
        facts["n", ">", 0] = True
    for op, holds in COMPARISONS.items():
        facts["n", op, "d"], facts["d", op, "n"] = holds(standing, 0), holds(0, standing)
    return facts


def _given(writer: _Writer, name: str, completion: tuple[int, Rounding] | None, *, by_ratio: bool) -> Pair:
    """Return where a name that a row gives is, writing what it takes."""
    if name not in {"completion", "deviation_rate"}:
        return Pair(*_NUMBERS[name], MAX_INPUT_BITS, MAX_INPUT_BITS)
    n, d = ("n", "d") if by_ratio else (writer.set("n * ld"), writer.set("d * ln"))
    if name == "deviation_rate":
        n = writer.set(f"{n} - {d}")
    if name == "deviation_rate" or completion is None:
        return Pair(n, d, MAX_INPUT_BITS, MAX_INPUT_BITS)
    scale = 10 ** completion[0]
    writer.emit(f"if {n} < 0: return -1")
    return Pair(writer.set(_rounded(n, d, scale, completion[1])), scale, MAX_INPUT_BITS, MAX_INPUT_BITS)


def _rounded(numerator: str, denominator: str, scale: int, mode: Rounding) -> str:
    """Return the expression of a number that is not negative × `scale`, rounded to an integer."""
    match mode:
        case Rounding.HALF_UP:
            return f"({2 * scale} * {numerator} + {denominator}) // (2 * {denominator})"
        case Rounding.DOWN:
            return f"{scale} * {numerator} // {denominator}"
        case Rounding.UP:
            return f"-(-{scale} * {numerator} // {denominator})"
        case Rounding.HALF_EVEN:
            return f"half_even({numerator}, {denominator}, {scale})"


def _shrink(numerator: int, denominator: int) -> tuple[int, int]:
    """Bring a pair to lowest terms; refuse one that is too large even so."""
    divisor = gcd(numerator, denominator)
    numerator //= divisor
    denominator //= divisor
    if numerator.bit_length() > MAX_BITS or denominator.bit_length() > MAX_BITS:
        raise Undefined
    return numerator, denominator


class _Writer:
    """Writes the statements that compute one tree, part by part."""

    def __init__(self, facts: Mapping[tuple[Atom, str, Atom], bool] | None = None) -> None:
        self.lines: list[str] = []
        self._facts = facts or {}
        self._indent = 1
        self._count = 0

    def fresh(self) -> str:
        """Return a variable that was not used before."""
        self._count += 1
        return f"v{self._count - 1}"

    def emit(self, line: str) -> None:
        """Write one statement."""
        self.lines.append("    " * self._indent + line)

    def refuse(self, op: str, left: Atom, right: Atom) -> None:
        """Write that a score is none where two numbers compare so."""
        if (test := self._truth(op, left, right)) is not False:
            self.emit(f"if {test}: return -1")

    def _keep(self, expression: Atom) -> Atom:
        """Return a variable that holds `expression`; integers and variables stand for themselves."""
        if isinstance(expression, int) or expression.isidentifier():
            return expression
        return self.set(expression)

    def set(self, expression: Atom) -> str:
        """Write the statement that gives a new variable a value."""
        name = self.fresh()
        self.emit(f"{name} = {expression}")
        return name

    def _block(self, node: tree.Expr, env: dict[str, Result], deeper: int = 1) -> tuple[list[str], Result]:
        """Return the statements for `node`, some levels deeper and not written yet, and what they give."""
        outside, self.lines = self.lines, []
        self._indent += deeper
        result = self.write(node, env)
        self._indent -= deeper
        inside, self.lines = self.lines, outside
        return inside, result

    def _merge(self, results: list[Result]) -> tuple[list[str], Result, list[list[Atom]]]:
        """Return variables that take over one of `results`, what they stand for, and what each puts into them."""
        if not all(isinstance(result, Pair) for result in results):
            target = self.fresh()
            return [target], Truth(target), [[str(_as_truth(result).text)] for result in results]
        pairs = [_as_pair(result) for result in results]
        high, low = max(pair.high for pair in pairs), max(pair.low for pair in pairs)
        n = self.fresh()
        if len({pair.denominator for pair in pairs}) == 1:
            return [n], Pair(n, pairs[0].denominator, high, low), [[pair.numerator] for pair in pairs]
        d = self.fresh()
        return [n, d], Pair(n, d, high, low), [[pair.numerator, pair.denominator] for pair in pairs]

    def _arm(self, head: str, block: list[str], targets: list[str], atoms: list[Atom]) -> None:
        """Write one arm of a branch: its head, its statements, and what it puts into the variables."""
        self.emit(head)
        self.lines += block
        for target, atom in zip(targets, atoms, strict=True):
            self.emit(f"    {target} = {atom}")

    # -- nodes ------------------------------------------------------------------------------------------------

    def write(self, node: tree.Expr, env: dict[str, Result]) -> Result:  # noqa: C901 - one case for each kind of node
        """Write the statements that compute `node`, and return where its result is."""
        match node:
            case tree.Number(value):
                return _known(value)
            case tree.Name(name):
                return env[name]
            case tree.Word(word):
                return Label(word)
            case tree.Minus(operand):
                part = _as_pair(self.write(operand, env))
                return Pair(self._keep(_negative(part.numerator)), part.denominator, part.high, part.low)
            case tree.Arithmetic(ops, operands):
                parts = [_as_pair(self.write(operand, env)) for operand in operands]
                result = parts[0]
                for op, part in zip(ops, parts[1:], strict=True):
                    result = self._bounded(self._binary(op, result, part))
                return result
            case tree.Compare(ops, operands):
                results = [self.write(operand, env) for operand in operands]
                return _all_of([self._compare(op, a, b) for op, a, b in zip(ops, results, results[1:], strict=False)])
            case tree.Logic(op, operands):
                return self._logic(op, operands, env)
            case tree.Not(operand):
                text = _as_truth(self.write(operand, env)).text
                return Truth(not text if isinstance(text, bool) else f"(not {text})")
            case tree.Conditional():
                return self._conditional(node, env)
            case tree.Call(function, arguments) if function in POLICIES:
                inner = POLICIES[function].bound(self.write(part, env) for part in arguments)
                return self.write(definition_of(function), inner)
            case tree.Call("require", (condition, value)):
                text = _as_truth(self.write(condition, env)).text
                if text is not True:
                    self.emit("raise Undefined" if text is False else f"if not {text}: raise Undefined")
                return self.write(value, env)
            case tree.Call(function, arguments):
                return self._call(function, [_as_pair(self.write(argument, env)) for argument in arguments])

    def _compare(self, op: str, x: Result, y: Result) -> Truth:
        """Return the comparison, multiplied out; known already where both sides are, as for two words."""
        if isinstance(x, Label) and isinstance(y, Label):
            return Truth((x.word == y.word) is (op == "="))
        x, y = _as_pair(x), _as_pair(y)
        same = x.denominator == y.denominator
        left = x.numerator if same else _times(x.numerator, y.denominator)
        right = y.numerator if same else _times(y.numerator, x.denominator)
        return Truth(self._truth(op, left, right))

    def _truth(self, op: str, left: Atom, right: Atom) -> str | bool:
        if isinstance(left, int) and isinstance(right, int):
            return COMPARISONS[op](left, right)
        return self._facts.get((left, op, right), f"{left} {'==' if op == '=' else op} {right}")

    def _binary(self, op: str, x: Pair, y: Pair) -> Pair:
        match op:
            case "*":
                return Pair(
                    self._keep(_times(x.numerator, y.numerator)),
                    self._keep(_times(x.denominator, y.denominator)),
                    x.high + y.high,
                    x.low + y.low,
                )
            case "/":
                return self._divide(x, y)
        if x.denominator == y.denominator:
            numerator = _plus(op, x.numerator, y.numerator)
            return Pair(self._keep(numerator), x.denominator, max(x.high, y.high) + 1, x.low)
        numerator = _plus(op, _times(x.numerator, y.denominator), _times(y.numerator, x.denominator))
        return Pair(
            self._keep(numerator),
            self._keep(_times(x.denominator, y.denominator)),
            max(x.high + y.low, y.high + x.low) + 1,
            x.low + y.low,
        )

    def _divide(self, x: Pair, y: Pair) -> Pair:
        if isinstance(y.numerator, int) and y.numerator < 0:
            y = Pair(-y.numerator, self._keep(_negative(y.denominator)), y.high, y.low)
        numerator, denominator = _times(x.numerator, y.denominator), _times(x.denominator, y.numerator)
        high, low = x.high + y.low, x.low + y.high
        if (isinstance(y.numerator, int) and y.numerator) or self._truth(">", y.numerator, 0) is True:
            return Pair(self._keep(numerator), self._keep(denominator), high, low)
        n, d = self.set(numerator), self.set(denominator)
        self.emit(f"if {d} <= 0:")
        self.emit(f"    if not {d}: raise Undefined")
        self.emit(f"    {n} = -{n}")
        self.emit(f"    {d} = -{d}")
        return Pair(n, d, high, low)

    def _bounded(self, pair: Pair) -> Pair:
        if pair.high <= MAX_BITS and pair.low <= MAX_BITS:
            return pair
        n, d = self.fresh(), self.fresh()
        self.emit(f"{n}, {d} = shrink({pair.numerator}, {pair.denominator})")
        return Pair(n, d, MAX_BITS, MAX_BITS)

    def _logic(self, op: str, operands: tuple[tree.Expr, ...], env: dict[str, Result]) -> Truth:
        decided = op == "or"
        so_far: str | bool = not decided
        for operand in operands:
            block, result = self._block(operand, env)
            text = _as_truth(result).text
            if so_far is (not decided):
                self.lines += [line[4:] for line in block]
                so_far = text
            elif not block and isinstance(text, bool):
                so_far = so_far if text is not decided else text
            elif not block and isinstance(text, str) and isinstance(so_far, str):
                so_far = f"({so_far} {op} {text})"
            else:
                target = self.set(so_far)
                self.emit(f"if {'not ' if decided else ''}{target}:")
                self.lines += block
                self.emit(f"    {target} = {text}")
                so_far = target
            if so_far is decided:
                break
        return Truth(so_far)

    def _conditional(self, node: tree.Conditional, env: dict[str, Result]) -> Result:
        tests: list[tuple[list[str], str]] = []
        branches: list[tree.Expr] = []
        for condition, branch in zip(node.conditions, node.results, strict=False):
            block, result = self._block(condition, env) if tests else ([], self.write(condition, env))
            text = _as_truth(result).text
            if text is not False or block:
                branches.append(branch)
                if text is True and not block:
                    break
                tests.append((block, str(text)))
        else:
            branches.append(node.results[-1])
        if not tests:
            return self.write(branches[0], env)
        return self._branches(tests, branches, env)

    def _branches(
        self, tests: list[tuple[list[str], str]], branches: list[tree.Expr], env: dict[str, Result]
    ) -> Result:
        """Write a chain of tests flat, however long: with `elif`, or with a flag where a test takes statements."""
        plain = not any(block for block, _ in tests)
        depths = [1 if plain or index in {0, len(tests)} else 2 for index in range(len(branches))]
        blocks = [self._block(branch, env, depth) for branch, depth in zip(branches, depths, strict=True)]
        targets, result, atoms = self._merge([found for _, found in blocks])
        if plain:
            for index, (_, text) in enumerate(tests):
                self._arm(f"{'elif' if index else 'if'} {text}:", blocks[index][0], targets, atoms[index])
            self._arm("else:", blocks[-1][0], targets, atoms[-1])
            return result
        done = self.set(tests[0][1])
        self._arm(f"if {done}:", blocks[0][0], targets, atoms[0])
        for (statements, text), (block, _), values in zip(tests[1:], blocks[1:], atoms[1:], strict=False):
            self.emit(f"if not {done}:")
            self.lines += statements
            self._indent += 1
            self.emit(f"{done} = {text}")
            self._arm(f"if {done}:", block, targets, values)
            self._indent -= 1
        self._arm(f"if not {done}:", blocks[-1][0], targets, atoms[-1])
        return result

    def _choose(self, condition: str, x: Pair, y: Pair) -> Pair:
        """Write `x` where `condition` holds and `y` where it does not."""
        targets, result, atoms = self._merge([x, y])
        self._arm(f"if {condition}:", [], targets, atoms[0])
        self._arm("else:", [], targets, atoms[1])
        return _as_pair(result)

    def _call(self, function: str, parts: list[Pair]) -> Pair:
        builtin, first = BUILTINS[function], parts[0]
        if isinstance(code := builtin.code, Choice):
            for part in parts[1:]:
                test = self._compare(code.sign, first, part).text
                first = (first if test else part) if isinstance(test, bool) else self._choose(test, first, part)
            return first
        if builtin.steps and first.denominator == 1:
            return first
        atoms = [atom for part in parts for atom in (part.numerator, part.denominator)]
        if all(isinstance(atom, int) for atom in atoms):
            value = builtin.value(*(Fraction(int(part.numerator), int(part.denominator)) for part in parts))
            return _known(value)
        n, d = (self._keep(atom) for atom in code(*atoms))
        low = d.bit_length() if isinstance(d, int) else first.low
        return Pair(n, d, first.high + low, low)
