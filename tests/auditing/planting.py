"""One contradiction of each kind, planted into a clean form."""

from __future__ import annotations

import copy
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from pfscore.foundation.numbers import decimal_text
from tests.auditing.clean import REASON, Cells, Clean, half_up, short

Draw = Callable[[st.SearchStrategy[Any]], Any]
Plant = Callable[[Draw, Clean, Cells], Cells | list[Cells]]
PLANTS: dict[str, Plant] = {}


def plants(code: str) -> Callable[[Plant], Plant]:
    """Register how a code is planted."""

    def register(plant: Plant) -> Plant:
        PLANTS[code] = plant
        return plant

    return register


def planted(draw: Draw, code: str, clean: Clean) -> list[Cells]:
    """Return the forms with one contradiction in them."""
    found = PLANTS[code](draw, clean, copy.deepcopy(clean.data))
    return found if isinstance(found, list) else [found]


def added(data: Cells, **cells: Any) -> Cells:
    """Add a row without points: what is wrong with it touches nothing else."""
    data["indicators"].append({"path": ["产出指标", "产出二级"], "name": "另报事项情况", **cells})
    return data


def without_total(data: Cells) -> Cells:
    """Leave out what a wrong score would be carried into."""
    for key in ("published_total", "published_grade"):
        data.pop(key)
    return data


def numbers(data: Cells) -> list[Cells]:
    """Return the rows with numbers, that of the cost aside."""
    return [row for row in data["indicators"] if row.get("comparator") != "定性" and row["path"][0] != "成本指标"]


def off(draw: Draw, text: str, step: str = "0.01") -> str:
    """Return a figure that is wrong by one or more in its last place, always above zero."""
    suffix = "%" if text.endswith("%") else ""
    value = Fraction(text.rstrip("%"))
    wrong = value + Fraction(step) * draw(st.integers(1, 50))
    return half_up(wrong) + suffix if suffix else decimal_text(wrong)


@plants("PF701")
def _rate(draw: Draw, clean: Clean, data: Cells) -> Cells:
    line = draw(st.sampled_from([line for line in data["budget"] if "published_rate" in line]))
    line["published_rate"] = off(draw, line["published_rate"])
    return data


@plants("PF702")
def _budget_score(draw: Draw, clean: Clean, data: Cells) -> Cells:
    line = data["budget"][0]
    right = Fraction(line["published_score"])
    line["published_score"] = short(right - Fraction(draw(st.integers(1, 100)), 100))
    return without_total(data)


@plants("PF703")
def _deviation(draw: Draw, clean: Clean, data: Cells) -> Cells:
    row = draw(st.sampled_from([row for row in data["indicators"] if "published_deviation" in row]))
    row["published_deviation"] = off(draw, row["published_deviation"])
    return data


@plants("PF704")
def _control(draw: Draw, clean: Clean, data: Cells) -> Cells:
    planned, staff = draw(st.integers(50, 500)), draw(st.integers(50, 500))
    right = f"{half_up(Fraction(staff, planned) * 100)}%"
    header = ["编制数", "实际在职人数", "控制率"]
    data["tables"].append({"title": "人员", "header": header, "rows": [[str(planned), str(staff), off(draw, right)]]})
    return data


@plants("PF705")
def _adjusted(draw: Draw, clean: Clean, data: Cells) -> Cells:
    line = data["budget"][0]
    line["adjustment"] = decimal_text(Fraction(line["adjustment"]) + draw(st.integers(1, 99)))
    for part in data["budget"][1:]:
        part.pop("adjustment")
    return data


@plants("PF706")
def _parts(draw: Draw, clean: Clean, data: Cells) -> Cells:
    for line in data["budget"]:
        line.pop("adjustment")
    part = draw(st.sampled_from(data["budget"][1:]))
    part["initial"] = decimal_text(Fraction(part["initial"]) + draw(st.integers(1, 99)))
    return data


@plants("PF707")
def _points(draw: Draw, clean: Clean, data: Cells) -> Cells:
    data["published_points"] = str(100 + draw(st.integers(1, 20)))
    return data


@plants("PF708")
def _total(draw: Draw, clean: Clean, data: Cells) -> Cells:
    data["published_total"] = short(Fraction(data["published_total"]) - Fraction(draw(st.integers(100, 500)), 100))
    data.pop("published_grade")
    return data


@plants("PF710")
def _block(draw: Draw, clean: Clean, data: Cells) -> Cells:
    row = draw(st.sampled_from(data["tables"][0]["rows"]))
    row[1] = f"{int(row[1].removesuffix('分')) + draw(st.integers(1, 9))}分"
    return data


@plants("PF711")
def _grade(draw: Draw, clean: Clean, data: Cells) -> Cells:
    grades = [name for name in "优良中差" if name != data["published_grade"]]
    data["published_grade"] = draw(st.sampled_from(grades))
    return data


@plants("PF712")
def _set_to_spent(draw: Draw, clean: Clean, data: Cells) -> Cells:
    spent = data["budget"][0]["expenditure"]
    initial = decimal_text(Fraction(spent) + draw(st.integers(1, 500)))
    data["budget"] = [
        {
            "label": "总额",
            "initial": initial,
            "budget": spent,
            "expenditure": spent,
            "points": "10",
            "published_rate": "100.00%",
            "published_score": "10",
            "note": REASON,
        }
    ]
    data["indicators"][-1] |= {"target": spent, "actual": spent, "published_deviation": "0.00%"}
    return without_total(data)


@plants("PF713")
def _table(draw: Draw, clean: Clean, data: Cells) -> Cells:
    items = draw(st.lists(st.integers(1, 9999), min_size=1, max_size=6))
    total = sum(items) + draw(st.integers(1, 50))
    rows = [[f"第{number}项", str(item)] for number, item in enumerate(items)]
    data["tables"].append({"title": "清单", "header": ["内容", "数目"], "rows": [*rows, ["合计", str(total)]]})
    return data


@plants("PF714")
def _zero(draw: Draw, clean: Clean, data: Cells) -> Cells:
    zero = dict.fromkeys(("initial", "adjustment", "budget", "expenditure"), "0.00")
    data["budget"].append({"label": "其他资金", **zero, "published_rate": "0.00%"})
    return data


@plants("PF715")
def _stated(draw: Draw, clean: Clean, data: Cells) -> Cells:
    wrong = off(draw, data["budget"][0]["published_rate"])
    data = added(data, target=f"≥{wrong}", actual=wrong)
    data["indicators"][-1]["name"] = "预算执行率"
    return data


@plants("PF716")
def _text(draw: Draw, clean: Clean, data: Cells) -> Cells:
    said = off(draw, data["budget"][0]["published_rate"])
    others = {line.get("published_rate") for line in data["budget"]}
    data["budget"][0]["note"] = f"预算执行率为{said}。" if said not in others else "预算执行率为0.01%。"
    return data


@plants("PF717")
def _unbudgeted(draw: Draw, clean: Clean, data: Cells) -> Cells:
    header = ["经费", "2023年预算数", "2023年决算数"]
    data["tables"].append(
        {"title": "经费", "header": header, "rows": [["车辆购置", "0", str(draw(st.integers(1, 99)))]]}
    )
    return data


@plants("PF718")
def _overspent(draw: Draw, clean: Clean, data: Cells) -> Cells:
    budget = draw(st.integers(1, 99))
    row = ["公务接待", str(budget), str(budget + draw(st.integers(1, 99)))]
    data["tables"].append({"title": "经费", "header": ["经费", "2023年预算数", "2023年决算数"], "rows": [row]})
    return data


@plants("PF719")
def _annex(draw: Draw, clean: Clean, data: Cells) -> Cells:
    amount = decimal_text(Fraction(clean.budget, 100) + draw(st.integers(1, 99)))
    rows = [["全部", amount], ["合计", amount]]
    data["tables"].append({"title": "附件 明细", "header": ["内容", "金额（万元）"], "rows": rows})
    return data


@plants("PF720")
def _score(draw: Draw, clean: Clean, data: Cells) -> Cells:
    row = numbers(data)[0] if numbers(data) else data["indicators"][0]
    points = int(row["points"])
    row |= {"comparator": "≥", "target": "1000", "unit": "人", "actual": "800人", "published_deviation": "-20.00%"}
    row |= {"note": REASON, "published_score": short(Fraction(points * draw(st.sampled_from([70, 75, 85, 90])), 100))}
    return without_total(data)


@plants("PF721")
def _inflated(draw: Draw, clean: Clean, data: Cells) -> Cells:
    row = data["indicators"][0]
    row |= {"comparator": "≥", "target": "1000", "unit": "人", "actual": f"{draw(st.integers(100, 990))}人"}
    row |= {"published_deviation": None, "note": REASON, "published_score": row["points"]}
    return without_total(data)


@plants("PF722")
def _withheld(draw: Draw, clean: Clean, data: Cells) -> Cells:
    row = data["indicators"][0]
    row |= {"comparator": "≥", "target": "1000", "unit": "人", "actual": "1000人", "published_deviation": None}
    less = Fraction(row["points"]) * Fraction(draw(st.integers(0, 95)), 100)
    row |= {"note": None, "published_score": short(less)}
    return without_total(data)


@plants("PF723")
def _inapplicable(draw: Draw, clean: Clean, data: Cells) -> Cells:
    row = data["indicators"][0]
    for key in ("comparator", "unit", "published_deviation", "note"):
        row.pop(key, None)
    row |= {"target": "不适用", "actual": "不适用", "published_score": row["points"]}
    return without_total(data)


@plants("PF724")
def _above(draw: Draw, clean: Clean, data: Cells) -> Cells:
    row = draw(st.sampled_from(data["indicators"]))
    row["published_score"] = str(int(row["points"]) + draw(st.integers(1, 9)))
    return without_total(data)


@plants("PF725")
def _blank(draw: Draw, clean: Clean, data: Cells) -> Cells:
    row = draw(st.sampled_from(data["indicators"][:-1]))
    row |= {"actual": None, "published_deviation": None, "note": None, "published_score": row["points"]}
    return without_total(data)


@plants("PF738")
def _unexplained(draw: Draw, clean: Clean, data: Cells) -> Cells:
    """A budget line executed below 90 %, without a word."""
    assume(clean.spent * 10 < clean.budget * 9)
    data["budget"][0].pop("note")
    return data


@plants("PF727")
def _between_steps(draw: Draw, clean: Clean, data: Cells) -> Cells:
    """A score sheet without actuals, of which one score lies between the steps of its rule."""
    score = Fraction(draw(st.sampled_from([1, 3, 4, 6, 7, 9])), 10) + draw(st.integers(0, 4))
    row = {"name": "财政供养人员控制率", "points": "5", "published_score": decimal_text(score)}
    return {"title": "评分表", "year": 2018, "ruleset": "cn-hn-430600/department", "indicators": [row]}


@plants("PF726")
def _unscored(draw: Draw, clean: Clean, data: Cells) -> Cells:
    draw(st.sampled_from(data["indicators"]))["published_score"] = None
    return without_total(data)


@plants("PF730")
def _claim(draw: Draw, clean: Clean, data: Cells) -> Cells:
    note = draw(st.sampled_from(["已完成", "此项指标已达目标值。", "已按时完成", "达标"]))
    return added(data, target="≥100人", actual="90人", note=note)


@plants("PF731")
def _no_reason(draw: Draw, clean: Clean, data: Cells) -> Cells:
    return added(data, target="≥100人", actual="90人", note=draw(st.sampled_from([None, "", "/", "见附件"])))


@plants("PF732")
def _misfit(draw: Draw, clean: Clean, data: Cells) -> Cells:
    cells = draw(st.sampled_from([("10个工作日内", "100%"), ("≤30万元", "完成"), ("有效", "95%"), ("9月前", "100%")]))
    return added(data, target=cells[0], actual=cells[1])


@plants("PF733")
def _overall(draw: Draw, clean: Clean, data: Cells) -> Cells:
    data["goal_result"] = draw(st.sampled_from(["已完成各项指标。", "全年各项任务均已完成。", "各项目标如期实现"]))
    return added(data, target="≥100人", actual="90人", note=REASON)


@plants("PF734")
def _name(draw: Draw, clean: Clean, data: Cells) -> Cells:
    data = added(data, target="≤0.5%", actual="0.4%")
    data["indicators"][-1]["name"] = draw(st.sampled_from(["逾期控制在0.05%以下", "逾期不超过0.4%", "逾期≤1%"]))
    return data


@plants("PF735")
def _goal(draw: Draw, clean: Clean, data: Cells) -> Cells:
    data["goal"] = "规范管理，个贷逾期率控制在1%以内。"
    data = added(data, target=draw(st.sampled_from(["≤1‰", "≤2%"])), actual="0")
    data["indicators"][-1] |= {"name": "贷款逾期率", "actual": data["indicators"][-1]["target"].replace("≤", "")}
    return data


@plants("PF736")
def _copied(draw: Draw, clean: Clean, data: Cells) -> Cells:
    data["goal"] = data["goal_result"] = draw(
        st.sampled_from(["规范资金管理，提高服务水平。", "加强业务培训，改善办事环境。"])
    )
    return data


@plants("PF737")
def _undone(draw: Draw, clean: Clean, data: Cells) -> Cells:
    data = added(data, target="=1套", actual="1套")
    data["indicators"][-1]["name"] = "完成密码应用安全评估"
    data["goal_result"] = draw(st.sampled_from(["密码应用安全评估未开展。", "密码应用安全评估因政策变化，已取消"]))
    return data


@plants("PF740")
def _vacuous(draw: Draw, clean: Clean, data: Cells) -> Cells:
    target = draw(st.sampled_from(["≥0次", "≥0人", ">-1个"]))
    return added(data, target=target, actual=f"3{target[-1]}")


@plants("PF741")
def _far(draw: Draw, clean: Clean, data: Cells) -> Cells:
    return added(data, target="≥100人", actual=f"{draw(st.integers(121, 8999))}人")


@plants("PF742")
def _operators(draw: Draw, clean: Clean, data: Cells) -> Cells:
    half, full = draw(st.sampled_from([("≤1亿元", "=2亿元"), ("≥50%", "=100%"), ("=5次", "≥9次")]))
    return added(data, targets={"half_year": half, "full_year": full}, actual=full.lstrip("≥="))


@plants("PF743")
def _impossible(draw: Draw, clean: Clean, data: Cells) -> Cells:
    half, full = draw(st.sampled_from([("≥6人", "≤5人"), ("=3万元", "=2万元"), (">50次", "<40次")]))
    actual = {"≤5人": "5人", "=2万元": "2万元", "<40次": "39次"}[full]
    return added(data, targets={"half_year": half, "full_year": full}, actual=actual)


@plants("PF744")
def _zero_target(draw: Draw, clean: Clean, data: Cells) -> Cells:
    op = draw(st.sampled_from(["=", "≤"]))
    return added(
        data, target=f"{op}0%", actual="0%", published_deviation=draw(st.sampled_from(["0%", "0.00%", "-100%"]))
    )


@plants("PF750")
def _scales(draw: Draw, clean: Clean, data: Cells) -> Cells:
    target, actual = draw(st.sampled_from([("≥48亿元", "500000万元"), ("≥2万人", "21000人"), ("≤3公里", "2900米")]))
    return added(data, target=target, actual=actual)


@plants("PF751")
def _signs(draw: Draw, clean: Clean, data: Cells) -> Cells:
    target, actual = draw(st.sampled_from([("≤2%", "0.22‰"), ("≤5‰", "0.1%")]))
    return added(data, target=target, actual=actual)


@plants("PF752")
def _column(draw: Draw, clean: Clean, data: Cells) -> Cells:
    return added(data, target="≥28.8万元", actual="30万元", unit=draw(st.sampled_from(["%", "人", "个"])))


@plants("PF753")
def _bare(draw: Draw, clean: Clean, data: Cells) -> Cells:
    data = added(data, target="≥93", actual="95")
    data["indicators"][-1]["name"] = draw(
        st.sampled_from(["服务对象满意度", "验收合格率", "累计缴存金额", "年度归集额"])
    )
    return data


@plants("PF754")
def _damaged(draw: Draw, clean: Clean, data: Cells) -> Cells:
    return added(data, target=draw(st.sampled_from(["≥**人", "290$", "≥29O人"])), actual="300人")


@plants("PF755")
def _lent(draw: Draw, clean: Clean, data: Cells) -> Cells:
    target, actual = draw(st.sampled_from([("≥95人", "98"), ("≥95", "98人")]))
    return added(data, target=target, actual=actual)


@plants("PF756")
def _units(draw: Draw, clean: Clean, data: Cells) -> Cells:
    target, actual = draw(st.sampled_from([("≥48亿元", "50人"), ("≥90人", "95天"), ("≥90%", "95人")]))
    return added(data, target=target, actual=actual)


@plants("PF757")
def _counted(draw: Draw, clean: Clean, data: Cells) -> Cells:
    data = added(data, target="≤2次", actual="0次")
    data["indicators"][-1]["name"] = draw(st.sampled_from(["服务场所事故率", "有责投诉率"]))
    return data


def _second(data: Cells, **cells: Any) -> Cells:
    """Return another form of the same body that has one row in common with the first."""
    row = {"path": ["产出指标"], "name": "另报事项情况", **cells}
    keys = ("organisation", "region", "year", "kind", "amount_unit")
    return {"title": "另一张表", **{key: data[key] for key in keys}, "indicators": [row]}


@plants("PF760")
def _two_targets(draw: Draw, clean: Clean, data: Cells) -> list[Cells]:
    other = draw(st.integers(91, 98))
    return [added(data, target="≥90%", actual="99%"), _second(data, target=f"≥{other}%", actual="99%")]


@plants("PF761")
def _two_actuals(draw: Draw, clean: Clean, data: Cells) -> list[Cells]:
    other = draw(st.integers(91, 98))
    return [added(data, target="≥90%", actual="99%"), _second(data, target="≥90%", actual=f"{other}%")]


@plants("PF762")
def _two_scales(draw: Draw, clean: Clean, data: Cells) -> list[Cells]:
    first, other = draw(st.sampled_from([("亿元", "万元"), ("万元", "元"), ("万人", "人")]))
    return [
        added(data, target=f"≥48{first}", actual=f"50{first}"),
        _second(data, target=f"≥48{other}", actual=f"50{other}"),
    ]


@plants("PF763")
def _projects(draw: Draw, clean: Clean, data: Cells) -> list[Cells]:
    projects = Fraction(clean.budget, 100) / draw(st.integers(2, 9))
    lines = [{"label": "项目支出", "budget": half_up(projects)}]
    department = {"title": "部门表", "organisation": data["organisation"], "year": 2023, "kind": "department"}
    return [data, {**department, "amount_unit": "万元", "budget": lines}]


@plants("PF764")
def _loose(draw: Draw, clean: Clean, data: Cells) -> Cells:
    limit = Fraction(clean.budget, 100) + draw(st.integers(100, 999))
    data["indicators"][-1] |= {"target": decimal_text(limit), "published_deviation": None}
    return data


@plants("PF765")
def _cost(draw: Draw, clean: Clean, data: Cells) -> Cells:
    less = Fraction(clean.spent, 100) - draw(st.integers(1, 4))
    data["indicators"][-1] |= {"actual": decimal_text(less), "published_deviation": None}
    return data


@plants("PF766")
def _items(draw: Draw, clean: Clean, data: Cells) -> Cells:
    data = added(data, target="≤36万元", actual="36万元")
    rows = [["另报事项情况", f"≤{draw(st.integers(37, 99))}万元"]]
    data["tables"].append({"title": "绩效目标表", "header": ["内容", "金额"], "rows": rows})
    return data


@plants("PF770")
def _weights(draw: Draw, clean: Clean, data: Cells) -> Cells:
    data["tables"] = []
    moved = draw(st.integers(1, 5))
    for block, change in (("产出指标", moved), ("效益指标", -moved)):
        row = next(row for row in data["indicators"] if row["path"][0] == block)
        points = str(int(row["points"]) + change)
        for key in ("unit", "published_deviation", "note"):
            row.pop(key, None)
        row |= {"comparator": "定性", "target": "优", "actual": "优", "points": points, "published_score": points}
    return without_total(data)


@plants("PF771")
def _missing_block(draw: Draw, clean: Clean, data: Cells) -> Cells:
    gone = draw(st.sampled_from(["产出指标", "效益指标", "满意度指标"]))
    data["indicators"] = [row for row in data["indicators"] if row["path"][0] != gone]
    data |= {"tables": [], "published_points": None}
    return without_total(data)


@plants("PF772")
def _twice(draw: Draw, clean: Clean, data: Cells) -> Cells:
    row = draw(st.sampled_from(data["indicators"][:-1]))
    again = {key: row.get(key) for key in ("comparator", "target", "unit", "actual", "note")}
    name = draw(st.sampled_from(["1.{}", "{}。", "（一）{}", "{}"])).format(row["name"])
    data["indicators"].append({"path": ["效益指标", "另一类"], "name": name, **again})
    return data


@plants("PF773")
def _no_number(draw: Draw, clean: Clean, data: Cells) -> Cells:
    row = draw(st.sampled_from([row for row in data["indicators"] if "published_deviation" in row]))
    row["published_deviation"] = draw(st.sampled_from(["约两成", "7,00.0,77", "见附件"]))
    return data


@plants("PF774")
def _early(draw: Draw, clean: Clean, data: Cells) -> Cells:
    data["year"] = draw(st.integers(2000, 2012))
    # Without a rule, nothing says that a row that is missed by a hair rounds to its full points (PF721).
    assume(not any(row.get("note") == REASON and row["published_score"] == row["points"] for row in data["indicators"]))
    return data


@plants("PF745")
def _above_all(draw: Draw, clean: Clean, data: Cells) -> Cells:
    data = added(data, target="≥95%", actual=f"{draw(st.integers(101, 113))}%")
    data["indicators"][-1] |= {
        "name": draw(st.sampled_from(["服务对象满意度", "产品合格率", "政策知晓率"])),
        "note": "问卷调查",
    }
    return data


@plants("PF746")
def _negative(draw: Draw, clean: Clean, data: Cells) -> Cells:
    data["budget"].append({"label": "另一项资金", "expenditure": f"-{draw(st.integers(1, 99))}"})
    return data


@plants("PF747")
def _direction(draw: Draw, clean: Clean, data: Cells) -> Cells:
    name, target, actual = draw(
        st.sampled_from([("投诉数", "≥50件", "52件"), ("建设数量", "≤4个", "4个"), ("入户率", "≤99%", "98%")])
    )
    data = added(data, target=target, actual=actual)
    data["indicators"][-1]["name"] = name
    return data


@plants("PF758")
def _other_unit(draw: Draw, clean: Clean, data: Cells) -> Cells:
    amount = draw(st.integers(1, 99))
    return added(data, target=f"≥{amount}万元", actual=f"{amount * 10**4}万元")


@plants("PF759")
def _typed_points(draw: Draw, clean: Clean, data: Cells) -> Cells:
    for row in data["indicators"][:2]:
        row |= {"target": row["points"], "actual": row["points"], "published_score": row["points"]}
        row |= {"comparator": "=", "unit": None, "published_deviation": None, "note": None}
    return without_total(data)


@plants("PF775")
def _rounded(draw: Draw, clean: Clean, data: Cells) -> Cells:
    draw(st.sampled_from(data["indicators"]))["stored"] = {"actual": "0.9484"}
    return data


@plants("PF748")
def _repeated(draw: Draw, clean: Clean, data: Cells) -> Cells:
    bound = f"≥{draw(st.integers(60, 99))}%"
    return added(data, target=bound, actual=bound, note="问卷调查")


@plants("PF749")
def _unsurveyed(draw: Draw, clean: Clean, data: Cells) -> Cells:
    data = added(data, target="≥90%", actual="92%", note=draw(st.sampled_from(["未开展问卷调查", "没有回访"])))
    data["indicators"][-1]["name"] = "服务对象满意度"
    return data


@plants("PF739")
def _other_year(draw: Draw, clean: Clean, data: Cells) -> Cells:
    note = draw(st.sampled_from([f"{data['year'] - 1}年统计数据", "沿用上年数据"]))
    return added(data, target="≥5人", actual="5人", note=note)
