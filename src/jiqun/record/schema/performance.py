"""Accounts 账目, innovations 创新 and policies 政策: what firms achieve and what is done for them.

Paper: K4a-K4g (data as a factor), M0 (modes), E11 (outputs), U1-U4 (upgrading), P1-P3 (levers).
"""

from jiqun.record.schema.column import SOURCE_ID, Column, Table, day, firm_column
from jiqun.record.schema.relations import CURRENCY
from jiqun.vocabulary.codes import (
    INNOVATION_MODE,
    INNOVATION_OUTPUT,
    INNOVATION_SUBJECT,
    PRICE_BASIS,
    UPGRADE,
)
from jiqun.vocabulary.text import Text


def amount(name: str, label: Text, meaning: Text, *, minimum: float | None = 0.0) -> Column:
    """Declare an amount of money over the interval of the row."""
    return Column(
        name=name, label=label, meaning=meaning, type="number", unit="currency", minimum=minimum
    )


ACCOUNTS = Table(
    name="accounts",
    label=Text("Accounts", "账目"),
    meaning=Text("What a firm made and used in a period.", "企业在某期间的产出与投入。"),
    key=("firm_id", "start", "price_basis"),
    interval=("start", "end"),
    paper=("K4a", "K4c", "K4g", "U0"),
    columns=(
        firm_column("firm_id", Text("firm id", "企业编号"), Text("Whose accounts.", "所属企业。")),
        day(
            "start",
            Text("start", "期初"),
            Text("First day of the period.", "期间首日。"),
            required=True,
        ),
        day(
            "end",
            Text("end", "期末"),
            Text("First day after it.", "期间结束后的首日。"),
            required=True,
        ),
        CURRENCY,
        Column(
            name="price_basis",
            label=Text("price basis", "价格口径"),
            meaning=Text("Current or constant prices.", "当年价或不变价。"),
            codes=PRICE_BASIS,
        ),
        amount(
            "value_added",
            Text("value added", "增加值"),
            Text("Output less intermediate inputs.", "产出减中间投入。"),
            minimum=None,
        ),
        amount("revenue", Text("revenue", "营业收入"), Text("Turnover.", "营业收入。")),
        amount(
            "costs",
            Text("operating costs", "营业总成本"),
            Text(
                "All that was spent to make the revenue, wages included.",
                "取得营业收入所发生的全部成本,含工资。",
            ),
        ),
        amount(
            "wages",
            Text("wages", "工资总额"),
            Text(
                "Pay of the persons employed, social security included.",
                "从业人员薪酬,含社会保险。",
            ),
        ),
        Column(
            name="employees",
            label=Text("employees", "从业人数"),
            meaning=Text("Mean number of persons employed.", "平均从业人数。"),
            type="number",
            unit="persons",
            minimum=0.0,
        ),
        amount(
            "capital", Text("capital", "资本存量"), Text("Stock of fixed assets.", "固定资产存量。")
        ),
        amount(
            "data_capital",
            Text("data capital", "数据资本"),
            Text("Stock of data and software.", "数据与软件存量。"),
        ),
        amount(
            "data_spending",
            Text("data spending", "数据支出"),
            Text("Spending on data, software and digital services.", "数据、软件与数字服务支出。"),
        ),
        Column(
            name="data_price",
            label=Text("relative price of data", "数据相对价格"),
            meaning=Text(
                "What a unit of data costs over what a unit of the traditional factors costs (user "
                "costs); an index whose base is the same for all rows.",
                "单位数据的使用成本与单位传统要素的使用成本之比;为指数,各行基准须一致。",
            ),
            type="number",
            minimum=0.0,
        ),
        amount(
            "digital_revenue",
            Text("digital revenue", "数字业务收入"),
            Text("Revenue from data and digital products.", "来自数据和数字产品的收入。"),
        ),
        amount(
            "rd_spending", Text("R&D spending", "研发支出"), Text("Spending on R&D.", "研发支出。")
        ),
        SOURCE_ID,
    ),
)

INNOVATIONS = Table(
    name="innovations",
    label=Text("Innovations", "创新"),
    meaning=Text(
        "Dated innovations and what they build on.", "创新事件、日期及其所依托的前序创新。"
    ),
    key=("innovation_id",),
    paper=("E11", "M0", "M3", "U1", "U4"),
    columns=(
        Column(
            name="innovation_id",
            label=Text("innovation id", "创新编号"),
            meaning=Text("Identifier of the innovation.", "创新的编号。"),
            required=True,
        ),
        day(
            "date",
            Text("date", "日期"),
            Text("Day of first use or launch.", "首次应用或推出日期。"),
        ),
        Column(
            name="mode",
            label=Text("mode", "创新方式"),
            meaning=Text(
                "Efficiency, convergence or digital value.", "效率提升、融合创新或数字价值生成。"
            ),
            codes=INNOVATION_MODE,
        ),
        Column(
            name="output",
            label=Text("output", "创新产出"),
            meaning=Text("What came out of it.", "创新的产出。"),
            codes=INNOVATION_OUTPUT,
        ),
        Column(
            name="upgrade",
            label=Text("upgrading", "升级类型"),
            meaning=Text("What kind of upgrading it is.", "属于何种升级。"),
            codes=UPGRADE,
        ),
        Column(
            name="subject",
            label=Text("subject", "创新对象"),
            meaning=Text(
                "What the innovation is about: infrastructure, a platform, a tool, an integration of "
                "technologies, or an application.",
                "创新以何为对象:基础设施、平台、工具、技术集成或应用。",
            ),
            codes=INNOVATION_SUBJECT,
        ),
        Column(
            name="alliance_id",
            label=Text("alliance id", "联盟编号"),
            meaning=Text("Alliance that made it, if any.", "产生该创新的联盟(如有)。"),
            references="alliances.alliance_id",
        ),
        Column(
            name="builds_on",
            label=Text("builds on", "前序创新"),
            meaning=Text("Innovation that it follows on from.", "所承接的前序创新。"),
            references="innovations.innovation_id",
        ),
        Column(
            name="radicalness",
            label=Text("radicalness", "突破程度"),
            meaning=Text("0 = incremental, 1 = radical.", "0 为渐进,1 为突破。"),
            type="number",
            minimum=0.0,
            maximum=1.0,
        ),
        SOURCE_ID,
    ),
)

INNOVATORS = Table(
    name="innovators",
    label=Text("Innovators", "创新主体"),
    meaning=Text("Which firms made an innovation.", "各创新的完成企业。"),
    key=("innovation_id", "firm_id"),
    paper=("E11", "T1"),
    columns=(
        Column(
            name="innovation_id",
            label=Text("innovation id", "创新编号"),
            meaning=Text("Which innovation.", "所属创新。"),
            required=True,
            references="innovations.innovation_id",
        ),
        firm_column("firm_id", Text("firm id", "企业编号"), Text("Who made it.", "完成企业。")),
        SOURCE_ID,
    ),
)

POLICIES = Table(
    name="policies",
    label=Text("Policies", "政策"),
    meaning=Text("Policy levers as they were applied.", "已实施的政策工具。"),
    key=("policy_id",),
    interval=("start", "end"),
    paper=("P1", "P2", "P3", "Q22"),
    columns=(
        Column(
            name="policy_id",
            label=Text("policy id", "政策编号"),
            meaning=Text("Identifier of the policy.", "政策的编号。"),
            required=True,
        ),
        Column(
            name="lever",
            label=Text("lever", "政策工具"),
            meaning=Text("What the policy moves.", "政策作用的手段。"),
            required=True,
        ),
        Column(
            name="target",
            label=Text("target", "作用对象"),
            meaning=Text("Whom it is for, in words.", "政策面向的对象。"),
        ),
        day("start", Text("start", "开始日期"), Text("First day.", "首日。")),
        day("end", Text("end", "结束日期"), Text("First day after it.", "结束后的首日。")),
        Column(
            name="intensity",
            label=Text("intensity", "强度"),
            meaning=Text("Strength, in the lever's own unit.", "强度,单位依政策工具而定。"),
            type="number",
        ),
        amount("cost", Text("cost", "成本"), Text("Public money spent.", "财政支出。")),
        CURRENCY,
        SOURCE_ID,
    ),
)
