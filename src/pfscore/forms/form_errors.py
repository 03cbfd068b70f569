"""What is wrong with the content of a form, from pydantic's complaints to diagnostics with codes of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pydantic import BaseModel, ValidationError

from pfscore.documents.model_errors import Located, diagnostics_of
from pfscore.foundation.diagnostics import Diagnostic, Span
from pfscore.foundation.text import Message

#: The codes of ruleset content that have a counterpart for forms.
_CODES = {"PF201": "PF501", "PF202": "PF502", "PF203": "PF503", "PF204": "PF504"}


class Arguments:
    """The places of what was written in Python: which argument, such as `indicators[0].points`."""

    def span(self, path: Sequence[str | int], *, key: bool = False) -> Span:
        """Return the name of the argument at `path`."""
        del key
        return Span("".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix("."))


def form_problems(
    error: ValidationError, model: type[BaseModel], document: Located | None = None, at: Sequence[str | int] = ()
) -> tuple[Diagnostic, ...]:
    """Return one diagnostic for each complaint about data that stands at path `at` of `document`."""
    found = diagnostics_of(error, Arguments() if document is None else document, model, at=at)
    in_yaml = getattr(document, "syntax", "") == "yaml"
    return tuple(replace(_about_a_form(one, in_yaml=in_yaml), code=_CODES.get(one.code, one.code)) for one in found)


def _about_a_form(problem: Diagnostic, *, in_yaml: bool) -> Diagnostic:
    """Leave out what helps the author of a ruleset: how YAML writes a list, and what a key is for, in one language."""
    message, hint = problem.message, problem.hint
    if not in_yaml:
        zh, en = message.zh.replace("（每项以 “- ” 开头）", ""), message.en.replace(" (each member after '- ')", "")
        message = Message(zh, en)
    if hint is not None and hint.zh == hint.en:
        hint = None
    return replace(problem, message=message, hint=hint)
