"""What a person is shown of a table that is not recognised."""

from __future__ import annotations

from pfscore.forms.recognition.candidates import view
from pfscore.office.open import read_bytes
from tests.office.made import Row, workbook

ROWS: list[Row] = [
    [("2023年度某局考核", 7)],
    ["序号", "考核重点", "工作要求", "权数值", "评定", "量纲", "符号列"],
    ["1", "培训人数", "≥100人", "60", "58", "人", "≥"],
    ["2", "宣传次数", "≥3次", "40", "40", "次", "≤"],
]


def test_each_column_has_its_samples_and_candidates_with_a_reason() -> None:
    found = view(read_bytes(workbook([([], ROWS)]), "表.xlsx").grids[0])
    assert found is not None
    assert (found.place.zh, found.row, found.looks_like_a_form) == ("表1!A1", 2, False)
    assert [(one.letters, one.words, one.samples) for one in found.columns][:2] == [
        ("A", "序号", ("1", "2")),
        ("B", "考核重点", ("培训人数", "宣传次数")),
    ]
    assert [one.meaning for one in found.columns] == ["不读", *[None] * 6]
    assert [[(each.meaning, each.reason.zh) for each in one.candidates][-1] for one in found.columns[1:]] == [
        ("三级指标", "都是文字，各不相同"),
        ("指标值", "有 ≥、≤ 一类的符号"),
        ("分值", "都是数，相加得 100"),
        ("完成值", "都是数"),
        ("度量单位", "都是单位"),
        ("指标性质", "都是大于、小于一类的符号"),
    ]
