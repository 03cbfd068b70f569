"""`pfscore rulesets`: what rulesets there are, how old, and on what evidence."""

from __future__ import annotations

import argparse
from typing import Any

from pfscore.cli.output import EXIT_DONE, add_json, add_language, print_json
from pfscore.foundation.text import Lang
from pfscore.report.table_text import columns
from pfscore.rulesets.load import builtin_ids, load_family
from pfscore.rulesets.model.ruleset import FormVersion, Ruleset, RuleVersion
from pfscore.scoring.row.words import EVIDENCE

HELP = "列出规则集 · list the rulesets"

_STATUS = {"active": {"zh": "现行", "en": "active"}, "draft": {"zh": "草案", "en": "draft"}}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_json(parser)
    add_language(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    rulesets = [load_family(ruleset)[0].ruleset for ruleset in builtin_ids()]
    if options.json:
        print_json([_as_json(ruleset) for ruleset in rulesets])
        return EXIT_DONE
    rows = [_as_row(ruleset, options.lang) for ruleset in rulesets]
    for line in columns(rows, (None,) * 5):
        print(line)
    return EXIT_DONE


def _as_json(ruleset: Ruleset) -> dict[str, Any]:
    versions: list[FormVersion | RuleVersion] = [*ruleset.form]
    versions += [version for rule in ruleset.rules for version in rule.versions]
    return {
        "id": ruleset.ruleset,
        "title": ruleset.title,
        "jurisdiction": ruleset.jurisdiction,
        "kind": ruleset.kind,
        "dates": sorted({version.since.isoformat() for version in versions if version.disabled is None}),
        "status": ruleset.status,
        "evidence": sorted({source.evidence.value for source in ruleset.sources}),
        "extends": ruleset.extends,
    }


def _as_row(ruleset: Ruleset, lang: Lang) -> tuple[str, ...]:
    data = _as_json(ruleset)
    evidence = {source.evidence for source in ruleset.sources}
    said = [text.text(lang) for kind, text in EVIDENCE.items() if kind in evidence]
    dates: list[str] = data["dates"]
    since = dates[0] if dates else "—"
    return (
        ruleset.ruleset,
        ruleset.title,
        f"自 {since}" if lang == "zh" else f"since {since}",
        _STATUS[ruleset.status][lang],
        ("、" if lang == "zh" else ", ").join(said),
    )
