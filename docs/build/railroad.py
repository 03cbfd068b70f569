"""Railroad diagrams of grammar rules, as SVG: a small parser of Lark's EBNF, and boxes on a line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from pfscore.foundation.text import display_width

_TOKEN = re.compile(r'\s*(?:(->\s*\w+)|(//[^\n]*)|([A-Za-z_]+)|("[^"]*")|([()|?*+]))')
_STYLE = (
    "<style>.t{fill:#e8f1fb;stroke:#3b6ea5}.r{fill:#fdf6e3;stroke:#a5803b}path{fill:none;stroke:#444;stroke-width:1.5}"
    "text{font:13px ui-monospace,Menlo,Consolas,monospace;dominant-baseline:central;text-anchor:middle}</style>"
)
_GAP, _ROW, _BOX = 14, 12, 26


@dataclass(frozen=True)
class Drawing:
    """A part of a diagram: `up` and `down` say how far it reaches above and below its line."""

    width: float
    up: float
    down: float
    svg: str

    def at(self, x: float, y: float) -> str:
        """Return the part moved to `x`, `y`."""
        return f'<g transform="translate({x:g},{y:g})">{self.svg}</g>'


def _box(text: str) -> Drawing:
    width = 8 * display_width(text) + 20
    kind = "t" if text.isupper() or text.startswith('"') else "r"
    corner = 12 if kind == "t" else 3
    shape = f'<rect class="{kind}" x="0" y="{-_BOX / 2:g}" width="{width}" height="{_BOX}" rx="{corner}"/>'
    return Drawing(width, _BOX / 2, _BOX / 2, f'{shape}<text x="{width / 2:g}" y="0">{escape(text)}</text>')


def _sequence(parts: list[Drawing]) -> Drawing:
    if len(parts) == 1:
        return parts[0]
    x, svg = 0.0, []
    for index, part in enumerate(parts):
        if index:
            svg.append(f'<path d="M{x:g} 0h{_GAP}"/>')
            x += _GAP
        svg.append(part.at(x, 0))
        x += part.width
    return Drawing(x, max(part.up for part in parts), max(part.down for part in parts), "".join(svg))


def _choice(parts: list[Drawing]) -> Drawing:
    if len(parts) == 1:
        return parts[0]
    inner = max(part.width for part in parts)
    width = inner + 4 * _GAP
    y, svg = 0.0, []
    for index, part in enumerate(parts):
        if index:
            y += parts[index - 1].down + _ROW + part.up
        end = 2 * _GAP + part.width
        if index:
            bend = f"q{_GAP} 0 {_GAP} {_GAP}v{y - 2 * _GAP:g}q0 {_GAP} {_GAP} {_GAP}"
            svg.append(f'<path d="M0 0{bend}"/>')
            back = f"q{_GAP} 0 {_GAP} {-_GAP}v{2 * _GAP - y:g}q0 {-_GAP} {_GAP} {-_GAP}"
            svg.append(f'<path d="M{end:g} {y:g}H{width - 2 * _GAP:g}{back}"/>')
        else:
            svg.append(f'<path d="M0 0h{2 * _GAP}M{end:g} 0H{width:g}"/>')
        svg.append(part.at(2 * _GAP, y))
    return Drawing(width, parts[0].up, y + parts[-1].down, "".join(svg))


def _optional(part: Drawing) -> Drawing:
    return _choice([Drawing(part.width, 1, 4, f'<path d="M0 0h{part.width:g}"/>'), part])


def _repeat(part: Drawing) -> Drawing:
    width, drop = part.width + 2 * _GAP, part.down + _ROW
    half = f"{drop / 2:g}"
    right = f"M{width - _GAP:g} 0q{_GAP} 0 {_GAP} {half}q0 {half} {-_GAP} {half}"
    loop = f"{right}H{_GAP}q{-_GAP} 0 {-_GAP} -{half}q0 -{half} {_GAP} -{half}"
    line = f'<path d="M0 0h{_GAP}M{width - _GAP:g} 0h{_GAP}"/><path d="{loop}"/>'
    return Drawing(width, part.up, drop + 2, line + part.at(_GAP, 0))


class _Parser:
    """Reads the right-hand side of a rule into a drawing, and keeps its examples."""

    def __init__(self, text: str) -> None:
        self.tokens = [match.group().strip() for match in _TOKEN.finditer(text) if match.group().strip()]
        self.position = 0

    def peek(self) -> str:
        return self.tokens[self.position] if self.position < len(self.tokens) else ""

    def take(self) -> str:
        self.position += 1
        return self.tokens[self.position - 1]

    def alternatives(self) -> Drawing:
        parts = [self.sequence()]
        while self.peek() == "|":
            self.take()
            parts.append(self.sequence())
        return _choice(parts)

    def sequence(self) -> Drawing:
        parts: list[Drawing] = []
        while self.peek() not in {"", "|", ")"}:
            token = self.take()
            if token.startswith(("->", "//")):
                continue
            part = _box(token) if token != "(" else self.alternatives()
            if token == "(":
                self.take()
            parts.append(self.repeated(part))
        return _sequence(parts)

    def repeated(self, part: Drawing) -> Drawing:
        while self.peek() in {"?", "*", "+"}:
            sign = self.take()
            part = _optional(part) if sign == "?" else _repeat(part) if sign == "+" else _optional(_repeat(part))
        return part


def rules(text: str) -> dict[str, str]:
    """Return the rules of a grammar file, by name, each with its right-hand side."""
    found = re.finditer(r"^\??([a-z_]+):((?:[^\n]*\n)(?:[ \t]+[^\n]*\n|//[^\n]*\n(?=[ \t]))*)", text, re.MULTILINE)
    return {match[1]: match[2] for match in found}


def examples(body: str) -> list[str]:
    """Return the cells that stand behind the alternatives of a rule."""
    return [example.strip() for example in re.findall(r"//\s*([^\n]*)", body)]


def diagram(name: str, body: str) -> str:
    """Return the diagram of a rule as an SVG file."""
    drawing = _Parser(body).alternatives()
    width, height = drawing.width + 4 * _GAP, drawing.up + drawing.down + 2 * _ROW
    y = drawing.up + _ROW
    ends = f'<path d="M6 {y - 8:g}v16M12 {y - 8:g}v16M12 {y:g}h{2 * _GAP - 12}"/>'
    right = drawing.width + 2 * _GAP
    ends += f'<path d="M{right:g} {y:g}h{2 * _GAP - 12}v-8m0 16v-8m6 -8v16"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}" height="{height:g}" role="img" aria-label="{escape(name)}">'
        f"{_STYLE}{ends}{drawing.at(2 * _GAP, y)}</svg>\n"
    )
