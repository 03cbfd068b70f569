"""Every quotation of a ruleset that comes with pfscore is in the recorded text of its source."""

from __future__ import annotations

from collections.abc import Iterator

from pfscore.foundation.folding import fold
from pfscore.foundation.runtime.resources import data_dir
from pfscore.rulesets.load import load_family
from pfscore.rulesets.model.base import AlsoCite, Cite, Evidence
from pfscore.rulesets.model.form_terms import FormVersion
from pfscore.rulesets.model.rule import RuleVersion
from pfscore.rulesets.model.ruleset import Ruleset
from pfscore.rulesets.search import builtin_ids
from tests.tables import each

#: Keys of a form version that say what the project does where nobody has been seen to rule.
_CHOSEN = ("missing", "borrow_unit")


def _recorded(ruleset: str) -> dict[str, list[str]]:
    """Return the passages of each source, folded and without spaces."""
    file = data_dir("rulesets") / ruleset.split("/")[0] / "sources.txt"
    found: dict[str, list[str]] = {}
    passages: list[str] = []
    for line in file.read_text(encoding="utf-8").splitlines() if file.is_file() else ():
        if line.startswith("== "):
            passages = found.setdefault(line.removeprefix("== "), [])
        elif line and not line.startswith("#"):
            passages.append(_plain(line))
    return found


def _plain(text: str) -> str:
    return "".join(fold(text).split()).replace("“", "").replace("”", "")


def _is_recorded(quote: str, passages: list[str]) -> bool:
    """Return whether the parts of a quotation stand in this order in one passage, or each in one of them."""
    parts = [_plain(part) for part in quote.split("…")]
    return all(any(part in passage for passage in passages) for part in parts)


def _citations(ruleset: Ruleset) -> Iterator[Cite | AlsoCite]:
    versions: list[FormVersion | RuleVersion] = [*ruleset.form]
    versions += (version for rule in ruleset.rules for version in rule.versions)
    for version in versions:
        yield version.cite
        yield from version.also or ()


@each("name", builtin_ids())
def test_every_quotation_is_in_the_recorded_source(name: str) -> None:
    recorded = _recorded(name)
    quoted = [one for one in _citations(load_family(name)[0].ruleset) if one.quote is not None]
    unknown = [
        (one.source, one.quote) for one in quoted if not _is_recorded(one.quote or "", recorded.get(one.source, []))
    ]
    assert unknown == []


def test_a_quotation_that_nobody_read_fails() -> None:
    passages = _recorded("cn/department-fixed")["抄本甲（2017）"]
    assert _is_recorded("每超过一个百分点扣0.5分", passages)
    assert not _is_recorded("每超过一个百分点扣0.8分", passages)


@each("name", builtin_ids())
def test_a_term_that_no_source_states_is_marked_as_the_projects_own(name: str) -> None:
    ruleset = load_family(name)[0].ruleset
    own = {source.key for source in ruleset.sources if source.evidence is Evidence.DEFAULT}
    for form in ruleset.form:
        cited = {key: cite.source for cite in form.also or () for key in cite.keys}
        chosen = {key for key in _CHOSEN if getattr(form, key) is not None}
        assert {key for key in chosen if cited.get(key) not in own} == set()


@each("name", builtin_ids())
def test_a_read_source_says_how_far_it_was_read(name: str) -> None:
    for source in load_family(name)[0].ruleset.sources:
        assert source.evidence is not Evidence.TEXT or source.read_to, source.key
