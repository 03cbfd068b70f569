"""PF734: the threshold in an indicator's name against its target."""

from __future__ import annotations

import pytest

from pfscore.auditing.run import audit
from pfscore.forms.form import Form
from tests.tables import each


def findings(name: str, target: str) -> list[str]:
    row = {"path": ["产出指标", "数量指标"], "name": name, "target": target, "actual": target}
    form = Form.model_validate({"title": "例表", "year": 2023, "ruleset": "cn-sc/project", "indicators": [row]})
    return [found.message.zh for found in audit(form) if found.code == "PF734"]


@each(
    ("name", "target", "said"),
    [
        ("工期不超过12个月", "≤10个月", "不超过12个月"),
        ("PM2.5浓度不超过35μg/m³", "≤30μg/m³", "不超过35μg/m³"),
        ("培训不少于三次", "≥2次", "不少于三次"),
        ("户均补助不超过5000元/户", "≤4000元/户", "不超过5000元/户"),
        ("投诉办结率达到百分之九十五以上", "≥90%", "达到百分之九十五以上"),
        ("★3.发放补贴不少于1.2万人", "≥1万人", "不少于1.2万人"),
        ("日均供水能力达到3万吨以上", "≥2万吨", "达到3万吨以上"),
        ("自受理之日起3个工作日内办结", "≤5个工作日", "3个工作日内"),
        ("温度控制在20±2℃", "18~24℃", "控制在20±2℃"),
        ("个贷率不低于60%且不高于80%", "60%~90%", "不低于60%且不高于80%"),
        ("培训不少于3次且参训率≥90%", "≥2次", "不少于3次"),
        ("培训不少于3次且参训率≥90%", "≥85%", "≥90%"),
        ("逾期率控制在5%（含）以内", "≤6%", "控制在5%（含）以内"),
        ("完成率大于、等于90%", "≥80%", "大于、等于90%"),
        ("响应时间控制在2小时左右", "≤3小时", "控制在2小时左右"),
    ],
)
def test_another_threshold_is_reported(name: str, target: str, said: str) -> None:
    assert findings(name, target) == [f"名称里写的是 {said}，指标值是“{target}”"]


@each(
    ("name", "target"),
    [
        ("工期不超过12个月", "≤12个月"),
        ("工期不超过一年", "≤12个月"),
        ("培训不少于三次", "≥3次"),
        ("逾期率控制在5%（含）以内", "≤5%"),
        ("完成率大于、等于90%", "≥90%"),
        ("响应时间控制在2小时左右", "≤2小时"),
        # A level, a scope, a plain number, another dimension: none of them is the target.
        ("增值收益率≥1%为优", "≥0.5%"),
        ("500万元以上项目投资额", "≥5000万元"),
        ("30人以上班级学生数", "≥900人"),
        ("60岁以上老人体检率", "≥90%"),
        ("收入10万元以上的村补助资金", "≥50万元"),
        ("5000吨稻谷储备数量", "≥4000吨"),
        ("组织约500余家单位参加培训", "≥512家"),
        ("2023年培训人数", "≥100人"),
        ("PM2.5浓度", "≤35μg/m³"),
        ("110接警率", "≥90%"),
    ],
)
def test_what_agrees_or_is_no_threshold_is_not_reported(name: str, target: str) -> None:
    assert findings(name, target) == []


@pytest.mark.parametrize(
    ("name", "target"),
    [("培训3次", "≥2次"), ("增长5%以上", "≥3%"), ("满意度较上年提高5%", "≥3%"), ("9月前完成培训", "≥2次")],
)
def test_a_number_or_a_change_in_a_name_is_no_threshold(name: str, target: str) -> None:
    assert findings(name, target) == []
