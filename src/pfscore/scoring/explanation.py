"""The former place of what says why, while imports move to `scoring.row.score` and `scoring.row.words`."""

from pfscore.foundation.text import Lang
from pfscore.scoring.row.score import Score
from pfscore.scoring.row.words import EVIDENCE, OUTCOMES

__all__ = ["EVIDENCE", "OUTCOMES", "result"]


def result(one: Score, lang: Lang = "zh") -> str:
    """Return the result of a row in a few words."""
    return one.in_words(lang)
