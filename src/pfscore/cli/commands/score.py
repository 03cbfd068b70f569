"""`pfscore score`: score forms and say why."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
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
from pfscore.forms.form import Form
from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.errors import InputError, PfscoreError
from pfscore.foundation.text import Lang, Message
from pfscore.report.sheet.sheet_text import sheet_text
from pfscore.scoring.rules import Rules, load_named_ruleset, load_ruleset, read_on
from pfscore.scoring.scores import Sheet
from pfscore.scoring.sheet.totals import engine_version

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
    """Run the command; a form or a file that cannot be read does not stop the others."""
    session = _Session(options)
    for path in options.forms:
        try:
            for form in forms_of(path, options.form):
                session.take(form)
        except PfscoreError as error:
            session.failed(error.diagnostics, exit_code(error))
    session.progress.done()
    if options.json:
        # One form gives one object; a file or a choice that may give several gives a list, whatever went wrong.
        several = len(options.forms) > 1 or len(session.sheets) != 1
        print_json(session.sheets if several else session.sheets[0])
    return session.code


class _Session:
    """One run over many files: what was scored so far, and the exit code."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._options = options
        self._scorer = Scorer(options.ruleset, options.on)
        self._shown = 0
        self.code = EXIT_DONE
        self.sheets: list[dict[str, Any]] = []
        self.progress = Progress("已评分" if options.lang == "zh" else "scored")

    def take(self, form: Form) -> None:
        """Score one form and show it; where that cannot be done, say why."""
        lang = self._options.lang
        try:
            if _is_broken(form):
                raise InputError(form.problems)
            sheet = self._scorer.score(form)
        except PfscoreError as error:
            # What is wrong in the form comes first; that it has no year says little where its year cannot be read.
            misread = bool(form.problems) and (error.diagnostics == form.problems or error.code in _NOT_SAID)
            problems = form.problems if misread else (*form.problems, *error.diagnostics)
            self.failed(problems, EXIT_PROBLEMS if misread else exit_code(error))
            if self._options.json:
                self.sheets.append(_unscored(form, problems, lang))
            return
        if sheet.problems or any(row.problems for row in form.tables):
            self.code = max(self.code, EXIT_PROBLEMS)
        if self._options.json:
            self.sheets.append(sheet.as_json(lang))
        else:
            print(("\n" if self._shown else "") + sheet_text(sheet, form, lang, explain=self._options.explain))
        self._shown += 1
        self.progress.step()

    def failed(self, problems: Sequence[Diagnostic], code: int) -> None:
        """Report what stopped a form or a file, below what was printed before it."""
        sys.stdout.flush()
        report(problems, self._options.lang)
        self.code = max(self.code, code)


#: What a form may leave out; nothing needs to be said about it where it was written, but wrongly.
_NOT_SAID = {"PF526", "PF527"}


def _is_broken(form: Form) -> bool:
    """Tell whether nothing of a form could be read: it stands in for a line or a value that is none."""
    return bool(form.problems) and form == Form().with_problems(form.problems)


def _unscored(form: Form, problems: Sequence[Diagnostic], lang: Lang) -> dict[str, Any]:
    """Return what stands in place of the scores of a form that has none; the keys are those of a scored form."""
    return {
        "title": form.title,
        "indicators": [],
        "budget": [],
        **dict.fromkeys(("total", "low", "high", "full", "grade")),
        "ruleset": form.ruleset,
        **dict.fromkeys(("digest", "on")),
        "engine": engine_version(),
        "diagnostics": [problem.as_json(lang) for problem in problems],
    }


class Scorer:
    """Scores forms under the ruleset that was asked for, or that each form names; each is loaded once."""

    def __init__(self, ruleset: str | None, on: str | date | None) -> None:
        self._on = None if on is None else read_on(on)
        self._asked = None if ruleset is None else load_ruleset(ruleset, on=self._on)
        self._named: dict[str | None, Rules] = {}

    def rules(self, form: Form) -> Rules:
        """Return the rules for a form.

        Raises:
            InputError: PF526 and PF527 where neither the command nor the form names a ruleset or a year.
            NotFoundError: PF225 where there is no such ruleset.
        """
        if self._on is None and form.year is None:
            hint = Message("用 --on 指明日期，或在表里写 year", "give --on, or `year` in the form")
            raise InputError.of(Diagnostic("PF527", Message("没有指明年度", "no year is given"), hint, form.head()))
        if self._asked is not None:
            return self._asked
        if form.ruleset not in self._named:
            self._named[form.ruleset] = load_named_ruleset(form, on=self._on)
        return self._named[form.ruleset]

    def score(self, form: Form) -> Sheet:
        """Score one form."""
        return self.rules(form).score_form(form)
