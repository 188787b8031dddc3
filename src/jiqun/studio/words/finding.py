"""Texts of what was found: evidence ledger, stages, clusters, report."""

from jiqun.vocabulary.text import Text

FINDING: dict[str, Text] = {
    "overview.inside": Text("What is in the record", "记录内容"),
    "overview.span": Text("It tells of {first} to {last}.", "时间范围:{first} 至 {last}。"),
    "overview.absent": Text(
        "Not observed, which is not the same as none: {tables}.", "未观测(不等于没有):{tables}。"
    ),
    "ledger.title": Text("Evidence ledger", "证据台账"),
    "ledger.order": Text("Measure and diagnose this record", "测度并诊断此记录"),
    "ledger.hint": Text(
        "Choose a number to see how it was estimated and the rows behind it.",
        "选择一个数值,可查看其估计方法与所依据的数据行。",
    ),
    "ledger.count": Text("{count} numbers", "{count} 个数值"),
    "ledger.not_measured": Text(
        "{count} could not be measured, and why", "{count} 项未能测度及原因"
    ),
    "detail.method": Text("Method", "方法"),
    "detail.interval": Text("Interval", "区间"),
    "detail.no_interval": Text("None was computed.", "未计算。"),
    "detail.rests_on": Text("Rests on", "依据"),
    "detail.caution": Text("Caution", "注意"),
    "detail.references": Text("References", "参考文献"),
    "detail.rows": Text("Rows behind it:", "所依据的数据行:"),
    "rows.of": Text(
        "Rows {from} to {to} of {count} that concern this",
        "相关数据行:第 {from} 至 {to} 行,共 {count} 行",
    ),
    "rows.all": Text("Rows {from} to {to} of {count}", "第 {from} 至 {to} 行,共 {count} 行"),
    "rows.before": Text("Before", "上一页"),
    "rows.after": Text("Next", "下一页"),
    "curve.legend": Text(
        "solid: observed; dashed: expected by chance; band: middle 95% of chance at each point",
        "实线:观测值;虚线:偶然期望;带:各点偶然结果的中间 95%",
    ),
    "verdict.type": Text("Type of this cluster", "集群类型"),
    "verdict.stage": Text("Stage in the last window", "最近时段所处阶段"),
    "verdict.needs": Text("What would tell most", "最有助于判定的数据"),
    "evidence.title": Text("Evidence, what contradicts first", "证据(相矛盾者在前)"),
    "evidence.contradicts": Text("contradicts", "与判定相矛盾"),
    "evidence.not_measured": Text("not measured", "未能测度"),
    "evidence.not_yet": Text("not yet observable", "尚不可观测"),
    "evidence.points_to": Text("Points to {types} ({strength}).", "指向{types}({strength})。"),
    "evidence.tells_nothing": Text("Tells nothing apart.", "不能作出区分。"),
    "evidence.how": Text("How it was estimated", "查看估计方法"),
    "stages.history": Text("Stage in each window of time", "各时段所处阶段的概率"),
    "stages.change": Text(
        "{before} gave way to {after} in {year} ({low} to {high}, {level}); that it did at all: "
        "{probability}.",
        "{before}转入{after}:{year} 年({low} 至 {high},{level});确已发生的概率:{probability}。",
    ),
    "stages.title": Text("Markers over time", "阶段标志的演变"),
    "stages.hint": Text(
        "Each marker of a stage in each period of time, with its interval.",
        "各阶段标志在各时段的数值及区间。",
    ),
    "stages.none": Text(
        "No marker could be measured in two periods. The report says what is missing.",
        "没有标志能在两个时段测得。缺少的内容见报告。",
    ),
    "clusters.title": Text("Clusters in this record", "记录中的集群"),
    "clusters.hint": Text(
        "Sets of firms that hold together more than chance has it, each with the evidence for its "
        "boundary.",
        "集聚程度超出偶然的企业集合,并附各自边界的证据。",
    ),
    "clusters.order": Text("Find clusters", "识别集群"),
    "clusters.count": Text(
        "{count} clusters among {firms} firms.", "在 {firms} 家企业中识别出 {count} 个集群。"
    ),
    "clusters.line": Text(
        "{firms} firms, stability {stability}", "企业 {firms} 家,稳定度 {stability}"
    ),
    "clusters.evidence": Text("Evidence for the boundary", "边界的证据"),
    "clusters.layer": Text("Layer", "层"),
    "clusters.observed": Text("Observed", "观测"),
    "clusters.expected": Text("By chance", "偶然期望"),
    "clusters.p": Text("p", "p 值"),
    "clusters.carries": Text("Carries it", "是否支撑"),
    "clusters.members": Text(
        "Members, with how often firms as sure as they were right where the answer is known:",
        "成员,以及同等稳定程度的企业在答案已知的记录中归属正确的频率:",
    ),
    "layer.ties": Text("ties", "双边关系"),
    "layer.digital_ties": Text("digital ties", "数字关系"),
    "layer.alliances": Text("alliances", "联盟"),
    "layer.links": Text("all links", "全部关系"),
    "layer.geography": Text("places", "地理"),
    "report.title": Text("Report", "报告"),
    "report.hint": Text(
        "One file with figures, intervals and the origin of every number; it opens without a network.",
        "单个文件,含图表、区间与每个数值的来源,无需联网即可打开。",
    ),
    "report.order": Text("Measure and write the report", "测度并撰写报告"),
    "report.shared": Text("Report for others", "对外报告"),
    "report.shared_hint": Text(
        "Without names, without single places, and without any number that rests on fewer than five. What "
        "is masked is less telling, not anonymous.",
        "隐去名称与单个位置,不显示依据不足五个的数值。隐去名称只是降低可识别性,并非匿名。",
    ),
    "report.shared_order": Text("Write the report for others", "撰写对外报告"),
    "report.html": Text("Page for any browser", "网页"),
    "report.pdf": Text("PDF", "PDF 文件"),
    "report.docx": Text("Word file", "Word 文档"),
    "report.xlsx": Text("Workbook", "工作簿"),
    "report.zh": Text("in Chinese", "中文"),
    "report.en": Text("in English", "英文"),
    "report.csv": Text("All estimates (CSV)", "全部估计(CSV)"),
}
