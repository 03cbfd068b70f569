"""Styles put into those of a workbook: coloured grounds for cells whose content is text, whatever it begins with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from pfscore.report.annotation.xml_edit import Edit, Piece, edited, parse

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
