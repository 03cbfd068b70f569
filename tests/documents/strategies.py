"""Random documents: JSON with numbers as written, YAML in every accepted style, and texts that are almost either."""

from __future__ import annotations

import json

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from pfscore.documents.positions import Data

#: A machine that is busy with something else is no defect.
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

#: Texts that YAML 1.1 would turn into something else, and texts that only quotes can hold.
WORDS = [
    "0.10", "010", "1:30", "no", "否", "true", "2023-12-31", "1e3", "0x1F", "26万人", "≥95%", "=", "+1", ".5",
    "_", "1_000", "预算执行率", "优", "a b", "三档 及以下", "控制在60%到80%的区间", "财预〔2020〕10号",
    "注：见附表", "《办法》第三条", "x,y", "a'b", 'say "x"',
]  # fmt: skip
HARD = [
    "", " ", "~", "null", ">=95%", "%", "@x", "- a", "a: b", "a：b", "# x", "x #y", "[80%, 100%)", "{", "*注",
    "&a", "!x", "-", "?", "a\\b", '"', "'", "“x”", "　x", "\u00a0", "<<", "---", "...", "a:", "优，良",
    "\U0001f600", "𠮷", "name:x", "-x", "- x",
]  # fmt: skip
NUMBERS = ["0", "-0", "26", "0.10", "1E2", "1e-7", "12345678901234567.890", "-3.50", "9" * 80]
KEYS = ["points", "rules", "id", "指标", "0.10", "no", "on", "2023", "a-b", "true", "~"]


def yaml_data() -> st.SearchStrategy[Data]:
    """Return data as a YAML file may hold it: texts, nothing, lists and mappings."""
    scalar: st.SearchStrategy[Data] = st.one_of(st.none(), st.sampled_from(WORDS), st.sampled_from(HARD))
    return _boxes(st.recursive(scalar, _boxes, max_leaves=14))


def _boxes(inner: st.SearchStrategy[Data]) -> st.SearchStrategy[Data]:
    lists: st.SearchStrategy[Data] = st.lists(inner, max_size=4).map(list)
    mappings: st.SearchStrategy[Data] = st.dictionaries(st.sampled_from(KEYS + WORDS), inner, max_size=4).map(dict)
    return st.one_of(lists, mappings)


class Number(str):
    """A number of JSON, kept as its text."""

    __slots__ = ()


def json_data() -> st.SearchStrategy[object]:
    """Return data for :func:`json_text`, in which a :class:`Number` is written without quotes."""
    scalar = st.one_of(
        st.none(),
        st.booleans(),
        st.sampled_from(NUMBERS).map(Number),
        st.sampled_from(WORDS + HARD),
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=8),
    )
    return st.recursive(
        scalar,
        lambda inner: st.one_of(
            st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(KEYS + WORDS + [""]), inner, max_size=4)
        ),
        max_leaves=14,
    )


def json_text(data: object, *, escape: bool, indent: bool, depth: int = 0) -> str:
    """Write data as JSON."""
    glue = "\n" + " " * depth if indent else " "

    def inner(value: object) -> str:
        return json_text(value, escape=escape, indent=indent, depth=depth + 1)

    if isinstance(data, Number):
        return str(data)
    if isinstance(data, dict):
        members = (f"{json.dumps(key, ensure_ascii=escape)}:{glue}{inner(value)}" for key, value in data.items())
        return "{" + glue + f",{glue}".join(members) + "}"
    if isinstance(data, list):
        return f"[{','.join(map(inner, data))}{glue}]"
    return json.dumps(data, ensure_ascii=escape)


def texts(data: object) -> Data:
    """Return what reading must give for data of :func:`json_data`."""
    if isinstance(data, dict):
        return {key: texts(value) for key, value in data.items()}
    if isinstance(data, list):
        return [texts(each) for each in data]
    if isinstance(data, bool):
        return "true" if data else "false"
    return None if data is None else str(data)


#: What almost-JSON is made of.
JSON_PIECES = [
    "{", "}", "[", "]", ",", ":", '"a"', '"a": ', '"b":', "1", "-0.10", "true", "null", " ", "\n", '"', "\\",
    "\\u4e2d", '"\\n"', "，", "：", "“", "”", "'", "x", "NaN", "95%", "//", "#", "/*", "*/", "\t", "\x07",
    "\u3000", "01", '"\\ud800"', "True", "é",
]  # fmt: skip

#: What almost-YAML is made of.
YAML_PIECES = [
    "a", "b", "points", "指标", ": ", ":", "：", "，", "\n", "\n", "\n  ", "\n    ", "\n- ", "\n  - ", "- ",
    "-", "? ", " ", "  ", "\t", '"', "'", "'x'", '"x"', "|\n", ">\n", ">", "|-\n  ", ">=9", "[", "]", "{", "}",
    ", ", ",", "# c", " #", "&x ", "*x", "!x ", "!!int ", "<<", "~", "null", "%", "@", "`", "---", "\n---\n",
    "...", "%YAML 1.2\n", "“x”", "\u3000", "\u00a0", "\r\n", "\\", "0.10", "否", "】", "=",
]  # fmt: skip


def pieces(alphabet: list[str]) -> st.SearchStrategy[str]:
    """Return texts put together from pieces."""
    return st.lists(st.sampled_from(alphabet), min_size=1, max_size=14).map("".join)
