"""The stage markers 阶段标志 as they are declared; each is measured over windows by its own file.

Paper: S1-S18 (the cells of Table 2), Q16, Q20 (what is kept apart)
"""

from jiqun.measures.registry import Measure
from jiqun.vocabulary.text import Text


def _marker(name: str, title: Text, question: Text, *needs: str) -> Measure:
    return Measure(name=name, title=title, question=question, needs=needs, windowed=True)


STAGE_MARKERS = (
    _marker(
        "innovation_modes",
        Text("Modes of innovation", "创新方式"),
        Text(
            "Do innovations raise efficiency, join fields, or make value out of data?",
            "创新是提升效率、融合领域,还是生成数字价值?",
        ),
        "innovations.mode",
        "innovators.firm_id",
    ),
    _marker(
        "tie_duration",
        Text("Duration of ties", "关系存续期"),
        Text("How long do ties and alliances last?", "双边关系与联盟能存续多久?"),
        "ties.end",
        "alliances.end",
    ),
    _marker(
        "industry_diversity",
        Text("Diversity of industries", "行业多样性"),
        Text(
            "Of how many industries are those who work together?", "共同协作的企业来自多少个行业?"
        ),
        "firms.industry_code",
        "ties.source",
        "memberships.firm_id",
    ),
    _marker(
        "platform_functions",
        Text("Functions of platforms", "平台功能"),
        Text("How many industries do platforms serve?", "平台服务多少个行业?"),
        "platforms.platform_id",
        "functions.industry_code",
    ),
    _marker(
        "platform_members",
        Text("Members of platforms", "平台成员"),
        Text(
            "How many firms join platforms, and of how many industries?",
            "有多少企业加入平台,来自多少个行业?",
        ),
        "platforms.platform_id",
        "participations.joined",
    ),
    _marker(
        "join_latency",
        Text("Join latency", "接入时滞"),
        Text(
            "How soon after joining does a firm work with others on the platform?",
            "企业加入平台后多久开展协作?",
        ),
        "participations.joined",
        "alliances.platform_id",
    ),
    _marker(
        "platform_openness",
        Text("Openness of platforms", "平台开放程度"),
        Text("Who may join platforms, and at what price?", "谁可加入平台,费率如何?"),
        "platforms.openness",
    ),
    _marker(
        "initiation_share",
        Text("Who initiates", "发起份额"),
        Text(
            "Do platform operators begin alliances, or do others?",
            "联盟由平台运营方发起,还是由他方发起?",
        ),
        "memberships.role",
        "alliances.platform_id",
    ),
    _marker(
        "rule_setting_concentration",
        Text("Concentration of rule-setting", "规则制定集中度"),
        Text(
            "Under how few operators’ rules do platform members work?",
            "平台成员受多少家运营方的规则约束?",
        ),
        "platforms.operator",
        "participations.firm_id",
    ),
    _marker(
        "radicalness",
        Text("Radicalness", "突破程度"),
        Text(
            "Are innovations incremental, radical, or both?", "创新是渐进的、突破的,还是两者并存?"
        ),
        "innovations.radicalness",
    ),
    _marker(
        "loop_closure",
        Text("Closure of loops", "闭环程度"),
        Text("Do data that flow out come back in?", "流出的数据是否回流?"),
        "ties.kind",
    ),
    _marker(
        "entry",
        Text("Entry and exit", "进入与退出"),
        Text("How many firms are founded and closed a year?", "每年有多少企业新设与注销?"),
        "firms.founded",
        "firms.closed",
    ),
    _marker(
        "installed_base_elasticity",
        Text("Elasticity to the installed base", "用户基数弹性"),
        Text("Do members of platforms draw further members?", "平台成员是否吸引更多成员加入?"),
        "participations.joined",
        "platforms.platform_id",
    ),
    _marker(
        "traceable_share",
        Text("Traceable share of the chain", "可溯源份额"),
        Text("Which supply ties can be traced?", "哪些供应关系可溯源?"),
        "ties.traceable",
    ),
    _marker(
        "infrastructure_share",
        Text("Infrastructure in innovation", "基础设施创新份额"),
        Text(
            "How much of innovation is about infrastructure, platforms and tools?",
            "创新有多少以基础设施、平台和工具为对象?",
        ),
        "innovations.subject",
    ),
    _marker(
        "adoption_coverage",
        Text("Adoption along the chain", "产业链数字化覆盖"),
        Text(
            "Do firms at every position of the chain use data and platforms?",
            "产业链各环节企业是否应用数据与平台?",
        ),
        "accounts.data_spending",
        "ties.kind",
    ),
    _marker(
        "growth_shape",
        Text("Shape of growth", "增长形态"),
        Text(
            "Is growth straight, exponential or levelling off, and when did it change?",
            "增长是线性、指数还是趋于饱和,何时发生变化?",
        ),
        "firms.founded",
        "ties.start",
        "accounts.value_added",
    ),
    _marker(
        "health_panel",
        Text("Health of the cluster", "集群健康指标"),
        Text(
            "How does the cluster stand in five things that digital innovation is meant to cure?",
            "集群在数字创新意在改善的五个方面表现如何?",
        ),
        "ties.kind",
        "innovations.date",
        "accounts.revenue",
    ),
    _marker(
        "decline_signs",
        Text("Signs of decline", "衰退迹象"),
        Text(
            "Are firms alike, squeezed, shrinking, or locked in at the low end?",
            "企业是否趋同、利润受挤压、萎缩或低端锁定?",
        ),
        "firms.industry_code",
        "accounts.value_added",
    ),
)
