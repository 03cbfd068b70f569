"""The slow reading of JSON: a tree of places, and every problem that the file has.

A mistake is said, taken for what it was meant to be, and the reading goes on, so that one pass finds them all.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field

from pfscore.documents.json_tokens import Stop, Tokens
from pfscore.documents.positions import (
    MAX_DEPTH,
    MAX_PROBLEMS,
    MAX_VALUES,
    Place,
    duplicate_key,
    too_deep,
    too_many,
)
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.source import Source
from pfscore.foundation.text import Message, shorten


def json_tree(source: Source) -> tuple[Place, list[Diagnostic]]:
    """Return the places of everything in the text, and its problems in the order of the text."""
    reading = _Reading(source)
    with suppress(Stop):
        reading.run()
    problems = sorted(reading.tokens.problems, key=_position)
    return reading.root or Place(0, 0), problems[:MAX_PROBLEMS]


def _position(problem: Diagnostic) -> tuple[int, int]:
    return (problem.span.line, problem.span.column) if problem.span else (0, 0)


@dataclass(slots=True)
class _Box:
    """A list or mapping that is being filled."""

    start: int
    holds: dict[str, tuple[Place, Place]] | list[Place]
    #: The key that waits for its value.
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
    root: Place | None = None
    tokens: Tokens = field(init=False)
    _boxes: list[_Box] = field(default_factory=list)
    _count: int = 0

    def __post_init__(self) -> None:
        self.tokens = Tokens(self.source)

    def run(self) -> None:
        """Read everything; `Stop` where nothing more can be read."""
        sign, value = self._sign, self._value
        for start, end, kind, shown in self.tokens:
            if kind == "sign":
                sign(start, shown or "")
            else:
                value(Place(start, end, shown), is_text=kind == "text")
        if self._boxes:
            start = self._boxes[-1].start
            opening = self.source.text[start]
            closing = "]" if opening == "[" else "}"
            message = Message(f"“{opening}” 没有用 “{closing}” 配对", f"{opening!r} is not closed by {closing!r}")
            self._say("PF120", start, 1, message, Message(f"补上 “{closing}”", f"add {closing!r}"))
        elif self.root is None and not self.tokens.problems:
            self._say("PF104", 0, 1, Message("文件里没有内容", "the file holds nothing"))

    def _say(self, code: str, start: int, length: int, message: Message, hint: Message | None = None) -> None:
        self.tokens.say(code, start, start + length, message, hint)

    def _sign(self, start: int, sign: str) -> None:
        if sign == "[" or sign == "{":
            self._open(start, sign)
        elif not self._boxes:
            self._say("PF120", start, 1, Message(f"这里不该有 “{sign}”", f"{sign!r} has no place here"))
        elif sign == ",":
            self._comma(self._boxes[-1], start)
        elif sign == ":":
            self._colon(self._boxes[-1], start)
        else:
            self._close(self._boxes[-1], start, sign)

    def _comma(self, box: _Box, start: int) -> None:
        if box.key is not None:
            self._half_member(box, box.key)
        if not box.full:
            self._say("PF123", start, 1, Message("多了一个逗号", "one comma too many"), _REMOVE)
        box.full, box.comma = False, start

    def _colon(self, box: _Box, start: int) -> None:
        if box.key is not None and not box.colon:
            box.colon = True
            return
        hint = Message("若前面的列表到此为止，请先补上 “]”", "if the list ends before this, close it with ']'")
        message = Message("这里不该有冒号", "a colon has no place here")
        self._say("PF120", start, 1, message, hint if isinstance(box.holds, list) else None)
        # What follows belongs to it, and nothing is to be said of that.
        box.full, box.comma = False, None
        if isinstance(box.holds, dict):
            box.key, box.colon = Place(start, start + 1, f"\0{start}"), True

    def _half_member(self, box: _Box, key: Place) -> None:
        """Say that a key has come and no value."""
        shown = shorten(str(key.holds))
        message = Message(f"“{shown}” 后面没有值", f"no value follows {shown!r}")
        self._say(
            "PF120",
            key.start,
            key.end - key.start,
            message,
            Message(f'写成 "{shown}": 值', f'write "{shown}": and a value'),
        )
        box.key, box.colon, box.full = None, False, True

    def _open(self, start: int, sign: str) -> None:
        if len(self._boxes) >= MAX_DEPTH:
            self.tokens.keep(too_deep(self.source, start))
            raise Stop
        if self._boxes:
            self._before_member(self._boxes[-1], Place(start, start + 1))
        elif self.root is not None:
            self._more(Place(start, start + 1))
        self._boxes.append(_Box(start, [] if sign == "[" else {}))

    def _close(self, box: _Box, start: int, sign: str) -> None:
        if box.key is not None:
            self._half_member(box, box.key)
        if box.comma is not None and not box.full:
            message = Message(f"最后一项后面、“{sign}” 前面多了逗号", f"a comma after the last member, before {sign!r}")
            self._say("PF123", box.comma, 1, message, _REMOVE)
        wanted = "]" if isinstance(box.holds, list) else "}"
        if sign != wanted:
            message = Message(f"这里应是 “{wanted}”，写的是 “{sign}”", f"expected {wanted!r} here, found {sign!r}")
            self._say("PF120", start, 1, message)
        self._boxes.pop()
        self._attach(Place(box.start, start + 1, box.holds), is_text=False)

    def _value(self, place: Place, *, is_text: bool) -> None:
        if self._boxes:
            self._before_member(self._boxes[-1], place)
        elif self.root is not None:
            self._more(place)
        self._attach(place, is_text=is_text)

    def _before_member(self, box: _Box, place: Place) -> None:
        if box.full:
            message = Message("这里的前面缺逗号", "a comma is missing before this")
            hint = Message("在上一项后面加半角逗号", "put a comma after the member before it")
            self._say("PF124", place.start, place.end - place.start, message, hint)
            box.full = False
        box.comma = None

    def _attach(self, place: Place, *, is_text: bool) -> None:
        self._count += 1
        if self._count > MAX_VALUES:
            self.tokens.keep(too_many(self.source, place.start))
            raise Stop
        if not self._boxes:
            self.root = place
            return
        box = self._boxes[-1]
        holds = box.holds
        if isinstance(holds, list):
            holds.append(place)
            box.full = True
        elif box.key is None:
            if self.tokens.is_thousands(place.start, place.end):
                if not str(place.holds).startswith("0"):
                    self.tokens.thousands(place.start)
                box.full = True
            else:
                box.key = self._key(holds, place, is_text=is_text)
        else:
            if not box.colon:
                shown = shorten(str(box.key.holds))
                message = Message(f"“{shown}” 后面缺冒号", f"a colon is missing after {shown!r}")
                hint = Message("在键的后面加半角冒号", "put a colon after the key")
                self._say("PF120", place.start, place.end - place.start, message, hint)
            holds.setdefault(str(box.key.holds), (box.key, place))
            box.key, box.colon, box.full = None, False, True

    def _key(self, holds: dict[str, tuple[Place, Place]], place: Place, *, is_text: bool) -> Place:
        if not is_text:
            message = Message("键必须是双引号里的文字", "a key must be a text in double quotes")
            self._say("PF122", place.start, place.end - place.start, message)
        elif place.holds in holds:
            self.tokens.keep(duplicate_key(self.source, place, holds[str(place.holds)][0]))
        else:
            return place
        return Place(place.start, place.end, f"\0{place.start}")

    def _more(self, place: Place) -> None:
        message = Message("内容结束之后还有别的内容", "there is more after the end of the value")
        hint = Message(
            "一个 .json 文件只有一个值；每行一个值的文件用后缀 .jsonl",
            "a .json file holds one value; a file with one value on each line ends in .jsonl",
        )
        self._say("PF127", place.start, place.end - place.start, message, hint)
        raise Stop


_REMOVE = Message("删去它", "remove it")
