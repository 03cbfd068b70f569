"""`pfscore audit`: what cannot be right in published forms."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from importlib.metadata import version

from pfscore.auditing.accepted import accepted_text, read_accepted
from pfscore.auditing.finding import Finding
from pfscore.auditing.run import Audited, Wanted, audit_stream
from pfscore.auditing.tally import Tally
from pfscore.cli.output import EXIT_DONE, EXIT_PROBLEMS, Progress, add_json, add_language, exit_code, forms_of, report
from pfscore.cli.writing import write_text
from pfscore.forms.form import Form
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.errors import InputError, PfscoreError
from pfscore.foundation.text import Lang, Message
from pfscore.report.findings.findings_csv import csv_lines
from pfscore.report.findings.findings_text import form_text, tally_text, total_line
from pfscore.report.findings.sarif import sarif_lines
from pfscore.scoring.rules import Rules, load_named_ruleset, load_ruleset

HELP = "核对自评表：哪些数不可能对 · audit forms: what cannot be right"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("forms", nargs="+", metavar="FORM", help="自评表：.json .jsonl .yaml .csv")
    parser.add_argument(
        "--ruleset", metavar="ID|FILE", help="规则集，默认用表里写的 · default: the one that the form names"
    )
    parser.add_argument(
        "--on", metavar="DATE", help="按哪一天的规则，默认年末 · default: the last day of the form's year"
    )
    parser.add_argument(
        "--form", metavar="N|TEXT", help="只核对第 N 张表，或标题含 TEXT 的表 · only this form of a file"
    )
    parser.add_argument(
        "--select",
        metavar="CODES",
        action="append",
        default=[],
        help="只报告这些代码，如 PF72,PF701 · only these codes",
    )
    parser.add_argument(
        "--ignore", metavar="CODES", action="append", default=[], help="不报告这些代码 · not these codes"
    )
    parser.add_argument("--accepted", metavar="FILE", help="已接受的发现，不再报告 · findings that were accepted")
    parser.add_argument(
        "--write-accepted", metavar="FILE", help="把这次的发现写成接受清单 · write what is found as accepted"
    )
    parser.add_argument(
        "--format", choices=("text", "json", "csv", "sarif"), default="text", help="输出格式 · output format"
    )
    parser.add_argument("--summary", action="store_true", help="只输出按代码、地区、年度的汇总 · only the counts")
    add_json(parser)
    add_language(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command; a form or file that cannot be read does not stop the others."""
    accepted = frozenset() if options.accepted is None else read_accepted(options.accepted)
    session = _Session(options, Wanted(_codes(options.select), _codes(options.ignore), accepted))
    output = "json" if options.json else options.format
    if options.summary:
        for _ in session.audited():
            pass
        _print_summary(session, output, options.lang)
    elif output == "text":
        _print_text(session, options.lang)
    else:
        for line in _lines(session, output, options.lang):
            print(line)
    session.progress.done()
    if options.write_accepted is not None:
        write_text(options.write_accepted, accepted_text(session.kept))
    sys.stdout.flush()
    return max(session.code, EXIT_PROBLEMS if session.tally.has_errors else EXIT_DONE)


class _Session:
    """One run over many files: the rulesets that were loaded, what was counted, and the exit code so far."""

    def __init__(self, options: argparse.Namespace, wanted: Wanted) -> None:
        self._options, self._wanted = options, wanted
        self._asked = None if options.ruleset is None else load_ruleset(options.ruleset, on=options.on)
        self._rules: dict[str, Rules | None] = {}
        self._chosen: list[Form] = []
        self.code = EXIT_DONE
        self.tally = Tally()
        self.kept: list[Finding] = []
        self.progress = Progress("已核对" if options.lang == "zh" else "audited")

    def audited(self) -> Iterator[Audited]:
        """Yield what is found, body by body, and count it."""
        for one in map(self._shown, audit_stream(self._forms(), self._rules_for, self._wanted)):
            self.tally.add(one.forms, one.findings)
            self.tally.accepted = len(self._wanted.seen)
            if self._options.write_accepted is not None:
                self.kept += one.findings
            yield one

    def _shown(self, one: Audited) -> Audited:
        """Keep the forms that were asked for; the others of the file served to hold them against."""
        if self._options.form is None:
            return one
        forms = tuple(form for form in one.forms if form in self._chosen)
        titles = {form.title for form in forms}
        return Audited(forms, tuple(finding for finding in one.findings if finding.form in titles))

    def findings(self) -> Iterator[Finding]:
        """Yield the findings alone."""
        for one in self.audited():
            yield from one.findings

    def _forms(self) -> Iterator[Form]:
        for path in self._options.forms:
            try:
                if self._options.form is not None:
                    self._chosen += forms_of(path, self._options.form)
                for form in forms_of(path, None):
                    self.progress.step()
                    if form.problems:
                        report(form.problems, self._options.lang)
                        self.code = max(self.code, EXIT_PROBLEMS)
                    if form.title or form.indicators or form.budget:
                        yield form
            except PfscoreError as error:
                self._failed(error)

    def _rules_for(self, form: Form) -> Rules | None:
        if self._asked is not None:
            return self._asked if self._has_date(form) else None
        name = form.ruleset
        if name is None or not self._has_date(form):
            return None
        if name not in self._rules:
            try:
                self._rules[name] = load_named_ruleset(form, on=self._options.on)
            except PfscoreError as error:
                self._failed(error)
                self._rules[name] = None
        return self._rules[name]

    def _has_date(self, form: Form) -> bool:
        if self._options.on is not None or form.year is not None:
            return True
        hint = Message("用 --on 指明日期，或在表里写 year", "give --on, or `year` in the form")
        message = Message("没有指明年度，不按规则核对", "no year is given; the rules are not checked")
        self._failed(InputError.of(Diagnostic("PF527", message, hint, form.span())))
        return False

    def _failed(self, error: PfscoreError) -> None:
        report(error.diagnostics, self._options.lang)
        self.code = max(self.code, exit_code(error))


def _codes(given: list[str]) -> list[str]:
    return [code.strip().upper() for text in given for code in text.split(",") if code.strip()]


def _print_text(session: _Session, lang: Lang) -> None:
    shown = 0
    for one in session.audited():
        found: dict[str, list[Finding]] = {form.title: [] for form in one.forms}
        for finding in one.findings:
            found[finding.form].append(finding)
        bodies = {form.title: form.organisation for form in one.forms}
        for title, findings in found.items():
            if findings:
                print(("\n" if shown else "") + form_text(title, bodies[title], findings, lang))
                shown += 1
    if session.tally.forms == 0 or (shown and session.tally.forms == 1):
        return
    print(("\n" if shown else "") + total_line(session.tally, lang))


def _print_summary(session: _Session, output: str, lang: Lang) -> None:
    if output == "json":
        print(json.dumps(session.tally.as_json(), ensure_ascii=False, indent=2))
    else:
        print(tally_text(session.tally, lang))


def _lines(session: _Session, output: str, lang: Lang) -> Iterator[str]:
    match output:
        case "csv":
            yield from csv_lines(session.findings(), lang)
        case "sarif":
            yield from sarif_lines(session.findings(), version("pfscore"), lang)
        case _:
            yield from _json_lines(session, lang)


def _json_lines(session: _Session, lang: Lang) -> Iterator[str]:
    """Yield one JSON object whose findings are written as they come."""
    yield '{"findings": ['
    before = "  "
    for finding in session.findings():
        yield before + json.dumps(finding.as_json(lang), ensure_ascii=False)
        before = ", "
    yield f'], "summary": {json.dumps(session.tally.as_json(), ensure_ascii=False)}}}'
