"""`pfscore audit`: what cannot be right in published forms."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator

from pfscore.auditing.finding import Finding, accepted_text
from pfscore.auditing.run import Audited, Tally, Wanted, audit_stream
from pfscore.cli.output import EXIT_DONE, EXIT_PROBLEMS, add_force, write_text
from pfscore.cli.report_options import add_outputs, add_selection, outputs_of, printing_only_the_report, wanted_findings
from pfscore.cli.session import Session, add_forms, add_ruleset
from pfscore.forms.form import Form
from pfscore.foundation.errors import PfscoreError
from pfscore.foundation.runtime.resources import __version__
from pfscore.foundation.text import Lang, Message
from pfscore.report.findings_for_programs import csv_lines, sarif_lines
from pfscore.report.findings_text import form_text, tally_text, total_line
from pfscore.scoring.rules import Rules


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_forms(parser)
    add_ruleset(parser)
    add_selection(parser)
    add_outputs(parser)
    parser.add_argument(
        "--write-accepted", metavar="FILE", help="把这次的发现写成接受清单 · write what is found as accepted"
    )
    add_force(parser)
    parser.add_argument(
        "--format", choices=("text", "json", "csv", "sarif"), default="text", help="输出格式 · output format"
    )
    parser.add_argument("--summary", action="store_true", help="只输出按代码、地区、年度的汇总 · only the counts")


def run(options: argparse.Namespace) -> int:
    """Run the command; a form or file that cannot be read does not stop the others."""
    wanted = wanted_findings(options)
    audit = _Audit(options, wanted)
    output = "json" if options.json else options.format
    with printing_only_the_report(options):
        if options.summary:
            for _ in audit.bodies():
                pass
            _print_summary(audit, output, options.lang)
        elif output == "text":
            _print_text(audit, options.lang)
        else:
            for line in _lines(audit, output, options.lang):
                print(line)
    inputs = [*options.forms, *filter(None, (options.accepted, options.ruleset))]
    if outputs_of(options):
        from pfscore.cli.report_outputs import write_kept

        write_kept(options, audit.session, inputs, wanted)
    if options.write_accepted is not None:
        write_text(options.write_accepted, accepted_text(audit.kept), inputs=inputs, force=options.force)
    sys.stdout.flush()
    return audit.code


class _Audit:
    """One run over many files: what was found and counted."""

    def __init__(self, options: argparse.Namespace, wanted: Wanted) -> None:
        self.session = Session(
            options, Message("已核对", "audited"), hidden=lambda form: form.problems, keeps=bool(outputs_of(options))
        )
        self._wanted, self._keeps = wanted, options.write_accepted is not None
        self.tally = Tally()
        self.kept: list[Finding] = []

    @property
    def code(self) -> int:
        """The exit code so far."""
        return max(self.session.code, EXIT_PROBLEMS if self.tally.has_errors else EXIT_DONE)

    def bodies(self) -> Iterator[Audited]:
        """Yield what is found, body by body, and count it."""
        forms = (form for form, _ in self.session.answers(lambda _: None, beside=True))
        for one in map(self._chosen, audit_stream(forms, self._rules, self._wanted)):
            self.tally.add(one.forms, one.findings)
            self.tally.accepted = len(self._wanted.seen)
            if self._keeps:
                self.kept += one.findings
            yield one

    def findings(self) -> Iterator[Finding]:
        """Yield the findings alone."""
        for one in self.bodies():
            yield from one.findings

    def _chosen(self, one: Audited) -> Audited:
        """Keep the forms that were asked for; the others of the file are there to be compared with them."""
        cases = tuple(case for case in one.cases if self.session.is_chosen(case.form))
        titles = {case.form.title for case in cases}
        return Audited(cases, tuple(finding for finding in one.findings if finding.form in titles))

    def _rules(self, form: Form) -> Rules | None:
        """Return the rules for a form; without any, it is audited for all that needs no rule."""
        if not self.session.asked and form.ruleset is None:
            return None
        try:
            return self.session.rules(form)
        except PfscoreError as error:
            self.session.fail(error)
            return None


def _print_text(audit: _Audit, lang: Lang) -> None:
    shown = 0
    for one in audit.bodies():
        found: dict[str, list[Finding]] = {case.form.title: [] for case in one.cases}
        for finding in one.findings:
            found[finding.form].append(finding)
        cases = {case.form.title: case for case in one.cases}
        for title, findings in found.items():
            if findings:
                print(("\n" if shown else "") + form_text(cases[title], findings, lang))
                shown += 1
    if audit.tally.forms == 0 or (shown and audit.tally.forms == 1):
        return
    print(("\n" if shown else "") + total_line(audit.tally, lang))


def _print_summary(audit: _Audit, output: str, lang: Lang) -> None:
    if output == "json":
        print(json.dumps(audit.tally.as_json(), ensure_ascii=False, indent=2))
    else:
        print(tally_text(audit.tally, lang))


def _lines(audit: _Audit, output: str, lang: Lang) -> Iterator[str]:
    match output:
        case "csv":
            yield from csv_lines(audit.findings(), lang)
        case "sarif":
            yield from sarif_lines(audit.findings(), __version__, lang)
        case _:
            yield from _json_lines(audit, lang)


def _json_lines(audit: _Audit, lang: Lang) -> Iterator[str]:
    """Yield one JSON object whose findings are written as they come."""
    yield '{"findings": ['
    before = "  "
    for finding in audit.findings():
        yield before + json.dumps(finding.as_json(lang), ensure_ascii=False)
        before = ", "
    yield f'], "summary": {json.dumps(audit.tally.as_json(), ensure_ascii=False)}}}'
