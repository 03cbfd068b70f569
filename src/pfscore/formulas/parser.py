"""From the text of a formula to a raw tree: folding, the LALR parser, its errors in the author's words.

The raw tree knows neither names nor kinds; `checker` turns it into the syntax tree. The parser is built on
first use and kept. Depth, length, digits and number of parts are bounded here, before anything walks the tree.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from typing import Any, NoReturn

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from pfscore.foundation.diagnostics import Diagnostic, Span
from pfscore.foundation.errors import ExpressionError
from pfscore.foundation.folding import fold
from pfscore.foundation.runtime.lexing import UncheckedLexer, parser_of
from pfscore.foundation.runtime.memory import remembered
from pfscore.foundation.runtime.resources import data_dir
from pfscore.foundation.text import Message, shorten, visible

#: The longest formula, in characters.
MAX_LENGTH = 2000
#: The deepest nesting of brackets, conditionals, calls and signs.
MAX_DEPTH = 32
#: The most parts: numbers, names, operations and calls.
MAX_NODES = 500
#: The most digits of one number.
MAX_DIGITS = 40

_OPERATORS = str.maketrans("×÷", "*/")
#: A number without its sign or scale word; what is no number of the grammar (01, 1.5.2) stays as it is.
_NUMBER = re.compile(r"(?<![A-Za-z0-9_.])(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?![0-9.])")


@dataclass(frozen=True, slots=True)
class Origin:
    """A formula's text, and `at`, the place of its first character in the author's file where it has one."""

    text: str
    at: Span | None = None

    def span(self, start: int, end: int) -> Span:
        """Return the place of the characters from `start` to `end`.

        The caret stands in the author's own line wherever the formula is found there as it was read; in a quoted
        scalar with escapes it stands in the formula itself.
        """
        line_start = self.text.rfind("\n", 0, start) + 1
        line = self.text[line_start:].partition("\n")[0]
        row, column = self.text.count("\n", 0, start), start - line_start
        length = max(1, min(end, line_start + len(line)) - start)
        if self.at is None:
            return Span("", row + 1 if "\n" in self.text else 0, column + 1, length, line)
        indent = self.at.column - 1
        author = self.at.text if row == 0 else " " * indent + line
        if not author.startswith(line, indent):
            author, indent = line, 0
        return Span(
            self.at.source,
            self.at.line + row,
            indent + column + 1,
            length,
            author,
            self.at.ruleset,
            self.at.rule,
            self.at.form,
            self.at.row,
        )

    def problem(
        self,
        code: str,
        place: tuple[int, int],
        message: Message,
        hint: Message | None = None,
        *,
        fix: str | None = None,
    ) -> Diagnostic:
        """Return the diagnostic for what stands at `place`."""
        return Diagnostic(code, message, hint, self.span(*place), fix=fix)

    def error(
        self, code: str, place: tuple[int, int], message: Message, hint: Message | None = None
    ) -> ExpressionError:
        """Return the error for one problem at `place`."""
        return ExpressionError.of(self.problem(code, place, message, hint))


def fold_formula(text: str) -> str:
    """Replace each full-width or alternative sign by its plain one, one character for one.

    >>> fold_formula("ｍｉｎ（完成值÷指标值，１）")
    'min(完成值/指标值,1)'
    """
    return fold(text).translate(_OPERATORS)


@dataclass(slots=True)
class Raw:
    """A part of the raw tree: the rule that made it, its tokens' texts, its parts, and its place."""

    rule: str
    start: int
    end: int
    words: tuple[str, ...] = ()
    parts: tuple[Raw, ...] = ()
    depth: int = 1
    size: int = 1


def parse_raw(text: str, origin: Origin) -> Raw:
    """Parse `text`; every problem is an `ExpressionError` at its place in the author's file."""
    if not text.strip():
        raise origin.error(
            "PF404",
            (0, max(1, len(text))),
            Message("公式是空的", "the formula is empty"),
            Message("例如：分值 * min(完成值 / 指标值, 1)", "for example: points * min(actual / target, 1)"),
        )
    if len(text) > MAX_LENGTH:
        raise origin.error(
            "PF405",
            (MAX_LENGTH, MAX_LENGTH + 1),
            Message(
                f"公式有 {len(text)} 个字符，最多 {MAX_LENGTH} 个",
                f"the formula has {len(text)} characters, at most {MAX_LENGTH} are allowed",
            ),
            Message("请把它拆成几条规则，或改用分档表", "split it into several rules, or use a table of bands"),
        )
    folded = fold_formula(text)
    if (known := _of_known_shape(folded)) is not None:
        return known
    try:
        tree: Raw = _parser().parse(folded)  # type: ignore[assignment]  # the transformer gives Raw, not Tree
    except UnexpectedToken as error:
        _refuse_token(text, folded, error, origin)
    except UnexpectedCharacters as error:
        _refuse_character(text, error.column - 1, origin)  # folding leaves one line
    _check_bounds(tree, text, origin)
    return tree


def _of_known_shape(folded: str) -> Raw | None:
    """Return the tree of a text that differs from one read before in its numbers only; `None` where it has a fault."""
    pieces = _NUMBER.split(folded)
    tree = _shape("0".join(pieces))
    if tree is None:
        return None
    starts, shifts, place = [], [0], 0
    for number, piece in zip(_NUMBER.findall(folded), pieces, strict=False):
        starts.append(place := place + len(piece))
        shifts.append(shifts[-1] + len(number) - 1)
        place += 1
    return _moved(tree, folded, starts, shifts)


@remembered
def _shape(text: str) -> Raw | None:
    """Parse a text in which every number is 0."""
    try:
        tree: Raw = _parser().parse(text)  # type: ignore[assignment]  # the transformer gives Raw, not Tree
    except UnexpectedInput:
        return None
    return tree if tree.depth <= MAX_DEPTH and tree.size <= MAX_NODES else None


def _moved(raw: Raw, folded: str, starts: list[int], shifts: list[int]) -> Raw:
    """Return a part of a shape with the numbers of the text and at its places."""
    start = raw.start + shifts[bisect_left(starts, raw.start)]
    end = raw.end + shifts[bisect_left(starts, raw.end)]
    words = (folded[start:end],) if raw.rule == "number" else raw.words
    parts = tuple([_moved(part, folded, starts, shifts) for part in raw.parts])
    return Raw(raw.rule, start, end, words, parts, raw.depth, raw.size)


@cache
def _parser() -> Lark:
    return parser_of("formula", build, _Build())


def build(transformer: Any = None) -> Lark:
    """Return a new parser of formulas."""
    return Lark(
        data_dir("grammar").joinpath("formula.lark").read_text(encoding="utf-8"),
        parser="lalr",
        maybe_placeholders=False,
        transformer=transformer,
        _plugins={"ContextualLexer": UncheckedLexer},
    )


def _join(rule: str, start: int, end: int, words: tuple[str, ...], parts: tuple[Raw, ...], extra: int = 1) -> Raw:
    depth = extra + max((part.depth for part in parts), default=0)
    return Raw(rule, start, end, words, parts, depth, 1 + sum(part.size for part in parts))


def _end(token: Token) -> int:
    return _start(token) + len(token)


def _start(token: Token) -> int:
    return token.start_pos or 0


def _chain(rule: str) -> Any:
    def build(_: object, *items: Raw | Token) -> Raw:
        parts = tuple(item for item in items if isinstance(item, Raw))
        signs = tuple(str(item) for item in items if isinstance(item, Token))
        return _join(rule, parts[0].start, parts[-1].end, signs, parts)

    return build


@v_args(inline=True)
class _Build(Transformer[Token, Raw]):
    """Builds the raw tree while the parser runs."""

    disjunction = _chain("or")
    conjunction = _chain("and")
    comparison = _chain("compare")
    sum = _chain("arithmetic")
    product = _chain("arithmetic")

    def start(self, tree: Raw) -> Raw:
        return tree

    def conditional(self, first: Token, condition: Raw, _then: Token, then: Raw, _else: Token, other: Raw) -> Raw:
        rest = other.parts if other.rule == "conditional" else (other,)  # 否则如果 goes on with the same chain
        return _join("conditional", _start(first), other.end, (), (condition, then, *rest))

    def negated(self, sign: Token, part: Raw) -> Raw:
        return _join("not", _start(sign), part.end, (), (part,))

    def minus(self, sign: Token, part: Raw) -> Raw:
        return _join("minus", _start(sign), part.end, (), (part,))

    def number(self, token: Token) -> Raw:
        return Raw("number", _start(token), _end(token), (str(token),))

    def name(self, token: Token) -> Raw:
        return Raw("name", _start(token), _end(token), (str(token),))

    def group(self, opening: Token, part: Raw, closing: Token) -> Raw:
        return _join("group", _start(opening), _end(closing), (), (part,))

    def keyword(self, name: Token, part: Raw) -> Raw:
        return _join("keyword", _start(name), part.end, (name.rstrip("=").rstrip(),), (part,), extra=0)

    def call(self, name: Token, *items: Raw | Token) -> Raw:
        parts = tuple(item for item in items if isinstance(item, Raw))
        closing = items[-1]
        end = _end(closing) if isinstance(closing, Token) else closing.end
        return _join("call", _start(name), end, (str(name),), parts)


def _check_bounds(tree: Raw, text: str, origin: Origin) -> None:
    if tree.depth > MAX_DEPTH:
        while tree.parts:  # walk down to the deepest part, without recursion
            tree = max(tree.parts, key=lambda part: part.depth)
        raise origin.error(
            "PF406",
            (tree.start, tree.end),
            Message(
                f"嵌套超过 {MAX_DEPTH} 层，最深处是 “{_excerpt(text, tree)}”",
                f"nested more than {MAX_DEPTH} deep, the deepest part is {_quote(_excerpt(text, tree))}",
            ),
            Message("请把它拆成几条规则，或改用分档表", "split it into several rules, or use a table of bands"),
        )
    if tree.size > MAX_NODES:
        raise origin.error(
            "PF407",
            (tree.start, tree.end),
            Message(
                f"公式有 {tree.size} 个部分，最多 {MAX_NODES} 个",
                f"the formula has {tree.size} parts, at most {MAX_NODES} are allowed",
            ),
            Message("请把它拆成几条规则，或改用分档表", "split it into several rules, or use a table of bands"),
        )


def _excerpt(text: str, tree: Raw) -> str:
    return shorten(text[tree.start : tree.end], 30)


def _quote(text: str) -> str:
    return f"“{text}”"


_LAST_WORD = re.compile(r"\w*$")
_ENDS_IN_NUMBER = re.compile("[0-9] ?[%‰万亿]*$")

#: Characters that other languages would accept here, and what to write instead.
_CHARACTER_HINTS = {
    "^": Message("没有乘方；请写成连乘", "there is no power; write a product"),
    ".": Message("小数点前后都要有数字；名称里没有点", "a point needs digits on both sides; names have no points"),
    "、": Message("参数之间用逗号 “,” 隔开", "arguments are separated by a comma"),
    "；": Message("公式只有一个式子，不用分号", "a formula is one expression, without semicolons"),
    "：": Message("条件写作 “如果 … 则 … 否则 …”", "a condition is written: if … then … else …"),
    "？": Message("条件写作 “如果 … 则 … 否则 …”", "a condition is written: if … then … else …"),
    "&": Message("“并且” 写作 “且”", "write “and”"),
    "|": Message("“或者” 写作 “或”", "write “or”"),
    "！": Message("“不” 写作 “非”，不等于写作 “≠”", "write “not”, or “!=” for unequal"),
    "“": Message("公式里没有文字", "there is no text in a formula"),
    "[": Message("公式里只用圆括号", "only round brackets are used"),
    "%": Message("% 只能跟在数字后面", "% follows a number only"),
    "~": Message("区间写作 “60% <= 完成值 <= 80%”", "an interval is written: 60% <= actual <= 80%"),
}
_CHARACTER_HINTS |= {
    same: _CHARACTER_HINTS[char]
    for char, others in (("；", ";"), ("：", ":"), ("？", "?"), ("！", "!"), ("“", "”‘’\"'"), ("[", "]{}【】"),
                         ("%", "‰"), ("~", "～"), ("^", "＾"), (".", "。．"))
    for same in others
}  # fmt: skip


def _refuse_character(text: str, position: int, origin: Origin) -> NoReturn:
    char = text[position]
    shown = visible(char)
    raise origin.error(
        "PF401",
        (position, position + 1),
        Message(f"公式里不能有字符 “{shown}”", f"a formula cannot contain the character {_quote(shown)}"),
        _CHARACTER_HINTS.get(char),
    )


def _refuse_token(text: str, folded: str, error: UnexpectedToken, origin: Origin) -> NoReturn:
    token = error.token
    wanted = set(error.accepts or error.expected)
    if token.type == "$END":
        _refuse_end(text, folded, wanted, origin)
    start = _start(token)
    end = start + len(token)
    shown = shorten(text[start:end], 30)
    raise origin.error(
        "PF402",
        (start, end),
        Message(f"这里不该出现 “{shown}”", f"{_quote(shown)} is not expected here"),
        _token_hint(token, folded[:start].rstrip(), wanted),
    )


#: Operations in words, as sentences have them, and their signs.
_OPERATIONS = {"加上": "+", "减去": "-", "乘以": "*", "除以": "/"}
_OPERATION = re.compile("|".join(_OPERATIONS))


def operation_hint(text: str) -> Message | None:
    """Return how the operation is written that `text` has in words.

    >>> operation_hint("分值减去完成值").zh
    '运算写符号：“减去”写成 “-”'
    """
    found = _OPERATION.search(text)
    if found is None:
        return None
    sign = _OPERATIONS[found[0]]
    return Message(f"运算写符号：“{found[0]}”写成 “{sign}”", f"write the sign “{sign}” for {found[0]}")


def _token_hint(token: Token, before: str, wanted: set[str]) -> Message | None:
    pair = before[-1:] + token
    if pair in {"=>", "=<"}:
        return Message("写作 “>=”、“<=” 或 “≥”、“≤”", "write “>=” or “<=”")
    if pair == "=":
        return Message("公式前面不写 “=”", "a formula does not begin with '='")
    if pair in {"**", "//"}:
        return Message("没有这种运算；请写成连乘或向下取整", "there is no such operation; write a product, or floor")
    if token.type == "NAME" and token.startswith("个百分点") and _ENDS_IN_NUMBER.search(before):
        return Message("百分点写 %，如 1%", "percentage points are written with %, such as 1%")
    if token[:1] in {"x", "X"} and _ENDS_IN_NUMBER.search(before):
        return Message("乘号写 “*” 或 “×”", "write “*” for times")
    if token.type == "NAME" and _ENDS_IN_NUMBER.search(before):
        return Message("公式里的数不带单位，只可带 %、‰、万、亿", "a number has no unit here, only %, ‰, 万 or 亿")
    if token.type == "NUMBER" and _ENDS_IN_NUMBER.search(before):
        return Message(
            "数写成 1000 或 0.1，不加逗号，不以 0 开头", "write 1000 or 0.1, without commas or leading zeros"
        )
    word = _LAST_WORD.search(before)
    operation = None if word is None else operation_hint(word[0])
    return operation if token.type == "NUMBER" and operation is not None else _wanted(wanted)


def _wanted(wanted: set[str]) -> Message | None:
    if "NUMBER" in wanted:
        return Message("这里应当是数、名称、函数或括号", "a number, a name, a function or a bracket is expected")
    if "LPAR" in wanted and "STAR" not in wanted:
        return Message("函数名后应当是 “(”", "“(” is expected after a function")
    if "THEN" in wanted:
        return Message("条件之后应当是 “则”", "“then” is expected after the condition")
    if "ELSE" in wanted:
        return Message("“如果 … 则 …” 之后应当是 “否则 …”", "“if … then …” is followed by “else …”")
    if "COMMA" in wanted:
        return Message("这里应当是运算符、逗号或 “)”", "an operator, a comma or “)” is expected")
    if "RPAR" in wanted:
        return Message("这里应当是运算符或 “)”", "an operator or “)” is expected")
    return Message("这里应当是运算符，或者公式到此为止", "an operator is expected, or the end of the formula")


def _refuse_end(text: str, folded: str, wanted: set[str], origin: Origin) -> NoReturn:
    open_brackets: list[int] = []
    for index, char in enumerate(folded):
        if char == "(":
            open_brackets.append(index)
        elif char == ")" and open_brackets:
            open_brackets.pop()
    if open_brackets and "NUMBER" not in wanted:
        place = open_brackets[-1]
        raise origin.error(
            "PF403",
            (place, place + 1),
            Message("这个括号没有闭合", "this bracket is not closed"),
            Message("请在后面补上 “)”", "add “)”"),
        )
    end = len(text.rstrip())
    last = folded[:end].split()[-1]
    raise origin.error(
        "PF403",
        (end - 1, end),
        Message(f"公式在 “{shorten(last, 30)}” 之后中断", f"the formula breaks off after {_quote(shorten(last, 30))}"),
        _wanted(wanted),
    )
