"""`pfscore compare`: what a form would earn under other rulesets, row by row."""

from __future__ import annotations

import argparse

from pfscore.cli.session import Session, add_date, add_forms
from pfscore.forms.form import Form
from pfscore.questions.compare import Contrast, compare
from pfscore.report.questions_text import contrast_text


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_forms(parser)
    parser.add_argument(
        "--ruleset",
        action="append",
        metavar="ID|FILE",
        required=True,
        help="规则集，写几次就比几个；只写一个，就与表里写的相比 · repeat it; one alone is held against the form's own",
    )
    add_date(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    session = Session(options)

    def answer(form: Form) -> Contrast:
        session.check_date(form)
        rulesets = session.asked
        if len(rulesets) == 1 and form.ruleset is not None and form.ruleset not in options.ruleset:
            rulesets = [session.named(form), *rulesets]
        return compare(form, rulesets=rulesets)

    return session.answer_each(
        answer,
        lambda _, contrast: contrast_text(contrast, options.lang),
        lambda _, contrast: contrast.as_json(),
    )
