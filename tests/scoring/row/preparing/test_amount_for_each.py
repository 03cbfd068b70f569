"""Amounts by how many they are for: 9万元/250人 under 元/人; `test_judged_rows` runs the rows."""

from tests.scoring.row.written import judged

JUDGED = judged(
    """
    生均耗材费 | | ≤400元/人 | 9万元/250人
    户均补助 | | ≥2000元/户 | 50万元÷200户
    人均培训学时 | | ≥10学时/人 | 1200学时÷100人
    """,
    """
    生均实训耗材费 | | ≤300元/人 | 9万元/250人
    户均补助 | | ≥3000元/户 | 50万元/200户
    """,
    """
    生均实训耗材费 | | ≤300元/人 | 9万元/250户
    生均实训耗材费 | | ≤300元/人 | 9万元/0人
    """,
)
