"""Ties 双边关系: a tie joins two different firms.

Paper: K3f (bilateral ties).
"""

import polars as pl

from jiqun.record.problem import Rule
from jiqun.record.requirements.query import Check, plain
from jiqun.vocabulary.text import Text

SELF = Rule(
    id="ties.self",
    title=Text("A tie joins two different firms.", "双边关系的双方为不同企业。"),
    remedy=Text(
        "Correct one end, or remove the tie; what a firm does with itself belongs in its accounts.",
        "请更正一方,或删除该关系;企业自身的往来应计入账目。",
    ),
)
TO_ITSELF = Text("The tie runs from {value} to itself.", "该关系的起止企业同为 {value}。")

RULES = (SELF,)
CHECKS = (
    Check(
        rule=SELF,
        view=plain("ties"),
        column="target",
        message=TO_ITSELF,
        broken=pl.col("source") == pl.col("target"),
    ),
)
