"""The rules that rows are judged by."""

from __future__ import annotations

import pytest

import pfscore
from pfscore.scoring.rules import Rules


@pytest.fixture(scope="session")
def rules() -> Rules:
    return pfscore.load_ruleset("cn/project", on="2024-12-31")
