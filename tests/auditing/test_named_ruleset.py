"""A form cannot have a file read that nobody gave."""

from __future__ import annotations

from pathlib import Path

import pytest

import pfscore


@pytest.mark.parametrize("name", ["secret.yaml", "/etc/hostname", "../x.json"])
def test_an_audited_form_names_an_id_not_a_file(name: str, tmp_path: Path) -> None:
    form = pfscore.Form(
        title="表", year=2023, ruleset=name, indicators=(pfscore.Indicator(target="≥1人", actual="1人"),)
    )
    with pytest.raises(pfscore.InputError) as caught:
        pfscore.audit(form)
    assert caught.value.code == "PF503"
