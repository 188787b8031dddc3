"""Ties 双边关系 and alliances 多边协同创新联盟: the two forms of relation that the paper sets apart.

Paper: K3a (chain transactions), K3f (bilateral ties), K3g and K3i (alliances of three and more),
K3j (interfaces of pairs inside an alliance).
"""

from jiqun.record.schema.column import SOURCE_ID, Column, Table, day, firm_column
from jiqun.vocabulary.codes import (
    ALLIANCE_KIND,
    CHANNEL,
    INTERFACE_STATE,
    MEMBER_ROLE,
    OUTCOME,
    TIE_KIND,
    WITHDRAWAL_CAUSE,
    YES_NO,
)
from jiqun.vocabulary.text import Text

CURRENCY = Column(
    name="currency",
    label=Text("currency", "币种"),
    meaning=Text("ISO 4217 code of the amounts in the row.", "该行金额的 ISO 4217 代码。"),
)

ALLIANCE_ID = Column(
    name="alliance_id",
    label=Text("alliance id", "联盟编号"),
    meaning=Text("Which alliance.", "所属联盟。"),
    required=True,
    references="alliances.alliance_id",
)

TIES = Table(
    name="ties",
    label=Text("Ties", "双边关系"),
    meaning=Text("Dated relations of two firms.", "两家企业之间的关系及其起止日期。"),
    key=("tie_id",),
    interval=("start", "end"),
    paper=("K3a", "K3f", "E4"),
    columns=(
        Column(
            name="tie_id",
            label=Text("tie id", "关系编号"),
            meaning=Text("Identifier of the tie.", "关系的编号。"),
            required=True,
        ),
        firm_column(
            "source",
            Text("from firm", "起始企业"),
            Text(
                "Supplier, licensor, owner, investor or sender.",
                "供应方、许可方、持股方、投资方或发送方。",
            ),
        ),
        firm_column(
            "target",
            Text("to firm", "目标企业"),
            Text(
                "Buyer, licensee, owned, funded or receiving firm.",
                "采购方、被许可方、被持股方、被投资方或接收方。",
            ),
        ),
        Column(
            name="kind",
            label=Text("kind of tie", "关系类别"),
            meaning=Text("What flows between the two.", "双方之间流动的内容。"),
            codes=TIE_KIND,
        ),
        Column(
            name="channel",
            label=Text("channel", "渠道"),
            meaning=Text("Whether it runs offline or online.", "线下或线上。"),
            codes=CHANNEL,
        ),
        day("start", Text("start", "开始日期"), Text("First day.", "首日。")),
        day("end", Text("end", "结束日期"), Text("First day after the tie.", "关系结束后的首日。")),
        Column(
            name="traceable",
            label=Text("traceable", "可溯源"),
            meaning=Text(
                "Of a supply tie: whether what is delivered can be traced to its origin.",
                "限供应关系:所供货物能否追溯至来源。",
            ),
            codes=YES_NO,
        ),
        Column(
            name="value",
            label=Text("value", "金额"),
            meaning=Text("Amount over the whole interval.", "整个期间的金额。"),
            type="number",
            unit="currency",
        ),
        CURRENCY,
        SOURCE_ID,
    ),
)

ALLIANCES = Table(
    name="alliances",
    label=Text("Alliances", "联盟"),
    meaning=Text("Joint undertakings of two and more firms.", "两家及以上企业的联合事业。"),
    key=("alliance_id",),
    interval=("start", "end"),
    paper=("K3g", "K3h", "N1f"),
    columns=(
        Column(
            name="alliance_id",
            label=Text("alliance id", "联盟编号"),
            meaning=Text("Identifier of the alliance.", "联盟的编号。"),
            required=True,
        ),
        Column(
            name="kind",
            label=Text("kind of alliance", "联盟类别"),
            meaning=Text("What it is formed for.", "组建目的。"),
            codes=ALLIANCE_KIND,
        ),
        Column(
            name="platform_id",
            label=Text("platform id", "平台编号"),
            meaning=Text("Platform that carries it, if any.", "承载联盟的平台(如有)。"),
            references="platforms.platform_id",
        ),
        day("start", Text("start", "开始日期"), Text("First day.", "首日。")),
        day("end", Text("end", "结束日期"), Text("First day after it.", "联盟结束后的首日。")),
        Column(
            name="outcome",
            label=Text("outcome", "结果"),
            meaning=Text("How it ended, or that it goes on.", "结果,或仍在进行。"),
            codes=OUTCOME,
        ),
        Column(
            name="value",
            label=Text("value", "价值"),
            meaning=Text("Joint value or amount raised.", "共同创造的价值或募集金额。"),
            type="number",
            unit="currency",
        ),
        CURRENCY,
        SOURCE_ID,
    ),
)

MEMBERSHIPS = Table(
    name="memberships",
    label=Text("Memberships", "成员关系"),
    meaning=Text("Who is in which alliance, from when to when.", "各联盟成员及其加入退出日期。"),
    key=("alliance_id", "firm_id", "role", "joined"),
    interval=("joined", "left"),
    paper=("K3h", "K3i"),
    columns=(
        ALLIANCE_ID,
        firm_column("firm_id", Text("firm id", "企业编号"), Text("Which member.", "成员企业。")),
        Column(
            name="role",
            label=Text("role", "角色"),
            meaning=Text("What the member does in it.", "成员在联盟中的角色。"),
            codes=MEMBER_ROLE,
        ),
        day("joined", Text("joined", "加入日期"), Text("First day.", "首日。")),
        day("left", Text("left", "退出日期"), Text("First day no longer in it.", "退出首日。")),
        Column(
            name="withdrawal_cause",
            label=Text("cause of withdrawal", "退出原因"),
            meaning=Text(
                "Why it left; needed to judge decomposability.", "退出原因,用于判断可分解性。"
            ),
            codes=WITHDRAWAL_CAUSE,
        ),
        SOURCE_ID,
    ),
)

INTERFACES = Table(
    name="interfaces",
    label=Text("Interfaces", "接口"),
    meaning=Text("How each pair inside an alliance fared.", "联盟内各成员对之间的接口状态。"),
    key=("alliance_id", "firm_a", "firm_b", "date"),
    paper=("K3j",),
    columns=(
        ALLIANCE_ID,
        firm_column("firm_a", Text("firm A", "企业甲"), Text("One of the pair.", "其中一方。")),
        firm_column("firm_b", Text("firm B", "企业乙"), Text("The other.", "另一方。")),
        day("date", Text("date", "日期"), Text("Day of the observation.", "观察日期。")),
        Column(
            name="state",
            label=Text("state", "状态"),
            meaning=Text("Whether their data fitted.", "双方数据是否协同。"),
            codes=INTERFACE_STATE,
            required=True,
        ),
        SOURCE_ID,
    ),
)
