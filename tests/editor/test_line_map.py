"""Where lines stand after an edit, for every edit."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pfscore.editor.line_map import LineMap

LINES = st.lists(st.sampled_from("abc"), min_size=1, max_size=8)
EDITED = st.lists(st.sampled_from("xyz"), min_size=1, max_size=8)


@given(LINES, LINES)
def test_a_line_that_has_a_place_says_the_same_there(before: list[str], after: list[str]) -> None:
    lines = LineMap.between("\n".join(before), "\n".join(after))
    for number, text in enumerate(before, 1):
        if (new := lines.new(number)) is not None:
            assert after[new - 1] == text
            assert lines.old(new) == number
        assert 1 <= lines.nearest(number) <= len(after)


@given(LINES, EDITED, EDITED, LINES)
def test_what_was_not_touched_keeps_its_place(head: list[str], old: list[str], new: list[str], tail: list[str]) -> None:
    lines = LineMap.between("\n".join([*head, *old, *tail]), "\n".join([*head, *new, *tail]))
    assert [lines.new(number) for number in range(1, len(head) + 1)] == list(range(1, len(head) + 1))
    first = len(head) + len(old) + 1
    moved = [lines.new(number) for number in range(first, first + len(tail))]
    assert moved == [len(head) + len(new) + number for number in range(1, len(tail) + 1)]
