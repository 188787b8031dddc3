"""Counting words 量词: what is counted, with the word that Chinese puts between a number and a noun."""

import re

from jiqun.vocabulary.text import Text

COUNTERS = (
    ("对", ("企业对", "伙伴对", "有交易的企业", "相邻两期账目")),
    ("家", ("企业",)),
    ("条", ("关系", "账目")),
    ("项", ("协作", "创新", "功能", "数据资产")),
    ("种", ("商业模式",)),
    ("次", ("事件", "发生", "迁址", "参与")),
    ("名", ("成员",)),
)
"""Counting word → nouns, or their ends; of all others 个."""
OTHERS = "个"
ALREADY = re.compile(r"^[对家条项种次名个]")
ASIDE = re.compile(r"\(.*\)$")


def counted(of: Text) -> Text:
    """Return what is counted as it stands behind a number.

    Examples
    --------
    >>> counted(Text("firms", "企业")).to("zh")
    '家企业'
    """
    if ALREADY.match(of.zh):
        return of
    noun = ASIDE.sub("", of.zh)
    word = next((word for word, nouns in COUNTERS if noun.endswith(nouns)), OTHERS)
    return Text(of.en, f"{word}{of.zh}", typeset=f"{word}{of.to('zh')}")
