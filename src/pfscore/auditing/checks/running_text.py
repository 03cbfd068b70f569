"""Figures in the running text, goals among it, that differ from those of the same form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pfscore.auditing.case import Case, Line, Place, Row
from pfscore.auditing.figures import Figure, power_of_ten, read_figure, read_score
from pfscore.auditing.finding import Finding
from pfscore.cells.lexicon.quantities import Quantity, known_units
from pfscore.cells.lexicon.word_patterns import rules
from pfscore.cells.reader import parse_target
from pfscore.cells.readings import Bound, Measured
from pfscore.foundation.errors import ExpressionError
from pfscore.foundation.folding import fold
from pfscore.foundation.numbers import Rounding
from pfscore.foundation.text import Message, shorten
from pfscore.scoring.row.comparing.readings_of_row import quantities

# The rules are described, with rows, in grammar/words/running_text.txt.
_RATE, _OF_WHOLE, _TOTAL = rules("stated_rate", "of_whole_budget", "stated_total")
_LAST_CLAUSE = re.compile(r"[,;、:()]")
_OTHER_YEAR, _YEAR = rules("sentence_of_another_year", "named_year")
_SENTENCE = re.compile(r"[^。;\n]+")


def texts(case: Case) -> Iterator[tuple[Place, str]]:
    """Yield the running text of a form, each with its place: goals, notes, and the long cells of its tables."""
    form = case.form
    for key in ("goal", "goal_result", "note"):
        if text := getattr(form, key):
            yield (key,), text
    for number, table in enumerate(form.tables):
        for index, cells in enumerate(table.rows):
            for column, cell in enumerate(cells):
                if cell and len(cell) > 8:
                    yield ("tables", number, "rows", index, column), cell


def sentences(text: str) -> Iterator[tuple[str, str]]:
    """Yield the sentences of a text: with one spelling for each character, and as written."""
    for match in _SENTENCE.finditer(fold(text)):
        yield match[0], text[match.start() : match.end()].strip()


def rates_in_notes(case: Case) -> Iterator[Finding]:
    """PF716: the text states an execution rate that no budget line has."""
    notes = [(("budget", line.index, "note"), line.line.note or "", [line]) for line in case.lines]
    for place, text, lines in (*notes, *((place, text, case.lines) for place, text in texts(case))):
        for sentence, written in sentences(text):
            if _OTHER_YEAR.search(sentence) or _names_another_year(sentence, case.form.year):
                continue
            for said in _RATE.finditer(sentence):
                about = _LAST_CLAUSE.split(sentence[: said.start()])[-1].strip()
                key = "PF716" if _OF_WHOLE.fullmatch(about) else "PF716 part"
                yield from _rate(case, key, said["rate"], written, place, lines)


def _names_another_year(sentence: str, year: int | None) -> bool:
    return year is not None and any(match["year"] != str(year) for match in _YEAR.finditer(sentence))


def _rate(case: Case, key: str, said: str, text: str, place: Place, lines: Sequence[Line]) -> Iterator[Finding]:
    figure = read_figure(said)
    known = [(line, line.executed) for line in lines if line.executed is not None]
    if figure is None or not known:
        return
    if any(_is_rate_of(figure, line, case.dossier.rate_rounding) for line, _ in known):
        return
    line, exact = known[0]
    right = figure.write(exact, case.dossier.rate_rounding)
    yield case.finding(key, None, place, name=line.name, published=said, computed=right, text=shorten(text, 40))


def _is_rate_of(said: Figure, line: Line, habit: Rounding) -> bool:
    """Return whether a stated rate is that of a line: the printed one, or the computed one as the document rounds.

    With fewer digits than the table shows, any rounding will do: “99%” is a fair way to say 99.9%.
    """
    if line.rate is not None and line.rate.value == said.value:
        return True
    if line.executed is None:
        return False
    modes = said.roundings_of(line.executed)
    is_shorter = line.rate is not None and said.digits < line.rate.digits
    return habit in modes or (is_shorter and bool(modes))


def totals_in_text(case: Case) -> Iterator[Finding]:
    """PF716: the text states a total that the form does not have."""
    total = read_score(case.form.published_total)
    if total is None:
        return
    for place, text in texts(case):
        for sentence, written in sentences(text):
            for match in _TOTAL.finditer(sentence):
                said = match["total"]
                figure = read_figure(said)
                if figure is not None and not figure.roundings_of(total.value):
                    yield case.finding(
                        "PF716 total",
                        None,
                        place,
                        name="总分",
                        published=said,
                        computed=total.text,
                        total=total.text,
                        text=shorten(written, 40),
                    )


_CLAUSE, _NUMBER_FIRST, _NO_THING = rules("figure_in_words", "number_before_words", "says_no_thing")
#: A comma between thousands parts nothing: 1,316人.
_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3})")
_SPLIT = re.compile(r"(?<![0-9]),|,(?![0-9]{3})|[;。、\n]")
_LEAST = 3


@dataclass(frozen=True, slots=True)
class _Statement:
    """The name and the quantity of a clause, with the clause itself; `step` is how much one of its last digit is."""

    name: str
    quantity: Quantity
    clause: str
    step: Fraction

    def is_of(self, other: Quantity) -> bool:
        """Return whether it is the other figure, cut off or rounded to fewer digits: 2.31万名 for 23,104名."""
        more = other.base - self.quantity.base
        return 0 <= more < self.step or abs(more) * 2 <= self.step


def goals(case: Case) -> Iterator[Finding]:
    """PF735: the goal in words states another figure than the target of the same indicator."""
    for row, clause, cause in _contradicted(case, case.form.goal, lambda row: quantities(row.target)):
        cell, text = "target" if row.indicator.targets is None else "targets", row.indicator.full_target
        yield case.finding("PF735", row, cell, published=text, computed=clause, cause=cause)


def results(case: Case) -> Iterator[Finding]:
    """PF735: what was achieved in words is another figure than the actual of the same indicator."""

    def measured(row: Row) -> Sequence[Quantity]:
        return [row.actual.quantity] if isinstance(row.actual, Measured) else []

    for row, clause, cause in _contradicted(case, case.form.goal_result, measured):
        text = row.indicator.actual
        yield case.finding("PF735 result", row, "actual", published=text, computed=clause, cause=cause)


def _contradicted(
    case: Case, text: str | None, held_by: Callable[[Row], Sequence[Quantity]]
) -> Iterator[tuple[Row, str, Message | None]]:
    """Yield the rows that hold another figure than a clause of a text about them, with the clause and its cause."""
    for statement, row in _pairs(case, list(_statements(text or ""))):
        said, held = statement.quantity, held_by(row)
        if len(held) == 1 and held[0].dimension == said.dimension and not statement.is_of(held[0]):
            yield row, statement.clause, _factor(said, held[0])


def _statements(text: str) -> Iterator[_Statement]:
    for clause in map(str.strip, _SPLIT.split(fold(text))):
        if _OTHER_YEAR.search(clause):
            continue
        for name, value in _named_figures(_THOUSANDS.sub("", clause)):
            try:
                reading = parse_target(value)
            except ExpressionError:
                continue
            if isinstance(reading, Bound) and reading.quantity.unit is not None:
                yield _Statement(name, reading.quantity, clause, _step(reading.quantity, value))


def _step(quantity: Quantity, written: str) -> Fraction:
    """Return how much one of the last digit of a figure is, in the base unit."""
    number = _DIGITS.search(written)
    if number is None or not quantity.base:
        return Fraction(1, 10**6)
    return abs(quantity.base) / Fraction(number[0]) / Fraction(10 ** len(number["places"] or ""))


_DIGITS = re.compile(r"[0-9]+(?:\.(?P<places>[0-9]+))?")


def _named_figures(clause: str) -> Iterator[tuple[str, str]]:
    """Yield the figure of a clause with what it is of: 改造厕所24座; 为1216名残疾儿童提供康复救助."""
    if (match := _CLAUSE.fullmatch(clause)) is not None:
        yield match["name"].strip(), match["value"]
    if (match := _NUMBER_FIRST.fullmatch(clause)) is not None:
        rest = match["rest"]
        size = next((size for size in range(5, 0, -1) if rest[:size] in known_units()), 0)
        if size:
            yield match["lead"] + rest[size:], match["number"] + rest[:size]


def _pairs(case: Case, statements: list[_Statement]) -> Iterator[tuple[_Statement, Row]]:
    """Pair each statement with the one row that it can only mean; where two could be meant, with none."""
    for statement in statements:
        rows = [row for row in case.rows if row.plain and _means(statement.name, row.plain)]
        rivals = [other for other in statements if rows and _means(other.name, rows[0].plain)]
        if len(rows) == 1 and len(rivals) == 1:
            yield statement, rows[0]


def _means(phrase: str, name: str) -> bool:
    """Return whether a phrase means an indicator: one ends with the other, or both end in the same rate (…逾期率).

    Or they say the same in another order: 教师培训, 培训教师人数.
    """
    first, second = (sorted(_NO_THING.sub("", text)) for text in (phrase, name))
    if first == second and len(first) > _LEAST:
        return True
    if min(len(phrase), len(name)) >= _LEAST and (phrase.endswith(name) or name.endswith(phrase)):
        return True
    if not (phrase.endswith("率") and name.endswith("率")):
        return False
    common = 0
    while common < min(len(phrase), len(name)) and phrase[-1 - common] == name[-1 - common]:
        common += 1
    return common >= _LEAST


def _factor(first: Quantity, second: Quantity) -> Message | None:
    factor = power_of_ten(first, second)
    if factor is None:
        return None
    return Message(
        f"两者正好差 {factor} 倍，像是 % 与 ‰ 或单位写错",
        f"they differ by exactly {factor}: a sign or unit looks wrong",
    )
