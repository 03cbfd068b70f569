"""Figures in the running text that differ from those of the same form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pfscore.auditing.case import Case, Line, Place
from pfscore.auditing.figures import Figure, read_figure, read_score
from pfscore.auditing.finding import Finding
from pfscore.cells.lexicon.word_patterns import rules
from pfscore.foundation.folding import fold
from pfscore.foundation.numbers import Rounding
from pfscore.foundation.text import shorten

# The rules are described, with rows, in grammar/words/running_text.txt.
_RATE, _TOTAL = rules("stated_rate", "stated_total")
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
    for line in case.lines:
        for said in _RATE.finditer(fold(line.line.note or "")):
            yield from _rate(case, said["rate"], line.line.note or "", ("budget", line.index, "note"), [line.index])
    for place, text in texts(case):
        for sentence, written in sentences(text):
            if _OTHER_YEAR.search(sentence) or _names_another_year(sentence, case.form.year):
                continue
            for said in _RATE.finditer(sentence):
                yield from _rate(case, said["rate"], written, place, range(len(case.lines)))


def _names_another_year(sentence: str, year: int | None) -> bool:
    return year is not None and any(match["year"] != str(year) for match in _YEAR.finditer(sentence))


def _rate(case: Case, said: str, text: str, place: Place, indices: range | list[int]) -> Iterator[Finding]:
    figure = read_figure(said)
    lines = [case.lines[index] for index in indices]
    known = [(line, line.executed) for line in lines if line.executed is not None]
    if figure is None or not known:
        return
    if any(_is_rate_of(figure, line, case.dossier.rate_rounding) for line, _ in known):
        return
    line, exact = known[0]
    right = figure.write(exact, case.dossier.rate_rounding)
    yield case.finding("PF716", None, place, name=line.name, published=said, computed=right, text=shorten(text, 40))


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
