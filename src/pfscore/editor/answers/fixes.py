"""What an editor can write for its author: what a problem plainly asks for, a missing example, the computed score."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from pfscore.cells.lexicon.quantities import Quantity
from pfscore.checking.examples import expectation, is_full, lacking_examples, score_example
from pfscore.checking.proofs import points_of, settings, target_text
from pfscore.documents.document import Document
from pfscore.documents.positions import Path
from pfscore.editor.answers.asked import Asked
from pfscore.editor.open_file import OpenFile
from pfscore.foundation.diagnostics import Diagnostic, Span
from pfscore.foundation.errors import PfscoreError
from pfscore.foundation.numbers import decimal_text
from pfscore.foundation.text import Lang, Message, shorten
from pfscore.rulesets.edition import sound_edition
from pfscore.rulesets.in_force import RuleInForce
from pfscore.rulesets.model.example import Example
from pfscore.rulesets.model.rule import RuleVersion
from pfscore.rulesets.model.way import ByChecklist
from pfscore.rulesets.writing.yaml_text import member_lines
from pfscore.scoring.row.engine import Engine

#: The keys that say what an example expects.
_EXPECTING = ("score", "low", "high", "outcome", "error")
_TAKE = Message("改为算出的结果：", "take the computed result: ")
_ADD: Mapping[bool, Message] = MappingProxyType(
    {
        True: Message("加一个满分的例子", "add an example with all the points"),
        False: Message("加一个未得满分的例子", "add an example with less than all the points"),
    }
)


@dataclass(frozen=True)
class Edit:
    """The characters from `start` to `end` become `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Fix:
    """What is written, in words, and where; it mends `problem`."""

    title: str
    edits: tuple[Edit, ...]
    problem: Diagnostic


def fixes(file: OpenFile, start: int, end: int, lang: Lang) -> Iterator[Fix]:
    """Yield what can be written to mend the problems between two characters of the text."""
    for problem in file.problems():
        at = _offset(file, problem.span)
        if at is not None and problem.span is not None and at <= end and start <= at + problem.span.length:
            yield from _of_problem(file, problem, at, lang)


def _offset(file: OpenFile, span: Span | None) -> int | None:
    """Return which character of the text a span starts at; `None` where it is in another file, or not as it says."""
    if span is None or span.source != str(file.path) or not span.line:
        return None
    lines = file.text.split("\n")
    if span.line > len(lines) or lines[span.line - 1].rstrip("\r") != span.text:
        return None
    return sum(len(line) + 1 for line in lines[: span.line - 1]) + span.column - 1


def _of_problem(file: OpenFile, problem: Diagnostic, at: int, lang: Lang) -> Iterator[Fix]:
    if problem.fix is not None and problem.span is not None:
        shown = shorten(problem.fix, 30)
        title = Message(f"改为 “{shown}”", f"write “{shown}”") if shown.strip() else Message("改为空格", "write spaces")
        title = title if problem.fix else Message("删去", "remove it")
        yield Fix(title.text(lang), (Edit(at, at + problem.span.length, problem.fix),), problem)
    elif (written := _WRITTEN.get(problem.code)) is not None:
        yield from written(file, problem, at, lang)


def _computed(file: OpenFile, problem: Diagnostic, at: int, lang: Lang) -> Iterator[Fix]:
    """Put what the engine computed in place of what an example expects, while the last check is of this text."""
    asked = Asked(file, at)
    document, checked, path = file.reading.document, file.checked, asked.known
    if document is None or checked is None or file.checked_lines is not file.lines:
        return
    if path is None or len(path) < 6 or asked.rule is None or asked.version is None:
        return
    key = asked.rule.id, asked.version.since, int(path[5]) + 1
    run = next((run for run in checked.runs if (run.rule, run.since, run.number) == key), None)
    if run is not None:
        new = expectation(run.obtained)
        shown = ", ".join(f"{name}: {text}" for name, text in new.items())
        if edits := tuple(_expected(document, path[:6], new)):
            yield Fix(f"{_TAKE.text(lang)}{shown}", edits, problem)


def _expected(document: Document, path: Path, new: Mapping[str, str]) -> Iterator[Edit]:
    """Write what an example expects in place of what it expected: on the first of its lines, and none on the others."""
    old = [key for key in _EXPECTING if document.span((*path, key), key=True) != document.span(path)]
    text = document.source.text
    places = sorted(_extent(document, (*path, key)) for key in old)
    line = text.rfind("\n", 0, places[0][0]) + 1 if places else 0
    lead = text[line : places[0][0]] if places else ""
    if not places or "{" in lead:
        if places and len(old) == len(new) == 1:  # in brackets, one for one
            yield Edit(*places[0], "".join(f"{key}: {value}" for key, value in new.items()))
        return
    indent = " " * len(lead)
    yield Edit(*places[0], f"\n{indent}".join(f"{key}: {value}" for key, value in new.items()))
    for start, end in places[1:]:
        yield Edit(text.rfind("\n", 0, start), end, "")


def _extent(document: Document, path: Path) -> tuple[int, int]:
    """Return the characters of a key with its value, which stands on the same line."""
    key, value = document.span(path, key=True), document.span(path)
    start = sum(len(line) + 1 for line in document.source.text.split("\n")[: key.line - 1])
    return start + key.column - 1, start + value.column - 1 + value.length


def _missing(file: OpenFile, problem: Diagnostic, at: int, lang: Lang) -> Iterator[Fix]:
    """Add the examples that a version lacks."""
    asked = Asked(file, at)
    document, version, rule, path = file.reading.document, asked.version, asked.rule, asked.known
    if document is None or rule is None or path is None or not isinstance(version, RuleVersion):
        return
    try:
        engine = Engine(sound_edition(asked.family, version.since)[0])
    except PfscoreError:
        return
    for full in lacking_examples(version):
        example = suggested_example(engine, rule.id, full=full)
        edit = None if example is None else _added(document, path[:4], example)
        if edit is not None:
            yield Fix(_ADD[full].text(lang), (edit,), problem)


def _added(document: Document, version: Path, example: Mapping[str, str]) -> Edit | None:
    """Write an example as the first one of a version, or as the only one at its end."""
    lines = document.source.text.split("\n")
    key = document.span((*version, "examples"), key=True)
    first = document.span((*version, "since"), key=True)
    if "examples" in lines[key.line - 1][key.column - 1 :][:8]:
        head, line = "", key.line
        if lines[line - 1].rstrip()[-1:] != ":":
            return None  # the list is in brackets
        member = document.span((*version, "examples", 0))
        indent = member.column - 3 if member.line > key.line else key.column + 1
    else:
        head, line, indent = " " * (first.column - 1) + "examples:\n", _last_line(lines, first), first.column + 1
    at = sum(len(one) + 1 for one in lines[:line])
    text = head + "".join(f"{one}\n" for one in member_lines(dict(example), " " * indent))
    return Edit(at, at, text) if at <= len(document.source.text) else Edit(at - 1, at - 1, f"\n{text}")


def _last_line(lines: list[str], first: Span) -> int:
    """Return the last line of the mapping whose first key is given."""
    last = first.line
    for number, line in enumerate(lines[first.line :], first.line + 1):
        if line.strip():
            if len(line) - len(line.lstrip()) < first.column - 1:
                break
            last = number
    return last


#: What is written for problems that need more than one word.
_WRITTEN: Mapping[str, Callable[[OpenFile, Diagnostic, int, Lang], Iterator[Fix]]] = MappingProxyType(
    {"PF602": _missing, "PF603": _computed}
)

_TITLES: Mapping[bool, str] = MappingProxyType({True: "满分", False: "未得满分"})
#: The words of a level that are none of a cell.
_NO_WORDS = frozenset({"同指标值", "其他"})
_WORDS = ("有效", "一般")
#: Results beside the target: parts of it, and a little more than none.
_PARTS = (Fraction(1, 2), Fraction(2), Fraction(9, 10), Fraction(11, 10))
_LITTLE = Fraction(1, 10)


def suggested_example(engine: Engine, rule_id: str, *, full: bool) -> dict[str, str] | None:
    """Return an example with all the points, or one with less; `None` where none was found.

    >>> from datetime import date
    >>> from pfscore.rulesets.edition import edition
    >>> from pfscore.rulesets.load import load_family
    >>> engine = Engine(edition(load_family("cn-sc/project"), date(2023, 12, 31)))
    >>> suggested_example(engine, "execution-rate", full=False)
    {'title': '未得满分', 'budget': '100', 'expenditure': '50', 'points': '10', 'score': '5'}
    """
    rule = engine.edition.rule(rule_id)
    open_one = None
    for cells in () if rule is None else _rows(rule):
        obtained = score_example(engine, rule_id, Example.model_construct(None, **cells))
        expected = expectation(obtained)
        if rule is None or obtained.rule != rule_id or not {"score", "low"} & set(expected):
            continue
        found = {"title": _TITLES[full], **cells, **expected}
        if is_full(Example.model_validate(found), rule.version) == full:
            if full or "score" in expected:
                return found
            open_one = open_one or found
    return open_one


def _rows(rule: RuleInForce) -> Iterator[dict[str, str]]:
    """Yield rows for which the rule may be, those first that tell most."""
    way, points = rule.way, points_of(rule)
    given = {} if rule.version.points is not None or isinstance(way, ByChecklist) else {"points": decimal_text(points)}
    decided = {**given, "decision": decimal_text(points)}
    if rule.applies.row == "budget":
        budget = {"initial": "100", "budget": "100"} if "initial" in rule.names else {"budget": "100"}
        yield from ({**budget, "expenditure": spent, **given} for spent in ("100", "50", "80", "120", "0"))
        yield {**budget, "expenditure": "100", **decided}
        return
    if isinstance(way, ByChecklist):
        yield from ({"decision": decimal_text(score)} for score in way.scores)
    for kind, setting, unit in settings(rule):
        low, high = setting.edges()[0], setting.edges()[-1]
        target = {} if rule.version.target is not None else {"target": target_text(kind, setting, unit)}
        for actual in (
            low,
            high,
            *(edge * part for part in _PARTS for edge in (low, high)),
            low + _LITTLE,
            Fraction(0),
        ):
            yield {**target, "actual": str(Quantity(actual, unit)), **given}
        yield from ({**target, "actual": str(Quantity(actual, unit)), **decided} for actual in (low * 2, low, high))
    words = [word for row in rule.version.levels or () for word in row.level if word not in _NO_WORDS]
    for word in words or _WORDS:
        yield {"comparator": "定性", "target": (words or _WORDS)[0], "actual": word, **given}
    yield from ({"comparator": "定性", "target": "有效", "actual": word, **decided} for word in ("一般", "有效"))
