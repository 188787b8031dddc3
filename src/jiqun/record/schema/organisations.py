"""Firms 企业 and their sites 场所: who belongs to the cluster, and where.

Paper: E1 (firms and related institutions, concentrated in a region), T4 (digital-native as a
score), K2g (data facilities as sites).
"""

from jiqun.record.schema.column import INDUSTRY_NOTE, SOURCE_ID, Column, Table, day, firm_column
from jiqun.vocabulary.codes import FIRM_KIND, INDUSTRY_SCHEME, REGION_SCHEME, SITE_KIND
from jiqun.vocabulary.text import Text

FIRMS = Table(
    name="firms",
    label=Text("Firms", "企业"),
    meaning=Text(
        "Firms and related institutions; the only table that a record must have.",
        "企业及相关机构;记录中唯一必需的表。",
    ),
    key=("firm_id",),
    interval=("founded", "closed"),
    paper=("E1", "T4", "K1a"),
    columns=(
        Column(
            name="firm_id",
            label=Text("firm id", "企业编号"),
            meaning=Text(
                "Your own identifier, or the registration number (unified social credit code, LEI).",
                "自有编号,或统一社会信用代码、LEI 等登记号。",
            ),
            required=True,
        ),
        Column(
            name="name",
            label=Text("name", "企业名称"),
            meaning=Text("Registered name.", "登记名称。"),
        ),
        Column(
            name="kind",
            label=Text("kind of organisation", "机构类别"),
            meaning=Text("Firm or which related institution.", "企业或何种相关机构。"),
            codes=FIRM_KIND,
        ),
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
        ),
        day("founded", Text("founded", "成立日期"), Text("Day of founding.", "成立之日。")),
        day(
            "closed",
            Text("closed", "注销日期"),
            Text("First day on which it no longer existed.", "不再存续的首日。"),
        ),
        Column(
            name="digital_native",
            label=Text("digital-native score", "数字原生程度"),
            meaning=Text(
                "0 = founded on a traditional product, 1 = founded on data or software; a judgement "
                "with a source, never the industry code.",
                "0 表示以传统产品创立,1 表示以数据或软件创立;须有依据,不得由行业代码推定。",
            ),
            type="number",
            minimum=0.0,
            maximum=1.0,
        ),
        Column(
            name="country",
            label=Text("country", "国家或地区"),
            meaning=Text("ISO 3166-1 alpha-2 code.", "ISO 3166-1 两位代码。"),
        ),
        Column(
            name="region_scheme",
            label=Text("regional classification", "区域编码标准"),
            meaning=Text("Which list the region code is from.", "区域代码所属标准。"),
            codes=REGION_SCHEME,
        ),
        Column(
            name="region_code",
            label=Text("region code", "区域代码"),
            meaning=Text("Region of the registered seat.", "注册地所在区域。"),
        ),
        SOURCE_ID,
    ),
)

SITES = Table(
    name="sites",
    label=Text("Sites", "场所"),
    meaning=Text("Dated places of firms, in WGS 84.", "企业场所及其起止日期,坐标为 WGS 84。"),
    key=("site_id",),
    interval=("opened", "closed"),
    paper=("E1", "E4", "K2g", "K2h"),
    columns=(
        Column(
            name="site_id",
            label=Text("site id", "场所编号"),
            meaning=Text("Identifier of the site.", "场所的编号。"),
            required=True,
        ),
        firm_column("firm_id", Text("firm id", "企业编号"), Text("Who runs it.", "运营企业。")),
        Column(
            name="longitude",
            label=Text("longitude", "经度"),
            meaning=Text("East of Greenwich, WGS 84.", "东经,WGS 84。"),
            type="number",
            unit="°",
            minimum=-180.0,
            maximum=180.0,
        ),
        Column(
            name="latitude",
            label=Text("latitude", "纬度"),
            meaning=Text("North of the equator, WGS 84.", "北纬,WGS 84。"),
            type="number",
            unit="°",
            minimum=-90.0,
            maximum=90.0,
        ),
        Column(
            name="country",
            label=Text("country", "国家或地区"),
            meaning=Text("ISO 3166-1 alpha-2 code.", "ISO 3166-1 两位代码。"),
        ),
        Column(
            name="region_scheme",
            label=Text("regional classification", "区域编码标准"),
            meaning=Text("Which list the region code is from.", "区域代码所属标准。"),
            codes=REGION_SCHEME,
        ),
        Column(
            name="region_code",
            label=Text("region code", "区域代码"),
            meaning=Text("Region in which the site lies.", "场所所在区域。"),
        ),
        day("opened", Text("opened", "启用日期"), Text("First day of use.", "启用首日。")),
        day("closed", Text("closed", "停用日期"), Text("First day not in use.", "停用首日。")),
        Column(
            name="kind",
            label=Text("kind of site", "场所类别"),
            meaning=Text("What the site is for.", "场所用途。"),
            codes=SITE_KIND,
        ),
        Column(
            name="employees",
            label=Text("employees", "从业人数"),
            meaning=Text("Persons employed at the site.", "该场所从业人数。"),
            type="number",
            unit="persons",
            minimum=0.0,
        ),
        SOURCE_ID,
    ),
)
