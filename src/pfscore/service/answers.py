"""What the processes of the pool do for the JSON service: bytes of a body in, bytes of an answer out."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from pfscore.auditing.run import Wanted, audit_stream
from pfscore.cells.reader import parse_actual, parse_target
from pfscore.checking.check import Checked, change_days, check_text
from pfscore.documents.document import unknown_suffix
from pfscore.forms.files.csv_grid import tables_of
from pfscore.forms.files.reader import FORM_SUFFIXES, forms_of, holds_tables, read_stream
from pfscore.forms.form import Form, is_broken
from pfscore.forms.recognition.candidates import TableView, tables_to_ask
from pfscore.forms.recognition.choices import Choices, read_answer, read_area, read_header_rows
from pfscore.forms.recognition.recognise import document_from, not_recognised, recognise
from pfscore.foundation.diagnostics import Diagnostic, Severity, Span
from pfscore.foundation.errors import InputError
from pfscore.foundation.text import Lang, Message, shorten
from pfscore.questions.needed import needed
from pfscore.report.rulesets.words import WORDS, show
from pfscore.rulesets.edition import edition
from pfscore.rulesets.in_force import RuleInForce
from pfscore.rulesets.load import inspect_family, load_family
from pfscore.rulesets.model.ruleset import Ruleset, ShownRuleset
from pfscore.rulesets.model.way import WAYS
from pfscore.rulesets.search import all_folders, is_id, ruleset_ids
from pfscore.scoring.row.awarding.award import evidence_words
from pfscore.scoring.row_lines import cells_of, scored_line
from pfscore.scoring.rules import Rules, load_named_ruleset, load_ruleset, read_on
from pfscore.service.bodies import (
    CheckedRuleset,
    RulesetPage,
    ShownExample,
    ShownRule,
    ShownTable,
)

_Data = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """What a request asks for beside its body; without a ruleset, each form names its own."""

    lang: Lang = "zh"
    ruleset: str | None = None
    on: str | None = None
    year: int | None = None
    search: tuple[str, ...] = ()

    def rules(self, form: Span | None = None) -> Rules:
        """Return the ruleset that the request names; only an id is one, and never a file of the server.

        Raises:
            InputError: PF526 where it names none, PF503 where what it names is no id, PF206 for what is no date.
            NotFoundError, RulesetError: as :func:`pfscore.load_ruleset`.
        """
        if self.ruleset is None:
            hint = Message(
                "选一个规则集（ruleset=cn-sc/project），或在表里写 ruleset",
                "choose a ruleset (ruleset=cn-sc/project), or give the form a `ruleset` of its own",
            )
            raise InputError.of(Diagnostic("PF526", Message("没有指明用哪个规则集", "no ruleset is named"), hint, form))
        return _rules(self.ruleset, self.on, self.search)

    def rules_of(self, form: Form) -> Rules:
        """Return the rules for a form: those that the request names, or else those that the form names.

        Raises:
            InputError: PF527 where nobody gives a year, and as :meth:`rules`.
        """
        if self.on is None and form.year is None:
            hint = Message(
                "填年度（year=2023），或在表里写 year", "give the year (year=2023), or the form a `year` of its own"
            )
            raise InputError.of(Diagnostic("PF527", Message("没有指明年度", "no year is given"), hint, form.head()))
        if self.ruleset is not None or form.ruleset is None:
            return self.rules(form.head())
        return load_named_ruleset(form, on=self.on, search=self.search)

    def with_year(self, form: Form) -> Form:
        """Return a form that states no year with the one that the request gives."""
        fills = self.year is not None and form.year is None and not is_broken(form)
        return form.model_copy(update={"year": self.year}) if fills else form


@lru_cache(maxsize=64)
def _rules(ruleset: str, on: str | None, search: tuple[str, ...]) -> Rules:
    """Return a ruleset, each loaded once."""
    return load_ruleset(_an_id(ruleset), on=on, search=search)


def _an_id(ruleset: str) -> str:
    if not is_id(ruleset):
        shown = shorten(ruleset)
        message = Message(f"“{shown}” 不是规则集的代号", f"{shown!r} is not the id of a ruleset")
        hint = Message("写代号，如 cn-sc/project", "give an id, such as cn-sc/project")
        raise InputError.of(Diagnostic("PF503", message, hint))
    return ruleset


# ── cells, rows, forms ──
def parse(body: bytes, asked: Asked) -> bytes:
    """Read one cell: `{"target":…,"comparator":…,"unit":…}` or `{"actual":…,"unit":…}`.

    Raises:
        ExpressionError: where the cell cannot be read (PF3xx).
    """
    del asked
    cells = _json(body)
    known = {"actual", "unit"} if isinstance(cells, dict) and "actual" in cells else {"target", "comparator", "unit"}
    if (
        not isinstance(cells, dict)
        or not {"target", "actual"} & cells.keys()
        or not cells.keys() <= known
        or not all(cell is None or isinstance(cell, str) for cell in cells.values())
    ):
        message = Message(
            '应是 {"target":…,"comparator":…,"unit":…} 或 {"actual":…,"unit":…}',
            'expected {"target":…,"comparator":…,"unit":…} or {"actual":…,"unit":…}',
        )
        raise InputError.of(Diagnostic("PF504", message))
    if "actual" in cells:
        return dumped(parse_actual(cells["actual"] or "", unit=cells.get("unit")).as_json())
    found = parse_target(cells["target"] or "", comparator=cells.get("comparator"), unit=cells.get("unit"))
    return dumped(found.as_json())


def score(body: bytes, asked: Asked) -> bytes:
    """Score one row, or each of a list of rows."""
    rules, rows = asked.rules(), _json(body)
    scores = rules.score_many(rows if isinstance(rows, list) else [rows])
    shown = [one.model_dump(lang=asked.lang) for one in scores]
    return dumped(shown if isinstance(rows, list) else shown[0])


#: What a spreadsheet may ask for by itself.
Field = Literal["score", "low", "high", "outcome", "met", "explain"]


def score_cells(cells: Mapping[str, str | None], field: Field | None, asked: Asked) -> bytes:
    """Score one row; with `field`, that alone as text, which is empty where there is none."""
    [found] = asked.rules().score_many([{name: cell for name, cell in cells.items() if cell is not None}])
    if field == "explain":
        return found.explain(asked.lang).encode()
    shown = dumped(found.model_dump(lang=asked.lang))
    if field is None:
        return shown
    value = json.loads(shown)[field]
    return value.encode() if isinstance(value, str) else b"" if value is None else dumped(value)


def rows(lines: Sequence[bytes], first: int, asked: Asked) -> bytes:
    """Score some lines of a stream of rows; `first` is the number of the first."""
    rules = asked.rules()
    found = (scored_line(rules, line, number, asked.lang).data for number, line in enumerate(lines, first))
    return b"".join(dumped(data) + b"\n" for data in found)


def lost_row(number: int, why: str) -> bytes:
    """Return the line of a row that took more than it may."""
    nothing = dict.fromkeys(("score", "low", "high", "met", "rule"))
    return dumped({"row": number, "outcome": "refused", **nothing, "codes": [], "problem": why}) + b"\n"


def sheet(body: bytes, asked: Asked) -> bytes:
    """Score the one form of the body."""
    forms = _forms(body, asked)
    if len(forms) > 1:
        hint = Message("一次送一张表", "send one form at a time")
        raise InputError.of(Diagnostic("PF537", Message("里面有几张表", "there are several forms"), hint))
    _refuse_broken(forms[0])
    return asked.rules_of(forms[0]).score_form(forms[0]).model_dump_json(lang=asked.lang).encode()


def audit(body: bytes, asked: Asked) -> bytes:
    """Audit the forms of the body, each under its ruleset, and those of one body and year against each other."""
    forms = _forms(body, asked)
    for form in forms:
        _refuse_broken(form)

    def rules(form: Form) -> Rules | None:
        return None if asked.ruleset is None and form.ruleset is None else asked.rules_of(form)

    found = [one for audited in audit_stream(forms, rules, Wanted()) for one in audited.findings]
    return dumped([one.model_dump(lang=asked.lang) for one in found])


def need(body: bytes, more: str | None, asked: Asked) -> bytes:
    """Return what each row of the one form needs for its full points, or for so many more."""
    forms = _forms(body, asked)
    _refuse_broken(forms[0])
    found = needed(forms[0], ruleset=asked.rules_of(forms[0]), more=more)
    return dumped([one.as_json(asked.lang) for one in found])


def _json(body: bytes) -> Any:
    found = cells_of(body.removeprefix(b"\xef\xbb\xbf") if body.strip() else b"null", 1)
    if isinstance(found, Diagnostic):
        span = None if found.span is None else replace(found.span, source="body")
        raise InputError.of(replace(found, span=span))
    return found


def _forms(body: bytes, asked: Asked) -> list[Form]:
    return [asked.with_year(form) for form in read_stream("body", io.BytesIO(body))]


def _refuse_broken(form: Form) -> None:
    """Refuse what is no form at all; what is wrong with one row is told in its place.

    Raises:
        InputError: what is wrong.
    """
    if is_broken(form):
        raise InputError(form.problems)


# ── files ──
@dataclass(frozen=True)
class How:
    """What a person said about the tables of a file, as the options of `pfscore convert`."""

    columns: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    area: str | None = None
    header: str | None = None
    over_files: bool = False

    def choices(self) -> Choices:
        """Return the decisions.

        Raises:
            InputError: PF169 for what cannot be read.
        """
        return Choices(
            dict(map(read_answer, self.columns)),
            self.sheets,
            None if self.area is None else read_area(self.area),
            None if self.header is None else read_header_rows(self.header),
            over_files=self.over_files,
        )


def convert(data: bytes, name: str, how: How, asked: Asked) -> bytes:
    """Read the forms of a file, and say which tables were not recognised.

    Raises:
        InputError: as :func:`pfscore.load_forms`; not where a person may say what the columns of its tables are.
    """
    forms, tables = read_file(data, name, how)
    problems = [problem for form in forms for problem in _problems(form)]
    if not forms and not tables:
        raise InputError.of(Diagnostic("PF168", Message("没有认出自评表", "no form was recognised")))
    shown = {
        "forms": [_form_data(asked.with_year(form)) for form in forms],
        "problems": [problem.as_json(asked.lang) for problem in problems],
        "tables": [shown_table(table, asked.lang) for table in tables],
    }
    return dumped(shown)


def read_file(data: bytes, name: str, how: How) -> tuple[list[Form], list[TableView]]:
    """Return the forms of a file, and the tables that may be forms.

    Raises:
        InputError: as :func:`pfscore.load_forms`.
    """
    path = Path(name)
    if path.suffix and path.suffix.lower() not in FORM_SUFFIXES:
        raise InputError.of(unknown_suffix(path))
    if not holds_tables(data):
        return list(read_stream(name, io.BytesIO(data))), []
    found = recognise(tables_of(data, name), how.choices())
    tables = tables_to_ask(found)
    if not found.forms:
        if not tables:
            raise InputError.of(replace(not_recognised(found, name), hint=None))
        return [], tables
    document = document_from(found, name)
    return list(forms_of(document.data, document)), tables


def shown_table(table: TableView, lang: Lang) -> ShownTable:
    """Return a table that was not recognised as JSON."""
    return {
        "place": table.place.text(lang),
        "row": table.row,
        "columns": [
            {
                "letters": column.letters,
                "words": column.words,
                "samples": list(column.samples),
                "meaning": column.meaning,
                "candidates": [{"meaning": one.meaning, "reason": one.reason.text(lang)} for one in column.candidates],
            }
            for column in table.columns
        ],
    }


def _problems(form: Form) -> Iterator[Diagnostic]:
    yield from form.problems
    for row in (*form.budget, *form.indicators):
        yield from row.problems


def _form_data(form: Form) -> _Data:
    return form.model_dump(mode="json", exclude_none=True, exclude_defaults=True)


# ── rulesets ──
def rulesets(asked: Asked) -> bytes:
    """List the rulesets: the built-in ones, those of packages, those of the folders that the server was given."""
    found = (inspect_family(name, search=asked.search)[0] for name in ruleset_ids(search=asked.search))
    return dumped([_summary(family[0].ruleset, asked) for family in found if family])


def ruleset(name: str, asked: Asked) -> bytes:
    """Return a ruleset with its sources, and what is in force on the day that is asked for, or on its last."""
    family = load_family(_an_id(name), search=asked.search)
    read, _ = inspect_family(name, search=asked.search)
    days = change_days(family)
    on = read_on(asked.on) if asked.on is not None else days[-1]
    current, own = edition(family, on), family[0].ruleset
    page: RulesetPage = {
        "summary": _summary(own, asked),
        "parents": [one.ruleset.ruleset for one in family[1:]],
        "note": own.note,
        "on": on.isoformat(),
        "digest": current.digest,
        "sources": [
            {
                "key": one.key,
                "title": one.title,
                "url": one.url,
                "evidence": evidence_words(one.evidence, one.read_to).text(asked.lang),
                "note": one.note,
            }
            for one in own.sources
        ],
        "rules": [_rule(rule, asked.lang) for rule in current.rules],
        "text": (read or family)[0].document.source.text,
    }
    return dumped(page)


def _summary(own: Ruleset, asked: Asked) -> ShownRuleset:
    origin = next(one.origin for one in all_folders(asked.search) if one.files(own.ruleset))
    return own.shown(origin.text(asked.lang))


def _rule(rule: RuleInForce, lang: Lang) -> ShownRule:
    version, said = rule.version, []
    if rule.formula is not None and version.formula is not None:
        said.append(f"{WORDS['formula'].text(lang)} {rule.formula.text_in(lang)}")
    given = {key: value for key in WAYS if key != "formula" and (value := getattr(version, key)) is not None}
    said += [f"{WORDS[key].text(lang)} {show(key, value, lang)}" for key, value in given.items()]
    return {
        "id": rule.id,
        "title": rule.title,
        "ruleset": rule.ruleset,
        "says": ("；" if lang == "zh" else "; ").join(said),
        "cite": rule.authority.text(),
    }


def check(body: bytes, asked: Asked) -> bytes:
    """Check the text of a ruleset."""
    return dumped(shown_check(check_text(body, search=asked.search), asked.lang))


def shown_check(checked: Checked, lang: Lang) -> CheckedRuleset:
    """Return what a check finds as JSON."""
    examples: list[ShownExample] = [
        {
            "rule": run.rule,
            "title": run.title,
            "line": run.span.line,
            "expected": run.expected(lang),
            "obtained": run.outcome(lang),
            "passed": run.passed,
        }
        for run in checked.runs
    ]
    return {
        "errors": len(checked.of(Severity.ERROR)),
        "warnings": len(checked.of(Severity.WARNING)),
        "diagnostics": [problem.as_json(lang) for problem in checked.problems],
        "examples": examples,
        "proofs": [proof.said(lang) for proof in checked.proofs if proof.claims],
    }


def dumped(data: object) -> bytes:
    """Return JSON as it is sent."""
    return json.dumps(data, ensure_ascii=False, default=str).encode("utf-8", "replace")
