"""Texts of what is set side by side: policies, partners, two records."""

from jiqun.report.sections.since import HOLDS, PARTS, REVISED
from jiqun.vocabulary.text import Text

COMPARING: dict[str, Text] = {
    "compare.hint": Text(
        "The paper’s policies, and a mix of your own if you set one, at one budget in many drawn worlds with "
        "the same luck. The scenarios are not calibrated to your record: read the order of policies and "
        "its doubt, not the sizes.",
        "在多个抽取的情形中,以相同预算与相同随机数比较论文所列政策及您自设的组合。情景未按您的记录校准:"
        "宜看政策的先后及其不确定性,不宜看数额。",
    ),
    "compare.from_desk": Text(
        "Compare this mix with the paper’s policies", "将此组合与论文所列政策比较"
    ),
    "compare.budget": Text("Budget per quarter", "每季度预算"),
    "compare.criterion": Text("Ranked by", "排序依据"),
    "compare.draws": Text("Drawn worlds", "情形数"),
    "compare.seeds": Text("Seeds in each", "每种情形的随机种子数"),
    "compare.diagnosed": Text(
        "A policy by diagnosed type too (takes many times as long)",
        "同时比较按诊断类型施策(耗时数倍)",
    ),
    "compare.structures": Text(
        "Also where a mechanism works otherwise", "同时检验某一机制并非如此的情形"
    ),
    "compare.mix": Text(
        "Your mix: parts of the budget by lever (optional)", "您的组合:各政策工具所占份额(可选)"
    ),
    "compare.order": Text("Compare policies", "比较政策"),
    "compare.earlier": Text("Comparisons", "已有的比较"),
    "compare.line": Text(
        "{scenario}, budget {budget}, {draws} worlds × {seeds} seeds, {runs} runs",
        "{scenario},预算 {budget},{draws} 种情形 × {seeds} 个种子,共 {runs} 次运行",
    ),
    "compare.sales": Text("sales of the cluster", "集群销售额"),
    "compare.small_sales": Text("sales of small firms", "小企业销售额"),
    "compare.profit": Text("profit of the cluster", "集群利润"),
    "compare.firms": Text("number of firms", "企业数"),
    "compare.digital": Text("mean digital capability", "平均数字能力"),
    "compare.first": Text(
        "First answer, from the first {draws} worlds: the order may still change.",
        "初步结果,仅来自前 {draws} 种情形:先后次序仍可能改变。",
    ),
    "compare.robust": Text(
        "Least regret in the worst world: {policy}. That is a reading of this model, not advice.",
        "最差情形下后悔值最小者:{policy}。此为模型读数,并非政策建议。",
    ),
    "compare.undetermined": Text(
        "Which policy does more for {outcome} is undetermined for {count} of {all} pairs.",
        "就{outcome}而言,{all} 对政策中有 {count} 对孰优孰劣未定。",
    ),
    "compare.ranking": Text(
        "Policies ranked by largest regret; effect on {outcome} in per cent of no policy",
        "按最大后悔值排列的政策;对{outcome}的影响(相对无政策的百分比)",
    ),
    "compare.policy": Text("Policy", "政策"),
    "compare.effect": Text("Mean effect (95% interval)", "平均影响(95% 区间)"),
    "compare.drawn": Text("Drawn", "图示"),
    "compare.worlds": Text("Nine of ten worlds", "九成情形的范围"),
    "compare.worst": Text("Worst tenth", "最差一成"),
    "compare.best": Text("Best in", "最优比例"),
    "compare.regret": Text("Largest regret", "最大后悔值"),
    "compare.verdict": Text("Verdict", "结论"),
    "compare.control": Text("control", "对照"),
    "compare.legend": Text(
        "thick: 95% interval of the mean; thin: nine of ten worlds; dashed: no policy",
        "粗线:均值的 95% 区间;细线:九成情形;虚线:无政策",
    ),
    "compare.duels": Text("Which beats which", "两两比较"),
    "compare.one": Text("One", "政策甲"),
    "compare.other": Text("Other", "政策乙"),
    "compare.difference": Text("Difference, % (95% interval)", "差值,%(95% 区间)"),
    "compare.better": Text("Better", "较优者"),
    "compare.undecided": Text("undetermined", "未定"),
    "compare.tie": Text("equal in every run", "每次运行均相同"),
    "compare.groups": Text("Who gains and who loses", "谁受益、谁受损"),
    "compare.group": Text("Outcome", "对象"),
    "compare.otherwise": Text("If a mechanism worked otherwise", "若某一机制并非如此"),
    "compare.structure": Text("Mechanism", "机制假设"),
    "compare.paths": Text(
        "Paths of {outcome}: without policy, with it", "{outcome}的路径:无政策与有政策"
    ),
    "compare.year": Text("year {year}", "第 {year} 年"),
    "compare.path_words": Text(
        "{policy} in the last year: {value} ({low} to {high}); without policy {baseline}.",
        "{policy}末年:{value}({low} 至 {high});无政策 {baseline}。",
    ),
    "compare.data": Text("All numbers of this comparison (JSON)", "本次比较的全部数值(JSON)"),
    "partners.title": Text("Who is missing?", "缺少谁?"),
    "partners.hint": Text(
        "Choose an alliance, or a cluster that was found: roles that nobody fills, what the others would "
        "lose without each member, and firms outside that would fit, with reasons.",
        "选择一个联盟或已识别的集群:列出空缺角色、失去各成员的后果,以及适合加入的外部企业及理由。",
    ),
    "partners.search": Text(
        "Find an alliance by id or by a member’s name", "按编号或成员名称查找联盟"
    ),
    "partners.matching": Text(
        "{shown} of {all} alliances, the largest first",
        "显示 {all} 个联盟中的 {shown} 个,规模大者在前",
    ),
    "partners.alliance": Text(
        "{id} · {kind} · {members} members", "{id} · {kind} · 成员 {members} 家"
    ),
    "partners.cluster": Text("Cluster {name} · {firms} firms", "集群 {name} · 企业 {firms} 家"),
    "partners.none": Text(
        "The record names no members of alliances, and no cluster was found in it yet.",
        "记录中没有联盟成员,也尚未识别出集群。",
    ),
    "partners.order": Text("Find who is missing", "寻找缺失的伙伴"),
    "partners.again": Text("How far this can be relied on", "可靠程度"),
    "partners.skill": Text(
        "In {year}, {ranking} of missing members were among the first ten; by activity alone {activity}, "
        "by industry alone {industry}: {verdict}.",
        "{year} 年的缺失成员有 {ranking} 位于前十名;仅按活跃度为 {activity},仅按行业为 {industry}:{verdict}。",
    ),
    "partners.roles": Text("Roles", "角色"),
    "partners.filled": Text("Filled: {roles}", "已有:{roles}"),
    "partners.vacant": Text("Vacant: {roles}", "空缺:{roles}"),
    "partners.no_roles": Text("none", "无"),
    "partners.candidates": Text("Firms outside that would fit", "适合加入的外部企业"),
    "partners.no_candidates": Text("Nothing is known of any other firm.", "对其他企业一无所知。"),
    "partners.firm": Text("Firm", "企业"),
    "partners.members": Text(
        "Members, and what the others would lose", "成员,以及失去该成员的后果"
    ),
    "partners.essential": Text("essential", "不可缺少"),
    "partners.role": Text("Role", "角色"),
    "partners.lost": Text("Relations lost", "涉及的成员间关系"),
    "partners.alone": Text("Alone fills or holds", "独任或独有"),
    "partners.parts": Text("The others fall into", "其余成员分裂为"),
    "partners.parts_count": Text("{count} parts", "{count} 部分"),
    "partners.whole": Text("stay together", "仍相连"),
    "partners.substitutes": Text("Could stand in", "可替代的外部企业"),
    "changes.title": Text("What changed?", "有何变化?"),
    "changes.hint": Text(
        "Choose an earlier record of the same cluster; firms are matched by their identifiers.",
        "选择同一集群较早的记录;企业按编号匹配。",
    ),
    "changes.earlier": Text("Earlier record", "较早的记录"),
    "changes.choose": Text("choose", "请选择"),
    "changes.alone": Text(
        "No other record is open. Add the earlier one under Records.",
        "尚未打开其他记录。请在“记录”中添加较早的记录。",
    ),
    "changes.order": Text("Compare both records", "比较两份记录"),
    "changes.with": Text(
        "Compared with {name}, which ends on {until}.", "与 {name}(截至 {until})比较。"
    ),
    "changes.parts": PARTS,
    "changes.holds": HOLDS,
    "changes.revised": REVISED,
    "changes.verdicts": Text("The verdict, then and now", "判定的前后对照"),
    "changes.record": Text("Record", "记录"),
    "changes.type": Text("Type", "类型"),
    "changes.likeliest": Text("Likeliest", "最可能的类型"),
    "changes.stage": Text("Stage", "阶段"),
    "changes.numbers": Text("What each difference is made of", "各项差异的构成"),
    "changes.number": Text("Number", "数值"),
    "changes.then": Text("Then", "当时"),
    "changes.now": Text("Now", "现在"),
    "changes.measuring": Text("Measuring", "测量"),
    "changes.behaviour": Text("Behaviour", "行为"),
    "changes.membership": Text("Membership", "成员"),
    "changes.apart": Text("Beyond doubt", "超出不确定性"),
    "changes.is_apart": Text("yes: intervals lie apart", "是:区间不重叠"),
    "changes.none": Text("No number is in both records.", "没有两份记录都能得出的数值。"),
    "changes.gained": Text("Numbers that only this record gives", "仅本记录可得出的数值"),
    "changes.lost": Text("Numbers that only the earlier record gave", "仅较早记录可得出的数值"),
    "changes.firms": Text("Firms and rows", "企业与数据行"),
    "changes.members": Text(
        "{stayed} firms in both, {entered} new in this one, {left} no longer in it.",
        "两份记录共有企业 {stayed} 家,本记录新增 {entered} 家,不再出现 {left} 家。",
    ),
    "changes.table": Text("Table", "表"),
    "changes.made": Text("Made by: then {then}; now {now}.", "生成软件:当时 {then};现在 {now}。"),
    "changes.not_said": Text("not said", "未注明"),
}
