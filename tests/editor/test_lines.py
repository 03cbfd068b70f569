"""Where lines stand after edits, for every edit."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pfscore.editor.open_file import Lines

LINES = st.lists(st.sampled_from("abc"), min_size=1, max_size=8)
EDITED = st.lists(st.sampled_from("xyz"), min_size=1, max_size=8)


@given(st.lists(LINES, min_size=2, max_size=5))
def test_a_line_that_has_a_place_says_the_same_there(texts: list[list[str]]) -> None:
    first = last = Lines.of("\n".join(texts[0]))
    for text in texts[1:]:
        last = last.edited("\n".join(text))
    assert len(last.numbers) == len(set(last.numbers)) == len(texts[-1])
    for line, said in enumerate(texts[0], 1):
        if (place := first.now(line, last)) is not None:
            assert texts[-1][place - 1] == said
            assert last.now(place, first) == line
        assert 1 <= first.near(line, last) <= len(texts[-1])


@given(LINES, EDITED, EDITED, LINES)
def test_what_was_not_touched_keeps_its_place(head: list[str], old: list[str], new: list[str], tail: list[str]) -> None:
    before = Lines.of("\n".join([*head, *old, *tail]))
    after = before.edited("\n".join([*head, *new, *tail]))
    first = len(head) + len(old) + 1
    assert [before.now(line, after) for line in range(1, len(head) + 1)] == list(range(1, len(head) + 1))
    moved = [before.now(line, after) for line in range(first, first + len(tail))]
    assert moved == [len(head) + len(new) + line for line in range(1, len(tail) + 1)]


def test_two_edits_leave_what_stands_between_them() -> None:
    before = Lines.of("a\nb\nc\nd")
    after = before.edited("x\nb\nc\nd").edited("x\nb\nc\ny")
    assert [before.now(line, after) for line in (1, 2, 3, 4)] == [None, 2, 3, None]
    assert [before.near(line, after) for line in (1, 2, 3, 4)] == [1, 2, 3, 4]
