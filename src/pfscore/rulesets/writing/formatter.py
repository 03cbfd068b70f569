"""`pfscore fmt`: a ruleset file in one spacing, by ruamel.yaml, with its order, comments and quotes."""

from __future__ import annotations

from io import StringIO
from typing import Any

from pfscore.documents.document import document_from_text
from pfscore.foundation.errors import InputError
from pfscore.foundation.runtime.resources import library

#: Lists in brackets are broken into lines beyond this many characters.
_WIDTH = 120


def format_yaml(text: str, *, name: str = "ruleset.yaml") -> str:
    """Return the file in one spacing; `name` is what diagnostics show as the file.

    Levels are indented by two spaces; only spaces and line breaks change, and a second time changes nothing. Where
    anything else would change, `text` itself comes back.

    Raises:
        InputError: PF1xx where the text cannot be read, PF110 where ruamel.yaml is not installed.

    >>> print(format_yaml("ruleset:   cn-xx/project  # 代号\\nsources:\\n- {title: 办法, key:  'a'}\\n"))
    ruleset: cn-xx/project    # 代号
    sources:
      - {title: 办法, key: 'a'}
    <BLANKLINE>
    """
    text = text.replace("\r\n", "\n")
    text = text if text.endswith("\n") else text + "\n"
    before = document_from_text(name, text, syntax="yaml").data
    once = _round_trip(text, name)
    if once is None or sorted("".join(once.split())) != sorted("".join(text.split())):
        return text
    if _round_trip(once, name) != once:
        return text
    try:
        return once if document_from_text(name, once, syntax="yaml").data == before else text
    except InputError:
        return text


def _round_trip(text: str, name: str) -> str | None:
    """Return the text as ruamel.yaml writes it; `None` where it cannot read it, or write it again."""
    with library("ruamel.yaml", name):
        from ruamel.yaml import YAML
        from ruamel.yaml.error import YAMLError
        from ruamel.yaml.resolver import VersionedResolver

    class Texts(VersionedResolver):
        """Takes every plain value for text: 0.10 stays 0.10, and 否 stays 否."""

        @property
        def versioned_resolver(self) -> dict[str, Any]:
            return {}

    yaml: Any = YAML()
    yaml.Resolver = Texts
    yaml.preserve_quotes = True
    yaml.width = _WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = StringIO()
    try:
        yaml.dump(yaml.load(text), stream)
    except (YAMLError, ValueError, TypeError, AttributeError, RecursionError, AssertionError, IndexError):
        return None
    return stream.getvalue()
