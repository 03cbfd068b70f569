"""The ruleset that a form is held against: the one that was asked for, or the one that it names."""

from __future__ import annotations

from functools import lru_cache

from pfscore.foundation.diagnostics import Diagnostic
from pfscore.foundation.errors import InputError
from pfscore.foundation.text import Message
from pfscore.scoring.engine import Rules, load_ruleset
from pfscore.scoring.form import Form


def rules_for(form: Form, ruleset: Rules | str | None) -> Rules:
    """Return the rules that were asked for, or those that the form names.

    Raises:
        InputError: PF526 where neither names a ruleset.
        NotFoundError: PF225 where there is no such ruleset.
    """
    if isinstance(ruleset, Rules):
        return ruleset
    name = ruleset or form.ruleset
    if name is None:
        message = Message("没有指明用哪个规则集", "no ruleset is named")
        hint = Message("写明 ruleset，或在表里写 ruleset", "give `ruleset`, or name one in the form")
        raise InputError.of(Diagnostic("PF526", message, hint, form.span()))
    return loaded(name)


@lru_cache(maxsize=64)
def loaded(ruleset: str) -> Rules:
    """Return a ruleset by id or file, each loaded once."""
    return load_ruleset(ruleset)
