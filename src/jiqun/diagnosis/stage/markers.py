"""The markers of Table 2 that a stage is read from, each with the estimate that it is.

What each is expected to be in each stage stands on the reference card, not here.

Paper: S1-S18 (the cells of Table 2)
"""

from dataclasses import dataclass
from typing import Literal

from jiqun.vocabulary.text import Text

Kind = Literal["share", "index"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StageMarker:
    """One number of Table 2.

    Attributes
    ----------
    name
        As on the reference card.
    kind
        A share of events, or an index on its own scale.
    title, question
        What it is called, and what it asks.
    measure, of
        Which estimate it is; ``diagnosis`` where it is read here.
    logarithm
        Whether the index is taken in logarithms.
    """

    name: str
    kind: Kind
    title: Text
    question: Text
    measure: str
    of: tuple[tuple[str, str], ...]
    logarithm: bool = False


MODES = ("efficiency", "convergence", "digital_value")
"""The mix of innovation modes, which is read as one marker of three shares (S2, S5, S14)."""
MIX = StageMarker(
    name="modes",
    kind="share",
    title=Text("Mix of innovation modes", "创新方式构成"),
    question=Text(
        "Do innovations save effort, join fields, or make value out of data?",
        "创新以提升效率、融合领域还是生成数字价值为主?",
    ),
    measure="innovation_modes",
    of=(("statistic", "share of mode"),),
)


def _share(name: str, title: Text, question: Text, measure: str, **of: str) -> StageMarker:
    return StageMarker(
        name=name,
        kind="share",
        title=title,
        question=question,
        measure=measure,
        of=tuple(of.items()),
    )


def _index(
    name: str, title: Text, question: Text, measure: str, *, logarithm: bool = False, **of: str
) -> StageMarker:
    return StageMarker(
        name=name,
        kind="index",
        title=title,
        question=question,
        measure=measure,
        of=tuple(of.items()),
        logarithm=logarithm,
    )


MARKERS = (
    _share(
        "on_platforms",
        Text("Firms on platforms", "参与平台的企业"),
        Text("How many firms take part in a platform?", "多少企业参与数字平台?"),
        "diagnosis",
        statistic="on platforms",
    ),
    _share(
        "vertical",
        Text("Cooperation along the chain", "纵向协作"),
        Text("Do firms cooperate along the supply chain?", "协作是否沿产业链纵向展开?"),
        "collaboration_modes",
        statistic="vertical share",
    ),
    _share(
        "multilateral",
        Text("Groups of three and more", "三方及以上协作"),
        Text("Do three and more cooperate at once?", "协作是否由三方及以上共同开展?"),
        "collaboration_modes",
        statistic="multilateral share of collaborations",
    ),
    _share(
        "cross_region",
        Text("Ties across regions", "跨区域协作"),
        Text("Do ties reach beyond the region?", "协作是否跨越区域?"),
        "collaboration_modes",
        statistic="cross-region share",
        relation="ties",
    ),
    _index(
        "kinds_of_tie",
        Text("Kinds of ties", "关系种类"),
        Text("How many kinds of ties are in use?", "企业间有多少种关系并存?"),
        "collaboration_modes",
        statistic="kinds of tie",
    ),
    _share(
        "joint",
        Text("Joint innovations", "联合创新"),
        Text("Do firms innovate together?", "创新是否由企业联合完成?"),
        "innovation_modes",
        statistic="made jointly",
    ),
    _index(
        "functions",
        Text("Industries per platform", "平台服务行业数"),
        Text("How many industries does a platform serve?", "一个平台服务多少个行业?"),
        "platform_functions",
        statistic="industries per platform",
        logarithm=True,
    ),
    _index(
        "members",
        Text("Members per platform", "平台成员数"),
        Text("How many firms does a platform gather?", "一个平台汇聚多少企业?"),
        "platform_members",
        statistic="members per platform",
        logarithm=True,
    ),
    _share(
        "working_soon",
        Text("Cooperating soon after joining", "接入后一年内协作"),
        Text("Do firms cooperate within a year of joining?", "企业接入平台一年内是否开展协作?"),
        "join_latency",
        statistic="working within a year",
    ),
    _share(
        "owner_initiates",
        Text("Alliances begun by the operator", "运营方发起的联盟"),
        Text("Does the operator begin what is done together?", "协作是否由平台运营方发起?"),
        "initiation_share",
        statistic="by the platform's operator",
    ),
    _index(
        "installed_base",
        Text("Pull of those already there", "用户基数的吸引力"),
        Text("Do members of platforms draw further members?", "平台成员是否吸引更多成员加入?"),
        "installed_base_elasticity",
        statistic="elasticity",
        between="platforms",
    ),
    _share(
        "closed_loops",
        Text("Data that flow in loops", "数据闭环"),
        Text("Do data that flow out come back?", "流出的数据是否回流?"),
        "loop_closure",
        statistic="flows on a closed loop",
    ),
    _share(
        "follow_on_by_others",
        Text("Innovations taken up by others", "他人的后续创新"),
        Text("Do others build on what one has made?", "他人是否在已有创新之上继续创新?"),
        "innovation_modes",
        statistic="follow-ons by others",
    ),
    _share(
        "radical_and_incremental",
        Text("Radical and incremental together", "突破与渐进并存"),
        Text(
            "Are there radical innovations beside incremental ones?",
            "渐进式创新之外是否有突破性创新?",
        ),
        "radicalness",
        statistic="radical share",
    ),
    _share(
        "infrastructure",
        Text("Infrastructure, platforms and tools", "基础设施、平台与工具创新"),
        Text("Is innovation about infrastructure and tools?", "创新是否以基础设施与工具为对象?"),
        "infrastructure_share",
        statistic="infrastructure, platforms and tools",
    ),
    _share(
        "traceable",
        Text("Traceable ties", "可溯源关系"),
        Text("Can supply ties be traced?", "供应关系是否可溯源?"),
        "traceable_share",
        statistic="traceable share",
    ),
)
MEASURES = tuple(
    dict.fromkeys([MIX.measure, *(m.measure for m in MARKERS if m.measure != "diagnosis")])
)
"""What is measured over windows."""
