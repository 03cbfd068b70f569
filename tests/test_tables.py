"""One test for a table reports every row that fails."""

from __future__ import annotations

import pytest

from tests.tables import each


def test_every_row_that_fails_is_reported() -> None:
    @each(("number", "name"), [(1, "a"), (2, "b"), (3, "c")])
    def odd(number: int, name: str) -> None:
        assert number % 2, name

    with pytest.raises(BaseExceptionGroup, match="1 of 3 rows") as found:
        odd()
    assert [error.__notes__ for error in found.value.exceptions] == [["The row: {'number': 2, 'name': 'b'}"]]


def test_what_was_not_raised_is_reported_too() -> None:
    @each("text", ["1", "x"])
    def refused(text: str) -> None:
        with pytest.raises(ValueError, match="x"):
            int(text)

    with pytest.raises(BaseExceptionGroup, match="1 of 2 rows"):
        refused()


@pytest.fixture
def made() -> list[str]:
    return []


@each("first", "ab")
@each("second", "xy")
def test_tables_are_stacked_and_fixtures_are_made_once(made: list[str], first: str, second: str) -> None:
    made.append(first + second)
    assert made == ["ax", "ay", "bx", "by"][: len(made)]


def test_a_table_without_rows_fails() -> None:
    @each("one", [])
    def nothing(one: str) -> None:
        raise NotImplementedError(one)

    with pytest.raises(AssertionError, match="the table has no row"):
        nothing()
