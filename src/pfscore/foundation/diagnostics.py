"""One record for everything that can be wrong, from any layer, and its rendering with a caret."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, ClassVar, NotRequired, cast

from pfscore.foundation.stored import Stored, TypedDict, ValueOf, storable
from pfscore.foundation.text import Lang, Message, display_width, place_text, visible

_GUTTER = " | "
#: The most columns of an author's line that are shown; a longer line is cut around the carets.
_MAX_LINE = 120
#: How many characters around a caret can at most be shown: each is a column wide, but for marks that combine.
_REACH = 4 * _MAX_LINE


class Severity(StrEnum):
    """How bad it is: an error stops what depends on it, a warning is to be looked at, a note only informs.

    >>> Severity.ERROR == "error"
    True
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a text: 1-based `line` and `column` (in characters), and the author's own line.

    `length` counts characters. `ruleset` and `rule` name the place in the law; `form`, `row` and `cell` the place in
    a form; `place` is where a person finds it in an office file, as a form holds it (`运维费!F12`, `表 2 第 3 行`).

    >>> Span("form.json", 3, 7).where(), Span("表.docx", place="表 2 第 3 行").where("en")
    ('form.json:3:7', '表.docx › table 2, row 3')
    """

    source: str = ""
    line: int = 0
    column: int = 0
    length: int = 1
    text: str = ""
    ruleset: str | None = None
    rule: str | None = None
    form: str | None = None
    row: int | None = None
    cell: str | None = None
    place: str = ""

    def where(self, lang: Lang = "zh") -> str:
        """Return `file:line:column`, or the file and the place in it, as far as they are known."""
        if not self.line:
            return " › ".join(filter(None, [self.source, place_text(self.place, lang)]))
        return f"{self.source}:{self.line}:{self.column}" if self.source else f"{self.line}:{self.column}"


class ShownPlace(TypedDict, total=False):
    """The place of a problem as JSON; what is not known is left out."""

    source: str
    line: int
    column: int
    length: int
    place: str
    ruleset: str
    rule: str
    form: str
    row: int
    cell: str


class ShownDiagnostic(TypedDict):
    """A problem as JSON."""

    code: str
    severity: Annotated[str, ValueOf(Severity)]
    message: str
    hint: NotRequired[str]
    at: NotRequired[ShownPlace]


@dataclass(frozen=True, slots=True)
class Diagnostic(Stored):
    """One problem: a code of the closed table, a sentence with the offending text, a hint, and its place.

    `fix` is what to write in place of the span, where that is plain.

    >>> from pfscore.foundation.text import Message
    >>> print(Diagnostic("PF104", Message("文件是空的", "the file is empty")).render())
    PF104 错误：文件是空的
    """

    SHOWN: ClassVar[type] = ShownDiagnostic

    code: str
    message: Message
    hint: Message | None = None
    span: Span | None = None
    related: tuple[tuple[Message, Span], ...] = ()
    severity: Severity = Severity.ERROR
    fix: str | None = field(default=None, compare=False)

    def render(self, lang: Lang = "zh") -> str:
        """Return the problem as text for a terminal: head, place, the author's line, carets, hint."""
        label, colon = _LABELS[self.severity].text(lang), "：" if lang == "zh" else ": "
        parts = [f"{self.code} {label}{colon}{self.message.text(lang)}"]
        if self.span:
            parts += _excerpt(self.span, lang)
        for note, span in self.related:
            parts += [f"  {note.text(lang)}", *_excerpt(span, lang)]
        if self.hint:
            parts.append(("  提示：" if lang == "zh" else "  hint: ") + self.hint.text(lang))
        return "\n".join(parts)

    def as_json(self, lang: Lang = "zh") -> ShownDiagnostic:
        """Return the problem as plain JSON data."""
        data: ShownDiagnostic = {
            "code": self.code,
            "severity": self.severity.value,
            "message": self.message.text(lang),
        }
        if self.hint:
            data["hint"] = self.hint.text(lang)
        if self.span:
            known = {key: getattr(self.span, key) for key in ShownPlace.__annotations__}
            known["place"] = place_text(self.span.place, lang)
            data["at"] = cast("ShownPlace", {key: one for key, one in known.items() if one not in {None, "", 0}})
        return data


#: What the cells of a form are called where a diagnostic stands in one.
CELL_NAMES = {
    "target": Message("指标值", "target"),
    "targets": Message("分期指标值", "targets"),
    "comparator": Message("计算符号", "comparator"),
    "unit": Message("度量单位", "unit"),
    "actual": Message("完成值", "actual"),
    "points": Message("分值", "points"),
    "share": Message("评定比例", "share"),
    "decision": Message("评定得分", "decision"),
    "rank": Message("名次", "rank"),
    "deduction": Message("扣减", "deduction"),
    "thresholds": Message("各档起点", "thresholds"),
    "amount_unit": Message("金额单位", "unit of the amounts"),
    "initial": Message("年初预算数", "initial budget"),
    "budget": Message("全年预算数", "budget"),
    "expenditure": Message("全年执行数", "expenditure"),
}
#: The keys of these cells by their Chinese names, by which the reader of cells knows them.
CELL_KEYS = {name.zh: key for key, name in CELL_NAMES.items()}
_LABELS = {
    Severity.ERROR: Message("错误", "error"),
    Severity.WARNING: Message("警告", "warning"),
    Severity.NOTE: Message("说明", "note"),
}


def _caret_line(text: str, start: int, length: int) -> str:
    """Return the line of carets that stands under `text[start:start + length]`, measured in display columns."""
    return " " * display_width(visible(text[:start])) + "^" * max(
        1, display_width(visible(text[start : start + length]))
    )


def _excerpt(span: Span, lang: Lang) -> list[str]:
    place = _place(span, lang)
    lines = [f"  {place}"] if place else []
    if span.text:
        text, start, length = _window(span.text.replace("\t", " "), max(0, span.column - 1), span.length)
        number = f"{span.line:>5}" if span.line else " " * 5
        lines += [f"{number}{_GUTTER}{visible(text)}", f"{' ' * 5}{_GUTTER}{_caret_line(text, start, length)}"]
    return lines


def _window(text: str, start: int, length: int) -> tuple[str, int, int]:
    """Cut a long line to what is around the carets, marked where it is cut; give the carets' place in that part.

    What this costs does not grow with the line: only the characters that may be shown are looked at.
    """
    if len(text) <= _REACH and display_width(visible(text)) <= _MAX_LINE:
        return text, start, length
    begin, rest = max(0, min(start, len(text)) - _REACH), max(0, len(text) - start - _REACH)
    text, start = text[begin : len(text) - rest], start - begin
    widths = [display_width(visible(char)) for char in text]
    first = last = min(start, len(text))
    room = _MAX_LINE - 2
    # The carets first, then as much before them as fits into half of what is left, then what follows, then the rest.
    while last < min(start + length, len(text)) and widths[last] <= room:
        room, last = room - widths[last], last + 1
    kept = last - first
    for least, side in ((room // 2, -1), (0, 1), (0, -1)):
        while side < 0 < first and room - widths[first - 1] >= least:
            first, room = first - 1, room - widths[first - 1]
        while side > 0 and last < len(text) and room - widths[last] >= least:
            last, room = last + 1, room - widths[last]
    head, tail = "…" if begin + first else "", "…" if last < len(text) + rest else ""
    return f"{head}{text[first:last]}{tail}", start - first + len(head), max(1, kept)


def _place(span: Span, lang: Lang) -> str:
    chinese = lang == "zh"
    parts = [span.where(lang)]
    if span.ruleset:
        parts.append(("规则集 " if chinese else "ruleset ") + span.ruleset)
    if span.rule:
        parts.append(("规则 " if chinese else "rule ") + span.rule)
    if span.form:
        parts.append(f"《{span.form}》" if chinese else f'form "{span.form}"')
    if span.row or span.cell:
        row = (f"第 {span.row} 行" if chinese else f"row {span.row}") if span.row else ""
        cell = CELL_NAMES[span.cell].text(lang) if span.cell in CELL_NAMES else span.cell or ""
        parts.append((f"{row}{'，' if chinese else ', '}{cell}") if row and cell else row or cell)
    return "  ".join(part for part in parts if part)


storable(Diagnostic, shared=True)
storable(Severity, Span)
