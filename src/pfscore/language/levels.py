"""Words that stand on an ordered scale: 优良中差, 健全/基本健全/不健全, 达成/部分达成/未达成.

A word is on a scale only where officials write the scale out; 提升 or 有效 alone say nothing of an order.
"""

from __future__ import annotations

from pfscore.language.folding import fold_unit

#: Each scale, best first; the words of one rank are separated by spaces.
_SCALES: dict[str, tuple[str, ...]] = {
    "优良中差": (
        "优 优秀 优级 优等",
        "良 良好 良级 良等",
        "中 中等 一般",
        "差 较差 不合格",
    ),
    "达成": (
        "达成预期指标 达成预期目标 达成年度指标 达成年度目标 全部达成 全部或基本达成预期指标 全部或基本达成预期目标 基本达成预期指标 完全达成 达成 "
        "达到预期指标 达到预期目标 达到预期 达到年度指标 已达成预期指标 已达成 实现预期目标 完成预期目标 达到预期效果",
        "部分达成预期指标并具有一定效果 部分达成预期目标并具有一定效果 部分达成年度指标并具有一定效果 部分达成预期指标且具有一定效果 "
        "部分达成目标并具有一定效果 部分达成预期指标 部分达成 部分达成预期目标 部分达成年度指标 部分实现预期目标",
        "未达成预期指标且效果较差 未达成预期目标且效果较差 未达成年度指标且效果较差 未达成预期指标 未达成 未达成预期目标 未达成年度指标 "
        "未达到预期指标 未达到预期目标 未实现预期目标",
    ),
    "完成": (
        "全部完成 已完成 完成 已全部完成 完全完成",
        "基本完成",
        "部分完成",
        "未完成 没有完成",
    ),
    "显著": ("显著 效果显著 显著提升", "较显著 比较显著 效果较显著", "一般 效果一般", "不显著 效果不显著 不明显"),
    "明显": ("明显 效果明显 明显提升", "较明显 比较明显 效果较明显", "一般 效果一般", "不明显 效果不明显"),
    "好": ("好", "较好 比较好", "一般", "较差 比较差", "差"),
    "高": ("高", "较高 比较高", "一般 中", "较低 比较低", "低"),
    "满意": ("非常满意 很满意", "满意", "比较满意 较满意", "基本满意 一般", "不满意", "非常不满意 很不满意"),
    "合格": ("合格", "基本合格", "不合格"),
    "达标": ("达标 全部达标", "基本达标", "部分达标", "未达标 不达标"),
    "字母": ("A", "B", "C", "D", "E"),
    "是否": ("是", "否"),
    "有无": ("有", "无"),
}
#: Qualities that forms grade as X / 基本X / 不X (an old form's 较X is between).
_QUALITIES = (
    "健全 完善 完整 规范 合理 科学 明确 合规 有效 公开 及时 清晰 准确 真实 安全 充分 可行 细化 匹配 相符 落实 完备 合法 一致 到位 稳定 及时有效 规范有效 良好"
).split()
#: Nothing happened: the only word of its scale, so it is compared with itself however it is put.
_NOTHING = frozenset(
    "无 零 未发生 无发生 没有 没有发生 零发生 0发生 未出现 不发生 零事故 无事故 零投诉 无投诉 零差错 无差错".split()
)


def _table() -> dict[str, tuple[str, int]]:
    table: dict[str, tuple[str, int]] = {}
    for scale, ranks in _SCALES.items():
        for rank, words in enumerate(ranks):
            for word in words.split():
                table.setdefault(word, (scale, rank))
    for quality in _QUALITIES:
        grades = (
            quality,
            f"较{quality} 比较{quality}",
            f"基本{quality}",
            f"部分{quality}",
            f"不{quality} 未{quality} 欠{quality} 不够{quality}",
        )
        for rank, words in enumerate(grades):
            for word in words.split():
                table.setdefault(word, (quality, rank))
    return table


_TABLE = _table()


def level_scale(text: str) -> tuple[str, int] | None:
    """Return the scale that `text` belongs to and its rank on it (0 is the best), or `None`.

    >>> level_scale("良好"), level_scale("基本健全"), level_scale("应保尽保")
    (('优良中差', 1), ('健全', 2), None)
    """
    return _TABLE.get(fold_unit(text).rstrip("。.;,"))
