"""A review as one self-contained page, by Jinja2 under the extra `report`: nothing is fetched, nothing is stored."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files
from typing import Any

from pfscore.foundation.runtime.resources import library
from pfscore.foundation.text import Lang, Message
from pfscore.report.review.pictures import HEIGHT, WIDTH, Pictures
from pfscore.report.review.reviewed import STANDINGS, Review
from pfscore.report.review.shown import shown_forms

#: The words of the page, by their name in the template.
_WORDS = {
    "title": Message("绩效自评核对", "Review of performance self-evaluations"),
    "first": Message("先看这些", "Look at these first"),
    "shared": Message("同一个问题，许多张表", "The same problem in many forms"),
    "form": Message("单位 · 项目", "body · project"),
    "published": Message("公布", "published"),
    "computed": Message("系统", "computed"),
    "difference": Message("差", "difference"),
    "counts": Message("错 / 疑 / 示", "errors / doubts / notes"),
    "gravest": Message("最要紧的一条", "the gravest finding"),
    "place": Message("在哪里", "where"),
    "row": Message("行", "row"),
    "name": Message("指标", "indicator"),
    "target": Message("指标值", "target"),
    "actual": Message("完成值", "actual"),
    "points": Message("分值", "points"),
    "why": Message("为什么", "why"),
    "need": Message("要得满分", "for full points"),
    "differing": Message("差在哪里", "where the difference comes from"),
    "unreadable": Message("没有读出的文件", "Files that were not read"),
    "unread": Message("没有读入的格子", "cells that were not read"),
    "top": Message("回到开头", "back to the top"),
    "sort": Message("点栏名排序", "click a column to sort"),
    "summary": Message("汇总", "summary"),
    "colon": Message("：", ": "),
    "semicolon": Message("；", "; "),
}


def review_page(review: Review, lang: Lang = "zh") -> str:
    """Return the page; every text of a form is escaped, and no script but the page's own may run.

    Raises:
        InputError: PF110 where Jinja2 is not installed.
    """
    with library("Jinja2"):
        from jinja2 import Environment
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
    script, pictures = _resource("page.js"), Pictures()
    forms = shown_forms(review, lang, pictures)
    return environment.from_string(_resource("page.html.jinja")).render(
        lang="zh-CN" if lang == "zh" else "en",
        words={key: message.text(lang) for key, message in _WORDS.items()},
        style=_resource("page.css"),
        script=script,
        script_hash=b64encode(sha256(script.encode()).digest()).decode(),
        subtitle=_subtitle(review, lang),
        tiles=[
            {"kind": standing.value, "count": count, "label": label.text(lang), "detail": detail.text(lang)}
            for standing, count in review.counts.items()
            for label, detail in (STANDINGS[standing],)
        ],
        forms=forms,
        curves=pictures.curves,
        picture_box=f"0 0 {WIDTH} {HEIGHT}",
        shared=_shared(review, lang),
        unreadable=[
            {"source": one.source, "problems": [problem.render(lang) for problem in one.problems]}
            for one in review.unreadable
        ],
    )


def _resource(name: str) -> str:
    return (files("pfscore.report.review") / name).read_text(encoding="utf-8")


def _subtitle(review: Review, lang: Lang) -> str:
    sources = {one.source for one in review.forms} | {one.source for one in review.unreadable}
    sheets = {one.sheet.digest: one.sheet for one in review.forms if one.sheet is not None}
    named = sorted(f"{sheet.named_ruleset(lang)} {sheet.on} {digest[:12]}" for digest, sheet in sheets.items())
    listed = ("、" if lang == "zh" else ", ").join(named[:4]) + ("…" if len(named) > 4 else "")
    if lang == "zh":
        return f"{len(sources)} 个文件，{len(review.forms)} 份表。规则集 {listed or '—'}"
    return f"files: {len(sources)}, forms: {len(review.forms)}, rulesets: {listed or '—'}"


def _shared(review: Review, lang: Lang) -> list[dict[str, Any]]:
    found = review.shared_problems()
    most = max((count for _, _, count in found), default=1)
    return [
        {
            "code": code,
            "title": title.text(lang),
            "count": f"{count} 份" if lang == "zh" else f"{count} forms",
            "width": count * 100 // most,
        }
        for code, title, count in found[:20]
    ]
