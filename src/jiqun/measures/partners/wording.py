"""What is said about missing partners, in both languages.

Paper: K3h (roles of the data process), K3i (every member essential)
"""

from jiqun.vocabulary.text import Text

NAME = "partners"
REFERENCES = ("doi:10.1002/asi.20591", "doi:10.1103/PhysRevE.64.016132")
NEEDS = ("memberships.firm_id", "alliances.start")
SEATS = Text("alliances of the held-out year", "留出年份的联盟")

METHOD = Text(
    "Each member of the alliances begun in {y} is hidden in turn ({s} seats) and all other firms are ranked "
    "by what was known before {y}: past relations with the rest and through others, related industry, "
    "region, activity, vacant roles, data that the rest lacks; weights by conditional logit on {a} to {b}.",
    "依次隐去 {y} 年起始联盟的每名成员(共 {s} 席),仅用 {y} 年之前的信息对其余企业排序:"
    "与其他成员的既往关系及间接关系、行业关联、区域、活跃度、空缺角色、其他成员所缺数据;"
    "权重由 {a} 至 {b} 年的条件 logit 估计。",
)
INTERVAL = Text(
    "Middle 95% when the alliances of the held-out year are drawn anew.",
    "对留出年份的联盟重抽时的中间 95% 范围。",
)
HITS = {
    "model": Text(
        "How often the ten firms ranked first hold the missing one",
        "排名前十的企业包含缺失成员的频率",
    ),
    "activity": Text(
        "The same, ranked by number of past relations alone", "同上,仅按既往关系数排序"
    ),
    "same industry": Text("The same, ranked by same industry alone", "同上,仅按同行业排序"),
}
GAIN = Text("Ranking's gain over the better of the two simple ones", "排序相对于较优简单排序的增益")
BETTER = Text("better than both simple rankings", "优于两种简单排序")
NO_BETTER = Text(
    "no better than a simple ranking could be: do not rely on it",
    "未见优于简单排序:不宜依赖",
)
UNSEEN = Text(
    "{u:.0%} of the hidden firms had no relation before: no ranking by the past can name them.",
    "{u:.0%} 的缺失成员此前没有任何关系:任何基于既往的排序都无法指出它们。",
)
TOO_FEW = Text(
    "it takes {least} dated alliances of two and more firms in one year, and as many in the three years before "
    "it; the best year has {n}",
    "需有某一年起始的两家及以上企业的联盟 {least} 个,且此前三年内同样不少于此数;目前最多的年份为 {n} 个",
)

NO_SUCH_ALLIANCE = Text(
    "the record has no alliance “{id}” with members among its firms",
    "记录中没有成员在册的联盟“{id}”",
)
NO_SUCH_FIRMS = Text("none of the {n} firms given is in the record", "所给 {n} 家企业均不在记录中")
SOME_UNKNOWN = Text(
    "{k} of the {n} firms given are not in the record and were left out: {list}",
    "所给 {n} 家企业中有 {k} 家不在记录中,已略去:{list}",
)
ONE_OR_OTHER = Text(
    "name an alliance or a set of firms, one of the two", "请指定联盟或企业集合,二者择一"
)
NO_ROLES = Text(
    "No role of any member is recorded: which roles are vacant is not known.",
    "成员角色均未记录:无从得知哪些角色空缺。",
)
NO_DATA = Text(
    "No data of any firm is recorded: nothing is said about data that are missing.",
    "未记录任何企业的数据资产:无法判断缺少哪些数据。",
)
WITHDRAWALS = Text(
    "What the others would lose is counted on the record, not observed. To observe how often an "
    "alliance ends after a member leaves, within ten points, takes about {least} dated withdrawals with a "
    "cause; the record has {n}, {more} more are needed.",
    "失去某成员的后果系按记录推算,并非观测所得。若要以 ±10 个百分点的精度观测成员退出后联盟终止的频率,"
    "约需 {least} 次注明日期与原因的退出;记录现有 {n} 次,尚缺 {more} 次。",
)
NO_SKILL = Text(
    "How often such rankings are right was not measured: {why}.",
    "此类排序的准确程度未能测度:{why}。",
)

DIRECT = Text("worked with {who} ({n:.3g} relations)", "与 {who} 有过协作({n:.3g} 次)")
THROUGH = Text("knows them through {who}", "经由 {who} 相联系")
SLOT = Text("has filled the vacant role: {what}", "曾担任空缺角色:{what}")
DATA = Text("holds data that they lack: {what}", "拥有其所缺数据:{what}")
RELATED = Text(
    "its industry works with theirs {x:.1f} times as often as chance has it",
    "其行业与成员行业的协作频率为偶然的 {x:.1f} 倍",
)
REGION = Text("same region as {n} of them", "与其中 {n} 家同区域")
ACTIVE = Text("active: {n} relations", "活跃:{n} 项关系")
