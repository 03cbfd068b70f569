"""Score one row under one edition: a tuple of passes for indicators, and one for budget lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from operator import itemgetter
from typing import Any, ClassVar

from pfscore.cells.indicator_names import name_key, number_in_name, parse_name, sign_in_name
from pfscore.cells.lexicon.directions import (
    Side,
    change_named,
    directions_of,
    is_doubtful,
    is_share,
    is_size_of_group,
    measured_by,
    side_of,
    side_of_change,
)
from pfscore.cells.lexicon.quantities import RATIO
from pfscore.cells.meaning.products import product_in
from pfscore.cells.readings import (
    UPPER,
    Actual,
    AllOf,
    AnyOf,
    Assumption,
    Between,
    Bound,
    Change,
    Measured,
    Reading,
    Target,
    TargetKind,
)
from pfscore.forms.files.rows import read_row
from pfscore.forms.form import BudgetLine, Form, Indicator, is_sum, word_of_sum
from pfscore.formulas.evaluation.compiled import Compiled, compile_formula
from pfscore.formulas.glossary import GLOSSARY, OF_FORM
from pfscore.foundation.diagnostics import CELL_NAMES, Diagnostic, Severity, Span
from pfscore.foundation.errors import ExpressionError, RulesetError
from pfscore.foundation.folding import fold, fold_without_spaces
from pfscore.foundation.numbers import decimal_text
from pfscore.foundation.runtime.memory import remembered
from pfscore.foundation.text import Message
from pfscore.rulesets.in_force import Edition, RuleInForce
from pfscore.rulesets.model.base import Assume
from pfscore.rulesets.model.way import ByChecklist
from pfscore.scoring.row.awarding.award import NO_EXTRAS, UNSTATED, Award, Extras
from pfscore.scoring.row.awarding.by_rule import award, award_budget, deducted
from pfscore.scoring.row.awarding.judgement import settled
from pfscore.scoring.row.comparing.beside_numbers.answering import answering
from pfscore.scoring.row.comparing.beside_numbers.objections import with_words
from pfscore.scoring.row.comparing.beside_numbers.remarks import unless_less
from pfscore.scoring.row.comparing.beside_numbers.written import Pair, Written, has_words, in_cells_words
from pfscore.scoring.row.comparing.compare import compare
from pfscore.scoring.row.comparing.comparison import NOTHING_COMPARED, Comparison, unknown
from pfscore.scoring.row.comparing.in_words.answers_of_row import all_have_it, answered_in_words
from pfscore.scoring.row.comparing.in_words.less_than_asked import less_than_asked
from pfscore.scoring.row.comparing.in_words.rereadings import REREADINGS, Rereading
from pfscore.scoring.row.comparing.in_words.shortfalls import is_unknown
from pfscore.scoring.row.comparing.in_words.taken_back import fallen_short, unless_unfinished, unless_with_leave
from pfscore.scoring.row.comparing.readings_of_row import (
    Cells,
    Outcome,
    as_dates,
    as_decimal_share,
    as_repeated_words,
    as_words,
    holds_bracket,
    is_day_in_digits,
    may_be_decimal_rate,
    may_be_decimal_share,
    quantities,
    rate_doubted,
    read_cells,
    with_sign_behind,
    with_unit_of_name,
)
from pfscore.scoring.row.doubts import ReadRow, has_lost_points, may_be_contradicted
from pfscore.scoring.row.figures import OF_NO_NAME, Figures, OfName, of_name
from pfscore.scoring.row.framing.frames import KEPT, Frames
from pfscore.scoring.row.preparing.fixed_by_ruleset import PROSE, Given
from pfscore.scoring.row.preparing.holidays import day_with_delay, with_day_of_holiday
from pfscore.scoring.row.preparing.inputs import (
    form_amounts,
    neighbours,
    read_amounts,
    read_extras,
    read_points,
    stated_properties,
)
from pfscore.scoring.row.preparing.options import is_unchosen, marked, ticked
from pfscore.scoring.row.preparing.related.relate import is_compared, related
from pfscore.scoring.row.preparing.rule_choice import Case, Chooser, answers_of, case_of, sign_of
from pfscore.scoring.row.preparing.several_numbers import with_labels_before
from pfscore.scoring.row.row import Row
from pfscore.scoring.row.score import BudgetScore, IndicatorScore

#: How many places rows may have for the rules to tell them apart; rows of others are scored by the passes.
_MAX_PLACES = 65536
_OF_BLOCK = frozenset({"block_points", "count", "position"})


class Engine:
    """One edition, compiled once."""

    #: Whether every row that a frame scores is scored by the passes as well, and the two compared; for tests.
    checks_frames: ClassVar[bool] = False

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.chooser = Chooser(edition)
        self.given = Given(edition)
        self.borrow = bool(edition.terms.get("borrow_unit"))
        self._compiled = _compiled(edition)
        #: Whether a formula asks for facts about a row's block.
        self._uses_block = any(_OF_BLOCK & rule.names for rule in edition.rules)
        #: Whether a rule scores by amounts of the form.
        self.uses_form_amounts = any(rule.uses_form_amounts for rule in edition.rules)
        #: Whether a rule scores rows of its place though their target or actual is blank.
        self.uses_place = any(rule.is_of_place and len(rule.cells_used) < 2 for rule in edition.rules)
        #: Whether a rule is for forms that state something of themselves.
        self.uses_properties = any(rule.applies.properties is not None for rule in edition.rules)
        #: Whether the name of an indicator may say to which side a bare number improves.
        self._uses_names = any(rule.assume.is_by_name for rule in edition.rules)
        self._plain = remembered(self._plain_row)
        self._places: dict[Hashable, int] = {}
        #: What is known of rows by their shapes; nothing where a row's block decides too.
        self.frames = None if self._uses_block else Frames(self, self.compiled, self._place_of, borrow=self.borrow)

    def compiled(self, rule: RuleInForce) -> Compiled | None:
        """Return the rule's formula, ready to be computed; the code for it is made on first use."""
        return self._compiled[rule.id]

    def score_rows(self, rows: Iterable[object]) -> Iterator[IndicatorScore]:
        """Score rows given as mappings of cells; any other object is a row that is refused."""
        frames, checks = self.frames, self.checks_frames
        for cells in rows:
            framed = frames.score(cells) if type(cells) is dict and frames is not None else None
            if framed is not None and not checks:
                yield framed
                continue
            given, extra = read_row(cells)
            one = self.score(given, extra=extra)
            self._note(cells, one, framed)
            yield one

    def score_cells(self, cells: object) -> IndicatorScore:
        """Score one row; see :meth:`score_rows`."""
        return next(self.score_rows((cells,)))

    def score_indicators(self, form: Form) -> Iterator[IndicatorScore]:
        """Score the rows of a form, by frames where nothing beside plain cells and the year decides."""
        frames = None if self.uses_properties and form.properties else self.frames
        peers: list[Extras] = []
        for index, given in enumerate(form.indicators):
            cells, framed = None, None
            if frames is not None and not _says_more(given) and not may_be_contradicted(given, form.year):
                cells = dict(zip(_PLAIN, _plain_cells(vars(given)), strict=True))
                if (framed := frames.score(cells, form.year)) is not None:
                    vars(framed).update(row=given, year=form.year, extra={})
                    if not self.checks_frames:
                        yield framed
                        continue
            if not peers and (cells is None or not self._is_plain(given)):
                peers = list(self.peers(form))
            one = self.score(given, year=form.year, peers=peers[index] if peers else NO_EXTRAS)
            self._note(cells, one, framed, form.year)
            yield one

    def _note(self, cells: object, one: IndicatorScore, framed: IndicatorScore | None, year: int | None = None) -> None:
        """Learn from what the passes gave, or hold against it what the frame gave."""
        if framed is not None:
            expected, found = ({name: getattr(score, name) for name in _COMPARED} for score in (one, framed))
            if found != expected:
                raise AssertionError(f"{cells}: the frame gives {found}, the passes {expected}")
        elif type(cells) is dict and self.frames is not None:
            self.frames.learn(cells, one, year)

    def _place_of(self, name: Any, path: Any) -> int | None:
        """Return the number of a place: the same for rows that no rule tells apart by name and block."""
        if not (name is None or type(name) is str) or not (path is None or type(path) is tuple):
            return None
        name, path = name or "", path or ()
        if (
            not all(type(part) is str for part in path)
            or word_of_sum(name, path)
            or (self.given.fixes_anything and self.given.fixes(name, path))
        ):
            return None
        unit = parse_name(name).unit if holds_bracket(name) else None
        place = self.chooser.place(name, path), directions_of(name, path) if self._uses_names else (), unit
        if len(self._places) >= _MAX_PLACES and place not in self._places:
            return None
        return self._places.setdefault(place, len(self._places))

    def peers(self, form: Form) -> Iterator[Extras]:
        """Yield for each row of a form what decides beside its own cells: facts about its block, and about the form."""
        amounts, properties = form_amounts(form), stated_properties(form, self.edition.terms)
        for peers in neighbours(form.indicators, self.given.block_of):
            yield replace(peers, amounts=amounts, properties=properties)

    def score(
        self,
        given: Indicator,
        *,
        year: int | None = None,
        peers: Extras = NO_EXTRAS,
        extra: Mapping[str, Any] | None = None,
        as_written: bool = False,
    ) -> IndicatorScore:
        """Score one indicator row; `peers` are facts about its block and its form, `extra` is the caller's own.

        Rows whose figures are doubted are open, unless all are to be taken `as_written`.
        """
        named = OF_NO_NAME if as_written else of_name(given.name, given.path)
        has_lost = bool(named.turned) and has_lost_points(given)
        is_plain = self._is_plain(given) and (as_written or not may_be_contradicted(given, year))
        if is_plain and not (self.uses_properties and peers.properties):
            is_named = (
                self.chooser.looks_at_names
                or (self._uses_names and _may_be_bare(given))
                or holds_bracket(given.name)
                or may_be_decimal_rate(given.name, given.target)
                or may_be_decimal_share(given.name, given.actual)
                or is_day_in_digits(given.target)
                or is_day_in_digits(given.actual)
            )
            name = given.name if is_named or has_words(given.actual) or has_words(given.target, "target") else ""
            cells = given.target, given.comparator, given.unit, given.actual, given.points
            found = self._plain(*cells, given.path, name, named, has_lost, year)
        else:
            row = Row.of(given, peers, year)
            row.of_name, row.has_lost_points, row.given = named, has_lost, None if as_written else given
            found = self.run(row, PASSES)
        return IndicatorScore(given, *found, extra or {}, year)

    def _is_plain(self, given: Indicator) -> bool:
        """Return whether nothing beside its seven plain cells decides what a row earns."""
        return not (
            self._uses_block
            or (self.given.fixes_anything and self.given.fixes(given.name, given.path))
            or _says_more(given)
            or is_sum(given)
        )

    def _plain_row(
        self,
        target: str | None,
        comparator: str | None,
        unit: str | None,
        actual: str | None,
        points: str | None,
        path: tuple[str, ...],
        name: str,
        named: OfName,
        has_lost_points: bool,  # noqa: FBT001 - of a row, and no switch
        year: int | None,
    ) -> _Found:
        """Score a row that holds nothing else; equal rows are scored once (see :attr:`_plain`)."""
        row = Row(name, path, target, comparator, unit, actual, points, year=year)
        row.of_name, row.has_lost_points = named, has_lost_points
        return self.run(row, PASSES)

    def score_budget(self, given: BudgetLine, amount_unit: str | None = None, *, is_part: bool = False) -> BudgetScore:
        """Score one budget line; only compute its rate where it carries no points, or is a part of another line."""
        row = Row.of_budget(given, amount_unit, is_part=is_part)
        found = self.run(row, _BUDGET_PASSES)
        rate = row.amounts.get("execution_rate")
        return BudgetScore(given, *found, execution_rate=rate if isinstance(rate, Fraction) else None)

    def run(self, row: Row, passes: tuple[Pass, ...]) -> _Found:
        """Do something with a row, until a pass closes it; return what was found."""
        for step in passes:
            step(self, row)
            if row.closed:
                break
        if row.award is None:
            raise ValueError("the last pass leaves no row without an award")
        if row.adjusts:
            row.award = replace(row.award, adjusts=True)
        found = tuple(map(_for_a_person, (*row.notes, *row.award.diagnostics)))
        return row.award, row.points, row.rule, found, row.cells


def _says_more(given: Indicator) -> bool:
    """Return whether a row holds more than plain cells: what a person added, targets by period, what was misread."""
    return bool(
        given.share
        or given.decision
        or given.rank
        or given.deduction
        or given.thresholds
        or given.targets
        or given.problems
    )


#: The cells that frames look at.
_PLAIN = ("target", "comparator", "unit", "actual", "points", "name", "path", "published_score")
_plain_cells = itemgetter(*_PLAIN)
#: What is compared of the scores of a frame and of the passes.
_COMPARED = (*KEPT, "points_exact")

#: What leaves a row to a person is no mistake of the form, nor are units that do not fit each other.
_FOR_A_PERSON = frozenset({"PF513", "PF516", "PF518", "PF519", "PF515", "PF517", "PF323", "PF325"})


def _for_a_person(found: Diagnostic) -> Diagnostic:
    """Return a diagnostic as a warning where it leaves the row to a person."""
    is_grave = found.code in _FOR_A_PERSON and found.severity is not Severity.WARNING
    return replace(found, severity=Severity.WARNING) if is_grave else found


def _may_be_bare(given: Indicator) -> bool:
    """Return whether a target may hold a number without a sign; a sign in front binds all of a short cell."""
    target = given.target or ""
    return not given.comparator and (target[:1] not in _SIGNS or not _JOINTS.isdisjoint(target))


_SIGNS = frozenset("≥≤><=＞＜＝≧≦")
_JOINTS = frozenset("，,；;、且和及与或")

Pass = Callable[[Engine, Row], None]
#: What the passes find about a row, as scores hold it: award, points, rule, diagnostics, readings.
_Found = tuple[Award, Fraction | None, RuleInForce | None, tuple[Diagnostic, ...], Cells | None]


def _information(_: Engine, row: Row) -> None:
    """Close a row of sums, or a budget line that only breaks down another one; its rate is computed all the same."""
    if row.is_information:
        row.points, row.notes = None, ()
        row.close(Award(Outcome.INFORMATION, None, None, diagnostics=row.problems))


def _read_additions(_: Engine, row: Row) -> None:
    """Read what a person added to the row: a share, points, a rank, a deduction, thresholds."""
    row.extras, problems = read_extras(row, row.extras)
    row.problems += problems


def _adjustment(engine: Engine, row: Row) -> None:
    """Note that a row adds to the total or takes off it, by its name."""
    if (adjusts := engine.given.adjusts(row)) is not None:
        row.adjusts, row.least = True, adjusts.low or Fraction(0)


def _complete(engine: Engine, row: Row) -> None:
    """Fill in what the form leaves out and the ruleset fixes."""
    cells, row.assumptions, row.notes = engine.given.complete(row, row.extras)
    row.points_text, row.target = cells.get("points", row.points_text), cells.get("target", row.target)


def _read_points(_: Engine, row: Row) -> None:
    row.points, problems = read_points(row.points_text)
    row.problems += problems


def _read_cells(engine: Engine, row: Row) -> None:
    """Read target and actual, and what they say beside each other and beside the name."""
    _respell(row)
    row.cells = read_cells(row.target, row.comparator, row.unit, row.actual, borrow=engine.borrow)
    written = row.target, row.comparator, row.unit, row.actual
    row.cells = as_dates(with_unit_of_name(row.cells, row.name, *written), row.name, written, row.year)
    row.cells = as_decimal_share(row.cells, row.name, row.target, row.actual)
    if row.cells.outcome is Outcome.REFUSED:
        row.cells = with_sign_behind(row.cells, written, lambda target: _side(row, target), borrow=engine.borrow)
        row.cells = as_repeated_words(as_words(row.cells, row.actual), row.target, row.actual)
    elif row.cells.outcome is Outcome.SCORED and may_be_decimal_rate(row.name, row.target):
        side = side_of(row.name, row.path, RATIO)
        is_limit = side is not None and side.direction == "lower"
        row.cells = rate_doubted(row.target, row.unit, row.cells, is_limit=is_limit, is_whole=is_share(row.name))
    if row.cells.outcome in {Outcome.SCORED, Outcome.REFUSED} and not is_compared(row.cells):
        row.cells = related(row.cells, _written(row))
    if row.cells.target is not None and row.cells.actual is not None:
        actual, row.others = answering(row.cells.target, row.cells.actual, _written(row))
        row.cells = row.cells if actual is row.cells.actual else replace(row.cells, actual=actual)
    if row.assumptions:
        row.cells = replace(row.cells, assumptions=(*row.assumptions, *row.cells.assumptions))


#: What stands behind the number of a hotline: 办结96%.
_NUMBER_AND_RESULT = re.compile("[一-龥][^0-9０-９]*[0-9０-９]")


def _respell(row: Row) -> None:
    """Write the cells of a row so that they can be read: the option that is ticked, the day of a holiday."""
    for cell in ("target", "actual"):
        written = getattr(row, cell)
        if (option := ticked(written)) is not None:
            zh, en = f"“{written}”选的是“{option}”", f"“{option}” is ticked in “{written}”"
            row.assumptions = (*row.assumptions, Assumption("ticked", Message(zh, en)))
            setattr(row, cell, option)
    if (said := marked(row.target, row.actual)) is not None:
        zh, en = f"“{row.actual}”就是“{said}”", f"“{row.actual}” is “{said}”"
        row.actual, row.assumptions = said, (*row.assumptions, Assumption("ticked", Message(zh, en)))
    number = number_in_name(row.name)
    if number and row.actual is not None and _NUMBER_AND_RESULT.match(rest := row.actual.removeprefix(number)):
        row.actual = rest
    sign = sign_in_name(row.name)
    if sign and row.actual is not None and sign not in fold(row.target or ""):
        rest = fold(row.actual).replace(sign, "")
        row.actual = rest if any(map(str.isdecimal, rest)) else row.actual
    if row.actual is not None and (plain := with_labels_before(row.actual)) is not None:
        row.actual = plain
    if (named := with_day_of_holiday(row.target, row.actual, row.year)) is not None:
        row.target, row.assumptions = named.text, (*row.assumptions, named.said)
    if (named := day_with_delay(row.target, row.actual, row.year)) is not None:
        row.actual, row.assumptions = named.text, (*row.assumptions, named.said)


def _refuse(_: Engine, row: Row) -> None:
    """Refuse a row that was wrong in its file, or that holds a number which is none."""
    if row.problems:
        row.notes = ()
        row.leave_open(Outcome.REFUSED, *row.problems, *_not_blank(row))


def _unstated(engine: Engine, row: Row) -> None:
    """Leave a row open whose rule depends on what the form does not state of itself."""
    if engine.uses_properties and (names := engine.chooser.unstated(_place(row))):
        row.leave_open(Outcome.MISSING, _not_stated(names))


def _not_applicable(engine: Engine, row: Row) -> None:
    """Score a row that does not apply as its own rule says, else as the form's terms say."""
    if row.cells is not None and row.points is None and _is_crossed_out(row):
        row.cells = Cells(None, None, Outcome.NOT_APPLICABLE)
    if row.cells is not None and row.cells.outcome is Outcome.NOT_APPLICABLE:
        rule = engine.chooser.treating("not_applicable", _place(row))
        treatment = engine.edition.terms.get("not_applicable") if rule is None else rule.version.not_applicable
        earned = row.points if treatment == "full" and not row.adjusts else None
        row.rule, row.notes = rule, ()
        row.close(Award(Outcome.NOT_APPLICABLE, earned, earned, treatment=treatment or UNSTATED))


def _is_crossed_out(row: Row) -> bool:
    """Return whether the cells of a row without points hold nothing but a slash or a dash, at least in one of them."""
    cells = [fold_without_spaces(text or "") for text in (row.target, row.actual, row.points_text)]
    return all(set(cell) <= _CROSSED_OUT for cell in cells) and any(cells[:2])


#: What is written into cells that are not to be filled in: /, —, --.
_CROSSED_OUT = frozenset("/-")


def _check_off(engine: Engine, row: Row) -> None:
    """Score a row by its checklist, which needs neither a target nor an actual."""
    rule = engine.chooser.fixed(_place(row))
    if rule is not None and isinstance(rule.way, ByChecklist) and row.cells is not None and row.points is not None:
        row.rule = rule
        row.award = settled(
            award(rule, None, row.cells, row.comparison, row.points, row.extras), rule, row.points, row.extras
        )
        _deduct(engine, row)
        row.closed = True


def _by_form_amounts(engine: Engine, row: Row) -> None:
    """Score a row by amounts of the form, whatever stands in its own cells."""
    if not engine.uses_form_amounts or row.cells is None or row.points is None:
        return
    rule = engine.chooser.fixed(_place(row))
    if rule is None or not rule.uses_form_amounts:
        return
    row.rule = rule
    missing = [name for name in GLOSSARY if name in OF_FORM & rule.names and name not in row.extras.amounts]
    if missing:
        row.leave_open(Outcome.MISSING, _not_in_form(missing))
        return
    row.award = award(rule, engine.compiled(rule), row.cells, row.comparison, row.points, row.extras)
    _settle(engine, row)
    _deduct(engine, row)
    row.closed = True


def _by_place(engine: Engine, row: Row) -> None:
    """Score a row by the rule for its name or heading where only cells are blank by which that rule does not score."""
    cells = row.cells
    if not engine.uses_place or cells is None or row.points is None or cells.outcome is Outcome.SCORED:
        return
    lacking = {name for name in ("target", "actual") if getattr(cells, name) is None}
    allowed = {"PF512", *PROSE} if lacking == {"target"} else {"PF511", "PF512"}
    rule = engine.chooser.choose(replace(_place(row), answers=answers_of(cells.target, cells.actual)))
    if isinstance(rule, Diagnostic) or not rule.is_of_place or lacking & rule.cells_used:
        return
    if any(one.code not in allowed for one in cells.diagnostics) or _counts_for_nothing(engine, row):
        return
    row.rule, row.comparison = rule, _of_actual(cells)
    row.award = award(rule, engine.compiled(rule), cells, row.comparison, row.points, row.extras)
    _open_doubted(engine, row)
    _settle(engine, row)
    _deduct(engine, row)
    row.closed = True


def _of_actual(cells: Cells) -> Comparison:
    """Return the number of an actual, with nothing to compare it with."""
    number = cells.actual.quantity.value if isinstance(cells.actual, Measured) else None
    return replace(NOTHING_COMPARED, actual=number)


def _counts_for_nothing(engine: Engine, row: Row) -> bool:
    """Return whether a blank actual of which no person decided counts as nothing achieved."""
    decided = row.extras.decision is not None or row.extras.share is not None
    return row.cells is not None and row.cells.actual is None and not decided and _treats_missing(engine, row) == "zero"


def _treats_missing(engine: Engine, row: Row) -> str | None:
    rule = engine.chooser.treating("missing", _place(row))
    treatment: str | None = engine.edition.terms.get("missing") if rule is None else rule.version.missing
    return treatment


def _unread(engine: Engine, row: Row) -> None:
    """Close a row with a blank or damaged cell; a ruleset may count a missing actual as nothing achieved."""
    cells = row.cells
    if cells is None or cells.outcome is Outcome.SCORED:
        return None
    row.notes = ()
    if cells.outcome is Outcome.MISSING:
        row.rule = engine.chooser.fixed(_place(row))
        if _treats_missing(engine, row) == "zero":
            nothing = None if row.points is None else Fraction(0)
            row.rule = engine.chooser.treating("missing", _place(row))
            return row.close(Award(Outcome.MISSING, nothing, nothing, diagnostics=cells.diagnostics))
    return row.leave_open(cells.outcome, *cells.diagnostics)


def _choose(engine: Engine, row: Row) -> None:
    """Choose the rule; a row for which there is none is left to a person."""
    cells = row.cells
    if cells is None or cells.target is None or cells.actual is None:
        raise ValueError("a row without readings is not scored")
    graded, relates = row.extras.thresholds is not None, engine.chooser.relates
    rule = engine.chooser.choose(
        replace(
            case_of(cells.target, cells.actual, row.path, row.name, relates=relates, graded=graded),
            properties=row.extras.properties,
        )
    )
    if not isinstance(rule, Diagnostic):
        row.rule = rule
    elif row.points is None:
        row.comparison = _compared(engine, row, None)
        row.close_without_points()
    elif rule.code != "PF513":
        row.leave_open(Outcome.REFUSED, rule)
    else:
        row.award = row.open_award(Outcome.JUDGEMENT, rule)


def _compare(engine: Engine, row: Row) -> None:
    """Compare; without points nothing can be earned, but whether the target was met is known."""
    if row.rule is None:
        return
    row.comparison = _compared(engine, row, row.rule)
    if row.comparison.actual is None and row.rule.ignores_target and row.cells is not None:
        row.comparison = replace(row.comparison, actual=_of_actual(row.cells).actual)
    if row.points is None:
        row.close_without_points()


def _compared(
    engine: Engine, row: Row, rule: RuleInForce | None, ways: tuple[Rereading, ...] = REREADINGS
) -> Comparison:
    """Compare the cells by what the rule lets be assumed, or where there is none, the terms of the form.

    An actual that is said in other words is compared in plain ones, by the first way that tells what it comes to.
    """
    assume: Assume | None = engine.edition.terms.get("assume") if rule is None else rule.assume
    written, cells = _written(row), row.cells
    found: Comparison | None = None
    if cells is None or cells.target is None or cells.actual is None:
        raise ValueError("a row without readings is not compared")
    if is_unknown(cells.target, written) or is_unchosen(written.actual):
        return unknown(written.actual)
    for later, way in enumerate(ways, 1):
        if found is None and not way.instead:
            found = _compared_as_written(row, assume)
            if found.met:
                return found
        if (said := way.words(cells.target, written)) is None:
            continue
        other = _reread(engine, row, said) if said else None
        plain = None if other is None else _compared(engine, other, rule, ways[later:])
        if plain is not None and way.believed(plain):
            return replace(plain, assumptions=(way.assumed(written.actual, said), *plain.assumptions))
        if way.open_else is not None:
            if found is not None and found.met is None:
                return found
            return way.open_else(cells.target, cells.actual, written)
    return _compared_as_written(row, assume) if found is None else found


def _reread(engine: Engine, row: Row, said: str) -> Row | None:
    """Return a row with another actual; `None` where that cannot be read."""
    cells = read_cells(row.target, row.comparator, row.unit, said, borrow=engine.borrow)
    if cells.outcome is not Outcome.SCORED or cells.target is None or cells.actual is None:
        return None
    other = replace(row, actual=said)
    actual, others = answering(cells.target, cells.actual, _written(other))
    return replace(other, cells=replace(cells, actual=actual), others=others)


#: What else the words of a row say, one after the other: each takes what the readings came to, and returns what they
#: come to beside its words.
_BESIDE_READINGS: tuple[Callable[[Comparison, Pair], Comparison], ...] = (
    answered_in_words,
    with_words,
    less_than_asked,
    unless_less,
    fallen_short,
    unless_with_leave,
    unless_unfinished,
    all_have_it,
    in_cells_words,
)


def _compared_as_written(row: Row, assume: Assume | None) -> Comparison:
    cells = row.cells
    if cells is None or cells.target is None or cells.actual is None:
        raise ValueError("a row without readings is not compared")
    target = _as_change(row.name, cells.target, cells.actual)
    side = _side(row, target) if assume is not None and assume.is_by_name else None
    if side is not None and side.direction == "higher" and assume is not None and assume.direction != "by_name":
        side = None  # it is a floor in any case
    found = compare(target, cells.actual, assume, side, year=row.year)
    is_computed = any(one.key == "related" for one in (*cells.assumptions, *cells.actual.assumptions))
    pair = Pair(cells.target, cells.actual, _written(row), row.others, assume, is_computed)
    for beside in _BESIDE_READINGS:
        found = beside(found, pair)
    return found


def _written(row: Row) -> Written:
    return Written(row.name, row.target or "", row.unit or "", row.actual or "", row.year)


def _as_change(name: str, target: Target, actual: Actual) -> Target:
    """Return a number under a name for a change as that change, where one answers it: 增长率 ≥7% ← 增长7.6%."""
    if not isinstance(target, Bound) or not isinstance(actual, Change):
        return target
    if target.op in UPPER and target.quantity.unit not in {"1", "百分点"}:
        return target  # 办理时间压缩 ≤5天 may be for the time that is left
    direction = change_named(name)
    if direction is None:
        return target
    return Change(direction, target.op, target.quantity, assumptions=target.assumptions, label=target.label)


def _side(row: Row, target: Reading) -> Side | None:
    """Return the side to which the row's name says that a bare number improves."""
    match target:
        case Bound(op=op) | Change(op=op) if op not in {TargetKind.BARE, TargetKind.APPROXIMATELY}:
            return None
        case Between(low=low):
            side = side_of(row.name, row.path, low.unit)
            is_counted = measured_by(low.unit) == "count" and not is_size_of_group(row.name)
            return side if side is not None and is_counted else None
        case Change(direction=direction, quantity=quantity):
            return side_of_change(row.name, direction, row.path, quantity.unit)
        case Bound() | AllOf() | AnyOf():
            held = quantities(target)
            side = side_of(row.name, row.path, held[0].unit if held else None)
            is_of_products = side is None and all(product_in(text or "") for text in (row.target, row.actual))
            # 85人×1000元 is for so many, and so much for each of them
            return Side("higher", row.target or "") if is_of_products and not is_doubtful(row.name) else side
    return None


def _award(engine: Engine, row: Row) -> None:
    """Apply the rule; judging and rounding are part of it."""
    if row.rule is not None and row.cells is not None and row.points is not None:
        compiled = engine.compiled(row.rule)
        row.award = award(row.rule, compiled, row.cells, row.comparison, row.points, row.extras)


def _open_doubted(engine: Engine, row: Row) -> None:
    """Open a row that is doubted to all that it earns as it stands and as it may be meant."""
    found, cells = row.award, row.cells
    if found is None or found.outcome not in _OPENED or cells is None or row.points is None or row.adjusts:
        return
    doubted: Figures | ReadRow = Figures(cells, found.comparison, row.of_name, row.has_lost_points)
    if row.given is not None:
        doubted = ReadRow(row.given, cells, found.comparison, row.year)
    if not doubted.is_doubted or found.chosen == "share":
        return
    least, most = Fraction(0), row.points
    if (other := doubted.other_reading) is not None:
        as_it_stands = found if row.extras.decision is None else _read_as(engine, row, cells)
        awards = as_it_stands, _read_as(engine, row, other)
        bounds = [bound for one in awards for bound in (one.low, one.high) if bound is not None]
        least, most = min(bounds), max(bounds)
    if least < most:
        problems = tuple(one for one in found.diagnostics if one.code != "PF523")
        opened = replace(found, outcome=Outcome.JUDGEMENT, low=least, high=most, diagnostics=problems)
        row.award = replace(opened, raw=None, chosen=None, in_doubt=True)


_OPENED = frozenset({Outcome.SCORED, Outcome.JUDGEMENT})


def _read_as(engine: Engine, row: Row, cells: Cells) -> Award:
    """Return what the rules give a row whose cells are read like this, before a person decides."""
    extras = replace(row.extras, decision=None, share=None)
    other = replace(row, cells=cells, extras=extras, rule=None, comparison=NOTHING_COMPARED, award=None)
    return engine.run(other, (_choose, _compare, _award))[0]


def _settle(_: Engine, row: Row) -> None:
    """Apply a person's choice to what is left open."""
    if row.award is not None and row.points is not None:
        row.award = settled(row.award, row.rule, row.points, row.extras)


def _deduct(engine: Engine, row: Row) -> None:
    """Take off what a person deducts, where the form's terms provide for it and the formula has not done so."""
    deduction = row.extras.deduction
    if not deduction or row.rule is None or row.award is None or "deduction" in row.rule.names:
        return
    if engine.edition.terms.get("deduction"):
        row.award = deducted(row.award, row.extras, row.least)
    else:
        row.note(_no_deduction(deduction))


def _say_why_open(_: Engine, row: Row) -> None:
    """Report why it is not known whether the target was met, where the award does not."""
    found = row.award
    if found is None or found.diagnostics or row.comparison.met is not None or row.comparison.undecided is None:
        return
    # A level of the rule says itself between which points a person decides.
    if found.low != found.high and found.level is None:
        row.note(row.comparison.undecided)


def _read_amounts(_: Engine, row: Row) -> None:
    row.amounts, problems = read_amounts(row, row.unit)
    row.problems += problems


def _without_points(_: Engine, row: Row) -> None:
    """A budget line without points is only computed."""
    if row.points is None:
        row.leave_open(Outcome.COMPARED if "execution_rate" in row.amounts else Outcome.MISSING)


def _choose_for_budget(engine: Engine, row: Row) -> None:
    """Choose the rule of a budget line, and see that the line gives the amounts that the rule uses."""
    base = row.amounts.get("budget", row.amounts.get("initial"))
    if base is None and "execution_rate" in row.amounts:
        # Only a rate is printed; it is scored as one of a budget.
        base = Fraction(1)
        row.notes += (_by_printed_rate(row.printed_rate or ""),)
    if base is None:
        return row.leave_open(Outcome.MISSING, _lacking(("budget",)))
    rule = engine.chooser.choose(Case("budget", name=name_key(row.name), sign=sign_of(Fraction(base))))
    if isinstance(rule, Diagnostic):
        return row.leave_open(Outcome.JUDGEMENT, rule)
    # A form may print only the initial budget, or only the adjusted one; what the rule uses has to be there.
    names = rule.names - {"execution_rate", "completion"} if row.amounts.keys() == {"execution_rate"} else rule.names
    needed = {part for name in names for part in _AMOUNTS.get(name, ())}
    if not _AMOUNTS.keys() & rule.names:
        needed = {"expenditure"}
    missing = [name for name in ("initial", "budget", "expenditure") if name in needed and name not in row.amounts]
    if missing:
        return row.leave_open(Outcome.MISSING, _lacking(missing))
    row.rule = rule
    return None


def _award_budget(engine: Engine, row: Row) -> None:
    if row.rule is not None and row.points is not None:
        row.award = award_budget(row.rule, engine.compiled(row.rule), row.points, row.amounts, row.extras)


#: What is done with an indicator row, in this order, until a pass closes it.
PASSES: tuple[Pass, ...] = (
    _information,
    _adjustment,
    _read_additions,
    _complete,
    _read_points,
    _read_cells,
    _refuse,
    _unstated,
    _not_applicable,
    _check_off,
    _by_form_amounts,
    _by_place,
    _unread,
    _choose,
    _compare,
    _award,
    _open_doubted,
    _settle,
    _deduct,
    _say_why_open,
)
#: What is done with a budget line.
_BUDGET_PASSES: tuple[Pass, ...] = (
    _read_points,
    _read_amounts,
    _information,
    _read_additions,
    _refuse,
    _without_points,
    _choose_for_budget,
    _award_budget,
    _settle,
    _deduct,
)


#: The cell that a diagnostic of a blank one is about.
_BLANK = {"PF511": "actual", "PF512": "target"}


def _not_blank(row: Row) -> list[Diagnostic]:
    """Return what is wrong with the cells, but not that one is blank which is written, only wrongly."""
    misread = row.misread | ({"target"} if "targets" in row.misread else set())
    found = () if row.cells is None else row.cells.diagnostics
    return [one for one in found if _BLANK.get(one.code) not in misread]


def _compiled(edition: Edition) -> dict[str, Compiled | None]:
    """Prepare the formulas of an edition; what their constants make impossible is refused before any row (PF421)."""
    found: dict[str, Compiled | None] = {}
    problems: list[Diagnostic] = []
    known: dict[int, Compiled] = {}  # rules with the same formula share one
    for rule in edition.rules:
        formula = rule.formula
        try:
            if formula is not None and id(formula) not in known:
                known[id(formula)] = compile_formula(formula)
            found[rule.id] = None if formula is None else known[id(formula)]
        except ExpressionError as error:
            problems += (replace(one, span=rule.span) for one in error.diagnostics)
    if problems:
        raise RulesetError(problems)
    return found


#: What a budget line must give for a formula to use these names.
_AMOUNTS: dict[str, tuple[str, ...]] = {
    "initial": ("initial",),
    "budget": ("budget",),
    "target": ("budget",),
    "expenditure": ("expenditure",),
    "actual": ("expenditure",),
    "met": ("budget", "expenditure"),
    **dict.fromkeys(("execution_rate", "completion", "deviation_rate"), ("budget", "expenditure")),
}


def _lacking(names: Sequence[str]) -> Diagnostic:
    zh = "、".join(CELL_NAMES[name].zh for name in names)
    en = " and ".join(f"the {CELL_NAMES[name].en}" for name in names)
    return Diagnostic("PF524", Message(f"预算行缺{zh}", f"the line lacks {en}"), None, Span(cell=names[0]))


def _place(row: Row) -> Case:
    """Return what rules may ask for before the cells are read."""
    return Case.at(row.path, row.name, row.extras.properties)


def _not_stated(names: Sequence[str]) -> Diagnostic:
    zh, en = "”“".join(names), ", ".join(names)
    message = Message(f"评分办法因“{zh}”而异，表上没有写明", f"the rule depends on {en}, which the form does not state")
    written = "，".join(f"{name}: …" for name in names)
    options = " ".join(f"--property {name}=…" for name in names)
    hint = Message(
        f"在表里写 properties: {{{written}}}，或在命令行写 {options}",
        f"let the form say properties: {{{written}}}, or the command {options}",
    )
    return Diagnostic("PF539", message, hint)


def _not_in_form(names: Sequence[str]) -> Diagnostic:
    zh = "、".join(GLOSSARY[name].zh for name in names)
    en = " and ".join(GLOSSARY[name].en for name in names)
    message = Message(f"表的预算里没有{zh}", f"the budget of the form gives no {en}")
    hint = Message(
        "预算各行写在 budget 里；上年结转自成一行", "budget lines stand under `budget`, 上年结转 in one of its own"
    )
    return Diagnostic("PF524", message, hint)


def _by_printed_rate(rate: str) -> Diagnostic:
    return Diagnostic(
        "PF524",
        Message(f"没有金额，按公布的执行率 {rate} 评分", f"no amounts; scored by the printed rate {rate}"),
        None,
        Span(cell="published_rate"),
        severity=Severity.NOTE,
    )


def _no_deduction(deduction: Fraction) -> Diagnostic:
    shown = decimal_text(deduction)
    return Diagnostic(
        "PF534",
        Message(
            f"填了扣减 {shown} 分，但规则集没有许可人工扣减，没有扣", f"the ruleset allows no deduction of {shown}"
        ),
        Message("许可的，在规则集的 form 里写 deduction: 是", "to allow it, say `deduction: 是` under `form`"),
        severity=Severity.WARNING,
    )
