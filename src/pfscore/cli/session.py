"""What the commands that answer questions share: arguments, choosing forms and rulesets, going on after a bad file."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
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
from pfscore.foundation.errors import PfscoreError
from pfscore.scoring.rules import Rules, load_named_ruleset, load_ruleset


def add_forms(parser: argparse.ArgumentParser) -> None:
    """Add the forms, which of them, the output's form and its language."""
    parser.add_argument("forms", nargs="+", metavar="FORM", help="自评表：.json .jsonl .yaml .csv")
    parser.add_argument("--form", metavar="N|TEXT", help="只取第 N 张表，或标题含 TEXT 的表 · only this form of a file")
    add_json(parser)
    add_language(parser)


def add_ruleset(parser: argparse.ArgumentParser) -> None:
    """Add the ruleset and the date."""
    parser.add_argument(
        "--ruleset", metavar="ID|FILE", help="规则集，默认用表里写的 · default: the one that the form names"
    )
    parser.add_argument(
        "--on", metavar="DATE", help="按哪一天的规则，默认年末 · default: the last day of the form's year"
    )


def ruleset_of(options: argparse.Namespace, form: Form) -> Rules | None:
    """Return the ruleset that was asked for, or that the form names, on the date that was asked for."""
    if options.ruleset is not None:
        return load_ruleset(options.ruleset, on=options.on)
    return None if form.ruleset is None else load_named_ruleset(form, on=options.on)


def answer_each(
    options: argparse.Namespace,
    answer: Callable[[Form], Any],
    as_text: Callable[[Form, Any], str],
    as_json: Callable[[Form, Any], Any],
) -> int:
    """Answer for every form, one after the other; a form that cannot be answered for does not stop the others."""
    code, shown, collected = EXIT_DONE, 0, []
    progress = Progress("已处理" if options.lang == "zh" else "done")
    for path in options.forms:
        try:
            for form in forms_of(path, options.form):
                if form.problems:
                    report(form.problems, options.lang)
                    code = max(code, EXIT_PROBLEMS)
                try:
                    found = answer(form)
                except PfscoreError as error:
                    report(error.diagnostics, options.lang)
                    code = max(code, exit_code(error))
                    continue
                if options.json:
                    collected.append(as_json(form, found))
                else:
                    print(("\n" if shown else "") + as_text(form, found))
                shown += 1
                progress.step()
        except PfscoreError as error:
            report(error.diagnostics, options.lang)
            code = max(code, exit_code(error))
    progress.done()
    if options.json:
        print_json(collected[0] if len(collected) == 1 else collected)
    sys.stdout.flush()
    return code


def read_all(options: argparse.Namespace) -> tuple[list[Form], int]:
    """Read every form that was asked for; what cannot be read is reported and left out."""
    forms: list[Form] = []
    code = EXIT_DONE
    for path in options.forms:
        try:
            for form in forms_of(path, options.form):
                if form.problems:
                    report(form.problems, options.lang)
                    code = max(code, EXIT_PROBLEMS)
                if form.indicators or form.budget:
                    forms.append(form)
        except PfscoreError as error:
            report(error.diagnostics, options.lang)
            code = max(code, exit_code(error))
    return forms, code
