"""A form as published: budget lines, rows and printed figures, every cell as its text; which of them are sums."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import FrozenInstanceError, replace
from decimal import Decimal
from fractions import Fraction
from numbers import Integral, Rational, Real
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    StrictStr,
    ValidationError,
    WithJsonSchema,
)
from pydantic_core import PydanticKnownError

from pfscore.cells.indicator_names import parse_name, plain_name
from pfscore.documents.model_errors import Located, diagnostics_of
from pfscore.documents.model_fields import Described
from pfscore.documents.scalars import Pairs, fold, problem
from pfscore.forms.column_words import GRADES, total_and_grade
from pfscore.foundation.diagnostics import Diagnostic, Span
from pfscore.foundation.errors import InputError
from pfscore.foundation.numbers import MAX_DIGITS, decimal_text
from pfscore.foundation.text import Message, shorten

_YEARS = range(1990, 2101)


def is_missing(value: object) -> bool:
    """Return whether a value stands for a blank cell: `None`, or what pandas and Polars write there (NaN, NA, NaT).

    >>> is_missing(float("nan")), is_missing(0.0), is_missing("")
    (True, False, False)
    """
    if isinstance(value, float):
        return value != value
    return value is None or type(value).__name__ in {"NAType", "NaTType"}


def cell_text(value: Any) -> Any:
    """Return a number that a caller wrote without quotes as its text, what is missing as `None`, all else as it is.

    Raises:
        PydanticCustomError: PF531 for a float, which has lost its text; PF503 for what is longer than any cell's
            number, or none.
    """
    if value is None or isinstance(value, str | bool):
        return value
    if is_missing(value):
        return None
    if isinstance(value, Decimal | Rational):
        number = _bounded(value)
        # A Decimal keeps its zeros: 10.0 was written with one.
        return f"{value:f}" if isinstance(value, Decimal) else decimal_text(number)
    if isinstance(value, Real):
        raise problem(
            "PF531",
            f"浮点数 {value!s} 已经丢失原来的写法",
            f"the float {value!s} has lost what was written",
            '请传入文字，如 "28.28"',
            'pass text, such as "28.28"',
        )
    return value


def _bounded(value: Decimal | Rational) -> Fraction:
    if not isinstance(value, Decimal) or (value.is_finite() and abs(value.adjusted()) <= MAX_DIGITS):
        # The integers of numpy are bounded themselves; Python's are not.
        number, limit = Fraction(int(value)) if isinstance(value, Integral) else Fraction(value), 10**MAX_DIGITS
        if abs(number.numerator) < limit and number.denominator < limit:
            return number
    if isinstance(value, Decimal) and not value.is_finite():
        raise problem("PF503", f"{value} 不是数", f"{value} is no number")
    raise problem("PF503", f"数超过 {MAX_DIGITS} 位", f"the number has more than {MAX_DIGITS} digits")


def _year(value: Any) -> Any:
    text = fold(str(value)).strip()
    if value is None or (text.isdecimal() and not isinstance(value, bool) and int(text[:5]) in _YEARS):
        return None if value is None else int(text)
    shown, example = shorten(str(value)), text.removesuffix("年")
    example = example if example.isdecimal() and int(example[:5]) in _YEARS else "2023"
    raise problem(
        "PF503",
        f"“{shown}” 不是年度",
        f"{shown!r} is not a year",
        f"写四位数字，如 {example}",
        f"write four digits, such as {example}",
    )


_TEXTS = {"anyOf": [{"type": "object", "additionalProperties": {"type": ["string", "integer"]}}, {"type": "null"}]}
#: Texts by key.
TextPairs = Annotated[Pairs, WithJsonSchema({"type": "object", "additionalProperties": {"type": "string"}})]


def in_order(value: Any) -> Any:
    """Return a value for a list as it is.

    A set has another order every time, and an iterator nothing left for who reads it again.

    Raises:
        PydanticKnownError: where it is no sequence, as pydantic says it of a number.
    """
    if isinstance(value, Sequence):
        return value
    raise PydanticKnownError("tuple_type")


_Member = TypeVar("_Member")
#: Members in their order, from a list or a tuple.
Members = Annotated[tuple[_Member, ...], BeforeValidator(in_order)]
Cell = Annotated[StrictStr | None, BeforeValidator(cell_text, json_schema_input_type=str | int | None)]


@contextmanager
def _as_input_error(model: type[BaseModel]) -> Iterator[None]:
    """Raise an `InputError` for an error of pydantic's."""
    try:
        yield
    except ValidationError as error:
        raise InputError(form_problems(error, model)) from None


class Record(Described):
    """The base of a form and of its rows: frozen, closed, and knowing what was wrong with it in its file.

    Two records are equal where their cells are, wherever they were read.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    _problems: tuple[Diagnostic, ...] = PrivateAttr(default=())
    _misread: frozenset[str] = PrivateAttr(default=frozenset())

    if not TYPE_CHECKING:

        def __init__(self, /, **cells: Any) -> None:
            with _as_input_error(type(self)):
                super().__init__(**cells)

        # pydantic is not to call this while it builds a form from data; it tells what it calls by this mark.
        __init__.__pydantic_base_init__ = True

        # These have the signatures of pydantic, and raise `InputError` where it would raise an error of its own.
        @classmethod
        def model_validate(cls, obj: Any, **options: Any) -> Self:
            with _as_input_error(cls):
                return super().model_validate(obj, **options)

        @classmethod
        def model_validate_json(cls, json_data: str | bytes | bytearray, **options: Any) -> Self:
            with _as_input_error(cls):
                return super().model_validate_json(json_data, **options)

        @classmethod
        def model_validate_strings(cls, obj: Any, **options: Any) -> Self:
            with _as_input_error(cls):
                return super().model_validate_strings(obj, **options)

        @classmethod
        def model_construct(cls, _fields_set: set[str] | None = None, **cells: Any) -> Self:
            return cls(**cells)

        def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
            copied = super().model_copy(deep=deep)
            if not update:
                return copied
            written = {name: copied.__dict__[name] for name in copied.model_fields_set}
            changed = type(self)(**{**written, **update})
            for name, value in (copied.__pydantic_private__ or {}).items():
                object.__getattribute__(changed, "__pydantic_private__")[name] = value
            return changed

        def __setattr__(self, name: str, value: Any) -> None:
            if not name.startswith("_"):
                raise FrozenInstanceError(f"cannot assign to {name!r}; use model_copy(update=…)")
            super().__setattr__(name, value)

        def __delattr__(self, name: str) -> None:
            raise FrozenInstanceError(f"cannot delete {name!r}")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Record) or type(self) is not type(other):
            return NotImplemented
        mine, theirs = ([one.code for one in record.problems] for record in (self, other))
        return self.__dict__ == other.__dict__ and mine == theirs

    def __hash__(self) -> int:
        return hash((type(self), *self.__dict__.values()))

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """What was wrong with this record in its file; a row with problems is not scored."""
        return self._problems

    @property
    def misread(self) -> frozenset[str]:
        """The keys whose values could not be read: they are blank here, but not in the file."""
        return self._misread

    def with_problems(self, problems: tuple[Diagnostic, ...], misread: frozenset[str] = frozenset()) -> Self:
        """Note what was wrong with this record in its file, and return it."""
        self._problems, self._misread = problems, misread
        return self


class Targets(Record):
    """分期指标值。Targets for parts of the year.

    >>> Indicator(name="归集额", targets=Targets(half_year="≥50亿元", full_year="≥100亿元")).full_target
    '≥100亿元'
    """

    half_year: Cell = None
    """半年指标值。"""
    full_year: Cell = None
    """全年指标值。"""


class Indicator(Record):
    """一行绩效指标。One row: a target, what was achieved, the points, and what was published; every cell is text.

    >>> Indicator(path=("产出指标", "数量指标"), name="缴存人数", target="≥26万人", points="10").points
    '10'
    """

    path: Members[str] = ()
    """一级、二级指标，如 [产出指标, 数量指标]。"""
    name: str = ""
    """三级指标名称。"""
    comparator: Cell = None
    """指标性质（计算符号）：≥ ≤ = > < 定性。"""
    target: Cell = None
    """指标值，原文；年中调整过的，是调整后的值。"""
    initial_target: Cell = None
    """调整前的指标值。"""
    targets: Targets | None = None
    """分期指标值；与 target 只写一个。"""
    unit: Cell = None
    """度量单位。"""
    actual: Cell = None
    """完成值，原文；空白表示没有填。"""
    actual_source: Cell = None
    """完成值来源。"""
    points: Cell = None
    """分值（权重）。"""
    share: Cell = None
    """评价人在档内选定的比例，如 85%。"""
    decision: Cell = None
    """评价人评定的得分，须在规则给出的区间内。"""
    rank: Cell = None
    """名次。"""
    deduction: Cell = None
    """另行扣减的分。"""
    thresholds: Annotated[Pairs | None, WithJsonSchema(_TEXTS)] = None
    """本行自列的各档起点，从高档写起，如 {优: 100%, 良: 90%}。"""
    published_score: Cell = None
    """公布的得分。"""
    published_deviation: Cell = None
    """公布的偏差。"""
    completion: Cell = None
    """公布的完成率。"""
    coefficient: Cell = None
    """得分系数，原文。"""
    reviewed_score: Cell = None
    """复核人评的得分，与自评得分分列时填。"""
    reference: Cell = None
    """参考值（历史值、行业标准），原文。"""
    core: Cell = None
    """是否核心指标，原文。"""
    criteria: Cell = None
    """表上印的评分标准，原文。"""
    explanation: Cell = None
    """指标说明，原文。"""
    note: Cell = None
    """偏差原因、备注，原文。"""
    duty: Cell = None
    """对应的职能或重点工作。"""
    related_project: Cell = None
    """对应项目。"""
    stored: TextPairs = ()
    """格里存的值，与显示的不同时才有；按键列出，如 {actual: 0.9484}。"""
    places: TextPairs = ()
    """每个值在原文件的哪一格，按键列出，如 {actual: 运维费!F12}。"""

    @property
    def full_target(self) -> str | None:
        """The target for the whole year."""
        return self.targets.full_year if self.targets is not None and self.target is None else self.target


class BudgetLine(Record):
    """一行预算。A budget line; scored only where it carries points.

    >>> BudgetLine(label="总额", budget="245.80", expenditure="219.20", points="10").expenditure
    '219.20'
    """

    label: str = ""
    """名称，如“年度资金总额”。"""
    group: Cell = None
    """分组，如“支出”。"""
    initial: Cell = None
    """年初预算数。"""
    adjustment: Cell = None
    """调整数。"""
    budget: Cell = None
    """全年（调整后）预算数。"""
    expenditure: Cell = None
    """全年执行数。"""
    half_year: Cell = None
    """半年计划执行数。"""
    points: Cell = None
    """分值；不写则只核对，不评分。"""
    share: Cell = None
    """评价人选定的比例，如 85%。"""
    decision: Cell = None
    """评价人评定的得分，须在规则给出的区间内。"""
    deduction: Cell = None
    """另行扣减的分。"""
    published_rate: Cell = None
    """公布的执行率。"""
    published_score: Cell = None
    """公布的得分。"""
    reviewed_score: Cell = None
    """复核人评的得分，与自评得分分列时填。"""
    note: Cell = None
    """备注，原文。"""
    stored: TextPairs = ()
    """格里存的值，与显示的不同时才有；按键列出，如 {actual: 0.9484}。"""
    places: TextPairs = ()
    """每个值在原文件的哪一格，按键列出，如 {actual: 运维费!F12}。"""


class Goal(Record):
    """一条年度目标。A goal for the year.

    >>> Goal(text="培训200人", result="培训215人").result
    '培训215人'
    """

    text: str
    """目标，原文。"""
    result: str | None = None
    """完成情况，原文。"""


class Table(Record):
    """表外的其他表格，原文。Another table of the document, verbatim."""

    title: str
    """表名。"""
    header: Members[str] = ()
    """表头。"""
    rows: Members[Members[str | None]] = ()
    """各行。"""


class UnreadCell(Record):
    """原文件里没有读进来的一格，及其原因。A cell of the file that was not read, and why.

    >>> UnreadCell(place="运维费!K3", text="另附", reason="不在认出的栏里").place
    '运维费!K3'
    """

    place: str
    """在哪一格。"""
    text: str = ""
    """格里的内容；人名、电话不抄。"""
    reason: str
    """为什么没有读。"""
    by_design: bool = False
    """本来就不读的：填表人一类的栏、填表说明。"""


class Form(Record):
    """一张绩效自评表（或目标表）。A self-evaluation form, or a form of targets.

    >>> row = Indicator(name="人数", target="≥5人", actual="5人", points="100")
    >>> Form(title="自评表", year=2023, indicators=(row,)).indicators[0].name
    '人数'
    """

    title: str = ""
    """表名；审计结果以此指明是哪张表。"""
    organisation: str | None = None
    """单位名称。"""
    department: str | None = None
    """主管部门。"""
    region: str | None = None
    """地区。"""
    year: Annotated[Annotated[int, Field(ge=1990, le=2100)] | None, BeforeValidator(_year)] = None
    """年度。"""
    kind: Literal["project", "department"] | None = None
    """project 项目支出，department 部门整体支出。"""
    ruleset: str | None = None
    """评分所用规则集的代号。"""
    properties: TextPairs = ()
    """评分办法所依据的属性，按规则集声明的名称写，如 {地区: 西部}。"""
    project: str | None = None
    """项目名称。"""
    amount_unit: str | None = None
    """预算金额的单位，如“万元”。"""
    goal: str | None = None
    """年度目标，原文。"""
    further_goals: Members[Goal] = ()
    """其余各条年度目标；第一条写在 goal。"""
    goal_result: str | None = None
    """年度目标完成情况，原文。"""
    budget: Members[BudgetLine] = ()
    """预算。"""
    indicators: Members[Indicator] = ()
    """绩效指标。"""
    tables: Members[Table] = ()
    """其他表格。"""
    published_points: Cell = None
    """公布的分值合计。"""
    published_total: Cell = None
    """公布的总分。"""
    reviewed_total: Cell = None
    """复核人评的总分。"""
    published_grade: Cell = None
    """公布的等级。"""
    note: str | None = None
    """备注，原文。"""
    footnotes: Members[str] = ()
    """表下各条注，原文。"""
    stored: TextPairs = ()
    """格里存的值，与显示的不同时才有，按键列出。"""
    places: TextPairs = ()
    """表头各值在原文件的哪一格，按键列出。"""
    mapped: TextPairs = ()
    """由人指定含义的列（convert --map），如 {权数: 分值}；是假设，不是表上写的。"""
    unread: Members[UnreadCell] = ()
    """原文件里没有读进来的格，及其原因。"""

    _document: Located | None = PrivateAttr(default=None)
    _base: tuple[str | int, ...] = PrivateAttr(default=())

    def placed(self, document: Located, base: tuple[str | int, ...]) -> Self:
        """Note where in its file the form stands, and return it."""
        self._document, self._base = document, base
        return self

    def head(self) -> Span:
        """Return where the form stands in its file: at its title, where it has one."""
        return self.span("title") if self.title else replace(self.span(), length=1)

    def span(self, *path: str | int, row: int | None = None) -> Span:
        """Return where `path` (such as `"indicators", 3, "actual"`) stands in the form's file."""
        place = Span() if self._document is None else self._document.span((*self._base, *path))
        return replace(place, form=self.title or None, row=row)


_TOTALS = ("总额", "总金额", "合计", "总计", "资金总量", "总预算")
_SUMS = frozenset(
    {"合计", "总计", "共计", "总分", "总得分", "得分合计", "合计得分", "自评总分", "自评得分合计", "分值合计"}
    | {"总评分", "综合得分", "综合评分", "合计总分"}
)
_PART_SUMS = frozenset({"小计", "分项小计", "本级小计", "小计得分"})
#: A name that ends otherwise is no sum, and is looked at no longer.
_LAST = frozenset("计分级次论果：:)） ")
_EMPTY = frozenset({"", "-", "—", "——", "/", "一"})
_PUNCTUATION = re.compile(r"[\s：:（）()、，,]")
_POINTS = re.compile(r"[（(]\s*([0-9]{1,3}(?:\.[0-9]+)?)\s*分\s*[)）]\s*$")


def is_total(label: str) -> bool:
    """Return whether a budget line is the total, by its label."""
    plain = plain_name(label)
    return plain.endswith(_TOTALS) or plain.startswith(_TOTALS)


def parts_of_budget(lines: Sequence[BudgetLine]) -> frozenset[int]:
    """Return the places of the lines that only break down another line, though they repeat its points.

    These are lines of 其中, and what follows one with the total's points, where the line above carries points itself.

    >>> lines = [BudgetLine(label=name, points="10") for name in ("年度资金总额", "其中：财政拨款", "其他资金")]
    >>> sorted(parts_of_budget(lines)), sorted(parts_of_budget(lines[1:2]))
    ([1, 2], [])
    """
    found: set[int] = set()
    whole: str | None = None
    among = False
    for index, line in enumerate(lines):
        if _among_others(line.label):
            among = True
            if whole is not None:
                found.add(index)
        elif is_total(line.label):
            among, whole = False, line.points or None
        elif among and whole is not None and line.points in {whole, None}:
            found.add(index)
        elif line.points:
            among, whole = False, line.points
    return frozenset(found)


def _among_others(label: str) -> bool:
    """Return whether a label begins with 其中."""
    return parse_name(label).numbering.rstrip("：: ").endswith("其中") or label.strip().startswith("其中")


def is_sum(row: Indicator) -> bool:
    """Return whether a row is a sum (合计, 小计, 总 分) or states the grade, in any column, and is no indicator.

    >>> is_sum(Indicator(path=("总 分",), points="100")), is_sum(Indicator(name="总分", target="≥90分"))
    (True, False)
    >>> is_sum(Indicator(name="自评等级", target="良")), is_sum(Indicator(name="评价等级", target="优", points="5"))
    (True, False)
    """
    return sum_word(row) is not None


def sum_word(row: Indicator) -> str | None:
    """Return the word by which a row is a sum, of a part (`小计`) or of all (`合计`), or the grade of all (`等级`)."""
    found = word_of_sum(row.name, row.path)
    if found is None:
        return None
    filled = [cell for cell in (row.full_target, row.actual) if _is_filled(cell)]
    is_row = len(filled) > 1 or _is_filled(row.points) if found == "等级" else bool(filled)
    return None if is_row else found


def stated_grade(form: Form) -> tuple[str | None, str] | None:
    """Return what a form states as its grade, and the total that stands in the same cell: its own key, or a row.

    >>> rows = (Indicator(name="等级", actual="95分 优"),)
    >>> stated_grade(Form(published_grade="优")), stated_grade(Form(indicators=rows)), stated_grade(Form())
    ((None, '优'), ('95', '优'), None)
    """
    rows = (row for row in reversed(form.indicators) if sum_word(row) == "等级")
    cells = (cell for row in rows for cell in (row.published_score, row.actual, row.full_target) if _is_filled(cell))
    text = form.published_grade or next(cells, None)
    return None if text is None else total_and_grade(text)


def _is_filled(cell: str | None) -> bool:
    return (cell or "").strip() not in _EMPTY


def word_of_sum(name: str, path: tuple[str, ...]) -> str | None:
    """Return the word by which a row of that name and place may be a sum or the grade; with a target it is none.

    >>> word_of_sum("总分（100分）", ()), word_of_sum("", ("产出指标", "合计")), word_of_sum("积分", ())
    ('合计', '小计', None)
    """
    last = name or (path[-1] if path else "")
    if last[-1:] not in _LAST:
        return None
    texts = [text for text in (*path, name) if _bare(text)]
    last = _bare(texts[-1]) if texts else ""
    if last in _PART_SUMS:
        return "小计"
    if last in GRADES:
        return "等级"
    return ("合计" if len(set(map(_bare, texts))) == 1 else "小计") if last in _SUMS else None


def printed_points(heading: str) -> str | None:
    """Return the points that a heading prints.

    >>> printed_points("产出指标（50分）"), printed_points("产出指标")
    ('50', None)
    """
    match = _POINTS.search(heading)
    return None if match is None else match[1]


def _bare(text: str) -> str:
    return _PUNCTUATION.sub("", _POINTS.sub("", text))


#: What the column of signs says of a row that has none.
KINDS = frozenset({"定性", "定量"})


def signed_target(row: Indicator) -> str:
    """Return the target with its sign and its unit, as printed; a column that says 定性 or 定量 has no sign.

    >>> signed_target(Indicator(comparator="≥", target="50", unit="人")), signed_target(Indicator(comparator="定性"))
    ('≥50人', '')
    """
    sign = row.comparator if row.comparator not in KINDS else ""
    return f"{sign or ''}{row.full_target or ''}{row.unit or ''}"


def is_broken(form: Form) -> bool:
    """Return whether nothing of a form could be read: a placeholder for a line or a value that is no form."""
    return bool(form.problems) and form == Form().with_problems(form.problems)


#: The codes of ruleset content that have a counterpart for forms.
_CODES = {"PF201": "PF501", "PF202": "PF502", "PF203": "PF503", "PF204": "PF504"}


class Arguments:
    """The places of what was written in Python: which argument, such as `indicators[0].points`."""

    def span(self, path: Sequence[str | int], *, key: bool = False) -> Span:
        """Return the name of the argument at `path`."""
        del key
        return Span("".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix("."))


def form_problems(
    error: ValidationError, model: type[BaseModel], document: Located | None = None, at: Sequence[str | int] = ()
) -> tuple[Diagnostic, ...]:
    """Return one diagnostic for each complaint about data that stands at path `at` of `document`."""
    found = diagnostics_of(error, Arguments() if document is None else document, model, at=at)
    in_yaml = getattr(document, "syntax", "") == "yaml"
    return tuple(replace(_about_a_form(one, in_yaml=in_yaml), code=_CODES.get(one.code, one.code)) for one in found)


def _about_a_form(problem: Diagnostic, *, in_yaml: bool) -> Diagnostic:
    """Leave out what helps the author of a ruleset: how YAML writes a list, and what a key is for, in one language."""
    message, hint = problem.message, problem.hint
    if not in_yaml:
        zh, en = message.zh.replace("（每项以 “- ” 开头）", ""), message.en.replace(" (each member after '- ')", "")
        message = Message(zh, en)
    if hint is not None and hint.zh == hint.en:
        hint = None
    return replace(problem, message=message, hint=hint)
