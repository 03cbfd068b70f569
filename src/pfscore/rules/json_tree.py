"""The slow reading of JSON: a tree of places, and every problem that the file has.

A mistake is said, taken for what it was meant to be, and the reading goes on, so that one pass finds them all.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.source import Source
from pfscore.foundation.text import Message, shorten
from pfscore.rules.places import MAX_DEPTH, MAX_PROBLEMS, MAX_VALUES, Place, duplicate_key, too_deep, too_many

_WIDE_SIGNS = {
    "，": ",",
    "：": ":",
    "［": "[",
    "］": "]",
    "｛": "{",
    "｝": "}",
    "【": "[",
    "】": "]",
    "、": ",",
    "；": ",",
}
_TOKEN = re.compile(
    r"""
    (?P<space>[ \t\r\n]+)
  | (?P<string>"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")
  | (?P<sign>[\[\]{},:])
  | (?P<number>-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)(?![^\s,:\]}，：］｝】/\#])
  | (?P<word>true|false|null)(?![\w.])
  | (?P<broken>"(?:[^"\\\n]|\\.)*(?P<closed>")?)
  | (?P<comment>//[^\n]*|\#[^\n]*|/\*(?:[^*]|\*(?!/))*(?:\*/)?)
  | (?P<single>'(?:[^'\\\n]|\\.)*')
  | (?P<wide_quoted>[“”„‟「『][^"“”「」『』\n]*["”“」』])
  | (?P<wide_sign>[，：［］｛｝【】、；])
  | (?P<blank>[\u00a0\u200b-\u200d\u2028\u2029\u2060\u3000\ufeff]+)
  | (?P<bare>[^\s,:\[\]{}"'，：［］｛｝【】“”]+)
  | (?P<other>.)
    """,
    re.VERBOSE,
)
_BAD_IN_STRING = re.compile(r"[\x00-\x1f]|\\(?![\"\\/bfnrt]|u[0-9a-fA-F]{4}).?")
_HALF = re.compile("[\ud800-\udfff\x00]")


def json_tree(source: Source) -> tuple[Place, list[Diagnostic]]:
    """Return the places of everything in the text, and its problems in the order of the text."""
    reading = _Reading(source)
    try:
        reading.run()
    except _Stop:
        pass
    return reading.root or Place(0, 0), reading.problems


class _Stop(Exception):
    """Nothing more can be read, or nothing more needs to be said."""


@dataclass(slots=True)
class _Box:
    """A list or mapping that is being filled."""

    place: Place
    key: Place | None = None
    #: A colon has followed the key.
    colon: bool = False
    #: Where the last comma stands that no member has followed.
    comma: int | None = None
    #: A member has come and no comma after it.
    full: bool = False


@dataclass
class _Reading:
    source: Source
    problems: list[Diagnostic] = field(default_factory=list)
    root: Place | None = None
    _boxes: list[_Box] = field(default_factory=list)
    _count: int = 0

    def run(self) -> None:
        end = 0
        for start, kind, shown in self._tokens():
            end = start + len(shown)
            if kind == "sign":
                self._sign(start, shown)
            else:
                self._value(
                    Place(start, len(shown), self._text(start, kind, shown)),
                    is_text=kind != "number" and kind != "word",
                )
        if self._boxes:
            box = self._boxes[-1]
            sign = "]" if isinstance(box.place.holds, list) else "}"
            opening = self.source.text[box.place.start]
            self._say(
                "PF120",
                box.place.start,
                1,
                Message(f"“{opening}” 没有用 “{sign}” 配对", f"{opening!r} is not closed by {sign!r}"),
                Message(f"补上 “{sign}”", f"add {sign!r}"),
            )
        elif self.root is None:
            self._say("PF104", end, 1, Message("文件里没有内容", "the file holds nothing"), None)

    def _say(self, code: str, start: int, length: int, message: Message, hint: Message | None) -> None:
        line_end = self.source.text.find("\n", start, start + length)
        length = (line_end if line_end >= 0 else start + length) - start
        self.problems.append(Diagnostic(code, message, hint, self.source.span_at(start, max(1, length))))
        if len(self.problems) >= MAX_PROBLEMS:
            raise _Stop

    def _tokens(self) -> Iterator[tuple[int, str, str]]:
        """Yield each token as what it was meant to be, and say what is wrong with it."""
        for match in _TOKEN.finditer(self.source.text):
            kind, shown, start = match.lastgroup or "other", match[0], match.start()
            if kind == "closed":
                kind = "broken"
            if kind in {"sign", "string", "number", "word"}:
                yield start, kind, shown
            elif kind == "comment":
                self._say(
                    "PF125",
                    start,
                    len(shown),
                    Message("JSON 不能写注释", "JSON has no comments"),
                    Message("删去它；要写注释就用 YAML", "remove it, or use YAML, which has comments"),
                )
            elif kind == "wide_sign":
                narrow = _WIDE_SIGNS[shown]
                self._say(
                    "PF121",
                    start,
                    1,
                    Message(
                        f"全角的 “{shown}” 不是 JSON 的符号", f"the full-width {shown!r} is no sign of JSON"
                    ),
                    Message(f"改为半角的 “{narrow}”", f"write {narrow!r}"),
                )
                yield start, "sign", narrow
            elif kind == "blank":
                name = f"U+{ord(shown[0]):04X}"
                self._say(
                    "PF149",
                    start,
                    len(shown),
                    Message(
                        f"这里是全角空格或不可见的空格（{name}），JSON 不当作空格",
                        f"this is a full-width or invisible space ({name}), which is no space to JSON",
                    ),
                    Message("改为半角空格，或删去", "write ordinary spaces, or remove it"),
                )
            elif kind != "space":
                yield start, kind, shown

    def _text(self, start: int, kind: str, shown: str) -> str | None:
        """Return the text of a token, and say what is wrong with it."""
        match kind:
            case "number" | "word":
                return None if shown == "null" else shown
            case "string":
                return self._string(start, shown)
            case "broken":
                self._broken(start, shown)
            case "single":
                self._say(
                    "PF122",
                    start,
                    len(shown),
                    Message(
                        "JSON 的文字要用双引号，不能用单引号",
                        "texts in JSON stand in double quotes, not in single ones",
                    ),
                    _double(shown[1:-1]),
                )
                return shown[1:-1]
            case "wide_quoted":
                self._say(
                    "PF121",
                    start,
                    len(shown),
                    Message("中文引号不是 JSON 的引号", "Chinese quotation marks are no quotes in JSON"),
                    _double(shown[1:-1]),
                )
                return shown[1:-1]
            case "bare":
                self._bare(start, shown)
            case _:
                self._say(
                    "PF120",
                    start,
                    len(shown),
                    Message(f"这里不该有 “{shorten(shown)}”", f"{shorten(shown)!r} has no place here"),
                    None,
                )
        return shown

    def _string(self, start: int, shown: str) -> str:
        if "\\" not in shown:
            return shown[1:-1]
        text = str(json.loads(shown))
        if _HALF.search(text):
            self._say(
                "PF114",
                start,
                len(shown),
                Message("转义出来的是空字符（NUL）或不完整的字符", "an escape gives NUL or half a character"),
                Message("直接写这个字", "write the character itself"),
            )
        return text

    def _broken(self, start: int, shown: str) -> None:
        closed = len(shown) > 1 and shown.endswith('"')
        bad = _BAD_IN_STRING.search(shown)
        if not closed:
            self._say(
                "PF128",
                start,
                len(shown),
                Message(
                    "从这里开始的引号到行末还没有配对", "the quote that starts here is not closed on its line"
                ),
                Message(
                    '在文字末尾补上 "；文字里换行写 \\n',
                    'close it with " after the text; a line break within a text is written \\n',
                ),
            )
        elif bad and bad[0][0] == "\\":
            self._say(
                "PF128",
                start + bad.start(),
                len(bad[0]),
                Message(f"“{bad[0]}” 不是 JSON 的转义", f"{bad[0]!r} is no escape of JSON"),
                Message("反斜杠要写两个：\\\\", "write a backslash twice: \\\\"),
            )
        elif bad:
            name = f"U+{ord(bad[0]):04X}"
            self._say(
                "PF128",
                start + bad.start(),
                1,
                Message(f"文字里有控制字符 {name}", f"a text holds the control character {name}"),
                Message("制表符写 \\t，换行写 \\n", "write a tab as \\t and a line break as \\n"),
            )

    def _bare(self, start: int, shown: str) -> None:
        length = len(shown)
        if shown in {"NaN", "Infinity", "-Infinity", "+Infinity"}:
            self._say(
                "PF126",
                start,
                length,
                Message(f"不接受 {shown}：它不是数", f"{shown} is not accepted; it is not a number"),
                Message("没有值时写 null", "write null where there is no value"),
            )
        elif shown in {"True", "False", "None", "TRUE", "FALSE", "NULL", "undefined"}:
            meant = {"t": "true", "f": "false"}.get(shown[0].lower(), "null")
            self._say(
                "PF129",
                start,
                length,
                Message(f"JSON 里写 {meant}，不写 {shown}", f"JSON says {meant}, not {shown}"),
                Message(f"改为 {meant}", f"write {meant}"),
            )
        else:
            at_key = (
                bool(self._boxes)
                and isinstance(self._boxes[-1].place.holds, dict)
                and not self._boxes[-1].colon
            )
            what_zh, what_en = ("键", "a key") if at_key else ("这个值", "this value")
            self._say(
                "PF122" if at_key else "PF129",
                start,
                length,
                Message(
                    f"{what_zh}没有加双引号：“{shorten(shown)}”",
                    f"{what_en} is not in double quotes: {shorten(shown)!r}",
                ),
                _double(shown),
            )

    # The grammar.

    def _sign(self, start: int, sign: str) -> None:
        box = self._boxes[-1] if self._boxes else None
        if sign in "[{":
            self._open(start, sign)
        elif box is None:
            self._say("PF120", start, 1, Message(f"这里不该有 “{sign}”", f"{sign!r} has no place here"), None)
        elif sign in "]}":
            self._close(box, start, sign)
        elif sign == ",":
            self._comma(box, start)
        elif isinstance(box.place.holds, list) or box.key is None or box.colon:
            self._say("PF120", start, 1, Message("这里不该有冒号", "a colon has no place here"), None)
        else:
            box.colon = True

    def _comma(self, box: _Box, start: int) -> None:
        self._half_member(box)
        if not box.full:
            self._say(
                "PF123",
                start,
                1,
                Message("多了一个逗号", "one comma too many"),
                Message("删去它", "remove it"),
            )
        box.full, box.comma = False, start

    def _half_member(self, box: _Box) -> None:
        """Say that a key has come and no value."""
        if box.key is not None:
            key = shorten(str(box.key.holds))
            self._say(
                "PF120",
                box.key.start,
                box.key.length,
                Message(f"“{key}” 后面没有值", f"no value follows {key!r}"),
                Message(f'写成 "{key}": 值', f'write "{key}": and a value'),
            )
            box.key, box.colon, box.full = None, False, True

    def _open(self, start: int, sign: str) -> None:
        if len(self._boxes) >= MAX_DEPTH:
            self._say("PF111", start, 1, *too_deep())
            raise _Stop
        place = Place(start, 1, [] if sign == "[" else {})
        self._value(place, is_text=False)
        self._boxes.append(_Box(place))

    def _close(self, box: _Box, start: int, sign: str) -> None:
        self._half_member(box)
        if box.comma is not None and not box.full:
            self._say(
                "PF123",
                box.comma,
                1,
                Message(
                    f"最后一项后面、“{sign}” 前面多了逗号", f"a comma after the last member, before {sign!r}"
                ),
                Message("删去它", "remove it"),
            )
        wanted = "]" if isinstance(box.place.holds, list) else "}"
        if sign != wanted:
            self._say(
                "PF120",
                start,
                1,
                Message(f"这里应是 “{wanted}”，写的是 “{sign}”", f"expected {wanted!r} here, found {sign!r}"),
                None,
            )
        line_end = self.source.text.find("\n", box.place.start, start)
        box.place.length = (line_end if line_end >= 0 else start + 1) - box.place.start
        self._boxes.pop()

    def _value(self, place: Place, *, is_text: bool) -> None:
        self._count += 1
        if self._count > MAX_VALUES:
            self._say("PF112", place.start, 1, *too_many())
            raise _Stop
        box = self._boxes[-1] if self._boxes else None
        if box is None:
            self._top(place)
            return
        if box.full:
            self._say(
                "PF124",
                place.start,
                place.length,
                Message("这里的前面缺逗号", "a comma is missing before this"),
                Message("在上一项后面加半角逗号", "put a comma after the member before it"),
            )
            box.full = False
        box.comma = None
        if isinstance(box.place.holds, list):
            box.place.holds.append(place)
            box.full = True
        elif box.key is None:
            self._key(box, place, is_text=is_text)
        elif isinstance(box.place.holds, dict):
            if not box.colon:
                key = shorten(str(box.key.holds))
                self._say(
                    "PF120",
                    place.start,
                    place.length,
                    Message(f"“{key}” 后面缺冒号", f"a colon is missing after {key!r}"),
                    Message("在键的后面加半角冒号", "put a colon after the key"),
                )
            box.place.holds.setdefault(str(box.key.holds), (box.key, place))
            box.key, box.colon, box.full = None, False, True

    def _key(self, box: _Box, place: Place, *, is_text: bool) -> None:
        if not is_text:
            self._say(
                "PF122",
                place.start,
                place.length,
                Message("键必须是双引号里的文字", "a key must be a text in double quotes"),
                None,
            )
        box.key = place
        if isinstance(box.place.holds, dict) and str(place.holds) in box.place.holds:
            if is_text:
                first, _ = box.place.holds[str(place.holds)]
                self.problems.append(duplicate_key(self.source, place, first))
            box.key = Place(place.start, place.length, f"\0{place.start}")

    def _top(self, place: Place) -> None:
        if self.root is not None:
            self._say(
                "PF127",
                place.start,
                place.length,
                Message("内容结束之后还有别的内容", "there is more after the end of the value"),
                Message(
                    "一个 .json 文件只有一个值；每行一个值的文件用后缀 .jsonl",
                    "a .json file holds one value; a file with one value on each line ends in .jsonl",
                ),
            )
            raise _Stop
        self.root = place


def _double(inner: str) -> Message:
    inner = shorten(inner)
    return Message(f'改为 "{inner}"', f'write "{inner}"')
