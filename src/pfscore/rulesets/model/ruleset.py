"""The model of a ruleset file: closed English keys, Chinese values, a citation inside every dated version."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from pfscore.documents.positions import Path
from pfscore.foundation.stored import TypedDict
from pfscore.rulesets.model.base import SourceEntry, Strict
from pfscore.rulesets.model.form_terms import FormVersion
from pfscore.rulesets.model.rule import Removed, Rule, RuleVersion

_RULESET_ID = r"^[a-z]{2}(-[a-z0-9]{1,5})?(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$"


class ShownRuleset(TypedDict):
    """A ruleset in the list."""

    id: str
    title: str
    jurisdiction: str
    kind: str
    status: str
    dates: list[str]
    evidence: list[str]
    extends: str | None
    origin: str


class Ruleset(Strict):
    """规则集文件：一个地区、一类表的评分规则。One jurisdiction, one kind of form."""

    ruleset: str = Field(pattern=_RULESET_ID)
    """代号，如 cn-sc/project：地区（ISO 3166-2）/表的种类；市县加统计用区划代码，如 cn-hn-430600/department。
    The id, such as cn-sc/project: region (ISO 3166-2) and kind of form; cities and counties add their code."""
    title: str
    """名称。
    The name."""
    jurisdiction: str = Field(pattern=r"^CN(-[A-Z0-9]{1,3}(-[0-9]{6})?)?$")
    """地区代码，如 CN-SC；省以下加统计用区划代码，如岳阳市 CN-HN-430600。
    The region, such as CN-SC; below a province with its statistical code."""
    kind: Literal["project", "department"]
    """project 项目支出，department 部门整体支出。
    For forms of projects, or of whole departments."""
    status: Literal["active", "draft"]
    """active 现行，draft 草案（依据未齐）。
    In force, or a draft whose sources are not complete."""
    extends: str | None = None
    """上级规则集：代号，或同一文件夹内的文件。
    The parent: its id, or a file in the same folder."""
    note: str | None = None
    """说明。
    What a reader should know."""
    compiled_from: str | None = Field(default=None, pattern=r"^[0-9a-f]{64}$")
    """由 YAML 编译时写入：原文的 SHA-256。Written by `pfscore compile`; not for authors."""
    sources: tuple[SourceEntry, ...] = ()
    """依据。
    The documents that rules are cited from."""
    form: tuple[FormVersion, ...] = ()
    """整张表的通则，各版本。
    What holds for the form as a whole, by version."""
    rules: tuple[Rule, ...] = ()
    """评分规则。
    The scoring rules."""
    removed: tuple[Removed, ...] = ()
    """不再适用的上级规则。
    Rules of the parent that do not hold here."""

    def versions(self) -> Iterator[tuple[Path, FormVersion | RuleVersion, str | None]]:
        """Yield every version, of the form as a whole and then of the rules, with its path and the id of its rule."""
        for index, form in enumerate(self.form):
            yield ("form", index), form, None
        yield from ((path, version, rule.id) for path, rule, version in self.rule_versions())

    def rule_versions(self) -> Iterator[tuple[Path, Rule, RuleVersion]]:
        """Yield every version of every rule with its path in the file."""
        for number, rule in enumerate(self.rules):
            for index, version in enumerate(rule.versions):
                yield ("rules", number, "versions", index), rule, version

    def shown(self, origin: str) -> ShownRuleset:
        """Return what a list of rulesets says of this one, which stands in `origin`."""
        return {
            "id": self.ruleset,
            "title": self.title,
            "jurisdiction": self.jurisdiction,
            "kind": self.kind,
            "status": self.status,
            "dates": self.days,
            "evidence": sorted({source.evidence.value for source in self.sources}),
            "extends": self.extends,
            "origin": origin,
        }

    @property
    def days(self) -> list[str]:
        """The days on which a version starts that is not disabled, in order."""
        return sorted({version.since.isoformat() for _, version, _ in self.versions() if version.disabled is None})
