"""Texts that YAML takes without a word and that mean something else to their author.

A full-width colon makes no key, so `指标：预算执行率` is one text, and two such lines fold into one; `>9` opens an
empty folded text; `[优，良]` is a list of one. Each is refused, and quotes say that it is meant as written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pfscore.documents.positions import wide_blank
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.source import Source
from pfscore.foundation.text import Message, shorten


class Scalar(NamedTuple):
    """Where a plain text (`style` empty) or one in lines (`|`, `>`) stands in the file, and as what."""

    start: int
    end: int
    style: str
    flow: bool
    is_key: bool


#: `name：预算执行率`: a word, then a full-width colon.
WIDE_KEY = re.compile(r"(?P<key>[^\s\"'#：:\[\]{},，。；、（）“”《》][^\"'#：:\[\]{},，。；]{0,39}?)\s*(?P<colon>：)")
#: `points:10`: one of our own keys, then a colon without a space.
TIGHT_KEY = re.compile(r"(?P<key>[A-Za-z_][A-Za-z0-9_-]*)(?P<colon>:)(?!//)(?=\S)")
#: `title:　项目`: a key, and a space that is none.
BLANK_KEY = re.compile(
    r"(?P<key>[^\s\"'#：:\[\]{},，。；、（）“”《》][^\"'#：:\[\]{},，。；]{0,39}?):(?P<blank>[\u00a0\u200b\u200c\u200d\u2060\u3000])"
)
#: `－ id`: a dash that is none.
WIDE_DASH = re.compile("(?P<dash>[－–—−‐])[ \u3000]")
#: What tells an ordinary text from one that deserves a second look.
_DOUBTFUL = re.compile("[：，［｛【“‘「\u00a0\u200b-\u200d\u2060\u3000]").search
_DOUBTFUL_START = frozenset("-<")
_OWN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
#: A key behind a comma: what stands before it has ended.
_NEXT_KEY = re.compile(r"，\s*[^\s，：:]{1,20}\s*[：:]")
_HEADER = re.compile(r"[|>][+-]?(?P<digit>[1-9]?)[+-]?(?:[ \t]*|[ \t]+#.*)")
BLANKS = "\u00a0\u200b\u200c\u200d\u2060\u3000"
_LEAD = re.compile(r" *(?P<dash>- +)*")
_QUOTED = re.compile(r"“[^“”\n]*”|‘[^‘’\n]*’|「[^「」\n]*」")
#: What is a list in other brackets, and no title: 【优，良】, 【"≥"】.
_LIST_END = re.compile(r"[,，].*[】\]]$|^【 ?[\"'≥≤><=].*[】\]]$")
_TIGHT_DASH = re.compile(r"-[^\s\d.-]")
_WIDE_BRACKETS = "［］｛｝"


#: Where a value in quotes starts, behind a key, a dash, a bracket or a comma; and the whole of one.
_OPENING = re.compile(r"(?:^[ \t]*|[:\-,\[{][ \t]+|[\[{,])(?=[\"'])", re.MULTILINE)
_CLOSED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'", re.DOTALL)
#: A line that is a key of ours with what follows, inside a text.
_KEY_LINE = re.compile(r"\n[ \t]*(?:- +)*[A-Za-z_][A-Za-z0-9_-]*:(?:[ \t]|\r?\n)")
#: What makes a comment of the rest of a line, right behind a text.
_COMMENT = re.compile(r"(?P<space>[ \t]+)#(?P<cut>[^\n]*)")


def swallows_keys(raw: str) -> bool:
    """Return whether a text in quotes goes on over the keys of further lines: its author did not close it.

    >>> swallows_keys('"扣完为止\\nformula: 分值\\npoints: "'), swallows_keys('"扣\\n  完"')
    (True, False)
    """
    return _KEY_LINE.search(raw) is not None


def unclosed_quote(text: str, before: int) -> int | None:
    """Return where a quote starts, ahead of a place, that is closed only by the next one and swallows keys between."""
    position = 0
    while (opening := _OPENING.search(text, position, before)) is not None:
        closed = _CLOSED.match(text, opening.end())
        if closed is None:
            return None
        if swallows_keys(closed[0]):
            return opening.end()
        position = closed.end()
    return None


def open_quote(source: Source, at: int) -> Diagnostic:
    """Return the problem of a quote that is not closed."""
    end = source.text.find("\n", at)
    rest = source.text[at : len(source.text) if end < 0 else end].rstrip()
    message = Message(f"从这里开始的引号 {rest[0]} 没有配对", f"the quote {rest[0]} that starts here is not closed")
    hint = Message(f"在文字末尾补上 {rest[0]}", f"close it with {rest[0]} after the text")
    return Diagnostic("PF136", message, hint, source.span_at(at, max(1, len(rest))))


def cut_by_comment(source: Source, value: str, end: int, key: str | None) -> Diagnostic | None:
    """Return the problem of a text that a sign of a comment cuts short: 每超过一个百分点扣0.5分 #扣完为止.

    A comment has a space behind its sign, and beside a quotation two spaces or more before it.
    """
    match = _COMMENT.match(source.text, end)
    if match is None:
        return None
    joined_on = match["cut"][:1] not in {"", " ", "\t", "#"}
    if not (joined_on or match["space"] == " ") if key == "quote" else value.isascii() or not joined_on:
        return None
    cut = match["cut"].strip()
    message = Message(
        f"“#” 起的部分成了注释，不在文字里：“{shorten(cut)}”",
        f"from '#' on it is a comment and no part of the text: {shorten(cut)!r}",
    )
    hint = Message(
        "若是文字的一部分，请给整段加引号；若是注释，另起一行",
        "quote the whole text, or give the comment a line of its own",
    )
    at = match.start("cut") - 1
    return Diagnostic("PF135", message, hint, source.span_at(at, 1 + len(match["cut"].rstrip())))


def is_doubtful(value: str) -> bool:
    """Return quickly whether a plain text deserves :func:`scalar_traps`; most do not."""
    return (
        # A text of several lines holds a space or a line end wherever two of them meet.
        " " in value
        or "\n" in value
        or value[:1] in _DOUBTFUL_START
        or (not value.isascii() and _DOUBTFUL(value) is not None)
        or (":" in value and TIGHT_KEY.match(value) is not None)
    )


def scalar_traps(source: Source, scalar: Scalar) -> Iterator[Diagnostic]:
    """Yield what is wrong with a text that YAML accepts; nothing, most of the time.

    >>> source = Source("a.yaml", "cite: 依据：第三条")
    >>> list(scalar_traps(source, Scalar(6, 12, "", False, False)))
    []
    """
    raw = source.text[scalar.start : scalar.end]
    in_block = not scalar.flow and not scalar.is_key
    found = None
    if scalar.style:
        found = _folded(source, raw, scalar.start)
    elif raw and not (in_block and "\n" in raw):
        found = _on_one_line(source, raw, scalar)
    if found:
        yield found
    elif raw and in_block and not scalar.style:
        yield from _lines(source, raw, scalar.start)


def _on_one_line(source: Source, raw: str, scalar: Scalar) -> Diagnostic | None:
    """Look at a text as a whole."""
    start = scalar.start
    if raw[0] in BLANKS or raw[-1] in BLANKS:
        return _blank(source, raw, start)
    if raw == "<<" and scalar.is_key:
        return _merge(source, start)
    if scalar.is_key and (match := WIDE_KEY.match(raw)):
        return wide_colon(source, start + match.start("colon"), match["key"])
    if scalar.flow and "，" in raw:
        if _is_value(source, start) and not _NEXT_KEY.search(source.text, start, start + len(raw) + 2):
            return None  # {note: 雨季施工，工期顺延}: no key stands behind the comma, so it is part of the text
        return wide_sign(source, start + raw.index("，"), "，", ",")
    if not scalar.flow and (raw[0] in _WIDE_BRACKETS or (raw[0] == "【" and _LIST_END.search(raw))):
        return wide_sign(source, start, raw[0], "{" if raw[0] == "｛" else "[")
    return _wide_quotes(source, raw, start) if _QUOTED.fullmatch(raw) else None


def _is_value(source: Source, start: int) -> bool:
    """Return whether what begins at `start` is the value of a key, and no member of a list."""
    return source.text[:start].rstrip().endswith(":")


def _lines(source: Source, raw: str, start: int) -> Iterator[Diagnostic]:
    """Look at each line of a plain text in block style for a key or a list's dash."""
    lead = _LEAD.fullmatch(source.text, source.text.rfind("\n", 0, start) + 1, start)
    offset = start
    lines = raw.split("\n")
    for number, line in enumerate(lines):
        words = line.strip(" \t\r")
        at = offset + len(line) - len(line.lstrip(" \t\r"))
        offset += len(line) + 1
        if not words or (number == 0 and lead is None):
            continue
        in_list = number == 0 and lead is not None and lead["dash"] is not None
        if words[0] in BLANKS or words[-1] in BLANKS:
            yield _blank(source, words, at)
        elif match := WIDE_KEY.match(words) or BLANK_KEY.match(words):
            if in_list and not _OWN_KEY.fullmatch(match["key"]) and len(lines) == 1:
                continue
            if match.re is WIDE_KEY:
                yield wide_colon(source, at + match.start("colon"), match["key"], folded=number > 0)
            else:
                yield wide_blank(source, at + match.start("blank"), match["blank"], "YAML")
        elif match := TIGHT_KEY.match(words):
            yield tight_colon(source, at + match.start("colon"), match["key"])
        elif found := _first_sign(source, words, at, continues=number > 0):
            yield found


def _first_sign(source: Source, words: str, at: int, *, continues: bool) -> Diagnostic | None:
    """Look at what a line starts with: a dash, or the sign of a comment."""
    if match := WIDE_DASH.match(words):
        return wide_sign(source, at, match["dash"], "-")
    if continues and words[0] == "＃":
        return wide_comment(source, at)
    if _TIGHT_DASH.match(words):
        return tight_dash(source, at)
    return _joined_dash(source, at) if continues and words.startswith("- ") else None


def _joined_dash(source: Source, at: int) -> Diagnostic:
    return Diagnostic(
        "PF137",
        Message(
            "这一行接在了上一行的文字后面，没有成为列表的一项",
            "this line continues the text above; it is no member of a list",
        ),
        Message(
            "让 “-” 与同一列表的其他 “-” 对齐；上一行若是键，冒号后不要写值",
            "align the '-' with the others of its list, below a key that has no value of its own",
        ),
        source.span_at(at, 1),
    )


def wide_colon(source: Source, at: int, key: str, *, folded: bool = False) -> Diagnostic:
    """Return the problem of a full-width colon after `key`."""
    key = shorten(key.strip())
    zh, en = f"“{key}” 后面是全角冒号 “：”，不成键", f"a full-width colon '：' after {key!r} makes no key"
    if folded:
        zh, en = f"{zh}；这一行已接在上一行的文字后面", f"{en}; the line has been joined to the text above it"
    hint = Message(
        f"改为 “{key}: ”（半角冒号加空格）；若本来就是一段文字，请加引号",
        f"write '{key}: ' (half-width colon and a space); if it is meant as text, put it in quotes",
    )
    return Diagnostic("PF131", Message(zh, en), hint, source.span_at(at), fix=_colon(source, at))


def _colon(source: Source, at: int) -> str:
    """Return a colon as a key has it, with a space where none follows."""
    return ":" if source.text[at + 1 : at + 2] in {" ", "\n", "\r", ""} else ": "


def wide_sign(source: Source, at: int, wide: str, narrow: str) -> Diagnostic:
    """Return the problem of a full-width comma, bracket or dash in a list."""
    return Diagnostic(
        "PF132",
        Message(f"列表里用了全角的 “{wide}”", f"a full-width {wide!r} in a list"),
        Message(
            f"改为半角的 “{narrow}”；若是文字的一部分，请加引号",
            f"write {narrow!r}; if it is part of a text, put the text in quotes",
        ),
        source.span_at(at),
        fix=narrow,
    )


def wide_comment(source: Source, at: int) -> Diagnostic:
    """Return the problem of a comment that starts with a full-width sign."""
    return Diagnostic(
        "PF132",
        Message("这一行以全角的 “＃” 开头，不是注释", "this line starts with a full-width '＃' and is no comment"),
        Message("改为半角的 “#”；若是文字，请加引号", "write '#'; if it is meant as text, put it in quotes"),
        source.span_at(at),
        fix="#",
    )


def tab(source: Source, start: int, end: int) -> Diagnostic:
    """Return the problem of tabs at `start` to `end`."""
    message = Message("缩进里有制表符（Tab）", "a tab in the indentation")
    spaces = "  " * (end - start)
    if source.text[source.text.rfind("\n", 0, start) + 1 : start].strip():
        spaces = " "
        message = Message("这里有制表符（Tab）", "a tab between the words")
    hint = Message("改为空格；一级缩进用两个空格", "write spaces; two for each level")
    return Diagnostic("PF133", message, hint, source.span_at(start, end - start), fix=spaces)


def tight_colon(source: Source, at: int, key: str) -> Diagnostic:
    """Return the problem of a colon without a space after it."""
    return Diagnostic(
        "PF131",
        Message(
            f"“{shorten(key)}:” 的冒号后面没有空格，不成键",
            f"no space after the colon of '{shorten(key)}:', so it is no key",
        ),
        Message(
            f"改为 “{shorten(key)}: ”；若本来就是一段文字，请加引号",
            f"write '{shorten(key)}: '; if it is meant as text, put it in quotes",
        ),
        source.span_at(at),
        fix=_colon(source, at),
    )


def tight_dash(source: Source, at: int) -> Diagnostic:
    """Return the problem of a dash without a space after it."""
    return Diagnostic(
        "PF137",
        Message("“-” 后面没有空格，不成列表的一项", "no space after the '-', so it starts no member of a list"),
        Message("改为 “- ”；若本来就是一段文字，请加引号", "write '- '; if it is meant as text, put it in quotes"),
        source.span_at(at),
        fix="- ",
    )


def write_quoted(text: str) -> Message:
    """Return the advice to put `text` in quotes, in those that need least care.

    >>> print(write_quoted(">=95%").en)
    write ">=95%"
    >>> print(write_quoted('"三公"经费').en)
    write '"三公"经费'
    """
    written = quoted(shorten(text))
    return Message(f"改为 {written}", f"write {written}")


def quoted(text: str) -> str:
    """Return a text in the quotes that need least care."""
    return "'" + text.replace("'", "''") + "'" if '"' in text or "\\" in text else f'"{text}"'


def folded_sign(source: Source, at: int, shown: str) -> Diagnostic:
    """Return the problem of `>` or `|` where a comparison or a text was meant."""
    return Diagnostic(
        "PF135",
        Message(
            f"“{shorten(shown)}” 没有加引号：开头的 “{shown[0]}” 在 YAML 里表示后面是多行文字",
            f"{shorten(shown)!r} is not in quotes: to YAML a leading {shown[0]!r} starts a text of several lines",
        ),
        write_quoted(shown),
        source.span_at(at, len(shown)),
        fix=quoted(shown),
    )


def _folded(source: Source, raw: str, start: int) -> Diagnostic | None:
    header, _, content = raw.partition("\n")
    is_header = _HEADER.fullmatch(header.rstrip("\r"))
    if is_header and (raw[0] == "|" or (content.strip() and not is_header["digit"])):
        return None
    return folded_sign(source, start, re.split(r"\s#", header, maxsplit=1)[0].strip())


def _blank(source: Source, first: str, start: int) -> Diagnostic:
    bare = first.strip(BLANKS)
    shown = first[: len(first) - len(first.lstrip(BLANKS))] or first[len(bare) :]
    at = start + (0 if first[0] in BLANKS else len(bare))
    return wide_blank(source, at, shown, "YAML")


def _merge(source: Source, start: int) -> Diagnostic:
    return Diagnostic(
        "PF140",
        Message("不接受合并键 “<<”", "merge keys ('<<') are not accepted"),
        Message("把内容写全", "write the keys out"),
        source.span_at(start, 2),
    )


def _wide_quotes(source: Source, raw: str, start: int) -> Diagnostic:
    inner = shorten(raw[1:-1])
    return Diagnostic(
        "PF132",
        Message(
            f"中文引号 {raw[0]} {raw[-1]} 在 YAML 里不是引号，会留在文字里",
            "Chinese quotation marks do not quote in YAML; they stay in the text",
        ),
        Message(
            f"改为 \"{inner}\"；若要保留中文引号，写 '{raw[0]}{inner}{raw[-1]}'",
            f"write \"{inner}\"; to keep the Chinese marks, write '{raw[0]}{inner}{raw[-1]}'",
        ),
        source.span_at(start, len(raw)),
        fix=quoted(raw[1:-1]),
    )
