"""Claims that the figures contradict, missing reasons and explanations, answers of another kind, copied goals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import lru_cache

from pfscore.auditing.case import Case, Line, Row
from pfscore.auditing.checks.running_text import sentences, texts
from pfscore.auditing.figures import is_blank, show, show_percent
from pfscore.auditing.finding import Finding
from pfscore.cells.lexicon.levels import level_scale
from pfscore.cells.lexicon.word_patterns import rule, rules
from pfscore.cells.readings import Between, Bound, Change, Deadline, Level, Measured, Reading
from pfscore.formulas.evaluation.compiled import Compiled, compile_formula
from pfscore.formulas.formula import parse_condition
from pfscore.foundation.errors import ScoringError
from pfscore.foundation.folding import fold, fold_without_spaces, fold_words
from pfscore.foundation.text import Message, joined, shorten
from pfscore.rulesets.model.form_terms import Explanation
from pfscore.scoring.row.awarding.award import Value
from pfscore.scoring.row.comparing.compare import answers_with_percent
from pfscore.scoring.row.comparing.readings_of_row import quantities
from pfscore.scoring.row.comparing.words import same_words
from pfscore.scoring.row.doubts import is_decided_otherwise

# The rules are described, with rows, in grammar/words/notes.txt and running_text.txt.
_CLAIM, _DENIAL, _OF_ROW, _FILLER = rules("reached", "taken_back", "of_whole_row", "no_reason")
_HEADING = rule("heading_of_reason")
_OVERALL, _PLANNED, _KINDS = rules("all_reached", "only_planned", "class_of_indicators")
_LEADING, _UNDONE = rules("verb_of_name", "not_carried_out")
_IN_PROPORTION, _FIGURE = rules("in_proportion", "figure_in_note")
_STRONG, _WEAK, _FILLING = rules("to_a_high_degree", "to_a_low_degree", "of_no_degree")
#: The scale of the form's own three answers (达成预期指标 …), which answer any target in words.
_STANDARD = "达成"
_PARTS = re.compile(r"[^,。;\n]+")


def claims(case: Case) -> Iterator[Finding]:
    """PF730: the note says that the target was reached, but it was missed."""
    for row in _missed(case):
        note = row.indicator.note or ""
        if not _is_claim(note, row.plain):
            continue
        yield case.finding(
            "PF730 by name" if row.is_sided_by_name else "PF730",
            row,
            "note",
            published=note,
            computed=_rate(row),
            note=shorten(note, 40),
            shortfall=_shortfall(row),
        )


def reasons(case: Case) -> Iterator[Finding]:
    """PF731: a missed target, and no reason is given."""
    for row in _missed(case):
        note = row.indicator.note or ""
        if _is_claim(note, row.plain) or is_reason(row.note, row.plain) or _has_all_points(row):
            continue
        if is_blank(note):
            yield case.finding(
                "PF731", row, "note", published=note or None, computed=_rate(row), shortfall=_shortfall(row)
            )
        else:
            yield case.finding(
                "PF731 note",
                row,
                "note",
                published=note,
                computed=_rate(row),
                shortfall=_shortfall(row),
                note=shorten(note, 40),
            )


def _has_all_points(row: Row) -> bool:
    """Return whether the rule itself gives all points for what was missed by so little: 100% ← 99.98%."""
    return row.points is not None and row.usual.award.low == row.points.value


def _missed(case: Case) -> Iterator[Row]:
    missed = (row for row in case.rows if row.comparison.met is False and row.is_applicable and not row.is_doubted)
    return (row for row in missed if not row.comparison.is_beyond_equal)


def _is_claim(note: str, name: str) -> bool:
    """Return whether a note says no more than that the target was reached; of another thing it claims nothing.

    >>> _is_claim("此项指标已达目标值。", ""), _is_claim("未完成，因采购延期", "")
    (True, False)
    >>> _is_claim("培训已完成", "培训场次"), _is_claim("返工已完成", "验收合格率"), _is_claim("已完成92场", "培训场次")
    (True, False, False)
    """
    folded = _HEADING.sub("", fold_without_spaces(note))
    if _DENIAL.search(folded):
        return False
    return any(_is_about(clause, name) for clause in _clauses(folded))


def _is_about(clause: str, name: str) -> bool:
    """Return whether a clause claims success of the row: it names the row's thing, or none."""
    match = _CLAIM.search(clause)
    if match is None:
        return False
    rest = _OF_ROW.sub("", clause[: match.start()] + clause[match.end() :])
    is_named = any(rest[at : at + 2] in name for at in range(len(rest) - 1))
    return not rest or (is_named and "不" not in rest)


def is_reason(note: str, name: str = "") -> bool:
    """Return whether a note says why a target was missed or far exceeded: it is no claim and no filler.

    >>> is_reason("钢材涨价"), is_reason("已完成"), is_reason("按计划推进"), is_reason("加强管理")
    (True, False, False, False)
    """
    bare = _HEADING.sub("", fold_without_spaces(note)).strip("。.;,、!:")
    if is_blank(bare) or _is_claim(bare, name):
        return False
    return not all(map(_FILLER.fullmatch, _clauses(bare)))


def _clauses(folded: str) -> list[str]:
    return [clause for clause in re.split(r"[,;。!]", folded) if clause]


def _rate(row: Row) -> str | None:
    rate = row.comparison.completion
    return None if rate is None else show_percent(rate)


def _shortfall(row: Row) -> Message:
    text = row.relation
    deviation = row.comparison.deviation_rate
    if deviation is None:
        return Message(text, text)
    held = quantities(row.target)
    if held and held[0].unit == "1" and row.comparison.target is not None and row.comparison.actual is not None:
        points = show(abs(row.comparison.actual - row.comparison.target) * 100)
        return Message(f"{text}，相差 {points} 个百分点", f"{text}, {points} percentage points off")
    shown = show_percent(deviation)
    return Message(f"{text}，偏差 {shown}", f"{text}, deviation {shown}")


def answers(case: Case) -> Iterator[Finding]:
    """PF732: the actual is of another kind than the target: 100% against 5个工作日内, 完成 against ≤30万元."""
    for row in case.rows:
        if row.target is None or row.actual is None or not row.is_applicable or row.is_unsurveyed:
            continue
        if is_blank(row.indicator.actual):
            continue  # 无 is an answer, or a score without one
        if is_full_though_weaker(row):
            yield case.finding(
                "PF732 weaker",
                row,
                "actual",
                published=row.indicator.actual,
                target=row.shown_target,
                actual=row.indicator.actual or "",
            )
        elif (key := _misfit(row.target, row.actual)) is not None and not _is_decided(row, key):
            yield case.finding(
                key,
                row,
                "actual",
                published=row.indicator.actual,
                target=row.shown_target,
                actual=row.indicator.actual or "",
            )


def is_full_though_weaker(row: Row) -> bool:
    """Return whether a row has all its points for the words of its target to a lower degree: 及时 ← 基本及时.

    Whether that will do is for a person.
    """
    is_full = row.published is not None and row.points is not None and row.published.value == row.points.value
    return is_full and row.comparison.met is not True and _is_weaker(row)


def _is_weaker(row: Row) -> bool:
    if not isinstance(row.target, Level) or not isinstance(row.actual, Level):
        return False
    wanted, given = (_FILLING.sub("", fold_words(reading.text)) for reading in (row.target, row.actual))
    if _WEAK.search(wanted):
        return False
    left = _WEAK.sub("", given)
    if left != given and (left == wanted or _alike(left, wanted)):
        return True
    return _STRONG.search(wanted) is not None and _STRONG.search(left) is None and _alike(left, wanted)


def _alike(given: str, wanted: str) -> bool:
    """Return whether two texts are the same beside what they say of a degree; one may leave out of what it is said."""
    given, wanted = (_STRONG.sub("", text) for text in (given, wanted))
    return bool(given and wanted) and (given.endswith(wanted) or wanted.endswith(given))


def _is_decided(row: Row, key: str) -> bool:
    """Return whether the score says how words and a number answer each other: 应检尽检1200人, 零投诉 ← 2起, 未达标."""
    return row.comparison.met is not None and key in {"PF732 words", "PF732 number", "PF732 levels"}


def _misfit(target: Reading, actual: Reading) -> str | None:
    """Return the sentence for an actual that cannot answer its target, `None` for one that can."""
    if answers_with_percent(target, actual):
        return "PF732"
    if isinstance(target, Deadline) and isinstance(actual, Level):
        return "PF732 deadline"
    if isinstance(target, Bound | Between | Change) and isinstance(actual, Level):
        return "PF732 number"
    if isinstance(target, Level) and isinstance(actual, Measured):
        return "PF732 words"
    if isinstance(target, Level) and isinstance(actual, Level) and not same_words(target, actual):
        wanted, given = level_scale(target.text), level_scale(actual.text)
        if wanted is not None and given is not None and given[0] not in {wanted[0], _STANDARD}:
            return "PF732 levels"
    return None


def overall_claims(case: Case) -> Iterator[Finding]:
    """PF733: the text says that all was achieved, yet some targets were missed."""
    missed = list(_missed(case))
    if not missed:
        return
    for place, text in texts(case):
        if place == ("goal",):
            continue
        rows: dict[int, Row] = {}
        said = []
        for part in _PARTS.finditer(fold(text)):
            clause = part[0]
            if not _OVERALL.search(clause) or _PLANNED.search(clause):
                continue
            named = {match["name"] or match["other"] for match in _KINDS.finditer(clause)}
            meant = [row for row in missed if not named or _belongs(row, named)]
            if meant:
                said.append(text[part.start() : part.end()].strip())
                rows |= {row.number: row for row in meant}
        if rows:
            found = [rows[number] for number in sorted(rows)]
            yield case.finding(
                "PF733",
                None,
                place,
                name="完成情况",
                published="，".join(said),
                computed="、".join(f"第 {row.number} 行" for row in found),
                text=shorten("，".join(said), 50),
                count=len(found),
                rows=_listed(found),
            )


def _belongs(row: Row, named: set[str]) -> bool:
    return any(name in part for part in row.indicator.path for name in named)


def _listed(rows: list[Row]) -> Message:
    cells = [(row.number, shorten(row.plain, 20), _shortfall(row)) for row in rows]
    said = (Message(f"第 {at} 行“{name}”（{short.zh}）", f"row {at} {name} ({short.en})") for at, name, short in cells)
    return joined(said, "；", "; ")


def copied_goal(case: Case) -> Iterator[Finding]:
    """PF736: what was achieved repeats the goal word for word."""
    goal, result = case.form.goal, case.form.goal_result
    if not goal or not result:
        return
    bare = ["".join(re.findall(r"\w+", fold(text))) for text in (goal, result)]
    if bare[0] != bare[1] or len(bare[0]) < 10:
        return
    yield case.finding(
        "PF736", None, "goal_result", name="年度目标完成情况", published=shorten(result, 60), text=shorten(result, 40)
    )


_LONG_ENOUGH = 6


def undone(case: Case) -> Iterator[Finding]:
    """PF737: the text says that something was not carried out, but its row is filled in as met."""
    notes = [(("budget", line.index, "note"), line.line.note or "") for line in case.lines]
    said = [sentence for _, text in (*notes, *texts(case)) for sentence in sentences(text)]
    for row in case.rows:
        core = fold(_LEADING.sub("", row.plain))
        if row.comparison.met is not True or len(core) < _LONG_ENOUGH:
            continue
        for sentence, written in said:
            at = sentence.find(core)
            if at < 0 or not _UNDONE.search(sentence[at + len(core) :]):
                continue
            yield case.finding("PF737", row, "actual", published=row.indicator.actual, computed=shorten(written, 80))
            break


def is_scored_in_proportion(row: Row) -> bool:
    """Return whether a note says that a row is scored in proportion to what was reached, as its rule has it.

    It names no other way, and no figure that would give the published score.
    """
    note, points, completion = fold_without_spaces(row.note), row.points, row.comparison.completion
    if points is None or row.published is None or completion is None or not _IN_PROPORTION.search(note):
        return False
    if row.score is not None and row.score.award.raw != points.value * completion:
        return False
    named = [(Fraction(one["value"]), one["unit"]) for one in _FIGURE.finditer(note)]
    given = [points.value * value / 100 if unit == "%" else value for value, unit in named]
    given += [points.value - value for value in given]
    return not any(map(row.published.roundings_of, given)) and not is_decided_otherwise(_IN_PROPORTION.sub("", note))


def explanations(case: Case) -> Iterator[Finding]:
    """PF738: a row for which the ruleset asks an explanation has none in its note."""
    asked: tuple[Explanation, ...] = case.term("explanations") or ()
    for explanation in asked:
        condition = _condition(explanation.when)
        rows: tuple[Line | Row, ...] = tuple(case.lines if explanation.row == "budget" else case.rows)
        for one in rows:
            values = _of_line(one) if isinstance(one, Line) else _of_row(one)
            note = one.line.note if isinstance(one, Line) else one.note
            if _holds(condition, values) and not is_reason(note or ""):
                yield case.finding("PF738", one, "note", about=explanation.about, reason=explanation.when)


@lru_cache(maxsize=256)
def _condition(text: str) -> Compiled:
    return compile_formula(parse_condition(text))


def _holds(condition: Compiled, values: Mapping[str, Value]) -> bool:
    """Return whether a condition holds; where a number is missing or cannot be computed, nothing is asked."""
    if not set(condition.formula.names) <= set(values):
        return False
    try:
        return condition.test(values)
    except ScoringError:
        return False


def _of_line(line: Line) -> dict[str, Value]:
    amounts = {"initial": line.initial, "budget": line.budget, "expenditure": line.expenditure}
    found: dict[str, Value] = {name: amount for name, amount in amounts.items() if amount is not None}
    if line.executed is not None:
        found["execution_rate"] = line.executed
    return found if line.points is not None else {}


def _of_row(row: Row) -> dict[str, Value]:
    compared = row.comparison
    names = ("target", "actual", "completion", "met", "deviation_rate")
    return {name: value for name in names if (value := getattr(compared, name)) is not None}
