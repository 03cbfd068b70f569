"""What the words around a quantity ask of it: 不低于, 达到…以上, 控制在…以内, 较上年下降."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from pfscore.cells.grammar.amounts import each
from pfscore.cells.grammar.tree import Clause, Trouble, Word
from pfscore.cells.lexicon.word_patterns import Rule, rules
from pfscore.cells.readings import TargetKind

EXPLICIT = {
    "AT_LEAST": TargetKind.AT_LEAST,
    "LEAST": TargetKind.AT_LEAST,
    "AT_MOST": TargetKind.AT_MOST,
    "MOST": TargetKind.AT_MOST,
    "GREATER_THAN": TargetKind.GREATER_THAN,
    "OVER": TargetKind.GREATER_THAN,
    "LESS_THAN": TargetKind.LESS_THAN,
    "UNDER": TargetKind.LESS_THAN,
    "EQUAL": TargetKind.EQUAL,
}
#: The last two are signs that stand behind their number, 90%<满意度; they have no words.
EDGES = {
    "ABOVE": TargetKind.AT_LEAST,
    "MORE": TargetKind.AT_LEAST,
    "BELOW": TargetKind.AT_MOST,
    "INNER": TargetKind.AT_MOST,
    "BEYOND": TargetKind.GREATER_THAN,
    "SHORT": TargetKind.LESS_THAN,
}
_SOFT = {"REACH": TargetKind.AT_LEAST, "REACHED": TargetKind.AT_LEAST, "CONTROL": TargetKind.AT_MOST}
_NOUNS = {"RISE": "increase", "FALL": "decrease", "BOTH_WAYS": "both"}
_VERBS = {"RAISE": "increase", "LOWER": "decrease"}
_FLAGS = {
    "ABOUT": "about",
    "NEARLY": "about",
    "NOT_EQUAL": "unequal",
    "AMONG": "among",
    "BASELINE": "baseline",
    "THAN": "baseline",
}
#: The kinds of words that say something about the number, and nothing else.
SIGNS = frozenset({*EXPLICIT, *_SOFT, *_NOUNS, "NOT_EQUAL", "ABOUT", "NEARLY", "INCLUDED", "EXCLUDED"})
#: The kinds of words at which a condition inside a longer text begins.
BINDING = frozenset({*EXPLICIT, *_SOFT, *_NOUNS, *_VERBS, "NOT_EQUAL", "ABOUT", "NEARLY", "AMONG", "THAN", "BASELINE"})
#: 高于90%以上: the including word behind the number decides.
_WITH_EDGE = {
    (TargetKind.GREATER_THAN, TargetKind.AT_LEAST): TargetKind.AT_LEAST,
    (TargetKind.LESS_THAN, TargetKind.AT_MOST): TargetKind.AT_MOST,
}
_INCLUDED = {TargetKind.GREATER_THAN: TargetKind.AT_LEAST, TargetKind.LESS_THAN: TargetKind.AT_MOST}
_EXCLUDED = {TargetKind.AT_LEAST: TargetKind.GREATER_THAN, TargetKind.AT_MOST: TargetKind.LESS_THAN}
_NAMES = frozenset({"WORD", "NAME", "PROSE", "SIZE"})
_SYMBOLS = frozenset("≥≤><=≠≮≯")
# The rules are described, with cells, in grammar/words/comparisons.txt.
_RATIO, _AMOUNT, _SPEED = rules("ratio", "amount", "speed")
_WORK_BEFORE, _WORK_BEHIND, _ADVERBS = rules("work_before", "work_behind", "adverbs")
_ON_TOP, _COMPARED, _ELSEWHERE = rules("on_top", "compared", "elsewhere")
_SHARE_OF_PAST, _GAP, _NUMBER_OF_THEN = rules("share_of_past", "gap", "number_of_then")
_GREW, _FELL = rules("grew", "fell")
# In grammar/words/denial.txt.
_TURNS_COMPARISON, _TURNS_ATTAINMENT = rules("turns_comparison", "turns_attainment")
#: What a comparison is when it is denied.
_DENIED = {TargetKind.GREATER_THAN: TargetKind.AT_MOST, TargetKind.LESS_THAN: TargetKind.AT_LEAST}


class Demand(NamedTuple):
    """What is asked: an explicit comparison, a soft one (达到, 控制在), about, a direction of change."""

    op: TargetKind | None = None
    soft: TargetKind | None = None
    about: bool = False
    unequal: bool = False
    among: bool = False
    direction: str | None = None
    per: tuple[str, ...] = ()


def demand_of(clause: Clause, edges: tuple[Word, ...], *, ratio: bool = False, nothing: bool = False) -> Demand:
    """Read the words before a measure, which is a `ratio` or `nothing` (0), together with the words behind it.

    Raises:
        Trouble: PF313 doubled signs, PF314 words that contradict each other, PF330 a bound on something else.
    """
    if not clause.lead and not edges and not clause.tail:
        return _NOTHING
    scan = _Scan()
    for index, word in enumerate(clause.lead):
        scan.word(clause, index, word)
    lead, tail = clause.lead_text, clause.tail_text
    direction = scan.noun or scan.verbs_direction(clause, ratio=ratio)
    if direction is None and scan.baseline:
        direction = _way(_COMPARED, lead)
    if direction is None and clause.unit == "百分点":
        direction = _way(_GAP, lead)
    if direction is None and tail and not scan.soft:
        direction = "increase" if _GREW.match(tail) else "decrease" if _FELL.match(tail) else None
    is_share = _SHARE_OF_PAST.search(lead) is not None and _NUMBER_OF_THEN.search(f"{lead}{clause.unit}") is None
    if lead and not nothing and (is_surplus(lead) or is_share):
        raise Trouble("PF330", clause.lead[0].start, clause.lead[-1].end)
    late = [word for word in clause.tail if word.kind in EDGES]
    op = scan.with_edges((*edges, *late, *scan.inclusions))
    check_signs(clause, edged=bool(edges))
    if scan.about and op is not None:
        raise Trouble("PF314", clause.start, max(word.end for word in (*clause.lead, *edges, *late)))
    return Demand(op, scan.soft, scan.about, scan.unequal, scan.among, direction, tuple(scan.per))


def check_signs(clause: Clause, *, edged: bool) -> None:
    """Refuse a sign that stands apart from a number which is compared already: 数据≤差错率≤3‰, ≥全年50人以上.

    Raises:
        Trouble: PF313, and PF315 for an arrow that no number follows.
    """
    for arrow, behind in pairwise(clause.lead):
        if arrow.text in {"↑", "↓"} and behind.kind not in EXPLICIT:
            raise Trouble("PF315", arrow.start, arrow.end)
    compared = [(index, word) for index, word in enumerate(clause.lead) if word.kind in EXPLICIT]
    if len(compared) + edged < 2:
        return
    for index, word in compared:
        following = clause.lead[index + 1] if index + 1 < len(clause.lead) else None
        apart = following is not None and following.kind in _NAMES and following.text[0].isalpha()
        if word.text[0] in _SYMBOLS and apart:
            raise Trouble("PF313", word.start, word.end)


_NOTHING = Demand()


def is_surplus(lead: str) -> bool:
    """Return whether words say that the number behind them is what came on top: 超额完成."""
    return _ON_TOP.search(lead) is not None


def is_gap(label: str) -> bool:
    """Return whether a word before a number only says which way it differs: 高出, 低."""
    return _GAP.search(label) is not None


def denied_by(clause: Clause) -> list[tuple[int, int]]:
    """Return the places of the words that deny a comparison: the 没有 of 没有低于90%."""
    places = []
    for index, word in enumerate(clause.lead):
        denial = _denial(clause, index)
        if denial is not None:
            before = clause.lead[index - 1]
            places.append((before.end - len(denial), word.end))
    return places


def without_denials(clause: Clause) -> Clause:
    """Return a clause without what its comparison has taken in: 没有 in 满意度没有达到95%, 尚 in 尚不足5人."""
    lead = list(clause.lead)
    for index, word in enumerate(clause.lead):
        denial = _denial(clause, index)
        if denial is None and word.kind not in {"LESS_THAN", "UNDER"}:
            continue
        before = clause.lead[index - 1] if index else None
        if before is None or before.kind != "WORD" or before.end != word.start:
            continue
        text = before.text.removesuffix(denial or "")
        text = next((text.removesuffix(still) for still in _STILL if text.endswith(still)), text)
        lead[index - 1] = before._replace(text=text)
    return clause._replace(lead=tuple([word for word in lead if word.text]))


#: What may stand before a denial and adds nothing to it.
_STILL = ("尚", "还", "仍", "均", "都", "一直", "始终", "暂")


def _denial(clause: Clause, index: int) -> str | None:
    """Return the words that deny the comparison at a place of the lead, or `None`."""
    word, before = clause.lead[index], clause.lead[index - 1] if index else None
    if before is None or before.kind != "WORD" or before.end != word.start or word.text[0] in _SYMBOLS:
        return None
    if word.kind in {"REACH", "REACHED"}:
        found = _TURNS_ATTAINMENT.search(before.text)
    elif word.kind in {"GREATER_THAN", "LESS_THAN", "OVER"}:
        found = _TURNS_COMPARISON.search(before.text)
    else:
        return None
    return None if found is None else found[0]


def _way(of: Rule, lead: str) -> str | None:
    """Return the direction of 较上年低…, 比去年多…, 高出…."""
    found = of.search(lead)
    if found is None:
        return None
    way = found.groupdict().get("alone") or found["way"]
    return "increase" if way in "高多增升涨" else "decrease"


class _Scan:
    """The words before a measure, taken in one after the other."""

    __slots__ = (
        "about",
        "among",
        "baseline",
        "inclusions",
        "last",
        "missed",
        "noun",
        "op",
        "per",
        "soft",
        "unequal",
        "verb",
        "verb_at",
    )

    def __init__(self) -> None:
        self.op: TargetKind | None = None
        self.last: Word | None = None
        self.soft: TargetKind | None = None
        self.about = self.unequal = self.among = self.baseline = False
        #: 未达到, 没有达到: 以上 behind the number belongs to what was to be reached.
        self.missed = False
        self.noun: str | None = None
        self.verb: str | None = None
        self.verb_at = -1
        self.per: list[str] = []
        self.inclusions: list[Word] = []

    def word(self, clause: Clause, index: int, word: Word) -> None:
        """Take in one word."""
        kind = word.kind
        if kind in EXPLICIT:
            self.compare(clause, index, word)
        elif kind in _SOFT:
            self.reach(clause, index, word)
        elif kind in _NOUNS:
            self.noun = _NOUNS[kind]
        elif kind in _VERBS:
            self.verb, self.verb_at = _VERBS[kind], index
        elif kind in _FLAGS:
            setattr(self, _FLAGS[kind], True)
        elif kind == "BETTER":
            raise Trouble("PF331", word.start, word.end)
        elif kind == "UNTO":
            self.until()
        elif kind == "EVERY":
            self.per.append(each(word.text))
        elif kind in {"INCLUDED", "EXCLUDED"}:
            self.inclusions.append(word)

    def reach(self, clause: Clause, index: int, word: Word) -> None:
        """Take in 达到 or 控制在; what was not reached is less."""
        self.soft, self.verb = _SOFT[word.kind], None
        if _denial(clause, index) is not None:
            self.soft, self.op, self.last, self.missed = None, TargetKind.LESS_THAN, word, True

    def until(self) -> None:
        """Take in 至 or 到 behind a verb of change: it names the end, not the size."""
        direction = self.verb or self.noun
        if direction is not None:
            self.soft = TargetKind.AT_LEAST if direction == "increase" else TargetKind.AT_MOST
            self.verb = self.noun = None

    def compare(self, clause: Clause, index: int, word: Word) -> None:
        """Take in a comparison; a second one must say the same in other words."""
        found, last = EXPLICIT[word.kind], self.last
        if _denial(clause, index) is not None:
            found = _DENIED[found]
        self.missed = word.text == "未达到"
        if last is not None:
            touching = last.end == word.start and last.text[0] in _SYMBOLS and word.text[0] in _SYMBOLS
            if touching and self.op is found:
                raise Trouble("PF313", last.start, word.end)
            if self.op is not found and not self.named(clause, last, word):
                raise Trouble("PF314", last.start, word.end)
        following = clause.lead[index + 1] if index + 1 < len(clause.lead) else None
        if following is not None and word.text[0] not in _SYMBOLS and found is not TargetKind.EQUAL:
            rest = "".join([later.text for later in clause.lead[index + 1 :]])
            is_number_of_then = _NUMBER_OF_THEN.fullmatch(f"{rest}{clause.unit}") is not None
            if _ELSEWHERE.match(rest) and not self.verb and not is_number_of_then:
                raise Trouble("PF330", word.start, following.end)
        self.op, self.last = found, word

    @staticmethod
    def named(clause: Clause, first: Word, second: Word) -> bool:
        """Return whether the first comparison is part of the name: 高于平均水平的比例≥80%."""
        between = [word for word in clause.lead if first.end <= word.start < second.start]
        return first.text[0] not in _SYMBOLS and sum(len(word.text) for word in between if word.kind == "WORD") > 1

    def verbs_direction(self, clause: Clause, *, ratio: bool) -> str | None:
        """Return whether 提高… is a change by the number, or only part of the name of what is measured.

        Raises:
            Trouble: PF331 where both are meant as often: 提高就业率5%, 提高就业率95%.
        """
        if self.verb is None:
            return None
        lead = clause.lead
        between = "".join([word.text for word in lead[self.verb_at + 1 :] if word.kind in {"WORD", "NAME"}])
        before = "".join([word.text for word in lead[: self.verb_at]])
        if not ratio and (_WORK_BEHIND.match(between) or (not between and _WORK_BEFORE.search(before))):
            return None
        if self.baseline or not between:
            return self.verb
        if _SPEED.search(between) or (ratio and not _RATIO.search(between)):
            return self.verb
        heads = _ADVERBS.fullmatch(before) is not None
        if not ratio:
            return self.verb if heads and not _AMOUNT.search(between) else None
        if heads and self.op is None and _RATIO.search(between):
            raise Trouble("PF331", lead[self.verb_at].start, lead[-1].end)
        return None

    def with_edges(self, edges: tuple[Word, ...]) -> TargetKind | None:
        """Return the comparison that the words before and behind the number make together."""
        op, edge, inclusion = self.op, None, None
        for word in edges:
            if word.kind == "AROUND":
                self.about = True
            elif self.missed and EDGES.get(word.kind) is TargetKind.AT_LEAST:
                continue
            elif word.kind in EDGES:
                if edge is not None and edge is not EDGES[word.kind]:
                    raise Trouble("PF314", word.start, word.end)
                edge = EDGES[word.kind]
                if op is not None and op is not edge and (op, edge) not in _WITH_EDGE:
                    raise Trouble("PF314", self.last.start if self.last else word.start, word.end)
            else:
                inclusion = word.kind
        if edge is not None:
            op = edge
        if op is not None and inclusion is not None:
            op = (_INCLUDED if inclusion == "INCLUDED" else _EXCLUDED).get(op, op)
        return op
