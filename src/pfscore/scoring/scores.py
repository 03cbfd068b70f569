"""The former place of scores, while imports move to `scoring.row.score` and `scoring.sheet.sheet`."""

from pfscore.scoring.row.score import BudgetScore, IndicatorScore
from pfscore.scoring.row.score import Score as RowScore
from pfscore.scoring.sheet.sheet import Sheet

__all__ = ["BudgetScore", "IndicatorScore", "RowScore", "Sheet"]
