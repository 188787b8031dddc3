"""What is said about decomposability, in both languages.

Paper: K3f, K3g (decomposable or not)
"""

from jiqun.vocabulary.text import Text

NAME = "decomposability"
REFERENCES = (
    "doi:10.1177/0149206316678451",
    "doi:10.1111/j.2517-6161.1954.tb00159.x",
    "doi:10.1002/jae.2969",
)
STATES = ("interfaces.state", "interfaces.date", "interfaces.firm_a", "interfaces.firm_b")
OUTCOMES = (*STATES, "alliances.outcome", "alliances.end")
ALLIANCES = Text("alliances (of the same pairs counted once)", "联盟(成员对相同者计一次)")

TIE = Text("Decomposability D of pairs inside alliances", "联盟内成员对的可分解性 D")
ALL = Text("Decomposability D of whole alliances", "联盟整体的可分解性 D")
LABELS = {"D_tie": TIE, "D_all": ALL}
KINDS = {
    "D_tie": Text("D of later states", "成员对后期状态的 D"),
    "D_all": Text("D of whole alliances", "联盟整体的 D"),
}

VERDICTS = {
    "decomposable": Text(
        "decomposable into bilateral ties (1 = sum of pairs, 0 = weakest link)",
        "可分解为双边关系(1 为成员对之和,0 为最弱环节)",
    ),
    "irreducible": Text(
        "not decomposable: the weakest pair decides (1 = sum of pairs, 0 = weakest link)",
        "不可分解:由最弱的成员对决定(1 为成员对之和,0 为最弱环节)",
    ),
    "undecided": Text(
        "undecided (1 = sum of pairs, 0 = weakest link)",
        "尚不能判定(1 为成员对之和,0 为最弱环节)",
    ),
}
WITH_VERDICT = Text("{label}: {verdict}", "{label}:{verdict}")

INTERVAL = Text(
    "90% range: every balance of the two parts that the record does not reject (Fieller), alliances "
    "drawn anew {b} times. Measured coverage: see the page of this measure.",
    "90% 范围:数据所不能拒绝的两部分之比的全部取值(Fieller 法),对联盟重抽 {b} 次;"
    "实测覆盖率见本测度说明页。",
)
TIE_METHOD = Text(
    "Linear model of a pair's later state on its own earlier state (a) and on that of the weakest pair of "
    "its alliance (b), with an effect for each firm and each size; D = a / (a + |b|), both for one "
    "standard deviation.",
    "以成员对后期状态对自身前期状态(a)及所在联盟最弱成员对前期状态(b)作线性回归,"
    "含各企业效应与各规模效应;D = a / (a + |b|),均按一个标准差计。",
)
ALL_METHOD = Text(
    "Linear model of an alliance's success on the mean state of its pairs (a) and on that of the weakest "
    "(b), by size, with how its members' pairs fare in other alliances held constant; D = a / (a + |b|), "
    "both for one standard deviation.",
    "以联盟成败对其成员对平均状态(a)及最弱成员对状态(b)作线性回归,含规模效应,"
    "并控制成员在其他联盟中的状态;D = a / (a + |b|),均按一个标准差计。",
)
SCALE = Text(
    "On the scale of success itself. A product of pair values is a sum on the log scale: what is "
    "irreducible here may be decomposable there.",
    "以成败本身为尺度。成员对价值之积在对数尺度上即为和:此处不可分解者在对数尺度上可能可分解。",
)
NOISE = Text(
    "States recorded with errors draw D towards 1: read “decomposable” only with states that you trust.",
    "状态记录有误会使 D 偏向 1:仅当状态可信时方可采信“可分解”。",
)
NOT_SHOWN = Text(
    "D weighs the pair's own state against the weakest pair only; a dependence on the others that does "
    "not go by the weakest (a threshold, congestion) is shown by the effects of other pairs below.",
    "D 仅比较成员对自身与最弱成员对;不经由最弱环节的相互依赖(如阈值、拥挤)见下列其他成员对的影响。",
)
SUCCESSES = Text(
    "None of the {n} alliances with a known outcome failed. A record of successes makes everything look "
    "bilateral, so “decomposable” is not said.",
    "已知结果的 {n} 个联盟无一失败。只含成功案例的记录会使一切看似双边,故不作“可分解”判定。",
)
UNUSED = Text(
    "Not used: {u} states without a date, {c} with two states on one day.",
    "未使用:{u} 条无日期的状态,{c} 条同日矛盾的状态。",
)
FEW_FAILURES = Text(
    "Only {n} of {m} earlier states are failures; these are what tells the two apart.",
    "前期状态中仅有 {n}/{m} 为失配;区分两者正依赖于失配。",
)

NO_STATES = Text(
    "no state of any pair inside an alliance is recorded. It takes about {least} alliances of three and "
    "more firms in which each pair's state (coordinated or failed) is recorded on two days, failures "
    "among them",
    "未记录任何联盟内成员对的状态。约需 {least} 个三家及以上企业的联盟,"
    "各成员对在两个日期的状态(协同或失配)均有记录,且须含失配",
)
NO_STATES_OR_OUTCOMES = Text(
    "no state of any pair inside an alliance is recorded. It takes about {least} alliances of three and "
    "more firms that succeeded or failed, each with the states of its pairs (coordinated or failed) before",
    "未记录任何联盟内成员对的状态。约需 {least} 个已有成败结果的三家及以上企业的联盟,"
    "且各成员对此前的状态(协同或失配)均有记录",
)
NO_OUTCOMES = Text(
    "no alliance with recorded states of its pairs has succeeded or failed. It takes about {least} with "
    "an outcome, failures among them",
    "具有成员对状态记录的联盟均无成败结果。约需 {least} 个有结果的联盟,且须含失败",
)
FEW = Text(
    "{n} alliances of three and more can be used; it takes at least {least}",
    "可用的三方及以上联盟为 {n} 个,至少需要 {least} 个",
)
ALL_PAIRS = Text(
    "all alliances have two members: each is a bilateral tie by construction",
    "所有联盟均只有两名成员:按构造即为双边关系",
)
CONSTANT = Text(
    "every outcome is the same, so nothing tells what it depends on. A record that holds only successes "
    "(or only failures) can't answer this; name how alliances came into the record, and add the others",
    "所有结果相同,无从得知其取决于什么。只含成功(或失败)案例的记录无法回答此问题;"
    "请说明联盟的入选方式并补充其余联盟",
)
SAME_STATE = Text(
    "the earlier states do not vary: no pair (or every pair) had failed",
    "前期状态没有差异:没有(或所有)成员对失配",
)
ABSORBED = Text(
    "firms and sizes explain all differences of the states; it takes firms that are in several alliances",
    "企业与规模已解释状态的全部差异;需要同时参与多个联盟的企业",
)
NO_SIGNAL = Text(
    "no signal: neither a pair's own state nor the weakest pair's goes with the outcome ({p}), "
    "so there is nothing to divide. {needed}",
    "无信号:成员对自身状态与最弱成员对状态均与结果无关({p}),无可拆分。{needed}",
)
REVERSED = Text(
    "pairs that were coordinated did worse than pairs that had failed; D has no meaning there. Check "
    "which state is which",
    "协同的成员对反而不如失配的成员对,D 在此无意义。请核对状态编码",
)

POWER = Text(
    "Chance that a record like this shows “{verdict}” ({kind}), if it is so",
    "若事实如此,此类记录能判定“{verdict}”的概率({kind})",
)
POWER_METHOD = Text(
    "{r} records drawn from this one, its alliances with replacement, in a world where one standard "
    "deviation of {what} moves the chance of success by {s:.2f} ({source}).",
    "从本记录有放回重抽联盟 {r} 次,设{what}变动一个标准差使成功概率变动 {s:.2f}({source})。",
)
WHAT = {
    "decomposable": Text("the pair's own state", "成员对自身状态"),
    "irreducible": Text("the weakest pair's state", "最弱成员对状态"),
}
SHORT = {
    "decomposable": Text("decomposable", "可分解"),
    "irreducible": Text("not decomposable", "不可分解"),
}
OWN_STRENGTH = Text("as strong as in this record", "与本记录强度相同")
PLANNED_STRENGTH = Text("assumed, the record shows none", "假定值,因记录未显示信号")
NO_POWER_INTERVAL = Text("No interval: itself a probability.", "不给区间:本身即概率。")
ENOUGH = Text("The record is large enough.", "记录规模已足够。")
NEEDED = Text(
    "For 80%: about {a} more alliances like these, in which {s} more pairs have a state before and what "
    "came of it; about {f} of those pairs had failed before. With more failures it takes fewer.",
    "达到 80% 约需再增加 {a} 个同类联盟、{s} 个既有前期状态又有结果的成员对,其中约 {f} 个前期曾失配;"
    "失配占比越高,所需越少。",
)
TOO_MANY = Text(
    "Even 64 times as many alliances would not reach 80%: record more failures instead.",
    "即使联盟数增至 64 倍也达不到 80%:应着重补充失配案例。",
)

NEIGHBOURS = {
    "adjacent": Text(
        "What the weakest pair that shares a firm does to a pair (A-C to A-B)",
        "共有一家企业的最弱成员对的影响(A-C 对 A-B)",
    ),
    "disjoint": Text(
        "What the weakest pair that shares no firm does to a pair (C-D to A-B)",
        "不共有企业的最弱成员对的影响(C-D 对 A-B)",
    ),
}
NEIGHBOUR_METHOD = Text(
    "Change of a pair's later state when that other pair was coordinated and not failed; own earlier "
    "state, both firms, size and the other kind of neighbour held constant.",
    "该成员对由失配变为协同时,本成员对后期状态的变化;控制自身前期状态、双方企业、联盟规模及另一类邻接。",
)
NEIGHBOUR_INTERVAL = Text(
    "90% range, by Student's t with alliances left out one at a time. If value goes pair by pair, 0 "
    "is in it nine times in ten, on any scale of value.",
    "90% 范围,逐一剔除联盟(刀切法)并用 t 分位数。若价值逐对形成,则无论何种价值尺度,"
    "十次中有九次包含 0。",
)
NEIGHBOUR_MISSING = Text(
    "no pair has both kinds of neighbours with differing states (it takes alliances of four and more)",
    "没有同时具备两类邻接且状态有差异的成员对(需要四家及以上的联盟)",
)

D_STR = Text("Decomposability of structure (corroboration only)", "结构上的可分解性(仅作佐证)")
DATED = Text("alliances with a member hidden", "隐去一名成员的联盟")
STR_VERDICTS = {
    "groups": Text(
        "the same groups meet again beyond what their pairs imply",
        "相同群体的重聚超出成员对所能解释的程度",
    ),
    "pairs": Text(
        "no more than pairs imply, as far as can be told", "就目前所见,未超出成员对所能解释的程度"
    ),
}
STR_METHOD = Text(
    "One member of each alliance of three and more is hidden among six others; D is the share told by past "
    "pairs of the {b:.2f} bits that past pairs and groups tell beyond activity (pairs: {p:.2f}), on blocks of "
    "time not learned from. {k} records that remember pairs only, with the same pair weights, sizes and days, "
    "have D of {m:.2f} and more ({v}).",
    "将三家及以上联盟的一名成员隐于另外六家企业之中;既往成员对与群体共提供超出活跃度的 {b:.2f} 比特信息"
    "(其中成员对 {p:.2f}),D 为成员对所占份额,均以未参与学习的时间段计。{k} 份仅保留成员对权重、规模与日期的"
    "虚拟记录中,D 均不低于 {m:.2f}({v})。",
)
STR_INTERVAL = Text("90% range when the alliances are drawn anew.", "对联盟重抽时的 90% 范围。")
STR_WARNING = Text(
    "Who is in a group with whom says nothing about outcomes: this neither shows nor refutes that alliances "
    "reduce to pairs.",
    "谁与谁同在一个群体并不说明结果如何:此项既不能证明、也不能否定联盟可还原为双边关系。",
)
STR_REFERENCES = ("doi:10.1103/PhysRevLett.91.238701", "doi:10.1038/s42005-021-00637-w")
FEW_DATED = Text(
    "{n} dated alliances of three and more firms have a past; it takes at least {least}",
    "三家及以上、注明日期且此前已有联盟的联盟为 {n} 个,至少需要 {least} 个",
)
NO_BITS = Text(
    "no signal: past pairs and groups tell {b:.2f} bits of who joins, less than 0.1, so there is nothing to "
    "divide",
    "无信号:既往成员对与群体对谁会加入仅提供 {b:.2f} 比特信息,不足 0.1,无可拆分",
)
