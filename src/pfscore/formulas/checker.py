"""From the raw tree to the syntax tree: names resolved, arguments bound, kinds checked; all problems at once."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from fractions import Fraction

from pfscore.formulas import syntax_tree as tree
from pfscore.formulas.functions import FUNCTION_SPELLINGS, FUNCTIONS, NEAR_FUNCTIONS, SPREADSHEET, Function, Parameter
from pfscore.formulas.glossary import GLOSSARY, KIND_WORDS, NEAR_NAMES, SPELLINGS, Kind
from pfscore.formulas.parser import MAX_DIGITS, Origin, Raw, operation_hint
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.numbers import exact
from pfscore.foundation.text import Message, joined, shorten

#: Any spelling → identity and kind; the glossary for authors, the parameters inside a definition.
_Scope = Mapping[str, tuple[str, Kind]]

#: The names that an author may use.
GLOSSARY_SCOPE: _Scope = {spelling: (name, GLOSSARY[name].kind) for spelling, name in SPELLINGS.items()}

_SIGNS = {"≥": ">=", "≤": "<=", "==": "=", "≠": "!="}
_COMPARE_HINT = Message("要比较是否相等，请写 “==”", "to compare for equality, write “==”")


class Checker:
    """Builds the syntax tree of one formula and collects what is wrong with it.

    A part that is wrong has no kind (`None`), which agrees with every other, so that one mistake is reported once.
    """

    def __init__(self, origin: Origin, scope: _Scope = GLOSSARY_SCOPE, words: Mapping[str, str] | None = None) -> None:
        self.origin = origin
        self.scope = scope
        self.words = words or {}
        self.problems: list[Diagnostic] = []

    def build(self, raw: Raw) -> tuple[tree.Expr, Kind | None]:
        """Return the tree of `raw` and what it gives."""
        place = (raw.start, raw.end)
        parts = raw.parts
        match raw.rule:
            case "group":
                expr, kind = self.build(parts[0])
                return expr, kind
            case "number":
                return self._number(raw.words[0], place), Kind.NUMBER
            case "name":
                return self._name(raw.words[0], place)
            case "minus":
                return tree.Minus(self._want(parts[0], Kind.NUMBER), span=place), Kind.NUMBER
            case "not":
                return tree.Not(self._want(parts[0], Kind.TRUTH), span=place), Kind.TRUTH
            case "arithmetic":
                numbers = tuple(self._want(part, Kind.NUMBER) for part in parts)
                self._refuse_constant_zero(raw, numbers)
                return tree.Arithmetic(raw.words, numbers, span=place), Kind.NUMBER
            case "and" | "or":
                return tree.Logic(
                    raw.rule, tuple(self._want(part, Kind.TRUTH) for part in parts), span=place
                ), Kind.TRUTH
            case "compare":
                return self._compare(raw), Kind.TRUTH
            case "conditional":
                return self._conditional(raw)
        return self._call(raw)

    def want(self, raw: Raw, kind: Kind) -> tree.Expr:
        """Return the tree of a whole formula that has to give `kind`."""
        expr, found = self.build(raw)
        if found not in {kind, None}:
            hint = Message("例如：如果 达标 则 分值 否则 0", "for example: if met then points else 0")
            self._problem(
                "PF416",
                (raw.start, raw.end),
                Message(
                    f"公式应当得出{KIND_WORDS[kind].zh}，这里得出的是{_kind(found).zh}",
                    f"a formula gives {KIND_WORDS[kind].en}, this one gives {_kind(found).en}",
                ),
                hint if kind is Kind.NUMBER else None,
            )
        return expr

    # -- leaves -----------------------------------------------------------------------------------------------

    def _number(self, text: str, place: tree.Place) -> tree.Expr:
        digits = text.rstrip("%‰万亿").rstrip(" ")
        if len(digits) - ("." in digits) > MAX_DIGITS:
            self._problem(
                "PF408",
                place,
                Message(
                    f"数 “{shorten(text, 20)}” 超过 {MAX_DIGITS} 位",
                    f"{shorten(text, 20)} has over {MAX_DIGITS} digits",
                ),
            )
            return tree.Number(Fraction(1), span=place)
        scale = text[len(digits) :].lstrip(" ")
        return tree.Number(exact(digits) * tree.SCALES[scale], scale, span=place)

    def _name(self, text: str, place: tree.Place) -> tuple[tree.Expr, Kind | None]:
        found = self.scope.get(text)
        if found is not None:
            return tree.Name(*found, span=place), found[1]
        if text in self.words:
            return tree.Word(self.words[text], span=place), Kind.WORD
        if text in FUNCTION_SPELLINGS:
            function = FUNCTIONS[FUNCTION_SPELLINGS[text]]
            self._problem(
                "PF417",
                place,
                Message(f"“{text}” 是函数，后面要有括号", f"{text} is a function and needs brackets"),
                _write(function),
            )
        else:
            meant = _meant(text, self.scope, NEAR_NAMES)
            self._problem(
                "PF410",
                place,
                Message(f"不认识的名称 “{shorten(text, 20)}”", f"unknown name {shorten(text, 20)!r}"),
                operation_hint(text)
                or _did_you_mean(meant)
                or Message("可用的名称见 docs/reference/formula.md", "docs/reference/formula.md lists the names"),
                fix=_spelled(meant, text),
            )
        return tree.Name(text, span=place), None

    # -- operations -------------------------------------------------------------------------------------------

    def _want(self, raw: Raw, kind: Kind) -> tree.Expr:
        expr, found = self.build(raw)
        if found not in {kind, None}:
            self._mismatch(raw, kind, _kind(found))
        return expr

    def _mismatch(self, raw: Raw, kind: Kind, found: Message) -> None:
        text = shorten(self.origin.text[raw.start : raw.end], 30)
        truth = kind is Kind.NUMBER
        self._problem(
            "PF415",
            (raw.start, raw.end),
            Message(
                f"这里要的是{KIND_WORDS[kind].zh}，“{text}” 是{found.zh}",
                f"{KIND_WORDS[kind].en} is needed, “{text}” is {found.en}",
            ),
            Message(
                "真假不能参加计算；请写 “如果 … 则 … 否则 …”",
                "a truth value cannot be computed with; write if … then … else …",
            )
            if truth
            else Message(
                "条件写作比较，如 “完成值 >= 指标值”", "a condition is a comparison, such as actual >= target"
            ),
        )

    def _refuse_constant_zero(self, raw: Raw, numbers: tuple[tree.Expr, ...]) -> None:
        for sign, part, number in zip(raw.words, raw.parts[1:], numbers[1:], strict=True):
            if sign == "/" and isinstance(number, tree.Number) and number.value == 0:
                self._problem(
                    "PF420",
                    (part.start, part.end),
                    Message("除数是 0", "division by zero"),
                    Message("请检查这个数", "check this number"),
                )

    def _compare(self, raw: Raw) -> tree.Expr:
        ops = tuple(_SIGNS.get(sign, sign) for sign in raw.words)
        built = [self.build(part) for part in raw.parts]
        kinds = {kind for _, kind in built if kind is not None}
        if Kind.TRUTH in kinds or (Kind.WORD in kinds and (Kind.NUMBER in kinds or not set(ops) <= {"=", "!="})):
            part, (_, kind) = next(
                (part, pair) for part, pair in zip(raw.parts, built, strict=True) if pair[1] not in {Kind.NUMBER, None}
            )
            self._mismatch(part, Kind.NUMBER, _kind(kind))
        if len(ops) > 1 and not (set(ops) <= {">", ">="} or set(ops) <= {"<", "<="} or set(ops) == {"="}):
            self._problem(
                "PF418",
                (raw.start, raw.end),
                Message("连写的比较方向不一致", "the signs of a chained comparison do not point the same way"),
                Message(
                    "写作 “60% <= 完成值 <= 80%”，或用 “且” 连接", "write 60% <= actual <= 80%, or join with “and”"
                ),
            )
        return tree.Compare(ops, tuple(expr for expr, _ in built), span=(raw.start, raw.end))

    def _conditional(self, raw: Raw) -> tuple[tree.Expr, Kind | None]:
        conditions = tuple(self._want(part, Kind.TRUTH) for part in raw.parts[:-1:2])
        branches = (*raw.parts[1::2], raw.parts[-1])
        built = [self.build(part) for part in branches]
        first = next((kind for _, kind in built if kind is not None), None)
        for part, (_, kind) in zip(branches, built, strict=True):
            if kind not in {first, None}:
                self._problem(
                    "PF415",
                    (part.start, part.end),
                    Message(
                        f"前面的分支得出{_kind(first).zh}，这个分支得出{_kind(kind).zh}",
                        f"an earlier branch gives {_kind(first).en} but this one gives {_kind(kind).en}",
                    ),
                    Message("各分支要得出同一种东西", "all branches have to give the same kind"),
                )
        return tree.Conditional(conditions, tuple(expr for expr, _ in built), span=(raw.start, raw.end)), first

    # -- calls ------------------------------------------------------------------------------------------------

    def _call(self, raw: Raw) -> tuple[tree.Expr, Kind | None]:
        name, place = raw.words[0], (raw.start, raw.end)
        head = (raw.start, raw.start + len(name))
        if name not in FUNCTION_SPELLINGS:
            for part in raw.parts:
                self.build(part.parts[0] if part.rule == "keyword" else part)
            if name in self.scope:
                self._problem("PF417", head, Message(f"“{name}” 是数，不是函数", f"{name} is a value, not a function"))
            else:
                meant = _meant(name, FUNCTION_SPELLINGS, NEAR_FUNCTIONS)
                self._problem(
                    "PF411",
                    head,
                    Message(f"不认识的函数 “{shorten(name, 20)}”", f"unknown function {shorten(name, 20)!r}"),
                    SPREADSHEET.get(name.upper())
                    or _did_you_mean(meant)
                    or Message(
                        "可用的函数见 docs/reference/formula.md", "docs/reference/formula.md lists the functions"
                    ),
                    fix=None if name.upper() in SPREADSHEET else _spelled(meant, name),
                )
            return tree.Number(Fraction(1), span=place), None
        function = FUNCTIONS[FUNCTION_SPELLINGS[name]]
        arguments = self._arguments(function, raw)
        for parameter, argument in zip(function.parameters_for(len(arguments)), arguments, strict=False):
            if parameter.most is not None:
                self._check_whole(function, parameter, argument)
        return tree.Call(function.en, arguments, span=place), Kind.NUMBER

    def _arguments(self, function: Function, raw: Raw) -> tuple[tree.Expr, ...]:
        positional = [part for part in raw.parts if part.rule != "keyword"]
        parameters = function.parameters_for(len(positional))
        if len(positional) > len(parameters):
            extra = positional[len(parameters)]
            self._problem(
                "PF412",
                (extra.start, extra.end),
                Message(
                    f"“{function.zh}” 只有 {len(parameters)} 个参数",
                    f"{function.en} takes {len(parameters)} argument(s)",
                ),
                _write(function),
            )
            return tuple(self.build(part)[0] for part in positional)
        given: dict[int, tree.Expr] = {}
        reported = False  # one mistake about the arguments of a call is enough
        for index, part in enumerate(raw.parts):
            if part.rule == "keyword":
                reported = not self._keyword(function, parameters, part, given) or reported
            elif any(before.rule == "keyword" for before in raw.parts[:index]):
                self.build(part)
                reported = reported or self._out_of_order(part)
            else:
                given[index] = self._argument(parameters[index], part)
        missing = [p for index, p in enumerate(parameters) if index not in given and p.default is None]
        if missing and not reported:
            zh, en = "、".join(p.zh for p in missing), ", ".join(p.en for p in missing)
            self._problem(
                "PF412",
                (raw.start, raw.start + len(raw.words[0])),
                Message(f"“{function.zh}” 缺少参数：{zh}", f"{function.en} lacks: {en}"),
                _write(function),
            )
        return tuple(
            given.get(index) or tree.Number(parameter.default or Fraction(0), span=(raw.end, raw.end))
            for index, parameter in enumerate(parameters)
        )

    def _keyword(
        self, function: Function, parameters: tuple[Parameter, ...], part: Raw, given: dict[int, tree.Expr]
    ) -> bool:
        """Take an argument that is given by name; return whether its name is right."""
        name, place = part.words[0], (part.start, part.start + len(part.words[0]))
        index = next((i for i, p in enumerate(parameters) if name in {p.zh, p.en}), None)
        if index is not None and index not in given and not function.many:
            given[index] = self._argument(parameters[index], part.parts[0])
            return True
        self.build(part.parts[0])
        hint: Message | None = _write(function)
        meant: Message | None = None
        if function.many:
            message = Message(f"“{function.zh}” 的参数不写名称", f"{function.en} takes its arguments without names")
        elif index is not None:
            message = Message(f"参数 “{name}” 给了两次", f"the parameter {name!r} is given twice")
        else:
            shown = shorten(name, 20)
            message = Message(f"“{function.zh}” 没有参数 “{shown}”", f"{function.en} has no parameter {shown!r}")
            known = {spelling: None for p in parameters for spelling in (p.zh, p.en)}
            meant = None if name in self.scope else _meant(name, known, {})
            hint = _COMPARE_HINT if name in self.scope else _did_you_mean(meant) or hint
        self._problem("PF413", place, message, hint, fix=_spelled(meant, name))
        return False

    def _out_of_order(self, part: Raw) -> bool:
        self._problem(
            "PF412",
            (part.start, part.end),
            Message("不写名称的参数要放在写名称的之前", "an argument without a name cannot follow one with a name"),
        )
        return True

    def _argument(self, parameter: Parameter, part: Raw) -> tree.Expr:
        if parameter.kind is not Kind.WORD:
            return self._want(part, parameter.kind)
        place = (part.start, part.end)
        text = part.words[0] if part.rule == "name" else ""
        for word in parameter.words:
            if text in {word.zh, word.en}:
                return tree.Word(word.en, span=place)
        if text in self.scope and self.scope[text][1] is Kind.WORD:
            return tree.Name(*self.scope[text], span=place)
        shown = shorten(self.origin.text[part.start : part.end], 20)
        listed = joined(parameter.words)
        self._problem(
            "PF414",
            place,
            Message(f"“{parameter.zh}” 不能是 “{shown}”", f"{parameter.en} cannot be {shown!r}"),
            Message(f"可写：{listed.zh}", f"allowed: {listed.en}"),
        )
        return tree.Word(parameter.words[0].en, span=place)

    def _check_whole(self, function: Function, parameter: Parameter, argument: tree.Expr) -> None:
        most = parameter.most or 0
        if isinstance(argument, tree.Number) and argument.value.denominator == 1 and argument.value <= most:
            return
        self._problem(
            "PF419",
            argument.span,
            Message(
                f"{function.zh}的{parameter.zh}要写成 0 到 {most} 的整数",
                f"the {parameter.en} of {function.en} are written as a whole number from 0 to {most}",
            ),
            Message(f"例如：{function.zh}(分值 * 完成率, 2)", f"for example: {function.en}(points * completion, 2)"),
        )

    def _problem(
        self, code: str, place: tree.Place, message: Message, hint: Message | None = None, *, fix: str | None = None
    ) -> None:
        self.problems.append(self.origin.problem(code, place, message, hint, fix=fix))


def _meant(name: str, known: Mapping[str, object], near: Mapping[str, str]) -> Message | None:
    """Return what `name` was probably meant to be, from what is known and from what is often written instead."""
    meant = near.get(name)
    if meant is None or meant not in known:
        close = get_close_matches(name, known, 1, 0.5)
        return Message(close[0], close[0]) if close else None
    zh = next(spelling for spelling, identity in {**SPELLINGS, **FUNCTION_SPELLINGS}.items() if identity == meant)
    return Message(zh, meant)


def _did_you_mean(meant: Message | None) -> Message | None:
    return None if meant is None else Message(f"是否想写 “{meant.zh}”？", f"did you mean {meant.en!r}?")


def _spelled(meant: Message | None, name: str) -> str | None:
    """Return what was meant in the language in which it is written."""
    return None if meant is None else meant.en if name.isascii() else meant.zh


def _kind(kind: Kind | None) -> Message:
    return KIND_WORDS[kind or Kind.NUMBER]


def _write(function: Function) -> Message:
    return Message(f"写法：{function.signature('zh')}", f"written: {function.signature('en')}")
