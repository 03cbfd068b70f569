"""`pfscore rulesets`: what rulesets there are, how old, and on what evidence."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from pfscore.cli.output import EXIT_DONE, add_json, add_language, add_search, print_json, report_error
from pfscore.foundation.errors import PfscoreError, RulesetError
from pfscore.foundation.text import Lang
from pfscore.report.rulesets.words import show
from pfscore.report.table_text import columns
from pfscore.rulesets.load import load_family
from pfscore.rulesets.model.ruleset import Ruleset
from pfscore.rulesets.search import RulesetFolder, all_folders, ruleset_ids, taken_twice
from pfscore.scoring.row.awarding.award import evidence_listed


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_search(parser)
    add_json(parser)
    add_language(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    code, found = EXIT_DONE, []
    for name, folders in _found(options.search).items():
        try:
            found.append((load_family(name, search=options.search)[0].ruleset, folders[0].origin.text(options.lang)))
            if len(folders) > 1:
                raise RulesetError.of(taken_twice(name, folders))
        except PfscoreError as error:
            code = max(code, report_error(error, options.lang))
    if options.json:
        print_json([ruleset.shown(origin) for ruleset, origin in found])
    else:
        for line in columns([_as_row(*one, options.lang) for one in found], (None,) * 6):
            print(line)
    return code


def _found(search: Sequence[str]) -> dict[str, list[RulesetFolder]]:
    """Return the ids that are found, sorted, each with the folders that have it."""
    folders = all_folders(search)
    return {name: [one for one in folders if one.files(name)] for name in ruleset_ids(search=search)}


def _as_row(ruleset: Ruleset, origin: str, lang: Lang) -> tuple[str, ...]:
    said = [known.text(lang) for known in evidence_listed(ruleset.sources)]
    since = ruleset.days[0] if ruleset.days else "—"
    return (
        ruleset.ruleset,
        ruleset.title,
        f"自 {since}" if lang == "zh" else f"since {since}",
        show("status", ruleset.status, lang) or "",
        ("、" if lang == "zh" else ", ").join(said),
        origin,
    )
