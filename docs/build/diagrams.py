"""Railroad diagrams of grammar rules, as SVG: a small reader of Lark's EBNF; the library `railroad-diagrams` draws."""

from __future__ import annotations

import re
from html import escape
from io import StringIO
from typing import Any

from pfscore.foundation.text import display_width

_TOKEN = re.compile(r'\s*(?:(->\s*\w+)|(//[^\n]*)|([A-Za-z_]+)|("[^"]*")|([()|?*+]))')
_STYLE = (
    ".railroad-diagram{background:none}.railroad-diagram path{fill:none;stroke:#444;stroke-width:1.5}"
    ".railroad-diagram rect{fill:#fdf6e3;stroke:#a5803b;stroke-width:1.5}"
    ".railroad-diagram .terminal rect{fill:#e8f1fb;stroke:#3b6ea5}"
    ".railroad-diagram text{font:13px ui-monospace,Menlo,Consolas,monospace;text-anchor:middle}"
)


class _Reader:
    """Reads the right-hand side of a rule into the parts of a diagram."""

    def __init__(self, text: str, railroad: Any) -> None:
        self.tokens = [match.group().strip() for match in _TOKEN.finditer(text) if match.group().strip()]
        self.railroad = railroad

    def alternatives(self) -> Any:
        parts = [self.sequence()]
        while self.tokens[:1] == ["|"]:
            self.tokens.pop(0)
            parts.append(self.sequence())
        return parts[0] if len(parts) == 1 else self.railroad.Choice(0, *parts)

    def sequence(self) -> Any:
        parts = []
        while self.tokens and self.tokens[0] not in {"|", ")"}:
            token = self.tokens.pop(0)
            if token.startswith(("->", "//")):
                continue
            part = self.box(token) if token != "(" else self.alternatives()
            if token == "(":
                self.tokens.pop(0)
            parts.append(self.repeated(part))
        return parts[0] if len(parts) == 1 else self.railroad.Sequence(*parts)

    def box(self, text: str) -> Any:
        is_terminal = text.isupper() or text.startswith('"')
        part = (self.railroad.Terminal if is_terminal else self.railroad.NonTerminal)(text)
        part.width = 8 * display_width(text) + 20
        return part

    def repeated(self, part: Any) -> Any:
        signs = {"?": self.railroad.Optional, "*": self.railroad.ZeroOrMore, "+": self.railroad.OneOrMore}
        while self.tokens and self.tokens[0] in signs:
            part = signs[self.tokens.pop(0)](part)
        return part


def rules(text: str) -> dict[str, str]:
    """Return the rules of a grammar file, by name, each with its right-hand side."""
    found = re.finditer(r"^[?!]?([a-z_]+):((?:[^\n]*\n)(?:[ \t]+[^\n]*\n|//[^\n]*\n(?=[ \t]))*)", text, re.MULTILINE)
    return {match[1]: match[2] for match in found}


def examples(body: str) -> list[str]:
    """Return the cells that stand behind the alternatives of a rule."""
    return [example.strip() for example in re.findall(r"//\s*([^\n]*)", body)]


def diagram(name: str, body: str) -> str:
    """Return the diagram of a rule as an SVG file."""
    try:
        import railroad
    except ImportError:
        raise SystemExit("the diagrams are drawn by railroad-diagrams: pip install -e '.[docs]'") from None
    drawing = railroad.Diagram(_Reader(body, railroad).alternatives())
    drawing.attrs |= {"role": "img", "aria-label": escape(name)}
    svg = StringIO()
    drawing.writeStandalone(svg.write, css=_STYLE)
    return svg.getvalue().rstrip("\n") + "\n"
