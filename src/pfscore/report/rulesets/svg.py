"""SVG written by hand: exact numbers in, coordinates of two decimals out."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from pfscore.foundation.numbers import decimal_text, round_to
from pfscore.foundation.text import display_width

_FONT = "'Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',sans-serif"


def escape(text: str) -> str:
    """Return `text` as it may stand in XML.

    >>> escape("A<B & “C”")
    'A&lt;B &amp; “C”'
    """
    for char, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(char, entity)
    return "".join(char for char in text if char >= " " or char in "\n\t")


def number(value: Fraction | int) -> str:
    """Write a coordinate.

    >>> number(Fraction(1, 3))
    '0.33'
    """
    return decimal_text(round_to(Fraction(value), 2))


def tag(name: str, content: str | None = None, **attributes: str | Fraction | int) -> str:
    """Write an element; `_` in the name of an attribute stands for `-`.

    >>> tag("line", x1=0, y1=Fraction(1, 2), stroke_width=1)
    '<line x1="0" y1="0.5" stroke-width="1"/>'
    """
    shown = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value) if isinstance(value, str) else number(value)}"'
        for key, value in attributes.items()
    )
    return f"<{name}{shown}/>" if content is None else f"<{name}{shown}>{content}</{name}>"


def text(x: Fraction | int, y: Fraction | int, content: str, **attributes: str | Fraction | int) -> str:
    """Write one line of text."""
    return tag("text", escape(content), x=x, y=y, **attributes)


def path(points: Iterable[tuple[Fraction, Fraction]], *, closed: bool = False) -> str:
    """Return the data of a path through `points`."""
    parts = [f"{'M' if index == 0 else 'L'}{number(x)} {number(y)}" for index, (x, y) in enumerate(points)]
    return " ".join(parts) + (" Z" if closed else "")


def wrap(content: str, columns: int) -> list[str]:
    """Break a text into lines of at most `columns` display columns.

    >>> wrap("得分达到指标值", 8)
    ['得分达到', '指标值']
    """
    lines, line = [], ""
    for char in content.replace("\n", " "):
        if display_width(line + char) > columns:
            lines.append(line)
            line = ""
        line += char
    return [*lines, line] if line else lines


def document(width: int, height: int, title: str, content: Iterable[str]) -> str:
    """Return a whole SVG document on white."""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    body = "\n".join(content)
    return (
        f'{head} role="img" font-family="{escape(_FONT)}" font-size="13">\n'
        f"<title>{escape(title)}</title>\n"
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>\n{body}\n</svg>\n'
    )
