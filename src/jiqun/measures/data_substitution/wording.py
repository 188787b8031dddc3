"""How the estimates of data against traditional factors are worded.

Paper: K4a, K4c, K4d, K4g (how data creates value), Q9, Q10
"""

from jiqun.numerics.ces.rows import Obstacle
from jiqun.numerics.ces.substitution import Ground, Verdict
from jiqun.vocabulary.text import Text

NAME = "data_substitution"
REFERENCES = ("doi:10.1111/j.1467-6419.2012.00730.x", "doi:10.1016/j.red.2021.05.003")
NEEDS = tuple(f"accounts.{c}" for c in ("value_added", "capital", "employees", "data_capital"))
DIGITAL_NEEDS = ("accounts.digital_revenue", "accounts.revenue")
HALF = 0.5
FIRM_YEARS = Text("firm-periods", "企业-期间")

VERDICTS = {
    Verdict.COMPLEMENT: Text("complement", "互补"),
    Verdict.SUBSTITUTE: Text("substitute to a degree", "一定程度上替代"),
    Verdict.SURPLUS: Text("itself the source of surplus", "自身成为剩余价值来源"),
    Verdict.NEAR_COBB_DOUGLAS: Text("near Cobb-Douglas (σ about 1)", "接近柯布-道格拉斯(σ 约为 1)"),
    Verdict.CANNOT_TELL: Text("cannot tell", "无法判定"),
}
GROUNDS = {
    Ground.PROBABLE: Text(
        "the data decide, and under each other assumption that was tried they decide alike",
        "数据足以判定,且在所试各种其他假定下结论一致",
    ),
    Ground.UNDECIDED: Text(
        "these inputs could tell, but both sides of 1 remain possible",
        "投入数据具备判别力,但 1 的两侧均有可能",
    ),
    Ground.LITTLE_POWER: Text(
        "data and traditional factors vary too little against each other to show the side",
        "数据与传统要素之间的相对差异过小,不足以显示其方向",
    ),
    Ground.FRAGILE: Text(
        "under another assumption that was tried both sides of 1 remain possible",
        "在所试的另一种假定下,1 的两侧均有可能",
    ),
    Ground.CONTRADICTED: Text(
        "relative prices and output have no elasticity in common",
        "相对价格与产出所示的弹性区间互不相交",
    ),
    Ground.FEW_FIRMS: Text(
        "fewer than eight firms do not show how far errors are lasting",
        "企业不足八家,无法识别误差的持续程度",
    ),
}
OBSTACLES = {
    Obstacle.FEW_ROWS: Text(
        "too few firm-periods have output, capital, employees and data, all positive",
        "产出、资本、从业人数与数据均为正的企业-期间过少",
    ),
    Obstacle.CONSTANT_OUTPUT: Text(
        "output is the same in every firm-period", "各企业-期间的产出完全相同"
    ),
    Obstacle.CONSTANT_INPUT: Text(
        "capital, employees or data are the same in every firm-period",
        "资本、从业人数或数据在各企业-期间完全相同",
    ),
    Obstacle.TIED_INPUTS: Text(
        "data and traditional factors move in fixed proportion, so that none can stand in for the other",
        "数据与传统要素按固定比例变动,无从观察二者能否相互替代",
    ),
}
ONE_FIRM = Text(
    "only one firm has accounts with data; a cluster's elasticity takes several",
    "仅一家企业具备含数据的账目;估计集群的替代弹性需多家企业",
)
PROFILE = Text(
    "Profile likelihood with firm effects, flattened to what a jackknife over firms supports. An end "
    "at 0 or infinity is open: the likelihood never falls enough on that side.",
    "含企业效应的剖面似然,并按企业刀切法所支持的信息量展平。端点为 0 或无穷表示该侧开放:似然未充分下降。",
)
TOGETHER = Text(
    "Product of the likelihoods of output (firm effects, flattened by a jackknife over firms) and of the "
    "first-order condition on relative prices; output alone gives {low:.2f} to {high:.2f}.",
    "产出似然(含企业效应,并按企业刀切法展平)与相对价格一阶条件似然之积;仅凭产出为 {low:.2f} 至 {high:.2f}。",
)
PRICES = Text(
    "Slope of ln(data/traditional factors) on the relative price: Student's t, jackknife over {c}. Prices are "
    "taken as given and known without error; both failings draw the slope towards 0.",
    "数据与传统要素之比对相对价格的斜率:t 分布,按{c}刀切。价格视为给定且无误差;违背任一假定均使斜率偏向 0。",
)
BY_FIRM = Text("firms, periods having constants of their own", "企业(含期间固定效应)")
BY_PERIOD = Text("periods, with a trend", "期间(含时间趋势)")
BORROWED = Text(
    "Borrowed: pooled with {n} other clusters, which lie around σ = {m:.2f} with a spread of {t:.2f} in ln σ. By "
    "its own data alone P(σ < 1) is {p:.2f}. Clusters must not have been chosen by a predicted type.",
    "借用信息:与另外 {n} 个集群部分汇集,其 σ 约为 {m:.2f},ln σ 离散程度 {t:.2f}。仅凭自身数据,P(σ < 1) 为 {p:.2f}。"
    "集群不得按预测类型选取。",
)
POOLED = Text(
    "Middle 90% of the posterior: own likelihood, ln σ of clusters normal around a common mean, both unknown.",
    "后验分布中间 90%:自身似然,各集群 ln σ 围绕未知的共同均值呈正态分布。",
)
BOOTSTRAP = Text(
    "Bootstrap over firms, 999 draws, each with the whole profile.",
    "按企业自助抽样 999 次,每次重算完整剖面。",
)
PROBABILITY = Text(
    "A probability, so without an interval of its own: posterior with ln σ ~ N(0, 1), which favours "
    "neither side. A side is called from 0.95.",
    "此为概率,不另给区间:先验 ln σ ~ N(0, 1),不偏向任何一侧;达到 0.95 方判定方向。",
)
BAND = Text(
    "Lowest and highest end of the intervals of {n} other assumptions: data measured with a reliability "
    "of 0.8, the productivity of data rising or falling with its use or with time, complements "
    "among the traditional factors, firm effects that move with inputs.",
    "另外 {n} 种假定下各区间的最低与最高端点:数据计量信度为 0.8;数据自身效率随使用量或时间升降;"
    "传统要素之间互补;企业效应与投入相关。",
)
JACKKNIFE = Text(
    "Wilson's interval at the number of firms that the jackknife over firms amounts to.",
    "按企业刀切法折算有效企业数的 Wilson 区间。",
)
METHOD = Text(
    "Normalised CES of data and a Cobb-Douglas composite of the traditional factors, random firm "
    "effects ({f} firms; lasting errors {phi:.2g} times the variance of passing ones), {t}; returns to scale {nu:.2f}. "
    "Power on these inputs: {a:.0%} at σ = 0.5, {b:.0%} at σ = 2.",
    "数据与传统要素柯布-道格拉斯组合的标准化 CES,含企业随机效应({f} 家企业;持续误差方差为暂时误差的 {phi:.2g} 倍),{t};"
    "规模报酬 {nu:.2f}。基于现有投入的检验功效:σ = 0.5 时 {a:.0%},σ = 2 时 {b:.0%}。",
)
YEARS, TREND = Text("a constant for each period", "含期间固定效应"), Text("a trend", "含时间趋势")
MORE = Text(
    "About {x:.0f} times as many firms like these would be needed to see the side four times in five.",
    "约需 {x:.0f} 倍的同类企业,方能以五分之四的概率判明方向。",
)
NO_NUMBER_HELPS = Text(
    "More firms of this kind would hardly help: they need to differ more in data per unit of traditional factors.",
    "增加同类企业难有帮助:需要企业在单位传统要素的数据投入上差异更大。",
)
SIZE = Text(
    "Which side of 1 is more robust than how far from it: errors in data draw σ towards 1. An index "
    "(such as counts of words) in place of a stock leaves σ unknown.",
    "位于 1 的哪一侧较可靠,距 1 的远近则较不可靠:数据计量误差会使 σ 趋向 1;若以指数(如词频)代替存量,σ 无从识别。",
)
DRAWN = Text("{f} of {n} firms, drawn at random.", "从 {n} 家企业中随机抽取 {f} 家。")
NO_FIRM = Text(
    "Firms are not named: each row counts as a firm of its own. If firms recur, this calls sides by mistake.",
    "未给出企业标识:每行视为独立企业;若同一企业重复出现,会误判方向。",
)
