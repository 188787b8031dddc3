"""How people spell the headings and sheets of a company list, in Chinese and English.

Only spellings that differ from the names and labels of the declaration in more than width, case,
blanks or punctuation. ``registration``, ``year``, ``address`` are read from sheets but are no
columns of the record: they make identifiers, periods and evidence for duplicates.
"""

FIRM_NAMES = (
    "公司名称 公司 企业 单位名称 单位 企业全称 公司全称 单位全称 机构名称 机构 名称 中文名称 中文名 全称 企业名 公司名 "
    "单位详细名称 法人单位名称 法人名称 市场主体名称 经营主体名称 商户名称 厂商名称 厂名 工厂名称 组织名称 注册名称 工商名称 "
    "供应商全称 客户全称 企业名称全称 公司中文名称 企业中文名称 单位名称全称 company,enterprise,firm,name,company name,enterprise name,firm name,"
    "business name,corporate name,organisation,organization,organisation name,organization name,"
    "institution,institution name,entity,entity name,ent name,legal name,registered name,full name,"
    "name of company,name of firm,name of enterprise,name of the company,trading name,company full name"
)
REGISTRATION = (
    "统一社会信用代码 社会信用代码 信用代码 统一信用代码 统一代码 统一社会信用代码税号 统一社会信用代码纳税人识别号 税号 "
    "纳税人识别号 注册号 工商注册号 工商登记号 登记号 营业执照号 营业执照号码 组织机构代码 机构代码 法人代码 "
    "uscc,usci,usc code,credit code,social credit code,unified social credit code,"
    "unified social credit identifier,unified code,lei,lei code,legal entity identifier,"
    "registration number,registration no,registration code,registered number,company number,"
    "company registration number,business registration number,business number,tax id,"
    "tax number,taxpayer id,vat number,ein,siren,organisation number,organization number,reg no"
)
FIRM_IDS = (
    "企业代码 企业编码 企业id 企业序号 公司编号 公司代码 公司编码 公司id 单位编号 单位代码 单位id 机构编号 机构id 证券代码 "
    "股票代码 firm,firm no,firm number,firm code,company id,company code,companyid,enterprise id,"
    "enterprise code,entity id,organisation id,organization id,org id,ticker,stock code"
)
STARTS = (
    "起始日期 起始时间 开始时间 开始日 起日 起 自 合作开始日期 合作开始时间 合作起始日期 签约日期 签约时间 签订日期 签订时间 "
    "合同签订日期 合同签订时间 合同开始日期 生效日期 生效时间 项目起始时间 项目起始日期 项目开始时间 项目开始日期 成立日期 成立时间 立项日期 立项时间 建立日期 "
    "start date,start time,date start,from date,since,begin,begin date,beginning,effective date,"
    "signed,signed date,date signed,signing date,contract date,contract start,agreement date,"
    "relationship start,valid from"
)
ENDS = (
    "截止日期 截止时间 结束时间 结束日 终止日期 终止时间 止日 止 至 合作结束日期 合作结束时间 到期日期 到期时间 到期日 失效日期 "
    "完成日期 项目结束时间 项目结束日期 结题时间 结题日期 解散日期 合同结束日期 合同到期日 end date,end time,date end,to date,until,expiry,"
    "expiry date,expiration date,termination date,terminated,finish,finish date,contract end,"
    "relationship end,valid to,valid until"
)
JOINED = (
    "加入时间 加入日 入盟日期 入盟时间 入驻日期 入驻时间 参与时间 参加日期 参加时间 进入日期 加入年份 "
    "join,join date,date joined,joined on,joining date,entry date,member since,entered,start,start date"
)
LEFT = (
    "退出时间 退出日 离开日期 离开时间 退盟日期 退出年份 left on,leave date,exit date,exit,exited,date left,"
    "leaving date,withdrawal date,withdrawn,end,end date"
)
KINDS = "类别 类型 种类 分类 性质 type,category,class"
ROLES = (
    "角色类型 职责 分工 身份 参与角色 成员角色 承担角色 role type,function,position,capacity,part"
)
OPENED = (
    "开业日期 启用时间 投产日期 投产时间 投用日期 建成日期 开工日期 上线时间 发布日期 推出日期 开通时间 "
    "open,open date,opening,opening date,opened on,launched,launch date,launch,go live,go live date,start date"
)
CLOSED = (
    "停用时间 关闭日期 关闭时间 停产日期 关停时间 下线时间 停运日期 搬离日期 close,close date,closing date,"
    "closure date,closed on,shut down,shutdown date,end date,discontinued"
)
INDUSTRY_CODES = (
    "行业编码 行业分类代码 国民经济行业代码 国标行业代码 行业小类代码 所属行业代码 主营行业代码 行业类别代码 行业中类代码 "
    "industry,industry id,industry classification code,sector code,activity code,sic,sic code,sic4,"
    "naics,naics code,nace,nace code,isic,isic code,main activity code"
)
INDUSTRY_SCHEMES = (
    "行业标准 行业分类 分类标准 行业分类体系 行业代码标准 classification,industry scheme,industry standard,"
    "classification scheme,industry classification system"
)
CURRENCIES = (
    "货币 币别 货币单位 货币种类 貨幣 货币代码 currency code,ccy,curr,money unit,currency unit"
)
VALUES = (
    "合同金额 交易金额 采购金额 采购额 交易额 合同额 成交金额 供货金额 销售金额 投资金额 投资额 金额合计 总金额 融资金额 "
    "amount,amount of money,contract value,contract amount,transaction value,transaction amount,"
    "trade value,deal value,volume of trade,purchase amount,total value,total amount,sum"
)
SOURCES = "数据来源 来源 出处 资料来源 data source,source,reference,source code,provenance"
PLATFORM_IDS = "平台名称 平台 平台代码 所属平台 依托平台 承载平台 平台id platform,platform name,platform code,hosting platform"
ALLIANCE_IDS = (
    "联盟名称 联盟 联盟代码 联合体名称 联合体 项目编号 项目名称 项目代码 所属联盟 联盟id 项目id alliance,alliance name,"
    "consortium,consortium name,consortium id,project,project id,project name,project code,project number"
)
INNOVATION_IDS = (
    "创新名称 创新 成果编号 成果名称 成果 专利号 产品编号 innovation,innovation name,innovation no,patent number,"
    "patent no,result id,invention id"
)

SPELLINGS: dict[str, dict[str, str]] = {
    "firms": {
        "firm_id": FIRM_IDS,
        "registration": REGISTRATION,
        "name": FIRM_NAMES,
        "kind": "机构类型 机构性质 单位类别 单位类型 主体类型 主体类别 组织类型 type of organisation,"
        "type of organization,organisation type,organization type,org type,entity type,kind,kind of firm",
        "industry_scheme": INDUSTRY_SCHEMES,
        "industry_code": INDUSTRY_CODES,
        "founded": "成立时间 成立年份 成立年月 成立年 注册日期 注册时间 注册年份 登记日期 登记时间 创立日期 创立时间 创建时间 "
        "创办时间 设立日期 设立时间 开业时间 开业日期 开业年份 建立时间 established,establishment,establishment date,"
        "date established,established date,established in,year established,founding date,foundation date,"
        "date of foundation,date founded,founded date,founded year,founded in,founded on,founded at,"
        "year founded,year of foundation,founding year,incorporation date,incorporated,"
        "date of incorporation,incorporated on,registration date,registered date,registration day,"
        "date registered,registered on,start date,date start,date of establishment,year of establishment,"
        "setup date,inception,inception date,birth year",
        "closed": "注销时间 注销年份 吊销日期 关闭日期 关闭时间 停业日期 停业时间 歇业日期 倒闭时间 终止日期 退出日期 "
        "清算日期 dissolved,dissolution date,date of dissolution,dissolved on,closing date,closed on,"
        "close date,closure date,date closed,year closed,deregistered,deregistration date,end date,"
        "date end,cessation date,ceased,exit date,terminated,defunct",
        "digital_native": "数字原生 数字原生度 数字原生得分 数字原生评分 digital native,digitally native,"
        "born digital,digital nativeness",
        "country": "国家 国别 国家地区 所在国 所在国家 注册国家 国籍 country code,country name,nation,"
        "country region,country of origin,country of registration,country of incorporation,"
        "headquarters country,hq country,home country,iso country,iso2",
        "region_scheme": "区划标准 行政区划标准 区域标准 地区标准 region scheme,region standard,regional scheme",
        "region_code": "行政区划代码 行政区划 区划代码 地区代码 区县代码 城市代码 省地县码 区域编码 地区编码 行政区划码 邮政区划 "
        "adcode,region,region id,location code,area code,city code,county code,district code,nuts,"
        "nuts code,nuts3,cbsa,cbsa code,fips,admin code,division code",
        "address": "地址 注册地址 企业地址 公司地址 单位地址 详细地址 经营地址 办公地址 通讯地址 住所 注册地 address,"
        "registered address,company address,street address,street,location,office address,"
        "business address,full address,registered office",
        "source_id": SOURCES,
    },
    "sites": {
        "site_id": "场所代码 场所id 场所 厂区编号 厂区 工厂编号 地点编号 网点编号 site,site no,site code,facility id,"
        "plant id,location id,establishment id,branch id",
        "firm_id": "",
        "longitude": "东经 经度坐标 经 x坐标 坐标经度 地理经度 所在经度 lng,lon,long,lon lng,geo lng,geo lon,x,"
        "x coordinate,coord x,longitude deg,longitude e,gps longitude,site longitude,hq longitude",
        "latitude": "北纬 纬度坐标 纬 y坐标 坐标纬度 地理纬度 所在纬度 lat,geo lat,y,y coordinate,coord y,"
        "latitude deg,latitude n,gps latitude,site latitude,hq latitude",
        "country": "国家 国别 所在国家 国家地区 country code,country name,nation,site country",
        "region_scheme": "区划标准 行政区划标准 区域标准 地区标准 region scheme,region standard",
        "region_code": "行政区划代码 行政区划 区划代码 地区代码 区县代码 城市代码 所在区域代码 adcode,region,area code,"
        "city code,county code,district code,nuts,nuts code,nuts3,cbsa,cbsa code,site region,site region code",
        "opened": OPENED,
        "closed": CLOSED,
        "kind": KINDS + ",site type,facility type,type of site,场所类型,工厂类型,地点类型,用途",
        "employees": "",
        "source_id": SOURCES,
    },
    "ties": {
        "tie_id": "关系代码 关系id 合同编号 合同号 订单号 交易编号 tie,tie no,relation id,relationship id,edge id,"
        "contract id,contract no,contract number,transaction id,link id",
        "source": "供应商 供应商名称 供应方 供应企业 供货企业 供应企业名称 上游企业名称 供货商 供货方 供货单位 卖方 甲方 上游企业 上游供应商 上游 许可方 投资方 "
        "投资人 出资方 股东 持股方 母公司 来源企业 起点 发送方 源企业 from,source firm,source company,supplier,"
        "supplier name,supplier id,vendor,vendor name,seller,licensor,owner,parent,parent company,"
        "investor,investor name,shareholder,sender,from company,from firm,upstream,upstream firm,provider",
        "target": "客户 客户名称 采购方 采购商 采购企业 采购企业名称 客户企业 下游企业名称 采购单位 需方 买方 乙方 下游企业 下游客户 下游 被许可方 被投资方 "
        "被投资企业 被持股方 子公司 目标企业 终点 接收方 to,target firm,target company,customer,"
        "customer name,customer id,client,client name,buyer,buyer name,purchaser,licensee,"
        "subsidiary,owned firm,investee,receiver,recipient,to company,to firm,downstream,downstream firm",
        "kind": KINDS
        + ",关系类型,关系,合作类型,合作方式,交易类型,relation,relationship,relation type,"
        "relationship type,tie type,type of tie,link type",
        "channel": "渠道类型 交易渠道 方式 线上线下 channel type,mode,medium,online or offline",
        "start": STARTS
        + ",交易日期,交易时间,采购日期,供货日期,投资日期,投资时间,transaction date,date",
        "end": ENDS,
        "traceable": "是否可溯源 可追溯 是否可追溯 溯源 追溯 traceability,can be traced,is traceable",
        "value": VALUES,
        "currency": CURRENCIES,
        "source_id": "数据来源 资料来源 出处 data source,reference,source id",
    },
    "alliances": {
        "alliance_id": ALLIANCE_IDS,
        "kind": KINDS
        + ",联盟类型,合作类型,项目类型,alliance type,type of alliance,project type,consortium type",
        "platform_id": PLATFORM_IDS,
        "start": STARTS,
        "end": ENDS,
        "outcome": "结局 成效 完成情况 项目结果 状态 结果状态 result,status,final status,success",
        "value": VALUES
        + ",价值额,总投资,总经费,项目经费,预算,经费,budget,total budget,funding,amount raised,raised",
        "currency": CURRENCIES,
        "source_id": SOURCES,
    },
    "memberships": {
        "alliance_id": ALLIANCE_IDS,
        "firm_id": "成员 成员名称 成员单位 成员单位名称 参与单位 参与企业 参加单位 参与方 合作单位 承担单位 盟员 member,"
        "member name,member firm,member id,member company,participant,participant name,partner,"
        "partner name,consortium member,participating organisation",
        "role": ROLES,
        "joined": JOINED,
        "left": LEFT,
        "withdrawal_cause": "退出理由 退出缘由 离开原因 原因 cause,reason,reason for leaving,withdrawal reason,"
        "exit reason,reason for withdrawal",
        "source_id": SOURCES,
    },
    "interfaces": {
        "alliance_id": ALLIANCE_IDS,
        "firm_a": "企业a 企业1 企业一 甲方 成员a 一方 a,firm 1,company a,company 1,partner a,first firm,member a",
        "firm_b": "企业b 企业2 企业二 乙方 成员b 另一方 b,firm 2,company b,company 2,partner b,second firm,member b",
        "date": "观察时间 观察日期 观测日期 观测时间 记录日期 时间 date of observation,observed,observed on,day",
        "state": "接口状态 协同状态 结果 status,interface state,result,compatibility",
        "source_id": SOURCES,
    },
    "platforms": {
        "platform_id": PLATFORM_IDS + ",名称,name",
        "operator": "运营企业 运营单位 运营商 运营公司 平台企业 运营主体 建设单位 operated by,operating company,"
        "operator name,platform owner,owner,run by",
        "opened": OPENED,
        "closed": CLOSED,
        "openness": "开放度 开放性 接口开放度 openness score,degree of openness,open score",
        "admission_threshold": "准入标准 准入条件 门槛 准入门槛得分 threshold,entry threshold,admission,entry barrier",
        "fee": "抽成 抽成比例 佣金 佣金率 佣金比例 手续费率 commission,commission rate,take rate,fee rate",
        "source_id": SOURCES,
    },
    "participations": {
        "platform_id": PLATFORM_IDS,
        "firm_id": "参与者 入驻企业 入驻商户 平台成员 参与企业名称 participant,participant name,member,user firm,"
        "joining firm,complementor name",
        "role": ROLES,
        "applied": "申请时间 申请日 申请加入日期 申请入驻日期 入驻申请日期 提交申请日期 application date,applied on,"
        "date applied,date of application,application",
        "joined": JOINED,
        "left": LEFT,
        "source_id": SOURCES,
    },
    "functions": {
        "platform_id": PLATFORM_IDS,
        "industry_scheme": INDUSTRY_SCHEMES,
        "industry_code": INDUSTRY_CODES,
        "opened": OPENED,
        "closed": CLOSED,
        "source_id": SOURCES,
    },
    "data_assets": {
        "asset_id": "数据资产编号 数据集编号 数据集 数据集名称 资产名称 资产 数据编号 asset,asset name,dataset,"
        "dataset id,dataset name,data asset,data asset id",
        "owner": "所有方 持有方 权属单位 数据所有者 数据提供方 所属企业 owned by,owner name,data owner,holder,"
        "data holder,proprietor",
        "platform_id": PLATFORM_IDS,
        "kind": KINDS + ",数据类型,资产类型,data type,type of data,asset type",
        "derived_from": "来源资产 来源资产编号 上游数据 原始数据 来源数据 derived,made from,origin asset,parent asset,"
        "source asset,upstream asset",
        "volume": "数量 规模 体量 数据规模 存量 容量 size,amount,quantity,data volume,count",
        "unit": "计量单位 数据量单位 单位名称 unit of measure,uom,units,measure",
        "start": STARTS,
        "end": ENDS,
        "source_id": SOURCES,
    },
    "accounts": {
        "firm_id": "",
        "start": "期间开始 期间首日 开始日期 报告期初 start date,period start,period from,from",
        "end": "期间结束 期间末日 结束日期 报告期末 end date,period end,period to,to",
        "year": "年份 年度 会计年度 统计年度 报告年度 报告期 财年 年 所属年份 数据年份 year,fiscal year,fy,"
        "financial year,reporting year,accounting year,report year",
        "currency": CURRENCIES,
        "price_basis": "价格基准 价格类型 价格 可比价 prices,price type,price base,price level",
        "value_added": "工业增加值 增加值总额 企业增加值 生产总值 gross value added,gva,value add,industrial value added",
        "revenue": "营收 营业总收入 销售收入 主营业务收入 销售额 总收入 收入 年收入 年营业收入 营业额 年销售额 业务收入 年营收 "
        "sales,turnover,annual revenue,annual sales,annual turnover,total revenue,net sales,income,"
        "operating revenue,operating income,total sales,revenues,net revenue,sales revenue",
        "costs": "营业成本 总成本 成本 成本费用 成本费用总额 营业总成本 主营业务成本 经营成本 costs,cost,total cost,total costs,"
        "operating cost,operating expenses,opex,cost of sales,expenses,total expenses",
        "wages": "工资 薪酬 应付职工薪酬 职工薪酬 人工成本 工资总额 劳动报酬 从业人员工资总额 wage,wage bill,salaries,payroll,"
        "labour cost,labor cost,personnel expenses,staff costs,compensation of employees",
        "employees": "员工人数 职工人数 职工总数 员工总数 员工数 员工数量 从业人员 从业人员数 从业人员人数 从业人员平均人数 "
        "从业人员期末人数 年末从业人员 年末从业人数 年末从业人员数 年末员工数 平均用工人数 用工人数 用工数 人数 人员规模 在职员工 在职人数 在岗职工 参保人数 "
        "职员人数 雇员人数 headcount,head count,staff,staff count,number of staff,number of employees,"
        "no of employees,employee count,employees count,employee number,num employees,workforce,"
        "workers,persons employed,number of persons employed,total employees,employment,fte,"
        "full time employees,team size",
        "capital": "固定资产 固定资产合计 固定资产净值 固定资产原值 资本 资本存量合计 fixed assets,capital stock,"
        "fixed capital,net fixed assets,tangible assets,fixed assets total,ppe",
        "data_capital": "数据资产价值 数据资产 数据与软件资产 数字资本 无形数据资产 data assets,data stock,"
        "digital capital,data and software capital,data asset value",
        "data_spending": "数字化投入 数据投入 信息化投入 数字化支出 数字化投资 信息化支出 it支出 it投入 it spending,"
        "ict spending,digital spending,data expenditure,digital expenditure,digital investment,it budget",
        "data_price": "数据价格 数据相对价格指数 数据要素相对价格 price of data,relative data price,data price index,"
        "relative price",
        "digital_revenue": "数字收入 数字业务营收 数字产品收入 数字化收入 线上收入 数字服务收入 digital sales,"
        "digital income,online revenue,revenue from digital products",
        "rd_spending": "研发费用 研发投入 研发经费 研发经费支出 研发投入金额 研发费 rd经费 r&d经费 rd投入 r&d投入 rd支出 科研经费 "
        "rd,r and d,r&d,r&d expenditure,r&d expenses,r&d expense,rd expenditure,r&d investment,"
        "research and development,research spending,research expenditure,r&d cost,r&d budget",
        "source_id": SOURCES,
    },
    "innovations": {
        "innovation_id": INNOVATION_IDS + ",名称,name",
        "date": "时间 发布日期 推出时间 推出日期 首次应用日期 上市日期 授权日期 申请日期 launch date,launched,released,"
        "release date,introduced,introduction date,first use,grant date,filing date,date of launch,year",
        "mode": "创新模式 创新类型 方式 innovation mode,mode of innovation,innovation type",
        "output": "产出 产出类型 成果类型 创新产出类型 output type,type,kind of output,outcome",
        "upgrade": "升级 升级方式 升级类别 upgrade type,type of upgrading,kind of upgrading",
        "subject": "对象 创新领域 创新内容 创新主题 innovation subject,about,subject matter,topic",
        "alliance_id": ALLIANCE_IDS,
        "builds_on": "前序 基于 承接创新 前置创新 基础创新 based on,follows,predecessor,parent,builds upon,prior innovation",
        "radicalness": "突破性 突破度 激进程度 新颖度 radicality,novelty,degree of novelty,radical score",
        "source_id": SOURCES,
    },
    "innovators": {
        "innovation_id": INNOVATION_IDS,
        "firm_id": "完成单位 创新企业 申请人 专利权人 发明单位 研发单位 完成人 innovator,inventor,applicant,assignee,"
        "innovating firm,developer",
        "source_id": SOURCES,
    },
    "policies": {
        "policy_id": "政策名称 政策 政策代码 文号 文件号 policy,policy name,policy no,policy code,programme,program",
        "lever": "工具 手段 政策手段 工具类型 政策类型 instrument,policy instrument,measure,tool,policy type",
        "target": "对象 目标对象 受益对象 适用对象 beneficiary,beneficiaries,target group,addressee",
        "start": STARTS + ",发布日期,实施日期,施行日期",
        "end": ENDS,
        "intensity": "力度 强度值 支持力度 strength,level,rate",
        "cost": "财政支出 预算 资金 支出 金额 经费 补贴金额 spending,budget,amount,public cost,expenditure,subsidy",
        "currency": CURRENCIES,
        "source_id": SOURCES,
    },
    "sources": {
        "source_id": "来源 来源代码 数据来源编号 source,source no,source code,id",
        "citation": "引用 文献 出处 参考文献 来源名称 来源说明 reference,cite,title,source name",
        "licence": "许可协议 授权 授权协议 使用许可 license,terms,terms of use,usage rights",
        "retrieved": "下载日期 下载时间 获取时间 访问日期 采集日期 accessed,access date,retrieval date,downloaded,"
        "download date,date retrieved,date accessed",
    },
    "provenance": {},
}

SHEETS: dict[str, str] = {
    "firms": "企业名录 企业名单 企业清单 企业列表 企业库 企业信息 企业基本信息 企业表 公司 公司名单 公司列表 公司信息 单位名录 单位名单 "
    "机构 机构名录 会员单位 集群企业 园区企业 firm,firm list,firm register,companies,company,company list,"
    "enterprises,enterprise,enterprise list,organisations,organizations,members list,businesses,register",
    "sites": "场所表 厂区 工厂 地点 网点 位置 坐标 企业位置 企业坐标 厂址 site,locations,location,plants,facilities,"
    "establishments,places,coordinates,addresses,branches",
    "ties": "关系 关系表 企业关系 交易 供应链 供应关系 供销关系 供应商 上下游 上下游关系 合作关系 股权关系 采购 合同 tie,relations,"
    "relationships,links,edges,supply chain,suppliers,transactions,contracts,trade",
    "alliances": "联盟表 创新联盟 联合体 项目 合作项目 协同创新联盟 alliance,consortia,consortium,projects,joint projects",
    "memberships": "成员 成员表 联盟成员 项目成员 成员单位 参与单位 membership,members,alliance members,"
    "project members,participants,partners",
    "interfaces": "接口表 接口状态 数据接口 interface,pairs,interface states",
    "platforms": "平台 平台表 平台名单 工业互联网平台 platform,platform list",
    "participations": "参与 平台成员 平台入驻 入驻企业 平台用户 participation,platform members,platform users,"
    "platform participants",
    "functions": "功能 功能表 平台行业 function,platform industries",
    "data_assets": "数据资产表 数据 数据集 data asset,datasets,data,data stocks",
    "accounts": "账目表 财务 财务数据 财务信息 财务报表 经营数据 经营情况 年报 业绩 account,financials,finance,"
    "financial data,annual accounts,economics,performance,annual report",
    "innovations": "创新表 成果 创新成果 专利 新产品 innovation,patents,inventions,new products",
    "innovators": "创新企业 完成单位 创新主体表 专利权人 innovator,inventors,applicants,assignees",
    "policies": "政策表 政策清单 政策措施 扶持政策 policy,policy list,measures,instruments",
    "sources": "来源表 数据来源 资料来源 参考文献 source,references,data sources,bibliography",
    "provenance": "溯源表 处理记录 history,lineage",
}


def split(spellings: str) -> tuple[str, ...]:
    """Return the single spellings: Chinese ones are set apart by blanks, English ones by commas."""
    found = []
    for part in spellings.split(","):
        words = part.split(" ")
        while words and any(c > "\u2e80" for c in words[0]):
            found.append(words.pop(0))
        found.append(" ".join(words))
    return tuple(word for word in found if word)
