"""The code lists of the record: every value that a coded column may take, in both languages.

Paper: E1 (kinds of organisation), K3h and N1b (roles), M0 and E11 (modes and outputs of
innovation), U1-U4 (upgrading), K3j (interface states).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from jiqun.vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class CodeList:
    """A closed list of codes.

    Attributes
    ----------
    name
        Identifier of the list.
    label
        What the codes say, in both languages.
    terms
        Code → its name in both languages, in the order in which they are shown.
    """

    name: str
    label: Text
    terms: Mapping[str, Text]

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes alone."""
        return tuple(self.terms)


FIRM_KIND = CodeList(
    "firm_kind",
    Text("kind of organisation", "机构类别"),
    {
        "firm": Text("firm", "企业"),
        "university": Text("university", "高校"),
        "laboratory": Text("laboratory", "科研院所"),
        "government": Text("government", "政府机构"),
        "association": Text("association", "行业协会"),
        "financier": Text("financier", "金融机构"),
        "community": Text("user or developer community", "用户或开发者社区"),
    },
)

SITE_KIND = CodeList(
    "site_kind",
    Text("kind of site", "场所类别"),
    {
        "headquarters": Text("headquarters", "总部"),
        "plant": Text("plant", "工厂"),
        "office": Text("office", "办公场所"),
        "laboratory": Text("laboratory", "实验室"),
        "data_facility": Text("data facility", "数据设施"),
    },
)

TIE_KIND = CodeList(
    "tie_kind",
    Text("kind of tie", "关系类别"),
    {
        "supply": Text("supply", "供应"),
        "licence": Text("licence", "许可"),
        "ownership": Text("ownership", "股权"),
        "investment": Text("investment", "投资"),
        "collaboration": Text("collaboration", "合作"),
        "data_flow": Text("data flow", "数据流动"),
        "api": Text("interface call (API)", "接口调用"),
    },
)

CHANNEL = CodeList(
    "channel",
    Text("channel", "渠道"),
    {"physical": Text("physical", "线下"), "virtual": Text("virtual", "线上")},
)

ALLIANCE_KIND = CodeList(
    "alliance_kind",
    Text("kind of alliance", "联盟类别"),
    {
        "joint_innovation": Text("joint innovation", "协同创新"),
        "joint_venture": Text("joint venture", "合资经营"),
        "investment_round": Text("investment round", "联合投资"),
        "consortium": Text("consortium", "联合体"),
        "standard_setting": Text("standard setting", "标准制定"),
        "open_source_project": Text("open-source project", "开源项目"),
        "data_sharing": Text("data sharing", "数据共享"),
        "other": Text("other", "其他"),
    },
)

OUTCOME = CodeList(
    "outcome",
    Text("outcome of an alliance", "联盟结果"),
    {
        "succeeded": Text("succeeded", "成功"),
        "failed": Text("failed", "失败"),
        "ongoing": Text("ongoing", "进行中"),
    },
)

MEMBER_ROLE = CodeList(
    "member_role",
    Text("role in an alliance", "联盟角色"),
    {
        "initiator": Text("initiator", "发起方"),
        "lead": Text("lead", "牵头方"),
        "data_generation": Text("data generation", "数据产生"),
        "data_storage": Text("data storage", "数据储存"),
        "data_integration": Text("data integration", "数据集成"),
        "data_application": Text("data application", "数据应用"),
        "component": Text("component provider", "组件提供方"),
        "complement": Text("complement provider", "互补方"),
        "investor": Text("investor", "投资方"),
        "recipient": Text("recipient of the investment", "被投资方"),
        "member": Text("member", "成员"),
    },
)

WITHDRAWAL_CAUSE = CodeList(
    "withdrawal_cause",
    Text("cause of a withdrawal", "退出原因"),
    {
        "completed": Text("task completed", "任务完成"),
        "dissolved": Text("alliance dissolved", "联盟解散"),
        "interface_failure": Text("data interface failed", "数据接口失配"),
        "dispute": Text("dispute between members", "成员纠纷"),
        "insolvency": Text("insolvency or closure", "破产或关闭"),
        "acquisition": Text("taken over", "被收购"),
        "regulation": Text("regulation or sanction", "监管或制裁"),
        "strategy": Text("change of strategy", "战略调整"),
        "other": Text("other", "其他"),
        "unknown": Text("unknown", "不详"),
    },
)

INTERFACE_STATE = CodeList(
    "interface_state",
    Text("state of an interface", "接口状态"),
    {"coordinated": Text("coordinated", "协同"), "failed": Text("failed", "失配")},
)

PARTICIPATION_ROLE = CodeList(
    "participation_role",
    Text("role on a platform", "平台角色"),
    {
        "owner": Text("owner", "平台所有者"),
        "component": Text("component provider", "组件企业"),
        "complementor": Text("complementor", "互补企业"),
        "data_provider": Text("data provider", "数据提供者"),
        "data_user": Text("data user", "数据使用者"),
    },
)

DATA_KIND = CodeList(
    "data_kind",
    Text("kind of data", "数据类别"),
    {
        "production": Text("production", "生产数据"),
        "supply_chain": Text("supply chain", "供应链数据"),
        "user": Text("user", "用户数据"),
        "transaction": Text("transaction", "交易数据"),
        "research": Text("research", "研发数据"),
        "geographic": Text("geographic", "地理数据"),
        "other": Text("other", "其他"),
    },
)

PRICE_BASIS = CodeList(
    "price_basis",
    Text("price basis", "价格口径"),
    {"current": Text("current prices", "当年价"), "constant": Text("constant prices", "不变价")},
)

INNOVATION_MODE = CodeList(
    "innovation_mode",
    Text("mode of innovation", "创新方式"),
    {
        "efficiency": Text("efficiency", "效率提升"),
        "convergence": Text("convergence", "融合创新"),
        "digital_value": Text("digital value", "数字价值生成"),
    },
)

INNOVATION_OUTPUT = CodeList(
    "innovation_output",
    Text("output of innovation", "创新产出"),
    {
        "process": Text("process", "流程"),
        "product": Text("product", "产品"),
        "service": Text("service", "服务"),
        "business_model": Text("business model", "商业模式"),
    },
)

INNOVATION_SUBJECT = CodeList(
    "innovation_subject",
    Text("subject of an innovation", "创新对象"),
    {
        "infrastructure": Text("infrastructure", "基础设施"),
        "platform": Text("platform", "平台"),
        "tool": Text("tool", "工具"),
        "integration": Text("integration of technologies", "技术集成"),
        "application": Text("application", "应用"),
    },
)

YES_NO = CodeList(
    "yes_no",
    Text("yes or no", "是或否"),
    {"yes": Text("yes", "是"), "no": Text("no", "否")},
)

UPGRADE = CodeList(
    "upgrade",
    Text("upgrading", "升级"),
    {
        "process": Text("process upgrading", "工艺流程升级"),
        "product": Text("product upgrading", "产品升级"),
        "function": Text("functional upgrading", "功能升级"),
        "chain": Text("chain upgrading", "链条升级"),
    },
)

INDUSTRY_SCHEME = CodeList(
    "industry_scheme",
    Text("industry classification", "行业分类标准"),
    {
        "GBT4754-2017": Text("GB/T 4754-2017", "国民经济行业分类(2017)"),
        "GBT4754-2011": Text("GB/T 4754-2011", "国民经济行业分类(2011)"),
        "ISIC4": Text("ISIC Rev. 4", "国际标准行业分类(第4版)"),
        "ISIC5": Text("ISIC Rev. 5", "国际标准行业分类(第5版)"),
        "NACE2": Text("NACE Rev. 2", "欧盟经济活动分类(第2版)"),
        "NACE2.1": Text("NACE Rev. 2.1", "欧盟经济活动分类(第2.1版)"),
        "NAICS2012": Text("NAICS 2012", "北美行业分类(2012)"),
        "NAICS2017": Text("NAICS 2017", "北美行业分类(2017)"),
        "NAICS2022": Text("NAICS 2022", "北美行业分类(2022)"),
        "DE2021": Text(
            "Core industries of the digital economy (2021)", "数字经济及其核心产业统计分类(2021)"
        ),
        "other": Text("another list, as its source has it", "来源自有分类"),
    },
)

REGION_SCHEME = CodeList(
    "region_scheme",
    Text("regional classification", "区域编码标准"),
    {
        "GBT2260": Text("GB/T 2260 administrative code", "县及县以上行政区划代码"),
        "NUTS": Text("NUTS", "欧盟地域统计单元"),
        "CBSA": Text("US core-based statistical area", "美国核心统计区"),
        "ISO3166-2": Text("ISO 3166-2 subdivision", "国家行政区划代码"),
        "other": Text("another list, as its source has it", "来源自有分区"),
    },
)
