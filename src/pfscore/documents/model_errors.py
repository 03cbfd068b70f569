"""From pydantic's complaints to diagnostics at a line and column, in the author's words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import takewhile
from typing import Any, Protocol

from pydantic import BaseModel, ValidationError

from pfscore.documents.model_fields import homes_of, keys_of, meaning_of, required_keys
from pfscore.foundation.diagnostics import Diagnostic, Span
from pfscore.foundation.text import Message, shorten


class Located(Protocol):
    """Anything that knows where the value at a path stands in its file."""

    def span(self, path: Sequence[str | int], *, key: bool = False) -> Span:
        """Return where the value at `path` stands, or its key."""


_SHAPES = {
    "string_type": ("一个值", "a single value"),
    "tuple_type": ("列表（每项以 “- ” 开头）", "a list (each member after '- ')"),
    "list_type": ("列表（每项以 “- ” 开头）", "a list (each member after '- ')"),
    "model_type": ("键值对", "keys with values"),
    "model_attributes_type": ("键值对", "keys with values"),
    "dict_type": ("键值对", "keys with values"),
}


def diagnostics_of(
    error: ValidationError, document: Located, model: type[BaseModel], *, at: Sequence[str | int] = ()
) -> Iterator[Diagnostic]:
    """Yield one diagnostic for each complaint about data that stands at path `at` of `document`."""
    told: set[tuple[str | int, ...]] = set()
    for complaint in complaints(error):
        loc = complaint["loc"]
        # An unknown key may look like a label of pydantic's: Points.
        unknown = loc[-1:] if complaint["type"] == "extra_forbidden" else ()
        path = [*at, *_plain_path(loc[: len(loc) - len(unknown)]), *unknown]
        if complaint["type"] in _SHAPES and path and isinstance(path[-1], int):
            # Members of one list that all have another shape are one mistake.
            if tuple(path[:-1]) in told:
                continue
            told.add(tuple(path[:-1]))
        found = _Complaint(complaint["type"], complaint.get("ctx") or {}, complaint["input"], path, len(at))
        yield (_no_text if found.kind == "invalid_key" else _diagnostic)(found, document, model)


def complaints(error: ValidationError) -> list[Any]:
    """Return what pydantic complains about; not that a list is too short when it is its members that are wrong."""
    found = error.errors(include_url=False)
    paths = [tuple(complaint["loc"]) for complaint in found]
    return [
        complaint
        for complaint in found
        if complaint["type"] != "too_short" or not any(_is_inside(path, complaint["loc"]) for path in paths)
    ]


def _is_inside(path: Sequence[str | int], outer: Sequence[str | int]) -> bool:
    return len(path) > len(outer) and tuple(path[: len(outer)]) == tuple(outer)


def _plain_path(loc: Sequence[str | int]) -> list[str | int]:
    """Return the author's keys and indexes of a complaint's place, without pydantic's own labels."""
    return [part for part in loc if not _is_internal(part)]


def _is_internal(part: str | int) -> bool:
    """Return whether a key is a label of pydantic (`function-before[…]`, `str`, a model's name), not the author's."""
    return isinstance(part, str) and (part[:1].isupper() or "[" in part or part in {"str", "int", "float", "bool"})


@dataclass(frozen=True, slots=True)
class _Complaint:
    """What pydantic says; `path` from the top of the file, `base` of its parts above the model."""

    kind: str
    context: dict[str, Any]
    found: Any
    path: list[str | int]
    base: int

    @property
    def key(self) -> str:
        """The author's key that the value belongs to; that of the list for its member."""
        return next((part for part in reversed(self.path) if isinstance(part, str)), "")

    @property
    def shown(self) -> str:
        """The value, as far as it is text."""
        return shorten(self.found) if isinstance(self.found, str) else ""


def _diagnostic(one: _Complaint, document: Located, model: type[BaseModel]) -> Diagnostic:
    key, context, path = one.key, one.context, one.path
    meaning = meaning_of(model, path[one.base :])
    match one.kind:
        case "pfscore":
            hint = Message(context["hint_zh"], context["hint_en"]) if context["hint_zh"] else None
            inner = [*path, context["key"] or context["value"]] if context["key"] or context["value"] else path
            span = document.span(inner, key=bool(context["key"]))
            return Diagnostic(context["code"], Message(context["zh"], context["en"]), hint, span)
        case "extra_forbidden":
            message = Message(f"不认识的键 “{shorten(key)}”", f"unknown key {shorten(key)!r}")
            homes = _nearest_first(homes_of(model, key), path)
            meant, hint = _suggestion(key, keys_of(model, path[one.base : -1]), homes)
            return Diagnostic("PF201", message, hint, document.span(path, key=True), fix=meant)
        case "missing":
            message = Message(f"缺少键 “{key}”", f"missing key {key!r}")
            about = f"（{meaning.zh.rstrip('。')}）" if meaning else ""
            hint = Message(f"补一行 “{key}: …”{about}", f"add a line `{key}: …`")
            return Diagnostic("PF202", message, hint, document.span(path[:-1]))
        case "literal_error" | "enum":
            message = Message(
                f"“{key}” 的值 “{one.shown}” 不在可写的范围内", f"{one.shown!r} is not a value of {key!r}"
            )
            meant, hint = _allowed(one)
            return Diagnostic("PF203", message, hint, document.span(path), fix=meant)
        case "string_pattern_mismatch":
            message = Message(f"“{key}” 的写法不对：“{one.shown}”", f"{key!r} is not well formed: {one.shown!r}")
            return Diagnostic("PF203", message, meaning, document.span(path))
        case "too_short" | "string_too_short":
            return Diagnostic("PF202", Message(f"“{key}” 是空的", f"{key!r} is empty"), meaning, document.span(path))
        case "too_long":
            count, most = len(one.found), context["max_length"]
            message = Message(f"“{key}” 有 {count} 项，最多 {most} 项", f"{key!r} has {count} members, at most {most}")
            hint = Message("拆成几条规则，或改写为公式", "make several rules, or write a formula")
            return Diagnostic("PF227", message, hint, document.span(path, key=True))
    zh, en = _SHAPES.get(one.kind, ("别的写法", "something else"))
    message = Message(f"“{key}” 应当是{zh}", f"{key!r} should be {en}")
    meaning = _spelled_out(key, one, model) or meaning
    if not path:
        message = Message(f"文件应当是{zh}", f"a file should be {en}")
    if one.found is None:
        message = Message(f"“{key}” 没有写值", f"{key!r} has no value")
    return Diagnostic("PF204", message, meaning, document.span(path))


def _no_text(one: _Complaint, document: Located, _model: type[BaseModel]) -> Diagnostic:
    key = shorten(repr(one.found))
    message = Message(f"键应当是文字，不是 {key}", f"a key should be text, not {key}")
    return Diagnostic("PF204", message, None, document.span(one.path[:-1]))


def _spelled_out(key: str, one: _Complaint, model: type[BaseModel]) -> Message | None:
    """Return how keys with values are written, or a list of them, where something else stands in their place."""
    if not one.path or one.kind not in _SHAPES or one.kind == "string_type":
        return None
    keys = [name for name, is_required in required_keys(model, one.path[one.base :]) if is_required]
    if not keys:
        return None
    pairs = ", ".join(f"{name}: …" for name in keys)
    is_member = one.kind in {"tuple_type", "list_type"} or isinstance(one.path[-1], int)
    written = f"- {{{pairs}}}" if is_member else f"{key}: {{{pairs}}}"
    where = Message("每项写成", "write each as") if is_member else Message("写成", "write")
    return Message(f"{where.zh} {written}", f"{where.en} {written}")


def _nearest_first(homes: Sequence[Sequence[str]], path: Sequence[str | int]) -> list[Sequence[str]]:
    """Put the places of a key first that share most of their way with where it was written."""
    here = [part for part in path[:-1] if isinstance(part, str)]

    def shared(home: Sequence[str]) -> int:
        return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(home, here, strict=False)))

    return sorted(homes, key=lambda home: -shared(home))


def _allowed(one: _Complaint) -> tuple[str | None, Message]:
    """Return the value that was probably meant, and the list of those that are allowed."""
    allowed = re.findall(r"'([^']*)'", str(one.context["expected"]))
    listed = Message("可写：" + "、".join(allowed), "allowed: " + ", ".join(allowed))
    meant = [word for word in _CHINESE_VALUES.get(one.shown.strip(), "").split() if word in allowed]
    close = meant or get_close_matches(one.shown.lower(), allowed, 1, 0.6)
    if not close:
        return None, listed
    return close[0], Message(f"是不是 “{close[0]}”？{listed.zh}", f"did you mean {close[0]!r}? {listed.en}")


#: Chinese words that authors write for values.
_CHINESE_VALUES = {
    "原文": "text",
    "转述": "restated",
    "推得": "observed",
    "观察": "observed",
    "默认": "default",
    "未见": "none",
    "现行": "active",
    "有效": "active",
    "草案": "draft",
    "项目": "project",
    "项目支出": "project",
    "部门": "department",
    "部门整体": "department",
    "部门整体支出": "department",
    "待定": "open",
    "不评分": "open",
    "零分": "zero",
    "0": "zero",
    "0分": "zero",
    "不得分": "zero",
    "不计": "exclude",
    "折算": "rescale",
    "满分": "full",
    "不扣分": "full",
    "四舍五入": "half_up",
    "截断": "down",
    "进位": "up",
    "评定": "judge",
    "取高": "best",
    "取最高": "best",
    "全年": "full_year",
    "半年": "half_year",
    "预算": "budget",
    "指标": "indicator",
}

#: Chinese words that authors write for keys.
_CHINESE = {
    "标题": "title",
    "名称": "title name",
    "代号": "ruleset id",
    "地区": "jurisdiction",
    "种类": "kind",
    "状态": "status",
    "上级": "extends",
    "说明": "note",
    "备注": "note",
    "依据": "sources source cite",
    "出处": "cite source",
    "条款": "at",
    "原话": "quote",
    "规则": "rules",
    "适用": "applies",
    "适用范围": "applies",
    "施行日期": "since",
    "日期": "since issued",
    "公式": "formula",
    "得分公式": "formula",
    "取整": "rounding",
    "位数": "digits",
    "小数位数": "digits",
    "例子": "examples",
    "例": "examples",
    "指标值": "target",
    "目标值": "target",
    "完成值": "actual",
    "实际完成值": "actual",
    "分值": "points",
    "权重": "points",
    "满分": "total points",
    "得分": "score",
    "应得分": "score",
    "单位": "unit",
    "度量单位": "unit",
    "等级": "grades evidence",
    "档": "level levels",
    "比例": "share",
    "区间": "range",
    "预算数": "budget",
    "执行数": "expenditure",
}


#: The most places that a hint names for a key.
_HOMES = 2


def _suggestion(key: str, known: Sequence[str], homes: Sequence[Sequence[str]]) -> tuple[str | None, Message]:
    """Return the key that was probably meant, and the hint that says so; a key of another place is sent there."""
    meant = next((word for word in _CHINESE.get(key, "").split() if word in known), None)
    if meant is not None:
        return meant, Message(f"键是英文的，写 {meant}", f"keys are English: write {meant}")
    if homes:
        zh = "，或 ".join(f"{' 的 '.join(home)} 里" for home in homes[:_HOMES])
        en = ", or ".join(" › ".join(home) for home in homes[:_HOMES])
        return None, Message(f"“{key}” 写在 {zh}", f"{key!r} stands under {en}")
    close = get_close_matches(key.lower(), known, 1, 0.6)
    if close:
        return close[0], Message(f"是不是 “{close[0]}”？", f"did you mean {close[0]!r}?")
    listed = "、".join(known)
    return None, Message(f"这里可写的键：{listed}", f"keys allowed here: {', '.join(known)}")
