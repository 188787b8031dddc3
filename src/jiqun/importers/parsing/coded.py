"""Which code does a cell say? Codes, their names in both languages, and common synonyms."""

from collections.abc import Mapping, Sequence
from functools import cache

import polars as pl
from babel import Locale
from rapidfuzz import fuzz, process

from jiqun.importers.parsing.rules import CODE_UNKNOWN, Failure, Parsed
from jiqun.importers.parsing.units import CURRENCY_WORDS
from jiqun.importers.parsing.wording import is_missing, key, plain
from jiqun.vocabulary.codes import CodeList
from jiqun.vocabulary.text import Text

SYNONYMS: dict[str, dict[str, str]] = {
    "firm_kind": {
        "firm": "公司,企业法人,工商企业,商业企业,company,enterprise,business,corporation,corporate",
        "university": "大学,高等院校,高等学校,学院,院校,college,school,higher education",
        "laboratory": "研究所,研究院,科研机构,研究机构,科研单位,实验室,lab,research institute,"
        "research organisation,research organization,institute,research centre,research center",
        "government": "政府,政府部门,机关,行政机关,事业单位,public body,authority,agency,public sector",
        "association": "协会,商会,行业组织,社会组织,社会团体,industry association,chamber,"
        "chamber of commerce,trade association,ngo",
        "financier": "银行,基金,投资机构,投资公司,金融企业,风投,bank,fund,investor,venture capital,"
        "financial institution,vc",
        "community": "社区,开发者社区,用户社区,开源社区,developer community,user community",
    },
    "site_kind": {
        "headquarters": "总部所在地,注册地,hq,head office,headquarter,main office,seat",
        "plant": "厂房,厂区,生产基地,车间,factory,manufacturing,production site,works",
        "office": "办公室,办公楼,分公司,办事处,branch,offices",
        "laboratory": "研发中心,研究中心,lab,r&d centre,r&d center,research site",
        "data_facility": "数据中心,机房,算力中心,data centre,data center,datacenter,server farm",
    },
    "tie_kind": {
        "supply": "供货,供应关系,采购,供销,买卖,交易,supplier,purchase,trade,sale,supplies,buyer supplier",
        "licence": "许可关系,授权,技术许可,专利许可,license,licensing,licence agreement",
        "ownership": "控股,持股,股权关系,母子公司,参股,shareholding,equity,subsidiary,parent",
        "investment": "投资关系,融资,风险投资,funding,venture,invest",
        "collaboration": "协作,合作研发,战略合作,合作关系,cooperation,partnership,co-operation,joint r&d",
        "data_flow": "数据共享,数据交换,数据,data,data exchange,data sharing,data flows",
        "api": "接口,api调用,api call,interface,interface call",
    },
    "channel": {
        "physical": "实体,线下渠道,offline,in person,off-line",
        "virtual": "虚拟,网络,互联网,线上渠道,online,digital,on-line,internet",
    },
    "alliance_kind": {
        "joint_innovation": "联合创新,联合研发,合作研发,协同研发,joint r&d,co-innovation,joint research",
        "joint_venture": "合资,合资企业,jv",
        "investment_round": "投资轮,融资轮,融资,funding round,syndicate",
        "consortium": "创新联合体,产业联盟,联盟",
        "standard_setting": "标准,标准化,standards,standardisation,standardization",
        "open_source_project": "开源,开源项目组,open source,oss project",
        "data_sharing": "数据协作,数据联盟,data pool,data pooling",
        "other": "其它",
    },
    "outcome": {
        "succeeded": "已成功,完成,已完成,达成,success,successful,completed,achieved,done",
        "failed": "失败,终止,未完成,解散,failure,unsuccessful,terminated,abandoned",
        "ongoing": "在建,进行,执行中,在研,推进中,active,running,in progress,current,continuing",
    },
    "member_role": {
        "initiator": "发起人,发起单位,发起者,founder,founding member",
        "lead": "牵头,牵头单位,牵头人,主导,盟主,leader,coordinator,lead partner,chair",
        "data_generation": "数据生成,数据采集,data generator,data collection",
        "data_storage": "数据存储,storage",
        "data_integration": "数据整合,integration",
        "data_application": "数据运用,application",
        "component": "组件,组件企业,component supplier",
        "complement": "互补,互补企业,complementor",
        "investor": "投资人,出资方",
        "recipient": "被投企业,受资方,investee",
        "member": "成员单位,参与方,参与单位,普通成员,participant,partner",
    },
    "withdrawal_cause": {
        "completed": "完成,项目完成,completion",
        "dissolved": "解散,联盟终止,dissolution",
        "interface_failure": "接口失配,数据失配,接口失败",
        "dispute": "纠纷,conflict,disagreement",
        "insolvency": "破产,关闭,倒闭,bankruptcy,closure",
        "acquisition": "并购,收购,acquired,merger",
        "regulation": "监管,制裁,sanction,sanctions",
        "strategy": "战略,转型,strategic",
        "other": "其它",
        "unknown": "未知,不明",
    },
    "interface_state": {
        "coordinated": "协调,匹配,成功,已协同,ok,fit,compatible,matched,succeeded",
        "failed": "失败,不匹配,不协同,failure,mismatch,incompatible",
    },
    "participation_role": {
        "owner": "平台方,平台企业,所有者,运营方,platform owner,operator",
        "component": "组件,组件提供方,组件供应商,component supplier",
        "complementor": "互补者,互补方,应用开发者,商户,complement provider,seller,merchant,developer",
        "data_provider": "数据提供方,数据供给方,provider",
        "data_user": "数据使用方,数据需求方,用户,user",
    },
    "data_kind": {
        "production": "生产,制造,manufacturing",
        "supply_chain": "供应链,物流,logistics",
        "user": "用户,客户,消费者,customer",
        "transaction": "交易,transactions,sales",
        "research": "研发,科研,r&d",
        "geographic": "地理,位置,空间,geospatial,spatial",
        "other": "其它",
    },
    "price_basis": {
        "current": "现价,当年价格,名义价格,nominal,current price",
        "constant": "不变价格,可比价,可比价格,实际价格,real,constant price,chained",
    },
    "innovation_mode": {
        "efficiency": "效率,提效,效率型",
        "convergence": "融合,融合型,convergent",
        "digital_value": "数字价值,价值生成,digital value creation",
    },
    "innovation_output": {
        "process": "工艺,流程创新,process innovation",
        "product": "产品创新,product innovation",
        "service": "服务创新,service innovation",
        "business_model": "模式,商业模式创新,business model innovation",
    },
    "innovation_subject": {
        "infrastructure": "基础设施建设,新型基础设施,数字基础设施",
        "platform": "平台建设,数字平台,platforms",
        "tool": "软件工具,工具软件,tools",
        "integration": "集成,系统集成,技术融合,system integration,systems integration",
        "application": "应用场景,应用程序,applications",
    },
    "yes_no": {
        "yes": "有,能,可,可以,已,y,true,1",
        "no": "无,不能,不可,不可以,未,n,false,0",
    },
    "upgrade": {
        "process": "流程升级,工艺升级,流程,process",
        "product": "产品,product",
        "function": "功能,functional,function upgrading",
        "chain": "链条,跨链升级,chain,inter-sectoral",
    },
    "industry_scheme": {
        "GBT4754-2017": "国民经济行业分类,国标行业分类,gb4754,gbt4754,国标2017,gb/t 4754,gb/t4754-2017,国标",
        "GBT4754-2011": "国标2011,gb4754-2011",
        "ISIC4": "isic,isic rev4,isic4",
        "ISIC5": "isic rev5",
        "NACE2": "nace,nace rev2,nace rev.2",
        "NACE2.1": "nace rev2.1",
        "NAICS2012": "",
        "NAICS2017": "",
        "NAICS2022": "naics",
        "DE2021": "数字经济分类,数字经济核心产业,数字经济及其核心产业统计分类",
        "other": "其他,其它",
    },
    "region_scheme": {
        "GBT2260": "gb2260,gb/t2260,行政区划代码,行政区划,adcode",
        "NUTS": "nuts3,nuts2",
        "CBSA": "msa",
        "ISO3166-2": "iso 3166-2,iso3166",
        "other": "其他,其它",
    },
}


@cache
def terms_of(name: str, codes: tuple[str, ...], labels: tuple[Text, ...]) -> Mapping[str, str]:
    """Return every form of the codes of a list → code; a code beats a name, a name a synonym."""
    found: dict[str, str] = {}
    for code in codes:
        found.setdefault(key(code), code)
    for code, label in zip(codes, labels, strict=True):
        for word in (label.en, label.zh, f"{label.zh}{label.en}", f"{code}{label.zh}"):
            found.setdefault(key(word), code)
    for code, words in SYNONYMS.get(name, {}).items():
        for word in filter(None, words.split(",")):
            found.setdefault(key(word), code)
    return found


@cache
def country_terms() -> Mapping[str, str]:
    """Return country names in both languages and ISO codes → ISO 3166-1 alpha-2 code."""
    found = {
        "cn": "CN",
        "usa": "US",
        "uk": "GB",
        "prchina": "CN",
        "中华人民共和国": "CN",
        "chn": "CN",
    }
    for language in ("en", "zh"):
        for code, label in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha():  # noqa: PLR2004 - alpha-2
                found.setdefault(key(label), code)
                found.setdefault(key(code), code)
    return found


@cache
def currency_terms() -> Mapping[str, str]:
    """Return currency names in both languages and ISO codes → ISO 4217 code."""
    found = {key(word) or word: code for word, code in CURRENCY_WORDS.items()}
    for language in ("en", "zh"):
        for code, label in Locale(language).currencies.items():
            found.setdefault(key(code), code)
            found.setdefault(key(label), code)
    return found


def parse_codes(cells: Sequence[object], codes: CodeList) -> Parsed:
    """Read a column whose values come from a closed list."""
    known = terms_of(codes.name, codes.codes, tuple(codes.terms.values()))
    return parse_terms(cells, known, strict=True)


def parse_terms(cells: Sequence[object], known: Mapping[str, str], *, strict: bool) -> Parsed:
    """Read a column of terms; where not ``strict``, an unknown one is kept as it stands.

    Parameters
    ----------
    cells
        Text as the file has it.
    known
        Spelling → code.
    strict
        Whether a term outside is a failure.
    """
    outcome: dict[object, str | Failure | None] = {}
    for cell in set(cells):
        text = plain(_text(cell))
        code = known.get(key(text) or text)
        if code is None and not is_missing(text):
            outcome[cell] = _unknown(text, known) if strict else text
        else:
            outcome[cell] = code
    bad = {cell for cell, found in outcome.items() if isinstance(found, Failure)}
    words = {c for c, found in outcome.items() if found is None and plain(_text(c))}
    values = {c: None if isinstance(f, Failure) else f for c, f in outcome.items()}
    return Parsed(
        values=pl.Series(list(map(values.__getitem__, cells)), dtype=pl.String),
        failures={
            i: found
            for i, cell in enumerate(cells if bad else ())
            if cell in bad and isinstance(found := outcome[cell], Failure)
        },
        missing=sum(c in words for c in cells) if words else 0,
    )


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def _unknown(text: str, known: Mapping[str, str]) -> Failure:
    matches = process.extract(key(text), list(known), scorer=fuzz.WRatio, score_cutoff=60, limit=6)
    closest = list(dict.fromkeys(known[spelling] for spelling, _, _ in matches))[:3]
    choices = list(dict.fromkeys(known.values()))
    return Failure(
        CODE_UNKNOWN,
        Text(
            "{value} is not in the list. {closest}The list: {all}.",
            "{value} 不在列表之内。{closest}可选值:{all}。",
        ).fill(
            value=text,
            closest=Text("Did you mean {codes}? ", "是否指 {codes}? ").fill(
                codes=", ".join(closest)
            )
            if closest
            else "",
            all=", ".join(choices),
        ),
    )
