"""Columns as codes and actuals taken apart: what one text gives alone, for the texts at both sides of every edge."""

from __future__ import annotations

from itertools import product
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from pfscore.scoring.columns import actuals
from pfscore.scoring.columns.actuals import Actuals, Texts, combined, points_of, texts_of
from pfscore.scoring.row.comparing.beside_numbers.written import has_words
from pfscore.scoring.row.framing.shapes import actual_apart
from tests.tables import each

#: Texts that begin with a plain number of which the bytes alone are looked at.
AT_ONCE = [
    *("0", "0人", "7", "5人", "10", "10%", "100", "123人", "999999999人", "9999999999", "1234567890人"),
    *("0.5", "0.05人", "5.25人", "12.5", "1.1人", "1.123456人", "1.123456", "9999999999.999999人", "0.0", "0.000000人"),
    *("1.人", "5.", "5.人", "5.个.", "5人.", "5 人", "5.5.", "1899", "2100", "1899.5", "19", "20", "199", "1900人"),
    *("2023人", "2023年", "2023.12人", "200", "19001", "190012", "1900123", "20231231人", "21001231"),
    *("18991231", "2023123", "190012311", "35999", "56000", "36526人", "3652", "365260", "45657天"),
    *("5" + "个" * 8, "5" + "a" * 24, "1.5" + "a" * 24, "5" + "a" * 7, "5" + "a" * 8, "5" + "a" * 9, "5" + "a" * 15),
    *("5" + "a" * 16, "5" + "a" * 17, "5" + "a" * 7 + "b", "5" + "a" * 8 + "b", "5" + "a" * 15 + "b"),
    *(
        "5" + "a" * 16 + "b",
        "5" + "a" * 23 + "b",
        "5b" + "a" * 23,
        "5" + "a" * 8 + "b" + "a" * 15,
        "7b",
        "7c",
        "7bb",
        "5元/人",
    ),
]
#: Texts of which the whole is looked at, each once.
ALONE = [
    *("", "人", ".", ".5", "-5", "约5人", "完成5人", "５人", "无", "05", "00", "01.5人", "007人", "0123456789"),
    *("12345678901", "12345678901人", "1.1234567", "1.1234567人", "5人5", "1.5.5", "5人1组", "1/3", "3:1", "5~8人"),
    *(
        "1900",
        "1999",
        "2023",
        "2099",
        "19001231",
        "20231231",
        "36000",
        "36526",
        "45657",
        "55153",
        "55999",
        "2023.5",
        "55153.5",
    ),
    *("5" + "个" * 8 + "a", "5" + "a" * 25, "1.5" + "a" * 25, "5" + "a" * 70),
]
TEXTS: list[str | None] = [*AT_ONCE, *ALONE, None]


def apart(texts: Any, *, beside_names: bool = False) -> list[Any]:
    """What each text of a column is taken apart into; `None` where it is left to who looks at its whole."""
    found = Actuals.of(texts, beside_names=beside_names)
    assert found.codes.dtype == found.number.dtype == found.power.dtype == np.int64
    rows = zip(found.codes.tolist(), found.number.tolist(), found.power.tolist(), strict=True)
    return [(found.words[code], number, power) if code >= 0 else (code, number, power) for code, number, power in rows]


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The texts that are looked at as a whole."""
    found: list[Any] = []

    def one(text: str | None) -> Any:
        found.append(text)
        return actual_apart(text)

    monkeypatch.setattr(actuals, "actual_apart", one)
    return found


class TestActuals:
    def test_what_bytes_say_is_what_the_text_says(self, looked_at: list[Any]) -> None:
        assert apart(pa.array(TEXTS)) == [actual_apart(text) for text in TEXTS]
        assert looked_at == [*ALONE, None]

    @pytest.mark.parametrize("text", TEXTS)
    def test_alone(self, text: str | None, looked_at: list[Any]) -> None:
        """Where no other text stands behind it, and where one begins with digits at once."""
        assert apart(pa.array([text], pa.string())) == [actual_apart(text)]
        assert looked_at == [text][: text not in AT_ONCE]
        column = pa.array(["99", text, "5", text, "7.5人"])
        assert apart(column) == [actual_apart(one) for one in column.to_pylist()]
        assert apart(column.slice(1, 1)) == [actual_apart(text)]
        assert apart(pa.array([text, "5"])) == [actual_apart(text), ("", 5, 1)]
        assert apart(column.slice(1, 3)) == [actual_apart(text), ("", 5, 1), actual_apart(text)]

    def test_a_dictionary(self, looked_at: list[Any]) -> None:
        texts = TEXTS * 2
        assert apart(pa.array(texts).dictionary_encode()) == [actual_apart(text) for text in texts]
        assert looked_at == [*ALONE, None]
        of_dictionary = pa.DictionaryArray.from_arrays(pa.array([1, None, 0, 2]), pa.array(["5人", "x", None]))
        assert apart(of_dictionary) == [actual_apart(text) for text in ("x", None, "5人", None)]

    def test_a_null_above_bytes_is_blank(self) -> None:
        parts = pa.array(["5人", "6人", "7人"]).buffers()
        column = pa.StringArray.from_buffers(3, parts[1], parts[2], pa.py_buffer(bytes([0b101])))
        assert apart(column) == [("人", 5, 1), ((None,), 0, 1), ("人", 7, 1)]

    def test_without_a_byte(self) -> None:
        assert apart(pa.array(["", ""])) == [(("",), 0, 1)] * 2
        assert apart(pa.array([None, None], pa.string())) == apart(pa.nulls(2, pa.string())) == [((None,), 0, 1)] * 2

    def test_words_that_a_name_decides_are_left(self) -> None:
        texts = [*TEXTS, "良好", "完成5个", "未发生重大安全事故", "1:3", "程序合规"]
        left = [(-1, 0, 1) if text not in AT_ONCE and has_words(text) else actual_apart(text) for text in texts]
        assert apart(pa.array(texts), beside_names=True) == left
        assert (-1, 0, 1) in left
        # What has no words is left to nobody.
        assert apart(pa.array(texts)) == [actual_apart(text) for text in texts]

    def test_random_texts(self) -> None:
        chance = Random(5)
        letters = "0011259.人万%a"
        texts = ["".join(chance.choice(letters) for _ in range(chance.randrange(14))) for _ in range(3000)]
        assert apart(pa.array(texts)) == [actual_apart(text) for text in texts]
        words = [f"5{''.join(chance.choice('ab人') for _ in range(chance.randrange(24)))}" for _ in range(3000)]
        assert apart(pa.array(words)) == [actual_apart(text) for text in words]


class TestCombined:
    @pytest.mark.parametrize("most", [3, 2**20, 2**31, 2**40])
    def test_rows_that_are_alike_in_all_columns_have_a_code(self, most: int) -> None:
        chance = Random(most)
        some = [chance.randrange(most) for _ in range(4)] + [0, most - 1]
        for columns in product([1, 2, 3, 5], [1, 7, 50]):
            rows = [[chance.choice(some) for _ in range(columns[0])] for _ in range(columns[1])]
            given = [(np.array(column, np.int64), most) for column in zip(*rows, strict=True)]
            codes, first = combined(given, len(rows))
            assert codes.dtype == first.dtype == np.int64
            assert sorted(set(codes.tolist())) == list(range(len(first)))
            assert [rows[first[code]] for code in codes] == rows
            assert first.tolist() == [codes.tolist().index(code) for code in range(len(first))]
            assert len(first) == len({*map(tuple, rows)})

    def test_columns_of_one_text_decide_nothing(self) -> None:
        one, other = np.array([0, 0, 0]), np.array([1, 0, 1])
        for columns in ([(one, 1), (other, 2)], [(other, 2), (one, 1)], [(other, 2)]):
            codes, first = combined(columns, 3)
            assert (codes.tolist(), first.tolist()) == ([1, 0, 1], [1, 0])
        assert [part.tolist() for part in combined([(one, 1)], 3)] == [[0, 0, 0], [0]]
        assert [part.tolist() for part in combined([], 2)] == [[0, 0], [0]]
        assert [part.tolist() for part in combined([(other[:0], 0)], 0)] == [[], []]

    @pytest.mark.parametrize(("count", "codes"), [(65_544, [1, 0]), (65_545, [0, 1])])
    def test_few_codes_are_counted_and_many_sorted_out(self, count: int, codes: list[int]) -> None:
        """In the order of their numbers, or in that of the rows, where a place for each would take too much room."""
        assert combined([(np.array([5, 3]), count)], 2).codes.tolist() == codes


class TestTexts:
    @each(
        "kind",
        [
            *(pa.string(), pa.large_string(), pa.string_view()),
            *(pa.dictionary(index, pa.string()) for index in (pa.int8(), pa.int32())),
            *(pa.dictionary(pa.int32(), value) for value in (pa.large_string(), pa.string_view())),
        ],
    )
    @each("texts", [["b", "a", None, "b", "", None], ["b", "a", "b"], [None, None], []])
    def test_of_every_kind_of_text(self, kind: Any, texts: list[str | None]) -> None:
        plain = pa.array(texts, pa.string())
        column = plain.dictionary_encode().cast(kind) if pa.types.is_dictionary(kind) else plain.cast(kind)
        found = Texts.of(column)
        assert [found.values[code] for code in found.codes] == texts
        assert (found.codes.dtype, found.odd) == (np.int64, None)

    def test_what_is_no_text_is_odd(self) -> None:
        for column in (pa.array([1, None, 5000]), pa.array([0.5, None, 1.0]), pa.array([["a"], None, []])):
            found = Texts.of(column)
            assert found.odd is not None
            assert (found.odd.tolist(), [found.values[code] for code in found.codes]) == (
                [True, False, True],
                [None] * 3,
            )
        numbers = pa.array([1, None, 1]).dictionary_encode()
        assert texts_of(numbers)[1].tolist() == [True, False, True]  # type: ignore[union-attr]
        nothing = Texts.of(pa.nulls(2))
        assert ([nothing.values[code] for code in nothing.codes], nothing.odd) == ([None, None], None)

    def test_points_are_texts_or_small_whole_numbers(self) -> None:
        texts, odd = points_of(pa.array([-1, 0, 7, 999, 1000, None]))
        assert texts.to_pylist() == ["-1", "0", "7", "999", "1000", None]
        assert odd is not None
        assert odd.tolist() == [True, False, False, False, True, False]
        texts, odd = points_of(pa.array(["5", None]))
        assert (texts.to_pylist(), odd) == (["5", None], None)
        texts, odd = points_of(pa.array([0.5, None]))
        assert odd is not None
        assert (texts.to_pylist(), odd.tolist()) == ([None, None], [True, False])
