"""`pfscore compare`: what a form would earn under other rulesets, row by row."""

from __future__ import annotations

import argparse

from pfscore.cli.session import add_forms, answer_each
from pfscore.forms.form import Form
from pfscore.questions.compare import Contrast, compare
from pfscore.report.questions_text import contrast_text
from pfscore.scoring.rules import Rules, load_named_ruleset, load_ruleset

HELP = "同一张表按几个规则集各得多少 · a form under several rulesets"


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
    parser.add_argument(
        "--on", metavar="DATE", help="按哪一天的规则，默认年末 · default: the last day of the form's year"
    )


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    loaded: dict[str, Rules] = {}

    def rules(name: str, form: Form) -> Rules:
        if name not in loaded:
            asked = name in options.ruleset
            loaded[name] = load_ruleset(name, on=options.on) if asked else load_named_ruleset(form, on=options.on)
        return loaded[name]

    def answer(form: Form) -> Contrast:
        names = list(options.ruleset)
        if len(names) == 1 and form.ruleset is not None and form.ruleset not in names:
            names.insert(0, form.ruleset)
        return compare(form, rulesets=[rules(name, form) for name in names])

    return answer_each(
        options,
        answer,
        lambda _, contrast: contrast_text(contrast, options.lang),
        lambda _, contrast: contrast.as_json(),
    )
