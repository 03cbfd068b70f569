"""What a cell says: quantities, bounds, intervals, changes, deadlines, words.

Every reading is frozen, hashable and picklable. `str()` gives its one canonical text, which reads back to an
equal reading; `as_json()` gives the reading as `pfscore parse --json` prints it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar, Literal, Self

from pfscore.cells.lexicon import calendar
from pfscore.cells.lexicon.quantities import Quantity as Quantity
from pfscore.cells.lexicon.quantities import say as say
from pfscore.cells.lexicon.word_patterns import rule
from pfscore.foundation.numbers import decimal_text
from pfscore.foundation.text import Lang, Message

#: To which side a number improves: up, down, to one number, or into an interval.
Direction = Literal["higher", "lower", "equal", "between"]

# In grammar/words/beside_numbers.txt.
_BY_AN_OCCASION = rule("by_an_occasion")


#: The sign of the other side.
_OTHER_SIDE = str.maketrans("≥≤><", "≤≥<>")


class TargetKind(StrEnum):
    """A kind of target, as rules tell them apart; every table of signs, words and directions is derived from here.

    The first seven compare with one number (a `Bound`); each of the others is a class of readings. Each member has
    its canonical sign before a quantity, the word by which authors of rules name it, its direction, the words
    before a quantity, and the name of targets of this kind. A bare number has no sign and no direction; 左右 is
    written behind its quantity.

    >>> TargetKind.AT_LEAST.sign, TargetKind.AT_LEAST.direction, TargetKind.AT_LEAST.words.en
    ('≥', 'higher', 'at least')
    >>> TargetKind.of("区间").targets.en
    'intervals'
    """

    AT_LEAST = "at_least", "≥", "≥", "higher", ("不低于", "at least"), ("≥ 指标", "≥ targets")
    GREATER_THAN = "greater_than", ">", ">", "higher", ("高于", "more than"), ("> 指标", "> targets")
    AT_MOST = "at_most", "≤", "≤", "lower", ("不超过", "at most"), ("≤ 指标", "≤ targets")
    LESS_THAN = "less_than", "<", "<", "lower", ("低于", "less than"), ("< 指标", "< targets")
    EQUAL = "equal", "=", "=", "equal", ("等于", "exactly"), ("= 指标", "= targets")
    APPROXIMATELY = "approximately", "", "左右", "between", ("大约", "about"), ("“左右”的指标", "targets of about")
    BARE = "bare", "", "无符号", None, ("", ""), ("没有符号的数", "bare numbers")
    BETWEEN = "between", "", "区间", "between", ("", ""), ("区间指标", "intervals")
    CHANGE = "change", "", "增减", None, ("", ""), ("增减指标", "changes")
    DEADLINE = "deadline", "", "时限", None, ("", ""), ("时限指标", "time limits")
    LEVEL = "level", "", "定性", None, ("", ""), ("定性指标", "words")
    ALL_OF = "all_of", "", "且", None, ("", ""), ("几个条件都要满足的指标", "several conditions")
    ANY_OF = "any_of", "", "或", None, ("", ""), ("满足一个条件即可的指标", "one of several conditions")

    _value_: str
    sign: str
    author_word: str
    direction: Direction | None
    words: Message
    targets: Message

    def __new__(
        cls,
        name: str,
        sign: str,
        author_word: str,
        direction: Direction | None,
        words: tuple[str, str],
        targets: tuple[str, str],
    ) -> Self:
        """Make a member of its row of the table."""
        kind = str.__new__(cls, name)
        kind._value_ = name
        kind.sign, kind.author_word, kind.direction = sign, author_word, direction
        kind.words, kind.targets = Message(*words), Message(*targets)
        return kind

    @property
    def turned(self) -> TargetKind:
        """The kind for a number that is turned round, or its side.

        >>> TargetKind.AT_LEAST.turned, TargetKind.BARE.turned
        (<TargetKind.AT_MOST: 'at_most'>, <TargetKind.BARE: 'bare'>)
        """
        other = self.sign.translate(_OTHER_SIDE)
        return next((kind for kind in TargetKind if other and kind.sign == other), self)

    @staticmethod
    def of(author_word: str) -> TargetKind:
        """Return the kind that authors of rules name by `author_word`."""
        return _NAMED[author_word]


_NAMED = {kind.author_word: kind for kind in TargetKind}

#: A floor, and a ceiling.
LOWER = frozenset(kind for kind in TargetKind if kind.direction == "higher")
UPPER = frozenset(kind for kind in TargetKind if kind.direction == "lower")


@dataclass(frozen=True, slots=True)
class Assumption:
    """Something that is not literally in the text but was needed to go on; `key` names its kind.

    >>> import pfscore
    >>> rules = pfscore.load_ruleset("cn-hn/project", on="2023-12-31")
    >>> one = rules.score(target="48亿元", actual="54.62亿元", points="5")
    >>> one.assumptions[0].key, one.assumptions[0].message.en
    ('direction', '“4800000000 元” has no sign; taken as a floor')
    """

    key: str
    message: Message


@dataclass(frozen=True, slots=True)
class Reading:
    """The base of all readings; `assumptions`, `label` and `beside` do not take part in equality.

    `label` are the words around a number that ask nothing of it and only name what is counted, `beside` those of
    clauses that have no number.

    >>> import pfscore
    >>> pfscore.parse_target("全年开展培训≥3次").label
    '全年开展培训'
    >>> pfscore.parse_actual("完成3次，未完成年度任务").beside
    ('未完成年度任务',)
    """

    kind: ClassVar[str]
    assumptions: tuple[Assumption, ...] = field(default=(), compare=False, kw_only=True)
    label: str = field(default="", compare=False, kw_only=True)
    beside: tuple[str, ...] = field(default=(), compare=False, kw_only=True)

    def as_json(self) -> dict[str, Any]:
        """Return the reading as plain JSON data with decimal text for numbers."""
        data = {"kind": str(self.kind_name()), **self._content()}
        data["canonical"] = str(self)
        data["assumptions"] = [assumption.message.zh for assumption in self.assumptions]
        return data

    def kind_name(self) -> str:
        """Return the kind as the JSON contract names it."""
        return self.kind

    @property
    def target_kind(self) -> TargetKind | None:
        """The kind of target that the reading is; `None` for readings that are no target of a rule."""
        kind = self.kind_name()
        return kind if isinstance(kind, TargetKind) else None

    def in_words(self, lang: Lang = "zh") -> str:
        """Return the reading in words that an official checks at a glance."""
        raise NotImplementedError

    def _content(self) -> dict[str, Any]:
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class _Text(Reading):
    """A reading that keeps the words of its cell: `text` is the stripped cell."""

    said: ClassVar[Message]
    text: str

    def __str__(self) -> str:
        return self.text

    def in_words(self, lang: Lang = "zh") -> str:
        return self.said.text(lang).format(self.text)

    def _content(self) -> dict[str, Any]:
        return {"text": self.text}


@dataclass(frozen=True, slots=True)
class _Several(Reading):
    """A reading of several parts; `joint` stands between them."""

    joint: ClassVar[Message]
    parts: tuple[Reading, ...]

    def in_words(self, lang: Lang = "zh") -> str:
        return _listed(self.joint.text(lang), self.parts, lang)

    def _content(self) -> dict[str, Any]:
        left_out = {"canonical", "assumptions"}
        parts = [part.as_json() for part in self.parts]
        return {"parts": [{key: value for key, value in part.items() if key not in left_out} for part in parts]}


@dataclass(frozen=True, slots=True)
class Bound(Reading):
    """A quantity with what is asked of it: `≥26万人`, `90%左右`, or bare (`48亿元`).

    >>> import pfscore
    >>> isinstance(pfscore.parse_target("≥26万人"), pfscore.Bound)
    True
    """

    kind: ClassVar[str] = "bound"
    kinds: ClassVar[tuple[TargetKind, ...]] = (
        *(TargetKind.AT_LEAST, TargetKind.GREATER_THAN, TargetKind.AT_MOST, TargetKind.LESS_THAN),
        *(TargetKind.EQUAL, TargetKind.APPROXIMATELY, TargetKind.BARE),
    )
    """The kinds of targets that compare with one number."""
    op: TargetKind
    quantity: Quantity

    def kind_name(self) -> str:
        return self.op

    def __str__(self) -> str:
        if self.op is TargetKind.APPROXIMATELY:
            return f"{self.quantity}左右"
        return f"{self.op.sign}{self.quantity}"

    def in_words(self, lang: Lang = "zh") -> str:
        return _spaced(self.op.words.text(lang), say(self.quantity, lang))

    def _content(self) -> dict[str, Any]:
        return _number(self.quantity)


@dataclass(frozen=True, slots=True)
class Between(Reading):
    """An interval, its edges included unless `low_open` or `high_open`.

    >>> import pfscore
    >>> isinstance(pfscore.parse_target("控制在60%到80%的区间"), pfscore.Between)
    True
    """

    kind: ClassVar[str] = TargetKind.BETWEEN
    low: Quantity
    high: Quantity
    low_open: bool = False
    high_open: bool = False

    def __str__(self) -> str:
        if self.low_open or self.high_open:
            return f"{'(' if self.low_open else '['}{self.low},{self.high}{')' if self.high_open else ']'}"
        return f"{self.low}~{self.high}"

    def in_words(self, lang: Lang = "zh") -> str:
        low, high = say(self.low, lang), say(self.high, lang)
        if lang == "en":
            return f"from {low} ({_edge(self.low_open, lang)}) to {high} ({_edge(self.high_open, lang)})"
        return f"从 {low}（{_edge(self.low_open, lang)}）到 {high}（{_edge(self.high_open, lang)}）"

    def _content(self) -> dict[str, Any]:
        data: dict[str, Any] = {
            "low": decimal_text(self.low.value),
            "high": decimal_text(self.high.value),
            "unit": self.low.unit,
        }
        if self.low_open:
            data["low_open"] = True
        if self.high_open:
            data["high_open"] = True
        return data


@dataclass(frozen=True, slots=True)
class Change(Reading):
    """A change against a baseline: 增长5%以上, 较上年下降2个百分点. `direction` is `increase` or `decrease`.

    >>> import pfscore
    >>> isinstance(pfscore.parse_target("增长5%以上"), pfscore.Change)
    True
    """

    kind: ClassVar[str] = TargetKind.CHANGE
    direction: str
    op: TargetKind
    quantity: Quantity

    def __str__(self) -> str:
        verb = "增长" if self.direction == "increase" else "下降"
        return f"{verb}{Bound(self.op, self.quantity)}"

    def in_words(self, lang: Lang = "zh") -> str:
        if lang == "en":
            verb = "rises by" if self.direction == "increase" else "falls by"
        else:
            verb = "比基期增长" if self.direction == "increase" else "比基期下降"
        return _spaced(verb, Bound(self.op, self.quantity).in_words(lang))

    def _content(self) -> dict[str, Any]:
        return {"direction": self.direction, "op": self.op.value, **_number(self.quantity)}


@dataclass(frozen=True, slots=True)
class NotApplicable(Reading):
    """不适用: the row does not concern this body.

    >>> import pfscore
    >>> isinstance(pfscore.parse_target("不适用"), pfscore.NotApplicable)
    True
    """

    kind: ClassVar[str] = "not_applicable"

    def __str__(self) -> str:
        return "不适用"

    def in_words(self, lang: Lang = "zh") -> str:
        return "not applicable" if lang == "en" else "不适用"

    def _content(self) -> dict[str, Any]:
        return {}


@dataclass(frozen=True, slots=True)
class Level(_Text):
    """A word instead of a number: 优, 健全, 达成预期指标. `text` is the stripped cell.

    >>> import pfscore
    >>> pfscore.parse_target("健全").text
    '健全'
    """

    kind: ClassVar[str] = TargetKind.LEVEL
    said: ClassVar[Message] = Message("文字“{}”", "the words “{}”")


@dataclass(frozen=True, slots=True)
class Deadline(_Text):
    """A calendar limit: 9月前, 2025年年底前. `text` is the stripped cell.

    >>> import pfscore
    >>> isinstance(pfscore.parse_target("2025年年底前"), pfscore.Deadline)
    True
    """

    kind: ClassVar[str] = TargetKind.DEADLINE
    said: ClassVar[Message] = Message("时限“{}”", "the time limit “{}”")

    def last_day(self, year: int | None) -> date | None:
        """Return the last day that keeps the limit in a form of `year`; `None` where no day follows from it.

        Where the limit names its own year, the form need not.

        >>> Deadline("9月底前").last_day(2023)
        datetime.date(2023, 9, 30)
        >>> Deadline("2024年春节前").last_day(2024)
        """
        if _BY_AN_OCCASION.search(self.text):
            return None  # no calendar here has that day
        return calendar.in_year(lambda one: calendar.last_permitted(self.text, one), year)

    def whole_period(self, year: int | None) -> tuple[date, date] | None:
        """Return the first and the last day of a month, quarter or year before which a limit lies; `None` for a day.

        >>> Deadline("9月前").whole_period(2023), Deadline("9月底前").whole_period(2023)
        ((datetime.date(2023, 9, 1), datetime.date(2023, 9, 30)), None)
        """
        days = calendar.in_year(lambda one: calendar.days_of(self.text, one), year)
        return None if days is None or not days.before else (days.first, days.last)

    def planned_days(self, year: int | None) -> int | None:
        """Return how many days the work is to take, where the limit states its start and its end.

        >>> Deadline("2021年1月1日至4月10日").planned_days(2021), Deadline("9月底前").planned_days(2023)
        (100, None)
        """
        span = calendar.in_year(lambda one: calendar.start_and_end(self.text, one), year)
        return None if span is None else (span[1].last - span[0].first).days + 1


@dataclass(frozen=True, slots=True)
class AllOf(_Several):
    """Several conditions that must all hold.

    >>> import pfscore
    >>> len(pfscore.parse_target("合格率≥98%且故障率≤2%").parts)
    2
    """

    kind: ClassVar[str] = TargetKind.ALL_OF
    joint: ClassVar[Message] = Message("，并且", "and")

    def __str__(self) -> str:
        # A floor and a ceiling would read back as an interval; 另项 says that they are on two things.
        return ("且另项" if on_two_things(self.parts) else "且").join(map(str, self.parts))

    def in_words(self, lang: Lang = "zh") -> str:
        joint = Message("，并且另一项", "and another thing") if on_two_things(self.parts) else self.joint
        return _listed(joint.text(lang), self.parts, lang)


@dataclass(frozen=True, slots=True)
class AnyOf(_Several):
    """Several conditions of which one must hold.

    >>> import pfscore
    >>> issubclass(pfscore.AnyOf, type(pfscore.parse_target("≥5人或≥6户")).__mro__[1])
    True
    """

    kind: ClassVar[str] = TargetKind.ANY_OF
    joint: ClassVar[Message] = Message("，或者", "or")

    def __str__(self) -> str:
        return "或".join(map(str, self.parts))


@dataclass(frozen=True, slots=True)
class Measured(Reading):
    """An actual that is a number: 54.62亿元, 99%.

    >>> import pfscore
    >>> isinstance(pfscore.parse_actual("54.62亿元"), pfscore.Measured)
    True
    """

    kind: ClassVar[str] = "quantity"
    quantity: Quantity

    def __str__(self) -> str:
        return str(self.quantity)

    def in_words(self, lang: Lang = "zh") -> str:
        return say(self.quantity, lang)

    def _content(self) -> dict[str, Any]:
        return _number(self.quantity)


@dataclass(frozen=True, slots=True)
class Achieved(Reading):
    """An actual that repeats a bound (`≥95%`): the exact value is not stated.

    >>> import pfscore
    >>> isinstance(pfscore.parse_actual("≥95%"), pfscore.Achieved)
    True
    """

    kind: ClassVar[str] = "bound"
    op: TargetKind
    quantity: Quantity

    def __str__(self) -> str:
        return str(Bound(self.op, self.quantity))

    def in_words(self, lang: Lang = "zh") -> str:
        return Bound(self.op, self.quantity).in_words(lang)

    def _content(self) -> dict[str, Any]:
        return {"op": self.op.value, **_number(self.quantity)}


@dataclass(frozen=True, slots=True)
class Dated(_Text):
    """An actual that is a date or a period: 2023年11月. `text` is the stripped cell.

    >>> import pfscore
    >>> isinstance(pfscore.parse_actual("2023年11月"), pfscore.Dated)
    True
    """

    kind: ClassVar[str] = "date"
    said: ClassVar[Message] = Message("日期“{}”", "the date “{}”")

    def first_day(self, year: int | None) -> date | None:
        """Return the first day that the date may mean in a form of `year`.

        >>> Dated("2023年11月").first_day(2023)
        datetime.date(2023, 11, 1)
        """
        days = calendar.in_year(lambda one: calendar.days_of(self.text, one), year)
        return None if days is None else days.first

    def last_day(self, year: int | None) -> date | None:
        """Return the last day that the date may mean in a form of `year`.

        >>> Dated("2023年11月").last_day(2023)
        datetime.date(2023, 11, 30)
        """
        days = calendar.in_year(lambda one: calendar.days_of(self.text, one), year)
        return None if days is None else days.last

    def completed(self, year: int | None) -> tuple[date, date] | None:
        """Return the first and the last day on which it may have been done: at the end of a span, up to a limit.

        >>> Dated("2021年3月至2022年2月").completed(2022)
        (datetime.date(2022, 2, 1), datetime.date(2022, 2, 28))
        """
        return calendar.in_year(lambda one: calendar.done_between(self.text, one), year)


Target = Bound | Between | Change | Deadline | Level | AllOf | AnyOf | NotApplicable
Actual = Measured | Achieved | Between | Dated | Level | NotApplicable | Change | AllOf


def on_two_things(parts: tuple[Reading, ...]) -> bool:
    """Return whether two bounds, a floor and a ceiling, are no interval and so on two things."""
    match parts:
        case Bound(op=one, quantity=first), Bound(op=other, quantity=second):
            alike = first.unit is None or second.unit is None or first.dimension == second.dimension
            # >5人 or <5人 is one number that it must not be.
            is_unequal = first == second and {one, other} == {TargetKind.GREATER_THAN, TargetKind.LESS_THAN}
            is_apart = {one in LOWER, other in LOWER} == {one in UPPER, other in UPPER} == {True, False}
            return alike and is_apart and not is_unequal
    return False


def _listed(word: str, parts: tuple[Reading, ...], lang: Lang) -> str:
    first, *others = (part.in_words(lang) for part in parts)
    return "".join([first, *((" " if lang == "en" else "") + _spaced(word, other) for other in others)])


def _spaced(word: str, rest: str) -> str:
    """Put a space between Chinese and figures, and between English words."""
    return f"{word} {rest}" if word and (word[-1].isascii() or rest[:1].isascii()) else word + rest


def _edge(is_open: bool, lang: Lang) -> str:  # noqa: FBT001
    if lang == "en":
        return "excluded" if is_open else "included"
    return "不含" if is_open else "含"


def _number(quantity: Quantity) -> dict[str, Any]:
    return {"value": decimal_text(quantity.value), "unit": quantity.unit}
