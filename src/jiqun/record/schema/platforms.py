"""Platforms 数字平台, who takes part in them, what they do, and the data they hold.

Paper: K2a (platform as carrier), E7 (openness), X3 (admission), N1b and N1c (roles), S13 (functions),
T10 (pooled data).
"""

from jiqun.record.schema.column import INDUSTRY_NOTE, SOURCE_ID, Column, Table, day, firm_column
from jiqun.vocabulary.codes import DATA_KIND, INDUSTRY_SCHEME, PARTICIPATION_ROLE
from jiqun.vocabulary.text import Text

PLATFORM_ID = Column(
    name="platform_id",
    label=Text("platform id", "平台编号"),
    meaning=Text("Which platform.", "所属平台。"),
    required=True,
    references="platforms.platform_id",
)

PLATFORMS = Table(
    name="platforms",
    label=Text("Platforms", "数字平台"),
    meaning=Text("Digital platforms, their operator and rules.", "数字平台、运营方与规则。"),
    key=("platform_id",),
    interval=("opened", "closed"),
    paper=("E7", "E8", "K2a", "X3"),
    columns=(
        Column(
            name="platform_id",
            label=Text("platform id", "平台编号"),
            meaning=Text("Identifier of the platform.", "平台的编号。"),
            required=True,
        ),
        firm_column(
            "operator",
            Text("operator", "运营方"),
            Text("Who runs it.", "运营企业。"),
            required=False,
        ),
        day("opened", Text("opened", "上线日期"), Text("First day.", "首日。")),
        day(
            "closed",
            Text("closed", "下线日期"),
            Text("First day not in service.", "停止服务首日。"),
        ),
        Column(
            name="openness",
            label=Text("openness", "开放程度"),
            meaning=Text("0 = closed, 1 = open interfaces for all.", "0 为封闭,1 为接口全面开放。"),
            type="number",
            minimum=0.0,
            maximum=1.0,
        ),
        Column(
            name="admission_threshold",
            label=Text("admission threshold", "准入门槛"),
            meaning=Text("0 = anyone joins, 1 = nobody.", "0 为无门槛,1 为无人可入。"),
            type="number",
            minimum=0.0,
            maximum=1.0,
        ),
        Column(
            name="fee",
            label=Text("fee", "费率"),
            meaning=Text(
                "Share of a participant's revenue kept.", "平台从参与者收入中的抽成比例。"
            ),
            type="number",
            minimum=0.0,
            maximum=1.0,
        ),
        SOURCE_ID,
    ),
)

PARTICIPATIONS = Table(
    name="participations",
    label=Text("Participations", "平台参与"),
    meaning=Text("Who takes part in which platform, and as what.", "各平台的参与者及其角色。"),
    key=("platform_id", "firm_id", "role", "joined"),
    interval=("joined", "left"),
    paper=("N1b", "N1c", "Z5"),
    columns=(
        PLATFORM_ID,
        firm_column(
            "firm_id", Text("firm id", "企业编号"), Text("Which participant.", "参与企业。")
        ),
        Column(
            name="role",
            label=Text("role", "角色"),
            meaning=Text("What the participant does.", "参与者的角色。"),
            codes=PARTICIPATION_ROLE,
        ),
        day(
            "applied",
            Text("applied", "申请日期"),
            Text("Day of applying, of one who then joined.", "已加入者提出申请之日。"),
        ),
        day("joined", Text("joined", "加入日期"), Text("First day.", "首日。")),
        day("left", Text("left", "退出日期"), Text("First day no longer in it.", "退出首日。")),
        SOURCE_ID,
    ),
)

FUNCTIONS = Table(
    name="functions",
    label=Text("Platform functions", "平台功能"),
    meaning=Text("Industries that a platform serves, dated.", "平台所服务的行业及起止日期。"),
    key=("platform_id", "industry_scheme", "industry_code", "opened"),
    interval=("opened", "closed"),
    paper=("S13", "X1", "N2e"),
    columns=(
        PLATFORM_ID,
        Column(
            name="industry_scheme",
            label=Text("industry classification", "行业分类标准"),
            meaning=Text("Which list the industry code is from.", "行业代码所属标准。"),
            codes=INDUSTRY_SCHEME,
        ),
        Column(
            name="industry_code",
            label=Text("industry code", "行业代码"),
            meaning=INDUSTRY_NOTE,
            required=True,
        ),
        day("opened", Text("opened", "开通日期"), Text("First day.", "首日。")),
        day("closed", Text("closed", "关停日期"), Text("First day not offered.", "停止提供首日。")),
        SOURCE_ID,
    ),
)

DATA_ASSETS = Table(
    name="data_assets",
    label=Text("Data assets", "数据资产"),
    meaning=Text(
        "Stocks of data, who owns them, where they are pooled.", "数据存量、所有者及汇聚平台。"
    ),
    key=("asset_id",),
    interval=("start", "end"),
    paper=("T10", "K4a", "Z6"),
    columns=(
        Column(
            name="asset_id",
            label=Text("asset id", "资产编号"),
            meaning=Text("Identifier of the asset.", "数据资产的编号。"),
            required=True,
        ),
        firm_column(
            "owner", Text("owner", "所有者"), Text("Who owns it.", "所有企业。"), required=False
        ),
        Column(
            name="platform_id",
            label=Text("platform id", "平台编号"),
            meaning=Text("Platform that pools it, if any.", "汇聚该数据的平台(如有)。"),
            references="platforms.platform_id",
        ),
        Column(
            name="kind",
            label=Text("kind of data", "数据类别"),
            meaning=Text("What the data are about.", "数据内容类别。"),
            codes=DATA_KIND,
        ),
        Column(
            name="derived_from",
            label=Text("derived from", "来源数据资产"),
            meaning=Text(
                "Data asset that this one is made from.", "该资产由何种数据资产加工而成。"
            ),
            references="data_assets.asset_id",
        ),
        Column(
            name="volume",
            label=Text("volume", "数据量"),
            meaning=Text("Amount, in the row's unit.", "数据量,单位见单位列。"),
            type="number",
            minimum=0.0,
        ),
        Column(
            name="unit",
            label=Text("unit", "单位"),
            meaning=Text("Unit of the volume (rows, GB, devices).", "数据量单位(条、GB、台)。"),
        ),
        day("start", Text("start", "开始日期"), Text("First day.", "首日。")),
        day("end", Text("end", "结束日期"), Text("First day after it.", "结束后的首日。")),
        SOURCE_ID,
    ),
)
