"""The rows of the ledger: each proposition of the paper that the model can carry.

Paper: K1c, K1g, K2a, K2c, K2e, K2g, K3g, K4c, K4d, K4f, N1a, N1e, N1f, N2a, N2e, N2f, N3a, M3, I2d,
I3c, P2, P2c, P3, P3a, P3c, T9, T10, D1, E9 (claims with a switch).
"""

from collections.abc import Callable

from jiqun.model.ledger import Interval, Number, Row, Verdict, above, average, below, ratio
from jiqun.model.ledger_numbers import (
    CELLS,
    HALF,
    NAMES,
    advantage,
    kept,
    lead_of_logic,
    left,
    matched_edge,
    share_left,
)
from jiqun.model.ledger_variants import design_name
from jiqun.vocabulary.text import Text


def _logic_row(name: str) -> Row:
    label = Text(
        "share of the variance of {name} due to logic, less the largest other share",
        "{name}方差中主导逻辑所占份额减去其余最大份额",
    )
    return Row(
        id="K1c",
        claim=Text(
            "The logic of the core is the key to the difference of paths.",
            "核心企业行为逻辑的差异是演化路径差异的关键。",
        ),
        change=Text(
            "Logic of the core, firms and places are exchanged one by one.",
            "逐一交换核心企业逻辑、企业与区位。",
        ),
        needs=tuple(design_name(*cell) for cell in CELLS),
        vanishes=Number(
            label=label.fill(name=NAMES[name]),
            of=lambda r: lead_of_logic(r, name),
            judge=above(0.0),
        ),
    )


def _removal(
    row: str,
    scenario: str,
    words: str,
    *,
    claim: Text,
    change: Text,
    name: str,
    stays: Number | None = None,
    also: tuple[str, ...] = (),
) -> Row:
    """Return a row in which a mechanism is off and an outcome has to fall below half."""
    pair = (scenario, f"{scenario}, {words}")
    needs = (*pair, *also)
    number = left(scenario, words, name)
    return Row(
        id=row, claim=claim, change=change, needs=needs, vanishes=number, stays=stays, pair=pair
    )


def _seen(
    row: str, scenario: str, *, claim: Text, name: str, judge: Callable[[Interval], Verdict]
) -> Row:
    """Return a row that looks at a scenario as it is."""
    number = Number(label=NAMES[name], of=lambda r: average(r, scenario, name), judge=judge)
    none = Text("None.", "无。")
    return Row(id=row, claim=claim, change=none, needs=(scenario,), vanishes=number)


ROWS: tuple[Row, ...] = (
    _logic_row("leading_sigma"),
    _logic_row("virtual_first"),
    _logic_row("leading_digital_sales"),
    Row(
        id="K3g",
        claim=Text(
            "The value of alliances does not divide into pairs.", "联盟价值不可分解为双边关系。"
        ),
        change=Text("Value is summed pair by pair.", "联盟价值改为逐对加总。"),
        needs=("incumbent", "native", "incumbent, pair sum", "native, pair sum"),
        vanishes=Number(
            label=Text(
                "share left of what natives grow more than incumbents",
                "原生情景相对在位情景增长优势的剩余比例",
            ),
            of=lambda r: ratio(advantage(r, ", pair sum"), advantage(r)),
            judge=below(HALF),
        ),
        stays=kept("incumbent", "pair sum", "growth"),
        pair=("native", "native, pair sum"),
    ),
    _seen(
        "K2c",
        "native",
        claim=Text("With natives, virtual precedes physical.", "数字原生企业先虚拟后实体。"),
        name="virtual_first",
        judge=above(HALF),
    ),
    Row(
        id="K2g",
        claim=Text("Existing data flows place the sites.", "既有数据流动关系决定线下布局。"),
        change=Text("Data facilities are placed at random.", "数据设施随机选址。"),
        needs=("native", "native, random siting"),
        vanishes=Number(
            label=Text(
                "distance of linked facilities, with over without siting by data",
                "有数据联系的设施间距:按数据选址与随机选址之比",
            ),
            of=lambda r: ratio(
                average(r, "native", "facility_distance"),
                average(r, "native, random siting", "facility_distance"),
            ),
            judge=below(HALF),
        ),
        stays=kept("native", "random siting", "growth"),
        pair=("native", "native, random siting"),
    ),
    _seen(
        "K4c",
        "incumbent",
        claim=Text("With incumbents, data complement.", "在位企业主导时数据为互补要素。"),
        name="leading_sigma",
        judge=below(1.0),
    ),
    _seen(
        "K4d",
        "native",
        claim=Text("With natives, data substitute.", "数字原生企业主导时数据为替代要素。"),
        name="leading_sigma",
        judge=above(1.0),
    ),
    _removal(
        "N2f",
        "native",
        "no data effect",
        claim=Text("User data and attraction reinforce each other.", "用户数据形成自我强化循环。"),
        change=Text("Data no longer attract users or entrants.", "数据不再吸引用户与新企业。"),
        name="users",
        stays=kept("incumbent", "no data effect", "digital"),
        also=("incumbent", "incumbent, no data effect"),
    ),
    Row(
        id="P3",
        claim=Text("Policy should differ by type.", "应实施差异化政策。"),
        change=Text("The two policies are exchanged.", "交换两类政策。"),
        needs=tuple(
            f"{scenario}{policy}"
            for scenario in ("incumbent", "native")
            for policy in ("", ", templates", ", open scenarios")
        ),
        vanishes=Number(
            label=Text("growth that matched policy adds", "匹配政策增加的增长"),
            of=matched_edge,
            judge=above(0.0),
        ),
    ),
    Row(
        id="P3a",
        claim=Text("Templates help industrial clusters more.", "数字化模板更有助于产业数字化。"),
        change=Text("Templates are paid for.", "提供数字化模板。"),
        needs=("incumbent", "native", "incumbent, templates", "native, templates"),
        vanishes=Number(
            label=Text(
                "gain in digital capability, incumbents less natives",
                "数字能力增幅:在位情景减原生情景",
            ),
            of=lambda r: (
                share_left(r, "incumbent", "templates", "digital")
                - share_left(r, "native", "templates", "digital")
            ),
            judge=above(0.0),
        ),
    ),
    Row(
        id="P3c",
        claim=Text("Open scenarios help native clusters more.", "场景开放更有助于数字产业化。"),
        change=Text("Scenarios are opened.", "开放应用场景。"),
        needs=("incumbent", "native", "incumbent, open scenarios", "native, open scenarios"),
        vanishes=Number(
            label=Text(
                "gain in early sales, natives less incumbents", "早期销售增幅:原生情景减在位情景"
            ),
            of=lambda r: (
                share_left(r, "native", "open scenarios", "early_sales")
                - share_left(r, "incumbent", "open scenarios", "early_sales")
            ),
            judge=above(0.0),
        ),
    ),
    _removal(
        "N1a",
        "native",
        "efficiency only",
        claim=Text(
            "Convergence and digital value begin a native cluster.",
            "融合或数字价值生成式创新开启数字产业化。",
        ),
        change=Text("Only efficiency innovations are made.", "仅保留效率提升型创新。"),
        name="users",
        stays=kept("incumbent", "efficiency only", "digital"),
        also=("incumbent", "incumbent, efficiency only"),
    ),
    _removal(
        "N1f",
        "native",
        "pairs only",
        claim=Text("Alliances of three and more carry the path.", "三方及以上协作支撑演化。"),
        change=Text("Alliances have two members at most.", "联盟至多两方。"),
        name="growth",
        stays=kept("incumbent", "pairs only", "growth"),
        also=("incumbent", "incumbent, pairs only"),
    ),
    _removal(
        "N2a",
        "native",
        "no network effects",
        claim=Text("Network effects amplify growth.", "网络效应放大增长。"),
        change=Text("No network effect of any kind.", "关闭全部网络效应。"),
        name="early_users",
        stays=kept("incumbent", "no network effects", "digital"),
        also=("incumbent", "incumbent, no network effects"),
    ),
    _removal(
        "T10",
        "native",
        "no pooling",
        claim=Text("Pooled data make the platform.", "数据融通形成数字平台。"),
        change=Text("Members keep their data.", "成员不汇聚数据。"),
        name="users",
        stays=kept("incumbent", "no pooling", "digital"),
        also=("incumbent", "incumbent, no pooling"),
    ),
    _removal(
        "I2d",
        "incumbent",
        "no data from use",
        claim=Text("The chain's data come before its platform.", "产业链数据库先于平台镜像。"),
        change=Text("Use leaves no data.", "使用过程不产生数据。"),
        name="on_platforms",
        stays=kept("incumbent", "no data from use", "firms"),
    ),
    _removal(
        "P2",
        "incumbent",
        "no imitation",
        claim=Text("Demonstration spreads digital capability.", "示范效应传播数字能力。"),
        change=Text("Nobody follows an example.", "企业不模仿。"),
        name="digital",
        stays=kept("native", "no imitation", "growth"),
        also=("native", "native, no imitation"),
    ),
    _removal(
        "K2e",
        "incumbent",
        "no shared capacity",
        claim=Text("The mirror shares capacity.", "镜像实现产能共享。"),
        change=Text("Links to suppliers share no capacity.", "与供应商的数据联系不共享产能。"),
        name="twins",
        stays=kept("native", "no shared capacity", "users"),
        also=("native", "native, no shared capacity"),
    ),
    _removal(
        "K2a",
        "native",
        "no platforms",
        claim=Text("Platforms carry the cluster.", "平台是集群活动的载体。"),
        change=Text("Nobody opens or joins a platform.", "无平台。"),
        name="growth",
        stays=kept("traditional", "no platforms", "growth"),
        also=("traditional", "traditional, no platforms"),
    ),
    _removal(
        "I3c",
        "incumbent",
        "no platforms",
        claim=Text("The platform carries ties across regions.", "平台支撑跨区域协作。"),
        change=Text("Nobody opens or joins a platform.", "无平台。"),
        name="ties_cross_region",
    ),
    _removal(
        "I3b",
        "incumbent",
        "no functions",
        claim=Text("Functions of the platform reach beyond the chain.", "平台功能拓展带动跨行业。"),
        change=Text("Platforms add no industries.", "平台不增加行业功能。"),
        name="ties_beyond_chain",
        stays=kept("incumbent", "no functions", "growth"),
    ),
    _removal(
        "N1e",
        "native",
        "no modularity",
        claim=Text("Modularity lets many work together.", "模块化支撑多方协作。"),
        change=Text("Modular platforms ease no interface.", "模块化不改善接口兼容。"),
        name="indivisible",
        stays=kept("traditional", "no modularity", "growth"),
        also=("traditional", "traditional, no modularity"),
    ),
    _removal(
        "M3",
        "native",
        "no wakes",
        claim=Text("Innovation builds on its wakes.", "创新尾迹支撑数字价值生成。"),
        change=Text("Nothing builds on earlier innovations.", "创新不以既有创新为基础。"),
        name="users",
        stays=kept("traditional", "no wakes", "growth"),
        also=("traditional", "traditional, no wakes"),
    ),
    _removal(
        "T9",
        "native",
        "no scenarios",
        claim=Text("Scenarios carry early growth.", "应用场景支撑早期增长。"),
        change=Text("No demand from scenarios.", "无场景需求。"),
        name="early_users",
        stays=kept("traditional", "no scenarios", "growth"),
        also=("traditional", "traditional, no scenarios"),
    ),
    _removal(
        "E9",
        "incumbent",
        "no innovation",
        claim=Text("Without innovation a cluster loses its edge.", "缺乏创新则优势难以持续。"),
        change=Text("No firm does research.", "企业不开展创新。"),
        name="growth",
    ),
    Row(
        id="D1",
        claim=Text("Likeness and wages bring decline.", "同质竞争与劳动力成本导致衰退。"),
        change=Text("Firms that are alike keep their markup.", "同质企业保持加价。"),
        needs=("traditional", "traditional, no likeness"),
        vanishes=Number(
            label=Text("margin gained without likeness", "消除同质竞争后利润率的增加"),
            of=lambda r: (
                average(r, "traditional, no likeness", "margin")
                - average(r, "traditional", "margin")
            ),
            judge=above(0.0),
        ),
        pair=("traditional", "traditional, no likeness"),
    ),
    Row(
        id="D2",
        claim=Text("Traditional clusters stagnate or shrink.", "传统集群停滞或衰弱。"),
        change=Text("None.", "无。"),
        needs=("traditional",),
        vanishes=Number(
            label=Text("sales of the last year over the best", "末年销售额与峰值之比"),
            of=lambda r: average(r, "traditional", "after_peak"),
            judge=below(1.0),
        ),
    ),
    _removal(
        "K4",
        "native",
        "one technique",
        claim=Text("Techniques move with data.", "技术选择随数据而变。"),
        change=Text("δ and ρ stay as they are.", "δ 与 ρ 不变。"),
        name="leading_sigma",
        stays=kept("native", "one technique", "users"),
    ),
    _removal(
        "P2c",
        "native",
        "no change of logic",
        claim=Text("Spreading practice changes logic.", "推广实践改变发展思维。"),
        change=Text("Nobody changes its logic.", "企业不改变主导逻辑。"),
        name="growth",
    ),
    _removal(
        "N3a",
        "native",
        "one home",
        claim=Text("Relations go beyond one platform.", "企业关系超越单一平台。"),
        change=Text("A firm takes part in one platform.", "企业仅加入一个平台。"),
        name="growth",
    ),
)
