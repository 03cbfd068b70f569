"""`pfscore fmt`: a ruleset file in one order and one spacing, with its comments and its author's quotes.

Keys follow the order of the model's fields; keys that the model does not know come last, as they stood. Levels are
indented by two spaces, and one empty line stands between sections and between rules. What a file says is not changed.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any, get_args

from pydantic import BaseModel

from pfscore.documents.document import document_from_text
from pfscore.foundation.errors import InputError
from pfscore.foundation.source import Source
from pfscore.foundation.text import display_width
from pfscore.rulesets.model.ruleset import Ruleset
from pfscore.rulesets.writing.layout_tree import Block, Entry, Flow, Inline, Node, Text, layout_tree

#: Lists in brackets are broken into lines beyond this many columns.
_WIDTH = 120


def format_yaml(text: str, *, name: str = "ruleset.yaml", model: type[BaseModel] = Ruleset) -> str:
    """Return the file in one order and spacing; `name` is what diagnostics show as the file.

    A second time changes nothing. In the rare case that the result would say anything else than `text` (a key that
    goes over several lines, say), `text` itself comes back.

    Raises:
        InputError: PF1xx where the text cannot be read.

    >>> print(format_yaml("title:   项目  # 名称\\nruleset: cn-xx/project\\nsources:\\n- {title: 办法, key: 'a'}\\n"))
    ruleset: cn-xx/project
    title: 项目  # 名称
    <BLANKLINE>
    sources:
      - {key: 'a', title: 办法}
    <BLANKLINE>
    """
    text = text.replace("\r\n", "\n")
    text = text if text.endswith("\n") else text + "\n"
    before = document_from_text(name, text, syntax="yaml")
    tree = layout_tree(Source(name, text))
    lines = [*tree.head, *_root(tree.root, model), *tree.trail]
    laid_out = "\n".join(lines).rstrip("\n") + "\n"
    with suppress(InputError):
        if document_from_text(name, laid_out, syntax="yaml").data == before.data:
            return laid_out
    return text


def _root(root: Node, model: type[BaseModel]) -> list[str]:
    if not isinstance(root, Block):
        return _with_tail(_inline(root, 0, model), root, root.tail)
    return _block(root, 0, model, apart=_has_boxes(root))


def _block(block: Block, indent: int, model: Any, above: list[str] | None = None, *, apart: bool = False) -> list[str]:
    """Return the lines of a list or mapping, with an empty line between entries where they stand `apart`.

    Comments above the first entry go to `above` where it is given.
    """
    lines: list[str] = []
    fields = _fields(model) if block.is_mapping else {}
    entries = _in_order(block.entries, fields) if block.is_mapping else block.entries
    before: Node | None = None
    for entry in entries:
        inner = _model_in(fields.get(_bare(entry.key))) if block.is_mapping else model
        lead = list(entry.lead)
        body = _entry(entry, indent, inner, lead)
        # At the top, sections stand apart from one another and from the plain keys before them.
        if before and (apart or (indent == 0 and block.is_mapping and Block in (type(before), type(entry.value)))):
            lines.append("")
        if before is None and above is not None:
            above += lead
        else:
            lines += _indented(lead, indent)
        lines += body
        before = entry.value
    return lines + _indented(block.trail, indent)


def _in_order(entries: list[Entry], fields: dict[str, Any]) -> list[Entry]:
    order = {key: place for place, key in enumerate(fields)}
    return sorted(entries, key=lambda entry: order.get(_bare(entry.key), len(order)))


def _entry(entry: Entry, indent: int, model: Any, lead: list[str]) -> list[str]:
    """Return the lines of one entry; comments that can only stand above it are added to `lead`."""
    start = " " * indent + (f"{entry.key}:" if entry.key else "-")
    value = entry.value
    if not isinstance(value, Block):
        first, *rest = _inline(value, indent, model)
        beside = [comment for comment in (entry.tail, value.tail) if comment]
        lead += beside[:-1]
        return _with_tail([f"{start} {first}".rstrip(), *rest], value, beside[-1] if beside else "")
    if entry.key:
        tail = f"  {entry.tail}" if entry.tail else ""
        return [start + tail, *_block(value, indent + 2, model, apart=indent == 0 and _has_boxes(value))]
    lines = _block(value, indent + 2, model, lead)
    return [start + lines[0][indent + 1 :], *lines[1:]]


def _with_tail(lines: list[str], value: Inline, comment: str) -> list[str]:
    """Put a comment beside the end of a value, or beside the `|` that starts it."""
    if comment:
        is_block_text = isinstance(value, Text) and value.style in {"|", ">"}
        lines[0 if is_block_text else -1] += f"  {comment}"
    return lines


def _inline(node: Inline, indent: int, model: Any) -> list[str]:
    """Return the lines of a value that starts beside its key or dash."""
    if isinstance(node, Flow):
        return _brackets(node, indent, model)
    if node.style in {"|", ">"}:
        return _block_text(node, indent)
    first, *rest = node.raw.split("\n")
    if node.style:
        # Within quotes, spaces at the end of a line may belong to an escape.
        return [first, *(_at(indent + 2, line.lstrip(" \t")) for line in rest)]
    return [first.rstrip(" \t"), *(_at(indent + 2, line.strip(" \t")) for line in rest)]


def _block_text(node: Text, indent: int) -> list[str]:
    """Return `|` or `>` and its lines, moved to their new indentation."""
    header, *lines = node.raw.removesuffix("\n").split("\n")
    sign, _, comment = header.partition("#")
    sign = sign.strip()
    digits = [char for char in sign if char.isdigit()]
    if digits:
        base = max(node.base, 0) + int(digits[0])
        sign = sign.replace(digits[0], "2")
    else:
        base = next((len(line) - len(line.lstrip(" ")) for line in lines if line.strip(" ")), 0)
    if not any(line.strip(" ") for line in lines):
        lines = [""] * len(lines)
    if "+" not in sign:
        while lines and not lines[-1][base:]:
            lines.pop()
    first = f"{sign}  #{comment.rstrip()}" if comment else sign
    return [first, *(_at(indent + 2, line[base:]) for line in lines)]


def _brackets(flow: Flow, indent: int, model: Any) -> list[str]:
    if flow.verbatim:
        first, *rest = flow.verbatim.split("\n")
        return [first.rstrip(), *(_at(indent + 2, line.strip(" \t")) for line in rest)]
    opening, closing = "{}" if flow.is_mapping else "[]"
    one = _on_one_line(flow, model)
    if indent + display_width(one) <= _WIDTH:
        return [one]
    members = _members(flow, model)
    lines, line = [], opening
    for number, member in enumerate(members):
        piece = member + ("," if number < len(members) - 1 else closing)
        if display_width(line) + display_width(piece) + 1 > _WIDTH and line.strip(" " + opening):
            lines.append(line)
            line = " " * (indent + 2) + piece
        else:
            line += piece if line == opening else f" {piece}"
    return [*lines, line]


def _on_one_line(flow: Flow, model: Any) -> str:
    opening, closing = "{}" if flow.is_mapping else "[]"
    return f"{opening}{', '.join(_members(flow, model))}{closing}"


def _members(flow: Flow, model: Any) -> list[str]:
    """Return the members of a list or mapping in brackets, in order, each on one line."""
    if not flow.is_mapping:
        return [_member(value, model) for _, value in flow.members]
    fields = _fields(model)
    order = {key: place for place, key in enumerate(fields)}
    members = sorted(flow.members, key=lambda member: order.get(_bare(member[0]), len(order)))
    return [f"{key}: {_member(value, _model_in(fields.get(_bare(key))))}" for key, value in members]


def _member(value: Inline, model: Any) -> str:
    return _joined(value) if isinstance(value, Text) else _on_one_line(value, model)


def _joined(text: Text) -> str:
    """Return a text that may go over several lines on one."""
    return " ".join(line.strip(" \t") for line in text.raw.split("\n"))


def _at(indent: int, line: str) -> str:
    return " " * indent + line if line else ""


def _indented(comments: list[str], indent: int) -> list[str]:
    return [_at(indent, comment) for comment in comments]


def _has_boxes(block: Block) -> bool:
    """Tell whether a list has members that are more than a few plain keys."""
    return not block.is_mapping and any(
        isinstance(part.value, Block)
        for entry in block.entries
        if isinstance(entry.value, Block)
        for part in entry.value.entries
    )


def _bare(key: str) -> str:
    return key[1:-1] if key[:1] in {'"', "'"} else key


def _fields(model: Any) -> dict[str, Any]:
    """Return the keys of a model in order, each with its annotation."""
    if model is None:
        return {}
    return {info.alias or name: info.annotation for name, info in model.model_fields.items()}


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the model that an annotation is about: that of the member of a list, or of a value that may be missing."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)
