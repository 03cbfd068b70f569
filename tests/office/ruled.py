"""PDFs of ruled tables: pages of rows whose texts are broken into lines as a program breaks them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: The size of the text, and so the width of one Chinese character; the space between a rule and the text beside it.
SIZE, PADDING = 10, 2
_LINE = 12
_TOP, _LEFT, _HEIGHT = 780, 50, 842
_FONT = (
    "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font/Subtype"
    "/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/DW 1000"
    "/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -120 1000 880]/ItalicAngle 0"
    "/Ascent 880/Descent -120/CapHeight 880/StemV 80>>>>]>>"
)


@dataclass(frozen=True)
class Page:
    """A page of one table: rows of cells, `widths` in characters, `lines` above and below it.

    A cell has the lines of text that a program wraps it to. `open_above` and `open_below` leave out the first rule and
    the last.
    """

    rows: Sequence[Sequence[str]]
    widths: Sequence[int]
    above: Sequence[str] = ()
    below: Sequence[str] = ()
    open_above: bool = False
    open_below: bool = False


def ruled_pdf(pages: Sequence[Page | None]) -> bytes:
    """Write the pages; `None` is a page with nothing but a picture."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "", _FONT, _PICTURE]
    kids = []
    for page in pages:
        content = "q 100 0 0 100 50 50 cm /I Do Q" if page is None else _drawn(page)
        objects.append(f"<</Length {len(content)}>>stream\n{content}\nendstream")
        objects.append(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>/XObject<</I 4 0 R>>>>"
            f"/Contents {len(objects)} 0 R>>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>"
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{one}\nendobj\n".encode()
    table = "".join(f"{at:010} 00000 n \n" for at in places)
    start = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(objects) + 1}/Root 1 0 R>>\n"
    return out + f"{start}startxref\n{len(out)}\n%%EOF".encode()


_PICTURE = (
    "<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream\n"
    "0\nendstream"
)


def _drawn(page: Page) -> str:
    parts: list[str] = []
    y = _TOP
    for line in page.above:
        parts.append(_text(_LEFT, y - SIZE, line))
        y -= _LINE
    edges = [_LEFT]
    for width in page.widths:
        edges.append(edges[-1] + width * SIZE + 2 * PADDING)
    top = y
    rules = [] if page.open_above else [y]
    for row in page.rows:
        for left, cell in zip(edges, row, strict=False):
            parts += [
                _text(left + PADDING, y - SIZE - number * _LINE, line) for number, line in enumerate(cell.split("\n"))
            ]
        y -= _LINE * max(cell.count("\n") + 1 for cell in row)
        rules.append(y)
    if page.open_below:
        rules.pop()
    parts += [f"{edges[0]} {rule} m {edges[-1]} {rule} l S" for rule in rules]
    parts += [f"{edge} {top} m {edge} {y} l S" for edge in edges]
    for number, line in enumerate(page.below, 1):
        parts.append(_text(_LEFT, y - number * _LINE - SIZE, line))
    return "\n".join(parts)


def _text(x: int, y: int, text: str) -> str:
    return f"BT /F {SIZE} Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET" if text else ""
