"""JSON with every number as its author wrote it, and where each value stands for what is asked about.

`json` gives the data and finds the first error of syntax; a scan of the text gives the places, explains the error, and
finds what `json` takes without a word.
"""

from __future__ import annotations

import json
import re
from array import array
from dataclasses import dataclass, field
from typing import Any

from pfscore.documents.positions import (
    MAX_DEPTH,
    MAX_PROBLEMS,
    MAX_VALUES,
    Data,
    Marks,
    Place,
    bad_escape,
    duplicate_key,
    first_line,
    too_deep,
    too_many,
    wide_blank,
)
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.errors import InputError
from pfscore.foundation.runtime.patterns import Pattern
from pfscore.foundation.source import Source
from pfscore.foundation.text import Message, shorten

#: Escapes that may give NUL or half a character.
_DOUBTFUL_ESCAPE = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
_HALF = re.compile("[\ud800-\udfff\x00]").search


def read_json(source: Source) -> Data:
    """Return what the JSON text says: numbers, `true` and `false` as their text, `null` as `None`.

    Raises:
        InputError: PF1xx, the first error of syntax, or every problem of a text that has none.

    >>> read_json(Source("a.json", '{"points": 0.10, "score": 1E2, "met": true, "note": null}'))
    {'points': '0.10', 'score': '1E2', 'met': 'true', 'note': None}
    """
    text, doubts = source.text, list[object]()

    def mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            doubts.append(found)
        return found

    data: Data = None
    try:
        data = _plain(
            json.loads(text, parse_int=str, parse_float=str, parse_constant=doubts.append, object_pairs_hook=mapping)
        )
    except json.JSONDecodeError as error:
        raise InputError.of(explain(source, error)) from None
    except (_TooDeep, RecursionError) as error:
        doubts.append(error)
    if doubts or _may_have_too_many_values(text) or _DOUBTFUL_ESCAPE.search(text):
        scan = _Scan(source)
        scan.run()
        if scan.problems:
            raise InputError(scan.problems)
    return data


def json_marks(source: Source) -> Marks:
    """Return where each value stands in a text that :func:`read_json` has read, for :func:`place_tree`."""
    scan = _Scan(source)
    scan.run()
    return scan.marks


class _TooDeep(Exception):
    """Lists and mappings are nested too deep."""


def _may_have_too_many_values(text: str) -> bool:
    """Return whether there may be too many values; signs within texts are counted as well."""
    return text.count(",") + text.count("[") + text.count("{") + text.count(":") > MAX_VALUES


def _plain(data: Any) -> Data:
    """Put text in place of `true` and `false`, level by level, and see that there are not too many levels."""
    if not isinstance(data, dict | list):
        return _truth(data)
    level: list[Any] = [data]
    for _ in range(MAX_DEPTH):
        below: list[Any] = []
        for box in level:
            kind = type(box)
            for key, value in box.items() if kind is dict else enumerate(box):
                inner = type(value)
                if inner is dict or inner is list:
                    below.append(value)
                elif inner is bool:
                    box[key] = _truth(value)
        if not below:
            return data
        level = below
    raise _TooDeep


def _truth(value: Any) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    text: str | None = value
    return text


@dataclass(slots=True)
class _Box:
    """A list or mapping that is being filled: where its marks stand, its keys, and whether a value is due."""

    mark: int
    keys: dict[str, tuple[int, int]] | None
    after_colon: bool = False


@dataclass
class _Scan:
    """One pass over the tokens of a text that is right, as far as it is scanned."""

    source: Source
    marks: Marks = field(default_factory=lambda: array("I"))
    problems: list[Diagnostic] = field(default_factory=list)

    def run(self) -> None:  # noqa: C901  (one loop, for speed)
        """Mark every value, and find what `json` takes all the same."""
        boxes: list[_Box] = []
        marks, text = self.marks, self.source.text
        for token in TOKEN.finditer(text):
            kind = token.lastgroup
            if kind == "close":
                marks[boxes.pop().mark + 1] = token.end()
                continue
            box = boxes[-1] if boxes else None
            if kind == "colon":
                if box is not None:
                    box.after_colon = True
                continue
            start, end = token.span()
            if kind == "text" and "\\" in token[0] and _HALF(json.loads(token[0])):
                self.problems.append(bad_escape(self.source, start, end))
            elif kind == "other" and token[0].lstrip("-") in {"NaN", "Infinity"}:
                self.problems.append(no_number(self.source, start, token[0]))
            if box is not None and box.keys is not None and not box.after_colon:
                self._key(box.keys, start, end)
            elif box is not None:
                box.after_colon = False
            if kind == "open":
                if len(boxes) >= MAX_DEPTH:
                    self.problems.append(too_deep(self.source, start))
                    return
                boxes.append(_Box(len(marks), {} if token[0] == "{" else None))
            marks.append(start)
            marks.append(end)
            if len(marks) > 2 * MAX_VALUES:
                self.problems.append(too_many(self.source, start))
            if len(self.problems) >= MAX_PROBLEMS or len(marks) > 2 * MAX_VALUES:
                return

    def _key(self, keys: dict[str, tuple[int, int]], start: int, end: int) -> None:
        text = self.source.text[start:end]
        key = json.loads(text) if "\\" in text else text[1:-1]
        if key in keys:
            self.problems.append(duplicate_key(self.source, key, start, end, Place(*keys[key])))
        keys.setdefault(key, (start, end))


#: What JSON is made of, commas apart; a text in quotes may be open.
TOKEN = re.compile(
    r'(?P<text>"[^"\\]*+(?:\\.[^"\\]*+)*+"?)|(?P<open>[\[{])|(?P<close>[\]}])|(?P<colon>:)|(?P<other>[^\s\[\]{},:"]++)',
    re.DOTALL,
)
_SPACE = " \t\r\n"
_NARROW = {
    "，": ",", "：": ":", "、": ",", "；": ",", "［": "[", "］": "]", "｛": "{", "｝": "}", "【": "[", "】": "]",
    "“": '"', "”": '"', "「": '"', "」": '"', "『": '"', "』": '"',
}  # fmt: skip
_BLANKS = Pattern("[\u00a0\u200b-\u200d\u2028\u2029\u2060\u3000\ufeff]+")
_WORDS = {
    **dict.fromkeys(("True", "TRUE"), "true"),
    **dict.fromkeys(("False", "FALSE"), "false"),
    **dict.fromkeys(("None", "NULL", "Null", "nil", "undefined"), "null"),
}
_INFINITE = frozenset({"nan", "+Infinity", "inf", "-inf"})
_COMMENT = Pattern(r"//[^\n]*|#[^\n]*|/\*(?:[^*]|\*(?!/))*+(?:\*/)?")
_QUOTED = Pattern(r"'(?P<single>[^'\\\n]*+(?:\\.[^'\\\n]*+)*+)'|[“”「『](?P<wide>[^\n\"“”「」『』]*+)[\"“”」』]")
_WORD = Pattern(r"[^\s,:\[\]{}\"'，：［］｛｝【】、；“”]+")
_WORD_BEFORE = Pattern(r"[^\s,:\[\]{}\"'，：［］｛｝【】、；“”]*\Z")
_TEXT_BEFORE = Pattern(r'"((?:[^"\\\n]|\\.)*)"\Z')
_ESCAPE = Pattern(r"\\(?:u[0-9a-fA-F]{0,4}|.?)")
_REMOVE = Message("删去它", "remove it")
_WIDE_QUOTES = Message("中文引号不是 JSON 的引号", "Chinese quotation marks are no quotes in JSON")


def explain(source: Source, error: json.JSONDecodeError) -> Diagnostic:
    """Return the problem behind an error of `json`, or that of brackets that are nested too deep before it."""
    open_: list[int] = []
    for token in TOKEN.finditer(source.text, 0, error.pos):
        if token.lastgroup == "open":
            open_.append(token.start())
        elif token.lastgroup == "close" and open_:
            open_.pop()
        if len(open_) > MAX_DEPTH:
            return too_deep(source, token.start())
    return _Syntax(source, error, open_).explain()


def no_number(source: Source, at: int, shown: str) -> Diagnostic:
    """Return the problem of `NaN` and its kin."""
    message = Message(f"不接受 {shown}：它不是数", f"{shown} is not accepted; it is not a number")
    hint = Message("没有值时写 null", "write null where there is no value")
    return Diagnostic("PF120", message, hint, source.span_at(at, len(shown)))


class _Syntax:
    """The text around an error: what comes before it, but for space, and the character that is not right.

    The words of `json` depend on its version; what is reported is taken from the text around the place it points at.
    """

    def __init__(self, source: Source, error: json.JSONDecodeError, open_: list[int]) -> None:
        self.source, self.text, self.words, self.open = source, source.text, error.msg, open_
        self.at = error.pos

    def explain(self) -> Diagnostic:
        """Return the problem."""
        if self.words.startswith("Unterminated string"):
            return self._open_quote(self.at)
        if self.words.startswith("Invalid control character"):
            return self._control_character()
        if "escape" in self.words:
            return self._escape()
        self.at = len(self.text) - len(self.text[self.at :].lstrip(_SPACE))
        self.before = self.text[: self.at].rstrip(_SPACE)
        self.char = self.text[self.at : self.at + 1]
        return self._comma() or self._sign() or self._word() or self._structure()

    def _report(self, at: int, length: int, message: Message, hint: Message | None = None) -> Diagnostic:
        at = min(at, max(0, len(self.text.rstrip()) - 1))
        return Diagnostic("PF120", message, hint, first_line(self.source, at, at + max(1, length)))

    def _wide(self, at: int, char: str) -> Diagnostic:
        if (narrow := _NARROW[char]) == '"':
            return self._report(at, 1, _WIDE_QUOTES, Message('改为半角的 "', 'write "'))
        message = Message(f"全角的 “{char}” 不是 JSON 的符号", f"the full-width {char!r} is no sign of JSON")
        return self._report(at, 1, message, Message(f"改为半角的 “{narrow}”", f"write {narrow!r}"))

    def _open_quote(self, at: int) -> Diagnostic:
        line = self.text[at:].split("\n", 1)[0].rstrip()
        if match := re.search("[“”]", line):
            return self._wide(at + match.start(), match[0])
        message = Message("从这里开始的引号到行末还没有配对", "the quote that starts here is not closed on its line")
        hint = Message(
            '在文字末尾补上 "；文字里的换行写 \\n',
            'close it with " after the text; a line break within a text is written \\n',
        )
        return self._report(at, len(line), message, hint)

    def _control_character(self) -> Diagnostic:
        char = self.text[self.at]
        if char in "\r\n":
            return self._open_quote(self.text.rfind('"', 0, self.at))
        name = f"U+{ord(char):04X}"
        message = Message(f"文字里有控制字符 {name}", f"a text holds the control character {name}")
        hint = Message("制表符写 \\t，换行写 \\n", "write a tab as \\t and a line break as \\n")
        return self._report(self.at, 1, message, hint)

    def _escape(self) -> Diagnostic:
        start = self.text.rfind("\\", 0, self.at + 1)
        match = _ESCAPE.match(self.text, start)
        shown = match[0] if match else "\\"
        message = Message(f"“{shown}” 不是 JSON 的转义", f"{shown!r} is no escape of JSON")
        return self._report(
            start, len(shown), message, Message("反斜杠要写两个：\\\\", "write a backslash twice: \\\\")
        )

    def _comma(self) -> Diagnostic | None:
        """Look for a comma that nothing follows, or that follows nothing."""
        at, closing = len(self.before) - 1, self.char
        if self.char == ",":
            at, closing = self.at, self.text[self.at + 1 :].lstrip(_SPACE)[:1]
        if closing and closing in "]}" and self.text[at : at + 1] == ",":
            message = Message(
                f"最后一项后面、“{closing}” 前面多了逗号", f"a comma after the last member, before {closing!r}"
            )
            return self._report(at, 1, message, _REMOVE)
        if self.char == "," and self.before.endswith((",", "[", "{")):
            return self._report(self.at, 1, Message("多了一个逗号", "one comma too many"), _REMOVE)
        return None

    def _sign(self) -> Diagnostic | None:
        """Look for what other languages and Chinese texts have in place of the signs of JSON."""
        at = self.at
        if match := _COMMENT.match(self.text, at):
            hint = Message("删去它；要写注释就用 YAML", "remove it, or use YAML, which has comments")
            return self._report(at, len(match[0]), Message("JSON 不能写注释", "JSON has no comments"), hint)
        if match := _QUOTED.match(self.text, at):
            single = match["single"]
            message = Message(
                "JSON 的文字要用双引号，不能用单引号", "texts in JSON stand in double quotes, not in single ones"
            )
            inner, message = (match["wide"], _WIDE_QUOTES) if single is None else (single, message)
            return self._report(at, len(match[0]), message, _double(inner))
        if match := _BLANKS.match(self.text, at):
            return wide_blank(self.source, at, match[0], "JSON")
        return self._wide(at, self.char) if self.char in _NARROW else None

    def _word(self) -> Diagnostic | None:
        """Look for a word or a number that JSON does not write so."""
        at = self.at
        if _WORD.match(self.text, at) is None or self.words.startswith(("Expecting ':'", "Extra data")):
            return None
        if self.words.startswith("Expecting ','"):
            # 01, 95%, 10分, truee: what was read is the beginning of the word.
            match = _WORD_BEFORE.search(self.text, max(0, at - 500), at)
            if match is None or not match[0]:
                return None
            at = match.start()
        match = _WORD.match(self.text, at)
        shown = match[0] if match else self.char
        if shown.isdigit() and re.search("[0-9],$", self.text[max(0, at - 2) : at]):
            hint = Message("删去逗号，或给整个值加双引号", "remove the comma, or put the value in double quotes")
            return self._report(at - 1, 1, Message("数里不能有千位分隔的逗号", "a number holds no commas"), hint)
        if (meant := _WORDS.get(shown)) is not None:
            message = Message(f"JSON 里写 {meant}，不写 {shown}", f"JSON says {meant}, not {shown}")
            return self._report(at, len(shown), message, Message(f"改为 {meant}", f"write {meant}"))
        if shown in _INFINITE:
            return no_number(self.source, at, shown)
        if not self.before:
            hint = Message(
                "JSON 以 “{” 或 “[” 开头；若是 YAML，请用后缀 .yaml",
                "JSON starts with '{' or '['; if this is YAML, let the file end in .yaml",
            )
            return self._report(at, len(shown), Message("这不是 JSON", "this is not JSON"), hint)
        message = Message(f"“{shorten(shown)}” 没有加双引号", f"{shorten(shown)!r} is not in double quotes")
        return self._report(at, len(shown), message, _double(shown))

    def _structure(self) -> Diagnostic:
        """Explain how the members of lists and mappings do not fit together."""
        at, char, before = self.at, self.char, self.before
        if not char:
            return self._unclosed()
        if self.words.startswith("Expecting ','"):
            return self._after_member()
        token = TOKEN.match(self.text, at)
        shown = token[0] if token else char
        message, hint = Message(f"这里不该有 “{shorten(shown)}”", f"{shorten(shown)!r} has no place here"), None
        if self.words.startswith("Extra data") and char not in "]}:,":
            message = Message("内容结束之后还有别的内容", "there is more after the end of the value")
            hint = Message(
                "一个 .json 文件只有一个值；每行一个值的文件用后缀 .jsonl",
                "a .json file holds one value; a file with one value on each line ends in .jsonl",
            )
        elif self.words.startswith("Expecting ':'"):
            key = _key_before(before)
            message = Message(f"“{key}” 后面缺冒号", f"a colon is missing after {key!r}")
            hint = Message("在键的后面加半角冒号", "put a colon after the key")
        elif self.words.startswith("Expecting property name"):
            message = Message("键必须是双引号里的文字", "a key must be a text in double quotes")
        elif before.endswith(":") and char in ",]}":
            key = _key_before(before[:-1].rstrip(_SPACE))
            message = Message(f"“{key}” 后面没有值", f"no value follows {key!r}")
            hint = Message(f'写成 "{key}": 值', f'write "{key}": and a value')
        return self._report(at, len(shown), message, hint)

    def _after_member(self) -> Diagnostic:
        """Explain what follows a member and is no comma."""
        message = Message("这里的前面缺逗号", "a comma is missing before this")
        hint: Message | None = Message("在上一项后面加半角逗号", "put a comma after the member before it")
        token = TOKEN.match(self.text, self.at)
        if self.char in "]}":
            wanted = "]" if self.char == "}" else "}"
            hint = None
            message = Message(
                f"这里应是 “{wanted}”，写的是 “{self.char}”", f"expected {wanted!r} here, found {self.char!r}"
            )
        elif self.char == ":":
            hint = Message("若前面的列表到此为止，请先补上 “]”", "if the list ends before this, close it with ']'")
            hint = hint if self.text[self.open[-1]] == "[" else None
            message = Message("这里不该有冒号", "a colon has no place here")
        elif (text := _TEXT_BEFORE.search(self.before)) and (wide := re.search("[“”]", text[1])):
            return self._wide(text.start(1) + wide.start(), wide[0])
        return self._report(self.at, len(token[0]) if token else 1, message, hint)

    def _unclosed(self) -> Diagnostic:
        """Name the innermost bracket that is open at the end of the text."""
        if not self.open:
            return self._report(0, 1, Message("文件里没有内容", "the file holds nothing"))
        opening = self.text[self.open[-1]]
        closing = "]" if opening == "[" else "}"
        message = Message(f"“{opening}” 没有用 “{closing}” 配对", f"{opening!r} is not closed by {closing!r}")
        return self._report(self.open[-1], 1, message, Message(f"补上 “{closing}”", f"add {closing!r}"))


def _key_before(before: str) -> str:
    match = _TEXT_BEFORE.search(before)
    return shorten(match[1]) if match else "…"


def _double(inner: str) -> Message:
    quoted = json.dumps(shorten(inner), ensure_ascii=False)
    return Message(f"改为 {quoted}", f"write {quoted}")
