"""A clean form has no finding; one planted contradiction is reported, and no other."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pfscore.auditing.run import audit
from pfscore.forms.form import Form
from pfscore.foundation.codes import family
from tests.auditing.clean import NAMES, Clean, clean_forms
from tests.auditing.planting import PLANTS, planted

SETTINGS = settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.too_slow])
#: A total carries what another finding is about; it cannot be planted alone.
CARRIED = {"PF709"}


def test_every_kind_of_contradiction_is_planted() -> None:
    assert sorted(PLANTS) == sorted(code for code in family("PF7") if code < "PF79" and code not in CARRIED)


@settings(SETTINGS, max_examples=30)
@given(clean=clean_forms())
def test_a_clean_form_has_no_finding(clean: Clean) -> None:
    assert [(found.code, found.name, found.message.zh) for found in audit(clean.form())] == []


@settings(SETTINGS)
@given(first=clean_forms(names=NAMES[:35]), second=clean_forms(names=NAMES[35:]))
def test_clean_forms_of_one_body_have_no_finding(first: Clean, second: Clean) -> None:
    second.data["title"] = "另一张表"
    assert audit([first.form(), second.form()]) == []


@pytest.mark.parametrize("code", sorted(PLANTS))
@SETTINGS
@given(data=st.data(), clean=clean_forms())
def test_a_planted_contradiction_is_reported_and_no_other(code: str, data: Any, clean: Clean) -> None:
    forms = [Form.model_validate(form) for form in planted(data.draw, code, clean)]
    found = audit(forms)
    assert {one.code for one in found} == {code}, [(one.code, one.message.zh) for one in found]
