"""What the words around a quantity ask of it: 不低于, 达到…以上, 控制在…以内, 较上年下降."""

from __future__ import annotations

from typing import NamedTuple

from pfscore.language.builder import each
from pfscore.language.parts import Clause, Trouble, Word
from pfscore.language.readings import Op

EXPLICIT = {
    "AT_LEAST": Op.AT_LEAST,
    "AT_MOST": Op.AT_MOST,
    "GREATER_THAN": Op.GREATER_THAN,
    "OVER": Op.GREATER_THAN,
    "LESS_THAN": Op.LESS_THAN,
    "EQUAL": Op.EQUAL,
}
EDGES = {"ABOVE": Op.AT_LEAST, "BELOW": Op.AT_MOST, "INNER": Op.AT_MOST}
#: 高于90%以上: the including word behind the number decides.
_WITH_EDGE = {(Op.GREATER_THAN, Op.AT_LEAST): Op.AT_LEAST, (Op.LESS_THAN, Op.AT_MOST): Op.AT_MOST}
_INCLUDED = {Op.GREATER_THAN: Op.AT_LEAST, Op.LESS_THAN: Op.AT_MOST}
_EXCLUDED = {Op.AT_LEAST: Op.GREATER_THAN, Op.AT_MOST: Op.LESS_THAN}
_SYMBOLS = frozenset("≥≤><=≠≮≯!/或")
#: Words that name what is measured: 提高满意度≥95% gives the end of the change, not its size.
_LEVELS = ("率", "度", "水平", "比例", "比重", "占比", "值", "量", "数")


class Demand(NamedTuple):
    """What is asked: an explicit comparison, a soft one (达到, 控制在), about, a direction of change."""

    op: Op | None = None
    soft: Op | None = None
    about: bool = False
    unequal: bool = False
    direction: str | None = None
    per: tuple[str, ...] = ()


def demand_of(clause: Clause, edges: tuple[Word, ...]) -> Demand:
    """Read the words before a measure together with the words behind it.

    Raises:
        Trouble: PF313 doubled signs, PF314 words that contradict each other.
    """
    op, soft, about, unequal = None, None, False, False
    noun, verb, verb_at = None, None, -1
    baseline = False
    per: list[str] = []
    bounds: list[Word] = [word for word in clause.tail if word.kind in EDGES]
    last: Word | None = None
    for index, word in enumerate(clause.lead):
        kind = word.kind
        if kind in EXPLICIT:
            found = EXPLICIT[kind]
            if last is not None and _is_symbol(last) and _is_symbol(word) and last.end == word.start:
                raise Trouble("PF313" if EXPLICIT[last.kind] is found else "PF314", last.start, word.end)
            if op is not None and op is not found:
                raise Trouble("PF314", last.start if last else word.start, word.end)
            op, last = found, word
        elif kind == "REACH":
            soft, verb = Op.AT_LEAST, None
        elif kind == "CONTROL":
            soft, verb = Op.AT_MOST, None
        elif kind == "UNTO":
            if (verb or noun) is not None:
                soft = Op.AT_LEAST if (verb or noun) == "increase" else Op.AT_MOST
                verb = noun = None
        elif kind == "ABOUT":
            about = True
        elif kind == "NOT_EQUAL":
            unequal = True
        elif kind == "RISE":
            noun = "increase"
        elif kind == "FALL":
            noun = "decrease"
        elif kind == "RAISE":
            verb, verb_at = "increase", index
        elif kind == "LOWER":
            verb, verb_at = "decrease", index
        elif kind == "BASELINE":
            baseline = True
        elif kind == "EVERY":
            per.append(each(word.text))
        elif kind in {"INCLUDED", "EXCLUDED"}:
            bounds.append(word)
    direction = noun
    if verb is not None and direction is None:
        between = "".join(word.text for word in clause.lead[verb_at + 1 :] if word.kind in {"WORD", "NAME"})
        if baseline or not between or not between.endswith(_LEVELS):
            direction = verb
    edge: Op | None = None
    included = excluded = False
    for word in (*edges, *bounds):
        if word.kind in EDGES:
            if edge is not None and edge is not EDGES[word.kind]:
                raise Trouble("PF314", word.start, word.end)
            edge = EDGES[word.kind]
        elif word.kind == "AROUND":
            about = True
        elif word.kind == "INCLUDED":
            included = True
        elif word.kind == "EXCLUDED":
            excluded = True
    if edge is not None:
        if op is None or op is edge:
            op = edge
        elif (op, edge) in _WITH_EDGE:
            op = _WITH_EDGE[op, edge]
        else:
            word = next(word for word in (*edges, *bounds) if word.kind in EDGES)
            raise Trouble("PF314", last.start if last else word.start, word.end)
    if about and op is not None:
        raise Trouble("PF314", clause.lead[0].start if clause.lead else 0, _end(clause))
    if included and op is not None:
        op = _INCLUDED.get(op, op)
    if excluded and op is not None:
        op = _EXCLUDED.get(op, op)
    return Demand(op, soft, about, unequal, direction, tuple(per))


def _is_symbol(word: Word) -> bool:
    return word.text[0] in _SYMBOLS


def _end(clause: Clause) -> int:
    return clause.lead[-1].end if clause.lead else 1
