"""The words of scores: outcomes, evidence, treatments of rows that do not apply, modes of rounding."""

from __future__ import annotations

from pfscore.foundation.numbers import Rounding
from pfscore.foundation.text import Message
from pfscore.rulesets.model.ruleset import Evidence
from pfscore.scoring.row.readings_of_row import Outcome

OUTCOMES = {
    Outcome.SCORED: Message("已评分", "scored"),
    Outcome.JUDGEMENT: Message("待评定", "to be judged"),
    Outcome.NOT_APPLICABLE: Message("不适用", "not applicable"),
    Outcome.MISSING: Message("缺数", "missing"),
    Outcome.REFUSED: Message("不能评分", "refused"),
}
EVIDENCE = {
    Evidence.TEXT: Message("原文已读", "text read"),
    Evidence.RESTATED: Message("见转述", "seen restated"),
    Evidence.OBSERVED: Message("由公布的表推得", "inferred from published forms"),
    Evidence.DEFAULT: Message("本项目的默认办法", "the project's own default"),
    Evidence.NONE: Message("未见", "not seen"),
}


def evidence_words(evidence: Evidence, read_to: str | None) -> Message:
    """Describe how well a source is known, and where the part that was read ends.

    >>> evidence_words(Evidence.TEXT, "第三章").zh, evidence_words(Evidence.NONE, None).zh
    ('原文已读，读到“第三章”为止', '未见')
    """
    known = EVIDENCE[evidence]
    return known if read_to is None else Message(f"{known.zh}，读到“{read_to}”为止", f"{known.en} up to {read_to!r}")


#: What becomes of a row that does not apply.
TREATMENTS = {
    "exclude": Message("不适用，不计入满分", "does not apply; left out of the total"),
    "rescale": Message("不适用，其余行折算为满分", "does not apply; the other rows are rescaled to the total"),
    "rescale_block": Message("不适用，在同一级指标内折算", "does not apply; the rest of its block is rescaled"),
    "full": Message("不适用，记满分", "does not apply; earns all its points"),
}
ROUNDING = {
    Rounding.HALF_UP: Message("四舍五入", "half up"),
    Rounding.HALF_EVEN: Message("四舍六入五成双", "half to even"),
    Rounding.DOWN: Message("截断", "cut off"),
    Rounding.UP: Message("进位", "rounded up"),
}
