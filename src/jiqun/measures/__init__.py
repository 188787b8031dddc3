"""Measures 测度: one file a measure; each turns a record into estimates."""

from collections.abc import Collection

from jiqun.measures.registry import Measure, Measurement
from jiqun.measures.stage_markers import STAGE_MARKERS
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

__all__ = ["MEASURES", "Measure", "Measurement", "measure"]

MEASURES: dict[str, Measure] = {
    entry.name: entry
    for entry in (
        Measure(
            name="location_quotient",
            title=Text("Location quotient", "区位商"),
            question=Text(
                "Which industries is each region specialised in?", "各区域专业化于哪些行业?"
            ),
            needs=("firms.industry_code", "firms.region_code"),
        ),
        Measure(
            name="ellison_glaeser",
            title=Text("Ellison-Glaeser concentration", "Ellison-Glaeser 集聚指数"),
            question=Text(
                "Is an industry more concentrated in few regions than chance and large plants explain?",
                "某行业在少数区域的集中程度,是否超出偶然与大厂所能解释的范围?",
            ),
            needs=("firms.industry_code", "firms.region_code"),
        ),
        Measure(
            name="colocation",
            title=Text("Co-location", "共址"),
            question=Text(
                "Do the sites of an industry lie closer together than those of all firms?",
                "某行业的场所是否比全部企业的场所更为集中?",
            ),
            needs=("sites.longitude", "sites.latitude", "firms.industry_code"),
        ),
        Measure(
            name="distance_decay",
            title=Text("Distance decay of ties", "关系的距离衰减"),
            question=Text(
                "How far do ties reach, against partners drawn at random in the same sectors and periods?",
                "与同行业、同时期随机配对的伙伴相比,关系能跨越多远?",
            ),
            needs=("sites.longitude", "sites.latitude", "ties.source"),
        ),
        Measure(
            name="mirror_order",
            title=Text("Order of the mirror", "镜像次序"),
            question=Text(
                "Which came first, place or tie: does the virtual layer mirror the physical one, or the "
                "other way round?",
                "实体邻近与关系孰先:是虚拟层映现实体层,还是实体层映现虚拟层?",
            ),
            needs=("sites.opened", "ties.start", "ties.channel"),
        ),
        Measure(
            name="virtual_agglomeration",
            title=Text("Virtual agglomeration", "虚拟集聚"),
            question=Text(
                "Are the firms of an industry closer to each other in the network than firms at large?",
                "某行业企业在网络中的彼此距离,是否比一般企业更近?",
            ),
            needs=("ties.source", "firms.industry_code"),
        ),
        Measure(
            name="collaboration_modes",
            title=Text("Modes of collaboration", "协作方式"),
            question=Text(
                "Do firms work together along the supply chain, or across industries, across regions "
                "and in groups of three and more?",
                "企业协作是沿供应链展开,还是跨行业、跨区域、三方及以上多边展开?",
            ),
            needs=("ties.kind", "memberships.firm_id"),
            windowed=True,
        ),
        Measure(
            name="core_firms",
            title=Text("Core firms", "核心企业"),
            question=Text(
                "Does any firm hold the collaborations together more than its number of them implies?",
                "是否有企业对协作网络的支撑作用超出其协作数量所能解释的程度?",
            ),
            needs=("memberships.firm_id",),
        ),
        Measure(
            name="core_firm_roles",
            title=Text("Roles of core firms", "核心企业的角色"),
            question=Text(
                "Who initiates, who innovates, who commands the chain, who owns the platform, and whom "
                "do others follow?",
                "谁发起协作,谁引领创新,谁主导产业链,谁拥有平台,谁被他人跟随?",
            ),
            needs=(
                "memberships.role",
                "innovators.firm_id",
                "ties.kind",
                "participations.firm_id",
                "innovations.builds_on",
            ),
            windowed=True,
        ),
        Measure(
            name="clusters",
            title=Text("Clusters", "集群识别"),
            question=Text(
                "Which sets of firms hold together in space and in links, more than chance has it?",
                "哪些企业在空间与关系上的集聚超出偶然?",
            ),
            needs=("ties.source", "memberships.firm_id", "sites.longitude"),
        ),
        *STAGE_MARKERS,
        Measure(
            name="decomposability",
            title=Text("Decomposability", "可分解性"),
            question=Text(
                "Does an alliance reduce to bilateral ties, or does one failed pair take others with it?",
                "联盟能否还原为双边关系,还是一对失配会牵连其他成员对?",
            ),
            needs=("interfaces.state", "interfaces.date", "alliances.outcome"),
        ),
        Measure(
            name="participation_multilaterality",
            title=Text("Multilaterality of participation", "参与多边性"),
            question=Text(
                "How many take part in what firms do together, and who meets in groups only?",
                "企业协作有多少参与方,哪些伙伴仅在多方协作中相遇?",
            ),
            needs=("memberships.firm_id",),
        ),
        Measure(
            name="third_party_effect",
            title=Text("Third-party effect", "第三方效应"),
            question=Text(
                "Do the others suffer when one member of an alliance leaves?",
                "联盟中一名成员退出后,其余成员的协作是否受损?",
            ),
            needs=("memberships.left", "memberships.withdrawal_cause", "interfaces.state"),
        ),
        Measure(
            name="partners",
            title=Text("Missing partners", "缺失的合作伙伴"),
            question=Text(
                "Can past relations name the firm that is missing from an alliance?",
                "既往关系能否指出联盟所缺的企业?",
            ),
            needs=("memberships.firm_id", "alliances.start"),
        ),
        Measure(
            name="data_substitution",
            title=Text("Data against traditional factors", "数据与传统要素的关系"),
            question=Text(
                "Is data indispensable beside capital and labour, a substitute for them, or itself the "
                "source of surplus?",
                "数据与资本、劳动是二者缺一不可、相互替代,还是数据自身成为剩余价值来源?",
            ),
            needs=(
                "accounts.value_added",
                "accounts.capital",
                "accounts.employees",
                "accounts.data_capital",
            ),
        ),
    )
}
"""Every measure, in the order in which a report shows them."""


def measure(
    record: Record,
    only: Collection[str] | None = None,
    seed: int = 0,
    window: int | None = None,
) -> Measurement:
    """Run measures on a record.

    Parameters
    ----------
    record
        What to measure.
    only
        Names of the measures to run; all by default.
    seed
        Seed of the run. Each measure draws from streams of its own, addressed by its name, so the
        choice of measures changes no number.
    window
        Calendar years of each window. Only measures that are made over windows are then run, each for
        the whole record and for every window.

    Returns
    -------
    Measurement
        Name of the measure → its estimates.

    Raises
    ------
    ValueError
        For a name that is not in ``MEASURES``, a negative seed, windows shorter than a year or more
        than 200 of them, and a measure named that is not made over windows.
    """
    if seed < 0:
        msg = f"the seed must not be negative, got {seed}"
        raise ValueError(msg)
    every = {name for name, entry in MEASURES.items() if window is None or entry.windowed}
    wanted = every if only is None else set(only)
    unknown = sorted(wanted - set(MEASURES))
    if unknown:
        msg = f"no such measure: {', '.join(unknown)}; measures: {', '.join(MEASURES)}"
        raise ValueError(msg)
    return Measurement(
        {
            name: entry.function(record, seed=seed)
            if window is None
            else entry.over_windows(record, seed=seed, years=window)
            for name, entry in MEASURES.items()
            if name in wanted
        }
    )
