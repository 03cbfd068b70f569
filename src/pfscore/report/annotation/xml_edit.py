"""XML in which something is inserted: every other byte stays as it was.

What is inserted is plain ASCII, other characters as references, so that it fits whatever encoding the part is in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.parsers import expat

#: A stretch of bytes, and what stands there instead.
Edit = tuple[int, int, bytes]
#: A tag from its `<`; an attribute may hold a `>`.
_TAG = re.compile(rb"<(?:[^\"'>]|\"[^\"]*\"|'[^']*')*>")
#: What may not stand in XML at all.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass
class Piece:
    """An element in its bytes: where its tag begins and ends, where its end tag begins, and where all of it ends."""

    start: int
    tag_end: int
    inner_end: int = 0
    end: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether it is a single tag, `<a/>`."""
        return self.tag_end == self.end


def parse(
    data: bytes,
    started: Callable[[str, Mapping[str, str], Piece], object],
    ended: Callable[[str], object] = lambda _: None,
) -> None:
    """Parse XML, calling `started(tag, attributes, piece)`; a piece is whole when its element has ended.

    Tags keep the prefix of their namespace.

    Raises:
        ValueError: where the XML is damaged, or in an encoding without ASCII.

    >>> found = []
    >>> parse(b"<a><b x='1'/></a>", lambda tag, attributes, piece: found.append((tag, piece)))
    >>> [(tag, piece.start, piece.tag_end, piece.inner_end, piece.end, piece.is_empty) for tag, piece in found]
    [('a', 0, 3, 13, 17, False), ('b', 3, 13, 3, 13, True)]
    """
    parser = expat.ParserCreate()
    pieces: list[Piece] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        match = _TAG.match(data, parser.CurrentByteIndex)
        if match is None:
            raise ValueError(f"no tag of {tag!r} in these bytes")
        pieces.append(Piece(match.start(), match.end()))
        started(tag, attributes, pieces[-1])

    def end(tag: str) -> None:
        piece = pieces.pop()
        behind = None if data[piece.tag_end - 2] == ord("/") else _TAG.match(data, parser.CurrentByteIndex)
        piece.inner_end, piece.end = (piece.start, piece.tag_end) if behind is None else behind.span()
        ended(tag)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(data, True)  # noqa: FBT003  (expat takes it by place alone)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error


def edited(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Return `data` with some stretches replaced; what is inserted at one place keeps its order.

    >>> edited(b"<a></a>", [(3, 3, b"1"), (3, 3, b"2"), (0, 3, b"<a b='c'>")])
    b"<a b='c'>12</a>"
    """
    parts, at = [], 0
    for start, end, text in sorted(edits, key=lambda edit: (edit[0], edit[1])):
        parts += [data[at:start], text]
        at = end
    return b"".join([*parts, data[at:]])


def escaped(text: str) -> str:
    """Return a text as it may stand in XML of any encoding.

    >>> escaped("a<b & 分\\x00")
    'a&lt;b &amp; &#20998;'
    """
    text = _FORBIDDEN.sub("", text)
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\r", "&#13;")):
        text = text.replace(sign, entity)
    # _x0041_ would be taken for the character with that number.
    text = re.sub("_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
    return text.encode("ascii", "xmlcharrefreplace").decode()


#: The lists that grow: what fills a cell, and the styles of cells.
_LISTS = ("fills", "cellXfs")


def with_fills(styles: bytes, colours: Sequence[str]) -> tuple[bytes, list[int]]:
    """Return the styles of a workbook with one more without a colour and one for each colour (RGB), and their numbers.

    Raises:
        ValueError: where the styles are damaged.

    >>> styles = b"<styleSheet><fills count='1'><fill/></fills><cellXfs count='1'><xf/></cellXfs></styleSheet>"
    >>> with_fills(styles, ["FDECEA"])[1]
    [1, 2]
    """
    lists: dict[str, Piece] = {}
    counts = dict.fromkeys(_LISTS, 0)
    prefix, inside = "", [""]

    def started(tag: str, _: Mapping[str, str], piece: Piece) -> None:
        nonlocal prefix
        name = tag.rpartition(":")[2]
        if name == "styleSheet":
            prefix = tag.removesuffix(name)
        if inside[-1] in counts:
            counts[inside[-1]] += 1
        if name in counts:
            lists[name] = piece
        inside.append(name)

    parse(styles, started, lambda _: inside.pop())
    if lists.keys() != counts.keys() or any(piece.is_empty for piece in lists.values()):
        raise ValueError("the workbook has no styles")
    first_fill, first_style = counts["fills"], counts["cellXfs"]
    fills = [_fill(prefix, colour) for colour in colours]
    numbers = (0, *range(first_fill, first_fill + len(fills)))
    xfs = [_style(prefix, number) for number in numbers]
    edits = [
        *_appended(styles, lists["fills"], first_fill, fills),
        *_appended(styles, lists["cellXfs"], first_style, xfs),
    ]
    return edited(styles, edits), list(range(first_style, first_style + len(xfs)))


def _fill(prefix: str, colour: str) -> str:
    ground = f'<{prefix}fgColor rgb="FF{colour}"/><{prefix}bgColor indexed="64"/>'
    return f'<{prefix}fill><{prefix}patternFill patternType="solid">{ground}</{prefix}patternFill></{prefix}fill>'


def _style(prefix: str, fill: int) -> str:
    return f'<{prefix}xf numFmtId="0" fontId="0" fillId="{fill}" borderId="0" xfId="0" applyFill="1" quotePrefix="1"/>'


def _appended(styles: bytes, piece: Piece, count: int, new: Sequence[str]) -> Iterator[Edit]:
    """Yield the edits that append to a list, and that bring its count up to date where it has one."""
    tag = styles[piece.start : piece.tag_end]
    yield piece.start, piece.tag_end, re.sub(rb"(\scount\s*=\s*[\"'])[0-9]+", rb"\g<1>%d" % (count + len(new)), tag)
    yield piece.inner_end, piece.inner_end, "".join(new).encode()
