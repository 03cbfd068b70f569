"""Refusals teach: the whole text of each message, the pages that show them, and what they cost."""

from __future__ import annotations

import os
import re
import shlex
from fractions import Fraction
from pathlib import Path

import pytest

from pfscore.cells.reader import Refusal, parse_actual, parse_target, read_actual, read_target
from pfscore.cells.refusals.damage import MAX_LENGTH
from pfscore.foundation.codes import family
from pfscore.foundation.errors import ExpressionError
from pfscore.foundation.text import Lang
from tests.house.tree import ROOT
from tests.tables import each

#: One block for each refusal: how it is asked for, then what is shown. PFSCORE_WRITE_REFUSALS=1 writes it anew.
BLOCKS = Path(__file__).with_name("refusals.txt")
EXAMPLE = re.compile(r"^```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)
#: Cells that a page cuts short.
LONG = {"PF310": "1" * 61, "PF312": "完成宣传" * 126 + "3次"}


def refused(command: str, code: str = "") -> Refusal:
    """Read what `parse …` reads; it must be refused."""
    words = shlex.split(re.sub(r"^\$'", "'", command).replace("\\u200b", "\u200b"))
    text, options = words[0], words[1:]
    text = LONG[code] if text == "…" else text
    named = dict(zip(options[::2], options[1::2], strict=False)) if "--actual" not in options else {}
    found = (
        read_actual(text)
        if "--actual" in options
        else read_target(text, named.get("--comparator"), named.get("--unit"))
    )
    assert isinstance(found, Refusal), command
    return found


def blocks() -> list[tuple[str, str]]:
    """Return the commands of `refusals.txt` and what they show."""
    found = []
    for block in BLOCKS.read_text(encoding="utf-8").strip("\n").split("\n\n"):
        command, _, shown = block.partition("\n")
        found.append((command.removeprefix("$ pfscore parse "), shown))
    return found


def test_every_message_word_for_word() -> None:
    shown = [(command, refused(command).diagnostic.render()) for command, _ in blocks()]
    if os.environ.get("PFSCORE_WRITE_REFUSALS"):
        BLOCKS.write_text(
            "\n\n".join(f"$ pfscore parse {command}\n{text}" for command, text in shown) + "\n", encoding="utf-8"
        )
    assert shown == blocks()


def test_every_code_has_a_message_word_for_word() -> None:
    written = {text.split(" ", 1)[0] for _, text in blocks()}
    assert sorted(set(family("PF3")) - written - set(LONG)) == []


@each("code", family("PF3"))
def test_a_page_shows_what_is_shown(code: str) -> None:
    page = (ROOT / "docs" / "codes" / f"{code}.md").read_text(encoding="utf-8")
    languages: tuple[Lang, ...] = ("zh", "en")
    examples = EXAMPLE.findall(page)
    assert len(examples) == len(languages)
    for lang, example in zip(languages, examples, strict=True):
        command, _, shown = example.partition("\n")
        asked = command.removeprefix("$ pfscore parse ").removesuffix(" --lang en")
        diagnostic = refused(asked, code).diagnostic
        assert (diagnostic.code, diagnostic.render(lang) + "\n") == (code, shown)


@each(
    ("text", "wanted"),
    [
        ("≥9O%", ["≥90%"]),
        ("≥l00%", ["≥100%"]),
        ("290$", ["290%", "≥90%"]),
        ("工5%", ["≥5%", "15%"]),
        ("^80%", ["≥80%"]),
        ("≥9\u200b5%", ["≥95%"]),
        ("&ge;95%", ["≥95%"]),
        ("≥95%<br>", ["≥95%"]),
        ("\uf0b395%", ["≥95%"]),
        ("95%%", ["95%"]),
        ("≥≥90%", ["≥90%"]),
        ("95%≥", ["≥95%", "≤95%"]),
        ("80%-60%", ["60%-80%"]),
        ("12,34", ["1234"]),
        ("95..5%", ["95.5%"]),
        ("0.0900000762939453", ["0.09"]),
        ("≥**人", []),
        ("≥95%98%", []),
    ],
)
def test_the_nearest_cell_that_would_be_read(text: str, wanted: list[str]) -> None:
    found = read_target(text)
    assert isinstance(found, Refusal)
    hint = found.diagnostic.hint
    assert hint is not None
    assert re.findall(r"“([^”]+)”", hint.zh.partition("？")[0] if "？" in hint.zh else "") == wanted
    for near in wanted:
        assert not isinstance(read_target(near), Refusal)


def test_a_refusal_is_kept_as_cheaply_as_a_reading() -> None:
    assert read_target("≥≥7%") is read_target("≥≥7%")
    assert read_target("≥7%") is read_target("≥7%")


def test_the_error_holds_the_cell_and_the_place() -> None:
    with pytest.raises(ExpressionError) as caught:
        parse_target("不低于 9O%", unit="%")
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.span is not None
    assert (diagnostic.span.source, diagnostic.span.text, diagnostic.span.column, diagnostic.span.length) == (
        "指标值",
        "不低于 9O%",
        5,
        2,
    )


def test_places_count_the_author_s_spaces() -> None:
    with pytest.raises(ExpressionError) as caught:
        parse_actual("完成　率 95 % %")
    span = caught.value.diagnostics[0].span
    assert span is not None
    assert span.text[span.column - 1 : span.column - 1 + span.length] == "% %"


@each("text", ["", " ", "　", "/", "—", "-", "——", "……", "\\", "--", "\n"])
def test_blank_cells(text: str) -> None:
    for found in (read_target(text), read_actual(text)):
        assert isinstance(found, Refusal)
        assert found.code == "PF301"


def test_long_cells() -> None:
    prose = "加强组织领导，完善工作机制，" * 60
    assert len(prose) > MAX_LENGTH
    assert str(parse_target(prose)) == prose
    found = read_target(prose + "5次")
    assert isinstance(found, Refusal)
    assert found.code == "PF312"


@each("whole", ["0", "7", "10", "100", "1,250", "12,000", "1,250,000", "990"])
@each("digits", ["0000000123456", "4658548775391", "9999999999871"])
@each("behind", ["", "%", "万元"])
def test_digits_of_a_spreadsheet_are_refused_with_the_number_that_was_meant(
    whole: str, digits: str, behind: str
) -> None:
    """Whatever the number: with separators, a round one, one that is rounded up."""
    found = read_actual(f"{whole}.{digits}{behind}")
    if isinstance(found, Refusal):
        assert found.code == "PF311"
        hint = found.diagnostic.hint
        meant = re.search("“([^”]*)”", hint.zh if hint is not None else "")
        written = Fraction(f"{whole.replace(',', '')}.{digits}")
        if meant is not None:
            number = Fraction(meant[1].removesuffix(behind))
            assert abs(number - written) <= abs(written) * 2 / 10**6
