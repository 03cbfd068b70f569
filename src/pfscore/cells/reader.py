"""Read the cells of a form: targets and completion values, with the comparator and unit cells beside them.

>>> str(parse_target("≥26万人"))
'≥260000人'
>>> parse_target("26", comparator="≥", unit="万人") == parse_target("≥26万人")
True
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple, cast

from pfscore.cells.cell_text import CellText, SideName, in_column, listed, respelled, taken_apart
from pfscore.cells.grammar.parser import parse
from pfscore.cells.grammar.terminals import counts_in_digits
from pfscore.cells.grammar.tree import Conditions, Trouble
from pfscore.cells.lexicon.word_patterns import Match, Trace, rules, traced
from pfscore.cells.meaning.cell import Cell, date_in_column, read_comparator, read_unit, under_two_units
from pfscore.cells.meaning.comparator_words import EXPLICIT
from pfscore.cells.meaning.conditions import read_conditions
from pfscore.cells.meaning.results import without
from pfscore.cells.meaning.words import (
    change_in_words,
    change_of_share,
    check_words,
    circled_in_digits,
    currency_behind,
    date_in_digits,
    is_verdict,
    share_of_base,
    signed_change,
    zero_in_digits,
)
from pfscore.cells.plain_numbers import plain_interval, plain_number, plain_words
from pfscore.cells.readings import (
    Achieved,
    Actual,
    AllOf,
    Assumption,
    Bound,
    Dated,
    Deadline,
    Level,
    Measured,
    NotApplicable,
    Reading,
    Target,
    TargetKind,
)
from pfscore.cells.refusals.damage import SPACED_OUT, check_damage, diagnose, is_blank, is_crowded, is_prose, is_words
from pfscore.cells.refusals.leftovers import account, note_left_out
from pfscore.cells.refusals.sentences import explain
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.errors import ExpressionError
from pfscore.foundation.folding import fold, fold_without_spaces
from pfscore.foundation.runtime.memory import remembered
from pfscore.foundation.text import Message


@dataclass(frozen=True, slots=True)
class Refusal:
    """A cell that cannot be read: its code, and the reason, which is put into words when it is asked for.

    `case` tells the cases of a code apart that have sentences of their own.
    """

    code: str
    start: int
    end: int
    side: SideName
    text: str
    comparator: str | None
    unit: str | None
    case: str | None = None

    @property
    def diagnostic(self) -> Diagnostic:
        """The reason, with the place and the nearest cells that would be read."""
        return _explained(self)

    def error(self) -> ExpressionError:
        """Return the error to raise."""
        return ExpressionError.of(self.diagnostic)


def parse_target(text: str, *, comparator: str | None = None, unit: str | None = None) -> Target:
    """Read a target cell (指标值), with the comparator (计算符号) and the unit (度量单位) of the columns beside it.

    Raises:
        ExpressionError: PF3xx, where the cell cannot be read or a column contradicts it.

    >>> str(parse_target("控制在60%到80%的区间"))
    '60%~80%'
    >>> str(parse_target("自受理申请之日起20个工作日内"))
    '≤20工作日'
    """
    found = read_target(text, comparator, unit)
    if isinstance(found, Refusal):
        raise found.error()
    return found


def parse_actual(text: str, *, unit: str | None = None) -> Actual:
    """Read a completion cell (完成值), with the unit of the column beside it.

    Raises:
        ExpressionError: PF3xx, where the cell cannot be read or the unit column contradicts it.

    >>> str(parse_actual("54.62亿元"))
    '5462000000元'
    """
    found = read_actual(text, unit)
    if isinstance(found, Refusal):
        raise found.error()
    return found


@remembered
def read_target(text: str, comparator: str | None = None, unit: str | None = None) -> Target | Refusal:
    """Read as :func:`parse_target` does, and return a refusal instead of raising."""
    return cast("Target | Refusal", _read("target", text, comparator, unit))


@remembered
def read_actual(text: str, unit: str | None = None) -> Actual | Refusal:
    """Read as :func:`parse_actual` does, and return a refusal instead of raising."""
    return cast("Actual | Refusal", _read("actual", text, None, unit))


# ── the passes ──
@dataclass(slots=True)
class _Draft:
    """A cell between two passes: its texts, what the passes before found, and the outcome once there is one."""

    side: SideName
    author: str
    comparator: str | None = None
    unit: str | None = None
    #: A text that the last pass made of the cell; it is not changed once more.
    is_second: bool = False
    #: The passes that were begun, each with the number of rules that had matched before it; only for `why`.
    begun: list[tuple[Pass, bool, int]] | None = None
    trace: Trace | None = None
    text: CellText | None = None
    cell: Cell | None = None
    parsed: Conditions | None = None
    outcome: Reading | Trouble | None = None

    def begin(self, one: Pass) -> int:
        """Record that a pass begins, where that is wanted, and return its place in the record."""
        if self.begun is None or self.trace is None:
            return 0
        self.begun.append((one, self.is_second, len(self.trace.matches)))
        return len(self.begun) - 1

    @property
    def compact(self) -> str:
        """The text that the grammar reads."""
        return self.spelled.compact

    @property
    def spelled(self) -> CellText:
        """The text in its one spelling."""
        if self.text is None:
            self.text = CellText(self.author)
        return self.text


def _plain_number(draft: _Draft) -> Reading | None:
    """Read ≥26万人, 95%以上 and 60%~80% without the grammar."""
    found = plain_number(draft.side, draft.author, draft.comparator, draft.unit)
    if found is None and draft.side == "target" and not draft.comparator:
        found = plain_interval(draft.author, draft.unit, _interval)
    return found


def _spelling(draft: _Draft) -> None:
    """Fold the characters, and refuse a cell that holds nothing."""
    if is_blank(draft.compact):
        raise Trouble("PF301", 0, len(draft.compact))


def _damage(draft: _Draft) -> None:
    """Refuse a cell whose characters show damage."""
    check_damage(draft.spelled)


def _columns(draft: _Draft) -> Reading | None:
    """Read the comparator and the unit beside the cell; in a column of dates, digits are one: 2024.10.

    Under a column of two units, a cell has two numbers: 200/15 under 个/亿元.
    """
    if draft.unit is not None and not _PARTING.isdisjoint(draft.unit) and (both := _two_units(draft)) is not None:
        return both
    beside = read_comparator(draft.comparator), read_unit(draft.unit)
    if beside[1].of_dates and (date := date_in_column(draft.compact)) is not None:
        draft.text = CellText(date)
    draft.cell = Cell(draft.side, *beside, draft.compact, draft.spelled.cut)
    return None


#: What parts the units of a column of two.
_PARTING = frozenset("/／;；,，、\n")


def _two_units(draft: _Draft) -> Reading | None:
    """Read the two numbers of a cell whose unit column is for two: 200/15 under 个/亿元."""
    text = fold(draft.author.strip().replace("\n", "/"))
    both = None if draft.is_second else under_two_units(text, fold_without_spaces(draft.unit or ""))
    if both is None:
        return None
    found = [_outcome(_Draft(draft.side, text, draft.comparator, unit, is_second=True)) for text, unit in both]
    parts = [one for one in found if isinstance(one, Bound | Measured | Achieved)]
    return AllOf(tuple(parts)) if len(parts) == len(both) else None


def _in_words(draft: _Draft) -> Reading | None:
    """Read a number that is written as a word (零, 翻一番, 减半) or behind its currency, and what is only a verdict."""
    if is_verdict(draft.compact) and is_blank(draft.comparator or ""):
        return Level(draft.spelled.stripped())
    if (day := date_in_digits(draft.compact)) is not None:
        found = _outcome(_Draft(draft.side, day, draft.comparator, draft.unit, is_second=True))
        return found if isinstance(found, Deadline | Dated) else None
    change = change_in_words(draft.compact)
    if change is not None and is_blank(draft.comparator or ""):
        return change
    if draft.side == "target" and (changed := _CHANGED.fullmatch(draft.compact)) is not None:
        found = _outcome(_Draft("target", changed["now"], draft.comparator, draft.unit, is_second=True))
        zh, en = f"按调整后的“{changed['now']}”计", f"what it was changed to counts, {changed['now']!r}"
        return (
            None
            if isinstance(found, Trouble)
            else replace(found, assumptions=(*found.assumptions, Assumption("changed", Message(zh, en))))
        )
    if (of_base := share_of_base(draft.compact)) is not None:
        return _grown(draft, *of_base)
    digits = zero_in_digits(draft.compact) or circled_in_digits(draft.compact) or currency_behind(draft.compact)
    digits = digits or signed_change(draft.compact)
    if digits is None or digits == draft.compact:
        return None
    found = _outcome(_Draft(draft.side, digits, draft.comparator, draft.unit, is_second=True))
    return None if isinstance(found, Trouble) else found


def _grown(draft: _Draft, base: str, share: str) -> Reading | None:
    """Read a share of a base as the change that it is: 上年的108% is 增长8%."""
    found = _outcome(_Draft(draft.side, share, draft.comparator, is_second=True))
    if not isinstance(found, Bound | Measured | Achieved) or found.quantity.unit not in {"1", "倍"}:
        return None
    zh = f"“{draft.spelled.stripped()}”按比{base}的变化计"
    message = Message(zh, f"“{draft.spelled.stripped()}” is read as a change against {base}")
    return change_of_share(found, Assumption("share_of_base", message))


def _prose(draft: _Draft) -> Reading | None:
    """Read a long text as words, and refuse one that holds more than anybody would look through."""
    if is_prose(draft.compact):
        return Level(draft.spelled.stripped())
    if is_crowded(draft.compact):
        raise Trouble("PF312", 0, len(draft.compact))
    return None


def _items(draft: _Draft) -> Reading | None:
    """Read a numbered list, of which every item has a unit of its own, whatever the column says."""
    items = listed(draft.spelled)
    if items is None or draft.comparator or draft.is_second:
        return None
    found = _outcome(_Draft(draft.side, items.text, is_second=True))
    return found if isinstance(found, AllOf) and all(_has_unit(part) for part in found.parts) else None


def _has_unit(part: Reading) -> bool:
    match part:
        case Bound(quantity=quantity) | Measured(quantity=quantity) | Achieved(quantity=quantity):
            return quantity.unit is not None
    return isinstance(part, Level | Deadline | Dated)


def _grammar(draft: _Draft) -> Reading | None:
    """Parse the cell; what the grammar need not or cannot read are words, or a mistake that has a name."""
    compact = draft.compact
    if not plain_words(compact):
        try:
            draft.parsed = parse(draft.side, compact)
        except Trouble as trouble:
            if trouble.code != "PF302":
                raise
            if not is_words(compact):
                raise diagnose(trouble, compact) from None
    if draft.parsed is None:
        check_words(compact)
        return Level(draft.spelled.stripped())
    return NotApplicable() if draft.parsed.not_applicable else None


def _meaning(draft: _Draft) -> Reading | None:
    """Decide what the parts of the cell ask for together."""
    if draft.cell is None or draft.parsed is None:
        return None
    return read_conditions(draft.cell, draft.parsed)


def _leftovers(draft: _Draft) -> Reading | None:
    """Check that nothing is passed over: what belongs to a number is part of one, and what is assumed is named."""
    found = draft.outcome
    if draft.text is None or not isinstance(found, Reading) or isinstance(found, _TEXTS):
        return None
    parsed = draft.parsed or Conditions((), ())
    accounted = account(found, parsed, draft.compact, draft.spelled.note)
    folded = draft.spelled.folded
    for spaced in _SPACED.finditer(folded):
        accounted = replace(accounted, assumptions=(*accounted.assumptions, _thousands(spaced[0])))
    if (spread := SPACED_OUT.search(folded.strip())) is not None:
        accounted = replace(accounted, assumptions=(*accounted.assumptions, _one_number(spread[0])))
    return None if accounted is found else accounted


def _thousands(text: str) -> Assumption:
    message = Message(f"“{text}”里的空格按千分位计", f"the spaces of “{text}” are taken to separate thousands")
    return Assumption("thousands", message)


def _one_number(text: str) -> Assumption:
    message = Message(f"“{text}”里的空格视为转换时带入的，按一个数读", f"the digits of “{text}” are one number, spread")
    return Assumption("spread_digits", message)


# The rules are described, with cells, in grammar/words/damage.txt and conditions.txt.
_SPACED, _CHANGED = rules("space_of_thousands", "changed_with_leave")


#: Readings that hold the whole text.
_TEXTS = (Level, Deadline, Dated)


def _again(draft: _Draft) -> Reading | None:
    """Read once more what holds two numbers without a joint (47户163人), and what counts in words (至少一次)."""
    found = draft.outcome
    if isinstance(found, Level) and draft.cell is not None and draft.parsed is not None:
        return _counted(draft.cell, draft.parsed, draft.spelled.note)
    if not isinstance(found, Trouble) or draft.is_second:
        return None
    apart = taken_apart(draft.side, draft.spelled, found, _is_bare) if found.code == "PF317" else None
    apart = in_column(draft.spelled) if found.code == "PF323" and draft.side == "actual" else apart
    apart = apart or respelled(draft.spelled)
    if apart is None:
        return None
    changed = replace(draft, author=apart.text, is_second=True, text=None, cell=None, parsed=None, outcome=None)
    second = _outcome(changed)
    if isinstance(second, Trouble):
        return None
    if draft.spelled.note is not None and not any(one.key == "note_mark" for one in second.assumptions):
        second = replace(second, assumptions=(*second.assumptions, note_left_out(draft.spelled.note)))
    return second if apart.left_out is None else without(second, draft.side, [apart.left_out])


class Pass(NamedTuple):
    """One pass over a cell: it gives the reading, refuses the cell, or leaves both to the passes behind it."""

    name: str
    title: Message
    run: Callable[[_Draft], Reading | None]
    #: It looks at what the others came to, and may come to something better.
    is_last: bool = False


#: How a cell is read, in this order.
PASSES = (
    Pass("plain_number", Message("普通数字", "a plain number"), _plain_number),
    Pass("spelling", Message("统一写法", "spelling"), _spelling),
    Pass("damage", Message("查损坏", "damage"), _damage),
    Pass("columns", Message("旁边的栏", "the columns beside it"), _columns),
    Pass("in_words", Message("文字写的数", "numbers in words"), _in_words),
    Pass("prose", Message("长段文字", "running text"), _prose),
    Pass("items", Message("编号的列项", "numbered items"), _items),
    Pass("grammar", Message("文法", "grammar"), _grammar),
    Pass("meaning", Message("含义", "meaning"), _meaning),
    Pass("leftovers", Message("余下的字", "what is left over"), _leftovers, is_last=True),
    Pass("again", Message("再读一遍", "a second reading"), _again, is_last=True),
)


def _outcome(draft: _Draft, passes: tuple[Pass, ...] = PASSES) -> Reading | Trouble:
    """Run the passes over a cell."""
    for one in passes:
        if draft.outcome is not None and not one.is_last:
            continue
        begun = draft.begin(one)
        try:
            found: Reading | Trouble | None = one.run(draft)
        except Trouble as trouble:
            found = trouble
        if found is not None:
            draft.outcome = found
        elif one.is_last and draft.begun is not None:
            del draft.begun[begun:]
    return cast("Reading | Trouble", draft.outcome)


def _read(side: SideName, author: str, comparator: str | None, unit: str | None) -> Reading | Refusal:
    return _answer(_Draft(side, author, comparator, unit))


def _answer(draft: _Draft) -> Reading | Refusal:
    found = _outcome(draft)
    if not isinstance(found, Trouble):
        return found
    beside = draft.comparator, draft.unit
    return Refusal(found.code, found.start, found.end, draft.side, draft.author, *beside, found.details.get("case"))


def _tried(side: SideName, text: str) -> Reading | None:
    """Read a cell on its own; `None` where it would be refused."""
    found = _outcome(_Draft(side, text, is_second=True))
    return None if isinstance(found, Trouble) else found


def _interval(text: str, unit: str | None) -> Reading | None:
    """Read a target by the grammar, which is slow."""
    found = _outcome(_Draft("target", text, unit=unit), PASSES[1:])
    return None if isinstance(found, Trouble) else found


def _is_bare(text: str) -> bool:
    """Return whether a text holds quantities and asks nothing of them."""
    found = _tried("target", text)
    parts = found.parts if isinstance(found, AllOf) else (found,)
    return all(isinstance(part, Bound) and part.op is TargetKind.BARE for part in parts)


def _counted(cell: Cell, parsed: Conditions, note: str | None) -> Reading | None:
    """Look a second time at words that compare: in 至少举办一次培训 the 一 counts, in 一次性完成 it does not."""
    if not any(word.kind in EXPLICIT or word.kind == "EVERY" for clause in parsed.clauses for word in clause.lead):
        return None
    digits = counts_in_digits(cell.compact)
    if digits == cell.compact:
        return None
    try:
        again = parse(cell.side, digits)
        if len(again.clauses) != 1 or again.clauses[0].measure is None:
            return None
        found = read_conditions(cell._replace(compact=digits, cut=lambda start, end: digits[start:end]), again)
        return account(found, again, digits, note)
    except Trouble as trouble:
        if trouble.code in _OF_COLUMNS:
            raise
        return None


#: A column contradicts the cell, in digits as in words.
_OF_COLUMNS = frozenset({"PF323", "PF325"})


@remembered
def _explained(refusal: Refusal) -> Diagnostic:
    details = {} if refusal.case is None else {"case": refusal.case}
    trouble = Trouble(refusal.code, refusal.start, refusal.end, **details)
    beside = refusal.comparator, refusal.unit
    return explain(
        trouble, refusal.side, CellText(refusal.text), beside, lambda near: _tried(refusal.side, near) is not None
    )


# ── why ──
class Step(NamedTuple):
    """A pass that took part in a reading, and the named rules that matched in it; `is_second` in a second reading."""

    of: Pass
    matches: tuple[Match, ...]
    is_second: bool


def why(
    side: SideName, text: str, *, comparator: str | None = None, unit: str | None = None
) -> tuple[Reading | Refusal, tuple[Step, ...]]:
    """Read a cell, and return the passes and the named rules that took part, in their order.

    >>> reading, steps = why("actual", "计划10次，实际12次")
    >>> str(reading), [(step.of.name, [match.rule.name for match in step.matches]) for step in steps if step.matches]
    ('12次', [('meaning', ['to_come', 'plan', 'denial'])])
    """
    # Columns are remembered, and what is remembered shows no rules.
    read_comparator.cache_clear()
    read_unit.cache_clear()
    with traced() as trace:
        draft = _Draft(side, text, comparator, unit, begun=[], trace=trace)
        reading = _answer(draft)
    begun = draft.begun or []
    ends = [place for _, _, place in begun[1:]] + [len(trace.matches)]
    steps = [
        Step(one, tuple(dict.fromkeys(trace.matches[start:end])), is_second)
        for (one, is_second, start), end in zip(begun, ends, strict=True)
    ]
    return reading, tuple(steps)
