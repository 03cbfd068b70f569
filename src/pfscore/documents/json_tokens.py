"""The signs and texts of a JSON file, each as what it was meant to be, with what is wrong with it said."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pfscore.documents.positions import MAX_PROBLEMS, bad_escape, first_line, wide_blank
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.source import Source
from pfscore.foundation.text import Message, shorten

_WIDE_SIGNS = {
    "，": ",",
    "：": ":",
    "、": ",",
    "；": ",",
    "［": "[",
    "］": "]",
    "｛": "{",
    "｝": "}",
    "【": "[",
    "】": "]",
}
_TOKEN = re.compile(
    r"""
    [ \t\r\n]*+
  (?:(?P<string>"[^"\\\x00-\x1f]*+(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*+)*+")
  | (?P<sign>[\[\]{},:])
  | (?P<number>-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?)(?![^\s,:\[\]{}"'/\#，：［］｛｝【】、；“”])
  | (?P<word>true|false|null)(?![^\s,:\[\]{}"'/\#，：［］｛｝【】、；“”])
  | (?P<open>"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"?)
  | (?P<comment>//[^\n]*+|\#[^\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/)?)
  | (?P<single>'[^'\\\n]*+(?:\\.[^'\\\n]*+)*+')
  | (?P<wide_quoted>[“”「『][^"“”「」『』\n]*+["”“」』])
  | (?P<wide_sign>[，：、；［］｛｝【】])
  | (?P<blank>[\u00a0\u200b-\u200d\u2028\u2029\u2060\u3000\ufeff]++)
  | (?P<bare>[^\s,:\[\]{}"'，：［］｛｝【】、；“”]++)
  | (?P<other>.)
  )
    """,
    re.VERBOSE | re.DOTALL,
).match
_BAD_IN_STRING = re.compile(r'[\x00-\x1f]|\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4}).?')
_HALF = re.compile("[\ud800-\udfff\x00]").search
_WORDS = {"True": "true", "TRUE": "true", "False": "false", "FALSE": "false"}
_NOTHING = {"None", "NULL", "Null", "nil", "undefined"}
_INFINITE = {"NaN", "nan", "Infinity", "-Infinity", "+Infinity", "inf", "-inf"}


class Stop(Exception):
    """Nothing more can be read, or nothing more needs to be said."""


@dataclass
class Tokens:
    """An iterator of (start, end, kind, text), where kind is `sign`, `text` or `other` (numbers and words).

    >>> [token[3] for token in Tokens(Source("a.json", '{"a": 0.10}'))]
    ['{', 'a', ':', '0.10', '}']
    """

    source: Source
    problems: list[Diagnostic] = field(default_factory=list)

    def say(self, code: str, start: int, end: int, message: Message, hint: Message | None = None) -> None:
        """Keep what is wrong with the characters `start` to `end`."""
        self.keep(Diagnostic(code, message, hint, first_line(self.source, start, end)))

    def keep(self, problem: Diagnostic) -> None:
        """Keep one problem; `Stop` when there are enough."""
        self.problems.append(problem)
        if len(self.problems) >= MAX_PROBLEMS:
            raise Stop

    def __iter__(self) -> Iterator[tuple[int, int, str, str | None]]:
        text = self.source.text
        at = 0
        while match := _TOKEN(text, at):
            kind = match.lastgroup or ""
            start, at = match.span(kind)
            shown = match[kind]
            if kind == "string":
                yield start, at, "text", self._string(start, shown) if "\\" in shown else shown[1:-1]
            elif kind == "sign":
                yield start, at, kind, shown
            elif kind == "number":
                yield start, at, "other", shown
            elif kind == "word":
                yield start, at, "other", None if shown == "null" else shown
            elif kind == "open" and not (shown.endswith('"') and len(shown) > 1):
                at = self._open_quote(start, shown)
                yield start, at, "text", shown
            else:
                yield from self._odd(kind, start, shown)

    def _odd(self, kind: str, start: int, shown: str) -> Iterator[tuple[int, int, str, str | None]]:
        end = start + len(shown)
        match kind:
            case "open":
                self._bad_string(start, shown)
                yield start, end, "text", shown[1:-1]
            case "comment":
                message = Message("JSON 不能写注释", "JSON has no comments")
                hint = Message("删去它；要写注释就用 YAML", "remove it, or use YAML, which has comments")
                self.say("PF125", start, end, message, hint)
            case "single":
                message = Message(
                    "JSON 的文字要用双引号，不能用单引号", "texts in JSON stand in double quotes, not in single ones"
                )
                self.say("PF122", start, end, message, _double(shown[1:-1]))
                yield start, end, "text", shown[1:-1]
            case "wide_quoted":
                message = Message("中文引号不是 JSON 的引号", "Chinese quotation marks are no quotes in JSON")
                self.say("PF121", start, end, message, _double(shown[1:-1]))
                yield start, end, "text", shown[1:-1]
            case "wide_sign":
                narrow = _WIDE_SIGNS[shown]
                message = Message(f"全角的 “{shown}” 不是 JSON 的符号", f"the full-width {shown!r} is no sign of JSON")
                self.say("PF121", start, end, message, Message(f"改为半角的 “{narrow}”", f"write {narrow!r}"))
                yield start, end, "sign", narrow
            case "blank":
                self.keep(wide_blank(self.source, start, shown, "JSON"))
            case "bare":
                self._bare(start, shown)
                yield start, end, "text", shown
            case _:
                message = Message(f"这里不该有 “{shorten(shown)}”", f"{shorten(shown)!r} has no place here")
                self.say("PF120", start, end, message)

    def _string(self, start: int, shown: str) -> str:
        text = str(json.loads(shown))
        if _HALF(text):
            self.keep(bad_escape(self.source, start, start + len(shown)))
        return text

    def _open_quote(self, start: int, shown: str) -> int:
        """Say what is wrong with a quote that is not closed on its line; return where to go on."""
        for offset, char in enumerate(shown):
            if char in "“”":
                message = Message("中文引号不是 JSON 的引号", "Chinese quotation marks are no quotes in JSON")
                hint = Message('改为半角的 "', 'write "')
                self.say("PF121", start + offset, start + offset + 1, message, hint)
                return start + offset + 1
        message = Message("从这里开始的引号到行末还没有配对", "the quote that starts here is not closed on its line")
        hint = Message(
            '在文字末尾补上 "；文字里的换行写 \\n',
            'close it with " after the text; a line break within a text is written \\n',
        )
        self.say("PF128", start, start + len(shown), message, hint)
        raise Stop

    def _bad_string(self, start: int, shown: str) -> None:
        for bad in _BAD_IN_STRING.finditer(shown):
            found, at = bad[0], start + bad.start()
            if found[0] == "\\":
                message = Message(f"“{found}” 不是 JSON 的转义", f"{found!r} is no escape of JSON")
                hint = Message("反斜杠要写两个：\\\\", "write a backslash twice: \\\\")
                self.say("PF128", at, at + len(found), message, hint)
            else:
                name = f"U+{ord(found):04X}"
                message = Message(f"文字里有控制字符 {name}", f"a text holds the control character {name}")
                hint = Message("制表符写 \\t，换行写 \\n", "write a tab as \\t and a line break as \\n")
                self.say("PF128", at, at + 1, message, hint)

    def _bare(self, start: int, shown: str) -> None:
        end = start + len(shown)
        before = self._before(start)
        if shown in _INFINITE:
            message = Message(f"不接受 {shown}：它不是数", f"{shown} is not accepted; it is not a number")
            self.say("PF126", start, end, message, Message("没有值时写 null", "write null where there is no value"))
        elif shown in _WORDS or shown in _NOTHING:
            meant = _WORDS.get(shown, "null")
            message = Message(f"JSON 里写 {meant}，不写 {shown}", f"JSON says {meant}, not {shown}")
            self.say("PF129", start, end, message, Message(f"改为 {meant}", f"write {meant}"))
        elif self.is_thousands(start, end):
            self.thousands(start)
        elif not before:
            message = Message("这不是 JSON", "this is not JSON")
            hint = Message(
                "JSON 以 “{” 或 “[” 开头；若是 YAML，请用后缀 .yaml",
                "JSON starts with '{' or '['; if this is YAML, let the file end in .yaml",
            )
            self.say("PF120", start, end, message, hint)
            raise Stop
        else:
            message = Message(f"“{shorten(shown)}” 没有加双引号", f"{shorten(shown)!r} is not in double quotes")
            self.say(
                "PF129" if before == ":" or not shown[0].isalpha() else "PF122", start, end, message, _double(shown)
            )

    def is_thousands(self, start: int, end: int) -> bool:
        """Tell whether this is the 000 of `1,000`."""
        text = self.source.text
        return start > 1 and text[start - 1] == "," and text[start - 2].isdigit() and text[start:end].isdigit()

    def thousands(self, start: int) -> None:
        """Say that the comma before `start` has no place in a number."""
        message = Message("数里不能有千位分隔的逗号", "a number holds no commas")
        hint = Message("删去逗号，或给整个值加双引号", "remove the comma, or put the value in double quotes")
        self.say("PF129", start - 1, start, message, hint)

    def _before(self, start: int) -> str:
        """Return the last sign before `start` that is no space, or nothing at the start of the file."""
        text = self.source.text
        while start and text[start - 1] in " \t\r\n":
            start -= 1
        return text[start - 1 : start]


def _double(inner: str) -> Message:
    quoted = json.dumps(shorten(inner), ensure_ascii=False)
    return Message(f"改为 {quoted}", f"write {quoted}")
