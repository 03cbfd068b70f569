"""YAML that its parser refuses: what the author did, in plain words.

The parser's own words differ between its C and its Python edition and speak of tokens; what is reported here is taken
from the text around the place it points at.
"""

from __future__ import annotations

import re
from typing import Any

from pfscore.documents.positions import wide_blank
from pfscore.documents.yaml.traps import (
    BLANK_KEY,
    BLANKS,
    TIGHT_KEY,
    WIDE_DASH,
    WIDE_KEY,
    folded_sign,
    open_quote,
    quoted,
    tab,
    tight_colon,
    tight_dash,
    unclosed_quote,
    wide_colon,
    wide_comment,
    wide_sign,
    write_quoted,
)
from pfscore.foundation.diagnostics import Diagnostic, Span
from pfscore.foundation.source import Source
from pfscore.foundation.text import Message, shorten

_LEAD = re.compile(r"[ \t]*(?:- +)*")
_END = re.compile(r"\s#|:(?=\s|$)")
_FLOW_END = re.compile(r"\s#|:(?=\s|$)|[,\]}]")
_ESCAPE = re.compile(r"\\(?:u[0-9A-Fa-f]{0,4}|U[0-9A-Fa-f]{0,8}|x[0-9A-Fa-f]{0,2}|.)")
_EARLIER_COLON = re.compile(r"(?P<key>[^\s#].*?):\s+\S")
_AFTER_QUOTE = re.compile(r"(?:^|[:\-,\[{]\s+|[\[{,])(?P<quoted>\"[^\"]*\"|'[^']*')\s*$")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_WIDE = {"，": ",", "；": ",", "、": ",", "｛": "{", "】": "]", "［": "[", "］": "]", "｝": "}"}
_TIGHT_DASH = re.compile(r"-[^\s-]")
_WIDE_START = re.compile(r"(?:- +)?(?P<sign>[｛［])")
_QUOTE_IT = Message("请把这个值加上引号", "put the value in quotes")


def explain(source: Source, error: Any) -> Diagnostic:
    """Return the problem behind a `yaml.YAMLError`."""
    return _Syntax(source, error).explain()


class _Syntax:
    def __init__(self, source: Source, error: Any) -> None:
        self.source, self.text = source, source.text
        self.context = str(getattr(error, "context", None) or "")
        self.problem = str(getattr(error, "problem", None) or error)
        mark, context = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
        self.at: int = min(mark.index, len(self.text)) if mark else 0
        #: Where the thing starts in which the parser failed.
        self.began: int = context.index if context else self.at

    def explain(self) -> Diagnostic:
        if (at := unclosed_quote(self.text, self.at)) is not None:
            # What the parser stumbles over is only where the next quote closes this one.
            return open_quote(self.source, at)
        context, problem = self.context, self.problem
        char = self.text[self.at : self.at + 1]
        if char == "\t" or "tab character" in problem:
            return self._tab()
        if "cannot start any token" in problem:
            return self._folded(self.at) if char in ">|" else self._no_start(self.at)
        if context.endswith("a directive") or self.text.startswith("%", self._line_start(self.at)):
            return self._directive()
        if "quoted scalar" in context:
            return self._escape() if "escape" in problem else open_quote(self.source, self.began)
        if context.endswith("block scalar"):
            return self._folded(self.began)
        if context.endswith(("an alias", "an anchor")):
            return self._mark("锚点或引用", "an anchor or an alias")
        return self._mark("标签", "a tag") if context.endswith("a tag") else self._structure()

    def _structure(self) -> Diagnostic:
        """Explain how lists, keys and values do not fit together."""
        context, problem = self.context, self.problem
        if "could not find expected ':'" in problem:
            return self._no_colon(self.began)
        if "mapping values are not allowed" in problem:
            return self._colon()
        if "flow" in context and "content" not in problem:
            return self._flow()
        if "node content" in problem and self.at >= len(self.text.rstrip()):
            self.began = max(self.text.rfind("["), self.text.rfind("{"))
            return self._flow() if self.began >= 0 else self._general()
        if "are not allowed" in problem or "node content" in problem:
            return self._no_start(self.at)
        if "document start" in problem:
            return self._after_the_end()
        return self._out_of_line()

    # Where things are.

    def _line_start(self, at: int) -> int:
        return self.text.rfind("\n", 0, at) + 1

    def _line_end(self, at: int) -> int:
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end

    def _before(self, at: int) -> str:
        """Return what stands before `at` on its line."""
        return self.text[self._line_start(at) : at]

    def _rest(self, at: int) -> str:
        """Return what stands from `at` to the end of its line."""
        return self.text[at : self._line_end(at)].rstrip()

    def _shown(self, at: int) -> str:
        """Return the value that starts at `at`: up to a comment, a colon, or the end of its place in a list."""
        before = self._before(at)
        inside = before.count("[") + before.count("{") > before.count("]") + before.count("}")
        return (_FLOW_END if inside else _END).split(self._rest(at), maxsplit=1)[0].rstrip()

    def _words(self, at: int) -> int:
        """Return where the words of the line of `at` start, after indentation and dashes."""
        match = _LEAD.match(self.text, self._line_start(at))
        return match.end() if match else at

    def _line_above(self, at: int) -> int | None:
        """Return where the words of the nearest line above start that is not empty."""
        while start := self._line_start(at):
            at = start - 1
            if self.text[self._line_start(at) : at].strip():
                return self._words(at)
        return None

    def _span(self, at: int, length: int = 1) -> Span:
        if at >= len(self.text.rstrip()):
            at = max(0, len(self.text.rstrip()) - 1)
        return self.source.span_at(at, max(1, length))

    def _say(
        self, code: str, at: int, length: int, message: Message, hint: Message | None, fix: str | None = None
    ) -> Diagnostic:
        return Diagnostic(code, message, hint, self._span(at, length), fix=fix)

    # What the author did.

    def _tab(self) -> Diagnostic:
        start = self._line_start(self.at)
        at = self.text.find("\t", start, self._line_end(self.at))
        if at < 0:
            at = self.at
        rest = self._rest(at)
        run = max(1, len(rest) - len(rest.lstrip("\t")))
        return tab(self.source, at, at + run)

    def _folded(self, at: int) -> Diagnostic:
        return folded_sign(self.source, at, self._shown(at) or ">")

    def _no_start(self, at: int) -> Diagnostic:
        char = self.text[at : at + 1]
        value = self._shown(at)
        if not char.strip():
            return self._general()
        message = Message(
            f"没有加引号的文字不能以 “{char}” 开头",
            f"a text that is not in quotes cannot start with {char!r}",
        )
        hint = write_quoted(value)
        fix = None if value.startswith("- ") else quoted(value)
        if fix is None:
            hint = Message(
                "列表要另起一行；若是文字，请加引号",
                "start a list on a line of its own; put a text in quotes",
            )
        return self._say("PF135", at, len(value), message, hint, fix)

    def _mark(self, zh: str, en: str) -> Diagnostic:
        """Refuse a text that begins with a sign that means something to YAML."""
        sign, value = self.text[self.began : self.began + 1], self._shown(self.began)
        shown = shorten(value)
        message = Message(
            f"“{shown}” 没有加引号：开头的 “{sign}” 在 YAML 里表示{zh}",
            f"{shown!r} is not in quotes: to YAML a leading {sign!r} is {en}",
        )
        return self._say("PF140", self.began, len(value), message, write_quoted(value), quoted(value))

    def _directive(self) -> Diagnostic:
        at = self._line_start(self.began)
        message = Message("不接受 “%” 指令", "directives are not accepted")
        return self._say("PF140", at, len(self._rest(at)), message, Message("删去这一行", "remove this line"))

    def _escape(self) -> Diagnostic:
        at = self.text.rfind("\\", self.began, self.at + 1)
        if at < 0:
            return self._general()
        match = _ESCAPE.match(self.text, at)
        shown = match[0] if match else "\\"
        message = Message(f"双引号里的 “{shown}” 不是合法的转义", f"{shown!r} is no escape that YAML knows")
        return self._say(
            "PF136",
            at,
            len(shown),
            message,
            Message(
                "改用单引号，单引号里的反斜杠就是反斜杠",
                "use single quotes, in which a backslash is a backslash",
            ),
        )

    def _no_colon(self, at: int) -> Diagnostic:
        words = self._words(at)
        line = self._rest(words)
        if found := self._key_on(words):
            return found
        message = Message("这一行没有 “键: 值” 的冒号", "this line has no 'key: value' colon")
        hint = Message(
            "写成 “键: 值”，冒号为半角，后面有空格；若接着上一行，请多缩进一些",
            "write 'key: value' with a half-width colon and a space; indent further what continues the line above",
        )
        return self._say("PF131", words, len(line), message, hint)

    def _key_on(self, words: int) -> Diagnostic | None:
        """Look for a key at `words` whose colon is full-width or has no space, or that stands behind such a sign."""
        if found := self._wide_lead(words):
            return found
        line = self._rest(words)
        if match := WIDE_KEY.match(line):
            return wide_colon(self.source, words + match.start("colon"), match["key"])
        if match := BLANK_KEY.match(line):
            return wide_blank(self.source, words + match.start("blank"), match["blank"], "YAML")
        if match := TIGHT_KEY.match(line):
            return tight_colon(self.source, words + match.start("colon"), match["key"])
        if _TIGHT_DASH.match(line):
            return tight_dash(self.source, words)
        return None

    def _wide_lead(self, words: int) -> Diagnostic | None:
        """Look for a full-width sign at `words`: a space, a dash, or the sign of a comment."""
        line = self._rest(words)
        if line[:1] and line[0] in BLANKS:
            run = line[: len(line) - len(line.lstrip(f"{BLANKS} "))]
            return wide_blank(self.source, words, run.rstrip(" "), "YAML")
        if match := WIDE_DASH.match(line):
            return wide_sign(self.source, words, match["dash"], "-")
        return wide_comment(self.source, words) if line[:1] == "＃" else None

    def _colon(self) -> Diagnostic:
        words = self._words(self.at)
        if found := self._wide_lead(words):
            return found
        line = self.text[words : self.at]
        if _TIGHT_DASH.match(line):
            return tight_dash(self.source, words)
        if (wide := _WIDE_START.match(line)) is not None:
            return wide_sign(self.source, words + wide.start("sign"), wide["sign"], _WIDE[wide["sign"]])
        if match := _EARLIER_COLON.match(line):
            message = Message(
                f"“{shorten(match['key'])}” 的值里还有 “: ”",
                f"the value of {shorten(match['key'])!r} holds another ': '",
            )
            hint = Message(
                "给整个值加引号；或者另起一行缩进",
                "put the whole value in quotes, or start a new, indented line",
            )
            return self._say("PF135", self.at, 1, message, hint)
        above = self._line_above(self.at)
        if above is not None:
            if found := self._key_on(above):
                return found
            if above - self._line_start(above) >= words - self._line_start(words):
                return self._no_colon(above)
        if len(line) > 1_000:
            message = Message("键超过 1024 个字符", "a key is longer than 1,024 characters")
            return self._say("PF130", words, 1, message, None)
        message = Message(
            "缩进有误：上一行已经有值，这一行不能再缩进",
            "wrong indentation: the line above has a value already, so nothing can be indented below it",
        )
        hint = Message(
            "与上面的键对齐；或删去上一行的值",
            "align this line with the keys above, or remove the value of the line above",
        )
        return self._say("PF137", words, len(line), message, hint)

    def _flow(self) -> Diagnostic:
        for at in (self.began, self._line_start(self.at)):
            bare = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), self._rest(at))
            for offset, char in enumerate(bare):
                if char in _WIDE:
                    return wide_sign(self.source, at + offset, char, _WIDE[char])
        if (quote := self._quote_to_the_next_line()) is not None:
            return open_quote(self.source, quote)
        opening = self.text[self.began : self.began + 1]
        closing = "]" if opening == "[" else "}"
        rest = self._rest(self.began)
        message = Message(
            f"“{opening}” 没有用 “{closing}” 配对，或其中缺逗号",
            f"{opening!r} is not closed by {closing!r}, or a comma is missing in it",
        )
        hint = Message(f"补上 “{closing}”；各项之间用半角逗号", f"add {closing!r}; put a comma between the members")
        fix = None
        if opening == "[" and rest.endswith(")"):
            fix = quoted(rest)
            hint = Message(
                f"区间要加引号：{write_quoted(rest).zh}", f"a range stands in quotes: {write_quoted(rest).en}"
            )
        return self._say("PF130", self.began, len(rest), message, hint, fix)

    def _quote_to_the_next_line(self) -> int | None:
        """Return the place of a quotation mark that only the first one of a later line closes, ahead of more text."""
        for found in _QUOTED.finditer(self.text, self.began, self.at + 1):
            if "\n" in found[0] and self.text[found.end() : found.end() + 1].strip(" \n,:]}"):
                return found.start()
        return None

    def _after_the_end(self) -> Diagnostic:
        above = self._line_above(self.at)
        if above is not None and self._rest(self._line_start(above)) == "...":
            at = self._line_start(above)
            return self._say(
                "PF140",
                at,
                3,
                Message("不需要 “...”", "'...' has no use here"),
                Message("删去这一行", "remove this line"),
            )
        return self._out_of_line()

    def _out_of_line(self) -> Diagnostic:
        before = self._before(self.at)
        if match := _AFTER_QUOTE.search(before):
            start, end = (
                self._line_start(self.at) + match.start("quoted"),
                self._line_start(self.at) + match.end("quoted"),
            )
            shown = self.text[start:end]
            whole = self._shown(start)
            message = Message(f"引号 {shorten(shown)} 之后还有文字", f"there is text after the quoted {shorten(shown)}")
            other = "'" if shown[0] == '"' else '"'
            hint = Message(
                f"给整个值加另一种引号：{other}{shorten(whole)}{other}",
                f"put the whole value in the other quotes: {other}{shorten(whole)}{other}",
            )
            return self._say("PF136", self.at, len(self._rest(self.at)), message, hint)
        if before.rstrip().endswith(("]", "}")):
            message = Message("列表或键值对结束之后还有内容", "there is more after the end of the list or mapping")
            return self._say(
                "PF130",
                self.at,
                len(self._rest(self.at)),
                message,
                Message("若整行是文字，请加引号", "if the whole is a text, put it in quotes"),
            )
        if self._rest(self.at).startswith(":") and not before.strip(" -"):
            message = Message("冒号前面没有键", "there is no key before the colon")
            return self._say(
                "PF130",
                self.at,
                1,
                message,
                Message("补上键；若是文字，请加引号", "add the key, or put a text in quotes"),
            )
        if found := self._wide_lead(self._words(self.at)):
            return found
        if not before.strip(" -") and self.at < len(self.text):
            if (above := self._line_above(self.at)) is not None and (found := self._key_on(above)):
                return found
            message = Message(
                "缩进有误：这一行和上面的各行对不齐",
                "wrong indentation: this line is not aligned with those above",
            )
            hint = Message(
                "同一层的键和 “-” 要在同一列；一级缩进用两个空格",
                "keys and dashes of one level stand in one column; two spaces for each level",
            )
            return self._say("PF137", self.at, len(self._rest(self.at)), message, hint)
        return self._general()

    def _general(self) -> Diagnostic:
        message = Message("从这里起，YAML 读不懂", f"YAML cannot be read from here: {shorten(self.problem)}")
        return self._say("PF130", self.at, 1, message, _QUOTE_IT)
