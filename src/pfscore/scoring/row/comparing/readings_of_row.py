"""Read the cells of one row; one borrows its unit from the other where the ruleset allows it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple, TypeVar

from pfscore.cells.grammar.tree import Trouble
from pfscore.cells.indicator_names import parse_name
from pfscore.cells.lexicon.claims import claim_of
from pfscore.cells.lexicon.directions import Side, is_rate, is_share, side_of, wrong_things
from pfscore.cells.lexicon.numerals import han
from pfscore.cells.lexicon.quantities import RATIO, Quantity, canonical, counted_alike
from pfscore.cells.lexicon.word_patterns import rule, rules
from pfscore.cells.meaning.cell import read_unit
from pfscore.cells.meaning.products import product_in
from pfscore.cells.plain_numbers import is_day_number
from pfscore.cells.reader import parse_actual, parse_target, read_actual
from pfscore.cells.readings import (
    UPPER,
    Achieved,
    Actual,
    AllOf,
    AnyOf,
    Assumption,
    Between,
    Bound,
    Change,
    Deadline,
    Level,
    Measured,
    NotApplicable,
    Reading,
    Target,
    TargetKind,
)
from pfscore.foundation.diagnostics import CELL_NAMES, Diagnostic, Severity, Span
from pfscore.foundation.errors import ExpressionError
from pfscore.foundation.folding import fold
from pfscore.foundation.numbers import decimal_text
from pfscore.foundation.runtime.memory import remembered
from pfscore.foundation.runtime.resources import LOGGER
from pfscore.foundation.text import Message
from pfscore.scoring.row.comparing.comparison import no_result
from pfscore.scoring.row.comparing.numbers import PERIODS
from pfscore.scoring.row.comparing.plain_answers import is_nothing

# The rule is described, with rows, in grammar/words/beside_numbers.txt.
_WORDS_AND_BRACKET, _TREND, _LOW = rules("words_and_bracket", "trend", "low_mark")
_SIGN_AND_ARROW = rule("sign_and_arrow")
# In grammar/words/dates.txt.
_EACH_TIME, _ONCE_EACH, _COUNT_OF_TIME = rules("each_time", "once_each", "count_of_time")
_BETWEEN_TIMES, _MONTH_OF_LIST = rules("between_times", "month_of_a_list")
_SHORT_DAY = rule("short_day")
# In grammar/words/claims.txt.
_WORSE_IF_MORE = rule("worse_if_more")
_ONLY_COUNTED, _ALL_OF_DEED = rules("only_counted", "all_of_deed")
# In grammar/words/beside_numbers.txt.
_SHOWN_ROUNDED = rule("shown_rounded")
_NAME_OF_ADDEND = rule("name_of_addend")  # in grammar/words/several_numbers.txt
_BLANK = "PF301"
_SEVERAL_NUMBERS = "PF317"
_PARTING = re.compile("[/／;；、,，]")
#: Between two digits, a blank parts two numbers.
_WRAP = re.compile(r"(?<!\d)\s+|\s+(?!\d)")


class Outcome(StrEnum):
    """What became of a row; missing, not applicable, undecided and zero are four different things.

    `compared` is a row without points: whether it is met is known, and there is nothing to earn. `information` is a
    line that is not scored because it only adds up or breaks down others.

    >>> import pfscore
    >>> rules = pfscore.load_ruleset("cn-sc/project", on="2023-12-31")
    >>> answers = ("0人", "", "不适用", "工5%")
    >>> [rules.score(target="≥5人", actual=actual, points="5").outcome.value for actual in answers]
    ['scored', 'missing', 'not_applicable', 'refused']
    """

    SCORED = "scored"
    JUDGEMENT = "judgement"
    NOT_APPLICABLE = "not_applicable"
    MISSING = "missing"
    COMPARED = "compared"
    INFORMATION = "information"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Cells:
    """The two readings of a row, or what prevents them: then `outcome` is not `scored`."""

    target: Target | None
    actual: Actual | None
    outcome: Outcome = Outcome.SCORED
    assumptions: tuple[Assumption, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


@remembered
def read_cells(
    target: str | None, comparator: str | None, unit: str | None, actual: str | None, *, borrow: bool
) -> Cells:
    """Read a row's target and actual; `borrow` says whether one cell may lend its unit to the other."""
    if target is not None and actual is not None:
        found = _recounted(target, comparator, unit, actual, borrow=borrow)
        if found is not None:
            return found
    wanted, target_problem = _attempt_target(_without_arrow(target), comparator, unit)
    reached, actual_problem = _attempt_actual(actual, unit)
    if isinstance(wanted, Level) and (in_words := _words_of(wanted, actual or "")) is not None:
        reached, actual_problem = in_words, None
    elif isinstance(wanted, Bound) and (risen := _without_trend(actual or "", unit)) is not None:
        reached, actual_problem = risen, None
    if isinstance(wanted, NotApplicable) or isinstance(reached, NotApplicable):
        return Cells(wanted, reached, Outcome.NOT_APPLICABLE)
    problems = tuple(problem for problem in (target_problem, actual_problem) if problem is not None)
    if any(problem.code not in {"PF511", "PF512"} for problem in problems):
        for problem in problems:
            LOGGER.debug("cell refused: %s %s", problem.code, problem.message.en)
        return Cells(wanted, reached, Outcome.REFUSED, diagnostics=problems)
    if problems or wanted is None or reached is None:
        return Cells(wanted, reached, Outcome.MISSING, diagnostics=problems)
    if (doubted := _column_doubted(unit, wanted, actual or "", reached)) is not None:
        return doubted
    reached = _counted_as(wanted, reached)
    return _lend(target or "", comparator, wanted, actual or "", reached, borrow=borrow)


def _recounted(target: str, comparator: str | None, unit: str | None, actual: str, *, borrow: bool) -> Cells | None:
    """Return the cells of which one is an amount for each of several times, or the actual a sum of no shares."""
    counted = _each_time(target, actual) if "各" in target else None
    if "各" in actual and "各" not in target:
        counted = _each_of_periods(target, comparator, unit, actual)
    if counted is None and (total := _plus(actual) if _PLUS_SIGNS & set(actual) else None) is not None:
        counted = _Counted(target), total
    if counted is None and any(not _TIMES_SIGNS.isdisjoint(text) for text in (target, actual)):
        counted = _multiplied(target, comparator, unit, actual)
    elif counted is None and "E+" in actual and (shown := _rounded(actual)) is not None:
        counted = _Counted(target), shown
    if counted is None:
        return None
    found = read_cells(counted[0].text, comparator, unit, counted[1].text, borrow=borrow)
    if counted[0].text == target and not (isinstance(found.target, Bound) and found.target.quantity.unit != RATIO):
        return None
    said = [one.said for one in counted if one.said is not None]
    return replace(found, assumptions=(*said, *found.assumptions))


def _multiplied(target: str, comparator: str | None, unit: str | None, actual: str) -> tuple[_Counted, _Counted] | None:
    """Return two cells of which one is a product, or both: 3期×40学时 in the unit of the target is 120学时."""
    sign = _SIGNS_BEFORE.match(fold(target).strip())
    asked = None if sign is None else product_in(sign["said"])
    if sign is not None and asked is not None:
        given = product_in(actual, asked[1])
        wanted = _in_one(sign["said"], asked)
        reached = _Counted(actual) if given is None else _in_one(actual, given)
        return wanted._replace(text=f"{sign['sign']}{wanted.text}"), reached
    held = quantities(_attempt_target(target, comparator, unit)[0])
    if len(held) != 1 or held[0].unit in {None, RATIO}:
        return None
    given = product_in(actual, held[0].unit)
    return None if given is None else (_Counted(target), _in_one(actual, given))


def _in_one(text: str, product: tuple[Fraction, str]) -> _Counted:
    count = f"{decimal_text(product[0])}{canonical(product[1])}"
    return _Counted(count, _counted_in_all(text, count))


_TIMES_SIGNS = frozenset("×✕✖╳*＊﹡xX乘")
_PLUS_SIGNS = frozenset("+＋")
_SIGNS_BEFORE = re.compile("(?P<sign>[≥≤><=]?)(?P<said>.*)")


def _rounded(actual: str) -> _Counted | None:
    """Return what 1E+05 may be, which a narrow column of a spreadsheet shows of any number from 95000 to 150000.

    >>> _rounded("1E+05张").text, _rounded("1.02E+05").text
    ('95000~150000张', '101500~102500')
    """
    found = _SHOWN_ROUNDED.fullmatch(actual.strip())
    if found is None:
        return None
    size = Fraction(10) ** int(found["power"])
    head, half = Fraction(found["head"]), Fraction(1, 2 * 10 ** len(found["places"] or ""))
    least = (head - (half / 10 if head == 1 else half)) * size
    text = f"{decimal_text(least)}~{decimal_text((head + half) * size)}{found['unit']}"
    message = Message(
        f"“{actual.strip()}”像是电子表格按列宽缩写的，是 {text} 之间的一个数", f"a spreadsheet shows {text} so"
    )
    return _Counted(text, Assumption("shown_rounded", message))


def _plus(actual: str) -> _Counted | None:
    """Return 80+75+90+60, 8台＋4台=12台 and 22km（架空）+9km（电缆） as their sums; `None` for anything else.

    >>> _plus("80+75人").text, _plus("8台＋4台=12台").text, _plus("80+其他"), _plus("8台+4套")
    ('155人', '12台', None, None)
    """
    parts, equal, stated = _NAME_OF_ADDEND.sub("", "".join(fold(actual).split())).partition("=")
    found = [_PART_OF_SUM.fullmatch(part) for part in parts.split("+")]
    known = [one for one in found if one is not None]
    units = {one["unit"] for one in known} - {""}
    if len(known) < len(found) or len(units) > 1:
        return None
    value, unit = sum((Fraction(one["number"]) for one in known), start=Fraction(0)), "".join(units)
    total = f"{decimal_text(value)}{unit}"
    return (
        _Counted(total, _counted_in_all(actual, total)) if not equal or stated in {total, decimal_text(value)} else None
    )


_PART_OF_SUM = re.compile(r"(?P<number>[0-9]+(?:\.[0-9]+)?)(?P<unit>(?!E$)[^0-9+]{0,4})")


class _Counted(NamedTuple):
    """A cell of so many each time as how many that are in all, and what says so."""

    text: str
    said: Assumption | None = None


def _each_time(target: str, actual: str) -> tuple[_Counted, _Counted] | None:
    """Return two cells whose target is for so many each time as how many they are in all: 春节、八一各1次 is 2次.

    An actual of so many each (各1次) is of the same times.
    """
    wanted, reached = "".join(fold(target).split()), "".join(fold(actual).split()).rstrip("。;")
    asked = _EACH_TIME.fullmatch(wanted)
    if asked is None:
        return None
    given = _EACH_TIME.fullmatch(reached)
    if given is None and reached.startswith(("各", "均", "分别")):
        given = _EACH_TIME.fullmatch(f"{asked['times']}{reached}")
    parts = list(_COUNT_OF_TIME.finditer(reached)) if _ONCE_EACH.fullmatch(reached) else []
    total = _Counted(actual)
    if given is not None:
        total = _in_all(given)
    elif len({one["unit"] for one in parts}) == 1:
        count = f"{sum(int(one['number']) for one in parts)}{parts[0]['unit']}"
        total = _Counted(count, _counted_in_all(reached, count))
    return _in_all(asked), total


def _each_of_periods(
    target: str, comparator: str | None, unit: str | None, actual: str
) -> tuple[_Counted, _Counted] | None:
    """Return how often it was in all, where each period is asked for and several are named: 一、二、四季度各1次.

    Of the months of one quarter only one counts for 每季度1次.
    """
    given = _EACH_TIME.fullmatch("".join(fold(actual).split()).rstrip("。;"))
    held = quantities(_attempt_target(target, comparator, unit)[0])
    period = (held[0].unit or "").partition("/")[2] if len(held) == 1 else ""
    if given is None or period not in _PERIODS_NAMED:
        return None
    total = _in_all(given)
    months = [int(one[0]) for one in _MONTH_OF_LIST.finditer(given["times"])] if "月" in given["times"] else []
    size = 12 // _PERIODS_NAMED[period]
    if given["first"] is None and len({(month - 1) // size for month in months}) < len(months):
        return None
    return _Counted(target), total._replace(text=f"全年{total.text}")


_PERIODS_NAMED = {period: PERIODS[period] for period in ("月", "季度", "季", "半年", "学期")}


def _in_all(match: re.Match[str]) -> _Counted:
    each, times = _count_of(match["number"]), match["count"] or match["so_many"]
    if match["first"] is not None:
        often = _count_of(match["last"]) - _count_of(match["first"]) + 1
    else:
        named = times or _TIMES_NAMED.get(match["times"]) or str(len(_BETWEEN_TIMES.split(match["times"])))
        often = _count_of(named)
    number = match["number"]
    count = f"{each * often}{match['unit']}"
    said = _counted_in_all(f"{match['times']}{match['each']}{match['deed']}{number}{match['unit']}", count)
    return _Counted(f"{match['deed']}{match['sign'] or ''}{count}{match['tail']}", said)


def _count_of(text: str) -> int:
    return int(text) if text.isdigit() else int(han(text) or 0)


def _counted_in_all(text: str, count: str) -> Assumption:
    return Assumption("each_time", Message(f"“{text}”合计按 {count} 计", f"{text!r} is {count} in all"))


_TIMES_NAMED = {
    **dict.fromkeys(
        ("上下半年", "上、下半年", "上下学期", "春秋", "春秋季", "春、秋季", "春秋两季", "春、秋两季"), "2"
    ),
    **dict.fromkeys(("春秋二季", "春、秋二季", "每半年"), "2"),
    **dict.fromkeys(("春夏秋冬", "每季度", "一二三四季度", "一、二、三、四季度", "1、2、3、4季度"), "4"),
    **dict.fromkeys(("每月", "每个月"), "12"),
}


def with_unit_of_name(
    cells: Cells, name: str, target: str | None, comparator: str | None, unit: str | None, actual: str | None
) -> Cells:
    """Read the cells again with the unit that stands in the name, 长度（米）, before one borrows it from the other."""
    named = None if (unit or "").strip() or not holds_bracket(name) else parse_name(name).unit
    if named is None:
        return cells
    asks = any(one.key == "borrowed_unit" for one in cells.assumptions)
    asks = asks or any(one.code == "PF517" for one in cells.diagnostics)
    (wanted, reached) = (quantities(cells.target), quantities(cells.actual))
    is_decimal = read_unit(named).unit == RATIO and all(one.value <= 1 for one in reached)
    is_scaled = read_unit(named).scale != 1 and _lacks_unit(wanted) and _lacks_unit(reached)
    if not asks and not is_scaled and not (is_decimal and any(one.value > 1 for one in wanted)):
        return cells
    found = read_cells(target, comparator, named, actual, borrow=False)
    if is_scaled and not asks and not found.diagnostics and not _is_scaled(reached):
        return cells  # two plain numbers compare as they are
    message = Message(f"单位按名称里的“{named}”", f"the unit is that of the name, {named!r}")
    return replace(found, assumptions=(Assumption("unit_of_name", message), *found.assumptions))


def _words_of(target: Level, actual: str) -> Level | None:
    """Return the words that answer words, where only what stands behind them holds a number: 增强（92%认可）.

    What may take something back is kept, for a person to judge: 改善（PM2.5上升3.2%）.
    """
    if (said := _counted_beside(fold(target.text).strip(), fold(actual).strip())) is not None:
        return Level(target.text, assumptions=(no_result(said),))
    match = _WORDS_AND_BRACKET.fullmatch(fold(actual).strip())
    if match is None or is_nothing(target.text) or is_nothing(match["words"]):
        return None
    change = read_actual(match["said"], None)
    is_doubtful = match["doubtful"] is not None
    if isinstance(change, Change):
        side = side_of(change.label)
        is_worse = side is not None and (side.direction == "lower") is (change.direction == "increase")
        is_doubtful = is_worse or (is_doubtful and side is None)
    elif (
        wrong_things(match["said"])
        or _WORSE_IF_MORE.search(match["said"])
        or (claim_of(match["words"]) is None and _LOW.fullmatch(match["said"]))
    ):
        is_doubtful = True
    if is_doubtful:
        return Level(actual.strip())
    said = match["bracket"].removeprefix(",")
    return Level(match["words"], assumptions=(no_result(said),))


def _without_trend(actual: str, unit: str | None) -> Actual | None:
    """Return 95%↑ without its arrow, which says only which way it went; with_words judges whether that is so."""
    match = _TREND.fullmatch(fold(actual).strip())
    reached = None if match is None else read_actual(match["said"], unit)
    if match is None or not isinstance(reached, Measured):
        return None
    return replace(reached, assumptions=(*reached.assumptions, no_result(match["arrow"])))


def _without_arrow(target: str | None) -> str | None:
    """Return ≥95%↑ without the arrow, which says no more than the sign, and an arrow alone as the word for it."""
    if target is not None and target.strip() in _WAYS:
        return _WAYS[target.strip()]
    found = _SIGN_AND_ARROW.fullmatch(target) if target and target[-1:] in _ARROWS else None
    return target if found is None else found["said"]


_ARROWS, _WAYS = frozenset("↑↓"), {"↑": "上升", "↓": "下降"}


def _counted_beside(target: str, actual: str) -> str | None:
    """Return what is counted beside the very words of a target, or beside 全部资助 under 应助尽助; `None` for others.

    >>> _counted_beside("应救尽救", "46人,应救尽救"), _counted_beside("应救尽救", "46人")
    ('46人', None)
    """
    clauses = [clause for clause in _CLAUSE.split(actual) if clause]
    deed = target[1] if len(target) == _FOUR and target[0] == "应" and target[2] == "尽" else None
    words = [
        clause
        for clause in clauses
        if clause.removeprefix("已") == target or (deed and deed in clause and _ALL_OF_DEED.fullmatch(clause))
    ]
    counted = [clause for clause in clauses if clause not in words]
    if len(words) != 1 or not counted or is_nothing(target) or not all(map(_ONLY_COUNTED.fullmatch, counted)):
        return None
    return ",".join(counted)


_CLAUSE, _FOUR = re.compile(r"[,;。()]"), 4


def holds_bracket(name: str) -> bool:
    """Return whether a name may hold a unit: 长度（米）."""
    return "（" in name or "(" in name


def as_repeated_words(cells: Cells, target: str | None, actual: str | None) -> Cells:
    """Read two cells as words where one cannot be read as one number, and the actual repeats the target.

    What parts the numbers does not count: 12个/12个月 and 12个；12个月.
    """
    one, other = (_PARTING.sub("；", _WRAP.sub("", text or "")) for text in (target, actual))
    if one != other or {one.code for one in cells.diagnostics} != {_SEVERAL_NUMBERS}:
        return cells
    same = Level((target or "").strip()) if (target or "").split() == (actual or "").split() else Level(one)
    return Cells(same, same)


def with_sign_behind(
    cells: Cells,
    row: tuple[str | None, str | None, str | None, str | None],
    side: Callable[[Target], Side | None],
    *,
    borrow: bool,
) -> Cells:
    """Read 90%≤ as 90%≤X where the row's name says that more is better, and 3%≥ where less is.

    `side` tells the side of a bare number; where a name says neither, nobody knows which way the sign is meant.
    """
    target, comparator, unit, actual = row
    written = _SIGN_BEHIND.fullmatch(fold(target or "").strip())
    if written is None or comparator or not cells.diagnostics or cells.diagnostics[0].code != "PF315":
        return cells
    bare, _ = _attempt_target(written["amount"], None, unit)
    better = None if bare is None else side(bare)
    if better is None or (better.direction == "lower") is (written["at_least"] is not None):
        return cells
    text = f"{_OTHER_WAY[written['sign']]}{written['amount']}"
    message = Message(f"“{target}”按“{text}”读", f"{target!r} is read as {text!r}")
    found = read_cells(text, comparator, unit, actual, borrow=borrow)
    return replace(found, assumptions=(Assumption("sign_behind", message), *found.assumptions))


_SIGN_BEHIND = re.compile(r"(?P<amount>[0-9][0-9.,]*[^0-9≥≤<>=]{0,6}?)\s*(?P<sign>(?P<at_least>[≤<])|[≥>])")
_OTHER_WAY = {"≥": "≤", "≤": "≥", ">": "<", "<": ">"}


def as_dates(
    cells: Cells, name: str, row: tuple[str | None, str | None, str | None, str | None], year: int | None
) -> Cells:
    """Read 20241030 and 45595 as days under a name that is for a date; `row` are arguments of :func:`read_cells`.

    5.20完成 under a limit is one whatever the name is. Whether 45595 is a day of another `year` a person must tell.
    """
    target, comparator, unit, actual = row
    is_numbered = is_day_in_digits(target) or is_day_in_digits(actual)
    is_deed = isinstance(cells.target, Deadline) and _DAY_OF_A_DEED.fullmatch((actual or "").strip()) is not None
    if not is_numbered or (unit or "").strip() or not (is_deed or _OF_A_DATE.search(name)):
        return cells
    written = [(text, _day(text.strip())) for text in (target, actual) if text is not None]
    days = {text: day for text, day in written if day is not None}
    if isinstance(cells.target, Deadline) and year is not None and is_day_number((actual or "").strip()):
        day, limit = days[actual or ""], cells.target.last_day(year)
        if {day[:4], str(year if limit is None else limit.year)} != {str(year)}:
            zh = f"“{actual}”如果是日期序号，就是“{day}”，不在这一年"
            message = Message(zh, f"{actual!r}, if it is the number of a day, is {day!r}, which is of another year")
            return replace(cells, assumptions=(*cells.assumptions, Assumption("day_of_another_year", message)))
    if any(_MONTH_AND_DAY.fullmatch(text.strip()) for text in days):
        # 12.5 may be a number, unless what is beside it can only be a date.
        is_date = isinstance(cells.target, Deadline) or any(_is_day_only(text) for text in days)
        if not is_date or not is_of_a_day(name):
            return cells
    found = read_cells(days.get(target or "", target), comparator, unit, days.get(actual or "", actual), borrow=False)
    said = [Message(f"“{text}”按日期“{day}”读", f"{text!r} is read as the date {day!r}") for text, day in days.items()]
    return replace(found, assumptions=(*(Assumption("as_date", one) for one in said), *found.assumptions))


def is_of_a_day(name: str) -> bool:
    """Return whether a name is for the day of a deed, so that 12.31 is no number under it.

    >>> is_of_a_day("项目完成时间"), is_of_a_day("响应时间")
    (True, False)
    """
    return _OF_A_DEED.search(name) is not None


def is_day_in_digits(text: str | None) -> bool:
    """Return whether a cell may be a day: 20241030, or 45595 as spreadsheets count days."""
    return text is not None and len(text) < _LONG and _day(text.strip()) is not None


def _day(text: str) -> str | None:
    if _EIGHT_DIGITS.fullmatch(text):
        return _EIGHT_DIGITS.sub(r"\g<year>年\g<month>月\g<day>日", text)
    if (short := _SHORT_DAY.fullmatch(text)) is not None:
        return f"20{short['year']}年{int(short['month'])}月{int(short['day'])}日{short['before']}"
    if (written := _MONTH_AND_DAY.fullmatch(text)) is not None:
        return f"{int(written['month'])}月{int(written['day'])}日{written['before']}"
    if (done := _DAY_OF_A_DEED.fullmatch(text)) is not None:
        year = f"{done['year']}年" if done["year"] else ""
        return f"{year}{int(done['month'])}月{int(done['day'])}日{done['before']}{done['deed']}"
    if not is_day_number(text):
        return None
    day = _FIRST_DAY + timedelta(days=int(text))
    return f"{day.year}年{day.month}月{day.day}日"


def _is_day_only(text: str) -> bool:
    """Return whether 12.31 can hardly be a number: it has the month before the day, with two digits of it."""
    found = _MONTH_AND_DAY.fullmatch(text.strip())
    return found is not None and len(found["day"]) == _DIGITS_OF_DAY


_LONG, _DIGITS_OF_DAY = 16, 2
#: Day 0 of spreadsheets.
_FIRST_DAY = date(1899, 12, 30)
_EIGHT_DIGITS = re.compile(r"(?P<year>(?:19|20)[0-9]{2})(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12][0-9]|3[01])")
# The rule is described, with rows, in grammar/words/dates.txt.
_DAY_OF_A_DEED = rule("day_of_a_deed")
_OF_A_DATE, _OF_A_DEED, _MONTH_AND_DAY = rules("name_of_a_date", "name_of_a_deed_dated", "month_and_day")


def as_words(cells: Cells, actual: str | None) -> Cells:
    """Take an actual for words where it compares with a number outside the form, as a target in words does."""
    if [one.code for one in cells.diagnostics] != ["PF330"] or not isinstance(cells.target, Level):
        return cells
    return Cells(cells.target, Level((actual or "").strip()))


def _attempt_target(
    text: str | None, comparator: str | None, unit: str | None
) -> tuple[Target | None, Diagnostic | None]:
    try:
        return parse_target(text or "", comparator=comparator, unit=unit), None
    except ExpressionError as error:
        if error.code == _BLANK:
            hint = Message(
                "请照批复的目标补上；不适用的，填“不适用”", "fill in what was approved, 不适用 if it does not apply"
            )
            return None, Diagnostic("PF512", Message("没有填指标值", "the target is blank"), hint)
        return None, error.diagnostics[0]


def _attempt_actual(text: str | None, unit: str | None) -> tuple[Actual | None, Diagnostic | None]:
    try:
        return parse_actual(text or "", unit=unit), None
    except ExpressionError as error:
        if error.code == _BLANK:
            hint = Message(
                "确认没有完成的，填 0；不适用的，填“不适用”",
                "fill in 0 if nothing was achieved, 不适用 if it does not apply",
            )
            return None, Diagnostic("PF511", Message("没有填完成值", "the actual is blank"), hint)
        return None, error.diagnostics[0]


def quantities(reading: Reading | None) -> tuple[Quantity, ...]:
    """Return the quantities that a reading holds."""
    match reading:
        case (
            Bound(quantity=quantity)
            | Measured(quantity=quantity)
            | Achieved(quantity=quantity)
            | Change(quantity=quantity)
        ):
            return (quantity,)
        case Between(low, high):
            return (low, high)
        case AllOf(parts) | AnyOf(parts):
            return tuple(quantity for part in parts for quantity in quantities(part))
    return ()


def _counted_as(target: Target, actual: Actual) -> Actual:
    """Return an actual counted in the target's word where it has another one for the same: 16场 under 15场次."""
    units = {one.unit for one in quantities(target)}
    return actual if units <= {None} else _counted_in(units, actual)


def _counted_in(units: set[str | None], reading: _R) -> _R:
    match reading:
        case AllOf(parts):
            counted = tuple([_counted_in(units, part) for part in parts])
            said = dict.fromkeys(one for part in counted if part not in parts for one in part.assumptions)
            return replace(reading, parts=counted, assumptions=(*reading.assumptions, *said)) if said else reading
        case Measured(quantity=quantity) | Achieved(quantity=quantity) if quantity.unit not in units:
            own = quantity.unit
            alike = [unit for unit in units if unit is not None and counted_alike(own, unit)]
            if len(alike) != 1 or own is None:
                return reading
            (unit,) = alike
            zh = f"“{own}”与“{unit}”按数的是同一样东西计"
            same = Assumption("same_things", Message(zh, f"{own} and {unit} are taken to count the same"))
            written = None if quantity.written is None else quantity.written.removesuffix(own) + unit
            quantity = replace(quantity, unit=unit, written=written)
            return replace(reading, quantity=quantity, assumptions=(*reading.assumptions, same))
    return reading


_R = TypeVar("_R", bound=Reading)


def _lend(
    target_text: str, comparator: str | None, target: Target, actual_text: str, actual: Actual, *, borrow: bool
) -> Cells:
    """Where exactly one of the two cells gives a unit or a scale, read the other one again with it."""
    wanted, reached = quantities(target), quantities(actual)
    if _lacks_unit(wanted) and _lacks_unit(reached) and _is_scaled(wanted) == _is_scaled(reached):
        return Cells(target, actual)
    for cell, text, lacking, other, giving in (
        ("actual", actual_text, reached, "target", wanted),
        ("target", target_text, wanted, "actual", reached),
    ):
        lender = _only_unit(giving)
        if not lender or not _lacks_unit(lacking):
            continue
        if not borrow:
            return _not_lent(target, actual, (cell, text), (other, lender))
        scale = _scale_lent(giving, lacking)
        if scale is None:
            return _two_scales(target, actual, (cell, text), giving[0].ratio or lender)
        unit = lender if scale else giving[0].unit
        message = _lent(cell, text, other, unit)
        if unit is None:
            return _relent(target, actual, message)
        if cell == "actual":
            return _relent(target, _attempt_actual(text, unit)[0], message)
        return _relent(_attempt_target(text, comparator, unit)[0], actual, message)
    return Cells(target, actual)


def may_be_decimal_share(name: str, actual: str | None) -> bool:
    """Return whether an actual may be the decimal of a share, as spreadsheets hold it: 0.963, 1.

    >>> may_be_decimal_share("群众满意度", "0.963"), may_be_decimal_share("验收合格率", "1")
    (True, True)
    >>> may_be_decimal_share("培训期数", "1"), may_be_decimal_share("群众满意度", "96.3")
    (False, False)
    """
    said = (actual or "").strip()
    if said[:1] != "." and said[:2] not in {"0.", "０．", "1", "1.", "１"} and "E-" not in said:
        return False
    bare = parse_name(name).bare
    return is_share(bare) or (said[:1] not in {"1", "１"} and is_rate(bare))


def as_decimal_share(cells: Cells, name: str, target: str | None, actual: str | None) -> Cells:
    """Read 0.963 beside ≥95, 1 beside 100, and 0.95 beside 96.3% as the decimals of shares, under a name for one.

    Only one of the two readings is then near the other cell: 0.963% is far from 95%. What may not be exceeded may be
    as small as it likes, and what is asked for be as little; neither is read so.

    >>> cells = read_cells("≥95", None, None, "0.963", borrow=True)
    >>> str(as_decimal_share(cells, "群众满意度", "≥95", "0.963").actual)
    '96.3%'
    """
    wanted, reached = cells.target, cells.actual
    if reached is None and actual is not None and _POINT_FIRST.fullmatch(actual.strip()):
        actual = f"0{actual.strip()}"
        reached = parse_actual(actual)
    if not isinstance(wanted, Bound) or not isinstance(reached, Measured) or reached.label or wanted.op in UPPER:
        return cells
    if any(one.quantity.unit not in {None, RATIO} for one in (wanted, reached)):
        return cells
    for cell, text, one, other in (("actual", actual, reached, wanted), ("target", target, wanted, reached)):
        may_be = may_be_decimal_share(name, text) if cell == "actual" else may_be_decimal_rate(name, text)
        if not may_be or "%" in fold(text or "") or _is_limit_by_name(wanted, name):
            continue
        number, share = one.quantity.value * _SIZE_OF.get(one.quantity.written or "", 1), other.quantity.value
        share = share if other.quantity.unit == RATIO else share / 100
        if share >= _HALF and share / 2 <= number <= share * 2 and number <= 1 and (cell == "actual" or number < 1):
            return _with_decimal(cells, wanted, reached, (cell, text or "", number, share))
    return cells


_POINT_FIRST = re.compile(r"\.[0-9]+")
_SIZE_OF = {"%": 100, "‰": 1000, "‱": 10000}


def _is_limit_by_name(target: Bound, name: str) -> bool:
    side = side_of(name, (), RATIO) if target.op is TargetKind.BARE else None
    return side is not None and side.direction == "lower"


def _with_decimal(cells: Cells, target: Bound, actual: Measured, found: tuple[str, str, Fraction, Fraction]) -> Cells:
    """Return the cells as shares, of which the one is a decimal."""
    cell, text, number, share = found
    first, second = (number, share) if cell == "target" else (share, number)
    wanted, reached = Quantity(first, RATIO, "%"), Quantity(second, RATIO, "%")
    one = CELL_NAMES[cell]
    said = Quantity(number, RATIO, "%")
    message = Message(f"{one.zh}“{text}”按小数计，就是 {said}", f"the {one.en} {text!r} is taken as a decimal, {said}")
    kept = (one for one in cells.assumptions if one.key != "borrowed_unit")
    assumptions = (*kept, Assumption("borrowed_unit", message))
    return Cells(replace(target, quantity=wanted), replace(actual, quantity=reached), assumptions=assumptions)


_SIGNS_OF_SHARE = frozenset({"%", "‰", "‱"})
#: Two values of one row are seldom further apart.
_FAR_APART = 100
#: A number that is not even this part of a limit below 1% may be a decimal: 0.02 beside ≤1% is 0.02% or 2%.
_SHARE_OF_LIMIT = 5


def _scale_lent(lender: tuple[Quantity, ...], borrower: tuple[Quantity, ...]) -> bool | None:
    """Return whether a number without unit borrows the scale of the other cell too; `None` where both may be meant.

    25000 beside 2万人 is 25000人, 2.5 is 2.5万人: only one of the two is within a factor of 100. Beside 95%, 90 is 90%,
    as hardly anybody writes 90 for 9000%; but 0.98 may be 0.98% or 98%.
    """
    known = next((one for one in lender if one.value), None)
    number = next((one.value for one in borrower if one.value), None)
    if known is None or number is None:
        return True
    if known.unit == RATIO and known.written not in _SIGNS_OF_SHARE:
        # 1/10, 1:10 and 九成 lend no sign: beside them 0.12 may be 12%; beside 千分之三, 2 may be 2% or 2‰; and beside
        # 18:1, 17.2 is no percentage.
        return None if known.ratio or abs(number) <= 1 or abs(known.value) < _PERCENT else True
    if known.written in {None, known.unit}:
        return True
    if known.unit == RATIO:
        written = known.value * _SIZE_OF.get(known.written or "", 1)
        if abs(number) > _FAR_APART * abs(written):
            return None  # 45657 beside 95% may be a day
        is_small = known.written == "%" and abs(number) * _SHARE_OF_LIMIT <= abs(written) < abs(number) * 100
        return None if abs(number) <= 1 and (abs(written) > 1 or is_small) else True
    try:
        scale = read_unit(known.written).scale
    except Trouble:  # a unit that no column may hold
        return True
    near = [Fraction(1, _FAR_APART) <= abs(one / known.value) <= _FAR_APART for one in (number * scale, number)]
    return near[0] if near[0] is not near[1] else None


def _column_doubted(unit: str | None, target: Target, actual_text: str, actual: Actual) -> Cells | None:
    """Refuse a row of which one number seems not to be in the scale of the unit column.

    119,800 beside ≤12 under 万元 are 元, and 0.98 beside ≥95 under % is a share as a spreadsheet holds it.
    """
    column = read_unit(unit)
    if unit is None or (column.scale == 1 and column.factor == 1):
        return None
    mine, theirs = quantities(target), quantities(actual)
    if len(theirs) != 1 or not mine or not isinstance(actual, Measured) or not theirs[0].value or not mine[0].value:
        return None
    wanted, reached = mine[0], theirs[0]
    size = reached.value / wanted.value
    bare = _BARE.fullmatch(actual_text.strip()) is not None
    if column.factor != 1:
        number = reached.value / column.factor
        is_decimal = bare and 0 < number <= 1 and size < _TENTH and _HALF <= size / column.factor <= 2
        return _two_scales(target, actual, ("actual", actual_text), unit) if is_decimal else None
    is_far = size > _FAR_APART and size / column.scale * _FAR_APART >= 1
    if bare and is_far and wanted.dimension == reached.dimension:
        return _two_scales(target, actual, ("actual", actual_text), unit)
    return None


def may_be_decimal_rate(name: str, target: str | None) -> bool:
    """Return whether a target begins as a rate that a decimal writes: 0.95, ≥0.95, 1.

    >>> may_be_decimal_rate("预算执行率（%）", "≥0.95"), may_be_decimal_rate("培训期数", "1")
    (True, False)
    """
    return (target or "").lstrip(" ≥＞>=＝")[:1] in {"0", "1", "０", "１"} and is_rate(parse_name(name).bare)


def rate_doubted(
    target_text: str | None, unit: str | None, cells: Cells, *, is_limit: bool, is_whole: bool = False
) -> Cells:
    """Refuse a rate whose target seems to be a decimal where the actual is in percent: 0.95 and 85, 1 and 98%.

    A target that may not be exceeded is what it says: ≤0.5 and 8; `is_limit` tells that of a bare number. Two decimals
    under % (0.9 and 0.92) compare as they would without it, which is said of a rate near 100%, as `is_whole` tells.
    """
    wanted, reached = quantities(cells.target), quantities(cells.actual)
    op = cells.target.op if isinstance(cells.target, Bound) else None
    if (
        op is None
        or op in UPPER
        or (is_limit and op is TargetKind.BARE)
        or len(reached) != 1
        or not _BARE_TARGET.fullmatch((target_text or "").strip())
    ):
        return cells
    (edge,), (found,) = wanted, reached
    written, size = (one.value * (100 if one.unit == RATIO else 1) for one in (edge, found))
    if edge.unit not in {None, RATIO} or found.unit != edge.unit or not 0 < written <= 1:
        return cells
    if size <= 10 * written:
        is_decimal = is_whole and edge.unit == RATIO and written > _HALF and _HALF < size <= 1
        return replace(cells, assumptions=(*cells.assumptions, _BOTH_DECIMAL)) if is_decimal else cells
    text = (target_text or "").strip()
    return _two_scales(cells.target, cells.actual, ("target", text), unit or "%")  # type: ignore[arg-type]


_BOTH_DECIMAL = Assumption(
    "both_decimal",
    Message(
        "两格按“%”计都不超过 1%，像是电子表格的小数；按小数计，达标与否相同",
        "both cells are no more than 1% under %, as decimals of a spreadsheet are; it makes no difference here",
    ),
)
_BARE_TARGET = re.compile(r"(?:[≥＞>=＝]=?)?\s*[0-9０-９][0-9０-９.．]*")
_BARE = re.compile(r"[0-9０-９][0-9０-９,，.]*")
_TENTH, _HALF, _PERCENT = Fraction(1, 10), Fraction(1, 2), Fraction(1, 100)
_UNIT_IN_BOTH = Message("请在两格中写出同一单位", "write the unit in both cells")


def _two_scales(target: Target, actual: Actual, without: tuple[str, str], lender: str) -> Cells:
    """Refuse a row whose number without unit may be meant in two scales."""
    cell, text = without
    one = CELL_NAMES[cell]
    message = Message(
        f"{one.zh}“{text}”没有写单位，可能按“{lender}”计，也可能没有这个倍数",
        f"the {one.en} {text!r} has no unit; it may be in {lender!r} or without that scale",
    )
    problem = Diagnostic("PF517", message, _UNIT_IN_BOTH, Span(cell=cell), severity=Severity.WARNING)
    return Cells(target, actual, Outcome.REFUSED, diagnostics=(problem,))


def lent_units(target: str, comparator: str | None, unit: str | None, actual: str) -> dict[str, str]:
    """Return which cell of a row lacks a unit that the other one gives, and that unit.

    >>> lent_units("≥26万人", None, None, "28")
    {'actual': '万人'}
    """
    wanted, reached = _attempt_target(target, comparator, unit)[0], _attempt_actual(actual, unit)[0]
    mine, theirs = quantities(wanted), quantities(reached)
    if (lender := _only_unit(mine)) and _lacks_unit(theirs):
        return {"actual": lender}
    return {"target": lender} if (lender := _only_unit(theirs)) and _lacks_unit(mine) else {}


def is_scale_lent(unit: str) -> bool:
    """Return whether a unit as it is written has a scale that a number without unit may leave out: 万人, %.

    Of a unit that no column may hold, 名教师/班, it is not known: it counts as having one.
    """
    try:
        column = read_unit(unit)
    except Trouble:
        return True
    return column.scale != 1 or column.factor != 1


def _lent(cell: str, text: str, other: str, unit: str | None) -> Message:
    """Report that a cell borrows the unit of the other one, or not even its scale."""
    one, lender = CELL_NAMES[cell], CELL_NAMES[other]
    if unit is None:
        return Message(
            f"{one.zh}“{text}”没有{lender.zh}的倍数，按原数计",
            f"the {one.en} {text!r} has not the scale of the {lender.en}; taken as it is",
        )
    return Message(
        f"{one.zh}“{text}”没有写单位，借用{lender.zh}的单位“{unit}”",
        f"the {one.en} {text!r} has no unit; it borrows {unit!r} from the {lender.en}",
    )


def _relent(target: Target | None, actual: Actual | None, message: Message) -> Cells:
    if target is None or actual is None:
        problem = Diagnostic("PF517", message, _UNIT_IN_BOTH)
        return Cells(target, actual, Outcome.REFUSED, diagnostics=(problem,))
    return Cells(target, actual, assumptions=(Assumption("borrowed_unit", message),))


def _not_lent(target: Target, actual: Actual, without: tuple[str, str], lender: tuple[str, str]) -> Cells:
    """Refuse a row of which only one cell gives a unit: the ruleset does not let the other one borrow it."""
    (cell, text), (other, unit) = without, lender
    one, lends = CELL_NAMES[cell], CELL_NAMES[other]
    message = Message(
        f"{one.zh}“{text}”没有写单位，{lends.zh}的单位是“{unit}”",
        f"the {one.en} {text!r} has no unit, the {lends.en} is in {unit!r}",
    )
    hint = Message(
        "请在两格中写出同一单位；规则集写 borrow_unit: 是 的，可以借用",
        "write the unit in both cells; a ruleset that says `borrow_unit: 是` lets one cell borrow it",
    )
    return Cells(target, actual, Outcome.REFUSED, diagnostics=(Diagnostic("PF517", message, hint, Span(cell=cell)),))


def _only_unit(held: tuple[Quantity, ...]) -> str | None:
    units = {quantity.written or quantity.unit for quantity in held}
    unit = next(iter(units)) if len(units) == 1 else None
    if unit != "1":
        return unit
    return "‰" if all(abs(one.value) < _PERCENT for one in held) else "%"


def _lacks_unit(held: tuple[Quantity, ...]) -> bool:
    return bool(held) and all(quantity.unit is None for quantity in held)


def _is_scaled(held: tuple[Quantity, ...]) -> bool:
    return any(quantity.written for quantity in held)
