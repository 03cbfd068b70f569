"""`pfscore score`: score forms and say why."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from typing import Any

from pfscore.cli.output import (
    EXIT_DONE,
    EXIT_PROBLEMS,
    Progress,
    add_json,
    add_language,
    exit_code,
    forms_of,
    print_json,
    report,
)
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.errors import InputError, PfscoreError
from pfscore.foundation.text import Message
from pfscore.report.text import diagnostics_text, sheet_text
from pfscore.scoring.engine import Rules, load_ruleset
from pfscore.scoring.form import Form
from pfscore.scoring.score import Sheet

HELP = "给自评表评分并说明理由 · score forms and say why"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("forms", nargs="+", metavar="FORM", help="自评表：.json .jsonl .yaml .csv")
    parser.add_argument(
        "--ruleset", metavar="ID|FILE", help="规则集，默认用表里写的 · default: the one that the form names"
    )
    parser.add_argument(
        "--on", metavar="DATE", help="按哪一天的规则，默认年末 · default: the last day of the form's year"
    )
    parser.add_argument("--form", metavar="N|TEXT", help="只取第 N 张表，或标题含 TEXT 的表 · only this form of a file")
    parser.add_argument("--explain", action="store_true", help="逐行说明 · explain every row")
    add_json(parser)
    add_language(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command; a file that cannot be read does not stop the others."""
    scorer = Scorer(options.ruleset, options.on)
    code, sheets = EXIT_DONE, []
    progress = Progress("已评分" if options.lang == "zh" else "scored")
    first = True
    for path in options.forms:
        try:
            for form in forms_of(path, options.form):
                sheet = scorer.score(form)
                code = max(code, EXIT_PROBLEMS if sheet.problems or _row_problems(form) else EXIT_DONE)
                if options.json:
                    sheets.append(_as_json(sheet, form, options.lang))
                else:
                    print(("" if first else "\n") + _as_text(sheet, form, options))
                first = False
                progress.step()
        except PfscoreError as error:
            report(error.diagnostics, options.lang)
            code = max(code, exit_code(error))
    progress.done()
    if options.json:
        print_json(sheets[0] if len(sheets) == 1 else sheets)
    sys.stdout.flush()
    return code


class Scorer:
    """Scores forms under the ruleset that was asked for, or that each form names; each is loaded once."""

    def __init__(self, ruleset: str | None, on: str | date | None) -> None:
        self._asked, self._on = ruleset, on
        self._rules: dict[str, Rules] = {}

    def rules(self, form: Form) -> Rules:
        """Return the rules for a form."""
        name = self._asked or form.ruleset
        if name is None:
            hint = Message("用 --ruleset 指明，或在表里写 ruleset", "give --ruleset, or `ruleset` in the form")
            raise InputError.of(
                Diagnostic("PF526", Message("没有指明用哪个规则集", "no ruleset is named"), hint, form.span())
            )
        if self._on is None and form.year is None:
            hint = Message("用 --on 指明日期，或在表里写 year", "give --on, or `year` in the form")
            raise InputError.of(Diagnostic("PF527", Message("没有指明年度", "no year is given"), hint, form.span()))
        if name not in self._rules:
            self._rules[name] = load_ruleset(name, on=self._on)
        return self._rules[name]

    def score(self, form: Form) -> Sheet:
        """Score one form."""
        return self.rules(form).score_form(form)


def _row_problems(form: Form) -> bool:
    return bool(form.problems) or any(row.problems for row in (*form.budget, *form.indicators, *form.tables))


def _as_json(sheet: Sheet, form: Form, lang: Any) -> dict[str, Any]:
    del form
    return sheet.as_json(lang)


def _as_text(sheet: Sheet, form: Form, options: argparse.Namespace) -> str:
    text = sheet_text(sheet, form, options.lang, explain=options.explain)
    rows = [diagnostic for row in (*sheet.budget, *sheet.indicators) for diagnostic in row.diagnostics]
    return f"{text}\n\n{diagnostics_text(rows, options.lang)}" if rows else text
