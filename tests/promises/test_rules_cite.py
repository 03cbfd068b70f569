"""Promise 6, rules tell where they come from: every version cites a declared source; without evidence it is off."""

from __future__ import annotations

from pfscore.rulesets.load import load_family
from pfscore.rulesets.model.base import Evidence
from pfscore.rulesets.search import builtin_ids
from tests.tables import each


@each("ruleset", builtin_ids())
def test_every_version_cites_a_source_and_one_without_evidence_is_off(ruleset: str) -> None:
    for loaded in load_family(ruleset):
        sources = {source.key: source for source in loaded.ruleset.sources}
        for rule in loaded.ruleset.rules:
            for version in rule.versions:
                cited = sources[version.cite.source]
                assert version.disabled or cited.evidence is not Evidence.NONE, (ruleset, rule.id, version.since)
