"""What an editor asks about: a character of an open file, and what stood there when the file was last whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from pfscore.documents.model_fields import value_at
from pfscore.documents.positions import Path
from pfscore.editor.cursor import Cursor, cursor_at
from pfscore.editor.open_file import OpenFile, Reading
from pfscore.foundation.errors import PfscoreError
from pfscore.rulesets.edition import edition, terms_on
from pfscore.rulesets.in_force import Loaded, RuleInForce
from pfscore.rulesets.model.form_terms import Block, FormVersion, walk_blocks
from pfscore.rulesets.model.rule import Rule, RuleVersion

#: Where formulas stand: the last keys of their paths.
_FORMULAS = (
    ("formula",),
    ("bands", "of"),
    ("judgement", "when"),
    ("judgement", "low"),
    ("judgement", "high"),
    ("blocks", "split"),
    ("parts", "split"),
    ("explanations", "when"),
)
#: A name of a formula.
_NAME = re.compile(r"[A-Za-z_\u4e00-\u9fff]\w*")


def _keys_only(path: Path) -> tuple[str, ...]:
    """Return the keys of a path without the places in lists."""
    return tuple(part for part in path if isinstance(part, str))


@dataclass(frozen=True)
class Asked:
    """A character of an open file."""

    file: OpenFile
    offset: int

    @cached_property
    def cursor(self) -> Cursor:
        """Where it stands in the text."""
        return cursor_at(self.file.text, self.offset)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys around it, from the top of the file."""
        return _keys_only(self.cursor.path)

    @property
    def key(self) -> str:
        """The key that it belongs to."""
        return self.keys[-1] if self.keys else ""

    @property
    def is_formula(self) -> bool:
        """Whether a formula is written here."""
        return any(self.keys[-len(place) :] == place for place in _FORMULAS)

    @cached_property
    def word(self) -> re.Match[str] | None:
        """The name of a formula that it stands in, or behind."""
        cursor = self.cursor
        words = _NAME.finditer(self.file.text, cursor.start, cursor.end) if cursor.part == "value" else ()
        return next((word for word in words if word.start() <= self.offset <= word.end()), None)

    @property
    def text(self) -> str:
        """The key, the value or the word that it stands in, without quotes."""
        return self.file.text[self.cursor.start : self.cursor.end].strip("\"'")

    @property
    def whole(self) -> Reading | None:
        """The last reading whose shape was right."""
        return self.file.reading if self.file.reading.family else self.file.whole

    @property
    def family(self) -> tuple[Loaded, ...]:
        """The ruleset and its parents, as they were last known."""
        return () if self.whole is None else self.whole.family

    @cached_property
    def known(self) -> Path | None:
        """The path of this place in the last whole reading; `None` on lines that were written since."""
        if self.whole is None:
            return None
        if self.whole.lines is self.file.lines:
            return self.cursor.path
        line = self.file.lines.now(self.cursor.line, self.whole.lines)
        if line is None:
            return None
        before = self.whole.lines.text
        begin = self.file.text.rfind("\n", 0, self.offset) + 1
        start = sum(len(one) + 1 for one in before.split("\n")[: line - 1])
        return cursor_at(before, start + self.offset - begin).path

    @cached_property
    def rule(self) -> Rule | None:
        """The rule that it stands in."""
        found = self._at(2)
        return found if isinstance(found, Rule) else None

    @cached_property
    def version(self) -> RuleVersion | FormVersion | None:
        """The version of a rule, or of the terms of the form, that it stands in."""
        found = self._at(4) if self.rule is not None else self._at(2)
        return found if isinstance(found, RuleVersion | FormVersion) else None

    def _at(self, length: int) -> object:
        known = self.known
        return value_at(self.family[0].ruleset, known[:length]) if known and len(known) >= length else None

    @property
    def day(self) -> date:
        """The day that its version starts; the last one on which anything starts where it stands in none."""
        if self.version is not None:
            return self.version.since
        days = [version.since for version in self.rule.versions] if self.rule is not None else []
        every = [version.since for loaded in self.family for _, _, version in loaded.ruleset.rule_versions()]
        return max(days or every, default=date.max)

    def parents_rule(self, rule_id: str) -> RuleInForce | None:
        """Return a rule of the parents as it is on the day."""
        if len(self.family) < 2:
            return None
        try:
            return edition(self.family[1:], self.day).rule(rule_id)
        except PfscoreError:
            return None

    def blocks(self) -> Iterator[tuple[Loaded, Path, Block]]:
        """Yield the blocks of the form and their parts, each with its place."""
        terms = terms_on(self.family, self.day) if self.family else None
        if terms is None or "blocks" not in terms.layers:
            return
        loaded, path = terms.layers["blocks"]
        for at, block in walk_blocks(terms.get("blocks"), (*path, "blocks")):
            yield loaded, at, block

    def rule_places(self) -> Iterator[tuple[Loaded, Path, Rule]]:
        """Yield the rules of the ruleset and of its parents, each with its place."""
        for loaded in self.family:
            for index, rule in enumerate(loaded.ruleset.rules):
                yield loaded, ("rules", index), rule
