"""The ruleset that a form is held against: the one that was asked for, or the one that it names."""

from __future__ import annotations

from functools import lru_cache

from pfscore.scoring.engine import Rules, load_named_ruleset, load_ruleset
from pfscore.scoring.form import Form


def rules_for(form: Form, ruleset: Rules | str | None) -> Rules:
    """Return the rules that were asked for, or those that the form names by id.

    Raises:
        InputError: PF526 where neither names a ruleset, PF503 where the form names a file.
        NotFoundError: PF225 where there is no such ruleset.
    """
    if isinstance(ruleset, Rules):
        return ruleset
    return load_named_ruleset(form) if ruleset is None else loaded(ruleset)


@lru_cache(maxsize=64)
def loaded(ruleset: str) -> Rules:
    """Return a ruleset by id or file, each loaded once."""
    return load_ruleset(ruleset)
