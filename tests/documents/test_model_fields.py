"""What models say about their keys: the texts below the fields are read when somebody asks for them."""

from __future__ import annotations

import inspect

import pytest

import pfscore
from pfscore.documents import model_fields
from pfscore.documents.model_fields import Described, meaning_of
from pfscore.foundation.text import Message


class Plain(Described):
    count: int = 0
    """数量。 How many."""
    other: int = 0


class Narrower(Plain):
    count: int = 1
    other: int = 1
    """另一个。"""


def test_fields_are_described_by_the_texts_below_them() -> None:
    assert meaning_of(Plain, ["count"]) == Message("数量。", "How many.")
    assert (meaning_of(Plain, ["other"]), meaning_of(Plain, ["nothing"]), meaning_of(Plain, [])) == (None, None, None)


def test_a_field_that_is_written_again_has_the_text_below_it() -> None:
    shown = Narrower.model_json_schema()["properties"]
    assert (shown["other"]["description"], "description" in shown["count"]) == ("另一个。", False)


def test_the_schema_of_a_form_describes_every_key_of_a_row() -> None:
    schema = pfscore.Form.model_json_schema()
    assert all("description" in field for field in schema["$defs"]["Indicator"]["properties"].values())


def test_without_a_source_nothing_is_described(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(_: object) -> str:
        raise OSError

    monkeypatch.setattr(inspect, "getsource", gone)
    model_fields.descriptions_of.cache_clear()
    assert meaning_of(Plain, ["count"]) is None
    model_fields.descriptions_of.cache_clear()
